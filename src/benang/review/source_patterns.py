"""The files that a pattern of the plan names, in time that grows with the folder, whatever the pattern.

`Path.glob` looks once for every way in which several `**` can share out a path: four of them in forty nested folders
take seconds, ten for ever.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

ANY_DEPTH = "**"


def matching(root: Path, pattern: str) -> list[Path]:
    r"""List the files that a pattern names below a folder, as `Path.glob` does, sorted.

    `*` and `?` stand for letters of one name, `**` for folders at any depth. A folder that several links lead to is
    looked through once. None matches where it is no pattern at all: empty, or `a**b`.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> for name in ("a.ris", "in/b.ris", "in/deep/c.ris", "in/d.csv"):
    ...     (folder / name).parent.mkdir(parents=True, exist_ok=True)
    ...     _ = (folder / name).write_text("")
    >>> [path.relative_to(folder).as_posix() for path in matching(folder, "in/**/*.ris")]
    ['in/b.ris', 'in/deep/c.ris']
    """
    parts = [part for part in pattern.replace("\\", "/").split("/") if part not in {"", "."}]
    if not parts or any(ANY_DEPTH in part and part != ANY_DEPTH for part in parts):
        return []
    return sorted(_walk(root, parts))


def _walk(root: Path, parts: Sequence[str]) -> Iterator[Path]:
    """Visit each folder once with the parts of the pattern that are still to come, all that are possible at once."""
    waiting = deque([(os.fspath(root), _open(parts, {0}))])
    seen: set[tuple[str, frozenset[int]]] = set()
    while waiting:
        folder, states = waiting.popleft()
        visit = (os.path.realpath(folder), states)
        if visit in seen:  # a link that leads back, or to where it was looked already
            continue
        seen.add(visit)
        for entry in _entries(folder):
            after = {at + 1 for at in states if parts[at] != ANY_DEPTH and fnmatch.fnmatch(entry.name, parts[at])}
            if len(parts) in after:
                yield Path(entry.path)
            deeper = set() if entry.is_symlink() else {at for at in states if parts[at] == ANY_DEPTH}
            if onward := _open(parts, (after - {len(parts)}) | deeper):
                with contextlib.suppress(OSError):
                    if entry.is_dir():
                        waiting.append((entry.path, onward))


def _open(parts: Sequence[str], states: set[int]) -> frozenset[int]:
    """Add the parts that may come next where `**` stands for no folder at all."""
    reached = set(states)
    for at in range(len(parts)):
        if at in reached and parts[at] == ANY_DEPTH and at + 1 < len(parts):
            reached.add(at + 1)
    return frozenset(reached)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """List what a folder holds; links come last, so that what they lead to goes by its own name."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: (entry.is_symlink(), entry.name))
    except OSError:
        return []
