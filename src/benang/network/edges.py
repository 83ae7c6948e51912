"""A network as layout and clustering see it: symmetric strengths in order, checked, with the weights of its nodes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from benang.errors import BenangError, Problem
from benang.kernel_cache import kernel
from benang.network.graphs import strengths_of
from benang.network.network import Floats

Starts = NDArray[np.int64]
Ends = NDArray[np.int32]

UNCONNECTED = 0.01
"""Attraction added to every pair where a network has several components, which would else drift apart for ever.
It is what VOSviewer does."""


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """A symmetric network as an optimiser sees it: CSR arrays, the number of nodes, and `extra`, added to each pair.

    `weights` are those by which nodes push each other, and `counts` says how many nodes each stands for, which is how
    often `extra` counts; 1 each where None.
    """

    starts: Starts
    ends: Ends
    strengths: Floats
    extra: float
    n_nodes: int
    weights: Floats | None = None
    counts: Floats | None = None

    @property
    def n_pairs(self) -> float:
        """Number of pairs of nodes, or the sum over pairs of the products of their weights."""
        return _pairs(self.weights, self.n_nodes)

    @property
    def total(self) -> float:
        """Sum of the strengths over all pairs, `extra` with them."""
        return 0.5 * float(self.strengths.sum()) + self.extra * _pairs(self.counts, self.n_nodes)

    def matrix(self) -> sparse.csr_array[np.float64]:
        """Return the strengths as a matrix, without `extra`."""
        return sparse.csr_array((self.strengths, self.ends, self.starts), (self.n_nodes, self.n_nodes))


def edges_of(strengths: Any, weights: Floats | None = None) -> Edges:
    """Read a network, or its bare matrix, as edges.

    Parameters
    ----------
    strengths
        Symmetric matrix of normalised strengths ≥ 0, sparse or dense, or anything with such a matrix as `links`.
        The diagonal is left out. A CSR matrix in order is used as it is, without a copy.
    weights
        How strongly each node pushes the others, ≥ 0; 1 each where None. One of 0 counts as the smallest above 0:
        nodes that push nobody would all fall on one place.

    Raises
    ------
    BenangError
        Where the matrix is not square and symmetric, or holds a strength that is negative or no number, or where
        there is not one weight for each node.
    """
    links = _in_order(strengths_of(strengths))
    n = int(links.shape[0])
    starts, ends = links.indptr.astype(np.int64), links.indices.astype(np.int32, copy=False)
    data = np.ascontiguousarray(links.data, np.float64)
    low, high = (float(data.min()), float(data.max())) if len(data) else (0.0, 0.0)
    if not (low >= 0 and high < math.inf):
        raise _bad_matrix(f"the strength {data[~(np.isfinite(data) & (data >= 0))][0]}")
    if (
        not _are_mirrored(starts, ends, data, 1e-9 * high, starts[:-1].copy())
        and abs(links - links.T).max() > 1e-9 * high
    ):
        raise _bad_matrix("one that is not symmetric")
    extra = UNCONNECTED if n and csgraph.connected_components(links, directed=False)[0] > 1 else 0.0
    return Edges(starts, ends, data, extra, n, _checked_weights(weights, n))


def _pairs(weights: Floats | None, n: int) -> float:
    if weights is None:
        return 0.5 * n * (n - 1)  # in floats: of 46,342 nodes the product no longer fits 32 bits
    whole = float(weights.sum())
    return max(0.0, 0.5 * (whole * whole - float((weights * weights).sum())))


def _in_order(matrix: Any) -> sparse.csr_array[np.float64]:
    """Return a matrix as CSR with sorted columns, without the diagonal, zeros and repeats."""
    given: Any = matrix if getattr(matrix, "format", "") == "csr" else sparse.coo_array(matrix, dtype=np.float64)
    if given.ndim != 2 or given.shape[0] != given.shape[1]:
        raise _bad_matrix(f"a matrix of shape {given.shape}")
    links: sparse.csr_array[np.float64] = sparse.csr_array(given, dtype=np.float64)
    if links.has_canonical_format and links.data.all() and not links.diagonal().any():
        return links
    pairs = sparse.coo_array(links)
    off = (pairs.row != pairs.col) & (pairs.data != 0)
    links = sparse.csr_array((pairs.data[off], (pairs.row[off], pairs.col[off])), pairs.shape)
    links.sort_indices()
    return links


def _mirrored(starts: Starts, ends: Ends, strengths: Floats, leeway: float, at: Starts) -> bool:
    """Say whether every edge stands with both of its ends: walked in order, each row meets its mirror in turn."""
    for i in range(len(at)):
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            back = at[j]
            if back >= starts[j + 1] or ends[back] != i or not abs(strengths[back] - strengths[e]) <= leeway:
                return False
            at[j] = back + 1
    return True


_are_mirrored: Any = kernel(_mirrored, error_model="numpy", nogil=True)


def _checked_weights(weights: Floats | None, n: int) -> Floats | None:
    if weights is None:
        return None
    found = np.ascontiguousarray(weights, np.float64)
    if found.shape != (n,) or not (np.isfinite(found).all() and (found >= 0).all()):
        raise BenangError(
            Problem(
                f"weights of shape {found.shape}" if found.shape != (n,) else "a weight that is negative or no number",
                where="network",
                expected=f"one weight of 0 or more for each of the {n} nodes",
            )
        )
    above = found[found > 0]
    return np.where(found > 0, found, above.min() if len(above) else 1.0)


def _bad_matrix(found: str) -> BenangError:
    return BenangError(Problem(found, where="network", expected="a symmetric matrix of link strengths of 0 or more"))
