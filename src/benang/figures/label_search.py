"""The search for free places of labels: what lies below them, and compiled loops over plain arrays.

A label has a box (left, bottom, right, top), and around it the room that it keeps free. Two labels meet when their
rooms do. Each item has places sorted by cost; `chosen` is the place that it has taken, −1 for none.
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
