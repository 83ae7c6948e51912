"""Where labels stand on a map: on their circle or touching it, none over another; or in frames over their items.

An item is named where its name has room, those that come first (the heaviest) served first. A name has room in the
middle of its circle, over lighter ones if need be, as in VOSviewer; or beside its circle, where it covers next to
nothing of others. It never lies on another name, on a heavier circle or beyond the border. Of the places that are left,
names take those that cover least and then make way for one another: an item without a name may move up to three
aside, none of which loses its own. All lengths are in points (1/72 inch), y upwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.figures.label_search import Board, Box, Ink, over_heavier, search
from benang.network.network import Floats

_GAP = 0.9  # between a circle and its label
_ASIDE_COSTS = {0: 0.0, 180: 0.06, 90: 0.1, 270: 0.1, 45: 0.14, 315: 0.14, 135: 0.16, 225: 0.16}
_BETWEEN_COST = 0.2
_BETWEEN_ANGLES = (20, 160, 65, 115, 200, 340, 245, 295)
_FORM_COST = 0.25  # of each further form of a text
_FITTING_COST, _OVERHANG_COST, _HIDING_COST = -0.05, 0.5, 0.8  # in the middle: by how large the circle is
_PUSHED_COST = 2.0  # of a name in the middle, where the border moves it by half its width or height
_MOST_COVERED = 0.45  # beside: of what hiding a small circle whole costs, which is 1.2
_MOST_OVER = 0.5  # points into a heavier circle
_KEPT_OFF = (1.4, 0.7)  # points from other circles, across and along
_UNNAMED_COST = 3.0  # as hiding two or three small circles
_EFFORT = 3000  # items × passes of improvement: a fraction of a second

PADDING = (0.35, 0.22)
"""Between a text and its frame, at the sides and above, by the size of the text."""
_BETWEEN = 0.8  # points between two frames
_ASIDE = 0.45  # of the frame's width and height: the item always lies below its frame
_WAYS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass(frozen=True, slots=True)
class Placement:
    """`boxes` (n × 4) are the boxes of the labels, valid where `named`; `forms` (n) says which form each text has."""

    boxes: Floats
    named: NDArray[np.bool_]
    forms: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Places:
    """The places that each of n labels may take, m for each, cheapest first; cost is infinite where it may not."""

    boxes: Floats  # n × m × 4
    forms: NDArray[np.intp]  # n × m
    costs: Floats  # n × m


def place_labels(
    centres: Floats,
    radii: Floats,
    sizes: Floats,
    area: Box,
    *,
    blanks: Floats | float = 0.0,
    curves: Floats | None = None,
    importance: Floats | float = 1.0,
    beside: bool = True,
    certain: bool = False,
) -> Placement:
    """Choose places for labels; the order of the items is the order in which they choose.

    Parameters
    ----------
    centres, radii
        The circles (n × 2, n); of no radius for items without one.
    sizes
        Widths and heights of the texts: n × 2, or n × f × 2 for texts that can be broken into lines in f ways, the
        first the best. A form that is 0 wide is none.
    area
        What no label may leave. A name in the middle of a circle near its border is pushed inwards.
    blanks
        What stays free between a text and others, across and along (n × 2); between two it is the mean of both.
    curves
        Points along the links (k × 2), which labels had better not cover.
    importance
        How much more than for others (n) a bad place costs.
    beside
        Whether labels may stand beside their circles; else in their middle only.
    certain
        Whether the middle of a circle is free whatever it covers, names apart.

    Examples
    --------
    The second text finds no room beside the first; broken into two lines it does.

    >>> one_line, two_lines = (30.0, 6.0), (15.0, 12.0)
    >>> sizes = np.array([[one_line, (0.0, 0.0)], [one_line, two_lines]])
    >>> placed = place_labels(np.array([[20.0, 6.0], [43.0, 6.0]]), np.zeros(2), sizes, (0, 0, 50, 20), beside=False)
    >>> placed.forms.tolist(), placed.boxes.tolist()
    ([0, 1], [[5.0, 3.0, 35.0, 9.0], [35.0, 0.0, 50.0, 12.0]])
    """
    n = len(centres)
    placed = Placement(np.zeros((n, 4)), np.zeros(n, np.bool_), np.zeros(n, np.intp))
    forms = sizes.reshape(n, -1, 2)
    labelled = np.flatnonzero((forms[..., 0] > 0).any(axis=1))
    if not len(labelled):
        return placed
    weight = np.broadcast_to(importance, n)[labelled]
    drawn = radii > 0
    ink = Ink(area, centres[drawn], radii[drawn], curves)
    places = _places(centres[labelled], radii[labelled], forms[labelled], area, ink, weight, beside=beside)
    forbidden = over_heavier(places.boxes, radii[labelled], centres[drawn], radii[drawn], _MOST_OVER)
    if certain:
        middle = np.clip(centres[labelled, None], places.boxes[..., :2], places.boxes[..., 2:])
        forbidden &= (middle != centres[labelled, None]).any(axis=-1)
    places = _sorted(places, forbidden)
    around = np.broadcast_to(blanks, (n, 2))[labelled, None] / 2
    rooms = places.boxes + np.concatenate([-around, around], axis=-1)
    unnamed = _UNNAMED_COST * weight
    unnamed[: len(unnamed) if certain else 1] = np.inf  # the first is always named
    board = Board(
        rooms,
        places.costs,
        unnamed,
        _near(rooms, places.costs, centres[labelled]),
        np.full(len(labelled), -1, dtype=np.int64),
        unnamed.copy(),
    )
    search(board, int(np.clip(_EFFORT / len(labelled), 2, 6)))
    rows, chosen = np.arange(len(labelled)), np.maximum(board.chosen, 0)
    placed.boxes[labelled] = places.boxes[rows, chosen]
    placed.named[labelled] = board.chosen >= 0
    placed.forms[labelled] = places.forms[rows, chosen]
    return placed


def _sorted(places: Places, forbidden: NDArray[np.bool_]) -> Places:
    """Return the places of each item by their costs."""
    costs = np.where(forbidden, np.inf, places.costs)
    order = np.argsort(costs, axis=1, kind="stable")
    rows = np.arange(len(costs))[:, None]
    return Places(places.boxes[rows, order], places.forms[rows, order], costs[rows, order])


def _near(rooms: Floats, costs: Floats, centres: Floats) -> NDArray[np.int64]:
    """Return for each item the others that its places could ever meet, the closest first, padded with −1."""
    may = np.isfinite(costs)[..., None]
    low = np.where(may, rooms[..., :2], np.inf).min(axis=1)
    high = np.where(may, rooms[..., 2:], -np.inf).max(axis=1)
    touch = ((low[:, None] <= high[None]) & (low[None] <= high[:, None])).all(axis=-1)
    np.fill_diagonal(touch, False)
    apart = np.where(touch, np.hypot(*np.moveaxis(centres[:, None] - centres[None], -1, 0)), np.inf)
    order = np.argsort(apart, axis=1, kind="stable")[:, : max(1, int(touch.sum(axis=1).max(initial=0)))]
    return np.where(np.take_along_axis(touch, order, axis=1), order, -1)


def _places(
    centres: Floats, radii: Floats, sizes: Floats, area: Box, ink: Ink, weight: Floats, *, beside: bool
) -> Places:
    """Return the places of n labels in f forms, k for each form: n × (f k), the first of each form the middle."""
    directions, base = _directions(beside=beside)
    n, f, k = len(centres), sizes.shape[1], len(base)
    low, high = np.array(area[:2]), np.array(area[2:])
    half = sizes[:, :, None] / 2
    lean = np.clip(directions * 1.6, -1, 1)  # so that a label beside is level with its circle, one above centred on it
    middle = centres[:, None, None] + directions * (radii + _GAP)[:, None, None, None] + lean * half
    middle[:, :, 0] = np.clip(centres[:, None], low + half[:, :, 0], high - half[:, :, 0])
    pushed = (np.abs(middle[:, :, 0] - centres[:, None]) / np.maximum(half[:, :, 0], 1e-9)).max(axis=-1)
    boxes = np.concatenate([middle - half, middle + half], axis=-1)
    costs = np.broadcast_to(base * weight[:, None, None], (n, f, k)).copy()
    costs[..., 0] = _middle_costs(radii[:, None], sizes) / weight[:, None] + _PUSHED_COST * pushed
    costs += _FORM_COST * np.arange(f)[:, None]
    flat = boxes.reshape(n, f * k, 4)
    covered = ink.under(flat, np.array(_KEPT_OFF)).reshape(n, f, k)
    covered[..., 0] = np.maximum(covered[..., 0] - ink.own(sizes, radii[:, None], np.array(_KEPT_OFF)), 0.0)
    costs += covered / weight[:, None, None]
    costs[..., 1:][covered[..., 1:] > _MOST_COVERED * ink.share] = np.inf
    outside = (boxes[..., :2] < low - 1e-9).any(axis=-1) | (boxes[..., 2:] > high + 1e-9).any(axis=-1)
    costs[outside | (sizes[..., :1] <= 0)] = np.inf
    forms = np.broadcast_to(np.repeat(np.arange(f), k), (n, f * k))
    return Places(flat, forms, costs.reshape(n, f * k))


def _directions(*, beside: bool) -> tuple[Floats, Floats]:
    """Return the unit vectors of all places from the circle, and their base costs; the first is the middle."""
    costs = _ASIDE_COSTS | dict.fromkeys(_BETWEEN_ANGLES, _BETWEEN_COST) if beside else {}
    turn = np.deg2rad(np.array(list(costs), dtype=np.float64))
    vectors = np.concatenate([np.zeros((1, 2)), np.stack([np.cos(turn), np.sin(turn)], axis=-1)])
    return vectors, np.array([0.0, *costs.values()])


def _middle_costs(radii: Floats, sizes: Floats) -> Floats:
    """Return the costs of standing in the middle: the first choice where the text fits, the last on a small circle."""
    fits = np.hypot(sizes[..., 0], sizes[..., 1] * 0.7) <= 2 * radii
    large = 2 * radii >= 1.7 * sizes[..., 1]
    return np.where(fits, _FITTING_COST, np.where(large, _OVERHANG_COST, _HIDING_COST))


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
    return Placement(boxes, named, np.zeros(n, np.intp))
