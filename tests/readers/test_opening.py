"""Folders and files are opened with care: links that lead back, and what can't be read."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import opening
from benang.readers.opening import Opened, Unread, is_archive, labels, members, opened
from benang.readers.registry import read_files

RIS = b"TY  - JOUR\nTI  - Kota kembar\nPY  - 2020\nER  - \n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with a file, and a folder with another in it."""
    (tmp_path / "in").mkdir()
    (tmp_path / "a.ris").write_bytes(RIS)
    (tmp_path / "in" / "b.ris").write_bytes(RIS)
    return tmp_path


def _names(found: Iterator[Opened | Unread], folder: Path) -> list[str]:
    return [Path(one.name if isinstance(one, Opened) else one.path).relative_to(folder).as_posix() for one in found]


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")
def test_links_that_lead_back_are_followed_once(folder: Path) -> None:
    """A link to the folder above, to itself and to nowhere ends, and no file is read twice."""
    (folder / "in" / "back").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    (folder / "nowhere").symlink_to(folder / "gone")

    assert _names(opened(folder, "x"), folder) == ["a.ris", "in/b.ris"]


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")
def test_a_linked_folder_is_read(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Exports that lie elsewhere are not passed over in silence."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "c.ris").write_bytes(RIS)
    (folder / "linked").symlink_to(elsewhere)

    assert _names(opened(folder, "x"), folder) == ["a.ris", "in/b.ris", "linked/c.ris"]


def test_a_folder_that_is_shut_is_named_and_the_others_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies in it is not lost without a word."""
    scandir = os.scandir

    def shut(path: str | Path) -> object:
        if Path(path).name == "in":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", shut)
    done = read_files(folder)

    assert len(done.corpus) == 1
    assert "in: can't be opened (Permission denied)" in str(done.unread[0].error)


def test_a_folder_that_can_not_be_looked_into_keeps_no_file_from_being_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where asking for one of its files is refused."""
    is_file = Path.is_file

    def refused(path: Path) -> bool:
        if path.parent.name == "in":
            raise PermissionError(13, "Permission denied", str(path))
        return is_file(path)

    monkeypatch.setattr(Path, "is_file", refused)
    done = read_files(folder / "in", folder / "a.ris")

    assert len(done.corpus) == 2


def test_a_folder_gives_its_files_in_order_and_passes_over_hidden_ones(tmp_path: Path) -> None:
    """What an editor or Excel leaves beside a file (.DS_Store, ~$x.xlsx) is no export."""
    for name in ("b.ris", "a/z.ris", ".DS_Store", "~$b.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(RIS)

    found = [one for one in opened(tmp_path, "exports") if isinstance(one, Opened)]
    assert [one.name for one in found] == [f"{tmp_path.as_posix()}/a/z.ris", f"{tmp_path.as_posix()}/b.ris"]
    assert [one.label for one in found] == ["exports/a/z.ris", "exports/b.ris"]


def test_a_file_in_an_archive_goes_by_both_names(tmp_path: Path) -> None:
    """So that a message leads to it."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("scopus/a.ris", RIS)

    assert list(opened(path, "all.zip")) == [
        Opened(f"{path.as_posix()}/scopus/a.ris", "all.zip/scopus/a.ris", RIS),
    ]


@pytest.mark.parametrize(("name", "said"), [("absent.ris", "absent.ris"), ("empty", "a folder without files")])
def test_what_cant_be_opened_is_named_and_stops_nothing(tmp_path: Path, name: str, said: str) -> None:
    """It comes among the others, as a fault that names it."""
    (tmp_path / "empty").mkdir()
    [one] = opened(tmp_path / name, name)

    assert isinstance(one, Unread)
    assert said in str(one.error)
    assert name in str(one.error)


def test_files_of_one_name_are_labelled_by_their_paths() -> None:
    """Keys that are made of a file's name must not fall together."""
    assert labels(["a/x.ris", "b/x.ris", "b/y.ris"]) == ["a/x.ris", "b/x.ris", "y.ris"]


def _zip(*files: tuple[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packed) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return held.getvalue()


def _members(data: bytes) -> list[tuple[str, bytes | BenangError]]:
    return list(members(data, where="a.zip"))


def _refused(data: bytes) -> str:
    with pytest.raises(BenangError) as error:
        _members(data)
    return str(error.value)


def test_files_of_an_archive_come_in_the_order_of_their_names() -> None:
    """Order does not depend on how the archive was packed; what a system adds is passed over."""
    data = _zip(
        ("b.ris", RIS),
        ("a/c.ris", b"x"),
        ("__MACOSX/b.ris", b""),
        ("a/.DS_Store", b""),
        ("~$b.xlsx", b""),
    )

    assert _members(data) == [("a/c.ris", b"x"), ("b.ris", RIS)]


@pytest.mark.parametrize("packed", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_each_way_of_packing_is_undone(packed: int) -> None:
    """Stored, deflated, bzip2 and LZMA."""
    assert _members(_zip(("a", RIS), packed=packed)) == [("a", RIS)]


def test_archives_within_archives_are_opened() -> None:
    """A zip in a zip and a gzip in it are read under the names of both."""
    data = _zip(
        ("in.zip", _zip(("a.ris", RIS), ("b.ris.gz", gzip.compress(RIS)))),
        ("c.ris", RIS),
    )

    assert _members(data) == [
        ("c.ris", RIS),
        ("in.zip/a.ris", RIS),
        ("in.zip/b.ris.gz", RIS),
    ]


def test_archives_have_a_last_depth() -> None:
    """What is packed deeper than anyone packs stands with an error, the rest is read."""
    data = RIS
    for _ in range(6):
        data = _zip(("a.zip", data))
    ((_, content),) = _members(data)

    assert "archives nested inside one another" in str(content)


def test_a_gzip_file_is_one_file() -> None:
    """Several gzip streams behind one another are one file."""
    assert _members(gzip.compress(RIS) + gzip.compress(RIS)) == [("", RIS + RIS)]


def test_a_workbook_is_no_archive_and_a_word_file_is_refused() -> None:
    """Both are zip files: a workbook goes to its reader, a Word file to a message."""
    assert not is_archive(_zip(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")))
    assert not is_archive(_zip(("mimetype", b""), ("content.xml", b"")))
    with pytest.raises(BenangError, match="a Word file"):
        is_archive(_zip(("[Content_Types].xml", b""), ("word/document.xml", b"")))


def test_a_word_file_among_exports_keeps_none_from_being_read() -> None:
    """The file that can't be read is told by its name in the archive."""
    word = _zip(("[Content_Types].xml", b""), ("word/document.xml", b""))
    (name, content), other = _members(_zip(("a.docx", word), ("b.ris", RIS)))

    assert (name, other) == ("a.docx", ("b.ris", RIS))
    assert "a.zip/a.docx" in str(content)


def test_an_encrypted_file_is_named_and_the_others_are_read() -> None:
    """The flag of the first file says that it is encrypted."""
    data = bytearray(_zip(("a.ris", RIS), ("b.ris", RIS)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (name, content), other = _members(bytes(data))

    assert (name, other) == ("a.ris", ("b.ris", RIS))
    assert "a.zip/a.ris: an encrypted file. Unpack it with its password first." in str(content)


def test_a_damaged_file_is_named_and_the_others_are_read() -> None:
    """A wrong checksum spoils one file, not the archive."""
    data = _zip(("a.ris", RIS), ("b.ris", RIS), packed=zipfile.ZIP_STORED).replace(RIS, RIS[:-2] + b"!\n", 1)
    (_, content), other = _members(data)

    assert "can't be unpacked (Bad CRC-32" in str(content)
    assert other == ("b.ris", RIS)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_zip(), "a zip archive without files"),
        (_zip(("a.ris", RIS))[:-30], "a zip archive that can't be opened"),
        (gzip.compress(RIS, mtime=0)[:-10], "a gzip archive that can't be opened"),
        (b"\x1f\x8bnot one", "a gzip archive that can't be opened"),
    ],
    ids=["empty zip", "cut zip", "cut gzip", "no gzip"],
)
def test_a_broken_archive_is_named(data: bytes, said: str) -> None:
    """The message says what it is, where, and what to do."""
    assert is_archive(data)
    assert said in _refused(data)
    assert "Download it again." in _refused(data)


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let archives unpack to 100,000 bytes only, so that a bomb of a test stays small."""
    monkeypatch.setattr(opening, "_SMALL", 100_000)


@pytest.mark.usefixtures("small_limit")
@pytest.mark.parametrize("pack", [gzip.compress, lambda data: _zip(("a.ris", data))])
def test_a_bomb_is_refused_before_it_is_unpacked(pack: object) -> None:
    """A million equal bytes pack to a thousandth, which no export does."""
    assert callable(pack)
    assert "would unpack to" in _refused(pack(b"\0" * 1_000_000))


@pytest.mark.usefixtures("small_limit")
def test_a_bomb_of_archives_within_archives_is_refused() -> None:
    """Each is small enough by itself; together they are not."""
    inner = _zip(*((f"{at}.ris", b"\0" * 40_000) for at in range(2)))
    said = [str(content) for _, content in _members(_zip(*((f"{at}.zip", inner) for at in range(9))))]

    assert any("would unpack to" in one for one in said)


@pytest.mark.usefixtures("small_limit")
def test_a_size_that_lies_does_not_fill_the_memory() -> None:
    """A member that says that it is small is read no further than it says."""
    data = bytearray(_zip(("a.ris", b"\0" * 1_000_000)))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = data.index(mark) + at
        data[where : where + 4] = (10).to_bytes(4, "little")
    ((_, content),) = _members(bytes(data))

    assert isinstance(content, BenangError)


def test_a_review_of_archives_is_read_with_what_could_not_be(tmp_path: Path) -> None:
    """Records come from zip and gzip, with the name in the archive; what can't be read stands beside."""
    (tmp_path / "all.zip").write_bytes(_zip(("x/a.ris", RIS), ("in.zip", _zip(("b.ris", RIS))), ("c.ris", b"")))
    (tmp_path / "d.ris.gz").write_bytes(gzip.compress(RIS))
    done = read_files(tmp_path / "all.zip", tmp_path / "d.ris.gz")

    files = [record.file.removeprefix(tmp_path.as_posix()) for record in done.corpus.records]
    assert files == ["/all.zip/in.zip/b.ris", "/all.zip/x/a.ris", "/d.ris.gz"]
    assert [Path(one.path).name for one in done.unread] == ["c.ris"]


@given(st.integers(0, 300), st.binary(min_size=1, max_size=6), st.sampled_from([8, 14]))
@example(270, b"\x00\x00", 8)
def test_any_damage_ends_in_files_or_in_a_message(at: int, damage: bytes, packed: int) -> None:
    """Bytes written over an archive at any place lead to no other end."""
    data = bytearray(_zip(("a.ris", RIS), ("b.gz", gzip.compress(RIS)), packed=packed))
    data[at : at + len(damage)] = damage
    with suppress(BenangError):
        found = _members(bytes(data)) if is_archive(bytes(data)) else []
        assert all(isinstance(content, bytes | BenangError) for _, content in found)


def test_what_rayyan_packs_beside_its_records_is_passed_over() -> None:
    """Its export is a zip with the records and a log of who clicked what when, which holds no record."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("articles.csv", "key,title,authors,journal,notes\n")
        archive.writestr("customizations_log.csv", "id,article_id,user_email,key,value\n")

    assert [name for name, _ in members(packed.getvalue(), where="rayyan.zip")] == ["articles.csv"]
