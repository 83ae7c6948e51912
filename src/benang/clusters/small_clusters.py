"""What becomes of clusters that are too small, and how clusters are numbered."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

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
    held = labels != 0
    _, first, inverse, sizes = np.unique(labels[held], return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(sizes), np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(1, len(sizes) + 1)
    numbered[held] = number[inverse]
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
