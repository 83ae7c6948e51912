"""Cases read in frameworks: for each item one of four states."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import JUDGED, found

from benang.judgements.events import Task
from benang.synthesis.findings import State


@pytest.mark.parametrize(
    ("case", "item", "state"),
    [
        ("beji", "needs/building", "counter-evidence"),
        ("alun", "harms/water", "evidence"),
        ("beji", "harms/water", "not-reported"),
        ("dadap", "harms/water", "evidence"),
        ("ends", "harms/water", "not-looked"),
        ("cikal", "needs/building", "not-looked"),
        ("alun", "needs/friends", "not-reported"),
        ("beji", "needs/friends", "not-looked"),
    ],
)
def test_a_case_is_in_one_of_four_states(case: str, item: str, state: State) -> None:
    """Cikal was looked at for reasons but not for uses, which feed the need of a building as well."""
    assert found().matrices["frameworks"].cells[case, item].state == state


def test_counter_evidence_outweighs_evidence_and_both_stay_in_the_cell() -> None:
    """Alun lent books although its roof leaked: counter-evidence, with the passage for it named apart."""
    cell = found().matrices["frameworks"].cells["alun", "needs/building"]

    assert cell.state == "counter-evidence"
    assert (cell.passages, cell.contrary) == (("alun/roof", "alun/loans"), ("alun/loans",))


def test_the_states_of_an_item_share_out_the_cases() -> None:
    """Over the four states every case is counted once."""
    table = found().framework_tables[0]

    assert {state: number.of for state, number in table.counts["building"].items()} == {
        "evidence": (),
        "counter-evidence": ("alun", "beji"),
        "not-reported": (),
        "not-looked": ("cikal", "dadap", "ends"),
    }


def test_any_evidence_counts_passages_also_where_the_state_is_counter_evidence() -> None:
    """Alun has a passage for a building, which its cell does not show as its state."""
    numbers = found().evidence.numbers

    assert numbers["frameworks/needs/any-evidence"].of == ("alun",)
    assert numbers["frameworks/needs/any-counter-evidence"].of == ("alun", "beji")
    assert numbers["frameworks/harms/any-evidence"].passages == ("alun/flood", "cikal/flood", "dadap/flood")
    assert numbers["frameworks/harms/without-evidence"].of == ("beji", "ends")


def test_a_task_for_a_framework_itself_decides_whether_it_was_looked_for() -> None:
    """Ends was looked at for all needs: what was not found there is not reported; Alun's is open again."""
    tasks = [
        Task(id="task/ends/needs", coder="ani", case="ends", group="needs"),
        Task(id="task/alun/needs", coder="ani", case="alun", group="needs", state="open"),
    ]
    cells = found([*JUDGED, *tasks]).matrices["frameworks"].cells

    assert cells["ends", "needs/friends"].state == "not-reported"
    assert cells["alun", "needs/friends"].state == "not-looked"
