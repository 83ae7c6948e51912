"""How alike two partitions of the same items are: as a whole, cluster by cluster, and item by item.

A partition is n whole numbers, equal for items of one cluster; 0 means that the item isn't there, or has no cluster.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benang.errors import BenangError, Problem

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


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
    found = dict(zip(numbers.tolist(), best.tolist(), strict=True))
    return np.array([found.get(int(c), np.nan) for c in np.asarray(clusters)], np.float64)


def _present(one: ArrayLike, other: ArrayLike) -> tuple[Integers, Integers, NDArray[np.bool_]]:
    """Count clusters from 0 in both, of the items that both have; tell which these are."""
    a, b = np.asarray(one, np.int64), np.asarray(other, np.int64)
    lowest = min(a.min(initial=0), b.min(initial=0))
    if a.shape != b.shape or a.ndim != 1 or lowest < 0:
        raise BenangError(
            Problem(
                f"partitions of shape {a.shape} and {b.shape}, the lowest number {lowest}",
                where="comparing partitions",
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
