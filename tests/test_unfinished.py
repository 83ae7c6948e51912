"""What a killed run left behind goes with the next one; what belongs to others stays."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from benang import files
from benang.unfinished import WEEK, is_left_over, is_running, remove_leftovers, temporary_folder, temporary_prefix

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
