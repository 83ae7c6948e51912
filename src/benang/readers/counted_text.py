"""Text of search platforms that counts its records: Ovid's, ProQuest's and the Cochrane Library's.

Ovid's tagged text (its export formats "EndNote" and "Citavi") has `<1. >` above each record, which begins with
`VN  - Ovid Technologies`. ProQuest's (Save, Text only) has `Document 1 of 3`, then paragraphs that begin with a label
such as `Abstract:`. The Cochrane Library's has `Record #1 of 18`, then lines such as `TI: Title`, one value a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from benang.readers import Reading, Remarks, Source
from benang.readers.dialects import status_of, trial_numbers
from benang.readers.identifiers import standard_numbers
from benang.readers.medline import pages
from benang.readers.tables import COCHRANE_TAGS, OVID_TAGS, PROQUEST_LABELS, PROQUEST_TAGS, type_named
from benang.readers.tagged import (
    Fields,
    Grammar,
    RawRecord,
    first_line,
    items,
    once,
    people,
    raw_of,
    read_tagged,
    whole,
    wrapped,
)
from benang.readers.values import record_of, split_list, year_of
from benang.records.record import Record

_OVID = Grammar(
    start="VN",
    end="",
    begins=re.compile(rb"\nVN {1,2}- Ovid"),
    # "<2. >" counts the record that follows: as a tag of its own it is no part of the value before it.
    tag=re.compile(r"\n([A-Z][A-Z0-9]|<)(?: {1,2}- |(?<=<)[0-9]{1,9}\. ?>)"),
    marks=re.compile(rb"\n(VN {1,2}- Ovid)"),
    looks=re.compile(rb"(?:\A|\n)[A-Z][A-Z0-9] {1,2}- "),
    opening="`VN  - Ovid Technologies`",
    ending="",
    titles=frozenset({"TI", "BT", "OT"}),
    unique="TI",
    once=re.compile(rb"\nTI {1,2}- "),
    header=frozenset({"<"}),
)

_OVID_START = re.compile(r"^VN {1,2}- Ovid", re.MULTILINE)
_ROLE = re.compile(r"\s*\[[^\[\]]*\]\Z")
# "Forest Ecology & Management. 201(2-3):327-334, November 15, 2004." (volume, issue, pages)
_CITATION = re.compile(
    r"([^.]{2,300})\. ?(?:[A-Za-z. ]{0,10})([0-9]{1,6})(?:\(([^()]{1,40})\))?:\s?([A-Za-z0-9-]{1,30})"
)

_COUNTED = r"[0-9]{1,7} of [0-9]{1,7}[ \t]*(?=\n)"
_LABELS = "|".join(sorted((*map(re.escape, PROQUEST_LABELS), "Document"), key=len, reverse=True))

_PROQUEST = Grammar(
    start="",
    end="",
    begins=re.compile(rf"\nDocument {_COUNTED}".encode()),
    # The line that counts a document is a tag too: what follows it is the title.
    tag=re.compile(rf"\n({_LABELS})(?:(?<=\nDocument) {_COUNTED}|(?<!\nDocument): ?)"),
    marks=re.compile(rf"\n(Document {_COUNTED})".encode()),
    looks=re.compile(rf"(?:\A|\n)(?:{_LABELS}): ?".encode()),
    opening="`Document 1 of …`",
    ending="",
    titles=frozenset({"Title"}),
    last="Database",
    unique="ProQuest document ID",
    once=re.compile(rb"\nProQuest document ID: ?"),
)

_PROQUEST_START = re.compile(rf"^Document {_COUNTED}", re.MULTILINE)
_LABEL = re.compile(
    r"^(?:ProQuest document ID|Publication title|Publication info|Document URL|Author): ?", re.MULTILINE
)
_RULE = re.compile(r"\n[ \t]*_{20}")  # between documents, and before the lines that say how to reach ProQuest

_COCHRANE = Grammar(
    start="",
    end="",
    begins=re.compile(rb"\nRecord #[0-9]"),
    tag=re.compile(r"\n([A-Z]{2,3}): ?"),
    marks=re.compile(rb"\n(Record #[0-9])"),
    looks=re.compile(rb"(?:\A|\n)[A-Z]{2,3}: ?"),
    opening="`Record #`",
    ending="",
    titles=frozenset({"TI"}),
    last="US",
    unique="ID",
    once=re.compile(rb"\nID: ?"),
)

_COCHRANE_START = re.compile(r"^Record #[0-9]+ of [0-9]+\s*\n(?:ID|AU|TI): ", re.MULTILINE)


def is_ovid(head: str) -> bool:
    """Recognise the form by the line that Ovid puts at the beginning of each record."""
    return "- Ovid" in head and bool(_OVID_START.search(head))


def read_ovid(source: Source) -> Reading:
    r"""Read a file in Ovid's tagged form.

    Where journal, volume and pages have no tags of their own, the citation in `SO` gives them. `KW` are the author
    keywords; `SH`, `MH`, `DE` and `MC` the index keywords.

    Examples
    --------
    >>> export = b"<1. >\nVN  - Ovid Technologies\nDB  - BIOSIS\nAN  - P1\nAU  - Werner, S. M. [Author]\nTI  - Kota\n"
    >>> export += b"SO  - Trade Review. 201(2-3):327-334, November 15, 2004.\nYR  - 2004\n"
    >>> record = read_ovid(Source("a.txt", "a.txt", export)).records[0]
    >>> record.authors, record.source, record.volume, record.issue, record.last_page, record.line
    (('Werner, S. M.',), 'Trade Review', '201', '2-3', '334', 2)
    """

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _ovid_record(source, place, raw, remarks)

    return read_tagged(source, _OVID, make, Remarks())


def _ovid_record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
    fields = raw.fields
    values = _cited(fields) | raw_of(fields, OVID_TAGS)
    values["first_page"], values["last_page"] = pages(values.get("first_page", ""))
    types = items(fields, "PT")
    issn, isbn = standard_numbers([*fields.get("IS", ()), *fields.get("IB", ())])
    database = values.get("database", "").partition("<")[0].strip()
    return record_of(
        source,
        place,
        raw.line,
        values,
        remarks,
        type=type_named(*types) or "other",
        year=year_of(place, items(fields, "YR", "DP", "DG", "SO"), remarks),
        authors=people(place, [_without_roles(fields, "AU"), _without_roles(fields, "FA")], remarks),
        author_keywords=_ovid_keywords(fields, "KW"),
        index_keywords=_ovid_keywords(fields, "SH", "MH", "DE", "MC"),
        affiliations=once(items(fields, "IN")),
        issn=issn,
        isbn=isbn,
        identifiers=_ovid_identifiers(fields, database),
        status=status_of(values.get("title", ""), types),
        database=database or "Ovid",
    )


def _cited(fields: Fields) -> dict[str, str]:
    match = _CITATION.match(first_line(fields, ("SO",)))
    names = ("source", "volume", "issue", "first_page")
    return {name: value for name, value in zip(names, match.groups(), strict=True) if value} if match else {}


def _without_roles(fields: Fields, tag: str) -> Sequence[str]:
    """Return names without the roles behind them, `[Author, Reprint Author]`."""
    return [_ROLE.sub("", value) for value in items(fields, tag)]


def _ovid_keywords(fields: Fields, *tags: str) -> tuple[str, ...]:
    parts = (part.replace("/*", "/").strip("* .") for value in wrapped(fields, *tags) for part in value.split(";"))
    return tuple([part for part in parts if part])


def _ovid_identifiers(fields: Fields, database: str) -> tuple[str, ...]:
    pmid = whole(fields, ("PM",)) or (whole(fields, ("UI",)) if "medline" in database.lower() else "")
    return (f"pmid:{pmid}",) if pmid.isdigit() else ()


def is_proquest_text(head: str) -> bool:
    """Recognise the form by the line that counts a document, and a label that ProQuest writes."""
    return "Document " in head and bool(_PROQUEST_START.search(head) and _LABEL.search(head))


def read_proquest_text(source: Source) -> Reading:
    r"""Read ProQuest's text.

    `Subject` are the index keywords, `Identifier / keyword` the author keywords. The title follows its label, or is
    alone below the line that counts the document. Full texts are left out.

    Examples
    --------
    >>> export = b"Document 1 of 1\n\nKota\n\nAuthor: Contoh, Ani; Misal, Eka\n\nAbstract: Of towns.\n\n"
    >>> export += b"Publication title: Jurnal Kota\nPages: 34-56\nPublication year: 2020\nDatabase: Sociology\n"
    >>> record = read_proquest_text(Source("a.txt", "a.txt", export)).records[0]
    >>> record.title, record.authors, record.source, record.year, record.last_page
    ('Kota', ('Contoh, Ani', 'Misal, Eka'), 'Jurnal Kota', 2020, '56')
    """

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _proquest_record(source, place, raw, remarks)

    return read_tagged(source, _PROQUEST, make, Remarks())


def _proquest_record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
    fields = {label: [_RULE.split(value, maxsplit=1)[0].strip() for value in raw.fields[label]] for label in raw.fields}
    values = raw_of(fields, PROQUEST_TAGS)
    values["first_page"], values["last_page"] = pages(values.get("first_page", ""))
    issn, isbn = standard_numbers([*fields.get("ISSN", ()), *fields.get("ISBN", ()), *fields.get("e-ISSN", ())])
    types = wrapped(fields, "Document type", "Source type")
    return record_of(
        source,
        place,
        raw.line,
        values,
        remarks,
        type=type_named(*types) or "other",
        year=year_of(place, wrapped(fields, "Publication year", "Publication date", "Publication info"), remarks),
        authors=people(place, [_listed(fields, "Author")], remarks),
        author_keywords=_listed(fields, "Identifier / keyword", "Identifiers / keywords"),
        index_keywords=_listed(fields, "Subject", "Subjects"),
        affiliations=_listed(fields, "Author affiliation"),
        issn=issn,
        isbn=isbn,
        status=status_of(values.get("title", ""), types),
        database=values.get("database", "") or "ProQuest",
    )


def _listed(fields: Fields, *labels: str) -> tuple[str, ...]:
    return tuple([part for value in wrapped(fields, *labels) for part in split_list(value)])


def is_cochrane_text(head: str) -> bool:
    """Recognise the form by the line that counts a record and a line with a colon behind it (its RIS has hyphens)."""
    return "Record #" in head and bool(_COCHRANE_START.search(head))


def read_cochrane_text(source: Source) -> Reading:
    r"""Read plain text of the Cochrane Library.

    `KY` are the index keywords, without the star that marks a main topic and the qualifiers in brackets behind it.

    Examples
    --------
    >>> export = b"Record #1 of 1\nID: CN-1\nAU: Misal, E\nTI: Kota\nSO: Trials\nYR: 2011\nPM: PUBMED 21314913\nUS: x\n"
    >>> record = read_cochrane_text(Source("a.txt", "a.txt", export)).records[0]
    >>> record.key, record.authors, record.source, record.year, record.identifiers
    ('CN-1', ('Misal, E',), 'Trials', 2011, ('pmid:21314913',))
    """

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        fields = raw.fields
        values = raw_of(fields, COCHRANE_TAGS)
        issn, isbn = standard_numbers(fields.get("SN", ()))
        types = wrapped(fields, "PT")
        keywords = [keyword for value in wrapped(fields, "KY") for keyword in split_list(value)]
        return record_of(
            source,
            place,
            raw.line,
            values,
            remarks,
            type=type_named(*types) or "other",
            year=year_of(place, wrapped(fields, "YR"), remarks),
            authors=people(place, [wrapped(fields, "AU")], remarks),
            index_keywords=tuple([plain for keyword in keywords if (plain := _without_qualifiers(keyword))]),
            issn=issn,
            isbn=isbn,
            identifiers=trial_numbers([part for value in wrapped(fields, "PM", "XR") for part in value.split(",")]),
            status=status_of(values.get("title", ""), types),
            database="Cochrane Library",
        )

    return read_tagged(source, _COCHRANE, make, Remarks())


def _without_qualifiers(keyword: str) -> str:
    return keyword.partition("[")[0].strip("* ")
