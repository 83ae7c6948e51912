"""Templates written into a codebook; a filled-in sheet taken in: what isn't right is answered with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tasks.coding.appraised import RAIN, RENT, appraised_markets
from tests.tasks.coding.markets import logs, markets

from benang.coding.codebook_file import read_codebook
from benang.errors import BenangError
from benang.judgements.events import NOT_REPORTED, Value
from benang.review.desk import open_desk
from benang.tasks.coding.form_import import Imported, ImportRequest, NewFormRequest, import_form, new_form, templates
from benang.tasks.coding.form_sheets import SheetRequest, read_rows, write_form, write_sheet

HEADER = "Study,Label,Clear aim,Quote: Clear aim,Ethics,Quote: Ethics"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with forms."""
    return appraised_markets(tmp_path / "markets")


def take_in(folder: Path, *rows: str, header: str = HEADER) -> Imported:
    """Take in a sheet of these rows."""
    path = folder / "filled.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return import_form(ImportRequest(folder=folder, sheet=path))


def test_the_values_of_a_sheet_stand_in_the_log(folder: Path) -> None:
    """The values of a sheet stand in the log of the coder, with their passages."""
    imported = take_in(folder, f"sari2018,,Yes,{RENT},not reported,", f"lestari2019,,Partly,{RAIN},,")
    values = {(one.case, one.variable): one.value for one in open_desk(folder).judgements.of(Value)}
    assert imported.n_new == 3
    assert values == {
        ("sari2018", "aim"): "yes",
        ("sari2018", "ethics"): NOT_REPORTED,
        ("lestari2019", "aim"): "partly",
    }


def test_a_sheet_taken_in_twice_adds_nothing(folder: Path) -> None:
    """A sheet that is taken in twice adds nothing the second time."""
    take_in(folder, f"sari2018,,Yes,{RENT},,")
    before = logs(folder)
    assert take_in(folder, f"sari2018,,Yes,{RENT},,").n_new == 0
    assert logs(folder) == before


def test_answers_stand_in_a_copy_beside_the_sheet(folder: Path) -> None:
    """Answers stand in a column of a copy beside the sheet; the sheet itself is as it was."""
    imported = take_in(folder, f"sari2018,,Yes,{RENT},No,", f"lestari2019,,Yes,{RENT},,")
    header, first, second = read_rows(imported.output)
    assert imported.output.name == "filled-checked.csv"
    assert header[-1] == "result"
    assert first[-1].splitlines()[0] == "Clear aim: found"
    assert "Ethics: not added: 'no' of ethics has no quotation" in first[-1]
    assert second[-1] == "Clear aim: not found, and nothing there is similar; is it from another paper?"
    assert (folder / "filled.csv").read_text(encoding="utf-8").startswith(HEADER + "\nsari2018")


