"""ProQuest's text (Save, Text only): `Document 1 of 3`, then paragraphs that begin with a label such as `Abstract:`."""

from __future__ import annotations

import re

from benang.readers.identifiers import standard_numbers
from benang.readers.medline import pages
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import status_of
from benang.readers.tables import PROQUEST_LABELS, PROQUEST_TAGS, type_named
from benang.readers.tag_values import people, raw_of, wrapped
from benang.readers.tagged import Fields, Grammar, RawRecord, read_tagged
from benang.readers.values import record_of, split_list, year_of
from benang.records.record import Record

_COUNTED = r"[0-9]{1,7} of [0-9]{1,7}[ \t]*(?=\n)"
_LABELS = "|".join(sorted((*map(re.escape, PROQUEST_LABELS), "Document"), key=len, reverse=True))

GRAMMAR = Grammar(
    start="",
    end="",
    begins=re.compile(rf"\nDocument {_COUNTED}".encode()),
    # The line that counts a document is a tag too: what stands behind it is the title.
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

_START = re.compile(rf"^Document {_COUNTED}", re.MULTILINE)
_LABEL = re.compile(
    r"^(?:ProQuest document ID|Publication title|Publication info|Document URL|Author): ?", re.MULTILINE
)
_RULE = re.compile(r"\n[ \t]*_{20}")  # between documents, and before the lines that say how to reach ProQuest


def is_proquest_text(head: str) -> bool:
    """Tell the form by the line that counts a document, and a label that ProQuest writes."""
    return "Document " in head and bool(_START.search(head) and _LABEL.search(head))


def read_proquest_text(source: Source) -> Reading:
    r"""Read ProQuest's text.

    `Subject` are the index keywords, `Identifier / keyword` the author keywords. The title stands behind its label, or
    alone below the line that counts the document. Full texts are left out.

    Examples
    --------
    >>> export = b"Document 1 of 1\n\nKota\n\nAuthor: Contoh, Ani; Misal, Eka\n\nAbstract: Of towns.\n\n"
    >>> export += b"Publication title: Jurnal Kota\nPages: 34-56\nPublication year: 2020\nDatabase: Sociology\n"
    >>> record = read_proquest_text(Source("a.txt", "a.txt", export)).records[0]
    >>> record.title, record.authors, record.source, record.year, record.last_page
    ('Kota', ('Contoh, Ani', 'Misal, Eka'), 'Jurnal Kota', 2020, '56')
    """

    def made(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, remarks)

    return read_tagged(source, GRAMMAR, made, Remarks())


def _record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
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
