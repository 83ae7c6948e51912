"""A desk opens a review for coding."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.tasks.coding.markets import markets

from benang.errors import BenangError
from benang.judgements.events import NOT_REPORTED, Memo, Task, Value
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


def test_an_abstract_is_kept_once_something_is_said_of_it(folder: Path) -> None:
    """Asking for it writes nothing, and so does what is said of another."""
    desk = open_desk(folder)
    (abstract,) = desk.of_record("anwar2017")
    path = folder / abstract.path
    elsewhere = Task(id="t1", coder="ani", case="muara", group="reasons")
    desk.append([elsewhere])
    assert not path.exists()
    desk.append([Memo(id="m1", coder="ani", about="document", of=abstract.path, text="why?")])
    assert path.read_bytes().decode() == abstract.text
    assert open_desk(folder).of_record("anwar2017") == (abstract,)


def test_an_abstract_is_kept_for_what_is_said_of_its_study(folder: Path) -> None:
    """Without `cases.toml` its study is a case only as long as it has a document."""
    (folder / "cases.toml").unlink()
    desk = open_desk(folder)
    desk.of_record("anwar2017")
    desk.append([Value(id="v1", coder="ani", case="anwar2017", variable="opened", value=NOT_REPORTED)])
    assert "anwar2017" in open_desk(folder).cases.by_id


def test_a_code_that_was_split_by_hand_is_given_to_nothing(folder: Path) -> None:
    """Whoever writes `split_into` need not write `retired` as well."""
    path = folder / "codebook.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('id = "rent"', 'id = "rent"\nsplit_into = ["permits"]'), encoding="utf-8")
    with pytest.raises(BenangError, match=r"the code 'rent' was split\. Use one of: permits"):
        open_desk(folder).code("rent")


def test_without_cases_an_abstract_makes_its_study_a_case(folder: Path) -> None:
    """It can be named by then, too; a record that is none is refused."""
    (folder / "cases.toml").unlink()
    desk = open_desk(folder)
    desk.of_record("anwar2017")
    assert desk.case("anwar2017", "") == desk.case(None, "anwar2017")
    with pytest.raises(BenangError, match="study of no case"):
        desk.case("", "")
