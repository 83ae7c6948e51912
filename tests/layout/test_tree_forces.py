"""The tree's sums are nearly those over all pairs, and repeatable to the bit."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys

import numpy as np
import pytest
from tests.maps.networks import Floats

from benang.layout.forces import pair_sums
from benang.layout.objective import weighted_pair_sums
from benang.layout.tree_forces import LEAF, tree_of, tree_pair_sums


def clustered(n: int, seed: int = 0) -> Floats:
    """Draw points in groups of very different width, as items of a map lie."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(size=(2, max(3, n // 200)))
    group = rng.integers(0, middles.shape[1], n)
    width: Floats = np.exp(rng.normal(-3, 1, middles.shape[1]))
    return np.asarray(middles[:, group] + width[group] * rng.standard_normal((2, n)))


@pytest.mark.parametrize("exponent", [1, 0, -1, -2, 3, -4, 0.5])
@pytest.mark.parametrize("n", [3000, 5000])
def test_forces_are_within_a_thousandth(n: int, exponent: float) -> None:
    """On clustered points the forces are within a thousandth of the exact ones, and the sum is as close."""
    xy = clustered(n)
    total, forces = tree_pair_sums(xy, exponent)
    expected, expected_forces = pair_sums(xy, exponent)
    assert np.linalg.norm(forces - expected_forces) <= 1e-3 * np.linalg.norm(expected_forces)
    assert total == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("exponent", [1, 0, -1])
def test_weights_count(exponent: float) -> None:
    """Pairs count by the product of their weights, and nodes of weight 0 not at all."""
    xy, weights = clustered(1500, seed=1), np.random.default_rng(2).pareto(1.5, 1500)
    weights[:100] = 0
    total, forces = tree_pair_sums(xy, exponent, weights)
    expected, expected_forces = weighted_pair_sums(xy, exponent, weights)
    assert np.linalg.norm(forces - expected_forces) <= 1e-3 * np.linalg.norm(expected_forces)
    assert total == pytest.approx(expected, rel=1e-3)
    assert not forces[:, :100].any()


@pytest.mark.parametrize("n", [1, 2, 3, LEAF, LEAF + 1])
def test_few_points_are_summed_exactly(n: int) -> None:
    """Within a leaf nothing is far."""
    xy = np.random.default_rng(n).normal(size=(2, n))
    total, forces = tree_pair_sums(xy, 1)
    expected, expected_forces = pair_sums(xy, 1)
    assert total == pytest.approx(expected, rel=1e-6)
    np.testing.assert_allclose(forces, expected_forces, rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("exponent", [1, 0, -1])
def test_points_at_one_place_give_numbers(exponent: float) -> None:
    """Hundreds of points at one place, and a few elsewhere, have finite sums."""
    xy = np.zeros((2, 300))
    xy[:, :5] = np.random.default_rng(3).normal(size=(2, 5))
    total, forces = tree_pair_sums(xy, exponent)
    assert np.isfinite(total)
    assert np.isfinite(forces).all()


def test_every_point_is_in_one_leaf() -> None:
    """The leaves cut the points in consecutive runs, none above the limit, and a box holds its children's points."""
    tree = tree_of(clustered(4000, seed=4))
    leaves = np.flatnonzero(tree.children == 0)
    runs = sorted((int(tree.begin[k]), int(tree.end[k])) for k in leaves)
    assert runs[0][0] == 0
    assert runs[-1][1] == 4000
    assert all(one[1] == other[0] for one, other in itertools.pairwise(runs))
    assert max(end - begin for begin, end in runs) <= LEAF
    for k in np.flatnonzero(tree.children):
        first, number = int(tree.child[k]), int(tree.children[k])
        assert (tree.begin[first], tree.end[first + number - 1]) == (tree.begin[k], tree.end[k])
    assert tree.moments[0, 0] == pytest.approx(4000)


def digest() -> str:
    """Return a hash of the bytes of the tree's forces in every law."""
    xy = clustered(3000, seed=5)
    return hashlib.sha256(b"".join(tree_pair_sums(xy, p)[1].tobytes() for p in (1, 0, -1, -2))).hexdigest()


@pytest.mark.parametrize("n_threads", ["1", "3"])
def test_the_result_does_not_depend_on_the_number_of_threads(n_threads: str) -> None:
    """One thread and several give the same bytes, in every process."""
    code = "from tests.layout.test_tree_forces import digest; print(digest())"
    env = {**os.environ, "NUMBA_NUM_THREADS": n_threads}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == digest()
