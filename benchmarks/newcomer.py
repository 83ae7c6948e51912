"""How long a newcomer takes, docs unread: from nothing to a map, and from two papers to ten passages and a report.

    python benchmarks/newcomer.py EXPORT [--installed]

A script acts as a newcomer would, with mouse and keys in Chromium, and counts its acts (clicks, fields filled in, words
selected, keys). First it installs Benang into an environment of its own by `pip install .` (packages come from pip's
cache where they are there), starts `benang serve`, and goes from a new review to the map of EXPORT; with `--installed`
it takes the Benang of this environment. Then it begins a review with two papers, adds a code, codes ten passages,
builds the report, and looks at the matrix in it. It reads as fast as a machine: what is measured is what Benang takes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PLACE = """words => {
  const walk = document.createTreeWalker(document.querySelector('[data-text]'), NodeFilter.SHOW_TEXT)
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(words)
    if (at < 0) continue
    walk.currentNode.parentElement.scrollIntoView({block: 'center'})
    const range = document.createRange()
    range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + words.length)
    const box = range.getBoundingClientRect()
    return [box.left, box.top + box.height / 2, box.right]
  }
}"""


class Newcomer:
    """Somebody at a page, who counts what they do."""

    def __init__(self, page: Page) -> None:
        self.page, self.acts = page, 0
        page.set_default_timeout(60_000)

    def press(self, name: str, role: Literal["button", "link", "tab", "radio"] = "button") -> None:
        """Click something by its name."""
        self.page.get_by_role(role, name=re.compile(name)).first.click()
        self.acts += 1

    def fill(self, label: str, text: str) -> None:
        """Fill in a field."""
        self.page.get_by_label(label).first.fill(text)
        self.acts += 1

    def drop(self, *files: Path) -> None:
        """Give files to the page."""
        self.page.locator("input[type=file]").first.set_input_files(files)
        self.acts += 1

    def select(self, words: str) -> None:
        """Select words of the text with the mouse."""
        self.page.evaluate(PLACE, words)
        self.page.wait_for_timeout(100)
        left, top, right = self.page.evaluate(PLACE, words)
        self.page.mouse.move(left + 1, top)
        self.page.mouse.down()
        self.page.mouse.move(right - 0.5, top, steps=4)
        self.page.mouse.up()
        self.acts += 1

    def begin(self, title: str, kind: str, folder: Path) -> None:
        """Begin a review."""
        self.press("New review", "link")
        self.fill("Title", title)
        self.fill("Research question", "What is written of it?")
        self.press(kind, "radio")
        self.fill("Folder", str(folder))
        self.press("^Create")
        expect(self.page.get_by_role("heading", name="Import")).to_be_visible()


def installed(place: Path) -> tuple[Path, float]:
    """Install Benang into an environment of its own; return its command, and how long that took."""
    begun = time.perf_counter()
    venv.create(place, with_pip=True)
    folder = place / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([folder / "python", "-m", "pip", "install", "-q", str(ROOT)], check=True)
    return folder / "benang", time.perf_counter() - begun


@contextmanager
def served(command: list[str], home: Path) -> Iterator[str]:
    """Serve the start page, and give its link."""
    own = {**os.environ, "HOME": str(home), "XDG_STATE_HOME": str(home), "XDG_CACHE_HOME": str(home), "PYTHONPATH": ""}
    with subprocess.Popen([*command, "serve", "--no-browser"], stdout=subprocess.PIPE, text=True, env=own) as process:
        assert process.stdout
        try:
            yield next(match[0] for line in process.stdout if (match := re.search(r"http://\S+token=\S+", line)))
        finally:
            process.terminate()


def to_a_map(browser: Browser, link: str, export: Path, home: Path) -> tuple[float, int]:
    """Go from the start page to the map of an export; seconds and acts."""
    begun = time.perf_counter()
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(link)
    who = Newcomer(page)
    who.begin("A field", "[Mm]ap", home / "field")
    who.drop(export)
    expect(page.locator("main")).to_contain_text(re.compile("records? found"))
    who.press("^Map$", "link")
    who.press("^Build")
    expect(page.frame_locator("iframe").first.locator("canvas").first).to_be_visible(timeout=120_000)
    page.close()
    return time.perf_counter() - begun, who.acts


def made_paper(path: Path, at: int) -> Path:
    """Write a paper of twelve sentences."""
    figure = Figure(figsize=(8, 11))
    figure.text(0.05, 0.93, f"Stalls of quarter {at} that closed", size=17)
    figure.text(0.05, 0.88, "Umpama, A. (2020)", size=9)
    for n in range(12):
        figure.text(0.05, 0.84 - 0.03 * n, f"The rent of stall {at}-{n} rose again in that year.", size=9)
    with PdfPages(path) as file:
        file.savefig(figure)
    return path


def to_a_report(browser: Browser, link: str, home: Path) -> tuple[float, int, int]:
    """Go from two papers to ten coded passages and a report with a matrix; seconds, acts, acts of one passage."""
    begun = time.perf_counter()
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.goto(link)
    page.goto(link.partition("/enter")[0] + "/start")
    who = Newcomer(page)
    who.begin("Stalls that closed", "[Cc]ases|[Cc]ompar", home / "stalls")
    who.drop(made_paper(home / "one.pdf", 1), made_paper(home / "two.pdf", 2))
    expect(page.locator("main")).to_contain_text(re.compile("Papers\\s*2"))
    who.press("^Papers", "link")
    for _ in range(2):
        if not page.get_by_role("button", name="Add the record").count():
            page.locator("details.typed summary").first.click()
            who.acts += 1
        n = page.locator("details.typed").count()
        who.press("^Add the record")
        expect(page.locator("details.typed")).to_have_count(n - 1, timeout=30_000)
    who.press("^Read and code$", "link")
    who.press("^Add a code")
    who.fill("Label", "Rising rent")
    who.press("^Add code$")
    of_one = 0
    for n in range(10):
        if n == 5:
            page.locator(".document-list a, [data-document]").nth(1).click()
            who.acts += 1
        page.wait_for_function("() => document.querySelector('[data-text]').textContent.length > 50")
        quarter = re.search(r"stall (\d)-", page.locator("[data-text]").inner_text())
        assert quarter
        before = who.acts
        who.select(f"The rent of stall {quarter[1]}-{n % 10} rose again")
        who.press("^Rising rent")
        if n % 5 == 0 and page.locator("[data-other-case]").is_visible() and not page.locator("[name=case]").count():
            page.locator("[data-other-case]").select_option(index=1)
            who.acts += 1
        expect(page.locator("[data-passage-count]")).to_have_text(str(n % 5 + 1))
        of_one = max(of_one, who.acts - before)
    who.press("^Report$", "link")
    who.press("^Build the report")
    report = page.frame_locator("iframe")
    expect(report.locator("h1")).to_be_visible(timeout=300_000)
    expect(report.locator("#figure-factors-by-case")).to_be_visible()
    page.close()
    return time.perf_counter() - begun, who.acts, of_one


def main() -> None:
    """Install, act, and print seconds and acts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("export", type=Path)
    parser.add_argument("--installed", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        home = Path(name)
        command, seconds = [sys.executable, "-m", "benang"], 0.0
        if not asked.installed:
            program, seconds = installed(home / "venv")
            command = [str(program)]
            print(f"pip install .: {seconds:.0f} s", flush=True)
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        begun = time.perf_counter()
        with served(command, home) as link:
            started = time.perf_counter() - begun
            taken, acts = to_a_map(browser, link, asked.export, home)
            print(f"from the start to the link: {started:.0f} s; to the map: {taken:.0f} s, {acts} acts", flush=True)
            print(f"together with the installation: {seconds + started + taken:.0f} s", flush=True)
            taken, acts, of_one = to_a_report(browser, link, home)
            print(f"from two papers to ten passages and a report: {taken:.0f} s, {acts} acts; a passage: {of_one} acts")
        browser.close()


if __name__ == "__main__":
    main()
