"""Tables for spreadsheets: records as CSV and Excel, read again exactly; and sheets to be read, filtered and printed.

Of records, a row is one, a column a field, and every cell is a text that is harmless in a spreadsheet. In sheets,
numbers are numbers and texts are texts. The bytes of a workbook are the same each time.
"""

from __future__ import annotations

import contextlib
import csv
import datetime
import importlib.metadata
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError, XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers.own_fields import OWN
from benang.records.record import Record
from benang.records.user_tables import joined, neutral
from benang.unfinished import temporary_folder
from benang.writers.reference_files import Remarks, on_one_line, without_controls

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_CREATED = datetime.datetime(2000, 1, 1)
"""Workbooks say when they were made; a fixed day keeps the bytes the same."""
_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds; its documentation, "Excel specifications and limits"."""
MOST_ROWS = 1_048_576
_WIDTHS = {"title": 60, "abstract": 60, "authors": 30, "source": 30, "year": 6}
_USUAL_WIDTH = 14
_ALIGNED = (("authors", "author_ids"), ("affiliations", "affiliation_ids"))

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
_Styled = Callable[..., Format]


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
    yield "\ufeff" + _rows([OWN])
    for batch in batches:
        yield _rows([cells_of(record) for record in batch])


def _rows(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def cells_of(record: Record) -> list[str]:
    """Return the cells of a record's row, one for each of `OWN`; each on one line, so that a row is a line."""
    return [neutral(_cell(getattr(record, name))) for name in OWN]


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return joined(map(on_one_line, value))
    if isinstance(value, Mapping):
        return joined(f"{name}={origin}" for name, origin in value.items())
    return "" if value is None else on_one_line(str(value))


@contextmanager
def new_workbook(path: Path, *, row_by_row: bool = False) -> Iterator[Workbook]:
    """Give a workbook to fill, and write it to a path at the end; texts in it stay texts.

    With `row_by_row`, rows go to a temporary file as they come, and must come in order.

    Raises
    ------
    OSError
        Where the file can't be written.
    BenangError
        Where the system's temporary folder can't be, in which the sheets are put together.
    """
    with temporary_folder() as room, _Target(path) as file:
        book = Workbook(file, {**_TEXT, "constant_memory": row_by_row, "tmpdir": room})
        book.set_properties({"created": _CREATED})
        try:
            yield book
            book.close()
        except BaseException as error:
            with contextlib.suppress(OSError, XlsxWriterException):
                book.close()
            if isinstance(error, XlsxFileError | OSError):
                raise _no_room(error) from None
            raise
        if file.failure:
            raise file.failure


class _Target(io.FileIO):
    """A file that keeps its first failure to be raised later: the zip that writes to it would try once more, loudly."""

    def __init__(self, path: Path) -> None:
        self.failure: OSError | None = None
        super().__init__(path, "wb")

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place; nowhere, once the file is closed."""
        return 0 if self.closed else super().seek(offset, whence)

    def tell(self) -> int:
        """Return the place; the beginning, once the file is closed."""
        return 0 if self.closed else super().tell()

    def flush(self) -> None:
        """Do nothing: no bytes wait here."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write all of the data, or nothing more once something could not be written or the file is closed."""
        rest = memoryview(data).cast("B")
        n_bytes = len(rest)
        while rest and not self.failure and not self.closed:
            try:
                rest = rest[super().write(rest) :]
            except OSError as error:
                self.failure = error
        return n_bytes


def _no_room(error: Exception) -> BenangError:
    cause = error.args[0] if isinstance(error, XlsxFileError) and error.args else error
    return BenangError(
        Problem(
            worded("can't write temporary files here ({reason})", reason=getattr(cause, "strerror", None) or cause),
            where=tempfile.gettempdir(),
            way_on="Free some space there, or name another folder in the environment variable TMPDIR (TEMP on "
            "Windows).",
        )
    )


def write_excel(batches: Iterator[Sequence[Record]], path: Path, remarks: Remarks) -> None:
    """Write records as a workbook with one sheet; texts too long for a cell are cut, and a remark counts them.

    Raises
    ------
    BenangError
        Where there are more records than a sheet has rows.
    """
    with new_workbook(path, row_by_row=True) as book:
        sheet = book.add_worksheet("records")
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(OWN):
            sheet.set_column(at, at, _WIDTHS.get(name, _USUAL_WIDTH))
        for at, name in enumerate(OWN):
            sheet.write_string(0, at, name)
        row = 0
        for batch in batches:
            for record in batch:
                row += 1
                if row >= MOST_ROWS:
                    problem = worded(
                        "more than {value:,} records, the most that an Excel sheet can hold", value=MOST_ROWS - 1
                    )
                    raise BenangError(
                        Problem(problem, where=str(path), way_on="Write them as .csv or as a corpus folder.")
                    )
                for at, cell in enumerate(cells_of(_fitting(record, remarks))):
                    if cell:
                        sheet.write_string(row, at, cell)


def _fitting(record: Record, remarks: Remarks) -> Record:
    """Cut what is too long for a cell: a list at the end of a whole value, a list beside it at the same place."""
    cells = dict(zip(OWN, cells_of(record), strict=True))
    changed: dict[str, Any] = {}
    for name, cell in cells.items():
        if units_of(cell) > MOST_CHARACTERS:
            remarks.count("Excel allows {n:,} characters in a cell: {name} was shortened", n=MOST_CHARACTERS, name=name)
            value = getattr(record, name)
            changed[name] = value[: _holding(value)] if isinstance(value, tuple) else _cut(cell)
    for name, beside in _ALIGNED:
        if name in changed or beside in changed:
            n = min(len(changed.get(one, getattr(record, one))) for one in (name, beside) if getattr(record, one))
            changed |= {one: getattr(record, one)[:n] for one in (name, beside)}
    return replace(record, **changed) if changed else record


def units_of(text: str) -> int:
    """Count as Excel does, in units of UTF-16."""
    return len(text) if text.isascii() or max(text) < "\U00010000" else len(text.encode("utf-16-le")) // 2


def _holding(values: Sequence[str]) -> int:
    """Return how many values fit into a cell."""
    size = 1  # an apostrophe
    for at, value in enumerate(values):
        size += units_of(joined([value])) + 2
        if size - 2 > MOST_CHARACTERS:
            return at
    return len(values)


def _cut(cell: str) -> str:
    return _beginning(cell).removeprefix("'").rstrip()


def _beginning(text: str) -> str:
    """Return as much of a text as leaves one character of a cell free."""
    return text.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table: its heading, its width in letters, and how many decimals its numbers have.

    A heading that is turned runs upwards, so that a column of small numbers can be narrow. `choices` are what a
    drop-down offers: words, or the cells of another sheet (`=reasons!$A$2:$A$9`); other words can be typed too.
    """

    title: str
    width: int = 12
    decimals: int = 0
    is_turned: bool = False
    choices: Sequence[str] | str = ()


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
    for at, column in enumerate(sheet.columns):
        if rows and column.choices:
            offered = {"validate": "list", "source": column.choices, "show_error": False}
            page.data_validation(head + 1, at, last, at, offered)
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
    return text if units_of(text) <= MOST_CHARACTERS else f"{_beginning(text)}…"


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
