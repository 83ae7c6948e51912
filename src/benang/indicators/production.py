"""Citations: how often the records are cited in all, the most cited works, and the references that are cited most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from benang.evidence import Having, Number, Rule, count, made_by
from benang.indicators.indicator import (
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
from benang.records.references.matching import MatchedReferences

_MEASURES = ("citations", "a-year", "normalized", "local", "year")


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
