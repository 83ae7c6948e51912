"""The interactive map looks as it did: its pictures beside those in `pictures/`, both blurred, as fonts differ.

What is moved, recoloured or missing shows all the same. After a change that is meant to be seen,
`python -m tests.viewer.test_pictures` takes all pictures anew; look at each before you keep it. Needs Chromium.
"""

from __future__ import annotations

import base64
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page
from tests.browsers import chromium as started
from tests.viewer.browsing import opened, written
from tests.viewer.invented import drawn

from benang.viewer.data import ShownMap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_PICTURES = Path(__file__).parent / "pictures"
_SIZE = (360, 240)
_CELLS = (120, 80)
_MOST = {"a place's lightness": 40.0, "a place's hue": 35.0, "lightness overall": 0.6}
"""How far a picture may differ, in 255 levels. Names are grey: other fonts leave hues as they are."""
_SHOWN = {
    "network": "#",
    "overlay": "#view=overlay",
    "density": "#view=density",
    "cluster-density": "#view=cluster-density",
    "dark": "#dark=yes",
    "selection": "#select=kota%20kembar",
    "frames": "#frames=yes&curved=no&coloured=no",
}
_CHANGED = {
    "moved": "#moved=sampah:0.4:-1.2",
    "recoloured": "#clusters=3:colour:7a0045",
    "recoloured alike": "#palette=vosviewer",
    "missing": "#hidden=koperasi",
    "without links": "#links=0",
    "without names": "#labels=no",
    "turned": "#rotate=8",
    "larger": "#scale=1.6",
}
_OTHER_FONT = """family => {
  const font = Object.getOwnPropertyDescriptor(CanvasRenderingContext2D.prototype, "font");
  Object.defineProperty(CanvasRenderingContext2D.prototype, "font", {
    get: font.get, set(value) { font.set.call(this, value.replace(/px .*/, "px " + family)); },
  });
}"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of the invented map."""
    return written(ShownMap(map=drawn(), title="Pasar dan kota"), tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return a window in which the map is opened again and again."""
    with opened(chromium, file, reduced_motion="reduce") as shown:
        yield shown


def _taken(page: Page, hash_: str) -> Image.Image:
    """Return the picture of a map once it no longer changes."""
    address = page.url.partition("#")[0]
    page.goto("about:blank")
    page.goto(address + hash_)
    picture = Image.open(io.BytesIO(_resting(page))).convert("RGB")
    return picture.resize(_turned(_SIZE, picture), Image.Resampling.BOX)


def _turned(size: tuple[int, int], picture: Image.Image) -> tuple[int, int]:
    """Return a size as wide or as tall as a picture is."""
    across, along = size
    return size if picture.width > picture.height else (along, across)


def _resting(page: Page) -> bytes:
    for before, now in _pairs(_looks(page)):
        if before == now:
            return now
    raise AssertionError("the picture never came to rest")


def _looks(page: Page) -> Iterator[bytes]:
    for _ in range(30):
        page.wait_for_timeout(120)
        url: str = page.locator("canvas").evaluate("canvas => canvas.toDataURL()")
        yield base64.b64decode(url.partition(",")[2])


def _pairs(looks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    before = next(looks)
    for now in looks:
        yield before, now
        before = now


def _differ(one: Image.Image, other: Image.Image) -> list[str]:
    """Return in what two pictures differ by more than other fonts make them differ."""
    by = _cells(one) - _cells(other)
    lightness = np.abs(by.mean(axis=2))
    hue = np.abs(np.diff(by, axis=2))
    found = dict(zip(_MOST, (lightness.max(), hue.max(), lightness.mean()), strict=True))
    return [f"{name} by {found[name]:.1f}" for name, most in _MOST.items() if found[name] > most]


def _cells(picture: Image.Image) -> np.ndarray[Any, np.dtype[np.float64]]:
    blurred = picture.resize(_turned(_CELLS, picture), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.8))
    return np.asarray(blurred, dtype=np.float64)


def _kept(name: str) -> Image.Image:
    return Image.open(_PICTURES / f"{name}.png").convert("RGB")


@pytest.mark.parametrize("name", _SHOWN)
def test_a_map_looks_as_it_did(page: Page, name: str, tmp_path: Path) -> None:
    """In every view, on black, and where one item is selected."""
    _compare(_taken(page, _SHOWN[name]), name, tmp_path)


def test_a_map_on_a_telephone_looks_as_it_did(chromium: Browser, file: Path, tmp_path: Path) -> None:
    """Upright, with twice as many dots."""
    _compare(_narrow(chromium, file), "narrow", tmp_path)


def _narrow(browser: Browser, file: Path) -> Image.Image:
    telephone: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "device_scale_factor": 2}
    with opened(browser, file, reduced_motion="reduce", **telephone) as page:
        return _taken(page, "#")


def _compare(found: Image.Image, name: str, folder: Path) -> None:
    found.save(folder / f"{name}.png")
    assert _differ(found, _kept(name)) == [], f"look at {folder / name}.png beside pictures/{name}.png"


@pytest.mark.parametrize("font", ["DejaVu Serif, serif", "DejaVu Sans Mono, monospace"])
def test_another_font_is_no_other_picture(chromium: Browser, file: Path, font: str) -> None:
    """Computers have different ones, and in some of them texts are a fifth wider.

    Both are Debian's, named so that the test compares the same letters wherever it runs.
    """
    with opened(chromium, file, reduced_motion="reduce") as page:
        page.add_init_script(f"({_OTHER_FONT})({font!r})")
        for name in ("network", "density"):
            assert _differ(_taken(page, _SHOWN[name]), _kept(name)) == []


@pytest.mark.parametrize("change", _CHANGED)
def test_what_is_changed_is_seen(page: Page, change: str) -> None:
    """One item moved or missing, one cluster in another colour."""
    assert _differ(_taken(page, _CHANGED[change]), _kept("network"))


if __name__ == "__main__":
    _PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        map_page = written(ShownMap(map=drawn(), title="Pasar dan kota"), Path(folder))
        with opened(browser, map_page, reduced_motion="reduce") as window:
            pictures = {name: _taken(window, hash_) for name, hash_ in _SHOWN.items()}
        for name, picture in (pictures | {"narrow": _narrow(browser, map_page)}).items():
            picture.quantize(256).save(_PICTURES / f"{name}.png", optimize=True)
