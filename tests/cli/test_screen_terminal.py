"""Screening in a real terminal, which is closed in the middle: what was decided is in the log."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.tasks.screening.shelves import shelves
from tests.tasks.screening.test_deciding import log

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own needs POSIX")


def _read_until(terminal: int, words: str, *, seconds: float = 40) -> str:
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


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGHUP, signal.SIGINT])
def test_what_was_decided_is_kept_whatever_ends_the_terminal(tmp_path: Path, ending: signal.Signals) -> None:
    """Two decisions, then a signal: both are in the log, and the third record waits."""
    folder = shelves(tmp_path / "shops", n=3, extra='\n[screening]\norder = "listed"\n')
    controller, terminal = os.openpty()
    command = [sys.executable, "-m", "benang", "screen", str(folder)]
    environment = {**os.environ, "BENANG_LANGUAGE": "en", "COLUMNS": "80"}
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment) as process:
        os.close(terminal)
        try:
            _read_until(controller, "3 left")
            os.write(controller, b"i")
            _read_until(controller, "2 left")
            os.write(controller, b"?")
            _read_until(controller, "1 left")
            process.send_signal(ending)
            process.wait(timeout=40)
        finally:
            process.kill()
    os.close(controller)
    assert [one["verdict"] for one in log(folder)] == ["include", "unsure"]
