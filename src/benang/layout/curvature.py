"""The curvature of attraction, and how to divide by it: the first guess of every descent."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from benang.layout.compiling import compiled, share_out
from benang.layout.forces import Ends, Starts, edge_parts
from benang.layout.laws import NEAREST, Floats
from benang.layout.objective import Edges

ROUNDS = 5
"""Rounds of Chebyshev's iteration."""

LOW = 0.05
"""Eigenvalues of D⁻¹L below this are left to L-BFGS; all lie below 2."""

DENSE = 0.5
"""Share of all pairs from which on D alone is the curvature, nearly: D⁻¹L has all its eigenvalues near 1 there, and a
round of iteration costs more than the sum over all pairs."""

Solve = Callable[[Floats], Floats]


def attraction_solver(edges: Edges, xy: Floats, attraction: float) -> Solve:
    """Return a function that divides a gradient by the curvature of attraction at a layout.

    The curvature is the Laplacian of s_ij d_ij^(a − 2), whatever the distances for a = 2. To divide by it and go that
    far is a step of majorisation (SMACOF: de Leeuw, 1977; Gansner, Koren and North, 2005), which never raises Q where
    a ≤ 2 and repulsion is a distance. Where a factorisation is cheap it is exact, else it is a Chebyshev iteration.
    """
    stiff = edges.strengths
    if attraction != 2:
        stiff = np.empty_like(edges.strengths)
        _stiffness(xy, edges.starts, edges.ends, edges.strengths, float(attraction), stiff)
    # the pairs that only `extra` attracts: all alike, at the root mean square distance
    usual = 2.0 * float((xy * xy).sum()) / max(1, edges.n_nodes)
    counts = np.ones(edges.n_nodes) if edges.counts is None else edges.counts
    shift = edges.extra * counts * float(counts.sum()) * max(usual, NEAREST) ** (0.5 * attraction - 1.0)
    sums = np.concatenate([[0.0], np.cumsum(stiff)])
    degrees = np.maximum(sums[edges.starts[1:]] - sums[edges.starts[:-1]], 0.0) + shift
    degrees = np.maximum(degrees, 1e-12 * max(float(degrees.max(initial=0.0)), NEAREST))
    if edges.n_nodes > 300 and len(edges.ends) > DENSE * edges.n_nodes * edges.n_nodes:
        return lambda gradient: _centred(_centred(gradient) / degrees)
    most = 4 if attraction == 2 else 20  # the last needs a factorisation every 50 steps, but its Laplacian is worse
    if edges.n_nodes <= 300 or (edges.n_nodes <= 2500 and len(edges.ends) <= 2 * most * edges.n_nodes):
        return _factorised(edges, stiff, degrees)
    return _iterated(edges, stiff, degrees)


def _centred(vectors: Floats) -> Floats:
    return np.ascontiguousarray(vectors - vectors.mean(axis=1, keepdims=True))


def _factorised(edges: Edges, stiff: Floats, degrees: Floats) -> Solve:
    weights = sparse.csr_array((stiff, edges.ends, edges.starts), (edges.n_nodes, edges.n_nodes))
    laplacian = sparse.diags_array(degrees * (1 + 1e-9)) - weights  # the whole is singular: it may move as one
    factor = splu(laplacian.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})

    def solve(gradient: Floats) -> Floats:
        centred = gradient - gradient.mean(axis=1, keepdims=True)
        solved = factor.solve(np.ascontiguousarray(centred.T)).T
        return np.ascontiguousarray(solved - solved.mean(axis=1, keepdims=True))

    return solve


def _iterated(edges: Edges, stiff: Floats, degrees: Floats) -> Solve:
    """Solve by Chebyshev's iteration on D⁻¹L."""
    middle, half = 0.5 * (2.0 + LOW), 0.5 * (2.0 - LOW)
    bounds = edge_parts(edges.starts)

    def solve(gradient: Floats) -> Floats:
        target = np.ascontiguousarray((gradient - gradient.mean(axis=1, keepdims=True)).T) / degrees[:, np.newaxis]
        ratio = half / middle
        change = target / middle
        solved, following = change.copy(), np.empty_like(change)
        for _ in range(ROUNDS):
            next_ratio = 1.0 / (2.0 * middle / half - ratio)
            keep, add = next_ratio * ratio, 2.0 * next_ratio / half

            def work(
                part: int,
                old: Floats = solved,
                new: Floats = following,
                keep: float = keep,
                add: float = add,
            ) -> None:
                first, last = bounds[part], bounds[part + 1]
                _chebyshev(edges.starts, edges.ends, stiff, degrees, target, keep, add, first, last, change, old, new)

            share_out(work, len(bounds) - 1)
            solved, following, ratio = following, solved, next_ratio
        return np.ascontiguousarray((solved - solved.mean(axis=0)).T)

    return solve


@compiled
def _chebyshev(
    starts: Starts,
    ends: Ends,
    stiff: Floats,
    degrees: Floats,
    target: Floats,
    keep: float,
    add: float,
    first: int,
    last: int,
    change: Floats,
    old: Floats,
    new: Floats,
) -> None:
    """Do one round for the nodes from `first` to `last`."""
    for i in range(first, last):
        x = 0.0
        y = 0.0
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            x += stiff[e] * old[j, 0]
            y += stiff[e] * old[j, 1]
        change[i, 0] = keep * change[i, 0] + add * (target[i, 0] + x / degrees[i] - old[i, 0])
        change[i, 1] = keep * change[i, 1] + add * (target[i, 1] + y / degrees[i] - old[i, 1])
        new[i, 0] = old[i, 0] + change[i, 0]
        new[i, 1] = old[i, 1] + change[i, 1]


@compiled
def _stiffness(xy: Floats, starts: Starts, ends: Ends, strengths: Floats, attraction: float, stiff: Floats) -> None:
    """Write the curvature of every edge, from both of its ends."""
    steep, half = max(1.0, abs(attraction - 1.0)), 0.5 * attraction - 1.0
    for i in range(xy.shape[1]):
        for e in range(starts[i], starts[i + 1]):
            dx = xy[0, i] - xy[0, ends[e]]
            dy = xy[1, i] - xy[1, ends[e]]
            stiff[e] = strengths[e] * steep * max(dx * dx + dy * dy, NEAREST) ** half
