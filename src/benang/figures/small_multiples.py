"""A map in slices, side by side on one page: places and scales are the same in each, so that slices can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from benang.errors import BenangError, Problem
from benang.figures import INK, LARGE, MARGIN, MUTED, NORMAL, POINTS_PER_MM, SMALL, Paths, styled
from benang.figures.label_placement import Placement, place_labels
from benang.figures.label_search import Box
from benang.figures.label_texts import BLANK, block_sizes, cut_labels, labels_within
from benang.figures.map_drawing import draw_circles, draw_labels, draw_links, new_page, write_title
from benang.figures.map_legends import SizeLegend, cluster_legend, round_sizes
from benang.figures.map_sheet import BORDER, Sheet, Strip, aspect_of, circle_points, fit, label_points, turned_to_fill
from benang.figures.map_words import Words, corpus_notes, running, unit_words
from benang.figures.page import FAINT, draw_notes
from benang.figures.saving import save_figure
from benang.figures.text_lines import printable, text_width
from benang.locale import translator
from benang.locale.writing import counted, numeral, worded
from benang.looks import MapOptions, View
from benang.looks.appearance import (
    Palette,
    ShownLinks,
    choose_weight,
    circle_diameters,
    cluster_colours,
    curves_of,
    label_sizes,
    link_widths,
    points_along,
    strongest_links,
)
from benang.looks.colour_scales import palette_of
from benang.maps import Map
from benang.maps.slices import Slice, without_year
from benang.network.network import Floats
from benang.network.recounted import weight_name
from benang.ranges import check

_GAP = 9.0  # points between panels
_PANELS_BY_FOOT = 4.2  # the height of all panels by that of legends and notes, at least
_HEAD = NORMAL * 1.7  # above each panel, for its title
_TWO_COLUMNS, _THREE_COLUMNS = 6, 9  # panels at most that stand in two and in three columns
_ROUGH_FOOT = 60.0
_DOT, _ABSENT = 0.75, "#cccccc"  # radius in points and colour of an item that a slice lacks
_FAINTEST = 1e-6  # weight of a document that is there and was never cited
_LABELLED = 800.0  # square points of a panel for each label: more of them hide the map
_MOST_LABELS = 48
_LARGEST, _NARROW = (6.5, 7.5), 200.0  # points: the largest label of a panel narrower than this, and of others
_MOST_IMPORTANT = 6.0  # times as bad as for an average item is a bad place for the label of the largest
_LABEL_LENGTH = 24
_MAX_LINKS = 300  # a panel has less room than a page


@dataclass(frozen=True)
class _Panel:
    """One slice as it is drawn; lengths in points, places on the page."""

    part: Slice
    box: Box
    centres: Floats
    radii: Floats
    links: ShownLinks
    curves: Floats
    widths: Floats


@dataclass(frozen=True)
class _Scales:
    """What all panels share: weights (slices × items), circles in pixels, the links of each, and the outline."""

    weight: str
    weights: Floats
    pixels: Floats
    links: tuple[ShownLinks, ...]
    widths: tuple[Floats, ...]
    outline: Floats
    bend: float


@dataclass(frozen=True)
class _Shape:
    """The height of a panel by its width, how many there are, and how many stand side by side."""

    aspect: float
    n: int
    across: int

    @property
    def down(self) -> int:
        """How many rows there are."""
        return -(-self.n // self.across)

    @property
    def free(self) -> int:
        """How many places of the last row have no panel; the legends then go there."""
        return self.down * self.across - self.n


@dataclass(frozen=True)
class _Page:
    """The page, the box of each panel, and the box without a panel at the end of the last row, all in points."""

    sheet: Sheet
    boxes: tuple[Box, ...]
    free: Box | None


def plot_slices(
    map_: Map,
    slices: Sequence[Slice],
    *,
    columns: int | None = None,
    palette: str | Path | Palette = "benang",
    path: Paths = None,
    **options: Unpack[MapOptions],
) -> Figure:
    """Draw the slices of a map as small multiples: every item at its place on the whole map, in each slice.

    Sizes of circles and widths of links have one scale over all slices, so that a circle twice as large means
    four times the records wherever it is. An item that a slice lacks is a faint dot. Colours are the clusters of the
    whole map. The largest items of each slice have their names, as far as there is room.

    Parameters
    ----------
    map_
        The whole map.
    slices
        Its parts: `time_slices`, `group_slices`.
    columns
        How many panels stand side by side; without it 2, and of more than six 3 or 4.
    palette
        As in `plot_map`.
    path
        One file or several to save to, each by its suffix.
    options
        As in `View`. Without a `height` each panel has the map's own shape; 300 links are drawn in each (`max_links`).
        `weight` may be the number of records (the preset), `Links` or `Total link strength`, each of the slice; of
        documents it is any weight of the map.

    Raises
    ------
    BenangError
        Without slices, for slices of another map, and as `plot_map`.
    """
    view = View(**({"max_links": _MAX_LINKS} | options))
    _check(map_, slices)
    check(columns=columns)
    map_ = turned_to_fill(map_)
    words, chosen = Words(view.language, view.texts), palette_of(palette)
    scales = _scales(map_, slices, view)
    across = min(columns or _columns(len(slices)), len(slices))
    notes = running(_notes(map_, slices, view, words))
    with styled():
        shape = _Shape(aspect_of(scales.outline, len(map_)), len(slices), across)
        per_pixel = _per_pixel(scales, _page(shape, view, _ROUGH_FOOT).boxes[0])
        strip = Strip(_size_legend(scales, per_pixel, view, words), clusters=cluster_legend(map_, chosen, words))
        wide = view.width * POINTS_PER_MM - 2 * BORDER - 1
        foot = (Strip() if shape.free else strip).foot(wide, notes, words)
        page = _page(shape, view, foot.height)
        figure, axes = new_page(page.sheet, view.title or ", ".join(one.name for one in slices))
        panels = _panels(map_, slices, scales, page.boxes, per_pixel)
        _draw(axes, panels, cluster_colours(map_.cluster, chosen), view)
        _name(axes, panels, scales, _texts(map_, view))
        if page.free is None:
            strip.draw(axes, BORDER + 1, page.sheet.width - BORDER, page.sheet.legend_top, words)
        else:
            strip.draw_in(axes, page.free, words)
        write_title(axes, page.sheet, view)
        draw_notes(figure, notes, foot.notes / POINTS_PER_MM + 2 * MARGIN)
        return save_figure(figure, path, view.dpi)


def _columns(n: int) -> int:
    """Return how many panels stand side by side: two while that leaves a page, so that they can be read."""
    return min(n, 2) if n <= _TWO_COLUMNS else 3 if n <= _THREE_COLUMNS else 4


def _check(map_: Map, slices: Sequence[Slice]) -> None:
    if not slices:
        raise BenangError(Problem("no periods", where="figure", expected="at least one period"))
    if any(one.map.network.ids != map_.network.ids for one in slices):
        raise BenangError(
            Problem("periods of another map", where="figure", expected="periods of the map that is drawn")
        )


def _scales(map_: Map, slices: Sequence[Slice], view: View) -> _Scales:
    name, weights = _weights(map_, slices, view.weight)
    mean = float(weights[weights > 0].mean()) if (weights > 0).any() else 1.0
    pixels = np.where(weights > 0, circle_diameters(weights / mean, variation=view.item_size_variation), 0.0)
    links = tuple(
        strongest_links(one.map.network, max_links=view.max_links, min_strength=view.min_link_strength)
        for one in slices
    )
    together = link_widths(np.concatenate([one.strength for one in links]), variation=view.link_size_variation)
    ends = np.cumsum([len(one) for one in links])[:-1]
    bend = 0.3 if view.curved else 0.0
    outline = np.concatenate([map_.xy, *(points_along(curves_of(map_.xy, one, bend)) for one in links)])
    return _Scales(name, weights, pixels, links, tuple(np.split(together, ends)), outline, bend)


def _weights(map_: Map, slices: Sequence[Slice], wanted: str | None) -> tuple[str, Floats]:
    """Return what sizes the items, slices × items; a document is in one slice, with whatever weight it has."""
    if map_.network.item_kind == "documents":
        name, own = choose_weight(map_.network, wanted)
        return name, np.stack([np.where(one.present, np.maximum(own, _FAINTEST), 0.0) for one in slices])
    name = wanted or weight_name(map_.network)
    for one in slices:
        if name not in one.map.network.weights:
            known = ", ".join(one.map.network.weights)
            raise BenangError(
                Problem(
                    f"'{name}'", where="weight", expected=worded("a weight that periods have: {known}", known=known)
                )
            )
    return name, np.stack([one.map.network.weights[name] for one in slices])


def _page(shape: _Shape, view: View, foot: float) -> _Page:
    """Share out the page: rows of panels, each with its title above it; legends and notes (`foot`) below."""
    wide = view.width * POINTS_PER_MM
    across, down = shape.across, shape.down
    panel = (wide - 2 * BORDER - (across - 1) * _GAP) / across
    foot += BORDER
    head = LARGE * 1.6 if view.title else 0.0
    tall = max(panel * shape.aspect, foot * _PANELS_BY_FOOT / down)
    if view.height is not None:
        tall = (view.height * POINTS_PER_MM - foot - head - 2 * BORDER - (down - 1) * _GAP) / down - _HEAD
    tall = max(tall, 40.0)
    total = foot + head + 2 * BORDER + down * (tall + _HEAD) + (down - 1) * _GAP
    boxes: list[Box] = []
    for at in range(across * down):
        left = BORDER + (at % across) * (panel + _GAP)
        top = total - head - BORDER - (at // across) * (tall + _HEAD + _GAP) - _HEAD
        boxes.append((left, top - tall, left + panel, top))
    free = (*boxes[shape.n][:2], *boxes[-1][2:]) if shape.free else None
    return _Page(Sheet(wide, total, boxes[0], foot - BORDER), tuple(boxes[: shape.n]), free)


def _per_pixel(scales: _Scales, box: Box) -> float:
    """Return how many points a pixel of VOSviewer's takes: what the fullest slice has room for."""
    largest = scales.pixels[int((scales.pixels**2).sum(axis=1).argmax())]
    shown = largest[largest > 0]
    return circle_points(shown if len(shown) else np.ones(1), box)


