"""What a corpus says of itself by counting."""

from __future__ import annotations

import pytest

from benang.indicators.years import yearly_output
from benang.records.corpus import corpus_of
from benang.records.record import Record

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
