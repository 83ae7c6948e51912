"""The summary: what a hurried reader takes home."""

from __future__ import annotations

from benang.report.blocks import ItemList, NumberReference, Paragraph, plain, runs
from benang.report.names import Names
from benang.report.summary import summary


def test_the_summary_gives_the_sizes_as_opened_numbers(names: Names) -> None:
    """Cases, studies, records, and the outcomes that some case has, as the codebook writes them."""
    paragraphs = [block for block in summary(names)[:3] if isinstance(block, Paragraph)]
    sizes, outcomes, care = (plain(paragraph.text) for paragraph in paragraphs)

    assert sizes == "This review compares 4 cases, told of in 3 studies. Its sources hold 3 records."
    assert outcomes == "Outcomes of the cases, as the studies judge them: Closed: 1."
    assert "does not say how strongly" in care
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
