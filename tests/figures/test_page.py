"""What is put on a page stands where it was put, in millimetres, and keys break into lines where they must."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes

from benang.figures import POINTS_PER_MM, new_figure, styled
from benang.figures.page import (
    KeyEntry,
    axes_at,
    draw_key,
    draw_notes,
    key_height,
    notes_height,
    page_of,
    round_step,
    unit_length,
    whole_ticks,
    width_in_points,
)

ENTRIES = [KeyEntry(text, lambda _page, _x, _y: None) for text in ("cases", "studies", "told as a group of cases")]


def test_axes_stand_at_their_place_in_millimetres() -> None:
    """20 mm from the left and 10 mm from the top of a figure of 100 × 50 mm."""
    box = axes_at(new_figure(100, 50), 20, 10, 60, 30).get_position()

    assert (box.x0, box.y1, box.width, box.height) == pytest.approx((0.2, 0.8, 0.6, 0.6))


def test_a_key_takes_a_line_more_where_its_entries_find_no_room_side_by_side() -> None:
    """Wide enough it is one line high; in a narrow figure each entry has a line, and the last one has two."""
    assert key_height(ENTRIES, 200) < key_height(ENTRIES, 40) < key_height(ENTRIES, 20)


def test_each_sample_is_drawn_beside_its_text() -> None:
    """The texts follow their samples from left to right on one line."""
    drawn: list[tuple[float, float]] = []

    def sample(_page: Axes, x: float, y: float) -> None:
        drawn.append((x, y))

    figure = new_figure(120, 20)
    page = page_of(figure)
    draw_key(page, [KeyEntry("one", sample), KeyEntry("two", sample)], 5, 5, 110)
    texts = [text.get_position()[0] for text in page.texts]

    assert drawn[0][0] < texts[0] < drawn[1][0] < texts[1]
    assert drawn[0][1] == drawn[1][1]


def test_notes_stand_above_the_lower_edge() -> None:
    """Notes are broken to the figure's width, and stay within the height that they asked for."""
    notes = ["Small corpus: 23 records. Read the map as an illustration, not as a structure of the field.", "Second."]
    with styled():
        figure = new_figure(84, 60)
        height = draw_notes(figure, notes)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in figure.texts]

    assert len(boxes) == 3
    assert height == notes_height(notes, 84)
    assert all(box.y0 >= 0 and box.y1 <= height / 60 * figure.bbox.height for box in boxes)
    assert all(box.x1 <= figure.bbox.width for box in boxes)


pytestmark = pytest.mark.fast


@given(st.integers(0, 10**6), st.integers(2, 10))
def test_ticks_are_few_begin_at_nought_and_stay_on_the_scale(maximum: int, most: int) -> None:
    """About as many as asked for, one round step apart."""
    ticks = whole_ticks(maximum, most)
    steps = {after - before for before, after in pairwise(ticks)}

    assert ticks[0] == 0
    assert ticks[-1] <= max(maximum, 1)
    assert len(ticks) <= most + 1 or maximum < most
    assert steps <= {round_step(maximum / most)}


def test_a_unit_is_as_long_as_the_scale_says() -> None:
    """On axes 50 mm wide that show 0 to 10, one is 5 mm."""
    figure = new_figure(100, 50)
    axes = figure.add_axes((0.25, 0.25, 0.5, 0.5))
    axes.set_xlim(0, 10)

    assert width_in_points(axes) == pytest.approx(50 * POINTS_PER_MM)
    assert unit_length(axes) == pytest.approx(5 * POINTS_PER_MM)
