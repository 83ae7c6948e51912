"""Scales of colours, from the lowest score to the highest, and VOSviewer's files of colours.

The files, one for clusters, one for overlays and densities, are tables with a header, their columns parted by tabs,
commas, semicolons or spaces: `cluster red green blue`, and `color value red green blue` with values from 0 to 1. Red,
green and blue run from 0 to 255.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benang.encodings import decoded
from benang.errors import BenangError, Problem, unknown
from benang.files import read_bytes
from benang.locale.writing import worded
from benang.looks.appearance import GREY, Palette, find_palette, to_rgb
from benang.network.network import Floats

# Viridis and plasma (S. van der Walt and N. Smith, 2015) without their dark ends, as in VOSviewer: 208 of their 256
# stops, here every thirteenth.
_VIRIDIS = (
    "#424086 #3c4f8a #365d8d #306a8e #2a768e #26828e #218f8d #1e9b8a #22a785 #2db27d #40bd72 #5ac864 #77d153 #98d83e "
    "#bade28 #dde318 #fde725"
)
_PLASMA = (
    "#6600a7 #7a02a8 #8d0ba5 #9e199d #ae2892 #bc3686 #c9457a #d5536e #e06263 #e97258 #f1824d #f89342 #fca537 #feb92c "
    "#fccd25 #f7e325 #f0f921"
)
# BuPu, YlGnBu, YlOrRd and Spectral of ColorBrewer (C. Brewer and M. Harrower, 2003); the first three begin with white.
_WHITE_BLUE_PURPLE = "#ffffff #f8fdfe #e1edf5 #c0d4e7 #9fbddb #8d97c7 #8d6bb2 #89419e #820f7c"
_WHITE_YELLOW_GREEN_BLUE = "#ffffff #ffffd9 #edf8b1 #c7e9b4 #7fcdbb #41b6c4 #1d91c0 #225ea8 #253494"
_WHITE_YELLOW_ORANGE_RED = "#ffffff #ffffcc #ffeda0 #fed976 #feb24c #fd8d3c #fc4e2a #e31a1c"
_SPECTRAL = "#5e4fa2 #3288bd #66c2a5 #abdda4 #e6f598 #ffffbf #fee08b #fdae61 #f46d43 #d53e4f #9e0142"
# K. Moreland (2009), Diverging color maps for scientific visualization; every other of its 33 stops.
_COOLWARM = (
    "#3b4cc0 #4d68d7 #6282ea #779af7 #8db0fe #a3c2ff #b8d0f9 #ccd9ee #dddddd #ecd3c5 #f5c4ad #f7b194 #f49a7b #ec7f63 "
    "#de604d #cb3e38 #b40426"
)
_BLUE_GREY_RED = "#2166ac #6ea4cc #b4c7d6 #d9d9d9 #e5b9a2 #d6755e #b2182b"
_VALUES = ("color value", "colour value", "value", "score")
_MOST_CLUSTERS = 1000  # VOSviewer's


@dataclass(frozen=True, slots=True)
class ColourScale:
    """Colours at places from 0 (lowest) to 1 (highest), in rising order, mixed linearly in between as RGB."""

    name: str
    places: tuple[float, ...]
    colours: tuple[str, ...]

    def at(self, share: Floats) -> Floats:
        """Return the colours (… × 3, 0 to 1) at places on the scale; beyond its ends those of the ends.

        Examples
        --------
        >>> ColourScale("traffic", (0.0, 1.0), ("#000000", "#ff0000")).at(np.array([0.5, 2.0])).tolist()
        [[0.5, 0.0, 0.0], [1.0, 0.0, 0.0]]
        """
        return np.stack([np.interp(share, self.places, channel) for channel in to_rgb(self.colours).T], axis=-1)


def evenly(name: str, colours: Sequence[str]) -> ColourScale:
    """Make a scale of colours at equal distances.

    Examples
    --------
    >>> evenly("grey", ["#000000", "#777777", "#ffffff"]).places
    (0.0, 0.5, 1.0)
    """
    return ColourScale(name, tuple(np.linspace(0, 1, len(colours)).tolist()), tuple(colours))


COLOUR_SCALES = {
    scale.name: scale
    for scale in (
        evenly("viridis", _VIRIDIS.split()),
        evenly("plasma", _PLASMA.split()),
        ColourScale("rainbow", (0.0, 0.33, 0.5, 0.66, 1.0), ("#0000ff", "#00ffff", "#00ff00", "#ffff00", "#ff0000")),
        evenly("white-blue-purple", _WHITE_BLUE_PURPLE.split()),
        evenly("white-yellow-green-blue", _WHITE_YELLOW_GREEN_BLUE.split()),
        evenly("white-yellow-orange-red", _WHITE_YELLOW_ORANGE_RED.split()),
        evenly("coolwarm", _COOLWARM.split()),
        evenly("spectral", _SPECTRAL.split()),
        # for scores with a middle that means something (normalised by subtraction or as z-scores)
        evenly("blue-grey-red", _BLUE_GREY_RED.split()),
    )
}
"""The scales by name; all but the last are VOSviewer's."""

