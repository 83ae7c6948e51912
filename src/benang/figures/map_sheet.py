"""The page of a map: how it is turned, where the map, its legends and its notes go, and how large everything is.

All lengths are in points (1/72 inch), from the lower left corner of the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes

from benang.figures import LARGE, LIGHT, MARGIN, POINTS_PER_MM, Theme
from benang.figures.label_search import Box
from benang.figures.label_texts import block_sizes
from benang.figures.map_legends import (
    ClusterLegend,
    ColourBar,
    SizeLegend,
    bar_height,
    cluster_height,
    draw_bar,
    draw_clusters,
    draw_sizes,
    size_height,
    size_width,
)
from benang.figures.map_words import Words
from benang.figures.page import notes_height
from benang.looks.appearance import Indices
from benang.maps import Map
from benang.network.network import Floats

BORDER = 5.0  # around the map
_GAP = 5.0  # between the map, its legend and the notes
_ASPECTS = (0.45, 0.95)  # height of the map by its width, when nobody says otherwise
_MAP_BY_FOOT = 4.6  # the height of a map by that of legends and notes, at least: they take less than a fifth
_TURNED = (0.75, 0.5, 0.006)  # height by width that a map is turned to, at most; of few items less, by their number
_LEAST_TURNED = 5  # items: fewer have no shape
_ANGLES = tuple(range(-87, 91, 3))  # degrees
_WORTH_TURNING, _NEARLY = 1.12, 0.97  # how much larger a map must become; what is nearly as large
_FLAT = (0.4, 0.05)  # a map of few items is flatter: at most so much, and so much more for each item
_CIRCLE_SHARE = 0.045  # of the map's area for circles, so that they neither drown nor vanish
_CIRCLE_POINTS = (0.26, 0.75)  # points to VOSviewer's pixel, at least and at most
_COVERED, _FEW_LINKS = 0.5, 60  # of a link, at most, by the circles at its ends, where there are no more links
_LARGEST_CIRCLE = 0.16  # of the shorter side
_MANY_ITEMS = 1000  # from here on circles shrink with the number of items
_LABEL_POINTS = (0.42, 0.62)
_LABEL_SHARE = 0.16  # of the map's area: above it texts shrink
_LEAST_SIZE, _LARGEST_SIZE = 6.0, 13.0
_MANY_NAMES, _LARGEST_OF_MANY = 150, 10.0
_DENSITY_POINTS, _LEAST_ON_DENSITY, _LARGEST_ON_DENSITY = 0.62, 6.5, 11.0
_LARGEST_LABEL = 0.8  # of the map's width


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in points: its size, the box of the map, and the upper edge of the legend."""

    width: float
    height: float
    area: Box
    legend_top: float


@dataclass(frozen=True, slots=True)
class Foot:
    """What is below a map: what colours mean and the notes on the left, what sizes mean on the right.

    All in points: its height, without the gap to the map; the width of the legend on the left; that of the notes.
    """

    height: float
    legend: float
    notes: float


@dataclass(frozen=True, slots=True)
class Strip:
    """All legends of a figure: on the left what colours mean, on the right what sizes mean."""

    sizes: SizeLegend | None = None
    bar: ColourBar | None = None
    clusters: ClusterLegend | None = None

    def foot(self, width: float, notes: Sequence[str], words: Words) -> Foot:
        """Share out the foot of a page: notes below the legend on the left, or below both where that is lower."""
        sizes = size_height(self.sizes) if self.sizes is not None else 0.0
        room = self._room(width, words)
        left = self._left(room, words)
        beside = left + _notes_height(notes, room)
        below = max(left, sizes) + _notes_height(notes, width)
        if max(beside, sizes) <= below:
            return Foot(max(beside, sizes), room, room)
        return Foot(below, room, width)

    def height(self, width: float, words: Words) -> float:
        """Return the height that the legends need within a width, in points; 0 where there are none."""
        return self.foot(width, (), words).height

    def _left(self, room: float, words: Words) -> float:
        if self.bar is not None:
            return bar_height()
        return cluster_height(self.clusters, room, words) if self.clusters is not None else 0.0

    def _room(self, width: float, words: Words) -> float:
        return width - (size_width(self.sizes, words) + 16 if self.sizes is not None else 0.0)

    def draw(self, axes: Axes, left: float, right: float, top: float, words: Words, theme: Theme = LIGHT) -> None:
        """Draw the legends below `top`, between `left` and `right`, all in points."""
        room = self._room(right - left, words)
        if self.sizes is not None:
            draw_sizes(axes, self.sizes, words, right - size_width(self.sizes, words), top, theme)
        if self.bar is not None:
            draw_bar(axes, self.bar, left, top, room, theme)
        elif self.clusters is not None:
            draw_clusters(axes, self.clusters, words, left, top, room, theme)

    def draw_in(self, axes: Axes, box: Box, words: Words) -> None:
        """Draw the legends in a box (left, bottom, right, top), one below the other."""
        left, bottom, right, top = box
        if self.sizes is not None:
            draw_sizes(axes, self.sizes, words, left, top)
            top -= size_height(self.sizes) + _GAP
        if self.clusters is not None:
            draw_clusters(axes, self.clusters, words, left, top, right - left, height=top - bottom)


