"""A map is made in one place, for the command line, the plan of a review and whoever else asks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image
from scipy import sparse
from tests.support import Cancelling

from benang.errors import BenangError, Misuse, Problem
from benang.figures.map_figures import plot_map
from benang.figures.saving import figure_bytes
from benang.files import Upload
from benang.locale import Language
from benang.looks import View, ViewName
from benang.map_files import read_map, write_map
from benang.maps import Map
from benang.network import Analysis
from benang.network.network import Network, symmetric
from benang.progress import Cancelled
from benang.tasks.account import letters_noted
from benang.tasks.make_map import DrawRequest, Making, MapRequest, Outputs, draw_map, make_map
from benang.tasks.read_works import WorksRequest

WORDS = ("rain", "rain", "river", "river", "fire", "town")
RIS = "".join(
    f"TY  - JOUR\nPY  - {2015 + at}\nTI  - Invented {at}\nKW  - market\nKW  - rent\nKW  - {word}\nER  - \n\n"
    for at, word in enumerate(WORDS)
).encode()


@pytest.fixture
def request_(tmp_path: Path) -> MapRequest:
    """Return the request of a map of six invented records, in three forms."""
    paths = tuple(tmp_path / f"map{suffix}" for suffix in (".json", ".txt", ".svg"))
    return MapRequest(
        works=WorksRequest(files=(Upload("export.ris", RIS),)),
        analysis=Analysis("keywords"),
        making=Making(stability=3),
        outputs=Outputs(paths=paths),
    )


def test_a_request_becomes_a_map_with_files_and_an_account(request_: MapRequest, tmp_path: Path) -> None:
    """Six keywords; what was read and chosen stands in the account, with the files."""
    made = make_map(request_)

    assert sorted(made.map.network.labels) == ["fire", "market", "rain", "rent", "river", "town"]
    assert [path.name for path in made.account.files] == ["map.json", "map.txt", "map_network.txt", "map.svg"]
    assert all(path.stat().st_size for path in made.account.files)
    assert made.account.read[0].text == "export.ris: RIS, 6 of 6 records read."
    assert dict(made.account.rows)["items"] == "6"
    assert read_map(tmp_path / "map.json").network.labels == made.map.network.labels


def test_a_map_that_is_cancelled_leaves_nothing_behind(request_: MapRequest, tmp_path: Path) -> None:
    """At whichever call of its progress: what stood there before stands there still, and nothing else is there."""
    (tmp_path / "map.json").write_text("an earlier map", encoding="utf-8")
    for stop_at in count():  # how often layout tells its progress depends on which thread does what
        try:
            make_map(request_, progress=Cancelling(stop_at))
        except Cancelled:
            assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"map.json": "an earlier map"}
            continue
        break
    assert stop_at > 10


def test_progress_rises_to_its_end(request_: MapRequest) -> None:
    """From nothing to all of it, and never back."""
    shares: list[float] = []
    make_map(request_, progress=lambda _what, share: shares.append(share))

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_the_account_speaks_indonesian(request_: MapRequest) -> None:
    """Rows, numbers and notes."""
    works = replace(request_.works, language="id")
    rows = dict(make_map(replace(request_, works=works, outputs=Outputs())).account.rows)

    assert (rows["artikel terbaca"], rows["dihubungkan oleh"], rows["item"]) == ("6", "kemunculan bersama", "6")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "The default minimum of 5 leaves only 4 keywords; --min-occurrences 3 would leave 44."),
        ("id", "Batas minimum bawaan 5 hanya menyisakan 4 kata kunci; --min-occurrences 3 akan menyisakan 44."),
    ],
)
def test_a_preset_that_leaves_few_items_says_which_minimum_serves(language: Language, note: str) -> None:
    """As an option that can be copied; nothing where it was asked for."""
    words = (f"KW  - core\nKW  - a{n % 3}\nKW  - b{n % 40}\n" for n in range(120))
    ris = "".join(f"TY  - JOUR\nTI  - Of number {n}\n{one}ER  - \n\n" for n, one in enumerate(words))
    works = WorksRequest(files=(Upload("many.ris", ris.encode()),), language=language, join=False)

    def notes(analysis: Analysis) -> list[str]:
        account = make_map(MapRequest(works=works, analysis=analysis, making=Making(stability=0))).account
        return [one.text for one in account.naming(lambda name: f"--{name.replace('_', '-')}").notes]

    assert note in notes(Analysis("keywords"))
    assert note not in notes(Analysis("keywords", min_occurrences=5))


def test_arguments_are_named_as_the_rim_calls_them(request_: MapRequest) -> None:
    """The command line has options, others have names."""
    account = make_map(replace(request_, analysis=Analysis("keywords", top=4), outputs=Outputs())).account

    assert "items left out: too weak (top)" in dict(account.naming().rows)
    assert "items left out: too weak (--top)" in dict(account.naming(lambda name: f"--{name}").rows)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"making": Making(attraction=1, repulsion=2)}, r"attraction \(1\) must be greater than repulsion \(2\)"),
        ({"making": Making(attraction=-1)}, "One of them has its default value here: give both"),
        ({"in_place": True}, "in_place takes one folder"),
        ({"analysis": Analysis("references"), "scores": Upload("s.csv", b"")}, "these are scores of the records"),
        ({"analysis": Analysis("keywords", min_documents=2)}, "keywords have occurrences"),
        ({"outputs": Outputs(paths=(Path("a.txt"), Path("a_network.txt")))}, "would be written twice"),
    ],
)
def test_what_does_not_go_together_is_refused(
    request_: MapRequest, changed: dict[str, object], message: str, tmp_path: Path
) -> None:
    """Before anything is written, with the way on."""
    with pytest.raises(Misuse, match=message):
        make_map(replace(request_, **changed))  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_pictures_follow_the_view(request_: MapRequest, tmp_path: Path) -> None:
    """The title of the view is the name of the picture."""
    outputs = Outputs(paths=(tmp_path / "map.svg",), view=View(title="Six invented records"))
    make_map(replace(request_, outputs=outputs))
    assert "Six invented records" in (tmp_path / "map.svg").read_text("utf-8")


def test_a_page_has_the_records_of_the_corpus_unless_they_are_left_out(
    request_: MapRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the exports say of them; the account names the page."""
    monkeypatch.setattr("benang.viewer.page.viewer_script", lambda: "0")
    whole, without = tmp_path / "map.html", tmp_path / "passed-on.html"
    for path, records in ((whole, True), (without, False)):
        made = make_map(replace(request_, outputs=Outputs(paths=(path,), records=records)))
        assert made.account.files == (path,)

    assert "Invented 3" in whole.read_text(encoding="utf-8")
    assert '"records":null' in without.read_text(encoding="utf-8")


def test_without_a_viewer_no_file_is_written(
    request_: MapRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files of a map, or none."""

    def missing() -> str:
        raise BenangError(Problem("the interactive viewer was not built"))

    monkeypatch.setattr("benang.viewer.page.viewer_script", missing)
    monkeypatch.setattr("benang.tasks.make_map.read_works", None)  # it is told before anything is read
    paths = (tmp_path / "map.json", tmp_path / "map.html")
    with pytest.raises(BenangError, match="not built"):
        make_map(replace(request_, outputs=Outputs(paths=paths)))

    assert list(tmp_path.iterdir()) == []


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
