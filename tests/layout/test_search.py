"""The search makes as much work as the network's size says, and what it returns is not above where it began."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.maps.networks import clique, scattered

from benang.layout.descent import scaled
from benang.layout.objective import objective_at_best_scale
from benang.layout.search import n_passes, searched
from benang.layout.start import random_start
from benang.network.strengths import edges_of


def test_passes_depend_on_size_alone() -> None:
    """Small networks get passes by their nodes, large ones fewer and fewer, and the smallest still get some."""
    small, larger = edges_of(scattered(20, seed=1)), edges_of(scattered(200, seed=1))
    assert n_passes(small, 1, 0) == n_passes(edges_of(scattered(20, seed=2)), 1, 0)
    assert n_passes(small, 1, 0) < n_passes(larger, 1, 0)
    assert n_passes(edges_of(clique(3)), 1, 0) >= 300


def test_what_costs_more_gets_fewer_passes() -> None:
    """Powers without code of their own cost more, and so does the attraction of all pairs where there are parts."""
    whole, parted = edges_of(scattered(900, seed=1)), edges_of(scattered(900, seed=1, parts=2))
    weighted = replace(whole, weights=np.ones(900))
    assert n_passes(whole, 2, -3) < 0.1 * n_passes(whole, 2, -1)
    assert n_passes(parted, 2, -1) < 0.6 * n_passes(whole, 2, -1)
    assert n_passes(weighted, 1, 0) < 0.5 * n_passes(weighted, 1, -1)


@pytest.mark.parametrize("exponents", [(1, 0), (1, -1)])
def test_it_ends_below_its_start_and_repeats(exponents: tuple[float, float]) -> None:
    """From a random place it goes down, and the same seed gives the same bytes, whoever shares the work."""
    edges = edges_of(scattered(25, seed=3))
    xy = random_start(edges, np.random.default_rng(4))
    shares: list[float] = []
    one, two = (searched(edges, xy, *exponents, [5, 0], lambda _what, share: shares.append(share)) for _ in range(2))
    assert one.xy.tobytes() == two.xy.tobytes()
    begun = objective_at_best_scale(edges, scaled(edges, xy, *exponents).at, *exponents)
    assert objective_at_best_scale(edges, one.at, *exponents) < begun
    assert all(0 <= share <= 1 for share in shares)
