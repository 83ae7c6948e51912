"""A table whose headers don't tell what its columns hold: shown as it would be read, with the way to say so."""

from __future__ import annotations

from collections.abc import Sequence

from benang.errors import BenangError, Problem
from benang.readers.plain_columns import MAPPED, Kind, columns_option, guessed_kind
from benang.readers.source import Remarks, Source, shown
from benang.readers.table_columns import IDENTIFIERS
from benang.records.record import Record

_ROWS = 3
_HEADERS = 40
_TO_FILL = (("title", "HEADER"), ("authors", "HEADER"), ("year", "HEADER"))


def unknown_table(source: Source, header: Sequence[str], rows: Sequence[Sequence[str]]) -> BenangError:
    """Say that a table's columns have to be named: what was guessed, rows as they would be read, the option to give."""
    names = ", ".join(f"'{name}'" for name in header[:_HEADERS])
    found = f"a table whose headers don't tell what its columns hold: {names or 'none'}"
    if _is_record(header, rows):
        way_on = "The first row looks like a record. Put a row of headers above it: title, authors, year and so on."
        return BenangError(Problem(found, where=source.name, way_on=way_on))
    kind = guessed_kind(header, rows)
    if kind is None:
        way_on = f"Say which column holds what, by its header or its number:\n  {columns_option(source.name, _TO_FILL)}"
        return BenangError(Problem(found, where=source.name, way_on=f"{way_on}\n{_fields()}"))
    has_title = any(field == "title" for field, _ in kind.mapping)
    mapping = kind.mapping if has_title else (("title", "HEADER"), *kind.mapping)
    what_next = (
        "If this is right, give this option; else change it"
        if has_title
        else "Put the column of the title in place of HEADER"
    )
    way_on = "\n".join(
        (
            "Judging by headers and values, they would be read as follows:",
            *(f"  {line}" for line in _preview(source, kind, header, rows)),
            f"{what_next} (the same can stand in review.toml, under [sources.columns]):",
            f"  {columns_option(source.name, mapping)}",
            _fields(),
        )
    )
    return BenangError(Problem(found, where=source.name, way_on=way_on))


def _fields() -> str:
    return f"Fields: {', '.join(name for name in MAPPED if name not in IDENTIFIERS)}."


def _is_record(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Tell a first row that is no header: where columns hold years or DOIs, so does it."""
    kind = guessed_kind(header, rows) if len(rows) > 1 else None
    if kind is None:
        return False
    whole = guessed_kind([""] * len(header), [header, *rows])
    telling = {at for at, field in whole.fields.items() if field in ("year", "doi", "url")} if whole else set()
    return any(
        cell.strip().isdecimal() or "10." in cell or "://" in cell for at, cell in enumerate(header) if at in telling
    )


def _preview(source: Source, kind: Kind, header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Show the first rows as records, one a line, and name the columns that would not be read."""
    make, remarks = kind.maker(source), Remarks()
    whole = [row for row in rows if len(row) >= len(header)][:_ROWS]
    records = [make(place, place, list(row[: len(header)]), remarks) for place, row in enumerate(whole, 1)]
    fields = list(dict.fromkeys(field for _, field in sorted(kind.fields.items())))
    lines = [f"{record.place}. {_shown_record(record, fields)}" for record in records]
    left = [name or f"number {at + 1}" for at, name in enumerate(header) if at not in kind.fields]
    return [*lines, f"not read: {', '.join(left)}"] if left else lines


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
