"""Organisations and countries of the authors, and how far countries work together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from benang.evidence import count
from benang.indicators.indicator import ROOT, Columns, Indicator, ItemRow, measured
from benang.indicators.items import Held, held_of, impact_numbers, items_table, ranked
from benang.records.countries import countries_of
from benang.records.organizations import organizations
from benang.records.record import Record

_ORGANIZATIONS = ("records", "fractional", "citations", "h", "g", "first-year", "last-year")
_COUNTRIES = ("records", "fractional", "single", "multiple", "multiple-share", "citations", "h")


def organizations_of(records: Sequence[Record]) -> Held:
    """Tell which organisations stand in the affiliations of which records (`benang.records.organizations`)."""
    found = organizations(records)
    return held_of(found.of_records, found.labels)


def countries_held(records: Sequence[Record]) -> Held:
    """Tell which countries stand in the affiliations of which records (`benang.records.countries`).

    Examples
    --------
    >>> countries_held([Record("a", affiliations=("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"))]).works
    {'Indonesia': [0], 'Japan': [0]}
    """
    found = [countries_of(record.affiliations) for record in records]
    return held_of(found, {country: country for own in found for country in own})


def organizations_table(held: Held, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each organisation its records, whole and in fractions, their citations, h, g, and the years."""
    return items_table("organizations", held, columns, measures=_ORGANIZATIONS, top=top, field="affiliations")


def countries_table(held: Held, columns: Columns, *, top: int = 0) -> Indicator:
    """Tell of each country its records, those of it alone and those with others, and their citations.

    `records` counts a record whole for each of its countries, `fractional` as one over their number. `single` are
    records with no other country (SCP, single-country publications), `multiple` those with several (MCP), and
    `multiple-share` is the share of the latter. All affiliations of a record count: exports do not always tell whose
    is the corresponding author's.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> places = "UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"
    >>> records = Record("a", affiliations=places), Record("b", affiliations=places[:1])
    >>> found = countries_table(countries_held(records), Columns(corpus_of(records)))
    >>> {name: number.value for name, number in found.row("Indonesia").numbers.items()}
    {'records': 2, 'fractional': 1.5, 'single': 1, 'multiple': 1, 'multiple-share': 0.5}
    """
    name = "countries"
    shown = tuple(one for one in _COUNTRIES if columns.has_citations or one not in {"citations", "h"})
    silent = tuple(key for key, share in zip(columns.keys, held.shares, strict=True) if not share)
    if not held.works:
        return Indicator(name, shown, lacking=("affiliations",), silent=silent)
    order = ranked(held, columns)
    rows = []
    for item in order[:top] if top else order:
        works = held.works[item]
        keys = columns.keys_of(works)
        alone = columns.keys_of(work for work in works if held.shares[work] == 1)
        several = columns.keys_of(work for work in works if held.shares[work] < 1)
        made = {
            "records": count(f"{ROOT}/{name}/{item}/records", keys, unit="records"),
            "fractional": measured(name, item, "fractional", held.fractional(item), "records", keys),
            "single": count(f"{ROOT}/{name}/{item}/single", alone, unit="records"),
            "multiple": count(f"{ROOT}/{name}/{item}/multiple", several, unit="records"),
            "multiple-share": measured(name, item, "multiple-share", len(several) / len(works), "share", several),
            **impact_numbers(name, item, works, columns),
        }
        rows.append(ItemRow(item, held.labels[item], {one: made[one] for one in shown if one in made}))
    lacking = () if columns.has_citations else ("citations",)
    return Indicator(name, shown, tuple(rows), len(order), lacking=lacking, silent=silent)


def country_pairs(held: Held, columns: Columns, *, top: int = 0) -> Indicator:
    """Count the records of each pair of countries.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> records = [Record("a", affiliations=("UGM, Yogyakarta, Indonesia", "Kyoto Univ, Kyoto, Japan"))]
    >>> found = country_pairs(countries_held(records), Columns(corpus_of(records)))
    >>> [(row.label, row.numbers["records"].value) for row in found.rows]
    [('Indonesia – Japan', 1)]
    """
    name, measures = "country-pairs", ("records",)
    if not held.works:
        return Indicator(name, measures, lacking=("affiliations",))
    of_work: dict[int, list[str]] = {}
    for item, works in held.works.items():
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
        rows.append(ItemRow(item, f"{held.labels[one]} – {held.labels[other]}", {"records": number}))
    return Indicator(name, measures, tuple(rows), len(order))
