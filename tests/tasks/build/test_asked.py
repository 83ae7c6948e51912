"""What a plan asks of codes and keywords is counted once, however many tables and charts show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benang.errors import BenangError
from benang.tasks.build import asked, steps
from benang.tasks.build.building import build
from benang.tasks.build.cache import LOCK

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
def counts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Collect what is counted: the function and its threshold."""
    calls: list[tuple[str, int]] = []

    def counting(name: str) -> Callable[..., object]:
        count = getattr(asked, name)

        def counted(*given: object, **named: Any) -> object:
            calls.append((name, named["least"]))
            return count(*given, **named)

        return counted

    for name in ("review_association", "review_mentions"):
        monkeypatch.setattr(asked, name, counting(name))
    return calls


def built(review: Path, plan: str) -> Path:
    """Build a review whose plan asks for more; return where it was written."""
    file = review / "review.toml"
    file.write_text(file.read_text(encoding="utf-8") + plan, encoding="utf-8")
    return build(review).out


def test_an_association_in_a_table_a_chart_and_the_report_is_counted_once(
    built_review: Path, counts: list[tuple[str, int]]
) -> None:
    """Two questions, two counts: the one of table and chart, and the mentions."""
    out = built(built_review, ASKED)

    assert counts == [("review_association", 1), ("review_mentions", 1)]
    assert (out / "tables" / "table.csv").is_file()
    assert (out / "figures" / "chart.png").is_file()


def test_another_threshold_is_another_question(built_review: Path, counts: list[tuple[str, int]]) -> None:
    """Table and chart that ask differently are counted apart."""
    built(built_review, ASKED.replace("least = 1", "least = 2", 1))

    assert counts == [("review_association", 2), ("review_association", 1), ("review_mentions", 1)]


def with_chart(review: Path, name: str, *lines: str) -> Path:
    """Add a chart to the plan of a review."""
    plan = review / "review.toml"
    chart = "\n".join(["", "[[charts]]", f'name = "{name}"', *lines, ""])
    plan.write_text(plan.read_text(encoding="utf-8") + chart, encoding="utf-8")
    return review


def refused(review: Path) -> str:
    """Build a review that can't be built, and return why; nothing may have been written but the lock, an empty file."""
    with pytest.raises(BenangError) as caught:
        build(review)
    assert [path for path in (review / "out").rglob("*") if path.is_file()] == [review / "out" / LOCK]
    return str(caught.value)


def test_a_misspelt_score_is_found_before_any_map_is_laid_out(review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the chart and the score that was meant."""
    monkeypatch.setattr(steps, "mapped", lambda *_, **__: pytest.fail("a map was laid out"))
    with_chart(review, "by-year", 'kind = "overlay"', 'map = "topics"', 'score = "Avg. pub. yaer"')

    assert refused(review) == (
        "review.toml, chart by-year, score: expected a score of the map topics, found 'Avg. pub. yaer'. "
        "Did you mean 'Avg. pub. year'?"
    )


def test_all_that_charts_ask_in_vain_comes_together(review: Path) -> None:
    """A weight of one chart, a score and its normalisation of others."""
    with_chart(review, "heavy", 'kind = "map"', 'map = "topics"', 'weight = "Occurences"')
    with_chart(review, "codes", 'kind = "overlay"', 'map = "reasons"', 'score = "Avg. citations"')

    message = refused(review)
    assert "chart heavy, weight: expected a weight of the map topics, found 'Occurences'" in message
    assert "chart codes, score: expected a score of the map reasons, found 'Avg. citations'" in message


def test_an_association_of_no_coded_study_is_named_with_its_table(review: Path) -> None:
    """Of no case a coder says that the outcome is not reported, so that no study is left to compare."""
    table = ASKED.split("least")[0] + 'where = { outcome = ["not-reported"] }\n'

    with pytest.raises(BenangError, match=r"review\.toml, table table: the selected cases have no coded passages"):
        built(review, table)


def test_a_score_is_looked_for_on_a_map_that_was_kept_too(built_review: Path) -> None:
    """The map stands from an earlier build; the chart is new."""
    build(built_review)
    with_chart(built_review, "by-year", 'kind = "overlay"', 'map = "topics"', 'score = "Avg. pub. yaer"')

    with pytest.raises(BenangError, match=r"Did you mean 'Avg\. pub\. year'"):
        build(built_review)


def test_a_map_of_codes_is_coloured_by_the_years_of_its_studies(built_review: Path) -> None:
    """An overlay needs no score to be named: codes have the usual one."""
    built = build(with_chart(built_review, "codes-by-year", 'kind = "overlay"', 'map = "reasons"'))

    assert (built.out / "figures" / "codes-by-year.png").stat().st_size > 1000
