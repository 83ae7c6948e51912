"""The command `benang`, from its first instant to its last, and the standard streams that it runs on.

These may be closed, broken or full when the program begins, or become so while it runs. The work is done all the same,
and the code says whether it went well: what nobody reads is not an error. What is heavy loads when signals are heard.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence

from benang.cli.stopping import leave, listen

TYPE_CHECKING = False  # until signals are heard, nothing loads that takes time
if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer


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
