"""Texts of a report: their pieces are joined, and read as words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from benang.report.inline import (
    Break,
    Citation,
    Code,
    Emphasis,
    FigureReference,
    Link,
    Texts,
    anchor,
    fill,
    joined,
    plain,
    runs,
)


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


@given(st.text(), st.text())
def test_two_ids_never_share_an_anchor(one: str, other: str) -> None:
    """An anchor is made of letters, digits, hyphens, dots and underscores, and tells its id."""
    assert (anchor("n", one) == anchor("n", other)) == (one == other)


@given(st.text())
def test_an_anchor_needs_no_escaping(key: str) -> None:
    """It can stand in an attribute and in an address as it is."""
    assert set(anchor("n", key)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._")


def test_a_place_takes_what_stands_for_it_and_reads_no_further() -> None:
    """A title that looks like a place is a title."""
    assert fill("%(who)s wrote %(what)s", who="%(what)s", what=Code("a.ris")) == ("%(what)s wrote ", Code("a.ris"))


def test_a_per_cent_sign_is_written_twice_in_a_text() -> None:
    """As in Python's own way of filling, which translators know."""
    assert plain(fill("%(n)s%% of all, 100%%(n)s", n="5")) == "5% of all, 100%(n)s"


def test_a_place_without_a_value_is_an_error() -> None:
    """A translation that names another place must not lose it in silence."""
    with pytest.raises(KeyError, match="who"):
        fill("%(who)s wrote it", what="it")


@pytest.mark.parametrize(("texts", "said"), [(Texts("en"), "a, b.ris and c"), (Texts("id"), "a, b.ris dan c")])
def test_parts_are_listed_as_a_sentence_does(texts: Texts, said: str) -> None:
    """Whatever the parts are made of."""
    assert plain(texts.listed(["a", Code("b.ris"), "c"])) == said
