"""A review done in the browser as a person does it: from nothing to a report; by keys; on a telephone; in Indonesian.

With `BENANG_PICTURES=1` each page of the example is kept in `docs/pictures/`, for the docs.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from tests.browsers import chromium as started
from tests.made_papers import made_pdf
from tests.two_coders import write_towns

from benang.judgements.events import Coding, Decision
from benang.locale import Language
from benang.review.desk import open_desk
from benang.web.app import create_app
from benang.web.guard import Pass
from benang.web.page import AREAS
from benang.web.workbench import Workbench

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDE, TELEPHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
SELECT = """([words, from]) => {
  const walk = document.createTreeWalker(document.querySelector('[data-text]'), NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(words)
    if (at < 0) continue
    walk.currentNode.parentElement.scrollIntoView({block: 'center'})
    const range = document.createRange()
    range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + words.length)
    const boxes = [...range.getClientRects()], first = boxes[0], last = boxes[boxes.length - 1]
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2]
  }
}"""
KEYWORDS = ("night market", "rent", "permit", "lantern", "night markets")


@pytest.fixture(scope="module")
def chromium(project_root: Path) -> Iterator[Browser]:
    """Return Chromium; skip where it is absent, or where the scripts were not built."""
    if not (project_root / "src/benang/web/static/reader.js").is_file():
        pytest.skip("the scripts of pages were not built: make ui")
    with started() as browser:
        yield browser


@contextmanager
def served(folder: Path | None = None, *, language: Language = "en") -> Iterator[str]:
    """Serve the pages in this process, and give the link."""
    workbench = Workbench(language=language)
    if folder:
        workbench.open(folder)
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()
        entrance = Pass(bound.getsockname()[1])
        app = create_app(workbench, entrance)
        config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        yield entrance.link
        server.force_exit = server.should_exit = True
        thread.join(20)
    workbench.close()


@contextmanager
def visited(browser: Browser, link: str, **more: Any) -> Iterator[Page]:
    """Open a link as a person; the browser complains of nothing until it is closed."""
    context = browser.new_context(**{"viewport": WIDE, **more})
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(link)
    yield page
    context.close()
    assert complaints == []


def go(page: Page, area: str) -> None:
    """Go to an area by its link; on a telephone the menu has it."""
    if page.viewport_size and page.viewport_size["width"] < 600:
        page.locator("[data-menu]").click()
    page.get_by_role("navigation").first.get_by_role("link", name=area, exact=True).click()
    page.wait_for_load_state()


def select(page: Page, words: str) -> None:
    """Select words of the text with the mouse."""
    page.wait_for_function("() => document.querySelector('[data-text]').textContent.length > 20")
    page.evaluate(SELECT, [words, 0])
    page.wait_for_timeout(200)
    left, top, right, bottom = page.evaluate(SELECT, [words, 0])
    page.mouse.move(left + 1, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=3)
    page.mouse.move(right - 0.5, bottom, steps=3)
    page.mouse.up()


def codings(folder: Path) -> tuple[Coding, ...]:
    """Return the codings that stand in a folder."""
    return open_desk(folder).judgements.of(Coding)


def exports(folder: Path) -> Path:
    """Write an export of invented records, enough for a map of keywords."""
    records = []
    for at in range(12):
        words = "".join(f"KW  - {KEYWORDS[(at + n) % len(KEYWORDS)]}\n" for n in range(3))
        head = f"TY  - JOUR\nID  - study{at}\nTI  - Study {at} of stalls that closed\nAU  - Umpama, A.\n"
        records.append(f"{head}PY  - {2010 + at}\nAB  - The rent of stall {at} rose.\n{words}ER  - \n")
    path = folder / "markets.ris"
    path.write_text("\n".join(records), encoding="utf-8")
    return path


def paper(folder: Path, at: int) -> Path:
    """Write a PDF of a study."""
    path = folder / f"study{at}.pdf"
    lines = ("Journal of invented markets", "Umpama, A.", f"The rent of stall {at} rose again. It closed.")
    path.write_bytes(made_pdf(lines, title=f"Study {at} of stalls that closed"))
    return path


def test_from_nothing_to_a_report(chromium: Browser, tmp_path: Path) -> None:
    """New review, import, clean, map, screen, code, matrix, report: with the mouse alone, all of it in the folder."""
    folder = tmp_path / "mine" / "markets"
    with served() as link, visited(chromium, link) as page:
        page.get_by_role("link", name="New review").click()
        page.get_by_label("Title").fill("Why markets close")
        page.get_by_label("Research question").fill("Why do night markets close?")
        page.get_by_role("radio", name=re.compile("Compar|cases", re.IGNORECASE)).check()
        page.get_by_label("Your name").fill("ani")
        page.get_by_label("Folder").fill(str(folder))
        page.get_by_role("button", name="Create").click()
        expect(page.get_by_role("heading", name="Import")).to_be_visible()

        files = [exports(tmp_path), paper(tmp_path, 1), paper(tmp_path, 2)]
        page.locator("input[type=file]").first.set_input_files(files)
        expect(page.locator("body")).to_contain_text(re.compile(r"\b12\b"), timeout=120_000)
        page.wait_for_function("() => !document.querySelector('[data-job][data-state=running]')", timeout=120_000)
        waited(lambda: len(list((folder / "papers").glob("*.pdf"))) == 2)

        go(page, "Clean")
        expect(page.locator("main")).to_contain_text("night market")
        page.get_by_role("button", name=re.compile("^(Accept|Join)")).first.click()
        waited(lambda: (folder / "thesaurus.tsv").is_file())

        go(page, "Map")
        page.get_by_role("button", name=re.compile("^Build")).first.click()
        picture = page.frame_locator("iframe").first.locator("canvas, svg").first
        expect(picture).to_be_visible(timeout=90_000)

        go(page, "Screen")
        page.get_by_role("button", name=re.compile("^Include")).first.click()
        waited(lambda: len(open_desk(folder).judgements.of(Decision)) == 1)

        code_a_passage(page, folder)

        go(page, "Matrix")
        page.get_by_role("button", name=re.compile("1 passage")).first.click()
        expect(page.locator("body")).to_contain_text("The rent of stall")

        go(page, "Report")
        page.get_by_role("button", name="Build the report").click()
        expect(page.frame_locator("iframe").locator("h1")).to_contain_text("Why markets close", timeout=120_000)
        assert (folder / "out" / "report.html").is_file()


def code_a_passage(page: Page, folder: Path) -> None:
    """Add a code, select words of a paper, press the code."""
    go(page, "Read and code")
    page.get_by_role("link", name=re.compile("Study 1 ")).first.click()
    page.get_by_role("button", name="Add a code").first.click()
    page.get_by_label("Label").fill("Rising rent")
    page.get_by_role("button", name="Add code").click()
    expect(page.get_by_role("button", name=re.compile("^Rising rent"))).to_be_visible()
    select(page, "The rent of stall 1 rose again")
    page.get_by_role("button", name=re.compile("^Rising rent")).first.click()
    if not codings(folder):
        case = page.locator("[data-cases] input[type=radio], [data-cases] select").first
        if case.evaluate("one => one.tagName") == "SELECT":
            case.select_option(index=1)
        else:
            case.check()
    waited(lambda: [one.quote for one in codings(folder)] == ["The rent of stall 1 rose again"])


def waited(holds: Any, seconds: float = 30) -> None:
    """Wait until something holds of the folder."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.1)


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """Return a review of three towns, coded in part."""
    return write_towns(tmp_path / "towns", {"ani": (1, 0, None), "budi": (0, 1, None)})


