"""EndNote XML, as EndNote, Mendeley, Zotero and others write it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from benang.readers.author_names import with_marked_ends
from benang.readers.identifiers import accession_id, linked_doi, linked_ids, noted_doi, noted_ids, standard_numbers
from benang.readers.keywords import keywords_of
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import noted_decisions, status_of
from benang.readers.tables import type_named
from benang.readers.tag_values import once
from benang.readers.values import authors_of, counted_apart, record_of, year_of
from benang.readers.xml_exports import read_xml, text_in, texts_in
from benang.records.record import Record, RecordType

_START = re.compile(
    r"<records>\s{0,1000}<record[\s>]|<record>\s{0,1000}<(?:database|source-app|ref-type|rec-number)[\s>]"
)
_TYPES: Mapping[str, RecordType] = {
    "journal article": "article", "electronic article": "article", "newspaper article": "article",
    "magazine article": "article", "journal": "article",
    "book": "book", "edited book": "book", "electronic book": "book", "classical work": "book",
    "book section": "chapter", "electronic book section": "chapter", "encyclopedia": "chapter",
    "conference paper": "proceedings", "conference proceedings": "proceedings",
    "thesis": "thesis",
    "report": "report", "government document": "report", "discussion paper": "report",
    "manuscript": "unpublished", "unpublished work": "unpublished",
}  # fmt: skip
_NUMBERS: Mapping[str, RecordType] = {
    "17": "article", "43": "article", "23": "article", "19": "article",
    "6": "book", "28": "book", "44": "book", "5": "chapter", "60": "chapter",
    "47": "proceedings", "10": "proceedings", "3": "proceedings", "32": "thesis", "27": "report", "46": "report",
    "36": "unpublished", "34": "unpublished",
}  # fmt: skip
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("rec-number", "foreign-keys/key"),
    "title": ("titles/title",),
    "source": ("periodical/full-title", "titles/secondary-title", "titles/alt-title"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "first_page": ("pages",),
    "publisher": ("publisher",),
    "language": ("language",),
    "abstract": ("abstract",),
    "url": ("urls/web-urls/url", "urls/related-urls/url"),
    "doi": ("electronic-resource-num",),
}
_AUTHORS = ("contributors/authors/author", "contributors/translated-authors/author")
_EDITORS = "contributors/secondary-authors/author"
_WITH_EDITORS = frozenset({"chapter", "proceedings", "book"})
_PMCID = re.compile(r"PMC[0-9]{1,9}\Z")
_PMID = re.compile(r"[0-9]{4,9}\Z")
_PUBMED = re.compile(r"pubmed|medline|NLM", re.IGNORECASE)
_EMBASE = re.compile(r"L[0-9]{6,12}\Z")


def is_endnote_xml(head: str) -> bool:
    """Tell EndNote XML by its list of records or what a record begins with."""
    return bool(_START.search(head))


def read_endnote_xml(source: Source) -> Reading:
    """Read a file of EndNote XML.

    Runs of style within a value are joined. The record's id is EndNote's number of it in the library. A caption, which
    reviewers use to mark records, and Rayyan's notes are `decisions`; notes of the user's own are none.

    Raises
    ------
    BenangError
        Where the file declares entities of its own, or holds no record.

    Examples
    --------
    >>> xml = b"<xml><records><record><rec-number>7</rec-number><titles><title>Kota</title></titles></record></records>"
    >>> record = read_endnote_xml(Source("a.xml", "a.xml", xml)).records[0]
    >>> record.key, record.title, dict(record.raw)
    ('', 'Kota', {'key': '7'})
    """

    def made(place: int, line: int, element: Element, remarks: Remarks) -> Record:
        return _record(source, place, line, element, remarks)

    return read_xml(source, made, Remarks(), tags=("record",))


def _record(source: Source, place: int, line: int, element: Element, remarks: Remarks) -> Record:
    raw = {name: next((t for path in paths for t in texts_in(element, path)), "") for name, paths in _FIELDS.items()}
    links = [*element.iterfind("urls//url"), *element.iterfind("electronic-resource-num")]
    urls = [text for one in links for text in "".join(one.itertext()).split()]
    raw["doi"] = raw["doi"] or linked_doi(urls) or noted_doi(*_lines(element, "notes"), *_lines(element, "custom3"))
    kind = _type(element)
    names = [authors_of(with_marked_ends(texts_in(element, path))) for path in _AUTHORS]
    authors = next(filter(None, names), ())
    editors = authors_of(with_marked_ends(texts_in(element, _EDITORS))) if kind in _WITH_EDITORS else ()
    issn, isbn = standard_numbers(_lines(element, "isbn"))
    return record_of(
        source,
        place,
        line,
        counted_apart(raw) | {"article_number": text_in(element, "custom7") if kind == "article" else ""},
        remarks,
        type=kind,
        year=year_of(place, texts_in(element, "dates/year") or texts_in(element, "dates/pub-dates/date"), remarks),
        authors=authors,
        editors=editors,
        source_abbreviation=text_in(element, "periodical/abbr-1") or text_in(element, "alt-periodical/abbr-1"),
        issn=issn,
        isbn=isbn,
        author_keywords=once(keywords_of(place, texts_in(element, "keywords/keyword"), frozenset(), remarks)),
        affiliations=_lines(element, "auth-address"),
        identifiers=_identifiers(element, urls),
        status=status_of(raw["title"], texts_in(element, "work-type")),
        decisions=_decisions(element),
        database=" / ".join(_lines(element, "remote-database-name")) or "EndNote",
    )


def _lines(element: Element, path: str) -> tuple[str, ...]:
    """Return the lines of a value: EndNote divides several values by carriage returns."""
    lines = (line for one in element.iterfind(path) for line in re.split(r"[\r\n]", "".join(one.itertext())))
    return tuple([text for line in lines if (text := " ".join(line.split()))])


def _type(element: Element) -> RecordType:
    kind = element.find("ref-type")
    name = (kind.get("name") or "").lower() if kind is not None else ""
    number = text_in(kind)
    return _TYPES.get(name) or _NUMBERS.get(number) or type_named(*texts_in(element, "work-type")) or "other"


def _identifiers(element: Element, urls: list[str]) -> tuple[str, ...]:
    accession = text_in(element, "accession-num")
    database = f"{text_in(element, 'remote-database-name')} {text_in(element, 'remote-database-provider')}"
    found = accession_id(accession)
    if _PMID.match(accession) and _PUBMED.search(database):
        found.append(f"pmid:{accession}")
    found += [f"pmcid:{text}" for text in texts_in(element, "custom2") if _PMCID.match(text)]
    notes = _lines(element, "notes")
    found += [f"embase:{text}" for text in (accession, *notes[:1]) if _EMBASE.match(text)]
    return once([*found, *linked_ids(urls), *noted_ids(notes)])


def _decisions(element: Element) -> tuple[str, ...]:
    """Return the caption, and what Rayyan wrote into the notes."""
    notes = [line for path in ("notes", "research-notes") for line in _lines(element, path)]
    return once([*texts_in(element, "caption"), *noted_decisions(notes)])
