"""VOSviewer's map file and network file: text tables with tab, semicolon or comma between the columns.

Format: VOSviewer's manual, "Map and network files"; VOSviewer Online's documentation of the same name.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from benang.errors import BenangError, Problem
from benang.maps.map import Map
from benang.maps.vosviewer_contents import Contents, Link, contents_of, ids_written, name_of, plain, refuse
from benang.network.network import pairs

_DELIMITERS = "\t;,"
_NAMED = re.compile(r"(?P<kind>weight|score)(?:\s*<(?P<name>.*)>)?", re.IGNORECASE)
_NUMBERS = ("x", "y", "cluster")
_TEXTS = ("id", "label")
_MISSING = {"", "null", "nan"}

Row = tuple[int, list[str]]
"""A line number and the fields that begin on it."""


def is_map_file(text: str) -> bool:
    """Tell a map file, which has a header with `id` or `label`, from a network file, which has none."""
    first = next(_rows(text), None)
    return first is not None and any(name.strip().lower() in _TEXTS for name in first[1])


def parse_map_file(text: str, where: str, links: Iterable[Link] | None) -> Contents:
    """Read a map file, with the links of its network file where there is one.

    Columns are those of VOSviewer (`id`, `label`, `x`, `y`, `cluster`, `weight<…>`, `score<…>`); every other column
    is kept as a free attribute. Empty fields, `null` and `NaN` are missing values.

    Raises
    ------
    BenangError
        For a column given twice, a line with another number of fields than the header, and all that `contents_of`
        refuses.
    """
    rows = list(_rows(text))
    header = [_column(name) for name in rows[0][1]]
    problems = [
        Problem(f"the column '{name}' a second time", where=f"{where}, line 1", expected="every column once")
        for at, name in enumerate(rows[0][1])
        if header[at] in header[:at]
    ]
    problems += [
        Problem(f"{len(fields)} fields", where=f"{where}, line {line}", expected=f"{len(header)}, as in the header")
        for line, fields in rows[1:]
        if len(fields) > len(header)
    ]
    refuse(problems, where)
    items = [(f"{where}, line {line}", _item(header, fields)) for line, fields in rows[1:]]
    return contents_of(items, links, where=where, extras={})


def parse_network_file(text: str, where: str) -> list[Link]:
    """Read the links of a network file.

    Two columns are links of strength 1, three are links with their strength; more are a full matrix: an id, then
    one value for every item in the order of the lines. A matrix that is not symmetric is averaged with its mirror
    image.

    Raises
    ------
    BenangError
        For a line with too few or too many fields, and a strength that is no number.
    """
    rows = list(_rows(text))
    width = max((len(fields) for _, fields in rows), default=0)
    if width > 3:
        return _full(rows, where)
    problems = [
        Problem(
            f"{len(fields)} fields",
            where=f"{where}, line {line}",
            expected="the ids of two items and, maybe, the strength of their link",
        )
        for line, fields in rows
        if len(fields) < 2
    ]
    refuse(problems, where)
    return [
        (f"{where}, line {line}", fields[0].strip(), fields[1].strip(), _strength(fields[2:])) for line, fields in rows
    ]


def items_of(links: Sequence[Link]) -> list[tuple[str, object]]:
    """Return the items that links speak of, in order of appearance, their ids as labels."""
    first: dict[str, str] = {}
    for place, source, target, _ in links:
        for end in (source, target):
            first.setdefault(name_of(end) or "", place)
    return [(place, {"id": name, "label": name}) for name, place in first.items()]


def format_map_file(made: Map) -> str:
    """Write a map file: tabs, all numbers with four decimals at most, as VOSviewer writes them.

    VOSviewer's desktop program numbers its items, so ids that are not whole numbers are replaced by 1 to n here.
    """
    network = made.network
    scores = {name: values for name, values in network.scores.items() if np.isfinite(values).any()}
    header = [
        "id",
        "label",
        *network.attributes,
        "x",
        "y",
        "cluster",
        *(f"weight<{name}>" for name in network.weights),
        *(f"score<{name}>" for name in scores),
    ]
    lines = [header]
    for i, name in enumerate(_numbered(network.ids)):
        lines.append(
            [
                str(name),
                network.labels[i],
                *(_written(values[i]) for values in network.attributes.values()),
                *(_rounded(made.xy[i, axis]) for axis in (0, 1)),
                str(made.cluster[i]) if made.cluster[i] > 0 else "",
                *(_rounded(values[i]) for values in network.weights.values()),
                *(_rounded(values[i]) if math.isfinite(values[i]) else "" for values in scores.values()),
            ]
        )
    return "".join("\t".join(_quoted(value) for value in line) + "\n" for line in lines)


def format_network_file(made: Map) -> str:
    """Write a network file: one link a line, each pair once, with the ids of the map file."""
    ids = _numbered(made.network.ids)
    return "".join(f"{ids[i]}\t{ids[j]}\t{plain(strength)}\n" for i, j, strength in pairs(made.network.links))


def _rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield line, fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise csv.Error(f"line {line}: {error}") from None


def _delimiter(text: str) -> str:
    """Find the delimiter that the first line has most of outside quotation marks; the tab before others."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=lambda mark: (bare.count(mark) > 0, mark == "\t", bare.count(mark)))


