"""CSV and Excel: a row a record, a column a field; read again exactly, and harmless in a spreadsheet.

In a workbook every cell is a text, and the bytes are the same each time.
"""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxFileError, XlsxWriterException

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers.own_fields import OWN
from benang.records.record import Record
from benang.records.user_tables import joined, neutral
from benang.unfinished import temporary_folder
from benang.writers.texts import Remarks, on_one_line

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
    cut = cell.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore")
    return cut.removeprefix("'").rstrip()
