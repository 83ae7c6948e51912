"""The picture of the interactive map under the hand: zoom, pan, select, drag. Needs Chromium, and the built viewer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.viewer.browsing import opened, opened_anew, without_complaint, written

from benang.maps import Map
from benang.network.network import Network, symmetric
from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PLACES = {"kota": (0.0, 0.0), "desa": (4.0, 0.0), "laut": (0.0, 3.0), "gunung": (4.0, 3.0), "pasar": (2.0, 1.5)}
_MARGIN = 40.0
_PIXEL = """(canvas, [x, y]) => {
  const ratio = canvas.width / canvas.clientWidth;
  return [...canvas.getContext("2d").getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data].slice(0, 3);
}"""
_WHITE = [255, 255, 255]
_KEEP = """canvas => {
  const picture = () => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const frame = () => new Promise(requestAnimationFrame);
  const keep = async () => {
    await frame();
    await frame();
    window.kept = picture();
  };
  canvas.addEventListener("pointermove", () => (window.keeping = keep()));
  window.changed = () => picture().reduce((sum, shade, at) => sum + (shade !== window.kept[at]), 0);
}"""
"""Keep the picture of the second frame after each movement, before the map rests; count what differs from it later."""


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the page of a map of five items, kota and desa linked, and laut with gunung; opened in Chromium."""
    names = tuple(_PLACES)
    links = symmetric(5, [0, 2], [1, 3], [3.0, 1.0])
    network = Network(names, names, links, {"Occurrences": np.array([5.0, 4.0, 3.0, 2.0, 1.0])})
    drawn = Map(network, np.array(list(_PLACES.values())), np.array([1, 1, 2, 2, 3]))
    file = written(ShownMap(map=drawn, title="Contoh"), tmp_path_factory.mktemp("viewer"))
    with opened(chromium, file, reduced_motion="reduce") as shown:
        yield shown


@pytest.fixture(autouse=True)
def _anew(page: Page) -> Iterator[None]:
    """Open the page anew for each test, and let the browser have nothing to complain of."""
    with without_complaint(page):
        opened_anew(page)
        page.mouse.move(2, 2)
        page.wait_for_timeout(300)
        yield


def _on_page(page: Page, x: float, y: float) -> tuple[float, float]:
    """Return where a place of the whole map lies on the page."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    scale = min((box["width"] - 2 * _MARGIN) / 4, (box["height"] - 2 * _MARGIN) / 3)
    return box["x"] + box["width"] / 2 + (x - 2) * scale, box["y"] + box["height"] / 2 - (y - 1.5) * scale


def _at(page: Page, item: str) -> tuple[float, float]:
    return _on_page(page, *_PLACES[item])


def _shade(page: Page, x: float, y: float) -> list[int]:
    """Return the colour of the picture at a place of the page."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    found: list[int] = page.locator("canvas").evaluate(_PIXEL, [x - box["x"], y - box["y"]])
    return found


def _shade_of(page: Page, item: str) -> list[int]:
    """Return the colour of a circle where no text lies on it."""
    x, y = _at(page, item)
    return _shade(page, x, y + 3)


def _expect_link(page: Page, pattern: str) -> None:
    """Wait until the address says something of what is shown."""
    expect(page).to_have_url(re.compile(pattern))


def _dragged(page: Page, start: tuple[float, float], end: tuple[float, float], *keys: str) -> None:
    for key in keys:
        page.keyboard.down(key)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()
    for key in keys:
        page.keyboard.up(key)


def test_a_click_selects_an_item_a_second_with_shift_adds_one_and_empty_space_clears(page: Page) -> None:
    """What is selected stands in the address."""
    page.mouse.click(*_at(page, "kota"))
    _expect_link(page, r"#.*select=kota(&|$)")
    page.keyboard.down("Shift")
    page.mouse.click(*_at(page, "gunung"))
    page.keyboard.up("Shift")
    _expect_link(page, r"select=kota,gunung(&|$)")
    page.mouse.click(*_on_page(page, 1.0, 2.2))
    expect(page).not_to_have_url(re.compile("select="))


def test_a_click_near_a_link_selects_the_link(page: Page) -> None:
    """The link of kota and desa bends by 0.3 of its length, so its middle is at 0.15."""
    x, y = _on_page(page, 2.0, 0.6)
    page.mouse.click(x, y + 2)
    _expect_link(page, r"link=(kota,desa|desa,kota)")


def test_dragging_with_shift_selects_what_is_in_the_box(page: Page) -> None:
    """The heaviest comes first."""
    _dragged(page, _on_page(page, -0.1, 0.9), _on_page(page, 4.1, -0.1), "Shift")
    _expect_link(page, r"select=kota,desa(&|$)")


