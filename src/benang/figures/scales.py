"""Scales of charts (counts, years, powers of ten): where their ticks stand, how long they are, what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from benang.figures.page import FAINT, put
from benang.figures.style import NORMAL, SMALL
from benang.figures.text_lines import text_width
from benang.locale import Language
from benang.locale.writing import numeral


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


def name_axes(page: Axes, box: tuple[float, float, float, float], across: str, up: str, *, below: float = 8.5) -> None:
    """Write the names of both scales around axes at a box (left, top, width, height in mm)."""
    left, top, width, height = box
    if across:
        put(page, left + width / 2, top + height + below, across, size=NORMAL, ha="center")
    put(page, 3.5, top + height / 2, up, size=NORMAL, ha="center", rotation=90)


def count_scale(axes: Axes, highest: float, language: Language, *, most: int = 6) -> None:
    """Let a scale of counts begin at 0, with whole ticks and faint lines."""
    axes.set_ylim(0, max(highest, 1) * 1.04)
    ticks = whole_ticks(max(highest, 1), most=most)
    axes.set_yticks(ticks, [numeral(one, language) for one in ticks])
    axes.grid(axis="y", color=FAINT, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def year_scale(axes: Axes, first: int, last: int, *, named: bool = True) -> None:
    """Let a scale run over years: every year named where there is room, else round ones and both ends."""
    axes.set_xlim(first - 0.7, last + 0.7)
    room = (text_width("2000", SMALL) + 3) / unit_length(axes)
    ends = sorted({first, last})
    step = round_step(room)
    shown = [
        year
        for year in range(first, last + 1)
        if year % step == 0 and all(abs(year - end) >= room or year == end for end in ends)
    ]
    shown = sorted({*shown, *(ends if room <= last - first else ends[-1:])})
    axes.set_xticks(shown, [str(year) if named else "" for year in shown])
    axes.tick_params(axis="x", length=2.5, labelbottom=named)


def log_scale(axes: Axes, highest: float, language: Language, *, lowest: float = 1) -> None:
    """Let the horizontal scale be logarithmic from `lowest` on, with 1, 10, 100 … (2 and 5 where few) as ticks."""
    axes.set_xscale("log")
    axes.set_xlim(lowest * 0.88, highest * 1.12)
    ticks = log_ticks(lowest, highest)
    axes.set_xticks(ticks, [numeral(one, language) for one in ticks])
    axes.set_xticks([], minor=True)


def log_ticks(lowest: float, highest: float) -> list[float]:
    """Return 1, 10, 100, …, and 2 and 5 between where the scale spans fewer than three decades.

    Examples
    --------
    >>> log_ticks(1, 60), log_ticks(1, 5000)
    ([1, 2, 5, 10, 20, 50], [1, 10, 100, 1000])
    """
    steps: Sequence[int] = (1, 2, 5) if highest / lowest < 1000 else (1,)
    ticks = [step * 10**power for power in range(7) for step in steps]
    return [tick for tick in ticks if lowest <= tick <= highest]
