"""A number of a review is opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.tasks.explain import ExplainRequest, explain


def test_a_number_is_opened_with_its_passages(review: Path) -> None:
    """The account has the explanation line by line."""
    explained = explain(ExplainRequest(folder=review, number="reasons/rain/cases", language="id"))

    assert "\n".join(note.text for note in explained.account.notes) == str(explained.explanation)
    assert explained.account.notes[0].text == "reasons/rain/cases"


def test_an_unknown_number_is_refused_with_the_nearest(review: Path) -> None:
    """As everywhere."""
    with pytest.raises(BenangError, match="reasons/rain/cases"):
        explain(ExplainRequest(folder=review, number="reasons/rian/cases"))
