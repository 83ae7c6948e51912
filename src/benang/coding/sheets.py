"""Sheets of codings that people fill in, as Excel workbooks or CSV: their columns, and their rows as texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from benang.coding.program_tables import FORMS, TableForm, program_columns, report_table
from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import read_bytes
from benang.locale import Language
from benang.locale.writing import worded
from benang.readers.excel import is_workbook
from benang.readers.source import Source, shown
from benang.readers.table_rows import Layout, Row, RowCount, UnpairedError, bare, careful_rows, layouts, plain_rows
from benang.readers.workbooks_apart import sheets_apart
from benang.records.user_tables import plain

Column = Literal["record", "quote", "code", "case", "coder", "note", "stance", "scope", "place", "page", "result"]
"""What a column of a sheet may hold; `result` is what Benang answers."""

COLUMNS: tuple[Column, ...] = get_args(Column)
NEEDED: tuple[Column, ...] = ("record", "quote", "code")
"""The columns without which a sheet codes nothing."""

WORDS: Mapping[Column, tuple[str, str]] = {
    "record": ("record", "artikel"),
    "quote": ("quote", "kutipan"),
    "code": ("code", "kode"),
    "case": ("case", "kasus"),
    "coder": ("coder", "pengode"),
    "note": ("note", "catatan"),
    "stance": ("stance", "sikap"),
    "scope": ("scope", "cakupan"),
    "place": ("place", "tempat"),
    "page": ("page", "halaman"),
    "result": ("result", "hasil"),
}
"""How a column is headed in English and in Indonesian."""

VALUES: Mapping[str, tuple[str, ...]] = {
    "supports": ("supports", "mendukung"),
    "contradicts": ("contradicts", "membantah"),
    "mentions": ("mentions", "menyinggung", "menyebut"),
    "case": ("case", "kasus"),
    "group": ("group", "kelompok"),
}
"""How stances and scopes are written in English and in Indonesian, then other words that are read for them."""

_OTHER_WORDS: Mapping[str, Column] = {
    "article": "record", "document": "record", "key": "record", "paper": "record", "study": "record",
    "dokumen": "record", "kunci": "record", "rekaman": "record", "studi": "record",
    "passage": "quote", "quotation": "quote", "petikan": "quote",
    "reviewer": "coder", "penelaah": "coder", "peninjau": "coder",
    "comment": "note", "memo": "note", "notes": "note", "komentar": "note",
}  # fmt: skip
_BY_WORD: Mapping[str, Column] = {**_OTHER_WORDS, **{word: column for column, words in WORDS.items() for word in words}}
_NOTE_OR_RECORD = "catatan"  # Indonesian for a note, and what some programs call a record of a database
_HEADER_ROWS = 40
_LOCKS = ("~$", ".~lock.")
"""How the names of files begin by which Excel and LibreOffice mark that a sheet is open."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as its file has it: all rows as texts, the one of the header, and which column is where.

    `places` are the numbers of the rows in their file, from 1: rows of a workbook, lines of a CSV file. `unreadable`
    are rows whose cells can't be distinguished, with the reason, by their places. `name` is that of the sheet in its
    workbook, `delimiter` what parts the columns of a CSV file. `form` is that of another program's table, and `start`
    its column of positions, if there is one.
    """

    rows: tuple[tuple[str, ...], ...]
    places: tuple[int, ...]
    header: int
    columns: Mapping[Column, int]
    name: str = ""
    delimiter: str = ""
    unreadable: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    form: TableForm | None = None
    start: int | None = None

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings of columns that say nothing here."""
        read = {*self.columns.values(), self.start}
        return tuple(cell for at, cell in enumerate(self.rows[self.header]) if cell.strip() and at not in read)

    @property
    def language(self) -> Language:
        """The language of the header."""
        header = [bare(cell) for cell in self.rows[self.header]]
        return "id" if any(header[self.columns[name]] == WORDS[name][1] for name in ("quote", "code")) else "en"

    def cell(self, row: int, column: Column) -> str:
        """Return what a row has in a column, blanks around it left off; nothing where there is no such column."""
        at, cells = self.columns.get(column), self.rows[row]
        return cells[at].strip() if at is not None and at < len(cells) else ""

    def start_of(self, row: int) -> str:
        """Return the position that a row of another program's table says; nothing where there is none."""
        cells = self.rows[row]
        return cells[self.start].strip() if self.start is not None and self.start < len(cells) else ""


def word(column: Column, language: Language) -> str:
    """Return how a column is headed in a language."""
    return WORDS[column][language == "id"]


def value_word(value: str, language: Language) -> str:
    """Return how a stance or a scope is written in a language."""
    return VALUES[value][language == "id"]


def columns_of(header: Sequence[str]) -> dict[Column, int]:
    """Return which column is where, by the words of a header in either language, in any order.

    Examples
    --------
    >>> columns_of(["Kode", "Artikel", "Kutipan:", "Catatan"])
    {'code': 0, 'record': 1, 'quote': 2, 'note': 3}
    >>> columns_of(["catatan", "kutipan", "kode"])
    {'record': 0, 'quote': 1, 'code': 2}
    """
    words = [bare(cell).strip(" :*") for cell in header]
    names: list[Column | None] = [_BY_WORD.get(word) for word in words]
    if "record" not in names and _NOTE_OR_RECORD in words:
        names[words.index(_NOTE_OR_RECORD)] = "record"
    return {name: names.index(name) for name in dict.fromkeys(names) if name is not None}


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a header means: which column is where, and whose table it is, if another program's."""

    columns: Mapping[Column, int]
    form: TableForm | None = None
    start: int | None = None


