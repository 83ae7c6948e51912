"""VOSviewer's files of colours: one for clusters, one for overlays and densities.

Both are tables with a header, their columns parted by tabs, commas, semicolons or spaces: `cluster red green blue`, and
`color value red green blue` with values from 0 to 1. Red, green and blue run from 0 to 255.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import read_bytes
from benang.looks.colour_scales import ColourScale, find_colour_scale
from benang.looks.colours import GREY, Palette, find_palette

_VALUES = ("color value", "colour value", "value", "score")
_MOST_CLUSTERS = 1000  # VOSviewer's


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: where it stands, its number in front, and its colour."""

    line: int
    number: float
    colour: str


def palette_of(chosen: str | Path | Palette) -> Palette:
    """Return the colours of clusters: by name, out of a file, or as they are given.

    Raises
    ------
    BenangError
        As `find_palette` and `read_cluster_colours`.
    """
    return read_cluster_colours(chosen) if isinstance(chosen, Path) else find_palette(chosen)


def scale_of(chosen: str | Path | ColourScale) -> ColourScale:
    """Return a scale of colours: by name, out of a file, or as it is given.

    Raises
    ------
    BenangError
        As `find_colour_scale` and `read_score_colours`.
    """
    return read_score_colours(chosen) if isinstance(chosen, Path) else find_colour_scale(chosen)


def read_cluster_colours(path: str | Path) -> Palette:
    """Read the colours of clusters from a file `cluster red green blue`; clusters that it lacks are grey.

    Raises
    ------
    BenangError
        For a file without these columns, and for each line whose numbers are none, out of range or given twice.
    """
    path, problems = Path(path), list[Problem]()
    rows = list(_rows(path, ("cluster",), "a whole number from 1 to 1000", problems))
    for row in rows:
        if not (row.number.is_integer() and 1 <= row.number <= _MOST_CLUSTERS):
            problems.append(_wrong(path, row.line, "cluster", f"{row.number:g}", "a whole number from 1 to 1000"))
    _refuse(path, rows, problems, "one colour for each cluster", least=1)
    of = {int(row.number): row.colour for row in rows}
    return Palette(path.name, tuple(of.get(number, GREY) for number in range(1, max(of) + 1)))


def read_score_colours(path: str | Path) -> ColourScale:
    """Read a scale of colours from a file `color value red green blue`, values from 0 to 1 in any order.

    Raises
    ------
    BenangError
        For a file without these columns or with fewer than two lines, and for each line whose numbers are none, out of
        range or given twice.
    """
    path, problems = Path(path), list[Problem]()
    rows = list(_rows(path, _VALUES, "a number from 0 to 1", problems))
    for row in rows:
        if not 0 <= row.number <= 1:
            problems.append(_wrong(path, row.line, "color value", f"{row.number:g}", "a number from 0 to 1"))
    _refuse(path, rows, problems, "one colour for each value", least=2)
    ordered = sorted(rows, key=lambda row: row.number)
    return ColourScale(path.name, tuple(row.number for row in ordered), tuple(row.colour for row in ordered))


def _rows(path: Path, first: Sequence[str], expected: str, problems: list[Problem]) -> Iterator[_Row]:
    text = decoded(read_bytes(path), where=str(path)).data.decode()
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise BenangError(Problem("an empty file", where=str(path), expected=f"a table of {first[0]} and colours"))
    names = [name.lower() for name in _cells(lines[0][1])]
    columns = [next((names.index(name) for name in first if name in names), None)]
    columns += [names.index(name) if name in names else None for name in ("red", "green", "blue")]
    if None in columns:
        wanted = f"{first[0]}, red, green, blue"
        raise BenangError(
            Problem(
                f"'{lines[0][1].strip()[:60]}'",
                where=f"{path}, line {lines[0][0]}",
                expected=f"a header with the columns {wanted}",
                way_on="They may be parted by tabs, commas, semicolons or spaces.",
            )
        )
    for at, line in lines[1:]:
        cells = _cells(line)
        given = [cells[column] if column is not None and column < len(cells) else "" for column in columns]
        row = _row(path, at, first[0], expected, given, problems)
        if row is not None:
            yield row


def _row(path: Path, at: int, first: str, expected: str, given: Sequence[str], problems: list[Problem]) -> _Row | None:
    before = len(problems)
    number = _number(given[0])
    if number is None:
        problems.append(_wrong(path, at, first, given[0], expected))
    levels = [_number(text) for text in given[1:]]
    for name, text, level in zip(("red", "green", "blue"), given[1:], levels, strict=True):
        if level is None or not (0 <= level <= 255):
            problems.append(_wrong(path, at, name, text, "a number from 0 to 255"))
    if len(problems) > before or number is None:
        return None
    return _Row(at, number, "#" + "".join(f"{round(level or 0):02x}" for level in levels))


def _cells(line: str) -> list[str]:
    """Part a line where its delimiter stands, or at spaces where it has none."""
    delimiter = next((mark for mark in "\t;," if mark in line), None)
    parts = line.split(delimiter) if delimiter else re.sub(r"(?i)\b(colou?r) value\b", r"\1_value", line).split()
    return [part.strip().strip('"').strip().replace("_value", " value") for part in parts]


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) else None


def _wrong(path: Path, at: int, column: str, found: str, expected: str) -> Problem:
    return Problem(f"'{found}'" if found else "nothing", where=f"{path}, line {at}, {column}", expected=expected)


def _refuse(path: Path, rows: Sequence[_Row], problems: list[Problem], expected: str, *, least: int) -> None:
    """Raise what was wrong with a file, lines with a number that stood before among it."""
    seen: dict[float, int] = {}
    for row in rows:
        if row.number in seen:
            found = f"{row.number:g} again, after line {seen[row.number]}"
            problems.append(Problem(found, where=f"{path}, line {row.line}", expected=expected))
        seen.setdefault(row.number, row.line)
    if not problems and len(rows) < least:
        problems.append(Problem(f"{len(rows)}", where=str(path), expected=f"at least {least} lines of colours"))
    if problems:
        raise BenangError(*problems)
