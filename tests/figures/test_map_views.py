"""The views of a map: on black, in frames, with grey links, nearer, in colours of one's own, and of very many items."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import EllipseCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from scipy import sparse
from tests.maps.told import told

from benang.errors import BenangError
from benang.figures.map_composition import Look, composed
from benang.figures.map_figures import plot_density, plot_map, plot_overlay
from benang.figures.saving import figure_bytes
from benang.figures.text_lines import Halos
from benang.looks import View
from benang.looks.appearance import Palette, rgb_to_lab, to_rgb
from benang.looks.colour_scales import ColourScale
from benang.maps import Map
from benang.network.network import Floats, Network, symmetric


def _map(n: int, *, seed: int = 3, **given: Any) -> Map:
    """Return a map of n items around a middle, three links an item, weights, years and three clusters."""
    random = np.random.default_rng(seed)
    ends = random.integers(0, n, (2, 3 * n))
    links = symmetric(n, ends[0], ends[1], random.integers(1, 9, 3 * n).astype(np.float64))
    network = Network(
        tuple(f"i{number}" for number in range(n)),
        tuple(f"word {number}" for number in range(n)),
        links,
        {"Documents": random.pareto(1.5, n) * 5 + 1},
        given.pop("scores", {"Pub. year": random.integers(2008, 2025, n) * 1.0}),
        given.pop("attributes", {}),
    )
    return Map(network, random.normal(size=(n, 2)), random.integers(1, 4, n), **given)


@pytest.fixture(scope="module")
def small() -> Map:
    """Return a map of 40 items."""
    return _map(40)


def _labels(figure: Figure) -> list[Text]:
    return [text for text in figure.axes[0].texts if str(text.get_gid()).startswith(("label", "frame"))]


def _circles(figure: Figure) -> EllipseCollection | None:
    return next((one for one in figure.axes[0].collections if isinstance(one, EllipseCollection)), None)


def _links(figure: Figure) -> PathCollection:
    return next(one for one in figure.axes[0].collections if type(one) is PathCollection)


def _frames(figure: Figure) -> Floats:
    frames = next(one for one in figure.axes[0].collections if isinstance(one, PolyCollection))
    corners = [path.get_extents() for path in frames.get_paths()]
    return np.array([[box.x0, box.y0, box.x1, box.y1] for box in corners])


def _notes(figure: Figure) -> str:
    return " ".join(text.get_text() for text in sorted(figure.texts, key=lambda one: -one.get_position()[1]))


def _contrast(one: str, other: str) -> float:
    rgb = to_rgb([one, other])
    light = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ np.array([0.2126, 0.7152, 0.0722])
    return float((light.max() + 0.05) / (light.min() + 0.05))


def test_all_text_stands_out_from_a_black_page(small: Map) -> None:
    """Names, legends, title and notes have a contrast of at least 7 : 1, and names a black rim."""
    labelled = Map(small.network, small.xy, small.cluster, {1: "One", 2: "Two"})
    for figure in (
        plot_map(labelled, dark=True, title="Black"),
        plot_overlay(small, dark=True),
        plot_density(small, dark=True),
    ):
        texts = [*figure.axes[0].texts, *figure.texts]
        rims = [
            to_hex(np.asarray(one.get_edgecolor())[0]) for one in figure.axes[0].collections if isinstance(one, Halos)
        ]

        assert to_hex(figure.get_facecolor()) == "#000000"
        assert min(_contrast(str(text.get_color()), "#000000") for text in texts if text.get_text()) >= 7
        assert rims == ["#000000"]


def test_rims_in_svg_have_the_colour_of_the_page(small: Map) -> None:
    """Black on black, white on white."""
    for dark, colour in ((True, "#000000"), (False, "#ffffff")):
        svg = figure_bytes(plot_map(small, dark=dark), ".svg").decode()

        assert set(re.findall(r"fill: none; stroke: (#\w+); stroke-opacity: 0.8; stroke-width: 16;", svg)) == {colour}


def test_grey_links_are_of_one_grey(small: Map) -> None:
    """With `coloured=False` all links have one colour without a hue; straight ones have no bend."""
    figure = plot_map(small, coloured=False, curved=False)
    links = _links(figure)
    corners = np.array([np.asarray(path.vertices, dtype=np.float64) for path in links.get_paths()])
    bends = np.linalg.norm(corners[:, 1] - (corners[:, 0] + corners[:, 2]) / 2, axis=1)

    assert len(np.unique(np.asarray(links.get_edgecolor()), axis=0)) == 1
    assert np.ptp(np.asarray(links.get_edgecolor())[0, :3]) == 0
    assert float(bends.max()) < 1e-9


def test_frames_stand_over_their_items_and_apart(small: Map) -> None:
    """Each named item lies below its frame, no two frames touch, and the text stands within its frame."""
    figure = plot_map(small, frames=True)
    frames, labels = _frames(figure), _labels(figure)

    assert len(frames) == len(labels) > 20
    for one, other in combinations(frames, 2):
        assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
    for box, text in zip(frames, labels, strict=True):
        x, y = text.get_position()
        assert box[0] < x < box[2]
        assert box[1] < y < box[3]


def test_items_without_a_frame_are_dots() -> None:
    """What has no frame is drawn as a dot and counted; together they are all items."""
    figure = plot_map(_map(200), frames=True)
    dots = _circles(figure)
    said = re.search(r"No room for the names of (\d+) items", _notes(figure))

    assert dots is not None
    assert said is not None
    assert len(np.asarray(dots.get_offsets())) == int(said.group(1)) == 200 - len(_frames(figure))
    assert "Documents" not in [text.get_text() for text in figure.axes[0].texts]  # there is no circle to explain


def test_an_item_that_is_shown_stands_in_the_middle(small: Map) -> None:
    """Three times as near: the item in the middle of the map, fewer items on the page, and a note that says so."""
    whole, near = plot_map(small), plot_map(small, show="word 7")
    circles = _circles(near)
    said = re.search(r"Showing (\d+) of 40 items", _notes(near))

    assert said is not None
    assert circles is not None
    places = np.asarray(circles.get_offsets())
    assert len(places) == int(said.group(1)) < 40
    width = float(near.get_size_inches()[0]) * 72
    assert np.abs(places[:, 0] - width / 2).min() < 1e-6
    assert "Showing" not in _notes(whole)
    assert {text.get_text() for text in _labels(near)} <= {text.get_text() for text in _labels(whole)}


def test_zooming_parts_items_and_leaves_circles_as_large(small: Map) -> None:
    """At zoom 2 the items are twice as far apart; circles keep their size, as in VOSviewer."""
    look = Look(("#000000",) * 40)
    one, two = (composed(small, look, View(zoom=zoom, height=120)) for zoom in (1, 2))
    apart = [np.linalg.norm(made.centres[0] - made.centres[1]) for made in (one, two)]

    assert apart[1] == pytest.approx(2 * apart[0], rel=0.06)
    assert two.radii.tolist() == one.radii.tolist()
    assert 0 < two.shown.sum() < 40


def test_what_is_shown_must_be_on_the_map(small: Map) -> None:
    """A slip is answered with the nearest label; a zoom below 1 and a scale of 0 are refused."""
    with pytest.raises(BenangError, match=r"show: .*'word seven'"):
        plot_map(small, show="word seven")
    with pytest.raises(BenangError, match=r"(?s)scale: expected a number from 0.1 .*zoom: expected a number from 1 "):
        plot_map(small, zoom=0.5, scale=0)


def test_scale_enlarges_circles_and_names(small: Map) -> None:
    """At a scale of 2 the largest circle has twice its diameter, and the least name is larger."""
    one, two = plot_map(small), plot_map(small, scale=2)
    widths = [float(np.asarray(circles.get_widths()).max()) for circles in map(_circles, (one, two)) if circles]
    least = [min(float(text.get_fontsize()) for text in _labels(figure)) for figure in (one, two)]

    assert widths[1] == pytest.approx(2 * widths[0])
    assert least[1] > 1.5 * least[0]


def test_names_alike_in_size_are_asked_for_apart_from_circles(small: Map) -> None:
    """`label_size_variation` 0 writes all names in one size, and leaves the circles different."""
    figure = plot_map(small, label_size_variation=0)
    circles = _circles(figure)

    assert len({text.get_fontsize() for text in _labels(figure)}) == 1
    assert circles is not None
    assert len(set(np.asarray(circles.get_widths()).tolist())) > 10


def test_items_have_the_colours_that_they_bring_along() -> None:
    """Columns red, green and blue colour an overlay, unless a score is named; one without is grey and counted."""
    shades = {"red": (0, 200, None), "green": (100, 50, None), "blue": (0, 50, None)}
    made = _map(3, attributes=shades)
    faces = _faces(plot_overlay(made))

    assert sorted(faces) == sorted(["#006400", "#c83232", "#bfbfbf"])
    assert "no colour given: 1 item" in [text.get_text() for text in plot_overlay(made).axes[0].texts]
    assert "#006400" not in _faces(plot_overlay(made, score="Pub. year"))


def _faces(figure: Figure) -> list[str]:
    circles = _circles(figure)
    assert circles is not None
    return [to_hex(face[:3]) for face in np.asarray(circles.get_facecolor())]


def test_an_overlay_takes_the_first_usual_score(small: Map) -> None:
    """Without a name it is the year of publication here; the legend says which."""
    assert "Year of publication" in [text.get_text() for text in plot_overlay(small).axes[0].texts]


def test_a_map_without_scores_has_no_overlay() -> None:
    """The message says what is missing."""
    with pytest.raises(BenangError, match="at least one score"):
        plot_overlay(_map(3, scores={}))


def test_palettes_and_scales_of_ones_own_are_used(small: Map) -> None:
    """Clusters, scores and densities in colours that were read from a file."""
    red = Palette("mine", ("#aa0000",) * 3)
    scale = ColourScale("mine", (0.0, 1.0), ("#0000ff", "#0000ff"))
    image = plot_density(small, colours=scale).axes[0].images[0].get_array()

    assert set(_faces(plot_map(small, palette=red))) == {"#aa0000"}
    assert set(_faces(plot_overlay(small, colours=scale))) == {"#0000ff"}
    assert image is not None
    assert np.allclose(np.asarray(image), [0, 0, 1])


def test_dark_clusters_are_lightened_on_black() -> None:
    """On a black page every cluster has a contrast of 3 : 1 or more, and no two of the first eighteen are alike."""
    made = Map(Network(*(tuple(map(str, range(54))),) * 2, sparse.csr_array((54, 54))), np.eye(54, 2), np.arange(1, 55))
    faces = _faces(plot_map(made, dark=True, labels=False))
    lab = rgb_to_lab(to_rgb(faces[:18]))

    assert min(_contrast(face, "#000000") for face in faces) >= 3
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(lab, 2)) > 6


def test_a_note_on_stability_stands_on_the_map(small: Map) -> None:
    """What its settings note on its clusters is said below the map."""
    note = "Clusters 2 and 3 change with the records: read them with care."
    made = told(small, stability={"note": note})

    assert note in _notes(plot_map(made))
    assert "Clusters" not in _notes(plot_map(small))


def test_the_note_on_stability_is_in_the_language_of_the_figure(small: Map) -> None:
    """What was measured is told again in words of the figure's language, whatever the file's own note says."""
    cluster = {"cluster": 2, "items": 3, "jaccard": 0.2, "verdict": "unstable"}
    account = {"verdict": "partly", "over": "records", "note": "In English.", "clusters": [cluster]}
    made = told(small, stability=account)

    assert "Klaster 2 meragukan: hampir tidak muncul lagi bila artikel diambil ulang secara acak." in _notes(
        plot_map(made, language="id")
    )
    assert "In English" not in _notes(plot_map(made, language="id"))


def test_eps_has_no_transparency_and_the_same_bytes_each_time(small: Map) -> None:
    """Colours are mixed with the page for EPS, and afterwards the figure is as it was."""
    figure = plot_map(small)
    before = figure_bytes(figure, ".png", 60)
    first, second = figure_bytes(figure, ".eps"), figure_bytes(plot_map(small), ".eps")
    circles = _circles(figure)

    assert first == second
    assert b"word" not in first.split(b"%%EndComments")[0] or b"%%Title" in first
    assert circles is not None
    assert set(np.asarray(circles.get_facecolor())[:, 3].tolist()) == {0.8}
    assert figure_bytes(figure, ".png", 60) == before


@pytest.fixture(scope="module")
def large() -> Figure:
    """Return a map of 3,000 items, drawn."""
    return plot_map(_map(3000))


def test_of_very_many_items_the_heaviest_are_named(large: Figure) -> None:
    """Dozens of names, in size 10 or less; what has none is counted."""
    made = _map(3000)
    heaviest = np.argsort(-made.network.weights["Documents"])[:10]
    names = {text.get_text() for text in _labels(large)}
    said = re.search(r"No room for the names of ([\d,]+) items", _notes(large))

    assert len(names) > 60
    assert len({made.network.labels[item] for item in heaviest} & names) >= 8
    assert max(float(text.get_fontsize()) for text in _labels(large)) <= 10
    assert said is not None
    assert int(said.group(1).replace(",", "")) == 3000 - len(names)


def test_circles_of_very_many_items_cover_a_part_of_the_page(large: Figure) -> None:
    """Together they take no more than a fifth of it, and each can be printed."""
    circles = _circles(large)
    assert circles is not None
    widths = np.asarray(circles.get_widths())
    page = np.prod(np.asarray(large.get_size_inches()) * 72)

    assert np.pi / 4 * float((widths**2).sum()) < page / 5
    assert float(widths.min()) >= 0.5


def test_of_very_many_named_items_all_asked_for_are_tried() -> None:
    """Who names three of 3,000 items gets these three."""
    figure = plot_map(_map(3000), labels=["word 5", "i17", "word 2999"], max_links=0)

    assert {text.get_text() for text in _labels(figure)} == {"word 5", "word 17", "word 2999"}


def test_a_picture_of_more_points_than_memory_holds_is_refused() -> None:
    """Two metres at 1,200 points to the inch, whatever is on the page: of two items as of two thousand."""
    with pytest.raises(BenangError, match=r"at most 200 million pixels.*found 94,488 × .*lower dpi"):
        plot_map(_map(2), labels=False, width=2000, height=2000, dpi=1200, path="never-written.png")
