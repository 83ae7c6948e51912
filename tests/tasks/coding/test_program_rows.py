"""Tables that other programs export, taken in by their own columns."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.sheet_files import csv_sheet, excel_sheet, rows_in

from benang.coding.program_tables import program_columns
from benang.errors import BenangError
from benang.review.beginning import Beginning, beginning_files
from benang.review.desk import open_desk
from benang.tasks.coding.importing import ImportedSheet, ImportRequest, import_sheet
from benang.tasks.coding.rows import coding_rows
from benang.writers.spreadsheets import new_workbook

TABLES = Path(__file__).parents[2] / "data" / "tables"

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


@pytest.mark.parametrize("others", [[], ["Start"]])
def test_a_position_that_nothing_confirms_or_that_means_two_places_chooses_nothing(
    folder: Path, others: list[str]
) -> None:
    """Line 3 is the second paragraph; a quote in the first shows neither whether lines or paragraphs are counted."""
    text = "Start.\n\nOne stall closed.\n\nOne stall closed.\n"
    (folder / "documents" / "sari2018.md").write_text(text, encoding="utf-8")
    rows = [maxqda("sari2018", "rent", "One stall closed", at="3")]
    imported = take_in(folder, MAXQDA, *rows, *(maxqda("sari2018", "rent", one, at="1") for one in others))
    assert answers_of(imported)[0].startswith("found in two places")


def test_a_title_that_two_documents_have_names_neither(folder: Path) -> None:
    """Nothing is coded in the one that comes first."""
    for path in (folder / "documents").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(f"---\nrecord: {path.stem}\ntitle: Night markets\n---\n{text}", encoding="utf-8")
    imported = take_in(folder, MAXQDA, maxqda("night markets", "rent", RENT), maxqda("sari2018", "rent", RENT))
    answers = answers_of(imported)
    assert answers[0].startswith("unknown record 'night markets'")
    assert answers[1] == "found"


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


# ---------------------------------------------------------------- the tables of each program


@pytest.mark.parametrize(
    ("name", "program", "unread"),
    [
        ("maxqda", "MAXQDA", "'Farbe', 'Dokumentgruppe', 'Ende', 'Gewicht', 'Bearbeitet am'"),
        ("nvivo", "NVivo", "'Folder', 'Reference Number', 'Coverage', 'Modified On'"),
        ("qualcoder", "QualCoder", "'Id', 'Category', 'FileVar_Year'"),
        ("taguette", "Taguette", "'id'"),
    ],
)
def test_each_programs_table_is_known_by_its_columns(folder: Path, name: str, program: str, unread: str) -> None:
    """Each program's table is known by its columns, in the language of the program, and gives the same passages."""
    coder = "ani" if name == "taguette" else None
    sheet = Path(shutil.copy(TABLES / f"{name}.csv", folder.parent))
    imported = import_sheet(ImportRequest(sheet=sheet, folder=folder, coder=coder))
    assert imported.is_whole
    gates = "the municipal admin- istration closed two gates"
    assert coded(folder) == {("rent", "ani", RENT), ("permits", coder or "budi", gates)}
    said = str(imported.account.notes[0])
    assert f"from {program}." in said
    assert unread in said


def test_several_codes_of_one_quotation_are_each_a_coding(folder: Path) -> None:
    """ATLAS.ti writes several codes into a cell: each is a coding; a quotation without a code is named."""
    sheet = Path(shutil.copy(TABLES / "atlasti.csv", folder.parent))
    imported = import_sheet(ImportRequest(sheet=sheet, folder=folder))
    gates = "the municipal admin- istration closed two gates"
    assert coded(folder) == {("rent", "ani", RENT), ("permits", "ani", RENT), ("permits", "budi", gates)}
    assert answers_of(imported) == ["found", "found", "not added: the cell 'Codes' is empty"]


def test_of_several_codes_each_has_an_answer_of_its_own(folder: Path) -> None:
    """Where one of several codes is unknown, the others are coded, and the answer names each."""
    head = ["Document", "Quotation Content", "Codes", "Created by"]
    imported = take_in(folder, head, ["sari2018", RENT, "Rising rent; Slow permit", "ani"])
    assert answers_of(imported) == [
        "Rising rent: found; Slow permit: unknown code 'Slow permit': did you mean 'Slow permits'?"
    ]
    assert not imported.is_whole
    assert coded(folder) == {("rent", "ani", RENT)}


