"""What records are, where they appeared, what they lack and are about: types, sources, fields, keywords, years.

Sources are journals, books and series; Bradford's law describes how records concentrate in a few of them. Keywords come
and go.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate
from statistics import median
from typing import Literal

import pyarrow.compute as pc
from babel import Locale

from benang.evidence import Field, Having, Number, count, made_by
from benang.indicators.indicator import (
    ALL,
    ROOT,
    Columns,
    Indicator,
    ItemRow,
    WorksByItem,
    items_table,
    measured,
    number_id,
    ranked,
    whole,
    works_by_item,
)
from benang.languages import language_code
from benang.records.record import Record
from benang.records.spelling import folded, label_key, usual_spelling

FIELDS = (
    "title",
    "authors",
    "year",
    "type",
    "source",
    "doi",
    "language",
    "abstract",
    "author_keywords",
    "index_keywords",
    "affiliations",
    "references",
    "citations",
)
"""The fields that the indicators and maps rest on."""

LEAST_FOR_TREND = 5
"""Minimum occurrences for a trend: with fewer, the normal approximation fails."""

MOST_YEARS = 20
"""Columns of years in the table of keywords by year; earlier years share one."""

_MEASURES = ("records", "share", "first-year", "median-year", "last-year", "trend")


def carries(record: Record, field: str) -> bool:
    """Tell whether a record has a field; the type `other` names none, citations and years count also where they are 0.

    Examples
    --------
    >>> carries(Record("a", citations=0), "citations"), carries(Record("a"), "type"), carries(Record("a"), "title")
    (True, False, False)
    """
    value = getattr(record, field)
    if isinstance(value, tuple):
        return any(value)
    return value is not None and value != ("other" if field == "type" else "")


def completeness(records: Sequence[Record]) -> Indicator:
    """Return for each field the number of records that have it, their share, and the number that lack it.

    Every other number rests on the records that have its field, so this table shows how reliable it is.
    """
    rows = []
    for field in FIELDS:
        having = [record.key for record in records if carries(record, field)]
        keys_with = set(having)
        without = [record.key for record in records if record.key not in keys_with]
        share = len(having) / len(records) if records else 0.0
        numbers = {
            "records": count(f"{ROOT}/completeness/{field}/records", having, unit="records"),
            "share": measured("completeness", field, "share", share, "share", having, made_by("share", whole=ALL)),
            "without": count(f"{ROOT}/completeness/{field}/without", without, unit="records"),
        }
        rows.append(ItemRow(field, "", numbers))
    return Indicator("completeness", ("records", "share", "without"), tuple(rows) if records else (), len(rows))


def document_types(columns: Columns) -> Indicator:
    """Count the records of each type; `other` holds those of none of Benang's types, and those that tell no type."""
    types = columns.corpus.works.column("type").to_pylist()
    return _parted("types", types, dict.fromkeys(types, ""), columns, "type", {"other"})


def languages_table(columns: Columns) -> Indicator:
    """Count the records of each language; `eng`, `English` and `Inggris` are one."""
    written = columns.corpus.works.column("language").to_pylist()
    names: dict[str, Counter[str]] = defaultdict(Counter)
    own = []
    for text in written:
        name = " ".join((text or "").split())
        code = language_code(name) or name.casefold()
        own.append(code)
        if code:
            names[code][Locale("en").languages.get(code, name)] += 1
    labels = {code: min(counts, key=lambda name: (-counts[name], name)) for code, counts in names.items()}
    return _parted("languages", own, labels, columns, "language", {""})


def _parted(
    name: Field, own: Sequence[str], labels: dict[str, str], columns: Columns, field: str, untold: set[str]
) -> Indicator:
    """Count the records by a value that each has one of; `untold` are values that tell nothing."""
    keys: dict[str, list[str]] = {}
    for key, value in zip(columns.keys, own, strict=True):
        keys.setdefault(value, []).append(key)
    silent = tuple(key for value in sorted(untold) for key in keys.get(value, ()))
    if not set(keys) - untold:
        return Indicator(name, ("records", "share"), lacking=(field,), silent=silent)
    order = sorted((value for value in keys if value), key=lambda value: (value in untold, -len(keys[value]), value))
    total = sum(len(keys[value]) for value in order)
    rows = tuple(
        ItemRow(
            value,
            labels[value],
            {
                "records": count(f"{ROOT}/{name}/{value}/records", keys[value], unit="records"),
                "share": measured(
                    name,
                    value,
                    "share",
                    len(keys[value]) / total,
                    "share",
                    keys[value],
                    made_by("share", whole=Having(name)),
                ),
            },
        )
        for value in order
    )
    return Indicator(name, ("records", "share"), rows, len(rows), silent=silent)


KeywordField = Literal["author_keywords", "index_keywords"]


def keywords_of(columns: Columns, field: KeywordField) -> WorksByItem:
    """Return which keywords occur in which records; they are the same if they differ only in case or white space.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> works = keywords_of(Columns(corpus_of([Record("a", author_keywords=("Kota Kembar", "kota kembar"))])),
    ...                     "author_keywords")
    >>> works.works, works.labels
    ({'kota kembar': [0]}, {'kota kembar': 'Kota Kembar'})
    """
    chosen = columns.corpus.values.filter(pc.equal(columns.corpus.values.column("field"), field))
    own: list[list[str]] = [[] for _ in columns.keys]
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for work, value in zip(chosen.column("work").to_pylist(), chosen.column("value").to_pylist(), strict=True):
        key = label_key(value)
        if key:
            own[work].append(key)
            spellings[key][" ".join(value.split())] += 1
    return works_by_item(own, {key: usual_spelling(counts) for key, counts in spellings.items()})


