"""Links, circles and labels put on a page, and what a figure says about itself below the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from numpy.typing import NDArray

from benang.figures.label_halo import Halos, halo_id
from benang.figures.label_lines import lines_in
from benang.figures.label_placement import Placement
from benang.figures.map_sheet import Sheet
from benang.figures.map_words import Words
from benang.figures.style import INK
from benang.maps.appearance import ShownLinks
from benang.maps.colours import darken, lighten, mix, rgb_to_lab, to_hex, to_rgb
from benang.maps.map import Map
from benang.network.network import Floats
from benang.records.corpus import SMALL_CORPUS
from benang.records.record import ASSIGNED

_CIRCLE_OPACITY, _LINK_OPACITY = 0.8, 0.5
_COLOUR_STEP = 14.0  # in Lab: how far the colour may jump along a link
_MOST_STEPS = 6
_HALO = 0.8
_CURVE = [Path.MOVETO, Path.CURVE3, Path.CURVE3]


def page_axes(figure: Figure, sheet: Sheet) -> Axes:
    """Return axes over the whole page whose unit is the point."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, sheet.width), ylim=(0, sheet.height))
    axes.set_axis_off()
    return axes


def draw_links(axes: Axes, curves: Floats, colours: tuple[str, ...], links: ShownLinks, widths: Floats) -> None:
    """Draw links (n × 3 × 2: start, control point, end), each shading from the colour of one end to the other's."""
    if not len(links):
        return
    rgb = to_rgb(colours)
    start, end = rgb[links.source], rgb[links.target]
    apart = np.sqrt(((rgb_to_lab(start) - rgb_to_lab(end)) ** 2).sum(axis=1))
    steps = np.where(apart < _COLOUR_STEP, 1, np.clip(np.ceil(apart / _COLOUR_STEP), 2, _MOST_STEPS)).astype(np.intp)
    link = np.repeat(np.arange(len(links)), steps)
    place = np.arange(len(link)) - np.repeat(np.cumsum(steps) - steps, steps)
    one, other = place / steps[link], (place + 1) / steps[link]
    shades = lighten(mix(start[link], end[link], ((one + other) / 2)[:, None]), 0.4)
    paths = [Path(points, _CURVE) for points in part_of_curve(curves[link], one, other)]
    axes.add_collection(
        PathCollection(
            paths,
            facecolors="none",
            edgecolors=to_hex(shades),
            linewidths=widths[link],
            alpha=_LINK_OPACITY,
            capstyle="butt",
            zorder=1,
        ),
        autolim=False,
    )


def part_of_curve(curves: Floats, one: Floats, other: Floats) -> Floats:
    """Return the part from `one` to `other` (0 to 1) of quadratic Bézier curves (n × 3 × 2).

    Examples
    --------
    >>> straight = np.array([[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]])
    >>> part_of_curve(straight, np.array([0.0]), np.array([0.5])).tolist()
    [[[0.0, 0.0], [0.5, 0.0], [1.0, 0.0]]]
    """

    def blossom(s: Floats, t: Floats) -> Floats:
        weights = np.stack([(1 - s) * (1 - t), (1 - s) * t + s * (1 - t), s * t], axis=-1)
        points: Floats = np.einsum("nk,nkd->nd", weights, curves)
        return points

    return np.stack([blossom(one, one), blossom(one, other), blossom(other, other)], axis=1)


def points_along(curves: Floats) -> Floats:
    """Return forty points along each curve (n × 3 × 2), all in one list of places."""
    if not len(curves):
        return np.empty((0, 2))
    t = np.linspace(0, 1, 40)[:, None]
    weights = np.concatenate([(1 - t) ** 2, 2 * t * (1 - t), t**2], axis=1)
    points: Floats = np.einsum("tk,nkd->ntd", weights, curves)
    return points.reshape(-1, 2)


def draw_circles(axes: Axes, centres: Floats, radii: Floats, colours: Sequence[str]) -> None:
    """Draw circles, the largest first, so that a small one is never hidden; the outline is a darker shade."""
    order = np.argsort(-radii, kind="stable")
    faces = [colours[item] for item in order]
    edges = to_hex(darken(to_rgb(faces)))
    diameters = 2 * radii[order]
    axes.add_collection(
        EllipseCollection(
            diameters,
            diameters,
            np.zeros(len(order)),
            units="xy",
            offsets=centres[order],
            offset_transform=axes.transData,
            facecolors=[(*shade, _CIRCLE_OPACITY) for shade in to_rgb(faces)],
            edgecolors=edges,
            linewidths=0.35,
            zorder=2,
        ),
        autolim=False,
    )


def draw_labels(
    axes: Axes, placement: Placement, texts: Sequence[str], sizes: Floats, centres: Floats, colours: Sequence[str]
) -> None:
    """Write labels with a light rim, and the leader lines of those that stand apart from their circle."""
    led = np.flatnonzero(placement.led).tolist()
    if led:
        shades = to_hex(darken(to_rgb([colours[item] for item in led]), 0.2))
        lines = list(placement.leaders[led].reshape(-1, 2, 2))
        axes.add_collection(LineCollection(lines, colors=shades, linewidths=0.4, zorder=2.5), autolim=False)
    written = [
        (x, y, line, float(sizes[item]))
        for item in np.flatnonzero(placement.named).tolist()
        for x, y, line in lines_in(texts[item], placement.boxes[item], float(sizes[item]), float(centres[item, 0]))
    ]
    halos = Halos(written, _HALO, zorder=3)
    halos.set_transform(axes.transData)
    axes.add_collection(halos, autolim=False)
    for number, (x, y, text, size) in enumerate(written):
        axes.text(
            x,
            y,
            text,
            fontsize=size,
            color=INK,
            ha="left",
            va="baseline",
            parse_math=False,
            zorder=4,
            gid=halo_id(number, _HALO),
        )


def corpus_notes(map_: Map, words: Words) -> tuple[str, ...]:
    """Return the lines that a map owes its reader: how small the corpus is, and whose keywords these are."""
    notes = []
    n = _corpus_size(map_)
    if n is not None and n < SMALL_CORPUS:
        noun = "case" if map_.network.unit == "cases" else "record"
        notes.append(words("small_corpus", n=words.number(n), unit=words(noun if n == 1 else f"{noun}s")))
    if ASSIGNED in map_.origins:
        notes.append(words("assigned_keywords"))
    return tuple(notes)


def _corpus_size(map_: Map) -> int | None:
    read = map_.told("corpus", "read")
    if isinstance(read, int) and map_.network.unit != "cases":
        return read
    return len(map_.network.records) or None


def count_note(map_: Map, shown: ShownLinks | None, n_unnamed: int, words: Words) -> str:
    """Return the line that counts items, links and clusters, and says what of them isn't drawn or named.

    Without `shown` links there are none in this kind of figure, and none are spoken of.
    """
    links = words.count(map_.network.n_links, "link")
    counted = {"items": words.count(len(map_), "item"), "clusters": words.count(map_.n_clusters, "cluster")}
    parts = [words("counts_without_links", **counted) if shown is None else words("counts", links=links, **counted)]
    if shown is not None and len(shown) < map_.network.n_links:
        parts.append(words("strongest_links", shown=words.number(len(shown)), links=links))
    if n_unnamed:
        parts.append(words("unnamed", items=words.count(n_unnamed, "item")))
    return " ".join(parts)


def unnamed(placement: Placement, texts: Sequence[str]) -> NDArray[np.intp]:
    """Return the items that have a label but found no room for it."""
    wanted = np.array([bool(text) for text in texts], dtype=np.bool_)
    return np.flatnonzero(wanted & ~placement.named)
