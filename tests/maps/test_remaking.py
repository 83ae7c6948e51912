"""A map's clusters are made again as they were made."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from tests.maps.networks import scattered
from tests.maps.networks import symmetric as symmetric_links
from tests.maps.told import told

from benang.maps import Map
from benang.maps.making import vos_map
from benang.maps.remaking import ClusteringSettings, clustering_settings, plateaus_of, resolution_sweep
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


def ring_of_cliques(count: int, size: int) -> Network:
    """Join cliques of strength 1 in a ring, each by one link of strength 1 to the next."""
    edges = {
        (first + i, first + j): 1.0 for first in range(0, count * size, size) for i in range(size) for j in range(i)
    }
    for clique in range(count):
        edges[clique * size, ((clique + 1) % count) * size + 1] = 1.0
    names = tuple(str(i) for i in range(count * size))
    return Network(names, names, sparse.csr_array(symmetric_links(count * size, edges)))


def test_a_ring_of_cliques_has_the_plateau_of_its_cliques() -> None:
    """Cliques of four join where 1 > γ · 16 and fall apart where γ > 1: one plateau from 1/16 to 1, of six clusters."""
    sweep = resolution_sweep(ring_of_cliques(6, 4), ClusteringSettings("none", resolution=0.25), span=16.0, steps=40)
    ratio = 16 ** (1 / 20)
    of_cliques = [one for one in sweep.plateaus if one.n_clusters == 6]
    assert len(of_cliques) == 1
    assert 1 / 16 <= of_cliques[0].lowest <= ratio / 16
    assert 1 / ratio <= of_cliques[0].highest <= 1
    assert sweep.own_plateau is of_cliques[0]
    assert sweep.partitions[sweep.own].tolist() == [1 + i // 4 for i in range(24)]


def test_the_own_resolution_is_in_the_middle_and_steps_are_even() -> None:
    """Every resolution is the same factor above the one before; V and the number of clusters go with each."""
    sweep = resolution_sweep(ring_of_cliques(3, 4), ClusteringSettings(resolution=0.7), steps=8)
    assert sweep.resolutions[sweep.own] == 0.7
    assert np.diff(np.log(sweep.resolutions)) == pytest.approx(np.log(16) / 8)
    assert len(sweep.quality) == len(sweep.n_clusters) == len(sweep.ari_next) + 1 == 9


def test_a_network_at_random_has_no_long_plateau_with_clusters() -> None:
    """Where nothing hangs together, every step of the resolution cuts otherwise."""
    names = tuple(str(i) for i in range(80))
    sweep = resolution_sweep(Network(names, names, scattered(80, seed=4, degree=10)), ClusteringSettings())
    assert [one for one in sweep.plateaus if 1 < one.n_clusters < 80] == []


def test_partitions_that_drift_are_no_plateau() -> None:
    """Each partition is nearly the one before, the last far from the first: no plateau spans them all."""
    n = 200
    drifting = [np.where(np.arange(n) < 80 + place, 1, 2) for place in range(40)]
    found = plateaus_of(np.array(drifting), np.arange(1.0, 41.0), np.full(40, 2))
    assert len(found) > 3
    assert all(one.last - one.first < 8 for one in found)
    assert [one.name for one in found] == [chr(ord("A") + place) for place in range(len(found))]


def test_progress_is_told_to_its_end() -> None:
    """The share done rises to 1."""
    shares: list[float] = []
    resolution_sweep(
        ring_of_cliques(3, 3), ClusteringSettings(), steps=4, progress=lambda _what, share: shares.append(share)
    )
    assert shares == [0.2, 0.4, 0.6, 0.8, 1.0]
