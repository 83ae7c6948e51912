"""Sums over all pairs of nodes in time n log n: far groups act on each other as wholes (fast multipole method).

Two boxes that are small beside their distance act on each other by the Taylor series of the law to degree 4 (Greengard
and Rokhlin, 1987, in the Cartesian form that serves any law; Dehnen, 2002, for the walk over pairs of boxes); what is
near is summed exactly. The relative error of the forces is near 10⁻⁴.
"""

from __future__ import annotations

import numpy as np

from benang.kernels import compiled, inner, share_out
from benang.layout.laws import NEAREST, Floats, Sums, pair_law, weighted_row
from benang.layout.tree import DEGREE, TERMS, Integers, Tree, powers, tree_of

APART = 0.42
"""Two boxes are far from each other where their radii together are below this share of their distance."""

TASKS = 64
"""Tasks into which the walk is cut, at least."""

STACK = 4096
"""Pairs of boxes that wait at most: three for each of 24 levels of both, and some."""


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
