"""Odd maps and clumsy hands: whatever a file holds, and whatever is done to its page, the page goes on.

Needs Chromium, and the built viewer.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.viewer.browsing import chosen, dropped, opened, opened_anew, without_complaint, written
from tests.viewer.invented import PLACES, drawn, papers

from benang.cli.main import main
from benang.map_files import read_map
from benang.viewer import data
from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_SCRIPT = "<img src=x onerror=window.hacked=1><script>window.hacked=2</script>"
_VIEWS = ("Overlay", "Density", "Cluster density", "Network")
_LONG = "Pemberdayaan masyarakat pesisir dalam kerangka kerja sama antarkota bersaudara dan pembangunan " * 3


def _items(n: int, **fields: Any) -> list[dict[str, Any]]:
    """Return items along a spiral in three clusters; a field is a value, or a function of the number of the item."""
    made = [
        {
            "id": k,
            "label": f"item {k}",
            "x": math.cos(2.4 * k) * math.sqrt(k),
            "y": math.sin(2.4 * k) * math.sqrt(k),
            "cluster": k % 3 + 1,
            "weights": {"Occurrences": 1 + k % 7},
        }
        for k in range(n)
    ]
    for k, item in enumerate(made):
        given = {name: value(k) if callable(value) else value for name, value in fields.items()}
        item.update({name: value for name, value in given.items() if value is not None})
        for name in [name for name, value in given.items() if value is None]:
            item.pop(name, None)
    return made


def _links(n: int) -> list[dict[str, Any]]:
    return [
        {"source_id": k, "target_id": (k * 7 + 3) % n, "strength": 1 + k % 4} for k in range(n) if 6 * k % n != n - 3
    ]


_TEXTS = (
    "تنمية المجتمع المحلي", "社区发展与城市规划", "शहर विकास", "עיר אחות", "เมืองพี่เมืองน้อง", "Kota & “desa”",
    "kota\tdesa\nlaut", "", "   ", "a\u0301b\u0300c", "\u202eterbalik", "👩‍🌾 tani",
)  # fmt: skip
_ODD: Mapping[str, tuple[list[dict[str, Any]], bool]] = {
    "all in one place": (_items(20, x=0.5, y=0.5), True),
    "two in one place": (_items(2, x=0, y=0), False),
    "in one line": (_items(20, x=lambda k: k, y=0), True),
    "far apart": (_items(20, x=lambda k: 1e12 * k, y=lambda k: 1e-12 * k), True),
    "one far away": (_items(20, x=lambda k: 1e4 if k == 0 else k), True),
    "of equal weights": (_items(20, weights={"Occurrences": 5}), True),
    "of zero weights": (_items(20, weights={"Occurrences": 0}), True),
    "of huge weights": (_items(20, weights=lambda k: {"Occurrences": 10.0**k}), True),
    "without weights": (_items(20, weights=None), True),
    "of missing scores": (_items(20, scores=lambda k: {"Avg. pub. year": 2000 + k} if k % 3 else None), True),
    "of equal scores": (_items(20, scores={"Score": 4}), True),
    "of 300 clusters": (_items(300, cluster=lambda k: k + 1), True),
    "without clusters": (_items(20, cluster=None), True),
    "without links": (_items(20), False),
    "of long labels": (_items(12, label=lambda k: f"{_LONG[:200]} {k}"), True),
    "of one long word": (_items(12, label=lambda k: f"{'x' * 200}{k}"), True),
    "in many scripts": (_items(12, label=lambda k: _TEXTS[k]), True),
    "of one item": (_items(1), False),
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the invented map with its records."""
    return written(ShownMap(map=drawn(), title="Pasar", corpus=papers()), tmp_path_factory.mktemp("odd"))


