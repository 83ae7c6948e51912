"""Words, patterns and sentences looked for, shown before any is coded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets

from benang.errors import BenangError
from benang.review.desk import open_desk
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.rows import coding_rows
from benang.tasks.coding.searching import By, Searched, SearchRequest, search
from benang.tasks.coding.wishes import Wish


def look(folder: Path, by: By, words: str, **more: Any) -> Searched:
    """Look for words in a review."""
    return search(SearchRequest(folder=folder, by=by, words=words, **more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with nothing coded."""
    return markets(tmp_path / "markets")


@pytest.mark.parametrize(
    ("by", "words", "quotes"),
    [
        ("text", "prices rose", ["prices rose", "prices rose"]),
        ("text", "PRICES  rose", ["prices rose", "prices rose"]),
        ("text", "administration", ["admin-\nistration"]),
        ("text", "gate", []),
        ("text", "gat*", ["gates"]),
        ("regex", r"\w+ hill|at\s+once", ["at once", "the hill"]),
        ("sentence", "prices ferry", ["At the harbour prices rose when the ferry stopped."]),
    ],
)
def test_places_are_found_in_all_documents(folder: Path, by: By, words: str, quotes: list[str]) -> None:
    """Whole words, in capitals or not; a star stands for any ending; sentences that have all words."""
    assert sorted(hit.place.quote for hit in look(folder, by, words).hits) == sorted(quotes)


@pytest.mark.parametrize("by", ["text", "regex", "sentence"])
def test_the_heading_of_a_document_is_not_looked_through(folder: Path, by: By) -> None:
    """The title of this abstract has the word as well."""
    (hit,) = look(folder, by, "strait", record="anwar2017").hits
    assert f"{hit.place.before}{hit.place.quote}".startswith("Sellers crossed the strait")


def test_nothing_is_coded_without_an_answer(folder: Path) -> None:
    """The places are numbered, in their sentences."""
    searched = look(folder, "text", "prices rose", code="rent")
    assert logs(folder) == {}
    assert "2. sari2018 · muara: At the harbour [prices rose] when the ferry stopped." in str(searched.account)


def test_one_answer_codes_all_and_a_number_codes_one(folder: Path) -> None:
    """What is already coded is not said twice."""
    look(folder, "text", "prices rose", code="rent", chosen=(2,))
    assert [row.quote for row in coding_rows(open_desk(folder))] == ["prices rose"]
    searched = look(folder, "text", "prices rose", code="rent", all_hits=True)
    assert len(searched.coded) == 1
    assert len(coding_rows(open_desk(folder))) == 2


def test_a_place_that_is_coded_keeps_its_stance(folder: Path) -> None:
    """A search says nothing of stances, so that it changes none."""
    wish = Wish(quote="two gates", record="sari2018", code="permits", stance="contradicts", scope="group")
    add_coding(AddRequest(folder=folder, wish=wish))
    searched = look(folder, "text", "two gates", code="permits", all_hits=True)
    assert (searched.hits[0].existing, searched.coded) == (coding_rows(open_desk(folder))[0].id, ())
    assert [(row.stance, row.scope) for row in coding_rows(open_desk(folder))] == [("contradicts", "group")]


def test_a_study_of_two_cases_needs_one_named(folder: Path) -> None:
    """Lestari writes of Bukit and of Ladang."""
    with pytest.raises(BenangError, match="of which case lestari2019 is a study"):
        look(folder, "text", "hill road", code="rent", all_hits=True)
    assert logs(folder) == {}
    look(folder, "text", "hill road", code="rent", all_hits=True, case="bukit")
    assert [row.case for row in coding_rows(open_desk(folder))] == ["bukit"]


@pytest.mark.parametrize(
    ("by", "words", "more", "message"),
    [
        ("text", " ", {}, "there is nothing to search for"),
        ("regex", "(", {}, "not a regular expression"),
        ("text", "gates", {"code": "rentt"}, "Did you mean 'rent'"),
        ("text", "gates", {"code": "rent", "chosen": (3,)}, "expected numbers from 1 to 1, found 3"),
        ("text", "castle", {"code": "rent", "chosen": (1,)}, "text: the words do not occur in any document"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(
    folder: Path, by: By, words: str, more: dict[str, Any], message: str
) -> None:
    """And nothing is written."""
    with pytest.raises(BenangError, match=message):
        look(folder, by, words, **more)
    assert logs(folder) == {}
