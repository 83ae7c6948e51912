"""Sheets as people save them, and what stands in those that come back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from benang.readers.workbooks_apart import sheets_apart
from benang.writers.spreadsheets import new_workbook

HEAD = ["record", "quote", "code", "case", "coder", "note"]
DOUBLED = ["sari2018", "rent of a stall doubled within a year", "rent", "muara", "ani", "the clearest one"]
GATES = ["sari2018", "the municipal administration closed two gates", "Slow permits", "muara", "ani", ""]
CROWDS = ["lestari2019", "Visitors filled every lane", "permits", "bukit", "budi", ""]
TWICE = ["sari2018", "prices rose", "rent", "muara", "ani", ""]
NOWHERE = ["lestari2019", "Rain washed the harbour road away four times", "rent", "bukit", "ani", ""]


def csv_sheet(path: Path, *rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """Write rows as CSV, and return the path."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def excel_sheet(path: Path, *sheets: tuple[str, Sequence[Sequence[str | float]]]) -> Path:
    """Write a workbook of sheets, each a name and its rows, and return the path."""
    with new_workbook(path) as book:
        for name, rows in sheets:
            page = book.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return path


def rows_in(path: Path) -> list[list[str]]:
    """Return the rows of a sheet that was written: of a workbook, those of its first sheet."""
    if path.suffix == ".xlsx":
        return sheets_apart(path.read_bytes(), where=path.name)[0][1]
    text = path.read_text(encoding="utf-8-sig")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))
