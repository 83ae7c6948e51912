"""A matrix as a picture: rows in bands, columns in blocks, a mark in every cell, totals at the rims."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from benang.figures import INK, MARGIN, MUTED, NORMAL, POINTS_PER_MM, SMALL, new_figure
from benang.figures.matrix_layout import BAND, BAND_GAP, FOOT, FRAMED, Band, Column, Grid, Layout, MatrixRow, lay_out
from benang.figures.page import (
    ABSENT,
    AGAINST,
    AGAINST_PALE,
    EVIDENCE,
    EVIDENCE_PALE,
    FAINT,
    UNSEEN,
    KeyEntry,
    draw_key,
    draw_notes,
    key_height,
    notes_height,
    page_of,
    put,
)
from benang.figures.text_lines import cut, line_step, width_of
from benang.synthesis.findings import Cell, State

_PILL = 3.1  # mm: width of the frame around cells reported as a group
_CORNER = 38.0  # mm: width of the empty corner from which the key is drawn there
_SOURCE = 12.0  # mm: room that the source of a band needs at least

_SHAPES: Mapping[State, tuple[str, str, float]] = {
    "evidence": ("o", EVIDENCE, 2.7),
    "counter-evidence": ("D", AGAINST, 2.2),
    "not-reported": ("o", ABSENT, 0.65),
    "not-looked": ("s", UNSEEN, 3.0),
}
"""Marker, colour and size in mm by state: they differ in shape and in size as well as in colour."""
_PALE: Mapping[State, tuple[str, str]] = {
    "evidence": (EVIDENCE_PALE, EVIDENCE),
    "counter-evidence": (AGAINST_PALE, AGAINST),
}
_IN_PILL = 0.5  # of the size that a mark has outside a frame
_CONTRARY, _RING = 1.2, 1.7  # mm: what is in a cell besides the mark of its state


def draw_grid(grid: Grid, *, key: Sequence[KeyEntry], notes: Sequence[str], width: float, title: str) -> Figure:
    """Draw a matrix; the figure is narrower than `width` mm where few columns need less, wider where many need more.

    Where it has more columns than a page has room for, and fewer rows, its rows are drawn as columns.
    """
    grid = grid.turned_to_fit()
    layout = lay_out(grid, width)
    corner, heads = layout.labels - 3.0, layout.heads.height + layout.label_height
    fits = corner > _CORNER and key_height(key, corner) < heads
    key_width = corner if fits else layout.width - 2 * MARGIN
    key_room = 0.0 if fits else key_height(key, key_width) + 1.5
    top = MARGIN + key_room + heads
    gaps = (BAND if band.heading else BAND_GAP for band in grid.bands)
    body = math.fsum([*layout.heights.values(), *gaps])
    foot = len(grid.foot) * FOOT + 1.5
    height = top + body + foot + 1 + notes_height(notes, layout.width)
    figure = new_figure(layout.width, height, title=title)
    page = page_of(figure)
    draw_key(page, key, MARGIN, MARGIN, key_width)
    _draw_heads(page, grid, layout, MARGIN + key_room + layout.heads.height)
    _draw_column_labels(page, grid, layout, top)
    y = top
    for band in grid.bands:
        y = _draw_band(page, band, grid, layout, y)
    _draw_foot(page, grid, layout, y)
    draw_notes(figure, notes)
    return figure


def state_key(
    texts: Mapping[State, str], group: str, group_states: Sequence[State], *, both: str = "", mentioned: str = ""
) -> list[KeyEntry]:
    """Return the key of the states that have texts, and of what else cells show, where the words for it are given.

    That is cells reported as a group, in the states that these have, cells with evidence and counter-evidence, and
    cells whose code is only mentioned.
    """
    entries = [KeyEntry(text, _sample(state), 3.5) for state, text in texts.items()]
    more = (
        (both, _both_sample, 3.5),
        (mentioned, _mentioned_sample, 3.5),
        (group if group_states else "", _group_sample(group_states), 3.7 * len(group_states)),
    )
    return [*entries, *(KeyEntry(text, sample, width) for text, sample, width in more if text)]


def has_both(cell: Cell) -> bool:
    """Tell whether a cell counts as evidence, while other passages contradict it."""
    return cell.state == "evidence" and bool(cell.contrary)


def is_mentioned(cell: Cell) -> bool:
    """Tell whether passages of a cell mention its code, and none says more."""
    return bool(cell.mentions) and cell.state not in FRAMED


def _both_sample(page: Axes, x: float, y: float) -> None:
    _mark(page, [(x, y)], "evidence", label="key")
    _contrary(page, [(x, y)], label="key")


def _mentioned_sample(page: Axes, x: float, y: float) -> None:
    _ring(page, [(x, y)], label="key")


def _sample(state: State) -> Callable[[Axes, float, float], None]:
    return lambda page, x, y: _mark(page, [(x, y)], state, label="key")


def _group_sample(states: Sequence[State]) -> Callable[[Axes, float, float], None]:
    def draw(page: Axes, x: float, y: float) -> None:
        for at, state in enumerate(states):
            across = x + (at - (len(states) - 1) / 2) * 3.8
            _pill(page, (across, y - 0.4), (across, y + 0.4), state, label="key")
            _mark(page, [(across, y)], state, scale=_IN_PILL, label="key")

    return draw


def _draw_heads(page: Axes, grid: Grid, layout: Layout, bottom: float) -> None:
    for block, (name, source) in zip(grid.blocks, layout.heads.lines, strict=True):
        if not (name or source):
            continue
        left, right = layout.lefts[block.columns[0].id], layout.lefts[block.columns[-1].id] + layout.pitch
        page.plot([left + 0.4, right - 0.4], [bottom, bottom], color=INK, linewidth=0.7)
        middle = (left + right) / 2
        texts = [*((line, INK, "bold") for line in name), *((line, MUTED, "normal") for line in source)]
        for after, (line, color, weight) in zip(range(len(texts))[::-1], texts, strict=True):
            x, y, turn = middle, bottom - 1.2 - after * line_step(SMALL), 0.0
            if layout.heads.upright:
                x, y, turn = middle + ((len(texts) - 1) / 2 - after) * line_step(SMALL), bottom - 1.0, 90.0
            put(
                page,
                x,
                y,
                line,
                size=SMALL,
                color=color,
                weight=weight,
                ha="center",
                va="bottom" if turn else "baseline",
                rotation=turn,
                spacing=1.0,
            )


def _draw_column_labels(page: Axes, grid: Grid, layout: Layout, top: float) -> None:
    for column, x in layout.lefts.items():
        put(
            page,
            x + layout.pitch / 2,
            top - 1.0,
            "\n".join(layout.column_lines[column]),
            size=SMALL,
            ha="center",
            va="bottom",
            rotation=90,
            spacing=1.06,
        )
    for x, (name, aside) in zip(layout.total_xs, grid.totals, strict=True):
        color = MUTED if aside else INK
        put(page, x, top - 1.0, name, size=SMALL, color=color, ha="center", va="bottom", rotation=90)


def _draw_band(page: Axes, band: Band, grid: Grid, layout: Layout, y: float) -> float:
    """Draw the heading and the rows of a band from `y` down; return where it ends."""
    if band.heading:
        _draw_heading(page, band, y + BAND / 2 + 0.4, layout.width - 2 * MARGIN)
    y += BAND if band.heading else BAND_GAP
    middles = {}
    for row in band.rows:
        middles[row.id] = y + layout.heights[row.id] / 2
        put(page, MARGIN + layout.labels - 1.5, middles[row.id], "\n".join(layout.row_lines[row.id]), ha="right")
        for x, total, (_name, aside) in zip(layout.total_xs, row.totals, grid.totals, strict=True):
            _draw_total(page, x, middles[row.id], total, aside)
        y += layout.heights[row.id]
    _draw_lines(page, band, grid, layout, y)
    _draw_marks(page, band, grid, layout, middles)
    return y


def _draw_heading(page: Axes, band: Band, y: float, room: float) -> None:
    """Write the heading of a band, and the source that it is from behind it."""
    heading = cut(band.heading, room, weight="bold")
    put(page, MARGIN, y, heading, weight="bold")
    after = width_of([heading], NORMAL, "bold") + 2.0
    if band.source and room - after > _SOURCE:
        put(page, MARGIN + after, y, cut(band.source, room - after, SMALL), size=SMALL, color=MUTED)


def _draw_total(page: Axes, x: float, y: float, total: str, aside: bool) -> None:
    color = ABSENT if total == "0" else MUTED if aside else INK
    put(page, x, y, total, size=SMALL, color=color, ha="center", va="center_baseline")


def _draw_lines(page: Axes, band: Band, grid: Grid, layout: Layout, bottom: float) -> None:
    edges = [bottom]
    for row in reversed(band.rows):
        edges.append(edges[-1] - layout.heights[row.id])
    for block in grid.blocks:
        left, right = layout.lefts[block.columns[0].id], layout.lefts[block.columns[-1].id] + layout.pitch
        page.hlines(edges, left, right, color=FAINT, linewidth=0.5)
        page.vlines(
            [*(layout.lefts[column.id] for column in block.columns), right],
            edges[-1],
            bottom,
            color=FAINT,
            linewidth=0.5,
        )


def _draw_marks(page: Axes, band: Band, grid: Grid, layout: Layout, middles: Mapping[str, float]) -> None:
    fit = min(1.0, (layout.pitch - 0.5) / _PILL)  # narrow columns need smaller marks
    for state in _SHAPES:
        single, grouped = [], []
        for line in _joinable(band, grid, layout, middles):
            single += [one.at for one in line if one.cell.state == state and not one.is_framed]
            for run in _runs(line, state):
                _pill(page, run[0].at, run[-1].at, state, scale=fit)
                grouped += [one.at for one in run]
        _mark(page, single, state, scale=fit)
        _mark(page, grouped, state, scale=fit * _IN_PILL, label=f"{state}, group")
    for draw, shows in ((_contrary, has_both), (_ring, is_mentioned)):
        places = [
            (left + layout.pitch / 2, middles[row.id])
            for column, left in layout.lefts.items()
            for row in band.rows
            if shows(grid.cells[row.id, column])
        ]
        draw(page, places, scale=fit)


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell with the point of its mark, and the accounts of its case."""

    at: tuple[float, float]
    cell: Cell
    accounts: frozenset[str]

    @property
    def is_framed(self) -> bool:
        """Whether the cell was reported as a group."""
        return self.cell.is_group and self.cell.state in FRAMED


