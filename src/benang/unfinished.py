"""What a process has not finished: temporary files, files on their way to their places, programs that it started.

Here the account is kept, no more: the library meets no signal itself. Who ends the process before its work is done,
the command line on Ctrl-C say, calls `put_away` first. A process that is killed can't; what it leaves is finished or
removed by the next one (here, and in `benang.file_sets`), since temporary files are named after their process. A name
is `.benang-MACHINE-PROCESS-MARK-RANDOM`, without the dot in the system's temporary folder. A file whose process
runs on another machine, which shares the folder, can't be asked for; it is removed when it is a week old.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

HIDDEN = ".benang-"
"""How the names begin of what is being written beside the user's files."""
ELSEWHERE = "benang-"
"""How the names begin of folders among the system's temporary ones."""
WEEK = 7 * 24 * 3600
"""Seconds after which something is removed whose process can't be asked for."""

_MARK = os.urandom(3).hex()  # tells this process from an earlier one with the same number
_used: dict[tuple[Path, str], None] = {}  # folders, and how this process's temporary names begin there
_NAMED = re.compile(r"\.?benang-([0-9a-f]{8})-([0-9]{1,10})-([0-9a-f]{6})-")
_EARLIER = re.compile(r"\.?benang-[a-z0-9_]{8}(\.\w+)?")  # as Benang named them before they told their process
PATIENCE = 5.0
"""Seconds that an end waits for files to be put into place: a matter of milliseconds, unless a disk hangs."""
_to_place = threading.RLock()
_n_placing = 0
_ending = False
_programs: dict[subprocess.Popen[bytes], None] = {}


def temporary_prefix(begin: str = HIDDEN) -> str:
    """Return how the names of temporary files of this process begin.

    Examples
    --------
    >>> is_left_over(temporary_prefix() + "ab")
    False
    """
    return f"{begin}{_machine()}-{os.getpid()}-{_MARK}-"


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Make a folder among the system's temporary ones, for a `with` statement; those of killed processes are removed.

    Examples
    --------
    >>> with temporary_folder() as folder:
    ...     Path(folder).is_dir()
    True
    """
    remove_leftovers(Path(tempfile.gettempdir()), ELSEWHERE)
    return tempfile.TemporaryDirectory(prefix=temporary_prefix(ELSEWHERE), ignore_cleanup_errors=True)


def remove_leftovers(folder: Path, begin: str = HIDDEN) -> None:
    """Remove from a folder the temporary files and folders of processes that are gone; what can't be removed stays.

    To be called before this process makes some there.
    """
    _used[folder.absolute(), temporary_prefix(begin)] = None
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.name.startswith(begin) and is_left_over(entry.name, entry):
                _remove(entry)


def remove_own() -> None:
    """Remove the temporary files of this process, which is about to end, from where it has made some."""
    for folder, prefix in list(_used):
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in list(entries):
                if entry.name.startswith(prefix):
                    _remove(entry)


def is_left_over(name: str, entry: os.DirEntry[str] | None = None) -> bool:
    """Tell from a name, and where need be from its age, whether its process is gone."""
    named = _NAMED.match(name)
    if named and named[1] == _machine():
        process = int(named[2])
        return named[3] != _MARK if process == os.getpid() else not is_running(process)
    if entry is None or not (named or _EARLIER.fullmatch(name)):
        return False
    return time.time() - entry.stat(follow_symlinks=False).st_mtime > WEEK


def is_running(process: int) -> bool:
    """Tell whether a process of this machine runs.

    Examples
    --------
    >>> is_running(os.getpid())
    True
    """
    if os.name == "nt":  # where `os.kill` with signal 0 would end it
        return _runs_on_windows(process)
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _runs_on_windows(process: int) -> bool:
    import ctypes

    kernel = vars(ctypes)["windll"].kernel32  # which types know on Windows only
    handle = kernel.OpenProcess(0x1000, False, process)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return bool(kernel.GetLastError() == 5)  # ERROR_ACCESS_DENIED: it is there, and not ours
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259  # STILL_ACTIVE


@cache
def _machine() -> str:
    """Name what process numbers belong to: the computer, and on Linux the container."""
    import platform

    space = ""
    with contextlib.suppress(OSError):
        space = str(Path("/proc/self/ns/pid").readlink())
    return hashlib.sha256(f"{sys.platform} {platform.node()} {space}".encode()).hexdigest()[:8]


def _remove(entry: os.DirEntry[str]) -> None:
    """Remove a file or folder of this user; nothing is followed out of it."""
    with contextlib.suppress(OSError):
        if hasattr(os, "getuid") and entry.stat(follow_symlinks=False).st_uid != os.getuid():
            return
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            Path(entry.path).unlink()


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
