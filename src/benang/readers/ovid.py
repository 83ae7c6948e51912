"""Ovid's tagged text (its export formats "EndNote" and "Citavi"): records begin with `VN  - Ovid Technologies`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from benang.readers.identifiers import standard_numbers
from benang.readers.medline import pages
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import status_of
from benang.readers.tables import OVID_TAGS, type_named
from benang.readers.tag_values import first_line, items, once, people, raw_of, whole, wrapped
from benang.readers.tagged import Fields, Grammar, RawRecord, read_tagged
from benang.readers.values import record_of, year_of
from benang.records.record import Record

GRAMMAR = Grammar(
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

_START = re.compile(r"^VN {1,2}- Ovid", re.MULTILINE)
_ROLE = re.compile(r"\s*\[[^\[\]]*\]\Z")
# "Forest Ecology & Management. 201(2-3):327-334, November 15, 2004." (volume, issue, pages)
_CITATION = re.compile(
    r"([^.]{2,300})\. ?(?:[A-Za-z. ]{0,10})([0-9]{1,6})(?:\(([^()]{1,40})\))?:\s?([A-Za-z0-9-]{1,30})"
)


def is_ovid(head: str) -> bool:
    """Tell the form by the line that Ovid puts at the beginning of each record."""
    return "- Ovid" in head and bool(_START.search(head))


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

    def made(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, remarks)

    return read_tagged(source, GRAMMAR, made, Remarks())


def _record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
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
        authors=people(place, [_names(fields, "AU"), _names(fields, "FA")], remarks),
        author_keywords=_keywords(fields, "KW"),
        index_keywords=_keywords(fields, "SH", "MH", "DE", "MC"),
        affiliations=once(items(fields, "IN")),
        issn=issn,
        isbn=isbn,
        identifiers=_identifiers(fields, database),
        status=status_of(values.get("title", ""), types),
        database=database or "Ovid",
    )


def _cited(fields: Fields) -> dict[str, str]:
    match = _CITATION.match(first_line(fields, ("SO",)))
    names = ("source", "volume", "issue", "first_page")
    return {name: value for name, value in zip(names, match.groups(), strict=True) if value} if match else {}


def _names(fields: Fields, tag: str) -> Sequence[str]:
    """Return names without the roles behind them, `[Author, Reprint Author]`."""
    return [_ROLE.sub("", value) for value in items(fields, tag)]


def _keywords(fields: Fields, *tags: str) -> tuple[str, ...]:
    parts = (part.replace("/*", "/").strip("* .") for value in wrapped(fields, *tags) for part in value.split(";"))
    return tuple([part for part in parts if part])


def _identifiers(fields: Fields, database: str) -> tuple[str, ...]:
    pmid = whole(fields, ("PM",)) or (whole(fields, ("UI",)) if "medline" in database.lower() else "")
    return (f"pmid:{pmid}",) if pmid.isdigit() else ()
