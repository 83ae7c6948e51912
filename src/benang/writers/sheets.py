"""Tables as sheets of a workbook: to be read, filtered and printed as they come; numbers are numbers, texts are texts.

The bytes are the same each time.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from benang.records.user_tables import neutral
from benang.writers.spreadsheets import MOST_CHARACTERS, MOST_ROWS, new_workbook, units_of
from benang.writers.texts import without_controls

WRITTEN_WITH = importlib.metadata.version("xlsxwriter")
"""The bytes of a workbook depend on it."""
Shade = Literal["for", "against", "both", "none"]
"""What a coloured cell shows: something, its opposite, both of them, or that there is none."""
Value = str | int | float | None
_SHADES: Mapping[Shade, Mapping[str, object]] = {
    "for": {"bg_color": "#CFE3F2"},
    "against": {"bg_color": "#F8D9C4"},
    "both": {"bg_color": "#E6DDF0"},
    "none": {"font_color": "#9A9A9A"},
}
_HEAD = {
    "bold": True,
    "bg_color": "#E8EEF2",
    "text_wrap": True,
    "valign": "bottom",
    "border": 1,
    "border_color": "#C9D3DA",
}
_TURNED_HEIGHT = 170
"""Points of a row of headings that run upwards: three lines of a label of some thirty letters each."""
_A4 = 9
_LETTERS_OF_A_PAGE = 255
"""Widths of columns that are printed on a page at most: more would be too small to be read."""
_MOST_OF_A_NAME = 31
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table: its heading, its width in letters, and how many decimals its numbers have.

    A heading that is turned runs upwards, so that a column of small numbers can be narrow.
    """

    title: str
    width: int = 12
    decimals: int = 0
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its values, the shade of each cell that has one, by column, and its relation to other rows.

    Rows that are below belong to the last row above that isn't, and can be folded into it: their first cell repeats
    that row's. A row that is strong is bold.
    """

    values: Sequence[Value]
    shades: Mapping[int, Shade] | None = None
    is_below: bool = False
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own.

    `bands` are headings over several columns each, with the number of columns, from the column `n_fixed` on, which
    stays in sight with those before it. `totals` and `notes` are below the rows, and are not sorted or filtered with
    them.
    """

    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[SheetRow]
    n_fixed: int = 1
    bands: Sequence[tuple[str, int]] = ()
    totals: Sequence[SheetRow] = ()
    notes: Sequence[str] = ()


def write_sheets(sheets: Iterable[Sheet], path: Path) -> None:
    """Write tables as a workbook, ready to be read, filtered and printed.

    Headings stay in sight, rows can be filtered, long texts break into lines, and a page is as wide as the table.
    Texts are texts, whatever they begin with; what is longer than a cell may be is cut.

    Raises
    ------
    OSError, BenangError
        As `new_workbook`.
    """
    with new_workbook(path) as book:
        formats: dict[tuple[object, ...], Format] = {}

        def styled(**properties: object) -> Format:
            key = tuple(properties.items())
            return formats.setdefault(key, formats.get(key) or book.add_format(properties))

        names: set[str] = set()
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(sheet.name, names)), sheet, styled)


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes, and that no other sheet of the workbook has."""
    plain = " ".join(without_controls(name).translate(_NOT_IN_A_NAME).split()) or "-"
    short, n = plain[:_MOST_OF_A_NAME].strip(), 1
    while short.casefold() in taken:
        n += 1
        short = f"{plain[: _MOST_OF_A_NAME - 4].strip()} {n}"
    taken.add(short.casefold())
    return short


_Styled = Callable[..., Format]


def _write_sheet(page: Worksheet, sheet: Sheet, styled: _Styled) -> None:
    head = 1 if sheet.bands else 0
    at = sheet.n_fixed
    for title, n in sheet.bands:
        band = styled(**_HEAD | {"align": "center", "valign": "vcenter"})
        if n > 1:
            page.merge_range(0, at, 0, at + n - 1, _fitting_cell(title), band)
        else:
            page.write_string(0, at, _fitting_cell(title), band)
        at += n
    turned = any(column.is_turned for column in sheet.columns)
    page.set_row(head, _TURNED_HEIGHT if turned else None)
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(
            head, at, _fitting_cell(column.title), styled(**_HEAD | ({"rotation": 90} if column.is_turned else {}))
        )
    rows = sheet.rows[: MOST_ROWS - head - len(sheet.notes) - 4]
    for at, row in enumerate(rows, head + 1):
        _write_row(page, at, row, sheet.columns, styled)
    last = head + len(rows)
    if rows:
        page.autofilter(head, 0, last, len(sheet.columns) - 1)
    for row in sheet.totals:
        last += 1
        _write_row(page, last, row, sheet.columns, styled)
    for at, note in enumerate(sheet.notes, last + 2):
        page.write_string(at, 0, _fitting_cell(note), styled(italic=True))
    page.freeze_panes(head + 1, sheet.n_fixed)
    _set_page(page, sheet, head)


def _write_row(page: Worksheet, at: int, row: SheetRow, columns: Sequence[SheetColumn], styled: _Styled) -> None:
    if row.is_below:
        page.set_row(at, None, None, {"level": 1})
    for place, (value, column) in enumerate(zip(row.values, columns, strict=True)):
        look: dict[str, object] = {"valign": "top", **({"bold": True, "top": 1} if row.is_strong else {})}
        if row.shades and place in row.shades:
            look |= _SHADES[row.shades[place]]
        if row.is_below and not place:
            look |= _SHADES["none"]
        if isinstance(value, str):
            page.write_string(
                at,
                place,
                _fitting_cell(value),
                styled(**look | {"text_wrap": True} | ({"align": "left", "indent": 1} if place else {})),
            )
        elif value is None:
            if len(look) > 1:
                page.write_blank(at, place, None, styled(**look))
        else:
            form = "0" if isinstance(value, int) else f"0.{'0' * column.decimals}"
            place_of = {"align": "center"} if column.is_turned else {}
            page.write_number(at, place, value, styled(**look | place_of | {"num_format": form}))


def _fitting_cell(value: str) -> str:
    """Return a text as a cell can hold it."""
    text = neutral(without_controls(value))
    if units_of(text) <= MOST_CHARACTERS:
        return text
    return text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _set_page(page: Worksheet, sheet: Sheet, head: int) -> None:
    """Print a table across, as wide as the page or several of them, with its headings and labels on every page."""
    page.outline_settings(True, False, True, False)  # a row is above what is folded into it
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.fit_to_pages(-(-sum(column.width for column in sheet.columns) // _LETTERS_OF_A_PAGE), 0)
    page.repeat_rows(0, head)
    page.repeat_columns(0, sheet.n_fixed - 1)
    page.set_footer("&L&A&R&P / &N")
