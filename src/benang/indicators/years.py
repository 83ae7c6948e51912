"""Records by year of publication, and how fast their number grows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from benang.evidence import Number, Rule, count, made_by
from benang.indicators.indicator import ALL, ROOT, Columns, Indicator, ItemRow, measured, number_id
from benang.records.corpus import Corpus

NO_YEAR = "none"
"""Stands for the year in the id of a number of records that have none."""
_MOST_STEPS = 100


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
    """Return a year as written in the id of a number."""
    return NO_YEAR if year is None else str(year)


@dataclass(frozen=True, slots=True)
class Growth:
    """How the number of records a year grew from the first year to the last full one.

    `rate` is the share by which it grew in a mean year (0.1 is 10 %), `doubling` the years in which it doubles at this
    rate; None where it does not grow.
    """

    first: int
    last: int
    rate: float
    doubling: float | None


def growth(records: Mapping[int, int], *, last_full: int | None = None) -> Growth | None:
    """Return the compound growth of records a year.

    Parameters
    ----------
    records
        Number of records by year.
    last_full
        The last year that all records are in. Where it is None this is the last but one year that has records: exports
        are made within their last year, which then looks like a fall.

    Returns
    -------
    Growth or None
        (n_last / n_first)^(1 / (last − first)) − 1. Only the two ends count, so a first year with one record makes the
        rate uncertain; the records by year show it. None without two full years with records.

    Examples
    --------
    >>> growth({2010: 10, 2012: 40, 2013: 3})
    Growth(first=2010, last=2012, rate=1.0, doubling=1.0)
    >>> growth({2010: 10, 2012: 40, 2013: 5}, last_full=2013).doubling is None
    True
    """
    years = sorted(year for year, n in records.items() if n)
    full = [year for year in years if year <= last_full] if last_full is not None else years[:-1]
    if len(full) < 2:
        return None
    first, last = full[0], full[-1]
    rate = (records[last] / records[first]) ** (1 / (last - first)) - 1
    return Growth(first, last, rate, math.log(2) / math.log1p(rate) if rate > 0 else None)


def fitted_growth(records: Mapping[int, int], first: int, last: int) -> float | None:
    """Return the growth a year that fits all years best, those without a record among them: Poisson regression.

    The number of records of a year is taken to be Poisson with mean exp(a + b t), fitted by maximum likelihood; the
    growth is exp(b) − 1. Where the compound rate rests on two years, this rests on all between.

    Returns
    -------
    float or None
        A share (0.1 is 10 % a year); None for fewer than three years.

    Examples
    --------
    >>> round(fitted_growth({2010: 1, 2011: 2, 2012: 4, 2013: 8}, 2010, 2013), 6)
    1.0
    """
    if last - first < 2:
        return None
    n = [records.get(year, 0) for year in range(first, last + 1)]
    middle = (len(n) - 1) / 2
    total, mean_time = sum(n), math.fsum((at - middle) * one for at, one in enumerate(n))
    slope = 0.0
    for _ in range(_MOST_STEPS):  # a is known for every b, so one unknown is left and the likelihood is concave in it
        weights = [math.exp(slope * (at - middle)) for at in range(len(n))]
        whole = math.fsum(weights)
        mean = math.fsum(w * (at - middle) for at, w in enumerate(weights)) / whole
        spread = math.fsum(w * (at - middle - mean) ** 2 for at, w in enumerate(weights)) / whole
        step = (mean_time / total - mean) / max(spread, 1e-9)
        slope += max(-0.5, min(0.5, step))
        if abs(step) < 1e-12:
            break
    return math.expm1(slope)


def years_table(columns: Columns) -> Indicator:
    """Return for each year its records, their cumulative number, and the citations of its records, with their mean.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> table = years_table(Columns(corpus_of([Record("a", year=2019, citations=3), Record("b", year=2020)])))
    >>> [(row.item, {name: number.value for name, number in row.numbers.items()}) for row in table.rows]
    [('2019', {'records': 1, 'so-far': 1, 'citations': 3, 'mean': 3.0}), ('2020', {'records': 1, 'so-far': 2})]
    """
    works: dict[int, list[int]] = {}
    for work, year in enumerate(columns.years):
        if year is not None:
            works.setdefault(year, []).append(work)
    silent = tuple(key for key, year in zip(columns.keys, columns.years, strict=True) if year is None)
    measures = ("records", "so-far", "citations", "mean") if columns.has_citations else ("records", "so-far")
    if not works:
        return Indicator("years", measures, lacking=("year",), silent=silent)
    rows = []
    so_far: list[str] = []
    for year in sorted(works):
        keys = columns.keys_of(works[year])
        so_far += keys
        numbers = {
            "records": count(f"{ROOT}/years/{year}/records", keys, unit="records"),
            "so-far": count(f"{ROOT}/years/{year}/so-far", so_far, unit="records"),
        }
        known = [(value, work) for work in works[year] if (value := columns.citations[work]) is not None]
        if known:
            total, cited = sum(value for value, _ in known), columns.keys_of(work for _, work in known)
            added, mean = made_by("sum", field="citations"), made_by("mean", field="citations")
            numbers["citations"] = measured("years", str(year), "citations", total, "citations", cited, added)
            numbers["mean"] = measured("years", str(year), "mean", total / len(known), "citations", cited, mean)
        rows.append(ItemRow(str(year), str(year), numbers))
    lacking = () if columns.has_citations else ("citations",)
    return Indicator("years", measures, tuple(rows), len(rows), lacking=lacking, silent=silent)


def growth_table(columns: Columns, *, last_full: int | None = None) -> Indicator:
    """Return the annual growth of records: the two years it is computed from, the rate, and the doubling time."""
    name, measures = "growth", ("value",)
    keys: dict[int, list[str]] = {}
    for key, year in zip(columns.keys, columns.years, strict=True):
        if year is not None:
            keys.setdefault(year, []).append(key)
    if not keys:
        return Indicator(name, measures, lacking=("year",))
    rates = growth({year: len(of_year) for year, of_year in keys.items()}, last_full=last_full)
    if rates is None:
        return Indicator(name, measures)
    between = [key for year, of_year in keys.items() if rates.first <= year <= rates.last for key in of_year]
    fitted = fitted_growth({year: len(of_year) for year, of_year in keys.items()}, rates.first, rates.last)
    ends = [*keys[rates.first], *keys[rates.last]]
    until = {} if last_full is None else {"until": last_full}
    since_until = {"since": number_id(name, "first"), "until": number_id(name, "last")}
    entries: list[tuple[str, float | None, str, list[str], Rule]] = [
        ("first", rates.first, "year", keys[rates.first], made_by("min", field="year", records=ALL)),
        ("last", rates.last, "year", keys[rates.last], made_by("last-full-year", records=ALL, **until)),
        ("rate", rates.rate, "share", ends, made_by("compound-growth", records=ALL, **since_until)),
        ("fitted", fitted, "share", between, made_by("fitted-growth", records=ALL, **since_until)),
        ("doubling", rates.doubling, "years", ends, made_by("doubling-time", value=number_id(name, "rate"))),
        (
            "mean",
            len(between) / (rates.last - rates.first + 1),
            "records",
            between,
            made_by("per-year", value=made_by("number"), **since_until),
        ),
    ]
    rows = tuple(
        ItemRow(item, "", {"value": measured(name, item, "value", value, unit, of, rule)})
        for item, value, unit, of, rule in entries
        if value is not None
    )
    return Indicator(name, measures, rows, len(rows))
