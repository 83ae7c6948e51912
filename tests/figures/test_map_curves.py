"""Links are curves from item to item, and parts of a curve lie on it."""

from __future__ import annotations

import numpy as np
import pytest

from benang.figures.map_curves import curves_of, part_of_curve, points_along
from benang.looks.appearance import ShownLinks

PLACES = np.array([[0.0, 0.0], [10.0, 0.0], [4.0, 8.0]])
LINKS = ShownLinks(np.array([0, 1]), np.array([1, 2]), np.array([1.0, 2.0]))


def test_a_curve_runs_from_item_to_item() -> None:
    """It leans by three tenths of its length, and not at all where it is to be straight."""
    bent, straight = curves_of(PLACES, LINKS, 0.3), curves_of(PLACES, LINKS, 0.0)

    assert bent[0].tolist() == [[0.0, 0.0], [5.0, 3.0], [10.0, 0.0]]
    assert straight[:, 1].tolist() == [[5.0, 0.0], [7.0, 4.0]]


def test_the_parts_of_a_curve_lie_on_it() -> None:
    """Its middle half runs from a quarter to three quarters of the way."""
    curve = curves_of(PLACES, LINKS, 0.3)[:1]
    part = part_of_curve(curve, np.array([0.25]), np.array([0.75]))

    assert part[0, 0] == pytest.approx([2.5, 1.125])
    assert part[0, 2] == pytest.approx([7.5, 1.125])


def test_points_along_a_curve_begin_and_end_with_it() -> None:
    """Forty a curve, one curve behind the other; none for no curves."""
    points = points_along(curves_of(PLACES, LINKS, 0.3))

    assert points.shape == (80, 2)
    assert points[[0, 39, 40, 79]].tolist() == [PLACES[i].tolist() for i in (0, 1, 1, 2)]
    assert points_along(np.empty((0, 3, 2))).shape == (0, 2)