def _joinable(band: Band, grid: Grid, layout: Layout, middles: Mapping[str, float]) -> Iterator[list[_Place]]:
    """Give the cells of a band in the lines within which neighbours may be joined: down a column, or along a row."""

    def place(row: MatrixRow, column: Column) -> _Place:
        x, y = layout.lefts[column.id] + layout.pitch / 2, middles[row.id]
        return _Place((x, y), grid.cells[row.id, column.id], row.accounts | column.accounts)

    for block in grid.blocks:
        if grid.is_turned:
            yield from ([place(row, column) for column in block.columns] for row in band.rows)
        else:
            yield from ([place(row, column) for row in band.rows] for column in block.columns)


def _runs(line: Sequence[_Place], state: State) -> Iterator[list[_Place]]:
    """Give the runs of neighbours reported as a group, by accounts that one shares with the next.

    Each run is framed as one: it is one account, not as many findings as it has cases.
    """
    run: list[_Place] = []
    for one in line:
        is_in = one.is_framed and one.cell.state == state
        if run and not (is_in and run[-1].accounts & one.accounts):
            yield run
            run = []
        if is_in:
            run.append(one)
    if run:
        yield run


def _pill(
    page: Axes,
    first: tuple[float, float],
    last: tuple[float, float],
    state: State,
    *,
    scale: float = 1.0,
    label: str = "",
) -> None:
    face, edge = _PALE[state]
    wide = _PILL * scale
    page.add_patch(
        FancyBboxPatch(
            (first[0] - wide / 2, first[1] - wide / 2),
            last[0] - first[0] + wide,
            last[1] - first[1] + wide,
            facecolor=face,
            boxstyle=f"round,pad=0,rounding_size={wide / 2}",
            edgecolor=edge,
            linewidth=0.6,
            zorder=2.5,
            label=label or f"{state}, account",
        )
    )


