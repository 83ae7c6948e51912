"""Sheets of codings are read as people save them, and written so that a spreadsheet changes nothing in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.tasks.coding.sheet_files import DOUBLED, GATES, HEAD, csv_sheet, excel_sheet, rows_in

from benang.coding.sheets import (
    MOST_OF_AN_ENTRY,
    Choices,
    Column,
    SheetContent,
    columns_of,
    entry,
    is_open_elsewhere,
    read_sheet,
    write_sheet_file,
)
from benang.errors import BenangError

ROW = DOUBLED


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_whatever_parts_it_and_in_whatever_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """CSV is read whatever parts its columns and in whatever encoding."""
    row = ["sari2018", "the café’s rent", *DOUBLED[2:]]
    sheet = read_sheet(csv_sheet(tmp_path / "c.csv", HEAD, row, delimiter=delimiter, encoding=encoding))
    assert (sheet.cell(1, "quote"), sheet.cell(1, "note")) == ("the café’s rent", "the clearest one")


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["Kutipan", "KODE", "Artikel", "Pengode", "Catatan"], ["quote", "code", "record", "coder", "note"]),
        (["kasus", "record", "kutipan", "kode"], ["case", "record", "quote", "code"]),
        (["rekaman", "kutipan", "kode"], ["record", "quote", "code"]),
        (["catatan", "kutipan", "kode"], ["record", "quote", "code"]),
        (["dokumen", "petikan", "kode", "catatan"], ["record", "quote", "code", "note"]),
        (["study", "Quotation", "code:", "my own"], ["record", "quote", "code"]),
    ],
)  # fmt: skip
def test_columns_are_known_in_two_languages_and_any_order(header: list[str], columns: list[Column]) -> None:
    """Columns are known in two languages and any order; others are left alone."""
    assert list(columns_of(header)) == columns


def test_of_several_sheets_the_one_with_the_header_is_read_wherever_it_begins(tmp_path: Path) -> None:
    """Of several sheets the one with the header is read, wherever it begins."""
    rows = [["Passages of chapter two"], [], HEAD, ROW]
    path = excel_sheet(tmp_path / "c.xlsx", ("codes", [["code", "definition"], ["rent", "dear"]]), ("mine", rows))
    sheet = read_sheet(path)
    assert (sheet.name, sheet.header, sheet.places[3], sheet.cell(3, "code")) == ("mine", 2, 4, "rent")


def test_numbers_are_read_as_they_would_be_written(tmp_path: Path) -> None:
    """Numbers are read as they would be written."""
    path = excel_sheet(tmp_path / "c.xlsx", ("a", [HEAD, ["sari2018", "rent", 7.0, "muara", "ani", 1.5]]))
    sheet = read_sheet(path)
    assert (sheet.cell(1, "code"), sheet.cell(1, "note")) == ("7", "1.5")


def test_a_header_without_a_column_says_which_there_are_and_which_are_missing(tmp_path: Path) -> None:
    """A header without a needed column says which there are and which are missing."""
    path = csv_sheet(tmp_path / "c.csv", ["Judul", "Kutipan", "Kode"], ["a", "b", "c"])
    with pytest.raises(
        BenangError, match=r"c\.csv: expected .*record, quote and code.*'Judul', 'Kutipan'.*'record' \('artikel'\)"
    ):
        read_sheet(path)


@pytest.mark.parametrize("rows", [[], [["only one cell"]]])
def test_a_sheet_with_nothing_in_it_is_refused(tmp_path: Path, rows: list[list[str]]) -> None:
    """A sheet with nothing in it is refused, as a workbook and as CSV."""
    with pytest.raises(BenangError, match=r"record, quote and code.*benang code sheet"):
        read_sheet(excel_sheet(tmp_path / "c.xlsx", ("a", rows)))
    with pytest.raises(BenangError, match=r"record, quote and code|empty"):
        read_sheet(csv_sheet(tmp_path / "c.csv", *rows))


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    """A column that stands twice is refused: which of them counts can't be told."""
    with pytest.raises(BenangError, match=r"'code' \('kode'\) appears twice"):
        read_sheet(csv_sheet(tmp_path / "c.csv", [*HEAD, "code"], [*ROW, "permits"]))


@pytest.mark.parametrize("mark", ["~$codings.xlsx", ".~lock.codings.xlsx#"])
def test_the_mark_of_an_open_sheet_names_the_sheet(tmp_path: Path, mark: str) -> None:
    """The mark of an open sheet is no sheet; it names the one that it stands for."""
    (tmp_path / mark).write_bytes(b"\x05Ani")
    with pytest.raises(BenangError, match=r"open.*'codings\.xlsx'"):
        read_sheet(tmp_path / mark)
    assert is_open_elsewhere(tmp_path / "codings.xlsx")
    assert not is_open_elsewhere(tmp_path / "others.xlsx")


