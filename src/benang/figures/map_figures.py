"""Maps drawn for print: by cluster, by score, and by density."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, Unpack

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from benang.figures.map_composition import Composition, Look, MapOptions, Options, composed
from benang.figures.map_density import density_bar, density_scale, draw_density
from benang.figures.map_drawing import draw_circles, draw_frames, draw_labels, draw_links, page_axes
from benang.figures.map_legends import ColourBar, cluster_legend, score_bar
from benang.figures.map_sheet import BORDER
from benang.figures.map_words import Words
from benang.figures.notes import draw_notes
from benang.figures.saving import save_figure
from benang.figures.style import LARGE, MARGIN, POINTS_PER_MM, new_figure, styled
from benang.figures.text_lines import cut
from benang.looks.appearance import cluster_colours
from benang.looks.colour_scales import ColourScale
from benang.looks.colours import Palette, find_palette
from benang.looks.overlay import Normalisation, choose_score, normalise_scores, own_colours, scale_colours, score_scale
from benang.maps.map import Map

_DOT = 1.1  # radius in points of an item on a density map
_DOT_LEADER = 62.0


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
    said = Options(**options)
    chosen = said.theme.seen(find_palette(palette))
    colours = {number: chosen.of(number) for number in map_.cluster_labels}
    clusters = cluster_legend(map_.cluster_labels, colours) if colours else None
    return _plot_network(map_, Look(cluster_colours(map_.cluster, chosen), clusters=clusters), said)


def plot_overlay(
    map_: Map,
    *,
    score: str | None = None,
    normalisation: Normalisation = "none",
    low: float | None = None,
    high: float | None = None,
    colours: str | ColourScale = "viridis",
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
    said = Options(**options)
    words, theme = Words(said.language, said.texts), said.theme
    own = own_colours(map_.network) if score is None else None
    if own is not None:
        n_without = own.count(None)
        grey = words("no_colour", items=words.count(n_without, "item")) if n_without else ""
        shades = tuple(colour or theme.none for colour in own)
        return _plot_network(map_, Look(shades, bar=ColourBar(words("own_colours"), (), (), grey)), said)
    score, given = choose_score(map_.network, score)
    values = normalise_scores(given, normalisation)
    years = "year" in score.lower() and normalisation == "none"
    scale = score_scale(values, low=low, high=high, whole=years)
    share = scale.share(values) if scale is not None else values
    title = words(score) if normalisation == "none" else f"{words(score)} ({words(normalisation)})"
    bar = score_bar(title, scale, words, years=years, colours=colours, n_without=int((~np.isfinite(values)).sum()))
    return _plot_network(map_, Look(scale_colours(share, colours, missing=theme.none), bar=bar), said)


def _plot_network(map_: Map, look: Look, options: Options) -> Figure:
    made = composed(map_, look, options)
    with styled():
        figure, axes = _page(made, options)
        colours = look.colours if options.coloured else None
        draw_links(axes, made.curves, colours, made.links, made.link_widths, options.theme)
        draw_circles(axes, made.centres, np.where(made.shown, made.radii, 0.0), look.colours, options.theme)
        if options.frames:
            draw_frames(axes, made.placement, look.colours, options.theme)
        _finish(figure, axes, made, look, options)
    return figure


def plot_density(
    map_: Map,
    *,
    by: Literal["items", "clusters"] = "items",
    kernel_width: float = 0.125,
    colours: str | ColourScale | None = None,
    palette: str | Palette = "benang",
    **options: Unpack[MapOptions],
) -> Figure:
    """Draw how dense a map is: where many items, or heavy ones, lie close together (`density_field`).

    `by` items shades from pale to dark with the density, or in the `colours` of a scale; `by` clusters mixes the
    clusters' colours, each by its part of the density there. Each item is a dot.

    Raises
    ------
    BenangError
        As `plot_map`, and for a kernel width of 0 or less or unknown colours.
    """
    said = replace(Options(**options), frames=False)
    theme = said.theme
    chosen = theme.seen(find_palette(palette))
    shades = density_scale(theme, colours)
    bar = density_bar(shades, Words(said.language, said.texts)) if by == "items" else None
    named = {number: chosen.of(number) for number in map_.cluster_labels}
    clusters = cluster_legend(map_.cluster_labels, named) if by == "clusters" and named else None
    dots = (theme.dot,) * len(map_)
    look = Look(dots, bar=bar, clusters=clusters, dot=_DOT, max_leader=_DOT_LEADER)
    made = composed(map_, look, said)
    with styled():
        figure, axes = _page(made, said)
        draw_density(axes, map_, made, said, shades, chosen if by == "clusters" else None, kernel_width)
        draw_circles(axes, made.centres, np.where(made.shown, made.radii, 0.0), dots, theme)
        _finish(figure, axes, made, look, said)
    return figure


def _page(made: Composition, options: Options) -> tuple[Figure, Axes]:
    sheet = made.sheet
    figure = new_figure(
        sheet.width / POINTS_PER_MM,
        sheet.height / POINTS_PER_MM,
        title=options.title or made.notes[-1],
        page=options.theme.page,
    )
    return figure, page_axes(figure, sheet)


def _finish(figure: Figure, axes: Axes, made: Composition, look: Look, options: Options) -> None:
    """Write labels, legends, title and notes, and save."""
    sheet, theme = made.sheet, options.theme
    if options.magnified > 1:
        _cut(axes, made)
    draw_labels(
        axes,
        made.placement,
        made.texts,
        made.label_sizes,
        made.centres,
        look.colours,
        theme,
        framed=options.frames,
    )
    made.strip.draw(axes, BORDER + 1, sheet.width - BORDER, sheet.legend_top, made.words, theme)
    if options.title:
        axes.text(
            BORDER + 1,
            sheet.height - LARGE * 1.25,
            cut(options.title, options.width - 2 * MARGIN, LARGE),
            fontsize=LARGE,
            color=theme.ink,
            va="baseline",
            parse_math=False,
        )
    draw_notes(figure, made.notes)
    for text in figure.texts:
        text.set_color(theme.muted)
    save_figure(figure, options.path, options.dpi)


def _cut(axes: Axes, made: Composition) -> None:
    """Keep what has been drawn of a magnified map off the legends and notes below it."""
    left, bottom, right, top = made.sheet.area
    frame = Rectangle(
        (left - BORDER, bottom - BORDER),
        right - left + 2 * BORDER,
        top - bottom + 2 * BORDER,
        transform=axes.transData,
    )
    drawn: list[Artist] = [*axes.collections, *axes.images]
    for artist in drawn:
        artist.set_clip_path(frame)
