"""What a coder did last, undone and redone in the folder of a review."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import benang as benang  # the command in this process
from tests.support import Command
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.test_withdrawing import rows

from benang.errors import BenangError
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.moving import MoveRequest, move
from benang.tasks.coding.undoing import Undone, UndoRequest, undo_last
from benang.tasks.coding.wishes import Wish
from benang.tasks.coding.withdrawing import WithdrawRequest, withdraw
from benang.tasks.verify import VerifyRequest, verify


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with one passage coded, then moved."""
    there = markets(tmp_path / "markets")
    add(there, "The rent of a stall doubled")
    move(MoveRequest(folder=there, id=rows(there)[0].id, code="permits"))
    return there


def add(folder: Path, quote: str) -> None:
    """Code a passage now: undo goes by the clock."""
    add_coding(AddRequest(folder=folder, wish=Wish(quote=quote, record="sari2018", code="rent")))


def turn(folder: Path, *, again: bool = False) -> Undone:
    """Undo or redo."""
    return undo_last(UndoRequest(folder=folder, again=again))


def said(folder: Path) -> list[tuple[str, str, str]]:
    """Return what stands."""
    return [(row.code, row.case, row.quote) for row in rows(folder)]


def test_each_undo_goes_an_act_back_and_each_redo_forth(folder: Path) -> None:
    """The log only grows, and the folder stays whole."""
    withdraw(WithdrawRequest(folder=folder, ids=(rows(folder)[0].id,), reason="twice"))
    states = [said(folder)]
    for _ in range(3):
        before = logs(folder)["ani.jsonl"]
        turn(folder)
        assert logs(folder)["ani.jsonl"].startswith(before)
        states.append(said(folder))
    quote = "The rent of a stall\ndoubled"

    assert states == [[], [("permits", "muara", quote)], [("rent", "muara", quote)], []]
    for state in reversed(states[:3]):
        turn(folder, again=True)
        assert said(folder) == state
    assert verify(VerifyRequest(folder)).is_whole


def test_nothing_to_undo_is_said(folder: Path) -> None:
    """And nothing to redo, where something new was said since."""
    turn(folder)
    add(folder, "closed two gates")
    with pytest.raises(BenangError, match="nothing that 'ani' could redo"):
        turn(folder, again=True)
    for _ in range(2):
        turn(folder)
    before = logs(folder)
    with pytest.raises(BenangError, match="nothing that 'ani' could undo"):
        turn(folder)
    assert logs(folder) == before


def test_the_commands_show_what_was_and_what_stands_again(folder: Path, benang: Command) -> None:
    """In both languages."""
    there = benang("code", "undo", "--review", folder)
    assert there.code == 0
    assert "Taken back:\n  permits, muara, ani:" in there.out
    assert "Stands again:\n  rent, muara, ani:" in there.out
    assert (
        "Berlaku kembali:\n  permits, muara, ani:" in benang("--language", "id", "code", "redo", "--review", folder).out
    )


def test_a_coding_that_was_undone_can_be_said_again(folder: Path) -> None:
    """As anew."""
    turn(folder)
    turn(folder)
    add(folder, "The rent of a stall doubled")
    assert [row[0] for row in said(folder)] == ["rent"]
