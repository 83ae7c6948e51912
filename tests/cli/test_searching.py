"""`benang search` on the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.support import Command
from tests.tasks.test_searches import QUERY, entries
from tests.tasks.test_searches import review as review


def test_a_search_is_added_from_options(benang: Command, review: Path) -> None:
    """A query may be in a file; what was written is listed."""
    query = review.parent / "query.txt"
    query.write_text(f"{QUERY}\n", encoding="utf-8")
    said = benang(
        "search", "add", review, "--database", "Scopus", "--date", "2026-03-12", "--query", f"@{query}", "--hits", "2",
        "--file", review / "sources/one.ris", "--by", "Ani", "--platform", "Elsevier",
    )  # fmt: skip

    assert (said.code, entries(review)[0]["query"], entries(review)[0]["hits"]) == (0, QUERY, 2)
    assert "Added the search scopus: Scopus." in said.out
    assert json.loads(benang("search", "list", review, "--json").out)["remarks"] == []


def test_a_query_is_read_from_the_standard_input(
    benang: Command, review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-` stands for it, as elsewhere."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(QUERY.encode())))

    assert benang("search", "add", review, "--database", "Scopus", "--query", "-").code == 0
    assert entries(review)[0]["query"] == QUERY


def test_a_wrong_value_is_named_by_its_option(benang: Command, review: Path) -> None:
    """The message says what to type, and nothing is written."""
    said = benang("search", "add", review, "--database", "Scopus", "--date", "yesterday")

    assert said.code == 1
    assert "--date: a date is written as 2026-03-31" in said.err
    assert not (review / "searches.toml").exists()


def test_nobody_is_asked_without_a_terminal(benang: Command, review: Path) -> None:
    """What was searched must be said; all else may be filled in later."""
    assert "no terminal to ask in: --database" in benang("search", "add", review).err
    assert benang("search", "add", review, "--database", "Scopus").code == 0


def test_a_terminal_asks_for_what_the_options_leave_open(
    benang: Command, review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty answer leaves a field empty; a number may have marks between its thousands."""
    answers = io.TextIOWrapper(io.BytesIO(b"EBSCOhost\n\nmarket*\n\nnone\n1,240\n\n"))
    monkeypatch.setattr(sys, "stdin", answers)
    monkeypatch.setattr(answers, "isatty", lambda: True)

    said = benang("search", "add", review, "--database", "Scopus")

    (entry,) = entries(review)
    assert said.code == 0
    assert [entry[name] for name in ("platform", "date", "query", "by", "limits", "hits")] == [
        "EBSCOhost",
        "",
        "market*",
        "",
        "none",
        1240,
    ]


def test_a_slip_of_the_keys_is_asked_again(benang: Command, review: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that does not exist, a number in words, a file that is not there: the other answers are kept."""
    export = review.parent / "two.ris"
    lines = ["", "2026-02-30", "2026-02-28", "market*", "Ani", "", "some hundred", "2", "two.rsi", f"'{export}'"]
    answers = io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode()))
    monkeypatch.setattr(sys, "stdin", answers)
    monkeypatch.setattr(answers, "isatty", lambda: True)

    said = benang("search", "add", review, "--database", "ERIC")

    (entry,) = entries(review)
    assert said.code == 0
    assert "a date is written as 2026-03-31" in said.out + said.err
    assert (entry["date"], entry["query"], entry["hits"]) == ("2026-02-28", "market*", 2)
    assert entry["files"] == ["sources/two.ris"]


def test_a_rerun_is_compared_in_words(benang: Command, review: Path) -> None:
    """Each paper is named with its key, author and year, also in Indonesian."""
    benang("search", "add", review, "--id", "s", "--file", review / "sources/one.ris")
    benang("search", "add", review, "--id", "t", "--file", review.parent / "two.ris", "--earlier", "s")

    said = benang("search", "compare", review, "t")

    assert "t compared with s: 1 new, 0 changed, 1 gone, 1 as before." in said.out
    assert "Contoh 2019, “Kites over the bay of Muara”" in said.out
    assert "1 baru, 0 berubah, 1 hilang, 1 tetap." in benang("search", "compare", review, "t", "--language", "id").out
