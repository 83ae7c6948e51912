"""Any table: its columns named by the user, or recognised by their headers and by what they hold.

A table of which neither says enough is shown as it would be read, with the way to name its columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from benang.errors import BenangError, Problem
from benang.locale.writing import joined, worded
from benang.readers import Reading, Remarks, Source, shown
from benang.readers.csv_exports import read_rows
from benang.readers.own_fields import is_own_header, is_own_table
from benang.readers.plain_columns import (
    MAPPED,
    TABLE_NAME,
    Kind,
    columns_option,
    further,
    guessed_kind,
    is_plain,
    kind_of,
    mapped_kind,
    place_of,
)
from benang.readers.table_columns import IDENTIFIERS
from benang.readers.table_forms import found_table
from benang.readers.table_rows import Layout, bare, layouts
from benang.records.record import Record

_ENOUGH = 2
_OTHER_FORMS = re.compile(r"\s*(?:[<{\[@%]|[A-Z][A-Z0-9]{1,3} {0,2}- |FN |PT [A-Z]\b|PMID-)")
_LONGEST_NAME = 80
_CHECKED = 6
_LOOKED_AT = 100
"""Rows by whose values columns are recognised."""
_MAY_BE_CUT = 16_384
"""Characters from which the text is perhaps the beginning of a file only."""

_ROWS = 3
_LONGEST_CELL = 300
_HEADERS = 40
_TO_FILL = (("title", "HEADER"), ("authors", "HEADER"), ("year", "HEADER"))


def is_table(head: str) -> bool:
    """Recognise a table of no other form: its columns have plain names, or the rows have as many as the header."""
    if _OTHER_FORMS.match(head) or found_table(head) or is_own_table(head):
        return False
    return _plain_layout(head) is not None or _regular(head) is not None


def read_any_table(source: Source) -> Reading:
    """Read a table that no other form knows, by plain names or by the user's mapping.

    Raises
    ------
    BenangError
        Where neither is there: the message shows rows as they would be read, and the option that says so.
    """
    if source.columns:
        return read_plain_table(source)
    if plain := _plain_layout(source.head):
        return _read(source, *plain)
    layout = _regular(source.head)
    raise unknown_table(source, layout.header if layout else (), _first_rows(source.head, layout) if layout else ())


def read_own_table(source: Source) -> Reading:
    """Read a table that Benang wrote.

    Raises
    ------
    BenangError
        Where the header is not Benang's.
    """
    for layout in layouts(source.head):
        if is_own_header(layout.header) and (kind := kind_of(layout.header)):
            return _read(source, layout, kind)
    raise BenangError(Problem("no header of a table written by Benang", where=source.name))


def read_plain_table(source: Source) -> Reading:
    r"""Read a table as `source.columns` says: `{"title": "Judul", "authors": "Penulis", "year": "3"}`.

    Columns are named by their header, without regard to case, or by their number from 1. Lists in a cell are parted at
    line breaks, `;` or `|`, keywords also at commas; authors also at `/`, `and`, `dan`, `&` …, and at commas that are
    not those of `Family, Given`.

    Raises
    ------
    BenangError
        For a field that records don't have, and a column that isn't there; with the header that was found.

    Examples
    --------
    >>> columns = {"title": "Judul", "authors": "Penulis", "year": "3"}
    >>> source = Source("a.csv", "a.csv", b"Judul;Penulis;Th.\nKota kembar;Dewi Sari, Bora Lee;2020\n", columns=columns)
    >>> record = read_plain_table(source).records[0]
    >>> record.title, record.authors, record.year
    ('Kota kembar', ('Dewi Sari', 'Bora Lee'), 2020)
    """
    layout = _mapped_layout(layouts(source.head), source.columns)
    if layout is None:
        begins = next((line for line in source.head.split("\n") if line.strip()), "")
        problem = worded("no columns; the file begins with {text}", text=shown(begins))
        raise BenangError(Problem(problem, where=source.name, expected="a table with a header"))
    return _read(source, layout, mapped_kind(layout.header, source.columns, where=source.name))


@dataclass(frozen=True, slots=True)
class Columns:
    """A table as its columns are confirmed: its header, its first rows, and which column is read as which field.

    `fields` are by the number of the column, from 0; `is_known` says that they need no confirming.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    fields: Mapping[int, str]
    is_known: bool = False

    def mapping(self, fields: Mapping[int, str]) -> dict[str, str]:
        """Return what a plan says of columns: by field the header of the column, or its number where that says more."""
        return {field: self.header[at] if is_plain(self.header, at) else str(at + 1) for at, field in fields.items()}


