"""A form as a spreadsheet: what it holds, how it is read again, and how coders who differ decide in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.appraised import GATES, RAIN, RENT, appraised_markets

from benang.coding.coded import Coded
from benang.coding.placed import place
from benang.errors import BenangError, Misuse
from benang.judgements.events import NOT_REPORTED, Value
from benang.readers.workbooks_apart import sheets_apart
from benang.review.desk import open_desk
from benang.tasks.coding.form_import import ImportRequest, import_form
from benang.tasks.coding.form_sheets import (
    CompareRequest,
    Sheet,
    SheetRequest,
    compare_form,
    differing,
    read_filled,
    read_rows,
    write_form,
)
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


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """Return a review in which ani and budi differ in one of two values, and ani alone gave a third."""
    disputed = appraised_markets(tmp_path / "markets", ("ani", "budi"))
    for coder, subject, variable, value, quote in (
        ("ani", "sari2018", "aim", "yes", RENT),
        ("budi", "sari2018", "aim", "no", GATES),
        ("ani", "lestari2019", "aim", "partly", RAIN),
        ("budi", "lestari2019", "aim", "partly", "Rain washed"),
        ("ani", "lestari2019", "ethics", "yes", RAIN),
    ):
        wish = ValueWish(subject=subject, variable=variable, value=value, quotes=(quote,), coder=coder)
        set_value(SetRequest(folder=disputed, wish=wish))
    return disputed


def test_coders_agree_in_one_of_two_values(disputed: Path) -> None:
    """Of the values that two coders gave, the share in which they agree: one of two."""
    compared = compare_form(CompareRequest(folder=disputed, form="quality"))
    assert (compared.n_compared, compared.n_agreed, compared.share) == (2, 1, 0.5)
    (difference,) = compared.differences
    assert (difference.subject, difference.variable) == ("sari2018", "aim")


def test_their_quotes_stand_side_by_side(disputed: Path) -> None:
    """The account shows the values with their quotes below one another."""
    note = compare_form(CompareRequest(folder=disputed, form="quality")).account.notes[1]
    assert getattr(note, "remarks", ()) == (f"ani: Yes: “{RENT}”", f"budi: No: “{GATES}”")


def test_the_review_can_be_built_once_the_difference_is_decided(disputed: Path) -> None:
    """A difference is refused with the way on; decided in the sheet of differences, the decided value counts."""
    sheet = disputed / "differences.csv"
    compare_form(CompareRequest(folder=disputed, form="quality", output=sheet))
    desk = open_desk(disputed)
    with pytest.raises(BenangError, match="`benang form compare FOLDER quality"):
        place(desk.judgements, desk.documents, desk.codebook, desk.cases)

    header, row = read_rows(sheet)
    assert header[2:] == [
        "Clear aim",
        "Quote: Clear aim",
        "Clear aim: ani",
        "Clear aim: quotes of ani",
        "Clear aim: budi",
        "Clear aim: quotes of budi",
    ]
    text = sheet.read_text(encoding="utf-8-sig").replace("sari2018,sari2018,,", "sari2018,sari2018,Yes,")
    sheet.write_text(text, encoding="utf-8")
    import_form(ImportRequest(folder=disputed, sheet=sheet, coder="consensus"))

    desk = open_desk(disputed)
    placed = place(desk.judgements, desk.documents, desk.codebook, desk.cases)
    coded = Coded(desk.codebook, desk.cases, desk.documents, placed)
    assert row[4] == "Yes"
    assert coded.value("sari2018", "aim") == "yes"
    assert compare_form(CompareRequest(folder=disputed, form="quality")).differences[0].decided is not None


def test_a_sheet_of_differences_is_not_written_over_another(disputed: Path) -> None:
    """Somebody may have decided some of them in it already."""
    request = CompareRequest(folder=disputed, form="quality", output=disputed / "differences.csv")
    compare_form(request)
    (disputed / "differences.csv").write_text("decided by hand\n", encoding="utf-8")
    with pytest.raises(BenangError, match="somebody may have filled it in"):
        compare_form(request)
    assert (disputed / "differences.csv").read_text(encoding="utf-8") == "decided by hand\n"


def test_nothing_to_compare_is_said(disputed: Path) -> None:
    """A form that nobody filled in twice says so."""
    compared = compare_form(CompareRequest(folder=disputed, form="chart"))
    assert compared.share is None
    assert "No value was given by two coders." in str(compared.account.notes[0])


def test_no_sheet_is_written_where_nothing_is_left_to_decide(disputed: Path) -> None:
    """Where all is decided, or nothing was given twice, there is no sheet to fill in."""
    wish = ValueWish(subject="sari2018", variable="aim", value="yes", coder="consensus")
    set_value(SetRequest(folder=disputed, wish=wish))
    path = disputed / "differences.csv"
    accounts = [
        compare_form(CompareRequest(folder=disputed, form=form, output=path)).account for form in ("quality", "chart")
    ]
    assert [one.files for one in accounts] == [(), ()]
    assert accounts[0].notes[-1].text == "Nothing is left to decide, so no sheet was written."
    assert not path.exists()


def test_consensus_is_no_further_coder() -> None:
    """What the coder `consensus` says makes no difference between coders."""
    one = Value(id="v1", coder="ani", case="muara", variable="aim", value=NOT_REPORTED)
    assert not differing({"ani": one, "consensus": one.model_copy(update={"value": "yes"})})
    assert differing({"ani": one, "budi": one.model_copy(update={"value": "yes"})})
