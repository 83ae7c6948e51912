"""A map's clusters are made again as they were made."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.told import told

from benang.maps.making import vos_map
from benang.maps.map import Map
from benang.maps.remaking import ClusteringSettings, clustering_settings
from benang.network.network import Network, symmetric


def a_map(*, parameters: object = None, **key: object) -> Map:
    """Make a map of two items that tells how it was made."""
    extras = {} if parameters is None else {"config": {"parameters": parameters}}
    network = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [1.0]), extras=extras)
    return told(Map(network, np.zeros((2, 2)), np.array([1, 1])), **key)


@pytest.mark.parametrize(
    ("made", "settings"),
    [
        (a_map(), ClusteringSettings()),
        (
            a_map(normalization="association strength", clustering={"resolution": 0.5}),
            ClusteringSettings(resolution=0.5),
        ),
        (a_map(normalization="modularity", clustering={"resolution": 1}), ClusteringSettings("modularity")),
        (
            a_map(clustering={"min_cluster_size": 4, "merge_small_clusters": False}),
            ClusteringSettings(min_cluster_size=4, merge_small=False),
        ),
        (
            a_map(parameters={"resolution": 2, "merge_small_clusters": False}),
            ClusteringSettings(resolution=2.0, merge_small=False),
        ),
        (a_map(parameters={"resolution": 2}, clustering={"resolution": 3}), ClusteringSettings(resolution=3.0)),
        (a_map(parameters={"min_cluster_size": 3.0}), ClusteringSettings(min_cluster_size=3)),
        (a_map(parameters={"resolution": "high", "min_cluster_size": None}), ClusteringSettings()),
        (a_map(normalization="unheard of", clustering={"resolution": float("nan")}), ClusteringSettings()),
    ],
)
def test_settings_are_read_from_provenance_then_from_the_file(made: Map, settings: ClusteringSettings) -> None:
    """What makes no sense, or isn't told, is VOSviewer's preset."""
    assert clustering_settings(made) == settings


@pytest.mark.parametrize("normalization", ["association-strength", "modularity"])
def test_a_map_made_here_is_found_again(normalization: str) -> None:
    """With its own settings, starts and seed its clusters come out as they are."""
    rng = np.random.default_rng(3)
    names = tuple(str(i) for i in range(30))
    links = symmetric(30, rng.integers(0, 30, 120), rng.integers(0, 30, 120), np.ones(120))
    made = vos_map(Network(names, names, links), normalization=normalization, resolution=0.8, cluster_starts=2)  # type: ignore[arg-type]
    again = clustering_settings(made).clustering(made.network, starts=2)
    assert again.cluster.tolist() == made.cluster.tolist()
