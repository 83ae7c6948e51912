"""Maps drawn for print: by cluster, by score, and by density."""

from __future__ import annotations

from typing import Literal, Unpack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benang.errors import unknown
from benang.figures.map_composition import Composition, Look, MapOptions, Options, composed
from benang.figures.map_drawing import draw_circles, draw_labels, draw_links, page_axes
from benang.figures.map_legends import ColourBar, cluster_legend, score_bar
from benang.figures.map_sheet import BORDER
from benang.figures.map_words import Words, printable
from benang.figures.notes import draw_notes
from benang.figures.style import INK, LARGE, POINTS_PER_MM, new_figure, save_figure, styled
from benang.maps.appearance import cluster_colours
from benang.maps.colours import Palette, find_palette, mix, to_hex, to_rgb
from benang.maps.density import density_field
from benang.maps.map import Map
from benang.maps.overlay import Normalisation, normalise_scores, scale_colours, score_scale
from benang.network.network import Floats

_DOT = 1.1  # radius in points of an item on a density map
_DOT_LEADER = 62.0
_GRID = 1.0  # grid points of a density map to the point


def plot_map(map_: Map, *, palette: str | Palette = "benang", **options: Unpack[MapOptions]) -> Figure:
    """Draw a map with its items coloured by cluster.

    Circles follow the weight and links their strength as in VOSviewer; labels don't overlap, stay within the page, and
    stand at the end of a thin line where there is no room beside their circle. Clusters that have names get a legend.
    `palette`: "benang" (safe for colour-blind readers), "vosviewer", or your own. `MapOptions` has all other options.

    Raises
    ------
    BenangError
        For a map without items, an unknown palette, weight, item or language, a suffix that isn't a figure's, or a
        place that can't be written to.
    """
    chosen = find_palette(palette)
    colours = {number: chosen.of(number) for number in map_.cluster_labels}
    clusters = cluster_legend(map_.cluster_labels, colours) if colours else None
    return _plot_network(map_, Look(cluster_colours(map_.cluster, chosen), clusters=clusters), Options(**options))


def plot_overlay(
    map_: Map,
    *,
    score: str = "Avg. pub. year",
    normalisation: Normalisation = "none",
    low: float | None = None,
    high: float | None = None,
    colours: str = "viridis",
    **options: Unpack[MapOptions],
) -> Figure:
    """Draw a map with its items coloured by a score, such as the average year of publication.

    The colours span the 10th to the 90th percentile of the scores, or `low` to `high`; scores beyond have the colour of
    the end. Items without a score are grey, named like all others, and counted in the legend.

    Raises
    ------
    BenangError
        For a score that the map lacks, and as `plot_map`.
    """
    said = Options(**options)
    if score not in map_.network.scores:
        raise unknown(score, map_.network.scores, where="score", expected="a score of the map")
    values = normalise_scores(np.asarray(map_.network.scores[score], dtype=np.float64), normalisation)
    years = "year" in score.lower() and normalisation == "none"
    scale = score_scale(values, low=low, high=high, whole=years)
    share = scale.share(values) if scale is not None else values
    words = Words(said.language, said.texts)
    title = words(score) if normalisation == "none" else f"{words(score)} ({words(normalisation)})"
    bar = score_bar(title, scale, words, years=years, colours=colours, n_without=int((~np.isfinite(values)).sum()))
    return _plot_network(map_, Look(scale_colours(share, colours), bar=bar), said)


def _plot_network(map_: Map, look: Look, options: Options) -> Figure:
    made = composed(map_, look, options)
    with styled():
        figure, axes = _page(made, options)
        draw_links(axes, made.curves, look.colours, made.links, made.link_widths)
        draw_circles(axes, made.centres, made.radii, look.colours)
        _finish(figure, axes, made, look, options)
    return figure


