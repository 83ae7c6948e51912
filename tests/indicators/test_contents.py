"""Keywords: how often, when, and whether they come or go."""

from __future__ import annotations

import math

import pytest

from benang.indicators.contents import keyword_years, keywords_of, keywords_table, trend_statistic
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
