"""The clusters and links of a map made again: with other seeds, of records drawn anew, and of shuffled records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.clusters.clustering import Clustering, leiden_clustering
from benang.kinds import BY_CITATION, Normalization
from benang.locale.writing import worded
from benang.maps.map import ClusteringRun, Map
from benang.network.network import CSR, Floats, Network, with_link_weights
from benang.network.recounted import counting_of, links_from_records, weight_name
from benang.network.settings import read_settings
from benang.network.strengths import map_strengths

LEAST_LIKE = 0.5
"""Share of a map's link strength that must follow from its records, for drawing them anew to say anything of it."""

_TRIES = 200  # of an occurrence that was dealt to a record twice, to change places with another

ALIKE = 0.999
"""Above this share the links counted again are those of the map, but for rounding."""


@dataclass(frozen=True, slots=True)
class ClusteringSettings:
    """How a map's clusters were made: normalisation, resolution, and what became of small clusters.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> links = symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0])
    >>> ClusteringSettings().clustering(Network(tuple("abcd"), tuple("abcd"), links)).cluster.tolist()
    [1, 1, 2, 2]
    """

    normalization: Normalization = "association-strength"
    resolution: float = 1.0
    min_cluster_size: int = 1
    merge_small: bool = True

    def clustering(
        self, network: Network, *, resolution: float | None = None, starts: int = 1, seed: int = 0
    ) -> Clustering:
        """Cluster a network of links as counted; the resolution of these settings where None."""
        return self.of_strengths(
            *map_strengths(network, self.normalization),
            resolution=resolution,
            starts=starts,
            seed=seed,
        )

    def of_strengths(
        self,
        strengths: CSR,
        weights: Floats | None,
        *,
        resolution: float | None = None,
        starts: int = 1,
        seed: int = 0,
    ) -> Clustering:
        """Cluster strengths that are normalised; with weights (modularity) the resolution goes over their sum."""
        gamma = self.resolution if resolution is None else resolution
        over = float(weights.sum()) if weights is not None else 1.0
        return leiden_clustering(
            strengths,
            weights=weights,
            resolution=gamma / over if over else gamma,
            starts=starts,
            seed=seed,
            min_cluster_size=self.min_cluster_size,
            merge_small=self.merge_small,
        )


def clustering_settings(map_: Map) -> ClusteringSettings:
    """Return how a map's clusters were made: as its settings say, as its file's parameters say, or by default.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> network = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [1.0]),
    ...                   extras={"config": {"parameters": {"resolution": 0.5, "min_cluster_size": 3}}})
    >>> clustering_settings(Map(network, np.zeros((2, 2)), np.array([1, 1])))
    ClusteringSettings(normalization='association-strength', resolution=0.5, min_cluster_size=3, merge_small=True)
    """
    run = map_.settings.clustering
    if run == ClusteringRun():
        run = read_settings(ClusteringRun, _parameters(map_)) or run
    resolution, least = run.resolution, run.min_cluster_size
    return ClusteringSettings(
        map_.settings.normalization or "association-strength",
        float(resolution) if resolution is not None and resolution > 0 else 1.0,
        least if least is not None and least >= 1 else 1,
        run.merge_small_clusters is not False,
    )


def _parameters(map_: Map) -> dict[str, object]:
    """Return the settings that a file of VOSviewer names; ours are called the same."""
    config = map_.network.extras.get("config")
    parameters = config.get("parameters") if isinstance(config, Mapping) else None
    return dict(parameters) if isinstance(parameters, Mapping) else {}


@dataclass(frozen=True, slots=True, eq=False)
class Resampling:
    """What it takes to count a map's links again from records drawn anew.

    `n_records` are drawn from, `unit` says what they are. `likeness` is the share of the map's link strength that
    the records give when each is counted once, both scaled to one total: 1 where the map's links are counted so.
    """

    network: Network
    incidence: CSR
    count: Callable[[Floats], CSR]
    likeness: float

    @property
    def n_records(self) -> int:
        """Number of records that are drawn from."""
        return int(self.incidence.shape[0])

    @property
    def unit(self) -> str:
        """What is drawn: "records", "cases", or what else the items occur in."""
        return self.network.unit

    def drawn(self, rng: np.random.Generator) -> tuple[Network, NDArray[np.intp]]:
        """Draw as many records as there are, with replacement, and count.

        Returns
        -------
        Network
            Of the items that occur in a drawn record: links, and occurrences under the names the network has for them.
        ndarray
            Which items of the map these are, by their places.
        """
        n = self.n_records
        times = np.bincount(rng.integers(0, n, n), minlength=n).astype(np.float64)
        occurrences = np.asarray(self.incidence.T @ times, np.float64)
        there = np.flatnonzero(occurrences > 0)
        links = sparse.csr_array(self.count(times)[there][:, there])
        links.sort_indices()
        names = tuple(self.network.ids[i] for i in there)
        return Network(names, names, links, {weight_name(self.network): occurrences[there]}), there


