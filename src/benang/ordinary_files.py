"""Only ordinary files are read: from a device or a pipe there may come bytes without end, or none for ever."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from benang.errors import BenangError, Problem

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
        For a pipe, a socket or a device, and for a file without an end or larger than the memory of this machine.
    OSError
        Where it can't be opened or read.
    """
    check_ordinary(path)
    with FileIO(os.open(path, _HOW), "rb") as file:
        status = os.fstat(file.fileno())
        _check_kind(path, status)
        if status.st_size > memory():
            size, most = (f"{amount / 1e9:,.1f} GB" for amount in (status.st_size, memory()))
            way_on = "Divide it into smaller files."
            raise BenangError(Problem(f"a file of {size}, and this machine has {most}", where=str(path), way_on=way_on))
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
    raise BenangError(Problem("a file without an end", where=str(path), way_on=_way_on("a file")))


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
        raise BenangError(Problem(f"this is {kind}, not a file", where=str(path), way_on=_way_on(kind)))


def kind_of(status: os.stat_result) -> str:
    """Name what is neither file nor folder: a pipe, a socket, a device; nothing for these two."""
    return next((kind for is_kind, kind in _KINDS if is_kind(status.st_mode)), "")


def _way_on(kind: str) -> str:
    return "Save what comes out of it in a file, and name that." if kind != "a socket" else "Name a file."
