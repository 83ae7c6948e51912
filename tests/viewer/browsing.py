"""Pages of maps in a browser: written, opened, and left without a complaint."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from benang.viewer.data import ShownMap
from benang.viewer.page import map_page

WINDOW = {"width": 1200, "height": 800}
DROP = """files => {
  const data = new DataTransfer()
  for (const [name, content] of files)
    data.items.add(new File([Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], name))
  const at = document.elementFromPoint(innerWidth / 2, innerHeight / 2)
  for (const kind of ['dragenter', 'dragover', 'drop'])
    at.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true, composed: true}))
}"""


def written(shown: ShownMap, folder: Path) -> Path:
    """Write the page of a map into a folder."""
    file = folder / "map.html"
    file.write_bytes(map_page(shown))
    return file


@contextmanager
def without_complaint(page: Page) -> Iterator[None]:
    """Expect that the console stays empty, and that nothing is asked of the network."""
    said: list[str] = []
    hear = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "dialog": lambda dialog: said.append(dialog.message),
        "request": lambda request: said.append(request.url),
    }
    for event, listener in hear.items():
        page.on(event, listener)  # type: ignore[call-overload]
    yield
    for event, listener in hear.items():
        page.remove_listener(event, listener)
    # Chromium remarks that pixels are read, as tests do
    own = ("file:", "data:", "blob:", "Canvas2D: Multiple readback")
    assert [text for text in said if not text.startswith(own)] == []


@contextmanager
def opened(browser: Browser, address: Path | str, **context: Any) -> Iterator[Page]:
    """Open a page in a window of its own."""
    own = browser.new_context(**{"viewport": WINDOW, **context})
    page = own.new_page()
    with without_complaint(page):
        page.goto(address.as_uri() if isinstance(address, Path) else address)
        expect(page.locator("canvas").first).to_be_visible()
        yield page
    own.close()


def opened_anew(page: Page) -> None:
    """Open the page as its file has it, without what a test did to it.

    An address without `#` is loaded anew. With an empty `#`, the page would stay as it is until it is reloaded, and the
    map might meanwhile write what a test did into the address again, as it does a moment after each change.
    """
    page.goto(page.url.partition("#")[0])


def chosen(page: Page, typed: str) -> None:
    """Search for an item, and take the first that is found."""
    field = page.get_by_role("combobox").first
    field.fill(typed)
    field.press("Enter")


def dropped(page: Page, *files: tuple[str, bytes]) -> None:
    """Drop files, of which the names and contents are given, on the map."""
    page.evaluate(DROP, [[name, base64.b64encode(content).decode()] for name, content in files])
