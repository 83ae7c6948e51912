"""Folders that are read as a whole are told from folders of files."""

from __future__ import annotations

from pathlib import Path

from benang.readers.folders import folder_form
from benang.records.corpus import corpus_of
from benang.records.corpus_files import write_corpus
from benang.records.record import Record


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
