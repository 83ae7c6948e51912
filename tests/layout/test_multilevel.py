"""Joined networks stand for the whole: the same strengths, weights and objective."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.networks import clique, scattered, star

from benang.layout.descent import point
from benang.layout.multilevel import MOST, coarsened, joined
from benang.network.edges import edges_of

NETWORKS = {
    "scattered": scattered(200, seed=1),
    "in parts": scattered(90, seed=2, parts=3),
    "star": star(50),
    "clique": clique(30),
    "no edge": np.zeros((20, 20)),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_groups_are_small_and_many_fewer_than_nodes(name: str) -> None:
    """No group is too large, numbers run from 0 in the order of first nodes, and few nodes stay alone."""
    edges = edges_of(NETWORKS[name])
    group = joined(edges, np.random.default_rng(3))
    sizes = np.bincount(group)
    assert sizes.min() >= 1
    assert sizes.max() <= MOST
    assert len(sizes) <= 0.7 * edges.n_nodes
    first = np.unique(group, return_index=True)[1]
    assert (np.diff(first) > 0).all()


@pytest.mark.parametrize("name", NETWORKS)
def test_strengths_add_up(name: str) -> None:
    """Between two groups lies what lies between their members, and a group weighs what its members weigh."""
    matrix = edges_of(NETWORKS[name]).matrix().toarray()
    edges = edges_of(matrix)
    group = joined(edges, np.random.default_rng(4))
    small = coarsened(edges, group)
    member = np.eye(small.n_nodes)[group]
    expected = member.T @ matrix @ member
    np.fill_diagonal(expected, 0)
    np.testing.assert_allclose(small.matrix().toarray(), expected, rtol=1e-12)
    assert small.counts is not None
    assert small.counts.tolist() == np.bincount(group).tolist()


@pytest.mark.parametrize("name", ["scattered", "in parts"])
@pytest.mark.parametrize("weighted", [False, True])
def test_the_objective_is_that_of_members_at_one_place(name: str, weighted: bool) -> None:
    """With attraction 2 and repulsion 1 pairs inside a group count nothing, so that both objectives agree."""
    matrix = NETWORKS[name]
    n = edges_of(matrix).n_nodes
    edges = edges_of(matrix, np.random.default_rng(5).uniform(0.5, 2, n) if weighted else None)
    group = joined(edges, np.random.default_rng(6))
    small = coarsened(coarsened(edges, group), joined(coarsened(edges, group), np.random.default_rng(7)))
    twice = joined(coarsened(edges, group), np.random.default_rng(7))[group]
    xy = np.random.default_rng(8).normal(size=(2, small.n_nodes))
    # pairs at one place are counted at the smallest distance that is told apart, 10⁻¹²
    assert point(small, xy, 2, 1).q == pytest.approx(point(edges, xy[:, twice], 2, 1).q, rel=1e-9)


def test_the_same_seed_joins_the_same_nodes() -> None:
    """Joining is repeatable."""
    edges = edges_of(NETWORKS["scattered"])
    one, two = (joined(edges, np.random.default_rng(9)) for _ in range(2))
    assert one.tolist() == two.tolist()
