"""Sums compiled by numba, repeatable to the bit, shared out to threads, and kept on disk from one run to the next.

The work is cut in a number of parts that depends on the data alone, each part adds in its own order, and the parts are
added in order, so that the result does not depend on how many threads there are. Python's own threads run the parts
(the compiled code releases the lock): numba's thread pools differ between systems and may not be entered twice.

Of what is on disk only what Benang itself has written is loaded. numba has a cache of its own, but believes its files:
an empty or garbled one ends in an error at every run, or in a crash; and since they hold pickles, whoever may write one
may run a program. Here a file is named after all that its code depends on, and begins with the SHA-256 of its name and
content. What doesn't fit, or is not the user's alone, is compiled again and replaced. Where it has no folder,
each process compiles for itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import pickle
import platform
import stat
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, TypeVar, cast

import numba

from benang.files import cache_folder as cache_folder
from benang.unfinished import remove_leftovers, temporary_prefix

Function = TypeVar("Function", bound=Callable[..., Any])

SUFFIX = ".nbc"
_DIGEST = 32
_OLD = 200 * 24 * 3600
"""Seconds after which a file is removed, when another one is written: code of a version that is no longer used."""
_OPTIONS: Any = {"fastmath": True, "error_model": "numpy", "nogil": True}


def kernel(function: Function, **options: Any) -> Function:
    """Compile a function by numba when it is first called, or load what an earlier run compiled.

    `options` are numba's. Another program may use numba as it likes beside this.
    """
    compiling = numba.njit(**options)(function)
    if hasattr(compiling, "_cache"):  # not where NUMBA_DISABLE_JIT leaves the function as it is
        compiling._cache = KernelCache(compiling)
    return cast("Function", compiling)


class KernelCache:
    """Takes the place of numba's own cache in a function that is compiled."""

    cache_path = None

    def __init__(self, compiling: Any) -> None:
        self._compiling = compiling

    def load_overload(self, signature: Any, target: Any) -> Any:
        """Return the code for a signature, or None where it has to be compiled."""
        try:
            compiler: Any = importlib.import_module("numba.core.compiler")
            target.refresh()
            folder = _kernels(cache_folder())
            content = folder and read_kept(folder / self._name(signature, target.codegen()))
            return content and compiler.CompileResult._rebuild(target, *pickle.loads(content))  # noqa: S301 -- written by us
        except Exception:  # noqa: BLE001 -- whatever is wrong with what was kept, the code can be compiled
            return None

    def save_overload(self, signature: Any, compiled: Any) -> None:
        """Keep the code for a signature, where that is possible."""
        try:
            serialize: Any = importlib.import_module("numba.core.serialize")
            folder = _kernels(cache_folder())
            if folder and not compiled.lifted and not compiled.library.has_dynamic_globals:
                _write(folder / self._name(signature, compiled.library.codegen), serialize.dumps(compiled._reduce()))
        except Exception:  # noqa: BLE001, S110 -- a full disk, say; the code is there, and works
            pass

    def flush(self) -> None:
        """Forget nothing: what doesn't fit is not loaded."""

    def _name(self, signature: Any, codegen: Any) -> str:
        types = [(repr(one), getattr(one, "fields", ())) for one in signature]
        on = (platform.python_implementation(), sys.version, numba.__version__, codegen.magic_tuple())
        depends = hashlib.sha256(repr((types, on, [*_texts(self._compiling, set())])).encode()).hexdigest()
        return f"{self._compiling.py_func.__name__}-{depends[:40]}{SUFFIX}"


def _texts(compiling: Any, seen: set[int]) -> Iterator[str]:
    """Give what a function and those that it calls are compiled from: bytecode, options, numbers from outside."""
    if id(compiling) in seen:
        return
    seen.add(id(compiling))
    function = compiling.py_func
    yield repr((function.__qualname__, function.__defaults__, sorted(compiling.targetoptions.items())))
    yield from _code(function.__code__)
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    outside = function.__globals__ | {name: cell.cell_contents for name, cell in cells}
    for name in (*function.__code__.co_names, *function.__code__.co_freevars):
        value = outside.get(name)
        if hasattr(value, "py_func"):
            yield from _texts(value, seen)
        elif isinstance(value, int | float | str | bytes | tuple):
            yield repr((name, value))
        elif hasattr(value, "tobytes"):  # of numpy
            yield repr((name, str(value.dtype), value.shape, value.tobytes()))


def _code(code: CodeType) -> Iterator[str]:
    yield repr((code.co_code, code.co_names, code.co_varnames, code.co_freevars))
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code(constant)
        else:
            yield repr(constant)


@cache
def _kernels(folder: Path | None) -> Path | None:
    """Make the folder of compiled code; None where that can't be, or where others may write to it."""
    if folder is None:
        return None
    kernels = folder / "kernels"
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        kernels.mkdir(mode=0o700, exist_ok=True)
        return kernels if _is_ours(kernels.stat()) else None
    return None


def _is_ours(status: os.stat_result) -> bool:
    """Tell whether nobody but the user may write to a file or folder; on Windows, folders see to that themselves."""
    return os.name == "nt" or (status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def read_kept(path: Path) -> bytes | None:
    """Read what was kept; None unless it is what was written under this name, by this user alone."""
    with path.open("rb") as file:
        digest, content = file.read(_DIGEST), file.read()
        return content if _is_ours(os.fstat(file.fileno())) and digest == _digest(path.name, content) else None


def _write(path: Path, content: bytes) -> None:
    remove_leftovers(path.parent)
    for other in path.parent.glob(f"*{SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - other.stat().st_mtime > _OLD:
                other.unlink()
    handle, temporary = tempfile.mkstemp(prefix=temporary_prefix(), dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_digest(path.name, content) + content)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _digest(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + content).digest()


def compiled(function: Function) -> Function:
    """Compile at the first call, and keep the result on disk where that can be."""
    return kernel(function, **_OPTIONS)


def inner(function: Function) -> Function:
    """Compile as part of the functions that call it, which are the ones kept on disk.

    It must be put into them whole: called as a function of its own, it would run in two versions, one in the process
    that compiled it and another where it comes from disk, and the last bits would differ between the two.
    """
    return cast("Function", numba.njit(forceinline=True, **_OPTIONS)(function))


def share_out(work: Callable[[int], None], parts: int) -> None:
    """Run the parts of a sum on as many threads as numba is set to use (`NUMBA_NUM_THREADS`)."""
    waiting = deque(range(parts))
    failures: list[BaseException] = []

    def run() -> None:
        with contextlib.suppress(IndexError):  # all parts are taken; one that is late must not be waited for
            while True:
                part = waiting.popleft()
                try:
                    work(part)
                except BaseException as failure:  # noqa: BLE001 - raised again by the thread that asked for the work
                    failures.append(failure)
                    waiting.clear()

    helpers = [threading.Thread(target=run) for _ in range(min(parts, n_threads()) - 1)]
    for helper in helpers:
        helper.start()
    try:
        run()
    finally:
        waiting.clear()  # where the user stopped this thread, the others must not go on
        for helper in helpers:
            helper.join()
    if failures:
        raise failures[0]


def n_threads() -> int:
    """Return the number of threads that numba is set to use."""
    return max(1, int(getattr(numba.config, "NUMBA_NUM_THREADS", 1)))
