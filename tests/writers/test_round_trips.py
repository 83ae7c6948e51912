"""What is written is read again: every field that a form carries comes back as it was."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.writers.plausible import records

import benang
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record
from benang.writers import bibtex, csl_json, csv_table, excel, ris
from benang.writers.registry import write_records

CARRIED = {
    ".ris": ris.CARRIED,
    ".bib": bibtex.CARRIED,
    ".csv": csv_table.CARRIED,
    ".xlsx": excel.CARRIED,
    ".json": csl_json.CARRIED,
}


def _again(corpus: Corpus, suffix: str) -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"written{suffix}"
        write_records(corpus, path)
        return benang.read(path)


def _fields(records: Sequence[Record], names: Sequence[str]) -> list[dict[str, object]]:
    return [{name: getattr(record, name) for name in names} for record in records]


@pytest.mark.parametrize("suffix", CARRIED)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(held=records())
def test_what_is_written_is_read_again(suffix: str, held: list[Record]) -> None:
    """Whatever texts the records hold, each field that the form carries comes back, and none is set aside."""
    again = _again(corpus_of(held), suffix)

    assert _fields(again.records, CARRIED[suffix]) == _fields(held, CARRIED[suffix])
    assert again.ledger.set_aside == 0


@pytest.mark.parametrize("suffix", CARRIED)
@pytest.mark.parametrize("export", ["scopus-581.csv", "wos-plain-500.txt", "pubmed-335-crlf.txt", "ojs-6.ris"])
def test_real_exports_come_back(suffix: str, export: str, shared_data: Path) -> None:
    """Records of real exports are the same after writing and reading, in all that the form carries."""
    corpus = benang.read(shared_data / "exports" / export)

    again = _again(corpus, suffix)

    assert _fields(again.records, CARRIED[suffix]) == _fields(corpus.records, CARRIED[suffix])
