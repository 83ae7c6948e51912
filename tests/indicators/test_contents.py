"""Keywords: how often, when, and whether they come or go; sources told apart and together, and Bradford's zones."""

from __future__ import annotations

import math
from itertools import accumulate

import pytest

from benang.indicators.contents import (
    bradford_cuts,
    bradford_zones,
    keyword_years,
    keywords_of,
    keywords_table,
    sources_of,
    sources_table,
    trend_statistic,
)
from benang.indicators.indicator import Columns
from benang.records.corpus import corpus_of
from benang.records.record import Record


def _columns(*rows: tuple[int | None, tuple[str, ...]]) -> Columns:
    return Columns(corpus_of(Record(f"{at:02}", year=year, author_keywords=own) for at, (year, own) in enumerate(rows)))


def test_the_trend_is_the_correlation_of_year_and_keyword_by_the_root_of_n() -> None:
    """Cochran and Armitage's z, from a table of 2 × 4 reckoned another way."""
    all_years = [2017] * 8 + [2018] * 6 + [2019] * 9 + [2020] * 7
    years = [2017] + [2018] * 2 + [2019] * 4 + [2020] * 5
    has = [1] + [0] * 7 + [1] * 2 + [0] * 4 + [1] * 4 + [0] * 5 + [1] * 5 + [0] * 2
    n, p, mean = len(all_years), sum(has) / len(has), sum(all_years) / len(all_years)
    cross = sum((year - mean) * (one - p) for year, one in zip(all_years, has, strict=True))
    r = cross / math.sqrt(sum((year - mean) ** 2 for year in all_years) * n * p * (1 - p))

    assert trend_statistic(years, all_years) == pytest.approx(r * math.sqrt(n))


def test_a_keyword_that_grows_with_its_field_has_no_trend() -> None:
    """Half of 4, 8 and 16 records: its count rises, its share does not."""
    all_years = [2018] * 4 + [2019] * 8 + [2020] * 16

    assert trend_statistic([2018] * 2 + [2019] * 4 + [2020] * 8, all_years) == pytest.approx(0)


@pytest.mark.parametrize(
    ("years", "all_years"),
    [([2018] * 4, [2018] * 9 + [2019]), ([2018] * 6, [2018] * 6), ([2020] * 6, [2020] * 10)],
)
def test_no_trend_is_told_where_there_is_none_to_tell(years: list[int], all_years: list[int]) -> None:
    """Four records; all records; one year."""
    assert trend_statistic(years, all_years) is None


def test_spellings_are_one_keyword_and_shares_are_of_records_with_keywords() -> None:
    """Two of three records that have keywords; the one without does not count."""
    columns = _columns((2018, ("Kota Kembar",)), (2020, ("kota kembar", "Kota  Kembar")), (2019, ("seni",)), (2019, ()))
    table = keywords_table("author-keywords", keywords_of(columns, "author_keywords"), columns, field="author_keywords")

    found = {name: number.value for name, number in table.row("kota kembar").numbers.items()}
    assert found == {"records": 2, "share": 0.666667, "first-year": 2018, "median-year": 2019, "last-year": 2020}
    assert table.silent == ("03",)


def test_keywords_by_year_open_their_records_and_old_years_go_together() -> None:
    """A record of 1990 goes with all before 2001, for twenty years up to 2020 are shown; none without a year."""
    columns = _columns(
        (1990, ("seni",)), (2000, ("seni",)), (2001, ("seni",)), (2020, ("seni", "kota")), (None, ("kota",))
    )
    table = keyword_years("keyword-years", keywords_of(columns, "author_keywords"), columns)

    assert table.measures == ("until-2000", *map(str, range(2001, 2021)))
    assert {name: number.of for name, number in table.row("seni").numbers.items()} == {
        "until-2000": ("00", "01"),
        "2001": ("02",),
        "2020": ("03",),
    }
    assert {name: number.of for name, number in table.row("kota").numbers.items()} == {"2020": ("03",)}


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
