"""Workbooks (.xlsx, .xls, .xlsb, .ods): every table on their sheets with a header that is known → records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from benang.errors import BenangError, Problem
from benang.locale.writing import as_worded, worded
from benang.readers import Reading, Remarks, Source, shown
from benang.readers.csv_exports import reading_of
from benang.readers.plain_columns import TABLE_NAME, Kind, further, kind_of, mapped_kind, place_of
from benang.readers.plain_table import Columns, columns_as, unknown_columns, unknown_table
from benang.readers.table_rows import Layout, Row
from benang.readers.unfit_rows import blocks_of, is_header_again, may_be_header, seems_record
from benang.readers.workbooks_apart import Sheet, sheets_apart
from benang.records.record import Record, SetAside

_ZIP, _OLD = "PK\x03\x04", "\xd0\xcf\x11\xe0"
_HEADER_ROWS = 40
_LOOKED_AT = 100
"""Rows by whose values columns are recognised."""
_NAMED = 30
"""Sheets that a note names."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table on a sheet: the row of its header, the header, what it means, the column in which it begins.

    A table that is `narrow` has others beside it, so that its rows end with its header.
    """

    sheet: int
    name: str
    rows: Sequence[Sequence[str]]
    start: int
    header: tuple[str, ...]
    kind: Kind
    first: int = 0
    narrow: bool = False

    def cells(self, at: int) -> list[str]:
        """Return the cells of a row, by its number."""
        last = self.first + len(self.header) if self.narrow else None
        return list(self.rows[at][self.first : last])


Meant = Callable[[bool, Sequence[str], Sequence[Sequence[str]]], Kind | None]
"""Returns what a header means, of the last sheet or of another, with rows below it."""


def is_workbook(head: str) -> bool:
    """Recognise a workbook by its first bytes: a zip file with sheets in it, or the container of old Excel files."""
    if head.startswith(_OLD):
        return True
    return head.startswith(_ZIP) and ("xl/" in head or "[Content_Types].xml" in head or "opendocument" in head)


def read_workbook(source: Source) -> Reading:
    """Read the tables of a workbook whose header is known: a database's, Benang's own, or plain names.

    They may be on several sheets, below one another, or side by side with an empty column between.
    Numbers and dates come out as they'd be written, `2021` and `2021-03-12`. `source.columns` maps columns as for
    `read_plain_table`; then that is followed, whatever the header.

    Raises
    ------
    BenangError
        For a workbook that is broken, protected with a password, or has no sheet with a header that is known.
    """
    if source.columns:
        return read_plain_workbook(source)
    return _read(source, lambda _, header, rows: kind_of(header, rows))


def read_plain_workbook(source: Source) -> Reading:
    """Read a sheet of a workbook as `source.columns` says.

    Raises
    ------
    BenangError
        For a workbook that can't be read, a field that records don't have, a column that isn't there.
    """
    wanted = [name for one in source.columns.values() if not (name := str(one)).strip().isdecimal()]

    def mapped(is_last: bool, header: Sequence[str], _: Sequence[Sequence[str]]) -> Kind | None:
        if not is_last and all(place_of(name, header) is None for name in wanted):
            return None
        return mapped_kind(header, source.columns, where=source.name)

    return _read(source, mapped)


def workbook_columns(source: Source) -> Columns | None:
    """Return the columns of the first table of a workbook that is of no known database or tool; None for another.

    Raises
    ------
    BenangError
        For a workbook that can't be read.
    """

    def mapped(_: bool, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Kind | None:
        try:
            return mapped_kind(header, source.columns, where=source.name) if source.columns else kind_of(header, rows)
        except BenangError:
            return None

    sheets = sheets_apart(source.data, where=source.name)
    for _, rows in sheets:
        if location := _header(rows, mapped):
            at, header, kind = location
            return columns_as(header, _below(rows, at), kind, is_known=True) if kind.name == TABLE_NAME else None
    for _, rows in sheets:
        for at, row in enumerate(rows[:_HEADER_ROWS]):
            header = _trimmed(row)
            if len(header) > 1:
                return unknown_columns(header, _below(rows, at))
    return None


def _read(source: Source, meant: Meant) -> Reading:
    sheets = sheets_apart(source.data, where=source.name)
    tables = _known(source, sheets, meant)
    remarks = Remarks()
    for note in dict.fromkeys(note for table in tables for note in table.kind.notes_for(source)):
        remarks.say(note)
    _tell_sheets(sheets, tables, remarks)
    records: list[Record] = []
    aside: list[SetAside] = []
    for table in tables:
        reading = _read_table(source, table, remarks, len(records) + len(aside))
        records += reading.records
        aside += [replace(one, reason=_on_sheet(table, tables, one.reason)) for one in reading.set_aside]
    notes = remarks.notes()
    return Reading(len(records) + len(aside), tuple(records), tuple(aside), notes, format=_named(tables[0].kind.name))


def _read_table(source: Source, table: _Table, remarks: Remarks, before: int) -> Reading:
    layout = Layout("\t", table.start, table.header, table.start + 1)
    rows = [*_rows_above(table), *_rows(table)]
    return reading_of(
        rows, layout, table.kind.fields, table.kind.maker(source), remarks, partial(further, source), before
    )


def _tell_sheets(sheets: Sequence[Sheet], tables: Sequence[_Table], remarks: Remarks) -> None:
    read = list(dict.fromkeys(table.sheet for table in tables))
    seen = set(read)
    names = [shown(name) for name, _ in sheets]
    others = [name for at, name in enumerate(names) if at not in seen]
    if len(read) > 1:
        what = worded("The sheets {names} were read", names=_listed([names[at] for at in read]))
    else:
        what = worded("The sheet {name} was read", name=names[read[0]])
    if others:
        remarks.say(worded("{what}; other sheets were not read: {others}.", what=what, others=_listed(others)))
    elif len(read) > 1:
        remarks.say(worded("{what}.", what=what))


def _listed(names: Sequence[str]) -> str:
    few = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return worded("{names} and {n:,} more", names=few, n=more) if more > 0 else few


def _on_sheet(table: _Table, tables: Sequence[_Table], reason: str) -> str:
    if all(one.sheet == table.sheet for one in tables):
        return reason
    return worded("sheet {sheet}: {reason}", sheet=shown(table.name), reason=as_worded(reason))


def _known(source: Source, sheets: Sequence[Sheet], meant: Meant) -> list[_Table]:
    """Return the tables whose header is known: those of all sheets, but of the first one where the user maps columns.

    Tables are side by side where a header has an empty column between parts that are known each for itself.
    """
    tables: list[_Table] = []
    for at, (name, rows) in enumerate(sheets):
        if (location := _header(rows, meant)) and not (source.columns and tables):
            start, header, kind = location
            blocks = blocks_of(header, lambda names: not source.columns and meant(False, names, ()))
            for first, last in blocks:
                cells = header[first:last]
                own = meant(False, cells, _below(rows, start, first)) if len(blocks) > 1 else kind
                tables.append(_Table(at, name, rows, start, cells, own or kind, first, len(blocks) > 1))
    if tables:
        return tables
    at, start, header, kind = _mapped(source, sheets, meant)
    return [_Table(at, sheets[at][0], sheets[at][1], start, header, kind)]


def _mapped(source: Source, sheets: Sequence[Sheet], meant: Meant) -> tuple[int, int, tuple[str, ...], Kind]:
    """Return the first sheet with a header of any kind: its number, the header's row, the header, its meaning."""
    for at, (_, rows) in enumerate(sheets):
        for start, row in enumerate(rows[:_HEADER_ROWS]):
            header = _trimmed(row)
            if len(header) > 1 or (header and source.columns):
                kind = meant(True, header, ()) if source.columns else None
                if kind is None:
                    raise unknown_table(source, header, _below(rows, start))
                return at, start, header, kind
    raise BenangError(Problem("a workbook without a table", where=source.name))


