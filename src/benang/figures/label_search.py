"""Where labels have room: the search for free places, and the zoom from which a label fits; compiled loops over arrays.

A label has a box (left, bottom, right, top), and around it the room that it keeps free. Two labels meet when their
rooms do. Each item has places sorted by cost; `chosen` is the place that it has taken, −1 for none.

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

_CELL = 0.5  # points a side
_MANY = 600  # circles from which on each counts for less

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_MOST_PUSHED = 3
_PUSH_GUESS = 0.1  # what a label that is pushed aside will lose, before it is known


class Ink:
    """What lies on the map, as a grid whose sums over boxes are known at once (a summed-area table)."""

    def __init__(self, area: Box, centres: Floats, radii: Floats, curves: Floats | None) -> None:
        self.origin = np.array(area[:2])
        self.shape = np.maximum(np.ceil((np.array(area[2:]) - self.origin) / _CELL).astype(np.intp), 1)
        # where there are very many circles, one more or less that is covered tells the reader little
        self.share = min(1.0, _MANY / max(len(radii), 1)) ** 0.75
        self.discs = np.zeros((self.shape[1], self.shape[0]))
        _add_discs(self.discs, self.origin, centres, radii, _weights(radii) * self.share)
        self.sums = np.zeros(np.array(self.discs.shape) + 1)
        self.sums[1:, 1:] = (self.discs * _CELL**2 + self._strokes(curves)).cumsum(axis=0).cumsum(axis=1)

    def _strokes(self, curves: Floats | None) -> Floats:
        if curves is None or not len(curves):
            return np.zeros_like(self.discs)
        column, row = np.clip(((curves - self.origin) / _CELL).astype(np.intp), 0, self.shape - 1).T
        counts = np.bincount(row * self.shape[0] + column, minlength=self.discs.size).reshape(self.discs.shape)
        strokes: Floats = np.minimum(counts * 0.0006, 0.0012) * (self.discs == 0)  # links end below circles
        return strokes

    def under(self, boxes: Floats, margin: Floats) -> Floats:
        """Return what boxes (n × m × 4) cover, each widened by a margin (across, along)."""
        low = np.clip(((boxes[..., :2] - margin - self.origin) / _CELL).astype(np.intp), 0, self.shape)
        high = np.clip(((boxes[..., 2:] + margin - self.origin) / _CELL).astype(np.intp) + 1, 0, self.shape)
        s, (x0, y0), (x1, y1) = self.sums, np.moveaxis(low, -1, 0), np.moveaxis(high, -1, 0)
        covered: Floats = np.maximum(s[y1, x1] - s[y0, x1] - s[y1, x0] + s[y0, x0], 0.0)
        return covered

    def own(self, sizes: Floats, radii: Floats, margin: Floats) -> Floats:
        """Return what labels in the middle of their circles cover of these, taken as squares with the same area."""
        side = np.sqrt(np.pi) * radii[..., None]
        covered: Floats = np.minimum(sizes + 2 * margin + 2 * _CELL, side).prod(axis=-1) * _weights(radii) * self.share
        return covered


def _weights(radii: Floats) -> Floats:
    """Return the cost of covering a square point of each circle: 1.2 for the whole of a small one."""
    return np.maximum(1.2 / (np.pi * np.maximum(radii, 0.5) ** 2), 0.02)


@kernel
def _add_discs(discs: Floats, origin: Floats, centres: Floats, radii: Floats, weights: Floats) -> None:
    """Put circles into a grid of square cells; where several lie, the costliest to cover counts."""
    rows, columns = discs.shape
    for k in range(len(radii)):
        reach = max(radii[k], 0.5) ** 2
        low_x = min(max(int((centres[k, 0] - radii[k] - origin[0]) / _CELL), 0), columns)
        low_y = min(max(int((centres[k, 1] - radii[k] - origin[1]) / _CELL), 0), rows)
        high_x = min(max(int((centres[k, 0] + radii[k] - origin[0]) / _CELL) + 1, 0), columns)
        high_y = min(max(int((centres[k, 1] + radii[k] - origin[1]) / _CELL) + 1, 0), rows)
        for row in range(low_y, high_y):
            y = origin[1] + (row + 0.5) * _CELL - centres[k, 1]
            for column in range(low_x, high_x):
                x = origin[0] + (column + 0.5) * _CELL - centres[k, 0]
                if x * x + y * y <= reach and weights[k] > discs[row, column]:
                    discs[row, column] = weights[k]


@kernel
def over_larger(boxes: Floats, own: Floats, centres: Floats, radii: Floats, most: float) -> NDArray[np.bool_]:
    """Tell which boxes (n × m × 4) reach more than `most` points into a circle larger than their `own` (n)."""
    n, m = boxes.shape[0], boxes.shape[1]
    over = np.zeros((n, m), np.bool_)
    for i in range(n):
        left, bottom = boxes[i, :, 0].min(), boxes[i, :, 1].min()
        right, top = boxes[i, :, 2].max(), boxes[i, :, 3].max()
        for j in range(len(radii)):
            x, y, reach = centres[j, 0], centres[j, 1], radii[j] - most
            if radii[j] <= 1.01 * own[i] or x + reach <= left or x - reach >= right:
                continue
            if y + reach <= bottom or y - reach >= top:
                continue
            for k in range(m):
                across = max(boxes[i, k, 0] - x, x - boxes[i, k, 2], 0.0)
                along = max(boxes[i, k, 1] - y, y - boxes[i, k, 3], 0.0)
                if across * across + along * along < reach * reach:
                    over[i, k] = True
    return over


@kernel
def beside_others(
    boxes: Floats, own: NDArray[np.int64], centres: Floats, radii: Floats, near: float, most: int
) -> Floats:
    """Return how many circles but their `own` (n) lie within `near` points of boxes (n × m × 4), up to `most`."""
    n, m = boxes.shape[0], boxes.shape[1]
    counts = np.zeros((n, m))
    for i in range(n):
        left, bottom = boxes[i, :, 0].min(), boxes[i, :, 1].min()
        right, top = boxes[i, :, 2].max(), boxes[i, :, 3].max()
        full = 0
        for j in range(len(radii)):
            x, y, reach = centres[j, 0], centres[j, 1], radii[j] + near
            if j == own[i] or x + reach <= left or x - reach >= right or y + reach <= bottom or y - reach >= top:
                continue
            for k in range(m):
                if counts[i, k] == most:
                    continue
                across = max(boxes[i, k, 0] - x, x - boxes[i, k, 2], 0.0)
                along = max(boxes[i, k, 1] - y, y - boxes[i, k, 3], 0.0)
                if across * across + along * along < reach * reach:
                    counts[i, k] += 1
                    full += counts[i, k] == most
            if full == m:
                break
    return counts


class Board(NamedTuple):
    """Places of all labels (n × m), and what each has taken."""

    rooms: Floats  # n × m × 4
    costs: Floats  # n × m
    unnamed: Floats  # n: what having no place counts when others could make way
    near: NDArray[np.int64]  # n × k: the items whose labels could ever meet, −1 behind the last
    chosen: NDArray[np.int64]  # n
    cost: Floats  # n


@kernel
def _met(board: Board, item: int, place: int, most: int, others: NDArray[np.int64]) -> int:
    """Write into `others` which labels a place meets, and return how many: at most one more than `most`."""
    left, bottom = board.rooms[item, place, 0], board.rooms[item, place, 1]
    right, top = board.rooms[item, place, 2], board.rooms[item, place, 3]
    n = 0
    for k in range(board.near.shape[1]):
        other = board.near[item, k]
        if other < 0:
            break
        at = board.chosen[other]
        if at < 0:
            continue
        x0, y0 = board.rooms[other, at, 0], board.rooms[other, at, 1]
        x1, y1 = board.rooms[other, at, 2], board.rooms[other, at, 3]
        if left < x1 and x0 < right and bottom < y1 and y0 < top:
            others[n] = other
            n += 1
            if n > most:
                break
    return n


@kernel
def settle(board: Board, item: int) -> None:
    """Take the cheapest free place, or none if there is no free one."""
    others = np.empty(1, np.int64)
    board.chosen[item], board.cost[item] = -1, board.unnamed[item]
    for place in range(board.costs.shape[1]):
        if board.costs[item, place] == np.inf:
            break
        if _met(board, item, place, 0, others) == 0:
            board.chosen[item], board.cost[item] = place, board.costs[item, place]
            break


@kernel
def _push(board: Board, item: int) -> bool:
    """Take a place that one to three other labels hold, if they find others for less than it saves."""
    others = np.empty(_MOST_PUSHED + 1, np.int64)
    own_place, own_cost = board.chosen[item], board.cost[item]
    board.chosen[item] = -1
    for place in range(board.costs.shape[1]):
        cost = board.costs[item, place]
        if cost + _PUSH_GUESS >= own_cost:
            break
        n = _met(board, item, place, _MOST_PUSHED, others)
        promising = 0 < n <= _MOST_PUSHED and cost + n * _PUSH_GUESS < own_cost
        if promising and _swap(board, item, place, others, n, own_cost):
            return True
    board.chosen[item], board.cost[item] = own_place, own_cost
    return False


@kernel
def _swap(board: Board, item: int, place: int, others: NDArray[np.int64], n: int, held_cost: float) -> bool:
    """Put an item in a place and move the n labels that were there; put all back unless the whole improves."""
    chosen, costs = np.empty(_MOST_PUSHED, np.int64), np.empty(_MOST_PUSHED)
    budget = held_cost - board.costs[item, place] - 1e-9
    for k in range(n):
        chosen[k], costs[k] = board.chosen[others[k]], board.cost[others[k]]
        budget += costs[k]
        board.chosen[others[k]] = -1
    board.chosen[item], board.cost[item] = place, board.costs[item, place]
    for k in range(n):
        settle(board, others[k])
        budget -= board.cost[others[k]]
        # a label that was there goes only for a better whole, and never loses its name
        if board.chosen[others[k]] < 0 or budget <= 0:
            board.chosen[item] = -1
            for back in range(n):
                board.chosen[others[back]], board.cost[others[back]] = chosen[back], costs[back]
            return False
    return True


@kernel
def claim(board: Board, item: int) -> None:
    """Take the cheapest place that no earlier label has; later ones there go elsewhere, or lose their names."""
    others = np.empty(board.near.shape[1], np.int64)
    for place in range(board.costs.shape[1]):
        if board.costs[item, place] == np.inf:
            return
        n = _met(board, item, place, len(others) - 1, others)
        if (others[:n] > item).all():
            board.chosen[item], board.cost[item] = place, board.costs[item, place]
            for k in range(n):
                board.chosen[others[k]] = -1
            for k in range(n):
                settle(board, others[k])
            return


@kernel
def search(board: Board, passes: int) -> None:
    """Let the items take places in their order, then improve until nothing changes, at most `passes` times.

    With passes, an item that finds no free place moves up to three others aside, if each of them keeps its name and
    they lose less than it gains. In the end, names yield to earlier items that have none: an item has no name only
    where earlier ones leave it no place.
    """
    board.chosen[:] = -1
    for item in range(len(board.chosen)):
        settle(board, item)
        if board.chosen[item] < 0 and passes > 0:
            _push(board, item)
    for _ in range(passes):
        changed = False
        for item in range(len(board.chosen)):
            before = board.cost[item]
            if before <= board.costs[item, 0]:
                continue
            settle(board, item)
            if board.cost[item] < before - 1e-9 or (board.cost[item] > 0.3 and _push(board, item)):
                changed = True
        if not changed:
            break
    for item in range(len(board.chosen)):
        if board.chosen[item] < 0:
            claim(board, item)


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
