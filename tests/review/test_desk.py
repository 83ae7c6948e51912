"""A desk opens a review for coding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tasks.coding.markets import markets

from benang.review.desk import UnknownName, open_desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets")


@pytest.mark.parametrize(
    ("kind", "word", "first"),
    [("record", "sari2081", "anwar2017"), ("code", "rentt", "rent"), ("case", "muarra", "muara")],
)
def test_an_unknown_name_comes_with_those_there_are(folder: Path, kind: str, word: str, first: str) -> None:
    """An unknown name comes with those there are, ids before labels."""
    desk = open_desk(folder)
    asked: dict[str, Callable[[str], object]] = {
        "record": desk.of_record,
        "code": desk.code,
        "case": lambda name: desk.case(name, ""),
    }
    with pytest.raises(UnknownName) as unknown:
        asked[kind](word)
    assert (unknown.value.kind, unknown.value.word, unknown.value.known[0][0]) == (kind, word, first)


def test_a_desk_that_does_not_keep_abstracts_writes_them_when_it_is_asked_to(folder: Path) -> None:
    """A desk that doesn't keep abstracts writes them when it is asked to, and as another desk would."""
    desk = open_desk(folder, keeps=False)
    (abstract,) = desk.of_record("anwar2017")
    path = folder / abstract.path
    assert not path.exists()
    desk.keep([abstract.path, "documents/sari2018.md"])
    assert path.read_bytes().decode() == abstract.text
    assert open_desk(folder).of_record("anwar2017") == (abstract,)
