"""What was looked for, so that an empty cell is no riddle."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets

from benang.errors import BenangError
from benang.review.desk import open_desk
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.looking import LookRequest, Looks, look, looks_of, unread
from benang.tasks.coding.wishes import Wish


def say(folder: Path, **more: Any) -> Looks:
    """Say, or list, what was looked for."""
    return look(LookRequest(folder=folder, **more))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with nothing coded."""
    return markets(tmp_path / "markets")


def test_a_case_was_looked_at_once_a_coder_says_so(folder: Path) -> None:
    """For the only group where none is named; saying it again changes nothing."""
    assert len(unread(looks_of(open_desk(folder)))) == 3
    say(folder, case="Muara")
    before = logs(folder)
    looks = say(folder, case="muara", group="Reasons").looks
    assert logs(folder) == before
    assert [one.coders for one in looks if one.case == "muara"] == [("ani",)]
    assert len(unread(looks)) == 2


def test_it_can_be_opened_again_and_said_again(folder: Path) -> None:
    """Each word takes the place of the coder's last one."""
    for reopen in (False, True, False):
        looks = say(folder, case="muara", reopen=reopen).looks
        assert bool(looks[0].coders) is not reopen
    assert open_desk(folder).judgements.conflicts == ()


def test_two_coders_look_by_themselves(folder: Path) -> None:
    """One who opens it again leaves the other's word."""
    say(folder, case="muara", coder="ani")
    say(folder, case="muara", coder="budi")
    looks = say(folder, case="muara", coder="budi", reopen=True).looks
    assert looks[0].coders == ("ani",)


def test_the_list_shows_what_was_found_and_by_whom_it_was_read(folder: Path) -> None:
    """Without a case, nothing is written."""
    wish = Wish(quote="two gates", record="sari2018", code="permits")
    add_coding(AddRequest(folder=folder, wish=wish))
    say(folder, case="muara")
    before = logs(folder)
    listed = say(folder)
    assert logs(folder) == before
    assert (listed.looks[0].codes_found, listed.looks[0].codes) == (1, 3)
    assert listed.account.notes[-1].text == "2 of 3 cells are not looked at yet."


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"case": "muarra"}, "Did you mean 'Muara'"),
        ({"case": "muara", "group": "reason"}, "Did you mean 'reasons'"),
        ({"group": "reasons"}, "it must be said which case.*bukit"),
    ],
)
def test_what_is_unknown_is_refused_and_nothing_written(folder: Path, more: dict[str, str], message: str) -> None:
    """With the nearest word."""
    with pytest.raises(BenangError, match=message):
        say(folder, **more)
    assert logs(folder) == {}
