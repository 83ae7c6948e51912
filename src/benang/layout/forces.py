"""Compiled sums over pairs of nodes and over edges: exact, repeatable to the bit, in time n² + m and memory n + m.

Nothing here knows of maps. A layout is a 2 × n array `xy`, a law is an exponent p: a pair at distance d counts d^p (ln
d where p is 0), and its force on a node is d^(p−2) times the vector from the other node.

What a part reads and writes lies in one block of memory. Before it takes numbers eight at a time, compiled code checks
that what it writes is not just behind what it reads; in arrays of their own that would be a matter of chance, and the
last bits with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benang.kernels import compiled, inner, share_out
from benang.network.strengths import Ends, Starts

Floats = NDArray[np.float64]
Sums = tuple[float, float, float]
"""A sum over the pairs or edges of a node, and the two coordinates of the force on it."""

NEAREST = 1e-24
"""Square of the smallest distance that counts as one, so that two nodes at one place give no division by 0."""

PARTS = 8
"""Parts of a sum over pairs that is worth sharing out between threads."""

WORTH_SHARING = 1500
"""Nodes from which on starting a thread (some 50 µs) is cheaper than what it saves."""

EDGES_WORTH_SHARING = 200_000
"""The same for edges, each counted from both ends."""


@inner
def law_distance(d2: float, _exponent: float) -> tuple[float, float]:
    """Give d and 1/d."""
    u = 1.0 / math.sqrt(d2)
    return d2 * u, u


@inner
def law_logarithm(d2: float, _exponent: float) -> tuple[float, float]:
    """Give ln d and 1/d²."""
    return 0.5 * math.log(d2), 1.0 / d2


@inner
def law_inverse(d2: float, _exponent: float) -> tuple[float, float]:
    """Give 1/d and 1/d³."""
    u = 1.0 / math.sqrt(d2)
    return u, u * u * u


@inner
def law_inverse_square(d2: float, _exponent: float) -> tuple[float, float]:
    """Give 1/d² and 1/d⁴."""
    u = 1.0 / d2
    return u, u * u


@inner
def law_square(d2: float, _exponent: float) -> tuple[float, float]:
    """Give d² and 1."""
    return d2, 1.0


@inner
def law_power(d2: float, exponent: float) -> tuple[float, float]:
    """Give d^p and d^(p−2)."""
    value = d2 ** (0.5 * exponent)
    return value, value / d2


@inner
def pair_law(d2: float, exponent: float) -> tuple[float, float]:
    """Give what one pair counts, and its force over its distance, by the exponent."""
    if exponent == 1.0:
        return law_distance(d2, exponent)
    if exponent == 0.0:
        return law_logarithm(d2, exponent)
    if exponent == -1.0:
        return law_inverse(d2, exponent)
    if exponent == -2.0:
        return law_inverse_square(d2, exponent)
    if exponent == 2.0:
        return law_square(d2, exponent)
    return law_power(d2, exponent)


def _weighted_row_under(law: Callable[[float, float], tuple[float, float]]) -> Callable[..., Sums]:
    """Make the sum of one node's pairs under a law, each counted by the weight of the other node."""

    @inner
    def row(exponent: float, xi: float, yi: float, x: Floats, y: Floats, weights: Floats) -> Sums:
        total = 0.0
        gx = 0.0
        gy = 0.0
        for j in range(len(x)):  # over whole arrays from 0, or LLVM does not vectorise it
            dx = xi - x[j]
            dy = yi - y[j]
            value, force = law(max(dx * dx + dy * dy, NEAREST), exponent)
            total += weights[j] * value
            force *= weights[j]
            gx += dx * force
            gy += dy * force
        return total, gx, gy

    return row


_of_distances, _of_logarithms = _weighted_row_under(law_distance), _weighted_row_under(law_logarithm)
_of_inverses, _of_inverse_squares = _weighted_row_under(law_inverse), _weighted_row_under(law_inverse_square)
_of_squares, _of_powers = _weighted_row_under(law_square), _weighted_row_under(law_power)


@inner
def weighted_row(exponent: float, xi: float, yi: float, x: Floats, y: Floats, weights: Floats) -> Sums:
    """Sum one node's pairs with others, each counted by the weight of the other, under the law of an exponent."""
    if exponent == 1.0:
        return _of_distances(exponent, xi, yi, x, y, weights)
    if exponent == 0.0:
        return _of_logarithms(exponent, xi, yi, x, y, weights)
    if exponent == -1.0:
        return _of_inverses(exponent, xi, yi, x, y, weights)
    if exponent == -2.0:
        return _of_inverse_squares(exponent, xi, yi, x, y, weights)
    if exponent == 2.0:
        return _of_squares(exponent, xi, yi, x, y, weights)
    return _of_powers(exponent, xi, yi, x, y, weights)


