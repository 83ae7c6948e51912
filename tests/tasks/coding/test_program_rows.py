"""Tables that other programs export, taken in by their own columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.sheet_files import csv_sheet, excel_sheet, rows_in

from benang.review.desk import open_desk
from benang.tasks.coding.importing import ImportedSheet, ImportRequest, import_sheet
from benang.tasks.coding.rows import coding_rows

RENT, GATES, CROWDS = "rent of a stall doubled within a year", "closed two gates", "Visitors filled every lane"
MAXQDA = [
    "Color",
    "Document group",
    "Document name",
    "Code",
    "Beginning",
    "End",
    "Segment",
    "Modified by",
    "Coverage %",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets", ("ani", "budi"))


def take_in(
    folder: Path, head: Sequence[str], *rows: Sequence[str], suffix: str = ".csv", **more: Any
) -> ImportedSheet:
    """Import a program's table that lies beside the review."""
    sheet = folder.parent / f"table{suffix}"
    csv_sheet(sheet, head, *rows) if suffix == ".csv" else excel_sheet(sheet, ("Sheet1", [head, *rows]))
    return import_sheet(ImportRequest(sheet=sheet, folder=folder, **more))


def coded(folder: Path) -> set[tuple[str, str, str]]:
    """Return code, coder and quote of what is coded."""
    return {(row.code, row.coder, " ".join(row.quote.split())) for row in coding_rows(open_desk(folder))}


def answers_of(imported: ImportedSheet) -> list[str]:
    """Return what the answer says of each row."""
    return [row[-1] for row in rows_in(imported.file)[1:]]


def maxqda(record: str, code: str, segment: str, *, at: str = "1", coder: str = "ani") -> list[str]:
    """Return a row of MAXQDA's coded segments."""
    return ["●", "Papers", record, code, at, at, segment, coder, "12.5"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_maxqdas_segments_are_coded_by_their_columns(folder: Path, suffix: str) -> None:
    """MAXQDA's segments are coded by their columns, each for its coder; what was not read is named."""
    rows = [maxqda("sari2018", "Rising rent", RENT), maxqda("lestari2019", "permits", CROWDS, coder="budi")]
    rows[1].append("bukit")
    imported = take_in(folder, [*MAXQDA, "case"], [*rows[0], ""], rows[1], suffix=suffix)
    assert imported.is_whole
    assert coded(folder) == {("rent", "ani", RENT), ("permits", "budi", CROWDS)}
    said = str(imported.account.notes[0])
    assert "from MAXQDA" in said
    assert "'Color', 'Document group', 'End', 'Coverage %'" in said


@pytest.mark.parametrize(
    "name", ["sari2018", "sari2018.md", "Sari2018.pdf", "Papers\\sari2018", "night markets of muara read again"]
)
def test_a_document_goes_by_its_key_its_file_or_its_title(folder: Path, name: str) -> None:
    """A document goes by its record's key, the name of its file in any folder, or its title."""
    take_in(folder, MAXQDA, maxqda(name, "rent", RENT))
    assert coded(folder) == {("rent", "ani", RENT)}


@pytest.mark.parametrize("code", ["Reasons > Rising rent", "Reasons\\Rising rent", "x > RENT", "rising  rent"])
def test_a_code_goes_by_its_id_or_label_or_the_last_part_of_its_path(folder: Path, code: str) -> None:
    """A code goes by its id or label, or by the last part of its path."""
    take_in(folder, MAXQDA, maxqda("sari2018", code, RENT))
    assert coded(folder) == {("rent", "ani", RENT)}


def test_a_position_chooses_among_several_places_once_the_way_of_counting_is_sure(folder: Path) -> None:
    """A position chooses among places of a quote if all quotes that occur once are where their rows say."""
    text = "One stall closed.\n\nTwo left.\n\nOne stall closed.\n\nThree stayed.\n"
    (folder / "documents" / "sari2018.md").write_text(text, encoding="utf-8")
    rows = [maxqda("sari2018", "rent", "One stall closed", at="3"), maxqda("sari2018", "rent", "Three stayed", at="4")]
    imported = take_in(folder, MAXQDA, *rows)
    assert [(row.start, row.quote) for row in coding_rows(open_desk(folder))] == [
        (text.rindex("One stall"), "One stall closed"),
        (text.index("Three"), "Three stayed"),
    ]
    assert answers_of(imported)[0] == "found; it occurs several times, and the position in the table chose"


def test_a_position_that_other_rows_contradict_chooses_nothing(folder: Path) -> None:
    """A position that other rows of the document contradict chooses nothing: the row is asked about."""
    text = "One stall closed.\n\nTwo left.\n\nOne stall closed.\n\nThree stayed.\n"
    (folder / "documents" / "sari2018.md").write_text(text, encoding="utf-8")
    rows = [maxqda("sari2018", "rent", "One stall closed", at="3"), maxqda("sari2018", "rent", "Three stayed", at="9")]
    imported = take_in(folder, MAXQDA, *rows)
    assert answers_of(imported)[0].startswith("found in two places")


def test_a_coder_who_is_given_speaks_for_every_row(folder: Path) -> None:
    """A coder who is given speaks for every row of a program's table, whoever the program names."""
    take_in(folder, MAXQDA, maxqda("sari2018", "rent", RENT, coder="Windows user"), coder="budi")
    assert coded(folder) == {("rent", "budi", RENT)}


def test_an_empty_cell_is_called_as_the_program_heads_it(folder: Path) -> None:
    """An empty cell is called as the program heads its column, and no document is taken from the row above."""
    imported = take_in(folder, MAXQDA, maxqda("sari2018", "rent", RENT), maxqda("", "rent", GATES))
    assert answers_of(imported) == ["found", "not added: the cell 'Document name' is empty"]


def test_a_table_taken_in_twice_adds_nothing(folder: Path) -> None:
    """A program's table taken in twice adds nothing."""
    take_in(folder, MAXQDA, maxqda("sari2018", "rent", RENT))
    before = logs(folder)
    again = take_in(folder, MAXQDA, maxqda("sari2018", "rent", RENT))
    assert answers_of(again) == ["found already"]
    assert logs(folder) == before
