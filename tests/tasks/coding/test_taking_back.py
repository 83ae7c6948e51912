"""Judgements taken back, and last acts undone: no list shows them, and the log keeps them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import benang as benang  # the command in this process
from tests.support import Command
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.test_adding import add, rows

from benang.errors import BenangError
from benang.judgements.events import Coding, Task
from benang.judgements.log import read_judgements
from benang.project.folder import open_folder
from benang.review.desk import open_desk
from benang.tasks.coding.adding import AddRequest, MoveRequest, add_coding, move
from benang.tasks.coding.taking_back import Undone, UndoRequest, Withdrawn, WithdrawRequest, undo_last, withdraw
from benang.tasks.coding.wishes import Wish
from benang.tasks.verify import VerifyRequest, verify

NOON = datetime(2026, 11, 2, 13, tzinfo=UTC)


def take_back(folder: Path, *ids: str, **more: Any) -> Withdrawn:
    """Withdraw judgements."""
    return withdraw(WithdrawRequest(folder=folder, ids=ids, time=NOON, **more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with three coded passages, two by ani and one by budi."""
    there = markets(tmp_path / "markets", ("ani", "budi"))
    add(there, "The rent of a stall doubled", coder="ani")
    add(there, "closed two gates", coder="ani", code="permits")
    add(there, "prices rose at once", coder="budi")
    return there


def test_a_coding_is_withdrawn_by_its_id_alone(folder: Path) -> None:
    """Its coder takes it back, and no log loses a byte."""
    before, (first, *others) = logs(folder), rows(folder)
    (event,) = take_back(folder, first.id).events

    assert rows(folder) == others
    assert (event.coder, event.supersedes) == (first.coder, (first.id,))
    assert all(logs(folder)[name].startswith(data) for name, data in before.items())


def test_several_are_withdrawn_together_or_none(folder: Path) -> None:
    """One of them is not there."""
    names = [row.id for row in rows(folder)]
    before = logs(folder)
    with pytest.raises(BenangError, match="no judgement has the id"):
        take_back(folder, *names, "muara/rent/0")
    assert logs(folder) == before
    take_back(folder, *names)
    assert rows(folder) == []


@pytest.mark.parametrize("quote", ["the rent of a  stall doubled", "a stall doubled"])
def test_a_coding_is_withdrawn_by_its_words(folder: Path, quote: str) -> None:
    """By all that was quoted, or a part of it."""
    withdraw(WithdrawRequest(folder=folder, quote=quote, record="sari2018", code="Rising rent", time=NOON))
    assert [row.quote for row in rows(folder)] == ["closed two gates", "prices rose at once"]


def test_words_that_two_codings_have_are_refused_with_both(folder: Path) -> None:
    """The ids are shown."""
    add(folder, "The rent of a stall doubled", coder="budi")
    with pytest.raises(BenangError, match=r"(?s)2 codings have these words:.*ani\).*budi\)"):
        withdraw(WithdrawRequest(folder=folder, quote="a stall doubled", record="sari2018", code="rent"))


def test_words_that_no_coding_has_are_refused(folder: Path) -> None:
    """The list is named."""
    with pytest.raises(BenangError, match="no passage of 'sari2018' with these words has the code 'permits'"):
        withdraw(WithdrawRequest(folder=folder, quote="a stall doubled", record="sari2018", code="permits"))


def test_somebody_else_s_coding_is_left_to_them_or_to_the_consensus(folder: Path) -> None:
    """What coders said apart is what their agreement is computed from."""
    of_budi = next(row for row in rows(folder) if row.coder == "budi")
    with pytest.raises(BenangError, match="was made by 'budi', so 'ani' can't change it"):
        take_back(folder, of_budi.id, coder="ani")
    take_back(folder, of_budi.id, coder="consensus")

    assert of_budi not in rows(folder)
    assert b'"coder": "consensus"' in logs(folder)["consensus.jsonl"]


def test_what_was_taken_back_before_is_said_to_be(folder: Path) -> None:
    """Where another has taken its place, that is named."""
    first, second, *_ = rows(folder)
    take_back(folder, first.id)
    with pytest.raises(BenangError, match=r"is no longer in force\. It was withdrawn or replaced"):
        take_back(folder, first.id)
    now = move(MoveRequest(folder=folder, id=second.id, case="bukit")).coding
    with pytest.raises(BenangError, match=f"'{now.id}' has replaced it"):
        take_back(folder, second.id)


def test_a_task_can_be_withdrawn_too(folder: Path) -> None:
    """Any judgement that has an id."""
    open_desk(folder).append([Task(id="t1", coder="ani", case="muara", group="reasons")], time=NOON)
    take_back(folder, "t1")
    assert read_judgements(open_folder(folder)).of(Task) == ()


