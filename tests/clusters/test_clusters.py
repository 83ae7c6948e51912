"""Clusters maximise the quality function of VOSviewer, by hand and by its own numbers."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.maps.networks import clique, scattered, star, symmetric, two_cliques, vosviewer_map

from benang import clusters
from benang.clusters import clustering_quality, leiden_clustering
from benang.errors import BenangError


def test_two_cliques_joined_by_an_edge_are_two_clusters() -> None:
    """With strength 3 inside cliques of four: V = (2 · 12 · 3 − (4² + 4²)) / (2 · (12 · 3 + 1)) = 40 / 74."""
    matrix = 3 * two_cliques(4, 1 / 3)
    made = leiden_clustering(matrix)
    assert made.cluster.tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert made.quality == pytest.approx(40 / 74, rel=1e-12)
    assert made.n_clusters == 2


@given(st.integers(0, 1000), st.lists(st.integers(0, 4), min_size=15, max_size=15), st.floats(0, 3))
@settings(derandomize=True)
def test_quality_is_the_formula(seed: int, cluster: list[int], resolution: float) -> None:
    """V agrees with a plain sum over pairs, whatever numbers name the clusters."""
    strengths = scattered(15, seed).toarray()
    same = np.equal.outer(cluster, cluster)
    sizes = np.unique(cluster, return_counts=True)[1]
    expected = ((strengths * same).sum() - resolution * (sizes**2).sum()) / strengths.sum()
    assert clustering_quality(np.array(cluster) * 7 + 3, strengths, resolution=resolution) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("QSS_publication_bibliographic_coupling", 0.502618),
        ("QSS_SM_2020-2021_co-authorship", 0.869292),
        ("Economics_journal_co-citation", 0.546179),
        ("Dimensions_COVID19_research_organization_co-authorship", 0.394630),
    ],
)
def test_maps_of_vosviewer_are_clustered_no_worse(shared_data: Path, name: str, best: float) -> None:
    """At resolution 1 the quality is not below the best known: VOSviewer's stored clusters or CWTS's own Leiden."""
    strengths, _ = vosviewer_map(shared_data, name)
    made = leiden_clustering(strengths)
    assert made.quality >= best - 1e-6
    assert clustering_quality(made.cluster, strengths) == pytest.approx(made.quality, rel=1e-12)


def test_clusters_are_numbered_by_size_then_by_first_node() -> None:
    """1 is the largest; of equal ones the one with the first node comes first."""
    blocks = [3, 5, 3, 4]
    matrix = np.zeros((15, 15))
    first = 0
    for size in blocks:
        matrix[first : first + size, first : first + size] = clique(size, 9.0)
        first += size
    assert leiden_clustering(matrix).cluster.tolist() == [3] * 3 + [1] * 5 + [4] * 3 + [2] * 4


def test_nodes_without_edges_are_clusters_of_their_own() -> None:
    """They are tied to nobody, so they stay alone, also where small clusters are merged."""
    matrix = symmetric(5, {(0, 1): 5.0})
    for smallest in (1, 3):
        assert leiden_clustering(matrix, min_cluster_size=smallest).cluster.tolist() == [1, 1, 2, 3, 4]


@pytest.mark.parametrize("n", [0, 1, 4])
def test_a_network_without_edges_is_safe(n: int) -> None:
    """Every node is a cluster, and the quality is 0."""
    made = leiden_clustering(np.zeros((n, n)))
    assert made.cluster.tolist() == list(range(1, n + 1))
    assert (made.quality, made.n_clusters) == (0, n)


def test_higher_resolution_gives_more_clusters() -> None:
    """From one cluster for the component at 0 to one for each node."""
    matrix = scattered(40, seed=3)
    found = [leiden_clustering(matrix, resolution=resolution).n_clusters for resolution in (0, 0.05, 0.5, 1e6)]
    assert found[0] == 1
    assert found[-1] == 40
    assert found == sorted(found)


def test_small_clusters_join_those_they_are_tied_to_most_for_their_size() -> None:
    """A node tied by 2 to a clique of five and by 1.5 to one of three goes to the three: 1.5 / 3 > 2 / 5."""
    matrix = np.zeros((9, 9))
    matrix[:5, :5], matrix[5:8, 5:8] = clique(5, 10.0), clique(3, 10.0)
    matrix[8, 0] = matrix[0, 8] = 2.0
    matrix[8, 5] = matrix[5, 8] = 1.5
    assert leiden_clustering(matrix).n_clusters == 3
    merged = leiden_clustering(matrix, min_cluster_size=2)
    assert merged.cluster.tolist() == [1] * 5 + [2] * 3 + [2]
    assert merged.quality == pytest.approx(clustering_quality([1] * 5 + [2] * 4, matrix))


def test_small_clusters_are_merged_whole() -> None:
    """A pair below the limit goes together."""
    matrix = np.zeros((7, 7))
    matrix[:5, :5], matrix[5:, 5:] = clique(5, 10.0), clique(2, 10.0)
    matrix[5, 0] = matrix[0, 5] = 1.0
    assert leiden_clustering(matrix, min_cluster_size=2).n_clusters == 2
    assert leiden_clustering(matrix, min_cluster_size=3).cluster.tolist() == [1] * 7


def test_small_clusters_are_left_without_one_where_they_are_not_merged() -> None:
    """A pair below the limit gets 0; what is left is numbered from 1, and the two nodes count as alone in V."""
    matrix = np.zeros((7, 7))
    matrix[:5, :5], matrix[5:, 5:] = clique(5, 10.0), clique(2, 10.0)
    matrix[5, 0] = matrix[0, 5] = 1.0
    made = leiden_clustering(matrix, min_cluster_size=3, merge_small=False)
    assert made.cluster.tolist() == [1] * 5 + [0, 0]
    assert made.n_clusters == 1
    assert made.quality == pytest.approx((200 - (5**2 + 1 + 1)) / 222)
    assert clustering_quality(made.cluster, matrix) == pytest.approx(made.quality)


def test_weights_of_total_strength_make_modularity() -> None:
    """Two triangles and a bridge: k = 2 or 3, 2m = 14; Q = 12/14 − 2 (7/14)² = 5/14, as Newman counts it."""
    matrix = two_cliques(3, 1.0)
    total = matrix.sum(axis=1)
    made = leiden_clustering(matrix, weights=total, resolution=1 / total.sum())
    assert made.cluster.tolist() == [1, 1, 1, 2, 2, 2]
    assert made.quality == pytest.approx(5 / 14)


def test_modularity_is_igraphs() -> None:
    """On a network at random the quality under weights is what igraph calls modularity."""
    matrix = scattered(60, seed=2)
    total = matrix.toarray().sum(axis=1)
    made = leiden_clustering(matrix, weights=total, resolution=1 / total.sum())
    graph = igraph.Graph.Weighted_Adjacency(matrix.toarray().tolist(), mode="undirected")
    assert made.quality == pytest.approx(graph.modularity((made.cluster - 1).tolist(), weights="weight"))


def test_a_node_that_weighs_nothing_costs_nothing() -> None:
    """Isolated nodes have weight 0 under modularity, and stay alone."""
    matrix = symmetric(4, {(0, 1): 5.0})
    total = matrix.sum(axis=1)
    assert leiden_clustering(matrix, weights=total, resolution=1 / total.sum()).cluster.tolist() == [1, 1, 2, 3]


def test_small_clusters_are_merged_by_strength_over_weight() -> None:
    """The clique of three weighs 30, the one of five 5: the node goes where 2 / 5 > 1.5 / 30."""
    matrix = np.zeros((9, 9))
    matrix[:5, :5], matrix[5:8, 5:8] = clique(5, 10000.0), clique(3, 10000.0)
    matrix[8, 0] = matrix[0, 8] = 2.0
    matrix[8, 5] = matrix[5, 8] = 1.5
    weights = [1.0] * 5 + [10.0] * 3 + [3.0]
    assert leiden_clustering(matrix, weights=weights).n_clusters == 3
    assert leiden_clustering(matrix, weights=weights, min_cluster_size=2).cluster.tolist() == [1] * 5 + [2] * 3 + [1]


def test_large_networks_get_fewer_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limits as many starts are made as the links allow, at least one, and the answer says how many."""
    matrix = scattered(100, seed=1)
    links = matrix.nnz // 2
    monkeypatch.setattr(clusters, "MAX_NODES_LOOSENED", 99)
    for room, starts in ((30 * links, 3), (links // 2, 1), (1000 * links, 10)):
        monkeypatch.setattr(clusters, "MOST_LINKS", room)
        assert leiden_clustering(matrix).starts == starts


def test_more_starts_are_never_worse() -> None:
    """Ten starts and their loosenings end at least as high as one start alone."""
    matrix = scattered(120, seed=5, degree=8)
    one = leiden_clustering(matrix, starts=1, resolution=0.05)
    assert leiden_clustering(matrix, starts=10, resolution=0.05).quality >= one.quality


def test_the_same_seed_gives_the_same_clusters() -> None:
    """Whatever was drawn from the random numbers of the process before."""
    matrix = scattered(80, seed=6)
    one = leiden_clustering(matrix, seed=3)
    random.random()  # noqa: S311
    assert leiden_clustering(matrix, seed=3).cluster.tolist() == one.cluster.tolist()


def test_the_random_numbers_of_the_process_are_left_alone() -> None:
    """Python's `random` is not touched, and igraph draws from it again afterwards."""
    random.seed(1)
    before = random.getstate()
    leiden_clustering(scattered(30, seed=7))
    assert random.getstate() == before
    igraph.Graph.Erdos_Renyi(n=10, p=0.5)
    assert random.getstate() != before


def test_igraph_is_imported_only_by_who_clusters() -> None:
    """Importing the module does not take the time that importing igraph takes."""
    code = "import sys, benang.clusters; sys.exit('igraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"resolution": -1.0}, "resolution: .* found -1"),
        ({"resolution": float("nan")}, "resolution: .* found nan"),
        ({"starts": 0}, "starts: .* found 0"),
        ({"min_cluster_size": 0}, "min_cluster_size: .* found 0"),
    ],
)
def test_wrong_settings_are_named(options: dict[str, float], said: str) -> None:
    """Settings that mean nothing are refused."""
    with pytest.raises(BenangError, match=said):
        leiden_clustering(star(4), **options)  # type: ignore[arg-type]


def test_a_partition_of_another_network_is_refused() -> None:
    """There must be one cluster for each node."""
    with pytest.raises(BenangError, match="each of the 4 nodes"):
        clustering_quality([1, 2, 3], star(4))


@pytest.mark.parametrize(
    ("weights", "said"),
    [([1.0, 1.0], r"weights of shape \(2,\)"), ([1, 1, 1, -1], "negative"), ([1, 1, 1, float("nan")], "not numbers")],
)
def test_weights_of_other_nodes_are_refused(weights: list[float], said: str) -> None:
    """There must be one weight of 0 or more for each node."""
    with pytest.raises(BenangError, match=said):
        leiden_clustering(star(4), weights=weights)


def test_a_start_ends_where_strengths_tie_with_the_resolution() -> None:
    """All strengths 1 and resolution 1: every partition of a clique is as good, and nodes could move for ever."""
    alike = np.ones((12, 12)) - np.eye(12)
    assert leiden_clustering(alike, resolution=1.0).quality == pytest.approx(clustering_quality(np.ones(12), alike))
