"""The matrix in the browser: walked by keys alone, on a telephone, and settled by single keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browsers import chromium as started
from tests.two_coders import write_towns
from tests.web.trial import Trial, on_trial

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium(project_root: Path) -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where the scripts were not built."""
    if not (project_root / "src/benang/web/static/pages.js").is_file():
        pytest.skip("the scripts of pages were not built: make ui")
    with started() as browser:
        yield browser


@contextmanager
def matrix(browser: Browser, server: Trial, *, width: int = 1400, part: str = "") -> Iterator[Page]:
    """Open the page in a browser of its own; it complains of nothing."""
    own = browser.new_context(viewport={"width": width, "height": 844})
    own.set_default_timeout(8000)
    page = own.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.entrance.link)
    page.goto(server.page.replace("/trial", f"/matrix{part}"))
    yield page
    own.close()
    assert complaints == []


def cell(page: Page, name: str) -> Any:
    """Return the button of a cell by its whole name."""
    return page.get_by_role("button", name=name, exact=True)


def test_cells_are_reached_opened_and_closed_by_keys(chromium: Browser, tmp_path: Path) -> None:
    """The arrows walk, Enter opens, Escape closes and leads back; a reload keeps what is open."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (1, 1)})
    with on_trial(folder) as server, matrix(chromium, server) as page:
        cell(page, "Town k01, all columns: 2 filled").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
        expect(cell(page, "Rising rent, Town k02: 1 passage")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#panel")).to_contain_text("rent of stall k02 rose")
        expect(cell(page, "Rising rent, Town k02: 1 passage")).to_be_focused()
        page.reload()
        expect(page.locator("#panel")).to_contain_text("rent of stall k02 rose")
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()
        assert "cell=" not in page.url


def test_the_table_follows_what_is_taken_back_and_undone(chromium: Browser, tmp_path: Path) -> None:
    """The cell counts one passage less, and one more after Ctrl+Z; the panel stays open."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (1,)})
    with on_trial(folder) as server, matrix(chromium, server) as page:
        cell(page, "Rising rent, Town k01: 2 passages").click()
        page.get_by_role("button", name="Take back: rent of stall k01 rose").click()
        expect(cell(page, "Rising rent, Town k01: 1 passage")).to_be_visible()
        expect(page.locator("#panel article")).to_have_count(1)
        page.keyboard.press("Control+z")
        expect(cell(page, "Rising rent, Town k01: 2 passages")).to_be_visible()


def test_on_a_telephone_a_cell_opens_a_sheet(chromium: Browser, tmp_path: Path) -> None:
    """The page is no wider than the screen, and the sheet is closed by its button."""
    folder = write_towns(tmp_path / "towns", {"ani": (1,), "budi": (None,)})
    with on_trial(folder) as server, matrix(chromium, server, width=390) as page:
        cell(page, "Rising rent, Town k01: 1 passage").click()
        expect(page.locator("#panel")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="Close").click()
        expect(page.locator("#panel")).to_be_hidden()


def test_disagreements_are_settled_by_single_keys(chromium: Browser, tmp_path: Path) -> None:
    """One is skipped, the next one decided; the decision is undone by Ctrl+Z."""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (0, 1)})
    with on_trial(folder) as server, matrix(chromium, server, part="/settle") as page:
        expect(page.locator("h2")).to_have_text("Rising rent · Town k01")
        page.keyboard.press("s")
        expect(page.locator("h2")).to_have_text("Rising rent · Town k02")
        page.keyboard.press("1")
        expect(page.locator("h2")).to_have_text("Rising rent · Town k01")
        expect(page.locator(".queue")).to_contain_text("1 of 1")
        page.keyboard.press("Control+z")
        expect(page.locator(".queue")).to_contain_text("1 of 2")


def test_a_key_is_taken_from_the_moment_that_a_question_appears(chromium: Browser, tmp_path: Path) -> None:
    """Whoever presses ahead decides it, too: the form would be sent as a plain one, and decide nothing."""
    press = """new MutationObserver((_, watching) => {
      if (!document.querySelector("h2").textContent.includes("k02")) return;
      watching.disconnect();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "1", bubbles: true }));
    }).observe(document.body, { childList: true, subtree: true })"""
    folder = write_towns(tmp_path / "towns", {"ani": (1, 0), "budi": (0, 1)})
    with on_trial(folder) as server, matrix(chromium, server, part="/settle") as page:
        expect(page.locator("h2")).to_have_text("Rising rent · Town k01")
        page.evaluate(press)
        page.keyboard.press("s")
        expect(page.locator(".queue")).to_contain_text("1 of 1")
        expect(page.locator("h2")).to_have_text("Rising rent · Town k01")
