"""A tree of boxes over points in the plane, with what each box looks like from afar.

Points are sorted along Morton's curve, so that every box holds consecutive ones. Boxes are numbered from the root
down; the children of a box follow each other. A box is described from its middle by its moments up to degree 4,
Σ w x^a y^b / (a! b!), in the order 1, x, y, xx, xy, yy, xxx, …
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.kernels import compiled, inner
from benang.layout.laws import Floats

Integers = NDArray[np.int32]
Codes = NDArray[np.uint64]

LEAF = 40
"""Most points in a box that is not cut any more (unless they lie at one place)."""

LEVELS = 24
"""How often a side of the whole is halved at most: to 6 · 10⁻⁸ of it."""

DEGREE = 4
"""Highest degree of the moments."""

TERMS = 15
"""Moments up to that degree."""


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """Boxes over points.

    `order` sorts the points; `points` are 3 × n, their coordinates and weights in that order. Of box k, `begin` and
    `end` bound its points, `child` and `children` give its first child and their number (0 for a leaf), `middle`
    (boxes × 3) its middle and radius, `moments` (boxes × 15) its moments.
    """

    order: NDArray[np.int64]
    points: Floats
    begin: Integers
    end: Integers
    child: Integers
    children: Integers
    middle: Floats
    moments: Floats


def tree_of(xy: Floats, weights: Floats | None = None) -> Tree:
    """Build the tree over points (2 × n), each of weight 1 unless `weights` says otherwise."""
    n = xy.shape[1]
    low = xy.min(axis=1)
    span = float((xy.max(axis=1) - low).max())
    codes = np.empty(n, np.uint64)
    _codes(xy, low[0], low[1], (2.0**LEVELS - 1) / span if span > 0 else 0.0, codes)
    order = np.argsort(codes, kind="stable")
    points = np.empty((3, n))
    points[:2] = xy[:, order]
    points[2] = 1.0 if weights is None else weights[order]
    boxes = np.empty((4, 2 * n + 1), np.int32)
    n_boxes = _cut(codes[order], LEAF, boxes)
    begin, end, child, children = (np.ascontiguousarray(row[:n_boxes]) for row in boxes)
    middle, moments = np.empty((n_boxes, 3)), np.zeros((n_boxes, TERMS))
    _describe(points, begin, end, child, children, middle, moments)
    return Tree(order, points, begin, end, child, children, middle, moments)


@inner
def _spread(value: np.uint64) -> np.uint64:
    """Put a 0 between any two bits."""
    value &= np.uint64(0xFFFFFFFF)
    value = (value | (value << np.uint64(16))) & np.uint64(0x0000FFFF0000FFFF)
    value = (value | (value << np.uint64(8))) & np.uint64(0x00FF00FF00FF00FF)
    value = (value | (value << np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    value = (value | (value << np.uint64(2))) & np.uint64(0x3333333333333333)
    return (value | (value << np.uint64(1))) & np.uint64(0x5555555555555555)


@compiled
def _codes(xy: Floats, low_x: float, low_y: float, unit: float, codes: Codes) -> None:
    for i in range(len(codes)):
        column = np.uint64((xy[0, i] - low_x) * unit)
        row = np.uint64((xy[1, i] - low_y) * unit)
        codes[i] = _spread(column) | (_spread(row) << np.uint64(1))


@inner
def _quarter_end(codes: Codes, begin: int, end: int, shift: np.uint64, quarter: np.uint64) -> int:
    """Find where the points of a quarter end, by halving."""
    low, high = begin, end
    while low < high:
        between = (low + high) // 2
        if ((codes[between] >> shift) & np.uint64(3)) <= quarter:
            low = between + 1
        else:
            high = between
    return low


@compiled
def _cut(codes: Codes, leaf: int, boxes: Integers) -> int:
    """Cut the sorted points in boxes; return how many. A box all of whose points lie in one quarter is that quarter."""
    begin, end, child, children = boxes[0], boxes[1], boxes[2], boxes[3]
    level = np.empty(boxes.shape[1], np.int8)
    begin[0], end[0], level[0] = 0, len(codes), LEVELS
    n_boxes = 1
    k = 0
    while k < n_boxes:
        child[k], children[k] = 0, 0
        if end[k] - begin[k] > leaf:
            for step in range(level[k]):
                rest = level[k] - 1 - step
                shift = np.uint64(2 * rest)
                first, last = codes[begin[k]] >> shift, codes[end[k] - 1] >> shift
                if first != last:
                    child[k] = n_boxes
                    at = begin[k]
                    for quarter in range(4):
                        to = _quarter_end(codes, at, end[k], shift, np.uint64(quarter))
                        if to > at:
                            begin[n_boxes], end[n_boxes], level[n_boxes] = at, to, rest
                            n_boxes += 1
                            children[k] += 1
                        at = to
                    break
        k += 1
    return n_boxes


@inner
def _place(a: int, b: int) -> int:
    """Return the place of the term x^a y^b."""
    return (a + b) * (a + b + 1) // 2 + b


@inner
def powers(x: float, y: float, into: Floats) -> None:
    """Write x^a y^b / (a! b!) of all terms into an array of 15."""
    x2, y2 = 0.5 * x * x, 0.5 * y * y
    x3, y3 = x2 * x / 3.0, y2 * y / 3.0
    into[0], into[1], into[2] = 1.0, x, y
    into[3], into[4], into[5] = x2, x * y, y2
    into[6], into[7], into[8], into[9] = x3, x2 * y, x * y2, y3
    into[10], into[11], into[12] = 0.25 * x3 * x, x3 * y, x2 * y2
    into[13], into[14] = x * y3, 0.25 * y3 * y


@inner
def shift_moments(moments: Floats, powers_of_shift: Floats, into: Floats) -> None:
    """Add moments about another middle; the shift leads from the new middle to the old one."""
    for degree in range(DEGREE + 1):
        for b in range(degree + 1):
            a = degree - b
            total = 0.0
            for i in range(a + 1):
                for j in range(b + 1):
                    total += moments[_place(i, j)] * powers_of_shift[_place(a - i, b - j)]
            into[_place(a, b)] += total


@inner
def _bound(points: Floats, begin: int, end: int) -> tuple[float, float, float]:
    """Return the middle of the points, and half the diagonal of what bounds them."""
    x, y = points[0], points[1]
    west, east, south, north = x[begin], x[begin], y[begin], y[begin]
    for i in range(begin + 1, end):
        west, east = min(west, x[i]), max(east, x[i])
        south, north = min(south, y[i]), max(north, y[i])
    return 0.5 * (west + east), 0.5 * (south + north), 0.5 * np.sqrt((east - west) ** 2 + (north - south) ** 2)


@compiled
def _describe(
    points: Floats,
    begin: Integers,
    end: Integers,
    child: Integers,
    children: Integers,
    middle: Floats,
    moments: Floats,
) -> None:
    """Fill in middles, radii and moments, from the leaves up."""
    shift = np.empty(TERMS)
    for k in range(len(begin) - 1, -1, -1):
        x, y, radius = _bound(points, begin[k], end[k])
        middle[k, 0], middle[k, 1], middle[k, 2] = x, y, radius
        if children[k] == 0:
            for i in range(begin[k], end[k]):
                powers(points[0, i] - x, points[1, i] - y, shift)
                for term in range(TERMS):
                    moments[k, term] += points[2, i] * shift[term]
        for c in range(child[k], child[k] + children[k]):
            powers(middle[c, 0] - x, middle[c, 1] - y, shift)
            shift_moments(moments[c], shift, moments[k])