def keywords_table(name: Field, things: WorksByItem, columns: Columns, *, top: int = 0, field: str) -> Indicator:
    """Tell of each keyword its records, their share, the years it is used in, and its trend.

    `share` is that of the records that have keywords of this kind. `trend` is `trend_statistic`, over these records as
    far as they have a year, for keywords that occur at least five times.
    """
    silent = tuple(key for key, share in zip(columns.keys, things.shares, strict=True) if not share)
    if not things.works:
        return Indicator(name, _MEASURES, lacking=(field,), silent=silent)
    having = [work for work, share in enumerate(things.shares) if share]
    dated = [work for work in having if columns.years[work] is not None]
    order = ranked(things, columns)
    rows = tuple(
        ItemRow(item, things.labels[item], _numbers(name, item, things, columns, len(having), dated))
        for item in (order[:top] if top else order)
    )
    return Indicator(name, _MEASURES, rows, len(order), silent=silent)


def _numbers(
    name: Field, item: str, things: WorksByItem, columns: Columns, having: int, dated: Sequence[int]
) -> dict[str, Number]:
    works, records = things.works[item], number_id(name, item, "records")
    keys = columns.keys_of(works)
    numbers = {
        "records": count(records, keys, unit="records"),
        "share": measured(
            name, item, "share", len(works) / having, "share", keys, made_by("share", whole=Having(name))
        ),
    }
    known = sorted((year, work) for work in works if (year := columns.years[work]) is not None)
    if not known:
        return numbers
    years = [year for year, _ in known]
    for measure, year, rule in (
        ("first-year", years[0], made_by("min", field="year", records=records)),
        ("last-year", years[-1], made_by("max", field="year", records=records)),
    ):
        of = columns.keys_of(work for one, work in known if one == year)
        numbers[measure] = measured(name, item, measure, year, "year", of, rule)
    of = columns.keys_of(work for _, work in known)
    middle = made_by("median", field="year")
    numbers["median-year"] = measured(name, item, "median-year", whole(median(years)), "year", of, middle)
    trend = trend_statistic(years, [year for work in dated if (year := columns.years[work]) is not None])
    if trend is not None:
        rising = made_by("trend", whole=Having(name))
        numbers["trend"] = measured(name, item, "trend", trend, "z", of, rising, digits=4)
    return {one: numbers[one] for one in _MEASURES if one in numbers}


def trend_statistic(years: Sequence[int], all_years: Sequence[int]) -> float | None:
    """Tell whether a keyword's share of the records rises or falls over the years: Cochran and Armitage's z.

    Parameters
    ----------
    years
        The years of the records that have the keyword.
    all_years
        The years of all records that have keywords, these among them.

    Returns
    -------
    float or None
        z = Σ(t − t̄) over the keyword's records / √(p (1 − p) Σ(t − t̄)²) with t̄ and the sum of squares over all
        records and p the keyword's share. Above 1.96 the share rises, below −1.96 it falls more than chance would have
        it in 95 of 100 keywords without a trend; of many keywords some do so by chance. None for fewer than five
        records, a keyword that all records have, and records of one year.

    Notes
    -----
    In a growing field nearly every keyword is used more each year. The share shows what rises faster than the field: a
    keyword that grows with it has a z near 0. Source: P. Armitage (1955), Tests for linear trends in proportions and
    frequencies, Biometrics 11(3), 375–386.

    Examples
    --------
    >>> all_years = [2018] * 10 + [2019] * 10 + [2020] * 10
    >>> rising = [2018] * 1 + [2019] * 5 + [2020] * 9
    >>> round(trend_statistic(rising, all_years), 3), trend_statistic([2018, 2019, 2019, 2020, 2018, 2020], all_years)
    (3.578, 0.0)
    """
    n, k = len(all_years), len(years)
    if k < LEAST_FOR_TREND or k == n:
        return None
    mean = sum(all_years) / n
    squares = math.fsum((year - mean) ** 2 for year in all_years)
    if not squares:
        return None
    p = k / n
    return math.fsum(year - mean for year in years) / math.sqrt(p * (1 - p) * squares)


def keyword_years(name: str, things: WorksByItem, columns: Columns, *, top: int = 20) -> Indicator:
    """Count the records of the most frequent keywords year by year; earlier years than the last twenty go together.

    `measures` are the years that have records with keywords, from the first to the last, `until-YYYY` before them.
    Cells without a record have no number.
    """
    years = [year for work, share in enumerate(things.shares) if share and (year := columns.years[work]) is not None]
    if not years:
        return Indicator(name, ())
    first, last = min(years), max(years)
    begin = max(first, last - MOST_YEARS + 1)
    before = f"until-{begin - 1}"
    rows = []
    order = ranked(things, columns)
    for item in order[:top]:
        keys: dict[str, list[str]] = {}
        for work in things.works[item]:
            year = columns.years[work]
            if year is not None:
                keys.setdefault(str(year) if year >= begin else before, []).append(columns.keys[work])
        numbers = {
            measure: count(f"{ROOT}/{name}/{item}/{measure}", of, unit="records")
            for measure, of in sorted(keys.items(), key=lambda pair: pair[0].rpartition("-")[2])
        }
        rows.append(ItemRow(item, things.labels[item], numbers))
    return Indicator(
        name, (*([before] if first < begin else []), *map(str, range(begin, last + 1))), tuple(rows), len(order)
    )


ZONES = 3
_SOURCES = ("records", "citations", "h", "g", "m", "first-year", "last-year")


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