def plot_density(
    map_: Map,
    *,
    by: Literal["items", "clusters"] = "items",
    kernel_width: float = 0.125,
    palette: str | Palette = "benang",
    **options: Unpack[MapOptions],
) -> Figure:
    """Draw how dense a map is: where many items, or heavy ones, lie close together (`density_field`).

    `by` items shades from pale to dark with the density; `by` clusters mixes the clusters' colours, each by its part
    of the density there. Each item is a dot.

    Raises
    ------
    BenangError
        As `plot_map`, and for a kernel width of 0 or less.
    """
    said = Options(**options)
    chosen = find_palette(palette)
    words = Words(said.language, said.texts)
    bar = (
        ColourBar(
            words("density"),
            ((0.0, words("density_low")), (1.0, words("density_high"))),
            to_hex(density_shades(np.linspace(0, 1, 64))),
        )
        if by == "items"
        else None
    )
    colours = {number: chosen.of(number) for number in map_.cluster_labels}
    clusters = cluster_legend(map_.cluster_labels, colours) if by == "clusters" and colours else None
    dots = ("#3d3d3d",) * len(map_)
    look = Look(dots, bar=bar, clusters=clusters, dot=_DOT, max_leader=_DOT_LEADER)
    made = composed(map_, look, said)
    with styled():
        figure, axes = _page(made, said)
        _draw_density(axes, map_, made, chosen if by == "clusters" else None, kernel_width, said.weight)
        draw_circles(axes, made.centres, made.radii, dots)
        _finish(figure, axes, made, look, said)
    return figure


DENSITY_COLOURS = ("#ffffff", "#f3f3c4", "#cfe39a", "#8fcd8b", "#55b396", "#2f93a0", "#2f6f9f", "#35508f")
"""White, yellow, green, blue: VOSviewer's colours turned round, so that lightness falls evenly and ink is spared."""


def density_shades(values: Floats) -> Floats:
    """Return the colours (… × 3, 0 to 1) of densities from 0 to 1."""
    stops = to_rgb(DENSITY_COLOURS)
    grid = np.linspace(0.02, 1, len(stops))  # below 2 % the page stays white
    return np.stack([np.interp(values, grid, channel) for channel in stops.T], axis=-1)


def _draw_density(
    axes: Axes, map_: Map, made: Composition, palette: Palette | None, kernel_width: float, weight: str | None
) -> None:
    left, bottom, right, top = made.sheet.area
    box = (left - BORDER, right + BORDER, bottom - BORDER, top + BORDER)
    scale = made.scale or 1.0
    home = made.centres[0] - map_.xy[0] * scale
    x0, x1 = ((edge - home[0]) / scale for edge in box[:2])
    y0, y1 = ((edge - home[1]) / scale for edge in box[2:])
    columns, rows = (max(2, round((b - a) * _GRID)) for a, b in (box[:2], box[2:]))
    field = density_field(map_, kernel_width=kernel_width, grid=(columns, rows), extent=(x0, x1, y0, y1), weight=weight)
    shades = density_shades(field.values)
    if palette is not None:
        total = np.maximum(field.values, 1e-12)
        blend = sum(
            (part / total)[..., None] * to_rgb([palette.of(number)])[0] for number, part in field.clusters.items()
        )
        shades = mix(np.ones_like(shades), np.asarray(blend), np.sqrt(field.values)[..., None] * 0.85)
    axes.imshow(np.clip(shades, 0, 1), extent=box, origin="lower", interpolation="bicubic", aspect="auto", zorder=0)
    axes.set(xlim=(0, made.sheet.width), ylim=(0, made.sheet.height))


def _page(made: Composition, options: Options) -> tuple[Figure, Axes]:
    sheet = made.sheet
    default = made.notes[-1]
    figure = new_figure(sheet.width / POINTS_PER_MM, sheet.height / POINTS_PER_MM, title=options.title or default)
    return figure, page_axes(figure, sheet)


def _finish(figure: Figure, axes: Axes, made: Composition, look: Look, options: Options) -> None:
    """Write labels, legends, title and notes, and save."""
    sheet = made.sheet
    draw_labels(axes, made.placement, made.texts, made.label_sizes, made.centres, look.colours)
    made.strip.draw(axes, BORDER + 1, sheet.width - BORDER, sheet.legend_top, made.words)
    if options.title:
        axes.text(
            BORDER + 1,
            sheet.height - LARGE * 1.25,
            printable(options.title),
            fontsize=LARGE,
            color=INK,
            va="baseline",
            parse_math=False,
        )
    draw_notes(figure, made.notes)
    save_figure(figure, options.path, options.dpi)
