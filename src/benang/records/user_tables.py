"""Tables that people open, fill in and give back: CSV that no spreadsheet takes for formulas, and its rows again.

Every cell that a spreadsheet may open goes through `neutral`, whatever table it is in, and through `plain` when
Benang reads it again. What Benang writes into CSV and Excel comes back exactly: `joined` and `parted` are each other's
inverse, so are `neutral` and `plain`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import Input, read_bytes, sha256
from benang.locale.writing import worded

# What a spreadsheet takes for the beginning of a formula, in full width too (OWASP, "CSV injection").
_BEGINS = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA = re.compile(f"'*{_BEGINS}")
_NEUTRAL = re.compile(f"'+{_BEGINS}")
_NUMBER = re.compile(r"[+-](?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MARKS = re.compile(r"\\[\\;]|;")
_ESCAPED = re.compile(r"\\([\\;])")
_SPECIAL = re.compile(r"[\\;]")

DELIMITERS = "\t;,"
"""What may part columns; the first of these that the first line has does."""


def joined(values: Iterable[str]) -> str:
    r"""Join values into one text with `; ` between them; a semicolon within a value becomes `\;`, a backslash `\\`.

    Examples
    --------
    >>> print(joined(["kota kembar", "seni; budaya", r"a\b"]))
    kota kembar; seni\; budaya; a\\b
    """
    return "; ".join(_SPECIAL.sub(r"\\\g<0>", value) if "\\" in value or ";" in value else value for value in values)


def parted(text: str, *, keep_empty: bool = False) -> tuple[str, ...]:
    r"""Split a text at the semicolons that no backslash precedes.

    `keep_empty` keeps places without a value, for lists that go with another one (`author_ids`).

    Examples
    --------
    >>> parted(r"kota kembar; seni\; budaya; a\\b"), parted("; orcid:1;", keep_empty=True), parted("")
    (('kota kembar', 'seni; budaya', 'a\\b'), ('', 'orcid:1', ''), ())
    """
    if "\\" in text:
        pieces = [_ESCAPED.sub(r"\1", piece.strip()) for piece in _pieces(text)]
    else:
        pieces = list(map(str.strip, text.split(";")))
    return tuple(pieces if keep_empty and any(pieces) else filter(None, pieces))


def _pieces(text: str) -> Iterable[str]:
    start = 0
    for mark in _MARKS.finditer(text):
        if mark[0] == ";":
            yield text[start : mark.start()]
            start = mark.end()
    yield text[start:]


def neutral(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula, and before one that has it already.

    A number with its sign is no formula, and stays a number.

    Examples
    --------
    >>> neutral("=1+1"), neutral("-5 °C"), neutral("'=x"), neutral("'t Hooft"), neutral("a=b"), neutral("-0.5")
    ("'=1+1", "'-5 °C", "''=x", "'t Hooft", 'a=b', '-0.5')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def plain(cell: str) -> str:
    """Undo `neutral`.

    Examples
    --------
    >>> [plain(neutral(text)) for text in ("=1+1", "'=x", "'t Hooft", "a")]
    ['=1+1', "'=x", "'t Hooft", 'a']
    """
    return cell[1:] if _NEUTRAL.match(cell) else cell


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    """Write a table as CSV, with LF line ends; None is an empty cell.

    A text that a spreadsheet would take for a formula has an apostrophe before it (see `neutral`).

    Examples
    --------
    >>> print(csv_text(["code", "cases"], [["a, b", 2], ["=1+1", None]]))
    code,cases
    "a, b",2
    '=1+1,
    <BLANKLINE>
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    for row in chain([header], rows):
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class UserTable:
    """The rows of a table that hold something, each with the line that it begins on, without blanks around cells.

    What `csv_text` puts before formulas is taken off. `notes` tell an encoding that was guessed; `sha256` is that of
    the file's bytes.
    """

    rows: tuple[tuple[int, list[str]], ...]
    sha256: str
    notes: tuple[str, ...] = ()


def read_user_table(path: Input, *, way_on: str, where: str = "", remark: str = "") -> UserTable:
    r"""Read a table that a person made, in whatever encoding a spreadsheet or VOSviewer saved it.

    Parameters
    ----------
    path
        The file; `where` is what messages call it, where this is not its path.
    way_on, remark
        As in `table_rows`.

    Raises
    ------
    BenangError
        For a file that can't be read or is no text, and as `table_rows`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "thesaurus.txt"
    >>> _ = path.write_bytes("label\treplace by\nMendonça\tMendonca\n".encode("utf-16"))
    >>> read_user_table(path, way_on="").rows
    ((1, ['label', 'replace by']), (2, ['Mendonça', 'Mendonca']))
    """
    data, name = read_bytes(path), where or str(path)
    text = decoded(data, where=name, way_on="save the file as UTF-8")
    rows = table_rows(text.data.decode(), where=name, way_on=way_on, remark=remark)
    cells = tuple((line, [plain(cell.strip()) for cell in row]) for line, row in rows)
    return UserTable(cells, sha256(data), text.notes)


def read_columns(path: Input, *names: str) -> list[tuple[int, tuple[str, ...]]]:
    r"""Read the named columns of a table that a person made, in this order; each row with the line that it begins on.

    Capitals in the first line don't matter. A row that ends before a column has an empty cell there.

    Raises
    ------
    BenangError
        For a table whose first line lacks one of the columns, and as `read_user_table`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> path = Path(tempfile.mkdtemp()) / "groups.csv"
    >>> _ = path.write_text("Group,Record\ncity,a1\n")
    >>> read_columns(path, "record", "group")
    [(2, ('a1', 'city'))]
    """
    rows = read_user_table(path, way_on="Close the quotation mark, or leave it out.").rows
    header = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    if any(name not in header for name in names):
        message = worded("the columns {names}", names=", ".join(header)) if header else "an empty table"
        expected = worded("a first line with the columns {names}", names=list(names))
        raise BenangError(Problem(message, where=str(path), expected=expected))
    places = [header.index(name) for name in names]
    return [(line, tuple(cells[at].strip() if at < len(cells) else "" for at in places)) for line, cells in rows[1:]]


def table_rows(text: str, *, where: str, way_on: str, remark: str = "") -> Iterator[tuple[int, list[str]]]:
    r"""Give the rows of a table that hold something, each with the line that it begins on.

    Parameters
    ----------
    text
        The table; tabs, semicolons or commas part its columns.
    where, way_on
        The name of the file, and what helps where a line is no row: for the message.
    remark
        What remarks begin with: such lines are passed over.

    Raises
    ------
    BenangError
        For a quotation mark that is opened and not closed, or closed within a cell.

    Examples
    --------
    >>> list(table_rows("# of mine\nlabel;replace by\n\n'Kota';\n", where="t.csv", way_on="", remark="#"))
    [(2, ['label', 'replace by']), (4, ["'Kota'", ''])]
    """
    lines = ["\n" if remark and line.startswith(remark) else line for line in io.StringIO(text, newline="")]
    head = next((line for line in lines if line.strip()), "")
    delimiter = next((mark for mark in DELIMITERS if mark in head), "\t")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problem = Problem(
            worded("a line that is not a table row ({error})", error=error),
            where=worded("{file}, line {line}", file=where, line=line),
            way_on=way_on,
        )
        raise BenangError(problem) from None
