"""The summary: what a hurried reader takes home."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import CODEBOOK, content

from benang.report.blocks import ItemList, Paragraph
from benang.report.content import Names
from benang.report.inline import NumberReference, plain, runs
from benang.report.summary import limits, summary
from benang.synthesis.findings import Unplaced


def test_the_summary_gives_the_sizes_as_opened_numbers(names: Names) -> None:
    """Cases, studies, records, and the outcomes that some case has, as the codebook writes them."""
    paragraphs = [block for block in summary(names)[:3] if isinstance(block, Paragraph)]
    sizes, outcomes, care = (plain(paragraph.text) for paragraph in paragraphs)

    assert sizes == "This review compares 4 cases from 3 studies. The sources contain 3 records."
    assert outcomes == "Outcomes of the cases, as judged by the studies: Closed: 1."
    assert "does not say how strong" in care
    assert [run.id for run in runs(paragraphs[0].text) if isinstance(run, NumberReference)] == [
        "cases/all", "studies/all", "records/all",
    ]  # fmt: skip


def test_the_codes_reported_most_are_named_with_cases_and_studies(names: Names) -> None:
    """Groups whose codes nobody uses are left out, and the note on groups stands where it is needed."""
    blocks = summary(names)
    reasons, claims = ([plain(item.text) for item in block.items] for block in blocks if isinstance(block, ItemList))

    assert reasons == [
        "Rain: 3 cases group of 2, 2 studies group",
        "Too dark: 1 case, 1 study",
        "Dear stalls: 1 case, 1 study",
    ]
    assert any("one finding" in plain(block.text) for block in blocks[3:] if isinstance(block, Paragraph))
    assert claims == ["2: 3 cases group of 2"]


def test_limits_follow_from_the_data(names: Names) -> None:
    """Those of the plan come first."""
    said = [plain(limit) for limit in limits(content(), names)]

    assert said[0] == "Only one coder."
    assert "notes on a secondary account, which are marked as such: Sari, 2018; Wibowo, n.d." in said[1]
    assert said[2].startswith("No case has this outcome: Open.")
    assert "Barat – Muara, Timur – Muara" in said[3]
    assert "“Rain”, for instance, covers 3 cases group of 2 but comes from 2 studies group." in said[3]
    assert "assigned for this review" in said[4]
    assert "corpus is small" in said[5]


def test_codings_left_out_are_a_limit(names: Names) -> None:
    """The limits point to their list."""
    lost = Unplaced("a", "judgements/ani.jsonl", 1, "documents/sari2018.md", "q", "not there")

    assert "left out" in plain(limits(content(unplaced=(lost,)), names)[-1])


def test_outcomes_that_all_occur_are_no_limit(names: Names) -> None:
    """Only a level without a case is."""
    closed = replace(
        names.findings,
        coded=replace(names.findings.coded, codebook=CODEBOOK.model_copy(update={"variables": ()})),
    )

    assert not [limit for limit in limits(content(), Names(closed, names.texts)) if "No case has" in plain(limit)]
