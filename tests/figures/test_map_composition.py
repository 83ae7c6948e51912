"""Names on drawn maps, measured by their letters: apart, on no heavier circle, each at its own, heavy ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pytest
from matplotlib.collections import EllipseCollection, LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from benang.figures import map_figures
from benang.figures.map_composition import Composition, Look, composed
from benang.figures.map_figures import plot_density, plot_map
from benang.looks import View
from benang.maps import Map
from benang.network.network import Floats, Network, symmetric

SIZES = (20, 60, 150, 400, 1000)
FIRST = ("night", "street", "village", "harbour", "floating", "northern", "rented", "crowded", "quiet", "riverside")
SECOND = ("market", "stall", "permit", "vendor", "square", "ferry", "lantern", "festival", "tariff", "council")


def invented_map(n: int) -> Map:
    """Return n items in eight heaps, fewer than thirty loosely spread, with weights that fall as those of keywords."""
    random = np.random.default_rng(n)
    homes = random.normal(size=(8, 2)) * (1.0, 0.8)
    heap = random.integers(0, 8, n)
    xy = homes[heap] + random.normal(size=(n, 2)) * (0.3, 0.25)
    if n < 30:
        xy = np.column_stack([np.arange(n) % 4, np.arange(n) // 4 * 0.8]) + random.uniform(-0.2, 0.2, (n, 2))
    labels = tuple(f"{FIRST[i % 10]} {SECOND[i // 10 % 10]} {'' if i < 100 else i}".strip() for i in range(n))
    one, other = np.arange(n), random.integers(0, n, n)
    apart = one != other
    links = symmetric(n, one[apart], other[apart], np.ones(int(apart.sum())))
    weights = np.maximum(1, np.round(400 / (np.arange(n) + 1) ** 0.7))
    return Map(Network(labels, labels, links, {"Occurrences": weights}), xy, heap + 1)


@dataclass(frozen=True)
class Name:
    """A name as it is drawn: its item, the size of its letters, and the boxes of its lines in points."""

    item: int
    size: float
    lines: Floats

    @property
    def box(self) -> Floats:
        """Left, bottom, right, top."""
        return np.concatenate([self.lines[:, :2].min(axis=0), self.lines[:, 2:].max(axis=0)])

    def distance(self, point: Floats) -> float:
        """Return how far a point is from the box."""
        return float(np.hypot(*np.maximum(np.maximum(self.box[:2] - point, point - self.box[2:]), 0)))


@dataclass(frozen=True)
class Drawn:
    """A figure, and what was decided about it."""

    made: Composition
    figure: Figure
    names: tuple[Name, ...]


def _names(figure: Figure, map_: Map) -> Iterator[Name]:
    """Put the lines of a figure's labels together again to names of items."""
    lines: list[tuple[str, float, Floats]] = []
    place = {label: item for item, label in enumerate(map_.network.labels)}
    for text in figure.axes[0].texts:
        if not str(text.get_gid()).startswith("label"):
            continue
        size = float(text.get_fontsize())
        path, _ = text_to_path.get_text_path(FontProperties(family="DejaVu Sans"), text.get_text(), ismath=False)
        ink = np.asarray(path) * size / text_to_path.FONT_SCALE + np.array(text.get_position())
        lines.append((text.get_text(), size, np.concatenate([ink.min(axis=0), ink.max(axis=0)])))
        whole = " ".join(line for line, _, _ in lines)
        if whole in place and len({size for _, size, _ in lines}) == 1:
            yield Name(place[whole], size, np.array([box for _, _, box in lines]))
            lines = []
    assert not lines


