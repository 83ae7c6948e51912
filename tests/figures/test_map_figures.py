"""Maps on paper: names apart and whole, legends that hide nothing, notes where they are owed, the same bytes twice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import EllipseCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from scipy import sparse
from tests.figures.conftest import Faults
from tests.maps.told import told
from tests.network.corpora import keywords
from tests.synthesis.studies import CODEBOOK, coded_review, corpus_with

from benang.errors import BenangError
from benang.figures.map_composition import Look, composed
from benang.figures.map_figures import plot_code_scores, plot_density, plot_difference, plot_map, plot_overlay
from benang.figures.saving import figure_bytes
from benang.looks import View
from benang.map_files import read_map
from benang.maps import Map
from benang.maps.comparison import Difference, map_difference
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Floats, Network
from benang.synthesis.code_scores import code_scores

WORDS = ("kota", "kembar", "perdagangan", "budaya", "sister city", "paradiplomacy", "network", "regional", "policy")


def _map(
    labels: list[str],
    xy: Any,
    strengths: Mapping[tuple[int, int], float] | None = None,
    *,
    cluster: list[int] | None = None,
    names: Mapping[int, str] | None = None,
    weights: Any = None,
    years: Any = None,
    key: Mapping[str, object] | None = None,
) -> Map:
    n = len(labels)
    links = np.zeros((n, n))
    for (one, other), strength in (strengths or {}).items():
        links[one, other] = links[other, one] = strength
    network = Network(
        tuple(f"i{number}" for number in range(n)),
        tuple(labels),
        sparse.csr_array(links),
        {} if weights is None else {"Documents": np.array(weights, dtype=np.float64)},
        {} if years is None else {"Avg. pub. year": np.array(years, dtype=np.float64)},
    )
    places, clusters = np.array(xy, dtype=np.float64).reshape(n, 2), np.array(cluster or [1] * n, dtype=np.int64)
    return told(Map(network, places, clusters, names or {}), **(key or {}))


@pytest.fixture(scope="module")
def crowded() -> Map:
    """Return a map of 70 items in four heaps, with 200 links, weights, and a fifth of its items without a year."""
    random = np.random.default_rng(17)
    n = 70
    cluster = np.repeat([1, 2, 3, 4], [30, 20, 12, 8])
    homes = np.array([[-0.5, 0.0], [0.4, 0.4], [0.5, -0.4], [-0.1, 0.7]])
    places = homes[cluster - 1] + random.normal(size=(n, 2)) * 0.13
    labels = [f"{WORDS[i % 9]} {WORDS[(i * 5 + 2) % 9]} {i}" for i in range(n)]
    pairs = {(int(min(a, b)), int(max(a, b))): float(s) for a, b, s in random.integers(0, n, (200, 3)) if a != b}
    years = np.where(random.random(n) < 0.2, np.nan, random.integers(2008, 2025, n))
    return _map(labels, places, pairs, cluster=cluster.tolist(), weights=random.pareto(1.5, n) * 5 + 1, years=years)


@pytest.fixture(scope="module")
def drawn(crowded: Map) -> dict[str, Figure]:
    """Return the crowded map drawn in each way."""
    return {
        "map": plot_map(crowded),
        "overlay": plot_overlay(crowded),
        "density": plot_density(crowded),
        "one column": plot_map(crowded, width=84),
    }


@pytest.fixture(scope="module")
def drawn_again(crowded: Map) -> dict[str, Figure]:
    """Return the crowded map drawn a second time in each way that has a function of its own."""
    return {"map": plot_map(crowded), "overlay": plot_overlay(crowded), "density": plot_density(crowded)}


def _labels(figure: Figure) -> list[Text]:
    return [text for text in figure.axes[0].texts if str(text.get_gid()).startswith("label")]


def _ink(text: Text) -> Floats:
    """Return the box of a text's letters in points: left, bottom, right, top."""
    vertices, _ = text_to_path.get_text_path(FontProperties(family="DejaVu Sans"), text.get_text(), ismath=False)
    outline = np.asarray(vertices) * text.get_fontsize() / text_to_path.FONT_SCALE + np.array(text.get_position())
    return np.concatenate([outline.min(axis=0), outline.max(axis=0)])


