"""Tables as CSV: every row, every column, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest
from tests.synthesis.invented import DOUBTED, found, label

from benang.synthesis import csv_tables
from benang.synthesis.claims import Claims, CountClaim


def rows(data: bytes) -> list[dict[str, str]]:
    """Read a CSV file back."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_the_table_of_a_group_with_sides_gives_the_side_of_each_code() -> None:
    """The side of a code without one of its own is that of its heading."""
    table = rows(csv_tables.code_table_csv(found(), "reasons"))

    assert [(row["code"], row["group"], row["cases"], row["studies"]) for row in table] == [
        ("volunteers", "inside", "3", "2"),
        ("flood", "outside", "3", "2"),
        ("roof", "inside", "2", "2"),
        ("librarian", "inside", "1", "1"),
        ("noise", "outside", "0", "0"),
    ]
    assert list(table[0]) == ["code", "label", "group", "cases", "studies", "evidence"]


def test_the_table_of_a_group_without_sides_gives_the_group() -> None:
    """Uses have no sides."""
    assert {row["group"] for row in rows(csv_tables.code_table_csv(found(), "uses"))} == {"uses"}


def test_the_evidence_of_a_row_names_its_numbers() -> None:
    """The ids in the column evidence are those of the numbers in the row."""
    findings = found()
    row = rows(csv_tables.code_table_csv(findings, "reasons"))[0]
    cases, studies = (findings.evidence.numbers[name].value for name in row["evidence"].split(";"))

    assert (str(cases), str(studies)) == (row["cases"], row["studies"])


def test_labels_come_in_the_language_asked_and_in_english_where_there_is_no_other() -> None:
    """Flood has an Indonesian label, noise has none."""
    table = {row["code"]: row["label"] for row in rows(csv_tables.code_table_csv(found(), "reasons", "id"))}

    assert (table["flood"], table["noise"]) == ("Banjir", "Noise")


def test_the_printed_table_has_a_line_for_each_of_its_rows() -> None:
    """Row, side, label, cases, studies and the codes counted into it."""
    data = csv_tables.printed_table_csv(found(), "leaflet")

    assert data.decode().splitlines() == [
        "row,side,label,cases,studies,codes",
        "1,inside,Roof,2,2,roof",
        "2,inside,People,3,3,librarian;volunteers",
        "3,outside,Water,3,2,flood",
    ]


def test_cases_have_a_column_for_each_group_of_codes() -> None:
    """So has each variable, with its value or why there is none."""
    table = rows(csv_tables.cases_csv(found()))

    assert [table[0][name] for name in ("since", "until", "uses", "outcome")] == [
        "2008", "not-looked", "loans", "closed",
    ]  # fmt: skip
    assert (table[1]["studies"], table[1]["reasons"]) == ("bima2012;ana2010", "roof;librarian;volunteers")
    assert [row["scope"] for row in table] == ["case", "case", "case", "group", "case"]


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    """The board's note begins with an equals sign."""
    assert rows(csv_tables.cases_csv(found()))[3]["outcome_note"] == "'=closed, says the board"


@pytest.mark.parametrize("cell", ["=1", "+1+1", "-1+1", "-a", "@a", "\t=1"])
def test_every_start_of_a_formula_gets_an_apostrophe(cell: str) -> None:
    """Spreadsheets take =, +, -, @ and a tab before them for the start of a formula; numbers stay as they are."""
    assert rows(csv_tables.as_csv(["a", "b"], [[cell, 5]])) == [{"a": f"'{cell}", "b": "5"}]


@pytest.mark.parametrize("cell", ["+1", "-1", "-0.5"])
def test_a_number_with_its_sign_stays_a_number(cell: str) -> None:
    """A spreadsheet has nothing to run there."""
    assert rows(csv_tables.as_csv(["a", "b"], [[cell, 5]])) == [{"a": cell, "b": "5"}]


