"""Sheets of codings that people fill in, as Excel workbooks or CSV: their columns, their rows as texts, drop-downs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from benang.coding.program_tables import FORMS, NEEDED, TableForm, program_columns, report_table
from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import read_bytes, replacing
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.readers import Source, shown
from benang.readers.excel import is_workbook
from benang.readers.table_rows import Layout, Row, RowCount, UnpairedError, bare, careful_rows, layouts, plain_rows
from benang.readers.workbooks_apart import sheets_apart
from benang.records.user_tables import csv_text, plain
from benang.writers.spreadsheets import MOST_CHARACTERS, new_workbook

Column = Literal["record", "quote", "code", "case", "coder", "note", "stance", "scope", "place", "page", "result"]
"""What a column of a sheet may hold; `result` is what Benang answers."""

COLUMNS: tuple[Column, ...] = get_args(Column)

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


MOST_OF_AN_ENTRY = 120
"""Characters of an entry of a drop-down: what is longer fits on no screen."""
PARTED = " – "
"""What separates an id from its label in an entry of a drop-down."""

_WIDTHS: Mapping[Column, int] = {
    "record": 30, "quote": 70, "code": 30, "case": 24, "coder": 12, "note": 36, "stance": 13, "scope": 9, "place": 8,
    "page": 8, "result": 60,
}  # fmt: skip
_USUAL_WIDTH = 18
_FREE_ROWS = 2_000
"""Rows below the filled ones that have drop-downs as well."""
_INK, _PAPER, _LINE = "#1F3A4D", "#E8EEF2", "#C9D3DA"
_GOOD, _QUIET, _BAD = "#E2F0E4", "#EFEFEF", "#FBE4DF"
_TEXT = "@"  # Excel's format of texts: a code 01 stays what it is


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code as the second sheet explains it; a heading or a group has a `title` and nothing else."""

    title: str = ""
    code: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the drop-downs of a sheet offer, by column, and the codes explained."""

    lists: Mapping[Column, Sequence[str]]
    codes: Sequence[CodeRow] = ()


@dataclass(frozen=True, slots=True)
class SheetContent:
    """Rows of a sheet to be written: the header among them, which column is where, and the tones of answers.

    `tones` are by the number of a row in `rows`: `good`, `quiet` or `bad`.
    """

    rows: Sequence[Sequence[str]]
    header: int
    columns: Mapping[Column, int]
    tones: Mapping[int, str]


def entry(name: str, label: str) -> str:
    """Return an entry of a drop-down: an id, and the label beside it where it says more.

    Examples
    --------
    >>> entry("rent", "Rising rent"), entry("rent", "Rent")
    ('rent – Rising rent', 'rent')
    """
    if label.casefold() in ("", name.casefold()):
        return name
    text = f"{name}{PARTED}{' '.join(label.split())}"
    return text if len(text) <= MOST_OF_AN_ENTRY else text[: MOST_OF_AN_ENTRY - 1].rstrip() + "…"


def write_sheet_file(
    path: Path, sheet: SheetContent, choices: Choices, language: Language, *, delimiter: str = ""
) -> None:
    """Write a sheet, as the suffix of its path says; see `write_workbook` and `write_csv`."""
    with replacing(path) as (temporary,):
        write_into(temporary, path.suffix, sheet, choices, language, delimiter=delimiter)


def write_into(
    path: Path, suffix: str, sheet: SheetContent, choices: Choices, language: Language, *, delimiter: str = ""
) -> None:
    """Write a sheet to a place that is not yet its own; `suffix` is that of the file that it becomes.

    `.xlsx` is a workbook, all else CSV.

    CSV is UTF-8 with a byte order mark, and where no delimiter is given its columns are parted as Excel expects it
    where the language is spoken: by semicolons in Indonesia. What Excel would take for a formula stays a text.
    """
    if suffix.lower() == ".xlsx":
        _write_workbook(path, sheet, choices, language)
    else:
        parted = delimiter or (";" if language == "id" else ",")
        text = csv_text(sheet.rows[0], sheet.rows[1:], delimiter=parted)
        path.write_bytes(("\ufeff" + text).encode("utf-8"))


def _write_workbook(path: Path, sheet: SheetContent, choices: Choices, language: Language) -> None:
    _ = translator(language)
    with new_workbook(path) as book:
        page = book.add_worksheet(_("codings"))
        _write_rows(book, page, sheet)
        _write_codes(book, choices.codes, language)
        lists = book.add_worksheet(_("lists"))
        lists.hide()
        for at, (column, entries) in enumerate(choices.lists.items()):
            lists.write_column(0, at, entries)
            if column in sheet.columns and entries:
                name = xl_col_to_name(at)
                source = f"='{_('lists')}'!${name}$1:${name}${len(entries)}"
                _offer(page, sheet, column, source)
        page.activate()


def _offer(page: Worksheet, sheet: SheetContent, column: Column, source: str) -> None:
    """Give the cells of a column a drop-down; what is typed beside it is taken too, an id without its label say."""
    at = sheet.columns[column]
    last = len(sheet.rows) + _FREE_ROWS
    page.data_validation(
        sheet.header + 1,
        at,
        last,
        at,
        {"validate": "list", "source": source, "show_error": False},
    )


def _write_rows(book: Workbook, page: Worksheet, sheet: SheetContent) -> None:
    shape = {"text_wrap": True, "valign": "top", "num_format": _TEXT}
    body, head = book.add_format(shape), _head(book)
    tones = {
        tone: book.add_format({**shape, "bg_color": colour, "border": 1, "border_color": _LINE})
        for tone, colour in (("good", _GOOD), ("quiet", _QUIET), ("bad", _BAD))
    }
    names = {at: column for column, at in sheet.columns.items()}
    for at in range(max(map(len, sheet.rows))):
        page.set_column(at, at, _WIDTHS[names[at]] if at in names else _USUAL_WIDTH, body)
    for number, row in enumerate(sheet.rows):
        tone = tones.get(sheet.tones.get(number, ""))
        for at, cell in enumerate(row):
            answer = tone if names.get(at) == "result" else None
            form = head if number == sheet.header else answer or body
            if cell or form is not body:
                page.write_string(number, at, cell[:MOST_CHARACTERS], form)
    page.set_row(sheet.header, 24)
    page.freeze_panes(sheet.header + 1, 0)
    page.autofilter(sheet.header, 0, max(len(sheet.rows) - 1, sheet.header + 1), len(sheet.rows[sheet.header]) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(sheet.header)


def _head(book: Workbook) -> Format:
    return book.add_format(
        {"bold": True, "font_color": "white", "bg_color": _INK, "valign": "vcenter", "num_format": _TEXT}
    )


def _write_codes(book: Workbook, codes: Sequence[CodeRow], language: Language) -> None:
    """Write the sheet that explains the codes, under the titles of their groups and headings."""
    _ = translator(language)
    page = book.add_worksheet(_("codes and definitions"))
    head, body = _head(book), book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
    title = book.add_format({"bold": True, "bg_color": _PAPER, "font_color": _INK})
    named = [(_("Code"), 34), (_("Definition"), 52), (_("Include"), 38), (_("Exclude"), 38), (_("Example"), 44)]
    for at, (name, width) in enumerate(named):
        page.set_column(at, at, width)
        page.write_string(0, at, name, head)
    page.set_row(0, 24)
    for number, code in enumerate(codes, 1):
        cells = (code.title or code.code, code.definition, code.include, code.exclude, code.example)
        for at, cell in enumerate(cells):
            form = title if code.title else body if at else bold
            if cell or code.title:
                page.write_string(number, at, cell[:MOST_CHARACTERS], form)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
