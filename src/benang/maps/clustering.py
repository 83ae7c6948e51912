"""Clusters of nodes that are tied more strongly to each other than chance would have it."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.maps.objective import edges_of

Integers = NDArray[np.int64]
Matrix = sparse.csr_array[np.float64]
Leiden = Callable[[int, "list[int] | None"], Integers]

LOOSENED = 0.3
"""Share of the nodes that a loosening sets free. On the networks tried, 0.1 to 0.5 did about as well."""

LOOSENINGS_PER_START = 2
"""Loosenings of the best partition for each start asked for: they cost as much as starts and gain more."""

MAX_NODES_LOOSENED = 20_000
"""Nodes above which there are no loosenings: a start takes seconds there."""

_generator = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """A partition of the nodes of a network.

    `cluster` holds n integers from 1, numbered by falling size (of equal clusters, the one with the first node
    first). `quality` is V (`clustering_quality`), at most 1, higher is better. `n_clusters` counts the clusters;
    `resolution`, `starts` and `seed` are what was asked for.
    """

    cluster: Integers
    quality: float
    n_clusters: int
    resolution: float
    starts: int
    seed: int


def leiden_clustering(
    strengths: Any, *, resolution: float = 1.0, starts: int = 10, seed: int = 0, min_cluster_size: int = 1
) -> Clustering:
    """Cluster a network by the quality function of VOSviewer and the Leiden algorithm.

    Parameters
    ----------
    strengths
        Normalised strengths (`association_strength`), ≥ 0: a symmetric n × n matrix, or a network.
    resolution
        γ, the strength from which on two nodes are better together than apart. With association strengths 1 is the
        strength that chance gives, and VOSviewer's default; higher gives more clusters, 0 one for each component.
    starts
        Runs of the algorithm; the best partition is kept, then loosened twice as often and mended where that
        improves it.
    seed
        The same seed gives the same partition.
    min_cluster_size
        Clusters with fewer nodes are merged, the smallest first, each with the cluster j that it is tied to most by
        strength between them / size of j. One without any tie stays. Default 1: nothing is merged.

    Returns
    -------
    Clustering
        A node without edges is a cluster by itself.

    Raises
    ------
    BenangError
        Where the matrix is no network, the resolution is negative, or `starts` or `min_cluster_size` is below 1.

    Notes
    -----
    V is maximised (`clustering_quality`). The algorithm is igraph's (Traag, Waltman and van Eck, 2019), with the
    constant Potts model and all nodes of weight 1, each start until it is stable. igraph takes random numbers from one
    generator for the whole process; it is set for the time of the call and then put back to Python's `random`.

    Examples
    --------
    >>> two_pairs = [[0, 3, 0, 0], [3, 0, 1, 0], [0, 1, 0, 3], [0, 0, 3, 0]]
    >>> made = leiden_clustering(two_pairs)
    >>> made.cluster.tolist(), round(made.quality, 3)
    ([1, 1, 2, 2], 0.286)
    """
    _check(resolution, starts, min_cluster_size)
    links = edges_of(strengths).matrix()
    if links.nnz:
        found = _best(links, resolution, starts, seed)
        cluster = _by_size(_merged(links, found, min_cluster_size))
    else:
        cluster = np.arange(1, links.shape[0] + 1, dtype=np.int64)
    return Clustering(
        cluster, _quality(links, cluster, resolution), int(cluster.max(initial=0)), resolution, starts, seed
    )


def clustering_quality(cluster: ArrayLike, strengths: Any, *, resolution: float = 1.0) -> float:
    """Return the quality V of a partition, as VOSviewer counts it.

    1 would be all strength inside clusters at no cost; 0 is no better than chance; negative is worse. Values of
    different networks or resolutions cannot be compared.

    Parameters
    ----------
    cluster
        n numbers, equal for nodes of one cluster.
    strengths
        Normalised strengths: n × n matrix, or a network.
    resolution
        γ of the formula.

    Raises
    ------
    BenangError
        Where the matrix is no network, or the partition is not one of its nodes.

    Notes
    -----
    V = (2 Σ_{i<j, same cluster} s_ij − γ Σ_c N_c²) / (2 Σ_{i<j} s_ij), with N_c the nodes of cluster c: up to a
    constant, Σ_{i<j, same cluster} (s_ij − γ) of Waltman, van Eck and Noyons (2010). 0 for a network without edges.

    Examples
    --------
    Two pairs of strength 3, joined by an edge of 1: (2 · 6 − (2² + 2²)) / (2 · 7) = 4 / 14.

    >>> two_pairs = [[0, 3, 0, 0], [3, 0, 1, 0], [0, 1, 0, 3], [0, 0, 3, 0]]
    >>> round(clustering_quality([1, 1, 2, 2], two_pairs), 3)
    0.286
    """
    links = edges_of(strengths).matrix()
    labels = np.asarray(cluster)
    if labels.shape != (links.shape[0],):
        raise BenangError(
            Problem(
                f"a partition of shape {labels.shape}",
                where="clustering",
                expected=f"one cluster for each of the {links.shape[0]} nodes",
            )
        )
    return _quality(links, np.unique(labels, return_inverse=True)[1], resolution)


def _check(resolution: float, starts: int, min_cluster_size: int) -> None:
    wrong = []
    if not 0 <= resolution < float("inf"):
        wrong.append(Problem(f"resolution {resolution}", where="clustering", expected="a number of 0 or more"))
    if starts < 1:
        wrong.append(Problem(f"{starts} starts", where="clustering", expected="at least one start"))
    if min_cluster_size < 1:
        wrong.append(Problem(f"minimum cluster size {min_cluster_size}", where="clustering", expected="1 or more"))
    if wrong:
        raise BenangError(*wrong)


def _quality(links: Matrix, labels: Integers, resolution: float) -> float:
    total = float(links.sum())
    if total <= 0:
        return 0.0
    pairs = sparse.coo_array(links)
    inside = float(pairs.data[labels[pairs.row] == labels[pairs.col]].sum())
    sizes = np.bincount(labels).astype(np.float64)
    return (inside - resolution * float((sizes * sizes).sum())) / total


def _best(links: Matrix, resolution: float, starts: int, seed: int) -> Integers:
    """Return the best partition of several starts, improved by loosening."""
    with _leiden(links, resolution, seed) as leiden:
        best = leiden(0, None)
        quality = _quality(links, best, resolution)
        rng = np.random.default_rng(seed)
        n_loosenings = LOOSENINGS_PER_START * starts if len(best) <= MAX_NODES_LOOSENED else 0
        for number in range(1, starts + n_loosenings):
            found = leiden(number, _loosened(best, rng).tolist() if number >= starts else None)
            if (better := _quality(links, found, resolution)) > quality:
                best, quality = found, better
    return best


def _loosened(labels: Integers, rng: np.random.Generator) -> Integers:
    """Set some nodes free: each becomes a cluster by itself."""
    free = rng.random(len(labels)) < LOOSENED
    loose = labels.copy()
    loose[free] = labels.max() + 1 + np.arange(int(free.sum()))
    return np.unique(loose, return_inverse=True)[1].astype(np.int64)


@contextmanager
def _leiden(links: Matrix, resolution: float, seed: int) -> Iterator[Leiden]:
    """Give a function that runs igraph's Leiden until it is stable: (number of the start, partition to begin with)."""
    import igraph  # takes most of a second: only who clusters waits for it

    pairs = sparse.coo_array(sparse.triu(links, 1))
    graph = igraph.Graph(n=links.shape[0], edges=np.column_stack([pairs.row, pairs.col]).tolist())
    weights = pairs.data.tolist()

    def leiden(number: int, begin: list[int] | None) -> Integers:
        igraph.set_random_number_generator(random.Random(f"{seed} {number}"))  # noqa: S311
        found = graph.community_leiden(
            objective_function="CPM", weights=weights, resolution=resolution, n_iterations=-1, initial_membership=begin
        )
        return np.asarray(found.membership, np.int64)

    with _generator:
        try:
            yield leiden
        finally:
            igraph.set_random_number_generator(random)


