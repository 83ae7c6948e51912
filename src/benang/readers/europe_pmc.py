"""Europe PMC's results (JSON), as its API gives them with `resultType=core` or `lite`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from benang.readers.author_names import as_body, whole_name
from benang.readers.identifiers import standard_numbers
from benang.readers.json_exports import Item, is_json, item_at, items_of, read_json, text_of, texts_of
from benang.readers.keywords import keyword_list
from benang.readers.medline import pages
from benang.readers.openalex import orcid_in
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import status_of
from benang.readers.tables import type_named
from benang.readers.tag_values import once
from benang.readers.values import authors_of, record_of, split_list, tidy, year_of
from benang.records.record import Record, RecordStatus

_RESULT = re.compile(r'"(?:authorString|resultList)"\s{0,20}:')
_OPENS = re.compile(rb'\{\s{0,20}"id"\s{0,20}:\s{0,20}"[^"]{1,40}"\s{0,20},\s{0,20}"source"')
_NOTICES: Mapping[str, RecordStatus] = {
    "retraction in": "retracted", "partial retraction in": "retracted", "retraction of": "retraction notice",
    "erratum for": "correction notice", "expression of concern in": "concern", "erratum in": "corrected",
}  # fmt: skip


def is_europe_pmc(head: str) -> bool:
    """Recognise Europe PMC's results by the names that only it uses."""
    return is_json(head) and bool(_RESULT.search(head))


def read_europe_pmc(source: Source) -> Reading:
    """Read results of Europe PMC, full (core) or short (lite); short ones have no abstracts, keywords, full names.

    Raises
    ------
    BenangError
        Where the file holds no record.

    Examples
    --------
    >>> data = b'{"resultList": {"result": [{"id": "7", "pmid": "7", "title": "Kota", "authorString": "Contoh A."}]}}'
    >>> record = read_europe_pmc(Source("a.json", "a.json", data)).records[0]
    >>> record.key, record.authors, record.identifiers
    ('7', ('Contoh, A.',), ('pmid:7',))
    """

    def make(place: int, line: int, item: Item, remarks: Remarks) -> Record:
        return _record(source, place, line, item, remarks)

    return read_json(source, make, Remarks(), opens=_OPENS)


def _record(source: Source, place: int, line: int, item: Item, remarks: Remarks) -> Record:
    info, book = item_at(item, "journalInfo"), item_at(item, "bookOrReportDetails")
    journal = item_at(info, "journal")
    authors, author_ids = _authors(item)
    kinds = [*split_list(text_of(item.get("pubType"))), *texts_of(item_at(item, "pubTypeList").get("pubType"))]
    numbers = [text_of(journal.get("issn")), text_of(journal.get("essn")), text_of(item.get("journalIssn"))]
    issn, isbn = standard_numbers([*numbers, text_of(book.get("isbn13")), text_of(book.get("isbn10"))])
    title = text_of(item.get("title"))
    first, last = pages(text_of(item.get("pageInfo")))
    return record_of(
        source,
        place,
        line,
        {
            "id": text_of(item.get("id")),
            "title": title,
            "source": text_of(journal.get("title"))
            or text_of(item.get("journalTitle"))
            or text_of(book.get("comprisingTitle")),
            "volume": text_of(info.get("volume")) or text_of(item.get("journalVolume")),
            "issue": text_of(info.get("issue")) or text_of(item.get("issue")),
            "first_page": first,
            "last_page": last,
            "publisher": text_of(book.get("publisher")),
            "doi": text_of(item.get("doi")),
            "language": text_of(item.get("language")),
            "abstract": text_of(item.get("abstractText")),
            "citations": text_of(item.get("citedByCount")),
        },
        remarks,
        type="unpublished" if text_of(item.get("source")) == "PPR" else type_named(*kinds) or "other",
        year=year_of(place, _years(item, info), remarks),
        authors=authors,
        author_ids=author_ids,
        affiliations=once(_affiliations(item)),
        source_abbreviation=text_of(journal.get("isoabbreviation")) or text_of(journal.get("medlineAbbreviation")),
        issn=issn,
        isbn=isbn,
        identifiers=_identifiers(item),
        author_keywords=once(_keywords(item)),
        index_keywords=once(_headings(item)),
        status=_status(item, kinds, title),
        database="Europe PMC",
    )


def _years(item: Item, info: Item) -> list[str]:
    values = (item.get("pubYear"), info.get("yearOfPublication"), item.get("firstPublicationDate"))
    return [text for value in values if (text := text_of(value))]


def _authors(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the authors with full given names where there are any, and their ORCIDs; else the line of authors."""
    names: list[str] = []
    ids: list[str] = []
    for author in items_of(item_at(item, "authorList").get("author")):
        given = text_of(author.get("firstName")) or text_of(author.get("initials"))
        name = ", ".join(filter(None, (text_of(author.get("lastName")), given)))
        group = "" if name else as_body(text_of(author.get("collectiveName")))
        if name := group or whole_name(name or text_of(author.get("fullName"))):
            orcid = orcid_in(text_of(item_at(author, "authorId").get("value")))
            names.append(name if group else tidy(name))
            ids.append(f"orcid:{orcid}" if orcid else "")
    if names:
        return tuple(names), tuple(ids) if any(ids) else ()
    line = text_of(item.get("authorString"))
    listed = line.removesuffix(".").split(", ") if line else []
    return authors_of([f"{name}." if name[-1:].isupper() else name for name in listed]), ()


def _affiliations(item: Item) -> Iterator[str]:
    for author in items_of(item_at(item, "authorList").get("author")):
        for place in items_of(item_at(author, "authorAffiliationDetailsList").get("authorAffiliation")):
            if text := tidy(text_of(place.get("affiliation"))):
                yield text
        if text := tidy(text_of(author.get("affiliation"))):
            yield text
    if text := tidy(text_of(item.get("affiliation"))):
        yield text


def _identifiers(item: Item) -> tuple[str, ...]:
    numbers = ((name, text_of(item.get(name))) for name in ("pmid", "pmcid"))
    return tuple([f"{name}:{value}" for name, value in numbers if value])


def _keywords(item: Item) -> Iterator[str]:
    for text in texts_of(item_at(item, "keywordList").get("keyword")):
        yield from keyword_list(text)


def _headings(item: Item) -> Iterator[str]:
    """Give MeSH headings with their qualifiers, as PubMed's MEDLINE form writes them."""
    for heading in items_of(item_at(item, "meshHeadingList").get("meshHeading")):
        qualifiers = items_of(item_at(heading, "meshQualifierList").get("meshQualifier"))
        names = (text_of(heading.get("descriptorName")), *(text_of(one.get("qualifierName")) for one in qualifiers))
        if names[0]:
            yield "/".join(filter(None, names))


def _status(item: Item, kinds: list[str], title: str) -> RecordStatus:
    comments = items_of(item_at(item, "commentCorrectionList").get("commentCorrection"))
    comment_types = {text_of(one.get("type")).lower() for one in comments}
    return (
        status_of("", kinds)
        or next((s for kind, s in _NOTICES.items() if kind in comment_types), "")
        or status_of(title)
    )
