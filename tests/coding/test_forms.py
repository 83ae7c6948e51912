"""Forms: whom they are filled in for, and whom a value is about."""

from __future__ import annotations

from typing import Any

from benang.coding.cases import Case, Cases
from benang.coding.codebook import Codebook
from benang.coding.forms import about_subjects, differing, given_values, subject_named, subjects
from benang.judgements.events import NOT_REPORTED, Value
from benang.judgements.log import Judgements

CODEBOOK = Codebook.model_validate(
    {
        "variables": [{"id": "aim", "label": "Aim"}, {"id": "place", "label": "Place", "type": "text"}],
        "forms": [
            {"id": "quality", "label": "Quality", "kind": "appraisal", "variables": ["aim"]},
            {"id": "chart", "label": "Chart", "variables": ["place"]},
        ],
    }
)
QUALITY, CHART = CODEBOOK.forms
STUDIES = Cases(cases=(Case(id="muara", studies=("sari2018",)), Case(id="bukit", studies=("lestari2019",))))
OTHERS = Cases(cases=(*STUDIES.cases, Case(id="ladang", studies=("lestari2019", "anwar2017"))))


def value(name: str, coder: str, case: str, **more: Any) -> Value:
    """Return a value of the item `aim` that needs no passage."""
    return Value(**{"id": name, "coder": coder, "case": case, "variable": "aim", "value": NOT_REPORTED, **more})


def test_an_appraisal_is_filled_in_for_cases_that_are_studies() -> None:
    """An appraisal is filled in for the cases where each is one study."""
    assert [one.id for one in subjects(QUALITY, STUDIES)] == ["muara", "bukit"]


def test_else_it_is_filled_in_for_the_studies_each_once() -> None:
    """Else it is filled in for the studies of the cases, each once."""
    assert [one.id for one in subjects(QUALITY, OTHERS)] == ["sari2018", "lestari2019", "anwar2017"]
    assert [one.id for one in subjects(CHART, OTHERS)] == ["muara", "bukit", "ladang"]


def test_a_study_names_its_case_where_cases_are_studies() -> None:
    """The key of a study names its case where cases are studies, so that values stay when a case gets a second one."""
    assert subject_named("lestari2019", "aim", CODEBOOK, STUDIES) == "bukit"
    assert subject_named("bukit", "aim", CODEBOOK, OTHERS) == "lestari2019"


def test_a_case_of_two_studies_names_no_study() -> None:
    """A case of two studies names no study."""
    assert subject_named("ladang", "aim", CODEBOOK, OTHERS) is None


def test_values_of_an_appraisal_are_put_under_their_studies() -> None:
    """Values of an appraisal are put under their studies, whichever way they were named."""
    log = Judgements(current=(value("v1", "ani", "bukit"), value("v2", "budi", "lestari2019")))
    assert [one.case for one in about_subjects(log, CODEBOOK, OTHERS).of(Value)] == ["lestari2019", "lestari2019"]
    assert set(given_values(QUALITY, log, CODEBOOK, OTHERS)[("lestari2019", "aim")]) == {"ani", "budi"}


def test_a_suggestion_of_a_program_is_no_value_given() -> None:
    """What a program suggests is no value that was given."""
    log = Judgements(current=(value("v1", "ani", "muara", program="a model"),))
    assert given_values(QUALITY, log, CODEBOOK, OTHERS) == {}


def test_consensus_is_no_further_coder() -> None:
    """What the coder `consensus` says makes no difference between coders."""
    one = value("v1", "ani", "muara")
    assert not differing({"ani": one, "consensus": one.model_copy(update={"value": "yes"})})
    assert differing({"ani": one, "budi": one.model_copy(update={"value": "yes"})})