def _meaning(header: Sequence[str]) -> _Meaning | None:
    """Return what a header means, as that of a sheet of Benang or of another program; None where it codes nothing.

    In a program's table, Benang's own columns count as well, such as one for cases that somebody has added.
    """
    own = columns_of(header)
    found = program_columns(header)
    is_own = all(one in own for one in NEEDED)
    if found is None or (is_own and len(own) >= len(found.columns)):
        return _Meaning(own) if is_own else None
    columns: dict[Column, int] = {name: at for name, at in found.columns.items() if name != "start"}
    taken = {*found.columns.values()}
    added = {name: at for name, at in own.items() if name not in columns and at not in taken}
    return _Meaning({**columns, **added}, found.form, found.columns.get("start"))


def read_sheet(path: Path) -> Sheet:
    """Read a sheet of codings: a workbook's first sheet whose header names its columns, or CSV of any kind.

    Tables that other programs export are read by their own columns (`program_tables`).

    Raises
    ------
    BenangError
        For a file that can't be read, with what helps where it is open elsewhere; for one without a header that names
        record, quote and code, with the columns that were found.
    """
    lock = next((mark for mark in _LOCKS if path.name.startswith(mark)), "")
    if lock:
        own = path.name.removeprefix(lock).removesuffix("#")
        way_on = worded("Name the sheet itself: '{own}'.", own=own)
        raise BenangError(Problem("this file only marks that a sheet is open", where=path.name, way_on=way_on))
    try:
        data = read_bytes(path)
    except BenangError as error:
        if not path.is_file():
            raise
        way_on = worded("If it is open in Excel or another program, save it there, close it, and try again.")
        raise BenangError(*(Problem(one.found, one.where, one.expected, way_on) for one in error.problems)) from None
    sheet = _of_workbook(data, path.name) if is_workbook(data[:4096].decode("latin-1")) else _of_csv(data, path.name)
    twice = [name for name in sheet.columns if not sheet.form and _times(sheet.rows[sheet.header], name) > 1]
    if twice:
        fault = worded(
            "the column '{english}' ('{indonesian}') appears twice",
            english=WORDS[twice[0]][0],
            indonesian=WORDS[twice[0]][1],
        )
        raise BenangError(Problem(fault, where=path.name, way_on="Give one of them another heading."))
    return sheet


def is_open_elsewhere(path: Path) -> bool:
    """Tell whether Excel or LibreOffice marks a file as open: what it doesn't hold yet, nobody else can read."""
    marks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return any(path.with_name(mark).exists() for mark in marks)


def _times(header: Sequence[str], column: Column) -> int:
    return sum(bare(cell).strip(" :*") in WORDS[column] for cell in header)


def _of_workbook(data: bytes, name: str) -> Sheet:
    headers: list[tuple[str, ...]] = []
    for title, cells in sheets_apart(data, where=name, merged=True):
        rows = tuple(tuple(plain(cell) for cell in row) for row in cells)
        for at, row in enumerate(rows[:_HEADER_ROWS]):
            meant, places = _meaning(row), tuple(range(1, len(rows) + 1))
            if meant is None and (report := report_table(rows, at)):
                rows = tuple(map(tuple, report))
                meant = _meaning(rows[at])
            if meant is not None:
                return Sheet(rows, places, at, meant.columns, title, form=meant.form, start=meant.start)
            headers.append(row)
    raise _no_header(headers, name)


def _of_csv(data: bytes, name: str) -> Sheet:
    text = decoded(data, where=name, way_on=worded("save the file as UTF-8"))
    source = Source(name, name, text.data)
    fitting = [(one, meant) for one in layouts(source.head) if (meant := _meaning(one.header)) is not None]
    if not fitting:
        raise _no_header([one.header for one in layouts(source.head)], name)
    layout, meant = max(fitting, key=lambda pair: len(pair[1].columns))
    read = _csv_rows(source, layout)
    rows = [layout.header, *(tuple(plain(cell) for cell in row.cells) for row in read)]
    unreadable = {row.line: row.reason for row in read if row.reason}
    places = (layout.skip + 1, *(row.line for row in read))
    return Sheet(
        tuple(rows), places, 0, meant.columns, "", layout.delimiter, unreadable, text.notes, meant.form, meant.start
    )


def _csv_rows(source: Source, layout: Layout) -> list[Row]:
    width = len(layout.header)
    try:
        return list(plain_rows(source, layout, RowCount(), lambda cells: len(cells) == width))
    except UnpairedError:
        return list(careful_rows(source, layout, lambda cells: len(cells) == width))


def _no_header(headers: Sequence[Sequence[str]], name: str) -> BenangError:
    """Say which columns are missing, beside those of the row that comes nearest to a header."""
    best = max(headers, key=lambda one: (len(columns_of(one)), sum(map(bool, one))), default=())
    there = [shown(cell) for cell in best if cell.strip()][:12]
    missing = [column for column in NEEDED if column not in columns_of(best)]
    lacking = ", ".join(f"'{WORDS[one][0]}' ('{WORDS[one][1]}')" for one in missing)
    fault = (
        worded("the columns {names}, and none called {lacking}", names=", ".join(there), lacking=lacking)
        if there
        else "a sheet without rows"
    )
    expected = "a row with the columns record, quote and code, and optionally case, coder and note"
    way_on = worded(
        "`benang code sheet` writes a sheet to fill in. Tables of coded passages from {programs} are read as they are.",
        programs=[form.program for form in FORMS],
    )
    return BenangError(Problem(fault, where=name, expected=expected, way_on=way_on))
