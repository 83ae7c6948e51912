"""What is decided about a map figure before anything is drawn: sizes, places and notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem, nearest
from benang.figures import POINTS_PER_MM
from benang.figures.label_placement import PADDING, UNNAMED, Placement, place_frames, place_labels
from benang.figures.label_search import Box
from benang.figures.label_texts import BLANK, Texts, block_sizes, texts_of
from benang.figures.map_legends import ClusterLegend, ColourBar, SizeLegend, round_sizes
from benang.figures.map_sheet import (
    BORDER,
    Foot,
    Sheet,
    Strip,
    aspect_of,
    circle_points,
    density_points,
    fit,
    label_points,
    sheet_for,
    with_links_seen,
)
from benang.figures.map_words import Words, corpus_notes, count_note, running
from benang.looks import View
from benang.looks.appearance import (
    ShownLinks,
    choose_weight,
    circle_diameters,
    curves_of,
    label_sizes,
    link_widths,
    points_along,
    relative_weights,
    strongest_links,
)
from benang.looks.overlay import faded_from
from benang.maps import Map
from benang.network.network import Floats

_MOST_IMPORTANT = 6.0  # times as bad as for an average item is a bad place for the label of the largest
_FEW_ITEMS = 30  # so few are all named: what is tried for them, sizes of texts and shares of the page left at a side
_TRIES = ((1.0, 0.0), (1.0, 0.05), (0.92, 0.08), (0.84, 0.12))
_UNNAMED_OF_FEW = 100.0  # as `UNNAMED`
_BLANK_ON_DENSITY = np.array([0.8, 0.55])  # as `BLANK`, where names are few
_LEAST_RADIUS = 0.25  # points: what a printer can still show
_ROUGH_FOOT = 60.0  # points: about what legends and notes take
_FRAME_DOT = 0.9  # radius in points of an item whose frame has no room


@dataclass(frozen=True)
class Look:
    """How one kind of map differs from another: the colours of its items, and the legend that explains them.

    `density`: no circles and links but a few names, each on its item, and room for the density to fall off at the
    border. `notes`: what this kind of map has to say of itself.
    """

    colours: tuple[str, ...] = ()
    bar: ColourBar | None = None
    clusters: ClusterLegend | None = None
    density: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Composition:
    """Everything that a figure needs to be drawn; all lengths in points, `scale` in points to the map's unit.

    `shown` are the items that lie on the page: all of them, unless the map is magnified.
    """

    sheet: Sheet
    strip: Strip
    foot: Foot
    words: Words
    texts: tuple[str, ...]
    centres: Floats
    scale: float
    radii: Floats
    links: ShownLinks
    curves: Floats
    link_widths: Floats
    label_sizes: Floats
    placement: Placement
    notes: tuple[str, ...]
    shown: NDArray[np.bool_]


@dataclass(frozen=True)
class _Content:
    """What the map gives, before there is a page: weights, links, and the shape they make together."""

    words: Words
    weight: str
    weights: Floats
    relative: Floats
    links: ShownLinks
    bend: float
    outline: Floats
    pixels: Floats
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Arranged:
    """Where items, links and names stand on the page, and how large the names are."""

    centres: Floats
    scale: float
    curves: Floats
    texts: Texts
    sizes: Floats
    placement: Placement
    shown: NDArray[np.bool_]


def composed(map_: Map, look: Look, view: View) -> Composition:
    """Decide on sizes and places.

    Raises
    ------
    BenangError
        For a map without items, or an unknown weight, item or language.
    """
    content = _content(map_, look, view)
    whole = None if view.magnified > 1 else texts_of(map_, content.weights, view)
    sheet, strip, foot, per_pixel = _page(map_, content, whole, look, view)
    radii = _radii(content, look, view, per_pixel)
    arranged = _arranged(map_, content, whole, radii, sheet, look, view)
    texts, placement, shown = arranged.texts, arranged.placement, arranged.shown
    if view.frames:  # what has no frame is a dot
        radii = np.where(placement.named, 0.0, _FRAME_DOT * view.scale)
    widths = link_widths(content.links.strength, variation=view.link_size_variation, scale=view.scale) * per_pixel
    counted = _counted(map_, content, look, texts.n_wanted - int(placement.named.sum()), int(shown.sum()))
    return Composition(
        sheet,
        strip,
        foot,
        content.words,
        tuple(texts.forms[form][item] for item, form in enumerate(placement.forms.tolist())),
        arranged.centres,
        arranged.scale,
        radii,
        content.links,
        arranged.curves,
        widths,
        arranged.sizes,
        placement,
        (*content.notes, *_letters(texts, content.words), counted),
        shown,
    )


def _content(map_: Map, look: Look, view: View) -> _Content:
    if not len(map_):
        raise BenangError(Problem("a map without items", where="figure", expected="at least one item"))
    words = Words(view.language, view.texts)
    weight, weights = choose_weight(map_.network, view.weight)
    links = strongest_links(
        map_.network, max_links=0 if look.density else view.max_links, min_strength=view.min_link_strength
    )
    bend = 0.3 if view.curved else 0.0
    if look.density:
        outline = faded_from(map_, kernel_width=view.kernel_width, weight=view.weight)
    else:
        outline = np.concatenate([map_.xy, points_along(curves_of(map_.xy, links, bend))])
    relative = relative_weights(weights)
    pixels = circle_diameters(relative, variation=view.item_size_variation)
    notes = (*view.notes, *corpus_notes(map_, words, clusters=look.bar is None), *look.notes)
    return _Content(words, weight, weights, relative, links, bend, outline, pixels, notes)


def _page(
    map_: Map, content: _Content, texts: Texts | None, look: Look, view: View
) -> tuple[Sheet, Strip, Foot, float]:
    """Return the page, its legends, how they share its foot, and how many points a pixel of VOSviewer's takes on it."""
    aspect, title = aspect_of(content.outline, len(map_)), bool(view.title)
    rough = sheet_for(view.width, view.height, aspect, title=title, foot=_ROUGH_FOOT)
    per_pixel = circle_points(content.pixels, rough.area)
    if not look.density:
        ends = content.links.source, content.links.target
        lengths = np.hypot(*(map_.xy[ends[0]] - map_.xy[ends[1]]).T) * _rough_scale(content.outline, rough)
        per_pixel = with_links_seen(per_pixel, content.pixels, ends, lengths)
    sizes = _size_legend(content, per_pixel, view) if not look.density and not view.frames else None
    strip = Strip(sizes, look.bar, look.clusters)
    letters = _letters(texts, content.words)
    # room for all that it may come to say
    notes = (*content.notes, *letters, _counted(map_, content, look, len(map_), len(map_) - (texts is None)))
    foot = strip.foot(view.width * POINTS_PER_MM - 2 * BORDER - 1, running(notes), content.words)
    return sheet_for(view.width, view.height, aspect, title=title, foot=foot.height), strip, foot, per_pixel


