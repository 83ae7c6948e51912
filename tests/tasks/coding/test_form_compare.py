"""Coders compared: where they differ, what they said, and how it is decided."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.appraised import GATES, RAIN, RENT, appraised_markets

from benang.coding.coded import Coded
from benang.coding.placed import place
from benang.errors import BenangError
from benang.judgements.events import NOT_REPORTED, Value
from benang.review.desk import open_desk
from benang.tasks.coding.form_compare import CompareRequest, compare_form, differing
from benang.tasks.coding.form_import import ImportRequest, import_form
from benang.tasks.coding.form_sheets import read_rows
from benang.tasks.coding.form_values import SetRequest, ValueWish, set_value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review in which ani and budi differ in one of two values, and ani alone gave a third."""
    folder = appraised_markets(tmp_path / "markets", ("ani", "budi"))
    for coder, subject, variable, value, quote in (
        ("ani", "sari2018", "aim", "yes", RENT),
        ("budi", "sari2018", "aim", "no", GATES),
        ("ani", "lestari2019", "aim", "partly", RAIN),
        ("budi", "lestari2019", "aim", "partly", "Rain washed"),
        ("ani", "lestari2019", "ethics", "yes", RAIN),
    ):
        wish = ValueWish(subject=subject, variable=variable, value=value, quotes=(quote,), coder=coder)
        set_value(SetRequest(folder=folder, wish=wish))
    return folder


def test_coders_agree_in_one_of_two_values(folder: Path) -> None:
    """Of the values that two coders gave, the share in which they agree: one of two."""
    compared = compare_form(CompareRequest(folder=folder, form="quality"))
    assert (compared.n_compared, compared.n_agreed, compared.share) == (2, 1, 0.5)
    (difference,) = compared.differences
    assert (difference.subject, difference.variable) == ("sari2018", "aim")


def test_their_quotes_stand_side_by_side(folder: Path) -> None:
    """The account shows the values with their quotes below one another."""
    note = compare_form(CompareRequest(folder=folder, form="quality")).account.notes[1]
    assert getattr(note, "remarks", ()) == (f"ani: Yes: “{RENT}”", f"budi: No: “{GATES}”")


def test_the_review_can_be_built_once_the_difference_is_decided(folder: Path) -> None:
    """A difference is refused with the way on; decided in the sheet of differences, the decided value counts."""
    sheet = folder / "differences.csv"
    compare_form(CompareRequest(folder=folder, form="quality", output=sheet))
    desk = open_desk(folder)
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
    import_form(ImportRequest(folder=folder, sheet=sheet, coder="consensus"))

    desk = open_desk(folder)
    placed = place(desk.judgements, desk.documents, desk.codebook, desk.cases)
    coded = Coded(desk.codebook, desk.cases, desk.documents, placed)
    assert row[4] == "Yes"
    assert coded.value("sari2018", "aim") == "yes"
    assert compare_form(CompareRequest(folder=folder, form="quality")).differences[0].decided is not None


def test_a_sheet_of_differences_is_not_written_over_another(folder: Path) -> None:
    """Somebody may have decided some of them in it already."""
    request = CompareRequest(folder=folder, form="quality", output=folder / "differences.csv")
    compare_form(request)
    (folder / "differences.csv").write_text("decided by hand\n", encoding="utf-8")
    with pytest.raises(BenangError, match="somebody may have filled it in"):
        compare_form(request)
    assert (folder / "differences.csv").read_text(encoding="utf-8") == "decided by hand\n"


def test_nothing_to_compare_is_said(folder: Path) -> None:
    """A form that nobody filled in twice says so."""
    compared = compare_form(CompareRequest(folder=folder, form="chart"))
    assert compared.share is None
    assert "No value was given by two coders." in str(compared.account.notes[0])


def test_no_sheet_is_written_where_nothing_is_left_to_decide(folder: Path) -> None:
    """Where all is decided, or nothing was given twice, there is no sheet to fill in."""
    wish = ValueWish(subject="sari2018", variable="aim", value="yes", coder="consensus")
    set_value(SetRequest(folder=folder, wish=wish))
    path = folder / "differences.csv"
    accounts = [
        compare_form(CompareRequest(folder=folder, form=form, output=path)).account for form in ("quality", "chart")
    ]
    assert [one.files for one in accounts] == [(), ()]
    assert accounts[0].notes[-1].text == "Nothing is left to decide, so no sheet was written."
    assert not path.exists()


def test_consensus_is_no_further_coder() -> None:
    """What the coder `consensus` says makes no difference between coders."""
    one = Value(id="v1", coder="ani", case="muara", variable="aim", value=NOT_REPORTED)
    assert not differing({"ani": one, "consensus": one.model_copy(update={"value": "yes"})})
    assert differing({"ani": one, "budi": one.model_copy(update={"value": "yes"})})
