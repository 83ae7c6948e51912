"""OpenAlex's works, as its API gives them (JSON): the schema of 2022 and today's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from benang.readers import Reading, Remarks, Source
from benang.readers.dialects import status_of
from benang.readers.json_exports import Item, is_json, item_at, items_of, read_json, text_of, texts_of
from benang.readers.values import authors_of, record_of, tidy, year_of
from benang.records.countries import country_named
from benang.records.record import Record, RecordStatus, RecordType

DATABASE = "OpenAlex"
OPENALEX_TYPES: Mapping[str, RecordType] = {
    "article": "article", "journal-article": "article", "review": "article", "letter": "article",
    "editorial": "article", "erratum": "article", "retraction": "article", "data-paper": "article",
    "software-paper": "article", "book-review": "article", "case-report": "article", "rapid-communication": "article",
    "proceedings-article": "proceedings", "proceedings": "proceedings", "conference-paper": "proceedings",
    "conference-abstract": "proceedings", "conference-poster": "proceedings", "conference-proceedings": "proceedings",
    "book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book",
    "book-chapter": "chapter", "book-part": "chapter", "book-section": "chapter", "reference-entry": "chapter",
    "dissertation": "thesis",
    "report": "report", "report-series": "report", "report-component": "report", "working-paper": "report",
    "posted-content": "unpublished", "preprint": "unpublished",
}  # fmt: skip
"""Types of works, OpenAlex's own and Crossref's that it passes on."""
OPENALEX_STATUS: Mapping[str, RecordStatus] = {"erratum": "correction notice", "retraction": "retraction notice"}
"""Types that say that a work is a notice of another."""

_OPENS = re.compile(rb'\{\s{0,20}"id"\s{0,20}:\s{0,20}"(?:https?:\\?/\\?/openalex\.org\\?/)?W[0-9]')
_WORK = re.compile(r'"id"\s{0,20}:\s{0,20}"https?:\\?/\\?/openalex\.org\\?/W[0-9]{1,14}"')
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
_PMCID = re.compile(r"(?:PMC)?([0-9]{1,12})/?\Z")
_LARGEST_PLACE = 100_000  # no abstract has more words; a place beyond it is an error


def is_openalex(head: str) -> bool:
    """Recognise OpenAlex's works by the address that is the id of one."""
    return is_json(head) and bool(_WORK.search(head))


def read_openalex(source: Source) -> Reading:
    r"""Read works of OpenAlex: a list, pages of the API, JSON Lines.

    The abstract is put back in order from its index of words. Topics, or the older concepts where there are none, are
    `topics`; keywords and MeSH headings, which OpenAlex assigns, are `index_keywords`. `references` are the ids of the
    works cited.

    Raises
    ------
    BenangError
        Where the file holds no record.

    Examples
    --------
    >>> work = b'[{"id": "https://openalex.org/W1", "title": "Kota", "abstract_inverted_index": {"b": [1], "a": [0]}}]'
    >>> record = read_openalex(Source("a.json", "a.json", work)).records[0]
    >>> record.key, record.title, record.abstract
    ('W1', 'Kota', 'a b')
    """

    def make(place: int, line: int, item: Item, remarks: Remarks) -> Record:
        return _record(source, place, line, item, remarks)

    return read_json(source, make, Remarks(), opens=_OPENS)


def short_id(address: str) -> str:
    """Return the id at the end of an address.

    Examples
    --------
    >>> short_id("https://openalex.org/W2741809807"), short_id("W1"), short_id("")
    ('W2741809807', 'W1', '')
    """
    return address.rstrip("/").rpartition("/")[2]


def orcid_in(value: str) -> str:
    """Return the ORCID that a value holds, bare.

    Examples
    --------
    >>> orcid_in("http://orcid.org/0000-0002-1825-0097"), orcid_in("n/a")
    ('0000-0002-1825-0097', '')
    """
    match = _ORCID.search(value.upper())
    return match[0] if match else ""


def abstract_of(index: Any) -> str:
    """Put an abstract back in order from its index: the places of each word.

    Examples
    --------
    >>> abstract_of({"kota": [0, 3], "dan": [1], "desa,": [2]})
    'kota dan desa, kota'
    """
    if not isinstance(index, dict):
        return ""
    places = (
        (place, word) for word, at in index.items() if isinstance(at, list) for place in at if isinstance(place, int)
    )
    return " ".join([word for place, word in sorted(places) if place <= _LARGEST_PLACE])


