"""Sheets of codings are written so that a spreadsheet shows them well and changes nothing in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.tasks.coding.sheet_files import rows_in

from benang.coding.sheet_writing import MOST_OF_AN_ENTRY, Choices, SheetContent, entry, write_sheet_file

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
