"""What a killed run left goes with the next one, what belongs to others stays, and a set of files is all old or new."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from benang import files, unfinished
from benang.errors import BenangError
from benang.unfinished import (
    ELSEWHERE,
    SET,
    WEEK,
    is_left_over,
    is_running,
    remove_leftovers,
    settle,
    temporary_folder,
    temporary_prefix,
)

_LEAVE = """
import os, pathlib, sys, tempfile
from benang.unfinished import ELSEWHERE, temporary_prefix
folder = pathlib.Path(sys.argv[1])
(folder / f"{temporary_prefix()}ab.json").write_text("half")
(folder / f"{temporary_prefix()}set").mkdir()
(folder / f"{temporary_prefix()}set" / "a.txt").write_text("half")
(folder / f"{temporary_prefix(ELSEWHERE)}room").mkdir()
os._exit(9)
"""


def _leave(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", _LEAVE, str(folder)])


def test_writing_removes_what_a_killed_run_left(tmp_path: Path) -> None:
    """Files and folders of a process that is gone go; the user's own stay."""
    _leave(tmp_path)
    (tmp_path / ".benang-notes.txt").write_text("my own", encoding="utf-8")
    assert len(list(tmp_path.iterdir())) == 4

    files.write_text(tmp_path / "a.txt", "new")

    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith("benang-")) == [
        ".benang-notes.txt",
        "a.txt",
    ]


def test_a_temporary_folder_removes_those_of_killed_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among the system's temporary files only Benang's own are looked at."""
    _leave(tmp_path)
    (tmp_path / "benang-notes").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    with temporary_folder() as folder:
        assert Path(folder).parent == tmp_path

    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("benang-")] == ["benang-notes"]


def test_what_a_process_writes_is_not_removed_while_it_runs(tmp_path: Path) -> None:
    """A temporary file of this process, or of its parent, is in use."""
    own = tmp_path / f"{temporary_prefix()}ab.txt"
    parents = tmp_path / own.name.replace(f"-{os.getpid()}-", f"-{os.getppid()}-")
    for path in (own, parents):
        path.write_text("half", encoding="utf-8")

    remove_leftovers(tmp_path)

    assert own.exists()
    assert parents.exists()


def test_an_earlier_process_with_the_same_number_is_gone() -> None:
    """In a container every run may have the number 1; a mark tells them apart."""
    machine, process, mark = temporary_prefix().removeprefix(".benang-").split("-")[:3]
    other = "000000" if mark != "000000" else "ffffff"

    assert is_left_over(f".benang-{machine}-{process}-{other}-ab.txt")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(".benang-00000000-1-ffffff-ab.json", id="of another machine"),
        pytest.param(".benang-k2jq_x8a.json", id="of an earlier version"),
    ],
)
def test_what_cannot_be_asked_for_goes_after_a_week(tmp_path: Path, name: str) -> None:
    """A shared folder may hold what another machine writes now."""
    path = tmp_path / name
    path.write_text("half", encoding="utf-8")
    remove_leftovers(tmp_path)
    assert path.exists()

    os.utime(path, (path.stat().st_mtime - 2 * WEEK,) * 2)
    remove_leftovers(tmp_path)
    assert not path.exists()


def test_a_link_is_removed_and_not_followed(tmp_path: Path) -> None:
    """A link that is named like something left over leads to a folder that stays as it is."""
    _leave(tmp_path)
    left = next(tmp_path.glob(".benang-*set"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.docx").write_bytes(b"precious")
    try:
        (left / "link").symlink_to(tmp_path / "mine")
        left.with_name(f"{left.name}2").symlink_to(tmp_path / "mine")
    except OSError:
        pytest.skip("this system lets only administrators make symbolic links")

    remove_leftovers(tmp_path)

    assert (tmp_path / "mine" / "thesis.docx").read_bytes() == b"precious"
    assert not left.exists()


def test_a_process_that_has_ended_does_not_run() -> None:
    """Told by its number."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()

    assert is_running(os.getpid())
    assert not is_running(process.pid)
    assert not is_running(2**62)


PLACE = f"0-new-{temporary_prefix(ELSEWHERE)}"
"""A folder within a set, as Benang names it."""

posix = pytest.mark.skipif(os.name == "nt", reason="Windows ends a process in another way, and knows no such rights")

_WRITE = """
import os, pathlib, sys
from benang import files
folder, moment = pathlib.Path(sys.argv[1]), int(sys.argv[2])
steps = 0
def watched(step):
    def counted(*arguments, **named):
        global steps
        steps += 1
        if steps == moment:
            os._exit(9)
        return step(*arguments, **named)
    return counted
for name in ("mkdir", "rename", "replace", "rmdir", "unlink", "chmod", "open"):
    setattr(os, name, watched(getattr(os, name)))
files.write_together({folder / name: b"new" for name in ("a.txt", "b.txt", "c.txt")})
print(steps)
"""
"""Writes a set, and ends without any clearing up before a step of the file system that is told."""


