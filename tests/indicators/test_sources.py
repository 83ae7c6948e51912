"""Sources are told apart and together, and parted into Bradford's zones."""

from __future__ import annotations

from itertools import accumulate

import pytest

from benang.indicators.indicator import Columns
from benang.indicators.sources import bradford_cuts, bradford_zones, sources_of, sources_table
from benang.records.corpus import corpus_of
from benang.records.record import Record

# Bradford (1934), applied geophysics, 1928–1931: (sources, records each); 326 sources with 1,332 records.
GEOPHYSICS = [
    (1, 93), (1, 86), (1, 56), (1, 48), (1, 46), (1, 35), (1, 28), (1, 20), (1, 17), (4, 16), (1, 15), (5, 14), (1, 12),
    (2, 11), (5, 10), (3, 9), (8, 8), (7, 7), (11, 6), (12, 5), (17, 4), (23, 3), (49, 2), (169, 1),
]  # fmt: skip


def test_bradfords_own_journals_part_into_zones_of_a_third_each() -> None:
    """1,332 records: 445, 443 and 444 of them in 10, 50 and 266 sources; each zone has about 5 times as many."""
    counts = [records for sources, records in GEOPHYSICS for _ in range(sources)]
    sums = list(accumulate(counts))
    assert (len(counts), sums[-1]) == (326, 1332)

    cuts = bradford_cuts(counts)

    assert cuts == (10, 60)
    assert (sums[9], sums[59] - sums[9], sums[-1] - sums[59]) == (445, 443, 444)


def test_zones_tell_their_multipliers_and_open_their_records() -> None:
    """Four records in one source, four in two, four in four: each zone has twice the sources of the one before."""
    names = ["A"] * 4 + ["B"] * 2 + ["C"] * 2 + ["D", "E", "F", "G"]
    records = [Record(f"{at:02}", source=name) for at, name in enumerate(names)]
    zones = bradford_zones(sources_of(records), Columns(corpus_of(records)))

    assert [row.numbers["sources"].value for row in zones.rows] == [1, 2, 4, 7]
    assert [row.numbers["multiplier"].value for row in zones.rows[1:]] == [2.0, 2.0, 2.0]
    assert zones.row("zone-1").numbers["records"].of == ("00", "01", "02", "03")


@pytest.mark.parametrize("counts", [[], [4], [4, 1], [2, 2, 2, 2]])
def test_too_few_or_equal_sources_make_no_zones(counts: list[int]) -> None:
    """Nothing is made up for them."""
    assert bradford_cuts(counts) is None


def test_articles_that_share_an_issn_are_in_one_source() -> None:
    """The abbreviation of one database meets the name of the other; proceedings of one series stay apart."""
    records = [
        Record("a", "article", source="J Cities", issn=("1234-5679",)),
        Record("b", "article", source="Journal of Cities", issn=("1234-5679",)),
        Record("c", "proceedings", source="First Symposium", issn=("0302-9743",)),
        Record("d", "proceedings", source="Second Symposium", issn=("0302-9743",)),
        Record("e"),
    ]
    table = sources_table(sources_of(records), Columns(corpus_of(records)))

    assert [(row.label, row.numbers["records"].of) for row in table.rows] == [
        ("J Cities", ("a", "b")),
        ("First Symposium", ("c",)),
        ("Second Symposium", ("d",)),
    ]
    assert table.silent == ("e",)
