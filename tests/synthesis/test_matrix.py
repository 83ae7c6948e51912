"""Which case carries which code, and what was looked for."""

from __future__ import annotations

from tests.synthesis.invented import found


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
