"""Texts are filled with pieces, and what fills them stays what it is."""

from __future__ import annotations

import pytest

from benang.report.inline import Code, plain
from benang.report.texts import Texts, fill


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
