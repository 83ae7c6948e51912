"""Authors, their collaboration, organisations and countries."""

from __future__ import annotations

import pytest

from benang.indicators.authors import (
    authors_of,
    authors_table,
    coauthorship,
    countries_table,
    country_pairs,
    organizations_of,
    organizations_table,
    record_countries,
)
from benang.indicators.indicator import Columns, Indicator
from benang.records.corpus import corpus_of
from benang.records.record import Record

GADJAH, KYOTO, LEIDEN = "UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan", "Leiden Univ, Leiden, Netherlands"
RECORDS = [
    Record("a", authors=("Sari, Dewi", "Budi, T."), year=2018, citations=5, affiliations=(GADJAH, KYOTO)),
    Record("b", authors=("Sari, D.",), year=2020, citations=1, affiliations=(GADJAH,)),
    Record(
        "c", authors=("Budi, T.", "Sari, Dewi", "Tan, K.", "Eck, N."), year=2021, affiliations=(GADJAH, KYOTO, LEIDEN)
    ),
    Record("d", year=2021),
]


def _values(table: Indicator, item: str) -> dict[str, float]:
    return {name: number.value for name, number in table.row(item).numbers.items()}


@pytest.fixture(scope="module")
def columns() -> Columns:
    """Return the four records."""
    return Columns(corpus_of(RECORDS))


def test_an_author_is_counted_whole_and_in_fractions(columns: Columns) -> None:
    """Half of a, all of b, a quarter of c; h over the two records whose citations are known."""
    table = authors_table(authors_of(RECORDS), columns)

    assert _values(table, "sari, dewi") == {
        "records": 3,
        "fractional": 1.75,
        "citations": 6,
        "h": 1,
        "g": 2,
        "m": 0.25,
        "first-year": 2018,
        "last-year": 2021,
    }
    assert table.row("sari, dewi").numbers["records"].of == ("a", "b", "c")
    assert table.row("sari, dewi").numbers["h"].of == ("a",)


def test_fractions_of_all_authors_are_the_records_that_have_authors(columns: Columns) -> None:
    """Three records with authors: every one is handed out whole."""
    table = authors_table(authors_of(RECORDS), columns)

    assert sum(row.numbers["fractional"].value for row in table.rows) == pytest.approx(3)
    assert table.silent == ("d",)


def test_a_limit_keeps_those_with_most_records_and_tells_how_many_there_are(columns: Columns) -> None:
    """Two of four authors."""
    table = authors_table(authors_of(RECORDS), columns, top=2)

    assert ([row.label for row in table.rows], table.n) == (["Sari, Dewi", "Budi, T."], 4)


def test_coauthorship_by_hand(columns: Columns) -> None:
    """Records of 2, 1 and 4 authors: CC = 1 − (1/2 + 1 + 1/4) / 3."""
    table = coauthorship(authors_of(RECORDS), columns)

    assert {row.item: row.numbers["value"].value for row in table.rows} == {
        "per-record": 2.333333,
        "median": 2,
        "most": 4,
        "single-authored": 1,
        "single-share": 0.333333,
        "collaboration-index": 3.0,
        "coefficient": 0.416667,
    }
    assert table.row("single-authored").numbers["value"].of == ("b",)


def test_countries_alone_and_with_others(columns: Columns) -> None:
    """Indonesia: three records, one of them alone; whole, and 1/2 + 1 + 1/3 in fractions."""
    found = _values(countries_table(record_countries(RECORDS), columns), "Indonesia")

    assert found == {
        "records": 3,
        "fractional": 1.833333,
        "single": 1,
        "multiple": 2,
        "multiple-share": 0.666667,
        "citations": 6,
        "h": 1,
    }


def test_pairs_of_countries_open_their_records(columns: Columns) -> None:
    """Indonesia and Japan wrote two together, and both with the Netherlands one."""
    pairs = country_pairs(record_countries(RECORDS), columns)

    assert [(row.label, row.numbers["records"].of) for row in pairs.rows] == [
        ("Indonesia – Japan", ("a", "c")),
        ("Indonesia – Netherlands", ("c",)),
        ("Japan – Netherlands", ("c",)),
    ]


def test_organisations_count_once_a_record(columns: Columns) -> None:
    """Gadjah Mada stands in three records."""
    table = organizations_table(organizations_of(RECORDS), columns)

    assert (table.rows[0].label, table.rows[0].numbers["records"].value) == ("UGM", 3)


def test_without_affiliations_nothing_is_said_of_countries() -> None:
    """The table is empty and names the field."""
    records = [Record("a", authors=("Sari, D.",))]
    columns = Columns(corpus_of(records))

    for table in (
        countries_table(record_countries(records), columns),
        organizations_table(organizations_of(records), columns),
        country_pairs(record_countries(records), columns),
    ):
        assert (table.rows, table.lacking) == ((), ("affiliations",))
