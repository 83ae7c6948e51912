"""RefWorks's tagged form (`RT Journal Article`), which ProQuest, EBSCO, Oxford and CNKI offer too.

Two capitals, a blank, a value. A record begins with `RT`, its type; RefWorks itself ends one with `ER`, others do not.
"""

from __future__ import annotations

import re

from benang.readers.author_names import with_marked_ends
from benang.readers.endnote import listed_people
from benang.readers.identifiers import accession_id, linked_doi, linked_ids, noted_doi, standard_numbers
from benang.readers.keywords import keywords_of, lists_in
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import noted_decisions, status_of
from benang.readers.tables import REFWORKS_TAGS, type_named
from benang.readers.tag_values import items, once, people, raw_of, whole, wrapped
from benang.readers.tagged import Grammar, RawRecord, read_tagged
from benang.readers.values import authors_of, counted_apart, record_of, year_of
from benang.records.record import Record

_TAG = re.compile(r"\n([A-Z][A-Z0-9])(?=[ \t\n]|\Z)")
_LOOKS = re.compile(rb"(?:\A|\n)[A-Z][A-Z0-9](?=[ \t\n]|\Z)")
_TITLES = frozenset({"T1", "TI"})

WITHOUT_END = Grammar(
    start="RT",
    end="",
    begins=re.compile(rb"\nRT(?=[ \t])"),
    tag=_TAG,
    marks=re.compile(rb"\n(RT)(?=[ \t])"),
    looks=_LOOKS,
    opening="`RT`, its type",
    ending="",
    titles=_TITLES,
    unique="T1",
    once=re.compile(rb"\nT1(?=[ \t\n]|\Z)"),
)
WITH_END = Grammar(
    start="RT",
    end="ER",
    begins=re.compile(rb"\nRT(?=[ \t])"),
    tag=_TAG,
    marks=re.compile(rb"\n(?:(RT)(?=[ \t])|ER(?=[ \t\n]|\Z))"),
    looks=_LOOKS,
    opening="`RT`, its type",
    ending="ER",
    titles=_TITLES,
)

_START = re.compile(r"^RT [A-Z][A-Za-z]+", re.MULTILINE)
_KNOWN = re.compile(r"^(?:A1|T1|JF|YR|SR|ID) \S", re.MULTILINE)
_END = re.compile(rb"\nER[ \t]*(?:\n|\Z)")


def is_refworks(head: str) -> bool:
    """Recognise the form by a line such as `RT Journal Article` and one more tag of it."""
    return "RT " in head and bool(_START.search(head) and _KNOWN.search(head))


def read_refworks(source: Source) -> Reading:
    r"""Read a file in RefWorks's tagged form.

    `K1` are the author keywords, `RD` and others stay out. The record's id is `ID`, or the accession number `AN`.

    Examples
    --------
    >>> export = b"RT Journal Article\nID k1\nA1 Contoh,Ani\nT1 Kota kembar\nJF Jurnal\nYR 2021\nSP 1\nOP 12\nK1 kota\n"
    >>> record = read_refworks(Source("a.txt", "a.txt", export)).records[0]
    >>> record.key, record.authors, record.source, record.year, record.last_page, record.author_keywords
    ('k1', ('Contoh, Ani',), 'Jurnal', 2021, '12', ('kota',))
    """
    lists = lists_in(source.data, b"K1 ")

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, lists, remarks)

    return read_tagged(source, WITH_END if _END.search(source.data) else WITHOUT_END, make, Remarks())


def _record(source: Source, place: int, raw: RawRecord, lists: frozenset[str], remarks: Remarks) -> Record:
    fields = raw.fields
    values = raw_of(fields, REFWORKS_TAGS)
    links = wrapped(fields, "UL", "LK")
    title, kind = values.get("title", ""), whole(fields, ("RT",))
    issn, isbn = standard_numbers(fields.get("SN", ()))
    return record_of(
        source,
        place,
        raw.line,
        counted_apart(values)
        | {
            "doi": values.get("doi") or linked_doi(links) or noted_doi(values.get("id", ""), *fields.get("NO", ())),
            "source": whole(fields, ("JF", "T2", "JO", "T3")),
        },
        remarks,
        type=type_named(kind) or "other",
        year=year_of(place, items(fields, *REFWORKS_TAGS["year"]), remarks),
        authors=people(place, [listed_people(fields, "A1"), listed_people(fields, "AU")], remarks),
        editors=authors_of(with_marked_ends(listed_people(fields, "A2"))),
        author_keywords=keywords_of(place, items(fields, "K1"), lists, remarks),
        affiliations=once(items(fields, "AD")),
        issn=issn,
        isbn=isbn,
        identifiers=once([*linked_ids(links), *accession_id(whole(fields, ("AN",)))]),
        decisions=noted_decisions(wrapped(fields, "NO", "U1", "U2", "U3", "U4", "U5")),
        status=status_of(title, (kind,)),
        database=values.get("database", "") or "RefWorks",
    )
