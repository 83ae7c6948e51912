"""Indicators: what a corpus says of itself by counting."""

from __future__ import annotations

from benang.evidence import Number, count
from benang.records.corpus import Corpus

NO_YEAR = "none"
"""Stands for the year in the id of a number of records that have none."""


def yearly_output(corpus: Corpus) -> dict[int | None, Number]:
    """Count the records of each year of publication.

    Returns
    -------
    dict
        By year, earliest first, `years/YYYY/records` in records; under None at the end those without a year, where
        there are any (`years/none/records`). Years without a record are left out.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> output = yearly_output(corpus_of([Record("a", year=2020), Record("b"), Record("c", year=2018)]))
    >>> {year: number.of for year, number in output.items()}
    {2018: ('c',), 2020: ('a',), None: ('b',)}
    """
    keys: dict[int | None, list[str]] = {}
    for key, year in zip(corpus.keys, corpus.works.column("year").to_pylist(), strict=True):
        keys.setdefault(year, []).append(key)
    years = sorted(keys, key=lambda year: (year is None, year or 0))
    return {year: count(f"years/{year_id(year)}/records", keys[year], unit="records") for year in years}


def year_id(year: int | None) -> str:
    """Write a year as it stands in the id of a number."""
    return NO_YEAR if year is None else str(year)
