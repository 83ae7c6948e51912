"""Where labels stand on a map: on their circle or touching it, none over another; or in frames over their items.

An item is named where its name has room, those that come first (the heaviest) served first. A name has room in the
middle of its circle, over lighter ones if need be, as in VOSviewer; or beside its circle, over much smaller ones if
need be: over one of about its own size it would be read as that one's. It never lies on another name, on a heavier
circle or beyond the border. Of the places that are left, names take those that cover least and then make way for one
another: an item without a name may move up to three aside, if each finds another place that is not much worse. At last
a name yields its place to an earlier item that has found none. All lengths are in points (1/72 inch), y upwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from benang.figures.label_search import Board, Box, Ink, beside_others, over_larger, search
from benang.network.network import Floats

_GAP = 0.9  # between a circle and its label
_ASIDE_COSTS = {0: 0.0, 180: 0.06, 90: 0.1, 270: 0.1, 45: 0.14, 315: 0.14, 135: 0.16, 225: 0.16}
_BETWEEN_COST = 0.2
_BETWEEN_ANGLES = (20, 160, 65, 115, 200, 340, 245, 295)
_OFF_MIDDLE = np.array(list(product((0, 0.6, -0.6), (0, 0.3, -0.3))))  # by the height of a line
_OFF_MIDDLE_COST = 0.05  # of one height, in the square
_MOST_OFF = 0.9  # of half the width: the item lies below its name
_FORM_COST = 0.25  # of each further form of a text
_FITTING_COST, _OVERHANG_COST, _HIDING_COST = -0.05, 0.5, 0.8  # in the middle: by how large the circle is
_PUSHED_COST = 2.0  # of a name in the middle, where the border moves it by half its width or height
_COMPARABLE = 0.6  # of the radius: smaller circles are not taken for the one that a name beside belongs to
_MOST_COVERED = 0.45  # beside: of comparable ones, by what hiding a small circle whole costs, which is 1.2
_MOST_OVER = 0.5  # points into a heavier circle
_DOUBTFUL_COST, _MOST_DOUBTFUL = 0.2, 2  # beside: of another circle that the name touches as well, of so many
_KEPT_OFF = np.array([1.4, 0.7])  # points from other circles, across and along
_EFFORT = 3000  # items × passes of improvement: a fraction of a second

UNNAMED = 1.5
"""How much worse the places of others may become that make way for a name: as if they hid one more small circle."""

PADDING = (0.35, 0.22)
"""Between a text and its frame, at the sides and above, by the size of the text."""
_BETWEEN = 0.8  # points between two frames
_ASIDE = 0.45  # of the frame's width and height: the item always lies below its frame
_WAYS = np.array([(0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)])


@dataclass(frozen=True, slots=True)
class Placement:
    """`boxes` (n × 4) are the boxes of the labels, valid where `named`; `forms` (n) says which form each text has."""

    boxes: Floats
    named: NDArray[np.bool_]
    forms: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Labels:
    """What asks for a place: n circles with texts in f forms, and how much a bad place of each costs."""

    centres: Floats  # n × 2
    radii: Floats  # n
    sizes: Floats  # n × f × 2
    weight: Floats  # n


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is on the page before: all circles that are drawn, which of them each label's own is (−1: none), links."""

    centres: Floats
    radii: Floats
    own: NDArray[np.int64]
    area: Box
    ink: Ink


@dataclass(frozen=True, slots=True)
class _Places:
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
    unnamed: float = UNNAMED,
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
    unnamed
        How much worse the places of others may become that make way for a label, of an item of importance 1.
    beside
        Whether labels may stand beside their circles; else they lie on their items, in the middle or a little off it.
    certain
        Whether the middle of a circle is free whatever it covers, names apart, and others make way at any cost.

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
    labels = _Labels(centres[labelled], radii[labelled], forms[labelled], np.broadcast_to(importance, n)[labelled])
    drawn = radii > 0
    own = np.where(drawn, np.cumsum(drawn) - 1, -1)[labelled]
    ground = _Ground(centres[drawn], radii[drawn], own, area, Ink(area, centres[drawn], radii[drawn], curves))
    places = _places(labels, ground, beside=beside, certain=certain)
    left_out = np.full(len(labelled), np.inf) if certain else unnamed * labels.weight
    board = _board(places, labels, np.broadcast_to(blanks, (n, 2))[labelled], left_out)
    search(board, int(np.clip(_EFFORT / len(labelled), 2, 6)) if beside else 0)
    rows, chosen = np.arange(len(labelled)), np.maximum(board.chosen, 0)
    placed.boxes[labelled] = places.boxes[rows, chosen]
    placed.named[labelled] = board.chosen >= 0
    placed.forms[labelled] = places.forms[rows, chosen]
    return placed


def _board(places: _Places, labels: _Labels, blanks: Floats, left_out: Floats) -> Board:
    """Return the places with the room around each, and none of them taken."""
    around = blanks[:, None] / 2
    rooms = places.boxes + np.concatenate([-around, around], axis=-1)
    near = _near(rooms, places.costs, labels.centres)
    return Board(rooms, places.costs, left_out, near, np.full(len(rooms), -1, dtype=np.int64), left_out.copy())


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


