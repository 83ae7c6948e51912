"""Codebooks that programs export as tables, and databases of QualCoder and Taguette, which nobody may change."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from tests.qda.database_files import MARKET_HTML, QUALCODER, document, qualcoder, source, taguette
from tests.qda.test_qualcoder import balanced
from tests.tasks.coding.sheet_files import csv_sheet, excel_sheet

from benang.errors import BenangError
from benang.qda.other_programs import codebook_columns, is_database, read_codebook_table, read_tables, time_of, whole_of
from benang.qda.taguette import read_taguette

pytestmark = pytest.mark.fast


def tree(path: Path) -> list[tuple[str, str, str, str]]:
    """Return name, parent, description and colour of each code of a codebook that is balanced."""
    project = read_codebook_table(path)
    assert project is not None
    assert balanced(project)
    names = {one.guid: one.name for one in project.codes}
    return [(one.name, names.get(one.parent, ""), one.description, one.colour) for one in project.codes]


def test_taguettes_codebook_has_the_tags_of_its_project(tmp_path: Path) -> None:
    """Taguette's codebook has the same codes, under the same GUIDs, as its project."""
    head = ["tag", "parent", "description", "number of highlights"]
    rows = (["reasons", "", "Why a market closes.", "0"], ["reasons.rent", "", "The price of a stall rises.", "2"])
    path = csv_sheet(tmp_path / "codebook.csv", head, *rows, ["permits", "", "", "1"])
    assert tree(path) == [
        ("reasons", "", "Why a market closes.", ""),
        ("rent", "reasons", "The price of a stall rises.", ""),
        ("permits", "", "", ""),
    ]
    file = taguette(tmp_path / "markets.sqlite3", document(1, "muara", MARKET_HTML))
    book = read_codebook_table(path)
    assert book is not None
    assert book.codes == read_taguette(read_tables(file)).codes


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["Color", "Parent code", "Code", "Code memo"], [["#AA3939", "Reasons", "Rent", "It rises."]]),
        (["Farbe", "Obercode", "Code", "Code-Memo"], [["#aa3939", "Reasons", "Rent", "It rises."]]),
        (["Code", "Comment", "Color", "Grounded"], [["Reasons::Rent", "It rises.", "#AA3939", "3"]]),
        (
            ["Name", "Description", "Files", "References", "Color"],
            [["Reasons\\Rent", "It rises.", "2", "3", "#AA3939"]],
        ),
        (["Name", "Description", "Color"], [["Codes\\\\Reasons\\Rent", "It rises.", "#AA3939"]]),
        (["Name", "Parent", "Memo", "Color"], [["Rent", "Nodes\\\\Reasons", "It rises.", "#AA3939"]]),
    ],
)
def test_codes_come_with_definition_colour_and_what_is_above_them(
    tmp_path: Path, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Codes come with definition and colour; the code above one is its parent, with a row of its own or without."""
    path = excel_sheet(tmp_path / "codes.xlsx", ("Codes", [["Project: markets"], head, *rows]))
    assert tree(path) == [("Reasons", "", "", ""), ("Rent", "Reasons", "It rises.", "#aa3939")]


def test_a_code_that_is_named_twice_is_set_aside(tmp_path: Path) -> None:
    """A code that a table names twice is read once; a code that is below itself is below nothing."""
    rows = (["Rent", "b", "Permits"], ["Rent", "c", "Permits"], ["Permits", "", "Rent"])
    project = read_codebook_table(csv_sheet(tmp_path / "c.csv", ["Code", "Comment", "Parent code"], *rows))
    assert project is not None
    assert [(one.name, one.parent) for one in project.codes] == [("Rent", ""), ("Permits", "")]
    assert [(one.kind, one.where, str(one.reason)) for one in project.set_aside] == [
        ("code", "Rent", "the table names it twice")
    ]
    assert balanced(project)


@pytest.mark.parametrize(
    "header",
    ["Document name,Code,Segment,Comment", "id,document,tag,content", "Title,Year", "Code", "kutipan,code,comment"],
)
def test_other_tables_are_no_codebooks(tmp_path: Path, header: str) -> None:
    """Tables of codings and of records are no codebooks."""
    assert codebook_columns(header.split(",")) == {}
    path = csv_sheet(tmp_path / "t.csv", header.split(","), ["a"] * (header.count(",") + 1))
    assert read_codebook_table(path) is None


def test_a_database_says_whose_it_is(tmp_path: Path) -> None:
    """A database says by its tables whose it is; the folder of a project is as good as the file in it."""
    folder = qualcoder(tmp_path / "markets.qda", source(1, "a.txt", "Rent"))
    file = taguette(tmp_path / "2026-01-02_Night markets.sqlite3", document(1, "a", "<p>Rent</p>"))
    read = [read_tables(path) for path in (folder, folder / "data.qda", file)]
    assert [one.program for one in read] == ["QualCoder", "QualCoder", "Taguette"]
    assert [one.name for one in read] == ["markets", "markets", "2026-01-02_Night markets"]
    assert all(is_database(path) for path in (folder, folder / "data.qda", file))
    assert not is_database(tmp_path)


def test_a_name_may_have_marks_that_addresses_use(tmp_path: Path) -> None:
    """A folder's name may have marks that mean something in an address."""
    folder = qualcoder(tmp_path / "a b#c?d%20é.qda", source(1, "a.txt", "Rent"))
    assert read_tables(folder).name == "a b#c?d%20é"


def test_nothing_is_written_beside_a_database(tmp_path: Path) -> None:
    """Reading leaves a database and its folder as they were."""
    folder = qualcoder(tmp_path / "markets.qda", source(1, "a.txt", "Rent"))
    before = (folder / "data.qda").read_bytes()
    read_tables(folder)
    assert [path.name for path in folder.iterdir()] == ["data.qda"]
    assert (folder / "data.qda").read_bytes() == before


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    """A file that is no database, one that is not there, and an empty one are refused by name."""
    path = tmp_path / "notes.sqlite3"
    for data in (b"PK\x03\x04 a workbook", b""):
        path.write_bytes(data)
        with pytest.raises(BenangError, match=r"notes\.sqlite3: expected .* found a file that is no SQLite"):
            read_tables(path)
    with pytest.raises(BenangError, match=r"gone\.sqlite3: the file can't be read"):
        read_tables(tmp_path / "gone.sqlite3")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """A database of another program is refused."""
    path = tmp_path / "zotero.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE items (itemID INTEGER)")
    with pytest.raises(BenangError, match="an SQLite database of another program"):
        read_tables(path)


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    """A database that was cut off is refused, with the reason."""
    file = qualcoder(tmp_path / "markets.qda", source(1, "a.txt", "Rent " * 9_000)) / "data.qda"
    file.write_bytes(file.read_bytes()[:9_000])
    with pytest.raises(BenangError, match=r"markets\.qda/data\.qda: an SQLite database that can't be read"):
        read_tables(tmp_path / "markets.qda")


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
def test_a_database_that_is_being_written_is_left_alone(tmp_path: Path, suffix: str) -> None:
    """A database that its program has not finished writing is refused: what it doesn't hold yet can't be read."""
    folder = qualcoder(tmp_path / "markets.qda")
    (folder / f"data.qda{suffix}").write_bytes(b"pages")
    with pytest.raises(BenangError, match="not been saved completely") as caught:
        read_tables(folder)
    assert "Close the project" in str(caught.value)


