"""Folders and files are opened with care: links that lead back, and what can't be read."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from benang.readers.opening import Opened, Unread, labels, opened
from benang.readers.registry import read_files

RIS = b"TY  - JOUR\nTI  - Kota kembar\nER  - \n"


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


def test_a_folder_that_is_shut_is_told_and_the_others_are_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_file_in_an_archive_is_told_by_both_names(tmp_path: Path) -> None:
    """So that a message leads to it."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("scopus/a.ris", RIS)

    assert list(opened(path, "all.zip")) == [
        Opened(f"{path.as_posix()}/scopus/a.ris", "all.zip/scopus/a.ris", RIS),
    ]


@pytest.mark.parametrize(("name", "said"), [("absent.ris", "absent.ris"), ("empty", "a folder without a file in it")])
def test_what_cant_be_opened_is_told_and_stops_nothing(tmp_path: Path, name: str, said: str) -> None:
    """It comes among the others, as a fault that names it."""
    (tmp_path / "empty").mkdir()
    [one] = opened(tmp_path / name, name)

    assert isinstance(one, Unread)
    assert said in str(one.error)
    assert name in str(one.error)


def test_files_of_one_name_are_labelled_by_their_paths() -> None:
    """Keys that are made of a file's name must not fall together."""
    assert labels(["a/x.ris", "b/x.ris", "b/y.ris"]) == ["a/x.ris", "b/x.ris", "y.ris"]