def _row_under(law: Callable[[float, float], tuple[float, float]], reacts: bool) -> Callable[..., Sums]:
    """Make the sum of one node's pairs under a law; where it `reacts`, the others feel the force too."""

    @inner
    def row(exponent: float, xi: float, yi: float, x: Floats, y: Floats, fx: Floats, fy: Floats) -> Sums:
        total = 0.0
        gx = 0.0
        gy = 0.0
        for j in range(len(x)):  # over whole arrays from 0, or LLVM does not vectorise it
            dx = xi - x[j]
            dy = yi - y[j]
            value, force = law(max(dx * dx + dy * dy, NEAREST), exponent)
            total += value
            dx *= force
            dy *= force
            gx += dx
            gy += dy
            if reacts:
                fx[j] -= dx
                fy[j] -= dy
        return total, gx, gy

    return row


def _row_of_logarithms_under(reacts: bool) -> Callable[..., Sums]:
    """Do the same for ln d. One logarithm serves eight pairs, by their product: logarithms do not vectorise."""

    @inner
    def row(xi: float, yi: float, x: Floats, y: Floats, fx: Floats, fy: Floats, squares: Floats) -> Sums:
        n = len(x)
        gx = 0.0
        gy = 0.0
        for j in range(n):
            dx = xi - x[j]
            dy = yi - y[j]
            d2 = max(dx * dx + dy * dy, NEAREST)
            squares[j] = d2
            dx /= d2
            dy /= d2
            gx += dx
            gy += dy
            if reacts:
                fx[j] -= dx
                fy[j] -= dy
        total = 0.0
        whole = n - n % 8
        for j in range(0, whole, 8):
            low = squares[j] * squares[j + 1] * squares[j + 2] * squares[j + 3]
            high = squares[j + 4] * squares[j + 5] * squares[j + 6] * squares[j + 7]
            total += math.log(low * high)
        for j in range(whole, n):
            total += math.log(squares[j])
        return 0.5 * total, gx, gy

    return row


def _rows(reacts: bool) -> Callable[..., Sums]:
    """Make the sum of one node's pairs under the law that an exponent asks for."""
    distances, inverses = _row_under(law_distance, reacts), _row_under(law_inverse, reacts)
    inverse_squares, squared = _row_under(law_inverse_square, reacts), _row_under(law_square, reacts)
    powers = _row_under(law_power, reacts)
    logarithms = _row_of_logarithms_under(reacts)

    @inner
    def row(
        exponent: float, xi: float, yi: float, x: Floats, y: Floats, fx: Floats, fy: Floats, squares: Floats
    ) -> Sums:
        if exponent == 1.0:
            return distances(exponent, xi, yi, x, y, fx, fy)
        if exponent == 0.0:
            return logarithms(xi, yi, x, y, fx, fy, squares)
        if exponent == -1.0:
            return inverses(exponent, xi, yi, x, y, fx, fy)
        if exponent == -2.0:
            return inverse_squares(exponent, xi, yi, x, y, fx, fy)
        if exponent == 2.0:
            return squared(exponent, xi, yi, x, y, fx, fy)
        return powers(exponent, xi, yi, x, y, fx, fy)

    return row


_row_with_reaction, _row_alone = _rows(True), _rows(False)


@compiled
def _part_of_pairs(block: Floats, exponent: float, part: int, parts: int) -> float:
    """Sum over the pairs i < j with i ≡ part (mod parts); the rows of `block` are x, y, their forces, and scratch."""
    x, y, fx, fy, squares = block[0], block[1], block[2], block[3], block[4]
    total = 0.0
    for i in range(part, len(x), parts):
        up = i + 1
        value, gx, gy = _row_with_reaction(exponent, x[i], y[i], x[up:], y[up:], fx[up:], fy[up:], squares)
        total += value
        fx[i] += gx
        fy[i] += gy
    return total


@inner
def _edge(weight: float, d2: float, exponent: float) -> tuple[float, float]:
    if exponent == 2.0:
        return weight * d2, weight
    if exponent == 1.0:
        force = weight / math.sqrt(d2)
        return force * d2, force
    if exponent == 0.0:
        return weight * 0.5 * math.log(d2), weight / d2
    value = weight * d2 ** (0.5 * exponent)
    return value, value / d2


@inner
def edges_at(i: int, xy: Floats, starts: Starts, ends: Ends, weights: Floats, exponent: float) -> Sums:
    """Sum one node's edges to nodes after it, and the force on it of all its edges."""
    after = 0.0
    gx = 0.0
    gy = 0.0
    for e in range(starts[i], starts[i + 1]):
        j = ends[e]
        dx = xy[0, i] - xy[0, j]
        dy = xy[1, i] - xy[1, j]
        value, force = _edge(weights[e], max(dx * dx + dy * dy, NEAREST), exponent)
        after += value if j > i else 0.0
        gx += force * dx
        gy += force * dy
    return after, gx, gy


@compiled
def _part_of_edges(
    xy: Floats, starts: Starts, ends: Ends, weights: Floats, exponent: float, first: int, last: int, forces: Floats
) -> float:
    total = 0.0
    for i in range(first, last):
        value, gx, gy = edges_at(i, xy, starts, ends, weights, exponent)
        total += value
        forces[0, i] += gx
        forces[1, i] += gy
    return total


