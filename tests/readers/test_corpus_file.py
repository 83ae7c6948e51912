"""VOSviewer's corpus file: a document a line, and the scores that belong to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benang.errors import BenangError
from benang.readers.corpus_file import is_corpus_file, read_corpus_file
from benang.readers.registry import Choices, read
from benang.readers.source import Source
from benang.records.corpus import Corpus
from benang.records.score_columns import read_score_columns

DOCUMENT = "Night markets give small traders a place to sell what they cook at home and know well. " * 3


def read_corpus(path: Path) -> Corpus:
    """Read a text as a corpus file."""
    return read(path, choices=Choices(forms={"": "corpus file"}))


def test_each_line_is_the_abstract_of_a_record(tmp_path: Path) -> None:
    """Keys are made of what the line says; Windows line ends and encodings do no harm."""
    (tmp_path / "corpus.txt").write_bytes("Market rents rose.\r\nMüller met traders.\r\n".encode("cp1252"))
    corpus = read_corpus(tmp_path / "corpus.txt")
    assert all(key.startswith("record-") for key in corpus.keys)
    assert [record.abstract for record in corpus.records] == ["Market rents rose.", "Müller met traders."]
    assert (corpus.ledger.found, corpus.ledger.read, corpus.history[0].counts["read"]) == (2, 2, 2)
    assert corpus.ledger.files[0].encoding == "Windows-1252"


def test_blank_lines_keep_their_place() -> None:
    """A blank line within is a document without text, so that scores stay with theirs; at the end it is none."""
    reading = read_corpus_file(Source("c.txt", "c.txt", b"one\n\nthree\n\n\n"))
    assert [record.abstract for record in reading.records] == ["one", "", "three"]
    assert reading.records[2].place == 3
    assert any("blank" in note for note in reading.notes)


def test_scores_belong_to_documents_line_by_line(tmp_path: Path) -> None:
    """Columns `score<Name>`, in the order of the documents; an empty field is no score."""
    (tmp_path / "corpus.txt").write_text("one\ntwo\nthree\n", encoding="utf-8")
    (tmp_path / "scores.txt").write_text("score<Year>\tscore<Quality>\n2019\t1\n2020\t\n2021\t3\n", encoding="utf-8")
    scores = read_score_columns(tmp_path / "scores.txt", read_corpus(tmp_path / "corpus.txt"))
    assert scores["Year"].tolist() == [2019, 2020, 2021]
    assert np.array_equal(scores["Quality"], [1, np.nan, 3], equal_nan=True)


def test_scores_of_another_number_are_refused(tmp_path: Path) -> None:
    """The message says how many there are of each."""
    (tmp_path / "corpus.txt").write_text("one\ntwo\n", encoding="utf-8")
    (tmp_path / "scores.txt").write_text("score<Year>\n2019\n", encoding="utf-8")
    corpus = read_corpus(tmp_path / "corpus.txt")
    with pytest.raises(BenangError, match="1 lines of scores for 2 records"):
        read_score_columns(tmp_path / "scores.txt", corpus)


def test_an_empty_file_is_no_corpus(tmp_path: Path) -> None:
    """Nothing but blanks holds no document."""
    (tmp_path / "corpus.txt").write_text("\n\n", encoding="utf-8")
    with pytest.raises(BenangError, match="the file is empty"):
        read_corpus(tmp_path / "corpus.txt")


@pytest.mark.parametrize(
    ("head", "tells"),
    [
        (f"{DOCUMENT}\n" * 3, True),
        (f"{DOCUMENT}\n\n{DOCUMENT}\n{DOCUMENT}\n", False),
        (f"{DOCUMENT}\n", False),
        ("Night markets of Bandung\nRents in Surabaya\nFood of Medan\n", False),
        (f"title\tabstract\nA\t{DOCUMENT}\nB\t{DOCUMENT}\n", False),
        ('{"text": "' + DOCUMENT + '"}\n', False),
        ("", False),
    ],
)
def test_only_long_lines_of_words_are_taken_for_a_corpus(head: str, tells: bool) -> None:
    """Paragraphs between blank lines, titles, tables and JSON are left to others."""
    assert is_corpus_file(head) is tells
