"""How much memory an analysis may take: what the machine has free, within the limits that were set for this process."""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

UNKNOWN = 4 << 30
"""What is taken for free where the system tells nothing: 4 GiB."""

_UNLIMITED = 1 << 60  # what systems write for "no limit" lies above
_SECONDS = 5


def available_memory() -> int:
    """Return the bytes of memory that this process may still take.

    It is what the system says is free without swapping, and less where a container (cgroup, both versions) or the
    user (`ulimit -v`) has set a limit. 4 GiB where the system tells nothing.

    Examples
    --------
    >>> available_memory() > 0
    True
    """
    told = [one for one in (_free(), *_group_limits(Path("/")), _process_limit()) if one is not None]
    return max(min(told, default=UNKNOWN), 0)


def in_words(size: float) -> str:
    """Write a number of bytes for people.

    Examples
    --------
    >>> in_words(3_400_000), in_words(25_000_000_000), in_words(800)
    ('3 MB', '25.0 GB', '1 MB')
    """
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{max(round(size / 1e6), 1)} MB"


def _free() -> int | None:
    if sys.platform == "win32":
        return _free_on_windows()
    if sys.platform == "darwin":
        return _free_on_macos()
    return _free_on_linux(Path("/"))


def _free_on_linux(root: Path) -> int | None:
    return _amounts(root / "proc/meminfo").get("MemAvailable")


def _amounts(path: Path) -> dict[str, int]:
    """Read lines like `MemAvailable:  123 kB` (in bytes then) and `inactive_file 123`."""
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return {}
    found = re.findall(r"^([\w()]+):?[ \t]+(\d+)( kB)?[ \t]*$", text, re.MULTILINE)
    return {name: int(amount) * (1024 if unit else 1) for name, amount, unit in found}


def _free_on_macos() -> int | None:
    """Count the pages that are free or can be freed at once."""
    try:
        done = subprocess.run(["/usr/bin/vm_stat"], capture_output=True, text=True, check=True, timeout=_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    return _pages_of_macos(done.stdout)


def _pages_of_macos(said: str) -> int | None:
    size = re.search(r"page size of (\d+) bytes", said)
    pages = re.findall(r"^Pages (?:free|inactive|speculative|purgeable): +(\d+)\.", said, re.MULTILINE)
    return int(size.group(1)) * sum(map(int, pages)) if size and pages else None


class _Status(ctypes.Structure):
    """MEMORYSTATUSEX of Windows."""

    _fields_ = (
        ("length", ctypes.c_uint32),
        ("load", ctypes.c_uint32),
        ("total", ctypes.c_uint64),
        ("available", ctypes.c_uint64),
        *((name, ctypes.c_uint64) for name in ("page_total", "page_free", "virtual_total", "virtual_free", "extended")),
    )


def _free_on_windows() -> int | None:
    status = _Status(length=ctypes.sizeof(_Status))
    windows = getattr(ctypes, "windll", None)
    if windows is None or not windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
        return None
    return int(status.available)


def _group_limits(root: Path) -> Iterator[int]:
    """Give what each limit of the control groups above this process leaves."""
    for folder, limit, current in _groups(root):
        most = _number(folder / limit)
        if most is None or most >= _UNLIMITED:
            continue
        stat = _amounts(folder / "memory.stat")
        # The cache of files counts as used, but is given up for those who ask.
        cached = stat.get("total_inactive_file", stat.get("inactive_file", 0))
        yield most - max((_number(folder / current) or 0) - cached, 0)


def _groups(root: Path) -> Iterator[tuple[Path, str, str]]:
    """Give the folders in which limits stand, from the innermost up, and the names of the limit and of what is used."""
    try:
        lines = (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        if controllers == "":
            top, names = root / "sys/fs/cgroup", ("memory.max", "memory.current")
        elif "memory" in controllers.split(","):
            top, names = root / "sys/fs/cgroup/memory", ("memory.limit_in_bytes", "memory.usage_in_bytes")
        else:
            continue
        inner = path.strip("/")
        for folder in (top / inner, *(top / above for above in Path(inner).parents)) if inner else (top,):
            yield folder, *names


def _number(path: Path) -> int | None:
    with contextlib.suppress(OSError, ValueError):
        return int(path.read_text(encoding="ascii"))
    return None


def _process_limit() -> int | None:
    """Return what `ulimit -v` leaves; None where none is set or the system has none."""
    if sys.platform == "win32":
        return None
    resource = importlib.import_module("resource")
    limit = int(resource.getrlimit(resource.RLIMIT_AS)[0])
    if limit < 0 or limit >= _UNLIMITED:
        return None
    with contextlib.suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        return limit - pages * os.sysconf("SC_PAGE_SIZE")
    return limit
