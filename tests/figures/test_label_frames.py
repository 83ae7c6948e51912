"""Frames find places over their items, apart and on the page."""

from __future__ import annotations

import numpy as np

from benang.figures.label_placement import place_frames

AREA = (0.0, 0.0, 100.0, 100.0)


def test_a_frame_alone_is_centred_on_its_item() -> None:
    """Half of it on each side."""
    assert place_frames(np.array([[50.0, 40.0]]), np.array([[20.0, 8.0]]), AREA).boxes[0].tolist() == [40, 36, 60, 44]


def test_a_frame_moves_aside_where_another_stands_but_stays_over_its_item() -> None:
    """The second of two close items has its frame shifted; the item still lies below it."""
    placed = place_frames(np.array([[50.0, 50.0], [50.0, 56.0]]), np.full((2, 2), (20.0, 8.0)), AREA)
    left, bottom, right, top = placed.boxes[1]

    assert placed.named.tolist() == [True, True]
    assert bottom > placed.boxes[0, 3]
    assert left < 50 < right
    assert bottom < 56 < top


def test_a_frame_at_the_border_is_pushed_onto_the_page() -> None:
    """One wider than the page is left out, and so is one without a text."""
    placed = place_frames(
        np.array([[1.0, 1.0], [50.0, 50.0], [80.0, 80.0]]), np.array([[20.0, 8], [101, 8], [0, 0]]), AREA
    )

    assert placed.boxes[0].tolist() == [0, 0, 20, 8]
    assert placed.named.tolist() == [True, False, False]
