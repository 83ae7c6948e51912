"""What is set is drawn: sizes, colours, names and links, as the saved drawing has them; and what is copied is there.

Needs Chromium, and the built viewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.viewer.browsing import chosen, opened, opened_anew, without_complaint, written
from tests.viewer.invented import PLACES, drawn, papers

from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def window(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the window in which all these tests open the page of the invented map."""
    file = written(ShownMap(map=drawn(), title="Pasar", corpus=papers()), tmp_path_factory.mktemp("settings"))
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(chromium, file, reduced_motion="reduce", permissions=allowed) as shown:
        yield shown


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """Return the page as it is at first, with its settings open."""
    with without_complaint(window):
        opened_anew(window)
        expect(window.get_by_role("group", name="Clusters")).to_be_visible()
        window.get_by_role("button", name="Settings", exact=True).click()
        yield window


def _map(page: Page) -> ET.Element:
    """Return the drawing of the map, without its legend."""
    page.get_by_role("button", name="Save", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="SVG").click()
    map_ = ET.parse(download.value.path()).getroot().find(f"{_SVG}g")  # noqa: S314 -- it is our own
    assert map_ is not None
    return map_


def _circles(map_: ET.Element) -> dict[str, ET.Element]:
    found = {}
    for circle in map_.iter(f"{_SVG}circle"):
        title = circle.find(f"{_SVG}title")
        if title is not None:
            found[title.text or ""] = circle
    return found


def _colours(page: Page) -> dict[str, str]:
    return {label: circle.get("fill", "") for label, circle in _circles(_map(page)).items()}


def _options(page: Page, label: str) -> list[str]:
    options = page.get_by_label(label, exact=True).locator("option")
    return [one.get_attribute("value") or "" for one in options.all()]


def test_each_weight_sizes_the_items(page: Page) -> None:
    """The heaviest is the largest."""
    radii = []
    for weight in _options(page, "Size by"):
        page.get_by_label("Size by", exact=True).select_option(weight)
        radii.append({label: float(one.get("r", 0)) for label, one in _circles(_map(page)).items()})
    assert len(radii) > 1
    assert all(max(one, key=one.__getitem__) == "pasar malam" for one in radii)
    assert any(one != radii[0] for one in radii)
    page.get_by_label("Differences in size").first.fill("0")
    assert len({one.get("r") for one in _circles(_map(page)).values()}) == 1


def test_each_palette_colours_the_clusters(page: Page) -> None:
    """Items of one cluster alike, those of another otherwise."""
    seen = []
    for palette in _options(page, "Colours of clusters"):
        page.get_by_label("Colours of clusters", exact=True).select_option(palette)
        colours = _colours(page)
        by_cluster = {cluster: {colours[one] for one in PLACES if PLACES[one][2] == cluster} for cluster in (1, 2, 3)}
        assert all(len(own) == 1 for own in by_cluster.values())
        assert len(set().union(*by_cluster.values())) == 3
        seen.append(colours)
    assert len(seen) >= 2
    assert len({tuple(one.values()) for one in seen}) == len(seen)


def test_each_scale_colours_an_overlay(page: Page) -> None:
    """Each has colours of its own; normalised and with other ends, they differ again."""
    page.get_by_role("tab", name="Overlay").click()
    by_scale = {}
    for scale in _options(page, "Colour scale"):
        page.get_by_label("Colour scale", exact=True).select_option(scale)
        by_scale[scale] = tuple(_colours(page).values())
    assert len(by_scale) > 5
    assert len(set(by_scale.values())) >= len(by_scale) - 1  # the preset is one of the others
    page.get_by_label("To", exact=True).fill("2013")
    assert tuple(_colours(page).values()) != by_scale[_options(page, "Colour scale")[-1]]


def test_links_are_as_many_as_is_set(page: Page) -> None:
    """The strongest, straight or curved, in the colours of their items or grey."""

    def paths() -> list[ET.Element]:
        return list(_map(page).iter(f"{_SVG}path"))

    assert len(paths()) == 51
    page.get_by_label("Maximum links").fill("7")
    first = paths()
    assert len(first) == 7
    page.get_by_label("In the colours of their items").uncheck()
    assert len({one.get("stroke") for one in paths()}) == 1
    page.get_by_label("Curved").uncheck()
    assert all(a.get("d") != b.get("d") for a, b in zip(first, paths(), strict=True))
    page.get_by_label("Maximum links").fill("0")
    assert paths() == []
    page.get_by_label("Maximum links").fill("1000")
    page.get_by_label("Minimum strength").fill("3")
    assert 0 < len(paths()) < 51


def test_names_are_as_long_as_is_set(page: Page) -> None:
    """And are gone where none are wanted; frames take the place of circles."""
    page.get_by_label("Maximum letters").fill("6")
    texts = {text.text or "" for text in _map(page).iter(f"{_SVG}text")}
    assert "sewa" in texts
    assert "pedagang kaki lima" not in texts
    page.get_by_label("Frames instead of circles").check()
    assert len(list(_map(page).iter(f"{_SVG}rect"))) > 5
    page.get_by_label("Show labels").uncheck()
    assert list(_map(page).iter(f"{_SVG}text")) == []


def test_a_map_is_turned_and_flipped(page: Page) -> None:
    """About its middle: what was on the left is on the right."""
    before = {label: float(one.get("cx", 0)) for label, one in _circles(_map(page)).items()}
    page.get_by_label("Flip left and right").check()
    after = {label: float(one.get("cx", 0)) for label, one in _circles(_map(page)).items()}
    middle = (min(before.values()) + max(before.values())) / 2
    assert all(after[one] == pytest.approx(2 * middle - before[one], abs=0.1) for one in before)
    page.get_by_label("Flip top and bottom").check()
    page.get_by_label("Rotate").fill("180")
    again = {label: float(one.get("cx", 0)) for label, one in _circles(_map(page)).items()}
    assert all(again[one] == pytest.approx(before[one], abs=0.1) for one in before)


def test_records_and_the_link_are_copied(page: Page) -> None:
    """As text, to be pasted into a letter."""
    chosen(page, "koperasi")
    page.get_by_role("button", name="Copy", exact=True).click()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "koperasi" in text
    assert "Jurnal Rekaan" in text
    page.wait_for_timeout(400)
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Copy the link").click()
    page.wait_for_timeout(200)
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    assert "select=koperasi" in page.url
