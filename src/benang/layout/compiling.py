"""Compile sums over nodes and edges so that they are fast and repeatable to the bit, and share them out to threads.

The work is cut in a number of parts that depends on the data alone, each part adds in its own order, and the parts are
added in order, so that the result does not depend on how many threads there are. Python's own threads run the parts
(the compiled code releases the lock): numba's thread pools differ between systems and may not be entered twice.
"""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from benang.kernel_cache import kernel

Function = TypeVar("Function", bound=Callable[..., Any])

_OPTIONS: Any = {"fastmath": True, "error_model": "numpy", "nogil": True}


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
