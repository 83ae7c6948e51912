"""Suggestions of programs: they wait for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets

from benang.errors import BenangError
from benang.review.desk import open_desk
from benang.tasks.coding.rows import coding_rows
from benang.tasks.coding.searching import By, Searched, SearchRequest, search
from benang.tasks.coding.suggesting import SuggestionsRequest, suggestions, waiting_suggestions


def look(folder: Path, by: By, words: str, **more: Any) -> Searched:
    """Look for words in a review."""
    return search(SearchRequest(folder=folder, by=by, words=words, **more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with nothing coded."""
    return markets(tmp_path / "markets")


def test_suggestions_count_once_a_person_takes_them_over(folder: Path) -> None:
    """Who took it over is the coder; the suggestion stays behind it."""
    look(folder, "text", "prices rose", code="rent", all_hits=True, as_suggestions=True)
    first, second = waiting_suggestions(open_desk(folder))
    assert coding_rows(open_desk(folder)) == []
    suggestions(SuggestionsRequest(folder=folder, take=(first.id,), decline=(second.id,)))
    desk = open_desk(folder)
    assert [(row.coder, row.start) for row in coding_rows(desk)] == [("ani", first.start)]
    assert waiting_suggestions(desk) == ()


def test_what_was_coded_or_declined_is_not_suggested_again(folder: Path) -> None:
    """A second search has no news."""
    look(folder, "text", "gates", code="permits", all_hits=True)
    look(folder, "text", "harbour", code="rent", all_hits=True, as_suggestions=True)
    (harbour,) = waiting_suggestions(open_desk(folder))
    suggestions(SuggestionsRequest(folder=folder, decline=(harbour.id,)))
    look(folder, "text", "gat*", code="permits", all_hits=True, as_suggestions=True)
    look(folder, "text", "harbour", code="rent", all_hits=True, as_suggestions=True)
    assert waiting_suggestions(open_desk(folder)) == ()


def test_an_unknown_suggestion_names_the_nearest_and_writes_nothing(folder: Path) -> None:
    """One wrong id stops all."""
    look(folder, "text", "harbour", code="rent", all_hits=True, as_suggestions=True)
    before = logs(folder)
    (one,) = waiting_suggestions(open_desk(folder))
    with pytest.raises(BenangError, match=one.id):
        suggestions(SuggestionsRequest(folder=folder, take=(one.id, one.id[:-1])))
    assert logs(folder) == before
