"""`benang screen`: what a user types, and what they read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support import Command
from tests.tasks.screening.shelves import shelves, table


def test_a_folder_without_a_command_is_screened(benang: Command, tmp_path: Path) -> None:
    """`benang screen FOLDER --decide FILE` takes the table, `benang screen FOLDER` says how far the screening is."""
    folder = shelves(tmp_path / "shops")
    file = table(tmp_path / "decisions.csv", {"s0": "include", "s1": "exclude"})
    taken = benang("screen", folder, "--decide", file)
    assert (taken.code, "2 decisions added to the log" in taken.out) == (0, True)
    state = benang("screen", folder)
    assert [line.split() for line in state.out.splitlines()][1:4] == [
        ["to", "screen", "4"],
        ["move", "on", "to", "the", "full", "text", "1"],
        ["excluded", "1"],
    ]


def test_the_coder_is_asked_for_where_there_are_several(benang: Command, tmp_path: Path) -> None:
    """The message names the reviewers and the option."""
    folder = shelves(tmp_path / "shops", "ani", "budi")
    file = table(tmp_path / "decisions.csv", {"s0": "include"})
    refused = benang("screen", folder, "--decide", file)
    assert refused.code == 1
    assert "name the coder (reviewers in the plan: ani, budi)" in refused.err
    assert "--coder NAME" in refused.err


def test_a_round_and_an_attempt_are_noted(benang: Command, tmp_path: Path) -> None:
    """Both commands answer with what they noted."""
    folder = shelves(tmp_path / "shops")
    round_ = benang("screen", "assign", folder, "--round", "pilot", "--records", 2, "--reader", "all")
    assert "Round 'pilot': 2 records, read by ani" in round_.out
    benang("screen", folder, "--decide", table(tmp_path / "decisions.csv", {"s0": "include"}))
    attempt = benang("screen", "attempt", folder, "s0", "--way", "library", "--date", "2026-11-30")
    assert "Attempt 1 to get 's0'" in attempt.out


def test_the_flow_is_printed_as_a_table_as_json_and_written_as_the_official_table(
    benang: Command, tmp_path: Path
) -> None:
    """One of four excluded, one on its way, two that wait; another suffix is a wrong usage."""
    folder = shelves(tmp_path / "shops")
    benang("screen", folder, "--decide", table(tmp_path / "decisions.csv", {"s0": "include", "s1": "exclude"}))
    plain, data = benang("prisma", folder), json.loads(benang("prisma", folder, "--json").out)
    written = benang("prisma", folder, "-o", tmp_path / "flow.csv")

    assert "Records not yet decided on by title and abstract  2" in plain.out
    assert [data[key] for key in ("records_screened", "records_excluded", "reports_sought")] == [4, 1, 1]
    assert f"Written: {tmp_path / 'flow.csv'}" in written.out
    assert "records_screened,node9,box4" in (tmp_path / "flow.csv").read_text(encoding="utf-8")
    assert benang("prisma", folder, "-o", tmp_path / "flow.doc").code == 2
