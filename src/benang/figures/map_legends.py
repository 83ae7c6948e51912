"""Legends in a strip of their own below the map: colours, sizes and clusters, never over an item."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Circle, Rectangle

from benang.figures import LIGHT, POINTS_PER_MM, SMALL, Theme
from benang.figures.label_texts import cut_labels
from benang.figures.map_words import Words
from benang.figures.text_lines import cut, printable, text_width
from benang.locale.writing import numeral
from benang.looks.appearance import Palette, to_rgb
from benang.looks.colour_scales import ColourScale
from benang.looks.overlay import ScoreScale, scale_colours
from benang.maps import Map
from benang.maps.cluster_labels import joined, telling_items
from benang.network.network import Floats

_BAR_HEIGHT = 6.0
_LINE = SMALL * 1.45
_GREY_EDGE = "#8f8f8f"
_PALE = 0.92  # the least of red, green and blue
_WIDEST_TITLE = 160.0  # points, of a legend of sizes
_SAMPLE = 8.0  # points from the left of a cluster's circle to its text
_LENGTHS = ((0, 200), (1, 60), (1, 36), (1, 24))  # which of a cluster's names, and its letters
_FEW_SINGLE = 3
_MOST_ENTRIES = 60
_NARROW, _ROWS = 240.0, (3, 4)  # lines of clusters on a page, and on one narrower than so many points
_STEPS = 64  # rectangles of a colour bar: more than the eye distinguishes


@dataclass(frozen=True, slots=True)
class SizeLegend:
    """Circles whose size is explained: values of a weight and their diameters in points."""

    title: str
    values: tuple[float, ...]
    diameters: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ColourBar:
    """A scale of colours with its ticks (place 0 to 1, text), and what grey means ("" for nothing).

    `outlined`: some of the colours are as pale as paper, so the scale needs a border.
    """

    title: str
    ticks: tuple[tuple[float, str], ...]
    colours: tuple[str, ...]
    grey: str = ""
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """A cluster in a legend: its number (0 for items in none), its names from long to short, its colour, its items."""

    number: int
    names: tuple[str, ...]
    colour: str
    n_items: int


@dataclass(frozen=True, slots=True)
class ClusterLegend:
    """The clusters that occur on a map, by number."""

    entries: tuple[ClusterEntry, ...]


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


def cluster_legend(map_: Map, palette: Palette, words: Words) -> ClusterLegend | None:
    """Describe the clusters of a map: those that people named by that name, others by their most telling items.

    None where there are no clusters to distinguish: none at all, or only one that nobody named.
    """
    numbers, counts = np.unique(map_.cluster, return_counts=True)
    sizes = dict(zip(numbers.tolist(), counts.tolist(), strict=True))
    if len([number for number in sizes if number > 0]) < 2 and not map_.cluster_labels:
        return None
    two = telling_items(map_.network, map_.cluster, words=2)
    firsts = Counter(names[0] for names in two.values())
    one = {number: names[: 1 if firsts[names[0]] == 1 else 2] for number, names in two.items()}
    given = map_.cluster_labels
    entries = [
        ClusterEntry(
            number,
            tuple(printable(given.get(number) or joined(names[number])) for names in (two, one)),
            palette.of(number),
            sizes[number],
        )
        for number in sorted(sizes)
        if number > 0
    ]
    if 0 in sizes:
        grey = words("no_cluster", items=words.count(sizes[0], "item"))
        entries.append(ClusterEntry(0, (grey, grey), palette.of(0), sizes[0]))
    return ClusterLegend(tuple(entries))


_Row = list[tuple[float, str, str]]
"""Entries side by side: place, text, and colour ("" for none)."""


def _rows(legend: ClusterLegend, width: float, words: Words, most: int | None = None) -> list[_Row]:
    """Lay out a legend on `most` lines: with two names each where they fit, else with one, else as many as fit.

    Clusters of one item are left to the map, which names that item, where there are more than a few.
    """
    single = [entry for entry in legend.entries if entry.n_items == 1 and entry.number]
    larger = [entry for entry in legend.entries if entry.n_items > 1 or not entry.number]
    listed, rest = (larger, single) if larger and len(single) > _FEW_SINGLE else (legend.entries, [])
    most = most or _ROWS[width < _NARROW]
    listed, rest = listed[:_MOST_ENTRIES], [*listed[_MOST_ENTRIES:], *rest]
    texts: list[str] = []

    def flowing(n: int) -> list[_Row] | None:
        shown = [(text, entry.colour) for text, entry in zip(texts[:n], listed, strict=False)]
        left_out = [*listed[n:], *rest]
        if left_out:
            key = "more_single_clusters" if all(entry.n_items == 1 for entry in left_out) else "more_clusters"
            shown.append((words(key, n=words.number(len(left_out))), ""))
        return _flowing(shown, width, most)

    for which, length in _LENGTHS:
        texts = _entry_texts(listed, which, length)
        if (rows := flowing(len(texts))) is not None:
            return rows
    n = bisect_left(range(len(texts) + 1), True, key=lambda n: flowing(n) is None) - 1
    return (flowing(n) if n > 0 else None) or []


def _entry_texts(entries: Sequence[ClusterEntry], which: int, length: int) -> list[str]:
    names = cut_labels([entry.names[which] for entry in entries], length)
    return [f"{entry.number} {name}" if entry.number else name for entry, name in zip(entries, names, strict=True)]


def _flowing(entries: Sequence[tuple[str, str]], width: float, most: int) -> list[_Row] | None:
    """Set texts with their colours side by side; None where that takes too many lines."""
    rows: list[_Row] = [[]]
    at = 0.0
    for text, colour in entries:
        wide = (_SAMPLE if colour else 0.0) + text_width(text, SMALL)
        if wide > width:
            return None
        if rows[-1] and at + wide > width:
            rows.append([])
            at = 0.0
        rows[-1].append((at, text, colour))
        at += wide + 10
    return rows if len(rows) <= most else None


def cluster_height(legend: ClusterLegend, width: float, words: Words) -> float:
    """Return the height of a legend of clusters within a width, in points."""
    return len(_rows(legend, width, words)) * _LINE + 2 if legend.entries else 0.0


def draw_clusters(
    axes: Axes,
    legend: ClusterLegend,
    words: Words,
    left: float,
    top: float,
    width: float,
    theme: Theme = LIGHT,
    *,
    height: float | None = None,
) -> None:
    """Draw a legend of clusters from `left` and below `top`, in points, on as many lines as a `height` has room for.

    Without a height they are few, as below a map.
    """
    most = None if height is None else max(1, int(height / _LINE))
    for line, row in enumerate(_rows(legend, width, words, most)):
        baseline = top - SMALL - line * _LINE
        for at, text, colour in row:
            if colour:
                middle = (left + at + 3, baseline + SMALL * 0.36)
                axes.add_patch(Circle(middle, 2.7, facecolor=colour, edgecolor="none"))
            ink = theme.ink if colour else theme.muted
            _write(axes, left + at + (_SAMPLE if colour else 0.0), baseline, text, ink)


def _cut(text: str, room: float) -> str:
    """Cut a text to a room in points."""
    return cut(text, room / POINTS_PER_MM, SMALL)


def _write(axes: Axes, x: float, y: float, text: str, colour: str, *, align: str = "left") -> None:
    axes.text(x, y, text, fontsize=SMALL, color=colour, ha=align, va="baseline", parse_math=False)
