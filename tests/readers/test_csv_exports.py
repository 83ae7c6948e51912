"""Scopus CSV of several years."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.errors import BenangError
from benang.readers import Reading, Source
from benang.readers.csv_exports import read_table, reads, recognises
from benang.readers.plain_table import read_any_table
from benang.readers.table_columns import WOS_TAB
from benang.readers.table_forms import TABLE_FORMS
from benang.readers.table_rows import long_fields
from benang.readers.tables import WOS_TAGS
from benang.records.export_marks import is_placeholder
from benang.records.record import SetAside

SCOPUS = next(form for form in TABLE_FORMS if form.name == "Scopus CSV")
is_scopus_csv, read_scopus_csv = recognises(SCOPUS), reads(SCOPUS)
HEADER = "Authors,Title,Year,Source title,EID\n"


def _read(text: str) -> Reading:
    return read_scopus_csv(Source("a.csv", "a.csv", text.encode()))


def _fixture(folder: Path, name: str) -> Reading:
    data = (folder / "exports" / name).read_bytes().removeprefix(b"\xef\xbb\xbf")
    return read_scopus_csv(Source(name, name, data))


def test_an_export_of_today_is_read(test_data: Path) -> None:
    """Quotes, commas and line breaks within fields stay there; lists are split; full names come without ids."""
    record = _fixture(test_data, "scopus-3.csv").records[0]

    assert record.title == 'The "red thread" of sister cities, retold'
    assert record.abstract == "First line of the abstract, and a second line; with marks."
    assert record.authors == ("Contoh, Ani Budi", "Teladan, Citra")
    assert record.author_keywords == ("sister city", "paradiplomacy")
    assert record.index_keywords == ("Cities", "Local government", "Agreements")
    assert len(record.references) == 2
    assert len(record.affiliations) == 2
    assert (record.key, record.doi, record.citations) == ("2-s2.0-90000000001", "10.9999/cr.2021.0001", 7)


def test_odd_values_are_noted_and_the_record_kept(test_data: Path) -> None:
    """A year or count that is none leaves a note with record, field and value; a mark for no value one for all."""
    reading = _fixture(test_data, "scopus-3.csv")

    assert [(record.type, record.line) for record in reading.records] == [
        ("article", 2),
        ("proceedings", 4),
        ("proceedings", 5),
    ]
    assert (reading.records[2].authors, reading.records[2].year) == ((), None)
    assert reading.notes == (
        "record 3, Year: expected a year of four digits, found 'in press'. Kept without a year.",
        "record 3, Times cited: expected a whole number, found 'many'. Kept without it.",
        "Columns not read: Page count, Authors with affiliations, Publication Stage, Source.",
        "'n/a' was read as a missing value: doi (record 3).",
    )


def test_authors_between_commas_are_read(test_data: Path) -> None:
    """Exports until 2022 put commas between authors, and suffixes behind commas too."""
    records = _fixture(test_data, "scopus-2019-2.csv").records

    assert records[0].authors == ("van der Misal, J.P.", "Ibarat, K., Jr.", "Umpama, L.")
    assert records[1].authors == ("Bagai, M.",)
    assert [record.type for record in records] == ["article", "chapter"]


def test_short_names_count_where_full_ones_are_missing() -> None:
    """Fewer full names than authors would lose somebody, so the short ones are taken."""
    reading = _read(f"Author full names,{HEADER}" + '"Sari, Dewi (1)","Sari D.; Lee B.",T,2020,S,1\n')

    assert reading.records[0].authors == ("Sari, D.", "Lee, B.")


def test_a_row_with_another_number_of_columns_is_set_aside() -> None:
    """Rows that no shift fits are set aside with place, line and both numbers; surplus empty columns are left out."""
    reading = _read(HEADER + "A.,T,2020,S,2-s2.0-1\nB.,T\nC.,T,2020,S,3,x\nD.,T,2020,S,2-s2.0-4,,\n\n,,,,\n")

    assert [record.key for record in reading.records] == ["2-s2.0-1", "2-s2.0-4"]
    assert reading.set_aside == (
        SetAside(2, 3, "2 columns, but the header has 5, and no shift makes them fit"),
        SetAside(3, 4, "6 columns, but the header has 5, and no shift makes them fit"),
        SetAside(5, 7, "no content: every column is empty"),
    )
    assert reading.found == 5
    assert reading.notes == (
        "Rows have more columns than the header; the extra columns are empty and were left out (record 4).",
    )


def test_a_repeated_column_is_noted() -> None:
    """Only the first can be read; what the others hold is named as left out."""
    reading = _read(
        'Authors,Title,Year,Source title,EID,title,Note of mine,Note of mine\n"A, B",one,2020,S,e1,two,x,y\n'
    )

    assert reading.records[0].title == "one"
    assert reading.notes == (
        "The column 'title' appears more than once; the first was read.",
        "Columns not read: title (column 6), Note of mine (column 7), Note of mine (column 8).",
    )


def test_semicolons_between_columns_are_read() -> None:
    """Excel in many countries saves CSV with semicolons: the header tells."""
    reading = _read("Authors;Title;Year;Source title;EID\n" + '"Sari D.; Lee B.";Kota, kembar;2020;Cities;1\n')

    assert (reading.records[0].title, reading.records[0].authors) == ("Kota, kembar", ("Sari, D.", "Lee, B."))


def test_a_file_cut_within_a_value_is_read_up_to_there() -> None:
    """Rows before are read, the row in which the file ends is set aside with the reason."""
    reading = _read(HEADER + 'A.,T,2020,S,1\nB.,"cut in\nthe mid')

    assert [record.key for record in reading.records] == ["1"]
    assert reading.set_aside == (SetAside(2, 3, "the file ends inside a quoted value: it was cut off here"),)
    assert reading.found == 2


def test_a_file_cut_between_columns_is_read_up_to_there() -> None:
    """A last row without a line end that has too few columns was cut, even if what is there would fit."""
    reading = _read("Authors,Title,Year,Source title,DOI,EID\nA.,T,2020,S,10.9/a,2-s2.0-1\nB.,U,2021,S,10.9/b")

    assert [record.key for record in reading.records] == ["2-s2.0-1"]
    assert reading.set_aside == (SetAside(2, 3, "the file ends in the middle of this row: it was cut off"),)


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ('B.,"T" x,2020,S,2-s2.0-2', '"T" x'),
        ('B.,T"x,2020,S,2-s2.0-2', 'T"x'),
        ('B.,"The "red" thread, retold",2020,S,2-s2.0-2', 'The "red" thread, retold'),
        ('B.,"no end,2020,S,2-s2.0-2', '"no end'),
    ],
)
def test_a_quotation_mark_out_of_place_is_text(row: str, title: str) -> None:
    """Rows before and behind are read as they are, and the file's account says that marks did not pair."""
    reading = _read(HEADER + f'A.,"Kota, kembar",2019,S,2-s2.0-1\n{row}\n"Sari D.; Lee B.","U, v",2021,S,2-s2.0-3\n')

    assert [record.title for record in reading.records] == ["Kota, kembar", title, "U, v"]
    assert [record.line for record in reading.records] == [2, 3, 4]
    assert (reading.found, reading.set_aside) == (3, ())
    assert reading.notes[0].startswith("Quotation marks are unbalanced in this file")


