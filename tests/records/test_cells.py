"""Values go into cells and come out of them unchanged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benang.records.cells import joined, neutral, parted, plain

VALUES = st.lists(st.text(alphabet="ab;\\ ,'=é").map(str.strip).filter(bool))


@given(VALUES)
def test_lists_come_back_as_they_were(values: list[str]) -> None:
    """Semicolons and backslashes within values part nothing."""
    assert parted(joined(values)) == tuple(values)


@given(VALUES, VALUES)
def test_places_without_a_value_keep_the_others_in_place(before: list[str], behind: list[str]) -> None:
    """Ids stand beside authors, of whom some have none."""
    values = [*before, "", "one", *behind]
    assert parted(joined(values), keep_empty=True) == tuple(values)


@given(st.text(alphabet="'=+-@\t\ra"))
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    """A spreadsheet runs what begins with one of these."""
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain(neutral(text)) == text
