"""Labels find places: none over another, none beyond the border, as near to their circle as may be."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from benang.figures.label_placement import Placement, place_labels
from benang.figures.label_search import segment_meets_box, segments_cross
from benang.network.network import Floats

AREA = (0.0, 0.0, 200.0, 150.0)


def _crowd(n: int, spread: float = 25.0) -> tuple[Floats, Floats, Floats]:
    random = np.random.default_rng(11)
    centres = np.clip(random.normal(size=(n, 2)) * spread + 80, 5, 145)
    sizes = np.stack([random.uniform(15, 50, n), np.full(n, 6.0)], axis=1)
    return centres, np.full(n, 3.0), sizes


def _overlap(one: Floats, other: Floats) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def _named_boxes(placement: Placement) -> Floats:
    return placement.boxes[placement.named]


def test_a_label_alone_stands_at_the_right_of_its_circle() -> None:
    """Right is the first choice: level with the circle, just clear of it, without a leader."""
    placed = place_labels(np.array([[50.0, 50.0]]), np.array([4.0]), np.array([[30.0, 6.0]]), AREA)

    assert placed.boxes[0].tolist() == pytest.approx([54.9, 47, 84.9, 53])
    assert not placed.led[0]


def test_a_text_that_fits_stands_in_its_circle() -> None:
    """A circle wide enough for its label has it in the middle."""
    placed = place_labels(np.array([[50.0, 50.0]]), np.array([20.0]), np.array([[30.0, 6.0]]), AREA)

    assert placed.boxes[0].tolist() == [35, 47, 65, 53]


def test_at_the_right_border_a_label_turns_left() -> None:
    """Where there is no room at the right, the label stands at the left."""
    placed = place_labels(np.array([[195.0, 50.0]]), np.array([4.0]), np.array([[30.0, 6.0]]), AREA)

    assert placed.boxes[0, 2] == pytest.approx(195 - 4.9)


def test_no_labels_overlap_in_a_crowd() -> None:
    """Sixty items heaped up: no two boxes share a point, and none leaves the area."""
    placed = place_labels(*_crowd(60), AREA)
    boxes = _named_boxes(placed)

    assert len(boxes) > 40
    assert not any(_overlap(one, other) for one, other in combinations(boxes, 2))
    assert bool((boxes[:, :2] >= 0).all() and (boxes[:, 2] <= 200).all() and (boxes[:, 3] <= 150).all())


def test_no_leader_runs_through_a_label() -> None:
    """A leader line never strikes a text out."""
    placed = place_labels(*_crowd(60), AREA)
    led = np.flatnonzero(placed.led)

    assert len(led) > 5
    for item in led:
        for other in np.flatnonzero(placed.named):
            inner = placed.boxes[other] + np.array([0.01, 0.01, -0.01, -0.01])
            assert other == item or not segment_meets_box(*placed.leaders[item], *inner)


def test_a_leader_runs_from_the_circle_to_its_label() -> None:
    """It starts on the circle's edge and ends on the edge of its own text."""
    centres, radii, sizes = _crowd(60)
    placed = place_labels(centres, radii, sizes, AREA)

    for item in np.flatnonzero(placed.led):
        x, y, to_x, to_y = placed.leaders[item]
        left, bottom, right, top = placed.boxes[item]
        assert np.hypot(x - centres[item, 0], y - centres[item, 1]) == pytest.approx(radii[item])
        assert left - 1e-9 <= to_x <= right + 1e-9
        assert bottom - 1e-9 <= to_y <= top + 1e-9


def test_a_label_keeps_off_other_circles() -> None:
    """With a circle at its right, a label goes elsewhere."""
    centres = np.array([[50.0, 50.0], [65.0, 50.0]])
    placed = place_labels(centres, np.array([4.0, 4.0]), np.array([[30.0, 6.0], [0.0, 0.0]]), AREA)
    other = np.array([61.0, 46.0, 69.0, 54.0])

    assert not _overlap(placed.boxes[0], other)
    assert not placed.named[1]


def test_improving_names_more() -> None:
    """In a crowd of ninety, passes of improvement find places for items that had none."""
    greedy = place_labels(*_crowd(90), AREA, passes=0)
    improved = place_labels(*_crowd(90), AREA, passes=5)

    assert improved.named.sum() > greedy.named.sum()


def test_labels_of_items_at_one_place_surround_it() -> None:
    """Six items at one point are all named, each beside the other."""
    placed = place_labels(np.full((6, 2), 75.0), np.full(6, 3.0), np.tile([30.0, 6.0], (6, 1)), AREA)

    assert bool(placed.named.all())
    assert not any(_overlap(one, other) for one, other in combinations(placed.boxes, 2))


def test_a_label_wider_than_the_page_is_left_out() -> None:
    """What can't fit anywhere has no place, and disturbs nobody."""
    placed = place_labels(
        np.array([[50.0, 50.0], [90.0, 90.0]]), np.array([4.0, 4.0]), np.array([[300.0, 6.0], [20.0, 6.0]]), AREA
    )

    assert placed.named.tolist() == [False, True]


def test_the_same_items_find_the_same_places() -> None:
    """Nothing is left to chance."""
    one, other = place_labels(*_crowd(50), AREA), place_labels(*_crowd(50), AREA)

    assert np.array_equal(one.boxes, other.boxes)
    assert np.array_equal(one.leaders, other.leaders)


def test_a_segment_meets_a_box_it_runs_through_and_no_other() -> None:
    """Through the middle, along an edge, past a corner, and short of it."""
    assert segment_meets_box(0.0, 1.0, 9.0, 1.0, 4.0, 0.0, 5.0, 2.0)
    assert not segment_meets_box(0.0, 2.0, 9.0, 2.0, 4.0, 0.0, 5.0, 2.0)
    assert not segment_meets_box(3.0, 0.9, 5.0, 3.1, 4.0, 0.0, 5.0, 2.0)
    assert not segment_meets_box(0.0, 1.0, 3.9, 1.0, 4.0, 0.0, 5.0, 2.0)


def test_segments_cross_or_do_not() -> None:
    """A cross, and two that would only meet if they were longer."""
    assert segments_cross(0.0, 0.0, 2.0, 2.0, 0.0, 2.0, 2.0, 0.0)
    assert not segments_cross(0.0, 0.0, 2.0, 2.0, 3.0, 4.0, 4.0, 3.0)
