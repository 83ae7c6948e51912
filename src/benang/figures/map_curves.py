"""Links as curves: quadratic Bézier curves, n × 3 × 2 (start, control point, end)."""

from __future__ import annotations

import numpy as np

from benang.looks.appearance import ShownLinks, control_points
from benang.network.network import Floats


def curves_of(places: Floats, links: ShownLinks, bend: float) -> Floats:
    """Return the curves of links between places; `bend` is the part of their length by which they lean, 0 for none."""
    start, end = places[links.source], places[links.target]
    return np.stack([start, control_points(start, end, bend), end], axis=1)


def part_of_curve(curves: Floats, one: Floats, other: Floats) -> Floats:
    """Return the part from `one` to `other` (0 to 1) of quadratic Bézier curves (n × 3 × 2).

    Examples
    --------
    >>> straight = np.array([[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]])
    >>> part_of_curve(straight, np.array([0.0]), np.array([0.5])).tolist()
    [[[0.0, 0.0], [0.5, 0.0], [1.0, 0.0]]]
    """

    def blossom(s: Floats, t: Floats) -> Floats:
        weights = np.stack([(1 - s) * (1 - t), (1 - s) * t + s * (1 - t), s * t], axis=-1)
        points: Floats = np.einsum("nk,nkd->nd", weights, curves)
        return points

    return np.stack([blossom(one, one), blossom(one, other), blossom(other, other)], axis=1)


def points_along(curves: Floats) -> Floats:
    """Return forty points along each curve (n × 3 × 2), all in one list of places."""
    if not len(curves):
        return np.empty((0, 2))
    t = np.linspace(0, 1, 40)[:, None]
    weights = np.concatenate([(1 - t) ** 2, 2 * t * (1 - t), t**2], axis=1)
    points: Floats = np.einsum("tk,nkd->ntd", weights, curves)
    return points.reshape(-1, 2)
