"""Sums over all pairs of nodes in time n log n: far groups act on each other as wholes (fast multipole method).

Two boxes that are small beside their distance act on each other by the Taylor series of the law to degree 4 (Greengard
and Rokhlin, 1987, in the Cartesian form that serves any law; Dehnen, 2002, for the walk over pairs of boxes); what is
near is summed exactly. The relative error of the forces is near 10⁻⁴.

Points are sorted along Morton's curve, so that every box holds consecutive ones. Boxes are numbered from the root
down; the children of a box follow each other. A box is described from its middle by its moments up to degree 4,
Σ w x^a y^b / (a! b!), in the order 1, x, y, xx, xy, yy, xxx, …
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.kernels import compiled, inner, share_out
from benang.layout.forces import NEAREST, Floats, Sums, pair_law, weighted_row

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

APART = 0.42
"""Two boxes are far from each other where their radii together are below this share of their distance."""

TASKS = 64
"""Tasks into which the walk is cut, at least."""

STACK = 4096
"""Pairs of boxes that wait at most: three for each of 24 levels of both, and some."""


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


def tree_pair_sums(xy: Floats, exponent: float, weights: Floats | None = None) -> tuple[float, Floats]:
    """Sum w_i w_j d^exponent over all pairs of nodes (ln d where it is 0), with its forces, nearly.

    Examples
    --------
    >>> total, forces = tree_pair_sums(np.array([[0.0, 3.0, 0.0], [0.0, 0.0, 4.0]]), 1)
    >>> round(total, 12), forces.round(12).tolist()
    (12.0, [[-1.0, 1.6, -0.6], [-1.0, -0.8, 1.8]])
    """
    tree = tree_of(xy, weights)
    tasks = _tasks(tree)
    sums = np.zeros((3, xy.shape[1]))
    locals_ = np.zeros((len(tree.begin), TERMS))

    def work(number: int) -> None:
        _act(
            tasks[number],
            float(exponent),
            tree.points,
            tree.begin,
            tree.end,
            tree.child,
            tree.children,
            tree.middle,
            tree.moments,
            locals_,
            sums,
        )

    share_out(work, len(tasks))
    sums *= tree.points[2]
    forces = np.empty_like(xy)
    forces[:, tree.order] = sums[1:]
    return 0.5 * float(sums[0].sum()), forces


def _tasks(tree: Tree) -> list[int]:
    """Choose boxes that together hold all points, none more than a share of them unless it cannot be cut."""
    most = tree.points.shape[1] // TASKS
    tasks, waiting = [], [0]
    while waiting:
        k = waiting.pop()
        if tree.children[k] and tree.end[k] - tree.begin[k] > most:
            waiting.extend(range(tree.child[k], tree.child[k] + tree.children[k]))
        else:
            tasks.append(k)
    return tasks


@inner
def _derivatives(x: float, y: float, exponent: float, d: Floats) -> None:
    """Write the derivatives up to degree 4 of d^p / p (of ln d where p is 0) at a vector into an array of 15."""
    square = max(x * x + y * y, NEAREST)
    value, g1 = pair_law(square, exponent)
    x2, y2, xy = x * x, y * y, x * y
    g2 = g1 * (exponent - 2.0) / square
    g3 = g2 * (exponent - 4.0) / square
    g4 = g3 * (exponent - 6.0) / square
    d[0] = value if exponent == 0.0 else value / exponent
    d[1], d[2] = x * g1, y * g1
    d[3], d[4], d[5] = g1 + x2 * g2, xy * g2, g1 + y2 * g2
    d[6], d[7] = x * (3.0 * g2 + x2 * g3), y * (g2 + x2 * g3)
    d[8], d[9] = x * (g2 + y2 * g3), y * (3.0 * g2 + y2 * g3)
    d[10], d[14] = 3.0 * g2 + x2 * (6.0 * g3 + x2 * g4), 3.0 * g2 + y2 * (6.0 * g3 + y2 * g4)
    d[11], d[13] = xy * (3.0 * g3 + x2 * g4), xy * (3.0 * g3 + y2 * g4)
    d[12] = g2 + (x2 + y2) * g3 + x2 * y2 * g4


@inner
def _from_afar(m: Floats, d: Floats, into: Floats) -> None:
    """Add the Taylor series about the middle of one box of what the moments of another do there."""
    m1, m2, m6, m7, m8, m9 = -m[1], -m[2], -m[6], -m[7], -m[8], -m[9]  # those of odd degree
    m0, m3, m4, m5 = m[0], m[3], m[4], m[5]
    into[0] += (
        (m0 * d[0] + m1 * d[1] + m2 * d[2])
        + (m3 * d[3] + m4 * d[4] + m5 * d[5])
        + (m6 * d[6] + m7 * d[7] + m8 * d[8] + m9 * d[9])
        + (m[10] * d[10] + m[11] * d[11] + m[12] * d[12] + m[13] * d[13] + m[14] * d[14])
    )
    into[1] += (m0 * d[1] + m1 * d[3] + m2 * d[4]) + (m3 * d[6] + m4 * d[7] + m5 * d[8])
    into[1] += m6 * d[10] + m7 * d[11] + m8 * d[12] + m9 * d[13]
    into[2] += (m0 * d[2] + m1 * d[4] + m2 * d[5]) + (m3 * d[7] + m4 * d[8] + m5 * d[9])
    into[2] += m6 * d[11] + m7 * d[12] + m8 * d[13] + m9 * d[14]
    into[3] += (m0 * d[3] + m1 * d[6] + m2 * d[7]) + (m3 * d[10] + m4 * d[11] + m5 * d[12])
    into[4] += (m0 * d[4] + m1 * d[7] + m2 * d[8]) + (m3 * d[11] + m4 * d[12] + m5 * d[13])
    into[5] += (m0 * d[5] + m1 * d[8] + m2 * d[9]) + (m3 * d[12] + m4 * d[13] + m5 * d[14])
    into[6] += m0 * d[6] + m1 * d[10] + m2 * d[11]
    into[7] += m0 * d[7] + m1 * d[11] + m2 * d[12]
    into[8] += m0 * d[8] + m1 * d[12] + m2 * d[13]
    into[9] += m0 * d[9] + m1 * d[13] + m2 * d[14]
    for term in range(10, TERMS):
        into[term] += m0 * d[term]


@inner
def _from_near(
    exponent: float, points: Floats, begin: int, end: int, first: int, last: int, itself: bool, sums: Floats
) -> None:
    """Add what the points from `first` to `last` do to those from `begin` to `end`."""
    x, y, weights = points[0], points[1], points[2]
    for i in range(begin, end):
        stop = i if itself else last
        value, gx, gy = weighted_row(exponent, x[i], y[i], x[first:stop], y[first:stop], weights[first:stop])
        sums[0, i] += value
        sums[1, i] += gx
        sums[2, i] += gy
        if itself:
            up = i + 1
            value, gx, gy = weighted_row(exponent, x[i], y[i], x[up:last], y[up:last], weights[up:last])
            sums[0, i] += value
            sums[1, i] += gx
            sums[2, i] += gy


@inner
def _shift_series(series: Floats, shift: Floats, into: Floats) -> None:
    """Add a Taylor series about another middle; `shift` holds the powers of the way to it."""
    for degree in range(DEGREE + 1):
        for b in range(degree + 1):
            total = 0.0
            for more in range(DEGREE + 1 - degree):
                for j in range(more + 1):
                    size = degree + more
                    total += series[size * (size + 1) // 2 + b + j] * shift[more * (more + 1) // 2 + j]
            into[degree * (degree + 1) // 2 + b] += total


@inner
def _series_at(series: Floats, shift: Floats) -> Sums:
    """Return the value and the gradient of a Taylor series; `shift` holds the powers of the way to the point."""
    value, gx, gy = 0.0, 0.0, 0.0
    for term in range(TERMS):
        value += series[term] * shift[term]
    for degree in range(DEGREE):
        for b in range(degree + 1):
            at = degree * (degree + 1) // 2 + b
            above = (degree + 1) * (degree + 2) // 2 + b
            gx += series[above] * shift[at]
            gy += series[above + 1] * shift[at]
    return value, gx, gy


@inner
def _hand_down(
    task: int,
    exponent: float,
    points: Floats,
    begin: Integers,
    end: Integers,
    child: Integers,
    children: Integers,
    middle: Floats,
    locals_: Floats,
    stack: Integers,
    shift: Floats,
    sums: Floats,
) -> None:
    """Pass the Taylor series of a box to its children, and at the leaves to the points."""
    stack[0], waiting = task, 1
    whole = 1.0 if exponent == 0.0 else exponent
    while waiting:
        waiting -= 1
        k = stack[waiting]
        for c in range(child[k], child[k] + children[k]):
            powers(middle[c, 0] - middle[k, 0], middle[c, 1] - middle[k, 1], shift)
            _shift_series(locals_[k], shift, locals_[c])
            stack[waiting] = c
            waiting += 1
        if children[k] == 0:
            for i in range(begin[k], end[k]):
                powers(points[0, i] - middle[k, 0], points[1, i] - middle[k, 1], shift)
                value, gx, gy = _series_at(locals_[k], shift)
                sums[0, i] += whole * value
                sums[1, i] += gx
                sums[2, i] += gy


@compiled
def _act(
    task: int,
    exponent: float,
    points: Floats,
    begin: Integers,
    end: Integers,
    child: Integers,
    children: Integers,
    middle: Floats,
    moments: Floats,
    locals_: Floats,
    sums: Floats,
) -> None:
    """Sum what all points do to those of one box."""
    targets, sources = np.empty(STACK, np.int32), np.empty(STACK, np.int32)
    terms = np.empty(TERMS)
    targets[0], sources[0], waiting = task, 0, 1
    while waiting:
        waiting -= 1
        t, s = targets[waiting], sources[waiting]
        dx, dy = middle[t, 0] - middle[s, 0], middle[t, 1] - middle[s, 1]
        both = middle[t, 2] + middle[s, 2]
        if both * both < APART * APART * (dx * dx + dy * dy):
            _derivatives(dx, dy, exponent, terms)
            _from_afar(moments[s], terms, locals_[t])
        elif children[t] == 0 and children[s] == 0:
            _from_near(exponent, points, begin[t], end[t], begin[s], end[s], t == s, sums)
        elif children[t] == 0 or (children[s] and middle[s, 2] >= middle[t, 2]):
            for c in range(child[s], child[s] + children[s]):
                targets[waiting], sources[waiting] = t, c
                waiting += 1
        else:
            for c in range(child[t], child[t] + children[t]):
                targets[waiting], sources[waiting] = c, s
                waiting += 1
    _hand_down(task, exponent, points, begin, end, child, children, middle, locals_, targets, terms, sums)
