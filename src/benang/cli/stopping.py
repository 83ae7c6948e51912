"""Ctrl-C at a moment when it can do no harm."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Put off Ctrl-C while libraries load: stopped half-way, compiled ones may end the process with a core dump.

    Raises
    ------
    KeyboardInterrupt
        When all is loaded, if the user stopped meanwhile.
    """
    if threading.current_thread() is not threading.main_thread():  # only the main thread may tell how signals are met
        yield
        return
    stopped: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: stopped.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if stopped:
        raise KeyboardInterrupt