def test_a_sheet_that_another_program_holds_says_to_close_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that another program holds says to close it there, as Windows refuses a file that Excel has open."""
    path = csv_sheet(tmp_path / "c.csv", HEAD, ROW)

    def held(_: Path) -> bytes:
        raise BenangError("the file can't be read (Permission denied)")

    monkeypatch.setattr("benang.coding.sheets.read_bytes", held)
    with pytest.raises(BenangError, match=r"can't be read.*open in Excel.*close it"):
        read_sheet(path)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    """A file that is not there says so, and nothing of Excel."""
    with pytest.raises(BenangError, match=r"no such file(?!.*Excel)"):
        read_sheet(tmp_path / "none.xlsx")


def test_a_quote_with_line_breaks_is_one_cell(tmp_path: Path) -> None:
    """A quote with line breaks is one cell."""
    row = ["sari2018", "The rent of\na stall", *DOUBLED[2:]]
    sheet = read_sheet(csv_sheet(tmp_path / "c.csv", HEAD, row, GATES))
    assert [sheet.cell(at, "quote") for at in (1, 2)] == ["The rent of\na stall", GATES[1]]


def test_stray_quotation_marks_spoil_no_other_row(tmp_path: Path) -> None:
    """Stray quotation marks spoil no other row."""
    rows = (
        "record,quote,code",
        'sari2018,"The rent" of a stall,rent',
        'sari2018,two "gates,permits',
        "sari2018,left,rent",
    )
    (tmp_path / "c.csv").write_text("\n".join(rows), encoding="utf-8")
    sheet = read_sheet(tmp_path / "c.csv")
    assert [sheet.cell(at, "quote") for at in (1, 2, 3)] == ['"The rent" of a stall', 'two "gates', "left"]


def test_what_was_kept_from_being_a_formula_comes_back(tmp_path: Path) -> None:
    """What was kept from being a formula comes back as it was."""
    sheet = read_sheet(csv_sheet(tmp_path / "c.csv", HEAD, ["sari2018", "'=1+1", *DOUBLED[2:]]))
    assert sheet.cell(1, "quote") == "=1+1"


ROWS = [["record", "code", "result"], ["a", "01", "found"], ["=1+1", "rent", "not found: nearest is “x”"]]
CODES = [f"code{number} – {'long ' * 15}" for number in range(400)]


@pytest.fixture
def content() -> SheetContent:
    """Return a sheet of two rows with their answers."""
    return SheetContent(ROWS, 0, {"record": 0, "code": 1, "result": 2}, {1: "good", 2: "bad"})


def parts(path: Path) -> Mapping[str, str]:
    """Return the files of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_a_workbook_has_its_header_frozen_a_filter_and_one_page_in_width(tmp_path: Path, content: SheetContent) -> None:
    """A workbook has its header frozen, a filter, and one page in width when it is printed."""
    write_sheet_file(tmp_path / "a.xlsx", content, Choices({"code": CODES}), "en")
    sheet = parts(tmp_path / "a.xlsx")["xl/worksheets/sheet1.xml"]
    assert '<pane ySplit="1"' in sheet
    assert '<autoFilter ref="A1:C3"' in sheet
    assert 'fitToHeight="0"' in sheet


def test_drop_downs_of_any_length_are_a_range_of_another_sheet(tmp_path: Path, content: SheetContent) -> None:
    """Drop-downs of any length are a range of another sheet, which is hidden."""
    write_sheet_file(tmp_path / "a.xlsx", content, Choices({"case": ["x"], "code": CODES}), "en")
    files = parts(tmp_path / "a.xlsx")
    assert re.findall(r'sqref="(B2:B\d+)"><formula1>(.*?)</formula1>', files["xl/worksheets/sheet1.xml"]) == [
        ("B2:B2004", "'lists'!$B$1:$B$400")
    ]
    assert 'name="lists" sheetId="3" state="hidden"' in files["xl/workbook.xml"]


def test_cells_are_wrapped_texts_so_that_a_code_01_stays_what_it_is(tmp_path: Path, content: SheetContent) -> None:
    """Cells are wrapped texts, so that a code 01 stays what it is and =1+1 is no formula."""
    write_sheet_file(tmp_path / "a.xlsx", content, Choices({}), "en")
    files = parts(tmp_path / "a.xlsx")
    assert rows_in(tmp_path / "a.xlsx") == ROWS
    assert "<f>" not in files["xl/worksheets/sheet1.xml"]
    assert 'formatCode="@"' in files["xl/styles.xml"]  # Excel's form of texts
    assert 'wrapText="1"' in files["xl/styles.xml"]


def test_answers_are_coloured(tmp_path: Path, content: SheetContent) -> None:
    """Answers are coloured by what they say."""
    write_sheet_file(tmp_path / "a.xlsx", content, Choices({}), "en")
    styles = parts(tmp_path / "a.xlsx")["xl/styles.xml"]
    assert all(colour in styles for colour in ("FFE2F0E4", "FFFBE4DF"))


def test_csv_keeps_formulas_harmless(tmp_path: Path, content: SheetContent) -> None:
    """CSV keeps formulas harmless, parted as it is asked."""
    write_sheet_file(tmp_path / "a.csv", content, Choices({}), "id", delimiter="\t")
    text = (tmp_path / "a.csv").read_text("utf-8-sig")
    assert text.splitlines()[2].startswith("'=1+1\trent\t")


def test_entries_fit_a_screen() -> None:
    """Entries of drop-downs fit a screen, and keep their id whole."""
    long = entry("rent", "The price of a stall " * 20)
    assert len(long) <= MOST_OF_AN_ENTRY
    assert long.startswith("rent – The price")
    assert long.endswith("…")