def _record(source: Source, place: int, line: int, item: Item, remarks: Remarks) -> Record:
    venue = item_at(item, "primary_location", "source") or item_at(item, "host_venue")
    biblio = item_at(item, "biblio")
    authors, author_ids = _authors(items_of(item.get("authorships")))
    affiliations, affiliation_ids = _affiliations(items_of(item.get("authorships")))
    raw = {
        "id": short_id(text_of(item.get("id"))),
        "title": text_of(item.get("title")) or text_of(item.get("display_name")),
        "source": text_of(venue.get("display_name"))
        or text_of(item_at(item, "primary_location").get("raw_source_name")),
        "publisher": text_of(venue.get("publisher")) or text_of(venue.get("host_organization_name")),
        "doi": text_of(item.get("doi")) or text_of(item_at(item, "ids").get("doi")),
        "url": text_of(item_at(item, "primary_location").get("landing_page_url"))
        or text_of(item_at(item, "host_venue").get("url")),
        "language": text_of(item.get("language")),
        "abstract": abstract_of(item.get("abstract_inverted_index")),
        "citations": text_of(item.get("cited_by_count")),
        **{name: text_of(biblio.get(name)) for name in ("volume", "issue", "first_page", "last_page")},
    }
    return record_of(
        source,
        place,
        line,
        raw,
        remarks,
        type=type_of(text_of(item.get("type")), text_of(item.get("type_crossref"))),
        year=year_of(place, [y for k in _YEARS if (y := text_of(item.get(k)))], remarks),
        authors=authors,
        author_ids=author_ids,
        affiliations=affiliations,
        affiliation_ids=affiliation_ids,
        issn=texts_of(venue.get("issn")) or texts_of(venue.get("issn_l")),
        identifiers=_identifiers(item),
        topics=_names(item.get("topics")) or _names(item.get("concepts")),
        index_keywords=(*_keywords(item.get("keywords")), *_headings(item.get("mesh"))),
        references=texts_of(item.get("referenced_works")),
        status=_status(item, raw["title"]),
        database=DATABASE,
    )


_YEARS = ("publication_year", "publication_date")


def type_of(own: str, crossref: str) -> RecordType:
    """Return the type that OpenAlex gives a work; Crossref's, which calls papers at conferences such, goes first there.

    Examples
    --------
    >>> type_of("article", "proceedings-article"), type_of("book-chapter", ""), type_of("paratext", "")
    ('proceedings', 'chapter', 'other')
    """
    if OPENALEX_TYPES.get(crossref) == "proceedings":
        return "proceedings"
    return OPENALEX_TYPES.get(own) or OPENALEX_TYPES.get(crossref, "other")


def _status(item: Item, title: str) -> RecordStatus:
    if item.get("is_retracted") is True:
        return "retracted"
    return OPENALEX_STATUS.get(text_of(item.get("type"))) or status_of(title)


def _identifiers(item: Item) -> tuple[str, ...]:
    ids = item_at(item, "ids")
    pmcid = _PMCID.search(text_of(ids.get("pmcid")))
    numbers = {
        "openalex": short_id(text_of(item.get("id"))),
        "pmid": short_id(text_of(ids.get("pmid"))),
        "pmcid": f"PMC{pmcid[1]}" if pmcid else "",
        "mag": text_of(ids.get("mag")),
    }
    return tuple([f"{name}:{value}" for name, value in numbers.items() if value])


def _authors(authorships: Iterable[Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names and, where any has one, their ids: the ORCID, else OpenAlex's."""
    names: list[str] = []
    ids: list[str] = []
    for authorship in authorships:
        author = item_at(authorship, "author")
        name = tidy(text_of(author.get("display_name")) or text_of(authorship.get("raw_author_name")))
        for one in authors_of([name]):
            orcid, own = orcid_in(text_of(author.get("orcid"))), short_id(text_of(author.get("id")))
            names.append(one)
            ids.append(f"orcid:{orcid}" if orcid else f"openalex:{own}" if own else "")
    return tuple(names), tuple(ids) if any(ids) else ()


def _affiliations(authorships: Iterable[Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return each institution once as `Name, Country` with its ROR id, or what the paper prints where none is known."""
    affiliations: dict[str, str] = {}
    for authorship in authorships:
        named = [one for one in items_of(authorship.get("institutions")) if text_of(one.get("display_name"))]
        for one in named:
            ror = short_id(text_of(one.get("ror")))
            parts = (tidy(text_of(one.get("display_name"))), country_named(text_of(one.get("country_code"))))
            affiliations.setdefault(", ".join(filter(None, parts)), f"ror:{ror}" if ror else "")
        if not named:
            printed = texts_of(authorship.get("raw_affiliation_strings"))
            for text in printed or texts_of(authorship.get("raw_affiliation_string")):
                affiliations.setdefault(tidy(text), "")
    return tuple(affiliations), tuple(affiliations.values()) if any(affiliations.values()) else ()


def _names(values: Any) -> tuple[str, ...]:
    return tuple([name for one in items_of(values) if (name := tidy(text_of(one.get("display_name"))))])


def _keywords(values: Any) -> tuple[str, ...]:
    """Return keywords, which some exports once had under `keyword`, or without a name."""
    if isinstance(values, list) and all(isinstance(one, str) for one in values):
        return tuple(map(tidy, texts_of(values)))
    names = (text_of(one.get("display_name")) or text_of(one.get("keyword")) for one in items_of(values))
    return tuple([tidy(name) for name in names if name])


def _headings(values: Any) -> tuple[str, ...]:
    """Return MeSH headings with their qualifiers, `Copper/blood`, each once."""
    headings: dict[str, None] = {}
    for one in items_of(values):
        name, qualifier = text_of(one.get("descriptor_name")), text_of(one.get("qualifier_name"))
        if name:
            headings[f"{name}/{qualifier}" if qualifier else name] = None
    return tuple(headings)