def _rough_scale(outline: Floats, sheet: Sheet) -> float:
    """Return about how many points the map's unit takes on a page."""
    room = np.array(sheet.area[2:]) - np.array(sheet.area[:2])
    return float((room / np.maximum(np.ptp(outline, axis=0), 1e-12)).min())


def _letters(texts: Texts | None, words: Words) -> tuple[str, ...]:
    return (words("letters"),) if texts is None or any("□" in text for text in texts.forms[0]) else ()


def _counted(map_: Map, content: _Content, look: Look, n_unnamed: int, n_shown: int) -> str:
    links = None if look.density else content.links
    return count_note(map_, links, n_unnamed, content.words, n_shown=n_shown, clusters=look.bar is None)


def _size_legend(content: _Content, per_pixel: float, view: View) -> SizeLegend | None:
    values = round_sizes(content.weights) if content.weight else ()
    if not values:
        return None
    relative = np.array(values) / float(content.weights.mean())
    scale = per_pixel * view.scale
    diameters = circle_diameters(relative, variation=view.item_size_variation, scale=scale)
    return SizeLegend(content.words(content.weight), values, tuple(diameters.tolist()))


def _radii(content: _Content, look: Look, view: View, per_pixel: float) -> Floats:
    if look.density:
        return np.zeros(len(content.pixels))
    return np.maximum(content.pixels * per_pixel / 2 * view.scale, _LEAST_RADIUS)


