"""Values go into cells and come out of them unchanged."""

from __future__ import annotations

import math

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


@given(st.text(alphabet="'=+-@\t\r\n＝＋－＠a1.e"))
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    """A spreadsheet runs what begins with one of these, but for numbers with a sign."""
    written = neutral(text)
    assert not written.startswith(tuple("=+-@\t\r\n＝＋－＠")) or (math.isfinite(float(written)) and written == text)
    assert plain(written) == text


def test_numbers_with_a_sign_stay_numbers() -> None:
    """What is a number and something else is none; nor is what looks like one that a text begins with."""
    numbers = ["-5", "+3", "-0.5", "-.5", "-5.", "-1e-05", "+2.5E+10"]
    assert [neutral(text) for text in numbers] == numbers
    for text in ("-1+1", "--5", "-5 °C", "-", "+", "-1e", "-inf", "-٣", "-5\n", "'-5", "+62 21"):
        assert neutral(text) == f"'{text}"
        assert plain(neutral(text)) == text
