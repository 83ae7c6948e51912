"""A coding changed: the new one stands in the place of the old one, which the log keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.test_adding import NOON, add
from tests.tasks.coding.test_withdrawing import rows

from benang.errors import BenangError, Misuse
from benang.judgements.events import Coding
from benang.judgements.log import read_judgements
from benang.project.folder import open_folder
from benang.review.desk import open_desk
from benang.tasks.coding.moving import MovedCoding, MoveRequest, move


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with one passage coded."""
    there = markets(tmp_path / "markets")
    add(there, "The rent of a stall doubled")
    return there


def moved(folder: Path, **more: Any) -> MovedCoding:
    """Change the coding that comes first."""
    return move(MoveRequest(folder=folder, id=rows(folder)[0].id, time=NOON, **more))


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"code": "Slow permits"}, ("permits", "muara", "supports", "The rent of a stall\ndoubled")),
        ({"case": "Bukit"}, ("rent", "bukit", "supports", "The rent of a stall\ndoubled")),
        ({"stance": "contradicts"}, ("rent", "muara", "contradicts", "The rent of a stall\ndoubled")),
        ({"quote": "In the north prices rose"}, ("rent", "muara", "supports", "In the north prices rose")),
    ],
)
def test_what_is_said_is_changed_and_all_else_stays(folder: Path, change: Any, row: tuple[str, ...]) -> None:
    """One coding stands, and the log has only grown."""
    before, kept = rows(folder)[0], logs(folder)["ani.jsonl"]
    moved(folder, **change)
    (now,) = rows(folder)

    assert (now.code, now.case, now.stance, now.quote) == row
    assert (now.coder, now.record) == (before.coder, before.record)
    assert now.id != before.id
    assert logs(folder)["ani.jsonl"].startswith(kept)


def test_the_rule_of_the_new_code_goes_with_it(folder: Path) -> None:
    """A second look is due when that rule changes, not the old one's."""
    coding = moved(folder, code="permits").coding
    code = open_desk(folder).codebook.code("permits")
    assert code is not None
    assert coding.rule == code.rule


def test_moving_there_and_back_leaves_what_was(folder: Path) -> None:
    """Under another id."""
    moved(folder, code="permits")
    moved(folder, code="rent")
    assert [(row.code, row.case) for row in rows(folder)] == [("rent", "muara")]


def test_a_change_that_changes_nothing_is_a_misuse(folder: Path) -> None:
    """It says what could be different."""
    with pytest.raises(Misuse, match="would be as it is: say what is to be different"):
        moved(folder, code="rent")


def test_what_can_t_be_is_refused_and_nothing_is_written(folder: Path) -> None:
    """A code that was retired, a quote that stands twice, somebody else's coding."""
    before = logs(folder)
    for change, message in (
        ({"code": "noise"}, "retired"),
        ({"quote": "prices rose"}, "2 places"),
        ({"coder": "budi", "code": "permits"}, "judgement of 'ani'"),
    ):
        with pytest.raises(BenangError, match=message):
            moved(folder, **change)
    assert logs(folder) == before


def test_moving_one_side_of_a_conflict_settles_it(folder: Path) -> None:
    """The new coding takes the place of both."""
    first = open_desk(folder).judgements.of(Coding)[0]
    sides = [
        first.model_copy(update={"id": one, "case": one, "supersedes": (first.id,)}) for one in ("bukit", "ladang")
    ]
    open_desk(folder).append(sides, time=NOON)
    move(MoveRequest(folder=folder, id="bukit", code="permits", time=NOON))

    assert read_judgements(open_folder(folder)).conflicts == ()
    assert [(row.code, row.case) for row in rows(folder)] == [("permits", "bukit")]