@pytest.mark.parametrize(("name", "n"), [("reasons", 25), ("uses", 10), ("frameworks", 15)])
def test_a_matrix_in_long_form_has_a_line_for_every_pair(name: str, n: int) -> None:
    """Five cases by five reasons, two uses, three items."""
    table = rows(csv_tables.matrix_csv(found(), name))

    assert len(table) == n
    assert len({(row["case"], row["code"]) for row in table}) == n
    assert list(table[0]) == ["case", "code", "state", "passages"]


def test_several_passages_of_a_cell_stand_side_by_side() -> None:
    """Alun's building has one passage against it and one for it."""
    table = {(row["case"], row["code"]): row for row in rows(csv_tables.matrix_csv(found(), "frameworks"))}

    assert table["alun", "needs/building"]["passages"] == "alun/roof;alun/loans"
    assert table["ends", "needs/building"] == {
        "case": "ends",
        "code": "needs/building",
        "state": "not-looked",
        "passages": "",
    }


def test_checks_have_their_claim_verdict_and_evidence_and_the_remark_behind_what_was_found() -> None:
    """One claim with a remark."""
    claim = CountClaim(
        id="five",
        says=label("Five"),
        where=label("p. 1"),
        note=label("Ends counts."),
        check="count",
        of="cases/all",
        stated=5,
    )
    row = rows(csv_tables.checks_csv(found(claims=Claims(claims=(claim,)))))[0]

    assert row == {
        "claim": "five",
        "stated": "Five",
        "found": "The data give 5 cases. Ends counts.",
        "verdict": "holds",
        "evidence": "cases/all",
    }


def test_files_are_utf_8_with_lf_line_ends_and_no_mark() -> None:
    """The same bytes on every system."""
    data = csv_tables.as_csv(["a"], [["Curaçao – Tidore"]])

    assert data == "a\nCuraçao – Tidore\n".encode()


def test_a_table_of_codes_has_columns_of_counter_evidence_and_mentions_where_there_are_any() -> None:
    """The roof is contradicted in two cases, noise is mentioned in one; uses have no mention, and no column of it."""
    table = {row["code"]: row for row in rows(csv_tables.code_table_csv(found(DOUBTED), "reasons"))}

    assert table["roof"]["cases"] == table["roof"]["contradicting cases"] == "2"
    assert (table["noise"]["cases"], table["noise"]["mentioning cases"]) == ("0", "1")
    assert "reasons/noise/mentioning-cases" in table["noise"]["evidence"].split(";")
    assert list(rows(csv_tables.code_table_csv(found(DOUBTED), "uses"))[0]) == [
        "code", "label", "group", "cases", "studies", "contradicting cases", "evidence",
    ]  # fmt: skip


def test_a_matrix_names_passages_against_and_mentions_where_there_are_any() -> None:
    """Alun's roof has both; a matrix whose passages all support their codes has four columns, as ever."""
    table = {(row["case"], row["code"]): row for row in rows(csv_tables.matrix_csv(found(DOUBTED), "reasons"))}

    assert table["alun", "roof"]["contrary"] == "alun/roof/contradicts"
    assert (table["dadap", "noise"]["state"], table["dadap", "noise"]["mentions"]) == (
        "not-looked",
        "dadap/noise/mentions",
    )
    assert list(rows(csv_tables.matrix_csv(found(), "reasons"))[0]) == ["case", "code", "state", "passages"]


def test_a_case_without_codes_says_whether_somebody_looked_for_them() -> None:
    """Alun has its uses, Beji's nobody looked for; reasons of Ends neither."""
    table = {row["case"]: row for row in rows(csv_tables.cases_csv(found()))}

    assert [table[case]["uses"] for case in ("alun", "beji")] == ["loans", "not-looked"]
    assert table["ends"]["reasons"] == "not-looked"


def test_a_case_lists_the_codes_that_its_passages_contradict_or_only_mention() -> None:
    """Cikal's roof is contradicted and no reason of Cikal; Dadap's noise is mentioned."""
    table = {row["case"]: row for row in rows(csv_tables.cases_csv(found(DOUBTED)))}

    assert (table["cikal"]["reasons"], table["cikal"]["reasons contradicted"]) == ("volunteers;flood", "roof")
    assert (table["dadap"]["reasons mentioned"], table["beji"]["uses contradicted"]) == ("noise", "loans")
