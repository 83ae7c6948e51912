"""VOSviewer's map file: a text table of items.

Format: VOSviewer's manual, "Map and network files"; VOSviewer Online's documentation of the same name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from benang.errors import Problem
from benang.locale.writing import worded
from benang.map_files.columns import (
    Column,
    column_of,
    duplicates,
    first_row,
    item_columns,
    line_of,
    rows_in,
    settled,
    tell_taken,
)
from benang.map_files.contents import Contents, Parts
from benang.map_files.file import File, ids_written, number_told, plain, refuse, text_of

_NUMBERS = ("x", "y", "cluster")
_TEXTS = ("id", "label")


def is_item_table(head: str) -> bool:
    """Tell a table of items, which has a header with `id` or `label`."""
    names = [name.lower() for name in first_row(head)]
    return bool(names) and any(name in _TEXTS for name in names)


def parse_item_table(file: File) -> Parts:
    """Read a map file.

    Columns are those of VOSviewer (`id`, `label`, `x`, `y`, `cluster`, `weight<…>`, `score<…>`); as in VOSviewer
    Online, another column whose name holds "weight", "score" or "cluster" and that holds such numbers is one, too.
    Every other column is kept as a free attribute. Empty fields, `null` and `NaN` are missing values.

    Raises
    ------
    BenangError
        For a column given twice and a line with more fields than the header.
    """
    where = file.name
    rows = list(rows_in(file))
    names = [name.strip() for name in rows[0][1]]
    columns = [column_of(name, loosely=True) for name in names]
    header = settled(
        names, columns, [[fields[at] for _, fields in rows[1:] if at < len(fields)] for at in range(len(names))]
    )
    problems = duplicates(header, names, where)
    problems += [
        Problem(
            worded("{n} fields", n=len(fields)),
            where=worded("{file}, line {line}", file=where, line=line),
            expected=worded("{n}, as in the header", n=len(header)),
            way_on="Put quotation marks around a label that contains the delimiter.",
        )
        for line, fields in rows[1:]
        if len(fields) > len(header)
    ]
    refuse(problems, where)
    items = [(worded("{file}, line {line}", file=where, line=line), _item(header, fields)) for line, fields in rows[1:]]
    return Parts(items=items, notes=tell_taken(names, columns, header))


def _item(header: Sequence[Column], fields: Sequence[str]) -> dict[str, object]:
    item: dict[str, object] = {}
    named: dict[str, dict[str, object]] = {"weights": {}, "scores": {}}
    for (kind, name), value in zip(header, fields, strict=False):
        if kind in named:
            named[kind][name] = number_told(value)
        elif kind == "field" and name in _NUMBERS:
            item[name] = number_told(value)
        else:
            item[name] = value if value != "" else None
    item |= {name: str(item[name]).strip() for name in _TEXTS if item.get(name) is not None}
    return {**item, **named}


def format_item_table(
    contents: Contents,
    ids: Sequence[object],
    *,
    delimiter: str,
    decimals: int | None = None,
    for_spreadsheets: bool = False,
) -> str:
    """Write a table of items, with the columns of VOSviewer's map file; x and y only where items have a place.

    `decimals` is how many digits numbers have behind the point at most, as VOSviewer's have four; None keeps all.
    `for_spreadsheets` is as in `line_of`.
    """
    columns = item_columns(contents)
    written = {name: [_written(value, decimals) for value in values] for name, values in columns.items()}
    rows = [("id", *written), *zip(map(str, ids), *written.values(), strict=True)]
    return "".join(line_of(row, delimiter, for_spreadsheets=for_spreadsheets) for row in rows)


def numbered(ids: Sequence[str]) -> list[int]:
    """Return the ids that a map file gets: VOSviewer's desktop program numbers its items.

    Examples
    --------
    >>> numbered(["7", "9"]), numbered(["kota", "desa"])
    ([7, 9], [1, 2])
    """
    written = ids_written(ids)
    return [name if isinstance(name, int) else at for at, name in enumerate(written, start=1)]


def rounded(value: float, decimals: int) -> str:
    """Write a number with so many decimals at most."""
    written = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _written(value: object, decimals: int | None) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        return text_of(plain(value)) if decimals is None else rounded(value, decimals)
    return text_of(value)
