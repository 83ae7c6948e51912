"""What a folder's own content names stays within the folder, so that one from somebody else is as safe as a picture.

A review names files (its plan, the list of what was built) and holds links. None of them may lead out of it: not to be
read, not to be written, not to be removed. What a user types on the command line may lie anywhere, and is no matter of
this module.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from benang.errors import BenangError, Problem

RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in (*"0123456789", "\u00b9", "\u00b2", "\u00b3")
}
"""Names that Windows keeps for devices, with any suffix (Microsoft, "Naming Files, Paths, and Namespaces")."""

COPY = "Copy what it leads to into the folder, so that the folder holds all it rests on."
UNLINK = "Remove the link, or write into another folder."


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
        What names the path (`review.toml, line 4`), and then `name`, as it stands there; else the path says itself.
    """
    target = leads_to(root, path)
    if target is None:
        return None
    subject = f"'{name}'" if where else "this"
    link = "a link" if is_link(path) else "reached by a link"
    found = f"{subject} is {link} that leads out of the folder, to {target}"
    return Problem(found, where=where or _named(root, path), way_on=way_on)


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
    """Give what is wrong with each path that leads out of a folder; what lies in a folder so told is passed over."""
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
