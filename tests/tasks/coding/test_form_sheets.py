"""A form as a spreadsheet: what it holds, and how it is read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.appraised import RENT, appraised_markets

from benang.errors import BenangError, Misuse
from benang.readers.workbooks_apart import sheets_apart
from benang.review.desk import open_desk
from benang.tasks.coding.form_compare import CompareRequest, compare_form
from benang.tasks.coding.form_sheets import Sheet, SheetRequest, read_filled, read_rows, write_form
from benang.tasks.coding.form_sheets import write_sheet as write_cells
from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value
from benang.tasks.coding.sheets import SheetRequest as CodingSheetRequest
from benang.tasks.coding.sheets import write_sheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with forms."""
    return appraised_markets(tmp_path / "markets")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_sheet_has_a_row_a_study_and_two_columns_a_variable(folder: Path, suffix: str) -> None:
    """A sheet has a row a study, and of each variable a column for the value and one for the quote."""
    path = folder / f"quality{suffix}"
    write_form(SheetRequest(folder=folder, form="quality", output=path))
    header, *rows = read_rows(path)
    assert header == ["Study", "Label", "Clear aim", "Quote: Clear aim", "Ethics", "Quote: Ethics"]
    assert [row[:3] for row in rows] == [["sari2018", "sari2018", ""], ["lestari2019", "lestari2019", ""]]


def test_headers_are_in_the_language_of_the_user(folder: Path) -> None:
    """Headers and the choices of levels are in the language of the user."""
    path = folder / "mutu.xlsx"
    sheet = write_form(SheetRequest(folder=folder, form="Mutu", output=path, language="id")).sheet
    assert sheet.rows[0][:4] == ("Penelitian", "Label", "Tujuan jelas", "Kutipan: Tujuan jelas")
    assert sheet.choices[2] == ("Ya", "Sebagian", "Tidak", "tidak dilaporkan")


def test_levels_are_choices_on_a_hidden_sheet(folder: Path) -> None:
    """The levels that a cell may have stand on a second sheet, from which the drop-downs take them."""
    path = folder / "quality.xlsx"
    write_form(SheetRequest(folder=folder, form="quality", output=path))
    names = dict(sheets_apart(path.read_bytes(), where="quality.xlsx"))
    assert [row[2] for row in names["(levels)"]] == ["Yes", "Partly", "No", "not reported"]


def test_a_form_that_is_called_levels_can_be_written(folder: Path) -> None:
    """No name of a form is that of the sheet with its levels."""
    path = folder / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('id = "quality"', 'id = "levels"'), encoding="utf-8")
    write_form(SheetRequest(folder=folder, form="levels", output=folder / "levels.xlsx"))
    names = dict(sheets_apart((folder / "levels.xlsx").read_bytes(), where="levels.xlsx"))
    assert list(names) == ["levels", "(levels)"]


def test_no_sheet_is_written_over_a_file_of_the_review(folder: Path) -> None:
    """A table of the review with the suffix of a sheet, such as its keywords, stays what it is."""
    (folder / "keywords.csv").write_text("record,keywords\n", encoding="utf-8")
    with pytest.raises(Misuse, match=r"keywords\.csv' is read here and would be overwritten"):
        write_form(SheetRequest(folder=folder, form="quality", output=folder / "keywords.csv"))
    with pytest.raises(Misuse, match=r"keywords\.csv' is read here and would be overwritten"):
        compare_form(CompareRequest(folder=folder, form="quality", output=folder / "keywords.csv"))
    with pytest.raises(Misuse, match=r"keywords\.csv' is read here and would be overwritten"):
        write_sheet(CodingSheetRequest(folder=folder, output=folder / "keywords.csv"))
    assert (folder / "keywords.csv").read_text(encoding="utf-8") == "record,keywords\n"


def test_no_sheet_is_written_over_one_that_somebody_may_have_filled_in(folder: Path) -> None:
    """Sheets of codings and of a form alike: what was typed into one is nowhere else."""
    sheet = folder.parent / "filled.csv"
    sheet.write_text("typed by hand\n", encoding="utf-8")
    for write in (
        lambda: write_form(SheetRequest(folder=folder, form="quality", output=sheet)),
        lambda: write_sheet(CodingSheetRequest(folder=folder, output=sheet)),
    ):
        with pytest.raises(BenangError, match=r"filled\.csv' already exists, and somebody may have filled it in"):
            write()
    assert sheet.read_text(encoding="utf-8") == "typed by hand\n"


def test_a_pilot_has_the_first_rows(folder: Path) -> None:
    """A pilot has the first rows only."""
    path = folder / "chart.csv"
    assert len(write_form(SheetRequest(folder=folder, form="chart", output=path, first=2)).sheet.rows) == 3


def test_what_a_coder_has_given_is_filled_in(folder: Path) -> None:
    """What a coder has given is filled in, and read again as it was."""
    wish = ValueWish(subject="sari2018", variable="aim", value="yes", quotes=(RENT, "closed two gates"))
    set_value(SetRequest(folder=folder, wish=wish))
    path = folder / "quality.xlsx"
    write_form(SheetRequest(folder=folder, form="quality", output=path, coder="ani"))
    (cell,) = read_filled(path, read_rows(path), open_desk(folder))
    assert (cell.subject, cell.variable, cell.value) == ("sari2018", "aim", "Yes")
    assert cell.quotes == (RENT, "closed two gates")


def test_two_variables_of_one_label_have_their_ids_behind_it(folder: Path) -> None:
    """Two variables of one label have their ids behind it, so that no column is taken for another."""
    path = folder / "codebook.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('label = "Stalls"', 'label = "Opened"'))
    sheet = write_form(SheetRequest(folder=folder, form="chart", output=folder / "chart.csv")).sheet
    assert sheet.rows[0][2::2] == ("Opened (opened)", "Opened (stalls)")


def test_a_workbook_holds_long_cells_cut_off(tmp_path: Path) -> None:
    """What Excel has no room for is cut off at its end, and the cell is not empty."""
    path = tmp_path / "levels.xlsx"
    write_cells(path, Sheet("quality", (("Case", "Aim"), ("muara", "a" * 40_000)), {1: ("Yes", "No")}))
    assert read_rows(path) == [["Case", "Aim"], ["muara", "a" * 32_767]]


def test_a_table_that_is_no_form_is_refused(folder: Path) -> None:
    """A table without a column for cases or for a variable is refused, with what was expected."""
    path = folder / "other.csv"
    path.write_text("name,colour\nmuara,red\n", encoding="utf-8")
    with pytest.raises(BenangError, match="expected a column 'Case' or 'Study'"):
        read_filled(path, read_rows(path), open_desk(folder))


def test_two_columns_of_one_variable_are_refused(folder: Path) -> None:
    """Two columns of one variable are refused: it can't be told which counts."""
    path = folder / "other.csv"
    path.write_text("Study,aim,Clear aim\nsari2018,yes,no\n", encoding="utf-8")
    with pytest.raises(BenangError, match="two columns for 'aim'"):
        read_filled(path, read_rows(path), open_desk(folder))


def test_an_unknown_form_is_refused_with_the_nearest(folder: Path) -> None:
    """An unknown form is refused with the nearest."""
    with pytest.raises(BenangError, match="Did you mean 'quality'"):
        write_form(SheetRequest(folder=folder, form="qualty", output=folder / "a.csv"))
