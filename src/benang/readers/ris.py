"""RIS, as databases, journals and reference managers write it.

The line grammar is `TAG`, two spaces, a hyphen, a value. Exporters differ in which tag holds what (`tables.py`) and in
how a value goes on over several lines: EndNote writes one keyword a line, others wrap long text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from benang.readers.source import Reading, Remarks, Source
from benang.readers.tables import RIS_ABSTRACT, RIS_LINKS, RIS_SOURCES, RIS_TAGS, RIS_TYPES, type_named
from benang.readers.tagged import Fields, Grammar, RawRecord, read_tagged
from benang.readers.values import authors_of, doi_in, one_line, record_of, split_list, year_of
from benang.records.record import Record, RecordType

_START = re.compile(r"^TY {2}-", re.MULTILINE)
_LOOSE_START = re.compile(r"^[ \t]*TY[ \t]{0,4}-[ \t]*[A-Za-z]", re.MULTILINE)
_LOOSE_TAG = re.compile(rb"^[ \t]*([A-Z][A-Z0-9])[ \t]{0,4}-(?=[ \t\n])[ \t]?", re.MULTILINE)
_EID = re.compile(r"[?&]eid=(2-s2\.0-[0-9]+)")
# Scopus: "Cited By :12", later "…; Cited By: 12; …". Web of Science: "Times Cited in … Collection:  142".
_CITED = re.compile(
    r"(?:^|; ?)(?:Cited By ?|Times Cited in Web of Science Core Collection): ?[ ]*([0-9]+)", re.MULTILINE
)
_REFERENCES = "References:"
_TWO_KEYWORD_LINES = re.compile(rb"\nKW {2}-[^\n]*\nKW {2}-")


GRAMMAR = Grammar(
    start="TY",
    end="ER",
    begins=re.compile(rb"\nTY {2}-"),
    tag=re.compile(r"\n([A-Z][A-Z0-9]) {2}-"),
    marks=re.compile(rb"\n(?:(TY)|ER) {2}-"),
    ending="ER  - ",
    header=frozenset({"EF"}),
)


def is_ris(head: str) -> bool:
    """Tell RIS by a line that begins a record, wherever it stands: exports begin with all sorts of headings."""
    return bool(_LOOSE_START.search(head))


def read_ris(source: Source) -> Reading:
    r"""Read a RIS file.

    `KW` becomes `author_keywords`, although Scopus and others write index keywords into it too: RIS does not tell
    them apart. Keywords that stand in one `KW` line with separators between them are split, and the account says so.
    Scopus's `N1` gives the cited references and the times cited. The record's id is `ID`, Scopus's EID from the link,
    or `AN`.

    Examples
    --------
    >>> export = b"TY  - JOUR\nAU  - Contoh, Ani\nTI  - Kota kembar\nPY  - 2021/06/30\nKW  - kota; desa\nER  - \n"
    >>> reading = read_ris(Source("a.ris", "a.ris", export))
    >>> reading.found, reading.records[0].key, reading.records[0].year, reading.records[0].author_keywords
    (1, 'a.ris:1', 2021, ('kota', 'desa'))
    >>> reading.notes
    ("Keywords that stood in one line were split at ';': record 1.",)
    """
    remarks = Remarks()
    if not _START.search(source.head):
        # Some programs write `TY - JOUR`, with other spaces than RIS asks for.
        source = replace(source, data=_LOOSE_TAG.sub(rb"\1  - ", source.data))
        remarks.say("The tags are not written as RIS asks (two spaces before the hyphen); they were read all the same.")

    one_line_only = not _TWO_KEYWORD_LINES.search(source.data)

    def made(place: int, raw: RawRecord, remarks: Remarks) -> Record:
        keywords = _keywords(place, _items(raw.fields, "KW"), remarks, loose=one_line_only)
        return _record(source, place, raw, keywords, remarks)

    return read_tagged(source, GRAMMAR, made, remarks)


def _record(source: Source, place: int, raw: RawRecord, keywords: tuple[str, ...], remarks: Remarks) -> Record:
    fields = raw.fields
    values = {name: value for name, tags in RIS_TAGS.items() if (value := _first(fields, tags))}
    notes = fields.get("N1", [])
    listed = next((note for note in notes if note.startswith(_REFERENCES)), "")
    cited = next((match[1] for note in notes if note is not listed and (match := _CITED.search(note))), "")
    links = [line for tag in RIS_LINKS for value in fields.get(tag, ()) for line in value.split("\n")]
    eid = next((match[1] for link in links if (match := _EID.search(link))), "")
    return record_of(
        source,
        place,
        raw.line,
        values
        | {
            "id": _first(fields, ("ID",)) or eid or values.get("id", ""),
            "url": values.get("url", "").partition(" ")[0],
            "doi": values.get("doi") or _linked_doi(links),
            "abstract": " ".join(value for tag in RIS_ABSTRACT for value in fields.get(tag, ())),
            "title": _whole(fields, RIS_TAGS["title"]),
            "source": _first(fields, RIS_SOURCES["JOUR" if _first(fields, ("TY",)) == "JOUR" else "other"]),
            "citations": cited,
        },
        remarks,
        type=_type(fields),
        year=year_of(place, _items(fields, *RIS_TAGS["year"]), remarks),
        authors=authors_of(_items(fields, "AU", "A1")),
        author_keywords=keywords,
        affiliations=tuple(_items(fields, "AD")),
        references=_references(listed.removeprefix(_REFERENCES)),
        database=_database(fields, values.get("database", ""), eid),
    )


def _whole(fields: Fields, tags: Sequence[str]) -> str:
    """Return the first value that is there, with all its lines."""
    for tag in tags:
        for value in fields.get(tag, ()):
            if value:
                return value
    return ""


def _first(fields: Fields, tags: Sequence[str]) -> str:
    """Return the first line of the first value that is there."""
    value = _whole(fields, tags)
    return value.partition("\n")[0].rstrip() if "\n" in value else value


def _items(fields: Fields, *tags: str) -> list[str]:
    """Return the items of repeated tags: a further line is a further item (EndNote), an indented one goes on."""
    items: list[str] = []
    for value in chain.from_iterable(fields.get(tag, ()) for tag in tags):
        if "\n" not in value:
            items.extend([value] if value else ())
            continue
        parts: list[list[str]] = [[]]
        for line in value.split("\n"):
            if parts[-1] and line and not line[0].isspace():
                parts.append([])
            if text := line.strip():
                parts[-1].append(text)
        items.extend(map(" ".join, parts))
    return items


def _type(fields: Fields) -> RecordType:
    written = _first(fields, ("TY",))
    return RIS_TYPES.get(written.upper()) or type_named(_first(fields, ("M3",)), written) or "other"


def _keywords(place: int, lines: Sequence[str], remarks: Remarks, *, loose: bool) -> tuple[str, ...]:
    separator = _separator(lines, loose=loose)
    if separator:
        remarks.habit(f"Keywords that stood in one line were split at '{separator.strip()}'", place)
    found: list[str] = []
    for line in lines:
        if ";" in line:
            found.extend(split_list(line))
        else:
            found.extend(line.split(separator) if separator else (line,))
    # Ovid, Embase and Cochrane mark a record's main topics with a star.
    return tuple([keyword for given in found if (keyword := given.strip().lstrip("* "))])


def _separator(lines: Sequence[str], *, loose: bool) -> str:
    """Tell what separates keywords within a line.

    A semicolon always does. A comma or slash does only in a `loose` file, where no record has two lines of keywords,
    and there twice at least and outside brackets: so journals on OJS write it. Elsewhere it belongs to the keyword
    (`Child, Preschool`).
    """
    if any(";" in line and len(split_list(line)) > 1 for line in lines):
        return ";"
    filled = [line for line in lines if line]
    if loose and len(filled) == 1 and not re.search(r"[(\[]", filled[0]):
        return next((mark for mark in (" / ", ",") if filled[0].count(mark) >= 2), "")
    return ""


def _references(listed: str) -> tuple[str, ...]:
    """Split the cited references that Scopus writes into a note: one a line, each but the last with a semicolon."""
    parts = listed.split(";\n") if ";\n" in listed else list(split_list(listed))
    if listed.count("\n") >= len(parts):  # some go on over several lines
        parts = [one_line(part) for part in parts]
    return tuple([part for given in parts if (part := given.strip(" ;\n"))])


def _linked_doi(links: Sequence[str]) -> str:
    return next((link for link in links if ("doi.org/" in link or link.startswith("10.")) and doi_in(link)), "")


def _database(fields: Fields, named: str, eid: str) -> str:
    """Name Scopus and Web of Science, else what the export itself names, else the form."""
    if eid or named.lower() == "scopus":
        return "Scopus"
    if _first(fields, ("AN",)).startswith("WOS:"):
        return "Web of Science"
    return named or "RIS"
