"""Where a table ends and another begins: a header that stands again, or one of another table, among the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from benang.readers.table_rows import bare

Fields = Mapping[int, str]
"""Which column, by its place, holds which field."""
_LONGEST_NAME = 40
_ENOUGH = 2
_YEAR_DIGITS = 4


def is_header_again(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Tell whether a row says what the header says, whatever the case and blanks.

    Examples
    --------
    >>> header = ("Title", "Year")
    >>> is_header_again(["title", "Year ", ""], header), is_header_again(["Title", "2019"], header)
    (True, False)
    """
    width = len(header)
    if len(cells) < width or any(cells[width:]):
        return False
    return all(bare(cell) == bare(name) for cell, name in zip(cells, header, strict=False))


def may_be_header(cells: Sequence[str], fields: Fields) -> bool:
    """Tell whether a row could be a header: its cells are short words, and no year stands where a year should.

    Examples
    --------
    >>> fields = {0: "title", 1: "year"}
    >>> may_be_header(["Judul", "Tahun"], fields), may_be_header(["Kota", "2019"], fields)
    (True, False)
    """
    for at, name in fields.items():
        if name == "year" and at < len(cells) and any(map(str.isdigit, cells[at])):
            return False
    filled = [cell for cell in cells if cell]
    words = (len(cell) <= _LONGEST_NAME and not any(map(str.isdigit, cell)) for cell in filled)
    return len(filled) >= _ENOUGH and all(words)


def unknown_header(cells: Sequence[str], fields: Fields) -> str:
    """Return why the rows below a row that could be a header can't be read; nothing where it may be a record.

    A word where a year should stand, behind an empty row, tells the header of another table.

    Examples
    --------
    >>> unknown_header(["Pasar", "Kota"], {0: "title", 1: "year"}).partition(".")[0]
    "it stands below another header, which is not known: 'Pasar', 'Kota'"
    >>> unknown_header(["Pasar", ""], {0: "title", 1: "year"})
    ''
    """
    year = next((at for at, name in fields.items() if name == "year"), None)
    if year is None or year >= len(cells) or not cells[year]:
        return ""
    names = ", ".join(f"'{cell}'" for cell in cells if cell)
    return f"it stands below another header, which is not known: {names}. Put that table into a file of its own."


def seems_record(cells: Sequence[str], fields: Fields) -> bool:
    """Tell whether a row above the header is a record, as where a table was sorted with its header in it.

    It has a title, a year of four digits where the year should stand, and a third value at least.

    Examples
    --------
    >>> fields = {0: "title", 1: "year", 2: "authors"}
    >>> seems_record(["Kota", "2019", "Umpama, A."], fields), seems_record(["Search", "2019", ""], fields)
    (True, False)
    """
    said = {name: cells[at].strip() for at, name in fields.items() if at < len(cells) and cells[at].strip()}
    year = said.get("year", "")
    return "title" in said and len(year) == _YEAR_DIGITS and year.isdigit() and len(said) > _ENOUGH


def blocks_of(header: Sequence[str], known: Callable[[Sequence[str]], object]) -> list[tuple[int, int]]:
    """Return where the tables of a sheet begin and end that stand side by side, with an empty column between.

    Where not every part of the header is one of a table, the whole is one table, empty columns in it or not.

    Examples
    --------
    >>> blocks_of(("Title", "Year", "", "Title", "Year"), lambda names: "Title" in names)
    [(0, 2), (3, 5)]
    >>> blocks_of(("Title", "Year", "", "Note"), lambda names: "Title" in names)
    [(0, 4)]
    """
    parts: list[tuple[int, int]] = []
    for at, name in enumerate(header):
        if name and parts and parts[-1][1] == at:
            parts[-1] = parts[-1][0], at + 1
        elif name:
            parts.append((at, at + 1))
    if len(parts) > 1 and all(known(header[first:last]) for first, last in parts):
        return parts
    return [(0, len(header))]
