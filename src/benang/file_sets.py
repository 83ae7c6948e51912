"""Files that belong together, put in place so that a run killed half-way leaves all of them old or all of them new.

A set is written into a hidden folder beside its places. One renaming of that folder to `.benang-set` decides: before
it, nothing has changed; after it, whoever comes next moves the files to their places, be it the run that wrote them
or, where that was killed, the next one that reads or writes there. Each file lies in a folder of its own, whose name
says what stood at its place before, and who wrote it: `0-new-PROCESS/map.txt`, `1-SIZE-TIME-PROCESS/map_network.txt`.
So a file that another program has changed after the run was killed is not replaced.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.unfinished import ELSEWHERE, HIDDEN, is_left_over, temporary_prefix

SET = f"{HIDDEN}set"
"""The folder whose files are on their way to their places, one level up."""

_PLACE = re.compile(r"(\d+)-(?:new|(\d+)-(\d+))-(benang-.*)")
_PATIENCE = 10.0
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
    deadline = time.monotonic() + _PATIENCE
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
        _remove_empty([place.parent])
    _remove_empty([*_folders(folder / SET), folder / SET])


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


def _remove_empty(folders: Iterable[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):  # gone already, or the set of another process
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
