"""A map whose items and links each have a colour of their own, by a value: a change, or the share of a code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from numpy.typing import NDArray

from benang.figures.map_composition import Composition, Look, composed
from benang.figures.map_drawing import draw_circles, draw_labels, page_axes
from benang.figures.map_sheet import BORDER
from benang.figures.notes import draw_notes
from benang.figures.saving import save_figure
from benang.figures.style import INK, LARGE, MARGIN, POINTS_PER_MM, Paths, new_figure, styled
from benang.figures.text_lines import cut
from benang.looks.colours import to_rgb
from benang.looks.overlay import scale_colours
from benang.looks.view import View
from benang.maps.map import Map
from benang.network.network import Floats

Indices = NDArray[np.intp]
LinkShares = Callable[[Indices, Indices], Floats]
"""Gives, for links by their two ends, how far up the scale each is, 0 to 1; NaN for one without a value."""

_CURVE = [Path.MOVETO, Path.CURVE3, Path.CURVE3]
_OPACITY = 0.65
_PALE = 0.35  # opacity of a link without a value


def plot_scored_links(map_: Map, look: Look, link_shares: LinkShares, colours: str, view: View, path: Paths) -> Figure:
    """Draw a map with its items in the colours of `look` and its links in those of their own values.

    Links far from the middle of the scale are drawn last, so that what is remarkable lies above the rest.

    Raises
    ------
    BenangError
        As `plot_map`.
    """
    made = composed(map_, look, view)
    shares = link_shares(made.links.source, made.links.target)
    with styled():
        sheet = made.sheet
        title = view.title or made.notes[-1]
        figure = new_figure(sheet.width / POINTS_PER_MM, sheet.height / POINTS_PER_MM, title=title)
        axes = page_axes(figure, sheet)
        _draw_links(axes, made, shares, scale_colours(shares, colours))
        draw_circles(axes, made.centres, made.radii, look.colours)
        draw_labels(axes, made.placement, made.texts, made.label_sizes, made.centres, look.colours)
        made.strip.draw(axes, BORDER + 1, sheet.width - BORDER, sheet.legend_top, made.words)
        if view.title:
            top = sheet.height - LARGE * 1.25
            said = cut(view.title, view.width - 2 * MARGIN, LARGE)
            axes.text(BORDER + 1, top, said, fontsize=LARGE, color=INK, parse_math=False)
        draw_notes(figure, made.notes)
    return save_figure(figure, path, view.dpi)


def with_notes(view: View, *notes: str) -> View:
    """Add notes to those that are below the map."""
    return replace(view, notes=(*view.notes, *notes))


def _draw_links(axes: Axes, made: Composition, shares: Floats, shades: tuple[str, ...]) -> None:
    if not len(shares):
        return
    order = np.argsort(np.where(np.isfinite(shares), np.abs(shares - 0.5), -1.0), kind="stable")
    opacity = np.where(np.isfinite(shares), _OPACITY, _PALE)
    axes.add_collection(
        PathCollection(
            [Path(points, _CURVE) for points in made.curves[order]],
            facecolors="none",
            edgecolors=np.column_stack([to_rgb(shades), opacity])[order],
            linewidths=made.link_widths[order],
            capstyle="butt",
            zorder=1,
        ),
        autolim=False,
    )
