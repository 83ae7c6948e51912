"""Tables that people fill in are written without formulas and read row by row."""

from __future__ import annotations

import pytest

from benang.errors import BenangError
from benang.records.cells import plain
from benang.records.user_tables import csv_text, table_rows


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
    with pytest.raises(BenangError, match=r"t.csv, line 2: .*no table row.*Close it"):
        list(table_rows('a,b\n"kota,city\n', where="t.csv", way_on="Close it."))
