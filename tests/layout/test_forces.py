"""The compiled sums are those of the formulas, to the bit the same on any number of threads."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from tests.maps.networks import Floats, distances, plain_objective, power, scattered, two_cliques

from benang.layout.forces import WORTH_SHARING, edge_sums, pair_sums, unit_steps
from benang.network.strengths import edges_of

PAIR_EXPONENTS = [2, 1, 0, -1, -2, -3, 0.5, 1.7]


def plain_pair_sums(xy: Floats, exponent: float) -> tuple[float, Floats]:
    """Sum over pairs one by one, as the docstring says."""
    total, forces = 0.0, np.zeros_like(xy)
    for i in range(xy.shape[1]):
        for j in range(xy.shape[1]):
            if i != j:
                apart = xy[:, i] - xy[:, j]
                distance = float(np.hypot(*apart))
                total += 0.5 * power(distance, exponent)
                forces[:, i] += distance ** (exponent - 2) * apart
    return total, forces


@pytest.mark.parametrize("exponent", PAIR_EXPONENTS)
@pytest.mark.parametrize("n", [2, 3, 8, 9, 30])
def test_pair_sums_are_those_of_a_plain_loop(n: int, exponent: float) -> None:
    """Sums and forces of every law agree with a loop over all pairs, whatever rest eight pairs at a time leave."""
    xy = np.random.default_rng(n).normal(size=(2, n))
    total, forces = pair_sums(xy, exponent)
    expected, expected_forces = plain_pair_sums(xy, exponent)
    assert total == pytest.approx(expected, rel=1e-12, abs=1e-12)
    np.testing.assert_allclose(forces, expected_forces, rtol=1e-10, atol=1e-10)


@given(
    st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=12),
    st.sampled_from(PAIR_EXPONENTS),
)
@settings(derandomize=True)
def test_forces_sum_to_nothing_and_are_finite(points: list[tuple[float, float]], exponent: float) -> None:
    """What pushes one node pushes others back, and nodes at one place give no infinity."""
    total, forces = pair_sums(np.ascontiguousarray(np.array(points).T), exponent)
    assert np.isfinite(total)
    assert np.isfinite(forces).all()
    assert np.abs(forces.sum(axis=1)).max() <= 1e-9 * max(1.0, float(np.abs(forces).sum()))


@pytest.mark.parametrize("exponent", [1, 0, -1])
def test_a_sum_that_is_shared_out_is_the_whole_sum(exponent: float) -> None:
    """Above the size where threads help, the parts add up to what numpy sums at once."""
    xy = np.random.default_rng(1).normal(size=(2, WORTH_SHARING + 3))
    upper = distances(xy.T)[np.triu_indices(xy.shape[1], 1)]
    expected = float((upper**exponent).sum()) if exponent else float(np.log(upper).sum())
    assert pair_sums(xy, exponent)[0] == pytest.approx(expected, rel=1e-11)


def digest() -> str:
    """Return a hash of the bytes of forces in every law that has code of its own."""
    xy = np.random.default_rng(2).normal(size=(2, WORTH_SHARING + 50))
    return hashlib.sha256(b"".join(pair_sums(xy, p)[1].tobytes() for p in (1, 0, -1, -2))).hexdigest()


def digest_elsewhere(**env: str) -> str:
    """Return the same hash from a process of its own."""
    code = (
        "import hashlib, numpy as np; from benang.layout.forces import pair_sums;"
        f"xy = np.random.default_rng(2).normal(size=(2, {WORTH_SHARING + 50}));"
        "print(hashlib.sha256(b''.join(pair_sums(xy, p)[1].tobytes() for p in (1, 0, -1, -2))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **env}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("n_threads", ["1", "2", "3"])
def test_the_result_does_not_depend_on_the_number_of_threads(n_threads: str) -> None:
    """One thread and several give the same bytes."""
    assert digest_elsewhere(NUMBA_NUM_THREADS=n_threads) == digest()


def test_the_result_does_not_depend_on_where_the_code_comes_from(tmp_path: Path) -> None:
    """The process that compiles and the one that finds the compiled code on disk give the same bytes."""
    compiled_now, from_disk = (digest_elsewhere(NUMBA_CACHE_DIR=str(tmp_path)) for _ in range(2))
    assert compiled_now == from_disk == digest()


@pytest.mark.parametrize("exponent", [1, 0, -1, -2, 0.5])
@pytest.mark.parametrize("n", [5, 30, 350])
def test_the_result_does_not_depend_on_where_arrays_lie(n: int, exponent: float) -> None:
    """Coordinates at any place in memory, next to whatever else, give the same bytes."""
    edges = edges_of(scattered(n, seed=7))
    start, memory = np.random.default_rng(8).normal(size=(2, n)), np.empty(2 * n + 400)
    found = set()
    for offset in range(0, 400, 7):
        xy = memory[offset : offset + 2 * n].reshape(2, n)
        xy[...] = start
        _, forces = pair_sums(xy, exponent)
        args = edges.starts, edges.ends, edges.strengths
        told = unit_steps(xy, *args, extra=0.0, attraction=2, repulsion=exponent, step=0.1)
        found.add((forces.tobytes(), told, xy.tobytes()))
    assert len(found) == 1


@pytest.mark.parametrize("exponent", [2, 1, 0, -1, 2.5])
def test_edge_sums_are_those_of_a_plain_loop(exponent: float) -> None:
    """Each edge counts once, by its strength."""
    matrix = scattered(20, seed=3)
    edges = edges_of(matrix)
    xy = np.random.default_rng(4).normal(size=(2, 20))
    total, forces = edge_sums(xy, edges.starts, edges.ends, edges.strengths, exponent)
    pairs = sparse.coo_array(matrix)
    expected, expected_forces = 0.0, np.zeros_like(xy)
    for i, j, strength in zip(pairs.row, pairs.col, pairs.data, strict=True):
        apart = xy[:, i] - xy[:, j]
        distance = float(np.hypot(*apart))
        expected += 0.5 * strength * power(distance, exponent)
        expected_forces[:, i] += strength * distance ** (exponent - 2) * apart
    assert total == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(forces, expected_forces, rtol=1e-10, atol=1e-10)


def test_unit_steps_that_shrink_come_near_the_optimum() -> None:
    """Two nodes of strength s end 1 / s apart, to within the last step."""
    edges = edges_of([[0, 0.1], [0.1, 0]])
    xy = np.array([[-0.3, 0.4], [0.1, 0.2]])
    for step in np.geomspace(2, 0.01, 60):
        unit_steps(xy, edges.starts, edges.ends, edges.strengths, extra=0.0, attraction=2, repulsion=1, step=step)
    assert np.hypot(*(xy[:, 0] - xy[:, 1])) == pytest.approx(10, abs=0.02)


@pytest.mark.parametrize("exponents", [(2, 1), (2, 0), (1, -1), (1, -2), (0.5, -3)])
def test_a_unit_step_follows_the_gradient_of_each_node_in_turn(exponents: tuple[float, float]) -> None:
    """Each node moves by exactly the step against its gradient, as it is after those before it have moved."""
    matrix = two_cliques(4, 0.5)
    edges, extra = edges_of(matrix), 0.01
    xy = np.random.default_rng(5).normal(size=(2, 8))
    expected = xy.copy()
    for i in range(8):
        gradient = np.zeros(2)
        for j in set(range(8)) - {i}:
            apart = expected[:, i] - expected[:, j]
            distance = float(np.hypot(*apart))
            gradient += (matrix[i, j] + extra) * distance ** (exponents[0] - 2) * apart
            gradient -= distance ** (exponents[1] - 2) * apart
        expected[:, i] -= 0.2 * gradient / np.hypot(*gradient)
    a, r = exponents
    unit_steps(xy, edges.starts, edges.ends, edges.strengths, extra=extra, attraction=a, repulsion=r, step=0.2)
    np.testing.assert_allclose(xy, expected, rtol=1e-9, atol=1e-9)


def test_unit_steps_tell_the_objective_on_the_way() -> None:
    """With a step too small to matter it is Q of the layout."""
    matrix = two_cliques(4, 0.5)
    edges = edges_of(matrix)
    xy = np.random.default_rng(6).normal(size=(2, 8))
    expected = plain_objective(xy.T, matrix, 1, -1, extra=0.01)
    told = unit_steps(xy, edges.starts, edges.ends, edges.strengths, extra=0.01, attraction=1, repulsion=-1, step=1e-13)
    assert told == pytest.approx(expected, rel=1e-10)
