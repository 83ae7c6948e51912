"""Excel: the columns of the CSV in a workbook, every cell a text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from benang.errors import BenangError, Problem
from benang.readers.own_fields import OWN
from benang.records.corpus import LISTS
from benang.records.record import Record
from benang.writers.csv_table import COLUMNS, cells_of
from benang.writers.texts import Said

CARRIED = OWN
"""The fields that come back exactly when the file is read again, unless one is longer than a cell may be."""

MOST_CHARACTERS = 32_767
"""What a cell of Excel holds; its documentation, "Excel specifications and limits"."""
MOST_ROWS = 1_048_576
_MADE = datetime.datetime(2000, 1, 1)
"""Workbooks tell when they were made; a fixed day keeps the bytes the same."""
_WIDTHS = {"title": 60, "abstract": 60, "authors": 30, "source": 30, "year": 6}
_USUAL_WIDTH = 14


def write_excel(batches: Iterator[Sequence[Record]], path: Path, said: Said) -> None:
    """Write records as a workbook with one sheet; what is longer than a cell may be is cut, and that is said.

    Raises
    ------
    BenangError
        Where there are more records than a sheet has rows.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), {**options, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet("records")
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(COLUMNS):
            sheet.set_column(at, at, _WIDTHS.get(name, _USUAL_WIDTH))
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, name)
        row = 0
        for batch in batches:
            for record in batch:
                row += 1
                if row >= MOST_ROWS:
                    found = f"more than {MOST_ROWS - 1:,} records, which is all that a sheet of Excel holds"
                    raise BenangError(
                        Problem(found, where=str(path), way_on="Write them as .csv or as a corpus folder.")
                    )
                for at, cell in enumerate(cells_of(record)):
                    if cell:
                        sheet.write_string(row, at, _fitting(cell, COLUMNS[at], said))


def _fitting(cell: str, name: str, said: Said) -> str:
    """Cut what is too long for a cell; a list at the end of a whole value."""
    if _units(cell) <= MOST_CHARACTERS:
        return cell
    said.count(f"Excel holds {MOST_CHARACTERS:,} characters in a cell: {name} was cut there")
    cut = cell[:MOST_CHARACTERS]
    while _units(cut) > MOST_CHARACTERS:
        cut = cut[: MOST_CHARACTERS - (_units(cut) - len(cut))]
    whole = cut.rfind("; ")
    while whole > 0 and cut[whole - 1] == "\\":
        whole = cut.rfind("; ", 0, whole)
    return cut[:whole] if name in LISTS and whole > 0 else cut


def _units(text: str) -> int:
    """Count as Excel does, in units of UTF-16."""
    return len(text) if text.isascii() or max(text) < "\U00010000" else len(text.encode("utf-16-le")) // 2