def _mark(
    page: Axes, places: Sequence[tuple[float, float]], state: State, *, scale: float = 1.0, label: str = ""
) -> None:
    if not places:
        return
    marker, color, size = _SHAPES[state]
    across, down = zip(*places, strict=True)
    page.scatter(
        across,
        down,
        s=(size * scale * POINTS_PER_MM) ** 2,
        marker=marker,
        color=color,
        linewidths=0,
        zorder=3,
        label=label or state,
    )


def _contrary(
    page: Axes, places: Sequence[tuple[float, float]], *, scale: float = 1.0, label: str = "contrary"
) -> None:
    """Set a small mark of counter-evidence, with a white rim, on marks of evidence."""
    if places:
        across, down = zip(*places, strict=True)
        marks = page.scatter(across, down, s=(_CONTRARY * scale * POINTS_PER_MM) ** 2, marker="D", linewidths=0.4)
        marks.set(facecolor=AGAINST, edgecolor="white", zorder=3.2, label=label)


def _ring(page: Axes, places: Sequence[tuple[float, float]], *, scale: float = 1.0, label: str = "mentioned") -> None:
    """Set a small ring where a code is only mentioned."""
    if places:
        across, down = zip(*places, strict=True)
        marks = page.scatter(across, down, s=(_RING * scale * POINTS_PER_MM) ** 2, marker="o", linewidths=0.6)
        marks.set(facecolor="none", edgecolor=MUTED, zorder=3.2, label=label)


def _draw_foot(page: Axes, grid: Grid, layout: Layout, top: float) -> None:
    for place, (name, aside) in enumerate(grid.foot):
        y = top + 1.0 + (place + 0.5) * FOOT
        color = MUTED if aside else INK
        put(page, MARGIN + layout.labels - 1.5, y, name, size=SMALL, color=color, ha="right", va="center_baseline")
        for block in grid.blocks:
            for column in block.columns:
                middle = layout.lefts[column.id] + layout.pitch / 2
                _draw_total(page, middle, y, column.totals[place], aside)
