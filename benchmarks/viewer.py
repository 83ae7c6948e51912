"""The interactive map beside VOSviewer Online, in Chromium without a GPU: first picture, frames, search, memory.

    python benchmarks/viewer.py [FILE …] [--sizes 1000 10000 100000] [--repeats 3] [--picture PNG]

Both show the same maps, with the 1,000 strongest lines, from pages that this computer serves, in a browser started anew
each time, in turn. Medians of the repeats are printed, and written to benchmarks/out/viewer.json. FILEs, of VOSviewer's
JSON, come before the invented maps. VOSviewer Online is built with npm; where that can't be, Benang is measured alone.
`--picture` puts both, showing the first map, side by side into a file.

A picture is complete from when it differs from the one that stays in less than a hundredth of its ink. The map is
dragged by the mouse for two seconds, and zoomed by the wheel for a second each way; what is searched for is typed at
once, and found when it is listed. All is seen from within the page (viewer_probe.js), alike for both.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import vosviewer_online
from benang.map_files import write_map
from drawing import invented_map

HERE = Path(__file__).resolve().parent
OUT = HERE / "out" / "viewer.json"
PROBE = (HERE / "viewer_probe.js").read_text(encoding="utf-8")
SIZES = (1_000, 10_000, 100_000)
LINKS_EACH = {100_000: 4}
"""Links that start from each item, where it is not 10."""
OURS, PEER = "Benang", f"VOSviewer Online {vosviewer_online.VERSION}"
WINDOW, SMALL_WINDOW = (1280, 800), (1080, 700)
LIMIT = 300
"""Seconds that a viewer has for all that is asked of it."""
SECONDS, EACH = 2.0, 1 / 60
"""How long the map is dragged, and how often the mouse moves."""
STILL = 1200
"""Milliseconds without a change after which a picture counts as complete."""
SEARCHES = 5
MEGABYTE = 2**20


@dataclass(frozen=True)
class Case:
    """A map to be shown: its name, what both viewers open, and what is searched for."""

    name: str
    items: int
    links: int
    page: str
    file: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Measured:
    """What one viewer took for one map, in milliseconds unless said otherwise."""

    first: float
    frame: float
    worst: float
    settled: float
    zoom_rate: float
    """Frames a second."""
    zoom_worst: float
    search: float | None
    search_worst: float | None
    memory: float
    """Megabytes that the page's script holds."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on this computer alone; gives its address."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def made_cases(folder: Path, files: Sequence[Path], sizes: Sequence[int]) -> Iterator[Case]:
    """Write each map as VOSviewer's JSON and as Benang's page, when it is its turn."""
    for file in files:
        shutil.copy(file, folder / file.name)
        yield written(folder / file.name, file.stem.replace("_", " "))
    for n in sizes:
        path = folder / f"invented-{n}.json"
        write_map(invented_map(n, each=LINKS_EACH.get(n, 10)), path)
        yield written(path, "invented")