def _size_legend(scales: _Scales, per_pixel: float, view: View, words: Words) -> SizeLegend | None:
    shown = scales.weights[scales.weights > 0]
    values = round_sizes(shown) if len(shown) else ()
    if not values or not scales.weight:
        return None
    diameters = circle_diameters(
        np.array(values) / float(shown.mean()), variation=view.item_size_variation, scale=per_pixel
    )
    return SizeLegend(words(scales.weight), values, tuple(diameters.tolist()))


def _panels(
    map_: Map, slices: Sequence[Slice], scales: _Scales, boxes: Sequence[Box], per_pixel: float
) -> tuple[_Panel, ...]:
    radii = np.where(scales.weights > 0, scales.pixels * per_pixel / 2, _DOT)
    around = np.concatenate([radii.max(axis=0) + 1.5, np.zeros(len(scales.outline) - len(map_))])
    places, _ = fit(scales.outline, around, boxes[0])
    panels = []
    for at, (part, box) in enumerate(zip(slices, boxes, strict=True)):
        centres = places[: len(map_)] + np.array(box[:2]) - np.array(boxes[0][:2])
        curves = curves_of(centres, scales.links[at], scales.bend)
        panels.append(
            _Panel(part, box, centres, radii[at], scales.links[at], curves, scales.widths[at] * per_pixel)
        )  # fmt: skip
    return tuple(panels)


