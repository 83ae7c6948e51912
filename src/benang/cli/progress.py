"""Progress on a terminal: a bar for what takes longer than a second, nothing at all in a pipe or a log."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from benang.progress import Progress

PATIENCE = 1.0
"""Seconds after which a bar appears."""


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a function that draws progress on the terminal, if there is one.

    The bar appears by itself after a second, also while one long step runs (compiling, say), and goes when all is done.
    """
    if not sys.stderr.isatty():
        yield lambda _what, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from benang.errors import visible
    from benang.visible import VisibleStream

    terminal = sys.stderr.stream if isinstance(sys.stderr, VisibleStream) else sys.stderr
    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(file=terminal),
        transient=True,
    )
    task = bar.add_task("", total=1.0)
    timer = threading.Timer(PATIENCE, bar.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda what, share: bar.update(task, description=visible(what, in_line=True), completed=share)
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