def _drawn(plot: Callable[[Map], Figure], map_: Map) -> Drawn:
    """Draw a map, and keep what was decided about it."""
    kept: list[Composition] = []

    def composed_and_kept(map_: Map, look: Look, view: View) -> Composition:
        kept.append(composed(map_, look, view))
        return kept[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(map_figures, "composed", composed_and_kept)
        figure = plot(map_)
    return Drawn(kept[0], figure, tuple(_names(figure, map_)))


@pytest.fixture(scope="module", params=SIZES)
def drawn(request: pytest.FixtureRequest) -> Drawn:
    """Return a map of 20 to 1,000 invented items, drawn on a page."""
    return _drawn(plot_map, invented_map(request.param))


def test_no_name_lies_on_another(drawn: Drawn) -> None:
    """The letters of no two names meet."""
    for one, other in combinations(drawn.names, 2):
        low, high = np.maximum(one.box[:2], other.box[:2]), np.minimum(one.box[2:], other.box[2:])
        assert not (low < high).all()


def test_two_names_on_a_line_do_not_read_as_one(drawn: Drawn) -> None:
    """Between their lines there is twice a blank at least, which is 0.32 of the size wide."""
    for one, other in combinations(drawn.names, 2):
        for a in one.lines:
            level = np.abs(other.lines[:, 1] - a[1]) < 0.35 * one.size
            gaps = np.maximum(a[0], other.lines[level, 0]) - np.minimum(a[2], other.lines[level, 2])
            assert not (gaps < 0.6 * min(one.size, other.size)).any()


def test_no_name_lies_on_a_heavier_circle(drawn: Drawn) -> None:
    """None reaches further into a larger circle than half a point."""
    for name in drawn.names:
        for other in np.flatnonzero(drawn.made.radii > 1.01 * drawn.made.radii[name.item]):
            assert name.distance(drawn.made.centres[other]) > drawn.made.radii[other] - 0.51


def test_every_name_touches_its_own_circle(drawn: Drawn) -> None:
    """It begins within half its height of the circle, or stands on it."""
    for name in drawn.names:
        gap = name.distance(drawn.made.centres[name.item]) - drawn.made.radii[name.item]
        assert gap < 0.5 * name.size


def test_heavy_items_are_named_first_and_as_many_as_have_room(drawn: Drawn) -> None:
    """The heaviest always, of twenty items all, of sixty nearly all, of more a hundred or so."""
    n = len(drawn.made.radii)
    named = {name.item for name in drawn.names}

    assert 0 in named
    assert len(named) == len(drawn.names) >= {20: 20, 60: 50, 150: 80, 400: 80, 1000: 100}[n]


def _free(name: Name, drawn: Drawn) -> bool:
    """Tell whether a name that is not drawn could be where it is taken to be, whatever lighter items do."""
    made, low, high = drawn.made, name.box[:2], name.box[2:]
    if (low < made.sheet.area[:2]).any() or (high > made.sheet.area[2:]).any():
        return False
    for other in drawn.names:
        blank = np.array([0.9, 0.6]) * max(name.size, other.size)
        if other.item < name.item and (low < other.box[2:] + blank).all() and (other.box[:2] - blank < high).all():
            return False
    own = made.radii[name.item]
    beside = name.distance(made.centres[name.item]) > 0
    # a name beside a circle reads as that of another about as large below it
    kept_clear = np.flatnonzero(made.radii > (0.6 if beside else 1.01) * own)
    return all(name.distance(made.centres[i]) > made.radii[i] + 2 * beside for i in kept_clear if i != name.item)


def test_an_item_has_no_name_only_where_heavier_ones_leave_it_no_room(drawn: Drawn) -> None:
    """In the middle of its circle, at its sides, above and below: its name on one line would be on what is heavier."""
    named = {name.item for name in drawn.names}
    for item in set(range(min(len(drawn.made.radii), 400))) - named:
        size, centre = drawn.made.label_sizes[item], drawn.made.centres[item]
        text = drawn.made.texts[item].replace("\n", " ")
        path, _ = text_to_path.get_text_path(FontProperties(family="DejaVu Sans"), text, ismath=False)
        half = np.array([np.ptp(np.asarray(path)[:, 0]) / text_to_path.FONT_SCALE, 1.0]) * size / 2
        for way in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
            middle = centre + np.array(way) * (drawn.made.radii[item] + 1 + half)
            box = np.array([np.concatenate([middle - half, middle + half])])
            assert not _free(Name(item, size, box), drawn), text


def test_few_items_leave_room_for_their_names_at_the_border() -> None:
    """Twenty in tight heaps at the corners: all are named, which they are not where the heaps touch the border."""
    turn = np.linspace(0, 2 * np.pi, 5, endpoint=False)
    heap = 0.06 * np.column_stack([np.cos(turn), np.sin(turn)])
    corners = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 1.4], [2.0, 1.4]])
    made = invented_map(20)
    drawn = _drawn(plot_map, replace(made, xy=np.concatenate([corner + heap for corner in corners])))

    assert len(drawn.names) == 20
    assert min(name.size for name in drawn.names) >= 5
    assert drawn.made.centres[:, 0].min() > drawn.made.sheet.area[0] + 0.04 * drawn.made.sheet.width


def test_on_a_density_map_few_names_stand_on_their_items() -> None:
    """Each over its item, the heaviest in their middle, apart from one another; there are no circles, and no lines."""
    drawn = _drawn(plot_density, invented_map(400))
    names = drawn.names
    off = np.array([(name.box[:2] + name.box[2:]) / 2 - drawn.made.centres[name.item] for name in names])

    assert 15 <= len(names) <= 100
    assert max(name.distance(drawn.made.centres[name.item]) for name in names) < 0.1 * names[0].size
    assert (np.abs(off[:3]) < 0.3 * names[0].size).all()
    assert not any(isinstance(one, EllipseCollection | LineCollection) for one in drawn.figure.axes[0].collections)
    for one, other in combinations(names, 2):
        low, high = np.maximum(one.box[:2], other.box[:2]), np.minimum(one.box[2:], other.box[2:])
        assert not (low < high).all()


@pytest.mark.parametrize("by", ["items", "clusters"])
def test_a_density_has_faded_at_the_border(by: str) -> None:
    """Along all four edges the page has next to its own colour, and within the map it has not."""
    image = plot_density(invented_map(400), by=by).axes[0].images[0].get_array()  # type: ignore[arg-type]
    assert image is not None
    shades = np.asarray(image)

    for edge in (shades[0], shades[-1], shades[:, 0], shades[:, -1]):
        assert float(edge.min()) > 0.93
    assert float(shades.min()) < 0.4


def test_a_light_item_far_from_others_shows_on_a_density_map() -> None:
    """One of a hundredth of the heaviest has a colour that is not the page's."""
    labels = ("heavy", "light")
    network = Network(
        labels, labels, symmetric(2, np.array([0]), np.array([1]), np.ones(1)), {"Documents": np.array([100.0, 1])}
    )
    map_ = Map(network, np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([1, 1]))
    image = plot_density(map_).axes[0].images[0].get_array()
    assert image is not None
    right = np.asarray(image)[:, np.asarray(image).shape[1] * 2 // 3 :]

    assert float(right.min()) < 0.96
