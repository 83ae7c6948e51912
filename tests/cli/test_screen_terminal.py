"""Screening in a real terminal, which is closed in the middle: what was decided is in the log."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.tasks.screening.shelves import ris, shelves
from tests.tasks.screening.test_deciding import log

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own needs POSIX")


@contextmanager
def _screening(folder: Path, **environment: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run `benang screen` in a terminal of its own; give what it is typed into and read from, and the process."""
    controller, terminal = os.openpty()
    command = [sys.executable, "-m", "benang", "screen", str(folder)]
    around = {**os.environ, "BENANG_LANGUAGE": "en", **environment}
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=around) as process:
        os.close(terminal)
        try:
            yield controller, process
        finally:
            process.kill()
    os.close(controller)


def read_until(terminal: int, words: str, *, seconds: float = 40) -> str:
    """Read what a terminal shows until words come."""
    text, end = "", time.monotonic() + seconds
    while words not in text and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            try:
                text += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:
                break
    assert words in text
    return text


def test_an_arrow_is_one_key_that_decides_nothing_on_a_narrow_screen(tmp_path: Path) -> None:
    """Between `e` and the reason it is no Esc, no letter of it is a key, and no line is wider than 40 columns."""
    folder = shelves(tmp_path / "shops", n=2, extra='\n[screening]\norder = "listed"\n')
    with _screening(folder, COLUMNS="40", NO_COLOR="1") as (controller, process):
        shown = read_until(controller, "quit")
        for keys, words in (("e", "Esc: back"), ("\x1b[1;2i", "No reason has"), ("\x1bOA", "No reason has")):
            os.write(controller, keys.encode())
            shown += read_until(controller, words)
        os.write(controller, b"0")
        read_until(controller, "1 left")
        os.write(controller, b"q")
        process.wait(timeout=40)
    assert [one["verdict"] for one in log(folder)] == ["exclude"]
    lines = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", shown).splitlines()
    assert max(len(line.rstrip()) for line in lines) <= 40


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGHUP, signal.SIGINT])
def test_what_was_decided_is_kept_whatever_ends_the_terminal(tmp_path: Path, ending: signal.Signals) -> None:
    """Two decisions, then a signal: both are in the log, and the third record waits."""
    folder = shelves(tmp_path / "shops", n=3, extra='\n[screening]\norder = "listed"\n')
    with _screening(folder, COLUMNS="80") as (controller, process):
        read_until(controller, "3 left")
        os.write(controller, b"i")
        read_until(controller, "2 left")
        os.write(controller, b"?")
        read_until(controller, "1 left")
        process.send_signal(ending)
        process.wait(timeout=40)
    assert [one["verdict"] for one in log(folder)] == ["include", "unsure"]


def test_a_task_that_is_done_leads_to_what_comes_next(tmp_path: Path) -> None:
    """The full text is another stage, which nobody guesses."""
    folder = shelves(tmp_path / "shops", n=1)
    with _screening(folder, COLUMNS="80") as (controller, _):
        read_until(controller, "1 left")
        os.write(controller, b"i")
        text = read_until(controller, "benang status")
    assert "No record waits for ani at this stage." in text


def test_a_title_that_has_left_a_low_window_stands_again_above_the_keys(tmp_path: Path) -> None:
    """An abstract longer than the window pushes the title out at its top; keys stay beside what they do."""
    folder = shelves(tmp_path / "shops", n=1)
    export = folder / "sources" / "shops.ris"
    export.write_text(ris("s0").replace("ER  - ", f"AB  - {'Word ' * 400}\nER  - "), encoding="utf-8")
    with _screening(folder, COLUMNS="44", LINES="24") as (controller, _):
        text = read_until(controller, "q quit")
    assert text.count("Shops that sold ginger and closed") == 2
    assert all(key in text for key in ("i include", "e exclude", "space later", "s may we stop?"))
