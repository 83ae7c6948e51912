"""Tables that people fill in are written without formulas and read row by row."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers.corpus_file import read_score_columns
from benang.records.added_keywords import read_added_keywords
from benang.records.corpus import corpus_of
from benang.records.duplicates.files import read_decisions
from benang.records.record import Record
from benang.records.user_tables import csv_text, joined, neutral, parted, plain, read_user_table, table_rows


def test_what_is_written_is_read_again() -> None:
    """Commas, quotation marks, line breaks and formulas come back, and nothing is a formula in between."""
    rows = [["=SUM(A1)", 'say "yes", now'], ["@kota", "two\nlines"], ["'=x", "-"]]
    text = csv_text(["label", "note"], rows)
    assert [plain(cell) for _, cells in table_rows(text, where="t.csv", way_on="") for cell in cells[:]] == [
        "label", "note", *(cell for row in rows for cell in row),
    ]  # fmt: skip
    assert not any(
        cell.startswith(tuple("=+-@")) for _, cells in table_rows(text, where="", way_on="") for cell in cells
    )


@pytest.mark.parametrize("mark", ["\t", ";", ","])
def test_the_first_line_tells_what_parts_the_columns(mark: str) -> None:
    """Tab before semicolon before comma, since labels hold commas more often than tabs."""
    text = f"label{mark}replace by\nkota{mark}city\n"
    assert [cells for _, cells in table_rows(text, where="", way_on="")] == [["label", "replace by"], ["kota", "city"]]


def test_rows_are_counted_by_lines_of_the_file() -> None:
    """Empty lines, remarks and cells of several lines count, so that a message names the line that an editor shows."""
    text = '# mine\na,b\n\n"1\n2",x\n#\ny,z\n'
    assert [line for line, _ in table_rows(text, where="", way_on="", remark="#")] == [2, 4, 7]


def test_a_number_sign_begins_a_remark_only_where_it_is_one() -> None:
    """A label may begin with it."""
    assert [cells for _, cells in table_rows("a,b\n#kota,city\n", where="", way_on="")][1] == ["#kota", "city"]


def test_an_open_quotation_mark_is_named_with_its_line() -> None:
    """The way on is the caller's."""
    with pytest.raises(BenangError, match=r"t.csv, line 2: .*not a table row.*Close it"):
        list(table_rows('a,b\n"kota,city\n', where="t.csv", way_on="Close it."))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1252"])
def test_every_table_is_read_in_whatever_encoding_it_comes(tmp_path: Path, encoding: str) -> None:
    """Scores, decisions on pairs, keywords that reviewers add; with the line ends of Windows."""

    def table(text: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        return path

    scores = read_score_columns(table("record,Gewähr\na,3\n"), corpus_of([Record("a")]))
    assert {name: column.tolist() for name, column in scores.items()} == {"Gewähr": [3]}
    assert [one.other for one in read_decisions(table("record;other;decision\na;Ü;same\n")).pairs] == ["Ü"]
    assert read_added_keywords(table("record\tkeywords\na\tcafé\n")).by_record == {"a": ("café",)}
    assert bool(read_user_table(table("a,é\n"), way_on="").notes) == (encoding == "cp1252")


VALUES = st.lists(st.text(alphabet="ab;\\ ,'=é").map(str.strip).filter(bool))


@given(VALUES)
def test_lists_come_back_as_they_were(values: list[str]) -> None:
    """Semicolons and backslashes within values part nothing."""
    assert parted(joined(values)) == tuple(values)


@given(VALUES, VALUES)
def test_places_without_a_value_keep_the_others_in_place(before: list[str], behind: list[str]) -> None:
    """Ids stand beside authors, of whom some have none."""
    values = [*before, "", "one", *behind]
    assert parted(joined(values), keep_empty=True) == tuple(values)


@given(st.text(alphabet="'=+-@\t\r\n＝＋－＠a1.e"))
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    """A spreadsheet runs what begins with one of these, but for numbers with a sign."""
    written = neutral(text)
    assert not written.startswith(tuple("=+-@\t\r\n＝＋－＠")) or (math.isfinite(float(written)) and written == text)
    assert plain(written) == text


def test_numbers_with_a_sign_stay_numbers() -> None:
    """What is a number and something else is none; nor is what looks like one that a text begins with."""
    numbers = ["-5", "+3", "-0.5", "-.5", "-5.", "-1e-05", "+2.5E+10"]
    assert [neutral(text) for text in numbers] == numbers
    for text in ("-1+1", "--5", "-5 °C", "-", "+", "-1e", "-inf", "-٣", "-5\n", "'-5", "+62 21"):
        assert neutral(text) == f"'{text}"
        assert plain(neutral(text)) == text
