"""How fast records a year grow, and what the last year has to do with it."""

from __future__ import annotations

import pytest

from benang.indicators.indicator import Columns
from benang.indicators.production import fitted_growth, growth, growth_table, years_table
from benang.records.corpus import corpus_of
from benang.records.record import Record

pytestmark = pytest.mark.fast


def test_the_last_year_is_left_out_unless_it_is_said_to_be_full() -> None:
    """10, 20, 40 and then a year that has only begun."""
    records = {2018: 10, 2019: 20, 2020: 40, 2021: 2}

    begun, full = growth(records), growth(records, last_full=2021)

    assert begun is not None
    assert (begun.last, begun.rate, begun.doubling) == (2020, 1.0, 1.0)
    assert full is not None
    assert full.last == 2021
    assert full.rate < 0
    assert full.doubling is None


def test_years_without_records_count_as_years() -> None:
    """From 1 to 4 in two years, with nothing between, is a doubling a year."""
    found = growth({2018: 1, 2020: 4, 2021: 1})

    assert found is not None
    assert found.rate == pytest.approx(1.0)


@pytest.mark.parametrize("records", [{}, {2020: 5}, {2020: 5, 2021: 5}])
def test_growth_needs_two_full_years(records: dict[int, int]) -> None:
    """With two years, one of them unfinished, nothing can be told."""
    assert growth(records) is None


def test_the_fitted_rate_finds_an_exact_growth_and_does_not_hang_on_the_first_year() -> None:
    """A tenth more each year; one early record moves the compound rate more than the fitted one."""
    records = {2000 + at: round(1000 * 1.1**at) for at in range(15)}
    early = {**records, 1990: 1}
    compound = growth(early, last_full=2014)

    assert fitted_growth(records, 2000, 2014) == pytest.approx(0.1, abs=0.001)
    fitted = fitted_growth(early, 2000, 2014)
    assert compound is not None
    assert fitted is not None
    assert abs(fitted - 0.1) < abs(compound.rate - 0.1)


def test_the_table_of_years_adds_up_and_opens() -> None:
    """Records so far, citations and their mean, over the records that tell them."""
    records = [
        Record("a", year=2019, citations=4),
        Record("b", year=2020, citations=1),
        Record("c", year=2020),
        Record("d"),
    ]
    years = years_table(Columns(corpus_of(records)))

    assert {name: one.value for name, one in years.row("2020").numbers.items()} == {
        "records": 2,
        "so-far": 3,
        "citations": 1,
        "mean": 1.0,
    }
    assert years.row("2020").numbers["mean"].of == ("b",)
    assert years.silent == ("d",)


def test_growth_opens_the_records_of_both_ends() -> None:
    """The rate rests on the records of the first and the last full year."""
    years = [2018, 2019, 2019, 2020, 2020, 2020, 2020, 2021]
    table = growth_table(Columns(corpus_of(Record(f"{at}", year=year) for at, year in enumerate(years))))

    assert table.row("rate").numbers["value"].of == ("0", "3", "4", "5", "6")
    assert table.row("last").numbers["value"].value == 2020
