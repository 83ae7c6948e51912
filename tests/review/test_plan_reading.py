"""Patterns of the plan name what `Path.glob` does, in time that grows with the folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from benang.review.plan_reading import matching

NAMES = (
    "a.ris",
    "b.RIS",
    "in/a.ris",
    "in/deep/a.ris",
    "in/deep/er/b.csv",
    "other/a.b.ris",
    ".hidden/a.ris",
    "[x]/a.ris",
)
PATTERNS = (
    "*", "*.ris", "?.ris", "a.ris", "in/*", "*/*.ris", "**/*", "**/*.ris", "**/deep/*", "in/**/*.ris", "**/**/a.ris",
    "**/*/**/a.ris", "*/**/*/a.ris", "./in//a.ris", "[ab].ris", "[!a]*", "in", "**", "in/**", "nowhere/*", "**/er/../*",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with files at several depths."""
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


@pytest.mark.parametrize("pattern", [one for one in PATTERNS if ".." not in one])
def test_a_pattern_names_what_glob_names(folder: Path, pattern: str) -> None:
    """The same files, whatever wildcards it holds."""
    files = [path for path in matching(folder, pattern) if path.is_file()]

    assert files == sorted({path for path in folder.glob(pattern) if path.is_file()})


@pytest.mark.parametrize("pattern", ["", ".", "a**b", "***", "in/x**"])
def test_what_is_no_pattern_matches_nothing(folder: Path, pattern: str) -> None:
    """It is said to match no file, and ends in no traceback."""
    assert matching(folder, pattern) == []


def test_many_wildcards_in_deep_folders_take_no_time(tmp_path: Path) -> None:
    """Eight `**` in sixty nested folders are looked through once."""
    deep = tmp_path.joinpath(*"d" * 60)
    deep.mkdir(parents=True)
    (deep / "a.ris").write_text("")

    start = time.monotonic()
    assert matching(tmp_path, "**/*/" * 8 + "*.ris") == [deep / "a.ris"]
    assert time.monotonic() - start < 5


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights on Windows")
def test_a_linked_folder_is_looked_through_once_and_by_its_own_name(folder: Path) -> None:
    """Links to the folder itself, and two to one folder, double nothing at any step."""
    for name, target in (("circle", folder), ("again", folder), ("also-in", folder / "in")):
        (folder / name).symlink_to(target)

    assert [path.relative_to(folder).as_posix() for path in matching(folder, "*/a.ris")] == [
        ".hidden/a.ris", "[x]/a.ris", "again/a.ris", "in/a.ris"
    ]  # fmt: skip
    start = time.monotonic()
    matching(folder, "*/" * 24 + "a.ris")
    assert time.monotonic() - start < 5