def test_by_keys_alone(chromium: Browser, towns: Path) -> None:
    """Areas by Tab and Enter, a decision by its key, a sentence coded by the key of its code, undone and redone."""
    with served(towns) as link, visited(chromium, link) as page:
        reach(page, "Screen")
        expect(page.locator("#record-title")).to_be_visible()
        page.keyboard.press("i")
        waited(lambda: len(open_desk(towns).judgements.of(Decision)) == 1)
        page.keyboard.press("Control+z")
        waited(lambda: not open_desk(towns).judgements.of(Decision))

        reach(page, "Read and code")
        page.wait_for_function("() => document.querySelector('[data-text]').textContent.length > 20")
        n = len(codings(towns))
        page.keyboard.press("j")
        page.keyboard.press("j")
        key = page.get_by_role("button", name=re.compile("^Rising rent")).get_attribute("data-key") or ""
        page.keyboard.press(key)
        waited(lambda: len(codings(towns)) == n + 1)
        page.keyboard.press("Control+z")
        waited(lambda: len(codings(towns)) == n)
        page.keyboard.press("Control+y")
        waited(lambda: len(codings(towns)) == n + 1)

        reach(page, "Matrix")
        expect(page.locator("main")).to_contain_text("Town k01")


def reach(page: Page, area: str) -> None:
    """Go to an area by Tab and Enter."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == area:
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            expect(page.get_by_role("link", name=area, exact=True).first).to_have_attribute("aria-current", "page")
            page.wait_for_function(
                "() => document.readyState === 'complete'"
            )  # no key is pressed before the page is there
            return
    raise AssertionError(area)


def test_on_a_telephone(chromium: Browser, towns: Path) -> None:
    """No area is wider than the window; a record is decided and a passage's case seen with a thumb."""
    more = {"viewport": TELEPHONE, "has_touch": True, "is_mobile": True}
    with served(towns) as link, visited(chromium, link, **more) as page:
        for area in AREAS:
            go(page, area.title)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, area.name
        go(page, "Screen")
        page.get_by_role("button", name=re.compile("^Include")).first.tap()
        waited(lambda: len(open_desk(towns).judgements.of(Decision)) == 1)


