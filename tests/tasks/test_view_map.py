"""Any map is opened as a page: whatever form it has, with a review's records and passages where it is in one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.maps.exchanged import toy_map

from benang.errors import BenangError, Misuse, Problem
from benang.map_files import write_map
from benang.network import Analysis
from benang.tasks.make_map import Making, MapRequest, Outputs, make_map
from benang.tasks.read_works import WorksRequest
from benang.tasks.view_map import ViewRequest, open_in_browser, view_map


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stand in for the bundle of the viewer, and keep temporary files together."""
    monkeypatch.setattr("benang.viewer.page.viewer_script", lambda: "0")
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def _data(page: Path) -> Any:
    found = re.search(r"data-benang-page>(.*?)</script>", page.read_text(encoding="utf-8"))
    assert found is not None
    return json.loads(found[1])


@pytest.mark.parametrize("form", ["json", "txt", "gexf", "graphml", "gml", "net", "paj", "csv"])
def test_every_form_that_places_its_items_is_opened(tmp_path: Path, apart: Path, form: str) -> None:
    """A page of its own in the folder for temporary files; the account has its address."""
    write_map(toy_map(), tmp_path / f"toy.{form}")
    viewed = view_map(ViewRequest(files=(tmp_path / f"toy.{form}",)))

    (page,) = viewed.pages
    assert page.is_relative_to(apart)
    assert page.name == "toy.html"
    assert _data(page)["map"]["items"]["label"] == ["desa", "Kota", "provinsi"]
    assert viewed.account.notes[0].text == f"Opening {page.as_uri()}"


def test_a_network_without_places_is_laid_out_and_it_is_said(tmp_path: Path) -> None:
    """On the terminal and on the page, in the language of both."""
    (tmp_path / "toy.txt").write_text("kota\tdesa\t2\ndesa\tlaut\t1\n", encoding="utf-8")
    viewed = view_map(ViewRequest(files=(tmp_path / "toy.txt",), language="id"))

    data = _data(viewed.pages[0])
    assert len(set(zip(data["map"]["items"]["x"], data["map"]["items"]["y"], strict=True))) == 3
    assert data["notes"] == ["Berkas itu tidak memuat letak item: Benang menata letaknya."]
    assert data["notes"][0] in viewed.account.read[0].remarks


def test_clusters_of_a_file_are_kept_when_it_is_laid_out(tmp_path: Path) -> None:
    """Where one item has no place, all are laid out."""
    items = [{"id": n, "label": "abc"[n - 1], "cluster": 3 - n or 7, "x": 1, "y": n} for n in (1, 2, 3)]
    del items[1]["x"]
    links = [{"source_id": 1, "target_id": 2}, {"source_id": 2, "target_id": 3}]
    source = tmp_path / "some.json"
    source.write_text(json.dumps({"network": {"items": items, "links": links}}), encoding="utf-8")
    data = _data(view_map(ViewRequest(files=(source,))).pages[0])

    assert data["map"]["items"]["cluster"] == [2, 1, 7]
    assert data["notes"] == ["1 of 3 items have no position in the file: Benang has laid out all items."]


def test_files_that_belong_together_are_one_page_and_others_have_their_own(tmp_path: Path) -> None:
    """A map file and its network, and two maps of one name."""
    write_map(toy_map(), tmp_path / "toy.txt", tmp_path / "toy.gexf")
    files = (tmp_path / "toy.txt", tmp_path / "toy_network.txt", tmp_path / "toy.gexf", tmp_path / "toy.txt")

    assert [page.name for page in view_map(ViewRequest(files=files)).pages] == ["toy.html", "toy-2.html"]


def test_all_files_that_cant_be_read_are_named(tmp_path: Path, apart: Path) -> None:
    """With the line, and the way on; nothing is written."""
    broken, alone = tmp_path / "broken.json", tmp_path / "alone.json"
    broken.write_text('{"network": {"items": [', encoding="utf-8")
    alone.write_text('{"network": {"items": [{"id": 1}], "links": []}}', encoding="utf-8")
    write_map(toy_map(), tmp_path / "toy.json")
    with pytest.raises(BenangError) as refused:
        view_map(ViewRequest(files=(broken, tmp_path / "toy.json", alone)))

    assert [problem.where for problem in refused.value.problems] == [f"{broken}, line 1", str(alone)]
    assert "save the map again" in str(refused.value)
    assert "at least two items" in str(refused.value)
    assert list(apart.iterdir()) == []


