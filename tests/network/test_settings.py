"""What made a network is written as far as it is known, and read back as far as it is what it should be."""

from __future__ import annotations

from typing import Any

import pytest

from benang.evidence import Step
from benang.network.settings import (
    UNTOLD,
    ComponentsKept,
    LeftOut,
    NetworkSettings,
    RecordCounts,
    ReferenceMatching,
    TermChoice,
    ThesaurusUse,
    Thresholds,
    network_settings,
    read_settings,
    settings_json,
)

pytestmark = pytest.mark.fast

ALL = NetworkSettings(
    counting="fractional",
    corpus=RecordCounts(found=9, read=8, set_aside=1, records=7, records_without_items=2, origins={"abstract": "aku"}),
    thresholds=Thresholds(min_documents=2, min_citations=0, items=9, kept=5, top=4, components="largest"),
    thesaurus=ThesaurusUse("words.tsv", "ab12", 1, ("desa",)),
    references=ReferenceMatching("fuzzy", 0.9),
    terms=TermChoice(("title", "abstract"), "auto", "binary", 0.6),
    components=ComponentsKept("largest", components=2, largest=4, items=5, kept=4, dropped=1),
)


def test_all_that_is_written_is_read_as_it_was() -> None:
    """Each part comes back, also a minimum of 0, which was asked for."""
    written = settings_json(ALL)

    assert read_settings(NetworkSettings, written) == ALL
    assert written["thresholds"] == {
        "min_documents": 2, "min_citations": 0, "items": 9, "kept": 5, "top": 4, "components": "largest"
    }  # fmt: skip


def test_what_nobody_said_is_not_written() -> None:
    """An empty part would look like a choice."""
    assert settings_json(UNTOLD) == {}
    assert settings_json(NetworkSettings(thesaurus=ThesaurusUse("words.tsv"))) == {"thesaurus": {"file": "words.tsv"}}


def test_what_is_known_of_a_new_network_alone_has_no_place_in_a_file() -> None:
    """Works that were joined, and what was left out, stand in the history."""
    assert settings_json(NetworkSettings(works=True, cases_reported_as_group=2, left_out=LeftOut(too_weak=3))) == {}


def test_a_part_of_another_type_is_not_said_and_the_others_stand() -> None:
    """One slip in a file costs no more than itself."""
    key = {"counting": "full", "corpus": [], "thresholds": {"items": "many", "kept": 5}}

    assert read_settings(NetworkSettings, key) == NetworkSettings("full", thresholds=Thresholds(kept=5))


@pytest.mark.parametrize("value", [None, [], "full", {}, {"counting": "by hand"}, {"unknown": 1}])
def test_where_nothing_fits_there_are_no_settings(value: object) -> None:
    """A word beyond the closed vocabulary is nothing, as is what is no table at all."""
    assert read_settings(NetworkSettings, value) is None


@pytest.mark.parametrize(
    ("value", "count"),
    [(3, 3), (3.0, 3), (3.5, None), (True, None), ("3", None), (2**53, 2**53), (2**53 + 1, None), (float("nan"), None)],
)
def test_a_count_is_a_whole_number_that_every_program_reads(value: object, count: int | None) -> None:
    """Some programs write 3.0; above 2⁵³ JSON's numbers are not whole in all of them."""
    thresholds = read_settings(Thresholds, {"items": value, "kept": 1})

    assert thresholds == Thresholds(items=count, kept=1)


@pytest.mark.parametrize("listed", [["title", 2], "title", {"title": 1}, [None]])
def test_a_list_with_one_wrong_entry_is_not_said(listed: Any) -> None:
    """Half a list would be another choice."""
    assert read_settings(TermChoice, {"fields": listed, "method": "auto"}) == TermChoice(method="auto")


def test_the_history_says_what_has_no_key() -> None:
    """Works were joined where a step did it; cases told of as a group are counted by theirs."""
    steps = (Step("duplicates"), Step("code", {}, {"cases": 3, "cases_reported_as_group": 2}))

    assert network_settings({}, steps) == NetworkSettings(works=True, cases_reported_as_group=2)
    assert network_settings({"counting": "binary"}, ()) == NetworkSettings("binary")


def test_the_history_of_an_earlier_version_gives_cases_reported_as_a_group() -> None:
    """Maps made before the count got its present name keep their note."""
    steps = (Step("code", {}, {"cases": 3, "cases_told_as_group": 2}),)

    assert network_settings({}, steps).cases_reported_as_group == 2