def _notes_height(notes: Sequence[str], width: float) -> float:
    return notes_height(notes, width / POINTS_PER_MM + 2 * MARGIN) * POINTS_PER_MM


def sheet_for(width: float, height: float | None, aspect: float, *, title: bool, foot: float) -> Sheet:
    """Share out a page `width` mm wide; without a `height` (mm) it follows the map's own shape.

    `aspect` is the map's height by its width, `foot` the height in points that legends and notes need. Where that is
    more than a part of the page, a page without a given height becomes higher, up to about a square.
    """
    wide = width * POINTS_PER_MM
    foot = foot + _GAP if foot else 0.0
    head = LARGE * 1.6 if title else 0.0
    drawn = max(wide * aspect, min(foot * _MAP_BY_FOOT, wide * _ASPECTS[1]))
    if height is not None:
        drawn = height * POINTS_PER_MM - foot - head
    drawn = max(drawn, 40.0)
    total = foot + drawn + head
    area = (BORDER, foot + BORDER, wide - BORDER, foot + drawn - BORDER)
    return Sheet(wide, total, area, foot)


def turned_to_fill(map_: Map) -> Map:
    """Return a map turned so that it fills a page, where it is a flat or a tall strip; else as it is.

    Maps are widest from left to right, as VOSviewer's (`standardized`), and many are more than twice as wide as high
    then, with empty corners. Turned, such a map may be drawn larger. Only what is drawn is turned, by the places of the
    items alone, so that all views of a map are turned alike; of the angles that serve nearly best it is the smallest.

    Examples
    --------
    >>> from benang.network.network import Network, symmetric
    >>> names = tuple("abcdefghij")
    >>> network = Network(names, names, symmetric(10, [], [], []))
    >>> line = Map(network, np.linspace([0.0, 0.0], [9.0, 0.0], 10), np.ones(10, np.int64))
    >>> turned = turned_to_fill(line).xy
    >>> [round(float(span), 1) for span in np.ptp(turned, axis=0)]
    [8.2, 3.7]
    """
    if len(map_) < _LEAST_TURNED:
        return map_
    n = len(map_)
    highest = min(_TURNED[0], _TURNED[1] + _TURNED[2] * n)
    across = {angle: float(np.ptp(map_.xy @ _directions(angle)[0])) for angle in _ANGLES}
    along = {angle: across[angle - 90 if angle > 0 else angle + 90] for angle in _ANGLES}
    sizes = [_size(across[angle], along[angle], highest) for angle in _ANGLES]
    best = max(sizes)
    is_flat = along[0] < _ASPECTS[0] * across[0]  # flatter than any page
    if not is_flat and best < _WORTH_TURNING * _size(across[0], along[0], min(_ASPECTS[1], _FLAT[0] + _FLAT[1] * n)):
        return map_
    angle = min((angle for angle, size in zip(_ANGLES, sizes, strict=True) if size >= _NEARLY * best), key=abs)
    return replace(map_, xy=np.stack([map_.xy @ axis for axis in _directions(angle)], axis=1))


