"""Tables of codes, of printed rows and of cases, counted by hand."""

from __future__ import annotations

from tests.synthesis.invented import CASES, JUDGED, found


def test_codes_stand_with_most_cases_first_and_ties_as_in_the_codebook() -> None:
    """Volunteers and flood have three cases and two studies each, roof two; the code at 0 is there, the heading not."""
    rows = found().code_tables["reasons"].rows

    assert [(row.code.id, row.cases.value, row.studies.value, row.group_cases) for row in rows] == [
        ("volunteers", 3, 2, 2),
        ("flood", 3, 2, 2),
        ("roof", 2, 2, 0),
        ("librarian", 1, 1, 0),
        ("noise", 0, 0, 0),
    ]


def test_rows_of_a_printed_table_gather_the_codes_under_their_heading() -> None:
    """Row 2 belongs to the heading: it counts both codes under it, each case once; rows come in their order."""
    rows = found().printed_tables["leaflet"]

    assert [(one.row.row, one.codes, one.cases.value, one.studies.value, one.group_cases) for one in rows] == [
        (1, ("roof",), 2, 2, 0),
        (2, ("librarian", "volunteers"), 3, 3, 2),
        (3, ("flood",), 3, 2, 2),
    ]


def test_a_case_has_its_years_its_codes_and_the_numbers_that_open_them() -> None:
    """Beji moved in 2015, when it began is not told; its three reasons are in the codebook's order."""
    beji = found().case_rows[1]

    assert (beji.case.id, beji.since, beji.until, beji.is_group) == ("beji", None, 2015, False)
    assert beji.codes == {"reasons": ("roof", "librarian", "volunteers"), "uses": ()}
    assert beji.numbers["reasons"].id == "cases/beji/reasons"
    assert {name: beji.values[name] for name in ("until", "outcome", "country")} == {
        "until": 2015,
        "outcome": "moved",
        "country": "Indonesia",
    }


def test_the_outcome_is_that_of_the_cases_or_else_of_the_judgements() -> None:
    """Alun's outcome is in cases.toml, Beji's is a coder's value, nobody tells that of Ends."""
    assert [row.outcome for row in found().case_rows] == ["closed", "moved", "closed", "closed", None]
    assert "outcome" not in CASES.by_id["beji"].values


def test_what_was_looked_for_in_vain_is_no_value() -> None:
    """Cikal's beginning is not reported: the row has no year and no value for it."""
    cikal = found().case_rows[2]

    assert (cikal.since, "since" in cikal.values) == (None, False)


def test_a_review_without_codings_has_all_its_rows_at_zero() -> None:
    """Without any judgement every code and every case is still there."""
    findings = found([one for one in JUDGED if one.kind == "task"])

    assert {row.cases.value for row in findings.code_tables["reasons"].rows} == {0}
    assert len(findings.case_rows) == 5


def test_a_pair_with_a_passage_is_evidence() -> None:
    """Alun's roof leaked: the cell is evidence, on that passage."""
    cell = found().matrices["reasons"].cells["alun", "roof"]

    assert (cell.state, cell.passages, cell.is_group) == ("evidence", ("alun/roof",), False)


def test_a_passage_told_of_a_group_marks_its_cell() -> None:
    """Cikal's flood is told together with Dadap's."""
    assert found().matrices["reasons"].cells["cikal", "flood"].is_group


def test_what_a_coder_looked_for_and_did_not_find_is_not_reported() -> None:
    """Alun was looked at for all reasons, and has no volunteers lost."""
    assert found().matrices["reasons"].cells["alun", "volunteers"].state == "not-reported"


def test_what_nobody_is_done_looking_for_is_not_looked() -> None:
    """Dadap's task is open, Ends has none: a missing roof there can't be told."""
    cells = found().matrices["reasons"].cells

    assert (cells["dadap", "roof"].state, cells["ends", "roof"].state) == ("not-looked", "not-looked")


def test_every_pair_of_case_and_code_has_a_cell() -> None:
    """Five cases by five codes, headings left out."""
    matrix = found().matrices["reasons"]

    assert matrix.columns == ("roof", "librarian", "volunteers", "flood", "noise")
    assert set(matrix.cells) == {(case, code) for case in matrix.cases for code in matrix.columns}
    assert len(matrix.cells) == 25