def test_nvivos_report_of_codings_is_read_line_by_line(folder: Path) -> None:
    """NVivo's report names code, file, reference and words in lines of their own; all are found."""
    blank = [""] * 7
    report = [
        ["Coding Summary By Code", *blank[1:]],
        ["Classification", "Aggregate", "Coverage", "Number Of Coding References", "Reference Number",
         "Coded By Initials", "Modified On"],
        ["Code", *blank[1:]],
        ["Codes\\\\Reasons\\Rising rent", *blank[1:]],
        ["Files\\\\Papers\\sari2018", *blank[1:]],
        ["", "No", "0.4", "1", "", "", ""],
        ["", "", "", "", "1", "ani", "2/1/2026"],
        [RENT, *blank[1:]],
        ["Codes\\\\Reasons\\Slow permits", *blank[1:]],
        ["Files\\\\Papers\\sari2018", *blank[1:]],
        ["", "No", "0.2", "1", "", "", ""],
        ["", "", "", "", "1", "budi", "2/1/2026"],
        [GATES, *blank[1:]],
    ]  # fmt: skip
    sheet = excel_sheet(folder.parent / "report.xlsx", ("Report", report))
    imported = import_sheet(ImportRequest(sheet=sheet, folder=folder))
    assert coded(folder) == {("rent", "ani", RENT), ("permits", "budi", GATES)}
    assert sorted(imported.answers) == [8, 13]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_are_read_in_the_encodings_that_programs_write(folder: Path, encoding: str) -> None:
    """Tables are read in the encodings that programs and Excel write."""
    head = ["Nombre del documento", "Código", "Segmento", "Comienzo", "Modificado por"]
    sheet = csv_sheet(
        folder.parent / "t.csv", head, ["sari2018", "rent", RENT, "1", "ani"], encoding=encoding, delimiter=";"
    )
    assert import_sheet(ImportRequest(sheet=sheet, folder=folder)).is_whole
    assert coded(folder) == {("rent", "ani", RENT)}


@given(order=st.permutations(range(9)), capitals=st.booleans())
def test_the_order_and_the_capitals_of_headings_dont_matter(order: list[int], *, capitals: bool) -> None:
    """Whatever the order and the capitals of its headings, a table is the same."""
    names = [MAXQDA[at].upper() if capitals else MAXQDA[at] for at in order]
    found = program_columns(names)
    assert found is not None
    assert found.form.program == "MAXQDA"
    assert {heading: MAXQDA[order[at]] for heading, at in found.columns.items()} == {
        "record": "Document name", "code": "Code", "quote": "Segment", "coder": "Modified by", "start": "Beginning",
    }  # fmt: skip


def test_a_document_that_is_named_once_in_merged_cells_is_that_of_all_its_rows(folder: Path) -> None:
    """What is written once into merged cells is true of all their rows; an empty cell that is not merged is empty."""
    path = folder.parent / "merged.xlsx"
    head = ["Document name", "Code", "Segment", "Modified by"]
    with new_workbook(path) as book:
        page = book.add_worksheet("Segments")
        page.write_row(1, 1, head)
        page.merge_range(2, 1, 3, 1, "sari2018")
        page.write_row(2, 2, ["rent", RENT, "ani"])
        page.write_row(3, 2, ["permits", GATES, "budi"])
        page.write_row(4, 2, ["permits", "In the north prices rose", "budi"])
    imported = import_sheet(ImportRequest(sheet=path, folder=folder))
    assert coded(folder) == {("rent", "ani", RENT), ("permits", "budi", GATES)}
    assert imported.answers[5].text == "not added: the cell 'Document name' is empty"


def test_a_table_in_which_nothing_fits_is_answered_row_by_row(folder: Path) -> None:
    """A table of another project is answered row by row, and adds nothing."""
    imported = take_in(folder, MAXQDA, maxqda("Interview 7", "Trust", "We never spoke"), maxqda("P9", "Hope", "Maybe"))
    assert [one.partition(";")[0] for one in answers_of(imported)] == [
        "unknown record 'Interview 7'",
        "unknown record 'P9'",
    ]
    assert any("None of the records" in str(note) for note in imported.account.notes)
    assert logs(folder) == {}


