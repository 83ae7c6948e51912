"""Codebooks that programs export as tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.qda.database_files import MARKET_HTML, document, taguette
from tests.qda.test_qualcoder import balanced
from tests.tasks.coding.sheet_files import csv_sheet, excel_sheet

from benang.qda.codebook_tables import codebook_columns, read_codebook_table
from benang.qda.databases import read_tables
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
