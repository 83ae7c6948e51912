"""The objective is the formula's, at the scale that suits a layout best."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.maps.networks import EXPONENTS, clique, plain_objective, power, scattered

from benang.errors import BenangError
from benang.layout import standardized
from benang.layout.descent import point
from benang.layout.forces import WORTH_SHARING, pair_sums, unit_steps
from benang.layout.objective import (
    EXACT_UP_TO,
    all_pair_sums,
    evaluate,
    layout_objective,
    mean_distance,
    weighted_pair_sums,
    weighted_unit_steps,
)
from benang.network.strengths import UNCONNECTED, edges_of

pytestmark = pytest.mark.fast

NETWORKS = {"connected": scattered(12, seed=1), "in three parts": scattered(12, seed=2, parts=3)}


def extra(name: str) -> float:
    """Return what is added to every pair of a network."""
    return UNCONNECTED if name == "in three parts" else 0.0


@pytest.mark.parametrize("exponents", EXPONENTS)
@pytest.mark.parametrize("name", NETWORKS)
def test_q_is_that_of_a_plain_loop(name: str, exponents: tuple[float, float]) -> None:
    """At the layout's own scale Q agrees with the sum over pairs, 0.01 on each where there are several components."""
    xy = np.random.default_rng(3).normal(size=(2, 12))
    expected = plain_objective(xy.T, NETWORKS[name].toarray(), *exponents, extra(name))
    assert point(edges_of(NETWORKS[name]), xy, *exponents).q == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("exponents", EXPONENTS)
@pytest.mark.parametrize("name", NETWORKS)
def test_no_other_scale_is_better(name: str, exponents: tuple[float, float]) -> None:
    """Q* is Q at some scale, and at no scale tried is Q lower."""
    xy, strengths = np.random.default_rng(4).normal(size=(12, 2)), NETWORKS[name].toarray()
    best = layout_objective(xy, strengths, *exponents)
    tried = [plain_objective(xy * scale, strengths, *exponents, extra(name)) for scale in np.geomspace(1e-3, 1e3, 601)]
    assert best <= min(tried) + 1e-9 * abs(best)
    assert best == pytest.approx(min(tried), rel=1e-2)


@given(seed=st.integers(0, 10_000), exponents=st.sampled_from(EXPONENTS), name=st.sampled_from(sorted(NETWORKS)))
@settings(derandomize=True)
def test_the_gradient_is_that_of_finite_differences(seed: int, exponents: tuple[float, float], name: str) -> None:
    """Moving along any direction changes Q as the gradient says, for all exponents and several components too."""
    edges = edges_of(NETWORKS[name])
    rng = np.random.default_rng(seed)
    xy, direction, step = rng.normal(size=(2, 12)), rng.normal(size=(2, 12)), 1e-7
    ahead, behind = (point(edges, xy + sign * step * direction, *exponents).q for sign in (1, -1))
    here = point(edges, xy, *exponents)
    size = float(np.abs(here.at.pull * direction).sum() + np.abs(here.at.push * direction).sum())
    assert (ahead - behind) / (2 * step) == pytest.approx(float((here.gradient * direction).sum()), abs=1e-4 * size)


@pytest.mark.parametrize("exponents", [(2, 1), (1, 0), (0, -1)])
def test_place_turn_size_and_order_make_no_difference(exponents: tuple[float, float]) -> None:
    """Q* of a layout that was moved, turned, mirrored, scaled and renumbered is the same."""
    xy, strengths = np.random.default_rng(5).normal(size=(12, 2)), NETWORKS["connected"].toarray()
    turn = np.array([[np.cos(0.7), -np.sin(0.7)], [-np.sin(0.7), -np.cos(0.7)]])
    order = np.random.default_rng(6).permutation(12)
    moved = (1e4 * xy @ turn + [5e4, -3e4])[order]
    assert layout_objective(moved, strengths[order][:, order], *exponents) == pytest.approx(
        layout_objective(xy, strengths, *exponents), rel=1e-9
    )