def test_nothing_is_taken_in_where_the_answers_cannot_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full leaves the log as it was, and no answers."""

    def fail(*_: object) -> None:
        raise BenangError("no space left on the disk")

    monkeypatch.setattr("benang.tasks.coding.form_import.write_sheet", fail)
    with pytest.raises(BenangError, match="no space"):
        take_in(folder, f"sari2018,,Yes,{RENT},,")
    assert logs(folder) == {}
    assert not list(folder.glob("*-checked*"))


def test_what_is_right_is_taken_in_beside_what_is_not(folder: Path) -> None:
    """What is right is taken in, whatever else the sheet holds."""
    imported = take_in(folder, f"sari2018,,Yes,{RENT},perhaps,{RENT}", "nobody2020,,No,a quote,,")
    assert [one.problem == "" for one in imported.answers] == [True, False, False]
    assert [one.value for one in open_desk(folder).judgements.of(Value)] == ["yes"]


def test_a_row_without_a_study_and_a_quote_without_a_value_are_answered(folder: Path) -> None:
    """Nothing that somebody filled in is passed over in silence."""
    imported = take_in(folder, f",,Yes,{RENT},,", f"sari2018,,,{RENT},,")
    assert [one[-1] for one in read_rows(imported.output)[1:]] == [
        "Clear aim: not added: no case or study is named",
        "Clear aim: not added: a quotation without a value",
    ]
    assert imported.account.notes[0].remarks == (
        "row 2: Clear aim: not added: no case or study is named",
        "row 3: sari2018, Clear aim: not added: a quotation without a value",
    )


def test_an_answer_file_can_be_mended_and_taken_in(folder: Path) -> None:
    """A file of answers is a sheet again, whose answers are those of the last time."""
    first = take_in(folder, f"sari2018,,Yes,{RENT},No,")
    again = import_form(ImportRequest(folder=folder, sheet=first.output))
    header, _ = read_rows(again.output)
    assert header.count("result") == 1


def test_two_rows_that_contradict_each_other_are_told(folder: Path) -> None:
    """Of two rows that contradict each other the first counts, and the second is told."""
    imported = take_in(folder, f"sari2018,,Yes,{RENT},,", "sari2018,,No,closed two gates,,")
    assert imported.answers[1].problem == "row 2 of this sheet has another value or quote for it"
    assert [one.value for one in open_desk(folder).judgements.of(Value)] == ["yes"]


def test_a_workbook_in_indonesian_is_read(folder: Path) -> None:
    """A workbook with Indonesian headers and levels is read, and answered as a workbook."""
    path = folder / "mutu.xlsx"
    sheet = write_form(SheetRequest(folder=folder, form="quality", output=path, language="id")).sheet
    rows = [list(row) for row in sheet.rows]
    rows[1][2:4] = ["Sebagian", RENT]
    write_sheet(path, type(sheet)(sheet.name, tuple(map(tuple, rows)), sheet.choices))
    imported = import_form(ImportRequest(folder=folder, sheet=path, language="id"))
    assert [(one.value.value if one.value else "") for one in imported.answers] == ["partly"]
    assert read_rows(imported.output)[1][-1] == "Tujuan jelas: ditemukan"


def test_answers_are_in_the_language_asked_for(folder: Path) -> None:
    """What is wrong with a value is said in Indonesian where that is spoken."""
    path = folder / "mutu.csv"
    rows = (
        "nobody2020,Ya,a quote,,", "sari2018,Mungkin,,Tidak,", "lestari2019,Ya,Rain washed the hill roads,,",
        f"sari2018,Ya,{RENT},,", f"sari2018,Tidak,{RENT},,",
    )  # fmt: skip
    header = "Penelitian,Tujuan jelas,Kutipan: Tujuan jelas,Etika,Kutipan: Etika"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    imported = import_form(ImportRequest(folder=folder, sheet=path, language="id"))
    assert [one.problem for one in imported.answers] == [
        "artikel 'nobody2020' tidak dikenal; yang ada: sari2018, lestari2019",
        "tidak ditambahkan: 'Mungkin' bukan tingkat variabel 'aim'. Yang dikenal: no, partly, yes",
        "tidak ditambahkan: 'no' untuk ethics tidak disertai kutipan. Kutiplah kata-kata yang mendasarinya (kutipan), "
        "atau tulis 'tidak dilaporkan'",
        "tidak ditemukan: yang terdekat adalah “Rain washed the hill road” (roads → road)",
        "",
        "baris 5 lembar ini memuat nilai atau kutipan lain untuknya",
    ]  # fmt: skip


def test_an_answer_that_somebody_works_in_is_not_replaced(folder: Path) -> None:
    """An answer is replaced by none that says something else; the same answer is written once."""
    row = f"sari2018,,Yes,{RENT},,"
    first = take_in(folder, row)
    before = first.output.read_bytes()
    second = take_in(folder, row)
    assert second.output.name == "filled-checked-2.csv"
    assert take_in(folder, row).output == second.output
    assert first.output.read_bytes() == before


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets")


@pytest.mark.parametrize("name", list(templates()))
def test_a_template_makes_a_valid_form(review: Path, name: str) -> None:
    """A template stands at the end of the codebook as a valid form, and all that was there before stays."""
    before = (review / "codebook.toml").read_text(encoding="utf-8")
    new_form(NewFormRequest(folder=review, template=name))
    form = read_codebook(review / "codebook.toml").form(name)
    assert form is not None
    assert len(form.variables) == len(templates()[name]["items"])
    assert (review / "codebook.toml").read_text(encoding="utf-8").startswith(before)


def test_all_templates_stand_in_one_codebook(review: Path) -> None:
    """All templates stand in one codebook beside one another."""
    for name in templates():
        new_form(NewFormRequest(folder=review, template=name))
    assert [form.id for form in read_codebook(review / "codebook.toml").forms] == list(templates())


def test_a_template_says_what_its_licence_allows(review: Path) -> None:
    """Where a licence does not allow the items to be copied, the codebook says so, and where they stand."""
    for name in ("jbi-qualitative", "casp-qualitative", "mmat"):
        new_form(NewFormRequest(folder=review, template=name))
        assert "the labels are Benang's own" in " ".join(templates()[name]["note"].split())
    assert "# JBI reserves all rights" in (review / "codebook.toml").read_text(encoding="utf-8")


def test_a_form_is_not_written_twice(review: Path) -> None:
    """A form that stands in the codebook is not written a second time."""
    new_form(NewFormRequest(folder=review, template="quads"))
    before = (review / "codebook.toml").read_bytes()
    with pytest.raises(BenangError, match="it already has the form 'quads'"):
        new_form(NewFormRequest(folder=review, template="quads"))
    assert (review / "codebook.toml").read_bytes() == before


def test_line_ends_of_windows_stay(review: Path) -> None:
    """A codebook with the line ends of Windows keeps them."""
    path = review / "codebook.toml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    new_form(NewFormRequest(folder=review, template="charting"))
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_an_unknown_template_is_refused_with_the_nearest(review: Path) -> None:
    """An unknown template is refused with the nearest, and a review without a codebook gets one."""
    with pytest.raises(BenangError, match="Did you mean 'quads'"):
        new_form(NewFormRequest(folder=review, template="quad"))
    (review / "codebook.toml").unlink()
    new_form(NewFormRequest(folder=review, template="quads"))
    assert read_codebook(review / "codebook.toml").form("quads")
