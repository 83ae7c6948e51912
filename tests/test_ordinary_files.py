"""Devices, pipes, sockets and files without an end are refused at once, everywhere that files are read."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from benang import files, ordinary_files
from benang.errors import BenangError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such things in its folders")


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    """Whether empty, of one byte, or of some megabytes."""
    for size in (0, 1, 5_000_000):
        (tmp_path / "a").write_bytes(b"a" * size)
        assert files.read_bytes(tmp_path / "a") == b"a" * size


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(name: str) -> None:
    """Without a byte being read."""
    if not Path(name).exists():
        pytest.skip(f"no {name} here")
    with pytest.raises(BenangError, match=rf"{name}: this is a device, not a file\. Save what comes out of it"):
        files.read_bytes(Path(name))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "a.ris")
    with pytest.raises(BenangError, match=r"a\.ris: this is a pipe, not a file"):
        files.read_bytes(tmp_path / "a.ris")


def test_a_pipe_that_came_in_the_place_of_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is is asked when it is open, too."""
    os.mkfifo(tmp_path / "a.ris")
    monkeypatch.setattr(ordinary_files, "check_ordinary", lambda _path: None)
    with pytest.raises(BenangError, match="this is a pipe"):
        files.read_bytes(tmp_path / "a.ris")


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can't be opened as a file."""
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("a.ris")
        with pytest.raises(BenangError, match="this is a socket, not a file"):
            files.read_bytes(Path("a.ris"))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has such files")
def test_files_of_the_system_are_read_to_their_end_or_refused() -> None:
    """They say that they have no bytes; some hold a few, one has no end, and one covers all addresses there are."""
    assert b"Linux" in files.read_bytes(Path("/proc/version"))
    for name in ("/proc/kmsg", "/proc/self/pagemap", "/proc/self/mem"):
        with pytest.raises(BenangError, match=name):
            files.read_bytes(Path(name))


def test_a_file_that_grows_faster_than_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read as far as it was long, and some way on."""
    (tmp_path / "a").write_bytes(b"a" * 3_000_000)
    monkeypatch.setattr(ordinary_files, "_GROWTH", 10_000)
    monkeypatch.setattr(
        "benang.ordinary_files.os.fstat", lambda _handle: os.stat_result((0o100644, *[0] * 5, 5, 0, 0, 0))
    )
    with pytest.raises(BenangError, match="a file without an end"):
        files.read_bytes(tmp_path / "a")


def test_a_file_larger_than_the_memory_is_refused(tmp_path: Path) -> None:
    """A file with a hole in it takes no room on the disk, and all there is in memory."""
    with (tmp_path / "a.ris").open("wb") as file:
        try:
            file.truncate(8 << 40)
        except OSError:
            pytest.skip("this disk holds no such files")
    with pytest.raises(BenangError, match=r"a\.ris: a file of 8,796\.1 GB, and this machine has .* Divide it"):
        files.read_bytes(tmp_path / "a.ris")


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe, and a device that a link leads to: the superuser could do without it for long."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null.json").symlink_to("/dev/null")

    for name, kind in (("pipe", "a pipe"), ("null.json", "a device")):
        for write in (files.check_writable, lambda path: files.write_text(path, "x")):
            with pytest.raises(BenangError, match=f"this is {kind}, not a file, and is not replaced"):
                write(tmp_path / name)
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000, "\0"])
def test_names_that_no_file_can_have_are_told(tmp_path: Path, name: str) -> None:
    """In a message, not in a traceback."""
    with pytest.raises(BenangError, match=r"no file can have this name|can't be read"):
        files.read_bytes(tmp_path / name)
