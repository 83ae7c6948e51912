"""Maps whose items and links each have a colour of their own, by a change between two groups or a share of a code."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, Unpack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from numpy.typing import NDArray

from benang.coding.codebook import Code
from benang.errors import unknown
from benang.figures.map_composition import Composition, Look, composed
from benang.figures.map_drawing import CURVE, draw_circles, draw_frames, link_opacity
from benang.figures.map_figures import finish_map, page_of_map
from benang.figures.map_legends import ColourBar, score_bar
from benang.figures.map_sheet import turned_to_fill
from benang.figures.map_words import Words, unit_words
from benang.figures.saving import save_figure
from benang.figures.style import Paths, Theme, styled, theme_of
from benang.figures.text_lines import printable
from benang.locale import translator
from benang.locale.writing import counted, numeral
from benang.looks.colours import to_rgb
from benang.looks.overlay import ScoreScale, scale_colours, score_scale
from benang.looks.view import MapOptions, View
from benang.maps.comparison import Changes, Difference
from benang.maps.map import Map
from benang.network.network import Floats
from benang.synthesis.code_scores import CodeScores

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

    return _drawn(
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
    return _drawn(map_, look, scores.links, _CODE_COLOURS, _with_notes(view, *_code_notes(scores, view)), path)


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


def _drawn(map_: Map, look: Look, link_shares: _LinkShares, colours: str, view: View, path: Paths) -> Figure:
    """Draw a map with its items in the colours of `look` and its links in those of their own values.

    Links far from the middle of the scale are drawn last, so that what is remarkable lies above the rest.
    """
    composition, theme = composed(turned_to_fill(map_), look, view), theme_of(view)
    shares = link_shares(composition.links.source, composition.links.target)
    with styled():
        figure, axes = page_of_map(composition, view)
        _draw_links(axes, composition, shares, scale_colours(shares, colours, missing=theme.none), theme)
        draw_circles(
            axes, composition.centres, np.where(composition.shown, composition.radii, 0.0), look.colours, theme
        )
        if view.frames:
            draw_frames(axes, composition.placement, look.colours, theme)
        finish_map(figure, axes, composition, view)
    return save_figure(figure, path, view.dpi)


def _with_notes(view: View, *notes: str) -> View:
    """Add notes to those that are below the map."""
    return replace(view, notes=(*view.notes, *notes))


def _draw_links(axes: Axes, composition: Composition, shares: Floats, shades: tuple[str, ...], theme: Theme) -> None:
    if not len(shares):
        return
    order = np.argsort(np.where(np.isfinite(shares), np.abs(shares - 0.5), -1.0), kind="stable")
    opacity = link_opacity(len(shares)) * np.where(np.isfinite(shares), 1.0, _PALE)
    axes.add_collection(
        PathCollection(
            [Path(points, CURVE) for points in composition.curves[order]],
            facecolors="none",
            edgecolors=np.column_stack([theme.links(to_rgb(shades)), opacity])[order],
            linewidths=composition.link_widths[order],
            capstyle="butt",
            zorder=1,
        ),
        autolim=False,
    )
