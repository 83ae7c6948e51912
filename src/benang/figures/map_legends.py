"""Legends in a strip of their own below the map: colours, sizes and clusters, never over an item."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Circle, Rectangle

from benang.figures.letters import printable
from benang.figures.map_sheet import LIGHT, Theme
from benang.figures.map_words import Words
from benang.figures.style import POINTS_PER_MM, SMALL
from benang.figures.text_lines import cut, text_width
from benang.locale.writing import numeral
from benang.looks.colour_scales import ColourScale
from benang.looks.colours import to_rgb
from benang.looks.overlay import ScoreScale, scale_colours
from benang.network.network import Floats

_BAR_HEIGHT = 6.0
_LINE = SMALL * 1.45
_GREY_EDGE = "#8f8f8f"
_PALE = 0.92  # the least of red, green and blue
_WIDEST_TITLE = 160.0  # points, of a legend of sizes
_STEPS = 64  # rectangles of a colour bar: more than the eye tells apart


@dataclass(frozen=True, slots=True)
class SizeLegend:
    """Circles whose size is explained: values of a weight and their diameters in points."""

    title: str
    values: tuple[float, ...]
    diameters: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ColourBar:
    """A scale of colours with its ticks (place 0 to 1, text), and what grey stands for ("" for nothing).

    `outlined`: some of the colours are as pale as paper, so the scale needs a border.
    """

    title: str
    ticks: tuple[tuple[float, str], ...]
    colours: tuple[str, ...]
    grey: str = ""
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class ClusterLegend:
    """Clusters with names: label and colour of each."""

    entries: tuple[tuple[str, str], ...]


def round_sizes(values: Floats) -> tuple[float, ...]:
    """Choose up to three values for the legend of sizes, largest last: round numbers that the map reaches.

    Examples
    --------
    >>> round_sizes(np.array([3.0, 40, 700])), round_sizes(np.array([1.0, 2, 3])), round_sizes(np.array([4.0, 4]))
    ((20.0, 100.0, 500.0), (1.0, 2.0, 3.0), (4.0,))
    """
    low, high = float(values.min()), float(values.max())
    if high <= 0:
        return ()
    if high <= 10 and bool((values == np.rint(values)).all()):
        return tuple(sorted({max(low, 1.0), float(np.ceil((low + high) / 2)), high}))
    power = np.floor(np.log10(high))
    rounds = [float(f"{factor}e{int(power) - back}") for back in (2, 1, 0) for factor in (1, 2, 5)]
    reached = np.array([value for value in rounds if max(low, high / 50) <= value <= high])
    if not len(reached):
        return (high,)
    wanted = reached[-1] / np.array([16.0, 4.0, 1.0])
    return tuple(sorted({float(reached[np.abs(np.log(reached / value)).argmin()]) for value in wanted}))


def score_bar(
    title: str,
    scale: ScoreScale | None,
    words: Words,
    *,
    years: bool,
    n_without: int,
    colours: str | ColourScale = "viridis",
) -> ColourBar:
    """Describe the colour bar of an overlay; without any score it only says what grey is."""
    grey = words("no_year" if years else "no_score", items=words.count(n_without, "item")) if n_without else ""
    if scale is None:
        return ColourBar(title, (), (), grey)
    texts = [numeral(tick, words.language, scale.decimals, is_grouped=not years) for tick in scale.ticks]
    places = scale.share(np.array(scale.ticks)).tolist()
    shades = scale_colours(np.linspace(0, 1, _STEPS) if scale.high > scale.low else np.array([0.5]), colours)
    pale = bool((to_rgb(shades).min(axis=1) > _PALE).any())
    return ColourBar(title, tuple(zip(places, texts, strict=True)), shades, grey, outlined=pale)


def bar_height() -> float:
    """Return the height of a colour bar with title and ticks, in points."""
    return _LINE + _BAR_HEIGHT + _LINE + 2


def draw_bar(axes: Axes, bar: ColourBar, left: float, top: float, room: float, theme: Theme = LIGHT) -> None:
    """Draw a colour bar from `left` and below `top`, at most `room` wide, in points."""
    grey = text_width(bar.grey, SMALL) + 25 if bar.grey else 0.0
    widest = max((text_width(text, SMALL) for _, text in bar.ticks), default=0.0)
    width = min(max(140.0, len(bar.ticks) * (widest + 7)), room - grey - widest)
    ticks = bar.ticks[:: max(1, int(np.ceil(len(bar.ticks) * (widest + 3) / max(width, 1.0))))]
    baseline = top - SMALL
    _write(axes, left, baseline, _cut(bar.title, room), theme.ink)
    upper = top - _LINE
    right = left
    if bar.colours:
        left += widest / 2 if bar.ticks[0][0] < 0.05 else 0.0
        edges = np.linspace(left, left + width, len(bar.colours) + 1)
        lower = upper - _BAR_HEIGHT
        shades = [
            [(a, lower), (a, upper), (min(b + 0.3, left + width), upper), (min(b + 0.3, left + width), lower)]
            for a, b in pairwise(edges.tolist())
        ]
        axes.add_collection(PolyCollection(shades, facecolors=bar.colours, edgecolors="none"), autolim=False)
        if bar.outlined:
            frame = Rectangle((left, lower), width, _BAR_HEIGHT, facecolor="none", edgecolor=theme.key_edge)
            frame.set_linewidth(0.35)
            axes.add_patch(frame)
        for place, text in ticks:
            at = left + place * width
            axes.plot([at, at], [lower, lower - 2], color=theme.ink, linewidth=0.4, solid_capstyle="butt")
            _write(axes, at, lower - 2.8 - SMALL * 0.76, text, theme.ink, align="center")
        right = left + width + max(widest / 2, 4) + 10
    if bar.grey:
        middle = upper - _BAR_HEIGHT / 2
        axes.add_patch(Circle((right + 3, middle), 3, facecolor=theme.none, edgecolor=_GREY_EDGE, linewidth=0.35))
        _write(axes, right + 9, middle - SMALL * 0.36, bar.grey, theme.ink)


def size_height(legend: SizeLegend) -> float:
    """Return the height of a legend of sizes, in points."""
    return _LINE + max([SMALL, *legend.diameters]) + 2


def size_width(legend: SizeLegend, words: Words) -> float:
    """Return the width of a legend of sizes, in points."""
    entries = [
        diameter + 3 + text_width(words.number(value), SMALL) + 9
        for value, diameter in zip(legend.values, legend.diameters, strict=True)
    ]
    return max(math.fsum(entries), min(text_width(legend.title, SMALL), _WIDEST_TITLE))


def draw_sizes(axes: Axes, legend: SizeLegend, words: Words, left: float, top: float, theme: Theme = LIGHT) -> None:
    """Draw a legend of sizes from `left` and below `top`, in points: circles in a row, each with its value."""
    _write(axes, left, top - SMALL, _cut(legend.title, size_width(legend, words)), theme.ink)
    middle = top - _LINE - max([SMALL, *legend.diameters]) / 2
    for value, diameter in zip(legend.values, legend.diameters, strict=True):
        axes.add_patch(
            Circle(
                (left + diameter / 2, middle),
                diameter / 2,
                facecolor=theme.key,
                edgecolor=theme.key_edge,
                linewidth=0.4,
            )
        )
        text = words.number(value)
        _write(axes, left + diameter + 3, middle - SMALL * 0.36, text, theme.ink)
        left += diameter + 3 + text_width(text, SMALL) + 9


def cluster_legend(labels: Mapping[int, str], colours: Mapping[int, str]) -> ClusterLegend:
    """Describe the legend of clusters that have names, by number."""
    return ClusterLegend(tuple((printable(labels[number]), colours[number]) for number in sorted(labels)))


def _rows(legend: ClusterLegend, width: float) -> Sequence[Sequence[tuple[float, str, str]]]:
    rows: list[list[tuple[float, str, str]]] = [[]]
    at = 0.0
    for whole, colour in legend.entries:
        label = _cut(whole, width - 9)
        wide = 9 + text_width(label, SMALL)
        if rows[-1] and at + wide > width:
            rows.append([])
            at = 0.0
        rows[-1].append((at, label, colour))
        at += wide + 10
    return rows


def cluster_height(legend: ClusterLegend, width: float) -> float:
    """Return the height of a legend of clusters within a width, in points."""
    return len(_rows(legend, width)) * _LINE + 2 if legend.entries else 0.0


def draw_clusters(
    axes: Axes, legend: ClusterLegend, left: float, top: float, width: float, theme: Theme = LIGHT
) -> None:
    """Draw a legend of clusters from `left` and below `top`, in points, broken into lines."""
    for line, row in enumerate(_rows(legend, width)):
        baseline = top - SMALL - line * _LINE
        for at, label, colour in row:
            axes.add_patch(Circle((left + at + 3, baseline + SMALL * 0.36), 2.7, facecolor=colour, edgecolor="none"))
            _write(axes, left + at + 8, baseline, label, theme.ink)


def _cut(text: str, room: float) -> str:
    """Cut a text to a room in points."""
    return cut(text, room / POINTS_PER_MM, SMALL)


def _write(axes: Axes, x: float, y: float, text: str, colour: str, *, align: str = "left") -> None:
    axes.text(x, y, text, fontsize=SMALL, color=colour, ha=align, va="baseline", parse_math=False)


@dataclass(frozen=True, slots=True)
class Strip:
    """All legends of a figure: on the left what colours mean, on the right what sizes mean."""

    sizes: SizeLegend | None = None
    bar: ColourBar | None = None
    clusters: ClusterLegend | None = None

    def height(self, width: float, words: Words) -> float:
        """Return the height that the legends need within a width, in points; 0 where there are none."""
        heights = [0.0]
        if self.sizes is not None:
            heights.append(size_height(self.sizes))
        if self.bar is not None:
            heights.append(bar_height())
        if self.clusters is not None:
            heights.append(cluster_height(self.clusters, self._room(width, words)))
        return max(heights)

    def _room(self, width: float, words: Words) -> float:
        return width - (size_width(self.sizes, words) + 16 if self.sizes is not None else 0.0)

    def draw(self, axes: Axes, left: float, right: float, top: float, words: Words, theme: Theme = LIGHT) -> None:
        """Draw the legends below `top`, between `left` and `right`, all in points."""
        room = self._room(right - left, words)
        if self.sizes is not None:
            draw_sizes(axes, self.sizes, words, right - size_width(self.sizes, words), top, theme)
        if self.bar is not None:
            draw_bar(axes, self.bar, left, top, room, theme)
        if self.clusters is not None:
            draw_clusters(axes, self.clusters, left, top, room, theme)