def resampling(map_: Map) -> Resampling | str:
    """Prepare to draw a map's records anew, or say in a sentence why that can't be done.

    Notes
    -----
    `links_from_records`, with the times that each record was drawn. A citation counts where both of its records were
    drawn.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> links = symmetric(2, [0], [1], [2.0])
    >>> matrix = sparse.csr_array(np.array([[1.0, 1], [1, 1], [1, 0]]))
    >>> network = Network(("a", "b"), ("a", "b"), links, records=("r1", "r2", "r3"), incidence=matrix)
    >>> ready = resampling(Map(network, np.zeros((2, 2)), np.array([1, 1])))
    >>> ready.n_records, ready.likeness, ready.count(np.array([2.0, 0, 1])).toarray().tolist()
    (3, 1.0, [[0.0, 2.0], [2.0, 0.0]])
    """
    network = map_.network
    if network.incidence is None or not network.incidence.nnz:
        return "the map's file doesn't say in which records its items occur"
    if network.cited is None and (
        network.link_kind == "citation" or (network.link_kind == "coupling" and network.unit == "records")
    ):
        return "its links depend on what the records cite, which the map's file doesn't include"
    links_of = links_from_records(network, network.incidence, counting_of(map_.network))

    def count(times: Floats) -> CSR:
        return links_of(times, times)

    likeness = _likeness(network.links, count(np.ones(network.incidence.shape[0])))
    if likeness < LEAST_LIKE:
        return worded(
            "only {likeness:.0%} of its link strength can be derived from the records named in its file",
            likeness=likeness,
        )
    return Resampling(replace(network, extras={}), network.incidence, count, likeness)


def shuffled(network: Network, rng: np.random.Generator) -> Network:
    """Return the network of the same records with their items dealt out anew: what occurs together is left to chance.

    Each record keeps the number of its items, and each item the number of its records; of links that rest on what
    records cite, works are dealt out instead of items. Records and items are those of the network, links are counted
    anew, and scores are left out.

    Notes
    -----
    The null model of co-occurrence with fixed row and column totals (N. J. Gotelli, 2000, Null model analysis of
    species co-occurrence patterns, Ecology 81, 2606-2621). All occurrences are permuted; one that is twice in a
    record afterwards changes places with another that makes neither twice. Where none of `_TRIES` does, as with an item
    that is in all records, it is left out.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> matrix = sparse.csr_array(np.array([[1.0, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]]))
    >>> links = symmetric(3, [0], [1], [2.0])
    >>> network = Network(("a", "b", "c"), ("a", "b", "c"), links, records=tuple("wxyz"), incidence=matrix)
    >>> again = shuffled(network, np.random.default_rng(1)).incidence
    >>> again.sum(axis=0).tolist(), again.sum(axis=1).tolist()
    ([2.0, 2.0, 2.0], [2.0, 2.0, 1.0, 1.0])
    """
    incidence, cited = network.incidence, network.cited
    if incidence is None:
        return network
    if cited is not None and network.link_kind in BY_CITATION:
        by_record = _dealt(sparse.csr_array(cited.matrix.T), rng)
        cited = replace(cited, matrix=sparse.csr_array(by_record.T))
    else:
        incidence = _dealt(incidence, rng)
    dealt = replace(network, incidence=incidence, cited=cited, scores={})
    once = np.ones(incidence.shape[0])
    return with_link_weights(replace(dealt, links=links_from_records(dealt, incidence, counting_of(dealt))(once, once)))


def _dealt(matrix: CSR, rng: np.random.Generator) -> CSR:
    """Permute the entries of a matrix over its rows, so that rows and columns keep their numbers of entries."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr)).tolist()
    order = rng.permutation(len(rows))
    columns = matrix.indices[order].tolist()
    cells, twice = set[tuple[int, int]](), dict[int, None]()
    for at, cell in enumerate(zip(rows, columns, strict=True)):
        if cell in cells:
            twice[at] = None
        cells.add(cell)
    for one in list(twice):
        for other in rng.integers(0, len(rows), _TRIES).tolist():
            mine, theirs = (rows[one], columns[other]), (rows[other], columns[one])
            if other not in twice and mine not in cells and theirs not in cells:
                cells.discard((rows[other], columns[other]))
                cells.update((mine, theirs))
                columns[one], columns[other] = columns[other], columns[one]
                order[[one, other]] = order[[other, one]]
                del twice[one]
                break
    kept = np.setdiff1d(np.arange(len(rows)), list(twice))
    values, places = matrix.data[order[kept]], (np.array(rows)[kept], np.array(columns)[kept])
    dealt = sparse.csr_array((values, places), shape=matrix.shape)
    dealt.sort_indices()
    return dealt


def _likeness(links: CSR, again: CSR) -> float:
    """Return the share that two sets of links have in common, each scaled to a total of 1."""
    if not links.nnz or not again.nnz:
        return 0.0
    one, other = links / links.sum(), again / again.sum()
    apart = float(abs(one - other).sum())
    return 1.0 if apart < 1e-12 else (2 - apart) / 2
