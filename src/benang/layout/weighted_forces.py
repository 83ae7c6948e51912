"""Sums over pairs of nodes of unequal weight: a pair counts as often as the product of both weights says.

Exact and repeatable to the bit, as those of `forces`, in up to twice their time (logarithms: three times).
"""

from __future__ import annotations

import math

import numpy as np

from benang.kernels import compiled, share_out
from benang.layout.forces import PARTS, WORTH_SHARING, edges_at, over
from benang.layout.laws import Floats, weighted_row
from benang.network.strengths import Ends, Starts


@compiled
def _part_of_weighted_pairs(points: Floats, exponent: float, part: int, parts: int, sums: Floats) -> None:
    """Sum what all others do to the nodes i ≡ part (mod parts); `points` holds x, y and weights."""
    x, y, weights = points[0], points[1], points[2]
    for i in range(part, len(x), parts):
        up = i + 1
        low, lx, ly = weighted_row(exponent, x[i], y[i], x[:i], y[:i], weights[:i])
        high, hx, hy = weighted_row(exponent, x[i], y[i], x[up:], y[up:], weights[up:])
        sums[0, i] = weights[i] * (low + high)
        sums[1, i] = weights[i] * (lx + hx)
        sums[2, i] = weights[i] * (ly + hy)


@compiled
def _weighted_unit_steps(
    points: Floats,
    ones: Floats,
    starts: Starts,
    ends: Ends,
    strengths: Floats,
    extra: float,
    attraction: float,
    repulsion: float,
    step: float,
) -> float:
    x, y, weights = points[0], points[1], points[2]
    q = 0.0
    for i in range(len(x)):
        xi, yi, up = x[i], y[i], i + 1
        value, gx, gy = edges_at(i, points, starts, ends, strengths, attraction)
        q += over(value, attraction)
        if extra != 0.0:
            _, lx, ly = weighted_row(attraction, xi, yi, x[:i], y[:i], ones[:i])
            value, hx, hy = weighted_row(attraction, xi, yi, x[up:], y[up:], ones[up:])
            q += extra * over(value, attraction)
            gx += extra * (lx + hx)
            gy += extra * (ly + hy)
        _, lx, ly = weighted_row(repulsion, xi, yi, x[:i], y[:i], weights[:i])
        value, hx, hy = weighted_row(repulsion, xi, yi, x[up:], y[up:], weights[up:])
        q -= weights[i] * over(value, repulsion)
        gx -= weights[i] * (lx + hx)
        gy -= weights[i] * (ly + hy)
        size = math.sqrt(gx * gx + gy * gy)
        if size > 0.0:
            x[i] = xi - step * gx / size
            y[i] = yi - step * gy / size
    return q


def weighted_pair_sums(xy: Floats, exponent: float, weights: Floats) -> tuple[float, Floats]:
    """Sum w_i w_j d^exponent over all pairs of nodes (ln d where it is 0), with its forces.

    Examples
    --------
    >>> total, forces = weighted_pair_sums(np.array([[0.0, 3.0], [0.0, 4.0]]), 1, np.array([1.0, 2.0]))
    >>> round(total, 12), forces.round(12).tolist()
    (10.0, [[-1.2, 1.2], [-1.6, 1.6]])
    """
    n = xy.shape[1]
    if exponent == 2:
        return weighted_squares(xy, weights)
    parts = PARTS if n >= WORTH_SHARING else 1
    points, sums = np.vstack([xy, weights]), np.zeros((3, n))
    share_out(lambda part: _part_of_weighted_pairs(points, float(exponent), part, parts, sums), parts)
    return 0.5 * float(sums[0].sum()), sums[1:]


def weighted_squares(xy: Floats, weights: Floats | None) -> tuple[float, Floats]:
    """Sum w_i w_j d² over all pairs, which needs no loop over pairs, with its forces (half the gradient)."""
    n = xy.shape[1]
    heavy = np.ones(n) if weights is None else weights
    whole = float(heavy.sum())
    if not whole > 0:
        return 0.0, np.zeros_like(xy)
    apart = xy - (xy * heavy).sum(axis=1, keepdims=True) / whole
    pull = whole * heavy * apart
    return float((pull * apart).sum()), pull


def weighted_unit_steps(
    xy: Floats,
    starts: Starts,
    ends: Ends,
    strengths: Floats,
    weights: Floats,
    *,
    extra: float,
    attraction: float,
    repulsion: float,
    step: float,
) -> float:
    """Do what `forces.unit_steps` does, with nodes that push by their weight."""
    points = np.vstack([xy, weights])
    q = _weighted_unit_steps(
        points, np.ones(len(weights)), starts, ends, strengths, extra, float(attraction), float(repulsion), step
    )
    xy[...] = points[:2]
    return float(q)
