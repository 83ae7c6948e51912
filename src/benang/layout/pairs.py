"""Sums over all pairs of nodes, by whichever way suits their number."""

from __future__ import annotations

from benang.layout.forces import pair_sums
from benang.layout.laws import Floats
from benang.layout.tree_forces import tree_pair_sums
from benang.layout.weighted_forces import weighted_pair_sums, weighted_squares

EXACT_UP_TO = 5000
"""Nodes up to which every pair is summed. There it takes as long as the tree does, and above the tree is faster."""


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
