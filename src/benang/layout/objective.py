"""The VOS objective of a layout: sums over all pairs of nodes, by the way that suits their number; its best scale.

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
from benang.layout.forces import edge_sums, pair_sums
from benang.layout.laws import Floats
from benang.layout.tree_forces import tree_pair_sums
from benang.layout.weighted_forces import weighted_pair_sums, weighted_squares
from benang.locale.writing import worded
from benang.network.strengths import Edges, edges_of
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


def over(value: float, exponent: float) -> float:
    """Divide a sum of powers by its exponent; a sum of logarithms stays."""
    return value / exponent if exponent else value


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