FADED = 0.005
"""Of the densest place: a density that is too small to be seen."""


def _shades(name: str, colours: str) -> ColourScale:
    """Make a scale of densities: its colours are closer to each other where it is thin, so that a light item shows."""
    each = colours.split()
    return ColourScale(name, tuple((FADED + (1 - FADED) * np.linspace(0, 1, len(each)) ** 2.2).tolist()), tuple(each))


DENSITY_SCALES = {
    scale.name: scale
    for scale in (
        # white, yellow, green, blue: VOSviewer's colours turned round, so that lightness falls evenly and ink is spared
        _shades("density", "#ffffff #f6f0b8 #cfe39a #8fcd8b #55b396 #2f93a0 #2f6f9f #35508f"),
        # black, blue, green, yellow: lightness grows evenly
        _shades("density-dark", "#000000 #16213f #1f3d6b #215f86 #217f86 #37a07a #7dbd62 #d3d95f"),
    )
}
"""The shades of a density on a white page and on a black one, from nothing to the densest place."""


def find_colour_scale(colours: str | ColourScale) -> ColourScale:
    """Return a scale by name, or the scale that is given.

    Raises
    ------
    BenangError
        For a name that there is no scale of.

    Examples
    --------
    >>> find_colour_scale("rainbow").colours[0]
    '#0000ff'
    """
    if isinstance(colours, ColourScale):
        return colours
    if colours not in COLOUR_SCALES:
        raise unknown(colours, COLOUR_SCALES, where="colours", expected="the name of a colour scale")
    return COLOUR_SCALES[colours]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: its number in the file, the value in front, and its colour."""

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


def _rows(path: Path, first: Sequence[str], expected: str, problems: list[Problem]) -> Iterator[_Line]:
    text = decoded(read_bytes(path), where=str(path)).data.decode()
    lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise BenangError(
            Problem("an empty file", where=str(path), expected=worded("a table of {first} and colours", first=first[0]))
        )
    names = [name.lower() for name in _cells(lines[0][1])]
    columns = [next((names.index(name) for name in first if name in names), None)]
    columns += [names.index(name) if name in names else None for name in ("red", "green", "blue")]
    if None in columns:
        wanted = f"{first[0]}, red, green, blue"
        raise BenangError(
            Problem(
                f"'{lines[0][1].strip()[:60]}'",
                where=worded("{file}, line {line}", file=path, line=lines[0][0]),
                expected=worded("a header with the columns {wanted}", wanted=wanted),
                way_on="Separate them with tabs, commas, semicolons or spaces.",
            )
        )
    for at, line in lines[1:]:
        cells = _cells(line)
        given = [cells[column] if column is not None and column < len(cells) else "" for column in columns]
        row = _row(path, at, first[0], expected, given, problems)
        if row is not None:
            yield row


def _row(path: Path, at: int, first: str, expected: str, given: Sequence[str], problems: list[Problem]) -> _Line | None:
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
    return _Line(at, number, "#" + "".join(f"{round(level or 0):02x}" for level in levels))


def _cells(line: str) -> list[str]:
    """Part a line at its delimiter, or at spaces where it has none."""
    delimiter = next((mark for mark in "\t;," if mark in line), None)
    parts = line.split(delimiter) if delimiter else re.sub(r"(?i)\b(colou?r) value\b", r"\1_value", line).split()
    return [part.strip().strip('"').strip().replace("_value", " value") for part in parts]


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text) else None


def _wrong(path: Path, at: int, column: str, value: str, expected: str) -> Problem:
    return Problem(
        f"'{value}'" if value else "nothing",
        where=worded("{file}, line {line}, {column}", file=path, line=at, column=column),
        expected=expected,
    )


def _refuse(path: Path, rows: Sequence[_Line], problems: list[Problem], expected: str, *, least: int) -> None:
    """Raise what is wrong with a file, numbers that were used before included."""
    seen: dict[float, int] = {}
    for row in rows:
        if row.number in seen:
            problem = worded("{number:g} again, after line {line}", number=row.number, line=seen[row.number])
            problems.append(
                Problem(problem, where=worded("{file}, line {line}", file=path, line=row.line), expected=expected)
            )
        seen.setdefault(row.number, row.line)
    if not problems and len(rows) < least:
        problems.append(
            Problem(f"{len(rows)}", where=str(path), expected=worded("at least {least} lines of colours", least=least))
        )
    if problems:
        raise BenangError(*problems)