def columns_of(source: Source) -> Columns | None:
    r"""Return the columns of a table of no known database or tool as they are read, or would be; None for another text.

    Examples
    --------
    >>> table = columns_of(Source("a.csv", "a.csv", b"Naslov;Leto\nKota kembar;2020\nPasar;2021\n"))
    >>> table.header, table.rows[0], table.fields, table.is_known
    (('Naslov', 'Leto'), ('Kota kembar', '2020'), {1: 'year'}, False)
    """
    if source.columns and (layout := _mapped_layout(layouts(source.head), source.columns)):
        kind = mapped_kind(layout.header, source.columns, where=source.name)
        return columns_as(layout.header, _first_rows(source.head, layout), kind, is_known=True)
    if plain := _plain_layout(source.head):
        return columns_as(plain[0].header, _first_rows(source.head, plain[0]), plain[1], is_known=True)
    regular = _regular(source.head)
    return unknown_columns(regular.header, _first_rows(source.head, regular)) if regular else None


def unknown_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns of a table as they are guessed; None where its first row is a record and no header."""
    return None if _is_record(header, rows) else columns_as(header, rows, guessed_kind(header, rows), is_known=False)


def columns_as(header: Sequence[str], rows: Sequence[Sequence[str]], kind: Kind | None, *, is_known: bool) -> Columns:
    """Return the columns of a table with a few rows, as a header means them."""
    fields = {at: field for field, name in kind.mapping if (at := place_of(name, header)) is not None} if kind else {}
    shown_rows = tuple(tuple(cell[:_LONGEST_CELL] for cell in row[: len(header)]) for row in rows[:_ROWS])
    return Columns(tuple(header), shown_rows, dict(sorted(fields.items())), is_known)


def _mapped_layout(choices: Sequence[Layout], mapping: Mapping[str, str]) -> Layout | None:
    """Return the first row that has the most of the columns that the user names."""

    def has(layout: Layout) -> tuple[int, int]:
        names = [bare(name) for name in layout.header]
        headers = [wanted for one in mapping.values() if not (wanted := str(one)).strip().isdecimal()]
        named = sum(bare(wanted) in names for wanted in headers)  # a running number is no header
        return named, sum(place_of(str(wanted), layout.header) is not None for wanted in mapping.values())

    return max(choices, key=lambda one: (*has(one), -one.skip), default=None)


def unknown_table(source: Source, header: Sequence[str], rows: Sequence[Sequence[str]]) -> BenangError:
    """Say that a table's columns have to be named: what was guessed, rows as they would be read, the option to give."""
    names = ", ".join(f"'{name}'" for name in header[:_HEADERS])
    problem = worded(
        "a table whose headers do not say what its columns contain: {names}", names=names or worded("none")
    )
    if _is_record(header, rows):
        way_on = "The first row looks like a record. Put a row of headers above it: title, authors, year and so on."
        return BenangError(Problem(problem, where=source.name, way_on=way_on))
    kind = guessed_kind(header, rows)
    if kind is None:
        way_on = worded(
            "Say which column holds what, by its header or its number:\n  {option}",
            option=columns_option(source.name, _TO_FILL),
        )
        return BenangError(Problem(problem, where=source.name, way_on=joined([way_on, _fields()], "\n")))
    has_title = any(field == "title" for field, _ in kind.mapping)
    mapping = kind.mapping if has_title else (("title", "HEADER"), *kind.mapping)
    option = (
        "If this is right, add this option; otherwise change it (the same can be in review.toml, under "
        "[sources.columns]):"
        if has_title
        else "Replace HEADER with the name of the column that holds the titles (the same can be in review.toml, under "
        "[sources.columns]):"
    )
    way_on = joined(
        (
            worded("Judging by headers and values, the columns would be read as follows:"),
            *(joined(["  ", line], "") for line in _preview(source, kind, header, rows)),
            worded(option),
            f"  {columns_option(source.name, mapping)}",
            _fields(),
        ),
        "\n",
    )
    return BenangError(Problem(problem, where=source.name, way_on=way_on))