def test_a_view_in_place_of_a_table_is_no_table(tmp_path: Path) -> None:
    """A view in the place of a table is not read, and no function of a database is called."""
    path = tmp_path / "odd.qda"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(QUALCODER.replace("CREATE TABLE source", "CREATE TABLE other"))
        database.executescript("CREATE VIEW source AS SELECT 1 AS id, randomblob(9) AS fulltext")
    with pytest.raises(BenangError, match="another program"):
        read_tables(path)


def test_columns_that_an_older_version_lacks_are_empty(tmp_path: Path) -> None:
    """Columns and tables that an older version of a program lacks are empty."""
    path = tmp_path / "old.qda"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE TABLE source (id, name, fulltext); CREATE TABLE code_name (cid, name);"
            "CREATE TABLE code_text (cid); INSERT INTO source VALUES (1, 'a', 'Rent')"
        )
    tables = read_tables(path).tables
    assert tables["source"][0]["memo"] is None
    assert "journal" not in tables


def test_cells_are_read_whatever_their_type() -> None:
    """SQLite keeps in a column whatever was put there: numbers as texts, texts as bytes."""
    assert [whole_of(one) for one in (3, "3", 3.0, b"3", True)] == [3, 3, None, None, 1]
    assert time_of("2026-01-04T09:30:00+00:00") == "2026-01-04T09:30:00"
