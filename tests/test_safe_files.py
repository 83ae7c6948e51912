"""A path of a folder stays within it; devices, pipes, sockets and files without an end are refused at once."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from benang import files, safe_files
from benang.errors import BenangError
from benang.safe_files import all_outside, check_within, is_link, is_reserved, leads_to, names_outside

pytestmark = pytest.mark.skipif(os.name == "nt", reason="on Windows links ask for rights, and folders hold no devices")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a folder with a file, and one beside it that is none of its business."""
    (tmp_path / "review" / "sources").mkdir(parents=True)
    (tmp_path / "review" / "sources" / "a.ris").write_text("")
    (tmp_path / "review-of-mine").mkdir()
    (tmp_path / "review-of-mine" / "thesis.docx").write_text("precious")
    return tmp_path / "review"


@pytest.mark.parametrize(
    "name",
    [
        "../thesis.docx", "sources/../../thesis.docx", "..", "/etc/passwd", "//server/share", "C:/thesis.docx",
        "c:thesis.docx", r"..\thesis.docx", r"sources\..\..\thesis.docx", r"\thesis.docx", r"\\server\share\a.ris",
        "~/thesis.docx", r"~ani\thesis.docx", "sources/..\\../thesis.docx",
    ],
)  # fmt: skip
def test_a_name_that_leads_out_is_told_on_every_system(name: str) -> None:
    """Parents, roots, drives, shares and home folders, with strokes of either kind."""
    assert names_outside(name)


@pytest.mark.parametrize("name", ["sources/a..b.ris", "...", "a/.../b", "..a", "a..", "~draft.ris", "a:b.ris"[1:], ""])
def test_full_stops_within_a_name_are_innocent(name: str) -> None:
    """Only a part that is `..` leads to the folder above."""
    assert not names_outside(name)


@pytest.mark.parametrize("name", ["con", "NUL.txt", "Lpt1.json", "com\u00b9", "aux .ris"])
def test_names_of_devices_are_known_with_any_suffix(name: str) -> None:
    """In capitals or not, and with the superscript digits that Windows counts among them."""
    assert is_reserved(name)
    assert not is_reserved(f"x{name}")


def test_a_folder_whose_name_begins_alike_is_outside(root: Path) -> None:
    """`review-of-mine` is not in `review`."""
    assert leads_to(root, root.parent / "review-of-mine" / "thesis.docx") is not None
    assert leads_to(root, root / "sources" / "a.ris") is None
    assert leads_to(root, root) is None


def test_links_within_stay_and_links_out_are_told(root: Path) -> None:
    """Also a link to a link, one through a folder, and one to a file that is not there yet."""
    (root / "within.ris").symlink_to("sources/a.ris")
    (root / "out").symlink_to(root.parent / "review-of-mine")
    (root / "twice").symlink_to("out")
    (root / "new.txt").symlink_to(root.parent / "not-there-yet.txt")

    assert leads_to(root, root / "within.ris") is None
    thesis = root.parent / "review-of-mine" / "thesis.docx"
    assert leads_to(root, root / "out" / "thesis.docx") == Path(os.path.realpath(thesis))
    assert leads_to(root, root / "twice" / "thesis.docx") == Path(os.path.realpath(thesis))
    assert leads_to(root, root / "new.txt") is not None


def test_a_folder_that_is_itself_reached_by_a_link_holds_what_it_holds(root: Path) -> None:
    """A review that the user keeps elsewhere and links to is a review."""
    link = root.parent / "link"
    link.symlink_to(root)

    assert leads_to(link, link / "sources" / "a.ris") is None
    assert leads_to(link, root / "sources" / "a.ris") is None


def test_links_in_a_circle_and_impossible_names_end(root: Path) -> None:
    """They lead nowhere; opening them says so."""
    (root / "circle").symlink_to("circle")

    assert leads_to(root, root / "circle") is None
    assert leads_to(root, root / "a\0b") is None
    assert leads_to(root, root / ("long" * 500)) is None
    assert not is_link(root / "a\0b")


def test_all_that_lead_out_are_told_together_and_a_folder_once(root: Path) -> None:
    """The message names the file in the folder, where it leads, and the way on."""
    (root / "old").symlink_to(root.parent / "review-of-mine")
    (root / "notes.txt").symlink_to(root.parent / "notes.txt")
    paths = [root / "old", root / "old" / "thesis.docx", root / "notes.txt", root / "sources" / "a.ris"]

    assert len(list(all_outside(root, paths))) == 2
    with pytest.raises(
        BenangError, match=r"old: this is a link to a place outside the folder, .*review-of-mine\. Copy"
    ):
        check_within(root, paths)


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
    with pytest.raises(BenangError, match=rf"{name}: this is a device, not a file\. Save its output"):
        files.read_bytes(Path(name))


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "a.ris")
    with pytest.raises(BenangError, match=r"a\.ris: this is a pipe, not a file"):
        files.read_bytes(tmp_path / "a.ris")


def test_a_pipe_that_came_in_the_place_of_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is is asked when it is open, too."""
    os.mkfifo(tmp_path / "a.ris")
    monkeypatch.setattr(safe_files, "check_ordinary", lambda _path: None)
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
    monkeypatch.setattr(safe_files, "_GROWTH", 10_000)
    monkeypatch.setattr("benang.safe_files.os.fstat", lambda _handle: os.stat_result((0o100644, *[0] * 5, 5, 0, 0, 0)))
    with pytest.raises(BenangError, match="a file that never ends"):
        files.read_bytes(tmp_path / "a")


def test_a_file_larger_than_the_memory_is_refused(tmp_path: Path) -> None:
    """A file with a hole in it takes no room on the disk, and all there is in memory."""
    with (tmp_path / "a.ris").open("wb") as file:
        try:
            file.truncate(8 << 40)
        except OSError:
            pytest.skip("this disk holds no such files")
    with pytest.raises(BenangError, match=r"a\.ris: a file of 8,796\.1 GB, but this computer has .* Divide it"):
        files.read_bytes(tmp_path / "a.ris")


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A pipe, and a device that a link leads to: the superuser could do without it for long."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "null.json").symlink_to("/dev/null")

    for name, kind in (("pipe", "a pipe"), ("null.json", "a device")):
        for write in (files.check_writable, lambda path: files.write_text(path, "x")):
            with pytest.raises(BenangError, match=f"this is {kind}, not a file, so it is not replaced"):
                write(tmp_path / name)
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000, "\0"])
def test_names_that_no_file_can_have_are_told(tmp_path: Path, name: str) -> None:
    """In a message, not in a traceback."""
    with pytest.raises(BenangError, match=r"no file can have this name|can't be read"):
        files.read_bytes(tmp_path / name)
