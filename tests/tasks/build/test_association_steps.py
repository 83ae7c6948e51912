"""What a plan asks of codes and keywords is counted once, however many tables and charts show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benang.tasks.build import association_steps
from benang.tasks.build.building import build

ASKED = """
[[tables]]
name = "table"
kind = "association"
codes = "reasons"
least = 1

[[charts]]
name = "chart"
kind = "association"
codes = "reasons"
least = 1

[[tables]]
name = "talked-about"
kind = "mentions"
codes = "reasons"
least = 1
"""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Collect what is counted: the function and its threshold."""
    counts: list[tuple[str, int]] = []

    def counting(name: str) -> Callable[..., object]:
        count = getattr(association_steps, name)

        def counted(*given: object, **named: Any) -> object:
            counts.append((name, named["least"]))
            return count(*given, **named)

        return counted

    for name in ("review_association", "review_mentions"):
        monkeypatch.setattr(association_steps, name, counting(name))
    return counts


def built(review: Path, plan: str) -> Path:
    """Build a review whose plan asks for more; return where it was written."""
    file = review / "review.toml"
    file.write_text(file.read_text(encoding="utf-8") + plan, encoding="utf-8")
    return build(review).out


def test_an_association_in_a_table_a_chart_and_the_report_is_counted_once(
    review: Path, asked: list[tuple[str, int]]
) -> None:
    """Two questions, two counts: the one of table and chart, and the mentions."""
    out = built(review, ASKED)

    assert asked == [("review_association", 1), ("review_mentions", 1)]
    assert (out / "tables" / "table.csv").is_file()
    assert (out / "figures" / "chart.png").is_file()


def test_another_threshold_is_another_question(review: Path, asked: list[tuple[str, int]]) -> None:
    """Table and chart that ask differently are counted apart."""
    built(review, ASKED.replace("least = 1", "least = 2", 1))

    assert asked == [("review_association", 2), ("review_association", 1), ("review_mentions", 1)]