def _draw(axes: Axes, panels: Sequence[_Panel], colours: tuple[str, ...], view: View) -> None:
    """Draw frames and titles, then the links and circles of all panels."""
    _titles(axes, panels, view.language)
    for panel in panels:
        left, bottom, right, top = panel.box
        frame = Rectangle((left, bottom), right - left, top - bottom, facecolor="none", edgecolor=FAINT, linewidth=0.5)
        axes.add_patch(frame)
        absent = panel.centres[~panel.part.present]
        axes.scatter(absent[:, 0], absent[:, 1], s=(2 * _DOT) ** 2, color=_ABSENT, linewidths=0, zorder=0.5)
        draw_links(axes, panel.curves, colours, panel.links, panel.widths)
        here = np.flatnonzero(panel.part.present)
        draw_circles(axes, panel.centres[here], panel.radii[here], [colours[item] for item in here.tolist()])


def _titles(axes: Axes, panels: Sequence[_Panel], language: str) -> None:
    """Write above each panel its name and the number of its records."""
    counts = [_records(one.part.n_records, one.part.map, language) for one in panels]
    room = panels[0].box[2] - panels[0].box[0] - max(text_width(count, SMALL) for count in counts) - 8
    names = labels_within([one.part.name for one in panels], room / POINTS_PER_MM, NORMAL, "bold")
    for panel, name, count in zip(panels, names, counts, strict=True):
        left, baseline = panel.box[0], panel.box[3] + NORMAL * 0.5
        _write(axes, left, baseline, name, NORMAL, weight="bold")
        _write(axes, left + text_width(name, NORMAL, "bold") + 5, baseline, count, SMALL, colour=MUTED)