def _centres(map_: Map, content: _Content, radii: Floats, area: Box, look: Look, view: View) -> tuple[Floats, float]:
    """Return where the items stand on the page, in points, and how many points the map's unit takes."""
    # the outline of a density has no circles in it; of others, items come first
    padded = np.zeros(len(content.outline))
    if not look.density:
        padded[: len(map_)] = radii
    places, scale = fit(content.outline, padded, area)
    if view.height is None:  # what a flat map leaves of its page stays free above it, not between it and its legend
        places = places - [0.0, float((places[:, 1] - padded).min()) - area[1]]
    centres = map_.xy * scale + places[0] - content.outline[0] * scale
    if view.show is None and view.magnified == 1:
        return centres, scale
    middle = np.array([area[0] + area[2], area[1] + area[3]]) / 2
    home = middle if view.show is None else centres[_item(map_, view.show)]
    return (centres - home) * view.magnified + middle, scale * view.magnified


def _item(map_: Map, name: str) -> int:
    try:
        return map_.network.index(name)
    except KeyError:
        raise BenangError(
            Problem(f"'{name}'", where="show", expected="an item of the map", way_on=nearest(name, map_.network.labels))
        ) from None


def _on_page(centres: Floats, sheet: Sheet) -> NDArray[np.bool_]:
    low, high = np.array(sheet.area[:2]), np.array(sheet.area[2:])
    within: NDArray[np.bool_] = np.logical_and(centres >= low - 1e-6, centres <= high + 1e-6)
    return within[:, 0] & within[:, 1]


def _arranged(
    map_: Map, content: _Content, whole: Texts | None, radii: Floats, sheet: Sheet, look: Look, view: View
) -> _Arranged:
    """Place items and labels; few items closer together, and with smaller labels, until all of them have one."""
    few = len(map_) <= _FEW_ITEMS and not (look.density or view.frames or view.magnified > 1)
    for smaller, side in _TRIES if few else _TRIES[:1]:
        centres, scale = _centres(map_, content, radii, _inner(sheet.area, side), look, view)
        shown = _on_page(centres, sheet)
        texts = whole or texts_of(map_, content.weights, view, shown)
        curves = curves_of(centres, content.links, content.bend)
        points = density_points if look.density else label_points
        pixels = label_sizes(content.relative, variation=view.label_variation, scale=view.scale)
        sizes = smaller * points(pixels, texts.forms[0], sheet.area, scale=view.scale)
        placement = _place(content, texts, centres, radii, sizes, curves, sheet, look, view)
        arranged = _Arranged(centres, scale, curves, texts, sizes, placement, shown)
        if placement.named.sum() >= texts.n_wanted:
            break
    return arranged


def _inner(area: Box, side: float) -> Box:
    """Return an area without a share of it at each side, half as much above and below."""
    across, along = side * (area[2] - area[0]), side * (area[3] - area[1]) / 2
    return (area[0] + across, area[1] + along, area[2] - across, area[3] - along)


def _place(
    content: _Content,
    texts: Texts,
    centres: Floats,
    radii: Floats,
    sizes: Floats,
    curves: Floats,
    sheet: Sheet,
    look: Look,
    view: View,
) -> Placement:
    """Place labels, those of heavy items first."""
    order = np.argsort(-content.weights, kind="stable")
    back = np.argsort(order, kind="stable")
    forms = texts.forms[:1] if view.frames else texts.forms  # a frame has one
    blocks = np.stack([block_sizes(form) for form in forms], axis=1)[order]
    boxes = blocks * sizes[order][:, None, None]
    placed = _placed(boxes, sizes[order], centres[order], radii[order], curves, sheet, look, view)
    return Placement(placed.boxes[back], placed.named[back], placed.forms[back])


def _placed(
    boxes: Floats, sizes: Floats, centres: Floats, radii: Floats, curves: Floats, sheet: Sheet, look: Look, view: View
) -> Placement:
    if view.frames:
        framed = np.where(boxes[:, 0, :1] > 0, boxes[:, 0] + 2 * np.array(PADDING) * sizes[:, None], 0.0)
        return place_frames(centres, framed, sheet.area)
    return place_labels(
        centres,
        radii,
        boxes,
        sheet.area,
        blanks=(_BLANK_ON_DENSITY if look.density else BLANK) * sizes[:, None],
        curves=points_along(curves),
        importance=np.clip(radii / max(float(np.median(radii)), 1e-9), 1, _MOST_IMPORTANT),
        unnamed=_UNNAMED_OF_FEW if len(centres) <= _FEW_ITEMS else UNNAMED,
        beside=not look.density,
        certain=not isinstance(view.labels, bool),
    )
