"""Web of Science's plain text (`savedrecs.txt`, also `.ciw`): two-letter tags, further lines indented by three."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from benang.readers.author_names import as_body
from benang.readers.dialects import short_names
from benang.readers.identifiers import accession_id, standard_numbers
from benang.readers.source import Reading, Remarks, Source
from benang.readers.status import status_of
from benang.readers.tables import WOS_AUTHORS, WOS_GROUPS, WOS_TAGS, WOS_TYPES, type_named
from benang.readers.tagged import Fields, Grammar, RawRecord, once, read_tagged
from benang.readers.values import authors_of, one_line, record_of, split_list, year_of
from benang.records.capitals import abbreviation_case
from benang.records.names import author_key, split_name
from benang.records.record import WEB_OF_SCIENCE, Record, RecordType, changed_record
from benang.records.spelling import folded

T = TypeVar("T")

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
    looks=re.compile(rb"(?:\A|\n)(?!(?:FN|VR|EF)\b)[A-Z][A-Z0-9](?=[ \t\n]|\Z)"),
    opening="`PT J`",
    ending="ER",
    titles=frozenset({"TI"}),
    header=frozenset({"FN", "VR", "EF"}),
)


def is_wos(head: str) -> bool:
    """Recognise plain text of Web of Science by its heading (`FN`, `VR`), or else a line such as `PT J`."""
    return bool(_HEADING.match(head)) or ("PT " in head and bool(_START.search(head)))


def read_wos(source: Source) -> Reading:
    r"""Read a Web of Science plain text file.

    `DE` are the author keywords, `ID` (Keywords Plus) the index keywords, `CR` the cited references as written.
    Authors are the full names of `AF`, or those of `AU` where there are none, with the ORCIDs of `OI`. `WC`, the
    categories of Web of Science, are the topics. The record's id is `UT`.

    Examples
    --------
    >>> export = b"FN Clarivate\nVR 1.0\nPT J\nAU Sun, ZW\n   Lee, B\nTI Of\n   cities\nPY 2017\nUT WOS:1\nER\nEF\n"
    >>> record = read_wos(Source("a.txt", "a.txt", export)).records[0]
    >>> record.key, record.authors, record.title, record.year
    ('WOS:1', ('Sun, ZW', 'Lee, B'), 'Of cities', 2017)
    """

    def make(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        return _record(source, place, raw, remarks)

    remarks = Remarks()
    if not _LAST.search(source.data[-1000:]):
        remarks.say("The file does not end with the line `EF`: it may have been cut off between two records.")
    return read_tagged(source, GRAMMAR, make, remarks)


def _record(source: Source, place: int, raw: RawRecord, remarks: Remarks) -> Record:
    fields = raw.fields
    values = {name: value for name, tags in WOS_TAGS.items() if (value := _text(fields, *tags))}
    kind = _type(fields)
    if kind == "book" and "doi" not in values:
        values["doi"] = _text(fields, "D2")  # the book's: a chapter has one of its own, or none
    if "source_abbreviation" in values:  # J9, which references have, is in capitals; JI prints acronyms as they are
        values["source_abbreviation"] = abbreviation_case(values["source_abbreviation"], _text(fields, "JI"))
    if "article_number" in values:
        values["article_number"] = values["article_number"].removeprefix(_UNSPECIFIED)
    authors = next((names for tag in WOS_AUTHORS if (names := authors_of(_lines(fields, tag)))), ()) or _groups(fields)
    issn, isbn = standard_numbers([_text(fields, tag) for tag in ("SN", "EI", "BN") if tag in fields])
    record = record_of(
        source,
        place,
        raw.line,
        values,
        remarks,
        type=kind,
        year=year_of(place, [line for tag in WOS_TAGS["year"] for line in _lines(fields, tag)], remarks),
        authors=authors,
        author_ids=orcids_of(authors, split_list(_text(fields, "OI"))),
        editors=next((names for tag in ("BE", "ED") if (names := authors_of(_lines(fields, tag)))), ()),
        author_keywords=split_list(_text(fields, "DE")),
        index_keywords=split_list(_text(fields, "ID")),
        references=_lines(fields, "CR"),
        affiliations=_lines(fields, "C1"),
        topics=split_list(_text(fields, "WC")),
        issn=issn,
        isbn=isbn,
        identifiers=_identifiers(fields),
        status=status_of(values.get("title", ""), (_text(fields, "DT"),)),
        database=WEB_OF_SCIENCE,
    )
    short = short_names(authors, _lines(fields, "AU"))
    return changed_record(record, {"raw": {**record.raw, **short}}) if short else record


def _groups(fields: Fields) -> tuple[str, ...]:
    """Return the group that wrote a work which names no people."""
    return next((names for tag in WOS_GROUPS if (names := authors_of(map(as_body, _lines(fields, tag))))), ())


def _identifiers(fields: Fields) -> tuple[str, ...]:
    pmid = _text(fields, "PM")
    return once([*accession_id(_text(fields, "UT")), *([f"pmid:{pmid}"] if pmid.isdigit() else ())])


def orcids_of(authors: Sequence[str], listed: Sequence[str]) -> tuple[str, ...]:
    """Return the ORCIDs that `OI` lists (`Sun, Zhiwei/0000-0001-…; …`) with the authors to whose names they belong.

    The names there are those of the profiles and may differ: where no name is the same, family name and first initial
    tell, if only one author and one profile have them.
    """
    named = [(name, f"orcid:{number}") for value in listed for name, _, number in [value.rpartition("/")] if number]
    if not named:
        return ()
    ids = [""] * len(authors)
    for key in (author_key, _short_key):
        if not named:
            break
        profiles = _unique((key(name), orcid) for name, orcid in named)
        places = _unique((key(author), place) for place, author in enumerate(authors) if not ids[place])
        for shared in profiles.keys() & places.keys():
            ids[places[shared]] = profiles[shared]
        named = [(name, orcid) for name, orcid in named if orcid not in ids]
    return tuple(ids) if any(ids) else ()


def _unique(pairs: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return the pairs whose key occurs once."""
    listed = list(pairs)
    often = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if often[key] == 1}


def _short_key(name: str) -> str:
    """Return family name and first initial, without accents, hyphens and case."""
    family, given = split_name(name)
    plain = folded(f"{family}|{given[:1]}")
    return "".join(letter for letter in plain if letter.isalpha() or letter == "|")


def _lines(fields: Fields, tag: str) -> tuple[str, ...]:
    """Return each line of a tag as a value of its own."""
    if tag not in fields:
        return ()
    return tuple(filter(None, map(str.strip, "\n".join(fields[tag]).split("\n"))))


def _text(fields: Fields, *tags: str) -> str:
    """Return all lines of the first tag that is there as one."""
    for tag in tags:
        if tag in fields:
            return one_line(" ".join(fields[tag]))
    return ""


def _type(fields: Fields) -> RecordType:
    return type_named(_text(fields, "DT")) or WOS_TYPES.get(_text(fields, "PT"), "other")
