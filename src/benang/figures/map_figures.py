"""Maps drawn for print: by cluster, by score, and by density."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, Unpack

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from benang.figures.map_composition import Composition, Look, composed
from benang.figures.map_drawing import draw_circles, draw_frames, draw_labels, draw_links, new_page, write_title
from benang.figures.map_legends import ColourBar, cluster_legend, score_bar
from benang.figures.map_sheet import BORDER, turned_to_fill
from benang.figures.map_words import Words, running
from benang.figures.page import draw_notes
from benang.figures.saving import save_figure
from benang.figures.style import MARGIN, POINTS_PER_MM, Paths, Theme, styled, theme_of
from benang.looks.appearance import cluster_colours
from benang.looks.colour_scales import DENSITY_SCALES, ColourScale, palette_of, scale_of
from benang.looks.colours import Palette, mix, to_hex, to_rgb
from benang.looks.overlay import choose_score, density_field, normalise_scores, own_colours, scale_colours, score_scale
from benang.looks.view import MapOptions, Normalisation, View, ViewName
from benang.maps.map import Map

_GRID = 1.0  # grid points of a density map to the point
_FULL, _HALF = 0.95, 0.12  # of the clusters' colour at the densest place; the density that has half of it or so


def plot_map(
    map_: Map, *, palette: str | Path | Palette = "benang", path: Paths = None, **options: Unpack[MapOptions]
) -> Figure:
    """Draw a map with its items coloured by cluster.

    Circles follow the weight and links their strength as in VOSviewer; a label is on its circle or touches it, and
    where labels would overlap those of heavier items are shown. The legend gives the number of each cluster, and its
    name: the one that people gave it, else its most telling items. `palette`: "benang" (safe for colour-blind readers),
    "vosviewer", or your own. `path`: one file or several to save to, each by its suffix. `View` has all other options.

    Raises
    ------
    BenangError
        For a map without items, an unknown palette, weight, item or language, a suffix that isn't a figure's, or a
        place that can't be written to.
    """
    return plot_view(map_, View(palette=palette, **options), path)


def plot_overlay(
    map_: Map,
    *,
    score: str | None = None,
    normalisation: Normalisation = "none",
    low: float | None = None,
    high: float | None = None,
    colours: str | Path | ColourScale = "viridis",
    path: Paths = None,
    **options: Unpack[MapOptions],
) -> Figure:
    """Draw a map with its items coloured by a score, such as the average year of publication.

    Without a `score`, items have the colours that they bring along (columns red, green, blue), as in VOSviewer; where
    they bring none, it is the first of `USUAL_SCORES` that the map has. The colours span the 10th to the 90th
    percentile of the scores, or `low` to `high`; scores beyond have the colour of the end. Items without a score are
    grey, named like all others, and counted in the legend.

    Raises
    ------
    BenangError
        For a score that the map lacks, a map without scores, and as `plot_map`.
    """
    overlay = View(
        view="overlay", score=score, normalisation=normalisation, low=low, high=high, colours=colours, **options
    )
    return plot_view(map_, overlay, path)


def plot_density(
    map_: Map,
    *,
    by: Literal["items", "clusters"] = "items",
    kernel_width: float = 0.125,
    colours: str | Path | ColourScale | None = None,
    palette: str | Path | Palette = "benang",
    path: Paths = None,
    **options: Unpack[MapOptions],
) -> Figure:
    """Draw how dense a map is: where many items, or heavy ones, lie close together (`density_field`).

    `by` items shades from pale to dark with the density, or in the `colours` of a scale; `by` clusters mixes the
    clusters' colours, each by its part of the density there. The names of a few heavy items stand on their places.

    Raises
    ------
    BenangError
        As `plot_map`, and for a kernel width of 0 or less or unknown colours.
    """
    name: ViewName = "density" if by == "items" else "cluster-density"
    density = View(view=name, kernel_width=kernel_width, colours=colours, palette=palette, **options)
    return plot_view(map_, density, path)


def plot_view(map_: Map, view: View, path: Paths = None) -> Figure:
    """Draw a map as a view of it says, and save it in the files of `path`, each in the form of its suffix.

    Raises
    ------
    BenangError
        As `plot_map`, `plot_overlay` and `plot_density`, and for a file of colours that can't be read.
    """
    return _VIEWS[view.view](turned_to_fill(map_), view, path)


def _clusters(map_: Map, view: View, path: Paths) -> Figure:
    chosen = theme_of(view).seen(palette_of(view.palette))
    clusters = cluster_legend(map_, chosen, Words(view.language, view.texts))
    return _drawn(map_, Look(cluster_colours(map_.cluster, chosen), clusters=clusters), view, path)


def _scores(map_: Map, view: View, path: Paths) -> Figure:
    words, theme = Words(view.language, view.texts), theme_of(view)
    own = own_colours(map_.network) if view.score is None else None
    if own is not None:
        n_without = own.count(None)
        grey = words("no_colour", items=words.count(n_without, "item")) if n_without else ""
        shades = tuple(colour or theme.none for colour in own)
        return _drawn(map_, Look(shades, bar=ColourBar(words("own_colours"), (), (), grey)), view, path)
    colours = scale_of(view.colours or "viridis")
    score, given = choose_score(map_.network, view.score)
    values = normalise_scores(given, view.normalisation)
    years = "year" in score.lower() and view.normalisation == "none"
    scale = score_scale(values, low=view.low, high=view.high, whole=years)
    share = scale.share(values) if scale is not None else values
    title = words(score) if view.normalisation == "none" else f"{words(score)} ({words(view.normalisation)})"
    bar = score_bar(title, scale, words, years=years, colours=colours, n_without=int((~np.isfinite(values)).sum()))
    return _drawn(map_, Look(scale_colours(share, colours, missing=theme.none), bar=bar), view, path)


def _drawn(map_: Map, look: Look, view: View, path: Paths) -> Figure:
    """Draw a network of circles, or of names in frames, and save it."""
    composition, theme = composed(map_, look, view), theme_of(view)
    with styled():
        figure, axes = page_of_map(composition, view)
        colours = look.colours if view.coloured else None
        draw_links(axes, composition.curves, colours, composition.links, composition.link_widths, theme)
        draw_circles(
            axes, composition.centres, np.where(composition.shown, composition.radii, 0.0), look.colours, theme
        )
        if view.frames:
            draw_frames(axes, composition.placement, look.colours, theme)
        finish_map(figure, axes, composition, view)
    return save_figure(figure, path, view.dpi)


def _density(map_: Map, view: View, path: Paths) -> Figure:
    view, theme, by_items = replace(view, frames=False), theme_of(view), view.view == "density"
    chosen = theme.seen(palette_of(view.palette))
    shades = _density_scale(theme, view)
    words = Words(view.language, view.texts)
    bar = _density_bar(shades, words) if by_items else None
    clusters = None if by_items else cluster_legend(map_, chosen, words)
    look = Look(bar=bar, clusters=clusters, density=True)
    composition = composed(map_, look, view)
    with styled():
        figure, axes = page_of_map(composition, view)
        _draw_density(axes, map_, composition, view, shades, None if by_items else chosen)
        finish_map(figure, axes, composition, view)
    return save_figure(figure, path, view.dpi)


_VIEWS: Mapping[ViewName, Callable[[Map, View, Paths], Figure]] = {
    "network": _clusters,
    "overlay": _scores,
    "density": _density,
    "cluster-density": _density,
}


def _density_scale(theme: Theme, view: View) -> ColourScale:
    """Return the shades of a density from 0 to 1: the page's own, or a scale of colours."""
    if view.colours is not None:
        return scale_of(view.colours)
    return DENSITY_SCALES["density-dark" if theme.dark else "density"]