@pytest.mark.parametrize(
    "title",
    [
        'Conf on "X as a Tool"',
        '"X" and "Y"',
        'On "X", "Y"',
        'On X "',
        '5" pipes',
        '"',
        'On ""X""',
        'The "X" of "Y" in Z',
    ],
)
def test_quotation_marks_that_are_not_doubled_lose_no_column(title: str) -> None:
    """A title with marks of its own between undoubled ones: all columns of the row and its neighbours are whole."""
    row = f'"Umpama, A.","{title}","2020","Journal of Invented Studies","2-s2.0-9","10.9999/s.{{}}"'
    header = "Authors,Title,Year,Source title,EID,DOI"
    text = "\n".join([header, *(row.format(n) for n in range(3)), ""])
    reading = read_table(Source("a.csv", "a.csv", text.encode()))

    assert (reading.found, reading.set_aside) == (3, ())
    assert [(one.doi, one.year, one.source) for one in reading.records] == [
        (f"10.9999/s.{n}", 2020, "Journal of Invented Studies") for n in range(3)
    ]


def test_every_row_that_the_csv_module_gives_the_right_length_is_read() -> None:
    """Beside Python's csv: what has as many columns there as the header is a record here."""
    rows = ['"Conf "on" X",A,2019', '"on"X,B,2020', 'C "X",D,2021', '"E ""X""",F,2022', '"G "X"",H,2023', '"I",J,2024']
    header = "Title,Authors,Year"
    told = [row for row in csv.reader(rows) if len(row) == 3]
    reading = read_any_table(Source("a.csv", "a.csv", "\n".join([header, *rows, ""]).encode()))

    assert len(told) == len(rows) == len(reading.records)
    assert [one.year for one in reading.records] == [int(row[2]) for row in told]


