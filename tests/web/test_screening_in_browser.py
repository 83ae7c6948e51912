"""Screening as a person would: by keys alone, on a phone, in two tabs, and with a server that goes away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browsers import chromium as started
from tests.tasks.screening.shelves import shelves
from tests.web.test_screening import LISTED, OPEN, decisions
from tests.web.trial import Trial, on_trial

pytestmark = pytest.mark.browser

EXPECTED = re.compile("net::ERR|Failed to load resource|htmx:|Response Status Error")
TITLE = "#record-title"


@pytest.fixture(scope="module")
def chromium(project_root: Path) -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where the scripts were not built."""
    if not (project_root / "src/benang/web/static/pages.js").is_file():
        pytest.skip("the scripts of pages were not built: make ui")
    with started() as browser:
        yield browser


@contextmanager
def screening(browser: Browser, server: Trial, *, width: int = 1400, **context: Any) -> Iterator[Page]:
    """Open the page in a browser of its own; it complains of nothing but what it can't reach."""
    own = browser.new_context(viewport={"width": width, "height": 844}, **context)
    own.set_default_timeout(8000)
    page = own.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server.entrance.link)
    page.goto(server.page.replace("/trial", "/screen"))
    yield page
    own.close()
    assert [one for one in complaints if not EXPECTED.search(one)] == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of six records, in the order of its export."""
    return shelves(tmp_path / "shops", n=6, extra=LISTED)


def shows(page: Page, goods: str) -> None:
    """Wait until a record is shown, as it is to people: not before the script that hears their keys is there."""
    expect(page.locator(TITLE)).to_have_text(f"Shops that sold {goods} and closed", timeout=8000)
    page.wait_for_function("() => document.readyState === 'complete'")


def test_records_are_screened_by_keys_alone(chromium: Browser, folder: Path) -> None:
    """Include, exclude with and without a reason, unsure, later, a note, undo; the focus goes to the next title."""
    with on_trial(folder) as server, screening(chromium, server) as page:
        shows(page, "ginger")
        page.keyboard.press("i")
        shows(page, "sandals")
        expect(page.locator(TITLE)).to_be_focused()
        page.keyboard.press("e")
        expect(page.get_by_role("button", name="Without a reason")).to_be_focused()
        page.keyboard.press("1")
        shows(page, "radios")
        page.keyboard.press("e")
        page.keyboard.press("Enter")
        shows(page, "mangoes")
        page.keyboard.press("n")
        page.keyboard.type("in doubt")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        shows(page, "lanterns")
        page.keyboard.press("l")
        shows(page, "knives")
        page.keyboard.press("m")
        shows(page, "lanterns")
        page.keyboard.press("Control+z")
        shows(page, "knives")
        page.reload()
        shows(page, "knives")
    assert decisions(folder) == [
        ("s0", "include", ""), ("s1", "exclude", "no-shop"), ("s2", "exclude", ""), ("s3", "include", ""),
        ("s5", "unsure", ""),
    ]  # fmt: skip


def test_two_tabs_on_one_record_are_told(chromium: Browser, folder: Path) -> None:
    """The second keeps its record and says what was decided; it goes on at a press."""
    with on_trial(folder) as server, screening(chromium, server) as page, screening(chromium, server) as other:
        shows(other, "ginger")
        page.keyboard.press("i")
        shows(page, "sandals")
        expect(other.get_by_role("alert")).to_contain_text("This record was decided in the meantime.")
        shows(other, "ginger")
        other.keyboard.press("l")
        shows(other, "sandals")
    assert decisions(folder) == [("s0", "include", "")]


def test_a_decision_of_which_the_answer_was_lost_is_one(chromium: Browser, folder: Path) -> None:
    """It is sent again when the server is back, and the next record comes."""
    with on_trial(folder) as server, screening(chromium, server) as page:
        page.route("**/screen/decisions", lambda route: (route.fetch(), route.abort()), times=1)
        page.keyboard.press("i")
        shows(page, "sandals")
    assert decisions(folder) == [("s0", "include", "")]


def test_on_a_phone_the_buttons_stay_in_reach(chromium: Browser, folder: Path) -> None:
    """Below a long abstract, without scrolling sideways; a tap opens the reasons."""
    export = folder / "sources" / "shops.ris"
    export.write_text(export.read_text().replace("AU  -", f"AB  - {'Lanterns went out. ' * 200}\nAU  -"))
    with on_trial(folder) as server, screening(chromium, server, width=390, has_touch=True) as page:
        shows(page, "ginger")
        box = page.get_by_role("button", name="Include").bounding_box()
        assert box
        assert box["y"] + box["height"] < 844
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("button", name="Exclude").tap()
        page.get_by_role("button", name="Not a shop").tap()
        shows(page, "sandals")
        assert page.locator(TITLE).bounding_box()["y"] < 400  # type: ignore[index]
    assert decisions(folder) == [("s0", "exclude", "no-shop")]


def test_a_list_is_ticked_and_decided_at_once(chromium: Browser, folder: Path) -> None:
    """After a question; a row is decided by its keys."""
    with on_trial(folder) as server, screening(chromium, server) as page:
        page.get_by_role("link", name="List").click()
        page.get_by_role("checkbox").nth(1).check()
        page.get_by_role("checkbox").nth(2).check()
        page.get_by_role("button", name="Exclude all").click()
        page.get_by_role("button", name="Exclude them").click()
        expect(page.locator(".record-row .badge.bad")).to_have_count(2)
        page.keyboard.press("j")
        page.keyboard.press("i")
        expect(page.locator(".record-row .badge.good")).to_have_count(1)
    assert {one[:2] for one in decisions(folder)} >= {("s1", "exclude"), ("s2", "exclude")}
    assert len(decisions(folder)) == 3


def test_reviewers_settle_a_conflict_by_a_click(chromium: Browser, tmp_path: Path) -> None:
    """Both sides stand beside each other."""
    folder = shelves(tmp_path / "shops", "ani", "budi", extra=OPEN)
    with on_trial(folder) as server, screening(chromium, server) as page:
        shows(page, "ginger")
        page.keyboard.press("i")
        shows(page, "sandals")
        page.get_by_role("banner").get_by_label("You are").select_option("budi")
        shows(page, "ginger")
        page.keyboard.press("m")
        shows(page, "sandals")
        page.keyboard.press("u")
        shows(page, "ginger")
        page.keyboard.press("e")
        page.keyboard.press("1")
        shows(page, "sandals")
        page.get_by_role("link", name="Conflicts").click()
        expect(page.locator(".side")).to_have_count(2)
        page.get_by_role("button", name="Include").click()
        expect(page.get_by_text("Settled together:")).to_be_visible()
    assert decisions(folder, "consensus") == [("s0", "include", "")]
