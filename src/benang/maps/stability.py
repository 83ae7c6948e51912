"""How far the clusters of a map hold: with other seeds, other records, and other resolutions, and beside chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from benang.clusters.partitions import adjusted_rand, cluster_jaccard, company_kept, pairwise_rand
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.maps import Map
from benang.maps.remaking import (
    ALIKE,
    ClusteringSettings,
    Resampling,
    Sweep,
    clustering_settings,
    resampling,
    resolution_sweep,
    shuffled,
)
from benang.network.network import Floats
from benang.network.strengths import map_strengths
from benang.progress import Progress, part, silent
from benang.ranges import check

Verdict = Literal["stable", "partly", "unstable"]
"""Whether clusters are found again nearly whole, more than chance would have it, or hardly more than by chance."""

VALID, DOUBTFUL = 0.75, 0.60
"""Mean Jaccard index from which on a cluster is stable, and below which it shouldn't be trusted (Hennig, 2008)."""

GOOD, POOR = 0.80, 0.65
"""Adjusted Rand index from which on agreement is good, and below which it is poor (Steinley, 2004)."""

MOST_ITEMS = 0.80
"""Share of the items that must be in stable clusters for the map to be called stable."""

LEAST_FIRM = 0.50
"""Share of the items that must be in clusters firmer than chance for the map not to be called unstable."""

BY_CHANCE = 0.75
"""Share of the clusters of shuffled records, of about the same size, that a cluster has to be firmer than. Whether a
map is firmer than chance is asked strictly, of all its clusters together; which of them are doubtful, mildly."""

LIKE_SIZED = 20
"""Clusters of shuffled records, those nearest in size, that a cluster is compared with."""

RUNS = 100