def _named(name: str) -> str:
    base = name.removesuffix(" CSV").removesuffix(" table")
    return "Excel table" if base == "table" else f"{base.removesuffix(' Excel')} Excel"


def _header(rows: Sequence[Sequence[str]], meant: Meant) -> tuple[int, tuple[str, ...], Kind] | None:
    """Return the first header that is known: a further one begins a further table."""
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        header = _trimmed(row)
        kind = meant(False, header, ()) and meant(False, header, _below(rows, at)) if len(header) > 1 else None
        if kind:
            return at, header, kind
    return None


def _below(rows: Sequence[Sequence[str]], at: int, first: int = 0) -> list[list[str]]:
    return [list(row[first:]) for row in rows[at + 1 : at + 1 + _LOOKED_AT]]


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _rows(table: _Table) -> Iterator[Row]:
    """Give the rows below a header, without the captions of further tables."""
    after_blank = False
    for at in range(table.start + 1, len(table.rows)):
        cells = table.cells(at)
        filled = sum(map(bool, cells))
        if filled > 1 or (filled and not _is_caption(table, at)):
            yield Row(at + 1, cells, after_blank=after_blank)
        after_blank = not filled


def _is_caption(table: _Table, at: int) -> bool:
    """Tell whether a row is a lone cell above the header of a further table."""
    following = next((cells for below in range(at + 1, len(table.rows)) if any(cells := table.cells(below))), [])
    return is_header_again(following, table.header) or (
        may_be_header(following, table.kind.fields) and kind_of(_trimmed(following)) is not None
    )


def _rows_above(table: _Table) -> Iterator[Row]:
    for at in range(table.start):
        cells = table.cells(at)
        if seems_record(cells, table.kind.fields):
            yield Row(at + 1, cells)
