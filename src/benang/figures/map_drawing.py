"""Links, circles and labels drawn on the page of a map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import EllipseCollection, PathCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from benang.figures import INK, LARGE, LIGHT, MARGIN, POINTS_PER_MM, Theme, new_figure, theme_of
from benang.figures.label_placement import PADDING, Placement
from benang.figures.label_texts import lines_in
from benang.figures.map_composition import Composition
from benang.figures.map_sheet import BORDER, Sheet
from benang.figures.map_words import running
from benang.figures.page import draw_notes
from benang.figures.text_lines import Halos, cut
from benang.looks import View
from benang.looks.appearance import ShownLinks, mix, part_of_curve, rgb_to_lab, to_hex, to_rgb
from benang.network.network import Floats

_CIRCLE_OPACITY = 0.8
_LINK_OPACITIES, _LINK_NUMBERS = (0.9, 0.5), (25, 400)
_COLOUR_STEP = 14.0  # in Lab: how far the colour may jump along a link
_MOST_STEPS = 6
_HALO = 0.8
_OUTLINE, _DOT = 0.35, 1.0  # points: of a circle, and the diameter below which it is thinner
_FRAME_OPACITY, _FRAME_FADED = 0.9, 0.72
CURVE = [Path.MOVETO, Path.CURVE3, Path.CURVE3]
"""What the three points of a curved link are to its path."""


def new_page(sheet: Sheet, title: str, page: str = "white") -> tuple[Figure, Axes]:
    """Return the figure of a sheet, and axes over the whole of it whose unit is the point."""
    figure = new_figure(sheet.width / POINTS_PER_MM, sheet.height / POINTS_PER_MM, title=title, page=page)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, sheet.width), ylim=(0, sheet.height))
    axes.set_axis_off()
    return figure, axes


def write_title(axes: Axes, sheet: Sheet, view: View, ink: str = INK) -> None:
    """Write the title of a view above its map, on one line."""
    if view.title:
        title = cut(view.title, view.width - 2 * MARGIN, LARGE)
        axes.text(
            BORDER + 1,
            sheet.height - LARGE * 1.25,
            title,
            fontsize=LARGE,
            color=ink,
            va="baseline",
            parse_math=False,
        )


def draw_links(
    axes: Axes,
    curves: Floats,
    colours: tuple[str, ...] | None,
    links: ShownLinks,
    widths: Floats,
    theme: Theme = LIGHT,
) -> None:
    """Draw links (n × 3 × 2: start, control point, end), each shading from the colour of one end to the other's.

    Without colours all are grey.
    """
    if not len(links):
        return
    if colours is None:
        _draw_curves(axes, curves, [theme.link] * len(links), widths, link_opacity(len(links)))
        return
    rgb = to_rgb(colours)
    start, end = rgb[links.source], rgb[links.target]
    apart = np.sqrt(((rgb_to_lab(start) - rgb_to_lab(end)) ** 2).sum(axis=1))
    steps = np.where(apart < _COLOUR_STEP, 1, np.clip(np.ceil(apart / _COLOUR_STEP), 2, _MOST_STEPS)).astype(np.intp)
    link = np.repeat(np.arange(len(links)), steps)
    place = np.arange(len(link)) - np.repeat(np.cumsum(steps) - steps, steps)
    one, other = place / steps[link], (place + 1) / steps[link]
    shades = theme.links(mix(start[link], end[link], ((one + other) / 2)[:, None]))
    parts = part_of_curve(curves[link], one, other)
    _draw_curves(axes, parts, to_hex(shades), widths[link], link_opacity(len(links)))


def link_opacity(n: int) -> float:
    """Return the opacity of n links: of many, the circles and names between them must be seen; of few, the links.

    Examples
    --------
    >>> link_opacity(10), round(link_opacity(100), 2), link_opacity(1000)
    (0.9, 0.7, 0.5)
    """
    fullest, palest = _LINK_OPACITIES
    share = float(np.interp(np.log(max(n, 1)), np.log(_LINK_NUMBERS), (0.0, 1.0)))
    return fullest + share * (palest - fullest)


def _draw_curves(axes: Axes, curves: Floats, colours: Sequence[str], widths: Floats, opacity: float) -> None:
    axes.add_collection(
        PathCollection(
            [Path(points, CURVE) for points in curves],
            facecolors="none",
            edgecolors=colours,
            linewidths=widths,
            alpha=opacity,
            capstyle="butt",
            zorder=1,
        ),
        autolim=False,
    )


def draw_circles(axes: Axes, centres: Floats, radii: Floats, colours: Sequence[str], theme: Theme = LIGHT) -> None:
    """Draw circles, the largest first, so that a small one is never hidden; the outline is a darker shade.

    On a black page it is a lighter one. What has no radius is not drawn.
    """
    order = np.argsort(-radii, kind="stable")
    order = order[radii[order] > 0]
    if not len(order):
        return
    shades, which = np.unique(np.asarray(colours), return_inverse=True)
    rgb, of = to_rgb(shades.tolist()), which.ravel()[order]
    edges = to_rgb(to_hex(theme.edge(rgb)))
    diameters = 2 * radii[order]
    axes.add_collection(
        EllipseCollection(
            diameters,
            diameters,
            np.zeros(len(order)),
            units="xy",
            offsets=centres[order],
            offset_transform=axes.transData,
            facecolors=np.column_stack([rgb, np.full(len(rgb), _CIRCLE_OPACITY)])[of],
            edgecolors=np.column_stack([edges, np.ones(len(rgb))])[of],
            # the outlines of dots must not be larger than the dots
            linewidths=_OUTLINE * min(1.0, float(np.median(diameters)) / _DOT),
            zorder=2,
        ),
        autolim=False,
    )


def draw_frames(axes: Axes, placement: Placement, colours: Sequence[str], theme: Theme = LIGHT) -> None:
    """Draw the frames of labels, filled with a paler shade of their colour; those of heavy items lie on top."""
    framed = np.flatnonzero(placement.named)
    if not len(framed):
        return
    left, bottom, right, top = placement.boxes[framed].T
    corners = np.stack([left, bottom, right, bottom, right, top, left, top], axis=1).reshape(-1, 4, 2)
    rgb = to_rgb([colours[item] for item in framed.tolist()])
    axes.add_collection(
        PolyCollection(
            list(corners),
            facecolors=[(*shade, _FRAME_OPACITY) for shade in theme.faded(rgb, _FRAME_FADED)],
            edgecolors=to_hex(theme.edge(rgb, 0.1)),
            linewidths=0.6,
            joinstyle="round",
            zorder=2.2,
        ),
        autolim=False,
    )


def draw_labels(
    axes: Axes,
    placement: Placement,
    texts: Sequence[str],
    sizes: Floats,
    centres: Floats,
    theme: Theme = LIGHT,
    *,
    framed: bool = False,
) -> None:
    """Write labels with a light rim; in frames they need none."""
    boxes = _text_boxes(placement, sizes, framed)
    written = [
        (x, y, line, float(sizes[item]))
        for item in np.flatnonzero(placement.named).tolist()
        for x, y, line in lines_in(
            texts[item], boxes[item], float(sizes[item]), _middle(boxes[item]) if framed else float(centres[item, 0])
        )
    ]
    if not framed:
        halos = Halos(written, _HALO, theme.page, zorder=3)
        halos.set_transform(axes.transData)
        axes.add_collection(halos, autolim=False)
    for number, (x, y, text, size) in enumerate(written):
        axes.text(
            x,
            y,
            text,
            fontsize=size,
            color=theme.ink,
            ha="left",
            va="baseline",
            parse_math=False,
            zorder=4,
            gid=f"{'frame' if framed else 'label'}-{number}",
        )


def _text_boxes(placement: Placement, sizes: Floats, framed: bool) -> Floats:
    """Return the boxes of the texts: those of the labels, without the padding of their frames."""
    if not framed:
        return placement.boxes
    padding = np.array(PADDING) * sizes[:, None]
    inner: Floats = placement.boxes + np.concatenate([padding, -padding], axis=1)
    return inner


def _middle(box: Floats) -> float:
    return float(box[0] + box[2]) / 2


def page_of_map(composition: Composition, view: View) -> tuple[Figure, Axes]:
    """Return an empty page for a map, in the colour of its theme."""
    return new_page(composition.sheet, view.title or composition.notes[-1], theme_of(view).page)


def finish_map(figure: Figure, axes: Axes, composition: Composition, view: View) -> None:
    """Write labels, legends, title and notes."""
    sheet, theme = composition.sheet, theme_of(view)
    if view.magnified > 1:
        _cut(axes, composition)
    draw_labels(
        axes,
        composition.placement,
        composition.texts,
        composition.label_sizes,
        composition.centres,
        theme,
        framed=view.frames,
    )
    composition.strip.draw(axes, BORDER + 1, sheet.width - BORDER, sheet.legend_top, composition.words, theme)
    write_title(axes, sheet, view, theme.ink)
    draw_notes(figure, running(composition.notes), composition.foot.notes / POINTS_PER_MM + 2 * MARGIN)
    for text in figure.texts:
        text.set_color(theme.muted)


def _cut(axes: Axes, composition: Composition) -> None:
    """Keep what has been drawn of a magnified map off the legends and notes below it."""
    left, bottom, right, top = composition.sheet.area
    frame = Rectangle(
        (left - BORDER, bottom - BORDER),
        right - left + 2 * BORDER,
        top - bottom + 2 * BORDER,
        transform=axes.transData,
    )
    drawn: list[Artist] = [*axes.collections, *axes.images]
    for artist in drawn:
        artist.set_clip_path(frame)
