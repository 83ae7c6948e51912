"""The command `benang`, from its first instant to its last: its standard streams, and the signals that end it.

Streams may be closed, broken or full when the program begins, or become so while it runs. The work is done all the
same, and the code says whether it went well: what nobody reads is not an error. What is heavy loads when signals are
heard.

Ctrl-C and the system's wish to end stop the process at once, with a sentence, and nothing half-written is left. No
exception is raised where the program happens to be: libraries swallow it, or turn it into errors of their own. The
signal's handler stops the main thread, and a thread that waits for signals puts away what is under way and ends the
process. So it ends also while compiled code runs for minutes.
"""

from __future__ import annotations

import _thread
import atexit
import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence

TYPE_CHECKING = False  # until signals are heard, nothing loads that takes time
if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer


STOPPED = "Stopped. Nothing is half-written; run the same command again to go on from what is finished."
last_words = STOPPED
"""The same in the language of the command line, once that is known: when the signal comes, nothing may be loaded."""

ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl-C, the system's wish, a terminal that was closed, and Ctrl-Break on Windows."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, and end with its code.

    Without arguments, those that the process was started with are taken, and the process is ours: its standard streams
    are made ready, signals end it, and it ends when the command is done. With arguments, it is another program that
    calls, and to which signals and streams belong.

    Raises
    ------
    SystemExit
        With the code: 0, 1 where something can't be read, drawn or written, 2 for wrong usage, 130 when stopped.
    """
    if arguments is None:
        open_streams()
        listen()
        ready_streams()
    from benang.cli.commands import leave_settings_unread, run

    if arguments is None:
        leave_settings_unread()
    code = run(arguments)
    if arguments is None:
        leave(code)
    sys.exit(code)


def open_streams() -> None:
    """Open what is closed of the three places 0, 1 and 2 to nowhere; to be called before any file is opened.

    A file that takes such a place would get everything that libraries print, in the middle of its bytes.
    """
    for place in range(3):
        try:
            os.fstat(place)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def ready_streams() -> None:
    """Make input, output and errors streams in UTF-8 that take what is written though nobody reads it.

    Where errors have no stream, they go where output goes: a command must not fail without a word. What files and their
    names hold is shown there, never obeyed by a terminal.
    """
    from benang.errors import VisibleStream

    sys.stdin = sys.stdin or io.TextIOWrapper(io.BufferedReader(io.FileIO(os.devnull)))
    sys.stdout = VisibleStream(_ready(sys.stdout))
    sys.stderr = VisibleStream(_ready(sys.stderr, last=True)) if sys.stderr else sys.stdout


def _ready(stream: TextIO | None, *, last: bool = False) -> TextIO:
    if stream is None:
        return io.TextIOWrapper(io.BufferedWriter(io.FileIO(os.devnull, "w")), "utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)  # with PYTHONUNBUFFERED, there is nothing in between
    if not isinstance(raw, io.RawIOBase) or (os.name == "nt" and raw.isatty()):
        stream.reconfigure(encoding="utf-8", errors="replace")  # Windows would write its own code page
        return stream
    forgiving = io.BufferedWriter(_Forgiving(raw, last=last))
    return io.TextIOWrapper(forgiving, "utf-8", "replace", line_buffering=stream.line_buffering)


class _Forgiving(io.RawIOBase):
    """A stream whose reader may go away (`benang explain … | head`): what is written from then on is dropped.

    On the `last` one, that of errors, nothing fails: there is nobody to report it to.
    """

    def __init__(self, raw: io.RawIOBase, *, last: bool) -> None:
        self._raw = raw
        self._last = last
        self._is_gone = False
        self.name = getattr(raw, "name", "")
        self.mode = "w"

    def write(self, data: ReadableBuffer) -> int:
        if not self._is_gone:
            try:
                return self._raw.write(data)
            except OSError as error:
                if not self._last and not _reader_went(error, tty=self._raw.isatty()):
                    raise
                self._is_gone = True
        return memoryview(data).nbytes

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()


def _reader_went(error: OSError, *, tty: bool) -> bool:
    """Tell whether nobody reads any more: the other end of a pipe is closed, or a terminal is gone."""
    codes = {errno.EPIPE} | ({errno.EINVAL} if os.name == "nt" else set()) | ({errno.EIO} if tty else set())
    return error.errno in codes


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
