"""Labels find places: on their circle or touching it, none over another, over a heavier circle or beyond the border."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from benang.figures.label_placement import Placement, place_labels
from benang.figures.label_search import Board, claim, search
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
    """Right is the first choice: level with the circle, just clear of it."""
    placed = place_labels(np.array([[50.0, 50.0]]), np.array([4.0]), np.array([[30.0, 6.0]]), AREA)

    assert placed.boxes[0].tolist() == pytest.approx([54.9, 47, 84.9, 53])


def test_a_text_that_fits_stands_in_its_circle() -> None:
    """A circle wide enough for its label has it in the middle."""
    placed = place_labels(np.array([[50.0, 50.0]]), np.array([20.0]), np.array([[30.0, 6.0]]), AREA)

    assert placed.boxes[0].tolist() == [35, 47, 65, 53]


def test_at_the_right_border_a_label_turns_left() -> None:
    """Where there is no room at the right, the label stands at the left."""
    placed = place_labels(np.array([[195.0, 50.0]]), np.array([4.0]), np.array([[30.0, 6.0]]), AREA)

    assert placed.boxes[0, 2] == pytest.approx(195 - 4.9)


def test_no_labels_overlap_in_a_crowd() -> None:
    """Sixty items heaped up: no two boxes share a point, none leaves the area, and two in five are named."""
    placed = place_labels(*_crowd(60), AREA)
    boxes = _named_boxes(placed)

    assert len(boxes) > 24
    assert not any(_overlap(one, other) for one, other in combinations(boxes, 2))
    assert bool((boxes[:, :2] >= 0).all() and (boxes[:, 2] <= 200).all() and (boxes[:, 3] <= 150).all())


def test_a_label_keeps_off_other_circles() -> None:
    """With a circle at its right, a label goes elsewhere."""
    centres = np.array([[50.0, 50.0], [65.0, 50.0]])
    placed = place_labels(centres, np.array([4.0, 4.0]), np.array([[30.0, 6.0], [0.0, 0.0]]), AREA)
    other = np.array([61.0, 46.0, 69.0, 54.0])

    assert not _overlap(placed.boxes[0], other)
    assert not placed.named[1]


def test_a_name_moves_aside_for_one_that_has_no_other_place() -> None:
    """The first would stand at the right; the second can stand nowhere else, so the first makes way."""
    centres = np.array([[150.0, 75.0], [196.0, 75.0]])
    placed = place_labels(centres, np.full(2, 3.0), np.array([[40.0, 6.0], [40.0, 6.0]]), AREA)

    assert placed.named.tolist() == [True, True]
    assert placed.boxes[1, 2] < 196
    assert not _overlap(placed.boxes[0], placed.boxes[1])


def test_those_that_come_first_are_named_first() -> None:
    """Of three whose names have room in the middle of one place only, the first has it, and the others none."""
    placed = place_labels(np.full((3, 2), 75.0), np.zeros(3), np.tile([30.0, 6.0], (3, 1)), AREA, beside=False)

    assert placed.named.tolist() == [True, False, False]
    assert placed.boxes[0].tolist() == [60, 72, 90, 78]


def test_no_name_lies_on_a_heavier_circle() -> None:
    """A small item within a large circle has no name; where all names are asked for, it has one in its middle."""
    centres, radii = np.array([[75.0, 75.0], [80.0, 75.0]]), np.array([30.0, 3.0])
    sizes = np.array([[0.0, 0.0], [20.0, 6.0]])

    assert not place_labels(centres, radii, sizes, AREA).named[1]
    assert place_labels(centres, radii, sizes, AREA, certain=True).boxes[1].tolist() == [70, 72, 90, 78]


def test_a_name_may_lie_on_lighter_circles_in_the_middle_of_its_own_only() -> None:
    """Ringed by lighter circles, one has its name in its middle; outside, the name would read as that of another."""
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = 75 + 16 * np.column_stack([np.cos(turn), np.sin(turn)])
    centres, radii = np.concatenate([[[75.0, 75.0]], ring]), np.array([8.0] + [5.0] * 24)
    sizes = np.concatenate([[[40.0, 6.0]], np.zeros((24, 2))])

    assert place_labels(centres, radii, sizes, AREA).boxes[0].tolist() == [55, 72, 95, 78]


def test_beside_its_circle_a_name_may_lie_on_much_smaller_ones() -> None:
    """A heavier circle touches it at the left, and dots are strewn all around: the name is at the right, over some."""
    dots = np.stack(np.meshgrid(np.linspace(30, 140, 23), np.linspace(40, 110, 15)), axis=-1).reshape(-1, 2)
    centres = np.concatenate([[[60.0, 75.0], [75.0, 75.0]], dots])
    radii = np.array([10.0, 5.0] + [1.0] * len(dots))
    sizes = np.concatenate([np.zeros((1, 2)), [[30.0, 6.0]], np.zeros((len(dots), 2))])
    placed = place_labels(centres, radii, sizes, AREA)

    assert placed.named[1]
    assert placed.boxes[1, 0] > 70


def test_a_name_yields_to_an_earlier_one() -> None:
    """The third has moved into the place that the second could have; in the end the second is named there."""
    board = Board(
        rooms=np.array([[[0.0, 0, 10, 5]], [[8.0, 0, 18, 5]], [[16.0, 0, 26, 5]]]),
        costs=np.zeros((3, 1)),
        unnamed=np.full(3, 1.5),
        near=np.array([[1, -1], [0, 2], [1, -1]]),
        chosen=np.array([-1, -1, 0]),
        cost=np.array([1.5, 1.5, 0.0]),
    )
    claim(board, 1)

    assert board.chosen.tolist() == [-1, 0, -1]


@pytest.mark.parametrize(("worse", "chosen"), [(1.0, [1, 0]), (2.0, [0, -1])])
def test_a_name_makes_way_only_for_a_place_that_is_not_much_worse(worse: float, chosen: list[int]) -> None:
    """The second has one place only, which is the best of the first; having no name would count 1.5."""
    board = Board(
        rooms=np.array([[[0.0, 0, 10, 5], [20, 0, 30, 5]], [[8.0, 0, 18, 5], [8, 0, 18, 5]]]),
        costs=np.array([[0.0, worse], [0.0, np.inf]]),
        unnamed=np.full(2, 1.5),
        near=np.array([[1], [0]]),
        chosen=np.full(2, -1),
        cost=np.full(2, 1.5),
    )
    search(board, 1)

    assert board.chosen.tolist() == chosen


def test_the_first_is_always_named() -> None:
    """Even where it hides a hundred circles as large as its own."""
    grid = np.stack(np.meshgrid(np.linspace(40, 110, 10), np.linspace(50, 100, 10)), axis=-1).reshape(-1, 2)
    sizes = np.concatenate([[[60.0, 40.0]], np.zeros((99, 2))])

    assert place_labels(grid, np.full(100, 3.0), sizes, AREA).named[0]


def test_a_text_is_broken_into_lines_where_that_finds_room() -> None:
    """Between two borders a text of forty points has no room beside its circle; in two lines of twenty it has."""
    forms = np.array([[[40.0, 6.0], [20.0, 13.0]]])
    placed = place_labels(np.array([[5.0, 20.0]]), np.array([4.0]), forms, (0.0, 0.0, 36.0, 40.0))

    assert placed.forms.tolist() == [1]
    assert placed.boxes[0].tolist() == pytest.approx([9.9, 13.5, 29.9, 26.5])


def test_between_two_names_there_is_a_blank() -> None:
    """Two names would fit with nothing between them: the second moves aside for a blank, or there is none."""
    centres, sizes = np.array([[40.0, 75.0], [70.0, 75.0]]), np.tile([30.0, 6.0], (2, 1))

    def placed(blank: float) -> Placement:
        return place_labels(centres, np.zeros(2), sizes, AREA, beside=False, blanks=np.full((2, 2), blank))

    assert placed(0.0).boxes.tolist() == [[25, 72, 55, 78], [55, 72, 85, 78]]
    assert placed(3.0).boxes.ravel().tolist() == pytest.approx([25, 72, 55, 78, 58.6, 72, 88.6, 78])
    assert placed(40.0).named.tolist() == [True, False]


def test_labels_of_items_at_one_place_surround_it() -> None:
    """Of six items at one point four are named: at the right and the left, above and below."""
    placed = place_labels(np.full((6, 2), 75.0), np.full(6, 3.0), np.tile([30.0, 6.0], (6, 1)), AREA)

    assert placed.named.tolist() == [True] * 4 + [False] * 2
    assert not any(_overlap(one, other) for one, other in combinations(placed.boxes[:4], 2))


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
