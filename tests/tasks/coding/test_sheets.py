"""A sheet to code in: empty or filled, with drop-downs, and read again as it was written."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.sheet_files import CROWDS, DOUBLED, GATES, HEAD, TWICE, csv_sheet, rows_in

from benang.errors import BenangError
from benang.locale import Language
from benang.readers.workbooks_apart import sheets_apart
from benang.review.desk import open_desk
from benang.tasks.coding.importing import ImportRequest, import_sheet
from benang.tasks.coding.rows import coding_rows
from benang.tasks.coding.sheets import SheetRequest, choices_of, write_sheet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets", ("ani", "budi"))


@pytest.fixture
def coded(folder: Path) -> Path:
    """Return the review with five coded passages, one of them the second place of its quote."""
    head = [*HEAD, "stance", "place"]
    rows = ([*DOUBLED, "", ""], [*GATES, "", ""], [*CROWDS, "contradicts", ""], [*TWICE, "", "2"])
    imported = import_sheet(ImportRequest(sheet=csv_sheet(folder.parent / "c.csv", head, *rows), folder=folder))
    assert imported.is_whole
    return folder


def parts(path: Path) -> str:
    """Return all XML of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize(
    ("language", "head"),
    [("en", HEAD), ("id", ["artikel", "kutipan", "kode", "kasus", "pengode", "catatan"])],
)
def test_an_empty_sheet_has_its_columns_in_either_language(folder: Path, language: Language, head: list[str]) -> None:
    """An empty sheet has its columns in either language, as a workbook and as CSV."""
    for name in ("a.xlsx", "a.csv"):
        write_sheet(SheetRequest(folder=folder, output=folder.parent / name, sheet_language=language))
        assert rows_in(folder.parent / name) == [head]


def test_its_language_is_that_of_the_review_where_none_is_chosen(folder: Path) -> None:
    """Its language is that of the review where none is chosen, and CSV is parted as Excel expects it there."""
    plan = folder / "review.toml"
    plan.write_text(plan.read_text("utf-8").replace("question =", 'language = "id"\nquestion ='), "utf-8")
    write_sheet(SheetRequest(folder=folder, output=folder.parent / "a.csv"))
    assert (folder.parent / "a.csv").read_text("utf-8-sig") == "artikel;kutipan;kode;kasus;pengode;catatan\n"


def test_drop_downs_offer_ids_with_their_labels(folder: Path) -> None:
    """Drop-downs offer ids with their labels, from a sheet of lists: Excel holds 255 characters in the cell's own."""
    lists = choices_of(open_desk(folder), "en").lists
    assert lists["code"] == ["rent – Rising rent", "permits – Slow permits"]
    assert lists["case"] == ["muara", "bukit", "ladang"]
    assert lists["coder"] == ["ani", "budi"]
    assert lists["record"] == [
        "lestari2019 – Lestari 2019, “Rain and crowds on the hill of Bukit”",
        "sari2018 – Sari 2018, “Night markets of Muara read again”",
        "anwar2017 – Anwar 2017, “Ferries and sellers of the strait”",
    ]
    write_sheet(SheetRequest(folder=folder, output=folder.parent / "a.xlsx"))
    xml = parts(folder.parent / "a.xlsx")
    sources = re.findall(r'<dataValidation type="list"[^>]*sqref="([A-Z])2:[A-Z]\d+"><formula1>([^<]*)', xml)
    assert ("C", "'lists'!$A$1:$A$2") in sources
    assert [column for column, _ in sorted(sources)] == ["A", "C", "D", "E"]


def test_a_second_sheet_explains_the_codes(folder: Path) -> None:
    """A second sheet explains the codes below their groups, in the language of the sheet."""
    write_sheet(SheetRequest(folder=folder, output=folder.parent / "a.xlsx", sheet_language="id"))
    name, rows = sheets_apart((folder.parent / "a.xlsx").read_bytes(), where="a")[1]
    assert name == "kode dan definisi"
    assert [row[:2] for row in rows] == [
        ["Kode", "Definisi"],
        ["Reasons", ""],
        ["rent – Sewa naik", "The price of a stall rises."],
        ["permits – Slow permits", ""],
    ]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_filled_sheet_that_comes_back_adds_nothing(coded: Path, suffix: str, language: Language) -> None:
    """A filled sheet that comes back as it was adds nothing, in either form and language."""
    sheet, before = coded.parent / f"filled{suffix}", logs(coded)
    written = write_sheet(SheetRequest(folder=coded, output=sheet, filled=True, sheet_language=language))
    assert written.rows == 4
    imported = import_sheet(ImportRequest(sheet=sheet, folder=coded))
    assert [one.kind for one in imported.answers.values()] == ["known"] * 4
    assert logs(coded) == before


def test_a_filled_sheet_shows_quotes_as_people_read_them(coded: Path) -> None:
    """A filled sheet shows quotes as people read them, over line ends and hyphens, with note, stance and place."""
    sheet = coded.parent / "filled.csv"
    write_sheet(SheetRequest(folder=coded, output=sheet, filled=True))
    rows = [dict(zip(rows_in(sheet)[0], row, strict=True)) for row in rows_in(sheet)[1:]]
    assert [row["quote"] for row in rows] == [CROWDS[1], DOUBLED[1], GATES[1], TWICE[1]]
    assert [row["note"] for row in rows] == ["", "the clearest one", "", ""]
    assert [row["stance"] for row in rows] == ["contradicts", "supports", "supports", "supports"]
    assert [row["place"] for row in rows] == ["", "", "", "2"]


def test_a_changed_filled_sheet_changes_what_was_changed(coded: Path) -> None:
    """A changed filled sheet changes what was changed in it."""
    sheet = coded.parent / "filled.csv"
    write_sheet(SheetRequest(folder=coded, output=sheet, filled=True))
    sheet.write_text(sheet.read_text("utf-8-sig").replace("contradicts", "mentions"), "utf-8")
    assert import_sheet(ImportRequest(sheet=sheet, folder=coded)).is_whole
    assert [row.stance for row in coding_rows(open_desk(coded)) if row.coder == "budi"] == ["mentions"]


def test_the_same_review_gives_the_same_bytes(coded: Path) -> None:
    """The same review gives the same bytes."""
    for name in ("a.xlsx", "b.xlsx"):
        write_sheet(SheetRequest(folder=coded, output=coded.parent / name, filled=True))
    assert (coded.parent / "a.xlsx").read_bytes() == (coded.parent / "b.xlsx").read_bytes()


def test_a_sheet_that_cannot_be_written_is_named(folder: Path) -> None:
    """A sheet that can't be written is named."""
    (folder.parent / "a.xlsx").mkdir()
    with pytest.raises(BenangError, match=r"a\.xlsx: this is a folder"):
        write_sheet(SheetRequest(folder=folder, output=folder.parent / "a.xlsx"))