def _places(labels: _Labels, ground: _Ground, *, beside: bool, certain: bool) -> _Places:
    """Return the places of n labels in f forms, k for each form."""
    directions, shifts, base = _directions(beside=beside)
    n, f, k = *labels.sizes.shape[:2], len(base)
    boxes, pushed = _boxes(labels, directions, shifts, ground.area)
    costs = base * labels.weight[:, None, None] + _FORM_COST * np.arange(f)[:, None]
    middle = _middle_costs(labels.radii[:, None], labels.sizes) / labels.weight[:, None]
    costs[..., 0] += _PUSHED_COST * pushed
    costs[..., ~directions.any(axis=1)] += middle[..., None]
    costs += _covering_costs(boxes.reshape(n, f * k, 4), labels, ground, certain=certain).reshape(n, f, k)
    low, high = np.array(ground.area[:2]) - 1e-9, np.array(ground.area[2:]) + 1e-9
    outside = (boxes[..., :2] < low).any(axis=-1) | (boxes[..., 2:] > high).any(axis=-1)
    costs[outside | (labels.sizes[..., :1] <= 0)] = np.inf
    forms = np.broadcast_to(np.repeat(np.arange(f), k), (n, f * k))
    order = np.argsort(costs.reshape(n, f * k), axis=1, kind="stable")
    rows = np.arange(n)[:, None]
    return _Places(boxes.reshape(n, f * k, 4)[rows, order], forms[rows, order], costs.reshape(n, f * k)[rows, order])


def _boxes(labels: _Labels, directions: Floats, shifts: Floats, area: Box) -> tuple[Floats, Floats]:
    """Return the boxes of all places (n × f × k × 4), the middle first, and how far the border pushes that (n × f)."""
    low, high = np.array(area[:2]), np.array(area[2:])
    centres, half = labels.centres[:, None, None], labels.sizes[:, :, None] / 2
    lean = np.clip(directions * 1.6, -1, 1)  # so that a label beside is level with its circle, one above centred on it
    heights = labels.sizes[..., 1]
    line = np.where(heights > 0, heights, np.inf).min(axis=1)[:, None, None, None]
    shift = np.clip(shifts * line, -_MOST_OFF * half, _MOST_OFF * half)
    middle = centres + directions * (labels.radii + _GAP)[:, None, None, None] + lean * half + shift
    middle[:, :, 0] = np.clip(centres[:, :, 0], low + half[:, :, 0], high - half[:, :, 0])
    pushed = (np.abs(middle[:, :, 0] - centres[:, :, 0]) / np.maximum(half[:, :, 0], 1e-9)).max(axis=-1)
    return np.concatenate([middle - half, middle + half], axis=-1), pushed


def _covering_costs(boxes: Floats, labels: _Labels, ground: _Ground, *, certain: bool) -> Floats:
    """Return what places cost by the circles that lie below or beside them: infinite for a heavier one below."""
    n, f = labels.sizes.shape[:2]
    covered = ground.ink.under(boxes, _KEPT_OFF).reshape(n, f, -1)
    own = ground.ink.own(labels.sizes, labels.radii[:, None], _KEPT_OFF)
    covered[..., 0] = np.maximum(covered[..., 0] - own, 0.0)
    doubt = beside_others(boxes, ground.own, ground.centres, ground.radii, _KEPT_OFF[0], _MOST_DOUBTFUL)
    over = over_larger(boxes, labels.radii, ground.centres, ground.radii, _MOST_OVER).reshape(n, f, -1)
    costs = covered.copy()
    costs[..., 0] /= np.sqrt(labels.weight)[:, None]
    costs[..., 1:] += _DOUBTFUL_COST * doubt.reshape(n, f, -1)[..., 1:]
    comparable = over_larger(boxes, _COMPARABLE * labels.radii, ground.centres, ground.radii, _MOST_OVER)
    misleading = comparable.reshape(n, f, -1) & (covered > _MOST_COVERED * ground.ink.share)
    costs[..., 1:][misleading[..., 1:]] = np.inf
    if certain:
        over[..., 0] = False
    costs[over] = np.inf
    return costs


def _directions(*, beside: bool) -> tuple[Floats, Floats, Floats]:
    """Return unit vectors from the circle, shifts by the text's height, and costs; the first is the middle."""
    if not beside:
        return np.zeros_like(_OFF_MIDDLE), _OFF_MIDDLE, _OFF_MIDDLE_COST * (_OFF_MIDDLE**2).sum(axis=1)
    costs = _ASIDE_COSTS | dict.fromkeys(_BETWEEN_ANGLES, _BETWEEN_COST)
    turn = np.deg2rad(np.array(list(costs), dtype=np.float64))
    vectors = np.concatenate([np.zeros((1, 2)), np.stack([np.cos(turn), np.sin(turn)], axis=-1)])
    return vectors, np.zeros_like(vectors), np.array([0.0, *costs.values()])


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
    low, high = np.array(area[:2]), np.array(area[2:])
    fits = np.logical_and(sizes > 0, sizes <= high - low)
    for item in np.flatnonzero(fits[:, 0] & fits[:, 1]).tolist():
        half = sizes[item] / 2
        middles = np.clip(centres[item] + _ASIDE * _WAYS * sizes[item], low + half, high - half)
        ways, taken = np.concatenate([middles - half, middles + half], axis=1), boxes[named]
        after, before = taken[None, :, 2:] + _BETWEEN, taken[None, :, :2] - _BETWEEN
        beyond = np.logical_or(ways[:, None, :2] >= after, ways[:, None, 2:] <= before)
        free = np.logical_or(beyond[..., 0], beyond[..., 1]).sum(axis=1) == len(taken)
        if free.any():
            boxes[item], named[item] = ways[np.argmax(free)], True
    return Placement(boxes, named, np.zeros(n, np.intp))
