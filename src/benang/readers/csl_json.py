"""CSL-JSON, the form of citation styles, and Crossref's JSON (api.crossref.org/works), which shares much with it.

Zotero, Mendeley, Citavi and others write CSL-JSON, and Benang does. Names, affiliations and dates are alike in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from benang.readers import Reading, Remarks, Source
from benang.readers.author_lists import people_in
from benang.readers.author_names import MARK, as_one_piece, whole_name
from benang.readers.dialects import gravest, noted_decisions, status_of
from benang.readers.identifiers import doi_in, linked_ids, noted_ids, standard_numbers
from benang.readers.json_exports import Item, is_json, items_of, read_json, text_of, texts_of
from benang.readers.keywords import keyword_list, parted_by_commas
from benang.readers.medline import is_europe_pmc
from benang.readers.openalex import OPENALEX_TYPES, is_openalex, orcid_in, short_id
from benang.readers.own_fields import json_value
from benang.readers.tagged import once
from benang.readers.values import counted_apart, record_of, tidy, year_of
from benang.records.record import Record, RecordStatus, RecordType

_WORK_OPENS = re.compile(rb'\{\s{0,20}"(?:indexed|reference-count|institution)"')
_WORK = re.compile(
    r'"(?:is-referenced-by-count|references?-count)"\s{0,20}:|"message-type"\s{0,20}:\s{0,20}"work(?:-list)?"'
)
# Not `created`, `deposited` and `indexed`: these are dates of the entry at Crossref. A preprint is `posted`.
_DATES = ("issued", "published-print", "published", "published-online", "published-other", "posted", "content-created")
_UPDATES: Mapping[str, tuple[RecordStatus, RecordStatus]] = {
    # What a work is that another updates, and what the other is.
    "retraction": ("retracted", "retraction notice"),
    "partial_retraction": ("retracted", "retraction notice"),
    "removal": ("retracted", "retraction notice"),
    "withdrawal": ("retracted", "retraction notice"),
    "correction": ("corrected", "correction notice"),
    "corrigendum": ("corrected", "correction notice"),
    "erratum": ("corrected", "correction notice"),
    "expression_of_concern": ("concern", ""),
}

OWN_KEY = "benang"
"""The key under which Benang writes what CSL has no variable for, by the names of `Record`'s fields."""

CSL_TYPES: Mapping[str, RecordType] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "review": "article",
    "review-book": "article", "periodical": "article",
    "book": "book", "classic": "book", "collection": "book",
    "chapter": "chapter", "entry": "chapter", "entry-dictionary": "chapter", "entry-encyclopedia": "chapter",
    "paper-conference": "proceedings", "thesis": "thesis", "report": "report",
    "article": "unpublished", "manuscript": "unpublished",  # CSL's article is a preprint
}  # fmt: skip

_OTHER_TYPES = (
    "bill broadcast dataset document event figure graphic hearing interview legal_case legislation map motion_picture "
    "musical_score pamphlet patent performance personal_communication post post-weblog regulation software song speech "
    "standard treaty webpage"
)

_TYPE = re.compile(
    r'"type"\s{0,20}:\s{0,20}"(?:' + "|".join(map(re.escape, (*CSL_TYPES, *_OTHER_TYPES.split()))) + r')"'
)

_VARIABLE = re.compile(r'"(?:title|author|issued|editor|container-title|DOI|URL)"\s{0,20}:')
_ITEM_OPENS = re.compile(rb'\{\s{0,200}"(?:id|type)"\s{0,20}:')

_EXACT = {"key": "id"} | {
    name: name for name in ("title", "volume", "issue", "publisher", "language", "abstract")
}  # what Benang writes into one variable unchanged

_ABBREVIATIONS = ("container-title-short", "journalAbbreviation", "shortTitleJournal")


def is_crossref(head: str) -> bool:
    """Recognise Crossref's works by the counts that every work has."""
    return is_json(head) and bool(_WORK.search(head))


