"""What is decided about a map figure before anything is drawn: its options, sizes, places and notes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np

from benang.errors import BenangError, Problem, nearest
from benang.figures.label_lines import block_sizes, even_lines
from benang.figures.label_placement import Placement, place_labels
from benang.figures.map_curves import curves_of, points_along
from benang.figures.map_legends import ClusterLegend, ColourBar, SizeLegend, Strip, round_sizes
from benang.figures.map_notes import corpus_notes, count_note, unnamed
from benang.figures.map_sheet import (
    BORDER,
    Sheet,
    aspect_of,
    circle_points,
    fit,
    label_points,
    sheet_for,
)
from benang.figures.map_words import Words, printable
from benang.figures.style import PAGE, POINTS_PER_MM, Paths
from benang.maps.appearance import (
    ShownLinks,
    choose_weight,
    circle_diameters,
    cut_labels,
    label_sizes,
    link_widths,
    relative_weights,
    strongest_links,
)
from benang.maps.map import Map
from benang.network.network import Floats, Network

_DENSITY_ROOM = 18.0  # points from an item to the border of a density map, for the density to fall off
_LABEL_LENGTH = 30  # characters, VOSviewer's
_FEW_ITEMS, _LINE_LENGTH = 60, 22  # on a map with room, longer labels are broken into lines of so many characters
_MOST_IMPORTANT = 6.0  # times as bad as for an average item is a bad place for the label of the largest


class MapOptions(TypedDict, total=False):
    """What may be said of any map figure.

    `path`: one file or several to save to, each by its suffix. `width` and `height` in mm: 174 wide, a printed page;
    without a height the figure takes the map's own shape. `dpi` for PNG (300). `labels`: True names as many items as
    there is room for, False none, a list of ids or labels just these. `label_length`: characters before a label is cut
    (30; on a map of up to 60 items 60, on up to three lines). `weight`: what sizes the items; without one the first
    of Occurrences, Documents, Cases, Citations, Total link strength. `item_size_variation`, `link_size_variation`: 0
    all alike, 1 in proportion, 0.5. `max_links`: the 1,000 strongest are drawn, of at least `min_link_strength`.
    `curved`: curves, else straight lines. `title`: written above the map, and the figure's name for screen readers.
    `notes`: lines below the map, before Benang's own. `language`: "en" or "id". `texts`: words to use in place of those
    of the language, by key.
    """

    path: Paths
    width: float
    height: float | None
    dpi: float
    labels: bool | Collection[str]
    label_length: int | None
    weight: str | None
    item_size_variation: float
    link_size_variation: float
    max_links: int
    min_link_strength: float
    curved: bool
    title: str | None
    notes: Sequence[str]
    language: str
    texts: Mapping[str, str] | None


@dataclass(frozen=True)
class Options:
    """`MapOptions` with what holds where nothing is said."""

    path: Paths = None
    width: float = PAGE
    height: float | None = None
    dpi: float = 300
    labels: bool | Collection[str] = True
    label_length: int | None = None
    weight: str | None = None
    item_size_variation: float = 0.5
    link_size_variation: float = 0.5
    max_links: int = 1000
    min_link_strength: float = 0.0
    curved: bool = True
    title: str | None = None
    notes: Sequence[str] = ()
    language: str = "en"
    texts: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Look:
    """How one kind of map differs from another: the colours of its items, and the legend that explains them.

    `dot`: draw all items as dots of this radius in points, without links, and leave them room at the border.
    `max_leader`: the longest leader line; without it 92 points, or 40 on a map of more than 300 items, where many stay
    without a name anyway.
    """

    colours: tuple[str, ...]
    bar: ColourBar | None = None
    clusters: ClusterLegend | None = None
    dot: float | None = None
    max_leader: float | None = None


@dataclass(frozen=True)
class Composition:
    """Everything that a figure needs to be drawn; all lengths in points, `scale` in points to the map's unit."""

    sheet: Sheet
    strip: Strip
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


@dataclass(frozen=True)
class _Content:
    """What the map gives, before there is a page: texts, weights, links, and the shape they make together."""

    words: Words
    texts: tuple[str, ...]
    weight: str
    weights: Floats
    links: ShownLinks
    bend: float
    outline: Floats
    pixels: Floats
    notes: tuple[str, ...]


def composed(map_: Map, look: Look, options: Options) -> Composition:
    """Decide on sizes and places.

    Raises
    ------
    BenangError
        For a map without items, or an unknown weight, item or language.
    """
    content = _content(map_, look, options)
    sheet, strip, per_pixel = _page(map_, content, look, options)
    n = len(map_)
    radii = content.pixels * per_pixel / 2 if look.dot is None else np.full(n, look.dot)
    around = radii if look.dot is None else radii + _DENSITY_ROOM
    places, scale = fit(content.outline, np.concatenate([around, np.zeros(len(content.outline) - n)]), sheet.area)
    centres = places[:n]
    curves = curves_of(centres, content.links, content.bend)
    relative = relative_weights(content.weights)
    sizes = label_points(label_sizes(relative, variation=options.item_size_variation), content.texts, sheet.area)
    placement = _place(content, centres, radii, sizes, curves, sheet, look.max_leader or (92.0 if n <= 300 else 40.0))
    counted = _counted(map_, content, look, len(unnamed(placement, content.texts)))
    widths = link_widths(content.links.strength, variation=options.link_size_variation) * per_pixel
    return Composition(
        sheet,
        strip,
        content.words,
        content.texts,
        centres,
        scale,
        radii,
        content.links,
        curves,
        widths,
        sizes,
        placement,
        (*content.notes, counted),
    )


