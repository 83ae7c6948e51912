"""Authors, and how many of them write together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from benang.evidence import Number, count
from benang.indicators.indicator import ROOT, Columns, Indicator, Row, measured, whole
from benang.indicators.items import Held, held_of, items_table
from benang.records.authors import authors
from benang.records.record import Record


def authors_of(records: Sequence[Record]) -> Held:
    """Tell which authors wrote which records, forms of one name joined (`benang.records.authors`).

    Two authors with one name have their ids behind it.

    Examples
    --------
    >>> found = authors_of([Record("a", authors=("Fauzi, Luthfi M.", "Sari, D.")), Record("b", authors=("FAUZI, LM",))])
    >>> found.works, found.labels["fauzi, luthfi m"]
    ({'fauzi, luthfi m': [0, 1], 'sari, d': [0]}, 'Fauzi, Luthfi M.')
    """
    found = authors(records)
    several: dict[str, int] = {}
    for label in found.labels.values():
        several[label] = several.get(label, 0) + 1
    labels = {
        item: label if several[label] == 1 else f"{label} ({item.rpartition('(')[2].rstrip(')')})"
        for item, label in found.labels.items()
    }
    return held_of(found.of_records, labels)


def authors_table(held: Held, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each author the records, whole and fractionalised, their citations, h, g, m, and first and last year."""
    return items_table("authors", held, columns, top=top, field="authors")


def coauthorship(held: Held, columns: Columns) -> Indicator:
    """Tell how many authors the records have.

    Rows: `per-record`, the mean number of authors (Lawani's collaborative index); `median`; `most`; `single-authored`,
    records with one author, and `single-share`, their share; `collaboration-index`, the mean number of authors of
    records with several (Elango and Rajendran, 2012); `coefficient`, the collaborative coefficient of Ajiferuke, Burell
    and Tague (1988), 1 − Σⱼ fⱼ / (j N) with fⱼ records of j authors: 0 where all wrote alone. Records without authors
    do not count.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> records = Record("a", authors=("A, B", "C, D", "E, F")), Record("b", authors=("A, B",)), Record("c")
    >>> found = coauthorship(authors_of(records), Columns(corpus_of(records)))
    >>> {row.item: row.numbers["value"].value for row in found.rows}  # doctest: +NORMALIZE_WHITESPACE
    {'per-record': 2.0, 'median': 2, 'most': 3, 'single-authored': 1, 'single-share': 0.5,
     'collaboration-index': 3.0, 'coefficient': 0.333333}
    """
    name = "co-authorship"
    sizes = {work: round(1 / share) for work, share in enumerate(held.shares) if share}
    silent = columns.keys_of(work for work in range(len(held.shares)) if work not in sizes)
    if not sizes:
        return Indicator(name, ("value",), lacking=("authors",), silent=silent)
    n, keys = len(sizes), columns.keys_of(sizes)
    alone = columns.keys_of(work for work, size in sizes.items() if size == 1)
    together = [work for work, size in sizes.items() if size > 1]
    most = max(sizes.values())

    def number(item: str, value: float, unit: str, of: Sequence[str]) -> Number:
        return measured(name, item, "value", value, unit, of)

    told = {
        "per-record": number("per-record", sum(sizes.values()) / n, "authors", keys),
        "median": number("median", whole(median(sizes.values())), "authors", keys),
        "most": number("most", most, "authors", columns.keys_of(work for work in sizes if sizes[work] == most)),
        "single-authored": count(f"{ROOT}/{name}/single-authored/value", alone, unit="records"),
        "single-share": number("single-share", len(alone) / n, "share", alone),
    }
    if together:
        index = sum(sizes[work] for work in together) / len(together)
        told["collaboration-index"] = number("collaboration-index", index, "authors", columns.keys_of(together))
    told["coefficient"] = number("coefficient", 1 - math.fsum(1 / size for size in sizes.values()) / n, "index", keys)
    rows = tuple(Row(item, "", {"value": one}) for item, one in told.items())
    return Indicator(name, ("value",), rows, len(rows), silent=silent)
