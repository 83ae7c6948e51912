"""Scales of charts: where ticks stand, and how long they are on paper."""

from __future__ import annotations

from matplotlib.axes import Axes


def whole_ticks(maximum: float, most: int = 8) -> list[int]:
    """Return at most about `most` whole numbers from 0 on, a round step apart, that a scale up to `maximum` shows.

    Examples
    --------
    >>> whole_ticks(5), whole_ticks(13), whole_ticks(0)
    ([0, 1, 2, 3, 4, 5], [0, 2, 4, 6, 8, 10, 12], [0, 1])
    """
    step = round_step(maximum / most)
    return list(range(0, int(max(maximum, 1)) + 1, step))


def round_step(least: float) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50, … that is not below `least`.

    Examples
    --------
    >>> round_step(0.3), round_step(1.6), round_step(30)
    (1, 2, 50)
    """
    step = 1
    while step < least:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def unit_length(axes: Axes) -> float:
    """Return the length in points of 1 on the horizontal scale."""
    low, high = axes.get_xlim()
    return width_in_points(axes) / (high - low)


def width_in_points(axes: Axes) -> float:
    """Return the width of axes in points."""
    return float(axes.bbox.width / axes.figure.dpi * 72)
