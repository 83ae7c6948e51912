"""A page as its reader has it: opened from a file, from the map to the records to the passages coded in them.

Needs Chromium, and the built viewer.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.maps.exchanged import toy_map

from benang.network import Analysis
from benang.tasks.make_map import Making, MapRequest, Outputs, make_map
from benang.tasks.read_works import WorksRequest
from benang.tasks.view_map import ViewRequest, view_map
from benang.viewer.data import ShownMap
from benang.viewer.page import map_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _opened(chromium: Browser, file: Path, said: list[str], *, script: bool = True) -> Page:
    """Open a file; what the browser complains of, and what it asks of the network, is `said`."""
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(file.as_uri())
    return page


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """Return the page of a map of a review."""
    folder = tmp_path_factory.mktemp("page") / "sister-cities"
    shutil.copytree(project_root / "examples" / "sister-cities", folder, ignore=shutil.ignore_patterns("out"))
    (folder / "out" / "maps").mkdir(parents=True)
    (folder / "out" / "report.html").write_text('<section id="case-denpasar-mossel-bay">', encoding="utf-8")
    make_map(
        MapRequest(
            works=WorksRequest(files=(folder / "sources" / "sister-cities.ris",)),
            analysis=Analysis("keywords"),
            making=Making(stability=0),
            outputs=Outputs(paths=(folder / "out" / "maps" / "topics.json",)),
        )
    )
    return view_map(ViewRequest(files=(folder / "out" / "maps" / "topics.json",))).pages[0]


def test_from_the_map_to_a_record_to_what_was_coded_in_it(chromium: Browser, review: Path) -> None:
    """A keyword, one of its papers, a quotation with its codes, and on to the case in the report."""
    said: list[str] = []
    page = _opened(chromium, review, said)
    page.get_by_label("Search items").fill("pandemi")
    page.get_by_label("Search items").press("Enter")
    page.get_by_role("button", name=re.compile("^Implementasi Kerjasama Sister city Kota Denpasar")).click()
    passage = page.locator("figure").filter(has_text="Because of the Covid-19 pandemic").first

    expect(passage).to_contain_text("Covid-19 pandemic")
    passage.get_by_role("link").click()
    page.wait_for_url(re.compile(r"report\.html#case-denpasar-mossel-bay$"))
    assert said == []


def test_packed_data_are_unpacked_under_the_policy_of_the_page(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of large maps are."""
    monkeypatch.setattr("benang.viewer.page.LARGE", 0)
    file, said = tmp_path / "packed.html", list[str]()
    file.write_bytes(map_page(ShownMap(map=toy_map(), title="Toy", language="id")))
    page = _opened(chromium, file, said)

    expect(page.get_by_label("Cari item")).to_be_visible()
    expect(page).to_have_title("Tiga")
    assert said == []


def test_without_javascript_the_items_can_be_read(chromium: Browser, review: Path) -> None:
    """What the page is, what it needs, and the items as a table; with JavaScript nothing of this shows."""
    page = _opened(chromium, review, [], script=False)
    shown = page.locator("noscript")
    assert "it needs JavaScript" in shown.inner_text()
    assert "pandemi covid-19" in shown.locator("table").inner_text()
    box = shown.bounding_box()
    assert box is not None
    assert box["width"] > 1000

    page = _opened(chromium, review, [])
    expect(page.get_by_label("Search items")).to_be_visible()
    assert page.locator("noscript").bounding_box() is None