def _merged(links: Matrix, labels: Integers, min_cluster_size: int) -> Integers:
    """Give clusters that are too small to the neighbours that they are tied to most, the smallest first."""
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    stay: set[int] = set()
    while True:
        sizes = np.bincount(labels)
        small = [
            c for c in np.argsort(sizes, kind="stable").tolist() if 0 < sizes[c] < min_cluster_size and c not in stay
        ]
        if not small:
            return labels
        ties = _ties(links, labels, small[0], len(sizes)) / np.maximum(sizes, 1)
        if ties.max() > 0:
            labels[labels == small[0]] = int(ties.argmax())
        else:
            stay.add(small[0])


def _ties(links: Matrix, labels: Integers, cluster: int, n_clusters: int) -> NDArray[np.float64]:
    """Sum the strength between one cluster and each other."""
    rows = sparse.coo_array(links[np.flatnonzero(labels == cluster)])
    tied = np.bincount(labels[rows.col], rows.data, n_clusters).astype(np.float64)
    tied[cluster] = 0.0
    return tied


def _by_size(labels: Integers) -> Integers:
    """Give clusters numbers from 1 by falling size, of equal ones the one with the first node first."""
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    number = np.empty(len(sizes), np.int64)
    number[np.lexsort((first, -sizes))] = np.arange(1, len(sizes) + 1)
    return number[inverse]