def _is_record(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row is no header: where columns hold years or DOIs, so does it."""
    kind = guessed_kind(header, rows) if len(rows) > 1 else None
    if kind is None:
        return False
    whole = guessed_kind([""] * len(header), [header, *rows])
    telling = {at for at, field in whole.fields.items() if field in ("year", "doi", "url")} if whole else set()
    return any(
        cell.strip().isdecimal() or "10." in cell or "://" in cell for at, cell in enumerate(header) if at in telling
    )


def _fields() -> str:
    return worded("Fields: {names}.", names=", ".join(name for name in MAPPED if name not in IDENTIFIERS))


def _preview(source: Source, kind: Kind, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Show the first rows as records, one a line, and name the columns that would not be read."""
    make, remarks = kind.maker(source), Remarks()
    whole = [row for row in rows if len(row) >= len(header)][:_ROWS]
    records = [make(place, place, list(row[: len(header)]), remarks) for place, row in enumerate(whole, 1)]
    fields = list(dict.fromkeys(field for _, field in sorted(kind.fields.items())))
    lines = [f"{record.place}. {_shown_record(record, fields)}" for record in records]
    left = [name or worded("number {n}", n=at + 1) for at, name in enumerate(header) if at not in kind.fields]
    return [*lines, worded("not read: {names}", names=joined(left))] if left else lines


def _shown_record(record: Record, fields: Sequence[str]) -> str:
    values = ((field, _value(record, field)) for field in fields)
    return "; ".join(f"{field}: {value}" for field, value in values)


def _value(record: Record, field: str) -> str:
    value: object
    if field == "pages":
        value = "-".join(filter(None, (record.first_page, record.last_page)))
    elif field in IDENTIFIERS:
        value = next((one for one in record.identifiers if one.startswith(f"{field}:")), "")
    else:
        value = getattr(record, "key" if field == "id" else field)
    text = " | ".join(map(str, value)) if isinstance(value, tuple) else str("" if value is None else value)
    return shown(text)[1:-1] if text else "none"


@lru_cache(maxsize=4)
def _plain_layout(head: str) -> tuple[Layout, Kind] | None:
    kinds = [
        (layout, kind)
        for layout in layouts(head)
        if kind_of(layout.header)
        and (kind := kind_of(layout.header, _first_rows(head, layout)))
        and kind.name == TABLE_NAME
    ]
    best = max(kinds, key=lambda one: one[1].known, default=None)
    # Of several headers written alike the first is the file's; a further one begins a further table.
    return next((one for one in kinds if best and one[0].delimiter == best[0].delimiter), None)


def _first_rows(head: str, layout: Layout) -> list[list[str]]:
    """Return the rows below a header as far as the text goes, a hundred at most, without one that may be cut."""
    lines = head.split("\n")[layout.next_line :]
    rows: list[list[str]] = []
    try:
        for row in csv.reader((f"{line}\n" for line in lines), delimiter=layout.delimiter):
            if row:
                rows.append(row)
            if len(rows) > _LOOKED_AT:
                break
    except csv.Error:
        return []
    return rows[:-1] if len(rows) > _LOOKED_AT or len(head) >= _MAY_BE_CUT else rows


def _regular(head: str) -> Layout | None:
    """Return the header of a text whose rows all have as many columns as it, at least two."""
    if _OTHER_FORMS.match(head):
        return None
    for layout in layouts(head):
        names = layout.header
        if len(names) < _ENOUGH or layout.delimiter == "|" or not all(0 < len(one) <= _LONGEST_NAME for one in names):
            continue
        rows = _first_rows(head, layout)[:_CHECKED]
        if len(set(names)) == len(names) and rows and all(len(row) == len(names) for row in rows):
            return layout
    return None


def _read(source: Source, layout: Layout, kind: Kind) -> Reading:
    reading = read_rows(source, layout, kind.fields, kind.maker(source), partial(further, source))
    notes = (*kind.notes_for(source), *reading.notes)
    return Reading(reading.found, reading.records, reading.set_aside, notes, format=kind.name)
