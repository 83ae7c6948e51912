"""Two maps side by side share their selection; the bar and the panel are those of the map in use. Needs Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.viewer.browsing import chosen, opened, written

from benang.map_files import write_map
from benang.maps import Map
from benang.network.network import Network, symmetric
from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _map(*labels: str) -> Map:
    n = len(labels)
    ids = tuple(str(place) for place in range(n))
    scores = {"Avg. pub. year": np.linspace(2015, 2020, n)}
    weights = {"Occurrences": np.arange(n, 0, -1.0)}
    network = Network(ids, labels, symmetric(n, [0] * (n - 1), list(range(1, n)), [2.0] * (n - 1)), weights, scores)
    angle = np.linspace(0, 5, n)
    return Map(network, np.stack([np.cos(angle), np.sin(angle)], axis=1), np.arange(n) % 2 + 1)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of another map, in which two of the items are at other places of the list."""
    path = tmp_path_factory.mktemp("other") / "other.json"
    write_map(_map("pasar", "Desa", "kota", "sawah"), path)
    return path


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """Return the page of a map, opened in Chromium, which must complain of nothing."""
    file = written(ShownMap(map=_map("kota", "desa", "laut"), title="Contoh"), tmp_path)
    with opened(chromium, file, viewport={"width": 1280, "height": 800}) as shown:
        yield shown


def _opened_beside(page: Page, file: Path) -> None:
    page.get_by_role("button", name="More").click()
    with page.expect_file_chooser() as asked:
        page.get_by_role("menuitem", name="Open a map beside it…").click()
    asked.value.set_files(file)


def test_another_map_beside_this_one_has_the_same_selection(page: Page, other: Path) -> None:
    """Items are found again by their labels; the panel is that of the map that was touched last."""
    _opened_beside(page, other)
    pictures = page.get_by_role("application")
    expect(pictures).to_have_count(2)
    panel = page.get_by_role("complementary")
    pictures.last.focus()
    chosen(page, "Desa")
    expect(panel.get_by_role("heading", name="Desa", exact=True)).to_be_visible()
    pictures.first.focus()
    expect(panel.get_by_role("heading", name="desa", exact=True)).to_be_visible()
    chosen(page, "laut")
    expect(panel.get_by_role("heading", name="laut")).to_be_visible()
    pictures.last.focus()
    expect(panel.get_by_role("tab", name="Legend")).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Overlay").click()
    pictures.first.focus()
    expect(page.get_by_role("tab", name="Overlay")).to_have_attribute("aria-selected", "true")


def test_one_map_is_seen_in_two_views(page: Page) -> None:
    """Each has a view of its own, and closing one leaves the other."""
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Two views side by side").click()
    pictures = page.get_by_role("application")
    expect(pictures).to_have_count(2)
    pictures.last.focus()
    expect(page.get_by_role("tab", name="Overlay")).to_have_attribute("aria-selected", "true")
    pictures.first.focus()
    expect(page.get_by_role("tab", name="Network")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Close", exact=False).nth(1).click()
    expect(pictures).to_have_count(1)
    expect(page.get_by_role("tab", name="Network")).to_have_attribute("aria-selected", "true")


def test_a_file_that_is_no_map_leaves_the_page_as_it_is(page: Page, tmp_path: Path) -> None:
    """What is wrong is said."""
    broken = tmp_path / "broken.json"
    broken.write_text('{"network": {', encoding="utf-8")
    _opened_beside(page, broken)
    expect(page.get_by_role("alert")).to_contain_text("broken.json")
    expect(page.get_by_role("application")).to_have_count(1)
