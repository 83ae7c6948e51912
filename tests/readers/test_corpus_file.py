"""VOSviewer's corpus file: a document a line; and numbers of records, such as its scores file."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Source
from benang.readers.corpus_file import is_corpus_file, read_corpus_file, read_score_columns
from benang.readers.registry import Choices, read
from benang.records.corpus import Corpus, corpus_of
from benang.records.record import Record

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
    assert any("Blank" in note for note in reading.notes)


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


CORPUS = corpus_of([Record("a", doi="10.1000/A"), Record("b"), Record("c")])


def scores_in(folder: Path, text: str) -> dict[str, list[float]]:
    """Read a table of scores."""
    path = folder / "scores.csv"
    path.write_text(text, encoding="utf-8")
    return {name: values.tolist() for name, values in read_score_columns(path, CORPUS).items()}


def refused(folder: Path, text: str) -> list[str]:
    """Return the problems of a table of scores."""
    with pytest.raises(BenangError) as told:
        scores_in(folder, text)
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize("by", ["record", "Key", "ID"])
def test_records_are_named_in_any_order(tmp_path: Path, by: str) -> None:
    """A record that isn't named, or has no number, has none."""
    found = scores_in(tmp_path, f"{by};Quality;Sample size\nC;3;\na;-1.5;40\n")

    assert found["Quality"][0] == -1.5
    assert found["Quality"][2] == 3
    assert math.isnan(found["Quality"][1])
    assert [math.isnan(one) for one in found["Sample size"]] == [False, True, True]


def test_records_are_named_by_doi(tmp_path: Path) -> None:
    """In any case."""
    assert scores_in(tmp_path, "doi,Quality\n10.1000/a,2\n")["Quality"][0] == 2


def test_vosviewers_scores_file_has_a_line_a_record(tmp_path: Path) -> None:
    """`score<Name>` for each column, as VOSviewer's manual has it."""
    found = scores_in(tmp_path, "score<Quality>\tscoreAge\n1\t10\n2\t20\n3\t30\n")

    assert found == {"Quality": [1, 2, 3], "Age": [10, 20, 30]}


def test_one_column_needs_no_header(tmp_path: Path) -> None:
    """Also in VOSviewer's."""
    assert scores_in(tmp_path, "1\n2\n3\n") == {"Score": [1, 2, 3]}


@given(st.lists(st.floats(-1e100, 1e100), min_size=3, max_size=3))
def test_numbers_come_back_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, numbers: list[float]) -> None:
    """To the last digit."""
    found = scores_in(tmp_path_factory.mktemp("scores"), "score<S>\n" + "".join(f"{one!r}\n" for one in numbers))

    assert np.array_equal(found["S"], numbers)


def test_all_problems_of_a_table_are_told_together(tmp_path: Path) -> None:
    """With the lines where they stand."""
    found = refused(tmp_path, "record,Quality\na,good\nz,1\nb,inf\na,2\n")

    assert [problem.split("scores.csv, ")[1] for problem in found] == [
        "line 2, Quality: expected a number, or nothing, found 'good'.",
        "line 3: expected keys such as 'a', found a record 'z' that is not in the corpus.",
        "line 4, Quality: expected a number, or nothing, found 'inf'.",
        "line 5: the record 'a' again: line 2 already has its numbers.",
    ]


def test_many_problems_are_counted(tmp_path: Path) -> None:
    """The first twenty stand there."""
    found = refused(tmp_path, "record,Quality\n" + "".join(f"z{at},1\n" for at in range(30)))

    assert (len(found), found[-1]) == (21, "10 more problems like these.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "an empty table"),
        ("1\n2\n", "2 lines of scores for 3 records"),
        ("record,Q,Q\na,1,2\n", "two columns 'Q'"),
        ("record\na\n", "no column of numbers"),
        ("score<Q>\tscoreQ\n1\t1\n2\t2\n3\t3\n", "two columns 'Q'"),
    ],
)
def test_a_table_that_is_neither_of_the_two_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """And what it should have been is told."""
    assert said in refused(tmp_path, text)[0]


def test_keys_that_differ_in_capitals_alone_have_numbers_of_their_own(tmp_path: Path) -> None:
    """Citation keys of two people's files may: a number never goes to the other's paper."""
    (tmp_path / "q.csv").write_text("record,Quality\nSmith2020,1\nsmith2020,2\nLEE2019,3\n", encoding="utf-8")
    corpus = corpus_of([Record("smith2020"), Record("Smith2020"), Record("lee2019")])
    assert read_score_columns(tmp_path / "q.csv", corpus)["Quality"].tolist() == [2, 1, 3]
