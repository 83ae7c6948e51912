"""The density of a map as shades of its page."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from benang.figures.map_composition import Composition
from benang.figures.map_legends import ColourBar
from benang.figures.map_options import Options
from benang.figures.map_sheet import BORDER
from benang.figures.map_theme import Theme
from benang.figures.map_words import Words
from benang.looks.appearance import cluster_colours
from benang.looks.colour_scales import ColourScale, find_colour_scale
from benang.looks.colours import Palette, mix, to_hex, to_rgb
from benang.looks.density import density_field
from benang.maps.map import Map

_GRID = 1.0  # grid points of a density map to the point
_LEAST = 0.02  # below 2 % of the densest place the page stays as it is
_FULL = 0.85  # of the clusters' colour at the densest place


def density_scale(theme: Theme, colours: str | ColourScale | None) -> ColourScale:
    """Return the shades of a density from 0 to 1: the page's own, or a scale of colours."""
    if colours is not None:
        return find_colour_scale(colours)
    return ColourScale("density", tuple(np.linspace(_LEAST, 1, len(theme.density)).tolist()), theme.density)


def density_bar(scale: ColourScale, words: Words) -> ColourBar:
    """Describe the shades of a density, from low to high."""
    ticks = ((0.0, words("density_low")), (1.0, words("density_high")))
    return ColourBar(words("density"), ticks, to_hex(scale.at(np.linspace(0, 1, 64))))


def draw_density(
    axes: Axes,
    map_: Map,
    made: Composition,
    options: Options,
    scale: ColourScale,
    palette: Palette | None,
    kernel_width: float,
) -> None:
    """Draw the density of all items, or with a palette that of the clusters in their colours."""
    left, bottom, right, top = made.sheet.area
    box = (left - BORDER, right + BORDER, bottom - BORDER, top + BORDER)
    unit = made.scale or 1.0
    home = made.centres[0] - map_.xy[0] * unit
    x0, x1 = ((edge - home[0]) / unit for edge in box[:2])
    y0, y1 = ((edge - home[1]) / unit for edge in box[2:])
    columns, rows = (max(2, round((b - a) * _GRID)) for a, b in (box[:2], box[2:]))
    field = density_field(
        map_,
        kernel_width=kernel_width,
        grid=(columns, rows),
        extent=(x0, x1, y0, y1),
        weight=options.weight,
        colours=None if palette is None else to_rgb(cluster_colours(map_.cluster, palette)),
        by_cluster=False,
    )
    if field.blend is None:
        shades = scale.at(field.values)
    else:
        page = np.broadcast_to(to_rgb([options.theme.page])[0], field.blend.shape)
        shades = mix(page, field.blend, np.sqrt(field.values)[..., None] * _FULL)
    axes.imshow(np.clip(shades, 0, 1), extent=box, origin="lower", interpolation="bicubic", aspect="auto", zorder=0)
    axes.set(xlim=(0, made.sheet.width), ylim=(0, made.sheet.height))
