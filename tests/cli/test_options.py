"""Progress is shown on a terminal, and nowhere else."""

from __future__ import annotations

import io
import sys
import time

import pytest

from benang.cli import options as module
from benang.cli.options import progress

pytestmark = pytest.mark.fast


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log holds no bars."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)

    with progress() as report:
        report("Reading", 0.5)

    assert stream.getvalue() == ""


def test_a_terminal_sees_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar comes by itself while one long step runs, and names it."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    monkeypatch.setenv("TERM", "xterm")

    with progress() as report:
        report("Compiling", 0.0)
        time.sleep(0.4)

    assert "Compiling" in stream.getvalue()


def test_a_terminal_is_spared_what_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done within a second draws no bar."""
    stream = _Terminal()
    monkeypatch.setattr(sys, "stderr", stream)

    with progress() as report:
        report("Reading", 0.5)

    assert "Reading" not in stream.getvalue()