def read_crossref(source: Source) -> Reading:
    """Read works of Crossref.

    A reference is kept as its publisher deposited it; where there are only its parts, they are joined as Web of Science
    does: `Contoh A, 2010, J KOTA, V12, P34, DOI 10.1234/x`. The record's id is the DOI.

    Raises
    ------
    BenangError
        Where the file holds no record.

    Examples
    --------
    >>> work = b'{"message": {"DOI": "10.1234/X", "title": ["Kota"], "is-referenced-by-count": 3}}'
    >>> record = read_crossref(Source("a.json", "a.json", work)).records[0]
    >>> record.key, record.title, record.citations
    ('10.1234/x', 'Kota', 3)
    """

    def make(place: int, line: int, item: Item, remarks: Remarks) -> Record:
        return _work_record(source, place, line, item, remarks)

    return read_json(source, make, Remarks(), opens=_WORK_OPENS)


def reference_of(parts: Item) -> str:
    """Return a reference as it was deposited, or made of its parts.

    Examples
    --------
    >>> reference_of({"key": "1", "author": "Contoh A", "year": "2010", "journal-title": "J KOTA", "volume": "12",
    ...               "first-page": "34", "DOI": "10.1234/X"})
    'Contoh A, 2010, J KOTA, V12, P34, DOI 10.1234/x'
    >>> reference_of({"unstructured": "Misal B. Desa. 1999."}), reference_of({"key": "2"})
    ('Misal B. Desa. 1999.', '')
    """
    deposited, doi = tidy(text_of(parts.get("unstructured"))), doi_in(text_of(parts.get("DOI")))
    if deposited:
        return f"{deposited}, DOI {doi}" if doi and doi not in deposited.lower() else deposited
    names = ("journal-title", "volume-title", "series-title", "conference-title", "article-title")
    where = next((text for name in names if (text := text_of(parts.get(name)))), "")
    volume, page = text_of(parts.get("volume")), text_of(parts.get("first-page"))
    pieces = (
        text_of(parts.get("author")),
        text_of(parts.get("year")),
        where,
        f"V{volume}" if volume else "",
        f"P{page}" if page else "",
        f"DOI {doi}" if doi else "",
    )
    return tidy(", ".join(filter(None, pieces)))


def _work_record(source: Source, place: int, line: int, item: Item, remarks: Remarks) -> Record:
    title = _first(item, "title")
    subtitle = _first(item, "subtitle")
    if subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title}: {subtitle}" if title else subtitle
    doi = text_of(item.get("DOI"))
    return record_of(
        source,
        place,
        line,
        {
            "id": doi_in(doi) or doi,
            "title": title or _first(item, "original-title"),
            "source": _first(item, "container-title"),
            "volume": text_of(item.get("volume")),
            "issue": text_of(item.get("issue")),
            "first_page": text_of(item.get("page")),
            "article_number": text_of(item.get("article-number")),
            "publisher": text_of(item.get("publisher")),
            "doi": doi,
            "url": text_of(item.get("URL")),
            "language": text_of(item.get("language")),
            "abstract": text_of(item.get("abstract")),
            "citations": text_of(item.get("is-referenced-by-count")),
        },
        remarks,
        type=OPENALEX_TYPES.get(text_of(item.get("type")), "other"),
        year=year_of(place, years_in(item.get(name) for name in _DATES), remarks),
        **_people_and_numbers(item),
        source_abbreviation=tidy(_first(item, "short-container-title")),
        topics=texts_of(item.get("subject")),
        references=tuple([text for one in items_of(item.get("reference")) if (text := reference_of(one))]),
        status=_work_status(item, title),
        database="Crossref",
    )


def _first(item: Item, name: str) -> str:
    return next(iter(texts_of(item.get(name))), "")


def _work_status(item: Item, title: str) -> RecordStatus:
    """Return the status of a work from what updates it, or from what it updates itself."""
    statuses = (
        gravest(_UPDATES.get(kind, ("", ""))[which] for kind in _kinds(item.get(name)))
        for name, which in (("updated-by", 0), ("update-to", 1))
    )
    return gravest((next(filter(None, statuses), ""), status_of(title)))


