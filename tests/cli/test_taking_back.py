"""Codings changed and taken back from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support import Command
from tests.tasks.coding.markets import markets
from tests.tasks.coding.test_adding import add


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with one passage coded."""
    there = markets(tmp_path / "markets")
    add(there, "The rent of a stall doubled")
    return there


def listed(folder: Path, benang: Command) -> list[dict[str, str]]:
    """Return the rows that `benang code list` prints."""
    rows: list[dict[str, str]] = json.loads(benang("code", "list", "--review", folder, "--json").out)
    return rows


def test_a_coding_is_moved_and_withdrawn_by_the_id_that_the_list_shows(folder: Path, benang: Command) -> None:
    """It says what was, what is, and the way back."""
    (row,) = listed(folder, benang)
    moved = benang("code", "move", row["id"], "--code", "permits", "--review", folder)
    assert (moved.code, moved.err) == (0, "")
    assert "rent · muara · supports → permits · muara · supports, by ani" in moved.out
    (row,) = listed(folder, benang)
    assert row["code"] == "permits"

    withdrawn = benang("code", "withdraw", row["id"], "--review", folder)
    assert withdrawn.code == 0
    assert withdrawn.out.startswith("Withdrawn: permits, muara, ani: “The rent of a stall doubled”")
    assert listed(folder, benang) == []


def test_a_coding_is_withdrawn_by_its_quote(folder: Path, benang: Command) -> None:
    """With its record and its code."""
    quote = ("code", "withdraw", "a stall doubled", "--record", "sari2018", "--code", "rent", "--review", folder)
    assert benang(*quote).code == 0
    assert listed(folder, benang) == []


def test_a_change_that_changes_nothing_is_a_wrong_usage(folder: Path, benang: Command) -> None:
    """The options are named."""
    (row,) = listed(folder, benang)
    there = benang("code", "move", row["id"], "--review", folder)
    assert there.code == 2
    assert "--code, --case, --quote, --stance" in there.err
