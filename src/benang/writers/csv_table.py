"""CSV: a row a record, a column a field; read again exactly, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benang.readers.own_fields import OWN
from benang.records.record import Record
from benang.records.user_tables import joined, neutral
from benang.writers.texts import on_one_line

COLUMNS = OWN
"""The columns: the names of `Record`'s fields, in their order."""


def csv_texts(batches: Iterator[Sequence[Record]]) -> Iterator[str]:
    r"""Write records as CSV, some at a time: UTF-8 with a byte order mark, by which Excel knows it.

    Values of a list are parted by `; `. What a spreadsheet would take for a formula has an apostrophe before it.

    Examples
    --------
    >>> record = Record("a", title="=1+1", author_keywords=("kota", "seni; budaya"))
    >>> row = "".join(csv_texts(iter([[record]]))).splitlines()[1]
    >>> print(row)
    a,other,'=1+1,,,,,,,,,,,,,,kota; seni\; budaya,,,,,,,,,,,,,,,,,
    """
    yield "\ufeff" + _rows([COLUMNS])
    for batch in batches:
        yield _rows([cells_of(record) for record in batch])


def cells_of(record: Record) -> list[str]:
    """Return the cells of a record's row, one for each of `COLUMNS`; each on one line, so that a row is a line."""
    return [neutral(_cell(getattr(record, name))) for name in COLUMNS]


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return joined(map(on_one_line, value))
    if isinstance(value, Mapping):
        return joined(f"{name}={origin}" for name, origin in value.items())
    return "" if value is None else on_one_line(str(value))


def _rows(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
