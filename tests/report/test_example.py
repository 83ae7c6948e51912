"""The report of the example review: every number in it follows from its passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.page_reader import Element, anchors, read_page

from benang.coding.placed import place
from benang.project.folder import open_folder
from benang.report.content import ReportContent
from benang.report.html import html_page
from benang.report.sections import report_blocks
from benang.review.load import load
from benang.synthesis import findings_of
from benang.synthesis.findings import Findings


@pytest.fixture(scope="module")
def findings(project_root: Path) -> Findings:
    """Return what the sister-city review found."""
    held = load(open_folder(project_root / "examples" / "sister-cities"))
    placed = place(held.judgements, held.documents, held.codebook, held.cases)
    return findings_of(
        corpus=held.corpus,
        codebook=held.codebook,
        cases=held.cases,
        documents=held.documents,
        placed=placed,
        claims=held.claims,
    )


@pytest.fixture(scope="module")
def example(findings: Findings) -> Element:
    """Return its report, without figures."""
    return read_page(html_page(report_blocks(ReportContent("Sister cities", "Why?", findings), "en")))


def test_every_number_of_the_report_is_recomputed_from_its_passages(example: Element, findings: Findings) -> None:
    """Cases, studies and codes that the quoted passages name are those that are counted."""
    held = anchors(example)
    study = {one.path: one.record for one in findings.documents.values()}
    shown = {one["data-number"]: one for one in example.all() if one["data-number"]}
    recounted = 0
    for key, link in shown.items():
        number = findings.evidence.numbers[key]
        entry = held[link["href"].removeprefix("#")].up("entry")
        behind = {name for one in entry.all("li", kind="passage") for name in one["data-passage"].split()}
        passages = [findings.evidence.passages[name] for name in behind]
        assert float(link.text.replace(",", "")) == number.value == len(set(number.of)), key
        assert behind == set(number.passages), key
        if passages:
            of = {
                "cases": {one.case for one in passages},
                "codes": {one.code for one in passages},
                "studies": {study[one.document] for one in passages},
            }
            assert of[number.unit] == set(number.of), key
            recounted += 1

    assert len(shown) > 200
    assert recounted > 130


def test_policy_change_does_not_look_like_five_findings(example: Element) -> None:
    """Wherever its five cases are shown, the group stands beside them; the study is one."""
    shown = [one for one in example.all() if one["data-number"] == "factors/policy-change/cases"]

    assert len(shown) > 1
    for one in shown:
        assert one.text == "5"
        assert "group of 5" in one.up("told").text
    studies = [one for one in example.all() if one["data-number"] == "factors/policy-change/studies"]
    assert {one.text for one in studies} == {"1"}


def test_every_case_has_its_section(example: Element, findings: Findings) -> None:
    """With the name of both places."""
    titles = [next(one.all("h3")).text for one in example.all("article", kind="case")]

    assert len(titles) == len(findings.cases.cases) == 24
    assert titles[0] == "Padang – Fremantle"


def test_every_passage_says_that_it_is_a_note_on_a_secondary_account(example: Element) -> None:
    """The studies themselves are not at hand, in this review."""
    passages = list(example.all("li", kind="passage"))

    assert len(passages) > 500
    assert [one for one in passages if "note on a secondary account" not in one.text] == []


def test_every_record_has_its_reference(example: Element, findings: Findings) -> None:
    """In the order of the alphabet."""
    listed = [one["id"] for one in example.all("li") if one["id"].startswith("ref-")]

    assert sorted(listed) == sorted(f"ref-{key}" for key in findings.corpus.keys)
    assert listed[0] == "ref-anggia2020"
