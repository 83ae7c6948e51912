"""MEDLINE's records: tagged, as PubMed saves them (`.nbib`, `.txt`, `.ris`) and ERIC exports, or as Europe PMC's JSON.

A tag has up to four letters, filled up with blanks, and a hyphen; further lines are indented by six. No tag ends a
record: PubMed puts `SO`, its own citation of the work, last. Europe PMC's API gives its results with
`resultType=core` or `lite`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from benang.readers import Reading, Remarks, Source
from benang.readers.author_names import as_body, whole_name
from benang.readers.dialects import gravest, status_of
from benang.readers.identifiers import doi_in, standard_numbers
from benang.readers.json_exports import Item, is_json, item_at, items_of, read_json, text_of, texts_of
from benang.readers.keywords import keyword_list
from benang.readers.openalex import orcid_in
from benang.readers.tables import MEDLINE_DATES, MEDLINE_TAGS, type_named
from benang.readers.tagged import Fields, Grammar, RawRecord, once, raw_of, read_tagged, whole, wrapped
from benang.readers.values import authors_of, record_of, split_list, tidy, year_of
from benang.records.record import Record, RecordStatus
from benang.records.spelling import with_hyphen_closed

GRAMMAR = Grammar(
    start="PMID",
    end="",
    begins=re.compile(rb"\n(?:PMID-|OWN {1,2}- ERIC)"),
    tag=re.compile(r"\n([A-Z][A-Z0-9]{1,3}) {0,2}-(?=[ \n]|\Z)"),
    marks=re.compile(rb"\n(PMID-|OWN {1,2}- ERIC)"),
    looks=re.compile(rb"(?:\A|\n)[A-Z][A-Z0-9]{1,3}[ \t]{0,3}-(?=\s|\Z)"),
    opening="`PMID- `",
    ending="",
    titles=frozenset({"TI", "BTI", "TT"}),
    last="SO",
    unique="TI",
    once=re.compile(rb"\nTI {0,2}-(?=[ \n]|\Z)"),
)

_START = re.compile(r"^(?:PMID- ?[0-9]|OWN {1,2}- ERIC)", re.MULTILINE)
_ORCID = re.compile(r"([0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9Xx])(?![0-9])")
_PEOPLE = {"FAU": "AU", "AU": "AU", "FED": "ED", "ED": "ED"}
# Tags that name the notice of a retraction or correction, and tags of notices that name the work.
_NOTICE_TAGS: tuple[tuple[str, RecordStatus], ...] = (
    ("RIN", "retracted"),
    ("PRIN", "retracted"),
    ("RRI", "retracted"),
    ("ROF", "retraction notice"),
    ("PROF", "retraction notice"),
    ("EFR", "correction notice"),
    ("ECI", "concern"),
    ("EIN", "corrected"),
    ("RPI", "corrected"),
    ("CRI", "corrected"),
)

_RESULT = re.compile(r'"(?:authorString|resultList)"\s{0,20}:')
_RESULT_OPENS = re.compile(rb'\{\s{0,20}"id"\s{0,20}:\s{0,20}"[^"]{1,40}"\s{0,20},\s{0,20}"source"')

_COMMENTS: Mapping[str, RecordStatus] = {
    "retraction in": "retracted", "partial retraction in": "retracted", "retraction of": "retraction notice",
    "erratum for": "correction notice", "expression of concern in": "concern", "erratum in": "corrected",
}  # fmt: skip


def is_medline(head: str) -> bool:
    """Recognise MEDLINE by the line that begins a record, whatever comes before it."""
    return ("PMID-" in head or "- ERIC" in head) and bool(_START.search(head))


def read_medline(source: Source) -> Reading:
    r"""Read a file in MEDLINE form.

    Authors are the full names of `FAU`, or those of `AU` where there are none, then groups (`CN`), which are bodies.
    `OT` are the author keywords, `MH` (MeSH) the index keywords, without the star that marks a main topic. An
    affiliation that several authors share is listed once. The record's id is the PMID.

    Examples
    --------
    >>> export = b"PMID- 1\nTI  - Of\n      cities\nFAU - Misal, Ani\nAU  - Misal A\nDP  - 2020\nPG  - 97-105\nSO  - x"
    >>> record = read_medline(Source("a.nbib", "a.nbib", export)).records[0]
    >>> record.title, record.authors, record.year, record.last_page, record.identifiers
    ('Of cities', ('Misal, Ani',), 2020, '105', ('pmid:1',))
    """

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, remarks)

    return read_tagged(source, GRAMMAR, make, Remarks())


def _record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
    fields = raw.fields
    values = raw_of(fields, MEDLINE_TAGS)
    values["first_page"], values["last_page"] = pages(whole(fields, ("PG",)))
    types = wrapped(fields, "PT")
    issn, isbn = standard_numbers([*fields.get("IS", ()), *fields.get("ISSN", ()), *fields.get("ISBN", ())])
    authors, author_ids = _authors(raw)
    eric = fields.get("OWN") == ["ERIC"]
    return record_of(
        source,
        place,
        raw.line,
        values
        | {
            "doi": _doi(fields),
            "article_number": next((value for value in fields.get("LID", ()) if value and not value.endswith("]")), ""),
            "url": next((value for value in fields.get("LID", ()) if value.startswith("http")), "") if eric else "",
        },
        remarks,
        type=type_named(*types) or "other",
        year=year_of(place, wrapped(fields, *MEDLINE_DATES), remarks),
        authors=authors,
        author_ids=author_ids,
        editors=authors_of(wrapped(fields, "FED") or wrapped(fields, "ED")),
        author_keywords=_keywords(fields, "OT"),
        index_keywords=_keywords(fields, "MH"),
        affiliations=once(wrapped(fields, "AD")),
        issn=issn,
        isbn=isbn,
        identifiers=_identifiers(fields, eric=eric),
        status=_status(fields, values.get("title", ""), types),
        database="ERIC" if eric else "PubMed",
    )


def pages(value: str) -> tuple[str, str]:
    """Return first and last page; PubMed shortens the last page of older papers.

    Examples
    --------
    >>> pages("1153-9"), pages("188-197; quiz 201"), pages("e12"), pages("S3-S9"), pages("AE-06")
    (('1153', '1159'), ('188', '197'), ('e12', ''), ('S3', 'S9'), ('AE-06', ''))
    """
    printed = value.partition(";")[0].partition(",")[0].strip()
    closed = with_hyphen_closed(printed)
    first, _, last = closed.partition("-")
    first = printed[: len(first) + len(printed) - len(closed)]
    if last.isdigit() and len(last) < len(first) and first[-len(last) :].isdigit():
        last = first[: -len(last)] + last
    return first, last


def _doi(fields: Fields) -> str:
    named = (value for tag in ("LID", "AID", "DOI") for value in fields.get(tag, ()))
    return next((value.partition(" ")[0] for value in named if value.endswith("[doi]") or doi_in(value)), "")


def _authors(raw: RawRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the authors and their ORCIDs; an `AUID` belongs to the author before it."""
    tag = "FAU" if any(raw.fields.get("FAU", ())) else "AU"
    groups = authors_of(map(as_body, wrapped(raw.fields, "CN")))
    if "AUID" not in raw.fields:
        return (*authors_of(wrapped(raw.fields, tag)), *groups), ()
    names: list[str] = []
    ids: list[str] = []
    within = ""
    for name, value in _in_order(raw):
        within = _PEOPLE.get(name, within)
        if name == tag and (author := authors_of([" ".join(value.split())])):
            names.extend(author)
            ids.append("")
        elif name == "AUID" and within == "AU" and ids and (match := _ORCID.search(value)):
            ids[-1] = ids[-1] or f"orcid:{_hyphened(match[1])}"
    return (*names, *groups), ((*ids, *[""] * len(groups)) if any(ids) else ())


