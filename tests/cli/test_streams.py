"""Standard streams that are closed, broken or full: the work is done, the code is right, no file is spoilt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="these are redirections of a POSIX shell")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")

COMMAND = f'"{sys.executable}" -m benang'


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, timeout=120)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return an export whose records can be told."""
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nAU  - Umpama, Ani\nTI  - Markets at night\nPY  - 2019\nER  - \n")
    return path


@posix
def test_a_closed_stream_changes_neither_work_nor_code(export: Path) -> None:
    """What is written is the same to the byte, though the first file that opens could get the place of a stream."""
    for closed in ("", "<&-", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
        done = _shell(f"{COMMAND} records a.ris -o closed.json {closed}", export.parent)
        assert done.returncode == 0, (closed, done.stderr)
        with_all = export.parent / "open.json"
        if not closed:
            (export.parent / "closed.json").rename(with_all)
        else:
            assert (export.parent / "closed.json").read_bytes() == with_all.read_bytes(), closed


@posix
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_no_command_fails_without_a_word(tmp_path: Path, closed: str) -> None:
    """Where the stream of errors is closed, its words go where output goes."""
    done = _shell(f"{COMMAND} records nowhere.ris {closed}", tmp_path)

    assert done.returncode == 1
    assert "nowhere.ris: no such file" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@posix
def test_where_nobody_can_be_told_the_code_tells(tmp_path: Path) -> None:
    """Both streams are closed."""
    assert _shell(f"{COMMAND} records nowhere.ris >&- 2>&-", tmp_path).returncode == 1


@posix
@pytest.mark.parametrize("pipe", ["| true", "| head -n 1 >&2"])
def test_a_pipe_that_is_read_no_further_stops_no_work(export: Path, pipe: str) -> None:
    """`benang records … | head`: the files are written, the code is 0, and nothing is said of the pipe."""
    done = _shell(f"set -o pipefail; {COMMAND} records a.ris -o all.json {pipe}", export.parent)

    assert done.returncode == 0
    assert "ipe" not in done.stderr
    assert (export.parent / "all.json").exists()


@posix
def test_errors_that_nobody_reads_stop_no_work(export: Path) -> None:
    """The reader of the stream of errors is gone before anything is said."""
    done = _shell(f"{COMMAND} records nowhere.ris 2> >(true); exit $?", export.parent)

    assert done.returncode == 1


@full
@pytest.mark.parametrize("arguments", ["--help", "records a.ris"])
def test_an_output_that_takes_nothing_is_named(export: Path, arguments: str) -> None:
    """A log on a full disk, say."""
    done = _shell(f"{COMMAND} {arguments} > /dev/full", export.parent)

    assert done.returncode == 1
    assert "the output of this command: can't read or write here" in done.stderr
    assert "Traceback" not in done.stderr


@full
def test_a_full_stream_of_errors_leaves_the_code(export: Path) -> None:
    """What can't be said there can be said nowhere."""
    assert _shell(f"{COMMAND} records nowhere.ris 2> /dev/full", export.parent).returncode == 1
