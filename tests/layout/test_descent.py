"""Descent ends where both forces cancel, whatever way it solves for the curvature."""

from __future__ import annotations

import numpy as np
import pytest
from tests.maps.networks import EXPONENTS, Floats, clique, scattered, star, two_cliques

from benang.layout import descent
from benang.layout.descent import attraction_solver, descend, scaled
from benang.layout.start import random_start
from benang.network.strengths import edges_of


def laplacian(strengths: Floats) -> Floats:
    """Return the curvature of attraction 2."""
    return np.diag(strengths.sum(axis=1)) - strengths


@pytest.mark.parametrize("exponents", EXPONENTS)
@pytest.mark.parametrize(
    "matrix",
    [scattered(40, seed=1), scattered(40, seed=2, parts=4), star(40)],
    ids=["connected", "in four parts", "star"],
)
def test_it_comes_to_rest(matrix: Floats, exponents: tuple[float, float]) -> None:
    """Led from attraction 2 and repulsion 1, the gradient falls below a millionth of the repulsion, for all exponents.

    From a random start an attraction below 0 may lose a node: the farther it is, the weaker it is drawn.
    """
    edges = edges_of(matrix)
    start = random_start(edges, np.random.default_rng(3))
    plain = descend(edges, start, 2, 1, tolerance=1e-3, max_steps=5000)
    made = descend(edges, plain.xy, *exponents, tolerance=1e-6, max_steps=5000)
    assert made.relative_gradient <= 1e-6


@pytest.mark.parametrize("exponents", [(2, 1), (1, -1)])
def test_it_never_goes_up(exponents: tuple[float, float]) -> None:
    """More steps never end at a higher objective."""
    edges = edges_of(scattered(60, seed=4))
    start = random_start(edges, np.random.default_rng(5))
    reached = [descend(edges, start, *exponents, tolerance=0, max_steps=steps).q for steps in (0, 1, 2, 5, 20, 100)]
    assert reached == sorted(reached, reverse=True)
    assert reached[0] == scaled(edges, start, *exponents).q


def test_a_step_of_majorisation_never_raises_the_objective() -> None:
    """With attraction 2 and repulsion 1 the step by the curvature alone is safe, and its fixed point is the optimum."""
    edges = edges_of(two_cliques(6, 0.5))
    solve = attraction_solver(edges, np.zeros((2, 12)), 2)
    here = scaled(edges, random_start(edges, np.random.default_rng(6)), 2, 1)
    for _ in range(300):
        there = descent.point(edges, here.xy - solve(here.gradient), 2, 1)
        assert there.q <= here.q + 1e-9 * abs(here.q)
        here = there
    best = descend(edges, here.xy, 2, 1, tolerance=1e-8, max_steps=1000)
    assert here.q == pytest.approx(best.q, rel=1e-6)


def test_the_factorised_curvature_is_solved_exactly() -> None:
    """Times the Laplacian, the solution is the gradient again."""
    matrix = scattered(50, seed=7)
    gradient = np.random.default_rng(8).normal(size=(2, 50))
    gradient -= gradient.mean(axis=1, keepdims=True)
    solved = attraction_solver(edges_of(matrix), np.zeros((2, 50)), 2)(gradient)
    np.testing.assert_allclose(solved @ laplacian(matrix.toarray()), gradient, atol=1e-6)


def test_the_iterated_curvature_is_a_good_guess() -> None:
    """On a dense network of more than 300 nodes five rounds leave less than a third of the gradient unsolved."""
    matrix = clique(320) + scattered(320, seed=9).toarray()
    gradient = np.random.default_rng(10).normal(size=(2, 320))
    gradient -= gradient.mean(axis=1, keepdims=True)
    solved = attraction_solver(edges_of(matrix), np.zeros((2, 320)), 2)(gradient)
    assert np.linalg.norm(solved @ laplacian(matrix) - gradient) < np.linalg.norm(gradient) / 3


def test_the_iterated_curvature_always_points_down() -> None:
    """It is symmetric and positive, so that a step by it is a step downhill."""
    rng = np.random.default_rng(11)
    solve = attraction_solver(edges_of(scattered(400, seed=12, degree=12)), np.zeros((2, 400)), 2)
    for _ in range(20):
        one, other = rng.normal(size=(2, 2, 400))
        assert np.vdot(one, solve(other)) == pytest.approx(np.vdot(solve(one), other), rel=1e-9, abs=1e-12)
        centred = one - one.mean(axis=1, keepdims=True)
        assert np.vdot(centred, solve(centred)) > 0


def test_the_curvature_depends_on_distances_where_attraction_is_not_2() -> None:
    """With attraction 1 a short edge is stiffer than a long one of the same strength."""
    edges = edges_of([[0, 1.0, 0], [1.0, 0, 1.0], [0, 1.0, 0]])
    xy = np.array([[0.0, 1.0, 11.0], [0.0, 0.0, 0.0]])
    solved = attraction_solver(edges, xy, 1)(np.array([[-1.0, 0.0, 1.0], [0.0, 0.0, 0.0]]))
    stretched = np.diff(solved[0])
    np.testing.assert_allclose(stretched, [1.0, 10.0], rtol=1e-6)
