"""Codes and keywords of a whole review, and the numbers that open them."""

from __future__ import annotations

from tests.synthesis.studies import coded_review, corpus_with

from benang.synthesis.association import with_numbers
from benang.synthesis.build_findings import findings_of
from benang.synthesis.explain import explain
from benang.synthesis.findings import Findings
from benang.synthesis.number_titles import number_title
from benang.synthesis.review_association import incidence_of, review_association, review_mentions
from benang.synthesis.wording import Wording

CODES = {"p1": ("flood", "decay"), "p2": ("flood",), "p3": ("leaving",), "p4": ("leaving", "decay")}
RECORDS: dict[str, dict[str, object]] = {
    "p1": {"author_keywords": ("rain",), "title": "Rain and river"},
    "p2": {"author_keywords": ("rain", "a/b"), "title": "Rain on the river"},
    "p3": {"author_keywords": ("staff", "a/b"), "title": "Staff and river"},
    "p4": {"author_keywords": ("staff",), "title": "Staff by the river"},
}


def _findings() -> Findings:
    coded = coded_review(CODES)
    return findings_of(
        corpus=corpus_with(RECORDS),
        codebook=coded.codebook,
        cases=coded.cases,
        documents=coded.documents,
        placed=coded.placed,
    )


def test_a_review_tells_what_its_material_tells() -> None:
    """From findings alone, rain and flood are the least likely by chance."""
    pair = review_association(_findings(), group="reasons").pairs[0]
    assert (pair.item, pair.code.id, pair.together.of) == ("rain", "flood", ("p1", "p2"))


def test_numbers_of_an_association_open_like_all_others() -> None:
    """Added to a review's evidence, a number lists its studies, each with its passages."""
    findings = _findings()
    opened = with_numbers(findings, review_association(findings, group="reasons").numbers())
    told = explain(opened, "association/author-keywords/pairs/flood/rain/studies")
    assert [member.id for member in told.members] == ["p1", "p2"]
    assert [len(member.passages) for member in told.members] == [1, 1]
    assert findings.evidence.numbers.keys() < opened.evidence.numbers.keys()


def test_numbers_of_mentions_open_too() -> None:
    """Studies with a passage of a code are opened with it."""
    findings = _findings()
    opened = with_numbers(findings, review_mentions(findings, group="reasons").numbers())
    assert explain(opened, "mentions/codes/flood/evidenced").members[0].passages


def test_titles_say_what_numbers_are_of() -> None:
    """Ids of pairs, items and codes read as words; an item may have a slash itself."""
    wording = Wording(_findings())
    head = "association/author-keywords"
    told = {
        f"{head}/pairs/flood/a/b/studies": "a/b and Flood",
        f"{head}/items/a/b/studies": "a/b",
        f"{head}/codes/flood/studies": "Flood",
        f"{head}/all/studies": "Coded studies with keywords or terms",
        "mentions/codes/flood/talked": "Flood, spoken of in title, abstract or keywords",
        "mentions/author-keywords/a/b/unread": "a/b, spoken of in records that are not coded",
        "mentions/abstracts/studies": "Coded studies with an abstract",
        "maps/topics/flood/a/b/coded": "a/b: Flood",
        "mentions/x": "mentions/x",
    }
    assert {name: number_title(name, wording) for name in told} == told


def test_terms_of_titles_may_stand_for_keywords() -> None:
    """Codes are held against terms of titles and abstracts where keywords are missing."""
    assert "river" in incidence_of(corpus_with(RECORDS), "terms").labels
