"""The journals, books and series that records appeared in, and how far they concentrate in few (Bradford's law)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate

from benang.evidence import count
from benang.indicators.indicator import ROOT, Columns, Indicator, ItemRow, measured
from benang.indicators.items import Held, held_of, items_table, ranked
from benang.records.record import Record
from benang.records.spelling import folded, usual_spelling

ZONES = 3
_MEASURES = ("records", "citations", "h", "g", "m", "first-year", "last-year")


def sources_of(records: Sequence[Record]) -> Held:
    """Tell which source each record appeared in.

    Names are one source where they differ in case, accents, points, `and` or `&`, or a leading `The` only; and where
    articles under them share an ISSN, so that a journal's abbreviation in one database meets its full name in another.

    Examples
    --------
    >>> found = sources_of([Record("a", "article", source="The J. of Cities", issn=("1234-5679",)),
    ...                     Record("b", source="J of Cities"),
    ...                     Record("c", "article", source="Journal of Cities", issn=("1234-5679",))])
    >>> found.works, found.labels
    ({'journal of cities': [0, 1, 2]}, {'journal of cities': 'J of Cities'})
    """
    names = [source_key(record.source) for record in records]
    above: dict[str, str] = {name: name for name in names}

    def top(name: str) -> str:
        while above[name] != name:
            name = above[name]
        return name

    first: dict[str, str] = {}
    for record, name in zip(records, names, strict=True):
        for issn in record.issn if name and record.type == "article" else ():
            one, other = sorted((top(first.setdefault(issn, name)), top(name)), key=lambda key: (-len(key), key))
            above[other] = one
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    own = [top(name) for name in names]
    for record, name in zip(records, own, strict=True):
        if name:
            spellings[name][record.source] += 1
    return held_of(
        [(name,) if name else () for name in own],
        {name: usual_spelling(counts) for name, counts in spellings.items()},
    )


def source_key(name: str) -> str:
    """Return what names of sources are compared by.

    Examples
    --------
    >>> source_key("The Science & Society of Cities"), source_key("Science and society of cities.")
    ('science and society of cities', 'science and society of cities')
    """
    letters = "".join(one if one.isalnum() else " " for one in folded(name.replace("&", " and ")))
    return " ".join(letters.split()).removeprefix("the ")


def sources_table(held: Held, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each source its records, their citations, h, g and m, and the first and last year."""
    return items_table("sources", held, columns, measures=_MEASURES, top=top, field="source")


def bradford_cuts(counts: Sequence[int]) -> tuple[int, int] | None:
    """Part sources, most productive first, into three zones with about as many records each.

    Parameters
    ----------
    counts
        Records of each source, falling.

    Returns
    -------
    tuple or None
        How many sources stand before the end of the first zone and of the second: the two ranks at which the records
        added up come nearest to a third and to two thirds of all. None for fewer than three sources, and where all have
        equally many records: nothing then concentrates anywhere.

        Source: S. C. Bradford (1934), Sources of information on specific subjects, Engineering 137, 85–86: zones with
        as many records each hold sources as 1 : k : k².

    Examples
    --------
    >>> bradford_cuts([6, 2, 2, 2, 1, 1, 1, 1, 1, 1]), bradford_cuts([5, 5])
    ((1, 4), None)
    """
    if len(counts) < ZONES or counts[0] == counts[-1]:
        return None
    sums = list(accumulate(counts))
    n, total = len(counts), sums[-1]
    one = min(range(1, n - 1), key=lambda cut: (abs(ZONES * sums[cut - 1] - total), cut))
    two = min(range(one + 1, n), key=lambda cut: (abs(ZONES * sums[cut - 1] - 2 * total), cut))
    return one, two


def bradford_zones(held: Held, columns: Columns) -> Indicator:
    """Part the sources into Bradford's zones, and tell how many times more sources each zone has than the one before.

    `multiplier` of the second and third zone is that ratio; of the whole (`all`) it is the geometric mean of both, the
    k of 1 : k : k². Sources with equally many records stand in the order of their citations and names, so which of
    them falls on which side of a border says nothing.
    """
    name, measures = "bradford", ("sources", "records", "multiplier")
    order = ranked(held, columns)
    counts = [len(held.works[item]) for item in order]
    cuts = bradford_cuts(counts)
    silent = tuple(key for key, share in zip(columns.keys, held.shares, strict=True) if not share)
    if cuts is None:
        return Indicator(name, measures, n=0, lacking=() if order else ("source",), silent=silent)
    zones = [order[: cuts[0]], order[cuts[0] : cuts[1]], order[cuts[1] :]]
    rows = []
    for at, zone in enumerate(zones, 1):
        keys = columns.keys_of(work for item in zone for work in held.works[item])
        numbers = {
            "sources": measured(name, f"zone-{at}", "sources", len(zone), "sources", keys),
            "records": count(f"{ROOT}/{name}/zone-{at}/records", keys, unit="records"),
        }
        if at > 1:
            ratio = len(zone) / len(zones[at - 2])
            numbers["multiplier"] = measured(name, f"zone-{at}", "multiplier", ratio, "times", keys)
        rows.append(ItemRow(f"zone-{at}", "", numbers))
    keys = columns.keys_of(work for works in held.works.values() for work in works)
    k = math.sqrt(len(zones[2]) / len(zones[0]))
    whole = {
        "sources": measured(name, "all", "sources", len(order), "sources", keys),
        "records": count(f"{ROOT}/{name}/all/records", keys, unit="records"),
        "multiplier": measured(name, "all", "multiplier", k, "times", keys),
    }
    return Indicator(name, measures, (*rows, ItemRow("all", "", whole)), ZONES, silent=silent)