def test_in_indonesian(chromium: Browser, towns: Path) -> None:
    """Chosen on the page: areas and acts have Indonesian names, and it stays so after a reload."""
    with served(towns) as link, visited(chromium, link) as page:
        page.locator(".own-wide select[name=name]").last.select_option("id")
        expect(page.locator("html")).to_have_attribute("lang", "id")
        page.reload()
        for area in ("Impor", "Bersihkan", "Peta", "Deskripsi", "Tapis", "Baca dan kodekan", "Matriks", "Riwayat"):
            go(page, area)
        go(page, "Tapis")
        page.keyboard.press("i")
        waited(lambda: len(open_desk(towns).judgements.of(Decision)) == 1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_closed_to_anybody(chromium: Browser, towns: Path, project_root: Path, scheme: str) -> None:
    """axe-core finds nothing serious on any page (WCAG 2.2, A and AA)."""
    axe = (project_root / "ui" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    run = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})"
    found: list[tuple[str, str, str]] = []
    with served(towns) as link, visited(chromium, link, color_scheme=scheme, bypass_csp=True) as page:
        home = page.url
        for area in ("", *(one.name for one in AREAS)):
            page.goto(f"{home}/{area}" if area else home)
            page.wait_for_timeout(500)
            page.evaluate(axe)
            for fault in page.evaluate(run)["violations"]:
                if fault["impact"] in ("serious", "critical"):
                    found += [(area, fault["id"], fault["nodes"][0]["html"][:120])]
    assert found == []


def test_a_folder_that_goes_away_is_said_on_the_page(chromium: Browser, towns: Path) -> None:
    """And what comes back is shown again."""
    with served(towns) as link, visited(chromium, link) as page:
        go(page, "History")
        page.wait_for_timeout(1500)
        shutil.move(towns, towns.with_name("elsewhere"))
        expect(page.locator("body")).to_contain_text(re.compile("no longer|gone|not there"), timeout=15_000)


@pytest.mark.skipif(not os.environ.get("BENANG_PICTURES"), reason="BENANG_PICTURES=1 writes docs/pictures/pages-*.png")
def test_each_page_of_the_examples_is_pictured(chromium: Browser, project_root: Path) -> None:
    """At the width of a desk and of a telephone, with a passage in hand, a cell open, a map drawn, a record to decide.

    All is decided in the example of the sister cities, so that names and records are those of the night markets.
    """
    from benang.tasks.build.building import build  # only for pictures

    left = shutil.ignore_patterns("out", ".benang")
    cities, markets = (
        Path(shutil.copytree(project_root / "examples" / name, Path.home() / "Benang" / name, ignore=left))
        for name in ("sister-cities", "night-markets")
    )
    (markets / "thesaurus.tsv").write_text("label\treplace by\n", encoding="utf-8")
    build(cities)
    undecided = ("clean", "screen")
    pictured(chromium, cities, ["", *(one.name for one in AREAS if one.name not in undecided)])
    pictured(chromium, markets, undecided)


def pictured(chromium: Browser, folder: Path, areas: Iterable[str]) -> None:
    """Keep what the window shows of areas of a review, for the docs."""
    place = Path(__file__).resolve().parents[2] / "docs" / "pictures"
    with served(folder) as link:
        for viewport, mark in ((WIDE, ""), (TELEPHONE, "-narrow")):
            with visited(chromium, link, viewport=viewport) as page:
                home = page.url
                for area in areas:
                    page.goto(f"{home}/{area}")
                    page.wait_for_timeout(1500)
                    prepared(page, area)
                    page.screenshot(path=place / f"pages-{area or 'overview'}{mark}.png", animations="disabled")


def prepared(page: Page, area: str) -> None:
    """Bring a page into the middle of its work."""
    if area == "code":
        if page.locator("[data-open-documents]").is_visible():
            page.locator("[data-open-documents]").click()
        page.locator("[data-document], .document-list a").filter(has_text="savitri2016").first.click()
        page.wait_for_timeout(1500)
    elif area == "matrix":
        page.get_by_role("button", name=re.compile(": 1 passage")).first.click()
        page.wait_for_timeout(1000)
    elif area == "map":
        page.locator("main a.primary").first.click()
        expect(page.frame_locator("iframe").first.locator("canvas").first).to_be_visible()
        page.wait_for_timeout(3000)
    elif area == "describe":
        expect(page.locator("main svg, main figure img").first).to_be_visible()