def _records(n: int, map_: Map, language: str) -> str:
    return f"{numeral(n, language)} {counted(*unit_words(map_.network), n, language)}"


def _texts(map_: Map, view: View) -> tuple[str, ...]:
    length = _LABEL_LENGTH if view.label_length is None else view.label_length
    texts = tuple(printable(text) for text in cut_labels(map_.network.labels, length))
    if isinstance(view.labels, bool):
        return texts if view.labels else ("",) * len(texts)
    names = {view.labels} if isinstance(view.labels, str) else set(view.labels)
    keys = zip(texts, map_.network.ids, map_.network.labels, strict=True)
    return tuple(text if {item, label} & names else "" for text, item, label in keys)


def _name(axes: Axes, panels: Sequence[_Panel], scales: _Scales, texts: tuple[str, ...]) -> None:
    """Write the names of the largest items of each panel, all in one go: their ids in an SVG stand once."""
    items, centres, placements, sizes = [], [], [], []
    for at, panel in enumerate(panels):
        chosen = _labelled(panel, scales.weights[at], texts)
        if not len(chosen):
            continue
        named = [texts[item] for item in chosen.tolist()]
        relative = scales.weights[at][chosen] / float(scales.weights[scales.weights > 0].mean())
        largest = _LARGEST[0] if panel.box[2] - panel.box[0] < _NARROW else _LARGEST[1]
        points = np.minimum(label_points(label_sizes(relative), named, panel.box), largest)
        placements.append(_placed(panel, chosen, block_sizes(named), points))
        items.append(chosen)
        centres.append(panel.centres[chosen])
        sizes.append(points)
    if not items:
        return
    all_items = np.concatenate(items).tolist()
    together = Placement(
        np.concatenate([one.boxes for one in placements]),
        np.concatenate([one.named for one in placements]),
        np.concatenate([one.forms for one in placements]),
    )
    draw_labels(axes, together, [texts[item] for item in all_items], np.concatenate(sizes), np.concatenate(centres))


def _labelled(panel: _Panel, weights: Floats, texts: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    left, bottom, right, top = panel.box
    most = int(np.clip((right - left) * (top - bottom) / _LABELLED, 4, _MOST_LABELS))
    order = [item for item in np.argsort(-weights, kind="stable").tolist() if weights[item] > 0 and texts[item]]
    return np.array(order[:most], np.intp)


def _placed(
    panel: _Panel, chosen: np.ndarray[tuple[int], np.dtype[np.intp]], blocks: Floats, points: Floats
) -> Placement:
    """Place labels among all circles of the panel: those without a label take part as circles only."""
    here = np.flatnonzero(panel.part.present)
    rest = here[~np.isin(here, chosen)]
    order = np.concatenate([chosen, rest])
    sizes = np.concatenate([blocks * points[:, None], np.zeros((len(rest), 2))])
    placed = place_labels(
        panel.centres[order],
        panel.radii[order],
        sizes,
        panel.box,
        curves=points_along(panel.curves),
        importance=np.clip(panel.radii[order] / max(float(np.median(panel.radii[here])), 1e-9), 1, _MOST_IMPORTANT),
        blanks=np.concatenate([BLANK * points[:, None], np.zeros((len(rest), 2))]),
    )
    n = len(chosen)
    return Placement(placed.boxes[:n], placed.named[:n], placed.forms[:n])


def _notes(map_: Map, slices: Sequence[Slice], view: View, words: Words) -> tuple[str, ...]:
    _ = translator(view.language)
    whole = _("Positions and clusters are those of the whole map.")
    if not all(one.present.all() for one in slices):
        whole = _("Positions and clusters are those of the whole map; a faint dot marks an item absent from a panel.")
    notes = [*view.notes, *corpus_notes(map_, words), whole]
    if any(one.map.network.n_links > view.max_links for one in slices):
        most = numeral(view.max_links, view.language)
        notes.append(_("Showing at most the {n} strongest links of each panel.").format(n=most))
    if all(one.first is not None for one in slices) and (missing := without_year(map_, slices)):
        notes.append(
            _("Left out for lack of a year: {records}.").format(records=_records(missing, map_, view.language))
        )
    return tuple(notes)


def _write(
    axes: Axes, x: float, y: float, text: str, size: float, *, colour: str = INK, weight: str = "normal"
) -> None:
    axes.text(x, y, text, fontsize=size, color=colour, fontweight=weight, va="baseline", parse_math=False)
