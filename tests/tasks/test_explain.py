"""A number of a review is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.synthesis.invented import CODEBOOK, DOUBTED, found

from benang.coding.codebook import Codebook
from benang.errors import BenangError, Misuse
from benang.files import Upload
from benang.network import Analysis
from benang.tasks.explain import DrillRequest, ExplainRequest, drill, explain, explanation_of
from benang.tasks.make_map import Making, MapRequest, Outputs, make_map
from benang.tasks.read_works import WorksRequest


def test_a_number_is_opened_with_its_passages(review: Path) -> None:
    """The account has the explanation line by line."""
    explained = explain(ExplainRequest(folder=review, number="reasons/rain/cases", language="id"))

    assert "\n".join(note.text for note in explained.account.notes) == str(explained.explanation)
    assert explained.account.notes[0].text == "reasons/rain/cases"


def test_an_unknown_number_is_refused_with_the_nearest(review: Path) -> None:
    """As everywhere."""
    with pytest.raises(BenangError, match="reasons/rain/cases"):
        explain(ExplainRequest(folder=review, number="reasons/rian/cases"))


def test_a_number_of_cases_lists_each_case_with_its_passages() -> None:
    """The roof is bad in Alun and Beji; Beji's study is known from a secondary account only."""
    assert str(explanation_of(found(), "reasons/roof/cases")).splitlines() == [
        "reasons/roof/cases",
        "Bad roof: 2 cases",
        "",
        "Alun – Library (alun)",
        "  “In Alun the roof leaked.”",
        "    documents/ana2010.md, 0–24 · Bad roof",
        "",
        "Beji – Library (beji)",
        "  “The roof of Beji fell in.”",
        "    documents/bima2012.md, 27–52 · Bad roof · note on a secondary account",
    ]


def test_what_is_told_of_several_cases_together_says_so() -> None:
    """Two of the three cases that lost their volunteers are told of together."""
    said = explanation_of(found(), "reasons/volunteers/cases")

    assert said.lines()[1] == "Volunteers lost: 3 cases, 2 of them reported only as part of a group"
    assert [one.is_group for one in said.members] == [False, True, True]
    assert str(said).count("reported for several cases together") == 2


def test_a_number_of_studies_lists_each_study_with_the_passages_in_its_own_document() -> None:
    """The passages of citra are those of both its cases."""
    members = explanation_of(found(), "reasons/volunteers/studies").members

    assert [(one.name, [quoted.passage.id for quoted in one.passages]) for one in members] == [
        ("Ana and Wulan (2010), Two libraries by the river", ["beji/volunteers"]),
        ("Citra Dewi et al. (n.d.), Libraries downstream", ["cikal/volunteers", "dadap/volunteers"]),
    ]


def test_a_quote_told_of_several_cases_stands_once_for_their_study() -> None:
    """Citra's words on volunteers were coded for two cases; the study said them once."""
    assert str(explanation_of(found(), "reasons/volunteers/studies")).count("lost their volunteers") == 1


def test_a_number_of_codes_lists_each_code_with_its_passages() -> None:
    """Alun has two reasons."""
    members = explanation_of(found(), "cases/alun/reasons").members

    assert [(one.name, len(one.passages)) for one in members] == [("Flood", 1), ("Bad roof", 1)]


def test_rows_of_a_printed_table_are_named_by_their_labels() -> None:
    """The leaflet has two rows on the inside."""
    assert [one.name for one in explanation_of(found(), "leaflet/inside/rows").members] == ["Roof", "People"]


def test_a_number_at_zero_says_that_there_is_none() -> None:
    """Nobody tells of noise."""
    assert explanation_of(found(), "reasons/noise/cases").lines()[-1] == "There is none."


def test_labels_come_in_indonesian() -> None:
    """The title is the code's Indonesian label."""
    assert explanation_of(found(language="id"), "reasons/flood/cases", "id").title == "Banjir"


