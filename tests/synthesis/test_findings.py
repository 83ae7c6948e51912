"""Cases read in frameworks: for each item one of four states."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import CASES, CODEBOOK, DOCUMENTS, DOUBTED, JUDGED, found

from benang.coding.codebook import Codebook
from benang.coding.coded import Coded
from benang.coding.placed import place
from benang.judgements.events import Task
from benang.judgements.log import fold
from benang.synthesis.findings import State, codes_read, groups_feeding, has_looked, read_item


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


CODED = Coded(CODEBOOK, CASES, DOCUMENTS, place(fold(JUDGED), DOCUMENTS, CODEBOOK, CASES))


def test_an_item_reads_the_codes_that_the_codebook_says() -> None:
    """A roof speaks against a dry building, loans for it."""
    assert codes_read(CODEBOOK, "needs/building") == {"evidence": ("loans",), "counter-evidence": ("roof",)}


def test_a_case_is_read_on_its_own_passages() -> None:
    """Alun has both, Beji a bad roof only, Cikal neither."""
    read = {case: read_item(CODED, case, "needs/building") for case in ("alun", "beji", "cikal")}

    assert {case: (one.evidence, one.counter_evidence) for case, one in read.items()} == {
        "alun": (("alun/loans",), ("alun/roof",)),
        "beji": ((), ("beji/roof",)),
        "cikal": ((), ()),
    }


def test_an_item_is_fed_by_the_groups_of_its_codes() -> None:
    """A building is fed by reasons and uses, water by reasons."""
    assert groups_feeding(CODEBOOK, "needs/building") == ("reasons", "uses")
    assert groups_feeding(CODEBOOK, "harms/water") == ("reasons",)


def test_an_item_that_no_code_reads_in_is_fed_by_the_groups_of_its_framework() -> None:
    """Nothing reads in friends: they are looked for with the rest of the needs."""
    assert groups_feeding(CODEBOOK, "needs/friends") == ("reasons", "uses")


def test_a_framework_without_readings_is_fed_by_all_groups() -> None:
    """Without any reading all groups must be looked for."""
    bare = CODEBOOK.model_copy(update={"readings": ()})

    assert groups_feeding(bare, "harms/water") == ("reasons", "uses")


def test_all_groups_that_feed_an_item_must_have_been_looked_for() -> None:
    """Cikal was looked at for reasons only: water can be told, a building can't."""
    assert (has_looked(CODED, "cikal", "harms/water"), has_looked(CODED, "cikal", "needs/building")) == (True, False)


def test_nobody_has_looked_in_a_codebook_without_groups() -> None:
    """A framework alone is no reason to say that something was looked for."""
    bare = Codebook(frameworks=CODEBOOK.frameworks)

    assert not has_looked(Coded(bare, CASES), "alun", "needs/friends")


@pytest.mark.parametrize(
    ("case", "evidence", "counter_evidence"),
    [
        ("alun", ("alun/loans", "alun/roof/contradicts"), ("alun/roof",)),
        ("beji", (), ("beji/roof", "beji/loans/contradicts")),
        ("cikal", ("cikal/roof/contradicts",), ()),
    ],
)
def test_a_passage_that_contradicts_its_code_reads_the_other_way_round(
    case: str, evidence: tuple[str, ...], counter_evidence: tuple[str, ...]
) -> None:
    """Loans speak for a dry building and a bad roof against it: what denies them turns round."""
    reading = read_item(found(DOUBTED).coded, case, "needs/building")

    assert (reading.evidence, reading.counter_evidence) == (evidence, counter_evidence)


def test_a_passage_that_only_mentions_its_code_speaks_neither_for_an_item_nor_against_it() -> None:
    """Where Dadap's passage mentions the flood instead, its cell has that passage, and its state is as before."""
    mention = DOUBTED[-1].model_copy(update={"code": "flood", "case": "ends"})
    cell = found((*JUDGED, mention)).matrices["frameworks"].cells["ends", "harms/water"]

    assert (cell.state, cell.passages, cell.mentions) == ("not-looked", (), ("dadap/noise/mentions",))
