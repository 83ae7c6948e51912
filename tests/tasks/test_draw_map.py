"""Maps drawn by a task: files, an account, and what a picture shows in words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image
from scipy import sparse

from benang.errors import BenangError
from benang.figures.map_figures import plot_map
from benang.figures.saving import figure_bytes
from benang.looks.view import View, ViewName
from benang.map_files.exchange import write_map
from benang.maps.map import Map
from benang.network.network import Network, symmetric
from benang.progress import Cancelled
from benang.tasks.account import letters_noted
from benang.tasks.draw_map import DrawRequest, draw_map


@pytest.fixture(scope="module")
def made() -> Map:
    """Return a map of three items with a score and a weight."""
    links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    weights, scores = {"Documents": np.array([3.0, 2, 1])}, {"Pub. year": np.array([2010.0, 2015, 2020])}
    network = Network(("a", "b", "c"), ("kota", "desa", "pulau"), links, weights, scores)
    return Map(network, np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([1, 1, 2]))


def _draw(made: Map, view: View, path: Path) -> None:
    draw_map(DrawRequest(map=made, view=view, paths=(path,)))


@pytest.mark.parametrize("view", get_args(ViewName))
def test_each_view_is_drawn_in_each_form(made: Map, view: ViewName, tmp_path: Path) -> None:
    """Four views, four suffixes: a picture in each, 60 mm wide."""
    paths = tuple(tmp_path / f"view{suffix}" for suffix in (".png", ".svg", ".pdf", ".eps"))
    drawn = draw_map(DrawRequest(map=made, view=View(view=view, width=60, dpi=100), paths=paths))

    assert drawn.account.files == paths
    starts = [path.read_bytes()[:8] for path in paths]
    assert starts[0].startswith(b"\x89PNG")
    assert starts[1].startswith(b"<?xml")
    assert starts[2].startswith(b"%PDF")
    assert starts[3].startswith(b"%!PS")
    with Image.open(paths[0]) as image:
        assert image.width == 236
    assert b"%%BoundingBox: 0 0 171 " in paths[3].read_bytes()


def test_a_picture_that_is_asked_for_twice_is_listed_once(made: Map, tmp_path: Path) -> None:
    """The account names each file once, in the order in which they were asked for."""
    png, svg = tmp_path / "map.png", tmp_path / "map.svg"
    drawn = draw_map(DrawRequest(map=made, view=View(width=60, dpi=100), paths=(png, svg, png)))

    assert drawn.account.files == (png, svg)


def test_files_of_colours_are_used(made: Map, tmp_path: Path) -> None:
    """VOSviewer's files colour clusters and scores."""
    clusters, scores = tmp_path / "clusters.txt", tmp_path / "scores.txt"
    clusters.write_text("cluster\tred\tgreen\tblue\n1\t18\t52\t86\n2\t101\t67\t33\n", encoding="utf-8")
    scores.write_text("color value\tred\tgreen\tblue\n0\t1\t2\t3\n1\t250\t251\t252\n", encoding="utf-8")
    by_cluster, by_score = tmp_path / "cluster.svg", tmp_path / "score.svg"
    _draw(made, View(palette=clusters), by_cluster)
    _draw(made, View(view="overlay", colours=scores), by_score)

    assert {"#123456", "#654321"} <= set(re.findall(r"fill: (#\w{6})", by_cluster.read_text(encoding="utf-8")))
    assert {"#010203", "#fafbfc"} <= set(re.findall(r"fill: (#\w{6})", by_score.read_text(encoding="utf-8")))


def test_what_the_map_lacks_is_named_with_what_it_has(made: Map, tmp_path: Path) -> None:
    """Scores, weights and items; nothing is written."""
    for view, known in (
        (View(view="overlay", score="Citations"), "Known: Pub. year"),
        (View(weight="Citations"), "Known: Documents"),
        (View(show="xyz"), "Known: desa, kota, pulau"),
    ):
        with pytest.raises(BenangError, match=known):
            _draw(made, view, tmp_path / "view.png")
    assert list(tmp_path.iterdir()) == []


def test_a_map_in_a_file_is_drawn_as_the_map_itself(made: Map, tmp_path: Path) -> None:
    """And as the function of the library draws it, byte by byte."""
    write_map(made, tmp_path / "map.json")
    draw_map(DrawRequest(map=tmp_path / "map.json", paths=(tmp_path / "one.svg",)))
    _draw(made, View(), tmp_path / "other.svg")

    expected = figure_bytes(plot_map(made), ".svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes() == expected


def test_a_picture_is_told_in_words(made: Map) -> None:
    """Its size, its largest items, the range of a score, and the notes below it, in the language of the view."""
    english = draw_map(DrawRequest(map=made, view=View(view="overlay", score="Pub. year", notes=("A note.",))))
    indonesian = draw_map(DrawRequest(map=made, view=View(language="id")))

    assert english.alternative == (
        "Map of 3 items and 2 links in 2 clusters. Largest: kota; desa; pulau. "
        "Colour shows Year of publication, from 2010 to 2020. A note."
    )
    assert indonesian.alternative.startswith("Peta")


def test_letters_that_no_font_has_are_in_the_account(made: Map) -> None:
    """They are named, with a way on."""
    drawn = draw_map(DrawRequest(map=made, view=View(title="\ue000 kota")))

    assert "U+E000" in drawn.account.notes[0].text


def test_a_drawing_that_is_cancelled_leaves_nothing_behind(made: Map, tmp_path: Path) -> None:
    """Whoever asked may end it when it begins."""

    def cancel(_what: str, _share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        draw_map(DrawRequest(map=made, paths=(tmp_path / "map.svg",)), progress=cancel)
    assert list(tmp_path.iterdir()) == []


def test_of_several_pictures_none_is_written_where_one_cannot_be_drawn(made: Map, tmp_path: Path) -> None:
    """Here the second: a picture of points that would be far too large."""
    paths = (tmp_path / "map.svg", tmp_path / "map.png")

    with pytest.raises(BenangError, match="million pixels"):
        draw_map(DrawRequest(map=made, view=View(width=400, height=400, dpi=1200), paths=paths))
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_no_font_has_is_noted_once(tmp_path: Path) -> None:
    """In the account of the picture; whoever gathers letters around it need not say so again."""
    network = Network(("a", "b"), ("\ue000", "b"), symmetric(2, [0], [1], [1.0]))
    drawn = Map(network, np.array([[0.0, 0], [1, 1]]), np.array([1, 1]))
    with letters_noted() as around:
        account = draw_map(DrawRequest(map=drawn, view=View(), paths=(tmp_path / "map.svg",))).account

    assert len(account.notes) == 1
    assert around == []
