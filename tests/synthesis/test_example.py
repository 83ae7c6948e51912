"""The example review as a whole: what is counted in it is what was counted by hand in the reviewed paper."""

from __future__ import annotations

import csv
import io
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from tests.example_counts import FACTORS, FIELDS

from benang.coding.cases import check_cases, read_cases
from benang.coding.codebook_file import read_codebook
from benang.coding.placed import place
from benang.judgements.lines import as_line
from benang.judgements.log import read_judgements
from benang.project.folder import open_folder, read_documents
from benang.readers.registry import read
from benang.synthesis import csv_tables, findings_of
from benang.synthesis.claims import MapFacts, read_claims
from benang.synthesis.findings import Findings
from benang.tasks.explain import explanation_of

REVIEW = Path(__file__).resolve().parents[2] / "examples" / "sister-cities"
TOPICS = MapFacts(("sister city", "kerjasama", "pemerintah daerah", "paradiplomasi"), {}, origins=("assigned",))

VERDICTS = {
    "number-of-studies": "contradicted",
    "fifteen-studies": "contradicted",
    "published-2016-2021": "contradicted",
    "five-years": "contradicted",
    "four-topics": "cannot be told",
    "abstract-factors": "contradicted",
    "both-cities-policy": "cannot be told",
    "closing-list": "contradicted",
    "second-layer": "cannot be told",
    "one-stage-missing": "cannot be told",
    "three-failures": "cannot be told",
    "partner-is-government": "contradicted",
    "figure-1-dated-2021": "contradicted",
    "windiani-year": "contradicted",
    "hakim-name": "contradicted",
    "regulation-year": "cannot be told",
}


@cache
def example() -> Findings:
    """Count what the example review found."""
    folder = open_folder(REVIEW)
    assert folder.codebook
    assert folder.cases
    assert folder.claims
    corpus = read(*folder.sources, origins={"author_keywords": "assigned"})
    codebook, cases, documents = (
        read_codebook(folder.codebook),
        read_cases(folder.cases, read_codebook(folder.codebook)),
        read_documents(folder),
    )
    check_cases(cases, folder.cases, corpus.keys, codebook)
    placed = place(read_judgements(folder), documents, codebook, cases)
    return findings_of(
        corpus=corpus,
        codebook=codebook,
        cases=cases,
        documents=documents,
        placed=placed,
        claims=read_claims(folder.claims),
        maps={"topics": TOPICS},
    )


def table(data: bytes) -> list[dict[str, str]]:
    """Read a CSV file back."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_factors_have_the_cases_and_studies_counted_by_hand() -> None:
    """All 25 of them, and no other."""
    rows = table(csv_tables.code_table_csv(example(), "factors"))

    assert {row["code"]: (int(row["cases"]), int(row["studies"])) for row in rows} == FACTORS
    assert {row["group"] for row in rows} == {"internal", "external"}


def test_fields_have_the_cases_counted_by_hand() -> None:
    """All eleven of them."""
    assert {row["code"]: int(row["cases"]) for row in table(csv_tables.code_table_csv(example(), "fields"))} == FIELDS


def test_the_rows_of_the_papers_table_have_the_cases_counted_by_hand() -> None:
    """Its third row joins two codes: ten cases."""
    rows = table(csv_tables.printed_table_csv(example(), "factor-table"))

    assert [row["cases"] for row in rows] == ["4", "7", "10", "5", "2", "2"]
    assert [row["side"] for row in rows] == ["internal"] * 3 + ["external"] * 3


def test_24_cases_have_four_outcomes() -> None:
    """Each outcome has a passage in every case that has it."""
    numbers = example().evidence.numbers

    assert Counter(row["outcome"] for row in table(csv_tables.cases_csv(example()))) == {
        "ineffective": 10,
        "lapsed": 9,
        "failed": 3,
        "slowed": 2,
    }
    assert len({example().evidence.passages[one].case for one in numbers["outcome/reported/cases"].passages}) == 24


def test_policy_change_does_not_look_like_five_findings() -> None:
    """Five cases, one study, told of together: the number and the check both say so."""
    row = next(row for row in example().code_tables["factors"].rows if row.code.id == "policy-change")
    check = next(one for one in example().checks if one.claim == "general/one-study-only/policy-change")

    assert (row.cases.value, row.studies.value, row.group_cases) == (5, 1, 5)
    assert "by only one study, Mukti (2015), for 5 cases, 5 of them reported only as part of a group." in check.found
    assert "5 cases, 5 of them reported only as part of a group" in str(
        explanation_of(example(), "factors/policy-change/cases")
    )


@pytest.mark.parametrize(("claim", "verdict"), VERDICTS.items())
def test_claims_of_the_paper_have_the_verdict_that_its_own_data_give(claim: str, verdict: str) -> None:
    """What the facts say of each claim."""
    assert next(one.verdict for one in example().checks if one.claim == claim) == verdict


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("number-of-studies", "18 studies"),
        ("published-2016-2021", "From 2013 to 2022, 10 years. Without a value: 2 records."),
        ("closing-list", "In the data: 13; stated: 10; in both: 10. Not stated: Baubau, Central Java and Medan."),
        ("partner-is-government", "Not stated: corporation."),
        ("windiani-year", "2014"),
        ("hakim-name", "Hakim and Susilowati"),
        ("figure-1-dated-2021", "Later than 2021: Firmansyah (2022)."),
        ("second-layer", "Not reported for 12 cases"),
        ("three-failures", "13 cases, 5 of them reported only as part of a group. Not reported for 11 cases"),
        ("abstract-factors", "3 rows"),
    ],
)
def test_what_was_found_is_what_the_facts_say(claim: str, found: str) -> None:
    """The sentence beside the verdict has the numbers."""
    assert found in next(one.found for one in example().checks if one.claim == claim)


def test_exactly_two_studies_are_dated_before_an_event_they_report() -> None:
    """Muliadi of 2015 tells of 2017, Savitri of 2016 tells of 2019."""
    assert [one.claim for one in example().checks if one.claim.startswith("general/published-before-event/")] == [
        "general/published-before-event/muliadi2015",
        "general/published-before-event/savitri2016",
    ]


def test_exactly_two_records_are_cited_otherwise_than_listed() -> None:
    """A name and a year."""
    assert [
        one.claim.rpartition("/")[2]
        for one in example().checks
        if one.claim.startswith("general/cited-under-two-names/")
    ] == ["hakim2020", "windiani2014"]


def test_nothing_of_the_example_is_lost_or_unused() -> None:
    """Every quote stands at its place, every code is used, every case has a study."""
    names = {one.claim.split("/")[1] for one in example().checks if one.claim.startswith("general/")}

    assert (example().unplaced, example().moved) == ((), ())
    assert not names & {"code-never-used", "case-without-study"}


def test_every_number_can_be_counted_again_from_its_passages() -> None:
    """Cases, studies and codes of a number are those of its passages, wherever it rests on passages."""
    findings = example()
    for number in findings.evidence.numbers.values():
        behind = [findings.evidence.passages[one] for one in number.passages]
        told = {
            "cases": {one.case for one in behind},
            "codes": {one.code for one in behind},
            "studies": {findings.documents[one.document].record for one in behind},
        }
        assert not behind or told[number.unit] == set(number.of), number.id


def test_the_log_of_the_example_is_written_as_benang_writes_it() -> None:
    """Each event that is read is its line again."""
    folder = open_folder(REVIEW)
    (path,) = folder.judgements
    first, *lines = path.read_text(encoding="utf-8").splitlines()

    assert first == '{"format": 1}'
    assert sorted(map(as_line, read_judgements(folder).current)) == sorted(lines)
