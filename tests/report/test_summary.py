"""The summary: what a hurried reader takes home."""

from __future__ import annotations

from benang.report.names import Names
from benang.report.summary import summary


def test_the_summary_gives_the_sizes_as_opened_numbers(names: Names) -> None:
    """Cases, studies, records, and the outcomes that some case has, as the codebook writes them."""
    sizes, outcomes, care = (paragraph.striptags() for paragraph in summary(names).paragraphs)

    assert sizes == "This review compares 4 cases, told of in 3 studies. Its sources hold 3 records."
    assert outcomes == "Outcomes of the cases, as the studies judge them: Closed: 1."
    assert "does not say how strongly" in care
    assert 'data-number="cases/all"' in summary(names).paragraphs[0]


def test_the_codes_reported_most_are_named_with_cases_and_studies(names: Names) -> None:
    """Groups whose codes nobody uses are left out, and the note on groups stands where it is needed."""
    reasons, claims = summary(names).lists

    assert [line.striptags() for line in reasons.lines] == [
        "Rain: 3 cases group of 2, 2 studies group",
        "Too dark: 1 case, 1 study",
        "Dear stalls: 1 case, 1 study",
    ]
    assert "one finding" in reasons.note
    assert [line.striptags() for line in claims.lines] == ["2: 3 cases group of 2"]
