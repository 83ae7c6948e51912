"""Long work in a process of its own: with progress, cancelled or begun again, within limits of memory and time.

A task that runs here can take the pages down with nothing but itself. The process ends when it is cancelled, when it
takes more than it may, and when the server is gone, which it notices when it next says how far it is. What a task was
writing then is not there, whole or not at all, as after Ctrl-C on the command line.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Literal

import psutil

from benang.errors import BenangError, Problem, no_access
from benang.locale.writing import worded
from benang.progress import Cancelled
from benang.unfinished import put_away

State = Literal["running", "done", "failed", "cancelled"]
Work = Callable[..., Any]
"""A function of a module, called with what `start` was given and `progress`; what it returns must be small."""

_LOOK = 0.2
_WAIT = 0.03
_APART = "/"
"""What parts the kind of a job from what makes it another than the others of its kind."""
_MEGABYTE = 1_000_000
_KEPT = 50
"""How many jobs that have ended are remembered."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: what it is, how far it is (`share` from 0 to 1), and what came of it."""

    id: str
    review: str
    kind: str
    what: str = ""
    share: float = 0.0
    state: State = "running"
    result: Any = None
    error: BenangError | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state != "running"


@dataclass
class _Running:
    process: SpawnProcess
    connection: Connection
    ends_at: float
    most_bytes: int
    ended: Callable[[], None] = lambda: None
    is_unwanted: bool = False


@dataclass
class Jobs:
    """The long work of a server. Each review has at most one of a kind that runs."""

    changed: Callable[[Job], None] = lambda _job: None
    _jobs: dict[str, Job] = field(default_factory=dict)
    _running: dict[str, _Running] = field(default_factory=dict)
    _guard: threading.RLock = field(default_factory=threading.RLock)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def start(
        self,
        review: str,
        kind: str,
        work: Work,
        *given: Any,
        seconds: float = 3600,
        megabytes: int = 4000,
        ended: Callable[[], None] = lambda: None,
        **named: Any,
    ) -> Job:
        """Begin a piece of work, or return the one of this kind that the review has under way.

        Parameters
        ----------
        review, kind
            The review it belongs to, and what it is: `build`, `import`.
        work
            A function of a module; it is called with `given`, `named` and `progress` in a new process.
        seconds, megabytes
            How long it may take, and how much memory.
        ended
            Called when it has ended in whatever way, before anybody hears of that.
        """
        with self._guard:
            if there := self.running(review, kind):
                return there
            job = Job(f"{next(self._numbers)}-{os.urandom(4).hex()}", review, kind)
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_run, args=(theirs, work, given, named), daemon=True)
            with _plain_main():
                process.start()
            theirs.close()
            self._jobs[job.id] = job
            running = _Running(process, ours, time.monotonic() + seconds, megabytes * _MEGABYTE, ended)
            self._running[job.id] = running
            self._forget()
        threading.Thread(target=self._follow, args=(job.id, running), daemon=True).start()
        return job

    def do(self, review: str, kind: str, work: Work, *given: Any, seconds: float, megabytes: int) -> Any:
        """Do a piece of work beside others of its kind, and wait for its result, which may be large.

        Raises
        ------
        BenangError
            As the work does, and where it was cancelled or took too much.
        """
        own = f"{kind}{_APART}{os.urandom(4).hex()}"
        name = self.start(review, own, work, *given, seconds=seconds, megabytes=megabytes).id
        while (job := self.job(name)) is not None and not job.is_over:
            time.sleep(_WAIT)
        if job is not None and job.state == "done":
            return self.take(name)
        raise (job.error if job else None) or BenangError(Problem(worded("this was cancelled")))

    def job(self, name: str) -> Job | None:
        """Return a job by its id."""
        return self._jobs.get(name)

    def take(self, name: str) -> Any:
        """Return the result of a job, and keep it no longer: for one that is large."""
        with self._guard:
            job = self._jobs.get(name)
            if job is None:
                return None
            self._jobs[name] = replace(job, result=None)
            return job.result

    def running(self, review: str, kind: str) -> Job | None:
        """Return the job of this kind that a review has under way."""
        return next((one for one in self._of(review, kind) if not one.is_over), None)

    def last(self, review: str, kind: str) -> Job | None:
        """Return the job of this kind that a review began last, whether it runs or has ended."""
        return next(reversed(self._of(review, kind)), None)

    def all(self) -> tuple[Job, ...]:
        """Return all jobs that are remembered, in the order in which they began."""
        with self._guard:
            return tuple(self._jobs.values())

    def cancel(self, name: str) -> None:
        """End a job that is no longer wanted; one that has ended stays as it is."""
        with self._guard:
            if running := self._running.get(name):
                running.is_unwanted = True

    def cancel_all(self, review: str, kind: str) -> None:
        """End all jobs of a kind that a review has under way with `do`."""
        for job in self.all():
            if job.review == review and job.kind.rpartition(_APART)[0] == kind:
                self.cancel(job.id)

    def close(self) -> None:
        """End all jobs, since the server ends."""
        with self._guard:
            several = list(self._running.values())
        for one in several:
            one.is_unwanted = True
            _kill(one.process)

    def _of(self, review: str, kind: str) -> list[Job]:
        with self._guard:
            return [one for one in self._jobs.values() if (one.review, one.kind) == (review, kind)]

    def _forget(self) -> None:
        over = [name for name, one in self._jobs.items() if one.is_over]
        for name in over[: max(len(over) - _KEPT, 0)]:
            del self._jobs[name]

    def _follow(self, name: str, running: _Running) -> None:
        """Pass on what a process says until it ends, and end it where it must not go on."""
        while True:
            problem = None
            try:
                heard = running.connection.recv() if running.connection.poll(_LOOK) else None
            except (EOFError, OSError):
                heard, problem = None, _fell(running.process)
            match heard:
                case ("done", result):  # also where it was cancelled a moment ago: what it made is there
                    return self._end(name, running, state="done", share=1.0, result=result)
                case _ if running.is_unwanted:
                    return self._end(name, running, state="cancelled")
                case ("progress", what, share):
                    self._note(name, what=what, share=share)
                case ("failed", error):
                    return self._end(name, running, state="failed", error=error)
            problem = problem or _beyond(running)
            if problem:
                return self._end(name, running, state="failed", error=BenangError(problem))

    def _note(self, name: str, **changes: Any) -> Job:
        with self._guard:
            job = self._jobs[name] = replace(self._jobs[name], **changes)
        self.changed(job)
        return job

    def _end(self, name: str, running: _Running, **changes: Any) -> None:
        running.process.join(2 if changes["state"] == "done" else 0)
        _kill(running.process)
        running.connection.close()
        with self._guard:
            self._running.pop(name, None)
        try:
            running.ended()
        finally:
            self._note(name, **changes)


