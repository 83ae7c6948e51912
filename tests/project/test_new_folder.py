"""A new folder: written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.project.new_folder import write_folder

FILES = {"review.toml": b"format = 1\n", "sources/a.ris": b"TY  - JOUR\n"}


def test_a_folder_is_written_with_its_files_and_empty_folders(tmp_path: Path) -> None:
    """Folders above it that are missing are made as well, and nothing is left beside it."""
    write_folder(tmp_path / "mine" / "r", FILES, ("papers",))

    assert (tmp_path / "mine" / "r" / "sources" / "a.ris").read_bytes() == FILES["sources/a.ris"]
    assert (tmp_path / "mine" / "r" / "papers").is_dir()
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["r"]


def test_an_empty_folder_is_filled_and_hidden_files_in_it_stay(tmp_path: Path) -> None:
    """It may be under version control, or the folder in which the command runs."""
    (tmp_path / ".git").mkdir()
    write_folder(tmp_path, FILES)

    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "review.toml", "sources"]


@pytest.mark.parametrize(
    ("there", "said"), [("notes.txt", "not empty: it holds notes.txt"), ("review.toml", "a review in this folder")]
)
def test_a_folder_that_holds_something_is_refused(tmp_path: Path, there: str, said: str) -> None:
    """What it holds is named, and stays as it is."""
    (tmp_path / there).write_text("mine", encoding="utf-8")

    with pytest.raises(BenangError, match=said):
        write_folder(tmp_path, FILES)

    assert [path.name for path in tmp_path.iterdir()] == [there]


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    """A file is no folder."""
    (tmp_path / "r").write_text("mine", encoding="utf-8")

    with pytest.raises(BenangError, match="no folder"):
        write_folder(tmp_path / "r", FILES)


@pytest.mark.parametrize("there", [True, False])
def test_where_writing_fails_there_is_nothing(tmp_path: Path, there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder nor what was made for it, also where it fails at the very last file."""
    if there:
        (tmp_path / "r").mkdir()
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name in ("review.toml", "r"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(BenangError, match="No space left on device"):
        write_folder(tmp_path / "r" if there else tmp_path / "mine" / "r", FILES)

    assert [path.name for path in tmp_path.rglob("*")] == (["r"] if there else [])
