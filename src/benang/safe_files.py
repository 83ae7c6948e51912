"""What is safe to open: what a folder names lies within it, and is an ordinary file, which has an end.

A review names files (its plan, the list of what was built) and holds links. None of them may lead out of it: not to be
read, not to be written, not to be removed. So a folder from somebody else is as safe as a picture. What a user types on
the command line may lie anywhere. From a device or a pipe there may come bytes without end, or none for ever.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from io import FileIO
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.locale.writing import worded

RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in (*"0123456789", "\u00b9", "\u00b2", "\u00b3")
}
"""Names that Windows keeps for devices, with any suffix (Microsoft, "Naming Files, Paths, and Namespaces")."""

COPY = "Copy its target into the folder, so that the folder contains everything it needs."
UNLINK = "Remove the link, or write into another folder."
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_GROWTH = 64 << 20
"""Bytes by which a file may grow while it is read; the system's own files, which say they have none, may hold them."""
_STEP = 1 << 20
_HOW = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


def names_outside(name: str) -> bool:
    r"""Tell a name within a folder that leads out of it by what it says, on whichever system it was written.

    That is: from the root of a disk, of a drive or of the user's folder, or by a part that is `..`. Full stops within
    a name are innocent.

    Examples
    --------
    >>> [name for name in ("/etc/a.ris", "C:a.ris", r"\\server\a.ris", "~/a.ris", r"..\a.ris", "sources/../../a.ris")
    ...  if not names_outside(name)]
    []
    >>> names_outside("sources/a..b.ris"), names_outside("~draft.ris")
    (False, False)
    """
    first, *rest = re.split(r"[/\\]", name)
    at_home = first.startswith("~") and bool(rest)
    return at_home or (not first and bool(rest)) or bool(re.match("[A-Za-z]:", first)) or ".." in (first, *rest)


def is_reserved(name: str) -> bool:
    """Tell a name that Windows keeps for a device, so that no file there can have it.

    Examples
    --------
    >>> is_reserved("nul"), is_reserved("Con.json"), is_reserved("console")
    (True, True, False)
    """
    return name.partition(".")[0].rstrip(" ").lower() in RESERVED


def folded_name(name: str) -> str:
    """Fold what some system takes for the same name of a file (Unicode, D145: canonical caseless matching).

    Windows and macOS don't tell `Ani` from `ani`, and macOS takes an accent for the same whether it is part of its
    letter or follows it. What is folded is composed again.

    Examples
    --------
    >>> folded_name("Rene\u0301.jsonl") == folded_name("rené.jsonl")
    True
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def leads_to(root: Path, path: Path) -> Path | None:
    """Return where a path leads if that is outside of a folder; None if it is within, there or not.

    Links are followed to their end. A hard link is a file of the folder like any other: writing beside and moving into
    place, as `benang.files` does, leaves its other name as it was.
    """
    try:
        target = Path(os.path.realpath(path))
    except (OSError, ValueError):  # no file can have this name, as opening it will say
        return None
    folder = Path(os.path.realpath(root))
    return None if target.is_relative_to(folder) or _is_above(folder, target) else target


def _is_above(folder: Path, target: Path) -> bool:
    """Tell a folder above a path where the two spell it in other letters, on systems that don't tell A from a."""
    for parent in (target, *target.parents):
        with contextlib.suppress(OSError):
            if parent.samefile(folder):
                return True
    return False


def is_link(path: Path) -> bool:
    """Tell a link, or on Windows a junction, from a file or folder of its own."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(status.st_mode) or bool(getattr(status, "st_reparse_tag", 0))


def outside(root: Path, path: Path, *, where: str = "", name: str = "", way_on: str = COPY) -> Problem | None:
    """Return what is wrong with a path of a folder that leads out of it; None if it stays within.

    Parameters
    ----------
    root
        The folder that the path belongs to.
    path
        The path, as `root / name`.
    where
        What names the path (`review.toml, line 4`), and then `name`, as it is written there; else the path says itself.
    """
    target = leads_to(root, path)
    if target is None:
        return None
    subject = f"'{name}'" if where else worded("this")
    link = worded("a link") if is_link(path) else worded("reached by a link")
    text = worded(
        "{subject} is {link} to a place outside the folder, {target}", subject=subject, link=link, target=target
    )
    return Problem(text, where=where or _named(root, path), way_on=way_on)


def check_within(root: Path, paths: Iterable[Path], *, way_on: str = COPY) -> None:
    """Refuse paths of a folder that lead out of it.

    Raises
    ------
    BenangError
        With every path that does, and where it leads.
    """
    if problems := list(all_outside(root, paths, way_on=way_on)):
        raise BenangError(*problems)


def all_outside(root: Path, paths: Iterable[Path], *, way_on: str = COPY) -> Iterator[Problem]:
    """Give what is wrong with each path that leads out of a folder; what lies in such a folder is passed over."""
    led: set[Path] = set()
    for path in paths:
        if led.isdisjoint(path.parents) and (problem := outside(root, path, way_on=way_on)):
            led.add(path)
            yield problem


def _named(root: Path, path: Path) -> str:
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def check_ordinary(path: Path) -> None:
    """Refuse what is no file: a pipe, a socket, a device.

    Raises
    ------
    BenangError
        With what it is.
    OSError
        Where there is nothing, a folder, or something that can't be looked at.
    """
    _check_kind(path, path.stat())


def read_ordinary(path: Path) -> bytes:
    """Read a file whole, if it is one and has an end.

    What it is is asked again when it is open, and opening waits for nobody: a pipe may have come in its place.

    Raises
    ------
    BenangError
        For a pipe, a socket or a device, and for a file that never ends or larger than the memory of this machine.
    OSError
        Where it can't be opened or read.
    """
    check_ordinary(path)
    with FileIO(os.open(path, _HOW), "rb") as file:
        status = os.fstat(file.fileno())
        _check_kind(path, status)
        if status.st_size > memory():
            size, most = (worded("{n:,.1f} GB", n=amount / 1e9) for amount in (status.st_size, memory()))
            way_on = "Divide it into smaller files."
            raise BenangError(
                Problem(
                    worded("a file of {size}, but this computer has {most} of memory", size=size, most=most),
                    where=str(path),
                    way_on=way_on,
                )
            )
        return _content(file, status.st_size, path)


def _content(file: FileIO, size: int, path: Path) -> bytes:
    pieces: list[bytes] = []
    length = 0
    while length <= size + _GROWTH:
        piece = file.read(max(size + 1 - length, _STEP if length else 0))
        if piece is None:  # nothing yet, and perhaps never
            break
        pieces.append(piece)
        length += len(piece)
        if not piece or (length == size and size > 0):
            return b"".join(pieces)
    raise BenangError(Problem("a file that never ends", where=str(path), way_on=_way_on("a file")))


def memory() -> int:
    """Return the memory of this machine in bytes; where the system doesn't say, more than any has."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows itself refuses to give more than it has
        return 1 << 62


def _check_kind(path: Path, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if kind := kind_of(status):
        raise BenangError(
            Problem(worded("this is {kind}, not a file", kind=worded(kind)), where=str(path), way_on=_way_on(kind))
        )


def kind_of(status: os.stat_result) -> str:
    """Name what is neither file nor folder: a pipe, a socket, a device; nothing for these two."""
    return next((kind for is_kind, kind in _KINDS if is_kind(status.st_mode)), "")


def _way_on(kind: str) -> str:
    return "Save its output to a file, and name that file." if kind != "a socket" else "Name a file."
