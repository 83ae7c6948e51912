r"""Benang's own lines and tables, in which every field of a record is written and read without loss.

Where a form has no place for a field, or not exactly, writers put a line where other programs don't look (`XB` in RIS,
`benang` in BibTeX and CSL-JSON): the name of a field of `Record`, a colon and the value, lists as in
`user_tables.joined`, line breaks as `\n`. Such lines count for more than the form's own fields when Benang reads the
file again. A table of Benang's has a column for each field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from benang.locale.writing import worded
from benang.readers import Remarks, Source
from benang.readers.table_rows import layouts
from benang.readers.values import year_of
from benang.records.corpus import FIELDS, LISTS
from benang.records.record import CLOSED_FIELDS, Record
from benang.records.user_tables import joined, parted, plain

RIS_TAG = "XB"
"""The RIS tag of such lines; no other program uses it, and programs leave out tags that they don't know."""

BIBTEX_PREFIX = "benang_"
"""How the names of such fields begin in BibTeX."""

OWN = tuple(f.name for f in fields(Record) if f.name not in {"file", "place", "line", "raw"})
"""The fields that such lines may hold. The place of a record is known from the file itself."""

_ALIGNED = frozenset({"author_ids", "affiliation_ids"})
_NUMBERS = frozenset({"year", "citations"})
_LARGEST = 2**31
_BIBTEX = re.compile(r"[%{}\\\"@&#$_~^\t]")
_PERCENT = re.compile(r"%([0-9A-F]{2})")
_NUMBER = re.compile(r"[0-9]{1,10}")
_BROKEN = re.compile(r"[\\\n]|(?<= ) ")
_MENDED = re.compile(r"\\([\\ns])")
_ESCAPES = {"\n": "\\n", "\\": "\\\\", " ": "\\s"}  # Rayyan parts tags by several blanks
_ESCAPED = {escape[1]: character for character, escape in _ESCAPES.items()}

NAME = "Benang CSV"
BESIDE = ("stage", "verdict", "reason", "criterion", "note")
"""The columns that a list of a screening has beside the fields of its records."""
_FIELDS = frozenset({*FIELDS, *OWN, *BESIDE})
_PLACED = frozenset({"file", "place", "line", *BESIDE})  # known from the file that is read, or no fields
_INSTEAD = {"type": "other", "status": ""}


def own_line(name: str, value: Any) -> str:
    r"""Write one field as a line.

    Examples
    --------
    >>> print(own_line("author_ids", ("orcid:1", "", "orcid:2")), own_line("abstract", "a\nb"), own_line("year", None),
    ...       own_line("origins", {"author_keywords": "assigned"}), sep="\n")
    author_ids: orcid:1; ; orcid:2
    abstract: a\nb
    year:
    origins: author_keywords=assigned
    """
    if isinstance(value, Mapping):
        value = tuple(f"{field}={origin}" for field, origin in value.items())
    text = joined(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return f"{name}: {_BROKEN.sub(_escaped, text)}".rstrip()


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]


def own_values(lines: Iterable[str]) -> dict[str, Any]:
    r"""Return the fields that such lines hold; a line that is none of them is left out.

    Examples
    --------
    >>> own_values(["author_ids: orcid:1; ; orcid:2", "year: 2020", "status: gone", "hello"])
    {'author_ids': ('orcid:1', '', 'orcid:2'), 'year': 2020}
    """
    values: dict[str, Any] = {}
    for line in lines:
        name, colon, written = line.partition(":")
        if colon and name in OWN:
            text = _MENDED.sub(_unescaped, written.strip())
            if (value := _value(name, text)) is not None or (name in _NUMBERS and not text):
                values[name] = value
    return values


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED[match[1]]


def _value(name: str, text: str) -> Any:
    if name in LISTS:
        return parted(text, keep_empty=name in _ALIGNED)
    if name == "origins":
        return dict(one.split("=", 1) for one in parted(text) if "=" in one)
    if name in _NUMBERS:
        return int(text) if _NUMBER.fullmatch(text) and int(text) < _LARGEST else None
    if name in CLOSED_FIELDS:
        return text if text in CLOSED_FIELDS[name] else None
    return None if name == "key" and not text else text


