"""How much memory another process holds: for systems on which a process can't be given a limit."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_SECONDS = 5
_PAGE = 4096


def resident_memory(pid: int) -> int | None:
    """Return the bytes of memory that a process of ours holds; None where the system doesn't say.

    Linux tells it in `/proc`, macOS by `ps`, Windows by `K32GetProcessMemoryInfo`.

    Examples
    --------
    >>> (resident_memory(os.getpid()) or 1) > 0
    True
    """
    if sys.platform == "win32":
        return _on_windows(pid)
    try:
        pages = Path(f"/proc/{pid}/statm")
        return int(pages.read_text(encoding="ascii").split()[1]) * _page_size() if pages.exists() else of_ps(pid)
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        return None


def of_ps(pid: int) -> int:
    """Ask `ps`, which every Unix has; it counts in units of 1,024 bytes (POSIX, `ps`, `rss` on macOS and BSD)."""
    done = subprocess.run(  # noqa: S603 - a number, and nothing else, goes into it
        ["/bin/ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True, timeout=_SECONDS
    )
    return int(done.stdout) * 1024


def _page_size() -> int:
    sysconf: Any = getattr(os, "sysconf", None)
    return int(sysconf("SC_PAGE_SIZE")) if sysconf else _PAGE


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of Windows."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("faults", ctypes.c_uint32),
        ("peak", ctypes.c_size_t),
        ("working_set", ctypes.c_size_t),
        *((name, ctypes.c_size_t) for name in ("peak_paged", "paged", "peak_nonpaged", "nonpaged")),
        ("pagefile", ctypes.c_size_t),
        ("peak_pagefile", ctypes.c_size_t),
    )


def _on_windows(pid: int) -> int | None:
    """Ask for the committed memory, which counts what was paged out as well."""
    windows: Any = getattr(ctypes, "windll", None)
    if windows is None:
        return None
    kernel = windows.kernel32
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(0x1010, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_VM_READ
    if not handle:
        return None
    try:
        counters = _Counters(size=ctypes.sizeof(_Counters))
        size = ctypes.sizeof(counters)
        done = kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(counters), size)
        return int(counters.pagefile) if done else None
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
