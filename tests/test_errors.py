"""What can go wrong is said in the user's words, and a terminal obeys nothing in them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benang.errors import BenangError, Problem, VisibleStream, argument, at_line, closest, nearest, unknown, visible
from benang.locale.writing import worded
from benang.readers.registry import read_files

pytestmark = pytest.mark.fast


def test_a_problem_says_where_what_was_expected_what_was_found_and_the_way_on() -> None:
    """A problem reads as one line: place, expectation, finding, way on."""
    problem = Problem("'in press'", where="a.csv, record 2", expected="a year", way_on="Kept without one.")

    assert str(problem) == "a.csv, record 2: expected a year, found 'in press'. Kept without one."


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (Problem("no such file"), "no such file."),
        (Problem("no such file", where="a.ris"), "a.ris: no such file."),
        (Problem("Did it end?"), "Did it end?"),
    ],
)
def test_a_problem_leaves_out_what_it_does_not_know(problem: Problem, said: str) -> None:
    """Parts that are empty leave no trace, and the line ends with one mark."""
    assert str(problem) == said


def test_all_problems_of_a_file_come_together() -> None:
    """An error holds several problems and prints one a line; a bare text is a problem too."""
    error = BenangError(Problem("one", where="a"), "two")

    assert str(error) == "a: one.\ntwo."
    assert [problem.found for problem in error.problems] == ["one", "two"]


def test_the_nearest_known_word_is_offered() -> None:
    """A misspelt word brings the one that was meant; a strange one brings the list, sorted."""
    assert nearest("autors", ["authors", "year"]) == "Did you mean 'authors'?"
    assert nearest("xyz", {"year", "authors"}) == "Known: authors, year."
    assert nearest("xyz", []) == ""


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("wind", ["id", "label", "region"], None),  # two letters of four are wrong
        ("period", ["id", "label"], None),
        ("idd", ["id", "label"], "id"),
        ("kid", ["id", "kind"], "kind"),  # one letter from both, and more of it is right
        ("Titel", ["title"], "title"),  # two letters swapped are one slip
        ("year", ["Documents", "Avg. pub. year"], "Avg. pub. year"),
        ("year", ["First year", "Last year"], None),
        ("kota paradiplomacy", ["diplomacy", "paradiplomacy"], "paradiplomacy"),
        ("x", ["y"], None),
        ("", ["id"], None),
    ],
)
def test_only_what_is_near_is_offered(word: str, known: list[str], meant: str | None) -> None:
    """At most a third of the letters may be wrong, or one word must stand in the other."""
    assert closest(word, known) == meant


def test_very_many_known_words_are_not_listed() -> None:
    """A message stays readable where nothing is like the word and there are more words than it can list."""
    assert nearest("xyz", [f"record-{number}" for number in range(31)]) == "None of the 31 known names is similar."


def test_an_unknown_word_is_refused_with_the_one_that_was_meant() -> None:
    """Where it stands, what was expected there, and the nearest known word."""
    error = unknown("vosviever", ["benang", "vosviewer"], where="palette", expected="the name of a palette")

    assert str(error) == "palette: expected the name of a palette, found 'vosviever'. Did you mean 'vosviewer'?"


def test_an_argument_is_named_as_the_reader_knows_it_and_nothing_else_is_reworded() -> None:
    """The library's name, its words, or the option of a command; a file of the same name stays as it is."""
    few = Problem(
        f"only 2 items are left ({argument('min_citations')} 20)",
        where="min_citations.ris",
        way_on=f"Choose a lower {argument('min_citations', 'minimum number of citations')}.",
    )

    assert str(few) == (
        "min_citations.ris: only 2 items are left (min_citations 20). Choose a lower minimum number of citations."
    )
    assert str(few.naming(lambda name: f"--{name.replace('_', '-')}")) == (
        "min_citations.ris: only 2 items are left (--min-citations 20). Choose a lower --min-citations."
    )


def test_an_argument_may_come_with_its_value() -> None:
    """`link: coupling` for the library, `--link coupling` for the command line."""
    problem = Problem("none", way_on=f"Choose coupling ({argument('link', value='coupling')}).")

    assert str(problem) == "none. Choose coupling (link: coupling)."
    assert str(problem.naming(lambda name: f"--{name}")) == "none. Choose coupling (--link coupling)."


CLEAR, TITLE = "\x1b[2J", "\x1b]0;gone\x07"
ORDERS = [CLEAR, TITLE, "\x9b31m", "\u202egnp.exe", "\u2066", "\x08\x08\x08", "\r", "\x7f", "\x90q\x9c"]


@pytest.mark.parametrize("order", ORDERS)
def test_no_order_to_a_terminal_is_left(order: str) -> None:
    """Neither escapes, C1 controls, overrides of direction, backspaces, nor a return to the line's begin."""
    shown = visible(f"a{order}b")
    assert shown.isprintable()
    assert shown.startswith("a\\u")


