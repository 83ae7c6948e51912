"""What a screen shows of the maps of a review: as their figures, with records and passages, anew where these change."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benang.errors import BenangError, Problem
from benang.tasks.build.building import build

CHARTS = """
[[charts]]
name = "reasons-map"
kind = "map"
map = "reasons"
weight = "Cases"

[[charts]]
name = "topics-by-rain"
kind = "overlay"
map = "topics"
score = "code:rain"

[[charts]]
name = "topics-in-time"
kind = "slices"
map = "topics"
slices = 2
"""


@pytest.fixture(scope="module", autouse=True)
def script() -> Iterator[None]:
    """Stand in for the bundle, which only an installation has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("benang.report.html.viewer_script", lambda: "0")
        yield


@pytest.fixture(scope="module")
def charted(tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> Path:
    """Return the review of two night markets with more maps among its figures, built."""
    review = Path(shutil.copytree(test_data / "mini-review", tmp_path_factory.mktemp("charted") / "review"))
    plan = review / "review.toml"
    named = plan.read_text(encoding="utf-8").replace('name = "topics"\n', 'name = "topics"\ntitle = "Topics"\n', 1)
    plan.write_text(named + CHARTS, encoding="utf-8")
    build(review)
    return review


@pytest.fixture(scope="module")
def page(charted: Path) -> str:
    """Return its report."""
    return (charted / "out" / "report.html").read_text(encoding="utf-8")


def _data(page: str) -> dict[str, Any]:
    """Return the data of the maps in a report by figure, and what they share under ""."""
    found = re.findall(r'<script type="application/json" data-benang-(?:shared|page="([^"]*)")>(.*?)</script>', page)
    return {name: json.loads(text) for name, text in found}


def test_maps_that_fill_their_figure_can_be_explored(page: str) -> None:
    """Not those of several slices, nor other charts; each as its figure shows it."""
    data = _data(page)

    assert list(data) == ["", "figure-topics", "figure-reasons-map", "figure-topics-by-rain"]
    assert data["figure-topics"]["title"] == "Topics"
    assert data["figure-reasons-map"]["view"]["weight"] == "Cases"
    view = data["figure-topics-by-rain"]["view"]
    assert (view["view"], view["score"], view["high"]) == ("overlay", "Rain: share of coded studies (%)", 100)
    assert view["score"] in data["figure-topics-by-rain"]["map"]["items"]["scores"]
    assert view["score"] not in data["figure-topics"]["map"]["items"]["scores"]


def test_every_passage_of_a_record_links_to_its_place_in_the_report(page: str) -> None:
    """Of the records of topics and of the cases of codes."""
    data = _data(page)
    records = data[""]["records"]
    quoted = dict(re.findall(r'<li class="passage" id="([^"]*)".*?<blockquote>(.*?)</blockquote>', page, re.DOTALL))

    passages = {place: one for place, each in records["passages"].items() for one in each}
    assert passages
    for one in passages.values():
        assert quoted[one["link"].removeprefix("#")].split() == one["quote"].split()
    for name in ("figure-topics", "figure-reasons-map"):
        assert {str(place) for place in data[name]["recordsAt"]} & passages.keys()


@pytest.mark.slow
def test_what_only_a_screen_shows_makes_the_report_anew(charted: Path, tmp_path: Path) -> None:
    """An abstract, say; else it is kept, and the same folder gives the same bytes."""
    review = Path(shutil.copytree(charted, tmp_path / "again"))
    first = (charted / "out" / "report.html").read_bytes()
    assert "report.html" in build(review).kept
    assert build(review, force=True).report.read_bytes() == first

    source = next((review / "sources").glob("*.ris"))
    told = source.read_text(encoding="utf-8").replace("\nER  -", "\nAB  - Told on screens alone.\nER  -", 1)
    source.write_text(told, encoding="utf-8")
    again = build(review)

    assert "report.html" in again.made
    assert "Told on screens alone." in _data(again.report.read_text(encoding="utf-8"))[""]["records"]["abstract"]


@pytest.mark.slow
def test_a_build_without_the_viewer_says_why_maps_are_pictures(
    charted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, in the language of messages, with the way on; where no page is made, nothing has to be said."""
    review = Path(shutil.copytree(charted, tmp_path / "again"))

    def missing() -> str:
        raise BenangError(Problem("the interactive viewer was not built", way_on="Run 'make ui'."))

    told = "The maps in the report are pictures only: the interactive viewer was not built. Run 'make ui'."
    monkeypatch.setattr("benang.viewer.page.viewer_script", lambda: "0")
    assert told not in build(review).notes
    monkeypatch.setattr("benang.viewer.page.viewer_script", missing)
    assert build(review).notes.count(told) == 1
    assert told not in build(review, formats=["docx"]).notes
    said = build(review, messages="id").notes[-1]
    assert said.startswith("Peta dalam laporan hanya berupa gambar: penampil interaktif belum dibuat.")
