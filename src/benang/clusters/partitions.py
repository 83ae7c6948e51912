"""Partitions of nodes: numbered by size, without small clusters, and how alike two are (whole, by cluster, by item).

A partition is n whole numbers, equal for nodes of one cluster; 0 means that the node isn't there, or has no cluster.
"""

from __future__ import annotations

import heapq
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.network.network import CSR, Floats

Integers = NDArray[np.int64]


def by_size(labels: Integers) -> Integers:
    """Give clusters numbers from 1 by falling size, of equal ones the one with the first node first.

    0 is no cluster, and stays.

    Examples
    --------
    >>> by_size(np.array([7, 3, 3, 0, 9, 9, 0])).tolist()
    [3, 1, 1, 0, 2, 2, 0]
    """
    numbered = np.zeros(len(labels), np.int64)
    labelled = labels != 0
    _, first, inverse, sizes = np.unique(labels[labelled], return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(sizes), np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(1, len(sizes) + 1)
    numbered[labelled] = number[inverse]
    return numbered


def without_small(labels: Integers, min_cluster_size: int) -> Integers:
    """Set nodes in clusters of fewer than `min_cluster_size` nodes to 0: no cluster.

    Examples
    --------
    >>> without_small(np.array([1, 1, 1, 2, 3, 3]), 2).tolist()
    [1, 1, 1, 0, 3, 3]
    """
    _, inverse, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return np.where(sizes[inverse] < min_cluster_size, 0, labels)


def merged(links: CSR, labels: Integers, min_cluster_size: int, weights: Floats) -> Integers:
    """Give clusters that are too small to the neighbours that they are tied to most, the smallest first.

    Each goes whole to the cluster j with the largest strength between the two over the sum of the weights of j, as in
    VOSviewer. One that is tied to nobody stays.

    Examples
    --------
    A node tied by 2 to a cluster of two and by 3 to one of four goes to the two: 2 / 2 > 3 / 4.

    >>> links = np.zeros((7, 7))
    >>> links[6, :] = links[:, 6] = [2, 0, 3, 0, 0, 0, 0]
    >>> merged(sparse.csr_array(links), np.array([0, 0, 1, 1, 1, 1, 2]), 2, np.ones(7)).tolist()
    [0, 0, 1, 1, 1, 1, 0]
    """
    if min_cluster_size <= 1:
        return labels
    return _Merging(links, labels, weights).down_to(min_cluster_size)


class _Merging:
    """Clusters on their way into others: the network between those at first stays, who owns each of them changes."""

    def __init__(self, links: CSR, labels: Integers, weights: Floats) -> None:
        self.part = np.unique(labels, return_inverse=True)[1].astype(np.int64)
        n = int(self.part.max(initial=-1)) + 1
        nodes = np.arange(len(labels))
        parts = sparse.csr_array((np.ones(len(labels)), (self.part, nodes)), shape=(n, len(labels)))
        self.between = sparse.csr_array(parts @ links @ parts.T)
        self.sizes = np.bincount(self.part, minlength=n)
        self.weights = np.bincount(self.part, weights, n)
        self.owner = np.arange(n)
        self.members = {c: [c] for c in range(n)}

    def down_to(self, least: int) -> Integers:
        """Merge until no cluster that is tied to another has fewer than `least` nodes."""
        small = [(size, c) for c, size in enumerate(self.sizes.tolist()) if size < least]
        heapq.heapify(small)
        while small:
            size, cluster = heapq.heappop(small)
            if self.owner[cluster] != cluster or self.sizes[cluster] != size:
                continue
            into = self._closest(cluster)
            if into >= 0:
                self._move(cluster, into)
                if self.sizes[into] < least:
                    heapq.heappush(small, (int(self.sizes[into]), into))
        return self.owner[self.part]

    def _closest(self, cluster: int) -> int:
        """Return the cluster with the largest strength between the two over its weight; −1 where there is no tie."""
        rows = sparse.coo_array(self.between[self.members[cluster]])
        others, place = np.unique(self.owner[rows.col], return_inverse=True)
        tied = np.bincount(place, rows.data, len(others))
        tied[others == cluster] = 0.0
        if not tied.any():
            return -1
        return int(others[np.argmax(tied / np.maximum(self.weights[others], np.finfo(np.float64).tiny))])

    def _move(self, cluster: int, into: int) -> None:
        moved = self.members.pop(cluster)
        self.owner[moved] = into
        self.members[into] += moved
        self.sizes[into] += self.sizes[cluster]
        self.weights[into] += self.weights[cluster]
        self.sizes[cluster] = 0


def adjusted_rand(one: ArrayLike, other: ArrayLike) -> float:
    """Return the adjusted Rand index of two partitions: 1 for the same, 0 on average for two drawn at random.

    Parameters
    ----------
    one, other
        n whole numbers each; items that are 0 in either are left out.

    Returns
    -------
    float
        At most 1, below 0 where partitions are less alike than chance makes them; 1 where both put all items
        together, or all apart; NaN for fewer than two items.

    Raises
    ------
    BenangError
        For partitions of different lengths, and numbers below 0.

    Notes
    -----
    With n_ij the items that are in cluster i of the one and j of the other, sums a_i and b_j, and pairs C(x) =
    x (x − 1) / 2: (Σ C(n_ij) − E) / ((Σ C(a_i) + Σ C(b_j)) / 2 − E), E = Σ C(a_i) Σ C(b_j) / C(n) (Hubert and Arabie,
    1985, Comparing partitions, Journal of Classification 2, 193-218).

    Examples
    --------
    The example of Yeung and Ruzzo (2001), ten items in three clusters each.

    >>> round(adjusted_rand([1, 1, 2, 2, 2, 2, 3, 3, 3, 3], [1, 2, 1, 2, 2, 3, 3, 3, 3, 3]), 3)
    0.313
    """
    a, b = _aligned(one, other)
    n = len(a)
    if n < 2:
        return float("nan")
    together = _pairs(_cells(a, b)[1])
    in_one, in_other = _pairs(np.bincount(a)), _pairs(np.bincount(b))
    expected = in_one * in_other / (n * (n - 1) / 2)
    most = (in_one + in_other) / 2
    return 1.0 if most == expected else float((together - expected) / (most - expected))


def pairwise_rand(runs: Integers) -> Floats:
    """Return the adjusted Rand index of every two of several partitions (runs × items), in a fixed order.

    Examples
    --------
    >>> pairwise_rand(np.array([[1, 1, 2, 2], [2, 2, 1, 1], [1, 2, 1, 2]])).round(9).tolist()
    [1.0, -0.5, -0.5]
    """
    return np.array([adjusted_rand(one, other) for one, other in combinations(runs, 2)], np.float64)


def company_kept(own: ArrayLike, run: ArrayLike) -> Floats:
    """Return, for each item, the share of its cluster mates that are in one cluster with it in another partition.

    Parameters
    ----------
    own
        The clusters that mates are taken from.
    run
        The other partition. Items that are 0 in either are left out.

    Returns
    -------
    ndarray
        n numbers from 0 to 1; NaN for an item that is left out, or has no mate that isn't.

    Examples
    --------
    >>> company_kept([1, 1, 1, 2, 2], [5, 5, 6, 6, 6]).tolist()
    [0.5, 0.5, 0.0, 1.0, 1.0]
    """
    a, b, there = _present(own, run)
    share = np.full(len(there), np.nan)
    cell, count = _cells(a, b)
    mates = np.bincount(a)[a] - 1.0
    share[np.flatnonzero(there)[mates > 0]] = (count[cell] - 1.0)[mates > 0] / mates[mates > 0]
    return share


def cluster_jaccard(own: ArrayLike, run: ArrayLike, clusters: ArrayLike) -> Floats:
    """Return, for each of some clusters, how much of it another partition finds again.

    Parameters
    ----------
    own
        The partition with these clusters.
    run
        The other partition. Items that are 0 in either are left out.
    clusters
        Numbers of clusters.

    Returns
    -------
    ndarray
        For each cluster the largest Jaccard index with a cluster of `run`: items in both / items in either, 0 to 1;
        NaN for a cluster of which nothing is left (Hennig, 2007).

    Examples
    --------
    >>> cluster_jaccard([1, 1, 1, 2, 2], [5, 5, 6, 6, 6], [1, 2]).round(3).tolist()    # 2 of 3, 2 of 3
    [0.667, 0.667]
    """
    a, b, there = _present(own, run)
    numbers = np.unique(np.asarray(own)[there])
    best = np.zeros(len(numbers))
    if len(a):
        cell, count = _cells(a, b)
        first = np.zeros(len(count), np.int64)
        first[cell] = np.arange(len(cell))
        rows, columns = a[first], b[first]
        np.maximum.at(best, rows, count / (np.bincount(a)[rows] + np.bincount(b)[columns] - count))
    closest = dict(zip(numbers.tolist(), best.tolist(), strict=True))
    return np.array([closest.get(int(c), np.nan) for c in np.asarray(clusters)], np.float64)


def _present(one: ArrayLike, other: ArrayLike) -> tuple[Integers, Integers, NDArray[np.bool_]]:
    """Count clusters from 0 in both, of the items that both have; tell which these are."""
    a, b = np.asarray(one, np.int64), np.asarray(other, np.int64)
    lowest = min(a.min(initial=0), b.min(initial=0))
    if a.shape != b.shape or a.ndim != 1 or lowest < 0:
        raise BenangError(
            Problem(
                worded(
                    "partitions of shape {shape} and {shape2}, the lowest number {lowest}",
                    shape=str(a.shape),
                    shape2=str(b.shape),
                    lowest=lowest,
                ),
                where=worded("comparing partitions"),
                expected="one whole number of 0 or more for each item in both",
            )
        )
    there = (a > 0) & (b > 0)
    return _numbered(a[there]), _numbered(b[there]), there


def _aligned(one: ArrayLike, other: ArrayLike) -> tuple[Integers, Integers]:
    a, b, _ = _present(one, other)
    return a, b


def _numbered(labels: Integers) -> Integers:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _cells(a: Integers, b: Integers) -> tuple[Integers, Integers]:
    """Return the cell of the table of both partitions that each item is in, and the items in each cell."""
    _, cell, count = np.unique(a * (int(b.max(initial=0)) + 1) + b, return_inverse=True, return_counts=True)
    return cell.astype(np.int64), count.astype(np.int64)


def _pairs(counts: Integers) -> float:
    x = counts.astype(np.float64)
    return float((x * (x - 1)).sum() / 2)