def by_exponent(value: float, exponent: float) -> float:
    """Divide a sum of powers by its exponent; a sum of logarithms stays."""
    return value if exponent == 0.0 else value / exponent


over = inner(by_exponent)
"""The same within compiled sums."""


@compiled
def _unit_steps(
    block: Floats,
    starts: Starts,
    ends: Ends,
    weights: Floats,
    extra: float,
    attraction: float,
    repulsion: float,
    step: float,
) -> float:
    """Move each node in turn; the rows of `block` are x, y, and scratch."""
    x, y, squares = block[0], block[1], block[2]
    q = 0.0
    for i in range(len(x)):
        xi, yi, up = x[i], y[i], i + 1
        value, gx, gy = edges_at(i, block, starts, ends, weights, attraction)
        q += over(value, attraction)
        for exponent, share in ((attraction, extra), (repulsion, -1.0)):
            if share != 0.0:
                _, lx, ly = _row_alone(exponent, xi, yi, x[:i], y[:i], x, y, squares)
                value, hx, hy = _row_alone(exponent, xi, yi, x[up:], y[up:], x, y, squares)
                q += share * over(value, exponent)
                gx += share * (lx + hx)
                gy += share * (ly + hy)
        size = math.sqrt(gx * gx + gy * gy)
        if size > 0.0:
            x[i] = xi - step * gx / size
            y[i] = yi - step * gy / size
    return q


def pair_sums(xy: Floats, exponent: float) -> tuple[float, Floats]:
    """Sum d^exponent over all pairs of nodes (ln d where it is 0), with its forces.

    Parameters
    ----------
    xy
        2 × n coordinates.
    exponent
        1, 0, −1 and −2 have code of their own; 2 needs no sum over pairs; others cost some fifteen times more.

    Returns
    -------
    tuple
        The sum over i < j, and the 2 × n forces: for node i the sum over j of d^(exponent − 2) (x_i − x_j), which is
        the gradient of the sum divided by the exponent.

    Examples
    --------
    >>> import numpy as np
    >>> total, forces = pair_sums(np.array([[0.0, 3.0, 0.0], [0.0, 0.0, 4.0]]), 1)
    >>> round(total, 12), forces.round(12).tolist()
    (12.0, [[-1.0, 1.6, -0.6], [-1.0, -0.8, 1.8]])
    """
    n = xy.shape[1]
    if exponent == 2:
        apart = n * (xy - xy.mean(axis=1, keepdims=True))
        return float((apart * apart).sum()) / n if n else 0.0, apart
    parts = PARTS if n >= WORTH_SHARING else 1
    totals, blocks = np.zeros(parts), np.zeros((parts, 5, n))
    blocks[:, :2] = xy

    def work(part: int) -> None:
        totals[part] = _part_of_pairs(blocks[part], float(exponent), part, parts)

    share_out(work, parts)
    return float(totals.sum()), blocks[:, 2:4].sum(axis=0)


def edge_sums(xy: Floats, starts: Starts, ends: Ends, weights: Floats, exponent: float) -> tuple[float, Floats]:
    """Sum weight × d^exponent over the edges of a symmetric CSR matrix, each once, with its forces.

    Examples
    --------
    >>> import numpy as np
    >>> edge = np.array([0, 1, 2]), np.array([1, 0], np.int32), np.array([2.0, 2.0])
    >>> total, forces = edge_sums(np.array([[0.0, 3.0], [0.0, 4.0]]), *edge, exponent=2)
    >>> total, forces.tolist()
    (50.0, [[-6.0, 6.0], [-8.0, 8.0]])
    """
    forces = np.zeros_like(xy)
    bounds = edge_parts(starts)
    totals = np.zeros(len(bounds) - 1)

    def work(part: int) -> None:
        totals[part] = _part_of_edges(
            xy, starts, ends, weights, float(exponent), bounds[part], bounds[part + 1], forces
        )

    share_out(work, len(totals))
    return float(totals.sum()), forces


def edge_parts(starts: Starts) -> list[int]:
    """Cut the nodes in ranges of about as many edges; return the bounds."""
    n, n_edges = len(starts) - 1, int(starts[-1])
    parts = PARTS if n_edges >= EDGES_WORTH_SHARING else 1
    return [0, *np.searchsorted(starts, [n_edges * part // parts for part in range(1, parts)]).tolist(), n]


def unit_steps(
    xy: Floats,
    starts: Starts,
    ends: Ends,
    weights: Floats,
    *,
    extra: float,
    attraction: float,
    repulsion: float,
    step: float,
) -> float:
    """Move every node of `xy`, from the first to the last, by exactly `step` against its gradient, in place.

    This is a pass of CWTS's rule, in which a node that has moved is seen by those after it, and the size of the
    gradient does not count. With one length of step it never comes to rest, but it leaves poor minima.

    Returns
    -------
    float
        Q as it was seen on the way, each pair when its first node was moved.
    """
    block = np.vstack([xy, np.zeros(xy.shape[1])])
    q = _unit_steps(block, starts, ends, weights, extra, float(attraction), float(repulsion), step)
    xy[...] = block[:2]
    return float(q)
