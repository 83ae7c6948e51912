"""Where labels stand on a map: none over another, none beyond the border, few over circles.

For each item a fixed set of places is tried: in the middle of its circle where the text fits, around the circle, and
farther off at the end of a thin leader line. Places are weighed by what they cover and by how far they are, taken
greedily by size, and then improved: each label moves to a better place once its neighbours stand, and an item left
without a label may push one neighbour aside. All lengths are in points (1/72 inch), y upwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.figures.label_search import BESIDE, Board, search
from benang.network.network import Floats

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_GAP = 0.9  # between a circle and its label
_RINGS = (4.0, 8.0, 12.5, 18.0, 24.0, 31.0, 40.0, 50.0, 62.0, 76.0, 92.0)  # from the circle's edge, with a leader
_ANGLES = 24
_NEAR_COSTS = {0: 0.0, 180: 0.06, 90: 0.1, 270: 0.1, 45: 0.14, 315: 0.14, 135: 0.16, 225: 0.16}
_LEADER_COST, _LEADER_COST_PER_POINT = 0.35, 0.01
_UNNAMED_COST = 6.0
_OVERHANG_COST = 0.5  # in the middle of a circle that is smaller than the text
_EFFORT = 1500  # items × passes of improvement: half a second or so
_ROUNDS_FOR = 500  # items × rounds
_CELL = 0.5  # points a side


@dataclass(frozen=True, slots=True)
class Placement:
    """`boxes` (n × 4) are the boxes of the labels, valid where `named`; `leaders` (n × 4) run from the circle's edge
    (x, y) to the label (x, y) where `led`.
    """  # noqa: D205

    boxes: Floats
    named: NDArray[np.bool_]
    leaders: Floats
    led: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Places:
    """The places that each of n labels may take, m for each, cheapest first; cost is infinite where it may not."""

    boxes: Floats  # n × m × 4
    leaders: Floats  # n × m × 4
    led: NDArray[np.bool_]  # n × m
    costs: Floats  # n × m


def place_labels(
    centres: Floats,
    radii: Floats,
    sizes: Floats,
    area: Box,
    *,
    curves: Floats | None = None,
    importance: float | Floats = 1.0,
    max_leader: float = 92.0,
    passes: int | None = None,
) -> Placement:
    """Choose places for labels; the order of the items is the order in which they choose.

    `centres` (n × 2) and `radii` (n) are circles, `sizes` (n × 2) widths and heights of texts (0 wide: no label),
    `area` what no label may leave, `curves` (k × 2) points along the links, which labels had better not cover.
    `importance` (n) multiplies what it costs to stand apart from the circle. `passes` limits the improvement: 6, fewer
    where there are many items.
    """
    places = _candidates(centres, radii, sizes, area, curves, importance, max_leader)
    n = len(centres)
    unnamed = _UNNAMED_COST * np.broadcast_to(importance, n)
    board = Board(
        places.boxes,
        places.leaders,
        places.led,
        places.costs,
        unnamed,
        _near(places, centres),
        np.full(n, -1, dtype=np.int64),
        unnamed.copy(),
    )
    taken = _best_of_rounds(board, int(np.clip(_EFFORT / max(n, 1), 2, 6)) if passes is None else passes)
    rows, chosen = np.arange(n), np.maximum(taken, 0)
    named = taken >= 0
    return Placement(places.boxes[rows, chosen], named, places.leaders[rows, chosen], places.led[rows, chosen] & named)


def _best_of_rounds(board: Board, passes: int) -> NDArray[np.int64]:
    """Search again with those first that found no place, and return what cost least over all rounds.

    Squeaky wheel optimisation: D. E. Joslin and D. P. Clements (1999), J. Artif. Intell. Res. 10, 353–373.
    """
    n = len(board.chosen)
    order = np.arange(n)
    best, best_cost = board.chosen.copy(), np.inf
    for _ in range(int(np.clip(_ROUNDS_FOR / max(n, 1), 1, 4))):
        search(board, order, passes)
        if board.cost.sum() < best_cost:
            best, best_cost = board.chosen.copy(), float(board.cost.sum())
        left_out = order[(board.chosen[order] < 0) & np.isfinite(board.costs[order, 0])]
        if not len(left_out):
            break
        order = np.concatenate([left_out, order[~np.isin(order, left_out)]])
    return best


def _near(places: Places, centres: Floats) -> NDArray[np.int64]:
    """Return for each item the others that its places could ever meet, the closest first, padded with −1."""
    may = np.isfinite(places.costs)[..., None]
    ends = np.concatenate([places.leaders[..., :2], places.leaders[..., 2:]], axis=1)
    low = np.minimum(np.where(may, places.boxes[..., :2], np.inf).min(axis=1), ends.min(axis=1)) - BESIDE
    high = np.maximum(np.where(may, places.boxes[..., 2:], -np.inf).max(axis=1), ends.max(axis=1)) + BESIDE
    touch = ((low[:, None] <= high[None]) & (low[None] <= high[:, None])).all(axis=-1)
    np.fill_diagonal(touch, False)
    apart = np.where(touch, np.hypot(*np.moveaxis(centres[:, None] - centres[None], -1, 0)), np.inf)
    order = np.argsort(apart, axis=1, kind="stable")[:, : max(1, int(touch.sum(axis=1).max(initial=0)))]
    return np.where(np.take_along_axis(touch, order, axis=1), order, -1)


def _candidates(
    centres: Floats,
    radii: Floats,
    sizes: Floats,
    area: Box,
    curves: Floats | None,
    importance: float | Floats,
    max_leader: float,
) -> Places:
    directions, distances, base = _directions(max_leader)
    led = distances > _GAP
    n, m = len(centres), len(distances)
    reach = radii[:, None] + distances[None, :]
    half = sizes[:, None, :] / 2
    lean = np.clip(directions * 1.6, -1, 1)  # so that a label beside is level with its circle, one above centred on it
    middle = centres[:, None, :] + directions[None] * reach[..., None] + lean[None] * half
    # the first place is the middle of the circle
    middle[:, 0] = centres
    boxes = np.concatenate([middle - half, middle + half], axis=-1)
    ends = np.clip(centres[:, None, :], boxes[..., :2], boxes[..., 2:])
    towards = ends - centres[:, None, :]
    length = np.maximum(np.hypot(towards[..., 0], towards[..., 1]), 1e-9)
    starts = centres[:, None, :] + towards / length[..., None] * np.minimum(radii[:, None], length)[..., None]
    weight = np.broadcast_to(importance, n)[:, None]
    costs = base * weight
    costs[:, :1] = _middle_costs(radii, sizes)[:, None] / weight
    ink = _Ink(area, centres, radii, curves)
    # a led label keeps off other circles by a space, lest it be read as theirs
    covered = ink.under(boxes, np.where(led[:, None], (2.6, 1.0), (0.7, 0.7)))
    covered[:, 0] = np.maximum(covered[:, 0] - ink.own(sizes, radii), 0.0)
    costs += covered / weight
    costs += np.where(led, ink.along(starts, ends), 0.0)
    left, bottom, right, top = area
    outside = (boxes[..., 0] < left) | (boxes[..., 1] < bottom) | (boxes[..., 2] > right) | (boxes[..., 3] > top)
    costs[outside | (sizes[:, :1] <= 0)] = np.inf
    order = np.argsort(costs, axis=1, kind="stable")
    rows = np.arange(n)[:, None]
    leaders = np.concatenate([starts, ends], axis=-1)
    return Places(
        boxes[rows, order], leaders[rows, order], np.broadcast_to(led, (n, m))[rows, order], costs[rows, order]
    )


def _directions(max_leader: float) -> tuple[Floats, Floats, Floats]:
    """Return unit vectors, distances from the circle, and base costs of all places; the first is the middle."""
    near = [(0.0, 0.0, 0.0)] + [(float(angle), _GAP, cost) for angle, cost in _NEAR_COSTS.items()]
    near += [(float(angle), _GAP, 0.2) for angle in (20, 160, 65, 115, 200, 340, 245, 295)]
    far = [
        (360.0 * (step + (ring % 2) / 2) / _ANGLES, distance, _LEADER_COST + _LEADER_COST_PER_POINT * distance)
        for ring, distance in enumerate(_RINGS)
        if distance <= max_leader
        for step in range(_ANGLES)
    ]
    angle, distance, cost = np.array(near + far).T
    turn = np.deg2rad(angle)
    return np.stack([np.cos(turn), np.sin(turn)], axis=-1), distance, cost


def _middle_costs(radii: Floats, sizes: Floats) -> Floats:
    """Return the costs of standing in the middle: the first choice where the text fits, no choice on small circles."""
    fits = np.hypot(sizes[:, 0], sizes[:, 1] * 0.7) <= 2 * radii
    large = 2 * radii >= 1.7 * sizes[:, 1]
    return np.where(fits, -0.05, np.where(large, _OVERHANG_COST, np.inf))


class _Ink:
    """What lies on the map, as a grid whose sums over boxes are known at once (a summed-area table)."""

    def __init__(self, area: Box, centres: Floats, radii: Floats, curves: Floats | None) -> None:
        self.origin = np.array(area[:2])
        self.shape = np.maximum(np.ceil((np.array(area[2:]) - self.origin) / _CELL).astype(np.intp), 1)
        self.discs = np.zeros((self.shape[1], self.shape[0]))
        for centre, radius in zip(centres, radii, strict=True):
            self._add_disc(centre, float(radius))
        self.sums = np.zeros(np.array(self.discs.shape) + 1)
        self.sums[1:, 1:] = (self.discs * _CELL**2 + self._strokes(curves)).cumsum(axis=0).cumsum(axis=1)

    @staticmethod
    def _weight(radius: float | Floats) -> Floats:
        """Return the cost of covering a square point of a circle: 1.2 for the whole of a small one."""
        return np.maximum(1.2 / (np.pi * np.maximum(radius, 0.5) ** 2), 0.02)

    def _add_disc(self, centre: Floats, radius: float) -> None:
        low = np.clip(((centre - radius - self.origin) / _CELL).astype(np.intp), 0, self.shape)
        high = np.clip(((centre + radius - self.origin) / _CELL).astype(np.intp) + 1, 0, self.shape)
        x = self.origin[0] + (np.arange(low[0], high[0]) + 0.5) * _CELL - centre[0]
        y = self.origin[1] + (np.arange(low[1], high[1]) + 0.5) * _CELL - centre[1]
        window = self.discs[low[1] : high[1], low[0] : high[0]]
        inside = x[None, :] ** 2 + y[:, None] ** 2 <= max(radius, 0.5) ** 2
        np.maximum(window, inside * self._weight(radius), out=window)

    def _strokes(self, curves: Floats | None) -> Floats:
        if curves is None or not len(curves):
            return np.zeros_like(self.discs)
        column, row = np.clip(((curves - self.origin) / _CELL).astype(np.intp), 0, self.shape - 1).T
        counts = np.bincount(row * self.shape[0] + column, minlength=self.discs.size).reshape(self.discs.shape)
        strokes: Floats = np.minimum(counts * 0.0006, 0.0012) * (self.discs == 0)  # links end below circles
        return strokes

    def under(self, boxes: Floats, margin: Floats) -> Floats:
        """Return what boxes (n × m × 4) cover, each widened by a margin (m × 2: across, along)."""
        low = np.clip(((boxes[..., :2] - margin - self.origin) / _CELL).astype(np.intp), 0, self.shape)
        high = np.clip(((boxes[..., 2:] + margin - self.origin) / _CELL).astype(np.intp) + 1, 0, self.shape)
        s, (x0, y0), (x1, y1) = self.sums, np.moveaxis(low, -1, 0), np.moveaxis(high, -1, 0)
        covered: Floats = np.maximum(s[y1, x1] - s[y0, x1] - s[y1, x0] + s[y0, x0], 0.0)
        return covered

    def own(self, sizes: Floats, radii: Floats) -> Floats:
        """Return what labels in the middle of their circles cover of these, taken as squares with the same area."""
        side = np.sqrt(np.pi) * radii[:, None]
        covered: Floats = np.minimum(sizes + 1.4 + 2 * _CELL, side).prod(axis=1) * self._weight(radii)
        return covered

    def along(self, starts: Floats, ends: Floats) -> Floats:
        """Return how much of circles each line (n × m) crosses, own circle left out: 0.9 for a line all within."""
        total = np.zeros(starts.shape[:-1])
        for share in np.linspace(0.08, 1.0, 12):
            points = starts + (ends - starts) * share
            column, row = np.moveaxis(
                np.clip(((points - self.origin) / _CELL).astype(np.intp), 0, self.shape - 1), -1, 0
            )
            total += self.discs[row, column] > 0
        return total * 0.9 / 12
