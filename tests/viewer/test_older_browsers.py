"""The interactive map in browsers of three years ago: Chrome 117, Firefox 117, Safari 16.4, as `ui/vite.config.ts` has.

Here, Chromium plays them: what one of them lacks is taken away from it. Needs Chromium, and the built viewer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.viewer.browsing import chosen, dropped, without_complaint, written
from tests.viewer.invented import drawn, papers

from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_LATER = """
Array fromAsync
ArrayBuffer.prototype transfer
Iterator.prototype drop every filter find flatMap forEach map reduce some take toArray
Iterator from
Map groupBy
Object groupBy
Math f16round sumPrecise
Promise try withResolvers
RegExp escape
Set.prototype difference intersection isDisjointFrom isSubsetOf isSupersetOf symmetricDifference union
String.prototype isWellFormed toWellFormed
Uint8Array fromBase64 fromHex
Uint8Array.prototype toBase64 toHex
URL canParse parse
Intl DurationFormat Segmenter
AbortSignal any
Blob.prototype bytes
Response.prototype bytes
ReadableStream from
ReadableStream.prototype values
CSS highlights
Document.prototype caretPositionFromPoint startViewTransition
Document parseHTMLUnsafe
Element.prototype checkVisibility getHTML moveBefore setHTML setHTMLUnsafe
HTMLElement.prototype showPopover togglePopover
HTMLDialogElement.prototype requestClose
ResizeObserverEntry.prototype devicePixelContentBoxSize
CanvasRenderingContext2D.prototype letterSpacing filter reset
PointerEvent.prototype getCoalescedEvents getPredictedEvents
Navigator.prototype userAgentData storage
window requestIdleCallback scheduler Float16Array CloseWatcher EyeDropper showOpenFilePicker showSaveFilePicker
"""
"""What one of these browsers lacks, and Chromium has today: where it is, and its names."""
_LATER_STYLES = (
    ":has(", ":dir(", ":state(", ":user-valid", ":popover-open", "&", "@scope", "@starting-style", "@position-try",
    "light-dark(", "linear(", "anchor(", "anchor-size(", "calc-size(", "field-sizing", "interpolate-size",
    "animation-timeline",
)  # fmt: skip
"""The same for style sheets: selectors and rules that such a browser would pass over."""
_STYLES = """() => [...document.querySelector("[data-benang-map]").shadowRoot.adoptedStyleSheets]
  .flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText).join("\\n")"""


@pytest.fixture(scope="module")
def older(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Return the page of the invented map in a browser without what came later."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800}, reduced_motion="reduce")
    context.add_init_script(
        f"""for (const line of {json.dumps(_LATER.strip())}.split("\\n")) {{
          const [path, ...names] = line.split(" ");
          const owner = path.split(".").reduce((within, name) => within?.[name], window);
          for (const name of owner ? names : []) delete owner[name];
        }}"""
    )
    page = context.new_page()
    page.goto(written(ShownMap(map=drawn(), title="Pasar", corpus=papers()), tmp_path_factory.mktemp("older")).as_uri())
    yield page
    context.close()


def test_a_browser_of_three_years_ago_shows_the_map(older: Page) -> None:
    """From the search to an abstract, in all views, on two maps, with years; what is seen is saved."""
    with without_complaint(older):
        expect(older.locator("canvas")).to_be_visible()
        assert older.evaluate("'Segmenter' in Intl || 'union' in Set.prototype") is False
        chosen(older, "koperasi")
        older.locator("ol.records button.title").first.click()
        expect(older.locator(".record-details").first).to_contain_text("what was found on")
        for name in ("Overlay", "Density", "Cluster density", "Network"):
            older.get_by_role("tab", name=name, exact=True).click()
        for name in ("Time", "Settings", "Settings"):
            older.get_by_role("button", name=name, exact=True).click()
        for tab in older.get_by_role("complementary").get_by_role("tab").all():
            tab.click()
        for name in ("PNG", "SVG", "JSON"):
            older.get_by_role("button", name="Save", exact=True).click()
            with older.expect_download() as download:
                older.get_by_role("menuitem", name=name).first.click()
            assert Path(download.value.path()).stat().st_size > 1000
        older.get_by_role("button", name="More", exact=True).click()
        older.get_by_role("menuitem", name="Two views side by side").click()
        expect(older.locator("canvas")).to_have_count(2)
        dropped(older, ("bare.json", json.dumps({"network": {"items": [{"id": n} for n in range(9)]}}).encode()))
        expect(older.get_by_role("note")).to_contain_text("The file has no places of items")


def test_no_style_needs_a_later_browser(older: Page) -> None:
    """A rule that a browser does not know does nothing, and nobody is told."""
    styles = older.evaluate(_STYLES)
    assert len(styles) > 10_000
    assert [word for word in _LATER_STYLES if word in styles] == []
