"""Clusters of nodes that are tied more strongly to each other than chance would have it: bare numbers in and out."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from benang.clusters.partitions import Integers, by_size, merged, without_small
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.network.network import CSR, Floats
from benang.network.strengths import edges_of
from benang.ranges import Range, check, shown_number

Leiden = Callable[[int, "list[int] | None"], Integers]

LOOSENED = 0.3
"""Share of the nodes that a loosening sets free. On the networks tried, 0.1 to 0.5 did about as well."""

LOOSENINGS_PER_START = 2
"""Loosenings of the best partition for each start asked for: they cost as much as starts and gain more."""

MAX_NODES_LOOSENED = 20_000
"""Nodes above which there are no loosenings, and each start ends after `ITERATIONS`: it takes seconds there."""

MOST_ITERATIONS = 100
"""Iterations after which a start ends though nodes still move: some ten are usual."""

ITERATIONS = 10
"""Iterations of a start in a large network; VOSviewer's number for every network."""

LEAST_ITERATIONS = 3
"""After these V changes in the fourth digit, in the networks of a million nodes that were tried."""

MOST_LINKS = 10_000_000
"""Links times iterations times starts in a large network: gone through in half a minute of one processor. More starts
gain little there: with ten V of a network of 50,000 nodes was 0.0004 above that of one."""

_generator = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Clustering:
    """A partition of the nodes of a network.

    `cluster` holds n integers from 1, numbered by falling size (of equal clusters, the one with the first node
    first); 0 is no cluster. `quality` is V (`clustering_quality`), at most 1, higher is better. `n_clusters` counts
    the clusters; `resolution` and `seed` are what was asked for. `starts` were made: fewer than asked for in a network
    of more than `MAX_NODES_LOOSENED` nodes and many links.
    """

    cluster: Integers
    quality: float
    n_clusters: int
    resolution: float
    starts: int
    seed: int


_RESOLUTIONS = Range(0, 1e12)
"""Wider than what may be asked of a map, whose resolution is scaled: by its weights, and to look for steps in it."""


def leiden_clustering(
    strengths: Any,
    *,
    weights: ArrayLike | None = None,
    resolution: float = 1.0,
    starts: int = 10,
    seed: int = 0,
    min_cluster_size: int = 1,
    merge_small: bool = True,
) -> Clustering:
    """Cluster a network by the quality function of VOSviewer and the Leiden algorithm.

    Parameters
    ----------
    strengths
        Normalised strengths (`association_strength`), ≥ 0: a symmetric n × n matrix, or a network.
    weights
        How much each node counts (n numbers ≥ 0), 1 each where None. For modularity, VOSviewer's "LinLog/modularity",
        give strengths as counted, the total link strengths k, and the resolution over the sum of k.
    resolution
        γ, the strength from which on two nodes are better together than apart. With association strengths 1 is the
        strength that chance gives, and VOSviewer's default; higher gives more clusters, 0 one for each component.
    starts
        Runs of the algorithm; the best partition is kept, then loosened twice as often and mended where that
        improves it. Large networks are not loosened and get fewer starts, at least one (`MAX_NODES_LOOSENED`,
        `MOST_LINKS`).
    seed
        The same seed gives the same partition.
    min_cluster_size
        Clusters with fewer nodes are merged, the smallest first, each with the cluster j that it is tied to most by
        strength between them / weight of j (its size where all weights are 1). One without any tie stays. Default 1:
        nothing is merged.
    merge_small
        False leaves the nodes of clusters below the minimum without a cluster (0) instead.

    Returns
    -------
    Clustering
        A node without edges is a cluster by itself.

    Raises
    ------
    BenangError
        Where the matrix is no network, weights are not n numbers of 0 or more, the resolution is negative, or `starts`
        or `min_cluster_size` is below 1.

    Notes
    -----
    V is maximised (`clustering_quality`). The algorithm is igraph's (Traag, Waltman and van Eck, 2019), with the
    constant Potts model, each start until it is stable or, in a large network, for at most `ITERATIONS`. igraph takes
    random numbers from one generator for the whole process; it is set for the time of the call and then put back to
    Python's `random`.

    Examples
    --------
    >>> two_pairs = [[0, 3, 0, 0], [3, 0, 1, 0], [0, 1, 0, 3], [0, 0, 3, 0]]
    >>> clustering = leiden_clustering(two_pairs)
    >>> clustering.cluster.tolist(), round(clustering.quality, 3)
    ([1, 1, 2, 2], 0.286)

    Modularity: the totals are 3, 4, 4 and 3, together 14.

    >>> clustering = leiden_clustering(two_pairs, weights=[3, 4, 4, 3], resolution=1 / 14)
    >>> clustering.cluster.tolist(), round(clustering.quality, 3)             # 12 / 14 − 2 · (7 / 14)²
    ([1, 1, 2, 2], 0.357)
    """
    _check(resolution, starts, min_cluster_size, seed)
    links = edges_of(strengths).matrix()
    counting = _weights(weights, links.shape[0])
    starts, iterations = _effort(links, starts)
    clusters = np.arange(links.shape[0], dtype=np.int64)
    if links.nnz:
        clusters = _best(links, counting, resolution, starts, iterations, seed)
    if merge_small:
        cluster = by_size(1 + merged(links, clusters, min_cluster_size, counting))
    else:
        cluster = by_size(without_small(1 + clusters, min_cluster_size))
    quality = _quality(links, _alone_where_none(cluster), counting, resolution)
    return Clustering(cluster, quality, int(cluster.max(initial=0)), resolution, starts, seed)


