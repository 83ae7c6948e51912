"""Citation indices: Hirsch's h, Egghe's g, and h for each year since the first publication."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benang.indicators.indicator import Columns, Indicator, Row, measured, whole


def h_index(citations: Sequence[int]) -> int:
    """Return the largest h such that h works have at least h citations each.

    Source: J. E. Hirsch (2005), An index to quantify an individual's scientific research output, PNAS 102(46),
    16569–16572.

    Examples
    --------
    >>> h_index([10, 8, 5, 4, 3]), h_index([25, 8, 5, 3, 3]), h_index([0, 0]), h_index([])
    (4, 3, 0, 0)
    """
    ordered = sorted(citations, reverse=True)
    return sum(value >= rank for rank, value in enumerate(ordered, 1))


def g_index(citations: Sequence[int]) -> int:
    """Return the largest g such that the g most cited works have at least g² citations together.

    It is at most the number of works: no works without citations are added to reach a higher g.

    Source: L. Egghe (2006), Theory and practise of the g-index, Scientometrics 69(1), 131–152.

    Examples
    --------
    >>> g_index([10, 8, 5, 4, 3]), g_index([100]), g_index([3, 1, 0]), g_index([])
    (5, 1, 2, 0)
    """
    total, found = 0, 0
    for rank, value in enumerate(sorted(citations, reverse=True), 1):
        total += value
        if total < rank * rank:
            break
        found = rank
    return found


def m_quotient(h: int, first_year: int, last_year: int) -> float:
    """Return h divided by the number of years from the first publication to the last year, both counted.

    Source: Hirsch (2005), who calls it m, the slope of h over time. The last year is the corpus's latest one: no clock
    is asked, so that the same files always give the same number.

    Examples
    --------
    >>> m_quotient(4, 2011, 2020), m_quotient(2, 2020, 2020)
    (0.4, 2.0)
    """
    return h / (last_year - first_year + 1)


def most_cited(works: Sequence[int], columns: Columns, most: int) -> list[int]:
    """Return the `most` most cited of some records: the core that an index counts."""
    known = [(-value, work) for work in works if (value := columns.citations[work]) is not None]
    return [work for _, work in sorted(known)[:most]]


def citation_impact(columns: Columns) -> Indicator:
    """Tell how often the records are cited in all, as their databases count: total, mean, median, h, g and m.

    Only records whose citations are given count; `silent` are the others. h and g open their core: the records that
    the index counts.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> found = citation_impact(Columns(corpus_of(
    ...     Record(str(n), year=2016 + n, citations=n) for n in (10, 8, 5, 4, 3))))
    >>> {row.item: row.numbers["value"].value for row in found.rows}
    {'total': 30, 'mean': 6.0, 'median': 5, 'uncited': 0, 'h': 4, 'g': 5, 'm': 0.5}
    """
    name, measures = "impact", ("value",)
    works = [work for work, value in enumerate(columns.citations) if value is not None]
    if not works:
        return Indicator(name, measures, lacking=("citations",), silent=columns.keys)
    values = [value for value in columns.citations if value is not None]
    keys = columns.keys_of(works)
    h, g = h_index(values), g_index(values)
    told: list[tuple[str, float, str, tuple[str, ...]]] = [
        ("total", sum(values), "citations", keys),
        ("mean", sum(values) / len(values), "citations", keys),
        ("median", whole(median(values)), "citations", keys),
        ("uncited", values.count(0), "records", columns.keys_of(w for w in works if columns.citations[w] == 0)),
        ("h", h, "index", columns.keys_of(most_cited(works, columns, h))),
        ("g", g, "index", columns.keys_of(most_cited(works, columns, g))),
    ]
    dated = [year for work in works if (year := columns.years[work]) is not None]
    if dated and columns.last_year is not None:
        m = m_quotient(h, min(dated), columns.last_year)
        told.append(("m", m, "index", columns.keys_of(most_cited(works, columns, h))))
    rows = tuple(
        Row(item, "", {"value": measured(name, item, "value", value, unit, of)}) for item, value, unit, of in told
    )
    silent = tuple(key for key, value in zip(columns.keys, columns.citations, strict=True) if value is None)
    return Indicator(name, measures, rows, len(rows), silent=silent)
