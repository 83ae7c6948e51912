"""Ctrl-C at a moment when it can do no harm, and an end that leaves nothing behind."""

from __future__ import annotations

import signal
import sys
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


TERMINATED = 143
"""The code of a program that was told to end: 128 and the number of the signal."""


@contextmanager
def ending_cleanly() -> Iterator[None]:
    """When the system tells the program to end (SIGTERM), let it put its temporary files away first."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(TERMINATED))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