def _overlap(one: Floats, other: Floats) -> bool:
    return bool(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def _circles(figure: Figure) -> Floats:
    """Return the circles of the items: x, y and radius in points."""
    items = next(c for c in figure.axes[0].collections if isinstance(c, EllipseCollection))
    return np.column_stack([np.asarray(items.get_offsets()), np.asarray(items.get_widths()) / 2])


def _notes(figure: Figure) -> str:
    lines = sorted(figure.texts, key=lambda text: -text.get_position()[1])
    return " ".join(text.get_text() for text in lines)


def _faults(figure: Figure) -> list[str]:
    """Return what a reader would object to: labels over labels, or beyond the page."""
    boxes = [(text.get_text(), _ink(text)) for text in _labels(figure)]
    width, height = figure.get_size_inches() * 72
    cut = [name for name, box in boxes if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height]
    return cut + [f"{one} / {other}" for (one, a), (other, b) in combinations(boxes, 2) if _overlap(a, b)]


@pytest.mark.parametrize("kind", ["map", "overlay", "density", "one column"])
def test_no_label_overlaps_another_or_leaves_the_page(drawn: dict[str, Figure], kind: str) -> None:
    """In maps, overlays and densities, the letters of no two labels meet, and none is cut by the border."""
    assert _faults(drawn[kind]) == []


def test_nearly_all_items_are_named(crowded: Map, drawn: dict[str, Figure]) -> None:
    """On a printed page four in five of seventy crowded items have their names, none under 6 points."""
    assert composed(crowded, Look(), View()).placement.named.sum() >= 56
    assert min(float(text.get_fontsize()) for text in _labels(drawn["map"])) >= 6


def test_what_is_not_named_is_counted(crowded: Map, drawn: dict[str, Figure]) -> None:
    """The note says how many items lack a name; with the named ones they are all items."""
    said = re.search(r"No room for the names of (\d+) items?", _notes(drawn["one column"]))

    assert said is not None
    n_named, lines = 0, ""
    for text in _labels(drawn["one column"]):
        lines = f"{lines} {text.get_text()}".strip()
        if lines in crowded.network.labels:
            n_named, lines = n_named + 1, ""
    assert n_named + int(said.group(1)) == 70


def test_the_page_is_as_wide_as_was_asked(crowded: Map) -> None:
    """A width in millimetres is a width on paper, and so is a height."""
    figure = plot_map(crowded, width=120, height=90)

    assert figure.get_size_inches() * 25.4 == pytest.approx([120, 90])


def test_circles_lie_within_the_map_and_legends_below_it(drawn: dict[str, Figure]) -> None:
    """No legend's text or circle touches an item, and no item lies beyond the border."""
    figure = drawn["overlay"]
    circles = _circles(figure)
    width, height = figure.get_size_inches() * 72
    lowest = (circles[:, 1] - circles[:, 2]).min()
    legend = [text for text in figure.axes[0].texts if text not in _labels(figure)]
    patches = [patch for patch in figure.axes[0].patches if isinstance(patch, Circle)]

    assert bool((circles[:, 0] - circles[:, 2] >= 0).all() and (circles[:, 0] + circles[:, 2] <= width).all())
    assert bool((circles[:, 1] + circles[:, 2] <= height).all())
    assert {"Average year of publication", "Documents"} <= {text.get_text() for text in legend}
    assert max(_ink(text)[3] for text in legend) < lowest
    assert max(float(np.asarray(patch.get_center())[1]) + patch.get_radius() for patch in patches) < lowest


def test_labels_keep_clear_of_the_legend(drawn: dict[str, Figure]) -> None:
    """No label stands on a legend's text."""
    figure = drawn["overlay"]
    labels = _labels(figure)
    legend = [text for text in figure.axes[0].texts if text not in labels]

    assert not any(_overlap(_ink(one), _ink(other)) for one in labels for other in legend)


def test_items_without_a_year_are_grey_named_and_counted() -> None:
    """An item without a year keeps its name; the legend says that grey means so, and for how many."""
    figure = plot_overlay(
        _map(["one", "two", "three"], [[0, 0], [1, 0], [0, 1]], years=[2010, np.nan, 2020], weights=[3, 2, 1])
    )
    items = next(c for c in figure.axes[0].collections if isinstance(c, EllipseCollection))
    faces = np.asarray(items.get_facecolor())[:, :3]

    assert {text.get_text() for text in _labels(figure)} == {"one", "two", "three"}
    assert np.allclose(faces[1], 0xBF / 255)
    assert "no year: 1 item" in [text.get_text() for text in figure.axes[0].texts]


def test_normalised_scores_are_called_so() -> None:
    """The legend of a z-score says what it is, and its ticks are no years."""
    figure = plot_overlay(
        _map(["one", "two", "three"], [[0, 0], [1, 0], [0, 1]], years=[2010, 2012, 2020]), normalisation="z-score"
    )

    assert "Average year of publication (standard deviations from the mean)" in [
        text.get_text() for text in figure.axes[0].texts
    ]


def test_a_map_without_any_year_is_drawn_all_grey() -> None:
    """Where no item has a score the legend only says what grey is."""
    figure = plot_overlay(_map(["one", "two"], [[0, 0], [1, 0]], years=[np.nan, np.nan]), language="id")

    assert "tanpa tahun: 2 item" in [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf"])
def test_the_same_map_gives_the_same_bytes(
    drawn: dict[str, Figure], drawn_again: dict[str, Figure], suffix: str
) -> None:
    """Drawn twice, every kind of map has the same bytes in every format."""
    for kind, figure in drawn_again.items():
        assert figure_bytes(figure, suffix, 100) == figure_bytes(drawn[kind], suffix, 100)


def test_svg_labels_are_text_once_with_a_rim_below_and_an_embedded_font(drawn: dict[str, Figure]) -> None:
    """Each label is a text without a stroke, above one path of all rims; nothing points outside the file."""
    svg = figure_bytes(drawn["map"], ".svg").decode()
    labels = re.findall(r'<g id="label-\d+">\s*<text style="(?![^"]*stroke)[^"]*"[^>]*>([^<]+)</text>', svg)
    (rims,) = re.finditer(r'<path d="M[^"]*" transform="scale\(0\.1\)" style="fill: none; stroke: #ffffff; ', svg)

    assert rims.start() < svg.index('<g id="label-0">')
    assert labels == [text.get_text() for text in _labels(drawn["map"])]
    assert "src: url(data:font/woff;base64," in svg
    assert not re.search(r'(?:href|src)="(?!#|data:)', svg)
    assert set(re.findall(r"https?://[^\"'\s)]+", svg)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_all_formats_are_written_at_one_go(crowded: Map, tmp_path: Path) -> None:
    """Several paths give several files."""
    paths = [tmp_path / f"peta.{suffix}" for suffix in ("png", "svg", "pdf")]
    plot_map(crowded, path=paths, dpi=80)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["peta.pdf", "peta.png", "peta.svg"]


def test_only_the_items_asked_for_are_named(crowded: Map) -> None:
    """A list names just these, False none; an unknown name is refused with the nearest."""
    wanted = [crowded.network.labels[4], crowded.network.ids[7]]
    figure = plot_map(crowded, labels=wanted)

    named = f"{crowded.network.labels[4]} {crowded.network.labels[7]}"
    assert " ".join(text.get_text() for text in _labels(figure)) == named
    assert _labels(plot_map(crowded, labels=False)) == []
    with pytest.raises(BenangError, match=rf"Did you mean '{re.escape(wanted[0])}'"):
        plot_map(crowded, labels=[wanted[0].replace("sister", "sitser", 1)])


def test_the_number_of_links_is_kept_to_what_was_asked(crowded: Map) -> None:
    """With at most ten links, ten curves of one or more parts are drawn, and the note says so."""
    figure = plot_map(crowded, max_links=10)
    links = next(c for c in figure.axes[0].collections if type(c) is PathCollection)

    assert 10 <= len(links.get_paths()) <= 60
    assert "Showing the 10 strongest of" in _notes(figure)


def test_long_names_on_a_small_map_stand_on_several_lines() -> None:
    """A label of fifty characters is whole, its lines below each other and flush with the side of its circle."""
    figure = plot_map(_map(["Too little support from the central government now", "b"], [[0, 0], [1, 0.3]]))
    lines = [text for text in _labels(figure) if len(text.get_text()) > 1]

    assert [text.get_text() for text in lines] == ["Too little support", "from the central", "government now"]
    assert len({text.get_position()[0] for text in lines}) == 1
    assert [text.get_position()[1] for text in lines] == sorted((t.get_position()[1] for t in lines), reverse=True)


def test_a_label_length_of_0_names_nothing(crowded: Map) -> None:
    """As in VOSviewer, labels cut to nothing are not drawn, and nothing is said to be left out."""
    figure = plot_map(crowded, label_length=0)

    assert _labels(figure) == []
    assert "No room" not in _notes(figure)


def test_a_small_corpus_is_called_small() -> None:
    """Below a hundred records the map says how few; from a hundred on it doesn't."""

    def noted(n: int) -> str:
        return _notes(plot_map(_map(["a", "b"], [[0, 0], [1, 1]], key={"corpus": {"read": n}})))

    assert "Small corpus (23 records): read the map as an illustration" in noted(23)
    assert "Small corpus" not in noted(100)


def test_of_joined_records_a_small_corpus_counts_the_works() -> None:
    """Eleven records of eight works: the map rests on eight."""
    made = _map(["a", "b"], [[0, 0], [1, 1]], key={"corpus": {"read": 11, "records": 8}})
    made = replace(made, network=replace(made.network, settings=replace(made.network.settings, works=True)))

    assert "Small corpus (8 works): read the map" in _notes(plot_map(made))
    assert "Korpus kecil (8 karya):" in _notes(plot_map(made, language="id"))


def test_assigned_keywords_are_called_so() -> None:
    """Where the corpus says that keywords were assigned, so does the figure, in the reader's language."""
    made = _map(["a", "b"], [[0, 0], [1, 1]], key={"corpus": {"origins": {"author_keywords": "assigned"}}})

    assert "Keywords were assigned for this review, not by the authors." in _notes(plot_map(made))
    assert "Kata kunci ditetapkan untuk tinjauan ini" in _notes(plot_map(made, language="id"))


def test_a_callers_notes_and_words_are_used() -> None:
    """Notes come first, and a text given by its key takes the place of Benang's."""
    figure = plot_map(
        _map(["a", "b"], [[0, 0], [1, 1]]), notes=["From 20 studies."], texts={"counts": "{items} in all."}
    )

    assert _notes(figure) == "From 20 studies. 2 items in all."


def test_named_clusters_have_a_legend() -> None:
    """The numbers and names of clusters stand below the map, also of those that nobody named."""
    figure = plot_map(_map(["a", "b", "c"], [[0, 0], [1, 1], [1, 0]], cluster=[1, 2, 2], names={1: "Trade & sport"}))

    assert {"1 Trade & sport", "2 b, c"} <= {text.get_text() for text in figure.axes[0].texts}


def test_an_overlay_says_nothing_of_clusters() -> None:
    """What the figure does not show, its legend and its notes leave out."""
    made = _map(["a", "b"], [[0, 0], [1, 1]], {(0, 1): 1.0}, cluster=[1, 2], years=[2010, 2012])

    assert _notes(plot_overlay(made)) == "2 items, 1 link."
    assert _notes(plot_map(made)) == "2 items, 1 link, 2 clusters."


def test_the_title_stands_above_the_map(crowded: Map) -> None:
    """A title is drawn above all items, is no formula, and names the figure."""
    figure = plot_map(crowded, title="Costs in $ and kota_kembar")
    title = next(text for text in figure.axes[0].texts if text.get_text() == "Costs in $ and kota_kembar")
    circles = _circles(figure)

    assert _ink(title)[1] > (circles[:, 1] + circles[:, 2]).max()
    assert figure.get_label() == "Costs in $ and kota_kembar"


DEGENERATE = {
    "one item": _map(["alone"], [[0, 0]]),
    "two items": _map(["a $x_1$ b", r"\frac"], [[0, 0], [1, 0]], {(0, 1): 2}),
    "one place": _map([f"item {i}" for i in range(5)], [[0, 0]] * 5, {(0, 1): 1}),
    "a line": _map([f"item {i}" for i in range(9)], [[0, i] for i in range(9)]),
    "a huge label": _map(["so long a label that it is wider than any page " * 6, "b"], [[0, 0], [1, 1]]),
    "many components": _map(
        [f"name {i}" for i in range(36)],
        np.random.default_rng(2).normal(size=(36, 2)),
        {(i, i + 1): 1 for i in range(0, 26, 2)},
        cluster=[i // 2 + 1 for i in range(36)],
    ),
    "other scripts": _map(
        ["研究 方法", "شبكة", "метод", "a\tb\nc", "<&>", ""], np.random.default_rng(3).normal(size=(6, 2))
    ),
    "invisible letters": _map(
        ["\ufeffmarked", "so\u00adft", "\u202eturned", "👩\u200d🌾", "\x1b[31m", "\ud800"],
        np.random.default_rng(5).normal(size=(6, 2)),
    ),
    "a giant": _map(
        [f"thing {i}" for i in range(30)],
        np.random.default_rng(4).normal(size=(30, 2)),
        {(0, i): i for i in range(1, 30)},
        weights=[1e6] + [1.0] * 29,
    ),
    "no weight at all": _map(["a", "b", "c"], [[0, 0], [1, 0], [0, 1]], weights=[0, 0, 0]),
}


@pytest.mark.parametrize("kind", DEGENERATE)
def test_odd_maps_are_drawn_without_a_warning_or_an_overlap(kind: str) -> None:
    """Every degenerate map is drawn as map and as density, in all formats, with its names apart."""
    for plot in (plot_map, plot_density):
        figure = plot(DEGENERATE[kind])
        assert _faults(figure) == []
        for suffix in (".png", ".svg", ".pdf"):
            assert figure_bytes(figure, suffix, 60)


def test_letters_that_the_font_lacks_are_explained() -> None:
    """Chinese letters show as boxes, and a note says what a box is."""
    figure = plot_map(DEGENERATE["other scripts"])

    assert "□□ □□" in [text.get_text() for text in _labels(figure)]
    assert "□ marks a letter" in _notes(figure)


def test_two_items_are_no_taller_than_half_the_page() -> None:
    """A map of few items does not sprawl."""
    width, height = plot_map(_map(["a", "b"], [[0, 0], [0, 1]], {(0, 1): 1})).get_size_inches()

    assert height < 0.6 * width


def test_a_map_without_items_is_refused() -> None:
    """There is nothing to draw, and the message says so."""
    with pytest.raises(BenangError, match="a map without items"):
        plot_map(_map([], []))


def test_an_unknown_score_is_refused_with_those_there_are() -> None:
    """A slip in a score's name is answered with the nearest."""
    with pytest.raises(BenangError, match=r"Did you mean 'Avg\. pub\. year'"):
        plot_overlay(_map(["a", "b"], [[0, 0], [1, 1]], years=[2000, 2001]), score="Avg pub year")


def test_density_by_clusters_shows_their_colours() -> None:
    """At an item far from others the page has the colour of its cluster, lightened."""
    made = _map(["left", "right"], [[0, 0], [1, 0]], cluster=[1, 2])
    image = plot_density(made, by="clusters").axes[0].images[0].get_array()
    assert image is not None
    shades = np.asarray(image)
    row = shades[shades.shape[0] // 2]
    strongest = row[: row.shape[0] // 2].min(axis=0), row[row.shape[0] // 2 :].min(axis=0)

    assert strongest[0][0] < strongest[0][2]  # blue: little red
    assert strongest[1][2] < strongest[1][0]  # orange: little blue


def test_the_journals_of_economics_are_named_and_apart(shared_data: Path) -> None:
    """Of 232 journals on a printed page more than half are named; VOSviewer Online shows about eighty."""
    made = read_map(shared_data / "vosviewer" / "Economics_journal_co-citation_network.json")

    assert composed(made, Look(), View()).placement.named.sum() > 0.55 * 232
    assert _faults(plot_map(made)) == []


def test_nearly_all_authors_of_a_coauthorship_map_are_named(shared_data: Path) -> None:
    """All but one or two of 112 authors have their names, none over another."""
    made = read_map(shared_data / "vosviewer" / "QSS_SM_2020-2021_co-authorship_network.json")

    assert composed(made, Look(), View()).placement.named.sum() >= 110
    assert _faults(plot_overlay(made)) == []


def test_a_flat_map_stands_on_its_legend() -> None:
    """What a flat map of few items leaves of its page is free above it, not between it and its legend."""
    flat = _map(list("abcd"), [[0, 0], [1, 0.05], [2, 0], [3, 0.05]])
    circles = _circles(plot_map(flat, labels=False))
    height = float(plot_map(flat, labels=False).get_size_inches()[1]) * 72

    assert (circles[:, 1] - circles[:, 2]).min() < 0.2 * height
    assert height - (circles[:, 1] + circles[:, 2]).max() > 0.3 * height


XY = np.array([[0.0, 0.0], [1.0, 0.1], [0.4, 0.8]])


def _difference() -> Difference:
    """Ten records each: alpha only in the first, gamma only in the second, beta in all."""
    network = cooccurrence_network(keywords(*["alpha,beta"] * 10, *["beta,gamma"] * 10), components="all")
    made = Map(network, XY, np.array([1, 1, 2]))
    return map_difference(
        made, [f"r{i}" for i in range(10)], [f"r{i}" for i in range(10, 20)], names=("before", "after")
    )


def _shades(figure: Figure) -> list[tuple[float, float, float]]:
    (circles,) = (one for one in figure.axes[0].collections if isinstance(one, EllipseCollection))
    return [tuple(float(part) for part in shade[:3]) for shade in np.atleast_2d(circles.get_facecolor())]  # type: ignore[misc]


def _texts(figure: Figure) -> str:
    return "\n".join(one.get_text() for one in figure.findobj(Text) if isinstance(one, Text))


@pytest.mark.parametrize("by", ["z", "share"])
def test_what_fell_is_blue_what_rose_is_red_what_stayed_is_grey(by: str) -> None:
    """Alpha is blue, gamma red, and beta, in all records of both groups, grey."""
    shades = _shades(plot_difference(_difference(), by=by, labels=False))  # type: ignore[arg-type]
    red_less_blue = sorted(round(red - blue, 2) for red, _green, blue in shades)
    assert red_less_blue[0] < -0.3
    assert red_less_blue[1] == 0
    assert red_less_blue[2] > 0.3


def test_links_have_the_colour_of_their_own_change() -> None:
    """The link of alpha and beta fell, that of beta and gamma rose: one is blue, one red."""
    figure = plot_difference(_difference(), labels=False)
    links = next(one for one in figure.axes[0].collections if isinstance(one, PathCollection))
    shades = [to_hex(shade) for shade in np.atleast_2d(links.get_edgecolor())]
    assert sorted(int(shade[1:3], 16) > int(shade[5:7], 16) for shade in shades) == [False, True]


def test_both_groups_are_named_with_their_sizes() -> None:
    """Whoever reads the figure knows which colour is which group, and how large both are."""
    said = _texts(plot_difference(_difference()))
    assert "blue, higher in before; red, higher in after" in said
    assert "before: 10 records; after: 10 records." in said


def test_a_small_change_stays_pale() -> None:
    """One record of two against none of two: z is below 1, and the scale reaches to 3."""
    network = cooccurrence_network(keywords("alpha,beta", "beta,gamma", "beta,gamma", "beta,gamma"), components="all")
    made = Map(network, XY, np.array([1, 1, 2]))
    shades = _shades(plot_difference(map_difference(made, ["r0", "r1"], ["r2", "r3"]), labels=False))
    assert all(abs(red - blue) < 0.3 for red, _green, blue in shades)


def test_no_text_of_a_difference_is_cut_or_touches_another(text_faults: Faults) -> None:
    """Names, legends and notes keep apart."""
    assert text_faults(plot_difference(_difference(), title="What changed")) == []


def test_the_same_difference_gives_the_same_bytes(tmp_path: Path) -> None:
    """Drawn twice, a figure is the same to the last byte."""
    for name in ("one.svg", "two.svg"):
        plot_difference(_difference(), path=tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_an_unknown_measure_is_refused() -> None:
    """Only z and share are known."""
    with pytest.raises(BenangError, match="a measure of change"):
        plot_difference(_difference(), by="zz")  # type: ignore[arg-type]


def test_a_code_colours_items_by_its_share(text_faults: Faults) -> None:
    """Items whose coded papers all tell of the code differ from those of which none does; what nobody read is grey."""
    words = {"p1": ("alpha", "beta"), "p2": ("beta", "gamma"), "p3": ("beta", "delta")}
    corpus = corpus_with({key: {"author_keywords": held} for key, held in words.items()})
    network = cooccurrence_network(corpus, components="all")
    made = Map(network, np.vstack([XY, [[0.7, -0.6]]]), np.ones(4, np.int64))
    scores = code_scores(network, coded_review({"p1": ("flood",), "p2": ("decay",)}), "flood")
    figure = plot_code_scores(made, scores, CODEBOOK.by_id["flood"])
    assert len({to_hex(shade) for shade in _shades(figure)}) == 4
    assert "not coded: 1 item" in _texts(figure)
    assert "Coded studies: 2; with this code: 1." in _texts(figure)
    assert text_faults(figure) == []


def test_a_difference_is_drawn_in_every_form() -> None:
    """In PostScript, too, though its links show through each by itself."""
    figure = plot_difference(_difference())
    starts = {suffix: figure_bytes(figure, suffix, 50)[:4] for suffix in (".png", ".svg", ".pdf", ".eps")}

    assert starts == {".png": b"\x89PNG", ".svg": b"<?xm", ".pdf": b"%PDF", ".eps": b"%!PS"}


def test_they_are_looked_at_as_other_maps_are() -> None:
    """A black page, names in frames, and what is shown alone, as `plot_map` has them."""
    made = _difference()
    zoomed = {"show": "alpha", "zoom": 6.0}
    plain, dark = plot_difference(made), plot_difference(made, dark=True)

    assert dark.get_facecolor() == plot_map(made.map, dark=True).get_facecolor()
    assert dark.get_facecolor() != plain.get_facecolor()
    frames = plot_difference(made, frames=True).axes[0].collections
    assert sum(isinstance(one, PolyCollection) for one in frames) == 2  # the frames, and the colours of the legend
    assert len(_shades(plot_difference(made, **zoomed))) == len(_shades(plot_map(made.map, **zoomed)))  # type: ignore[arg-type]
    assert len(_shades(plot_difference(made, **zoomed))) < len(_shades(plain))  # type: ignore[arg-type]
