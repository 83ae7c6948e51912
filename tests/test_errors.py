"""What can go wrong is said in the user's words."""

from __future__ import annotations

import pytest

from benang.errors import BenangError, Problem, argument, closest, nearest, unknown

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
    assert nearest("xyz", [f"record-{number}" for number in range(31)]) == "None of the 31 known is like it."


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