def _hyphened(orcid: str) -> str:
    digits = orcid.replace("-", "").upper()
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def _in_order(raw: RawRecord) -> Iterator[tuple[str, str]]:
    """Give tags and values in the order of the file."""
    following = {tag: iter(values) for tag, values in raw.fields.items()}
    for tag in raw.tags:
        yield tag, next(following[tag])


def _keywords(fields: Fields, tag: str) -> tuple[str, ...]:
    """Return keywords without the stars of main topics, `*Cities` and `Cities/*history`."""
    listed = (one for value in wrapped(fields, tag) for one in (keyword_list(value) if ";" in value else (value,)))
    keywords = (value.replace("/*", "/").lstrip("* ") for value in listed)
    return tuple([keyword for keyword in keywords if keyword])


def _identifiers(fields: Fields, *, eric: bool) -> tuple[str, ...]:
    named = [f"pmid:{value}" for value in fields.get("PMID", ()) if value.isdigit()]
    named += [f"pmcid:{value}" for value in fields.get("PMC", ()) if value.startswith("PMC")]
    named += [f"eric:{value}" for value in fields.get("OID", ()) if eric and value]
    return once(named)


def _status(fields: Fields, title: str, types: list[str]) -> RecordStatus:
    by_comment: RecordStatus = next((status for tag, status in _NOTICE_TAGS if tag in fields), "")
    return gravest((status_of("", types) or by_comment, status_of(title)))


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
        return _result_record(source, place, line, item, remarks)

    return read_json(source, make, Remarks(), opens=_RESULT_OPENS)


def _result_record(source: Source, place: int, line: int, item: Item, remarks: Remarks) -> Record:
    info, book = item_at(item, "journalInfo"), item_at(item, "bookOrReportDetails")
    journal = item_at(info, "journal")
    authors, author_ids = _result_authors(item)
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
        identifiers=_result_numbers(item),
        author_keywords=once(_result_keywords(item)),
        index_keywords=once(_headings(item)),
        status=_result_status(item, kinds, title),
        database="Europe PMC",
    )


def _years(item: Item, info: Item) -> list[str]:
    values = (item.get("pubYear"), info.get("yearOfPublication"), item.get("firstPublicationDate"))
    return [text for value in values if (text := text_of(value))]


def _result_authors(item: Item) -> tuple[tuple[str, ...], tuple[str, ...]]:
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


def _result_numbers(item: Item) -> tuple[str, ...]:
    numbers = ((name, text_of(item.get(name))) for name in ("pmid", "pmcid"))
    return tuple([f"{name}:{value}" for name, value in numbers if value])


def _result_keywords(item: Item) -> Iterator[str]:
    for text in texts_of(item_at(item, "keywordList").get("keyword")):
        yield from keyword_list(text)


def _headings(item: Item) -> Iterator[str]:
    """Give MeSH headings with their qualifiers, as PubMed's MEDLINE form writes them."""
    for heading in items_of(item_at(item, "meshHeadingList").get("meshHeading")):
        qualifiers = items_of(item_at(heading, "meshQualifierList").get("meshQualifier"))
        names = (text_of(heading.get("descriptorName")), *(text_of(one.get("qualifierName")) for one in qualifiers))
        if names[0]:
            yield "/".join(filter(None, names))


def _result_status(item: Item, kinds: list[str], title: str) -> RecordStatus:
    comments = items_of(item_at(item, "commentCorrectionList").get("commentCorrection"))
    comment_types = {text_of(one.get("type")).lower() for one in comments}
    return (
        status_of("", kinds)
        or next((s for kind, s in _COMMENTS.items() if kind in comment_types), "")
        or status_of(title)
    )