def test_what_is_no_coding_is_named_in_the_language_of_the_account(folder: Path) -> None:
    """By its kind, coder and id."""
    open_desk(folder).append([Task(id="t1", coder="ani", case="muara", group="reasons")], time=NOON)

    assert take_back(folder, "t1", language="id").account.notes[0].text == "Ditarik kembali: tugas, oleh ani [t1]."


def forked(folder: Path) -> tuple[str, str]:
    """Let one coding have two successors, as two computers write them, and return their ids."""
    first = next(one for one in open_desk(folder).judgements.of(Coding) if one.coder == "ani")
    sides = [
        first.model_copy(update={"id": one, "case": one, "supersedes": (first.id,)}) for one in ("bukit", "ladang")
    ]
    open_desk(folder).append(sides, time=NOON)
    return "bukit", "ladang"


def test_one_side_of_a_conflict_withdrawn_lets_the_other_stand(folder: Path) -> None:
    """The conflict is settled."""
    one, other = forked(folder)
    take_back(folder, one)
    judgements = read_judgements(open_folder(folder))

    assert judgements.conflicts == ()
    assert other in [row.case for row in rows(folder)]
    assert one not in [row.case for row in rows(folder)]


def test_both_sides_of_a_conflict_withdrawn_leave_nothing(folder: Path) -> None:
    """The conflict is settled."""
    take_back(folder, *forked(folder))
    assert read_judgements(open_folder(folder)).conflicts == ()
    assert len(rows(folder)) == 2


def test_the_account_says_it_in_indonesian(folder: Path) -> None:
    """And shows the words."""
    note = take_back(folder, rows(folder)[0].id, language="id").account.notes[0]
    assert str(note.text).startswith("Ditarik kembali: rent, muara, ani: “The rent of a stall doubled”")


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of night markets with one passage coded, then moved."""
    there = markets(tmp_path / "markets")
    add_now(there, "The rent of a stall doubled")
    move(MoveRequest(folder=there, id=rows(there)[0].id, code="permits"))
    return there


def add_now(review: Path, quote: str) -> None:
    """Code a passage now: undo goes by the clock."""
    add_coding(AddRequest(folder=review, wish=Wish(quote=quote, record="sari2018", code="rent")))


def turn(review: Path, *, again: bool = False) -> Undone:
    """Undo or redo."""
    return undo_last(UndoRequest(folder=review, again=again))


def said(review: Path) -> list[tuple[str, str, str]]:
    """Return what stands."""
    return [(row.code, row.case, row.quote) for row in rows(review)]


def test_each_undo_goes_an_act_back_and_each_redo_forth(review: Path) -> None:
    """The log only grows, and the review stays whole."""
    withdraw(WithdrawRequest(folder=review, ids=(rows(review)[0].id,), reason="twice"))
    states = [said(review)]
    for _ in range(3):
        before = logs(review)["ani.jsonl"]
        turn(review)
        assert logs(review)["ani.jsonl"].startswith(before)
        states.append(said(review))
    quote = "The rent of a stall\ndoubled"

    assert states == [[], [("permits", "muara", quote)], [("rent", "muara", quote)], []]
    for state in reversed(states[:3]):
        turn(review, again=True)
        assert said(review) == state
    assert verify(VerifyRequest(review)).is_whole


def test_nothing_to_undo_is_said(review: Path) -> None:
    """And nothing to redo, where something new was said since."""
    turn(review)
    add_now(review, "closed two gates")
    with pytest.raises(BenangError, match="'ani' has nothing to redo"):
        turn(review, again=True)
    for _ in range(2):
        turn(review)
    before = logs(review)
    with pytest.raises(BenangError, match="'ani' has nothing to undo"):
        turn(review)
    assert logs(review) == before


def test_the_commands_show_what_was_and_what_stands_again(review: Path, benang: Command) -> None:
    """In both languages."""
    there = benang("code", "undo", "--review", review)
    assert there.code == 0
    assert "Undone:\n  permits, muara, ani:" in there.out
    assert "Restored:\n  rent, muara, ani:" in there.out
    assert (
        "Berlaku kembali:\n  permits, muara, ani:" in benang("--language", "id", "code", "redo", "--review", review).out
    )


def test_a_coding_that_was_undone_can_be_said_again(review: Path) -> None:
    """As anew."""
    turn(review)
    turn(review)
    add_now(review, "The rent of a stall doubled")
    assert [row[0] for row in said(review)] == ["rent"]
