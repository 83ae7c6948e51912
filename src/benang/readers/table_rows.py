"""The grammar of tables: delimiter, preamble, header, quotation marks; rows, also out of a file that was damaged."""

from __future__ import annotations

import csv
import io
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache

from benang.locale.writing import worded
from benang.readers import Source

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_FIELD = 2**31 - 1  # the csv module stops at 131,072 characters otherwise; lists of references are longer
_counting = threading.Lock()
_limits: list[int] = []
"""The limit of the csv module before anybody reads, and as it was for each who came while others read."""
_PREAMBLE = 40
"""Rows among which the header is looked for: databases put the search and the date above it."""
_FEWEST = 2
_SEPARATOR = "sep="
_SHOWN_LINES = 50
_LONGEST_NAME = 300  # letters of a header; an abstract is none


class UnpairedError(Exception):
    """The quotation marks of a table do not pair: its rows have to be separated with more care."""


@dataclass(frozen=True)
class Layout:
    """How a table is written: the mark between columns, the number of lines above the header, the header itself.

    `quoted` says whether quotation marks enclose values, `wrapped` whether one pair of them encloses each row.
    """

    delimiter: str
    skip: int
    header: tuple[str, ...]
    next_line: int
    quoted: bool = True
    wrapped: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the header, bare, without what is too long for a name."""
        return frozenset([bare(name) for name in self.header if len(name) <= _LONGEST_NAME])


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it begins, its cells, and, where it can't be separated from its neighbours, the reason.

    `after_blank` says that an empty row comes before it.
    """

    line: int
    cells: Sequence[str]
    reason: str = ""
    mended: bool = False
    after_blank: bool = False


def bare(name: str) -> str:
    """Return a header's name without regard to case, spaces and underscores.

    Examples
    --------
    >>> bare(" Publication_Year "), bare("Author(s) ID")
    ('publication year', 'author(s) id')
    """
    return " ".join(name.replace("_", " ").lower().split())


