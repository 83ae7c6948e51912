"""Maps in the browser: built on a button, seen in the page, dark as the page is, two side by side, saved and undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browsers import chromium as started
from tests.web.test_mapping import PLAN, plan_of, review_in
from tests.web.trial import on_trial

pytestmark = pytest.mark.browser

_LONG = 120_000  # milliseconds: what lays a map out may have to be compiled first, while others keep the machine busy


@pytest.fixture(scope="module")
def chromium(project_root: Path) -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where the scripts were not built."""
    for script in ("web/static/pages.js", "viewer/static/viewer.js"):
        if not (project_root / "src/benang" / script).is_file():
            pytest.skip("the scripts of pages were not built: make ui")
    with started() as browser:
        yield browser


@pytest.mark.slow
def test_maps_are_built_seen_side_by_side_and_saved(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """By who has read nothing: the button that says so first; the browser complains of nothing."""
    monkeypatch.setenv("BENANG_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    folder = review_in(tmp_path)
    with on_trial(folder) as trial:
        page = chromium.new_context(viewport={"width": 1400, "height": 900}, color_scheme="light").new_page()
        complaints: list[str] = []
        page.on("console", lambda one: complaints.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        address = trial.page.replace("/trial", "/map")
        page.goto(trial.entrance.link)
        page.goto(address)

        page.get_by_role("button", name=re.compile("^Build map")).first.click()
        expect(page.locator("[data-job] progress")).to_be_visible()
        page.wait_for_url(re.compile(r"map=[0-9a-f]{24}$"), timeout=_LONG)
        viewer = page.frame_locator("iframe.map-frame")
        expect(viewer.locator("canvas").first).to_be_visible(timeout=_LONG)
        expect(viewer.locator(".benang.light")).to_be_visible()
        page.evaluate("document.documentElement.dataset.theme = 'dark'")
        expect(viewer.locator(".benang.dark")).to_be_visible()

        page.goto(address)
        page.locator("input[name=items][value=author-keywords]").check()
        expect(page.locator("#counts")).to_contain_text("At 1: 6 items, 7 links", timeout=_LONG)
        page.get_by_label("Minimum number of records").fill("5")
        expect(page.locator("#counts")).to_contain_text("Too few for a map", timeout=_LONG)
        page.get_by_role("button", name="Use 1 as the minimum").click()
        expect(page.get_by_label("Minimum number of records")).to_have_value("1")
        page.locator("#new-map").get_by_role("button", name="Build map").click()
        page.wait_for_url(re.compile(r"map=[0-9a-f]{24}$"), timeout=_LONG)

        page.locator("summary", has_text="Side by side").click()
        page.get_by_role("link", name="What the field is about").click()
        for title in ("What the field is about", "Author keywords, linked by co-occurrence"):
            expect(viewer.locator(".benang")).to_contain_text(title, timeout=_LONG)
        page.locator("summary", has_text="Save to the plan").click()
        page.get_by_label("Title").fill("Twice")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(".tools")).to_contain_text("in the plan")
        assert [one.name for one in plan_of(folder).maps] == ["topics", "twice"]
        page.keyboard.press("Control+z")
        expect(page.locator("#messages")).to_contain_text("Undone")
        assert (folder / "review.toml").read_text(encoding="utf-8") == PLAN
        assert complaints == []
