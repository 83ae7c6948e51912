"""Indicators: what a corpus says of itself by counting, in the order in which a reader asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from benang.evidence import Facts, Field, Having, Number, count, made_by
from benang.indicators.authors import (
    author_productivity,
    authors_of,
    authors_table,
    coauthorship,
    countries_table,
    country_pairs,
    organizations_of,
    organizations_table,
    record_countries,
)
from benang.indicators.contents import (
    bradford_zones,
    completeness,
    document_types,
    keyword_years,
    keywords_of,
    keywords_table,
    languages_table,
    sources_of,
    sources_table,
)
from benang.indicators.indicator import ALL, Columns, Indicator, ItemRow, WorksByItem, facts_of, measured, works_by_item
from benang.indicators.production import citation_impact, cited_references, cited_works, growth_table, years_table
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.names import author_id
from benang.records.record import Record
from benang.records.references.matching import MatchedReferences, match_references
from benang.records.spelling import label_key
from benang.records.thesaurus import Thesaurus

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

_ONE_EACH: tuple[Literal["types", "languages"], ...] = ("types", "languages")
"""Indicators that part the records, so that their rows say what each record is."""


@dataclass(frozen=True)
class Description:
    """The indicators of a corpus by name, and the sources by falling number of records, for Bradford's curve.

    `thesaurus` is the file of the thesaurus that was applied. `unmatched` are those of its labels that are neither a
    keyword, author, organisation, country nor source.
    """

    corpus: Corpus
    indicators: Mapping[str, Indicator]
    source_counts: tuple[int, ...] = ()
    without_references: bool = False
    """Whether the references were left out by wish, though there may be some."""
    thesaurus: str = ""
    unmatched: tuple[str, ...] = ()
    things: Mapping[Field, WorksByItem] = field(default_factory=dict)
    """What the records have of each kind: their sources, authors and so on."""
    matched: MatchedReferences | None = None

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """All numbers, by id: `corpus/INDICATOR/ITEM/MEASURE`."""
        return {key: number for one in self.indicators.values() for key, number in one.numbers.items()}

    @cached_property
    def facts(self) -> Mapping[str, Facts]:
        """What the measures among the numbers read in each record, by its key.

        A cited work is called by the number that it has in `corpus/cited-references`, and appears as often as the
        record cites it.
        """
        columns = Columns(self.corpus)
        facts = facts_of(columns.keys, {"year": columns.years, "citations": columns.citations}, self.things)
        for name in _ONE_EACH:
            for row in self.indicators[name].rows:
                for key in row.numbers["records"].of:
                    facts[key] = {**facts[key], name: (row.item,)}
        cited: dict[int, list[str]] = {}
        if self.matched is not None:
            for work, one in zip(self.matched.work.tolist(), self.matched.reference.tolist(), strict=True):
                cited.setdefault(work, []).append(str(one))
        for work, works in cited.items():
            facts[columns.keys[work]] = {**facts[columns.keys[work]], "cited-works": tuple(works)}
        return facts


def describe(
    corpus: Corpus,
    *,
    top: int = USUAL_TOP,
    last_full: int | None = None,
    with_references: bool = True,
    thesaurus: Thesaurus | None = None,
) -> Description:
    """Describe a corpus in figures.

    Parameters
    ----------
    corpus
        The records, each work once (`benang.records.duplicates.joining`): a work that is in it twice counts twice.
    top
        Rows of a table at most, those that count most; 0 for all. Years, zones, types, languages and fields are whole.
    last_full
        The last year that all records are in, for growth: the last but one where it is None.
    with_references
        Whether cited references are matched, for the most cited ones and for citations within the corpus. It takes
        longer than all else: about half a minute for 300,000 references.
    thesaurus
        Joins and drops keywords, authors, organisations, countries and sources, as on maps of them. What the records
        carry (`completeness`) is counted before it.

    Returns
    -------
    Description
        What a corpus does not carry gives an indicator without rows that names the field lacking.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> about = describe(corpus_of([Record("a", year=2019, authors=("Sari, D.",)), Record("b", year=2020)]))
    >>> about.numbers["corpus/authors/sari, d/records"].of
    ('a',)
    >>> about.indicators["cited-references"].lacking
    ('references',)
    """
    check(top=top, last_full_year=last_full)
    columns, records = Columns(corpus), corpus.records
    has_references = with_references and any(record.references for record in records)
    matched = match_references(corpus) if has_references else None
    of, unmatched = _things(columns, thesaurus)
    people, sources, places, countries = of["authors"], of["sources"], of["organizations"], of["countries"]
    keywords: tuple[Field, ...] = ("author-keywords", "index-keywords")
    kinds: dict[Field, WorksByItem] = {name: of[name] for name in keywords}
    things: dict[Field, WorksByItem] = {"sources": sources, "authors": people, "organizations": places, **kinds}
    lotka, fit = author_productivity(people, columns)
    works, local = cited_works(columns, matched, top=top)
    tables = [
        _overview(columns, matched, things, countries),
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
    file = thesaurus.file if thesaurus else ""
    indicators = {one.name: one for one in tables}
    return Description(corpus, indicators, counts, not with_references, file, unmatched, of, matched)


def _things(columns: Columns, thesaurus: Thesaurus | None) -> tuple[dict[Field, WorksByItem], tuple[str, ...]]:
    """Return which things of each kind occur in which records, and which labels of the thesaurus match none of them.

    Kinds that it says nothing of are counted, and have their ids, as without it.
    """
    records = columns.corpus.records
    plain: Mapping[Field, Callable[[], WorksByItem]] = {
        "authors": lambda: authors_of(records),
        "sources": lambda: sources_of(records),
        "organizations": lambda: organizations_of(records),
        "countries": lambda: record_countries(records),
        "author-keywords": lambda: keywords_of(columns, "author_keywords"),
        "index-keywords": lambda: keywords_of(columns, "index_keywords"),
    }
    if thesaurus is None:
        return {name: things() for name, things in plain.items()}, ()
    labels = tuple(label for label, _ in thesaurus.replacements)
    things: dict[Field, WorksByItem] = {}
    unmatched = labels
    for name, otherwise in plain.items():
        found, here = (
            _sources_by(records, thesaurus) if name == "sources" else _things_by(columns.corpus, name, thesaurus)
        )
        is_touched = len(here) < len(labels) or (name == "authors" and thesaurus.apart)
        things[name] = found if is_touched else otherwise()
        unmatched = tuple(one for one in unmatched if one in here)
    return things, unmatched


def _things_by(corpus: Corpus, items: str, thesaurus: Thesaurus) -> tuple[WorksByItem, tuple[str, ...]]:
    """Tell the things of one kind as a map with the thesaurus does (`benang.network.incidence.item_incidence`)."""
    from benang.network.record_entries import named_items, record_entries  # loads what makes networks

    entries = record_entries(corpus, items, thesaurus, "joined")
    encoded = entries.rows.column("value").combine_chunks().dictionary_encode()
    values, places = encoded.dictionary.to_pylist(), encoded.indices.to_pylist()
    times = [0] * len(values)
    for place in places:
        times[place] += 1
    key = author_id if items == "authors" else label_key
    named = named_items(values, times, entries.thesaurus, key=key, unmatched=entries.unmatched)
    own: list[list[str]] = [[] for _ in corpus.keys]
    for work, place in zip(entries.rows.column("work").to_pylist(), places, strict=True):
        if named.item_of[place] >= 0:
            own[work].append(named.ids[named.item_of[place]])
    return works_by_item(own, dict(zip(named.ids, named.labels, strict=True))), named.unmatched


def _sources_by(records: Sequence[Record], thesaurus: Thesaurus) -> tuple[WorksByItem, tuple[str, ...]]:
    replaced, printed = thesaurus.by_key(label_key), {label_key(record.source) for record in records}
    named = [replace(one, source=replaced.get(label_key(one.source), one.source)) for one in records]
    return sources_of(named), thesaurus.unmatched(label_key, printed)


def shortened(description: Description, top: int) -> Description:
    """Return a description with at most `top` rows where there may be any number of them; 0 leaves all."""
    check(top=top)
    if not top:
        return description
    indicators = {
        name: replace(one, rows=one.rows[:top]) if name in _LISTS else one
        for name, one in description.indicators.items()
    }
    return replace(description, indicators=indicators)


def _by_year(kinds: Mapping[Field, WorksByItem], columns: Columns) -> Indicator:
    """Count author keywords by year, or index keywords where authors gave none."""
    keywords = kinds["author-keywords"] if kinds["author-keywords"].works else kinds["index-keywords"]
    return keyword_years("keyword-years", keywords, columns, top=KEYWORDS_BY_YEAR)


def _overview(
    columns: Columns, matched: MatchedReferences | None, kinds: Mapping[Field, WorksByItem], countries: WorksByItem
) -> Indicator:
    """Tell the size of the corpus: how many there are of everything. Each number opens the records behind it."""
    name = "overview"
    numbers: dict[str, Number] = {"records": count(ALL, columns.keys, unit="records")}
    dated = [(year, key) for year, key in zip(columns.years, columns.keys, strict=True) if year is not None]
    if dated:
        first, last = min(dated)[0], max(dated)[0]
        for item, year, rule in (
            ("first-year", first, made_by("min", field="year", records=ALL)),
            ("last-year", last, made_by("max", field="year", records=ALL)),
        ):
            of = [key for one, key in dated if one == year]
            numbers[item] = measured(name, item, "value", year, "year", of, rule)
    for item, things in (*kinds.items(), ("countries", countries)):
        if things.works:
            keys = [key for key, share in zip(columns.keys, things.shares, strict=True) if share]
            different = made_by("distinct", field=item)
            numbers[item] = measured(name, item, "value", len(things.works), item, keys, different)
    if countries.works:
        several = [key for key, share in zip(columns.keys, countries.shares, strict=True) if 0 < share < 1]
        placed = sum(share > 0 for share in countries.shares)
        of_placed = made_by("share", whole=Having("countries"))
        share = len(several) / placed
        numbers["international"] = measured(name, "international", "value", share, "share", several, of_placed)
    if matched is not None:
        citing = columns.keys_of(sorted(set(matched.work.tolist())))
        for item, value, unit, rule in (
            ("references", len(matched.work), "references", made_by("sum", field="cited-works")),
            ("cited-works", len(matched), "works", made_by("distinct", field="cited-works")),
        ):
            numbers[item] = measured(name, item, "value", value, unit, citing, rule)
    rows = tuple(ItemRow(item, "", {"value": number}) for item, number in numbers.items())
    return Indicator(name, ("value",), rows, len(rows))
