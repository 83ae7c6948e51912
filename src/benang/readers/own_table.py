"""Benang's own tables: a column for each field of a record, written and read without loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from benang.readers.own_fields import OWN
from benang.readers.source import Remarks, Source
from benang.readers.table_rows import layouts
from benang.readers.values import year_of
from benang.records.corpus import FIELDS, LISTS
from benang.records.record import Record, RecordStatus, RecordType
from benang.records.user_tables import parted, plain

NAME = "Benang CSV"
_FIELDS = frozenset({*FIELDS, *OWN})
_PLACED = frozenset({"file", "place", "line"})  # where a record stands is told by the file that is read
_ALIGNED = frozenset({"author_ids", "affiliation_ids"})
_CLOSED = {"type": (get_args(RecordType), "other"), "status": (get_args(RecordStatus), "")}
_LARGEST_COUNT = 2**31 - 1


def is_own_header(header: Sequence[str]) -> bool:
    """Tell a header of Benang's own: names of `Record`'s fields, as they are, `key` among them, and no other.

    Examples
    --------
    >>> is_own_header(("key", "type", "title", "author_keywords")), is_own_header(("key", "title", "journal"))
    (True, False)
    """
    return "key" in header and "title" in header and len(set(header)) == len(header) and set(header) <= _FIELDS


def is_own_table(head: str) -> bool:
    """Tell a table that Benang wrote."""
    return any(is_own_header(layout.header) for layout in layouts(head))


def own_record(
    source: Source, header: Sequence[str], place: int, line: int, cells: Sequence[str], remarks: Remarks
) -> Record:
    """Make a record of a row that Benang wrote: lists are parted, and what made cells harmless is undone."""
    made: dict[str, Any] = {}
    for name, cell in zip(header, cells, strict=True):
        if cell and name not in _PLACED:
            made[name] = _value(name, plain(cell), place, remarks)
    origins = {**made.pop("origins", {}), **source.origins}
    made.setdefault("key", "")
    return Record(**made, file=source.name, place=place, line=line, origins=origins)


def _value(name: str, text: str, place: int, remarks: Remarks) -> Any:
    if name in LISTS:
        return parted(text, keep_empty=name in _ALIGNED)
    if name == "origins":
        return dict(one.split("=", 1) for one in parted(text) if "=" in one)
    if name == "year":
        return year_of(place, [text], remarks)
    if name == "citations":
        if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= _LARGEST_COUNT:
            return int(text)
        remarks.odd(place, "citations", text, expected="a whole number", way_on="Kept without it.")
        return None
    if name in _CLOSED and text not in _CLOSED[name][0]:
        known, instead = _CLOSED[name]
        remarks.odd(place, name, text, expected=f"one of: {', '.join(filter(None, known))}", way_on="Kept without it.")
        return instead
    return text