def _kinds(updates: Any) -> list[str]:
    return [text_of(one.get("type")).lower().replace(" ", "_").replace("-", "_") for one in items_of(updates)]


def name_of(person: Item) -> str:
    """Return a name as `Family, Given`; a body or a mononym unchanged.

    Examples
    --------
    >>> name_of({"family": "Eck", "given": "Nees Jan", "non-dropping-particle": "van"}), name_of({"literal": "Sukarno"})
    ('van Eck, Nees Jan', 'Sukarno')
    """
    whole = text_of(person.get("literal")) or text_of(person.get("name"))
    if whole:
        return tidy(whole)
    particle, family = text_of(person.get("non-dropping-particle")), text_of(person.get("family"))
    given = [text_of(person.get("given")), text_of(person.get("dropping-particle"))]
    parts = (f"{particle} {family}".strip(), " ".join(filter(None, given)), text_of(person.get("suffix")))
    return tidy(", ".join(filter(None, parts)))


def people_of(value: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return names, those of bodies with their marks, and, where anybody has one, ORCIDs beside them."""
    named = []
    for person in items_of(value):
        is_whole = bool(text_of(person.get("literal")) or text_of(person.get("name")))
        written = as_one_piece(name_of(person)) if is_whole else name_of(person)
        names = [name for one in people_in(written) if (name := one if one[:1] == MARK else whole_name(one))]
        orcid = orcid_in(text_of(person.get("ORCID"))) if len(names) == 1 else ""  # in a list it is unknown whose it is
        named += [(name, orcid) for name in names]
    ids = tuple([f"orcid:{orcid}" if orcid else "" for _, orcid in named])
    return tuple([name for name, _ in named]), ids if any(ids) else ()


def affiliations_of(people: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the affiliations of people, each once, with their ROR ids where any has one."""
    affiliations: dict[str, str] = {}
    for person in items_of(people):
        for place in items_of(person.get("affiliation")):
            name = tidy(text_of(place.get("name")))
            ids = [text_of(one.get("id")) for one in items_of(place.get("id"))]
            ror = next((short_id(one) for one in ids if "ror.org" in one), "")
            if name:
                affiliations.setdefault(name, f"ror:{ror}" if ror else "")
    return tuple(affiliations), tuple(affiliations.values()) if any(affiliations.values()) else ()


def years_in(values: Iterable[Any]) -> list[str]:
    """Return what the dates give as their year: `date-parts`, or a text.

    Examples
    --------
    >>> years_in([{"date-parts": [[2021, 3]]}, {"raw": "May 2020"}, "2019", None, {"date-parts": [[None]]}])
    ['2021', 'May 2020', '2019']
    """
    years = []
    for value in values:
        if isinstance(value, dict):
            parts = value.get("date-parts")
            first = parts[0] if isinstance(parts, list) and parts else None
            texts = texts_of(first[:1]) if isinstance(first, list) else ()
            years += [*texts, text_of(value.get("raw")), text_of(value.get("literal")), text_of(value.get("year"))]
        else:
            years.append(text_of(value))
    return [text for text in years if text]


def _people_and_numbers(item: Item) -> dict[str, Any]:
    """Return the fields of a record that both forms have under the same names."""
    authors, author_ids = people_of(item.get("author"))
    affiliations, affiliation_ids = affiliations_of(item.get("author"))
    return {
        "authors": authors,
        "author_ids": author_ids,
        "editors": people_of(item.get("editor"))[0],
        "affiliations": affiliations,
        "affiliation_ids": affiliation_ids,
        "issn": standard_numbers(texts_of(item.get("ISSN")))[0],
        "isbn": standard_numbers(texts_of(item.get("ISBN")))[1],
    }


def is_csl_json(head: str) -> bool:
    """Recognise CSL-JSON by its types and variables, where nothing shows another form of JSON."""
    if not is_json(head) or not _TYPE.search(head) or not _VARIABLE.search(head):
        return False
    return not (is_openalex(head) or is_crossref(head) or is_europe_pmc(head))


def read_csl_json(source: Source) -> Reading:
    """Read CSL-JSON.

    What Benang wrote under the key `benang` takes precedence over CSL's variables, so that what it writes is read
    unchanged.

    Raises
    ------
    BenangError
        Where the file holds no record.

    Examples
    --------
    >>> data = b'[{"id": "a", "type": "book", "title": "Kota", "issued": {"date-parts": [["2021", 3]]}}]'
    >>> record = read_csl_json(Source("a.json", "a.json", data)).records[0]
    >>> record.key, record.type, record.year
    ('a', 'book', 2021)
    """

    def make(place: int, line: int, item: Item, remarks: Remarks) -> Record:
        return _item_record(source, place, line, item, remarks)

    return read_json(source, make, Remarks(), opens=_ITEM_OPENS)


def _item_record(source: Source, place: int, line: int, item: Item, remarks: Remarks) -> Record:
    if isinstance(item.get(OWN_KEY), dict):
        return _own_record(source, place, line, item)
    title, note = text_of(item.get("title")), text_of(item.get("note"))
    values: dict[str, Any] = {
        "type": CSL_TYPES.get(text_of(item.get("type")), "other"),
        "year": year_of(place, years_in([item.get("issued")]), remarks),
        **_people_and_numbers(item),
        "source_abbreviation": next((text for name in _ABBREVIATIONS if (text := text_of(item.get(name)))), ""),
        "author_keywords": _keywords(item.get("keyword"), place, remarks),
        "identifiers": _identifiers(item, note),
        "decisions": noted_decisions([note, text_of(item.get("annote"))]),
        "status": status_of(title),
        "database": text_of(item.get("source")) or "CSL-JSON",
    }
    return record_of(source, place, line, counted_apart(_raw(item, title)), remarks, **values)


def _raw(item: Item, title: str) -> dict[str, str]:
    return {
        "id": text_of(item.get("id")) or text_of(item.get("citation-key")),
        "title": title,
        "source": next(iter(texts_of(item.get("container-title"))), "") or text_of(item.get("event-title")),
        "volume": text_of(item.get("volume")),
        "issue": text_of(item.get("issue")),
        "first_page": text_of(item.get("page")) or text_of(item.get("page-first")),
        "article_number": text_of(item.get("number")) if text_of(item.get("type")).startswith("article") else "",
        "publisher": text_of(item.get("publisher")),
        "doi": text_of(item.get("DOI")),
        "url": text_of(item.get("URL")),
        "language": text_of(item.get("language")),
        "abstract": text_of(item.get("abstract")),
    }


def _keywords(value: Any, place: int, remarks: Remarks) -> tuple[str, ...]:
    """Split keywords, which CSL holds as one text, at semicolons, else at commas."""
    if isinstance(value, list):
        return once(texts_of(value))
    text = text_of(value)
    if ";" in text or "," not in text:
        return once(keyword_list(text))
    remarks.habit("Keywords given in one line were split at '{mark}'", place, mark=",")
    return once(parted_by_commas(text))


def _identifiers(item: Item, note: str) -> tuple[str, ...]:
    """Return the ids of PubMed in variables, and those that links and Zotero's `note` hold."""
    pmid, pmcid = text_of(item.get("PMID")), text_of(item.get("PMCID"))
    numbers = [f"pmid:{pmid}"] if pmid else []
    numbers += [f"pmcid:{pmcid}"] if pmcid else []
    return once([*numbers, *linked_ids([text_of(item.get("URL"))]), *noted_ids([note])])


def _own_record(source: Source, place: int, line: int, item: Item) -> Record:
    """Restore a record that Benang wrote: seven fields are in CSL's variables, all others under its own key."""
    exact = {name: value for name, variable in _EXACT.items() if isinstance(value := item.get(variable), str)}
    own = {name: one for name, value in item[OWN_KEY].items() if (one := json_value(name, value)) is not None}
    values: dict[str, Any] = {**exact, **own}
    values.setdefault("key", "")
    values["origins"] = {**source.origins, **values.get("origins", {})}
    return Record(**values, file=source.name, place=place, line=line)
