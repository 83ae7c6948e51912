"""How the clusters of a map were made, so that they can be made again: of other links, seeds and resolutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard, cast, get_args

import numpy as np

from benang.clusters.clustering import Clustering, leiden_clustering
from benang.maps.map import Map
from benang.network.network import CSR, Floats, Network
from benang.network.normalization import Normalization, map_strengths


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a map's clusters were made: normalisation, resolution, and what became of small clusters.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> links = symmetric(4, [0, 1, 2], [1, 2, 3], [9.0, 1.0, 9.0])
    >>> Recipe().clustering(Network(tuple("abcd"), tuple("abcd"), links)).cluster.tolist()
    [1, 1, 2, 2]
    """

    normalization: Normalization = "association-strength"
    resolution: float = 1.0
    min_cluster_size: int = 1
    merge_small: bool = True

    def clustering(
        self, network: Network, *, resolution: float | None = None, starts: int = 1, seed: int = 0
    ) -> Clustering:
        """Cluster a network of links as counted; the recipe's own resolution where None."""
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


def recipe_of(made: Map) -> Recipe:
    """Return how a map's clusters were made: as its provenance says, as its file's parameters say, or by default.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> network = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [1.0]),
    ...                   extras={"config": {"parameters": {"resolution": 0.5, "min_cluster_size": 3}}})
    >>> recipe_of(Map(network, np.zeros((2, 2)), np.array([1, 1])))
    Recipe(normalization='association-strength', resolution=0.5, min_cluster_size=3, merge_small=True)
    """
    told = made.told("clustering")
    settings: dict[str, object] = dict(told) if isinstance(told, Mapping) else _parameters(made)
    resolution, least = settings.get("resolution"), settings.get("min_cluster_size")
    method = str(made.told("normalization") or "").replace(" ", "-")
    return Recipe(
        cast("Normalization", method) if method in get_args(Normalization) else "association-strength",
        float(resolution) if _is_number(resolution) and resolution > 0 else 1.0,
        int(least) if _is_number(least) and least >= 1 else 1,
        settings.get("merge_small_clusters") is not False,
    )


def _parameters(made: Map) -> dict[str, object]:
    """Return the settings that a file of VOSviewer names; provenance calls them the same."""
    config = made.network.extras.get("config")
    parameters = config.get("parameters") if isinstance(config, Mapping) else None
    return dict(parameters) if isinstance(parameters, Mapping) else {}


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and bool(np.isfinite(value))