def _directions(degrees: int) -> tuple[Floats, Floats]:
    """Return what lies across and along a page once a map has been turned against the clock."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([cosine, -sine]), np.array([sine, cosine])


def _size(across: float, along: float, highest: float) -> float:
    """Return how large a map is drawn on a page as wide as 1 whose height follows it up to `highest`."""
    if across <= 0 or along <= 0:
        return 1 / max(across, along / highest, 1e-12)
    return min(1 / across, min(max(along / across, _ASPECTS[0]), highest) / along)


def aspect_of(xy: Floats, n_items: int) -> float:
    """Return the height of a map by its width: that of its places, from 0.45 to 0.95, less where items are few.

    Examples
    --------
    >>> aspect_of(np.array([[0.0, 0.0], [2.0, 1.0]]), 100), aspect_of(np.array([[0.0, 0.0], [0.0, 0.0]]), 2)
    (0.5, 0.45)
    """
    across, along = (float(span) for span in np.ptp(xy, axis=0))
    own = along / across if across > 0 else float(along > 0)
    return float(np.clip(own, _ASPECTS[0], min(_ASPECTS[1], _FLAT[0] + _FLAT[1] * max(n_items, 2))))


def fit(xy: Floats, radii: Floats, area: Box) -> tuple[Floats, float]:
    """Return places in points, and points per unit, so that all circles lie within the area, as large as may be.

    Both axes have the same scale; the map is centred. Items at one point stand in the middle.

    Examples
    --------
    >>> places, scale = fit(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([1.0, 1.0]), (0.0, 0.0, 12.0, 4.0))
    >>> places.round(6).tolist(), round(scale, 6)
    ([[1.0, 2.0], [11.0, 2.0]], 10.0)
    """
    room = np.array(area[2:]) - np.array(area[:2])

    def extent(scale: float) -> tuple[Floats, Floats]:
        return (xy * scale - radii[:, None]).min(axis=0), (xy * scale + radii[:, None]).max(axis=0)

    low, high = 0.0, float(room.max()) / max(float(np.ptp(xy, axis=0).max()), 1e-12)
    if np.ptp(xy, axis=0).max() <= 0:
        low = high = 0.0
    for _ in range(50):
        middle = (low + high) / 2
        least, most = extent(middle)
        low, high = (middle, high) if bool((most - least <= room).all()) else (low, middle)
    least, most = extent(low)
    return xy * low + (np.array(area[:2]) + np.array(area[2:]) - least - most) / 2, low


def circle_points(pixels: Floats, area: Box) -> float:
    """Return how many points a pixel of VOSviewer's circles takes on this page.

    Examples
    --------
    >>> round(circle_points(np.full(100, 16.0), (0.0, 0.0, 480.0, 360.0)), 2)
    0.62
    """
    across, along = area[2] - area[0], area[3] - area[1]
    share = np.sqrt(_CIRCLE_SHARE * across * along / max(float((np.pi / 4 * pixels**2).sum()), 1e-9))
    shrink = float(np.sqrt(min(1.0, _MANY_ITEMS / len(pixels))))
    least, most = _CIRCLE_POINTS
    return float(min(np.clip(share, least * shrink, most), _LARGEST_CIRCLE * min(across, along) / pixels.max()))


def with_links_seen(per_pixel: float, pixels: Floats, ends: tuple[Indices, Indices], lengths: Floats) -> float:
    """Return the points to a pixel of circles that leave half of each link in sight, on a map of few links.

    Circles that cover more of the shortest links become smaller, down to half of what they were. `pixels` are their
    diameters, `ends` the two circles of each link, `lengths` those of the links from middle to middle, in points.

    Examples
    --------
    >>> pair = (np.array([0]), np.array([1]))
    >>> with_links_seen(1.0, np.array([8.0, 8.0]), pair, np.array([12.0])).__round__(2)
    0.75
    """
    if not 0 < len(lengths) <= _FEW_LINKS:
        return per_pixel
    covered = (pixels[ends[0]] + pixels[ends[1]]) / 2 * per_pixel / np.maximum(lengths, 1e-9)
    return per_pixel * float(np.clip(_COVERED / np.percentile(covered, 90), 0.5, 1.0))


def label_points(pixels: Floats, texts: Sequence[str], area: Box, *, scale: float = 1.0) -> Floats:
    """Return the text sizes of labels in points: VOSviewer's pixels, scaled to the room there is.

    The more room the texts would take, the smaller they are, but 6 points at least; none is wider than four fifths of
    the map, or larger than 13 points, of more than 150 texts 10. A `scale` above or below 1 moves these limits.
    """
    blocks = block_sizes(texts)
    room = (area[2] - area[0]) * (area[3] - area[1])

    def share(sizes: Floats) -> float:
        return float((blocks.prod(axis=1) * sizes**2).sum()) / room

    least = scale * _LEAST_SIZE
    steps = np.linspace(_LABEL_POINTS[1], _LABEL_POINTS[0], 11)
    tried = (np.maximum(pixels * step, least) for step in steps)
    sizes = next((sizes for sizes in tried if share(sizes) <= _LABEL_SHARE), np.maximum(pixels * steps[-1], least))
    return _limited(sizes, blocks, area, scale)


def density_points(pixels: Floats, texts: Sequence[str], area: Box, *, scale: float = 1.0) -> Floats:
    """Return the text sizes of labels on a density map, where few stand, from 6.5 to 11 points."""
    sizes = np.clip(pixels * _DENSITY_POINTS, scale * _LEAST_ON_DENSITY, scale * _LARGEST_ON_DENSITY)
    return _limited(sizes, block_sizes(texts), area, scale)


def _limited(sizes: Floats, blocks: Floats, area: Box, scale: float) -> Floats:
    widest = _LARGEST_LABEL * (area[2] - area[0]) / np.maximum(blocks[:, 0], 1e-9)
    largest = _LARGEST_SIZE if int((blocks[:, 0] > 0).sum()) <= _MANY_NAMES else _LARGEST_OF_MANY
    fitting: Floats = np.minimum(np.minimum(sizes, scale * largest), widest)
    return fitting
