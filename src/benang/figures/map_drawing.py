"""Links, circles and labels drawn on the page of a map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path

from benang.figures.label_halo import Halos, halo_id
from benang.figures.label_lines import lines_in
from benang.figures.label_placement import Placement
from benang.figures.map_curves import part_of_curve
from benang.figures.map_sheet import Sheet
from benang.figures.style import INK
from benang.maps.appearance import ShownLinks
from benang.maps.colours import darken, lighten, mix, rgb_to_lab, to_hex, to_rgb
from benang.network.network import Floats

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