def test_dragging_an_item_with_alt_moves_it_and_keeps_its_new_place(page: Page) -> None:
    """Nothing else moves."""
    there = _on_page(page, 1.0, 2.0)
    assert _shade(page, there[0], there[1] + 3) == _WHITE
    before = _shade_of(page, "kota")
    _dragged(page, _at(page, "pasar"), there, "Alt")
    _expect_link(page, r"moved=pasar")
    page.mouse.move(2, 2)
    page.wait_for_timeout(300)
    assert _shade(page, there[0], there[1] + 3) != _WHITE
    assert _shade_of(page, "kota") == before


def test_dragging_moves_the_map_and_zero_brings_it_back(page: Page) -> None:
    """The whole map needs no place in the address."""
    shade = _shade_of(page, "pasar")
    start = _on_page(page, 1.0, 2.2)
    _dragged(page, start, (start[0] + 60, start[1] - 40))
    _expect_link(page, r"at=")
    x, y = _at(page, "pasar")
    assert _shade(page, x + 60, y - 40 + 3) == shade
    page.locator("canvas").focus()
    page.keyboard.press("0")
    expect(page).not_to_have_url(re.compile("at="))
    assert _shade_of(page, "pasar") == shade


def test_a_map_moved_by_parts_of_a_pixel_rests_as_it_was_shown(page: Page) -> None:
    """A picture between two pixels would be drawn anew, with other edges, a moment after the hand rests."""
    page.locator("canvas").evaluate(_KEEP)
    x, y = _on_page(page, 1.0, 2.2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10)
    page.mouse.move(x + 40.4, y + 25.7)
    page.evaluate("keeping")
    _expect_link(page, r"#at=")
    page.wait_for_timeout(500)
    assert page.evaluate("changed()") == 0
    page.mouse.up()


def test_the_wheel_zooms_about_the_pointer(page: Page) -> None:
    """The item under the pointer stays there; the others move away."""
    shade, other = _shade_of(page, "gunung"), _shade_of(page, "pasar")
    page.mouse.move(*_at(page, "gunung"))
    page.mouse.wheel(0, -300)
    _expect_link(page, r"at=")
    page.mouse.move(2, 2)
    page.wait_for_timeout(300)
    assert np.allclose(_shade_of(page, "gunung"), shade, atol=40)
    assert not np.allclose(_shade_of(page, "pasar"), other, atol=40)


def test_arrows_and_signs_move_and_zoom_the_map(page: Page) -> None:
    """The map moves as what is looked at does on a page: right shows what lies to the right."""
    page.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    _expect_link(page, r"at=")
    x, y = _at(page, "gunung")
    assert _shade(page, x, y + 3) == _WHITE
    page.keyboard.press("0")
    page.keyboard.press("+")
    _expect_link(page, r"at=.*1\.25")
    page.keyboard.press("-")
    expect(page).not_to_have_url(re.compile("at="))


def test_pointing_at_an_item_dims_all_but_its_neighbours(page: Page) -> None:
    """Kota's only neighbour is desa."""
    names = ("kota", "desa", "laut", "gunung")
    before = {name: _shade_of(page, name) for name in names}
    page.mouse.move(*_at(page, "kota"))
    page.wait_for_timeout(200)
    after = {name: _shade_of(page, name) for name in names}
    for name in ("kota", "desa"):
        assert np.allclose(before[name], after[name], atol=24)
    for name in ("laut", "gunung"):
        assert sum(after[name]) > sum(before[name]) + 60


def test_a_double_click_zooms_in(page: Page) -> None:
    """By two, about the pointer."""
    page.mouse.dblclick(*_on_page(page, 1.0, 2.2))
    _expect_link(page, r"at=.*2(&|$)")


def test_two_fingers_zoom_and_a_tap_beside_an_item_selects_it(page: Page) -> None:
    """A finger is less exact than a mouse: ten pixels beside a circle still count."""
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = _at(page, "laut")
    fingers("touchStart", (x, y + 14))
    fingers("touchEnd")
    _expect_link(page, r"select=laut(&|$)")
    x, y = _on_page(page, 1.0, 2.2)
    fingers("touchStart", (x - 20, y))
    fingers("touchStart", (x - 20, y), (x + 20, y))
    for wider in (10, 20, 30, 40):
        fingers("touchMove", (x - 20 - wider, y), (x + 20 + wider, y))
    fingers("touchEnd")
    _expect_link(page, r"at=.*,(2\.[89]|3)")
