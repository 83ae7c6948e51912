"""The Cochrane Library's plain text: `Record #1 of 18`, then lines such as `TI: Title`, one value a line."""

from __future__ import annotations

import re

from benang.readers.identifiers import standard_numbers
from benang.readers.ris_dialects import trial_numbers
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import status_of
from benang.readers.tables import COCHRANE_TAGS, type_named
from benang.readers.tag_values import people, raw_of, wrapped
from benang.readers.tagged import Grammar, RawRecord, read_tagged
from benang.readers.values import record_of, split_list, year_of
from benang.records.record import Record

GRAMMAR = Grammar(
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

_START = re.compile(r"^Record #[0-9]+ of [0-9]+\s*\n(?:ID|AU|TI): ", re.MULTILINE)


def is_cochrane_text(head: str) -> bool:
    """Tell the form by the line that counts a record and a line with a colon behind it (its RIS has hyphens)."""
    return "Record #" in head and bool(_START.search(head))


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

    def made(place: int, raw: RawRecord, remarks: Remarks) -> Record:
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
            index_keywords=tuple([plain for keyword in keywords if (plain := _plain(keyword))]),
            issn=issn,
            isbn=isbn,
            identifiers=trial_numbers([part for value in wrapped(fields, "PM", "XR") for part in value.split(",")]),
            status=status_of(values.get("title", ""), types),
            database="Cochrane Library",
        )

    return read_tagged(source, GRAMMAR, made, Remarks())


def _plain(keyword: str) -> str:
    return keyword.partition("[")[0].strip("* ")
