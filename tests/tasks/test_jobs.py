"""Long work in a process of its own: progress, results, errors, and the ways in which it ends early."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benang.errors import BenangError, Problem
from benang.progress import Progress
from benang.tasks.jobs import Job, Jobs

pytestmark = pytest.mark.slow


def count(to: int, *, progress: Progress) -> int:
    """Count, and say how far it is."""
    for n in range(to):
        progress("counting", n / to)
    return to


def sleep(*, progress: Progress) -> None:
    """Go on for a minute, and say so."""
    for n in range(600):
        progress("sleeping", n / 600)
        time.sleep(0.1)


def refuse(*, progress: Progress) -> None:
    """Refuse the input."""
    progress("reading", 0.0)
    raise BenangError(Problem("'x' is no year", where="a.ris"))


def grow(*, progress: Progress) -> None:
    """Take more and more memory."""
    kept = []
    for n in range(200):
        progress("growing", n / 200)
        kept.append(bytearray(20_000_000))
        time.sleep(0.05)


def fill(*, progress: Progress) -> None:
    """Find the disk full."""
    progress("writing", 0.0)
    raise OSError(errno.ENOSPC, "No space left on device", "out/report.html")


def finish(begun: str, *, progress: Progress) -> str:
    """Say that it has begun, and be done a moment after."""
    progress("finishing", 0.0)
    Path(begun).touch()
    return "made"


def break_off(*, progress: Progress) -> None:
    """End the process as a crash of a library would."""
    import os

    progress("breaking", 0.0)
    os._exit(9)


def waited(jobs: Jobs, job: Job, holds: Callable[[Job], bool] = lambda one: one.is_over, seconds: float = 40) -> Job:
    """Wait until something holds of a job."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = jobs.job(job.id)
        assert now is not None
        if holds(now):
            return now
        time.sleep(0.05)
    raise AssertionError(now)


def test_work_says_how_far_it_is_and_what_came_of_it() -> None:
    """What it returns is in the job, and whoever follows has heard of its end."""
    heard: list[Job] = []
    jobs = Jobs(heard.append)

    job = waited(jobs, jobs.start("r", "count", count, 3))

    assert (job.state, job.result, job.share) == ("done", 3, 1.0)
    assert heard[-1] == job


def test_one_of_a_kind_runs_at_a_time_and_is_cancelled() -> None:
    """Asked for twice, it is the same; cancelled, it ends at once, and can begin again."""
    jobs = Jobs()
    job = jobs.start("r", "sleep", sleep)
    assert jobs.start("r", "sleep", sleep).id == job.id
    waited(jobs, job, lambda one: one.what == "sleeping")

    jobs.cancel(job.id)

    assert waited(jobs, job, seconds=5).state == "cancelled"
    again = jobs.start("r", "sleep", sleep)
    assert again.id != job.id
    jobs.close()


def test_whoever_waits_for_work_gets_its_result_or_its_fault_and_none_of_it_stays() -> None:
    """Several of a kind run beside each other; those of a kind are cancelled together, and no others with them."""
    jobs = Jobs()
    said: list[str] = []

    def wait(kind: str) -> None:
        with pytest.raises(BenangError) as caught:
            jobs.do("r1", kind, sleep, seconds=60, megabytes=1000)
        said.append(str(caught.value.problems[0].found))

    try:
        assert jobs.do("r1", "read a", count, 3, seconds=60, megabytes=1000) == 3
        with pytest.raises(BenangError, match="'x' is no year"):
            jobs.do("r1", "read a", refuse, seconds=60, megabytes=1000)
        waiting = [threading.Thread(target=wait, args=(kind,)) for kind in ("read a/b", "read a/b", "read a")]
        for one in waiting:
            one.start()
        while sum(not one.is_over for one in jobs.all()) < 3:
            time.sleep(0.05)
        jobs.cancel_all("r2", "read a/b")
        jobs.cancel_all("r1", "read a/b")
        for one in waiting[:2]:
            one.join(30)
        assert said == ["this was cancelled"] * 2
        assert waiting[2].is_alive()
        jobs.cancel_all("r1", "read a")
        waiting[2].join(30)
        assert [one.state for one in jobs.all()] == ["done", "failed", *["cancelled"] * 3]
        assert not any(one.result for one in jobs.all())
    finally:
        jobs.close()


def test_what_the_user_can_mend_is_said_as_everywhere() -> None:
    """The problem comes through with its place."""
    jobs = Jobs()

    job = waited(jobs, jobs.start("r", "refuse", refuse))

    assert job.state == "failed"
    assert str(job.error) == "a.ris: 'x' is no year."


def test_a_full_disk_is_named_with_its_file() -> None:
    """An error of the system is none of Benang's."""
    jobs = Jobs()

    job = waited(jobs, jobs.start("r", "fill", fill))

    assert (job.state, str(job.error)) == (
        "failed",
        "out/report.html: can't read or write here (No space left on device).",
    )


def test_work_that_was_done_when_it_was_cancelled_is_done(tmp_path: Path) -> None:
    """What it made is there, and so it is said."""
    jobs, begun = Jobs(), tmp_path / "begun"
    is_over = threading.Event()

    def hear(job: Job) -> None:
        if job.what == "finishing" and not job.is_over:
            while not begun.exists():
                time.sleep(0.01)
            time.sleep(0.5)  # it has said that it is done meanwhile
            jobs.cancel(job.id)
        if job.is_over:
            is_over.set()

    jobs.changed = hear
    job = jobs.start("r", "finish", finish, str(begun))

    assert is_over.wait(40)
    assert waited(jobs, job) == Job(job.id, "r", "finish", "finishing", 1.0, "done", "made")


@pytest.mark.parametrize(
    ("work", "limits", "fault"),
    [
        (grow, {"megabytes": 300}, "not enough memory"),
        (sleep, {"seconds": 3}, "took too long"),
        (break_off, {}, "ended unexpectedly (code 9)"),
    ],
    ids=["memory", "time", "crash"],
)
def test_work_that_goes_beyond_its_limits_ends_alone(work: object, limits: dict[str, int], fault: str) -> None:
    """The server goes on, and says why it ended."""
    jobs = Jobs()

    job = waited(jobs, jobs.start("r", "x", work, **limits))  # type: ignore[arg-type]

    assert job.state == "failed"
    assert fault in str(job.error)