def _density_bar(scale: ColourScale, words: Words) -> ColourBar:
    """Describe the shades of a density, from low to high."""
    ticks = ((0.0, words("density_low")), (1.0, words("density_high")))
    return ColourBar(words("density"), ticks, to_hex(scale.at(np.linspace(0, 1, 64))))


def _draw_density(
    axes: Axes,
    map_: Map,
    composition: Composition,
    view: View,
    scale: ColourScale,
    palette: Palette | None,
) -> None:
    """Draw the density of all items, or with a palette that of the clusters in their colours."""
    left, bottom, right, top = composition.sheet.area
    box = (left - BORDER, right + BORDER, bottom - BORDER, top + BORDER)
    unit = composition.scale or 1.0
    home = composition.centres[0] - map_.xy[0] * unit
    x0, x1 = ((edge - home[0]) / unit for edge in box[:2])
    y0, y1 = ((edge - home[1]) / unit for edge in box[2:])
    columns, rows = (max(2, round((b - a) * _GRID)) for a, b in (box[:2], box[2:]))
    field = density_field(
        map_,
        kernel_width=view.kernel_width,
        grid=(columns, rows),
        extent=(x0, x1, y0, y1),
        weight=view.weight,
        colours=None if palette is None else to_rgb(cluster_colours(map_.cluster, palette)),
        by_cluster=False,
    )
    if field.blend is None:
        shades = scale.at(field.values)
    else:
        page = np.broadcast_to(to_rgb([theme_of(view).page])[0], field.blend.shape)
        share = field.values * (1 + _HALF) / (field.values + _HALF)
        shades = mix(page, field.blend, _FULL * share[..., None])
    axes.imshow(np.clip(shades, 0, 1), extent=box, origin="lower", interpolation="bicubic", aspect="auto", zorder=0)
    axes.set(xlim=(0, composition.sheet.width), ylim=(0, composition.sheet.height))


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
