"""Codings made under an older rule wait for a second look, until their coder confirms, moves or withdraws them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.tasks.coding.markets import logs, markets

from benang.errors import BenangError
from benang.judgements.events import Coding
from benang.review.desk import open_desk
from benang.tasks.codebook import MergeCodesRequest, SplitCodeRequest, merge_codes, split_code
from benang.tasks.coding.adding import AddRequest, MoveRequest, add_coding, move
from benang.tasks.coding.second_looks import (
    ConfirmRequest,
    SecondLooksRequest,
    confirm,
    list_second_looks,
    second_looks,
)
from benang.tasks.coding.wishes import Wish

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with two passages that are coded."""
    folder = markets(tmp_path / "markets")
    for quote, code in (("The rent of a stall doubled", "rent"), ("closed two gates", "permits")):
        wish = Wish(quote=quote, record="sari2018", code=code, coder="ani")
        add_coding(AddRequest(folder=folder, wish=wish, time=NOON))
    return folder


def change_rule(folder: Path) -> None:
    """Define rent in other words, in an editor."""
    path = folder / "codebook.toml"
    path.write_bytes(path.read_bytes().replace(b"The price of a stall rises.", b"The price of a stall doubles."))


def waiting(folder: Path) -> list[str]:
    """Return the ids of the codings that wait."""
    return [one.coding.id for one in second_looks(open_desk(folder))]


def test_codings_of_todays_rules_wait_for_nothing(folder: Path) -> None:
    """Codings of today's rules wait for nothing."""
    assert waiting(folder) == []


def test_a_changed_rule_sends_the_codings_of_its_code_for_a_second_look(folder: Path) -> None:
    """A changed rule sends the codings of its code for a second look."""
    change_rule(folder)
    assert [name.split("/")[1] for name in waiting(folder)] == ["rent"]


def test_an_unknown_record_names_the_nearest(folder: Path) -> None:
    """As in the list of all codings."""
    with pytest.raises(BenangError, match="Did you mean 'sari2018'"):
        list_second_looks(SecondLooksRequest(folder=folder, record="sari2019"))


def test_both_rules_are_shown(folder: Path) -> None:
    """Both rules are shown."""
    change_rule(folder)
    listed = list_second_looks(SecondLooksRequest(folder=folder))
    (row,) = json.loads(listed.as_json())
    assert (row["old_rule"], row["new_rule"]) == ("The price of a stall rises.", "The price of a stall doubles.")
    assert listed.account.notes[0].remarks == (
        "Rule then: The price of a stall rises.",
        "Rule now: The price of a stall doubles.",
    )


def test_a_coding_that_is_confirmed_waits_no_longer_and_the_log_only_grows(folder: Path) -> None:
    """A coding that is confirmed waits no longer and the log only grows."""
    change_rule(folder)
    before = logs(folder)["ani.jsonl"]
    confirmed = confirm(ConfirmRequest(folder=folder, ids=tuple(waiting(folder)), time=NOON)).codings
    assert waiting(folder) == []
    assert logs(folder)["ani.jsonl"].startswith(before)
    assert confirmed[0].rule == open_desk(folder).codebook.by_id["rent"].rule


def test_confirming_twice_adds_nothing_twice(folder: Path) -> None:
    """Confirming twice adds nothing twice."""
    change_rule(folder)
    (coding,) = confirm(ConfirmRequest(folder=folder, ids=tuple(waiting(folder)), time=NOON)).codings
    before = logs(folder)
    again = confirm(ConfirmRequest(folder=folder, ids=(coding.id,), time=NOON))
    assert (again.codings, logs(folder)) == ((), before)
    assert again.account.notes[0].text == "Already coded under the current rule: 1."


def test_nobody_confirms_what_somebody_else_coded(folder: Path) -> None:
    """Nobody confirms what somebody else coded."""
    change_rule(folder)
    with pytest.raises(BenangError, match="was made by 'ani', so 'budi' can't change it"):
        confirm(ConfirmRequest(folder=folder, ids=tuple(waiting(folder)), coder="budi"))


def test_passages_of_a_split_code_wait_until_they_are_moved_to_a_part(folder: Path) -> None:
    """Passages of a split code wait until they are moved to a part."""
    split_code(SplitCodeRequest(folder=folder, code="rent", parts=("Rent of stalls", "Rent of storage")))
    (name,) = waiting(folder)
    with pytest.raises(BenangError, match=r"was split into rent-of-stalls, rent-of-storage\. Code it with one of them"):
        confirm(ConfirmRequest(folder=folder, ids=(name,)))
    move(MoveRequest(folder=folder, id=name, code="rent-of-stalls", time=NOON))
    assert waiting(folder) == []


def test_passages_of_a_merged_code_wait_where_its_rule_was_another(folder: Path) -> None:
    """Passages of a merged code wait where its rule was another."""
    merge_codes(MergeCodesRequest(folder=folder, code="rent", into="permits"))
    assert [name.split("/")[1] for name in waiting(folder)] == ["rent"]
    (coding,) = confirm(ConfirmRequest(folder=folder, ids=tuple(waiting(folder)), time=NOON)).codings
    assert (coding.code, waiting(folder)) == ("permits", [])


def test_a_coding_that_does_not_tell_its_rule_waits_for_nothing(folder: Path) -> None:
    """A coding that does not tell its rule waits for nothing."""
    desk = open_desk(folder)
    first = next(one for one in desk.judgements.of(Coding) if one.code == "rent")
    desk.append([first.model_copy(update={"id": "old", "rule": "", "supersedes": (first.id,)})], time=NOON)
    change_rule(folder)
    assert waiting(folder) == []


def test_a_rule_of_a_version_that_was_not_kept_is_said_to_be_unknown(folder: Path) -> None:
    """A rule of a version that was not kept is said to be unknown."""
    change_rule(folder)
    for path in (folder / "codebook").iterdir():
        path.unlink()
    listed = list_second_looks(SecondLooksRequest(folder=folder, language="id"))
    assert listed.account.notes[0].remarks[0] == ("Aturan waktu itu: (versi yang tidak tersimpan)")