def _run(connection: Connection, work: Work, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Do a piece of work in a process of its own, and say how far it is and what came of it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    last = 0.0

    def progress(what: str, share: float) -> None:
        nonlocal last
        if time.monotonic() - last < _LOOK / 2 and share < 1:
            return
        last = time.monotonic()
        try:
            connection.send(("progress", str(what), float(share)))
        except OSError:  # nobody is there any more
            raise Cancelled from None

    try:
        said: tuple[str, Any] = ("done", work(*given, progress=progress, **named))
    except Cancelled:
        return
    except BenangError as error:
        said = ("failed", BenangError(*error.problems))
    except MemoryError:
        said = ("failed", BenangError(_too_large()))
    except OSError as error:  # a full disk, say
        said = ("failed", BenangError(no_access(error)))
    with contextlib.suppress(OSError):  # nobody is there any more
        connection.send(said)


def _end_with_parent() -> None:
    """End the process once the server is gone: nobody waits for what it does."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        put_away()
        os._exit(1)


def _beyond(running: _Running) -> Problem | None:
    """Say why a process must not go on, if so."""
    if time.monotonic() > running.ends_at:
        return Problem(worded("this took too long and was stopped"), way_on=worded("Try it with fewer files at once."))
    with contextlib.suppress(psutil.Error):
        if psutil.Process(running.process.pid).memory_info().rss > running.most_bytes:
            return _too_large()
    return None


def _too_large() -> Problem:
    return Problem(worded("there was not enough memory for this"), way_on=worded("Try it with fewer files at once."))


def _fell(process: SpawnProcess) -> Problem:
    process.join(1)
    code = process.exitcode if process.exitcode is not None else "?"
    fault = worded("the work ended unexpectedly (code {code})", code=code)
    return Problem(fault, way_on=worded("Start it again; what was finished before is kept."))


def _kill(process: SpawnProcess) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        if process.is_alive():
            process.terminate()
            process.join(2)
        if process.is_alive():
            process.kill()
            process.join(2)


@contextlib.contextmanager
def _plain_main() -> Any:
    """Keep a new process from loading again the program that was started: it needs only the work's own module."""
    main = sys.modules["__main__"]
    hidden = {name: main.__dict__.pop(name) for name in ("__file__",) if name in main.__dict__}
    spec, main.__spec__ = getattr(main, "__spec__", None), None
    try:
        yield
    finally:
        main.__dict__.update(hidden)
        main.__spec__ = spec
