"""A user's own numbers of records."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.records.score_columns import read_score_columns

CORPUS = corpus_of([Record("a", doi="10.1000/A"), Record("b"), Record("c")])


def read(folder: Path, text: str) -> dict[str, list[float]]:
    """Read a table of scores."""
    path = folder / "scores.csv"
    path.write_text(text, encoding="utf-8")
    return {name: values.tolist() for name, values in read_score_columns(path, CORPUS).items()}


def refused(folder: Path, text: str) -> list[str]:
    """Return the problems of a table of scores."""
    with pytest.raises(BenangError) as told:
        read(folder, text)
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize("by", ["record", "Key", "ID"])
def test_records_are_named_in_any_order(tmp_path: Path, by: str) -> None:
    """A record that isn't named, or has no number, has none."""
    found = read(tmp_path, f"{by};Quality;Sample size\nC;3;\na;-1.5;40\n")

    assert found["Quality"][0] == -1.5
    assert found["Quality"][2] == 3
    assert math.isnan(found["Quality"][1])
    assert [math.isnan(one) for one in found["Sample size"]] == [False, True, True]


def test_records_are_named_by_doi(tmp_path: Path) -> None:
    """In any case."""
    assert read(tmp_path, "doi,Quality\n10.1000/a,2\n")["Quality"][0] == 2


def test_vosviewers_scores_file_has_a_line_a_record(tmp_path: Path) -> None:
    """`score<Name>` for each column, as VOSviewer's manual has it."""
    found = read(tmp_path, "score<Quality>\tscoreAge\n1\t10\n2\t20\n3\t30\n")

    assert found == {"Quality": [1, 2, 3], "Age": [10, 20, 30]}


def test_one_column_needs_no_header(tmp_path: Path) -> None:
    """Also in VOSviewer's."""
    assert read(tmp_path, "1\n2\n3\n") == {"Score": [1, 2, 3]}


@given(st.lists(st.floats(-1e100, 1e100), min_size=3, max_size=3))
def test_numbers_come_back_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, numbers: list[float]) -> None:
    """To the last digit."""
    found = read(tmp_path_factory.mktemp("scores"), "score<S>\n" + "".join(f"{one!r}\n" for one in numbers))

    assert np.array_equal(found["S"], numbers)


def test_all_problems_of_a_table_are_told_together(tmp_path: Path) -> None:
    """With the lines where they stand."""
    found = refused(tmp_path, "record,Quality\na,good\nz,1\nb,inf\na,2\n")

    assert [problem.split("scores.csv, ")[1] for problem in found] == [
        "line 2, Quality: expected a number, or nothing, found 'good'.",
        "line 3: expected keys such as 'a', found a record 'z' that was not read.",
        "line 4, Quality: expected a number, or nothing, found 'inf'.",
        "line 5: the record 'a' again: line 2 has numbers of it, too.",
    ]


def test_many_problems_are_counted(tmp_path: Path) -> None:
    """The first twenty stand there."""
    found = refused(tmp_path, "record,Quality\n" + "".join(f"z{at},1\n" for at in range(30)))

    assert (len(found), found[-1]) == (21, "10 more problems like these.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a table without a line"),
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
