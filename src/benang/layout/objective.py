"""The VOS objective of a layout: sums over all pairs of nodes, by the way that suits their number; its best scale.

A pair of nodes of unequal weight counts as often as the product of both weights says.

Processors with wider registers add in another order, so that the last digits of sums differ between them. Stirring is
chaotic: a difference of 10⁻¹⁶ is one of 10⁻¹ after some hundred passes, and leads to another minimum, or to one in
which nodes with the same neighbours have changed places. These digits must not decide where a layout ends: places are
put on a fine grid wherever one stage hands them to the next (`on_grid`), and of two layouts the later counts as better
only where it is by more than rounding (`is_lower`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from benang.errors import BenangError, Problem
from benang.kernels import compiled, share_out
from benang.layout.forces import PARTS, WORTH_SHARING, Floats, edge_sums, edges_at, over, pair_sums, weighted_row
from benang.layout.tree_forces import tree_pair_sums
from benang.locale.writing import worded
from benang.network.strengths import Edges, Ends, Starts, edges_of
from benang.ranges import check

EXACT_UP_TO = 5000
"""Nodes up to which every pair is summed. There it takes as long as the tree does, and above the tree is faster."""

GRID = 2.0**-17
"""Width of the grid, for layouts whose mean distance is near 1. Sums differ by some 10⁻¹⁴ of it, so that seldom does a
place lie so near the border of two cells that processors disagree; a nearest neighbour among 5,000 nodes is a thousand
cells away."""

MARGIN = 1e-9
"""Share of Q* by which a layout must be lower to be better: descents end that near to their minimum."""

Candidate = TypeVar("Candidate")


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


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The two sums of the objective at a layout (over all pairs s d^a and d^r, or logarithms), and their forces."""

    attraction: float
    repulsion: float
    pull: Floats
    push: Floats


def check_exponents(attraction: float, repulsion: float) -> None:
    """Refuse exponents for which the objective has no minimum.

    Raises
    ------
    BenangError
        Where the attraction is not above the repulsion: all nodes would fall together or fly apart.
    """
    check(attraction=attraction, repulsion=repulsion)
    if attraction <= repulsion:
        raise BenangError(
            Problem(
                worded("attraction {attraction} and repulsion {repulsion}", attraction=attraction, repulsion=repulsion),
                where="layout",
                expected="two numbers, the attraction above the repulsion",
                way_on="VOSviewer's default is 2 and 1.",
            )
        )


def evaluate(edges: Edges, xy: Floats, attraction: float, repulsion: float) -> Evaluation:
    """Sum attraction and repulsion at a layout (2 × n), with their forces; the gradient is `pull` less `push`."""
    attracted, pull = edge_sums(xy, edges.starts, edges.ends, edges.strengths, attraction)
    if edges.extra:
        every, pull_of_every = all_pair_sums(xy, attraction, edges.counts)
        attracted += edges.extra * every
        pull += edges.extra * pull_of_every
    repelled, push = all_pair_sums(xy, repulsion, edges.weights)
    return Evaluation(attracted, repelled, pull, push)


def best_scale(edges: Edges, at: Evaluation, attraction: float, repulsion: float) -> float:
    """Return by what factor a layout must grow for its objective to be least: where both forces do equal work."""
    pulled = at.attraction if attraction else edges.total
    pushed = at.repulsion if repulsion else edges.n_pairs
    if not (0.0 < pulled < math.inf and 0.0 < pushed < math.inf):
        return 1.0
    return math.exp(max(-300.0, min(300.0, (math.log(pushed) - math.log(pulled)) / (attraction - repulsion))))


def objective_at_best_scale(edges: Edges, at: Evaluation, attraction: float, repulsion: float) -> float:
    """Return Q* from the two sums at any scale."""
    log_scale = math.log(best_scale(edges, at, attraction, repulsion))

    def grown(value: float, exponent: float, weight: float) -> float:
        if not exponent:
            return value + weight * log_scale
        return value * math.exp(min(700.0, exponent * log_scale)) / exponent

    return grown(at.attraction, attraction, edges.total) - grown(at.repulsion, repulsion, edges.n_pairs)


def columns(xy: ArrayLike) -> Floats:
    """Return n × 2 coordinates as 2 × n, centred, and shrunk or grown to a root mean square of 1."""
    centred = np.ascontiguousarray(np.asarray(xy, np.float64).T).reshape(2, -1)
    size = float(np.abs(centred).max(initial=0.0))
    centred = centred / size if size else centred  # first, so that squares neither vanish nor overflow
    centred = centred - centred.mean(axis=1, keepdims=True) if centred.size else centred
    spread = float(np.sqrt((centred * centred).sum() / max(1, centred.shape[1])))
    return centred / spread if spread else centred


