"""What a plan asks of codes and keywords is counted once, however many tables and charts show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benang.builder import association_steps
from benang.builder.review import build

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


def test_an_association_in_a_table_a_chart_and_the_report_is_counted_once(
    review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two questions, two counts: the one of table and chart, and the mentions."""
    counted: list[str] = []

    def counting(name: str) -> Any:
        function = getattr(association_steps, name)
        return lambda *given, **named: (counted.append(name), function(*given, **named))[1]

    for name in ("review_association", "review_mentions"):
        monkeypatch.setattr(association_steps, name, counting(name))
    plan = review / "review.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + ASKED, encoding="utf-8")
    built = build(review)

    assert counted == ["review_association", "review_mentions"]
    assert (built.out / "tables" / "table.csv").is_file()
    assert (built.out / "figures" / "chart.png").is_file()


def test_another_threshold_is_another_question(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Table and chart that ask differently are counted apart."""
    asked: list[int] = []
    count = association_steps.review_association

    def counting(*given: Any, **named: Any) -> Any:
        asked.append(named["least"])
        return count(*given, **named)

    monkeypatch.setattr(association_steps, "review_association", counting)
    plan = review / "review.toml"
    text = plan.read_text(encoding="utf-8") + ASKED.replace("least = 1", "least = 2", 1)
    plan.write_text(text, encoding="utf-8")
    build(review)

    assert asked == [2, 1]
