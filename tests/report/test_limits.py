"""The limits of a review: those that its plan tells, and those that its data tell."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import CODEBOOK, content

from benang.report.blocks import plain
from benang.report.limits import limits
from benang.report.names import Names
from benang.synthesis.findings import Unplaced


def test_limits_follow_from_the_data(names: Names) -> None:
    """Those of the plan come first."""
    said = [plain(limit) for limit in limits(content(), names)]

    assert said[0] == "Only one coder."
    assert "notes on a secondary account, and say so: Sari, 2018; Wibowo, n.d." in said[1]
    assert said[2].startswith("No case has this outcome: Open.")
    assert "Barat – Muara, Timur – Muara" in said[3]
    assert "“Rain”, for instance, is 3 cases group of 2 but 2 studies group." in said[3]
    assert "assigned for this review" in said[4]
    assert "corpus is small" in said[5]


def test_codings_left_out_are_a_limit(names: Names) -> None:
    """The limits point to their list."""
    lost = Unplaced("a", "judgements/ani.jsonl", 1, "documents/sari2018.md", "q", "not there")

    assert "left out" in plain(limits(content(unplaced=(lost,)), names)[-1])


def test_outcomes_that_all_occur_are_no_limit(names: Names) -> None:
    """Only a level without a case is."""
    closed = replace(names.findings, codebook=CODEBOOK.model_copy(update={"variables": ()}))

    assert not [limit for limit in limits(content(), Names(closed, names.texts)) if "No case has" in plain(limit)]
