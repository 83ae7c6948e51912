"""What was looked for, so that an empty cell is no riddle, and memos about whatever a review has."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.test_adding import add

from benang.errors import BenangError, Misuse
from benang.review.desk import open_desk
from benang.tasks.codebook import RenameCodeRequest, rename_code
from benang.tasks.coding.adding import AddRequest, add_coding
from benang.tasks.coding.looking import (
    About,
    LookRequest,
    Looks,
    MemoRequest,
    MemosRequest,
    list_memos,
    look,
    looks_of,
    unread,
    write_memo,
)
from benang.tasks.coding.taking_back import UndoRequest, undo_last
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


def test_many_cases_are_looked_at_at_once(folder: Path) -> None:
    """Those in which something was coded, then all; what was said is not said again, and one undo takes all back."""
    add(folder, "The rent of a stall doubled")
    looks = say(folder, cases="coded").looks
    assert [one.case for one in looks if one.coders] == ["muara"]
    many = say(folder, cases="all")
    assert not unread(many.looks)
    assert many.account.notes[0].text == "2 pairs of case and group recorded for ani; 1 had been before."
    undo_last(UndoRequest(folder=folder))
    assert len(unread(looks_of(open_desk(folder)))) == 2


def test_one_case_and_many_are_not_named_together(folder: Path) -> None:
    """Which is meant is not clear."""
    with pytest.raises(Misuse, match="one case and many are named"):
        say(folder, case="muara", cases="all")


def test_it_can_be_opened_again_and_said_again(folder: Path) -> None:
    """Each word takes the place of the coder's last one."""
    for reopen in (False, True, False):
        looks = say(folder, case="muara", reopen=reopen).looks
        assert bool(looks[0].coders) is not reopen
    assert open_desk(folder).judgements.conflicts == ()


def test_what_was_undone_can_be_said_again(folder: Path) -> None:
    """As often as one changes one's mind."""
    for _ in range(2):
        assert say(folder, case="muara").looks[0].coders == ("ani",)
        undo_last(UndoRequest(folder=folder))
        assert looks_of(open_desk(folder))[0].coders == ()


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
    assert listed.account.notes[-1].text == "2 of 3 cells have not been looked at yet."


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"case": "muarra"}, "Did you mean 'Muara'"),
        ({"case": "muara", "group": "reason"}, "Did you mean 'reasons'"),
        ({"group": "reasons"}, "no case was named.*bukit"),
    ],
)
def test_what_is_unknown_is_refused_and_nothing_written(folder: Path, more: dict[str, str], message: str) -> None:
    """With the nearest word."""
    with pytest.raises(BenangError, match=message):
        say(folder, **more)
    assert logs(folder) == {}


@pytest.mark.parametrize(
    ("about", "of", "kept"),
    [
        ("code", "Rising rent", "rent"),
        ("case", "Muara", "muara"),
        ("document", "sari2018", "sari2018"),
        ("review", "", ""),
    ],
)
def test_a_memo_is_about_a_thing_of_the_review(folder: Path, about: About, of: str, kept: str) -> None:
    """It is named as the review names it."""
    write_memo(MemoRequest(folder=folder, text=" why? ", about=about, of=of))
    assert [(one.text, one.about, one.of) for one in list_memos(MemosRequest(folder=folder)).memos] == [
        ("why?", about, kept)
    ]


def test_a_memo_is_about_a_passage(folder: Path) -> None:
    """By the id of its coding."""
    wish = Wish(quote="two gates", record="sari2018", code="permits")
    coding = add_coding(AddRequest(folder=folder, wish=wish)).coding
    write_memo(MemoRequest(folder=folder, text="which gates?", about="coding", of=coding.id))
    assert [one.of for one in list_memos(MemosRequest(folder=folder, about="coding")).memos] == [coding.id]
    assert list_memos(MemosRequest(folder=folder, about="case")).memos == ()


def test_a_memo_about_a_passage_is_about_no_other_judgement(folder: Path) -> None:
    """The id of another memo is that of no coding."""
    (memo,) = write_memo(MemoRequest(folder=folder, text="why?", about="review")).memos
    with pytest.raises(BenangError, match="no coding in force has the id 'memo/"):
        write_memo(MemoRequest(folder=folder, text="why this?", about="coding", of=memo.id))


def test_a_memo_about_a_code_follows_it_to_its_new_id(folder: Path) -> None:
    """The log keeps the old one."""
    write_memo(MemoRequest(folder=folder, text="why?", about="code", of="rent"))
    before = logs(folder)
    rename_code(RenameCodeRequest(folder=folder, code="rent", new="dear"))
    assert [one.text for one in list_memos(MemosRequest(folder=folder, of="dear")).memos] == ["why?"]
    assert logs(folder) == before


def test_the_same_memo_is_kept_once(folder: Path) -> None:
    """The log does not grow."""
    request = MemoRequest(folder=folder, text="why?", about="review")
    write_memo(request)
    before = logs(folder)
    write_memo(request)
    assert logs(folder) == before


def test_a_memo_that_was_taken_back_can_be_written_again(folder: Path) -> None:
    """One that a redo brought back is not written twice."""
    request = MemoRequest(folder=folder, text="why?", about="review")
    write_memo(request)
    undo_last(UndoRequest(folder=folder))
    write_memo(request)
    assert [one.text for one in list_memos(MemosRequest(folder=folder)).memos] == ["why?"]
    undo_last(UndoRequest(folder=folder))
    undo_last(UndoRequest(folder=folder, again=True))
    before = logs(folder)
    write_memo(request)
    assert logs(folder) == before


def test_memos_stand_in_the_order_of_their_time(folder: Path) -> None:
    """The account has the day, the coder and what each is about."""
    for day, text in ((3, "second"), (2, "first")):
        time = datetime(2026, 11, day, tzinfo=UTC)
        write_memo(MemoRequest(folder=folder, text=text, about="code", of="rent", time=time))
    listed = list_memos(MemosRequest(folder=folder, language="id"))
    assert [one.text for one in listed.memos] == ["first", "second"]
    assert listed.account.notes[0].text == "2026-11-02 · ani · kode rent"


@pytest.mark.parametrize(
    ("about", "of", "text", "message"),
    [
        ("code", "rentt", "why?", "Did you mean 'rent'"),
        ("case", "muarra", "why?", "Did you mean 'Muara'"),
        ("coding", "x", "why?", "no coding in force has the id 'x'"),
        ("document", "sari2081", "why?", "no document 'sari2081'.*sari2018"),
        ("review", "", "  ", "the memo is empty"),
    ],
)
def test_a_memo_about_nothing_is_refused(folder: Path, about: About, of: str, text: str, message: str) -> None:
    """And nothing is written."""
    with pytest.raises(BenangError, match=message):
        write_memo(MemoRequest(folder=folder, text=text, about=about, of=of))
    assert logs(folder) == {}
