"""What a process has not finished: temporary files, sets of files on their way to their places, programs it started.

Here the account is kept: the library meets no signal itself. Who ends the process before its work is done, the command
line on Ctrl-C say, calls `put_away` first. A process that is killed can't; what it leaves is finished or removed by the
next one, since temporary files are named after their process. A name is `.benang-MACHINE-PROCESS-MARK-RANDOM`, without
the dot in the system's temporary folder. A file whose process runs on another machine, which shares the folder, can't
be asked for; it is removed when it is a week old.

Files that belong together are a set, put in place so that a run killed half-way leaves all of them old or all of them
new. A set is written into a hidden folder beside its places. One renaming of that folder to `.benang-set` decides:
before it, nothing has changed; after it, whoever comes next moves the files to their places, be it the run that wrote
them or, where that was killed, the next one that reads or writes there. Each file lies in a folder of its own, whose
name says what stood at its place before, and who wrote it: `0-new-PROCESS/map.txt`,
`1-SIZE-TIME-PROCESS/map_network.txt`. So a file that another program has changed after the run was killed is not
replaced.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.locale.writing import worded

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


SET = f"{HIDDEN}set"
"""The folder whose files are on their way to their places, one level up."""

_PLACE = re.compile(r"(\d+)-(?:new|(\d+)-(\d+))-(benang-.*)")
_LONGEST_WAIT = 10.0
"""Seconds to wait for another process that puts its set in place in the same folder; it takes milliseconds."""
_TAKEN = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR, errno.EACCES}
"""What systems answer where a folder of the name is there; Windows says that access is denied."""
_SAME_TIME = 2_000_000_000
"""Nanoseconds by which times of one file may differ: some drives keep whole seconds, FAT every other one."""


@contextmanager
def staged(folder: Path, names: Sequence[str]) -> Iterator[tuple[Path, ...]]:
    """Give places to write files to that `put_in_place` then brings into a folder; what is not put there is removed."""
    stage = Path(tempfile.mkdtemp(prefix=temporary_prefix(), dir=folder))
    try:
        places = tuple(stage / str(at) / name for at, name in enumerate(names))
        for place in places:
            place.parent.mkdir()
            place.touch()
        yield places
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def put_in_place(places: Sequence[Path], folder: Path, *, rights: int = 0o777) -> None:
    """Bring staged files into a folder, all of them or none; `rights` are those of the folder they lie in until then.

    Raises
    ------
    OSError
        Where one of them can't be replaced, with its path.
    BenangError
        Where files that Benang has not put there are in the way.
    """
    stage = places[0].parent.parent
    for place in places:
        _check_replaceable(folder / place.name)
    stage.chmod(rights)
    deadline = time.monotonic() + _LONGEST_WAIT
    parents = [place.parent for place in places]
    while True:
        finish_set(folder)
        for at, place in enumerate(places):  # what stands there may be another after each waiting
            state = stage / _state(at, folder / place.name)
            if state != parents[at]:
                parents[at] = parents[at].rename(state)
        try:
            stage.rename(folder / SET)
            break
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            if time.monotonic() > deadline:
                raise _blocked(folder) from None
            time.sleep(0.01)
    _move(folder)


def settle(*paths: Path) -> None:
    """Before files are read that belong together: finish putting them in place where a run was killed at it.

    Raises
    ------
    BenangError
        Where that is not possible: some of the files are old and some new.
    """
    for folder in {_folder(path) for path in paths}:
        try:
            finish_set(folder)
        except OSError as error:
            waiting = {entry.name for entry in _waiting(folder)}
            mixed = sorted(str(path) for path in paths if path.name in waiting)
            if mixed:
                raise _mixed(mixed, folder, error) from None


def finish_set(folder: Path) -> None:
    """Move the files of a set, written by a run that was killed, to their places; mostly there is none.

    Raises
    ------
    OSError
        Where a file can't be moved.
    """
    if os.path.lexists(folder / SET):
        _move(folder)


def _folder(path: Path) -> Path:
    return Path(os.path.realpath(path)).parent if path.is_symlink() else path.parent


def _check_replaceable(path: Path) -> None:
    """Find out before the first file is moved whether another program, Excel on Windows say, holds one of them."""
    if path.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    if os.name == "nt" and path.is_file():
        os.close(os.open(path, os.O_RDWR))


def _state(at: int, path: Path) -> str:
    """Return the name of a folder that says what stands at a place now, and which process replaces it."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return f"{at}-new-{temporary_prefix(ELSEWHERE)}"
    return f"{at}-{status.st_size}-{status.st_mtime_ns}-{temporary_prefix(ELSEWHERE)}"


