r"""Fields that a form has no place for, or not exactly, in lines of Benang's own: `author_ids: orcid:…; ; scopus:…`.

Writers put them where other programs don't look (`XB` in RIS, `benang` in BibTeX and CSL-JSON), and they count for
more than the form's own fields when Benang reads the file again. A line is the name of a field of `Record`, a colon
and the value: lists as in `cells.joined`, line breaks as `\n`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, get_args

from benang.readers.cells import joined, parted, plain
from benang.readers.source import Remarks, Source
from benang.records.corpus import LISTS
from benang.records.record import Record, RecordStatus, RecordType

RIS_TAG = "XB"
"""The RIS tag of such lines; no other program uses it, and programs leave out tags that they don't know."""

OWN = tuple(f.name for f in fields(Record) if f.name not in {"file", "place", "line", "raw"})
"""The fields that such lines may hold. Where a record stands is known from the file itself."""

_ALIGNED = frozenset({"author_ids", "affiliation_ids"})
_NUMBERS = frozenset({"year", "citations"})
_CLOSED: Mapping[str, tuple[str, ...]] = {"type": get_args(RecordType), "status": get_args(RecordStatus)}
_NUMBER = re.compile(r"[0-9]{1,9}")
_BROKEN = re.compile(r"[\\\n]|(?<= ) ")
_MENDED = re.compile(r"\\([\\ns])")
_ESCAPES = {"\n": "\\n", "\\": "\\\\", " ": "\\s"}  # Rayyan parts tags by several blanks
_ESCAPED = {escape[1]: character for character, escape in _ESCAPES.items()}


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


def own_values(lines: Iterable[str]) -> dict[str, Any]:
    r"""Return the fields that such lines hold; a line that is none of them is left out.

    Examples
    --------
    >>> own_values(["author_ids: orcid:1; ; orcid:2", "year: 2020", "status: gone", "hello"])
    {'author_ids': ('orcid:1', '', 'orcid:2'), 'year': 2020}
    """
    found: dict[str, Any] = {}
    for line in lines:
        name, colon, written = line.partition(":")
        if colon and name in OWN:
            text = _MENDED.sub(_unescaped, written.strip())
            if (value := _value(name, text)) is not None or (name in _NUMBERS and not text):
                found[name] = value
    return found


def with_own_fields(record: Record, lines: Iterable[str]) -> Record:
    """Return the record with the fields that its own lines hold.

    Examples
    --------
    >>> with_own_fields(Record("a", title="Kota"), ["title: Kota; desa"]).title
    'Kota; desa'
    """
    found = own_values(lines)
    return replace(record, **found) if found else record


def _value(name: str, text: str) -> Any:
    if name in LISTS:
        return parted(text, keep_empty=name in _ALIGNED)
    if name == "origins":
        return dict(one.split("=", 1) for one in parted(text) if "=" in one)
    if name in _NUMBERS:
        return int(text) if _NUMBER.fullmatch(text) else None
    if name in _CLOSED:
        return text if text in _CLOSED[name] else None
    return None if name == "key" and not text else text


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES[match[0]]


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPED[match[1]]


def own_record(source: Source, place: int, line: int, cells: Mapping[str, str], remarks: Remarks) -> Record:
    r"""Make a record of a row of a table that Benang wrote: its columns are named as the fields.

    Examples
    --------
    >>> cells = {"title": "'=1+1", "authors": r"Sari, D.; Lee\; B", "year": "soon"}
    >>> remarks = Remarks()
    >>> record = own_record(Source("a.csv", "a.csv", b""), 1, 2, cells, remarks)
    >>> record.key, record.title, record.authors, record.year
    ('a.csv:1', '=1+1', ('Sari, D.', 'Lee; B'), None)
    >>> print(*remarks.notes())
    record 1, year: expected a value that fits this column, found 'soon'. Kept without it.
    """
    found: dict[str, Any] = {}
    for name, cell in cells.items():
        if name in OWN and cell:
            value = _value(name, plain(cell))
            if value is None:
                way_on = "Kept without it."
                remarks.odd(place, name, cell, expected="a value that fits this column", way_on=way_on)
            else:
                found[name] = value
    key = source.key(found.pop("key", ""), place)
    origins = {**source.origins, **found.pop("origins", {})}
    return Record(key, file=source.name, place=place, line=line, origins=origins, **found)
