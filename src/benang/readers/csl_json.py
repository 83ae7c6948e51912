"""CSL-JSON, the form of citation styles: Zotero, Mendeley, Citavi and others write it, and Benang does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from benang.readers.crossref import affiliations_of, is_crossref, people_of, years_in
from benang.readers.europe_pmc import is_europe_pmc
from benang.readers.identifiers import linked_ids, noted_ids, standard_numbers
from benang.readers.json_exports import Item, is_json, read_json, text_of, texts_of
from benang.readers.keywords import keyword_list, parted_by_commas
from benang.readers.openalex import is_openalex
from benang.readers.own_fields import json_value
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import noted_decisions, status_of
from benang.readers.tag_values import once
from benang.readers.values import counted_apart, record_of, year_of
from benang.records.record import Record, RecordType

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
_OPENS = re.compile(rb'\{\s{0,200}"(?:id|type)"\s{0,20}:')
_EXACT = {"key": "id"} | {
    name: name for name in ("title", "volume", "issue", "publisher", "language", "abstract")
}  # what Benang writes into one variable unchanged
_ABBREVIATIONS = ("container-title-short", "journalAbbreviation", "shortTitleJournal")


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
        return _record(source, place, line, item, remarks)

    return read_json(source, make, Remarks(), opens=_OPENS)


def _record(source: Source, place: int, line: int, item: Item, remarks: Remarks) -> Record:
    if isinstance(item.get(OWN_KEY), dict):
        return _own_record(source, place, line, item)
    title, note = text_of(item.get("title")), text_of(item.get("note"))
    authors, author_ids = people_of(item.get("author"))
    affiliations, affiliation_ids = affiliations_of(item.get("author"))
    issn, _ = standard_numbers(texts_of(item.get("ISSN")))
    _, isbn = standard_numbers(texts_of(item.get("ISBN")))
    values: dict[str, Any] = {
        "type": CSL_TYPES.get(text_of(item.get("type")), "other"),
        "year": year_of(place, years_in([item.get("issued")]), remarks),
        "authors": authors,
        "author_ids": author_ids,
        "editors": people_of(item.get("editor"))[0],
        "affiliations": affiliations,
        "affiliation_ids": affiliation_ids,
        "source_abbreviation": next((text for name in _ABBREVIATIONS if (text := text_of(item.get(name)))), ""),
        "issn": issn,
        "isbn": isbn,
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
