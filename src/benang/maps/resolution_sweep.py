"""The clusters of a network at many resolutions, and the resolutions between which they stay the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benang.clusters.partitions import adjusted_rand
from benang.maps.remaking import ClusteringSettings
from benang.network.network import Floats, Network
from benang.network.strengths import map_strengths
from benang.progress import Progress, silent

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
    """Return how far down and up partitions stay nearly the same as the one in the middle."""
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
