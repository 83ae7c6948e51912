"""Passages by case and code, values, and what was looked for."""

from __future__ import annotations

import pytest
from tests.synthesis.invented import CASES, CODEBOOK, DOCUMENTS, JUDGED, Judged

from benang.coding.coded import Coded, check_studies
from benang.coding.placed import place
from benang.errors import BenangError
from benang.judgements.events import Task
from benang.judgements.log import fold

pytestmark = pytest.mark.fast


def coded(*more: Judged) -> Coded:
    """Code the invented review, with more judgements behind its own."""
    return Coded(CODEBOOK, CASES, DOCUMENTS, place(fold([*JUDGED, *more]), DOCUMENTS, CODEBOOK, CASES))


def test_passages_are_found_by_code_and_by_case() -> None:
    """In the order of their ids; a variable's passages are found under its name."""
    material = coded()

    assert [one.id for one in material.carrying("roof")] == ["alun/roof", "beji/roof"]
    assert [one.id for one in material.of_case("beji", "roof", "volunteers")] == ["beji/roof", "beji/volunteers"]
    assert [one.id for one in material.of_case("beji", "until")] == ["beji/until/1"]


def test_the_study_of_a_passage_is_that_of_its_own_document() -> None:
    """Beji's volunteers are told of by the other study."""
    material = coded()

    assert material.study(material.passages["beji/volunteers"]) == "ana2010"


def test_a_value_that_is_not_reported_is_none_but_known() -> None:
    """Cikal's beginning was looked for, Dadap's was not: both have no value, one has a judgement."""
    material = coded()

    assert (material.value("cikal", "since"), material.value("dadap", "since")) == (None, None)
    assert (("cikal", "since") in material.values, ("dadap", "since") in material.values) == (True, False)


def test_somebody_must_be_done_with_looking() -> None:
    """Dadap's task is open; a second coder is done, and that is enough. Ends has no task at all."""
    done = Task(id="budi/dadap", coder="budi", case="dadap", group="reasons")

    assert (coded().has_looked("dadap", "reasons"), coded(done).has_looked("dadap", "reasons")) == (False, True)
    assert coded().has_looked("ends", "reasons") is None


def test_a_document_with_passages_must_be_named_by_a_record() -> None:
    """The record of one study has another key: its document is named, with the nearest."""
    with pytest.raises(BenangError, match=r"documents/bima2012\.md: its heading names 'bima2012'.*'bima2013'"):
        check_studies(coded(), ["ana2010", "bima2013", "citra"])
