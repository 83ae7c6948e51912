"""Progress on a terminal: a bar for what takes longer than a second, nothing at all in a pipe or a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[str, float], None]
"""Called with what is being done and how far it is, from 0 to 1."""

PATIENCE = 1.0
"""Seconds after which a bar appears."""


@contextmanager
def progress() -> Iterator[Report]:
    """Give a function that draws progress on the terminal, if there is one."""
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    bar = Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(),
                   console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=1.0)
    began, shown = time.monotonic(), False

    def report(what: str, share: float) -> None:
        nonlocal shown
        if not shown and time.monotonic() - began > PATIENCE:
            bar.start()
            shown = True
        bar.update(task, description=what, completed=share)

    try:
        yield report
    finally:
        if shown:
            bar.stop()
