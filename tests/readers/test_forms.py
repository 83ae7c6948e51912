"""Folders that are read as a whole are told from folders of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.readers.forms import folder_form, missing_fields
from benang.records.corpus import corpus_of
from benang.records.corpus_files import write_corpus
from benang.records.record import FileAccount, Ledger, Record

pytestmark = pytest.mark.fast


def test_a_corpus_on_disk_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Benang's own folder comes back record for record."""
    corpus = corpus_of([Record("a", title="Kota kembar", authors=("Sari, D.", "Lee, B."))])
    write_corpus(corpus, tmp_path / "corpus")

    read = folder_form(tmp_path / "corpus")
    assert read is not None
    assert read(tmp_path / "corpus", {}).records == corpus.records


def test_files_and_folders_of_files_are_read_one_by_one(tmp_path: Path) -> None:
    """They are no whole."""
    (tmp_path / "a.ris").write_text("TY  - JOUR\nER  - \n")
    assert folder_form(tmp_path) is None
    assert folder_form(tmp_path / "a.ris") is None


def _missing(form: str, database: str) -> tuple[str, ...]:
    record = Record("a", title="Kota", abstract="…", references=("b",), database=database, file="one.csv")
    account = FileAccount("one.csv", form, "", found=1, read=1)
    return missing_fields(corpus_of([record], ledger=Ledger((account,))))["one.csv"]


@pytest.mark.parametrize("name", ["Publish or Perish", "Google Scholar"])
def test_who_has_no_keywords_to_choose_is_not_told_to_choose_them(name: str) -> None:
    """Google Scholar gives none, whatever is chosen."""
    (note,) = _missing(f"{name} CSV", name)

    assert "Google Scholar provides none" in note
    assert "keywords.csv" in note
    assert "choose" not in note


def test_who_has_keywords_to_choose_is_told_so() -> None:
    """A table of a reference manager has a column for them."""
    assert any("select them when you export" in note for note in _missing("RIS", ""))
