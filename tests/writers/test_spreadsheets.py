"""A workbook that can't be written ends in a message, and says nothing afterwards."""

from __future__ import annotations

import gc
import re
import tempfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from benang.errors import BenangError
from benang.files import replacing
from benang.writers import spreadsheets
from benang.writers.spreadsheets import Sheet, SheetColumn, SheetRow, new_workbook, write_sheets

FULL = OSError(28, "No space left on device")


def _write(path: Path) -> None:
    with replacing(path) as (place,), new_workbook(place, row_by_row=True) as book:
        sheet = book.add_worksheet("records")
        for row in range(50):
            sheet.write_string(row, 0, "Umpama " * 200)


def test_a_full_disk_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that was wanted is named, and what stood there stays; no error comes later from the zip."""

    class Full(spreadsheets._Target):
        def __init__(self, path: Path) -> None:
            super().__init__(path)
            self.failure = FULL

    monkeypatch.setattr(spreadsheets, "_Target", Full)
    (tmp_path / "all.xlsx").write_bytes(b"old")

    with pytest.raises(BenangError, match=r"all\.xlsx: can't write here \(No space left on device\)"):
        _write(tmp_path / "all.xlsx")
    gc.collect()

    assert (tmp_path / "all.xlsx").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_device_that_is_full_is_a_message() -> None:
    """Where writing fails in earnest, the first failure is kept."""
    with pytest.raises(OSError, match="No space left"), new_workbook(Path("/dev/full")) as book:
        book.add_worksheet("records").write_string(0, 0, "Umpama")
    gc.collect()


def test_a_full_temporary_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets are put together there, on another disk than the output maybe."""

    def full(*_: object, **__: object) -> tuple[int, str]:
        raise FULL

    monkeypatch.setattr("xlsxwriter.packager.tempfile", SimpleNamespace(mkstemp=full))

    with pytest.raises(BenangError, match=r"can't write temporary files here \(No space .*TMPDIR") as caught:
        _write(tmp_path / "all.xlsx")
    gc.collect()

    assert caught.value.problems[0].where == tempfile.gettempdir()


def test_an_error_of_another_kind_is_passed_on(tmp_path: Path) -> None:
    """What goes wrong in filling a workbook is not taken for a full disk."""
    with pytest.raises(ZeroDivisionError), new_workbook(tmp_path / "all.xlsx"):
        _ = 1 / 0


TABLE = Sheet(
    "Reasons",
    (SheetColumn("Code", 30), SheetColumn("Cases", 9), SheetColumn("Ratio", 9, decimals=2)),
    (SheetRow(("=1+1", 2, 0.5)), SheetRow(("Rent", 0, None))),
    totals=(SheetRow(("All", 2, None), is_strong=True),),
    notes=("A note.",),
)


def _part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the workbook of one table."""
    write_sheets([TABLE], tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_numbers_are_numbers_and_what_looks_like_a_formula_is_a_text(book: Path) -> None:
    """A formula gets the apostrophe that it gets in every table; empty cells stay empty."""
    rows = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("Reasons").to_python()

    assert rows == [
        ["Code", "Cases", "Ratio"],
        ["'=1+1", 2.0, 0.5],
        ["Rent", 0.0, ""],
        ["All", 2.0, ""],
        ["", "", ""],
        ["A note.", "", ""],
    ]
    assert "<f>" not in _part(book, "xl/worksheets/sheet1.xml")


def test_headings_stay_in_sight_and_rows_but_not_totals_can_be_filtered(book: Path) -> None:
    """Heading and label are fixed; the filter ends with the last row of the table."""
    sheet = _part(book, "xl/worksheets/sheet1.xml")

    assert '<pane xSplit="1" ySplit="1" topLeftCell="B2"' in sheet
    assert '<autoFilter ref="A1:C3"/>' in sheet


def test_columns_are_as_wide_as_they_say_and_texts_break_into_lines(book: Path) -> None:
    """The first column is 30 letters wide."""
    assert re.search(r'<col min="1" max="1" width="30\.\d+"', _part(book, "xl/worksheets/sheet1.xml"))
    assert 'wrapText="1"' in _part(book, "xl/styles.xml")


def test_numbers_show_the_decimals_of_their_column(book: Path) -> None:
    """A ratio has two."""
    assert 'formatCode="0.00"' in _part(book, "xl/styles.xml")


def test_the_same_table_is_the_same_bytes(book: Path, tmp_path: Path) -> None:
    """No clock, no name of a folder."""
    write_sheets([TABLE], tmp_path / "b.xlsx")

    assert (tmp_path / "b.xlsx").read_bytes() == book.read_bytes()


def test_what_belongs_to_a_row_can_be_folded_into_it(tmp_path: Path) -> None:
    """Quotations stand below the row of their code, one step further in."""
    rows = (SheetRow(("Rent", 1), is_strong=True), SheetRow(("Rent", None), is_below=True))
    write_sheets([Sheet("a", TABLE.columns[:2], rows)], tmp_path / "a.xlsx")
    sheet = _part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml")

    assert re.findall(r'<row r="(\d)"[^>]*outlineLevel="1"', sheet) == ["3"]
    assert '<outlinePr summaryBelow="0"/>' in sheet


def test_bands_stand_over_their_columns(tmp_path: Path) -> None:
    """One over two columns, one over the last."""
    columns = (TABLE.columns[0], *(SheetColumn(one, 6, is_turned=True) for one in "abc"))
    bands = (("Inside", 2), ("Outside", 1))
    write_sheets([Sheet("a", columns, [SheetRow(("Muara", 1, 2, 3))], bands=bands)], tmp_path / "a.xlsx")

    rows = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    assert rows == [["", "Inside", "", "Outside"], ["Code", "a", "b", "c"], ["Muara", 1.0, 2.0, 3.0]]


@pytest.mark.parametrize(
    ("names", "written"),
    [
        (["Why: a/b?", "Why a b"], ["Why a b", "Why a b 2"]),
        (["x" * 40, "X" * 35], ["x" * 31, "X" * 27 + " 2"]),
        (["", "'"], ["-", "- 2"]),
    ],
)
def test_sheets_have_names_that_excel_takes(names: list[str], written: list[str], tmp_path: Path) -> None:
    """At most 31 letters, none of []:*?/ and no name twice, in whatever case."""
    write_sheets([Sheet(name, TABLE.columns, TABLE.rows) for name in names], tmp_path / "a.xlsx")

    assert CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).sheet_names == written


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(tmp_path: Path) -> None:
    """Excel holds 32,767 characters."""
    write_sheets([Sheet("a", TABLE.columns[:1], [SheetRow(("a" * 40_000,))])], tmp_path / "a.xlsx")

    text = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()[1][0]
    assert len(str(text)) == 32_767
    assert str(text).endswith("a…")


def test_characters_that_a_workbook_cannot_hold_are_left_out(tmp_path: Path) -> None:
    """A bell, half a pair and no character at all: the workbook opens, and the words are there."""
    write_sheets([Sheet("a\x07", TABLE.columns[:1], [SheetRow(("Kota\x07 kem\ud83dbar\ufffe",))])], tmp_path / "a.xlsx")

    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert (book.sheet_names, book.get_sheet_by_index(0).to_python()[1]) == (["a"], ["Kota kembar"])
