"""The first start places nodes by the slowest modes of their network."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.networks import Floats, clique, distances, scattered, star, symmetric, two_cliques

from benang.layout.objective import layout_objective
from benang.layout.start import DENSE, random_start, spectral_start
from benang.network.edges import edges_of


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
