"""h, g and m, as their papers define them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.indicators.impact import citation_impact, g_index, h_index, m_quotient
from benang.indicators.indicator import Columns
from benang.records.corpus import corpus_of
from benang.records.record import Record


@pytest.mark.parametrize(
    ("citations", "h", "g"),
    [
        ([10, 8, 5, 4, 3], 4, 5),
        ([3, 4, 5, 8, 10], 4, 5),
        ([25, 8, 5, 3, 3], 3, 5),
        ([100], 1, 1),
        ([1, 1, 1, 1], 1, 1),
        ([0, 0, 0], 0, 0),
        ([], 0, 0),
    ],
)
def test_h_and_g_of_examples_worked_by_hand(citations: list[int], h: int, g: int) -> None:
    """[10, 8, 5, 4, 3]: four works have 4 or more, and all five have 30, not less than 25."""
    assert (h_index(citations), g_index(citations)) == (h, g)


def test_a_longer_list_of_citations_by_hand() -> None:
    """Thirteen works have 13 or more; the 19 most cited have 381, not less than 361, and 20 have 391, less than 400."""
    citations = [47, 42, 37, 36, 21, 18, 17, 16, 16, 16, 15, 13, 13, 13, 13, 12, 12, 12, 12, 10]
    assert h_index(citations) == 13
    assert g_index(citations) == 19


@given(st.lists(st.integers(0, 1000), max_size=60))
def test_g_is_never_below_h_and_both_are_never_above_the_number_of_works(citations: list[int]) -> None:
    """By definition: the h most cited have h² citations together."""
    assert h_index(citations) <= g_index(citations) <= len(citations)


def test_m_counts_first_and_last_year() -> None:
    """An h of 4 over the ten years 2011 to 2020."""
    assert m_quotient(4, 2011, 2020) == 0.4


def test_the_indices_of_a_corpus_open_their_core() -> None:
    """An h of 2 opens the two most cited records; records without a count do not stand as never cited."""
    records = [Record("a", year=2019, citations=9), Record("b", year=2020, citations=2), Record("c", citations=1)]
    impact = citation_impact(Columns(corpus_of([*records, Record("d")])))

    assert impact.row("h").numbers["value"].of == ("a", "b")
    assert impact.row("mean").numbers["value"].value == 4.0
    assert impact.row("uncited").numbers["value"].value == 0
    assert impact.silent == ("d",)


def test_a_corpus_without_citations_says_so_instead_of_zero() -> None:
    """No row at all, and the field that is lacking."""
    impact = citation_impact(Columns(corpus_of([Record("a")])))

    assert (impact.rows, impact.lacking) == ((), ("citations",))