_FEW_SHUFFLES, _SHUFFLES = 9, 19  # firmer than all of them by chance: p = 1 in 10, 1 in 20
_MANY, _DRAWS = 50, 2  # runs from which there are 19; draws of each, at least


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Partitions found again and again, and how they agree with each other and with the map.

    `partitions` is runs × items, 0 where an item isn't there or has no cluster. `ari` holds the adjusted Rand index of
    every two runs, `ari_to_map` of each run to the map's own clusters. `co_assignment` is, for each item, the share of
    its cluster mates that it is together with, on average over the runs; NaN without mates. `jaccard` is, for each
    cluster of the map, how much of it a run finds again, on average (Hennig, 2007).
    """

    partitions: NDArray[np.int64]
    ari: Floats
    ari_to_map: Floats
    co_assignment: Floats
    jaccard: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """How far the clusters of maps hold in which chance alone decides what occurs together.

    `ari_to_map` holds, for each map of shuffled records, the mean adjusted Rand index of draws of its records to it;
    `sizes` and `jaccard` are the items and the mean Jaccard index of each cluster of these maps.
    """

    ari_to_map: Floats
    sizes: NDArray[np.int64]
    jaccard: Floats

    def jaccard_by_chance(self, size: int) -> float:
        """Return what three in four clusters of about this size stay below by chance; NaN where none is known.

        Examples
        --------
        >>> chance = Chance(np.array([0.1]), np.array([2, 40, 40]), np.array([0.9, 0.2, 0.3]))
        >>> round(chance.jaccard_by_chance(30), 2)
        0.6
        """
        known = np.isfinite(self.jaccard)
        if not known.any():
            return float("nan")
        sizes, jaccard = self.sizes[known], self.jaccard[known]
        nearest = np.argsort(abs(np.log(sizes / size)), kind="stable")[:LIKE_SIZED]
        return float(np.quantile(jaccard[nearest], BY_CHANCE))


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """How far the clusters of a map hold.

    `clusters` are the numbers of the map's clusters, `sizes` their items. `records` and `chance` are None where records
    can't be drawn anew, `chance` also where there is one cluster; `why_not` says why they can't be drawn, and `remarks`
    what else to know. `unit` is what was drawn, `n_records` how many.
    """

    cluster: NDArray[np.int64]
    clusters: NDArray[np.int64]
    sizes: NDArray[np.int64]
    settings: ClusteringSettings
    seeds: Runs
    records: Runs | None
    chance: Chance | None
    sweep: Sweep
    runs: int
    seed: int
    why_not: str = ""
    remarks: tuple[str, ...] = ()
    unit: str = "records"
    n_records: int = 0

    @property
    def best_known(self) -> Runs:
        """The runs that the verdict rests on: over records where there are any, else over seeds."""
        return self.seeds if self.records is None else self.records

    @property
    def co_assignment(self) -> Floats:
        """How sure each item is of its cluster, 0 to 1; NaN for one without mates."""
        return self.best_known.co_assignment

    @property
    def jaccard(self) -> Floats:
        """How far each cluster is found again, 0 to 1."""
        return self.best_known.jaccard

    @property
    def jaccard_by_chance(self) -> Floats:
        """What three in four clusters of the size of each stay below by chance, 0 to 1; NaN where that isn't known."""
        if self.chance is None:
            return np.full(len(self.sizes), np.nan)
        return np.array([self.chance.jaccard_by_chance(size) for size in self.sizes.tolist()], np.float64)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What is to be thought of each cluster (`verdict_of_cluster`)."""
        pairs = zip(self.jaccard.tolist(), self.jaccard_by_chance.tolist(), strict=True)
        return tuple(verdict_of_cluster(jaccard, by_chance) for jaccard, by_chance in pairs)

    @property
    def verdict(self) -> Verdict:
        """Whether the clusters of the map hold: see `map_stability`."""
        items = max(1, int(self.sizes.sum()))
        shares = {word: self.sizes[[one == word for one in self.verdicts]].sum() / items for word in get_args(Verdict)}
        of_seeds, of_all = _mean(self.seeds.ari), _mean(self.best_known.ari)
        if of_seeds >= GOOD and of_all >= POOR and shares["stable"] >= MOST_ITEMS:
            return "stable"
        by_chance = of_seeds < POOR
        if self.records is not None and self.chance is not None:
            by_chance = _mean(self.records.ari_to_map) <= float(self.chance.ari_to_map.max())
        return "unstable" if by_chance or shares["unstable"] > 1 - LEAST_FIRM else "partly"


def verdict_of_cluster(jaccard: float, by_chance: float = float("nan")) -> Verdict:
    """Return what the mean Jaccard index of a cluster says of it, beside the one that chance alone may reach.

    Examples
    --------
    >>> verdict_of_cluster(0.9, 0.3), verdict_of_cluster(0.5, 0.3), verdict_of_cluster(0.3, 0.3)
    ('stable', 'partly', 'unstable')
    >>> verdict_of_cluster(0.9, 1.0)    # found again nearly whole, but so are clusters of chance
    'unstable'
    >>> verdict_of_cluster(0.7), verdict_of_cluster(0.5)    # where nothing was shuffled
    ('partly', 'unstable')
    """
    firm = jaccard >= DOUBTFUL if np.isnan(by_chance) else jaccard > by_chance
    if not firm:
        return "unstable"
    return "stable" if jaccard >= VALID else "partly"


def map_stability(map_: Map, *, runs: int = RUNS, seed: int = 0, progress: Progress = silent) -> Stability:
    """Cluster a map again: with other seeds, of records drawn anew, of shuffled records, and at other resolutions.

    Parameters
    ----------
    map_
        A map with clusters. Normalisation, resolution and minimum cluster size are those of its provenance; without
        one association strength and what its file says, or VOSviewer's presets.
    runs
        How often it is clustered with another seed, and how often of records drawn anew. Each time the algorithm
        starts once, so that the figures say what one run is worth; the map is the best of several.
    seed
        The same seed gives the same figures.
    progress
        Called with what is being done and the share that is done.

    Returns
    -------
    Stability
        With its `verdict`: *stable* where the mean adjusted Rand index is 0.80 or more between seeds and 0.65 or more
        between draws of records, and 80 % of the items are in clusters with a mean Jaccard index of 0.75 or more that
        are firmer than those of shuffled records;
        *unstable* where draws of records agree with the map no more than they do with one of shuffled records, or more
        than half of the items are in clusters that are no firmer than those of shuffled records; *partly* between.
        Where records can't be drawn, or there is one cluster, *unstable* is a mean index below 0.65 between seeds, or
        more than half of the items in clusters below 0.60.

    Raises
    ------
    BenangError
        For fewer than two runs, and for a map without links or without clusters.

    Notes
    -----
    The bootstrap draws as many records as there are, with replacement, and counts the links between the map's items
    anew (`resampling`); which items are on the map stays. An item of which no record was drawn is left out of the run.
    Chance is what the same does to maps of the same records with their items shuffled (`shuffled`): nine of them for
    few runs, 19 for many, so that a map firmer than all of them is so with p = 0.1 or p = 0.05. B. Karrer, E. Levina
    and M. E. J. Newman (2008), Robustness of community structure in networks, Physical Review E 77, 046119, compare a
    network's robustness with that of random ones in this way.
    C. Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics & Data Analysis 52,
    258-271; thresholds: Hennig (2008), Journal of Multivariate Analysis 99, 1154-1176, and D. Steinley (2004),
    Psychological Methods 9, 386-396.

    Examples
    --------
    >>> from benang.network.network import Network, symmetric
    >>> links = symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0])
    >>> pairs = Map(Network(tuple("abcd"), tuple("abcd"), links), np.zeros((4, 2)), np.array([1, 1, 2, 2]))
    >>> stability = map_stability(pairs, runs=5)
    >>> stability.verdict, stability.co_assignment.tolist(), stability.why_not
    ('stable', [1.0, 1.0, 1.0, 1.0], "the map's file doesn't say in which records its items occur")
    """
    _check(map_, runs, seed)
    settings = clustering_settings(map_)
    ready = resampling(map_)
    parts = 4 if isinstance(ready, Resampling) else 2
    of_seeds = _over_seeds(map_, settings, runs, seed, part(progress, 0.0, 1 / parts))
    of_records = chance = None
    if isinstance(ready, Resampling):
        of_records = _over_records(map_, ready, settings, runs, seed, part(progress, 1 / parts, 2 / parts))
        if map_.n_clusters > 1:
            chance = _by_chance(map_, settings, runs, seed, part(progress, 2 / parts, 3 / parts))
    sweep = resolution_sweep(
        map_.network,
        settings,
        seed=seed,
        progress=part(progress, (parts - 1) / parts, 1.0),
    )
    clusters, sizes = np.unique(map_.cluster[map_.cluster > 0], return_counts=True)
    return Stability(
        map_.cluster,
        clusters,
        sizes,
        settings,
        of_seeds,
        of_records,
        chance,
        sweep,
        runs,
        seed,
        why_not="" if isinstance(ready, Resampling) else ready,
        remarks=_remarks(ready) if isinstance(ready, Resampling) else (),
        unit=map_.network.unit,
        n_records=ready.n_records if isinstance(ready, Resampling) else 0,
    )


def _check(map_: Map, runs: int, seed: int) -> None:
    check(runs=runs, seed=seed)
    problems = []
    if not map_.network.n_links:
        problems.append(
            Problem(
                "a map without links, so nothing can be clustered again",
                where="stability",
                way_on="Give a map file with its network: for NAME_map.txt its NAME_network.txt beside it.",
            )
        )
    if not (map_.cluster > 0).any():
        problems.append(
            Problem("a map whose items have no cluster", where="stability", way_on="'benang layout' clusters them.")
        )
    if problems:
        raise BenangError(*problems)


def _over_seeds(map_: Map, settings: ClusteringSettings, runs: int, seed: int, progress: Progress) -> Runs:
    strengths, weights = map_strengths(map_.network, settings.normalization)
    partitions = np.zeros((runs, len(map_)), np.int64)
    for run in range(runs):
        partitions[run] = settings.of_strengths(strengths, weights, seed=_seed(seed, 0, run)).cluster
        progress("Clustering with other seeds", (run + 1) / runs)
    return _compared(map_.cluster, partitions)


def _over_records(
    map_: Map, ready: Resampling, settings: ClusteringSettings, runs: int, seed: int, progress: Progress
) -> Runs:
    return _compared(map_.cluster, _drawn(ready, settings, runs, (seed, 1), progress))


def _drawn(
    ready: Resampling, settings: ClusteringSettings, runs: int, seeds: tuple[int, ...], progress: Progress = silent
) -> NDArray[np.int64]:
    """Cluster draws of records: runs × items, 0 where no record of an item was drawn."""
    partitions = np.zeros((runs, len(ready.network)), np.int64)
    for run in range(runs):
        drawn, there = ready.drawn(np.random.default_rng([*seeds, run]))
        partitions[run, there] = settings.clustering(drawn, seed=_seed(*seeds, run)).cluster
        progress("Clustering other records", (run + 1) / runs)
    return partitions


def _by_chance(map_: Map, settings: ClusteringSettings, runs: int, seed: int, progress: Progress) -> Chance | None:
    """Make maps of shuffled records, and say how far their clusters hold in draws of these records."""
    times, draws = (_SHUFFLES, max(_DRAWS, runs // _SHUFFLES)) if runs >= _MANY else (_FEW_SHUFFLES, _DRAWS)
    agreements, sizes, jaccard = [], [], []
    for at in range(times):
        network = shuffled(map_.network, np.random.default_rng([seed, 2, at]))
        clustering = settings.clustering(network, starts=1, seed=_seed(seed, 2, at))
        ready = resampling(replace(map_, network=network, cluster=clustering.cluster))
        if isinstance(ready, Resampling):
            found_again = _compared(clustering.cluster, _drawn(ready, settings, draws, (seed, 3, at)))
            agreement = _mean(found_again.ari_to_map)
            if np.isfinite(agreement):
                agreements.append(agreement)
                sizes.append(np.bincount(clustering.cluster)[1:])
                jaccard.append(found_again.jaccard)
        progress("Clustering shuffled records", (at + 1) / times)
    if not agreements:
        return None
    return Chance(np.array(agreements), np.concatenate(sizes), np.concatenate(jaccard))


def _seed(*numbers: int) -> int:
    """Return a seed of its own for each run, so that no two start alike."""
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])


def _compared(own: NDArray[np.int64], partitions: NDArray[np.int64]) -> Runs:
    clusters = np.unique(own[own > 0])
    return Runs(
        partitions,
        pairwise_rand(partitions),
        np.array([adjusted_rand(own, run) for run in partitions]),
        _means(np.array([company_kept(own, run) for run in partitions])),
        _means(np.array([cluster_jaccard(own, run, clusters) for run in partitions])),
    )


def _means(runs: Floats) -> Floats:
    """Mean over the runs that have a value; NaN where none has."""
    known = np.isfinite(runs)
    means = np.full(runs.shape[1], np.nan)
    np.divide(np.where(known, runs, 0.0).sum(axis=0), known.sum(axis=0), out=means, where=known.any(axis=0))
    return means


def _mean(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _remarks(ready: Resampling) -> tuple[str, ...]:
    if ready.likeness >= ALIKE:
        return ()
    return (
        worded(
            "Recounted from all records of the file, {share:.0%} of the link strength is as on the map, which also "
            "counted what the file does not contain.",
            share=ready.likeness,
        ),
    )