def plain_heading(heading: str) -> str:
    """Return a heading without regard to case, accents, underscores and the marks around it.

    Examples
    --------
    >>> plain_heading(" Código: "), plain_heading("Coverage %"), plain_heading("Modified_by")
    ('codigo', 'coverage %', 'modified by')
    """
    letters = unicodedata.normalize("NFKD", bare(heading).strip(" :*\ufeff"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=8)
def layouts(head: str) -> tuple[Layout, ...]:
    r"""Return every row near the top that could be a header, with each delimiter that could part its columns.

    Examples
    --------
    >>> [(one.delimiter, one.skip, one.header) for one in layouts("Search: x\n\nTitle;Year\nA;2020\n")]
    [(';', 2, ('Title', 'Year')), (';', 3, ('A', '2020'))]
    """
    return tuple([layout for delimiter in DELIMITERS for layout in _with(delimiter, head)])


def _with(delimiter: str, head: str) -> Iterator[Layout]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    begins = 0
    try:
        for _, cells in zip(range(_PREAMBLE), reader, strict=False):
            wrapped = len(cells) == 1 and delimiter in cells[0]
            inner = next(csv.reader([cells[0]], delimiter=delimiter), []) if wrapped else cells
            if len(inner) >= _FEWEST and not _names_separator(inner):
                header = _trimmed(inner)
                quoted = delimiter != "\t" or _is_quoted(head, len(header))
                yield Layout(delimiter, begins, header, reader.line_num, quoted, wrapped)
            begins = reader.line_num
    except csv.Error:
        return


def _names_separator(cells: Sequence[str]) -> bool:
    return cells[0][: len(_SEPARATOR)].lower() == _SEPARATOR and not any(cells[1:])


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _is_quoted(head: str, width: int) -> bool:
    """Tell whether a tab-delimited text was saved by a program that puts values in quotation marks.

    Databases write none, and a title may begin with one; what Excel saves has them around every value with a comma.
    """
    if '"' not in head:
        return True
    lines = head.split("\n")[:-1][:_SHOWN_LINES]
    plain = sum(line.count("\t") + 1 == width for line in lines if line)
    if plain < sum(map(bool, lines)) - _FEWEST:
        return True
    return any(_is_enclosed(cell) for line in lines for cell in line.split("\t"))


def _is_enclosed(cell: str) -> bool:
    inner = cell[1:-1]
    return cell[:1] == '"' == cell[-1:] and "," in inner and '"' not in inner.replace('""', "")


@dataclass(slots=True)
class RowCount:
    """Counts the records of a table by its line ends outside of quotation marks, apart from the csv module."""

    rows: int = 0
    open_quote: bool = False

    def over(self, lines: Iterable[str]) -> Iterator[str]:
        """Pass the lines on unchanged, counting the records."""
        for line in lines:
            blank = not self.open_quote and line == "\n"
            self.open_quote ^= bool(line.count('"') & 1)
            self.rows += not self.open_quote and not blank
            yield line


def plain_rows(
    source: Source, layout: Layout, count: RowCount, is_whole: Callable[[Sequence[str]], bool]
) -> Iterator[Row]:
    """Give the rows below the header of a table without faults.

    Raises
    ------
    UnpairedError
        Where quotation marks do not pair, or pair over a line that is a row by itself, as `is_whole` judges its cells:
        `careful_rows` reads such a file.
    """
    lines = source.lines()
    for _ in range(layout.next_line):
        next(lines, "")
    if not layout.quoted:
        yield from _unquoted(lines, layout, count)
        return
    line = layout.next_line + 1
    reader = csv.reader(count.over(lines), delimiter=layout.delimiter, strict=True)
    given, before, after_blank = 0, count.rows, False
    try:
        with long_fields():
            for cells in reader:
                next_line = layout.next_line + reader.line_num + 1
                if next_line - line > 1 and _swallows(cells, layout, is_whole):
                    raise UnpairedError
                if cells:
                    given += 1
                    yield Row(line, cells, after_blank=after_blank)
                after_blank = not any(cells)
                line = next_line
    except csv.Error as error:
        raise UnpairedError from error
    if count.open_quote or count.rows - before != given:
        raise UnpairedError


def _swallows(cells: Sequence[str], layout: Layout, is_whole: Callable[[Sequence[str]], bool]) -> bool:
    """Tell whether a line within a value is a whole row, as where each of two rows has a stray quotation mark."""
    width = len(layout.header)
    for cell in cells:
        for line in cell.split("\n")[1:-1] if cell.count(layout.delimiter) >= width - 1 and "\n" in cell else ():
            if line.count(layout.delimiter) >= width - 1:
                inner = cells_of(line, layout.delimiter)
                if len(inner) == width and is_whole(inner):
                    return True
    return False


def _unquoted(lines: Iterable[str], layout: Layout, count: RowCount) -> Iterator[Row]:
    after_blank = False
    for number, line in enumerate(lines, layout.next_line + 1):
        text = line.removesuffix("\n")
        if text:
            count.rows += 1
            yield Row(number, text.split(layout.delimiter), after_blank=after_blank)
        after_blank = not text or text.isspace()


@contextmanager
def long_fields() -> Iterator[None]:
    """Let the csv module read fields of any length in here, and also while other threads read tables of their own.

    Its limit is one for all threads: who comes first raises it, and who goes last puts it back.
    """
    with _counting:
        _limits.append(csv.field_size_limit(_LONGEST_FIELD))
    try:
        yield
    finally:
        with _counting:
            csv.field_size_limit(_limits.pop())


def careful_rows(source: Source, layout: Layout, is_whole: Callable[[Sequence[str]], bool]) -> Iterator[Row]:
    """Give the rows of a table whose quotation marks do not pair, as far as they can be separated.

    A quotation mark within a value that neither ends it nor is doubled counts as text; where the columns do not come
    out so, the row is taken as Python's csv module takes it. Where a value does not end, the
    row goes on until a line that is a whole row by itself, as `is_whole` judges its cells; from there on, reading goes
    on. Each line is looked at twice at most.
    """
    lines = source.data.decode("utf-8", "replace").split("\n")
    width, delimiter = len(layout.header), layout.delimiter

    def stands_alone(at: int) -> bool:
        inside, stray = _scan(lines[at], delimiter, inside=False)
        if inside or stray or lines[at].count(delimiter) + 1 < width:
            return False
        cells = cells_of(lines[at], delimiter)
        return len(cells) == width and is_whole(cells)

    at = layout.next_line
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        inside, stray = _scan(lines[at], delimiter, inside=False)
        end = at + 1
        while inside and end < len(lines) and not stands_alone(end):
            inside, odd = _scan(lines[end], delimiter, inside=True)
            stray |= odd
            end += 1
        if not inside:
            cells = _cells_for("\n".join(lines[at:end]), delimiter, width)
            doubtful = stray and end > at + 1 and not is_whole(cells)
            reason = _unended(at + 1, end, is_last=False) if doubtful else ""
            yield Row(at + 1, cells, reason, mended=stray, after_blank=at > layout.next_line and not lines[at - 1])
            at = end
            continue
        cells = cells_of(lines[at], delimiter)
        was_cut = at + 1 == len(lines) > layout.next_line + 1  # the last line, without a line end
        if len(cells) == width and is_whole(cells) and not was_cut:
            yield Row(at + 1, cells, mended=True)
            at += 1
        else:
            yield Row(at + 1, (), _unended(at + 1, end, is_last=end >= len(lines)))
            at = end


def _cells_for(text: str, delimiter: str, width: int) -> Sequence[str]:
    """Take one row apart; in another way where that alone gives the number of columns.

    The mark before the one that ends a value may be text that nobody doubled, or the row as the csv module takes it.
    """
    cells = cells_of(text, delimiter)
    if len(cells) == width:
        return cells
    if len(others := cells_of(text, delimiter, last_is_text=True)) == width:
        return others
    try:
        with long_fields():
            rows = list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    except csv.Error:
        return cells
    return rows[0] if len(rows) == 1 and len(rows[0]) == width else cells


def _unended(first: int, last: int, *, is_last: bool) -> str:
    if is_last:
        return worded("the file ends inside a quoted value: it was cut off here")
    lines = f"{first}–{last}" if last > first else first
    return worded("a quotation mark is not closed, so the columns of line {lines} can't be told apart", lines=lines)


def _scan(line: str, delimiter: str, *, inside: bool) -> tuple[bool, bool]:
    """Follow the quotation marks through a line: whether it ends within a value, and whether one was out of place."""
    if '"' not in line:
        return inside, False
    at, stray = 0, False
    while True:
        if not inside:
            if not line.startswith('"', at):
                at = line.find(delimiter, at) + 1
                if not at:
                    return False, stray
                continue
            at += 1
        close, odd = _closing(line, at, delimiter)
        stray |= odd
        if close < 0 or close + 1 == len(line):
            return close < 0, stray
        inside, at = False, close + 2


def cells_of(text: str, delimiter: str, *, last_is_text: bool = False) -> list[str]:
    r"""Take one row apart; a quotation mark that neither begins nor ends a value is text, one without partner too.

    Examples
    --------
    >>> cells_of('"The "red" thread",2020,"a, b"', ","), cells_of('"On "red threads"",2020', ",")
    (['The "red" thread', '2020', 'a, b'], ['On "red threads"', '2020'])
    >>> cells_of('"no end,2020', ",")
    ['"no end', '2020']
    """
    cells: list[str] = []
    at, hopeful = 0, True
    while True:
        if hopeful and text.startswith('"', at):
            end, _ = _closing(text, at + 1, delimiter, opened=last_is_text)
            if end >= 0:
                cells.append(text[at + 1 : end].replace('""', '"'))
                if end + 1 >= len(text):
                    return cells
                at = end + 2
                continue
            hopeful = False
        end = text.find(delimiter, at)
        if end < 0:
            cells.append(text[at:])
            return cells
        cells.append(text[at:end])
        at = end + 1


def _closing(text: str, at: int, delimiter: str, *, opened: bool = False) -> tuple[int, bool]:
    """Return the place of the mark that ends a value, -1 for none, and whether one before it was out of place.

    A mark that is neither doubled nor at the end of the value opens a quotation within it, and the next one closes it.
    """
    stray = False
    while True:
        quote = text.find('"', at)
        if quote < 0 or quote + 1 == len(text) or text[quote + 1] == delimiter:
            return quote, stray
        if text[quote + 1] != '"':
            stray, opened, at = True, not opened, quote + 1
        elif opened and text[quote + 2 : quote + 3] in ("", delimiter):
            return quote + 1, stray
        else:
            at = quote + 2
