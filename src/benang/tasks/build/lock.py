"""One build at a time writes into an output folder; a second one waits and says for whom.

The lock is the operating system's, on `.benang/lock` in the output folder: it ends with its process, however that
ends. Beside it, a temporary file says who builds. On a drive that syncs, each computer has a lock of its own.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benang.confinement import check_within
from benang.errors import BenangError, Problem
from benang.files import read_text, write_text
from benang.tasks.build.cache import UNLINK
from benang.temporary import is_left_over, temporary_prefix

LOCK = ".benang/lock"
BUILDER = "builder.json"
"""How the name of the file ends that says who builds."""
_PAUSE = 0.2
"""Seconds between two looks at the lock."""

Waiting = Callable[[str], None]
"""Called with a sentence, again and again while a build waits for another one."""


@contextmanager
def building(out: Path, waiting: Waiting) -> Iterator[None]:
    """Hold an output folder for the time of a build; wait as long as another build holds it.

    `waiting` is called with a sentence that says who builds, before each look at the lock; what it raises ends the
    waiting.

    Raises
    ------
    BenangError
        Where the drive knows no locks, the folder can't be written to, or a link in it leads elsewhere.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as out, building(Path(out), print):
    ...     (Path(out) / ".benang" / "lock").exists()
    True
    """
    from filelock import FileLock, Timeout

    path = out / LOCK
    check_within(out, [path.parent, path], way_on=UNLINK)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                waiting(_who(out))
                time.sleep(_PAUSE)
    except (OSError, NotImplementedError) as error:
        raise _unlockable(path, error) from None
    builder = path.parent / f"{temporary_prefix()}{BUILDER}"
    try:
        write_text(builder, json.dumps(_this_process()) + "\n")
        yield
    finally:
        with contextlib.suppress(OSError):
            builder.unlink(missing_ok=True)
        lock.release()


def _this_process() -> dict[str, object]:
    since = datetime.datetime.now().astimezone().isoformat(timespec="minutes")
    return {"process": os.getpid(), "host": platform.node(), "since": since}


def _who(out: Path) -> str:
    """Say who builds, as far as that process has told."""
    try:
        names = sorted(path for path in (out / LOCK).parent.iterdir() if path.name.endswith(BUILDER))
        builder = json.loads(next(read_text(path) for path in names if not is_left_over(path.name)))
        since = datetime.datetime.fromisoformat(str(builder["since"]))
        host = "".join(letter for letter in str(builder["host"])[:80] if letter.isprintable())
        who = f"process {int(builder['process'])} on {host} since {since:%H:%M}"
    except (BenangError, OSError, StopIteration, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        who = "another process"
    return f"{out} is being built by {who}; waiting until it is done. Ctrl-C stops."


def _unlockable(path: Path, error: Exception) -> BenangError:
    why = getattr(error, "strerror", None) or str(error)
    return BenangError(
        Problem(
            f"this file can't be locked for the time of the build ({why})",
            where=str(path),
            way_on="Choose another folder with --out, on a drive of this computer.",
        )
    )
