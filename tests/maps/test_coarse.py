"""A coarse network stands for the whole: its objective is that of the network with each group at one point."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.maps.networks import clique, distances, scattered, symmetric

from benang.maps.coarse import coarser, spread_out
from benang.maps.objective import edges_of, evaluate, objective_at_best_scale


@pytest.mark.parametrize("parts", [1, 3])
def test_sums_are_those_of_groups_at_one_point(parts: int) -> None:
    """Attraction and repulsion of a coarse layout are those of the network with its nodes where their groups are."""
    matrix = scattered(80, seed=1, parts=parts)
    edges = edges_of(matrix)
    coarse, group = coarser(edges, 20)
    xy = np.random.default_rng(2).normal(size=(2, coarse.n_nodes))
    at = evaluate(coarse, xy, 2, 1)
    apart = distances(xy[:, group].T)
    strengths = matrix.toarray() + edges.extra * (1 - np.eye(80))
    assert at.repulsion == pytest.approx(apart.sum() / 2, rel=1e-12)
    assert at.attraction == pytest.approx((strengths * apart**2).sum() / 2, rel=1e-12)
    assert coarse.n_pairs == pytest.approx((group[:, np.newaxis] != group[np.newaxis]).sum() / 2)


def test_it_ends_at_the_size_asked_for() -> None:
    """No more nodes than asked for are left, each group is linked within, and masses count its nodes."""
    edges = edges_of(scattered(300, seed=3))
    coarse, group = coarser(edges, 50)
    assert 10 < coarse.n_nodes <= 50
    assert coarse.masses is not None
    np.testing.assert_array_equal(np.bincount(group), coarse.masses)
    whole = edges.matrix()
    for number in range(coarse.n_nodes):
        nodes = np.flatnonzero(group == number)
        assert len(nodes) == 1 or whole[nodes][:, nodes].nnz >= 2 * (len(nodes) - 1)


def test_the_strongest_ties_are_merged_first() -> None:
    """Of a path, the two strong edges become one node each."""
    coarse, group = coarser(edges_of(symmetric(4, {(0, 1): 5.0, (1, 2): 1.0, (2, 3): 5.0})), 2)
    assert group.tolist() == [0, 0, 1, 1]
    np.testing.assert_array_equal(coarse.matrix().toarray(), [[0, 1], [1, 0]])


def test_nodes_without_edges_end_it() -> None:
    """What has no tie cannot be merged, so a network without edges stays as it is."""
    coarse, group = coarser(edges_of(np.zeros((9, 9))), 2)
    assert coarse.n_nodes == 9
    assert group.tolist() == list(range(9))


def test_a_small_network_stays_whole() -> None:
    """Nothing is merged where there are few nodes already."""
    coarse, group = coarser(edges_of(clique(5)), 5)
    assert coarse.n_nodes == 5
    assert group.tolist() == list(range(5))


def test_nodes_are_spread_out_around_their_group() -> None:
    """Each node lies near its coarse node, and no two at one place."""
    xy = np.array([[0.0, 100.0], [0.0, 0.0]])
    group = np.array([0, 0, 1, 1, 1])
    fine = spread_out(xy, group, np.random.default_rng(4))
    assert np.abs(fine - xy[:, group]).max() < 15
    assert len(np.unique(fine.T, axis=0)) == 5


def test_masses_are_as_good_as_the_nodes_they_stand_for() -> None:
    """Of two nodes of masses 2 and 3 and strength 1 the best distance is 6, where Q is 6² / 2 − 6 · 6."""
    heavy = replace(edges_of(clique(2)), masses=np.array([2.0, 3.0]))
    at = evaluate(heavy, np.array([[0.0, 1.0], [0.0, 0.0]]), 2, 1)
    assert objective_at_best_scale(heavy, at, 2, 1) == pytest.approx(-18, rel=1e-12)
