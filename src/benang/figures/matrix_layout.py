"""The parts of a matrix figure, and where they go: rows in bands, columns in blocks, all in millimetres.

Everything follows from measured text, so that no label runs into another or off the page whatever its length.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benang.figures import MARGIN, NORMAL, ONE_COLUMN, SMALL
from benang.figures.text_lines import LABEL_LINES, broken, fitted, line_step, width_of, words_of
from benang.synthesis.findings import Cell, State

FRAMED: tuple[State, ...] = ("evidence", "counter-evidence")
"""The states in which cells reported as a group are framed."""
_LABELS = 44.0  # mm: row labels break into lines beyond this
_UNBROKEN, _UNBROKEN_TIGHT = 34.0, 42.0  # mm: column labels break only beyond this; later where lines are crowded
_UPRIGHT = 75.0  # mm: labels and headings that stand upright, at most; what is longer is cut
_HEAD_LINES = 12  # of a heading across its columns, at most
_COLUMN = 7.0  # mm: most that a column is wide
_LONG_LABELS = 62.0  # mm: the same for rows that were columns, whose labels are longer
_MOST_COLUMNS = 30  # more have no room for labels of two lines across a page
BAND, BAND_GAP, FOOT = 4.9, 1.4, 3.3
"""Heights in mm: the heading of a band, the gap above a band without one, a row of totals at the foot."""
_BLOCK_GAP = 1.6  # mm
_TIGHT = 2.26  # mm from line to line within a column's label: closer than from label to label


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row, its totals as printed, and its accounts (ids of studies): neighbours that share one may be joined."""

    id: str
    label: str
    totals: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """A column, its totals as printed, one for each row of the foot, and its accounts, as those of a row."""

    id: str
    label: str
    totals: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under one heading, and the source that the heading is from."""

    heading: str
    rows: tuple[MatrixRow, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Columns under one heading, and the source that the heading is from."""

    heading: str
    columns: tuple[Column, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """What a matrix shows. `totals` names the totals of the rows, and `foot` those of the columns.

    A name that is an aside (said of the number before it) comes with True, and is drawn in grey. `row` is the least
    height of a row in mm, and `is_turned` says that what may be joined is side by side.
    """

    bands: tuple[Band, ...]
    blocks: tuple[Block, ...]
    cells: Mapping[tuple[str, str], Cell]
    totals: tuple[tuple[str, bool], ...] = ()
    foot: tuple[tuple[str, bool], ...] = ()
    row: float = 4.0
    is_turned: bool = False

    def group_states(self) -> tuple[State, ...]:
        """Return the states of cells that were reported as a group, in the order of their frames."""
        framed = {cell.state for cell in self.cells.values() if cell.is_group}
        return tuple(state for state in FRAMED if state in framed)

    def turned_to_fit(self) -> Grid:
        """Return the matrix with rows as columns where that makes it narrower and it has too many for a page."""
        n_columns, n_rows = sum(len(block.columns) for block in self.blocks), sum(len(band.rows) for band in self.bands)
        return self._turned() if n_columns > max(n_rows, _MOST_COLUMNS) else self

    def _turned(self) -> Grid:
        return replace(
            self,
            bands=tuple(
                Band(
                    block.heading,
                    tuple(MatrixRow(one.id, one.label, one.totals) for one in block.columns),
                    block.source,
                )
                for block in self.blocks
            ),
            blocks=tuple(
                Block(band.heading, tuple(Column(one.id, one.label, one.totals, one.accounts) for one in band.rows))
                for band in self.bands
            ),
            cells={(column, row): cell for (row, column), cell in self.cells.items()},
            totals=self.foot,
            foot=self.totals,
            is_turned=True,
        )


Head = tuple[tuple[str, ...], tuple[str, ...]]
"""The lines of a block's heading, and of its source."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Headings of the blocks, as lines; all across their columns, or all upright."""

    lines: tuple[Head, ...]
    upright: bool
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in mm: left edges of columns, heights of rows, and text broken to fit them."""

    width: float
    pitch: float
    labels: float
    lefts: Mapping[str, float]
    total_xs: tuple[float, ...]
    column_lines: Mapping[str, tuple[str, ...]]
    row_lines: Mapping[str, tuple[str, ...]]
    heads: Heads
    label_height: float
    heights: Mapping[str, float]


def lay_out(grid: Grid, width: float) -> Layout:
    """Place rows and columns, and break every text to the room it has."""
    columns = [column for block in grid.blocks for column in block.columns]
    rows = [row for band in grid.bands for row in band.rows]
    longest = _LONG_LABELS if grid.is_turned else _LABELS
    row_lines = {row.id: broken(row.label, longest, most=LABEL_LINES) for row in rows}
    labels = 1.5 + max(
        max(width_of(lines) for lines in row_lines.values()),
        width_of([name for name, _aside in grid.foot], SMALL),
    )
    wide = [max(4.0, 1.0 + width_of([row.totals[at] for row in rows], SMALL)) for at, _name in enumerate(grid.totals)]
    total = 2.0 + math.fsum(wide) if wide else 0.0
    room = width - 2 * MARGIN - labels - total - _BLOCK_GAP * (len(grid.blocks) - 1)
    pitch, rooms = _pitch(grid.blocks, room)
    lefts: dict[str, float] = {}
    x = MARGIN + labels
    for block, share in zip(grid.blocks, rooms, strict=True):
        aside = (share - pitch * len(block.columns)) / 2
        lefts |= {column.id: x + aside + place * pitch for place, column in enumerate(block.columns)}
        x += share + _BLOCK_GAP
    right = x - _BLOCK_GAP
    column_lines = _column_lines(columns, pitch)
    totals = [(name,) for name, _aside in grid.totals]
    return Layout(
        width=max(ONE_COLUMN, right + total + MARGIN),
        pitch=pitch,
        labels=labels,
        lefts=lefts,
        total_xs=tuple(right + 1.5 + math.fsum(wide[:at]) + one / 2 for at, one in enumerate(wide)),
        column_lines=column_lines,
        row_lines=row_lines,
        heads=_heads(grid.blocks, rooms),
        heights={row.id: max(grid.row, (len(row_lines[row.id]) - 1) * line_step(NORMAL) + 3.2) for row in rows},
        label_height=max(width_of(lines, SMALL) for lines in [*column_lines.values(), *totals]) + 2.5,
    )


def _column_lines(columns: Sequence[Column], pitch: float) -> dict[str, tuple[str, ...]]:
    """Break the labels so that the tallest is as low as can be, and each has as few lines as that height lets it."""
    most = max(1, int((pitch - 0.1) / _TIGHT))
    least = max(width_of(fitted(column.label, most, SMALL, longest=_UPRIGHT), SMALL) for column in columns)
    crowded = pitch - most * _TIGHT < 0.8  # then a label's last line is no further from the next label than its own
    tallest = max(least + 1e-6, _UNBROKEN_TIGHT if crowded else _UNBROKEN)
    return {column.id: _evenly(column.label, tallest, most=most) for column in columns}


def _pitch(blocks: Sequence[Block], room: float) -> tuple[float, list[float]]:
    """Share out the room across: the width of a column, and of each block.

    A block is wider than its columns where that lets the longest word of its heading stand across; but not where the
    columns would lose more than an eighth of their width by it.
    """
    least, columns = line_step(SMALL) + 0.2, sum(len(block.columns) for block in blocks)
    plain = min(_COLUMN, max(least, room / columns))
    pitch, words = plain, [_longest_word(block) - _BLOCK_GAP / 2 for block in blocks]
    for _round in range(20):
        extra = math.fsum(
            max(0.0, word - len(block.columns) * pitch) for word, block in zip(words, blocks, strict=True)
        )
        pitch = min(_COLUMN, (room - extra) / columns)
    if pitch < max(least, plain * 7 / 8):
        return plain, [plain * len(block.columns) for block in blocks]
    return pitch, [max(pitch * len(block.columns), word) for word, block in zip(words, blocks, strict=True)]


def _longest_word(block: Block) -> float:
    return max(width_of(words_of(block.heading), SMALL, "bold"), width_of(words_of(block.source), SMALL))


def _heads(blocks: Sequence[Block], rooms: Sequence[float]) -> Heads:
    """Set the headings across their columns where every word has room, else all of them upright."""
    rooms = [room + _BLOCK_GAP / 2 + 1e-6 for room in rooms]
    if all(_longest_word(block) <= room for block, room in zip(blocks, rooms, strict=True)):
        across = tuple(
            (_evenly(block.heading, room, "bold"), _evenly(block.source, room))
            for block, room in zip(blocks, rooms, strict=True)
        )
        most = max(len(name) + len(source) for name, source in across)
        return Heads(across, False, most * line_step(SMALL) + 2.0 if most else 0.0)
    tight = [_turned(block, int(room / line_step(SMALL))) for block, room in zip(blocks, rooms, strict=True)]
    longest = max(max(width_of(name, SMALL, "bold"), width_of(source, SMALL)) for name, source in tight)
    loose = tuple(
        one
        if _longest_word(block) > longest
        else (_evenly(" ".join(one[0]), longest, "bold"), _evenly(" ".join(one[1]), longest))
        for block, one in zip(blocks, tight, strict=True)
    )
    return Heads(loose, True, longest + 2.0)


def _evenly(text: str, width: float, weight: str = "normal", *, most: int = _HEAD_LINES) -> tuple[str, ...]:
    """Break a text into as few lines as a width lets it, about equally long, and at most so many."""
    return fitted(text, max(1, len(broken(text, width, SMALL, weight, most=most))), SMALL, weight, longest=width)


def _turned(block: Block, lines: int) -> Head:
    """Share out the lines that an upright heading has between name and source, so that it is as short as can be."""
    if not block.source or lines < 2:
        heading = f"{block.heading} ({block.source})" if block.source else block.heading
        return fitted(heading, max(lines, 1), SMALL, "bold", longest=_UPRIGHT), ()
    choices = [
        (
            fitted(block.heading, names, SMALL, "bold", longest=_UPRIGHT),
            fitted(block.source, lines - names, SMALL, longest=_UPRIGHT),
        )
        for names in range(1, lines)
    ]
    return min(choices, key=lambda one: max(width_of(one[0], SMALL, "bold"), width_of(one[1], SMALL)))
