"""Where labels stand on a map: none over another, none beyond the border, few over circles; or in frames over them.

For each item a fixed set of places is tried: in the middle of its circle where the text fits, around the circle, and
farther off at the end of a thin leader line. Places are weighed by what they cover and by how far they are, taken
greedily by size, and then improved: each label moves to a better place once its neighbours stand, and an item left
without a label may push one neighbour aside. All lengths are in points (1/72 inch), y upwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.figures.label_search import BESIDE, Board, Box, Ink, search
from benang.network.network import Floats

_GAP = 0.9  # between a circle and its label
_RINGS = (4.0, 8.0, 12.5, 18.0, 24.0, 31.0, 40.0, 50.0, 62.0, 76.0, 92.0)  # from the circle's edge, with a leader
_ANGLES = 24
_NEAR_COSTS = {0: 0.0, 180: 0.06, 90: 0.1, 270: 0.1, 45: 0.14, 315: 0.14, 135: 0.16, 225: 0.16}
_LEADER_COST, _LEADER_COST_PER_POINT = 0.35, 0.01
_UNNAMED_COST = 6.0
_OVERHANG_COST = 0.5  # in the middle of a circle that is smaller than the text
_EFFORT = 1500  # items × passes of improvement: half a second or so
_ROUNDS_FOR = 500  # items × rounds

PADDING = (0.35, 0.22)
"""Between a text and its frame, at the sides and above, by the size of the text."""
_BETWEEN = 0.8  # points between two frames
# of the frame's width and height: the item always lies below its frame
_ASIDE = 0.45
_WAYS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))


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
    n = len(centres)
    placed = Placement(np.zeros((n, 4)), np.zeros(n, np.bool_), np.zeros((n, 4)), np.zeros(n, np.bool_))
    labelled = np.flatnonzero(sizes[:, 0] > 0)
    if not len(labelled):
        return placed
    weight = np.broadcast_to(importance, n)[labelled]
    ink = Ink(area, centres, radii, curves)
    places = _candidates(centres[labelled], radii[labelled], sizes[labelled], area, ink, weight, max_leader)
    unnamed = _UNNAMED_COST * weight
    board = Board(
        places.boxes,
        places.leaders,
        places.led,
        places.costs,
        unnamed,
        _near(places, centres[labelled]),
        np.full(len(labelled), -1, dtype=np.int64),
        unnamed.copy(),
    )
    taken = _best_of_rounds(board, int(np.clip(_EFFORT / len(labelled), 2, 6)) if passes is None else passes)
    rows, chosen = np.arange(len(labelled)), np.maximum(taken, 0)
    placed.boxes[labelled] = places.boxes[rows, chosen]
    placed.leaders[labelled] = places.leaders[rows, chosen]
    placed.named[labelled] = taken >= 0
    placed.led[labelled] = places.led[rows, chosen] & (taken >= 0)
    return placed


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
    ink: Ink,
    importance: Floats,
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
    weight = importance[:, None]
    costs = base * weight
    costs[:, :1] = _middle_costs(radii, sizes)[:, None] / weight
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


def place_frames(centres: Floats, sizes: Floats, area: Box) -> Placement:
    """Place frames (n × 2 widths and heights, 0 wide: none) over their items, or a little aside where that is free.

    The order of the items is the order in which they choose. Frames stay within the area.

    Examples
    --------
    >>> frames = place_frames(np.zeros((2, 2)), np.full((2, 2), 10.0), (-50.0, -50.0, 50.0, 50.0))
    >>> frames.named.tolist(), frames.boxes[0].tolist()
    ([True, False], [-5.0, -5.0, 5.0, 5.0])
    """
    n = len(centres)
    boxes, named = np.zeros((n, 4)), np.zeros(n, np.bool_)
    taken = np.empty((0, 4))
    low, high = np.array(area[:2]), np.array(area[2:])
    for item in np.flatnonzero(sizes[:, 0] > 0).tolist():
        half = sizes[item] / 2
        if (2 * half > high - low).any():
            continue
        for way in _WAYS:
            middle = np.clip(centres[item] + _ASIDE * np.array(way) * sizes[item], low + half, high - half)
            box = np.concatenate([middle - half, middle + half])
            apart = (box[:2] >= taken[:, 2:] + _BETWEEN) | (box[2:] + _BETWEEN <= taken[:, :2])
            if bool(apart.any(axis=1).all()):
                boxes[item], named[item] = box, True
                taken = np.vstack([taken, box])
                break
    return Placement(boxes, named, np.zeros((n, 4)), np.zeros(n, np.bool_))
