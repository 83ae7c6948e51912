"""Sheets of codings as they are given out: workbooks with drop-downs and the codes explained, or CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from benang.coding.sheets import Column
from benang.files import replacing
from benang.locale import Language, translator
from benang.records.user_tables import csv_text
from benang.writers.spreadsheets import MOST_CHARACTERS, new_workbook

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
