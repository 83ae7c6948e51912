"""Folders that are read as a whole, table by table, without a record in Python: corpora, snapshots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from benang.readers.openalex_snapshot import is_openalex_snapshot, read_openalex_snapshot
from benang.records.corpus import Corpus
from benang.records.corpus_files import is_corpus_folder, read_corpus

FolderReader = Callable[[Path, Mapping[str, str]], Corpus]
"""Reads a folder: its path, and the origins of fields."""


def folder_form(path: Path) -> FolderReader | None:
    """Return the reader of a folder that is read as a whole; None for a file, or a folder of files."""
    try:
        if not path.is_dir():
            return None
        return next((reader for recognises, reader in FOLDERS if recognises(path)), None)
    except OSError:  # whoever opens it says why it can't be looked into
        return None


def _read_corpus(path: Path, origins: Mapping[str, str]) -> Corpus:  # noqa: ARG001
    return read_corpus(path)


FOLDERS: tuple[tuple[Callable[[Path], bool], FolderReader], ...] = (
    (is_corpus_folder, _read_corpus),
    (is_openalex_snapshot, read_openalex_snapshot),
)
"""The folders that are known: how each is told, and its reader."""
