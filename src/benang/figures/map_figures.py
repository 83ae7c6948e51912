"""Maps drawn for print: by cluster, by score, by density, by a change between two groups, by the share of a code."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path as Curve
from numpy.typing import NDArray

from benang.errors import unknown
from benang.figures import Paths, Theme, styled, theme_of
from benang.figures.map_composition import Composition, Look, composed
from benang.figures.map_drawing import (
    CURVE,
    draw_circles,
    draw_frames,
    draw_links,
    finish_map,
    link_opacity,
    page_of_map,
)
from benang.figures.map_legends import ColourBar, cluster_legend, score_bar
from benang.figures.map_sheet import BORDER, turned_to_fill
from benang.figures.map_words import Words, unit_words
from benang.figures.saving import save_figure
from benang.figures.text_lines import printable
from benang.locale import translator
from benang.locale.writing import counted, numeral
from benang.looks import MapOptions, Normalisation, View, ViewName
from benang.looks.appearance import Palette, cluster_colours, mix, to_hex, to_rgb
from benang.looks.colour_scales import DENSITY_SCALES, ColourScale, palette_of, scale_of
from benang.looks.overlay import (
    ScoreScale,
    choose_score,
    density_field,
    normalise_scores,
    own_colours,
    scale_colours,
    score_scale,
)
from benang.maps import Map
from benang.network.network import Floats

if TYPE_CHECKING:  # most maps have neither: what compares and what codes is loaded where it is needed
    from benang.coding.codebook import Code
    from benang.maps.comparison import Changes, Difference
    from benang.synthesis.code_scores import CodeScores

_Links = Callable[[Axes, Composition, Theme], None]
"""Draws the links of a map in colours of their own."""
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


def _drawn(map_: Map, look: Look, view: View, path: Paths, links: _Links | None = None) -> Figure:
    """Draw a network of circles, or of names in frames, and save it; without `links`, these have the items' colours."""
    composition, theme = composed(map_, look, view), theme_of(view)
    with styled():
        figure, axes = page_of_map(composition, view)
        if links:
            links(axes, composition, theme)
        else:
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


Measure = Literal["z", "share"]
"""What colours show: the change in standard errors, or that of the share in percentage points."""

_CHANGE_COLOURS = "blue-grey-red"
_LEAST = {"z": 3.0, "share": 5.0}
"""The colours reach their ends no sooner: a map where nothing changed stays grey."""

_CODE_COLOURS = "viridis"
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_STEPS = 64
_USUAL = View()
_Indices = NDArray[np.intp]
_LinkShares = Callable[[_Indices, _Indices], Floats]
"""Gives, for links by their two ends, how far up the scale each is, 0 to 1; NaN for one without a value."""
_PALE = 0.6  # of the opacity of others has a link without a value


def plot_difference(
    difference: Difference, *, by: Measure = "z", path: Paths = None, **options: Unpack[MapOptions]
) -> Figure:
    """Draw the change between two groups of a map's records: blue where the first has more, red where the second has.

    Places and sizes are those of the whole map. Grey is no change, or none beyond chance: `by` z shows the change of
    the odds in standard errors, pulled towards none where counts are small; `by` share the plain difference of the
    shares, in percentage points. Links have their own colours, of the change of the records that hold both items. Both
    scales reach as far as nine tenths of the items do, and at least to 3 (or 5 points).

    Raises
    ------
    BenangError
        For an unknown measure, and as `plot_map`.
    """
    if by not in _LEAST:
        raise unknown(by, _LEAST, where="by", expected="a measure of change")
    view = View(**options)
    _ = translator(view.language)
    words = Words(view.language, view.texts)
    values = _values(difference.items, by)
    values = np.where(difference.items.counts.sum(axis=1) > 0, values, np.nan)
    scale = _scale(values, by)
    one, other = printable(difference.one.name), printable(difference.other.name)
    measure = _("Change in standard errors (z)") if by == "z" else _("Change in share, in percentage points")
    title = _("{measure}: blue, higher in {one}; red, higher in {other}").format(measure=measure, one=one, other=other)
    missing = int((~np.isfinite(values)).sum())
    bar = score_bar(title, scale, words, years=False, colours=_CHANGE_COLOURS, n_without=missing)
    look = Look(scale_colours(scale.share(values), _CHANGE_COLOURS, missing=theme_of(view).none), bar=bar)
    links = _values(difference.links, by)
    n = np.int64(len(difference))  # the places of items may have 32 bits, their products need 64
    keys = difference.source * n + difference.target

    def shares(source: _Indices, target: _Indices) -> Floats:
        return scale.share(links[np.searchsorted(keys, source * n + target)])

    return _drawn_by_values(
        difference.map, look, shares, _CHANGE_COLOURS, _with_notes(view, *_change_notes(difference, by, view)), path
    )


def _values(changes: Changes, by: Measure) -> Floats:
    return changes.z if by == "z" else 100 * changes.change


