"""From which zoom on each label of a map has room in the middle of its item: one number a label, worked out once.

One rule holds on paper, on a screen and at every zoom: of names that have no room beside each other, the one of the
larger item is shown, and none lies on the circle of a larger item. Zooming in spreads the items and leaves texts and
circles as large as they are. VOSviewer Online 1.2.3 does the same, circles aside.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benang.kernels import kernel
from benang.network.network import Floats

_EXACTLY = 2048  # items up to which all pairs are looked at
_FIRST = 256  # of more items: the largest, which are compared with all; their texts may be very wide
_PER_CELL = 2.0  # items to a cell of the grid


def label_thresholds(
    places: Floats, boxes: Floats, size: Floats | None = None, *, radii: Floats | None = None
) -> Floats:
    """Return for each item the zoom above which its label is shown: 0 for always, infinite for never.

    Labels are centred on their items. Of two, i and j, the texts overlap up to the zoom
    f(i, j) = min((wᵢ + wⱼ + 2) / 2 / |xᵢ − xⱼ|, (hᵢ + hⱼ + 2) / 2 / |yᵢ − yⱼ|), a pixel of space kept around each. The
    largest item is always shown; an item's threshold is the greatest f(i, j) over larger items j that are themselves
    shown there, which is where f(i, j) exceeds the threshold of j. VOSviewer's rule takes the running threshold of i in
    place of nothing, which comes to the same. With `radii` it is also the greatest g(i, j), the zoom up to which the
    text of i lies on the circle of a larger j, taken as a square: 2 rⱼ in place of wⱼ and hⱼ.

    Parameters
    ----------
    places
        n × 2 places of the items in pixels at zoom 1.
    boxes
        n × 2 widths and heights of the texts in pixels; at all zooms the same. A text without width needs no room.
    size
        n numbers by which items are larger or smaller than others (their weights); without, the order given is that
        of falling size. Of equal ones the first counts as larger.
    radii
        n radii of the circles in pixels; without, only texts are kept apart. Circles no larger than an item's own don't
        count.

    Notes
    -----
    All pairs take n² / 2 steps. Above 2,048 items a grid finds the pairs that can matter, with the same result: cells
    are searched outwards until none farther off could give more than what was found.

    Examples
    --------
    Three texts of 18 × 8 pixels. The second is free of the first when 4 pixels apart have become 19 (or 9 in height);
    the third, right beside the second, must wait for that one only where both are shown.

    >>> places = np.array([[0.0, 0.0], [4.0, 0.0], [5.0, 3.0]])
    >>> label_thresholds(places, np.full((3, 2), (18.0, 8.0))).tolist()
    [0.0, 4.75, 3.0]

    With a circle of 30 pixels around the first, the others must wait until they are clear of it.

    >>> label_thresholds(places, np.full((3, 2), (18.0, 8.0)), radii=np.array([30.0, 2.0, 2.0])).tolist()
    [0.0, 9.875, 7.9]
    """
    n = len(places)
    order = np.arange(n) if size is None else np.argsort(-size, kind="stable")
    texts = _Texts(
        np.ascontiguousarray(places[order, 0], np.float64),
        np.ascontiguousarray(places[order, 1], np.float64),
        np.ascontiguousarray((boxes[order] + 1.0) / 2, np.float64),
        boxes[order, 0] > 0,
        np.zeros(n) if radii is None else np.ascontiguousarray(radii[order], np.float64),
        np.zeros(n),
    )
    first = n if n <= _EXACTLY else _FIRST
    _among_first(texts, first)
    if first < n:
        grid, side = _grid(texts, first)
        _within_grid(texts, grid, first, side)
    thresholds = np.empty(n)
    thresholds[order] = texts.thresholds
    return thresholds


def _grid(texts: _Texts, first: int) -> tuple[_Grid, float]:
    """Return an empty grid over the items, and the side of its cells.

    Lengths are taken in widths and heights of the widest and the highest text or circle, so that f(i, j) is at most 1
    over the larger of the two distances.
    """
    wide, high = 2 * np.maximum(texts.half[first:].max(axis=0), texts.radii[first:].max())
    u, v = (texts.x - texts.x.min()) / wide, (texts.y - texts.y.min()) / high
    across, along, n = float(u.max()), float(v.max()), len(u)
    most = 4 * max(1, int(np.sqrt(n)))
    side = float(max(np.sqrt(across * along * _PER_CELL / n), max(across, along) / most, 1e-12))
    column, row = (np.floor(place / side).astype(np.int64) for place in (u, v))
    n_cells = int(max(column.max(), row.max())) + 1
    return _Grid(column, row, np.full((n_cells, n_cells), -1, np.int64), np.full(n, -1, np.int64)), side


class _Texts(NamedTuple):
    """Places and half sizes of the texts, largest item first; whether each has a label, circles, thresholds so far."""

    x: Floats
    y: Floats
    half: Floats
    drawn: NDArray[np.bool_]
    radii: Floats
    thresholds: Floats


class _Grid(NamedTuple):
    """Cells: which one each item lies in, the last item put into each, and for each item the one put in before."""

    column: NDArray[np.int64]
    row: NDArray[np.int64]
    head: NDArray[np.int64]
    before: NDArray[np.int64]


@kernel
def _overlap_until(dx: float, dy: float, wide: float, high: float) -> float:
    """Return the zoom up to which two texts overlap."""
    across = wide / abs(dx) if dx != 0 else np.inf
    along = high / abs(dy) if dy != 0 else np.inf
    return min(across, along)


@kernel
def _against(texts: _Texts, i: int, n: int) -> float:
    """Return the threshold of i as far as the first n items make it."""
    x, y, half, drawn, radii, thresholds = texts
    best, x_i, y_i, wide, high, own = 0.0, x[i], y[i], half[i, 0], half[i, 1], radii[i]
    for j in range(n):
        dx, dy = x_i - x[j], y_i - y[j]
        until = _overlap_until(dx, dy, wide + half[j, 0], high + half[j, 1])
        if until > best and until > thresholds[j] and drawn[j]:
            best = until
        if radii[j] > own:
            best = max(best, _overlap_until(dx, dy, wide + radii[j], high + radii[j]))
    return best


@kernel
def _among_first(texts: _Texts, first: int) -> None:
    """Compare the first items with each other."""
    for i in range(first):
        if texts.drawn[i]:
            texts.thresholds[i] = _against(texts, i, i)


@kernel
def _within_ring(texts: _Texts, grid: _Grid, i: int, ring: int, best: float) -> float:
    """Return the threshold of i once the items in the cells at a distance from its own are taken into account."""
    x, y, half, drawn, radii, thresholds = texts
    head, before, n_cells = grid.head, grid.before, len(grid.head)
    column, row = grid.column[i], grid.row[i]
    x_i, y_i, wide, high, own = x[i], y[i], half[i, 0], half[i, 1], radii[i]
    for c in range(max(column - ring, 0), min(column + ring, n_cells - 1) + 1):
        whole = ring == 0 or abs(c - column) == ring  # else only the upper and the lower end of this column
        for r in range(row - ring, row + ring + 1, 1 if whole else 2 * ring):
            j = head[c, r] if 0 <= r < n_cells else -1
            while j >= 0:
                dx, dy = x_i - x[j], y_i - y[j]
                until = _overlap_until(dx, dy, wide + half[j, 0], high + half[j, 1])
                if until > best and until > thresholds[j] and drawn[j]:
                    best = until
                if radii[j] > own:
                    best = max(best, _overlap_until(dx, dy, wide + radii[j], high + radii[j]))
                j = before[j]
    return best


@kernel
def _within_grid(texts: _Texts, grid: _Grid, first: int, side: float) -> None:
    """Compare each item after the first with these, and with those larger ones near enough to matter."""
    for i in range(first, len(texts.x)):
        if texts.drawn[i]:
            best = _against(texts, i, first)
            for ring in range(len(grid.head)):
                # an item in this ring is at least ring − 1 cells away, one way or the other
                if ring > 1 and best >= 1.0 / ((ring - 1) * side):
                    break
                best = _within_ring(texts, grid, i, ring, best)
            texts.thresholds[i] = best
        grid.before[i] = grid.head[grid.column[i], grid.row[i]]
        grid.head[grid.column[i], grid.row[i]] = i
