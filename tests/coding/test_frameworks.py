"""Codes read in the items of frameworks, for them or against them."""

from __future__ import annotations

from tests.synthesis.invented import CASES, CODEBOOK, DOCUMENTS, JUDGED

from benang.coding.codebook import Codebook
from benang.coding.coded import Coded
from benang.coding.frameworks import codes_read, groups_feeding, has_looked, read_item
from benang.coding.placed import place
from benang.judgements.log import fold

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