def _scale(values: Floats, by: Measure) -> ScoreScale:
    known = np.abs(values[np.isfinite(values)])
    reach = max(_LEAST[by], float(np.percentile(known, 90)) if len(known) else 0.0)
    reach = math.ceil(reach) if by == "z" else math.ceil(reach / 5) * 5.0
    scale = score_scale(np.array([-reach, reach]), low=-reach, high=reach)
    return scale or ScoreScale(-reach, reach, (-reach, 0.0, reach))


def _change_notes(difference: Difference, by: Measure, view: View) -> list[str]:
    _ = translator(view.language)
    words = unit_words(difference.map.network)
    sizes = []
    for part in (difference.one, difference.other):
        n = part.n_records
        noun = counted(words[0], words[1], n, view.language)
        sizes.append(f"{printable(part.name)}: {numeral(n, view.language)} {noun}")
    notes = [f"{'; '.join(sizes)}."]
    if by == "z":
        notes.append(_("Small counts are shrunk towards no change; values from −2 to 2 may well be due to chance."))
    return notes


def plot_code_scores(map_: Map, scores: CodeScores, code: Code, view: View = _USUAL, path: Paths = None) -> Figure:
    """Draw a map coloured by a code: of the coded studies of each item and link, how many give evidence of it.

    The scale runs from none to all of them. Items none of whose studies is coded are grey, and so are links.

    Parameters
    ----------
    map_
        The map that the scores were counted for.
    scores
        `code_scores(made.network, coded, code.id)`.
    code
        The code, for its label.
    view
        How large, with which words and notes; its own colours and score count for nothing.
    path
        One file or several to save to, each by its suffix.

    Raises
    ------
    BenangError
        As `plot_map`.
    """
    _ = translator(view.language)
    words = Words(view.language, view.texts)
    missing = int((~np.isfinite(scores.items)).sum())
    grey = _("not coded: {items}").format(items=words.count(missing, "item")) if missing else ""
    ticks = tuple((tick, f"{numeral(100 * tick, view.language)} %") for tick in _TICKS)
    bar = ColourBar(title_of_scores(scores, code, view.language), ticks, _shades(np.linspace(0, 1, _STEPS)), grey)
    look = Look(scale_colours(scores.items, _CODE_COLOURS, missing=theme_of(view).none), bar=bar)
    return _drawn_by_values(
        map_, look, scores.links, _CODE_COLOURS, _with_notes(view, *_code_notes(scores, view)), path
    )


def title_of_scores(scores: CodeScores, code: Code, language: str) -> str:
    """Return what the colours of a map by a code say."""
    _ = translator(language)
    share = _("{code}: share of cases") if scores.unit == "cases" else _("{code}: share of coded studies")
    return share.format(code=printable(code.label.text("id" if language == "id" else "en")))


def _shades(shares: Floats) -> tuple[str, ...]:
    return scale_colours(shares, _CODE_COLOURS)


def _code_notes(scores: CodeScores, view: View) -> list[str]:
    _ = translator(view.language)
    coded = set(scores.network.records) & scores.coded
    n, n_code = (numeral(len(one), view.language) for one in (coded, coded & set(scores.passages)))
    if scores.unit == "cases":
        return [_("Cases read: {n}; with this code: {n_code}.").format(n=n, n_code=n_code)]
    return [_("Coded studies: {n}; with this code: {n_code}.").format(n=n, n_code=n_code)]


def _drawn_by_values(map_: Map, look: Look, link_shares: _LinkShares, colours: str, view: View, path: Paths) -> Figure:
    """Draw a map with its items in the colours of `look` and its links in those of their own values."""

    def links(axes: Axes, composition: Composition, theme: Theme) -> None:
        shares = link_shares(composition.links.source, composition.links.target)
        _draw_links(axes, composition, shares, scale_colours(shares, colours, missing=theme.none), theme)

    return _drawn(turned_to_fill(map_), look, view, path, links)


def _with_notes(view: View, *notes: str) -> View:
    """Add notes to those that are below the map."""
    return replace(view, notes=(*view.notes, *notes))


def _draw_links(axes: Axes, composition: Composition, shares: Floats, shades: tuple[str, ...], theme: Theme) -> None:
    """Draw links far from the middle of the scale last, so that what is remarkable lies above the rest."""
    if not len(shares):
        return
    order = np.argsort(np.where(np.isfinite(shares), np.abs(shares - 0.5), -1.0), kind="stable")
    opacity = link_opacity(len(shares)) * np.where(np.isfinite(shares), 1.0, _PALE)
    axes.add_collection(
        PathCollection(
            [Curve(points, CURVE) for points in composition.curves[order]],
            facecolors="none",
            edgecolors=np.column_stack([theme.links(to_rgb(shades)), opacity])[order],
            linewidths=composition.link_widths[order],
            capstyle="butt",
            zorder=1,
        ),
        autolim=False,
    )
