"""Paths → files to be read: the file itself, the files in a folder, the files in an archive."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang import files
from benang.errors import BenangError, Problem
from benang.readers import containers
from benang.visible import in_unicode, visible


@dataclass(frozen=True, slots=True)
class Opened:
    """One file, out of its archive or folder: the name it is told by, what begins its keys, its bytes."""

    name: str
    label: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, and why."""

    path: str
    error: BenangError


def name_of(path: str | files.Input) -> str:
    r"""Return a file's name as given, with forward slashes, fit to be shown and for UTF-8 whatever it holds.

    Examples
    --------
    >>> print(name_of("exports\x1b[2J/two\nlines.ris"))
    exports\u001b[2J/two\u000alines.ris
    """
    name = path.name if isinstance(path, files.Upload) else Path(path).as_posix()
    return visible(in_unicode(name), in_line=True)


def labels(paths: Sequence[str | files.Input]) -> list[str]:
    """Return what begins the made keys of each file: its name, or its path where two files have one name."""
    names = [name_of(path) for path in paths]
    bases = [name.rpartition("/")[2] for name in names]
    often = Counter(bases)
    return [base if often[base] == 1 else name for base, name in zip(bases, names, strict=True)]


def opened(path: files.Input, label: str) -> Iterator[Opened | Unread]:
    """Give the file, or the files in it where it is a folder or an archive; one that can't be opened is told."""
    name = name_of(path)
    try:
        if isinstance(path, Path) and path.is_dir():
            found, shut = _files_in(path)
            for inner in found:
                yield from opened(inner, label + name_of(inner).removeprefix(name))
            yield from shut
            return
        data = files.read_bytes(path)
        if not containers.is_archive(data):
            yield Opened(name, label, data)
            return
        for member, content in containers.members(data, where=name):
            inside = f"/{member}" if member else ""
            if isinstance(content, BenangError):
                yield Unread(name + visible(inside, in_line=True), content)
            else:
                yield Opened(name + visible(inside, in_line=True), label + inside, content)
    except OSError as error:
        yield _shut(Path(name), error)
    except BenangError as error:
        problems = (one if one.where else replace(one, where=name) for one in error.problems)
        yield Unread(name, BenangError(*problems))


def _files_in(folder: Path) -> tuple[list[Path], list[Unread]]:
    """Return the files in a folder and the folders in it, linked ones once each, and the folders that are shut."""
    found: list[Path] = []
    shut: list[Unread] = []
    seen: set[str] = set()

    def tell(error: OSError) -> None:
        shut.append(_shut(Path(error.filename or folder), error))

    for inside, folders, names in os.walk(folder, onerror=tell, followlinks=True):
        if os.path.realpath(inside) in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(os.path.realpath(inside))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(inside, name) for name in names if not name.startswith((".", "~$"))]
    found = [path for path in found if _is_file(path)]
    if not found and not shut:
        raise BenangError(Problem("a folder without a file in it", where=str(folder), way_on="Put exports in it."))
    return sorted(found, key=lambda path: path.as_posix()), shut


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # opening it says why it can't be read


def _shut(path: Path, error: OSError) -> Unread:
    found = f"can't be opened ({error.strerror or error})"
    way_on = "Ask for the right to read it, or copy the exports elsewhere."
    return Unread(name_of(path), BenangError(Problem(found, where=name_of(path), way_on=way_on)))