def layout_objective(
    xy: ArrayLike, strengths: Any, attraction: float = 2, repulsion: float = 1, *, weights: Floats | None = None
) -> float:
    """Return the VOS objective Q* of a layout, at the scale that suits it best.

    Lower is better. Only values of the same network and the same exponents can be compared; where the layout is,
    how it is turned and how large it is drawn make no difference.

    Parameters
    ----------
    xy
        n × 2 coordinates.
    strengths
        Normalised strengths: n × n matrix, or a network.
    attraction, repulsion
        The exponents a and r, a > r.
    weights
        Node weights w, by which repulsion counts; 1 each where None (0 as in `edges_of`).

    Raises
    ------
    BenangError
        Where the exponents are in the wrong order or the matrix is no network.

    Notes
    -----
    Q(x) = Σ_{i<j} s_ij d_ij^a / a − Σ_{i<j} w_i w_j d_ij^r / r, with ln d for d^0 / 0 (van Eck and Waltman, manual of
    VOSviewer; for a = 2 and r = 1: Waltman, van Eck and Noyons, 2010). Q* is the least Q(c x) over c > 0. Where the
    network has several components, 0.01 is added to every s_ij.

    Examples
    --------
    Two nodes of strength 0.5 lie best at distance 1 / 0.5 = 2: Q* = 0.5 · 2² / 2 − 2.

    >>> layout_objective([[0, 0], [7, 0]], [[0, 0.5], [0.5, 0]])
    -1.0
    """
    check_exponents(attraction, repulsion)
    edges = edges_of(strengths, weights)
    if edges.n_nodes < 2:
        return 0.0
    at = evaluate(edges, columns(xy), attraction, repulsion)
    return objective_at_best_scale(edges, at, attraction, repulsion)


def summed_exactly(n: int) -> bool:
    """Say whether sums over all pairs of n nodes are exact."""
    return n <= EXACT_UP_TO


def all_pair_sums(xy: Floats, exponent: float, weights: Floats | None = None) -> tuple[float, Floats]:
    """Sum w_i w_j d^exponent over all pairs of nodes (ln d where it is 0), with its forces.

    Exact for up to 5,000 nodes, and for an exponent of 2; above, by a tree of boxes (`tree_forces`).

    Parameters
    ----------
    xy
        2 × n coordinates.
    exponent
        Of the distance.
    weights
        n weights; 1 each where None.
    """
    n = xy.shape[1]
    if not summed_exactly(n):
        return weighted_squares(xy, weights) if exponent == 2 else tree_pair_sums(xy, exponent, weights)
    return pair_sums(xy, exponent) if weights is None else weighted_pair_sums(xy, exponent, weights)


def mean_distance(xy: ArrayLike) -> float:
    """Return the mean distance between two of n points (n × 2); 0 for fewer than two.

    Exact for up to 5,000 points, to about a part in 100,000 above.

    Examples
    --------
    >>> round(mean_distance([[0, 0], [3, 0], [0, 4]]), 12)
    4.0
    """
    points = np.ascontiguousarray(np.asarray(xy, np.float64).reshape(-1, 2).T)
    n = points.shape[1]
    return all_pair_sums(points, 1)[0] / (0.5 * n * (n - 1)) if n > 1 else 0.0


def on_grid(xy: Floats) -> Floats:
    """Put the places of up to 5,000 nodes (2 × n) on the grid; larger layouts stay, whose nodes lie too close.

    Examples
    --------
    >>> a, b = np.array([[0.1], [0.3]]), np.array([[0.1], [0.1 + 0.2]])
    >>> bool((a == b).all()), bool((on_grid(a) == on_grid(b)).all())
    (False, True)
    """
    return np.rint(xy / GRID) * GRID + 0.0 if summed_exactly(xy.shape[1]) else xy


def is_lower(one: float, other: float) -> bool:
    """Say whether an objective is lower than another by more than rounding.

    Examples
    --------
    >>> is_lower(-2.0, -1.0), is_lower(-1.0 - 1e-12, -1.0), is_lower(1.0, float("inf"))
    (True, False, True)
    """
    return one < other - MARGIN * abs(other) if np.isfinite(other) else one < other


def lowest(candidates: Iterable[Candidate], objective: Callable[[Candidate], float]) -> Candidate:
    """Return what has the lowest objective; of those that differ by rounding alone, the first.

    Raises
    ------
    StopIteration
        Where there is nothing to choose from.
    """
    rest = iter(candidates)
    best = next(rest)
    for one in rest:
        if is_lower(objective(one), objective(best)):
            best = one
    return best
