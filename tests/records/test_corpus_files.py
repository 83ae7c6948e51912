"""A corpus on disk: what is written is read again as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import benang
from benang.errors import BenangError
from benang.records.corpus import Corpus, corpus_of
from benang.records.corpus_files import TABLES, corpus_parts, is_corpus_folder, read_corpus, write_corpus
from benang.records.duplicates.finding import find_duplicates
from benang.records.duplicates.joining import joined
from benang.records.ledger import FileAccount, Ledger, SetAside
from benang.records.record import Record


@pytest.fixture
def corpus() -> Corpus:
    """Return two records of one work and one of another, joined, with a ledger."""
    twice = [
        Record(key, title="Kota kembar yang gagal", authors=("Sari, D.",), year=2020, doi="10.1/a", place=at, raw=raw)
        for at, (key, raw) in enumerate((("a", {"title": "KOTA KEMBAR YANG GAGAL"}), ("b", {})), 1)
    ]
    other = Record("c", year=1999, references=("X, 2000", "Y; 2001"), origins={"year": "assigned"}, place=4)
    account = FileAccount("s.ris", "RIS", "0f", 4, 3, (SetAside(3, 12, "no content"),), ("A note.",), "UTF-16")
    read = corpus_of([*twice, other], ledger=Ledger((account,)))
    return joined(read, find_duplicates(read))


def _is_equal(one: Corpus, other: Corpus) -> bool:
    tables = all(getattr(one, name).equals(getattr(other, name)) for name in TABLES)
    return tables and one.ledger == other.ledger and one.history == other.history


def test_a_corpus_comes_back(corpus: Corpus, tmp_path: Path) -> None:
    """Tables, ledger and history are equal, members and origins among them."""
    write_corpus(corpus, tmp_path / "corpus")

    again = read_corpus(tmp_path / "corpus")

    assert corpus.members.num_rows == 3
    assert _is_equal(corpus, again)
    assert again.records == corpus.records


def test_an_export_comes_back(test_data: Path, tmp_path: Path) -> None:
    """The step `read` with its tuples is equal, too."""
    corpus = benang.read(test_data / "exports" / "scopus-3.csv")
    write_corpus(corpus, tmp_path / "corpus.parquet")

    assert _is_equal(corpus, read_corpus(tmp_path / "corpus.parquet"))


def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus, tmp_path: Path) -> None:
    """Every file of the folder is the same, also when it is written over an older one."""
    for _ in range(2):
        write_corpus(corpus, tmp_path / "a")
    write_corpus(corpus, tmp_path / "b")

    assert is_corpus_folder(tmp_path / "a")
    for one, other in zip(corpus_parts(tmp_path / "a"), corpus_parts(tmp_path / "b"), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_a_folder_with_other_files_is_left_alone(corpus: Corpus, tmp_path: Path) -> None:
    """A corpus is never mixed with other files, nor written in place of one."""
    (tmp_path / "export.ris").write_text("TY  - JOUR\nER  - \n", encoding="utf-8")

    for place in (tmp_path, tmp_path / "export.ris"):
        with pytest.raises(BenangError):
            write_corpus(corpus, place)
    assert [path.name for path in tmp_path.iterdir()] == ["export.ris"]


def test_a_newer_format_is_refused_by_name(corpus: Corpus, tmp_path: Path) -> None:
    """What a later Benang wrote is not read half."""
    write_corpus(corpus, tmp_path / "c")
    ledger = tmp_path / "c" / "ledger.json"
    told = json.loads(ledger.read_text(encoding="utf-8")) | {"format": 2}
    ledger.write_text(json.dumps(told), encoding="utf-8")

    with pytest.raises(BenangError, match="found a corpus of format 2"):
        read_corpus(tmp_path / "c")


@pytest.mark.parametrize("part", ["works.parquet", "ledger.json"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"[1, 2]", b'{"format": 1, "ledger": {"files": [{}]}}'])
def test_a_damaged_part_is_named(corpus: Corpus, tmp_path: Path, part: str, content: bytes) -> None:
    """A damaged file ends in a message that names it, not in a traceback."""
    write_corpus(corpus, tmp_path / "c")
    (tmp_path / "c" / part).write_bytes(content)

    with pytest.raises(BenangError, match=part.replace(".", r"\.")):
        read_corpus(tmp_path / "c")
