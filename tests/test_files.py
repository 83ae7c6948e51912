"""Files are UTF-8 and replaced whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from benang import files
from benang.errors import BenangError


def test_text_is_read_with_or_without_a_byte_order_mark(tmp_path: Path) -> None:
    """A byte order mark is no part of the text, and line ends stay as they are."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfkopi\r\nteh")

    assert files.read_text(tmp_path / "a.txt") == "kopi\r\nteh"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Reading a file that isn't there names it."""
    with pytest.raises(BenangError, match=r"absent\.ris: no such file"):
        files.read_bytes(tmp_path / "absent.ris")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """Reading a folder says that it is one, also where the system only refuses access to it."""
    with pytest.raises(BenangError, match="this is a folder, not a file"):
        files.read_bytes(tmp_path)


def test_a_folder_that_the_system_calls_forbidden_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows answers with a missing right where a folder is opened; the message stays the same."""

    def forbidden(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("benang.safe_files.os.open", forbidden)

    with pytest.raises(BenangError, match="this is a folder, not a file"):
        files.read_bytes(tmp_path)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without the right to read says so."""

    def forbidden(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.ris").write_bytes(b"TY  - JOUR")
    monkeypatch.setattr(files, "read_ordinary", forbidden)

    with pytest.raises(BenangError, match=r"a\.ris: the file can't be read \(Permission denied\)"):
        files.read_bytes(tmp_path / "a.ris")


def test_a_name_that_no_file_can_have_is_refused() -> None:
    """A NUL in a name is a message, no traceback."""
    with pytest.raises(BenangError, match="no file can have this name"):
        files.read_bytes(Path("a\0b"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_named(encoding: str) -> None:
    """UTF-16 with its byte order mark is told as such."""
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    with pytest.raises(BenangError, match="expected UTF-8 text, found UTF-16 text"):
        files.decode(mark + "kopi".encode(encoding), where="a.txt")


def test_utf_16_without_a_byte_order_mark_is_named() -> None:
    """Its ASCII letters would be valid UTF-8, each with a NUL behind it."""
    with pytest.raises(BenangError, match="found UTF-16 text or not text at all"):
        files.decode("kopi".encode("utf-16-le"), where="a.txt")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_that_is_not_utf_8_is_named_with_its_line(mark: bytes) -> None:
    """The first wrong byte and its line are named, with a byte order mark before it or without."""
    with pytest.raises(BenangError, match=r"a\.txt, line 2: expected UTF-8 text, found the byte 0xE9.*Windows-1252"):
        files.decode(mark + "one\ncafé".encode("cp1252"), where="a.txt")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """Writing makes the folder, replaces the file, and leaves nothing else behind."""
    path = tmp_path / "new" / "a.txt"
    files.write_text(path, "one\n")
    files.write_text(path, "two\n")

    assert path.read_bytes() == b"two\n"
    assert [file.name for file in path.parent.iterdir()] == ["a.txt"]


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    """An error while writing leaves the file as it was and no temporary one."""
    path = tmp_path / "a.txt"
    files.write_text(path, "old\n")

    def half() -> None:
        with files.replacing(path) as (temporary,):
            temporary.write_text("half", encoding="utf-8")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()

    assert path.read_text(encoding="utf-8") == "old\n"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_files_that_belong_together_are_written_together(tmp_path: Path) -> None:
    """Where one of several files can't be written, none of them is changed."""
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(BenangError, match="can't write here"):
        files.write_together({tmp_path / "a.txt": b"new", tmp_path / "file" / "b.txt": b"new"})

    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.txt", "file"]


def test_of_files_written_together_the_one_that_fails_is_named(tmp_path: Path) -> None:
    """The message names the file that can't be written, not the first one."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(BenangError, match=r"b\.txt: can't write here"):
        files.write_together({tmp_path / "a.txt": b"new", tmp_path / "file" / "b.txt": b"new"})


def test_a_link_is_written_through(tmp_path: Path) -> None:
    """Where a symbolic link stands, the file it leads to is replaced, and the link stays."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "map.json").write_bytes(b"old")
    link = tmp_path / "map.json"
    try:
        link.symlink_to(tmp_path / "shared" / "map.json")
    except OSError:
        pytest.skip("this system lets only administrators make symbolic links")

    files.write_text(link, "new\n")

    assert link.is_symlink()
    assert (tmp_path / "shared" / "map.json").read_bytes() == b"new\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no rights of this kind")
def test_a_file_keeps_its_rights_and_a_new_one_gets_the_users(tmp_path: Path) -> None:
    """Who keeps interviews from others' eyes finds them still hidden after a build."""
    (tmp_path / "old.csv").write_bytes(b"")
    (tmp_path / "old.csv").chmod(0o640)
    before = os.umask(0o077)
    try:
        files.write_bytes(tmp_path / "old.csv", b"a")
        files.write_bytes(tmp_path / "new.csv", b"b")
    finally:
        os.umask(before)

    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert rights == {"old.csv": 0o640, "new.csv": 0o600}


def test_whether_a_file_can_be_written_is_known_beforehand(tmp_path: Path) -> None:
    """All places that can't be written are named, nothing is made, and a folder that is still missing is no fault."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.json").mkdir()

    files.check_writable(tmp_path / "new" / "deep" / "a.json")
    with pytest.raises(BenangError) as caught:
        files.check_writable(tmp_path / "file" / "b.txt", tmp_path / "folder.json", tmp_path / "c.json")

    assert len(caught.value.problems) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.json"]


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    """Writing under a file, as if it were a folder, names the place."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(BenangError, match="can't write here"):
        files.write_text(tmp_path / "file" / "b.txt", "new")


def test_the_content_hash_is_sha_256() -> None:
    """The hash of the empty text is the published one of SHA-256, for bytes and text alike."""
    published = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert files.sha256("") == files.sha256(b"") == published


@pytest.mark.skipif(not Path("/proc/thread-self/status").exists(), reason="only Linux tells its umask")
def test_files_are_written_without_another_umask_for_other_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that another thread makes meanwhile has the rights that its user wants."""
    monkeypatch.setattr(os, "umask", None)

    files.write_bytes(tmp_path / "new.csv", b"a")

    assert (tmp_path / "new.csv").read_bytes() == b"a"
