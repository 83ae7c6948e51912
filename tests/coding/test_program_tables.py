"""Whose table a header is, and what its columns say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benang.coding.program_tables import FORMS, codes_in, file_of, path_of, program_columns, report_table
from benang.coding.sheets import COLUMNS, WORDS

pytestmark = pytest.mark.fast

HEADERS = {
    "MAXQDA": "Color,Comment,Document group,Document name,Code,Beginning,End,Weight score,Segment,Modified by,Area",
    "ATLAS.ti": "ID,Name,Document,Quotation Content,Comment,Codes,Reference,Density,Created by,Modified by",
    "NVivo": "Name,Hierarchical Name,File,Coded Text,Coverage,Reference Number,Coded By Initials,Modified On",
    "QualCoder": "Case,Filename,Coder,Coded,Id,Codename,Coded_Memo,Category",
    "Taguette": "id,document,tag,content",
}
MAXQDA, ATLAS, NVIVO, QUALCODER, TAGUETTE = FORMS


@pytest.mark.parametrize("program", HEADERS)
def test_each_program_is_known_by_its_header(program: str) -> None:
    """Each program is known by the header that it writes."""
    found = program_columns(HEADERS[program].split(","))
    assert found is not None
    assert found.form.program == program


@pytest.mark.parametrize(
    "header",
    [
        "Farbe,Dokumentname,Code,Anfang,Ende,Segment,Autor",
        "ID,Dokument,Zitatinhalt,Kodes,Kommentar,Erstellt von",
        "ID,Documento,Contenido de la cita,C\u00f3digos,Comentario,Creado por",
        "Nombre del documento,C\u00f3digo,Segmento,Creado por",
    ],
)
def test_headings_are_known_in_the_languages_of_the_programs(header: str) -> None:
    """Headings are known in German and Spanish, with a coder."""
    found = program_columns(header.split(","))
    assert found is not None
    assert {"record", "quote", "code", "coder"} <= set(found.columns)


def test_benangs_own_sheets_are_no_programs_table() -> None:
    """A sheet of Benang's own, in either language, is no other program's table."""
    for at in (0, 1):
        assert program_columns([WORDS[column][at] for column in COLUMNS]) is None


@pytest.mark.parametrize(
    "header",
    ["Document name,Code,Preview", "Code,Segment", "ID,Name,Document,Codes", "Name,Files,References", "tag,parent", ""],
)
def test_a_table_without_words_codes_or_documents_is_none(header: str) -> None:
    """Overviews, lists of codes and tables without documents code nothing."""
    assert program_columns(header.split(",")) is None


@given(headings=st.lists(st.text(max_size=12), max_size=12), program=st.sampled_from(sorted(HEADERS)))
def test_columns_that_nobody_knows_change_nothing(headings: list[str], program: str) -> None:
    """Further columns, whatever they are called, change nothing behind those of the program."""
    names = HEADERS[program].split(",")
    found = program_columns([*names, *(f"my {one}" for one in headings)])
    assert found is not None
    assert (found.form.program, found.columns) == (program, getattr(program_columns(names), "columns", None))


def test_of_two_columns_that_say_the_same_the_more_exact_one_counts() -> None:
    """Who made a coding counts before who changed it."""
    found = program_columns(["Document name", "Code", "Segment", "Modified by", "Created by"])
    assert found is not None
    assert found.columns["coder"] == 4


def test_paths_of_codes_are_written_in_five_ways() -> None:
    """Programs part a code from the one above it in ways of their own."""
    assert path_of("Reasons\\Rent", MAXQDA) == ("Reasons", "Rent")
    assert path_of("Reasons::Rent", ATLAS) == ("Reasons", "Rent")
    assert path_of("Nodes\\\\Reasons\\Rent", NVIVO) == ("Reasons", "Rent")
    assert path_of("Rent: stalls > 10", ATLAS) == ("Rent: stalls > 10",)
    assert path_of("reasons.rent", TAGUETTE) == ("reasons", "rent")
    assert path_of(" > ", MAXQDA) == (">",)


def test_codes_of_a_cell_are_parted_where_the_program_writes_several() -> None:
    """Codes of a cell are parted by lines, else by semicolons, each once; marks before them are none of their names."""
    assert codes_in("\u25cf Rent\n\u25cb Permits\n\u25cf Rent", ATLAS) == ("Rent", "Permits")
    assert codes_in("Rent; high\nPermits", ATLAS) == ("Rent; high", "Permits")
    assert codes_in("Rent; high", QUALCODER) == ("Rent; high",)


def test_documents_are_named_without_folders_and_numbers() -> None:
    """Documents are named without the folders and numbers that programs put before them."""
    names = [
        "Internals\\\\Papers\\sari2018",
        "D 12: sari2018",
        "12 sari2018",
        "12: sari2018",
        "P 3:sari2018",
        "a/sari2018",
    ]
    assert {file_of(one) for one in names} == {"sari2018"}
    assert file_of("2018") == "2018"


def test_a_table_that_is_no_report_is_left_alone() -> None:
    """A table that is no report of NVivo is left alone."""
    assert report_table([["Coverage", "Text"], ["0.1", "a"]], 0) is None
