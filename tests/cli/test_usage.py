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

    assert "'map.pgn': the suffix decides what is written. Did you mean '.png'?" in said.err
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
    answer = f'{name}: a path with blanks was read as 4 names. Put it in quotes: "{name}".'
    assert said.code != 0
    assert said.err.splitlines()[-1].removeprefix("Error:").strip() == answer


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
