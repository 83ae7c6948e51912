"""What a reader did to the interactive map is kept: in its link, in the saved map, from one view to the next.

Needs Chromium, and the built viewer.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from tests.viewer.browsing import chosen, opened, opened_anew, without_complaint, written
from tests.viewer.invented import CLUSTERS, PLACES, drawn, papers

from benang.map_files import read_map
from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_SVG = "{http://www.w3.org/2000/svg}"
_ROUNDED = 64
"""Levels of a colour, of 255, at the edge of what a link places by five digits."""
_REST = 500
"""Milliseconds after which the picture and the address have followed."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the invented map with its records."""
    return written(ShownMap(map=drawn(), title="Pasar", corpus=papers()), tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def window(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return the window in which all these tests open the page."""
    with opened(chromium, file, reduced_motion="reduce") as shown:
        yield shown


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """Return the page as it is at first, without the note that it is of few records, which lies on the map."""
    with without_complaint(window):
        opened_anew(window)
        expect(window.get_by_role("group", name="Clusters")).to_be_visible()
        window.get_by_role("button", name="Dismiss").click()
        window.wait_for_timeout(_REST)
        yield window


def _picture(page: Page) -> np.ndarray[Any, np.dtype[np.int16]]:
    url: str = page.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    drawn = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
    return np.asarray(drawn, dtype=np.int16)


def _saved(page: Page, what: str, folder: Path) -> Path:
    page.get_by_role("button", name="Save", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=what).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _at(page: Page, folder: Path, label: str) -> tuple[float, float]:
    """Return where an item lies on the page, by the drawing of what is seen."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    x, y = _circles(_saved(page, "SVG", folder))[label]
    return box["x"] + x, box["y"] + y


def _circles(drawing: Path) -> dict[str, tuple[float, float]]:
    root = ET.parse(drawing).getroot()  # noqa: S314 -- it is our own
    return {
        title.text or "": (float(circle.get("cx", 0)), float(circle.get("cy", 0)))
        for circle in root.iter(f"{_SVG}circle")
        for title in circle.iter(f"{_SVG}title")
    }


def _names(drawing: Path) -> dict[str, tuple[float, float]]:
    """Return the places of the names of whole items, as they lie on the map."""
    root = ET.parse(drawing).getroot()  # noqa: S314 -- it is our own
    map_ = root.find(f"{_SVG}g")
    assert map_ is not None
    texts = [one for one in map_.iter(f"{_SVG}text") if one.text in PLACES]
    return {one.text or "": (float(one.get("x", 0)), float(one.get("y", 0))) for one in texts}


def test_all_that_can_be_changed_stands_in_the_link(page: Page, chromium: Browser, tmp_path: Path) -> None:
    """Whoever opens the link sees the same picture, the same selection and the same settings."""
    start = _at(page, tmp_path, "sampah")
    page.keyboard.down("Alt")
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] - 60, start[1] + 20, steps=4)
    page.mouse.up()
    page.keyboard.up("Alt")
    page.get_by_role("button", name="Rename or merge Sungai").click()
    page.get_by_role("textbox", name="Name").fill("Sungai & kali")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Rename or merge Kerja sama").click()
    page.get_by_label("Show as part of").select_option(label="Pasar")
    page.get_by_label("Colour of Sungai & kali").fill("#7a0045")
    chosen(page, "sewa")
    page.get_by_role("button", name="Hide this item").click()
    page.get_by_role("button", name="Settings", exact=True).click()
    page.get_by_label("Rotate").fill("30")
    page.get_by_label("Flip left and right").check()
    page.get_by_label("Curved").uncheck()
    page.get_by_label("Dark").check()
    page.get_by_label("Minimum strength").fill("2")
    page.get_by_role("button", name="Settings", exact=True).click()
    page.get_by_role("button", name="Time", exact=True).click()
    page.get_by_role("slider", name="First year").press("ArrowRight")
    chosen(page, "diplomasi")
    page.get_by_title("Show the whole map").click()
    page.get_by_role("button", name="Zoom in").click()
    page.mouse.move(2, 2)
    for part in ("clusters=", "hidden=sewa", "moved=sampah", "rotate=30", "flip-x=yes", "curved=no", "dark=yes",
                 "min-strength=2", "years=2013-2023", "at=", "select=diplomasi"):  # fmt: skip
        expect(page).to_have_url(re.compile(part))
    page.wait_for_timeout(_REST)
    seen = _picture(page)
    with opened(chromium, page.url, reduced_motion="reduce") as other:
        expect(other.get_by_role("heading", name="diplomasi", exact=True)).to_be_visible()
        expect(other.get_by_role("group", name="Years").get_by_role("status")).to_have_text("2013–2023")
        other.wait_for_timeout(_REST)
        assert np.abs(_picture(other) - seen).max() < _ROUNDED
        other.get_by_role("tab", name="Legend").click()
        names = other.get_by_role("group", name="Clusters").get_by_role("listitem")
        expect(names).to_have_count(2)
        expect(names.filter(has_text="Sungai & kali")).to_have_count(1)


