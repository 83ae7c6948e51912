"""Files that belong together, put in place so that a run killed half-way leaves all of them old or all of them new.

A set is written into a hidden folder beside its places. One renaming of that folder to `.benang-set` decides: before
it, nothing has changed; after it, whoever comes next moves the files to their places, be it the run that wrote them
or, where that was killed, the next one that reads or writes there. Each file lies in a folder of its own, whose name
says what stood at its place before: `0-new/map.txt`, `1-SIZE-TIME/map_network.txt`. So a file that another program
has changed since is not replaced.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.temporary import HIDDEN, temporary_prefix

SET = f"{HIDDEN}set"
"""The folder whose files are on their way to their places, one level up."""

_PLACE = re.compile(r"(\d+)-(?:new|(\d+)-(\d+))")
_PATIENCE = 10.0
"""Seconds to wait for another process that puts its set in place in the same folder; it takes milliseconds."""
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
        except OSError:
            if not os.path.lexists(folder / SET):
                raise
            if time.monotonic() > deadline:
                raise _blocked(folder) from None
            time.sleep(0.01)
    _move(folder, lambda *_: True)


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
    if (folder / SET).exists():
        _move(folder, _is_as_before)


def _folder(path: Path) -> Path:
    return Path(os.path.realpath(path)).parent


def _check_replaceable(path: Path) -> None:
    """Find out before the first file is moved whether another program, Excel on Windows say, holds one of them."""
    if path.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    if os.name == "nt" and path.is_file():
        os.close(os.open(path, os.O_RDWR))


def _state(at: int, path: Path) -> str:
    """Return the name of a folder that says what stands at a place now."""
    try:
        told = path.lstat()
    except FileNotFoundError:
        return f"{at}-new"
    return f"{at}-{told.st_size}-{told.st_mtime_ns}"


def _is_as_before(place: Path, path: Path) -> bool:
    """Tell whether what stands at a place is what stood there when the set was written, by size and time."""
    before = _PLACE.fullmatch(place.parent.name)
    assert before is not None  # noqa: S101
    try:
        told = path.lstat()
    except FileNotFoundError:
        return True
    if before[2] is None:
        return False
    return told.st_size == int(before[2]) and abs(told.st_mtime_ns - int(before[3])) < _SAME_TIME


def _waiting(folder: Path) -> Iterator[Path]:
    """Give the files that are on their way, in order; links, and what Benang would not have put there, are no part."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for place in sorted(_real(folder / SET, stat.S_ISDIR), key=_number):
            yield from _real(place, stat.S_ISREG)


def _number(place: Path) -> int:
    named = _PLACE.fullmatch(place.name)
    return int(named[1]) if named else 0


def _real(folder: Path, kind: Callable[[int], bool]) -> list[Path]:
    if not stat.S_ISDIR(folder.lstat().st_mode):
        return []
    inside = [Path(entry) for entry in os.scandir(folder) if kind(entry.stat(follow_symlinks=False).st_mode)]
    return [path for path in inside if kind is stat.S_ISREG or _PLACE.fullmatch(path.name)]


def _move(folder: Path, may_replace: Callable[[Path, Path], bool]) -> None:
    """Move the files of a set one level up; another process may do the same at the same time."""
    for place in list(_waiting(folder)):
        path = folder / place.name
        if may_replace(place, path):
            _replace(place, path)
        else:
            place.unlink(missing_ok=True)
        _remove_empty([place.parent])
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        _remove_empty([*_real(folder / SET, stat.S_ISDIR), folder / SET])


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
            "other files stand where Benang keeps those for a moment that it puts in place together",
            where=str(folder / SET),
            way_on="Move it elsewhere or remove it, then try again.",
        )
    )


def _mixed(paths: Sequence[str], folder: Path, error: OSError) -> BenangError:
    return BenangError(
        Problem(
            f"a run was stopped before it had put this file in place, so that it doesn't belong to those beside it, "
            f"and now it can't be ({error.strerror})",
            where=", ".join(paths),
            way_on=f"Give the right to write to {folder}, or write the files again.",
        )
    )
