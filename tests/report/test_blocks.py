"""The blocks of a report: runs of text are joined, and read as words."""

from __future__ import annotations

from markupsafe import Markup

from benang.report.blocks import Break, Citation, Code, Emphasis, FigureReference, Link, joined, plain, runs


def test_text_that_touches_is_one_piece_and_empty_text_is_none() -> None:
    """Whoever puts texts together need not care how they were cut."""
    assert runs("a", "", ("b", Code("c")), (), "d") == ("ab", Code("c"), "d")


def test_a_separator_stands_between_texts_only() -> None:
    """One text has no separator, and none has nothing."""
    assert joined("; ", ["a"]) == ("a",)
    assert joined("; ", []) == ()
    assert joined("; ", [Code("a"), "b"]) == (Code("a"), "; b")


def test_the_words_of_a_text_are_what_a_reader_sees() -> None:
    """A link is its text, a figure its number, and a break a space."""
    link = Link(("see ", Emphasis("this")), "part-x")
    assert plain((link, Break(), Citation("k", "Sari, 2020", "ref-k"), " in ", FigureReference(3, "figure-x"))) == (
        "see this Sari, 2020 in 3"
    )


def test_markup_that_slips_in_is_text() -> None:
    """No piece of text is trusted for its type."""
    (text,) = runs(Markup("<b>"), "a")
    assert type(text) is str
