"""Entities of HTML, told from abbreviations before a semicolon."""

from __future__ import annotations

import pytest

from benang.readers.entities import has_entity, unescaped
from benang.readers.values import split_list


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("R&D; innovation", ("R&D", "innovation")),
        ("M&A; banks", ("M&A", "banks")),
        ("AT&T; telephones", ("AT&T", "telephones")),
        ("Q&A;P&L;H&E; R&DD; S&P500; rent", ("Q&A", "P&L", "H&E", "R&DD", "S&P500", "rent")),
        ("caf&eacute;; salt &amp; pepper", ("caf&eacute;", "salt &amp; pepper")),
        ("R&amp;D; innovation", ("R&amp;D", "innovation")),
        ("R&amp;amp;D; p &#60; 1; &#x3b1;; rent", ("R&amp;amp;D", "p &#60; 1", "&#x3b1;", "rent")),
        ("a &invented; b", ("a &invented", "b")),
    ],
)
def test_a_semicolon_parts_unless_it_ends_an_entity_of_the_standard(written: str, listed: tuple[str, ...]) -> None:
    """`&eacute;` is in the standard's list, `&D;` is not."""
    assert split_list(written) == listed


def test_entities_become_characters_and_abbreviations_stay() -> None:
    """Names that the standard lacks, and those that no export writes, stay letter by letter."""
    assert unescaped("caf&eacute; &amp;lt; R&D; &DD; &alpha;") == "café < R&D; &DD; α"
    assert not has_entity("R&D; M&A; AT&T; &c;")