def _killed(folder: Path, moment: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", _WRITE, str(folder), str(moment)], capture_output=True, text=True)


def _old(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_bytes(b"old")
    return folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@posix
def test_a_set_is_old_or_new_wherever_it_is_killed(tmp_path: Path) -> None:
    """Ended before any one step, a set is whole once it has been settled, and nothing else is left by the next run."""
    n_steps = int(_killed(_old(tmp_path / "whole"), 0).stdout)
    seen = set()
    for moment in range(1, n_steps + 1):
        folder = _old(tmp_path / str(moment))
        assert _killed(folder, moment).returncode == 9
        settle(folder / "a.txt", folder / "b.txt", folder / "c.txt")
        contents = {name: data for name, data in _contents(folder).items() if not name.startswith(".")}
        assert set(contents) == {"a.txt", "b.txt", "c.txt"}
        assert len(set(contents.values())) == 1
        seen |= set(contents.values())
        files.write_text(folder / "d.txt", "next")
        assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "c.txt", "d.txt"]

    assert n_steps > 10
    assert seen == {b"old", b"new"}


def _pending(folder: Path) -> Path:
    """Kill a run that writes a set when the first of its files is in place, and the others are not."""
    n_steps = int(_killed(_old(folder.with_name("whole")), 0).stdout)
    for moment in range(n_steps, 0, -1):
        one = _old(folder / str(moment))
        _killed(one, moment)
        if _contents(one) == {"a.txt": b"new", "b.txt": b"old", "c.txt": b"old"}:
            assert (one / SET).is_dir()
            return one
    pytest.fail("no run was killed between the first file and the second")


@posix
def test_the_next_write_finishes_what_was_begun(tmp_path: Path) -> None:
    """Whoever writes into the folder next puts the set in place before."""
    folder = _pending(tmp_path / "out")

    files.write_text(folder / "b.txt", "newer")

    assert _contents(folder) == {"a.txt": b"new", "b.txt": b"newer", "c.txt": b"new"}
    assert not (folder / SET).exists()


@posix
def test_what_was_changed_since_is_not_replaced(tmp_path: Path) -> None:
    """A file that another program wrote after the run was killed stays as that wrote it."""
    folder = _pending(tmp_path / "out")
    (folder / "b.txt").write_bytes(b"saved by hand")

    settle(folder / "a.txt")

    assert _contents(folder) == {"a.txt": b"new", "b.txt": b"saved by hand", "c.txt": b"new"}


@posix
def test_a_mixed_set_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the set can't be finished, those who read it are told which files don't belong to the others."""
    folder = _pending(tmp_path / "out")

    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", forbidden)

    with pytest.raises(BenangError, match=r"b\.txt: a run was stopped before .*Permission denied.*Allow writing"):
        settle(folder / "a.txt", folder / "b.txt")
    settle(folder / "other.txt")


def test_links_planted_in_a_set_are_not_followed(tmp_path: Path) -> None:
    """A folder that comes from someone else can't have files fetched from elsewhere, or moved over those elsewhere."""
    outside = tmp_path / "outside"
    (outside / PLACE).mkdir(parents=True)
    (outside / PLACE / "thesis.docx").write_bytes(b"precious")
    folder = tmp_path / "review"
    (folder / SET / PLACE).mkdir(parents=True)
    try:
        (folder / SET / f"1{PLACE[1:]}").symlink_to(outside / PLACE)
        (folder / SET / PLACE / "a.txt").symlink_to(outside / PLACE / "thesis.docx")
    except OSError:
        pytest.skip("this system lets only administrators make symbolic links")

    settle(folder / "a.txt")

    assert (outside / PLACE / "thesis.docx").read_bytes() == b"precious"
    assert [path.name for path in folder.iterdir()] == [SET]


def test_a_link_in_place_of_the_set_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written through a link that stands where sets are kept."""
    monkeypatch.setattr(unfinished, "_LONGEST_WAIT", 0.05)
    (tmp_path / "elsewhere").mkdir()
    try:
        (tmp_path / SET).symlink_to(tmp_path / "elsewhere")
    except OSError:
        pytest.skip("this system lets only administrators make symbolic links")

    with pytest.raises(BenangError, match=r"\.benang-set: files can't be put in place together"):
        files.write_together({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})

    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (tmp_path / "a.txt").exists()


def test_a_folder_in_the_place_of_a_file_changes_nothing(tmp_path: Path) -> None:
    """What can't be replaced is found before the first file of the set is."""
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "b.txt").mkdir()

    with pytest.raises(BenangError, match=r"b\.txt: can't write here"):
        files.write_together({tmp_path / "a.txt": b"new", tmp_path / "b.txt": b"new"})

    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt"]


def test_sets_written_at_the_same_time_do_not_mix(tmp_path: Path) -> None:
    """Of eight that write the same three files again and again, the files are always those of one."""

    def write(mark: bytes) -> Callable[[], None]:
        def repeatedly() -> None:
            for _ in range(20):
                files.write_together({tmp_path / name: mark for name in ("a.txt", "b.txt", "c.txt")})

        return repeatedly

    threads = [threading.Thread(target=write(str(number).encode())) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1
    assert len(list(tmp_path.iterdir())) == 3


@posix
def test_the_files_of_a_set_keep_their_rights(tmp_path: Path) -> None:
    """A file that only its owner may read stays so; a new one has the user's usual rights."""
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "a.txt").chmod(0o600)
    before = os.umask(0o022)
    try:
        files.write_together({tmp_path / "a.txt": b"a", tmp_path / "b.txt": b"b"})
    finally:
        os.umask(before)

    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
        "a.txt": 0o600,
        "b.txt": 0o644,
    }


@posix
def test_reading_a_file_finishes_its_set(tmp_path: Path) -> None:
    """Whatever reads one of the files first, a command for records or one for maps, puts all of them in place."""
    folder = _pending(tmp_path / "out")

    assert files.read_bytes(folder / "c.txt") == b"new"
    assert _contents(folder) == dict.fromkeys(("a.txt", "b.txt", "c.txt"), b"new")
