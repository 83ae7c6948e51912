"""All indicators of a corpus, in the order in which a reader asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from benang.evidence import Number, count
from benang.indicators.authors import author_productivity, authors_of, authors_table, coauthorship
from benang.indicators.citations import citation_impact, cited_references, cited_works
from benang.indicators.contents import (
    completeness,
    document_types,
    keyword_years,
    keywords_of,
    keywords_table,
    languages_table,
)
from benang.indicators.indicator import ROOT, Columns, Held, Indicator, ItemRow, measured
from benang.indicators.sources import (
    bradford_zones,
    countries_held,
    countries_table,
    country_pairs,
    organizations_of,
    organizations_table,
    sources_of,
    sources_table,
)
from benang.indicators.years import growth_table, years_table
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.references.matching import MatchedReferences, match_references

USUAL_TOP = 20
"""Rows of a table on a page, as many as fit it."""

KEYWORDS_BY_YEAR = 15
"""Keywords in the table and the figure of keywords by year."""

_LISTS = frozenset(
    {
        "sources",
        "authors",
        "organizations",
        "countries",
        "country-pairs",
        "cited-works",
        "local-citations",
        "cited-references",
        "author-keywords",
        "index-keywords",
    }
)
"""Indicators that `top` shortens."""


@dataclass(frozen=True)
class Description:
    """The indicators of a corpus by name, and the sources by falling number of records, for Bradford's curve."""

    corpus: Corpus
    indicators: Mapping[str, Indicator]
    source_counts: tuple[int, ...] = ()
    without_references: bool = False
    """Whether the references were left out by wish, though there may be some."""

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """All numbers, by id: `corpus/INDICATOR/ITEM/MEASURE`."""
        return {key: number for one in self.indicators.values() for key, number in one.numbers.items()}


def describe(
    corpus: Corpus, *, top: int = USUAL_TOP, last_full: int | None = None, with_references: bool = True
) -> Description:
    """Describe a corpus in figures.

    Parameters
    ----------
    corpus
        The records, each work once (`benang.records.duplicates.joining`): a work that stands in it twice counts twice.
    top
        Rows of a table at most, those that count most; 0 for all. Years, zones, types, languages and fields are whole.
    last_full
        The last year that all records are in, for growth: the last but one where it is None.
    with_references
        Whether cited references are matched, for the most cited ones and for citations within the corpus. It takes
        longer than all else: about half a minute for 300,000 references.

    Returns
    -------
    Description
        What a corpus does not carry gives an indicator without rows that names the field lacking.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> found = describe(corpus_of([Record("a", year=2019, authors=("Sari, D.",)), Record("b", year=2020)]))
    >>> found.numbers["corpus/authors/sari, d/records"].of
    ('a',)
    >>> found.indicators["cited-references"].lacking
    ('references',)
    """
    check(top=top, last_full_year=last_full)
    columns, records = Columns(corpus), corpus.records
    has_references = with_references and any(record.references for record in records)
    matched = match_references(corpus) if has_references else None
    people, sources = authors_of(records), sources_of(records)
    places, countries = organizations_of(records), countries_held(records)
    kinds = {
        "author-keywords": keywords_of(columns, "author_keywords"),
        "index-keywords": keywords_of(columns, "index_keywords"),
    }
    lotka, fit = author_productivity(people, columns)
    works, local = cited_works(columns, matched, top=top)
    made = [
        _overview(
            columns, matched, {"sources": sources, "authors": people, "organizations": places} | kinds, countries
        ),
        years_table(columns),
        growth_table(columns, last_full=last_full),
        document_types(columns),
        languages_table(columns),
        sources_table(sources, columns, top=top),
        bradford_zones(sources, columns),
        authors_table(people, columns, top=top),
        coauthorship(people, columns),
        lotka,
        fit,
        organizations_table(places, columns, top=top),
        countries_table(countries, columns, top=top),
        country_pairs(countries, columns, top=top),
        citation_impact(columns),
        works,
        local,
        cited_references(columns, matched, top=top),
        keywords_table("author-keywords", kinds["author-keywords"], columns, top=top, field="author_keywords"),
        keywords_table("index-keywords", kinds["index-keywords"], columns, top=top, field="index_keywords"),
        _by_year(kinds, columns),
        completeness(records),
    ]
    counts = tuple(sorted((len(works) for works in sources.works.values()), reverse=True))
    return Description(corpus, {one.name: one for one in made}, counts, not with_references)


def shortened(description: Description, top: int) -> Description:
    """Return a description with at most `top` rows where there may be any number of them; 0 leaves all."""
    check(top=top)
    if not top:
        return description
    made = {
        name: replace(one, rows=one.rows[:top]) if name in _LISTS else one
        for name, one in description.indicators.items()
    }
    return replace(description, indicators=made)


def _by_year(kinds: Mapping[str, Held], columns: Columns) -> Indicator:
    """Count author keywords by year, or index keywords where authors gave none."""
    keywords = kinds["author-keywords"] if kinds["author-keywords"].works else kinds["index-keywords"]
    return keyword_years("keyword-years", keywords, columns, top=KEYWORDS_BY_YEAR)


def _overview(
    columns: Columns, matched: MatchedReferences | None, kinds: Mapping[str, Held], countries: Held
) -> Indicator:
    """Tell the size of the corpus: how many there are of everything. Each number opens the records that tell it."""
    name = "overview"
    numbers: dict[str, Number] = {"records": count(f"{ROOT}/{name}/records/value", columns.keys, unit="records")}
    dated = [(year, key) for year, key in zip(columns.years, columns.keys, strict=True) if year is not None]
    for item, pick in (("first-year", min), ("last-year", max)) if dated else ():
        year = pick(dated)[0]
        numbers[item] = measured(name, item, "value", year, "year", [key for one, key in dated if one == year])
    for item, held in (*kinds.items(), ("countries", countries)):
        if held.works:
            keys = [key for key, share in zip(columns.keys, held.shares, strict=True) if share]
            numbers[item] = measured(name, item, "value", len(held.works), item, keys)
    if countries.works:
        several = [key for key, share in zip(columns.keys, countries.shares, strict=True) if 0 < share < 1]
        placed = sum(share > 0 for share in countries.shares)
        numbers["international"] = measured(name, "international", "value", len(several) / placed, "share", several)
    if matched is not None:
        citing = columns.keys_of(sorted(set(matched.work.tolist())))
        numbers["references"] = measured(name, "references", "value", len(matched.work), "references", citing)
        numbers["cited-works"] = measured(name, "cited-works", "value", len(matched), "works", citing)
    rows = tuple(ItemRow(item, "", {"value": number}) for item, number in numbers.items())
    return Indicator(name, ("value",), rows, len(rows))