def clustering_quality(
    cluster: ArrayLike, strengths: Any, *, weights: ArrayLike | None = None, resolution: float = 1.0
) -> float:
    """Return the quality V of a partition, as VOSviewer counts it.

    1 would be all strength inside clusters at no cost; 0 is no better than chance; negative is worse. Values of
    different networks or resolutions cannot be compared.

    Parameters
    ----------
    cluster
        n numbers, equal for nodes of one cluster; a node of cluster 0 has none and counts as alone.
    strengths
        Normalised strengths: n × n matrix, or a network.
    weights
        How much each node counts; 1 each where None.
    resolution
        γ of the formula.

    Raises
    ------
    BenangError
        Where the matrix is no network, or the partition or the weights are not those of its nodes.

    Notes
    -----
    V = (2 Σ_{i<j, same cluster} s_ij − γ Σ_c N_c²) / (2 Σ_{i<j} s_ij), with N_c the sum of the weights of cluster c,
    the number of its nodes where all are 1: up to a constant, Σ_{i<j, same cluster} (s_ij − γ) of Waltman, van Eck and
    Noyons (2010). With total link strengths for weights and γ over their sum it is Newman's modularity. 0 for a
    network without edges.

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
                worded("a partition of shape {shape}", shape=str(labels.shape)),
                where="clustering",
                expected=worded("one cluster for each of the {n} nodes", n=links.shape[0]),
            )
        )
    numbered = np.unique(np.append(labels, 0), return_inverse=True)[1][:-1]
    none = labels == 0
    numbered = _alone_where_none(np.where(none, 0, numbered + 1).astype(np.int64))
    return _quality(links, numbered, _weights(weights, links.shape[0]), resolution)


def _check(resolution: float, starts: int, min_cluster_size: int, seed: int) -> None:
    check(starts=starts, min_cluster_size=min_cluster_size, seed=seed)
    if resolution not in _RESOLUTIONS:
        raise BenangError(Problem(shown_number(resolution), where="resolution", expected=str(_RESOLUTIONS)))


def _weights(weights: ArrayLike | None, n: int) -> Floats:
    if weights is None:
        return np.ones(n)
    given = np.asarray(weights, np.float64)
    if given.shape != (n,) or not (np.isfinite(given) & (given >= 0)).all():
        raise BenangError(
            Problem(
                worded("weights of shape {shape}", shape=str(given.shape))
                if given.shape != (n,)
                else "weights that are negative or not numbers",
                where="clustering",
                expected=worded("a number of 0 or more for each of the {n} nodes", n=n),
            )
        )
    return given


def _alone_where_none(cluster: Integers) -> Integers:
    """Count each node without a cluster (0) as one by itself."""
    none = cluster == 0
    alone = cluster.copy()
    alone[none] = int(cluster.max(initial=0)) + 1 + np.arange(int(none.sum()))
    return alone


def _quality(links: CSR, labels: Integers, weights: Floats, resolution: float) -> float:
    total = float(links.sum())
    if total <= 0:
        return 0.0
    pairs = sparse.coo_array(links)
    inside = float(pairs.data[labels[pairs.row] == labels[pairs.col]].sum())
    sizes = np.bincount(labels, weights)
    return (inside - resolution * float((sizes * sizes).sum())) / total


def _is_large(links: CSR) -> bool:
    return links.shape[0] > MAX_NODES_LOOSENED


def _effort(links: CSR, starts: int) -> tuple[int, int]:
    """Return how many starts are made, and after how many iterations each ends, unless nothing moves any more."""
    if not _is_large(links):
        return starts, MOST_ITERATIONS
    room = MOST_LINKS // max(1, links.nnz // 2)
    starts = min(starts, max(1, room // ITERATIONS))
    return starts, min(ITERATIONS, max(LEAST_ITERATIONS, room // starts))


def _best(links: CSR, weights: Floats, resolution: float, starts: int, iterations: int, seed: int) -> Integers:
    """Return the best partition of several starts, improved by loosening."""
    with _leiden(links, weights, resolution, iterations, seed) as leiden:
        best = leiden(0, None)
        quality = _quality(links, best, weights, resolution)
        rng = np.random.default_rng(seed)
        n_loosenings = 0 if _is_large(links) else LOOSENINGS_PER_START * starts
        for number in range(1, starts + n_loosenings):
            clustering = leiden(number, _loosened(best, rng).tolist() if number >= starts else None)
            if (better := _quality(links, clustering, weights, resolution)) > quality:
                best, quality = clustering, better
    return best


def _loosened(labels: Integers, rng: np.random.Generator) -> Integers:
    """Set some nodes free: each becomes a cluster by itself."""
    free = rng.random(len(labels)) < LOOSENED
    loose = labels.copy()
    loose[free] = labels.max() + 1 + np.arange(int(free.sum()))
    return np.unique(loose, return_inverse=True)[1].astype(np.int64)


def _as_first_seen(labels: list[int]) -> list[int]:
    """Give clusters numbers in the order of their first nodes, so that two lists of one partition are equal."""
    number: dict[int, int] = {}
    return [number.setdefault(label, len(number)) for label in labels]


@contextmanager
def _leiden(links: CSR, weights: Floats, resolution: float, iterations: int, seed: int) -> Iterator[Leiden]:
    """Give a function that runs igraph's Leiden: (number of the start, partition to begin with)."""
    import igraph  # takes most of a second: only who clusters waits for it

    pairs = sparse.coo_array(sparse.triu(links, 1))
    # igraph reads a block of 64-bit integers as it is; a list of ten million pairs would take gigabytes.
    ends = np.ascontiguousarray(np.column_stack([pairs.row, pairs.col]), np.int64)
    graph = igraph.Graph(n=links.shape[0], edges=ends.data)
    strengths = pairs.data
    del pairs, ends

    def leiden(number: int, begin: list[int] | None) -> Integers:
        igraph.set_random_number_generator(random.Random(f"{seed} {number}"))  # noqa: S311
        here = begin
        # Iteration by iteration: where strengths tie with the resolution, igraph's own loop may never end.
        for _ in range(iterations):
            membership = graph.community_leiden(
                objective_function="CPM",
                weights=strengths,
                node_weights=weights,
                resolution=resolution,
                n_iterations=1,
                initial_membership=here,
            ).membership
            if here is not None and _as_first_seen(membership) == _as_first_seen(here):
                break
            here = membership
        return np.asarray(here, np.int64)

    with _generator:
        try:
            yield leiden
        finally:
            igraph.set_random_number_generator(random)
