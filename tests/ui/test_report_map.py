"""The maps of a report in a browser: a picture becomes the map once it is read, and stays the picture in print.

Needs Chromium, and the built viewer.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browsers import chromium
from tests.viewer.browsing import without_complaint

from benang.errors import BenangError
from benang.tasks.build.building import build
from benang.viewer.page import viewer_script

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHARTS = """
[[charts]]
name = "reasons-map"
kind = "map"
map = "reasons"

[[charts]]
name = "topics-by-rain"
kind = "overlay"
map = "topics"
score = "code:rain"
"""
WIDE = {"width": 1280, "height": 800}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where there is no viewer that it could show."""
    try:
        viewer_script()
    except BenangError:
        pytest.skip("the viewer was not built: make ui")
    with chromium() as started:
        yield started


def _built(folder: Path, test_data: Path, language: str) -> Path:
    review = Path(shutil.copytree(test_data / "mini-review", folder / "review"))
    plan = review / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + CHARTS, encoding="utf-8")
    return build(review, language="id" if language == "id" else "en").report


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, test_data: Path) -> Path:
    """Return the report of two night markets, with three maps."""
    return _built(tmp_path_factory.mktemp("report"), test_data, "en")


@contextmanager
def _opened(browser: Browser, report: Path, **context: Any) -> Iterator[Page]:
    own = browser.new_context(**{"viewport": WIDE, **context})
    page = own.new_page()
    with without_complaint(page):
        page.goto(report.as_uri())
        yield page
    own.close()


def _read(page: Page, name: str) -> Locator:
    """Scroll to a figure, and wait for its map."""
    figure = page.locator(f"#figure-{name}")
    figure.scroll_into_view_if_needed()
    expect(figure.locator("canvas")).to_be_visible()
    return figure


def _selected(figure: Locator, typed: str) -> None:
    field = figure.get_by_role("combobox").first
    field.fill(typed)
    field.press("Enter")


def test_a_picture_becomes_the_map_once_its_figure_is_read(browser: Browser, report: Path) -> None:
    """Until then the page is as quick as without it."""
    with _opened(browser, report) as page:
        expect(page.locator("canvas")).to_have_count(0)
        figure = _read(page, "topics")

        expect(figure.locator("img")).to_be_hidden()
        box = figure.locator(".map").bounding_box()
        assert box is not None
        assert 480 <= box["height"] <= 622
        assert page.evaluate("location.hash") == ""


def test_from_the_map_to_a_record_to_its_passage_in_the_report(browser: Browser, report: Path) -> None:
    """The passage stands in the appendix, which opens."""
    with _opened(browser, report) as page:
        figure = _read(page, "topics")
        _selected(figure, "rain")
        figure.locator(".records .title").first.click()
        link = figure.locator(".passage a").first
        anchor = str(link.get_attribute("href"))
        link.click()

        assert anchor.startswith("#p-")
        expect(page.locator(anchor)).to_be_in_viewport()
        assert page.evaluate("location.hash") == anchor


def test_a_map_of_codes_lists_cases_with_their_passages(browser: Browser, report: Path) -> None:
    """Cases are called by their names."""
    with _opened(browser, report) as page:
        figure = _read(page, "reasons-map")
        _selected(figure, "rain")
        figure.locator(".records .title").first.click()

        expect(figure.locator(".passage .code", has_text="Rain").first).to_be_visible()
        expect(figure.locator(".passage a").first).to_have_attribute("href", "#p-1")


def test_the_colours_of_a_code_are_explained_at_once(browser: Browser, report: Path) -> None:
    """An overlay opens with its legend."""
    with _opened(browser, report) as page:
        expect(_read(page, "topics-by-rain")).to_contain_text("share of coded studies (%)")


