"""Where records appeared, and where their authors work.

Sources are journals, books and series; Bradford's law describes how records concentrate in a few of them. Organisations
and countries are those of the affiliations, and countries also work together.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, combinations

from benang.evidence import count, made_by
from benang.indicators.indicator import (
    ROOT,
    Columns,
    Indicator,
    ItemRow,
    WorksByItem,
    impact_numbers,
    items_table,
    measured,
    number_id,
    ranked,
    works_by_item,
)
from benang.records.countries import countries_of
from benang.records.organizations import organizations
from benang.records.record import Record
from benang.records.spelling import folded, usual_spelling

ZONES = 3
_SOURCES = ("records", "citations", "h", "g", "m", "first-year", "last-year")
_ORGANIZATIONS = ("records", "fractional", "citations", "h", "g", "first-year", "last-year")
_COUNTRIES = ("records", "fractional", "single", "multiple", "multiple-share", "citations", "h")


def sources_of(records: Sequence[Record]) -> WorksByItem:
    """Tell which source each record appeared in.

    Names are one source where they differ in case, accents, points, `and` or `&`, or a leading `The` only; and where
    articles under them share an ISSN, so that a journal's abbreviation in one database meets its full name in another.

    Examples
    --------
    >>> works = sources_of([Record("a", "article", source="The J. of Cities", issn=("1234-5679",)),
    ...                     Record("b", source="J of Cities"),
    ...                     Record("c", "article", source="Journal of Cities", issn=("1234-5679",))])
    >>> works.works, works.labels
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
    return works_by_item(
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


def sources_table(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each source its records, their citations, h, g and m, and the first and last year."""
    return items_table("sources", things, columns, measures=_SOURCES, top=top, field="source")


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


def bradford_zones(things: WorksByItem, columns: Columns) -> Indicator:
    """Divide the sources into Bradford's zones, each with the ratio of its sources to the zone before.

    `multiplier` of the second and third zone is that ratio; of the whole (`all`) it is the geometric mean of both, the
    k of 1 : k : k². Sources with equally many records are sorted by citations and name, so it means nothing on which
    side of a border they fall.
    """
    name, measures = "bradford", ("sources", "records", "multiplier")
    order = ranked(things, columns)
    counts = [len(things.works[item]) for item in order]
    cuts = bradford_cuts(counts)
    silent = tuple(key for key, share in zip(columns.keys, things.shares, strict=True) if not share)
    if cuts is None:
        return Indicator(name, measures, n=0, lacking=() if order else ("source",), silent=silent)
    zones = [order[: cuts[0]], order[cuts[0] : cuts[1]], order[cuts[1] :]]
    different = made_by("distinct", field="sources")
    rows = []
    for at, zone in enumerate(zones, 1):
        keys = columns.keys_of(work for item in zone for work in things.works[item])
        numbers = {
            "sources": measured(name, f"zone-{at}", "sources", len(zone), "sources", keys, different),
            "records": count(f"{ROOT}/{name}/zone-{at}/records", keys, unit="records"),
        }
        if at > 1:
            ratio = len(zone) / len(zones[at - 2])
            to_last = made_by(
                "ratio",
                value=number_id(name, f"zone-{at}", "sources"),
                to=number_id(name, f"zone-{at - 1}", "sources"),
            )
            numbers["multiplier"] = measured(name, f"zone-{at}", "multiplier", ratio, "times", keys, to_last)
        rows.append(ItemRow(f"zone-{at}", "", numbers))
    keys = columns.keys_of(work for works in things.works.values() for work in works)
    k = math.sqrt(len(zones[2]) / len(zones[0]))
    both = tuple(number_id(name, zone, "multiplier") for zone in ("zone-2", "zone-3"))
    whole = {
        "sources": measured(name, "all", "sources", len(order), "sources", keys, different),
        "records": count(f"{ROOT}/{name}/all/records", keys, unit="records"),
        "multiplier": measured(name, "all", "multiplier", k, "times", keys, made_by("geometric-mean", values=both)),
    }
    return Indicator(name, measures, (*rows, ItemRow("all", "", whole)), ZONES, silent=silent)


def organizations_of(records: Sequence[Record]) -> WorksByItem:
    """Return which organisations occur in the affiliations of which records (`benang.records.organizations`)."""
    matches = organizations(records)
    return works_by_item(matches.of_records, matches.labels)


def record_countries(records: Sequence[Record]) -> WorksByItem:
    """Return which countries occur in the affiliations of which records (`benang.records.countries`).

    Examples
    --------
    >>> record_countries([Record("a", affiliations=("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"))]).works
    {'Indonesia': [0], 'Japan': [0]}
    """
    countries = [countries_of(record.affiliations) for record in records]
    return works_by_item(countries, {country: country for own in countries for country in own})


def organizations_table(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each organisation its records, whole and in fractions, their citations, h, g, and the years."""
    return items_table("organizations", things, columns, measures=_ORGANIZATIONS, top=top, field="affiliations")


def countries_table(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each country its records, those of it alone and those with others, and their citations.

    `records` counts a record whole for each of its countries, `fractional` as one over their number. `single` are
    records with no other country (SCP, single-country publications), `multiple` those with several (MCP), and
    `multiple-share` is the share of the latter. All affiliations of a record count: exports do not always say whose is
    the corresponding author's.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> places = "UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"
    >>> records = Record("a", affiliations=places), Record("b", affiliations=places[:1])
    >>> table = countries_table(record_countries(records), Columns(corpus_of(records)))
    >>> {name: number.value for name, number in table.row("Indonesia").numbers.items()}
    {'records': 2, 'fractional': 1.5, 'single': 1, 'multiple': 1, 'multiple-share': 0.5}
    """
    name = "countries"
    shown = tuple(one for one in _COUNTRIES if columns.has_citations or one not in {"citations", "h"})
    silent = tuple(key for key, share in zip(columns.keys, things.shares, strict=True) if not share)
    if not things.works:
        return Indicator(name, shown, lacking=("affiliations",), silent=silent)
    order = ranked(things, columns)
    rows = []
    for item in order[:top] if top else order:
        works = things.works[item]
        keys = columns.keys_of(works)
        alone = columns.keys_of(work for work in works if things.shares[work] == 1)
        several = columns.keys_of(work for work in works if things.shares[work] < 1)
        numbers = {
            "records": count(f"{ROOT}/{name}/{item}/records", keys, unit="records"),
            "fractional": measured(
                name, item, "fractional", things.fractional(item), "records", keys, made_by("fractions", field=name)
            ),
            "single": count(f"{ROOT}/{name}/{item}/single", alone, unit="records"),
            "multiple": count(f"{ROOT}/{name}/{item}/multiple", several, unit="records"),
            "multiple-share": measured(
                name,
                item,
                "multiple-share",
                len(several) / len(works),
                "share",
                several,
                made_by("share", whole=number_id(name, item, "records")),
            ),
            **impact_numbers(name, item, works, columns),
        }
        rows.append(ItemRow(item, things.labels[item], {one: numbers[one] for one in shown if one in numbers}))
    lacking = () if columns.has_citations else ("citations",)
    return Indicator(name, shown, tuple(rows), len(order), lacking=lacking, silent=silent)


def country_pairs(things: WorksByItem, columns: Columns, *, top: int = 0) -> Indicator:
    """Count the records of each pair of countries.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> records = [Record("a", affiliations=("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"))]
    >>> table = country_pairs(record_countries(records), Columns(corpus_of(records)))
    >>> [(row.label, row.numbers["records"].value) for row in table.rows]
    [('Indonesia – Japan', 1)]
    """
    name, measures = "country-pairs", ("records",)
    if not things.works:
        return Indicator(name, measures, lacking=("affiliations",))
    of_work: dict[int, list[str]] = {}
    for item, works in things.works.items():
        for work in works:
            of_work.setdefault(work, []).append(item)
    pairs: dict[tuple[str, str], list[int]] = {}
    for work in sorted(of_work):
        for one, other in combinations(sorted(of_work[work]), 2):
            pairs.setdefault((one, other), []).append(work)
    order = sorted(pairs, key=lambda pair: (-len(pairs[pair]), pair))
    rows = []
    for one, other in order[:top] if top else order:
        item = f"{one} + {other}"
        number = count(f"{ROOT}/{name}/{item}/records", columns.keys_of(pairs[one, other]), unit="records")
        rows.append(ItemRow(item, f"{things.labels[one]} – {things.labels[other]}", {"records": number}))
    return Indicator(name, measures, tuple(rows), len(order))
