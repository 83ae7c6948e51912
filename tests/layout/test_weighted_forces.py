"""Sums with node weights are those of the formula."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.networks import power, scattered

from benang.layout.forces import WORTH_SHARING, pair_sums, unit_steps
from benang.layout.weighted_forces import weighted_pair_sums, weighted_unit_steps
from benang.network.strengths import edges_of


@pytest.mark.parametrize("exponent", [2, 1, 0, -1, -2, 3, 0.5])
def test_each_pair_counts_by_both_weights(exponent: float) -> None:
    """Sum and forces agree with a loop over all pairs."""
    rng = np.random.default_rng(1)
    xy, weights = rng.normal(size=(2, 20)), rng.uniform(0, 3, 20)
    expected, expected_forces = 0.0, np.zeros_like(xy)
    for i in range(20):
        for j in set(range(20)) - {i}:
            apart = xy[:, i] - xy[:, j]
            both, distance = weights[i] * weights[j], float(np.hypot(*apart))
            expected += 0.5 * both * power(distance, exponent)
            expected_forces[:, i] += both * distance ** (exponent - 2) * apart
    total, forces = weighted_pair_sums(xy, exponent, weights)
    assert total == pytest.approx(expected, rel=1e-11)
    np.testing.assert_allclose(forces, expected_forces, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("exponent", [1, 0, -1])
@pytest.mark.parametrize("n", [50, WORTH_SHARING + 3])
def test_weights_of_1_change_nothing(n: int, exponent: float) -> None:
    """The sums are those without weights, but for the last digits."""
    xy = np.random.default_rng(2).normal(size=(2, n))
    total, forces = weighted_pair_sums(xy, exponent, np.ones(n))
    expected, expected_forces = pair_sums(xy, exponent)
    assert total == pytest.approx(expected, rel=1e-11)
    np.testing.assert_allclose(forces, expected_forces, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("exponents", [(2, 1), (1, 0), (1, -1)])
@pytest.mark.parametrize("extra", [0.0, 0.01])
def test_unit_steps_with_weights_of_1_are_those_without(exponents: tuple[float, float], extra: float) -> None:
    """A pass moves the nodes to the same places, and tells the same objective."""
    edges = edges_of(scattered(30, seed=3))
    links = edges.starts, edges.ends, edges.strengths
    one, other = (np.random.default_rng(4).normal(size=(2, 30)) for _ in range(2))
    a, r = exponents
    told = unit_steps(one, *links, extra=extra, attraction=a, repulsion=r, step=0.1)
    again = weighted_unit_steps(other, *links, np.ones(30), extra=extra, attraction=a, repulsion=r, step=0.1)
    np.testing.assert_allclose(one, other, atol=1e-9)
    assert told == pytest.approx(again, rel=1e-9)
