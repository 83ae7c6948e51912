"""Workbooks: databases' own, plain tables, and what can't be read."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading, Source
from benang.readers.excel import is_workbook, read_plain_workbook, read_workbook, workbook_columns
from benang.readers.registry import read_files
from benang.records.thesaurus import read_thesaurus

WOS = ("Authors", "Author Full Names", "Article Title", "Source Title", "Publication Year", "Start Page",
       "WoS Categories", "UT (Unique WOS ID)")  # fmt: skip


def _workbook(**sheets: list[tuple[Any, ...]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(at, column, datetime.datetime(cell.year, cell.month, cell.day), day)
                else:
                    sheet.write(at, column, cell)
    book.close()
    return out.getvalue()


def test_web_of_science_excel_is_read() -> None:
    """Full names of columns tell it; numbers are whole numbers; the form is named in the account."""
    data = _workbook(
        savedrecs=[WOS, ("Sari, D", "Sari, Dewi", "Kota kembar", "CITIES", 2021, 12, "Urban Studies", "WOS:1")]
    )
    reading = read_workbook(Source("a.xls", "a.xls", data))
    record = reading.records[0]

    assert (reading.format, reading.found) == ("Web of Science Excel", 1)
    assert (record.authors, record.year, record.first_page) == (("Sari, Dewi",), 2021, "12")
    assert (record.identifiers, record.topics, record.database) == (("wos:1",), ("Urban Studies",), "Web of Science")


def test_the_first_sheet_with_a_header_is_read_and_the_others_named() -> None:
    """Notes above the table and on other sheets don't keep it from being read."""
    table = [("Daftar artikel",), (), ("Judul", "Penulis", "Tahun"), ("Kota", "Dewi Sari", 2020.0)]
    reading = read_workbook(Source("a.xlsx", "a.xlsx", _workbook(Catatan=[("apa saja",)], Artikel=table)))

    assert (reading.records[0].title, reading.records[0].year, reading.records[0].line) == ("Kota", 2020, 4)
    assert "The sheet 'Artikel' was read; other sheets were not read: 'Catatan'." in reading.notes


HEAD = ("Title", "Authors", "Year", "Journal")
ROWS = [(f"Night markets {n}", f"Umpama, {'ABCDEFGH'[n]}.", 2010 + n, "Journal of Invented Markets") for n in range(8)]


def _read(**sheets: list[tuple[Any, ...]]) -> tuple[list[str], Reading]:
    reading = read_workbook(Source("a.xlsx", "a.xlsx", _workbook(**sheets)))
    assert reading.found == len(reading.records) + len(reading.set_aside)
    assert [record.place for record in reading.records] == sorted({record.place for record in reading.records})
    assert all(record.year and record.authors and record.source for record in reading.records)
    return [record.title for record in reading.records], reading


TITLES = [row[0] for row in ROWS]


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD, *ROWS[:2], (), HEAD, *ROWS[2:]],
        [HEAD, *ROWS[:2], HEAD, *ROWS[2:]],
        [("My papers",), (), HEAD, *ROWS[:2], (), ("Of another search",), (), HEAD, *ROWS[2:]],
        [HEAD, *ROWS[:2], (), HEAD[::-1], *[row[::-1] for row in ROWS[2:]]],
        [HEAD, *ROWS[:2], (), (*HEAD, "Volume", "DOI"), *[(*row, 4, "10.9999/x.1") for row in ROWS[2:]]],
        [*ROWS[:2], HEAD, *ROWS[2:]],
        [HEAD, *ROWS[:2], (), (), *ROWS[2:]],
    ],
)
def test_every_table_on_a_sheet_is_read(rows: list[tuple[Any, ...]]) -> None:
    """Below one another, with the same header or another, with the header among the rows; no header is a record."""
    titles, reading = _read(A=rows)

    assert titles == TITLES
    assert reading.set_aside == ()


@pytest.mark.parametrize("gap", [("",), ("", "")])
def test_tables_side_by_side_are_read(gap: tuple[str, ...]) -> None:
    """Empty columns part them; the longer one goes on below the shorter."""
    left, right = [HEAD, *ROWS[:3]], [HEAD, *ROWS[3:]]
    beside = [((*left[n], *gap) if n < len(left) else ("",) * (4 + len(gap))) + right[n] for n in range(len(right))]
    titles, _ = _read(A=beside)

    assert titles == TITLES


