"""Text tables with tab, semicolon or comma between the columns: the grammar of several forms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from benang.errors import BenangError, Problem
from benang.map_files.file import File
from benang.readers.table_rows import long_fields
from benang.records.user_tables import neutral, plain

DELIMITERS = "\t;,"

Row = tuple[int, list[str]]
"""A line number and the fields that begin on it."""


_FOR_SPREADSHEETS = (".csv", ".tsv")


def rows_in(file: File) -> Iterator[Row]:
    """Go through the rows of a file's table, without those that are blank, as `rows_of` does.

    In a file that a spreadsheet opens by its name, what `line_of` puts before formulas is taken off.
    """
    rows = rows_of(file.text, file.name)
    if not file.name.lower().endswith(_FOR_SPREADSHEETS):
        return rows
    return ((line, [plain(field) for field in fields]) for line, fields in rows)


def rows_of(text: str, where: str) -> Iterator[Row]:
    """Go through the rows of a table, without those that are blank.

    Raises
    ------
    BenangError
        For lines that are no table.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    line = 1
    try:
        with long_fields():
            for fields in reader:
                if any(field.strip() for field in fields):
                    yield line, fields
                line = reader.line_num + 1
    except csv.Error as error:
        raise BenangError(
            Problem(
                f"lines that are no table (line {line}: {error})",
                where=where,
                expected="a table with tabs, semicolons or commas between the columns",
                way_on="Perhaps the file was cut off, or a quotation mark stands alone: a label that holds one is "
                'written in quotation marks, with every mark in it doubled ("the ""new"" city").',
            )
        ) from None


def first_row(text: str) -> list[str]:
    r"""Return the fields of the first row, stripped; none where there is no row or it can't be read.

    Examples
    --------
    >>> first_row("\n\nid;label;x;y\n1;a;0;0\n")
    ['id', 'label', 'x', 'y']
    """
    try:
        return [field.strip() for field in next(rows_of(text, ""), (0, []))[1]]
    except BenangError:
        return []


def delimiter_of(text: str) -> str:
    """Find the delimiter that the first line has most of outside quotation marks; the tab before others."""
    found = re.search(r"[^\r\n]*\S[^\r\n]*", text)
    bare = re.sub(r'"[^"]*"', "", found[0] if found else "")
    return max(DELIMITERS, key=lambda mark: (bare.count(mark) > 0, mark == "\t", bare.count(mark)))


def line_of(fields: Iterable[str], delimiter: str, *, for_spreadsheets: bool = False) -> str:
    r"""Write a row; VOSviewer asks for quotation marks around a field that holds any delimiter, whichever is used.

    `for_spreadsheets`, a field that would be taken for a formula has an apostrophe before it. VOSviewer's own files go
    without: it shows every character of a label.

    Examples
    --------
    >>> line_of(["1", "kota, desa", 'the "new" city'], ";")
    '1;"kota, desa";"the ""new"" city"\n'
    >>> line_of(["=1+1", "-0.5"], ",", for_spreadsheets=True)
    "'=1+1,-0.5\n"
    """
    if for_spreadsheets:
        fields = map(neutral, fields)
    return delimiter.join(map(_quoted, fields)) + "\n"


def duplicates(names: Sequence[object], header: Sequence[str], where: str) -> list[Problem]:
    """Say which columns are there twice."""
    return [
        Problem(f"the column '{header[at]}' a second time", where=f"{where}, line 1", expected="every column once")
        for at, name in enumerate(names)
        if name in names[:at]
    ]


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if re.search(r'[\t;,"\r\n]', value) else value