@pytest.mark.parametrize("head", [MAXQDA, ["Document name", "Code", "Preview"]])
def test_a_table_without_rows_or_words_is_refused(folder: Path, head: list[str]) -> None:
    """A table without rows is refused; so is one without the words, such as an overview."""
    with pytest.raises(BenangError, match=r"no row below the header|none called 'record'"):
        take_in(folder, head)


# ---------------------------------------------------------------- new codes


def test_codes_that_the_codebook_lacks_are_added_where_that_is_wanted(folder: Path) -> None:
    """With new codes, those that the codebook lacks are added in its only group, if a passage carries them."""
    rows = [
        maxqda("sari2018", "Reasons > Higher prices", "In the north prices rose"),
        maxqda("sari2018", "Lost hope", "nowhere in the text at all"),
        maxqda("sari2018", "rent", RENT),
    ]
    plain = take_in(folder, MAXQDA, *rows)
    assert any(
        "The codebook lacks 'Reasons > Higher prices', 'Lost hope'." in str(note) for note in plain.account.notes
    )
    checked = take_in(folder, MAXQDA, *rows, new_codes=True, check=True)
    assert "higher-prices" not in (folder / "codebook.toml").read_text(encoding="utf-8")
    assert [one.id for one in checked.codes] == ["higher-prices"]
    imported = take_in(folder, MAXQDA, *rows, new_codes=True)
    assert [(one.id, one.label.en, one.group) for one in imported.codes] == [
        ("higher-prices", "Higher prices", "reasons")
    ]
    assert coded(folder) == {("higher-prices", "ani", "In the north prices rose"), ("rent", "ani", RENT)}
    codebook = open_desk(folder).codebook
    assert [one.id for one in codebook.codes] == ["rent", "permits", "noise", "higher-prices"]
    assert answers_of(imported)[1].startswith("not found")


def test_new_codes_beside_those_of_the_example_are_said_to_be(folder: Path) -> None:
    """Nothing is said where none came, and of a codebook of one's own."""
    files = beginning_files(Beginning(title="T", question="Q", kind="scoping"))
    (folder / "codebook.toml").write_text(files["codebook.toml"], encoding="utf-8")
    row, new = maxqda("sari2018", "funding", RENT), maxqda("sari2018", "Closed gates", GATES)
    said = "The examples with which the review began are still in codebook.toml."
    assert said not in str(take_in(folder, MAXQDA, row, new_codes=True).account.notes)
    assert said in str(take_in(folder, MAXQDA, row, new, new_codes=True).account.notes)
    other = maxqda("sari2018", "Higher prices", "In the north prices rose")
    assert said not in str(take_in(folder, MAXQDA, other, new_codes=True).account.notes)


def test_new_codes_of_a_codebook_with_several_groups_need_one(folder: Path) -> None:
    """Where a codebook has several groups, new codes need one; nothing is written until it is named."""
    book = folder / "codebook.toml"
    book.write_text(
        book.read_text(encoding="utf-8") + '\n[[groups]]\nid = "themes"\nlabel = "Themes"\n', encoding="utf-8"
    )
    row = maxqda("sari2018", "Higher prices", "In the north prices rose")
    with pytest.raises(BenangError, match="the code needs a group"):
        take_in(folder, MAXQDA, row, new_codes=True)
    assert logs(folder) == {}
    assert take_in(folder, MAXQDA, row, new_codes=True, group="themes").codes[0].group == "themes"


def test_a_review_without_a_codebook_gets_one(folder: Path) -> None:
    """A review without a codebook gets one with the codes of the table."""
    (folder / "codebook.toml").unlink()
    rows = [maxqda("sari2018", "Higher prices", "In the north prices rose"), maxqda("sari2018", "Rent", RENT)]
    imported = take_in(folder, MAXQDA, *rows, new_codes=True)
    assert imported.is_whole
    assert [one.id for one in open_desk(folder).codebook.codes] == ["higher-prices", "rent"]
