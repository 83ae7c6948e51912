"""The clusters and links of a map made again: with other seeds and resolutions, of records drawn anew or shuffled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.clusters import Clustering, leiden_clustering
from benang.clusters.partitions import adjusted_rand
from benang.kinds import BY_CITATION, Normalization
from benang.locale.writing import worded
from benang.maps import ClusteringRun, Map
from benang.network import read_settings
from benang.network.network import CSR, Floats, Network, with_link_weights
from benang.network.recounted import counting_of, links_from_records, weight_name
from benang.network.strengths import map_strengths
from benang.progress import Progress, silent

LEAST_LIKE = 0.5
"""Share of a map's link strength that must follow from its records, for drawing them anew to say anything of it."""

_TRIES = 200  # of an occurrence that was dealt to a record twice, to change places with another

ALIKE = 0.999
"""Above this share the links counted again are those of the map, but for rounding."""

SPAN = 4.0
"""How far the sweep goes from the map's own resolution: from a quarter of it to four times as much."""

STEPS = 24
"""Steps of the sweep, all of one ratio: 12 % each, six to a doubling."""

NEARLY_THE_SAME = 0.95
"""Adjusted Rand index from which on two partitions count as nearly the same."""

LEAST_OF_PLATEAU = 4
"""Resolutions that a plateau holds at least: it then reaches over 40 %, more than any one step of rounding."""

STARTS = 2


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


@dataclass(frozen=True, slots=True)
class Plateau:
    """Resolutions, `lowest` to `highest`, at which the clusters are nearly the same; `n_clusters` in the middle.

    `first` and `last` are their places in the sweep. Plateaus are named A, B, C, … by rising resolution.
    """

    name: str
    first: int
    last: int
    lowest: float
    highest: float
    n_clusters: int


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """Partitions of one network at rising resolutions.

    `partitions` holds one a row, `quality` V of each (V of different resolutions can't be compared), `ari_next` the
    adjusted Rand index of each to the next, one fewer. `own` is the place of the map's own resolution.
    """

    resolutions: Floats
    n_clusters: NDArray[np.int64]
    quality: Floats
    ari_next: Floats
    partitions: NDArray[np.int64]
    own: int
    plateaus: tuple[Plateau, ...]

    @property
    def own_plateau(self) -> Plateau | None:
        """The plateau that the map's own resolution is on; None where it is on none."""
        return next((one for one in self.plateaus if one.first <= self.own <= one.last), None)


def resolution_sweep(
    network: Network,
    settings: ClusteringSettings,
    *,
    seed: int = 0,
    starts: int = STARTS,
    span: float = SPAN,
    steps: int = STEPS,
    progress: Progress = silent,
) -> Sweep:
    """Cluster a network at resolutions around its own, evenly spread on a logarithmic scale.

    Parameters
    ----------
    network
        Links as counted.
    settings
        How they are normalised and clustered; its resolution is the middle of the sweep.
    seed
        The same at every resolution.
    starts
        Of the clustering at each resolution.
    span
        The sweep goes from resolution / span to resolution · span.
    steps
        An even number: the sweep has one resolution more, so that the map's own is in the middle.
    progress
        Told of each resolution.

    Examples
    --------
    Two pairs stay two pairs up to the strength inside them, by association 38 · 9 / (9 · 10) = 3.8.

    >>> from benang.network.network import symmetric
    >>> pairs = Network(tuple("abcd"), tuple("abcd"), symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0]))
    >>> sweep = resolution_sweep(pairs, ClusteringSettings())
    >>> [(one.name, one.n_clusters, round(one.lowest, 2), round(one.highest, 2)) for one in sweep.plateaus]
    [('A', 2, 0.25, 3.56)]
    """
    strengths, weights = map_strengths(network, settings.normalization)
    steps += steps % 2
    resolutions = settings.resolution * span ** np.linspace(-1, 1, steps + 1)
    resolutions[steps // 2] = settings.resolution
    clusterings = []
    for place, resolution in enumerate(resolutions.tolist()):
        clusterings.append(settings.of_strengths(strengths, weights, resolution=resolution, starts=starts, seed=seed))
        progress("Clustering at other resolutions", (place + 1) / len(resolutions))
    partitions = np.array([one.cluster for one in clusterings], np.int64)
    n_clusters = np.array([one.n_clusters for one in clusterings], np.int64)
    return Sweep(
        resolutions,
        n_clusters,
        np.array([one.quality for one in clusterings]),
        np.array([adjusted_rand(one, other) for one, other in pairwise(partitions)]),
        partitions,
        steps // 2,
        plateaus_of(partitions, resolutions, n_clusters),
    )


def plateaus_of(
    partitions: NDArray[np.int64], resolutions: Floats, n_clusters: NDArray[np.int64]
) -> tuple[Plateau, ...]:
    """Find the resolutions in a row whose partitions are all nearly those of their middle.

    Of all rows of `LEAST_OF_PLATEAU` and more the longest counts first, then the longest of what is left.

    Examples
    --------
    >>> low, high = [1, 1, 1, 1, 2, 2], [1, 1, 2, 2, 3, 3]
    >>> plateaus = plateaus_of(np.array([low] * 4 + [high] * 5), np.arange(1.0, 10.0), np.array([2] * 4 + [3] * 5))
    >>> [(one.name, one.lowest, one.highest, one.n_clusters) for one in plateaus]
    [('A', 1.0, 4.0, 2), ('B', 5.0, 9.0, 3)]
    """
    n = len(partitions)
    reach = [_reach(partitions, middle) for middle in range(n)]
    free = np.ones(n, np.bool_)
    plateaus: list[tuple[int, int, int]] = []
    while True:
        rows = [(middle, *_within(free, middle, *reach[middle])) for middle in np.flatnonzero(free).tolist()]
        rows = [row for row in rows if row[2] - row[1] + 1 >= LEAST_OF_PLATEAU]
        if not rows:
            break
        # Of equally long rows the one whose own middle is nearest to the partition it is measured by, then the first.
        middle, first, last = min(rows, key=lambda row: (row[1] - row[2], abs(2 * row[0] - row[1] - row[2]), row[1]))
        free[first : last + 1] = False
        plateaus.append((first, last, middle))
    return tuple(
        Plateau(
            _letters(place), first, last, float(resolutions[first]), float(resolutions[last]), int(n_clusters[middle])
        )
        for place, (first, last, middle) in enumerate(sorted(plateaus))
    )


def _reach(partitions: NDArray[np.int64], middle: int) -> tuple[int, int]:
    """Return the places of the first and the last partition of the run that stays nearly the same as the middle one."""
    first = last = middle
    while first > 0 and adjusted_rand(partitions[first - 1], partitions[middle]) >= NEARLY_THE_SAME:
        first -= 1
    while last < len(partitions) - 1 and adjusted_rand(partitions[last + 1], partitions[middle]) >= NEARLY_THE_SAME:
        last += 1
    return first, last


def _within(free: NDArray[np.bool_], middle: int, first: int, last: int) -> tuple[int, int]:
    """Cut a row to what is still free around its middle."""
    while not free[first : middle + 1].all():
        first += 1
    while not free[middle : last + 1].all():
        last -= 1
    return first, last


def _letters(place: int) -> str:
    """Count A, B, …, Z, AA, AB, …."""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