def test_two_rows_whose_stray_marks_pair_are_not_one() -> None:
    """A quotation mark too many in each of two rows does not make one value of them and what stands between."""
    text = (
        "Authors,Title,Year,Source title,EID,DOI\n"
        '"Umpama, A.","No end,2018,J,2-s2.0-1,10.9999/s.1\n"Contoh, B.",Whole,2019,J,2-s2.0-2,10.9999/s.2\n'
        '"Misal, E.",No beginning",2020,J,2-s2.0-3,10.9999/s.3\n'
    )
    reading = read_table(Source("a.csv", "a.csv", text.encode()))

    assert "Whole" in [one.title for one in reading.records]
    assert reading.found == len(reading.records) + len(reading.set_aside) >= 2


@pytest.mark.parametrize(
    "second",
    [
        "Authors,Title,Year,Source title,EID",
        "authors , TITLE,Year,Source Title,EID",
        "EID,Year,Title,Source title,Authors",
    ],
)
def test_the_header_of_a_further_table_is_no_record(second: str) -> None:
    """Files that were put behind one another have a header each, with the columns in an order of its own."""
    rows = ["A.,T {},201{},J,2-s2.0-{}", "2-s2.0-{},201{},T {},J,A."]
    order = rows[second.startswith("EID")]
    first = "Authors,Title,Year,Source title,EID\n" + "".join(f"{rows[0].format(n, n, n)}\n" for n in range(3))
    reading = read_table(Source("a.csv", "a.csv", f"{first}\n{second}\n{order.format(5, 5, 5)}\n".encode()))

    assert (reading.found, reading.set_aside) == (4, ())
    assert [(one.title, one.year, one.key) for one in reading.records] == [
        (f"T {n}", 2010 + n, f"2-s2.0-{n}") for n in (0, 1, 2, 5)
    ]


@pytest.mark.parametrize("blank", ["", ",,,,"])
@pytest.mark.parametrize("mark", ["", '"'])
def test_rows_below_a_header_that_nobody_knows_are_set_aside(blank: str, mark: str) -> None:
    """Behind an empty row, words where a year should stand tell another table; its rows are not read as the first's."""
    text = (
        f"Authors,Title,Year,Source title,EID\nA.,{mark}T 1{mark},2018,J,2-s2.0-1\n{blank}\n"
        "Pasar,Kota,Kecamatan,Pedagang,Sewa\nMalam,Umpama,Contoh,12,3\nPagi,Misal,Contoh,9,4\n"
        f"{blank}\nAuthors,Title,Year,Source title,EID\nB.,T 2,2019,J,2-s2.0-2\n"
    )
    reading = read_table(Source("a.csv", "a.csv", text.encode()))
    aside = [one for one in reading.set_aside if one.reason != "no content: every column is empty"]

    assert [one.title for one in reading.records] == ["T 1", "T 2"]
    assert [one.line for one in aside] == [5, 6]
    assert all("'Pasar', 'Kota', 'Kecamatan'" in one.reason for one in aside)
    assert reading.found == len(reading.records) + len(reading.set_aside)


def test_records_above_the_header_are_read() -> None:
    """A table that was sorted with its header among the rows."""
    text = "A.,T 1,2018,J,2-s2.0-1\nAuthors,Title,Year,Source title,EID\nB.,T 2,2019,J,2-s2.0-2\n"

    assert [one.title for one in read_table(Source("a.csv", "a.csv", text.encode())).records] == ["T 1", "T 2"]


