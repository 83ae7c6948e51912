"""Starts, by modes or by levels, place nodes near where they belong; joined networks stand for the whole."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.networks import Floats, clique, distances, grouped, scattered, star, symmetric, two_cliques

import benang.layout.start
from benang.layout.descent import descend, point
from benang.layout.objective import evaluate, layout_objective, objective_at_best_scale
from benang.layout.start import DENSE, MOST, coarsened, joined, multilevel_layout, random_start, spectral_start
from benang.network.strengths import Edges, edges_of
from benang.progress import silent

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


def test_a_network_of_groups_begins_lower_by_levels_than_by_its_slowest_modes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nodes begin at the places of what they were joined to, 204 for 600 here; Q* then is 9 % lower."""
    monkeypatch.setattr(benang.layout.start, "FEWEST", 400)
    edges, rng = edges_of(grouped(600)), np.random.default_rng(10)
    sizes: list[int] = []

    def lay_out(level: Edges) -> Floats:
        sizes.append(level.n_nodes)
        return descend(level, spectral_start(level, rng), 2, 1, tolerance=1e-3, max_steps=100).xy

    def objective(xy: Floats) -> float:
        return objective_at_best_scale(edges, evaluate(edges, xy, 2, 1), 2, 1)

    by_levels = objective(multilevel_layout(edges, lay_out, rng, silent))
    by_modes = objective(spectral_start(edges, rng))
    assert sizes == [204]
    assert by_levels < by_modes - 0.05 * abs(by_modes)


def start(matrix: object, seed: int = 0) -> Floats:
    """Place the nodes of a matrix (n × 2)."""
    return spectral_start(edges_of(matrix), np.random.default_rng(seed)).T


def test_a_path_is_laid_out_in_its_order() -> None:
    """The slowest mode of a path rises from one end to the other."""
    n = 60
    x = start(symmetric(n, {(i, i + 1): 1.0 for i in range(n - 1)}))[:, 0]
    assert (np.diff(x[5:-5]) > 0).all() or (np.diff(x[5:-5]) < 0).all()


def test_two_cliques_stand_apart() -> None:
    """The slowest mode tells two weakly joined groups from each other."""
    xy = start(two_cliques(10, 0.1))
    apart, wide = abs(xy[:10, 0].mean() - xy[10:, 0].mean()), max(np.ptp(xy[:10, 0]), np.ptp(xy[10:, 0]))
    assert apart > 4 * wide


def test_components_have_places_of_their_own() -> None:
    """Each component is near its own centre, and no two centres fall together."""
    parts = np.kron(np.eye(4), clique(5))
    xy = start(parts)
    centres = xy.reshape(4, 5, 2).mean(axis=1)
    assert distances(centres)[np.triu_indices(4, 1)].min() > 1


@pytest.mark.parametrize(
    "matrix",
    [star(30), clique(30), np.zeros((30, 30)), np.zeros((1, 1)), np.zeros((2, 2))],
    ids=["star", "clique", "no edge", "one node", "two nodes"],
)
def test_nodes_with_the_same_edges_do_not_fall_together(matrix: Floats) -> None:
    """Twins have the same modes, but each node gets a place of its own."""
    xy = start(matrix)
    assert np.isfinite(xy).all()
    assert len(np.unique(xy, axis=0)) == len(matrix)


def test_it_beats_random_places() -> None:
    """Its objective is below the best of ten random ones, also where eigenvectors are found by iteration."""
    for n in (80, DENSE + 100):
        matrix = scattered(n, seed=7, degree=3)
        edges = edges_of(matrix)
        random = [layout_objective(random_start(edges, np.random.default_rng(seed)).T, matrix) for seed in range(10)]
        assert layout_objective(start(matrix), matrix) < min(random)


def test_the_same_seed_gives_the_same_places() -> None:
    """Starts are repeatable to the bit, and another seed moves them."""
    matrix = scattered(DENSE + 50, seed=8)
    assert start(matrix, 1).tobytes() == start(matrix, 1).tobytes()
    assert start(matrix, 1).tobytes() != start(matrix, 2).tobytes()
