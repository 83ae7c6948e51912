"""Scales count in whole, round steps."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.figures.scales import round_step, unit_length, whole_ticks, width_in_points
from benang.figures.style import POINTS_PER_MM, new_figure

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
