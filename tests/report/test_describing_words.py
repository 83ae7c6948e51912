"""Rules of measures are said in words."""

from __future__ import annotations

from typing import get_args

import pytest
from tests.synthesis.invented import found

from benang.evidence import Field, Having, Rule, RuleName, made_by
from benang.locale import Language
from benang.report.describing_words import field_words, rule_in_words, rule_texts
from benang.synthesis.wording import Wording

pytestmark = pytest.mark.fast


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_rule_and_every_field_has_words(language: Language) -> None:
    """None is called by its id, in either language."""
    assert set(rule_texts(language)) == set(get_args(RuleName))
    assert set(field_words(language)) == set(get_args(Field))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (made_by("mean", field="citations"), "mean of: citations"),
        (made_by("share", whole=Having("authors")), "these records as a share of all records with authors"),
        (made_by("distinct", field="authors", times=3), "authors with exactly 3 of the records"),
        (made_by("difference", value=1, less=made_by("sum", field="year")), "1 minus (sum of: year of publication)"),
        (made_by("ratio", value="cases/all", to=2), "“Cases of the review” divided by 2"),
        (made_by("last-full-year", until=2020), "last year with records up to 2020"),
    ],
)
def test_a_rule_is_said_with_what_it_is_made_of(rule: Rule, words: str) -> None:
    """Numbers are called by their titles, and rules within rules stand in brackets."""
    assert rule_in_words(rule, Wording(found())) == words
