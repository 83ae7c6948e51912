"""A wrong word is answered with the one that was meant, a path without quotes with its quotes."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from tests.support import Command

from benang.cli.commands import COMMANDS
from benang.cli.commands import benang as group
from benang.cli.usage import Choice, unquoted


def _answer(text: str) -> str:
    """Return the line of a message that says what is wrong."""
    return next(line for line in text.splitlines() if line.startswith("Error: ")).removeprefix("Error: ")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("mpa x.ris", "No such command 'mpa'. Did you mean 'map'?"),
        ("MAP x.ris", "No such command 'MAP'. Did you mean 'map'?"),
        ("xyz", "No such command 'xyz'."),
        ("code ad", "No such command 'ad'. Did you mean 'add'?"),
        ("codebook shwo", "No such command 'shwo'. Did you mean 'show'?"),
        ("--langage id map", "No such option '--langage'. Did you mean '--language'?"),
        ("map --itmes keywords x.ris", "No such option '--itmes'. Did you mean '--items'?"),
        ("map --itmes=keywords x.ris", "No such option '--itmes'. Did you mean '--items'?"),
        ("map -items keywords x.ris", "No such option '-items'. Did you mean '--items'?"),
        ("map --hlep", "No such option '--hlep'. Did you mean '--help'?"),
        ("map --zzz x.ris", "No such option '--zzz'."),
        ("code add --stnce supports", "No such option '--stnce'. Did you mean '--stance'?"),
    ],
)
def test_a_slip_is_answered_with_the_nearest_word_alone(benang: Command, typed: str, answer: str) -> None:
    """The one that was meant, and no second; nothing where no word is like it."""
    said = benang(*typed.split())

    assert (said.code, _answer(said.err)) == (2, answer)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("--items author_keywords", "Invalid value for '--items': 'author_keywords' is not a choice. "
         "Did you mean 'author-keywords'?"),
        ("--items Autors", "Invalid value for '--items': 'Autors' is not a choice. Did you mean 'authors'?"),
        ("--language xx", "Invalid value for '--language': 'xx' is not a choice. Known: en, id."),
    ],
)  # fmt: skip
def test_a_wrong_choice_is_answered_with_the_nearest(benang: Command, typed: str, answer: str) -> None:
    """The list of all comes only where none is like the word."""
    said = benang("map", "x.ris", *typed.split())

    assert (said.code, _answer(said.err)) == (2, answer)


def test_a_wrong_suffix_is_answered_with_the_nearest(benang: Command) -> None:
    """As a wrong word is."""
    said = benang("map", "x.ris", "--items", "authors", "-o", "map.pgn")

    assert "'map.pgn': the suffix decides the format. Did you mean '.png'?" in said.err
    assert ".gexf" not in said.err


def test_every_choice_of_every_command_answers_so() -> None:
    """No option has click's own choice, which lists all."""
    commands: list[click.Command] = [group]
    assert isinstance(group, click.Group)
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        commands += [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
    kinds = [one.type for command in commands for one in command.params if isinstance(one.type, click.Choice)]

    assert len(kinds) > 20
    assert all(isinstance(kind, Choice) for kind in kinds)


@pytest.mark.parametrize(
    "typed",
    [
        "map my own export file.ris",
        "map my own export file.ris --items keywords -o x.json",
        "map other.ris my own export file.ris --items keywords -o x.json",
        "map 'my own export file.ris' --items keywords -o x.json",
        "map “my own export file.ris” --items keywords -o x.json",
        "stability my own export file.ris",
        "describe --thesaurus=my own export file.ris other.ris",
    ],
)
def test_a_path_without_quotes_is_shown_with_them(
    benang: Command, typed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever command and option it stands behind, and whatever else is wrong."""
    monkeypatch.chdir(tmp_path)
    for name in ("my own export file.ris", "other.ris"):
        Path(name).touch()

    said = benang(*typed.split(" "))

    name = "my own export file.ris"
    answer = f'{name}: a path that contains spaces was read as 4 names. Put it in quotes: "{name}".'
    assert said.code != 0
    assert said.err.splitlines()[-1].removeprefix("Error:").strip() == answer


@pytest.mark.parametrize(
    ("typed", "n", "path"),
    [
        ("records gone/my export of night markets.ris", 5, "gone/my export of night markets.ris"),
        ("map gone/my export.ris --items keywords -o x.json", 2, "gone/my export.ris"),
        ("map --items keywords “my list v1.2 of markets.ris” -o x.json", 5, "my list v1.2 of markets.ris"),
        ("stability my map.json", 2, "my map.json"),
    ],
)
def test_words_that_look_like_one_path_are_answered_in_one_line(benang: Command, typed: str, n: int, path: str) -> None:
    """Though the path exists nowhere: none of the words exists, and only the last ends as a file does."""
    said = benang(*typed.split(" "))

    answer = (
        f"{path}: read as {n} names, and none of them exists. "
        f'If this is one path, check its folder and put it in quotes: "{path}".'
    )
    assert said.code != 0
    assert said.err.splitlines()[-1].removeprefix("Error:").strip() == answer
    assert "no such file" not in said.err


def test_a_likely_path_takes_the_place_of_its_own_words_only(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file that is missing is still named, and a file that exists is part of no guess."""
    monkeypatch.chdir(tmp_path)
    Path("there").touch()

    said = benang("map", "gone.ris", "there", "my", "export.ris", "--items", "keywords", "-o", "x.json")

    assert said.err.count("my export.ris: read as 2 names") == 1
    assert said.err.count("gone.ris: no such file") == 1
    assert "there my" not in said.err


def test_files_with_suffixes_are_no_likely_path(benang: Command) -> None:
    """Each is a name by itself."""
    said = benang("records", "one.ris", "two.ris")

    assert said.err.count("no such file") == 2
    assert "quotes" not in said.err


def test_an_existing_path_without_quotes_is_shown_by_records_as_well(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lists files that can't be read beside those that can, and answers words of one path first."""
    monkeypatch.chdir(tmp_path)
    Path("my export.ris").touch()

    said = benang("records", "my", "export.ris")

    assert said.code == 1
    assert said.err.splitlines()[-1].strip().endswith('Put it in quotes: "my export.ris".')


def test_words_that_make_no_path_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the command with its file; not files that each exist; not a path that exists nowhere."""
    monkeypatch.chdir(tmp_path)
    for name in ("map a.ris", "one", "two", "one two"):
        Path(name).touch()

    assert unquoted(["map", "a.ris"]) == []
    assert unquoted(["map", "one", "two"]) == []
    assert unquoted(["map", "my", "export.ris"]) == []


def test_all_paths_without_quotes_come_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that they are quoted at once."""
    monkeypatch.chdir(tmp_path)
    for name in ("one a.ris", "two b.ris"):
        Path(name).touch()

    problems = unquoted(["map", "one", "a.ris", "two", "b.ris", "--items", "keywords"])

    assert [one.where for one in problems] == ["one a.ris", "two b.ris"]
