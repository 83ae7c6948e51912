"""`benang code` in a terminal: keys and answers, and refusals where nobody can be asked."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.tasks.coding.markets import logs, markets

from benang.cli.commands import benang
from benang.review.desk import open_desk
from benang.tasks.coding.adding import waiting_suggestions
from benang.tasks.coding.looking import MemosRequest, list_memos, looks_of
from benang.tasks.coding.rows import coding_rows

ONE_MINUTE, TOO_EARLY, A_BREATH = 60, 8, 0.4
"""Seconds: until a command must end, until a key that was typed too early is typed again, between question and key."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a review of night markets with nothing coded."""
    return markets(tmp_path / "markets")


def typed(*arguments: str, answers: list[tuple[str, str]]) -> str:
    """Run a command in a terminal, give each answer when its question stands there, and return what was shown."""
    pty = pytest.importorskip("pty", reason="a terminal can be played on Unix only")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "benang", *arguments]
    environment = {**os.environ, "TERM": "dumb", "COLUMNS": "100"}
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True)
    os.close(theirs)
    shown, waiting, place = "", list(answers), 0
    quiet, given, until = time.monotonic(), 0.0, time.monotonic() + ONE_MINUTE
    while time.monotonic() < until:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                shown += os.read(ours, 4096).decode("utf-8", "replace")
            except OSError:  # the command has ended
                break
            quiet = time.monotonic()
            continue
        stands = shown.find(waiting[0][0], place) if waiting else -1
        if stands >= 0 and time.monotonic() - quiet > A_BREATH:
            os.write(ours, waiting[0][1].encode())
            place, given = stands + len(waiting.pop(0)[0]), time.monotonic()
            answered = answers[-len(waiting) - 1][1]
        elif given and time.monotonic() - max(given, quiet) > TOO_EARLY:  # typed before the terminal took keys
            os.write(ours, answered.encode())
            given = time.monotonic()
    os.close(ours)
    process.wait(ONE_MINUTE)
    assert not waiting, f"no question {waiting[0][0]!r} in {shown}"
    return shown


def run(*arguments: str) -> str:
    """Run a command where nobody can be asked, and return what it says."""
    result = CliRunner().invoke(benang, arguments, standalone_mode=False, catch_exceptions=False)
    return result.output


def test_a_document_is_read_with_one_key_a_code(folder: Path) -> None:
    """Code the first sentence, take it back, code it otherwise; at the end say that all was looked for."""
    review = ["--review", str(folder), "--record", "sari2018"]
    shown = typed(
        "code",
        *review,
        answers=[
            ("1/3", "1"),
            ("rent: coded.", "u"),
            ("coding was undone.", "2"),
            ("permits: coded.", " "),
            ("2/3", " "),
            ("3/3", " "),
            ("all codes of reasons?", "y\n"),
        ],
    )
    assert "1 passage coded." in shown
    desk = open_desk(folder)
    assert [row.code for row in coding_rows(desk)] == ["permits"]
    assert looks_of(desk)[0].coders == ("ani",)


def test_the_screen_is_drawn_and_what_a_document_orders_is_shown(folder: Path) -> None:
    """The terminal clears its screen for Benang alone: an escape sequence of a paper is text."""
    path = folder / "documents" / "sari2018.md"
    path.write_text("\x1b]0;owned\x07" + path.read_text(encoding="utf-8"), encoding="utf-8")
    shown = typed("code", "--review", str(folder), "--record", "sari2018", answers=[("1/3", "q")])
    assert "\x1b[2J" in shown
    assert "\\u001b]0;owned\\u0007" in shown
    assert "\x1b]0;" not in shown
    assert "\\u001b[" not in shown


def test_a_search_codes_what_is_answered(folder: Path) -> None:
    """One answer for all of them, or numbers."""
    arguments = ["code", "search", "--text", "prices rose", "--code", "rent", "--review", str(folder)]
    typed(*arguments, answers=[("Code them as rent?", "2\n")])
    assert len(coding_rows(open_desk(folder))) == 1
    typed(*arguments, answers=[("Code them as rent?", "a\n")])
    assert len(coding_rows(open_desk(folder))) == 2


def test_a_quote_with_two_places_is_asked_about(folder: Path) -> None:
    """The second of them is chosen."""
    arguments = ["code", "add", "prices rose", "--record", "sari2018", "--code", "rent", "--review", str(folder)]
    typed(*arguments, answers=[("Which", "2\n")])
    (row,) = coding_rows(open_desk(folder))
    assert row.start == (folder / "documents/sari2018.md").read_text(encoding="utf-8").rindex("prices rose")


def test_where_nobody_can_be_asked_a_search_shows_and_codes_nothing(folder: Path) -> None:
    """And `benang code` by itself prints its help."""
    said = run("code", "search", "--text", "prices rose", "--code", "rent", "--review", str(folder))
    assert "2 places; nothing is coded." in said
    assert "search" in run("code", "--review", str(folder))
    assert logs(folder) == {}


def test_places_are_chosen_by_numbers_and_ranges(folder: Path) -> None:
    """What is no number is wrong usage."""
    review = ["--review", str(folder)]
    run("code", "search", "--regex", "r[a-z]se", "--code", "rent", "--take", "1-2", *review)
    assert len(coding_rows(open_desk(folder))) == 2
    with pytest.raises(Exception, match="not the number of a place"):
        run("code", "search", "--text", "rose", "--code", "rent", "--take", "one", *review)
    with pytest.raises(Exception, match="Say what to look for"):
        run("code", "search", "--code", "rent", *review)


def test_suggestions_memos_and_looks_have_their_commands(folder: Path) -> None:
    """Each writes to the log of the plan's reviewer."""
    review = ["--review", str(folder)]
    run("code", "search", "--text", "prices rose", "--code", "rent", "--suggest", *review)
    first, second = waiting_suggestions(open_desk(folder))
    assert "2 open suggestions" in run("code", "suggestions", *review)
    run("code", "suggestions", "--take", first.id, "--decline", second.id, *review)
    run("code", "memo", "odd gates", "--code", "permits", *review)
    run("code", "looked", "--case", "muara", *review)
    desk = open_desk(folder)
    assert [row.start for row in coding_rows(desk)] == [first.start]
    assert [one.text for one in list_memos(MemosRequest(folder=folder)).memos] == ["odd gates"]
    assert "odd gates" in run("code", "memos", *review)
    assert "2 of 3 cells" in run("code", "looked", *review)
