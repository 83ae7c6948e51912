"""Import in the browser: dropped, accounted for, explained and decided, with pointer and keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect
from tests.browsers import chromium as started
from tests.web.test_importing import DOUBTFUL, PLAN, TABLE
from tests.web.trial import on_trial

pytestmark = pytest.mark.browser

OUTSIDE = "The folder changed outside of this page"
_LONG = 60_000  # milliseconds: a file is read in a process of its own, which others may keep waiting


@pytest.fixture(scope="module")
def chromium(project_root: Path) -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where the scripts were not built."""
    if not (project_root / "src/benang/web/static/pages.js").is_file():
        pytest.skip("the scripts of pages were not built: make ui")
    with started() as browser:
        yield browser


def test_files_are_dropped_explained_and_pairs_decided(chromium: Browser, tmp_path: Path) -> None:
    """From an empty review to one without doubts; undo brings the doubt back."""
    folder = tmp_path / "markets"
    (folder / "sources").mkdir(parents=True)
    (folder / "review.toml").write_text(PLAN, encoding="utf-8")
    with on_trial(folder) as trial:
        page = chromium.new_context(viewport={"width": 1200, "height": 900}).new_page()
        page.goto(trial.entrance.link)
        page.goto(trial.page.replace("/trial", "/import"))
        dropped: list[FilePayload] = [
            {"name": "pairs.ris", "mimeType": "text/plain", "buffer": DOUBTFUL.encode()},
            {"name": "list.csv", "mimeType": "text/csv", "buffer": TABLE.encode()},
            {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"no paper"},
        ]
        page.locator("input[type=file]").first.set_input_files(dropped)
        expect(page.locator("main")).to_contain_text("despite its name", timeout=_LONG)
        expect(page.locator("#imported")).to_contain_text("2 records found = 2 read", timeout=_LONG)
        assert OUTSIDE not in page.locator("body").inner_text()
        page.get_by_label("What the column Naslov contains").select_option(label="Title")
        page.get_by_role("button", name="Read it like this").click()
        expect(page.locator("#imported")).to_contain_text("3 records found = 3 read", timeout=_LONG)
        assert (folder / "sources" / "list.csv").read_text(encoding="utf-8") == TABLE

        page.get_by_role("link", name=re.compile("^Duplicates")).click()
        expect(page.locator("#pairs")).to_contain_text("Pair 1 of 1")
        page.wait_for_load_state()
        page.keyboard.press("s")
        expect(page.locator("#pairs")).to_contain_text("No pairs in doubt")
        expect(page.get_by_role("link", name="Duplicates", exact=True)).to_be_visible()
        page.keyboard.press("Control+z")
        expect(page.locator("#pairs")).to_contain_text("Pair 1 of 1")
