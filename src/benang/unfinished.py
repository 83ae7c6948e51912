"""What must be brought to an end before a process may end: files on their way to their places, programs it started.

Here the account is kept, no more: the library meets no signal itself. Who ends the process before its work is done,
the command line on Ctrl-C say, calls `put_away` first. A process that is killed can't; what it leaves is finished or
removed by the next one (`benang.file_sets`, `benang.temporary`).
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benang.temporary import remove_own

PATIENCE = 5.0
"""Seconds that an end waits for files to be put into place: a matter of milliseconds, unless a disk hangs."""

_to_place = threading.RLock()
_n_placing = 0
_ending = False
_programs: dict[subprocess.Popen[bytes], None] = {}


@contextmanager
def placing() -> Iterator[None]:
    """Put files that belong together into their places: who ends the process waits until all are there.

    Examples
    --------
    >>> with placing():
    ...     pass  # rename one file, and the other
    """
    global _n_placing
    _n_placing += 1  # before the lock is taken: a thread that holds it must not be made to stand still
    try:
        with _to_place:
            yield
    finally:
        _n_placing -= 1
        if _ending:
            stand_still()


@contextmanager
def program(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Let a program that was started end with this process, should that be ended meanwhile."""
    keep(process)
    try:
        yield
    finally:
        release(process)


def keep(process: subprocess.Popen[bytes]) -> None:
    """Let a program end with this process, until it is released."""
    _programs[process] = None


def release(process: subprocess.Popen[bytes]) -> None:
    """Take a program out of the account: it has ended, or is about to."""
    _programs.pop(process, None)


def stand_still() -> None:
    """Do nothing more, since another thread is about to end the process; a signal's handler calls it.

    While files are put into place it returns, and the thread stands still as soon as they are there.
    """
    global _ending
    _ending = True
    while not _n_placing:
        time.sleep(PATIENCE)


def put_away(patience: float = PATIENCE) -> None:
    """Wait for files that are being put into place, let no others follow, end programs, remove temporary files.

    It is the last thing that a process does. It imports nothing and needs no lock but that of the files, so that a
    thread may call it while the others stand still anywhere.
    """
    _to_place.acquire(timeout=patience)
    for process in list(_programs):
        with contextlib.suppress(OSError):
            process.kill()
    remove_own()
