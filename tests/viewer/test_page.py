"""The page of a map: one file that loads nothing, no text in it is markup, and its data come out as they went in."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.maps.exchanged import toy_map

from benang.errors import BenangError
from benang.looks import View
from benang.viewer import page
from benang.viewer.data import ShownMap
from benang.viewer.page import data_element, map_page, page_data, viewer_script

pytestmark = pytest.mark.fast

ATTACK = "</script><script>alert(1)</script><!-- <b>"


@pytest.fixture(autouse=True)
def script(monkeypatch: pytest.MonkeyPatch) -> str:
    """Stand in for the bundle, which only an installation has."""
    monkeypatch.setattr(page, "viewer_script", lambda: "0")
    return "0"


def _made(**changes: Any) -> str:
    return map_page(ShownMap(map=toy_map(), title="Toy", **changes)).decode("utf-8")


def _data(html: str) -> Any:
    text = re.search(r"data-benang-page>(.*?)</script>", html)
    if text:
        return json.loads(text[1])
    packed = re.search(r"data-benang-packed>(.*?)</script>", html)
    assert packed is not None
    return json.loads(gzip.decompress(base64.b64decode(packed[1])))


def _with_labels(label: str) -> ShownMap:
    made = toy_map(cluster_labels={1: label})
    network = replace(made.network, labels=(label, "b", "c"), extras={})
    return ShownMap(map=replace(made, network=network), title=label, view=View(title=label, notes=(label,)))


def test_the_policy_lets_its_own_script_and_style_in_and_nothing_else(script: str) -> None:
    """What it names are the hashes of what is in the page."""
    html = _made()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    rules = dict(rule.split(" ", 1) for rule in policy[1].replace("&#39;", "'").split("; "))
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None

    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules.keys() == {"default-src", "img-src", "style-src", "script-src", "base-uri", "form-action"}
    assert rules["img-src"] == "data:"
    for rule, text in (("script-src", script), ("style-src", style[1])):
        assert rules[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
    assert f"<script>{script}</script>" in html


def test_no_text_of_a_map_is_markup() -> None:
    """Titles, labels, names of clusters and notes: as data and in the table for those without JavaScript."""
    html = map_page(_with_labels(ATTACK)).decode("utf-8")
    data = _data(html)

    assert "alert(1)</" not in html
    assert html.count("<script") == 2
    assert (data["title"], data["map"]["items"]["label"][0], data["map"]["clusters"]["1"]) == (ATTACK,) * 3


def test_large_data_are_packed_and_come_out_as_they_went_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gzip in base64, the same bytes each time."""
    whole = _data(_made())
    monkeypatch.setattr(page, "LARGE", 10)

    assert _data(_made()) == whole
    assert _made() == _made()
    assert "data-benang-packed" in str(data_element(whole))


def test_abstracts_are_left_out_of_what_is_too_large_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says so; without records there is nothing to leave out."""
    monkeypatch.setattr(page, "MOST_TO_SEND", 10)
    shown = ShownMap(map=toy_map(), title="Toy")
    full = page_data(shown)
    full["records"]["abstract"] = ["Of rents.", "", ""]
    monkeypatch.setattr(page, "page_data", lambda _: full)
    data = _data(map_page(shown).decode("utf-8"))

    assert data["records"]["abstract"] == ["", "", ""]
    assert data["notes"][-1] == "Abstracts are left out so that the page is small enough to be sent by e-mail."


def test_the_choices_of_a_view_have_the_names_of_the_page(tmp_path: Path) -> None:
    """Only what is not the default; colours of a file come along under its name."""
    clusters, scores = tmp_path / "clusters.txt", tmp_path / "scores.txt"
    clusters.write_text("cluster\tred\tgreen\tblue\n1\t18\t52\t86\n", encoding="utf-8")
    scores.write_text("color value\tred\tgreen\tblue\n0\t1\t2\t3\n1\t250\t251\t252\n", encoding="utf-8")
    view = View(
        view="overlay", score="Avg. pub. year", colours=scores, palette=clusters, weight="Links", curved=False,
        coloured=False, label_length=0, normalisation="z-score", low=2000.0, show="Kota", zoom=2.0, dark=True,
    )  # fmt: skip
    data = page_data(ShownMap(map=toy_map(), title="Toy", view=view))

    assert data["view"] == {
        "view": "overlay", "score": "Avg. pub. year", "scoreColours": "scores.txt", "palette": "clusters.txt",
        "weight": "Links", "curved": False, "coloured": False, "labelLength": 0, "normalisation": "z-score",
        "low": 2000.0, "selected": [1], "camera": {"x": 0.25, "y": 0, "zoom": 2}, "dark": True,
    }  # fmt: skip
    assert data["looks"]["palettes"]["clusters.txt"] == {"colours": ["#123456"], "rest": "#bfbfbf"}
    assert data["looks"]["scales"]["scores.txt"] == {"places": [0, 1], "colours": ["#010203", "#fafbfc"]}
    assert page_data(ShownMap(map=toy_map(), title="Toy"))["view"] == {}


@pytest.mark.parametrize("view", [View(score="Citatons"), View(weight="Pages"), View(show="kotta")])
def test_what_the_map_lacks_is_refused_as_in_print(view: View) -> None:
    """Before there is a page."""
    with pytest.raises(BenangError, match=r"Known|Did you mean"):
        page_data(ShownMap(map=toy_map(), title="Toy", view=view))


def test_every_cluster_has_a_colour_and_all_scales_are_there() -> None:
    """Benang's palette goes on; VOSviewer's ends in grey."""
    many = toy_map(cluster=np.array([70, 2, 1]))
    looks = page_data(ShownMap(map=many, title="Toy"))["looks"]

    assert len(looks["palettes"]["benang"]["colours"]) == 70
    assert looks["palettes"]["benang"]["colours"][54] == "#0072b2"
    assert len(looks["palettes"]["vosviewer"]["colours"]) == 18
    assert {"viridis", "spectral", "density", "density-dark"} <= looks["scales"].keys()


def test_a_page_in_indonesian_brings_its_words_and_says_so() -> None:
    """With the names of weights and scores that this map has."""
    html = _made(language="id")
    data = _data(html)

    assert '<html lang="id">' in html
    assert "Halaman ini adalah peta interaktif" in html
    assert data["words"]["Occurrences"] == "Kemunculan"
    assert _data(_made())["words"] == {}


def test_without_javascript_the_page_lists_its_items() -> None:
    """The heaviest first, with their clusters."""
    html = _made()

    assert "it needs JavaScript" in html
    assert html.index("<td>Kota</td><td>1</td><td>3</td>") < html.index("<td>desa</td><td>1</td><td>2</td>")


def test_a_viewer_that_was_not_built_is_missed_with_the_way_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A copy of the source has none until `ui` is built."""
    monkeypatch.setattr("benang.viewer.page.resources.files", lambda _: tmp_path)
    viewer_script.cache_clear()
    try:
        with pytest.raises(BenangError, match=r"was not built.*make ui"):
            viewer_script()
        (tmp_path / "static").mkdir()
        (tmp_path / "static" / "viewer.js").write_text('f("</script>", /<!--/u)\r\n', encoding="utf-8", newline="")
        assert viewer_script() == 'f("\\x3c/script>", /\\x3c!--/u)'
    finally:
        viewer_script.cache_clear()