def test_empty_columns_within_a_table_are_passed_over() -> None:
    """An empty column between the columns of one table does not part it."""
    apart = [tuple(part for cell in row for part in (cell, "")) for row in (HEAD, *ROWS)]

    assert _read(A=apart)[0] == TITLES


def test_every_sheet_with_a_table_is_read() -> None:
    """Sheets without one are named."""
    titles, reading = _read(A=[HEAD, *ROWS[:3]], Notes=[("x",)], B=[HEAD[::-1], *[row[::-1] for row in ROWS[3:]]])

    assert titles == TITLES
    assert "The sheets 'A', 'B' were read; other sheets were not read: 'Notes'." in reading.notes


def test_rows_below_a_header_that_nobody_knows_are_set_aside() -> None:
    """They are not read with the columns of the table above."""
    other = [
        ("Pasar", "Kota", "Kecamatan", "Pedagang"),
        ("Malam", "Umpama", "Contoh", 12),
        ("Pagi", "Misal", "Contoh", 9),
    ]
    titles, reading = _read(A=[HEAD, *ROWS[:2], (), *other])

    assert titles == TITLES[:2]
    assert [(one.record, one.line) for one in reading.set_aside] == [(3, 6), (4, 7)]
    assert "'Pasar', 'Kota', 'Kecamatan', 'Pedagang'" in reading.set_aside[0].reason


def test_a_mapping_is_followed() -> None:
    """Columns by name and by number; a date where pages are expected stays, and is said."""
    data = _workbook(A=[("Nama karya", "Oleh", "hlm"), ("Kota", "Sari, D.", datetime.date(2026, 3, 12))])
    columns = {"title": "nama karya", "authors": "2", "first_page": "hlm"}
    reading = read_plain_workbook(Source("a.xlsx", "a.xlsx", data, columns=columns))

    assert (reading.records[0].title, reading.records[0].authors) == ("Kota", ("Sari, D.",))
    assert reading.records[0].first_page == "2026-03-12"
    assert any("probably a range such as 3-12" in note for note in reading.notes)


def test_an_unknown_header_says_how_a_mapping_is_written() -> None:
    """The message shows the header that was found."""
    with pytest.raises(BenangError, match=r"'Foo', 'Bar'") as error:
        read_workbook(Source("sources/a.xlsx", "a.xlsx", _workbook(A=[("Foo", "Bar"), (1, 2)])))
    assert '--columns "sources/a.xlsx:title=HEADER; authors=HEADER; year=HEADER"' in str(error.value)