def test_a_row_without_clear_columns_is_set_aside_and_reading_goes_on() -> None:
    """An unpaired mark before a comma within a value leaves the columns of its row open; the next row is whole."""
    reading = _read(HEADER + 'A.,T,2019,S,2-s2.0-1\nB.,"x, y,2020,S,2-s2.0-2\nC.,"V ""w""",2021,S,2-s2.0-3\n')

    assert [record.title for record in reading.records] == ["T", 'V "w"']
    reason = "a quotation mark is not closed, so the columns of line 3 can't be told apart"
    assert reading.set_aside == (SetAside(2, 3, reason),)
    assert reading.found == 3


def test_fields_of_any_length_are_read_and_the_limit_of_csv_stays() -> None:
    """Lists of references are longer than the csv module allows by itself; its limit is as before afterwards."""
    before = csv.field_size_limit()
    reading = _read("References," + HEADER + f'"{"; ".join(["Misal E., (1999)"] * 20_000)}",A.,T,2020,S,1\n')

    assert len(reading.records[0].references) == 20_000
    assert csv.field_size_limit() == before


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6))
def test_every_row_that_a_csv_writer_writes_is_accounted_for(rows: list[list[str]]) -> None:
    """Any cells, with line breaks, quotes and commas, are as many records as rows, and titles come back."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER.strip().split(","), *rows])
    reading = _read(out.getvalue())

    assert reading.found == len(rows) == len(reading.records) + len(reading.set_aside)
    titles = [" ".join(row[1].split()) for row in rows if any(row)]
    assert [record.title for record in reading.records] == [
        "" if is_placeholder("title", title) else title for title in titles
    ]


@pytest.mark.parametrize(
    "head",
    [
        '"Authors","Author full names","Title","Year","Source title","EID"\n"x"',
        "Authors,Title,Year,Source title,Cited by,DOI",
        "AUTHORS;TITLE;YEAR;SOURCE TITLE;EID\n",
    ],
)
def test_the_form_is_recognised_by_its_header(head: str) -> None:
    """Quoted or not, in capitals or with semicolons, the header tells the form."""
    assert is_scopus_csv(head)


@pytest.mark.parametrize(
    "head",
    [
        "Cites,Authors,Title,Year,Source,Publisher\n",
        "Lens ID,Title,Publication Year,Source Title\n",
        "Title,Author Names,Source title,Publication Year\n",
        '"SEARCH QUERY","x"\n',
        '"Title',
        "",
    ],
)
def test_other_tables_are_not_taken_for_it(head: str) -> None:
    """CSV of Publish or Perish, Lens and Embase are other forms."""
    assert not is_scopus_csv(head)


@given(
    st.binary(max_size=400),
    st.sampled_from(["Authors,Title,Year,Source title,EID", "Judul;Penulis", "PT\tAU\tTI\tSO\tPY"]),
)
def test_any_bytes_below_a_header_end_in_records_or_a_message(data: bytes, header: str) -> None:
    """No file ends in a traceback, and found is always read + set aside."""
    text = f"{header}\n".encode() + data.decode("utf-8", "replace").replace("\r", "\n").encode("utf-8", "replace")
    try:
        source = Source("a.csv", "a.csv", text)
        reading = read_table(source) if ";" not in header else read_any_table(source)
    except BenangError:
        return
    assert reading.found == len(reading.records) + len(reading.set_aside)


@given(st.text(st.sampled_from('",\nab \t;1'), max_size=80))
def test_any_quotation_marks_end_in_an_account(rows: str) -> None:
    """Whatever marks, commas and line ends follow each other, every row is read or set aside."""
    reading = _read(HEADER + "A.,T,2020,S,1\n" + rows)

    assert reading.found == len(reading.records) + len(reading.set_aside)
    assert reading.records[0].key == "1" or reading.set_aside


def test_web_of_science_means_the_same_in_lines_and_in_columns() -> None:
    """Plain text and tab-delimited are one database: what a tag means stands once."""
    shared = {name: tags for name, tags in WOS_TAGS.items() if name in WOS_TAB}

    assert shared == WOS_TAGS
    assert {name: WOS_TAB[name] for name in shared} == shared


def test_the_limit_of_the_csv_module_is_put_back_by_the_last_who_reads() -> None:
    """Two that read at once, as in threads: each may read long fields until it is done, in whatever order they end."""
    limit = csv.field_size_limit()
    one, other = long_fields(), long_fields()
    with one:
        other.__enter__()
    assert csv.field_size_limit() > limit

    other.__exit__(None, None, None)
    assert csv.field_size_limit() == limit
