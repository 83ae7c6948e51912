"""Production and impact: records by year, how fast their number grows, how often they are cited, and what they cite."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benang.evidence import Having, Number, Rule, count, made_by
from benang.indicators.indicator import (
    ALL,
    LATEST,
    ROOT,
    Columns,
    Indicator,
    ItemRow,
    g_index,
    h_index,
    m_quotient,
    m_rule,
    measured,
    most_cited,
    number_id,
    whole,
)
from benang.records.corpus import Corpus
from benang.records.references.matching import MatchedReferences

NO_YEAR = "none"
"""Stands for the year in the id of a number of records that have none."""
_MOST_STEPS = 100

_MEASURES = ("citations", "a-year", "normalized", "local", "year")


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


def citation_impact(columns: Columns) -> Indicator:
    """Tell how often the records are cited in all, as their databases count: total, mean, median, h, g and m.

    Only records whose citations are given count; `silent` are the others. h and g open their core: the records that
    the index counts.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> table = citation_impact(Columns(corpus_of(
    ...     Record(str(n), year=2016 + n, citations=n) for n in (10, 8, 5, 4, 3))))
    >>> {row.item: row.numbers["value"].value for row in table.rows}
    {'total': 30, 'mean': 6.0, 'median': 5, 'uncited': 0, 'h': 4, 'g': 5, 'm': 0.5}
    """
    name, measures = "impact", ("value",)
    works = [work for work, value in enumerate(columns.citations) if value is not None]
    if not works:
        return Indicator(name, measures, lacking=("citations",), silent=columns.keys)
    values = [value for value in columns.citations if value is not None]
    keys = columns.keys_of(works)
    h, g = h_index(values), g_index(values)
    core, known = columns.keys_of(most_cited(works, columns, h)), Having("citations")
    of_g = columns.keys_of(most_cited(works, columns, g))
    uncited = columns.keys_of(work for work in works if columns.citations[work] == 0)
    entries: list[tuple[str, float, str, tuple[str, ...], Rule | None]] = [
        ("total", sum(values), "citations", keys, made_by("sum", field="citations")),
        ("mean", sum(values) / len(values), "citations", keys, made_by("mean", field="citations")),
        ("median", whole(median(values)), "citations", keys, made_by("median", field="citations")),
        ("uncited", len(uncited), "records", uncited, None),
        ("h", h, "index", core, made_by("h-index", field="citations", records=known)),
        ("g", g, "index", of_g, made_by("g-index", field="citations", records=known)),
    ]
    dated = [year for work in works if (year := columns.years[work]) is not None]
    if dated and columns.last_year is not None:
        m = m_quotient(h, min(dated), columns.last_year)
        entries.append(("m", m, "index", core, m_rule(number_id(name, "h"), known)))
    rows = tuple(
        ItemRow(
            item,
            "",
            {
                "value": measured(name, item, "value", value, unit, of, rule)
                if rule
                else count(number_id(name, item), of, unit=unit)
            },
        )
        for item, value, unit, of, rule in entries
    )
    silent = tuple(key for key, value in zip(columns.keys, columns.citations, strict=True) if value is None)
    return Indicator(name, measures, rows, len(rows), silent=silent)


def local_citations(matched: MatchedReferences) -> dict[int, tuple[int, ...]]:
    """Return which records of the corpus cite which others: the numbers of the citing ones by that of the cited one.

    A record that cites another twice counts once, and none counts that cites itself.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> from benang.records.references.matching import match_references
    >>> local_citations(match_references(corpus_of([
    ...     Record("a", doi="10.1000/a"), Record("b", references=("On cities. https://doi.org/10.1000/a",))])))
    {0: (1,)}
    """
    citing: dict[int, set[int]] = {}
    for work, cited in zip(matched.work.tolist(), matched.record[matched.reference].tolist(), strict=True):
        if cited >= 0 and cited != work:
            citing.setdefault(cited, set()).add(work)
    return {cited: tuple(sorted(works)) for cited, works in sorted(citing.items())}


def cited_works(columns: Columns, matched: MatchedReferences | None, *, top: int = 0) -> tuple[Indicator, Indicator]:
    """List the records that are cited most.

    Returns
    -------
    tuple
        `cited-works`, by the count of the databases, and `local-citations`, by the records of this corpus that cite
        them. Both tell: `citations`; `a-year`, citations divided by the years since publication, the corpus's latest
        year counted; `normalized`, citations divided by the mean of the corpus's records of the same year (VOSviewer's
        normalized citations); `local`, which opens the citing records; and the `year`.
    """
    citing = local_citations(matched) if matched else {}
    means = _means(columns)
    known = [work for work, value in enumerate(columns.citations) if value]
    known.sort(key=lambda work: (-(columns.citations[work] or 0), -len(citing.get(work, ())), work))
    local = sorted(citing, key=lambda work: (-len(citing[work]), -(columns.citations[work] or 0), work))
    lacking = () if matched else ("references",)
    measures = tuple(
        one
        for one in _MEASURES
        if (columns.has_citations or one in {"local", "year"}) and (matched is not None or one != "local")
    )
    silent = tuple(key for key, value in zip(columns.keys, columns.citations, strict=True) if value is None)
    tables = []
    for name, order, without in (
        ("cited-works", known, () if columns.has_citations else ("citations",)),
        ("local-citations", local, lacking),
    ):
        rows = tuple(
            ItemRow(columns.keys[work], _label(columns, work), _numbers(name, work, columns, means, citing, measures))
            for work in (order[:top] if top else order)
        )
        tables.append(Indicator(name, measures, rows, len(order), without, silent if name == "cited-works" else ()))
    return tables[0], tables[1]


def _numbers(
    name: str,
    work: int,
    columns: Columns,
    means: Mapping[int, float],
    citing: Mapping[int, Sequence[int]],
    measures: Sequence[str],
) -> dict[str, Number]:
    key, value, year = columns.keys[work], columns.citations[work], columns.years[work]
    own, cited, published = [key], number_id(name, key, "citations"), number_id(name, key, "year")
    numbers: dict[str, Number] = {}
    if value is not None:
        given = made_by("given", field="citations")
        numbers["citations"] = measured(name, key, "citations", value, "citations", own, given)
        if year is not None and columns.last_year is not None:
            yearly = made_by("per-year", value=cited, since=published, until=LATEST)
            years = columns.last_year - year + 1
            numbers["a-year"] = measured(name, key, "a-year", value / years, "citations", own, yearly)
        if year is not None and means.get(year):
            of_year = made_by("mean", field="citations", records=number_id("years", str(year), "records"))
            to_mean = made_by("ratio", value=cited, to=of_year)
            numbers["normalized"] = measured(name, key, "normalized", value / means[year], "times", own, to_mean)
    if "local" in measures:
        numbers["local"] = count(f"{ROOT}/{name}/{key}/local", columns.keys_of(citing.get(work, ())), unit="records")
    if year is not None:
        numbers["year"] = measured(name, key, "year", year, "year", own, made_by("given", field="year"))
    return {one: numbers[one] for one in measures if one in numbers}


def _means(columns: Columns) -> dict[int, float]:
    """Return the mean citations of the records of each year."""
    by_year: dict[int, list[int]] = {}
    for year, value in zip(columns.years, columns.citations, strict=True):
        if year is not None and value is not None:
            by_year.setdefault(year, []).append(value)
    return {year: sum(values) / len(values) for year, values in by_year.items()}


def _label(columns: Columns, work: int) -> str:
    return columns.corpus.works.column("title")[work].as_py() or columns.keys[work]


def cited_references(columns: Columns, matched: MatchedReferences | None, *, top: int = 0) -> Indicator:
    """List the works that the records cite most, each with the records that cite it.

    A work is called as most references print it; one that is itself a record of the corpus has its title.
    """
    name, measures = "cited-references", ("records",)
    if matched is None:
        return Indicator(name, measures, lacking=("references",), silent=columns.keys)
    citing: list[dict[int, None]] = [{} for _ in range(len(matched))]
    for work, cited in zip(matched.work.tolist(), matched.reference.tolist(), strict=True):
        citing[cited][work] = None
    order = sorted(range(len(matched)), key=lambda cited: (-len(citing[cited]), matched.labels[cited]))
    rows = tuple(
        ItemRow(
            str(cited),
            _cited_label(columns, matched, cited),
            {"records": count(f"{ROOT}/{name}/{cited}/records", columns.keys_of(citing[cited]), unit="records")},
        )
        for cited in (order[:top] if top else order)
    )
    with_references = set(matched.work.tolist())
    silent = columns.keys_of(work for work in range(len(columns.keys)) if work not in with_references)
    return Indicator(name, measures, rows, len(order), silent=silent)


def _cited_label(columns: Columns, matched: MatchedReferences, cited: int) -> str:
    label, own = matched.labels[cited], int(matched.record[cited])
    return _label(columns, own) if own >= 0 and " " not in label else label