@pytest.mark.parametrize(
    "text", ["Pasar malam", "夜市", "سوق \u200fالليل", "न\u200dय", "👩\u200d🔬", "a\tb\nc", "naïve — “x”"]
)
def test_scripts_of_the_world_stay(text: str) -> None:
    """Joiners and the marks of right-to-left names order nothing."""
    assert visible(text) == text


def test_json_is_the_same_text() -> None:
    """What a program reads from a pipe is what the file holds."""
    value = {"title": "a\x1b[2J\x9b\u202eb\x7f"}
    assert json.loads(visible(json.dumps(value, ensure_ascii=False))) == value


def test_a_stream_shows_orders_and_has_no_number() -> None:
    """Whoever prints, a library too, prints through it."""
    inner = io.StringIO()
    print(f"a{CLEAR}b", file=VisibleStream(inner))
    assert inner.getvalue() == "a\\u001b[2Jb\n"
    with pytest.raises(io.UnsupportedOperation):
        VisibleStream(inner).fileno()


def _benang(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "benang", *arguments], cwd=folder, capture_output=True, timeout=120, check=False
    )
    return (done.stdout + done.stderr).decode("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets no file have such a name")
def test_a_name_of_a_file_writes_over_nothing(tmp_path: Path) -> None:
    """Of an export, of one that can't be read, of a member of an archive, of a folder that is no review."""
    evil = f"evil{CLEAR}\nDone\u202e"
    (tmp_path / f"{evil}.ris").write_text("TY  - JOUR\nTI  - Kota\nER  - \n")
    (tmp_path / f"{evil}.bad").write_text("nothing")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"{evil}.ris", "TY  - JOUR\nTI  - Desa\nER  - \n")
        archive.writestr(f"{evil}.bad", "nothing")

    said = _benang(tmp_path, "records", f"{evil}.ris", f"{evil}.bad", "a.zip", "-o", "a.json") + _benang(
        tmp_path, "build", evil
    )

    assert "evil\\u001b[2J\\u000aDone\\u202e.ris " in said
    assert "a.zip/evil\\u001b[2J\\u000aDone\\u202e.bad" in said
    assert all(line.isprintable() for line in said.splitlines())
    assert not any(line.startswith("Done") for line in said.splitlines())


@pytest.mark.slow
def test_a_plan_and_a_map_write_over_nothing(tmp_path: Path) -> None:
    """TOML and JSON may hold any character behind a backslash."""
    (tmp_path / "review.toml").write_text('title = "a"\nquestion = "b"\n"x\\u0008" = "\\u009b31m"\n')
    (tmp_path / "a.json").write_text(
        json.dumps(
            {
                "network": {
                    "items": [{"id": n, "label": f"evil{CLEAR}\x9b1m\u202e{n}", "x": n, "y": n} for n in (1, 2)],
                    "links": [{"source_id": 1, "target_id": 2, "strength": 1}],
                }
            }
        )
    )

    said = _benang(tmp_path, "build", ".") + _benang(tmp_path, "drill", "a.json", f"evil{CLEAR}")

    assert "x\\u0008" in said
    assert all(line.isprintable() for line in said.splitlines())


def test_names_are_shown_the_same_in_the_account(tmp_path: Path) -> None:
    """The ledger holds a name that may be printed."""
    if sys.platform == "win32":
        pytest.skip("Windows lets no file have such a name")
    (tmp_path / f"a{CLEAR}.ris").write_text("TY  - JOUR\nTI  - Kota\nER  - \n")

    (account,) = read_files(tmp_path).corpus.ledger.files
    assert account.path.endswith("a\\u001b[2J.ris")


def test_a_problem_is_said_in_indonesian_with_the_options_of_the_command_line() -> None:
    """Its texts, those within them and its numbers are in the language; names of arguments are those of the rim."""
    found = worded("only {n:,} items are left ({option} {least})", n=1200, option=argument("min_citations"), least=20)
    problem = Problem(found, where=at_line("a.ris", 3), expected="a whole number").naming(lambda name: f"--{name}")

    assert str(problem) == (
        "a.ris, line 3: expected a whole number, found only 1,200 items are left (--min_citations 20)."
    )
    assert problem.in_language("id").startswith("a.ris, baris 3: seharusnya bilangan bulat, tetapi yang ada ")
    assert "1.200" in problem.in_language("id")
    assert "--min_citations 20" in problem.in_language("id")


def test_the_name_of_a_file_is_never_translated() -> None:
    """A file may be called like a word that the catalogue has."""
    assert Problem("the file is empty", where="Keywords").in_language("id") == "Keywords: berkas ini kosong."


def test_all_problems_of_an_error_are_said_in_a_language() -> None:
    """A line each."""
    error = BenangError(Problem("the file is empty", where="a.ris"), Problem("the file is empty", where="b.ris"))

    assert error.in_language("id").splitlines() == ["a.ris: berkas ini kosong.", "b.ris: berkas ini kosong."]
