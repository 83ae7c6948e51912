"""What is said alike of authors, sources, organisations and countries: their records and their impact."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benang.evidence import Number, count
from benang.indicators.citations import g_index, h_index, m_quotient, most_cited
from benang.indicators.indicator import ROOT, Columns, Indicator, ItemRow, measured

MEASURES = ("records", "fractional", "citations", "h", "g", "m", "first-year", "last-year")
"""Records; records in fractions; citations of the records; Hirsch's h, Egghe's g, h a year; first and last year."""
_BY_CITATIONS = frozenset({"citations", "h", "g", "m"})


@dataclass(frozen=True)
class Held:
    """Things of one kind: of each its records by number (each once), and its name; with shares of each record.

    `shares` are what a record with several of them counts for each: one over their number.
    """

    works: Mapping[str, Sequence[int]]
    labels: Mapping[str, str]
    shares: Sequence[float]

    def fractional(self, item: str) -> float:
        """Return the records of a thing, each as the share that it has in it."""
        return math.fsum(self.shares[work] for work in self.works[item])


def held_of(of_records: Iterable[Sequence[str]], labels: Mapping[str, str]) -> Held:
    """Turn the things of each record into the records of each thing.

    Examples
    --------
    >>> held = held_of([("a", "b"), (), ("a",)], {"a": "A", "b": "B"})
    >>> held.works, held.fractional("a")
    ({'a': [0, 2], 'b': [0]}, 1.5)
    """
    works: dict[str, list[int]] = {}
    shares = []
    for work, items in enumerate(of_records):
        own = dict.fromkeys(items)
        shares.append(1 / len(own) if own else 0.0)
        for item in own:
            works.setdefault(item, []).append(work)
    return Held(works, labels, shares)


def ranked(held: Held, columns: Columns) -> list[str]:
    """Return the things by falling number of records, then of citations, then by name."""
    cited = {
        item: sum(columns.citations[work] or 0 for work in works) if columns.has_citations else 0
        for item, works in held.works.items()
    }
    return sorted(
        held.works, key=lambda item: (-len(held.works[item]), -cited[item], held.labels[item].casefold(), item)
    )


def items_table(
    name: str, held: Held, columns: Columns, *, measures: Sequence[str] = MEASURES, top: int = 0, field: str
) -> Indicator:
    """Make the table of things of one kind, those with most records first.

    Parameters
    ----------
    name
        Of the indicator; the second part of the ids of its numbers.
    held
        The things.
    columns
        The records.
    measures
        Which of `MEASURES`. Those that need citations are left out where no record tells any.
    top
        How many rows at most; 0 for all.
    field
        The field of a record that the things come from: `lacking` where no record has one.
    """
    shown = tuple(one for one in measures if columns.has_citations or one not in _BY_CITATIONS)
    silent = tuple(key for key, share in zip(columns.keys, held.shares, strict=True) if not share)
    if not held.works:
        return Indicator(name, shown, lacking=(field,), silent=silent)
    order = ranked(held, columns)
    rows = tuple(
        ItemRow(item, held.labels[item], _numbers(name, item, held, columns, shown))
        for item in (order[:top] if top else order)
    )
    lacking = () if len(shown) == len(measures) else ("citations",)
    return Indicator(name, shown, rows, len(order), lacking=lacking, silent=silent)


def _numbers(name: str, item: str, held: Held, columns: Columns, measures: Sequence[str]) -> dict[str, Number]:
    works = held.works[item]
    keys = columns.keys_of(works)
    made = {"records": count(f"{ROOT}/{name}/{item}/records", keys, unit="records")}
    if "fractional" in measures:
        made["fractional"] = measured(name, item, "fractional", held.fractional(item), "records", keys)
    if "citations" in measures:
        made |= impact_numbers(name, item, works, columns)
    dated = [(year, work) for work in works if (year := columns.years[work]) is not None]
    for measure, pick in (("first-year", min), ("last-year", max)):
        if measure in measures and dated:
            year = pick(dated)[0]
            of = columns.keys_of(work for one, work in dated if one == year)
            made[measure] = measured(name, item, measure, year, "year", of)
    return {measure: made[measure] for measure in measures if measure in made}


def impact_numbers(name: str, item: str, works: Sequence[int], columns: Columns) -> dict[str, Number]:
    """Tell the citations of some records together, with h, g and m; nothing where none of them tells its citations."""
    known = [(value, work) for work in works if (value := columns.citations[work]) is not None]
    if not known:
        return {}
    values = [value for value, _ in known]
    h, g = h_index(values), g_index(values)
    core = columns.keys_of(most_cited(works, columns, h))
    made = {
        "citations": measured(
            name, item, "citations", sum(values), "citations", columns.keys_of(work for _, work in known)
        ),
        "h": measured(name, item, "h", h, "index", core),
        "g": measured(name, item, "g", g, "index", columns.keys_of(most_cited(works, columns, g))),
    }
    dated = [year for work in works if (year := columns.years[work]) is not None]
    if dated and columns.last_year is not None:
        made["m"] = measured(name, item, "m", m_quotient(h, min(dated), columns.last_year), "index", core)
    return made
