"""Web of Science's plain text (`savedrecs.txt`, also `.ciw`): two-letter tags, further lines indented by three."""

from __future__ import annotations

import re

from benang.readers.source import Reading, Remarks, Source
from benang.readers.tables import WOS_AUTHORS, WOS_TAGS, WOS_TYPES, type_named
from benang.readers.tagged import Fields, Grammar, RawRecord, read_tagged
from benang.readers.values import authors_of, one_line, record_of, split_list, year_of
from benang.records.record import Record, RecordType

_HEADING = re.compile(r"\s*FN [^\n]*\nVR [^\n]*\n")
_START = re.compile(r"^PT [A-Z][ \t]*$", re.MULTILINE)
_LAST = re.compile(rb"\nEF\s*\Z")
_UNSPECIFIED = "UNSP "  # how Web of Science marks an article number that it can't place


GRAMMAR = Grammar(
    start="PT",
    end="ER",
    begins=re.compile(rb"\nPT(?=[ \n]|\Z)"),
    tag=re.compile(r"\n([A-Z][A-Z0-9])(?=[ \n]|\Z)"),
    marks=re.compile(rb"\n(?:(PT)|ER)(?=[ \n]|\Z)"),
    ending="ER",
    header=frozenset({"FN", "VR", "EF"}),
)


def is_wos(head: str) -> bool:
    """Tell Web of Science plain text by its heading (`FN`, `VR`), or by a line such as `PT J` where that is gone."""
    return bool(_HEADING.match(head) or _START.search(head))


def read_wos(source: Source) -> Reading:
    r"""Read a Web of Science plain text file.

    `DE` are the author keywords, `ID` (Keywords Plus) the index keywords, `CR` the cited references as they stand.
    Authors are the full names of `AF`, or those of `AU` where there are none. The record's id is `UT`.

    Examples
    --------
    >>> export = b"FN Clarivate\nVR 1.0\nPT J\nAU Sun, ZW\n   Lee, B\nTI Of\n   cities\nPY 2017\nUT WOS:1\nER\nEF\n"
    >>> record = read_wos(Source("a.txt", "a.txt", export)).records[0]
    >>> record.key, record.authors, record.title, record.year
    ('WOS:1', ('Sun, ZW', 'Lee, B'), 'Of cities', 2017)
    """

    def made(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, remarks)

    remarks = Remarks()
    if not _LAST.search(source.data[-1000:]):
        remarks.say("The file has no last line `EF`: if it was cut off between two records, nothing else shows it.")
    return read_tagged(source, GRAMMAR, made, remarks)


def _record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
    fields = raw.fields
    values = {name: value for name, tags in WOS_TAGS.items() if (value := _text(fields, *tags))}
    values["article_number"] = values.get("article_number", "").removeprefix(_UNSPECIFIED)
    authors = next((names for tag in WOS_AUTHORS if (names := authors_of(_lines(fields, tag)))), ())
    return record_of(
        source,
        place,
        raw.line,
        values,
        remarks,
        type=_type(fields),
        year=year_of(place, [line for tag in WOS_TAGS["year"] for line in _lines(fields, tag)], remarks),
        authors=authors,
        author_keywords=split_list(_text(fields, "DE")),
        index_keywords=split_list(_text(fields, "ID")),
        references=_lines(fields, "CR"),
        affiliations=_lines(fields, "C1"),
        database="Web of Science",
    )


def _lines(fields: Fields, tag: str) -> tuple[str, ...]:
    """Return each line of a tag as a value of its own."""
    return tuple([item for value in fields.get(tag, ()) for line in value.split("\n") if (item := line.strip())])


def _text(fields: Fields, *tags: str) -> str:
    """Return all lines of the first tag that is there as one."""
    for tag in tags:
        if tag in fields:
            text = " ".join(fields[tag])
            return one_line(text) if "\n" in text else text
    return ""


def _type(fields: Fields) -> RecordType:
    return type_named(_text(fields, "DT")) or WOS_TYPES.get(_text(fields, "PT"), "other")