def test_a_triangle_by_hand() -> None:
    """Three nodes of strength 2 are best at distance 1/2: Q* = 3 (2 · ¼ / 2 − ½)."""
    xy = [[0.0, 0.0], [1.0, 0.0], [0.5, math.sqrt(3) / 2]]
    assert layout_objective(xy, clique(3, 2.0)) == pytest.approx(3 * (0.25 - 0.5), rel=1e-12)


def test_two_nodes_without_an_edge_by_hand() -> None:
    """Apart, they attract each other by 0.01, and are best at distance 100: Q* = 0.01 · 100² / 2 − 100."""
    assert layout_objective([[0, 0], [1, 1]], np.zeros((2, 2))) == pytest.approx(-50, rel=1e-12)


def test_strengths_between_components_by_hand() -> None:
    """With repulsion −1 and attraction 1 two unlinked nodes are best at distance 10: Q* = 0.01 · 10 + 1 / 10."""
    assert layout_objective([[0, 0], [1, 0]], np.zeros((2, 2)), 1, -1) == pytest.approx(0.2, rel=1e-12)


def test_nodes_at_one_place_give_a_number() -> None:
    """A layout of one point has an objective, and no infinity where a sum is 0."""
    for exponents in EXPONENTS:
        assert np.isfinite(layout_objective(np.zeros((3, 2)), clique(3), *exponents))


@pytest.mark.parametrize("exponents", [(1, 1), (1, 2), (float("nan"), 0), (float("inf"), 0)])
def test_exponents_without_an_optimum_are_refused(exponents: tuple[float, float]) -> None:
    """The attraction must be above the repulsion, and both be numbers."""
    with pytest.raises(BenangError, match=r"attraction above the repulsion|attraction: expected a number from -9"):
        layout_objective([[0, 0], [1, 0]], clique(2), *exponents)


def test_the_forces_of_a_network_in_parts_include_all_pairs() -> None:
    """Where there are several components every pair attracts, linked or not."""
    edges = edges_of(np.zeros((3, 3)))
    at = evaluate(edges, np.array([[0.0, 1.0, 2.0], [0.0, 0.0, 0.0]]), 2, 1)
    np.testing.assert_allclose(at.pull[0], [-0.03, 0.0, 0.03], atol=1e-15)


def test_46342_points_do_not_overflow() -> None:
    """Here n (n − 1) no longer fits 32 bits. Points along a line of length 1 are a third of it apart."""
    n = 46_342
    line = np.column_stack([np.arange(n) / (n - 1), np.zeros(n)])
    exact = (n + 1) / (3 * (n - 1))
    assert mean_distance(line) == pytest.approx(exact, rel=1e-4)
    made = standardized(line)
    assert np.isfinite(made).all()
    assert np.ptp(made[:, 0]) == pytest.approx(1 / exact, rel=1e-4)


def test_many_points_of_a_disc_have_its_mean_distance() -> None:
    """In a disc of radius 1 it is 128 / 45π."""
    rng = np.random.default_rng(1)
    radius, angle = np.sqrt(rng.random(60_000)), 2 * np.pi * rng.random(60_000)
    disc = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    assert mean_distance(disc) == pytest.approx(128 / (45 * math.pi), rel=5e-3)


@pytest.mark.parametrize("weighted", [False, True])
def test_squares_need_no_loop(weighted: bool) -> None:
    """The sum of squared distances of many nodes is that of the variance."""
    rng = np.random.default_rng(2)
    n = EXACT_UP_TO + 1
    xy, weights = rng.normal(size=(2, n)), rng.uniform(0, 2, n)
    heavy = weights if weighted else np.ones(n)
    total, forces = all_pair_sums(xy, 2, weights if weighted else None)
    mean = (xy * heavy).sum(axis=1, keepdims=True) / heavy.sum()
    assert total == pytest.approx(float(heavy.sum() * (heavy * (xy - mean) ** 2).sum()), rel=1e-9)
    np.testing.assert_allclose(forces, heavy.sum() * heavy * (xy - mean), rtol=1e-9, atol=1e-6)


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