def written(file: Path, name: str) -> Case:
    """Write Benang's page of a file beside it."""
    page = file.with_suffix(".html")
    command = [sys.executable, "-m", "benang", "convert", str(file), str(page)]
    subprocess.run(command, check=True, capture_output=True)
    network = json.loads(file.read_text(encoding="utf-8-sig"))["network"]
    labels = [str(item["label"]) for item in network["items"]]
    words = (labels[at * len(labels) // SEARCHES].split()[-1] for at in range(SEARCHES))
    return Case(name, len(labels), len(network["links"]), page.name, file.name, tuple(words))


def median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else math.nan


@contextmanager
def opened(address: str, window: tuple[int, int] = WINDOW) -> Iterator[tuple[Page, float]]:
    """Open an address in a new browser; gives it with the milliseconds until its picture was complete."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": window[0], "height": window[1]})
        page.set_default_timeout(LIMIT * 1000)
        page.add_init_script(f"{PROBE}\nprobe.first = probe.complete({STILL});")
        page.goto(address, wait_until="commit")
        first = page.evaluate("probe.first")
        yield page, float(first["time"])
        browser.close()


def middle(page: Page) -> tuple[float, float]:
    """Return the middle of the largest canvas."""
    x, y = page.evaluate("probe.middle()")
    return float(x), float(y)


def dragged(page: Page) -> list[float]:
    """Drag the map around for two seconds; returns the milliseconds of each frame."""
    x, y = middle(page)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.evaluate("void (window.stopped = probe.frames())")
    page.mouse.down()
    began = time.perf_counter()
    while (now := time.perf_counter() - began) < SECONDS:
        turn = now / SECONDS * 4 * math.pi
        page.mouse.move(x + 150 * math.sin(turn), y + 100 * (1 - math.cos(turn)))
        time.sleep(max(0.0, EACH - (time.perf_counter() - began - now)))
    frames: list[float] = page.evaluate("stopped()")
    return frames


def let_go(page: Page) -> float:
    """Drag the map aside and let go; returns the milliseconds until the picture is what it stays."""
    x, y = middle(page)
    page.evaluate(f"void (window.settled = probe.complete({STILL}))")
    for step in range(12):
        page.mouse.move(x + 10 * step, y + 6 * step)
        time.sleep(EACH)
    page.mouse.up()
    settled: float = page.evaluate("settled.then(({ time }) => time - probe.lastMove())")
    return max(0.0, settled)


def zoomed(page: Page) -> list[float]:
    """Turn the wheel for a second each way; returns the milliseconds of each frame."""
    x, y = middle(page)
    page.mouse.move(x, y)
    page.evaluate("void (window.stopped = probe.frames())")
    for turn in (-120, 120):
        began = time.perf_counter()
        while (now := time.perf_counter() - began) < SECONDS / 2:
            page.mouse.wheel(0, turn)
            time.sleep(max(0.0, 0.1 - (time.perf_counter() - began - now)))
    frames: list[float] = page.evaluate("stopped()")
    page.evaluate(f"probe.complete({STILL})")
    return frames


def searched(page: Page, viewer: str, words: Sequence[str]) -> list[float]:
    """Search for each word; returns the milliseconds until it is listed."""
    if viewer == OURS:
        field, listed = page.get_by_label("Search items").first, "[role=option]"
    else:
        page.mouse.click(12, WINDOW[1] / 2)  # opens the panel at the side
        page.get_by_role("tab", name="Find").click()
        field, listed = page.locator("input[placeholder^=Find]"), "[class*=label-part-highlighted]"
    took = []
    for word in words:
        field.fill("")
        page.wait_for_timeout(500)
        page.evaluate(f"void (window.found = probe.listed({json.dumps(word)}, {json.dumps(listed)}, 20000))")
        field.click()
        page.keyboard.insert_text(word)
        told = page.evaluate("found")
        if told is not None:
            took.append(float(told))
    return took


def held(page: Page) -> float:
    """Return the megabytes that the page's script holds after its rubbish is collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    told = session.send("Runtime.getHeapUsage")
    return (
        float(sum(told.get(part, 0) for part in ("usedSize", "embedderHeapUsedSize", "backingStorageSize"))) / MEGABYTE
    )


def measured(viewer: str, address: str, words: Sequence[str]) -> Measured:
    """Open a map once, and do with it what a reader does."""
    with opened(address) as (page, first):
        memory = held(page)
        frames = dragged(page)
        settled = let_go(page)
        zoom = zoomed(page)
        search = searched(page, viewer, words)
    return Measured(
        first, median(frames), max(frames), settled, 1000 * len(zoom) / sum(zoom), max(zoom),
        median(search) if search else None, max(search) if search else None, memory,
    )  # fmt: skip


def apart(viewer: str, address: str, words: Sequence[str]) -> Measured | str:
    """Measure in a process of its own, which ends even where the page never answers; or say what went wrong."""
    command = [sys.executable, __file__, "--measure", viewer, address, *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return f"not done within {LIMIT} seconds"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no word"])[-1]
    return Measured(**json.loads(done.stdout))


def in_turn(case: Case, bases: dict[str, str], repeats: int) -> Iterator[tuple[str, Measured]]:
    """Measure the viewers in turn; one that fails is named, and left out of the rest."""
    failed: set[str] = set()
    for _ in range(repeats):
        for viewer, base in bases.items():
            if viewer in failed:
                continue
            told = apart(viewer, base, case.words)
            if isinstance(told, Measured):
                yield viewer, told
                continue
            failed.add(viewer)
            print(f"{viewer}, {case.items:,} items, is left out: {told}", file=sys.stderr)


def row(case: Case, viewer: str, runs: Sequence[Measured]) -> dict[str, object]:
    """Sum up the repeats of one viewer: the median of each measure."""
    told = {
        name: median([value for one in runs if (value := getattr(one, name)) is not None])
        for name in Measured.__dataclass_fields__
    }
    return {**asdict(case), "viewer": viewer, "repeats": len(runs), **told}


HEADINGS = (
    "items", "links", "viewer", "first picture, s", "frames while dragging, ms (worst)", "lines back, ms",
    "frames a second while zooming (worst, ms)", "search, ms (slowest)", "memory, MB",
)  # fmt: skip


def line(told: dict[str, object]) -> str:
    """Write a row of the table."""

    def number(name: str, places: int = 0, factor: float = 1) -> str:
        value = told[name]
        return "–" if not isinstance(value, int | float) or math.isnan(value) else f"{value * factor:,.{places}f}"

    cells = (
        f"{told['items']:,}", f"{told['links']:,}", str(told["viewer"]), number("first", 2, 1e-3),
        f"{number('frame')} ({number('worst')})", number("settled"),
        f"{number('zoom_rate')} ({number('zoom_worst')})", f"{number('search')} ({number('search_worst')})",
        number("memory"),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def draw_both(bases: dict[str, str], path: Path) -> None:
    """Write what both show, side by side, in few colours."""
    pictures = []
    for base in bases.values():
        with opened(base, SMALL_WINDOW) as (page, _first):
            pictures.append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
    gap = 16
    size = (sum(one.width for one in pictures) + gap * (len(pictures) - 1), pictures[0].height)
    whole = Image.new("RGB", size, "white")
    for at, one in enumerate(pictures):
        whole.paste(one, (at * (one.width + gap), 0))
    few = whole.quantize(160, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(f"Written: {path}, {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)


def measured_case(case: Case, base: str, viewers: Sequence[str], said: argparse.Namespace) -> list[dict[str, object]]:
    """Measure the viewers with one map, print a row for each, and return the rows."""
    pages = {OURS: f"{base}/{case.page}", PEER: f"{base}/index.html?file={case.file}"}
    addresses = {viewer: pages[viewer] for viewer in viewers}
    if said.picture and not said.picture.is_file():
        draw_both(addresses, said.picture)
    runs: dict[str, list[Measured]] = {viewer: [] for viewer in viewers}
    for viewer, one in in_turn(case, addresses, said.repeats):
        runs[viewer].append(one)
    rows = []
    for viewer, measures in runs.items():
        rows.append({**row(case, viewer, measures), "runs": [asdict(one) for one in measures]})
        print(line(rows[-1]), flush=True)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--viewer", choices=("benang", "vosviewer-online"), help="measure one alone")
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.measure:
        viewer, address, *words = said.measure
        print(json.dumps(asdict(measured(viewer, address, words))))
        return
    peer = None if said.viewer == "benang" else vosviewer_online.built()
    viewers = [OURS] * (said.viewer != "vosviewer-online") + [PEER] * (peer is not None)
    if said.picture:
        said.picture.unlink(missing_ok=True)
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if peer:
            shutil.copytree(peer, folder, dirs_exist_ok=True)
        with served(folder) as base:
            print(f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}", flush=True)
            for case in made_cases(folder, said.files, said.sizes):
                rows += measured_case(case, base, viewers, said)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