def test_the_saved_map_has_what_was_moved_and_named(page: Page, tmp_path: Path) -> None:
    """`read_map` reads it: an item at its new place, the others at theirs, and the name of a cluster."""
    start = _at(page, tmp_path, "kampung")
    page.keyboard.down("Alt")
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0], start[1] - 100, steps=4)
    page.mouse.up()
    page.keyboard.up("Alt")
    page.get_by_role("button", name="Rename or merge Pasar").click()
    page.get_by_role("textbox", name="Name").fill("Pasar & jalan")
    page.keyboard.press("Enter")
    again, before = read_map(_saved(page, "JSON", tmp_path)), drawn()
    moved = again.network.labels.index("kampung")

    assert again.network.labels == before.network.labels
    assert again.cluster_labels == {**CLUSTERS, 1: "Pasar & jalan"}
    assert again.xy[moved, 1] > before.xy[moved, 1] + 0.1
    others = np.arange(len(PLACES)) != moved
    np.testing.assert_allclose(again.xy[others], before.xy[others])
    assert again.network.links.toarray().tolist() == before.network.links.toarray().tolist()
    assert again.network.weights.keys() >= before.network.weights.keys()
    assert again.network.records == before.network.records


@pytest.mark.parametrize(("what", "scale"), [("PNG", 1), ("PNG × 2", 2), ("PNG × 4", 4)])
def test_a_picture_has_the_scale_that_is_asked_for(page: Page, tmp_path: Path, what: str, scale: int) -> None:
    """As many dots to a pixel of the map; below it is the legend."""
    data = _saved(page, what, tmp_path).read_bytes()
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    assert width == round(box["width"] * scale)
    assert box["height"] * scale < height < (box["height"] + 200) * scale


def test_a_picture_has_any_scale(page: Page, tmp_path: Path) -> None:
    """What it is in print is said before; one that is too large is refused with the largest scale."""
    dialog = _scaled(page, "2.5")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    dots = round(box["width"] * 2.5)
    expect(dialog).to_contain_text(f"{dots:,} dots wide: {round(dots / 300 * 25.4)} mm in print")
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save").click()
    download.value.save_as(tmp_path / "map.png")
    assert int.from_bytes((tmp_path / "map.png").read_bytes()[16:20], "big") == dots
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_focused()

    _scaled(page, "90").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a smaller scale (up to ")


def _scaled(page: Page, scale: str) -> Locator:
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("menuitem", name="any other scale").click()
    dialog = page.get_by_role("dialog", name="Picture at another scale")
    dialog.get_by_label("Scale").fill(scale)
    dialog.get_by_label("Scale").blur()
    return dialog


def test_names_are_the_same_at_the_same_places_while_the_map_moves(page: Page, tmp_path: Path) -> None:
    """Beside their circles as before, and none comes or goes but at the edge."""
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(_REST)
    seen = []
    for step in ((0, 0), (37, 23), (-81, 46)):
        page.mouse.move(400, 150)
        page.mouse.down()
        page.mouse.move(400 + step[0], 150 + step[1], steps=5)
        page.mouse.up()
        page.mouse.move(2, 2)
        page.wait_for_timeout(_REST)
        drawing = _saved(page, "SVG", tmp_path)
        circles, names = _circles(drawing), _names(drawing)
        seen.append({one: np.subtract(names[one], circles[one]) for one in names if one in circles})
        page.keyboard.press("Escape")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    assert len(seen[0]) >= 8
    for now in seen[1:]:
        both = now.keys() & seen[0].keys()
        assert len(both) >= 6
        for one in both:
            np.testing.assert_allclose(now[one], seen[0][one], atol=0.03)


def test_the_selection_stays_from_view_to_view(page: Page) -> None:
    """And so do the place of the map and the panel beside it."""
    chosen(page, "pajak")
    page.get_by_role("button", name="Select its neighbours, too").click()
    heading = page.get_by_role("heading", name=re.compile(r"^\d+ items selected$"))
    said = heading.inner_text()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(_REST)
    selected = re.search(r"select=[^&]+", page.url)
    at = re.search(r"at=[^&]+", page.url)
    assert selected
    assert at
    for view in ("Overlay", "Density", "Cluster density", "Network"):
        page.get_by_role("tab", name=view, exact=True).click()
        page.wait_for_timeout(_REST)
        expect(heading).to_have_text(said)
        assert selected[0] in page.url
        assert at[0] in page.url


def test_a_link_of_another_map_opens_what_it_can(page: Page, chromium: Browser) -> None:
    """Items that are no longer there are passed over."""
    address = page.url.partition("#")[0]
    unknown = "#select=koperasi,hilang&hidden=tiada&clusters=99:into:98,1:into:1&years=1800-1801&at=1e9,1e9,3&view=peta"
    with opened(chromium, address + unknown) as other:
        expect(other.get_by_role("heading", name="koperasi", exact=True)).to_be_visible()
        other.get_by_title("Show the whole map").click()
        expect(other.get_by_role("tab", name="Network", exact=True)).to_have_attribute("aria-selected", "true")
