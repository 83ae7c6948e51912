"""The options that say how a map is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from scipy import sparse

from benang.cli.view_options import SCORE_COLOURS, VIEWS, View, draw, view_options
from benang.errors import BenangError
from benang.looks.colour_scales import COLOUR_SCALES
from benang.maps.map import Map
from benang.network.network import Network


def _asked(*words: object) -> tuple[View | None, Result]:
    """Give words to a command with these options, and return what it understood."""
    understood: list[View] = []

    @click.command()
    @click.argument("name")
    @view_options
    def show(name: str, view: View) -> None:
        assert name == "map"
        understood.append(view)

    said = CliRunner().invoke(show, ["map", *map(str, words)])
    return (understood[0] if understood else None), said


@pytest.fixture(scope="module")
def made() -> Map:
    """Return a map of three items with a score and a weight."""
    links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    weights, scores = {"Documents": np.array([3.0, 2, 1])}, {"Pub. year": np.array([2010.0, 2015, 2020])}
    network = Network(("a", "b", "c"), ("kota", "desa", "pulau"), links, weights, scores)
    return Map(network, np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([1, 1, 2]))


def test_without_options_a_view_is_vosviewers_network() -> None:
    """What the options say by default is what the type says by default."""
    assert _asked()[0] == View()


def test_every_option_reaches_the_view() -> None:
    """Each field has an option of its name."""
    words = (
        "--view overlay --score Years --score-normalisation z-score --score-range -1 2.5 --score-colours coolwarm "
        "--cluster-colours c.txt --palette vosviewer --weight Links --item-size-variation 0.1 "
        "--label-size-variation 0.2 --link-size-variation 0.3 --label-length 12 --min-link-strength 2 --max-links 7 "
        "--straight-links --grey-links --frames --dark --kernel-width 0.2 --scale 1.5 --show-item kota --zoom-level 4 "
        "--width 84 --height 60 --dpi 72 --title Kota --language id"
    )
    view, said = _asked(*words.split())

    assert view == View(
        view="overlay",
        score="Years",
        score_normalisation="z-score",
        score_range=(-1.0, 2.5),
        score_colours="coolwarm",
        cluster_colours=Path("c.txt"),
        palette="vosviewer",
        weight="Links",
        item_size_variation=0.1,
        label_size_variation=0.2,
        link_size_variation=0.3,
        label_length=12,
        min_link_strength=2.0,
        max_links=7,
        straight_links=True,
        coloured_links=False,
        frames=True,
        dark=True,
        kernel_width=0.2,
        scale=1.5,
        show_item="kota",
        zoom_level=4.0,
        width=84.0,
        height=60.0,
        dpi=72.0,
        title="Kota",
        language="id",
    ), said.output


def test_the_names_of_scales_are_those_that_there_are() -> None:
    """The help lists them all."""
    assert set(SCORE_COLOURS) == set(COLOUR_SCALES)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--score-range", 3, 1), "must be below"),
        (("--score-range", "nan", 1), "not a finite number"),
        (("--score-colours", "viridi"), "none of viridis, plasma"),
        (("--view", "densty"), "cluster-density"),
        (("--label-length", 301), "0<=x<=300"),
        (("--item-size-variation", 2), "0<=x<=1"),
    ],
)
def test_words_that_mean_nothing_are_refused(words: tuple[object, ...], said: str) -> None:
    """The message says what would be understood."""
    view, result = _asked(*words)

    assert view is None
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_drawn_in_each_form(made: Map, view: str, tmp_path: Path) -> None:
    """Four views, four suffixes: a picture in each, 60 mm wide."""
    paths = [tmp_path / f"view{suffix}" for suffix in (".png", ".svg", ".pdf", ".eps")]
    drawn, _ = _asked("--view", view, "--width", 60, "--dpi", 100)
    assert drawn is not None
    draw(made, drawn, paths)

    starts = [path.read_bytes()[:8] for path in paths]
    assert starts[0].startswith(b"\x89PNG")
    assert starts[1].startswith(b"<?xml")
    assert starts[2].startswith(b"%PDF")
    assert starts[3].startswith(b"%!PS")
    with Image.open(paths[0]) as image:
        assert image.width == 236
    assert b"%%BoundingBox: 0 0 171 " in paths[3].read_bytes()


def test_files_of_colours_are_used(made: Map, tmp_path: Path) -> None:
    """VOSviewer's files colour clusters and scores."""
    clusters, scores = tmp_path / "clusters.txt", tmp_path / "scores.txt"
    clusters.write_text("cluster\tred\tgreen\tblue\n1\t18\t52\t86\n2\t101\t67\t33\n", encoding="utf-8")
    scores.write_text("color value\tred\tgreen\tblue\n0\t1\t2\t3\n1\t250\t251\t252\n", encoding="utf-8")
    by_cluster, by_score = tmp_path / "cluster.svg", tmp_path / "score.svg"
    draw(made, View(cluster_colours=clusters), [by_cluster])
    draw(made, View(view="overlay", score_colours=str(scores)), [by_score])

    assert {"#123456", "#654321"} <= set(re.findall(r"fill: (#\w{6})", by_cluster.read_text(encoding="utf-8")))
    assert {"#010203", "#fafbfc"} <= set(re.findall(r"fill: (#\w{6})", by_score.read_text(encoding="utf-8")))


def test_what_the_map_lacks_is_named_with_what_it_has(made: Map, tmp_path: Path) -> None:
    """Scores, weights and items; nothing is written."""
    for view, known in (
        (View(view="overlay", score="Citations"), "Known: Pub. year"),
        (View(weight="Citations"), "Known: Documents"),
        (View(show_item="xyz"), "Known: desa, kota, pulau"),
    ):
        with pytest.raises(BenangError, match=known):
            draw(made, view, [tmp_path / "view.png"])
    assert list(tmp_path.iterdir()) == []