def test_a_broken_workbook_and_cells_far_apart_are_refused_kindly() -> None:
    """Neither ends in a traceback or fills the memory."""
    whole = _workbook(A=[WOS])
    with pytest.raises(BenangError, match="can't be read"):
        read_workbook(Source("a.xlsx", "a.xlsx", whole[:2000]))
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(BenangError, match="password"):
        read_workbook(Source("a.xlsx", "a.xlsx", old))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old_book, zipfile.ZipFile(out, "w") as book:
        for info in old_book.infolist():
            content = old_book.read(info)
            if info.filename.startswith("xl/worksheets/"):
                content = content.replace(b"</row>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
            book.writestr(info, content)
    with pytest.raises(BenangError, match=r"more than .* of memory to open, at the sheet 'A'; a cell may lie far"):
        read_workbook(Source("a.xlsx", "a.xlsx", out.getvalue()))


def test_workbooks_are_recognised_by_their_first_bytes() -> None:
    """A zip file with sheets is one, another zip file is not."""
    assert is_workbook(_workbook(A=[WOS])[:65536].decode("latin-1"))
    assert is_workbook("\xd0\xcf\x11\xe0\xa1")
    assert not is_workbook("PK\x03\x04 notes.txt")


@given(st.integers(0, 6000), st.binary(min_size=1, max_size=20))
def test_damaged_workbooks_end_in_records_or_a_message(at: int, junk: bytes) -> None:
    """Bytes overwritten anywhere never end in a traceback."""
    data = bytearray(_workbook(A=[WOS, ("a", "b", "c", "d", 2021, 1, "e", "WOS:1")]))
    data[at : at + len(junk)] = junk
    try:
        reading = read_workbook(Source("a.xlsx", "a.xlsx", bytes(data)))
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


def test_an_old_workbook_that_is_damaged_says_so_and_prints_nothing_else(capfd: pytest.CaptureFixture[str]) -> None:
    """The library gives up in its own code; what it prints there does not reach the user."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16 + b">\x00\x03\x00\xfe\xff\x09\x00" + b"\x00\x01" * 251

    with pytest.raises(BenangError, match="a workbook that can't be read"):
        read_workbook(Source("a.xls", "a.xls", data))
    assert capfd.readouterr().err == ""


def test_a_sheet_with_unknown_headers_is_shown_as_it_would_be_read() -> None:
    """As in a text: what columns hold is told by their values, and the option that is proposed reads them."""
    rows: list[tuple[object, ...]] = [("No.", "Naslov", "Kdo", "Leto")]
    names = ("Umpama, A.", "Contoh, B.; Misal, E.", "Rekaan, C.")
    rows += [(n + 1, f"Night markets in town {n}", name, 2018 + n) for n, name in enumerate(names)]
    data = _workbook(A=rows)
    with pytest.raises(BenangError) as error:
        read_workbook(Source("a.xlsx", "a.xlsx", data))
    assert '--columns "a.xlsx:title=Naslov; authors=Kdo; year=Leto"' in str(error.value)

    columns = {"title": "2", "authors": "kdo", "year": "Leto"}
    record = read_workbook(Source("a.xlsx", "a.xlsx", data, columns=columns)).records[1]
    assert (record.title, record.authors, record.year) == ("Night markets in town 1", ("Contoh, B.", "Misal, E."), 2019)


def test_headers_in_other_languages_and_marks_for_nothing_are_read_in_a_sheet() -> None:
    """The same rules as in a text."""
    record = read_workbook(
        Source(
            "a.xlsx", "a.xlsx", _workbook(A=[("Titel", "Jahr", "Zeitschrift", "Band"), ("Markt", 2018, "Orte", "n.a.")])
        )
    ).records[0]
    assert (record.title, record.year, record.source, record.volume) == ("Markt", 2018, "Orte", "")


def test_a_workbook_is_recognised_by_its_list_of_parts_too(tmp_path: Path) -> None:
    """A large picture may stand before the sheets."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook(A=[HEAD, *ROWS]))) as old, zipfile.ZipFile(out, "w") as book:
        book.writestr("docProps/thumbnail.bin", bytes(range(256)) * 400)
        for info in old.infolist():
            book.writestr(info, old.read(info))
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())

    assert [record.title for record in read_files(tmp_path / "a.xlsx").corpus.records] == TITLES


def test_a_workbook_in_the_place_of_a_table_of_text_says_what_to_do(tmp_path: Path) -> None:
    """A thesaurus or decisions saved as a workbook: nothing opens it, and the message names the way on."""
    (tmp_path / "thesaurus.xlsx").write_bytes(_workbook(A=[("label", "replace by"), ("a", "b")]))
    with pytest.raises(
        BenangError, match=r"expected a text file, found a workbook or an archive. Save the sheet as CSV"
    ):
        read_thesaurus(tmp_path / "thesaurus.xlsx")


def test_the_columns_of_a_table_of_no_known_database_are_shown() -> None:
    """Those that were recognised, those that are guessed, and none of a database's own table."""
    own = [("Judul", "Th.", "Tahun"), ("Kota", "x", 2020), ("Desa", "y", 2021)]
    known = workbook_columns(Source("a.xlsx", "a.xlsx", _workbook(A=own)))
    assert known is not None
    assert (known.header, known.fields, known.is_known) == (("Judul", "Th.", "Tahun"), {0: "title", 2: "year"}, True)

    unknown = workbook_columns(
        Source("a.xlsx", "a.xlsx", _workbook(A=[("Naslov", "Leto"), ("Kota", 2020), ("Desa", 2021)]))
    )
    assert unknown is not None
    assert (unknown.rows[0], unknown.fields, unknown.is_known) == (("Kota", "2020"), {1: "year"}, False)
    assert unknown.mapping({0: "title", 1: "year"}) == {"title": "Naslov", "year": "Leto"}

    scopus = [
        ("Authors", "Title", "Year", "Source title", "EID", "Cited by"),
        ("Sari, D.", "Kota", 2020, "X", "2-s2.0-1", 3),
    ]
    assert workbook_columns(Source("a.xlsx", "a.xlsx", _workbook(A=scopus))) is None
