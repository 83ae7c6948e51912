"""Paths → files to be read: the file itself, the files in a folder, the files in an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang import files
from benang.errors import BenangError, Problem
from benang.readers import containers


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


def name_of(path: str | Path) -> str:
    """Return a file's name as given, with forward slashes, fit for UTF-8 whatever the file system holds."""
    return Path(path).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")


def labels(paths: Sequence[str | Path]) -> list[str]:
    """Return what begins the made keys of each file: its name, or its path where two files have one name."""
    names = [name_of(path) for path in paths]
    bases = [name.rpartition("/")[2] for name in names]
    often = Counter(bases)
    return [base if often[base] == 1 else name for base, name in zip(bases, names, strict=True)]


def opened(path: Path, label: str) -> Iterator[Opened | Unread]:
    """Give the file, or the files in it where it is a folder or an archive; one that can't be opened is told."""
    name = name_of(path)
    try:
        if path.is_dir():
            for inner in _files_in(path):
                yield from opened(inner, label + name_of(inner).removeprefix(name))
            return
        data = files.read_bytes(path)
        if not containers.is_archive(data):
            yield Opened(name, label, data)
            return
        for member, content in containers.members(data, where=name):
            inside = f"/{member}" if member else ""
            if isinstance(content, BenangError):
                yield Unread(name + inside, content)
            else:
                yield Opened(name + inside, label + inside, content)
    except BenangError as error:
        problems = (one if one.where else replace(one, where=name) for one in error.problems)
        yield Unread(name, BenangError(*problems))


def _files_in(folder: Path) -> list[Path]:
    try:
        found = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))]
    except OSError as error:
        raise BenangError(Problem(f"the folder can't be read ({error.strerror})", where=str(folder))) from None
    if not found:
        raise BenangError(Problem("a folder without a file in it", where=str(folder), way_on="Put exports in it."))
    return sorted(found, key=lambda path: path.as_posix())