def test_an_unknown_number_is_answered_with_the_nearest() -> None:
    """A slip of the pen finds its way; what is like no id learns what ids look like."""
    with pytest.raises(BenangError, match="Did you mean 'reasons/roof/cases'"):
        explanation_of(found(), "reason/roof/cases")
    with pytest.raises(BenangError, match=r"evidence\.json lists the ids"):
        explanation_of(found(), "?")


def test_a_measure_says_by_which_rule_it_is_made(review: Path) -> None:
    """Two of the mini review's three records have one author; the share is written as in the report."""
    explained = explain(ExplainRequest(folder=review, number="corpus/co-authorship/single-share/value"))

    assert [note.text for note in explained.account.notes][1:3] == [
        "Co-authorship: Share of single-authored records: 66.7%",
        "Measure: these records as a share of all records with authors",
    ]


def test_every_number_can_be_opened() -> None:
    """Each passage of a number belongs to one of the things that it counts, in either language."""
    for language in ("en", "id"):
        findings = found()
        for number in findings.evidence.numbers.values():
            shown = explanation_of(findings, number.id, language)
            assert str(shown).startswith(number.id)
            passages = {quoted.passage.id for one in shown.members for quoted in one.passages}
            assert passages == set(number.passages), number.id


def test_a_number_of_counter_evidence_says_of_each_passage_that_it_contradicts_the_code() -> None:
    """Alun and Cikal have a passage against the roof; in Indonesian as well."""
    lines = explanation_of(found(DOUBTED), "reasons/roof/contradicting-cases").lines()
    indonesian = explanation_of(found(DOUBTED), "reasons/roof/contradicting-cases", "id").lines()

    assert lines[1].startswith("Bad roof, contradicted in a passage: 2 cases")
    assert sum("Bad roof (contradicts it)" in line for line in lines) == 2
    assert sum("Atap rusak (membantahnya)" in line for line in indonesian) == 2


def test_a_number_is_known_by_an_earlier_id_of_its_code() -> None:
    """Where the roof is now called ceiling, `reasons/roof/cases` opens `reasons/ceiling/cases`."""
    dumped = CODEBOOK.model_dump()
    renamed = {"id": "ceiling", "was": ("roof",)}
    codes = [one | renamed if one["id"] == "roof" else one for one in dumped["codes"]]
    findings = found(codebook=Codebook.model_validate(dumped | {"codes": codes}))

    assert explanation_of(findings, "reasons/roof/cases") == explanation_of(findings, "reasons/ceiling/cases")


RIS = "".join(
    f"TY  - JOUR\nID  - r{n}\nTI  - Of {n}\nKW  - kota\nKW  - desa\nKW  - laut{n}\nER  - \n\n" for n in (1, 2)
)


@pytest.fixture
def topics(tmp_path: Path) -> Path:
    """Return the map of two records that share two keywords."""
    request = MapRequest(
        works=WorksRequest(files=(Upload("two.ris", RIS.encode()),)),
        analysis=Analysis("keywords"),
        making=Making(stability=0),
        outputs=Outputs(paths=(tmp_path / "map.json",)),
    )
    make_map(request)
    return tmp_path / "map.json"


def test_all_records_behind_a_link_are_listed(topics: Path) -> None:
    """Both have both words; no review is around, and nothing is said of passages."""
    drilled = drill(DrillRequest(map=topics, items=("kota", "desa")))

    assert (len(drilled.behind.records), drilled.passages) == (2, ())
    assert drilled.account.notes[0].text == "'kota' and 'desa': link strength 2, 2 records"
    assert len(drilled.account.notes) == 3


@pytest.mark.parametrize("items", [(), ("a", "b", "c")])
def test_one_item_or_two_are_named(topics: Path, items: tuple[str, ...]) -> None:
    """Neither none nor three."""
    with pytest.raises(Misuse, match="Name one item"):
        drill(DrillRequest(map=topics, items=items))
