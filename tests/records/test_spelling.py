"""Spellings that mean the same are compared as equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.records.references.keys import page_key
from benang.records.spelling import folded, label_key, with_hyphen_closed

pytestmark = pytest.mark.fast


def test_a_label_is_the_same_whatever_its_capitals_and_spaces() -> None:
    """VOSviewer tells labels apart by their letters, not by their case."""
    assert label_key("Sister\u00a0 CITY\n") == label_key("sister city")


def test_accents_tell_labels_apart_but_not_places() -> None:
    """A keyword with an accent is a keyword of its own; a place named without its accent is the place."""
    assert label_key("São Tomé") != label_key("Sao Tome")
    assert folded("São Tomé") == folded("SAO  TOME")


@given(st.text(max_size=30), st.text(alphabet=" \t\n", max_size=3))
def test_spaces_around_a_text_make_no_difference(text: str, space: str) -> None:
    """Whatever stands in a cell, the blanks around it are no part of it."""
    assert label_key(f"{space}{text}{space}") == label_key(text)
    assert folded(f"{space}{text}{space}") == folded(text)


@pytest.mark.parametrize(
    ("page", "key"),
    [("AE-06", "ae6"), ("I-445-I-448", "i445"), ("pp. S-3", "pps3"), ("A–5", "a5")],
)
def test_letters_and_figures_are_one_number(page: str, key: str) -> None:
    """Meetings number their talks, and volumes their pages, so; a range goes on behind."""
    assert page_key(page) == key


@pytest.mark.parametrize(
    "page", ["12-19", "S3-S9", "L034–L056", "iv-12", "xii-xv", "e12", "155602/1-155602/8", "15pA-05"]
)
def test_ranges_keep_their_hyphen(page: str) -> None:
    """Figures stand before it, or the small Roman number of a preface."""
    assert with_hyphen_closed(page) == page
