"""`benang new`: with all options nothing is asked, without a terminal nothing can be; `benang status` counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.support import Command
from tests.tasks.coding.markets import markets

from benang.files import read_text

ALL = ("--title", "Markets", "--question", "Why?", "--kind", "scoping", "--language", "en", "--reviewer", "ani")


def test_with_all_options_nothing_is_asked(benang: Command, tmp_path: Path) -> None:
    """It says what it wrote, and what to do next."""
    said = benang("new", tmp_path / "r", *ALL, "--reviewer", "budi")

    assert said.code == 0, said.err
    assert "What to do next" in said.out
    assert 'reviewers = ["ani", "budi"]' in read_text(tmp_path / "r/review.toml")


def test_without_a_terminal_what_is_missing_is_named(benang: Command, tmp_path: Path) -> None:
    """It ends with 1, and nothing is written."""
    said = benang("new", tmp_path / "r", "--title", "Markets", "--kind", "cases", "--language", "id")

    assert said.code == 1
    assert "--question, --reviewer" in said.err
    assert not (tmp_path / "r").exists()


def test_an_unknown_kind_lists_those_there_are(benang: Command, tmp_path: Path) -> None:
    """All four of them."""
    said = benang("new", tmp_path / "r", *ALL[:4], "--kind", "novel")

    assert said.code == 2
    assert "Known: bibliometric, cases, scoping, systematic." in said.err


def test_in_a_terminal_it_asks_in_the_users_language(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that speaks Indonesian is asked in Indonesian when it takes what is proposed."""
    answers = iter(["", "Pasar malam", "Mengapa?", "4", "ani, budi"])
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _prompt: next(answers))
    said = benang("new", tmp_path / "r")

    assert said.code == 0, said.err
    assert "4. cases: membandingkan kasus" in said.out
    plan = read_text(tmp_path / "r/review.toml")
    assert 'title = "Pasar malam"' in plan
    assert 'language = "id"' in plan
    assert 'reviewers = ["ani", "budi"]' in plan


def test_a_folder_that_holds_something_is_refused_before_anything_is_asked(
    benang: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody answers five questions for nothing."""
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    said = benang("new", tmp_path)

    assert (said.code, said.out) == (1, "")
    assert "this folder is not empty: it contains notes.txt" in said.err


def test_status_tells_people_and_programs_where_a_review_stands(benang: Command, tmp_path: Path) -> None:
    """In lines with the next step, or as JSON."""
    folder = markets(tmp_path / "r")
    lines, data = benang("status", folder), benang("status", folder, "--json")

    assert (lines.code, data.code) == (0, 0), lines.err
    assert "3 of 3 read" in lines.out
    assert "Next step:" in lines.out
    assert json.loads(data.out)["records"]["works"] == 3