def _may_replace(place: Path, path: Path) -> bool:
    """Tell whether a file is still wanted at its place: not where its run was killed and another file stands there now.

    What stands there is known by its size and time. While the run lives, other runs that write the same files may have
    replaced it a moment before, and the last one to come wins.
    """
    before = _PLACE.fullmatch(place.parent.name)
    if before is None or not is_left_over(before[4]):
        return before is not None
    try:
        status = path.lstat()
    except FileNotFoundError:
        return True
    if before[2] is None:
        return False
    return status.st_size == int(before[2]) and abs(status.st_mtime_ns - int(before[3])) < _SAME_TIME


def _waiting(folder: Path) -> Iterator[Path]:
    """Give the files that are on their way, in order; links, and what Benang would not have put there, are no part."""
    for place in sorted(_folders(folder / SET), key=_number):
        yield from (Path(entry) for entry in _entries(place) if entry.is_file(follow_symlinks=False))


def _number(place: Path) -> int:
    named = _PLACE.fullmatch(place.name)
    return int(named[1]) if named else 0


def _folders(folder: Path) -> list[Path]:
    inside = (Path(entry) for entry in _entries(folder) if entry.is_dir(follow_symlinks=False))
    return [path for path in inside if _PLACE.fullmatch(path.name)]


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """List what is in a folder; nothing, where it is a link, or another process has done with it."""
    if folder.is_symlink():
        return []
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []


def _move(folder: Path) -> None:
    """Move the files of a set one level up; another process may do the same at the same time."""
    for place in list(_waiting(folder)):
        path = folder / place.name
        if _may_replace(place, path):
            _replace(place, path)
        else:
            place.unlink(missing_ok=True)
        remove_empty([place.parent])
    remove_empty([*_folders(folder / SET), folder / SET])


def _replace(place: Path, path: Path) -> None:
    """Move a file over another; on Windows, a search index or a drive that syncs may hold one for a moment."""
    for wait in (0.02, 0.1, 0.5, 0.0):
        try:
            place.replace(path)
        except FileNotFoundError:  # another process was quicker
            return
        except OSError as error:
            if os.name != "nt" or not wait or not isinstance(error, PermissionError):
                raise OSError(error.errno, error.strerror, str(path)) from None
            time.sleep(wait)
        else:
            return


def remove_empty(folders: Iterable[Path]) -> None:
    """Remove the folders that are empty; others are gone already, or hold files of another process."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _blocked(folder: Path) -> BenangError:
    return BenangError(
        Problem(
            "files can't be put in place together: where Benang keeps them briefly, there are other files or "
            "writing is not allowed",
            where=str(folder / SET),
            way_on="Move it elsewhere or remove it, then try again.",
        )
    )


def _mixed(paths: Sequence[str], folder: Path, error: OSError) -> BenangError:
    return BenangError(
        Problem(
            worded(
                "a run was stopped before it had put this file in place, so the file doesn't match those beside "
                "it, and it can't be put in place now ({reason})",
                reason=error.strerror,
            ),
            where=", ".join(paths),
            way_on=worded("Allow writing to {folder}, or write the files again.", folder=folder),
        )
    )
