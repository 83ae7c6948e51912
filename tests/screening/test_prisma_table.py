"""The official table of PRISMA's flow: the template's ids and columns, in the form that its R package reads."""

from __future__ import annotations

import csv
import io

import pytest
from tests.screening.test_prisma import BY_TEXT, BY_TITLE, CRITERIA, FOUND, MIXED, SEARCHES, decided, flow, typed

from benang.project.toml_files import Label
from benang.screening.prisma import Flow
from benang.screening.prisma_table import BOXES, OPEN, TEXTS, official_table

pytestmark = pytest.mark.fast

TEMPLATE = """NA prevstud,previous_studies box1,previous_reports box1,NA newstud,database_results box2,
database_specific_results box2,register_results box2,register_specific_results box2,NA othstud,website_results box11,
organisation_results box11,citations_results box11,duplicates box3,excluded_automatic box3,excluded_other box3,
records_screened box4,records_excluded box5,dbr_sought_reports box6,dbr_notretrieved_reports box7,
other_sought_reports box12,other_notretrieved_reports box13,dbr_assessed box8,dbr_excluded box9,other_assessed box14,
other_excluded box15,new_studies box10,new_reports box10,total_studies box16,total_reports box16,
identification identification,screening screening,included included,total_studies_ma box17,total_reports_ma box17"""
"""The rows of PRISMA.csv of the R package PRISMA2020 1.1.1."""


def rows(whole: Flow) -> list[dict[str, str]]:
    """Read the table of a flow."""
    return list(csv.DictReader(io.StringIO(official_table(whole))))


def numbers(whole: Flow) -> dict[str, str]:
    """Return what each row counts."""
    return {row["data"]: row["n"] for row in rows(whole)}


def in_r(cell: str) -> list[tuple[str, str]]:
    """Part a list as PRISMA_data of the R package does: at "; ", a name to its first comma, a number from its last."""
    return [(part.split(",")[0], part.split(",")[-1]) for part in cell.split("; ")]


def test_the_rows_and_columns_are_those_of_the_template() -> None:
    """Whatever the review has, no row is left out: programs find them by these ids."""
    table = rows(flow(FOUND))

    assert [f"{row['data']} {row['box']}" for row in table] == TEMPLATE.replace("\n", "").split(",")
    assert list(table[0]) == ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"]
    assert [row["node"] for row in table if row["node"] != "NA"][:4] == ["node4", "node5", "node6", "node7"]


def test_a_new_review_without_other_methods_has_no_such_boxes() -> None:
    """They are NA, which the package leaves out; boxes that are there and empty are 0."""
    n = numbers(flow(FOUND, [*BY_TITLE, *BY_TEXT]))

    assert {n[key] for key in ("previous_studies", "total_studies", "website_results", "other_assessed")} == {"NA"}
    assert (n["register_results"], n["excluded_other"]) == ("0", "0")
    assert [n[key] for key in ("database_results", "duplicates", "records_screened", "records_excluded")] == list(
        "6151"
    )
    assert [n[key] for key in ("dbr_sought_reports", "dbr_assessed", "new_studies", "new_reports")] == list("4311")


def test_lists_are_read_by_the_package() -> None:
    """Databases and reasons, each with its number."""
    n = numbers(flow(FOUND, [*BY_TITLE, *BY_TEXT]))

    assert in_r(n["database_specific_results"]) == [("Scopus", " 3"), ("ERIC", " 3")]
    assert n["dbr_excluded"] == "People, 1; Place, 1"


def test_a_box_without_exclusions_is_0() -> None:
    """The package prints (n = 0) for it."""
    assert numbers(flow(FOUND))["dbr_excluded"] == "0"


def test_signs_that_would_part_a_reason_are_replaced() -> None:
    """A comma, a semicolon, and the apostrophe that ends a text in the package's graph."""
    whole = flow(FOUND, [*BY_TITLE, *BY_TEXT])
    labels = {**whole.labels, "place": Label(en="Wrong place, or the author's; guess")}
    cell = numbers(Flow(whole.boxes, whole.open, labels=labels))["dbr_excluded"]

    assert in_r(cell) == [("People", " 1"), ("Wrong place – or the author’s – guess", " 1")]


def test_other_methods_have_their_rows() -> None:
    """Searching by hand would stand with organisations; here neither was done."""
    n = numbers(flow(MIXED, decided("title-abstract", w3="exclude"), searches=SEARCHES))

    assert [n[key] for key in ("website_results", "citations_results", "organisation_results")] == ["3", "2", "NA"]
    assert (n["other_sought_reports"], n["other_excluded"]) == ("0", "0")


def test_what_was_typed_says_so_in_its_row() -> None:
    """By whom, and from where."""
    whole = flow(FOUND, typed=[typed("previous_studies", 7)])
    row = next(row for row in rows(whole) if row["data"] == "previous_studies")

    assert row["n"] == "7"
    assert "7 entered by ani, not counted: the log of the library" in row["description"]
    assert row["boxtext"] == "Studies included in previous version of review"


def test_every_box_and_open_item_has_its_words() -> None:
    """Texts are looked up for all of them."""
    assert set(TEXTS) == {*BOXES, *OPEN}
    assert all(one.text.en for one in CRITERIA)
