"""Twenty tabs that read, screen and code one review at the same time: how long they wait, and whether anything is lost.

    python benchmarks/pages.py [--tabs 20] [--seconds 30] [--records 1000]

A review is made up: records to screen, 20 papers of some 60 sentences with 2,000 codings, 40 codes. `benang serve`
serves it on loopback, and each tab does over and over what a person does: open a document, code a sentence of it,
decide on the record that it is shown, look at the history. Between two acts it waits half a second to a second and a
half. Printed are the median, the 95th percentile and the longest wait, in milliseconds, and the processor time of the
server; below it how many acts were acknowledged, and how many of these the logs hold afterwards. The floor beside it is
the time of an answer that reads nothing: the icon.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import httpx2 as httpx
import psutil

from benang.judgements.events import Coding, Decision
from benang.review.desk import open_desk
from coding import made_review

PAPERS, CODINGS = 20, 2_000


def screened(folder: Path, n: int) -> None:
    """Add records that wait for a decision."""
    records = (
        f"TY  - JOUR\nID  - wait{at}\nTI  - A study {at} of stalls\nAU  - Umpama, A{at}.\nAB  - Text {at}.\nER  - \n"
        for at in range(n)
    )
    (folder / "sources" / "waiting.ris").write_text("\n".join(records), encoding="utf-8")


class Tab:
    """One tab of a browser, and what it had to wait for."""

    def __init__(self, link: str, number: int) -> None:
        self.link, self.chance = link, random.Random(number)  # noqa: S311
        self.waits: dict[str, list[float]] = defaultdict(list)
        self.coded: list[str] = []
        self.decided: list[str] = []
        self.refused = 0

    async def live(self, until: float) -> None:
        """Act until the time is over."""
        home = self.link.partition("/enter")[0]
        async with httpx.AsyncClient(base_url=home, follow_redirects=True, timeout=60) as self.client:
            page = (await self.client.get(self.link)).text
            self.headers = {"X-CSRF-Token": found(r'name="csrf" content="(\w+)"', page), "HX-Request": "true"}
            self.review = "/reviews/" + found(r'data-review="(\w+)"', page)
            listed = await self.client.get(f"{self.review}/code/list")
            self.documents = re.findall(r"/code/([0-9a-f]{10})", listed.text)
            while time.monotonic() < until:
                await self.chance.choice((self.code, self.code, self.decide, self.decide, self.read, self.history))()
                await asyncio.sleep(self.chance.uniform(0.5, 1.5))

    async def timed(self, kind: str, method: str, path: str, **more: object) -> httpx.Response:
        """Ask, and take down how long the answer took."""
        begun = time.perf_counter()
        answer = await self.client.request(method, path, headers=self.headers, **more)  # type: ignore[arg-type]
        self.waits[kind].append(1000 * (time.perf_counter() - begun))
        return answer

    async def code(self) -> None:
        """Open a document, and code words of it."""
        document = self.chance.choice(self.documents)
        content = (await self.timed("text", "GET", f"{self.review}/documents/{document}")).json()
        text = "".join(page["text"] for page in content["pages"])
        start = self.chance.randrange(len(text) // 3, len(text) - 60)
        quote = text[start : start + 40]
        asked = {"start": start, "end": start + 40, "quote": quote, "code": f"code{self.chance.randrange(40)}"}
        answer = await self.timed("coding", "POST", f"{self.review}/documents/{document}/codings", json=asked)
        if answer.status_code == 200:
            self.coded.append(json.dumps([start, quote]))
        else:
            self.refused += 1

    async def decide(self) -> None:
        """Decide on the record that is shown; another tab may have been quicker, which is said, and nothing lost."""
        page = (await self.timed("record", "GET", f"{self.review}/screen/one")).text
        record, mark = (
            re.search(r'name="record" value="([^"]+)"', page),
            re.search(r'name="mark" value="([^"]*)"', page),
        )
        if record is None or mark is None:
            return
        form = {"record": record[1], "mark": mark[1], "stage": "title-abstract", "choice": "include"}
        answer = await self.timed("decision", "POST", f"{self.review}/screen/decisions", data=form)
        if answer.status_code == 200 and "decided in the meantime" not in answer.text:
            self.decided.append(record[1])

    async def read(self) -> None:
        """Open the page of a document."""
        await self.timed("page", "GET", f"{self.review}/code/{self.chance.choice(self.documents)}")

    async def history(self) -> None:
        """Look at the history; and at the icon, whose answer reads nothing."""
        await self.timed("history", "GET", f"{self.review}/history")
        await self.timed("icon", "GET", "/favicon.ico")


def found(pattern: str, text: str) -> str:
    """Return what a pattern finds."""
    match = re.search(pattern, text)
    assert match, pattern
    return match[1]


def linked(process: subprocess.Popen[str]) -> str:
    """Return the link that the server prints."""
    assert process.stdout
    for line in process.stdout:
        if match := re.search(r"http://\S+token=\S+", line):
            return match[0]
    raise SystemExit("the server did not start")


async def acted(link: str, n: int, seconds: float) -> list[Tab]:
    """Let all tabs act at once."""
    tabs = [Tab(link, number) for number in range(n)]
    until = time.monotonic() + seconds
    await asyncio.gather(*(one.live(until) for one in tabs))
    return tabs


def main() -> None:
    """Make a review, serve it, let tabs act, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tabs", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--records", type=int, default=1_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "review"
        made_review(folder, PAPERS, CODINGS)
        screened(folder, asked.records)
        before = open_desk(folder).judgements
        command = [sys.executable, "-m", "benang", "serve", str(folder), "--no-browser"]
        own = {**os.environ, "XDG_STATE_HOME": place, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=own) as process:
            link = linked(process)
            tabs = asyncio.run(acted(link, asked.tabs, asked.seconds))
            times = psutil.Process(process.pid).cpu_times()
            process.terminate()
        say(tabs, times.user + times.system, folder, len(before.of(Coding)))


def say(tabs: list[Tab], processor: float, folder: Path, n_before: int) -> None:
    """Print waits, and what the logs hold of what was acknowledged."""
    kinds = sorted({kind for tab in tabs for kind in tab.waits})
    every = [wait for tab in tabs for kind, waits in tab.waits.items() for wait in waits if kind != "icon"]
    rows = [(kind, [wait for tab in tabs for wait in tab.waits[kind]]) for kind in kinds]
    print(f"{'':10}{'n':>7}{'median':>9}{'95 %':>9}{'longest':>9}  ms")
    for kind, waits in [*rows, ("all", every)]:
        p95 = statistics.quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
        print(f"{kind:10}{len(waits):7}{statistics.median(waits):9.0f}{p95:9.0f}{max(waits):9.0f}")
    judgements = open_desk(folder).judgements
    stand = {json.dumps([one.start, one.quote]) for one in judgements.of(Coding)}
    decided = {one.record for one in judgements.of(Decision)}
    coded = {one for tab in tabs for one in tab.coded}
    included = {one for tab in tabs for one in tab.decided}
    lost = len(coded - stand) + len(included - decided)
    print(f"server: {processor:.1f} s of processor")
    print(f"acknowledged: {len(coded)} codings, {len(included)} decisions; of these lost: {lost}")
    print(f"codings in the log: {n_before} before, {len(judgements.of(Coding))} after")
    if lost:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
