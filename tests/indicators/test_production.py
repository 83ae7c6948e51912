"""h, g and m, as their papers define them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.indicators.indicator import Columns, g_index, h_index, m_quotient
from benang.indicators.production import citation_impact, cited_references, cited_works, local_citations, yearly_output
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.records.references.matching import match_references


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


A, B = "On cities. https://doi.org/10.1000/a", "On towns. https://doi.org/10.1000/b"
OLD = "Brown WF, 1963, MICROMAGNETICS"
RECORDS = [
    Record("a", title="On cities", doi="10.1000/a", year=2018, citations=6, references=(OLD,)),
    Record("b", title="On towns", doi="10.1000/b", year=2018, citations=2, references=(A, OLD)),
    Record("c", title="On both", year=2020, citations=0, references=(A, B, A)),
    Record("d", title="On itself", doi="10.1000/d", year=2020, references=("On itself. https://doi.org/10.1000/d",)),
]


def test_records_of_the_corpus_that_cite_another_count_once_and_none_for_itself() -> None:
    """Record a is cited by b and c (who names it twice), b by c; d only by itself."""
    assert local_citations(match_references(corpus_of(RECORDS))) == {0: (1, 2), 1: (2,)}


def test_the_most_cited_records_tell_their_citations_in_four_ways() -> None:
    """6 citations in three years (2018 to 2020), twice 1.5 times the mean of the year 2018, 2 within the corpus."""
    columns, matched = Columns(corpus_of(RECORDS)), match_references(corpus_of(RECORDS))
    works, local = cited_works(columns, matched)

    assert [row.item for row in works.rows] == ["a", "b"]
    assert {name: number.value for name, number in works.row("a").numbers.items()} == {
        "citations": 6,
        "a-year": 2.0,
        "normalized": 1.5,
        "local": 2,
        "year": 2018,
    }
    assert local.row("b").numbers["local"].of == ("c",)
    assert works.silent == ("d",)


def test_the_references_cited_most_open_the_records_that_cite_them() -> None:
    """Brown's book stands in a and b; the paper a in b and c."""
    corpus = corpus_of(RECORDS)
    table = cited_references(Columns(corpus), match_references(corpus))

    assert {row.label: row.numbers["records"].of for row in table.rows[:2]} == {A: ("b", "c"), OLD: ("a", "b")}


def test_without_references_the_databases_counts_stay() -> None:
    """Local citations are not told, which is not 0."""
    columns = Columns(corpus_of([Record("a", year=2020, citations=3)]))
    works, local = cited_works(columns, None)

    assert "local" not in works.measures
    assert (local.lacking, cited_references(columns, None).lacking) == (("references",), ("references",))


pytestmark = pytest.mark.fast


def test_records_are_counted_by_year_earliest_first_and_those_without_last() -> None:
    """Two of 2019, one of 2017, one without: years in between have no number."""
    records = Record("a", year=2019), Record("b"), Record("c", year=2017), Record("d", year=2019)
    output = yearly_output(corpus_of(records))

    assert [(year, one.id, one.value, one.of) for year, one in output.items()] == [
        (2017, "years/2017/records", 1, ("c",)),
        (2019, "years/2019/records", 2, ("a", "d")),
        (None, "years/none/records", 1, ("b",)),
    ]
    assert {one.unit for one in output.values()} == {"records"}


def test_a_corpus_without_records_has_no_output() -> None:
    """Nothing is counted."""
    assert yearly_output(corpus_of([])) == {}