def test_the_wheel_scrolls_the_page_until_the_map_is_chosen(browser: Browser, report: Path) -> None:
    """A hint says how to zoom; with Ctrl it zooms, and once the map has the focus."""
    with _opened(browser, report) as page:
        figure = _read(page, "topics")
        figure.locator(".map").evaluate("one => one.scrollIntoView({block: 'center'})")
        figure.locator("canvas").hover()
        scrolled = page.evaluate("scrollY")
        page.mouse.wheel(0, 60)
        expect(figure.locator(".hand-hint.now")).to_contain_text("Hold Ctrl to zoom")
        page.wait_for_function("before => scrollY > before", arg=scrolled)

        figure.locator("canvas").click(position={"x": 5, "y": 300})
        scrolled = page.evaluate("scrollY")
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(400)
        assert page.evaluate("scrollY") == scrolled


def test_the_keyboard_passes_through_the_map(browser: Browser, report: Path) -> None:
    """Tab goes in, and on to what follows."""
    with _opened(browser, report) as page:
        figure = _read(page, "topics-by-rain")
        figure.get_by_role("combobox").first.focus()
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("!document.activeElement.closest('.map')"):
                break

        assert page.evaluate("!document.activeElement.closest('.map')")


def test_a_map_fills_the_screen_and_comes_back(browser: Browser, report: Path) -> None:
    """By its button."""
    with _opened(browser, report) as page:
        figure = _read(page, "topics")
        figure.get_by_role("button", name="Full screen").click()
        page.wait_for_function("document.fullscreenElement?.matches('.map')")
        figure.get_by_role("button", name="Leave full screen").click()
        page.wait_for_function("!document.fullscreenElement")


def test_in_print_there_is_the_picture(browser: Browser, report: Path) -> None:
    """On a page that was read to its end, too."""
    with _opened(browser, report) as page:
        figure = _read(page, "topics")
        page.emulate_media(media="print")

        expect(figure.locator("img")).to_be_visible()
        expect(figure.locator(".map")).to_be_hidden()
        printed = page.pdf(format="A4", prefer_css_page_size=True)
    with closing(pdfium.PdfDocument(printed)) as pdf:
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "Figure 1." in text
    assert "Search items" not in text


def test_without_javascript_there_is_the_picture(browser: Browser, report: Path) -> None:
    """And nothing in place of the map."""
    with _opened(browser, report, java_script_enabled=False) as page:
        page.locator("#figure-topics").scroll_into_view_if_needed()

        expect(page.locator("#figure-topics img")).to_be_visible()
        expect(page.locator("#figure-topics .map")).to_be_hidden()


def _swiped(page: Page, fingers: tuple[tuple[float, float], ...]) -> None:
    """Move some fingers up together, as far as a thumb reaches."""
    session = page.context.new_cdp_session(page)
    for step in range(12):
        points = [{"x": x, "y": y - 12 * step, "id": n} for n, (x, y) in enumerate(fingers)]
        session.send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": points})
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(300)


def test_on_a_phone_one_finger_scrolls_the_page_and_two_move_the_map(browser: Browser, report: Path) -> None:
    """Nothing scrolls sideways."""
    with _opened(browser, report, **PHONE) as page:
        figure = _read(page, "topics")
        figure.evaluate("one => one.scrollIntoView({block: 'center'})")
        box = figure.locator("canvas").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + 0.8 * box["height"]

        before = page.evaluate("scrollY")
        _swiped(page, ((x - 30, y), (x + 30, y)))
        assert page.evaluate("scrollY") == before

        _swiped(page, ((x, y),))
        assert page.evaluate("scrollY") > before
        expect(figure.locator(".hand-hint")).to_have_text("Move the map with two fingers")
        _selected(figure, "rain")
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_numbers_open_beside_maps(browser: Browser, report: Path) -> None:
    """As in a report without maps."""
    with _opened(browser, report) as page:
        _read(page, "topics")
        page.locator("a.number").first.click()
        expect(page.locator("#panel")).to_be_visible()


def test_a_map_speaks_the_language_of_its_report(browser: Browser, tmp_path: Path, test_data: Path) -> None:
    """Indonesian."""
    with _opened(browser, _built(tmp_path, test_data, "id")) as page:
        figure = _read(page, "topics")
        expect(figure.get_by_role("tab", name="Jaringan")).to_be_visible()
        expect(figure.get_by_role("button", name="Layar penuh")).to_be_visible()
