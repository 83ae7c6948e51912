"""What a pair of nodes counts at a distance, and its force: compiled into the sums over pairs.

A law is an exponent p: a pair at distance d counts d^p (ln d where p is 0), and its force on a node is d^(p−2) times
the vector from the other node.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benang.kernels import inner

Floats = NDArray[np.float64]
Sums = tuple[float, float, float]
"""A sum over the pairs or edges of a node, and the two coordinates of the force on it."""

NEAREST = 1e-24
"""Square of the smallest distance that counts as one, so that two nodes at one place give no division by 0."""


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
