"""One build at a time writes into an output folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.tasks.build.lock import BUILDER, building

_HOLD = """
import sys, pathlib
from benang.tasks.build.lock import building
with building(pathlib.Path(sys.argv[1]), print):
    print("building", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _builder(out: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold an output folder until its input ends."""
    command = [sys.executable, "-c", _HOLD, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "building\n"
        yield process
        if process.poll() is None:
            process.kill()


def _notes(out: Path) -> list[Path]:
    return list((out / ".benang").glob(f"*{BUILDER}"))


class _StoppedError(Exception):
    pass


def test_a_second_build_waits_and_says_for_whom(tmp_path: Path) -> None:
    """The sentence names the process that builds; what it raises ends the waiting."""
    said = []

    def waiting(message: str) -> None:
        said.append(message)
        raise _StoppedError

    with _builder(tmp_path / "out") as process:
        with pytest.raises(_StoppedError), building(tmp_path / "out", waiting):
            pytest.fail("two builds at once")

        assert f"{tmp_path / 'out'} is being built by process {process.pid} on " in said[0]
        assert "waiting until it is done. Ctrl-C stops." in said[0]


def test_a_build_goes_on_when_the_other_one_is_done(tmp_path: Path) -> None:
    """Once the lock is free, the second build holds it."""
    said = []

    with _builder(tmp_path) as process:

        def waiting(message: str) -> None:
            said.append(message)
            assert process.stdin is not None
            process.stdin.close()

        with building(tmp_path, waiting):
            assert said


def test_the_lock_of_a_dead_builder_blocks_nothing(tmp_path: Path) -> None:
    """A build that was killed leaves its name, and no lock."""
    with _builder(tmp_path) as process:
        process.kill()
        process.wait()
        assert _notes(tmp_path)

        with building(tmp_path, pytest.fail):
            assert len(_notes(tmp_path)) == 1

    assert _notes(tmp_path) == []


def test_builds_into_two_folders_run_at_once(tmp_path: Path) -> None:
    """The lock stands with the output, not with the review."""
    with _builder(tmp_path / "one"), building(tmp_path / "two", pytest.fail):
        pass


def test_a_damaged_note_of_who_builds_is_no_error(tmp_path: Path) -> None:
    """Whatever stands there, the message says as much as can be known."""
    said = []

    def waiting(message: str) -> None:
        said.append(message)
        raise _StoppedError

    with _builder(tmp_path):
        for content in ("{", "[]", '{"process": "x", "host": "\\u001b[2J", "since": "now"}'):
            _notes(tmp_path)[0].write_text(content, encoding="utf-8")
            with pytest.raises(_StoppedError), building(tmp_path, waiting):
                pass

    assert all("by another process;" in message for message in said)


def test_a_folder_without_locks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a drive that knows no locks, the message says so and what to do."""

    def unlockable(*_: object, **__: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("filelock.FileLock.acquire", unlockable)

    with (
        pytest.raises(BenangError, match=r"lock: this file can't be locked .*No locks available.* --out"),
        building(tmp_path, pytest.fail),
    ):
        pass


def test_no_lock_is_written_through_a_link(tmp_path: Path) -> None:
    """A review that comes from someone else may hold a link where the lock belongs."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    try:
        (tmp_path / "out" / ".benang").symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("this system lets only administrators make symbolic links")

    with pytest.raises(BenangError), building(tmp_path / "out", pytest.fail):
        pass

    assert list((tmp_path / "elsewhere").iterdir()) == []
