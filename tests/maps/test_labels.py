"""From which zoom on each label shows, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benang.maps.labels import label_thresholds
from benang.network.network import Floats


def _boxes(n: int, width: float = 28.0, height: float = 8.0) -> Floats:
    return np.tile([width, height], (n, 1))


def test_the_largest_item_is_always_named() -> None:
    """The item with the greatest size has the threshold 0."""
    thresholds = label_thresholds(np.array([[0.0, 0], [1, 0], [2, 0]]), _boxes(3), np.array([1.0, 3, 2]))

    assert thresholds[1] == 0


def test_two_labels_overlap_until_they_are_apart_either_way() -> None:
    """28 wide and 8 high, 10 across and 4 up: apart upwards from (8 + 8 + 2) / 2 / 4 = 2.25, across only from 2.9."""
    thresholds = label_thresholds(np.array([[0.0, 0], [10, 4]]), _boxes(2), np.array([2.0, 1]))

    assert thresholds.tolist() == [0.0, 2.25]


def test_a_label_that_is_hidden_itself_hides_no_other() -> None:
    """A at 0 hides B (10 off) until 2.9; C, 25 off A, need not wait for B, which isn't shown at 1.9 yet.

    C and B are 15 apart, f = 29 / 15 = 1.93, less than B's own 2.9; C and A 25 apart, f = 29 / 25 = 1.16.
    """
    places = np.array([[0.0, 0], [10, 0], [25, 0]])

    assert label_thresholds(places, _boxes(3), np.array([3.0, 2, 1])).tolist() == pytest.approx([0, 2.9, 1.16])


def test_a_label_waits_for_every_larger_one_that_is_shown() -> None:
    """A and B stand far apart, both always shown; C between them waits for the nearer one, 29 / 8."""
    places = np.array([[0.0, 0], [100, 0], [92, 0]])

    assert label_thresholds(places, _boxes(3), np.array([3.0, 2, 1])).tolist() == pytest.approx([0, 0.29, 29 / 8])


def test_items_at_one_place_never_show_both_labels() -> None:
    """No zoom parts two items that have the same coordinates: the smaller one's threshold is infinite."""
    assert label_thresholds(np.zeros((2, 2)), _boxes(2), np.array([1.0, 1])).tolist() == [0.0, math.inf]


def test_labels_shown_at_a_zoom_do_not_overlap() -> None:
    """At any zoom, the labels whose threshold lies below it are clear of each other."""
    random = np.random.default_rng(5)
    places, boxes = random.normal(size=(60, 2)) * 50, random.uniform(5, 40, size=(60, 2))
    thresholds = label_thresholds(places, boxes, random.random(60))

    for zoom in (0.5, 1.0, 3.0, 9.0):
        shown = np.flatnonzero(zoom > thresholds)
        gaps = np.abs(places[shown, None] - places[None, shown]) * zoom - (boxes[shown, None] + boxes[None, shown]) / 2
        apart = gaps.max(axis=-1) > 0
        np.fill_diagonal(apart, True)
        assert bool(apart.all())
