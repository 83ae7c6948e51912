"""`benang clean` lists which names may be one, and takes decisions on them as the page does."""

from __future__ import annotations

from pathlib import Path

from tests.support import Command
from tests.tasks.test_cleaning import review

from benang.records.thesaurus import read_thesaurus


def test_what_is_proposed_is_listed_with_its_effect(tmp_path: Path, benang: Command) -> None:
    """Nothing is written."""
    folder = review(tmp_path / "r")
    said = benang("clean", folder)
    assert said.code == 0
    assert "night market (3 records)" in said.out
    assert "night markets: plural; 3 + 2 are 4 records" in said.out
    assert said.out.rstrip().endswith("To decide: 5; joined: 0; kept apart: 0.")
    assert not (folder / "thesaurus.tsv").exists()


def test_labels_and_reasons_are_decided(tmp_path: Path, benang: Command) -> None:
    """All plurals, one hyphen; and one of them is taken back."""
    folder = review(tmp_path / "r")
    said = benang("clean", folder, "--accept", "plural", "--refuse", "Night-Market")
    assert said.code == 0
    assert "night markets is night market now: 4 records." in said.out
    assert read_thesaurus(folder / "thesaurus.tsv").replacements == (
        ("night markets", "night market"),
        ("rents", "rent"),
    )
    back = benang("clean", folder, "--take-back", "rents", "--join", "GDP", "economy")
    assert "Open again: rents." in back.out
    assert read_thesaurus(folder / "thesaurus.tsv").replacements == (
        ("night markets", "night market"),
        ("GDP", "economy"),
    )


def test_a_word_that_means_nothing_is_said(tmp_path: Path, benang: Command) -> None:
    """With the nearest one."""
    said = benang("clean", review(tmp_path / "r"), "--accept", "plurals")
    assert said.code == 1
    assert "nothing here is called 'plurals'. Did you mean 'plural'?" in said.err


def test_the_list_speaks_indonesian(tmp_path: Path, benang: Command) -> None:
    """Reasons too."""
    said = benang("--language", "id", "clean", review(tmp_path / "r"))
    assert "night markets: jamak; 3 + 2 menjadi 4 artikel" in said.out
