"""Ctrl-C and the system's wish to end: the process ends at once, with a sentence, and nothing half-written is left.

No exception is raised where the program happens to be: libraries swallow it, or turn it into errors of their own.
The signal's handler stops the main thread, and a thread that waits for signals puts away what is under way
and ends the process. So it ends also while compiled code runs for minutes. This module imports nothing heavy: it is
at work before the rest of Benang loads.
"""

from __future__ import annotations

import _thread
import atexit
import contextlib
import os
import signal
import sys
from collections.abc import Callable

STOPPED = "Stopped. Nothing is half-written; run the same command again to go on from what is finished."
last_words = STOPPED
"""The same in the language of the command line, once that is known: when the signal comes, nothing may be loaded."""

ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, the system's wish, a terminal that was closed, and Ctrl-Break on Windows."""


def listen() -> None:
    """End the process when a signal asks for it, from now on.

    The code is 128 and the signal's number, which is how shells give it: 130 for Ctrl-C, 143 for SIGTERM. A second
    signal ends at once what the first one still has to do. What was ignored when the program began stays ignored:
    `nohup` and shells that run a script in the background ask for that.
    """
    numbers = [int(getattr(signal, name)) for name in ENDING if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]
    reading, writing = os.pipe()
    if os.name == "posix":
        os.set_blocking(writing, False)
    said_to = os.dup(2)  # libraries may turn the stream of errors off for moments
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    # not by `threading`, whose locks the main thread may hold when it has to stop
    _thread.start_new_thread(_wait_for_end, (reading, frozenset(heard), said_to))
    for number in heard:  # last, so that none is swallowed
        signal.signal(number, _stand_still)


def _stand_still(_number: int, _frame: object) -> None:
    if stand_still := _unfinished("stand_still"):
        stand_still()


def _unfinished(name: str) -> Callable[[], None] | None:
    """Return a function of `benang.unfinished`, where that is loaded: what isn't has begun nothing.

    Nothing may be imported here, since the main thread may hold the lock, in the middle of that module.
    """
    return getattr(sys.modules.get("benang.unfinished"), name, None)


def _wait_for_end(reading: int, heard: frozenset[int], said_to: int) -> None:
    number = _next(reading, heard)
    code = 128 + (signal.SIGINT if number == getattr(signal, "SIGBREAK", None) else number)
    try:
        _thread.start_new_thread(_end_at_next, (reading, heard, code))
        if put_away := _unfinished("put_away"):
            put_away()
        with contextlib.suppress(OSError):
            # a bar of progress may be in the line, and have hidden the cursor
            obeys = os.name == "posix" and os.environ.get("TERM", "dumb") != "dumb" and os.isatty(said_to)
            clear = b"\r\x1b[K\x1b[?25h" if obeys else b""
            os.write(said_to, clear + last_words.encode() + b"\n")
    finally:
        os._exit(code)


def _end_at_next(reading: int, heard: frozenset[int], code: int) -> None:
    _next(reading, heard)
    os._exit(code)


def _next(reading: int, heard: frozenset[int]) -> int:
    """Wait for the next signal that ends the process; others may have handlers of their own."""
    while True:
        number = os.read(reading, 1)[0]
        if number in heard:
            return number


def leave(code: int) -> None:
    """End the process when its work is done.

    What has to be put away at the end is put away; then it is over, where Python would take its memory apart piece by
    piece first, which takes long after much work, and in which a signal is met by nobody.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    if sys.getprofile() or sys.gettrace():  # a profiler writes when Python ends
        sys.exit(code)
    os._exit(code)