def _content(map_: Map, look: Look, options: Options) -> _Content:
    if not len(map_):
        raise BenangError(Problem("a map without items", where="figure", expected="at least one item"))
    words = Words(options.language, options.texts)
    texts = _texts(map_.network, options)
    weight, weights = choose_weight(map_.network, options.weight)
    links = strongest_links(
        map_.network, max_links=options.max_links if look.dot is None else 0, min_strength=options.min_link_strength
    )
    bend = 0.3 if options.curved else 0.0
    outline = np.concatenate([map_.xy, points_along(curves_of(map_.xy, links, bend))])
    pixels = circle_diameters(relative_weights(weights), variation=options.item_size_variation)
    notes = (*options.notes, *corpus_notes(map_, words), *((words("letters"),) if "□" in "".join(texts) else ()))
    return _Content(words, texts, weight, weights, links, bend, outline, pixels, notes)


def _texts(network: Network, options: Options) -> tuple[str, ...]:
    """Return the label of each item as it is written, "" for those that are not to be named."""
    chosen = options.labels
    if isinstance(chosen, bool):
        wanted = np.full(len(network), chosen)
    else:
        names = {chosen} if isinstance(chosen, str) else set(chosen)
        unknown = sorted(names - set(network.ids) - set(network.labels))
        if unknown:
            raise BenangError(
                *(
                    Problem(
                        f"'{name}'", where="labels", expected="an item of the map", way_on=nearest(name, network.labels)
                    )
                    for name in unknown
                )
            )
        wanted = np.array(
            [item in names or label in names for item, label in zip(network.ids, network.labels, strict=True)]
        )
    few = len(network) <= _FEW_ITEMS
    usual = 2 * _LABEL_LENGTH if few else _LABEL_LENGTH
    cut = cut_labels(network.labels, usual if options.label_length is None else options.label_length)
    texts = [printable(text) if named else "" for text, named in zip(cut, wanted.tolist(), strict=True)]
    return tuple(even_lines(text, _LINE_LENGTH) for text in texts) if few else tuple(texts)


def _page(map_: Map, content: _Content, look: Look, options: Options) -> tuple[Sheet, Strip, float]:
    """Return the page, its legends, and how many points a pixel of VOSviewer's takes on it."""
    aspect, title = aspect_of(content.outline, len(map_)), bool(options.title)
    rough = sheet_for(options.width, options.height, aspect, title=title, legend=40.0, notes=())
    per_pixel = circle_points(content.pixels, rough.area)
    sizes = _size_legend(content, per_pixel, options) if look.dot is None else None
    strip = Strip(sizes, look.bar, look.clusters)
    notes = (*content.notes, _counted(map_, content, look, len(map_)))  # room for all that it may come to say
    legend = strip.height(options.width * POINTS_PER_MM - 2 * BORDER, content.words)
    return sheet_for(options.width, options.height, aspect, title=title, legend=legend, notes=notes), strip, per_pixel


def _counted(map_: Map, content: _Content, look: Look, n_unnamed: int) -> str:
    return count_note(map_, content.links if look.dot is None else None, n_unnamed, content.words)


def _size_legend(content: _Content, per_pixel: float, options: Options) -> SizeLegend | None:
    values = round_sizes(content.weights) if content.weight else ()
    if not values:
        return None
    relative = np.array(values) / float(content.weights.mean())
    diameters = circle_diameters(relative, variation=options.item_size_variation, scale=per_pixel)
    return SizeLegend(content.words(content.weight), values, tuple(diameters.tolist()))


def _place(
    content: _Content, centres: Floats, radii: Floats, sizes: Floats, curves: Floats, sheet: Sheet, max_leader: float
) -> Placement:
    """Place labels, those of heavy items first."""
    boxes = block_sizes(content.texts) * sizes[:, None]
    order = np.argsort(-content.weights, kind="stable")
    importance = np.clip(radii / max(float(np.median(radii)), 1e-9), 1, _MOST_IMPORTANT)
    placed = place_labels(
        centres[order],
        radii[order],
        boxes[order],
        sheet.area,
        curves=points_along(curves),
        importance=importance[order],
        max_leader=max_leader,
    )
    back = np.argsort(order, kind="stable")
    return Placement(placed.boxes[back], placed.named[back], placed.leaders[back], placed.led[back])
