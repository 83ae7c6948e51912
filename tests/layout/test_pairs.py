"""Sums over all pairs are right for any number of nodes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benang.layout.pairs import EXACT_UP_TO, all_pair_sums
from benang.layout.standardize import mean_distance, standardized


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