def with_own_fields(record: Record, lines: Iterable[str]) -> Record:
    """Return the record with the fields that its own lines hold.

    Examples
    --------
    >>> with_own_fields(Record("a", title="Kota"), ["title: Kota; desa"]).title
    'Kota; desa'
    """
    values = own_values(lines)
    return replace(record, **values) if values else record


def percented(text: str) -> str:
    r"""Write a text so that BibTeX can hold it: what it would take for its own, as in web addresses.

    Examples
    --------
    >>> percented("a {b} 100 % & c"), unpercented("a %7Bb%7D 100 %25 %26 c")
    ('a %7Bb%7D 100 %25 %26 c', 'a {b} 100 % & c')
    """
    return _BIBTEX.sub(lambda match: f"%{ord(match[0]):02X}", text)


def unpercented(text: str) -> str:
    """Undo `percented`; lines that a program has wrapped are joined."""
    return _PERCENT.sub(lambda match: chr(int(match[1], 16)), " ".join(text.split()))


def json_value(name: str, given: Any) -> Any:
    """Return a value of JSON as its field holds it; None for what no field of this name can hold.

    Examples
    --------
    >>> values = {"authors": ["Sari, D.", 1], "year": "soon", "citations": 3, "status": "gone", "x": "y"}
    >>> [json_value(name, given) for name, given in values.items()]
    [('Sari, D.',), None, 3, None, None]
    """
    if name == "origins":
        return {key: one for key, one in given.items() if isinstance(one, str)} if isinstance(given, dict) else None
    if name in LISTS:
        return tuple([one for one in given if isinstance(one, str)]) if isinstance(given, list) else None
    if name in _NUMBERS:
        return given if type(given) is int and abs(given) < _LARGEST else None
    if name not in OWN or not isinstance(given, str):
        return None
    return given if given in CLOSED_FIELDS.get(name, (given,)) else None


def is_own_header(header: Sequence[str]) -> bool:
    """Recognise a header of Benang's own: names of `Record`'s fields, as they are, `key` among them, and no other.

    Lists of a screening have what was decided beside them (`BESIDE`).

    Examples
    --------
    >>> is_own_header(("key", "type", "title", "author_keywords")), is_own_header(("key", "title", "journal"))
    (True, False)
    """
    return "key" in header and "title" in header and len(set(header)) == len(header) and set(header) <= _FIELDS


def is_own_table(head: str) -> bool:
    """Recognise a table that Benang wrote."""
    return any(is_own_header(layout.header) for layout in layouts(head))


def own_record(
    source: Source, header: Sequence[str], place: int, line: int, cells: Sequence[str], remarks: Remarks
) -> Record:
    """Make a record of a row that Benang wrote: lists are parted, and what made cells harmless is undone."""
    values: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        if cell and name not in _PLACED:
            values[name] = _cell_value(name, plain(cell), place, remarks)
    origins = {**values.pop("origins", {}), **source.origins}
    values.setdefault("key", "")
    return Record(**values, file=source.name, place=place, line=line, origins=origins)


def _cell_value(name: str, text: str, place: int, remarks: Remarks) -> Any:
    if name in LISTS:
        return parted(text, keep_empty=name in _ALIGNED)
    if name == "origins":
        return dict(one.split("=", 1) for one in parted(text) if "=" in one)
    if name == "year":
        return year_of(place, [text], remarks)
    if name == "citations":
        if _NUMBER.fullmatch(text) and int(text) < _LARGEST:
            return int(text)
        remarks.odd(place, "citations", text, expected="a whole number", way_on="Kept without it.")
        return None
    if text not in CLOSED_FIELDS.get(name, (text,)):
        known = ", ".join(filter(None, CLOSED_FIELDS[name]))
        remarks.odd(place, name, text, expected=worded("one of: {names}", names=known), way_on="Kept without it.")
        return _INSTEAD[name]
    return text
