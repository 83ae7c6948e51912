"""`benang code`: sheets written and taken in, codings moved and withdrawn by the ids that the list shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support import Command
from tests.tasks.coding.markets import logs, markets
from tests.tasks.coding.sheet_files import DOUBLED, HEAD, NOWHERE, csv_sheet, rows_in
from tests.tasks.coding.test_adding import add


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets."""
    return markets(tmp_path / "markets")


@pytest.mark.parametrize("named", [[], ["--review"]])
def test_a_sheet_is_written_for_a_review_that_is_named_either_way(
    benang: Command, folder: Path, named: list[str]
) -> None:
    """A sheet is written for a review that is named either way, and the next step is said."""
    sheet = folder.parent / "a.xlsx"
    answer = benang("code", "sheet", *named, folder, "-o", sheet)
    assert answer.code == 0
    assert rows_in(sheet) == [HEAD]
    assert f"benang code import {sheet} --review {folder}" in answer.out


def test_the_language_that_is_chosen_is_that_of_the_sheet(benang: Command, folder: Path) -> None:
    """The language that is chosen is that of the sheet."""
    assert benang("--language", "id", "code", "sheet", folder, "-o", folder.parent / "a.csv").code == 0
    assert rows_in(folder.parent / "a.csv")[0][:2] == ["artikel", "kutipan"]


def test_a_sheet_that_is_whole_ends_with_0_and_names_its_answer(benang: Command, folder: Path) -> None:
    """A sheet that is whole ends with 0, and the file of the answer is named."""
    sheet = csv_sheet(folder.parent / "c.csv", HEAD, DOUBLED)
    answer = benang("code", "import", sheet, "--review", folder)
    assert answer.code == 0
    assert "1 passage was coded." in answer.out
    assert str(folder.parent / "c-checked.csv") in answer.out


def test_a_sheet_with_a_bad_row_ends_with_1_and_says_what_was_coded(benang: Command, folder: Path) -> None:
    """A sheet with a bad row ends with 1, and says what was coded all the same."""
    sheet = csv_sheet(folder.parent / "c.csv", HEAD, DOUBLED, NOWHERE)
    answer = benang("code", "import", sheet, "--review", folder)
    assert answer.code == 1
    assert "1 passage was coded." in answer.out
    assert "line 3: not found: nearest is" in answer.out
    assert len(json.loads(benang("code", "list", "--review", folder, "--json").out)) == 1


def test_a_check_says_that_nothing_was_added(benang: Command, folder: Path) -> None:
    """A check says that nothing was added."""
    sheet = csv_sheet(folder.parent / "c.csv", HEAD, DOUBLED)
    answer = benang("code", "import", sheet, "--review", folder, "--check")
    assert (answer.code, logs(folder)) == (0, {})
    assert "nothing was added" in answer.out


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """Return a review of night markets with one passage coded."""
    there = markets(tmp_path / "markets")
    add(there, "The rent of a stall doubled")
    return there


def listed(review: Path, benang: Command) -> list[dict[str, str]]:
    """Return the rows that `benang code list` prints."""
    rows: list[dict[str, str]] = json.loads(benang("code", "list", "--review", review, "--json").out)
    return rows


def test_a_passage_that_is_coded_again_keeps_its_stance(folder: Path, benang: Command) -> None:
    """Who names none the second time takes nothing back."""
    words = ("code", "add", "two gates", "--record", "sari2018", "--code", "permits", "--review", folder)
    benang(*words, "--stance", "contradicts", "--scope", "group")
    assert "Already coded" in benang(*words).out
    assert [(row["stance"], row["scope"]) for row in listed(folder, benang)] == [("contradicts", "group")]


def test_a_coding_is_moved_and_withdrawn_by_the_id_that_the_list_shows(review: Path, benang: Command) -> None:
    """It says what was, what is, and the way back."""
    (row,) = listed(review, benang)
    moved = benang("code", "move", row["id"], "--code", "permits", "--review", review)
    assert (moved.code, moved.err) == (0, "")
    assert "rent · muara · supports → permits · muara · supports, by ani" in moved.out
    (row,) = listed(review, benang)
    assert row["code"] == "permits"

    withdrawn = benang("code", "withdraw", row["id"], "--review", review)
    assert withdrawn.code == 0
    assert withdrawn.out.startswith("Withdrawn: permits, muara, ani: “The rent of a stall doubled”")
    assert listed(review, benang) == []


def test_a_coding_is_withdrawn_by_its_quote(review: Path, benang: Command) -> None:
    """With its record and its code."""
    quote = ("code", "withdraw", "a stall doubled", "--record", "sari2018", "--code", "rent", "--review", review)
    assert benang(*quote).code == 0
    assert listed(review, benang) == []


def test_a_change_that_changes_nothing_is_a_wrong_usage(review: Path, benang: Command) -> None:
    """The options are named."""
    (row,) = listed(review, benang)
    there = benang("code", "move", row["id"], "--review", review)
    assert there.code == 2
    assert "--code, --case, --quote, --stance" in there.err