@pytest.fixture(scope="module")
def window(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return the window in which all these tests open the page."""
    with opened(chromium, file, reduced_motion="reduce") as shown:
        yield shown


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """Return the page as it is at first; the browser has nothing to complain of."""
    with without_complaint(window):
        window.set_viewport_size({"width": 1200, "height": 800})
        opened_anew(window)
        expect(window.get_by_role("group", name="Clusters")).to_be_visible()
        yield window


@pytest.mark.parametrize("name", _ODD)
def test_an_odd_map_is_seen_searched_and_saved(window: Page, tmp_path: Path, name: str) -> None:
    """In all views; what is saved is read by `read_map`."""
    with without_complaint(window):
        _used(window, name, tmp_path)


def _used(page: Page, name: str, folder: Path) -> None:
    items, is_linked = _ODD[name]
    links = _links(len(items)) if is_linked else []
    dropped(page, (f"{name}.json", json.dumps({"network": {"items": items, "links": links}}).encode()))
    expect(page).to_have_title(name)
    for view in _VIEWS:
        page.get_by_role("tab", name=view, exact=True).click()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_title("Show the whole map").click()
    field = page.get_by_role("combobox", name="Search items")
    for typed in ("", "   ", str(items[0]["label"])[:8]):
        field.fill(typed)
        field.press("Enter")
    page.get_by_role("complementary").get_by_role("tab", name="Items").click()
    expect(page.locator("table.items tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for what in ("SVG", "JSON"):
        page.get_by_role("button", name="Save", exact=True).click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=what).first.click()
        download.value.save_as(folder / f"saved.{what.lower()}")
    if len(items) > 1:  # which is what Benang calls a network
        assert len(read_map(folder / "saved.json").network) == len(items)


def _ran(*arguments: object) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert ended.value.code in {0, None}


def test_scripts_in_any_text_of_a_map_do_nothing(chromium: Browser, tmp_path: Path) -> None:
    """Titles, labels, descriptions, names of clusters, addresses, the name of the file: on the page that is written."""
    # a name that Windows does not allow
    source = tmp_path / ("peta.json" if sys.platform == "win32" else "peta<img src=x onerror=window.hacked=3>.json")
    content = {
        "network": {
            "items": [
                {"id": n, "label": f"kota {n} {_SCRIPT}", "x": n, "y": n % 2, "cluster": 1,
                 "description": f"d {_SCRIPT}", "url": "javascript:window.hacked=4",
                 "scores": {_SCRIPT: n}, "weights": {f"w {_SCRIPT}": n + 1}}
                for n in range(5)
            ],
            "links": [{"source_id": 0, "target_id": 1, "description": _SCRIPT, "url": "javascript:window.hacked=5"}],
            "clusters": [{"cluster": 1, "label": f"Klaster {_SCRIPT}"}],
        },
        "info": {"title": f"Judul {_SCRIPT}", "description": f"Tentang {_SCRIPT}"},
        "config": {"terminology": {"item": _SCRIPT, "items": f"Butir {_SCRIPT}"}, "unknown": {"key": [_SCRIPT]}},
        "more": {"unknown": _SCRIPT},
    }  # fmt: skip
    source.write_text(json.dumps(content), encoding="utf-8")
    target = tmp_path / "map.html"
    for command in (("view", source, "-o", target), ("convert", source, target)):
        _ran(*command)
        with opened(chromium, target, reduced_motion="reduce") as page:
            chosen(page, "kota 0")
            expect(page.get_by_role("complementary")).to_contain_text("<script>")
            page.mouse.click(*_middle(page))
            for view in _VIEWS:
                page.get_by_role("tab", name=view, exact=True).click()
            page.get_by_role("button", name="Settings", exact=True).click()
            page.get_by_role("button", name="Settings", exact=True).click()
            for tab in page.get_by_role("complementary").get_by_role("tab").all():
                tab.click()
            page.get_by_role("button", name="More", exact=True).click()
            page.get_by_role("menuitem", name="About this map").click()
            expect(page.get_by_role("dialog")).to_be_visible()
            page.keyboard.press("Escape")
            for anchor in page.locator("a[href]").all():
                assert not (anchor.get_attribute("href") or "").startswith("javascript:")
            assert page.evaluate("window.hacked") is None


def _middle(page: Page) -> tuple[float, float]:
    box = page.locator("canvas").first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_page_of_too_many_links_says_so(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The strongest are shown."""
    monkeypatch.setattr(data, "MOST_LINKS", 10)
    with opened(chromium, written(ShownMap(map=drawn(), title="Pasar"), tmp_path)) as page:
        expect(page.get_by_text("10 strongest of 51 links.")).to_be_visible()


def test_a_network_without_places_is_laid_out_by_the_command_line(chromium: Browser, tmp_path: Path) -> None:
    """And the page says so; keys that nobody knows do no harm."""
    items = [{"id": n, "label": f"item {n}", "ukuran": {"x": 1}} for n in range(12)]
    source = tmp_path / "bare.json"
    source.write_text(json.dumps({"network": {"items": items, "links": _links(12), "x": 1}, "y": []}), encoding="utf-8")
    _ran("view", source, "-o", tmp_path / "bare.html")
    with opened(chromium, tmp_path / "bare.html") as page:
        expect(page.get_by_role("note")).to_contain_text("laid them out")
        chosen(page, "item 3")
        expect(page.get_by_role("heading", name="item 3", exact=True)).to_be_visible()


def test_double_clicks_everywhere_leave_a_page_that_works(page: Page) -> None:
    """On the map, on every button and tab, and on what they open."""
    x, y = _middle(page)
    for dx in (-350, -120, 40, 260):
        for dy in (-200, 0, 180):
            page.mouse.dblclick(x + dx, y + dy)
    for role in ("tab", "button"):
        for control in page.get_by_role(role).all():
            if control.is_visible():
                control.dblclick(timeout=2000, force=True)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    chosen(page, "koperasi")
    expect(page.get_by_role("heading", name="koperasi", exact=True)).to_be_visible()


def test_a_window_that_changes_while_the_map_is_dragged(page: Page) -> None:
    """Nothing sticks to the pointer; the picture fills the new window."""
    x, y = _middle(page)
    page.mouse.move(x, y + 130)
    page.mouse.down()
    page.mouse.move(x + 40, y + 150, steps=3)
    for width, height in ((700, 900), (380, 500), (1300, 420), (1200, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.mouse.move(x - 30, y + 100, steps=2)
    page.mouse.up()
    page.wait_for_timeout(400)
    url = page.url
    page.mouse.move(x + 90, y - 60, steps=3)
    page.wait_for_timeout(400)
    assert page.url == url
    box, view = page.locator("canvas").bounding_box(), page.locator(".view").bounding_box()
    assert box is not None
    assert view is not None
    assert (box["width"], box["height"]) == (view["width"], view["height"])
    assert page.locator("canvas").evaluate("canvas => canvas.width / canvas.clientWidth") == pytest.approx(1, abs=0.01)


def test_all_items_hidden_and_all_clusters_switched_off_come_back(page: Page) -> None:
    """An empty map is no dead end."""
    for box in page.get_by_role("checkbox", name="Show ").all():
        box.uncheck()
    for view in _VIEWS:
        page.get_by_role("tab", name=view, exact=True).click()
    page.get_by_role("button", name="Show all clusters").click()
    page.locator("canvas").focus()
    page.mouse.move(*_middle(page))
    for cluster in (1, 2, 3):
        page.locator(f"[data-cluster='{cluster}']").click()
        page.get_by_role("button", name="Hide these items").click()
        page.get_by_role("tab", name="Legend").click()
    page.get_by_title("Show the whole map").click()
    page.get_by_role("button", name="Settings", exact=True).click()
    page.get_by_role("button", name="Show hidden items").click()
    chosen(page, next(iter(PLACES)))
    expect(page.get_by_role("heading", name="pasar malam", exact=True)).to_be_visible()