def test_without_the_viewer_it_is_said_once_and_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many files there are, and whatever is in them; a page that was made before opens all the same."""

    def missing() -> str:
        raise BenangError(Problem("the interactive viewer was not built"))

    monkeypatch.setattr("benang.viewer.page.viewer_script", missing)
    page = tmp_path / "sent.html"
    page.write_text("<div data-benang-map></div>", encoding="utf-8")
    with pytest.raises(BenangError) as refused:
        view_map(ViewRequest(files=(tmp_path / "one.json", tmp_path / "two.json")))

    assert [problem.found for problem in refused.value.problems] == ["the interactive viewer was not built"]
    assert view_map(ViewRequest(files=(page,))).pages == (page,)


def test_a_page_is_opened_as_it_is_and_other_html_is_refused(tmp_path: Path) -> None:
    """Somebody sent it."""
    page, other = tmp_path / "sent.html", tmp_path / "other.html"
    page.write_text("<div data-benang-map></div>", encoding="utf-8")
    other.write_text("<p>", encoding="utf-8")

    assert view_map(ViewRequest(files=(page,))).pages == (page,)
    with pytest.raises(BenangError, match="without a map"):
        view_map(ViewRequest(files=(other,)))


def test_a_page_to_keep_is_of_one_file_and_overwrites_nothing_that_is_read(tmp_path: Path) -> None:
    """The account names it."""
    write_map(toy_map(), tmp_path / "toy.json", tmp_path / "toy.gexf")
    kept = tmp_path / "kept.html"
    one, two = (tmp_path / "toy.json",), (tmp_path / "toy.json", tmp_path / "toy.gexf")

    assert view_map(ViewRequest(files=one, output=kept)).account.files == (kept,)
    with pytest.raises(Misuse, match="goes with one file"):
        view_map(ViewRequest(files=two, output=kept))
    with pytest.raises(Misuse, match="goes with one file"):
        view_map(ViewRequest(files=two, network=tmp_path / "net.txt"))
    with pytest.raises(Misuse, match="would be overwritten"):
        view_map(ViewRequest(files=(kept,), output=kept))


@pytest.fixture
def review(tmp_path: Path, project_root: Path) -> Path:
    """Return a review with a map of its records."""
    folder = tmp_path / "sister-cities"
    shutil.copytree(project_root / "examples" / "sister-cities", folder, ignore=shutil.ignore_patterns("out"))
    make_map(
        MapRequest(
            works=WorksRequest(files=(folder / "sources" / "sister-cities.ris",)),
            analysis=Analysis("keywords"),
            making=Making(stability=0),
            outputs=Outputs(paths=(folder / "out" / "maps" / "topics.json",)),
        )
    )
    return folder


def test_in_a_review_records_have_their_titles_and_the_passages_coded_in_them(review: Path) -> None:
    """From the map to the record to the passage, and on to the report where it was built."""
    (review / "out" / "report.html").write_text('<section id="case-denpasar-mossel-bay">', encoding="utf-8")
    records = _data(view_map(ViewRequest(files=(review / "out" / "maps" / "topics.json",))).pages[0])["records"]
    at = records["key"].index("savitri2016")
    (passage,) = [one for one in records["passages"][str(at)] if "Covid-19 pandemic" in one["codes"]]

    assert records["title"][at].startswith("Implementasi Kerjasama")
    assert passage["quote"].startswith("Because of the Covid-19 pandemic")
    assert passage["where"].startswith("Denpasar – Mossel Bay · documents/savitri2016.md")
    assert passage["link"] == f"{(review / 'out' / 'report.html').as_uri()}#case-denpasar-mossel-bay"


def test_a_page_to_send_has_no_addresses_of_this_computer(review: Path, tmp_path: Path) -> None:
    """They lead nowhere elsewhere."""
    (review / "out" / "report.html").write_text('<section id="case-denpasar-mossel-bay">', encoding="utf-8")
    page = tmp_path / "send.html"
    view_map(ViewRequest(files=(review / "out" / "maps" / "topics.json",), output=page))

    assert "file://" not in page.read_text(encoding="utf-8")


def test_a_review_with_faults_does_not_keep_its_map_from_being_shown(review: Path) -> None:
    """Unless it was named: then its faults are what the user has to know."""
    (review / "codebook.toml").write_text("not a codebook", encoding="utf-8")
    map_ = review / "out" / "maps" / "topics.json"
    viewed = view_map(ViewRequest(files=(map_,)))

    assert "can't be read" in viewed.account.read[0].remarks[0]
    assert "codebook.toml" in viewed.account.read[0].remarks[1]
    assert _data(viewed.pages[0])["records"]["citation"]
    with pytest.raises(BenangError, match=r"codebook\.toml"):
        view_map(ViewRequest(files=(map_,), review=review))


def test_a_screen_or_a_browser_of_ones_own_is_needed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A browser for the terminal can't show a map."""
    asked: list[str] = []

    def opened(address: str) -> bool:
        asked.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", opened)
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not open_in_browser(tmp_path / "a b.html")

    monkeypatch.setenv("BROWSER", "firefox")
    assert open_in_browser(tmp_path / "a b.html")
    assert asked == [(tmp_path / "a b.html").as_uri()]