def _column(name: str) -> tuple[str, str]:
    """Say what a column holds: a kind of field, and the name of the weight, score or attribute."""
    bare = name.strip()
    named = _NAMED.fullmatch(bare)
    if named:
        return f"{named['kind'].lower()}s", (named["name"] or named["kind"].capitalize()).strip()
    if bare.lower() in (*_TEXTS, *_NUMBERS):
        return "field", bare.lower()
    if bare.lower() == "normalized weight":
        return "weights", "Normalized weight"
    return "attribute", bare


def _item(header: Sequence[tuple[str, str]], fields: Sequence[str]) -> dict[str, object]:
    item: dict[str, object] = {}
    named: dict[str, dict[str, object]] = {"weights": {}, "scores": {}}
    for (kind, name), value in zip(header, fields, strict=False):
        if kind in named:
            named[kind][name] = _number(value)
        elif kind == "field" and name in _NUMBERS:
            item[name] = _number(value)
        else:
            item[name] = value if value != "" else None
    item |= {name: str(item[name]).strip() for name in _TEXTS if item.get(name) is not None}
    return {**item, **named}


def _number(value: str) -> float | str | None:
    """Turn a field into a number; what is none stays as it is, to be named in the error."""
    bare = value.strip()
    if bare.lower() in _MISSING:
        return None
    try:
        return float(bare)
    except ValueError:
        return bare


def _strength(rest: Sequence[str]) -> float | str | None:
    bare = rest[0].strip() if rest else ""
    number = _number(bare)
    return bare if number is None and bare else number


def _full(rows: Sequence[Row], where: str) -> list[Link]:
    problems = [
        Problem(
            f"{len(fields)} fields",
            where=f"{where}, line {line}",
            expected=f"an id and a value for each of the {len(rows)} items",
        )
        for line, fields in rows
        if len(fields) != len(rows) + 1
    ]
    refuse(problems, where)
    values = np.zeros((len(rows), len(rows)))
    for i, (line, fields) in enumerate(rows):
        for j, text in enumerate(fields[1:]):
            value = _number(text)
            if isinstance(value, str):
                place = f"{where}, line {line}, column {j + 2}"
                problems.append(Problem(repr(value), where=place, expected="a number"))
            else:
                values[i, j] = value or 0.0
    refuse(problems, where)
    mean = (values + values.T) / 2
    ids = [fields[0].strip() for _, fields in rows]
    # Items without a link are in the matrix too: a link of strength 0 names them.
    return [
        (f"{where}, line {rows[i][0]}", ids[i], ids[j], float(mean[i, j]))
        for i in range(len(rows))
        for j in range(i, len(rows))
        if mean[i, j] != 0 or i == j
    ]


def _numbered(ids: tuple[str, ...]) -> list[int] | list[str]:
    written = ids_written(ids)
    return written if not ids or isinstance(written[0], int) else list(range(1, len(ids) + 1))


def _rounded(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) >= 0.00005 else "0"


def _written(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(value: str) -> str:
    """Quote a field that holds any of the delimiters: VOSviewer asks for it whichever one is used."""
    return '"' + value.replace('"', '""') + '"' if re.search(r'[\t;,"\r\n]', value) else value


def read_error(where: str, error: csv.Error) -> BenangError:
    """Say that a table can't be read as one."""
    return BenangError(
        Problem(
            f"lines that are no table ({error})",
            where=where,
            expected="a VOSviewer map or network file",
            way_on="Perhaps the file was cut off, or a quotation mark stands alone: a label that holds one is written "
            'in quotation marks, with every mark in it doubled ("the ""new"" city").',
        )
    )
