"""A standardised layout obeys VOSviewer's four rules, however it came."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.maps.networks import distances, procrustes_r2, vosviewer_map

from benang.layout.standardize import mean_distance, standardized

pytestmark = pytest.mark.fast

LAYOUTS = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).exponential(size=(seed % 30 + 3, 2)))


@given(LAYOUTS)
@settings(derandomize=True)
def test_the_rules_hold(xy: np.ndarray) -> None:
    """Centred, widest from left to right and uncorrelated, medians at most 0, mean distance 1."""
    made = standardized(xy)
    n = len(made)
    covariance = made.T @ made / n
    np.testing.assert_allclose(made.mean(axis=0), 0, atol=1e-12)
    assert covariance[0, 0] >= covariance[1, 1]
    assert covariance[0, 1] == pytest.approx(0, abs=1e-12)
    assert (np.median(made, axis=0) <= 1e-12).all()
    assert distances(made).sum() / (n * (n - 1)) == pytest.approx(1, rel=1e-12)


@given(LAYOUTS, st.floats(0, 6.2), st.floats(1e-3, 1e3), st.booleans())
@settings(derandomize=True)
def test_turn_mirror_place_and_size_do_not_matter(xy: np.ndarray, angle: float, scale: float, mirror: bool) -> None:
    """A layout that was moved comes out where the layout itself does."""
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    moved = scale * (xy * [1, -1 if mirror else 1]) @ turn + [3, -8]
    np.testing.assert_allclose(standardized(moved), standardized(xy), atol=1e-7)


def test_the_shape_is_kept() -> None:
    """Only place, turn, mirror and size change."""
    xy = np.random.default_rng(1).normal(size=(40, 2))
    assert procrustes_r2(standardized(xy), xy) == pytest.approx(1, abs=1e-12)


def test_a_layout_on_the_diagonal_lies_flat() -> None:
    """(1, 1) as main axis, where a naive formula divides by 0, is turned like any other."""
    made = standardized([[0, 0], [1, 1], [2, 2], [9, 9]])
    np.testing.assert_allclose(made[:, 1], 0, atol=1e-12)


@pytest.mark.parametrize("corners", [3, 5, 8])
def test_what_is_as_wide_in_all_directions_is_turned_by_its_first_node(corners: int) -> None:
    """A regular polygon has no widest direction; its first corner lies on the axis, and so it does when done again."""
    angles = 2 * np.pi * np.arange(corners) / corners + 0.4
    xy = np.vstack([[[0.0, 0.0]], np.column_stack([np.cos(angles), np.sin(angles)])])
    noise = 1e-9 * np.random.default_rng(2).standard_normal(xy.shape)
    made = standardized(xy + noise)
    np.testing.assert_allclose(standardized(made), made, atol=1e-12)
    np.testing.assert_allclose(made[1, 1], 0, atol=1e-12)


@pytest.mark.parametrize("xy", [np.zeros((0, 2)), np.zeros((1, 2)), np.full((3, 2), 7.0)])
def test_no_points_one_point_or_one_place_stay_at_zero(xy: np.ndarray) -> None:
    """Where there is no distance there is nothing to scale."""
    made = standardized(xy)
    assert made.shape == xy.shape
    assert not made.any()


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_sizes_at_the_edge_of_floats(size: float) -> None:
    """Squares neither vanish nor overflow."""
    made = standardized(size * np.array([[0, 0], [3, 0], [0, 4]]))
    assert mean_distance(made) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize("name", ["Economics_journal_co-citation", "QSS_publication_bibliographic_coupling"])
def test_maps_of_vosviewer_are_standardised_already(shared_data: Path, name: str) -> None:
    """The coordinates that VOSviewer stored stay where they are, to the four decimals it writes."""
    _, xy = vosviewer_map(shared_data, name)
    np.testing.assert_allclose(standardized(xy), xy, atol=1.5e-3)
