"""The interactive map as its readers have it: in Indonesian, by keys, by touch, on paper, in browsers that lack things.

The page is the one that `benang map` writes of a file of records. Needs Chromium, and the built viewer.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect
from tests.browsers import another
from tests.viewer.browsing import chosen, opened
from tests.viewer.invented import papers, ris_of

from benang.cli.main import main
from benang.locale import page_texts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_VISIBLE = """() => {
  const found = [];
  const look = node => {
    if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent.trim());
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
    if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(node.nodeName)) return;
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext", "aria-roledescription", "alt"])
      if (node.getAttribute?.(name)) found.push(node.getAttribute(name).trim());
    if (node.shadowRoot) look(node.shadowRoot);
    node.childNodes.forEach(look);
  };
  look(document.body);
  return found.filter(Boolean);
}"""


def _written(folder: Path, *options: str) -> Path:
    page = folder / "map.html"
    records = ris_of(papers(), folder / "papers.ris")
    with pytest.raises(SystemExit) as ended:
        main(["map", str(records), "--items", "author-keywords", "-o", str(page), *options])
    assert ended.value.code in {0, None}
    return page


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a map of keywords."""
    return _written(tmp_path_factory.mktemp("page"))


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return the page in a window."""
    with opened(chromium, file, reduced_motion="reduce") as shown:
        yield shown


def test_a_page_in_indonesian_has_no_english_word_left(chromium: Browser, tmp_path: Path) -> None:
    """In every panel, menu and dialog, what is shown and what screen readers are told."""
    shown: list[str] = []
    with opened(chromium, _written(tmp_path, "--language", "id"), reduced_motion="reduce") as page:

        def look() -> None:
            shown.extend(page.evaluate(_VISIBLE))

        look()
        for view in ("Overlay", "Kepadatan", "Kepadatan klaster", "Jaringan"):
            page.get_by_role("tab", name=view, exact=True).click()
            page.get_by_role("button", name="Pengaturan", exact=True).click()
            look()
            page.get_by_role("button", name="Pengaturan", exact=True).click()
            look()
        for menu in ("Simpan", "Lainnya"):
            page.get_by_role("button", name=menu, exact=True).click()
            look()
            page.keyboard.press("Escape")
        page.get_by_role("button", name="Waktu", exact=True).click()
        look()
        page.locator("canvas").focus()
        page.keyboard.press("?")
        look()
        page.keyboard.press("Escape")
        page.get_by_role("combobox").first.fill("tidak ada yang begini")
        look()
        page.keyboard.press("Escape")
        chosen(page, "pasar malam")
        page.locator(".records .title").first.click()
        look()
        page.get_by_role("button", name=re.compile("^Pilih juga")).click()
        look()
        for tab in page.get_by_role("complementary").get_by_role("tab").all():
            tab.click()
            look()
        page.locator("input[type=file]").set_input_files(
            {"name": "rusak.json", "mimeType": "application/json", "buffer": b'{"network": {'}
        )
        expect(page.get_by_role("alert")).to_contain_text("rusak.json")
        look()
    assert _english(shown) == set()
    assert "Search items" in _english(["Legenda. Search items"])


def _english(shown: Sequence[str]) -> set[str]:
    """Return the texts, or parts of them, that the catalogue has in English and otherwise in Indonesian."""
    texts = page_texts("id")
    same = set(texts.values())
    whole = {text for text in texts if text not in same and "{" not in text}
    filled = [
        re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(text)))
        for text, own in texts.items()
        if "{" in text and text != own and len(re.sub(r"\{\w+\}", "", text).strip()) > 2
    ]
    parts = {part for text in shown for part in (text, *re.split(r" · |; |\. |: ", text))}
    return {part for part in parts if part in whole or any(pattern.fullmatch(part) for pattern in filled)}


def _focused(page: Page, wanted: Locator, *, key: str = "Tab", most: int = 60) -> None:
    """Press a key until the focus is on something."""
    for _ in range(most):
        if wanted.evaluate("element => element.getRootNode().activeElement === element"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{most} times {key} did not lead to {wanted}")


def test_all_is_reached_by_keys_alone(page: Page) -> None:
    """Views, settings, the legend, the table, records, and a file to take along; the focus is always seen."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Search items")).to_be_focused()
    _focused(page, page.get_by_role("tab", name="Network", exact=True))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Overlay")).to_have_attribute("aria-selected", "true")
    ring = "element => getComputedStyle(element).outlineStyle + getComputedStyle(element).boxShadow"
    assert page.get_by_role("tab", name="Overlay").evaluate(ring) != "nonenone"

    _focused(page, page.get_by_role("button", name="Save", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".svg")

    _focused(page, page.get_by_role("button", name="Settings", exact=True))
    page.keyboard.press("Enter")
    _focused(page, page.get_by_label("Show labels"))
    page.keyboard.press("Space")
    expect(page.get_by_label("Show labels")).not_to_be_checked()
    _focused(page, page.get_by_role("button", name="Settings", exact=True), key="Shift+Tab")
    page.keyboard.press("Enter")

    _focused(page, page.get_by_role("tab", name="Legend"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("tab", name="Items", exact=True)).to_have_attribute("aria-selected", "true")
    _focused(page, page.get_by_role("button", name="koperasi", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="koperasi", exact=True)).to_be_visible()
    _focused(page, page.get_by_role("button", name="RIS", exact=True))
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "koperasi.ris"


def _touch(session: CDPSession, kind: str, *places: tuple[float, float]) -> None:
    points = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(places)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


@pytest.fixture
def telephone(chromium: Browser, file: Path) -> Iterator[Page]:
    """Return the page on a telephone."""
    telephone = {"width": 390, "height": 844}
    with opened(chromium, file, viewport=telephone, has_touch=True, is_mobile=True, reduced_motion="reduce") as shown:
        yield shown


def test_fingers_zoom_move_and_select(telephone: Page) -> None:
    """Two fingers apart enlarge the map and not the page; a tap on an item brings its panel up."""
    page = telephone
    box = page.locator("canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    _touch(session, "touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 6):
        _touch(session, "touchMove", (x - 20 - 8 * step, y), (x + 20 + 8 * step, y))
    _touch(session, "touchEnd")
    page.wait_for_url(re.compile(r"at=[^&]*,[23](\.\d+)?(&|$)"))
    assert page.evaluate("visualViewport.scale") == 1
    enlarged = page.url

    _touch(session, "touchStart", (x, y))
    for step in range(1, 6):
        _touch(session, "touchMove", (x, y + 12 * step))
    _touch(session, "touchEnd")
    page.wait_for_url(lambda url: url != enlarged)
    page.get_by_title("Show the whole map").tap()
    page.wait_for_url(lambda url: "at=" not in url)

    _tapped_on_an_item(page)
    expect(page.locator("aside h2")).to_be_in_viewport()
    page.locator(".records .title").first.tap()
    expect(page.get_by_text(re.compile("^Abstract"))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Close panel").tap()
    expect(page.locator(".side-body")).to_have_count(0)


def _tapped_on_an_item(page: Page) -> None:
    """Tap where the picture is darkest: the heaviest item."""
    x, y = page.locator("canvas").evaluate(
        """canvas => {
          const {width, height} = canvas, ratio = width / canvas.clientWidth;
          const shades = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          const blue = (x, y) => { const at = 4 * (y * width + x); return shades[at + 2] - shades[at]; };
          let best = [0, 0, -1];
          for (let y = 6; y < height - 6; y += 2) for (let x = 6; x < width - 6; x += 2) {
            let sum = 0;
            for (const [dx, dy] of [[0, 0], [5, 0], [-5, 0], [0, 5], [0, -5]]) sum += Math.abs(blue(x + dx, y + dy));
            if (sum > best[2]) best = [x / ratio, y / ratio, sum];
          }
          return best;
        }"""
    )[:2]
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + x, box["y"] + y)


def test_without_storage_all_goes_on(chromium: Browser, file: Path) -> None:
    """As in private windows, and where cookies are forbidden: to read the storage is an error there."""
    context = chromium.new_context()
    context.add_init_script(
        """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
          Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }})
        history.replaceState = history.pushState = () => { throw new DOMException("no", "SecurityError"); }"""
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    chosen(page, "koperasi")
    page.get_by_role("tab", name="Overlay").click()
    page.wait_for_timeout(400)
    expect(page.get_by_role("heading", name="koperasi", exact=True)).to_be_visible()
    assert said == []
    context.close()


def test_without_webgl_the_map_is_drawn(chromium: Browser, file: Path) -> None:
    """On computers without a graphics card, and on remote desktops; it is drawn without WebGL everywhere."""
    with another(chromium, "--disable-3d-apis") as browser, opened(browser, file, reduced_motion="reduce") as page:
        assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
        page.wait_for_timeout(200)
        assert _shades(page.locator("canvas").screenshot()) > 50
        page.get_by_role("tab", name="Density", exact=True).click()
        page.wait_for_timeout(200)
        assert _shades(page.locator("canvas").screenshot()) > 50


def _shades(picture: bytes) -> int:
    return len(Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).getcolors() or [])


def test_who_prefers_less_motion_sees_none(chromium: Browser, file: Path) -> None:
    """The map is there at once where others see it glide; nothing on the page takes time to change."""
    seen: dict[str, int] = {}
    for motion in ("reduce", "no-preference"):
        with opened(chromium, file, reduced_motion=motion) as page:
            page.wait_for_timeout(300)
            page.evaluate(
                """() => {
                  const canvas = document.querySelector("[data-benang-map]").shadowRoot.querySelector("canvas");
                  const context = canvas.getContext("2d"), draw = context.drawImage.bind(context);
                  window.frames_ = new Set();
                  context.drawImage = (...all) => { window.frames_.add(all.slice(1).join()); draw(...all); };
                }"""
            )
            for _ in range(3):
                page.get_by_role("button", name="Zoom in").click()
            page.get_by_title("Show the whole map").click()
            page.wait_for_timeout(900)
            seen[motion] = page.evaluate("window.frames_.size")
            if motion == "reduce":
                slow = page.evaluate(
                    """() => [...document.querySelector("[data-benang-map]").shadowRoot.querySelectorAll("*")]
                      .filter(one => one.getAnimations().length).map(one => one.className)"""
                )
                assert slow == []
    assert seen["reduce"] <= 8 < seen["no-preference"]


def test_who_prefers_dark_pages_gets_one(chromium: Browser, file: Path) -> None:
    """Map and panels; whoever sends a link may say otherwise."""
    background = "element => getComputedStyle(element).backgroundColor"
    pixel = "canvas => [...canvas.getContext('2d').getImageData(3, 3, 1, 1).data].slice(0, 3)"
    with opened(chromium, file, color_scheme="dark") as page:
        page.wait_for_timeout(200)
        assert max(page.locator("canvas").evaluate(pixel)) < 40
        shade = page.locator("aside").evaluate(background)
        assert max(map(int, re.findall(r"\d+", shade)[:3])) < 60
        page.goto("about:blank")
        page.goto(f"{file.as_uri()}#dark=no")
        page.wait_for_timeout(200)
        assert min(page.locator("canvas").evaluate(pixel)) > 240


@pytest.mark.parametrize("landscape", [True, False])
def test_the_printed_page_has_the_whole_map(page: Page, landscape: bool) -> None:
    """On one sheet in its own shape, without bars, panels and years, and with nothing cut off."""
    page.get_by_role("button", name="Time", exact=True).click()
    page.wait_for_timeout(300)
    across, along = _extent(Image.open(io.BytesIO(page.locator("canvas").screenshot())))[2:]
    printed = pdfium.PdfDocument(page.pdf(format="A4", landscape=landscape, print_background=True))
    assert len(printed) == 1
    sheet = printed[0].render(scale=1).to_pil()
    left, top, width, height = _extent(sheet)
    assert min(left, top, sheet.width - left - width, sheet.height - top - height) > 2
    assert width / height == pytest.approx(across / along, rel=0.04)
    assert width > 0.5 * sheet.width
    text = printed[0].get_textpage().get_text_range()
    assert not any(word in text for word in ("Legend", "Search", "All years", "Small corpus"))


def _extent(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return where circles and lines begin, left and top, and how far they reach."""
    seen = np.asarray(picture.convert("RGB"), dtype=np.int16)
    coloured = (seen.max(axis=2) - seen.min(axis=2)) > 60
    columns, rows = (np.nonzero(coloured.any(axis=axis))[0].tolist() for axis in (0, 1))
    return columns[0], rows[0], columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1


def test_a_search_is_answered_within_50_milliseconds(chromium: Browser, tmp_path: Path) -> None:
    """Of 10,000 items, by the page's own clock, at the median of letters typed."""
    items = [
        {"id": n, "label": f"istilah rekaan {n * 7919 % 10000}", "x": n % 100, "y": n // 100} for n in range(10000)
    ]
    source, page_file = tmp_path / "many.json", tmp_path / "many.html"
    source.write_text(json.dumps({"network": {"items": items, "links": []}}), encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["view", str(source), "-o", str(page_file)])
    with opened(chromium, page_file) as page:
        page.get_by_role("combobox").focus()
        page.wait_for_timeout(500)
        times = page.get_by_role("combobox").evaluate(
            """async field => {
              const times = [], root = field.getRootNode();
              for (const typed of ["i", "is", "istilah", "rekaan 7", "rekaan 77", "rekaan 771", "4242", "tidak ada"]) {
                const start = performance.now();
                field.value = typed;
                field.dispatchEvent(new InputEvent("input", {bubbles: true, composed: true}));
                await new Promise(done => setTimeout(done));
                await new Promise(done => requestAnimationFrame(() => done()));
                times.push(performance.now() - start);
              }
              if (!root.querySelector(".no-match")) throw new Error("not answered");
              return times;
            }"""
        )
    assert sorted(times)[len(times) // 2] < 50, times
