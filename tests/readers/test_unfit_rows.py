"""Rows with another number of columns than the header."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from benang.encodings import decoded
from benang.readers import Reading, Source
from benang.readers.csv_exports import read_table

HEADER = ("Authors", "Title", "Year", "Source title", "DOI", "Link", "Abstract", "Language", "Document Type", "EID")
ROWS = tuple(
    (
        f"Sari {letter}.; Lee B.",
        f"Sister cities of {letter}",
        str(2010 + at),
        f"Journal of {letter}",
        f"10.9999/kota.{at}",
        f"https://example.org/{at}",
        "What became of cities that signed an agreement. " * 3,
        "English",
        "Article",
        f"2-s2.0-850000000{at}",
    )
    for at, letter in enumerate("ABCD")
)


def _read(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Reading:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return read_table(Source("a.csv", "a.csv", out.getvalue().encode()))


@pytest.mark.parametrize("at", [0, 5, 6, 7, 9, 10])
def test_rows_with_a_column_more_are_read_as_if_it_were_not_there(at: int) -> None:
    """A column without a header at the start, in the middle or at the end changes no record; the note says where."""
    shifted = tuple((*row[:at], "note of mine", *row[at:]) for row in ROWS)
    reading, right = _read(HEADER, shifted), _read(HEADER, ROWS)

    assert reading.records == right.records
    assert (reading.found, reading.set_aside) == (4, ())
    assert reading.notes[0].startswith("Shifted rows (11 columns, but the header has 10) were repaired")
    assert "Values without a header were left out (4 records, first: record 1)." in reading.notes


@pytest.mark.parametrize("name", ["Authors", "DOI", "Link", "Abstract", "Language", "EID"])
def test_rows_with_a_column_less_keep_the_others_in_their_places(name: str) -> None:
    """Only the field of the column that is missing is empty."""
    at = HEADER.index(name)
    reading = _read(HEADER, tuple((*row[:at], *row[at + 1 :]) for row in ROWS))
    emptied = tuple((*row[:at], "", *row[at + 1 :]) for row in ROWS)

    assert reading.records == _read(HEADER, emptied).records
    assert reading.set_aside == ()


def test_a_single_shifted_row_among_others_is_repaired() -> None:
    """One row with a column too many is brought to the header; the others are as they were."""
    rows = (ROWS[0], (*ROWS[1][:6], "x", *ROWS[1][6:]), ROWS[2])

    assert _read(HEADER, rows).records == _read(HEADER, ROWS[:3]).records


def test_what_a_shift_leaves_open_is_left_out_and_named() -> None:
    """Where publisher and sponsor can't be told apart, the publisher is not guessed."""
    header = (*HEADER[:4], "Publisher", "Sponsors", *HEADER[4:])
    reading = _read(header, tuple((*row[:4], "Penerbit Contoh", *row[4:]) for row in ROWS))

    assert [record.publisher for record in reading.records] == [""] * 4
    assert [record.doi for record in reading.records] == [row[4] for row in ROWS]
    note = (
        "Left out because it is unclear after the shift which column they belong to: 'Source title', "
        "'Publisher' (4 records"
    )
    assert any(one.startswith(note) for one in reading.notes)


def test_commas_without_quotation_marks_are_put_together() -> None:
    """A title that lost its quotation marks comes back whole."""
    text = ",".join(HEADER) + "\n" + ",".join(("A", "Cities, towns, villages", *ROWS[0][2:])) + "\n"
    reading = read_table(Source("a.csv", "a.csv", text.encode()))

    assert reading.records[0].title == "Cities, towns, villages"
    assert reading.notes == ("A value with commas but no quotation marks was rejoined (record 1).",)


def test_no_shift_is_made_up() -> None:
    """A row in which nothing is where it must be is set aside, and found is read + set aside."""
    reading = _read(HEADER, (*ROWS, ("a", "b", "c", "d", "e", "f", "g", "h", "i")))

    assert [(one.record, one.reason) for one in reading.set_aside] == [
        (5, "9 columns, but the header has 10, and no shift makes them fit")
    ]
    assert (reading.found, len(reading.records)) == (5, 4)


def test_a_real_export_whose_header_lacks_a_column_is_read(shared_data: Path) -> None:
    """All 58 records of it, with keywords, references and ids where they belong."""
    data = (shared_data / "exports" / "scopus-58-one-column-short.csv").read_bytes()
    reading = read_table(Source("a.csv", "a.csv", decoded(data, where="a.csv").data))
    records = reading.records

    assert (reading.found, len(records), reading.set_aside) == (58, 58, ())
    assert all(record.key.startswith("2-s2.0-") and record.year and record.language for record in records)
    assert records[6].doi == "10.1016/j.biosystems.2020.104332"
    assert records[6].author_keywords[:2] == ("Data assimilation", "Dynamic simulation")
    assert records[6].index_keywords[:2] == ("cryptochrome", "messenger RNA")
    assert records[6].references[0].startswith("Andreychenko, A., Magnin, M.")
    assert (records[6].publisher, records[6].issn) == ("Elsevier Ireland Ltd", ("0303-2647",))
    assert records[0].references[0].startswith("Kalé, L.")
