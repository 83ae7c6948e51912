"""Coders compared at the command line; disagreements settled in a real terminal, also one that is closed midway."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.test_screen_terminal import read_until
from tests.support import Command
from tests.tasks.krippendorff import towns
from tests.tasks.screening.shelves import shelves

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="a terminal of its own needs POSIX")


@contextmanager
def _reconciling(folder: Path, columns: int) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run `benang reconcile` in a terminal of its own; give what it is typed into and read from, and the process."""
    controller, terminal = os.openpty()
    command = [sys.executable, "-m", "benang", "reconcile", str(folder)]
    around = {**os.environ, "BENANG_LANGUAGE": "en", "COLUMNS": str(columns), "LINES": "24", "NO_COLOR": "1"}
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=around) as process:
        os.close(terminal)
        try:
            yield controller, process
        finally:
            process.kill()
    os.close(controller)


def _log(folder: Path) -> list[dict[str, object]]:
    text = (folder / "judgements" / "consensus.jsonl").read_text(encoding="utf-8")
    return [one for line in text.splitlines() if "kind" in (one := json.loads(line))]


def test_the_table_is_printed_or_the_same_numbers_as_json(tmp_path: Path, benang: Command) -> None:
    """Krippendorff 2004, p. 224: the coders agree on six of ten towns, and alpha is .095."""
    folder = towns(tmp_path / "towns")
    said, data = benang("agree", folder), benang("agree", folder, "--group", "reasons", "--json")

    assert (said.code, data.code) == (0, 0)
    (row,) = (line.split() for line in said.out.splitlines() if line.split()[:2] == ["Rising", "rent"])
    assert (row[2:5], "0.10" in row) == (["10", "4", "60.0%"], True)
    (rent,) = (one for one in json.loads(data.out)["agreement"] if one["id"] == "rent")
    assert rent["coefficients"]["alpha"]["value"] == pytest.approx(2 / 21)


def test_an_unknown_group_or_form_of_file_is_refused(tmp_path: Path, benang: Command) -> None:
    """Nothing is written."""
    folder = towns(tmp_path / "towns")
    group = benang("agree", folder, "--group", "reason", "-o", tmp_path / "a.csv")
    form = benang("agree", folder, "-o", tmp_path / "a.pdf")

    assert (group.code, "reasons" in group.err) == (1, True), group.err
    assert (form.code, "--output" in form.err, ".docx" in form.err) == (2, True, True), form.err
    assert not list(tmp_path.glob("a.*"))


@on_posix
@pytest.mark.parametrize("columns", [40, 80])
def test_both_sides_fit_the_terminal_and_one_key_and_a_reason_decide(tmp_path: Path, columns: int) -> None:
    """A decision, its reason, an undo, a skip: the log has what was decided, and no line is too wide."""
    folder = towns(tmp_path / "towns")
    with _reconciling(folder, columns) as (controller, process):
        shown = read_until(controller, "q quit")
        for keys, words in (("1", "Reason"), ("It rose.\n", "3 left"), ("0", "Reason"), ("\n", "2 left")):
            os.write(controller, keys.encode())
            shown += read_until(controller, words)
        for keys, words in (("u", "was undone"), ("s", "Town 5"), ("q", "3 disagreements are open")):
            os.write(controller, keys.encode())
            shown += read_until(controller, words)
        process.wait(timeout=40)
    assert [(one["kind"], one.get("case"), one["reason"]) for one in _log(folder)] == [
        ("consensus", "c0", "It rose."),
        ("consensus", "c2", ""),
        ("withdrawal", None, ""),
    ]
    bare = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", shown)
    lines = bare.splitlines()
    assert "“The rent of stall 0 rose”" in " ".join(bare.split())
    assert max(len(line.rstrip()) for line in lines if "benang" not in line) <= columns


@on_posix
def test_what_was_decided_is_kept_when_the_terminal_is_killed(tmp_path: Path) -> None:
    """The first decision is in the log before the second question is shown."""
    folder = towns(tmp_path / "towns")
    with _reconciling(folder, 80) as (controller, process):
        read_until(controller, "4 left")
        os.write(controller, b"0\n")
        read_until(controller, "3 left")
        os.write(controller, b"1")
        read_until(controller, "Reason")
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=40)
    assert [(one["case"], one["keeps"]) for one in _log(folder)] == [("c0", [])]


def test_without_a_terminal_it_prints_the_list_and_how_to_go_on(tmp_path: Path, benang: Command) -> None:
    """In a script, or with the input from a file."""
    folder = towns(tmp_path / "towns")
    said = benang("reconcile", folder, "--group", "reasons")

    assert said.code == 0
    assert "Rising rent · Town 0" in said.out
    assert "Settle them one by one in a terminal: benang reconcile" in said.out


def test_a_stage_has_no_codes_and_its_records_are_those_of_the_screening(tmp_path: Path, benang: Command) -> None:
    """`--stage` leads to the records that wait for a consensus."""
    folder = shelves(tmp_path / "shops", "ani", "budi", n=2)
    for coder, verdict in (("ani", "include"), ("budi", "exclude")):
        table = folder.parent / f"{coder}.csv"
        table.write_text(f"record,verdict\ns0,{verdict}\ns1,include\n", encoding="utf-8")
        assert benang("screen", folder, "--decide", table, "--coder", coder).code == 0
    said = benang("reconcile", folder, "--stage", "title-abstract")

    assert "ani: include\n  budi: exclude" in said.out
    assert "1 record waits for a consensus" in said.out
    assert "1 record waits for a consensus" in benang("reconcile", folder).out
    assert benang("reconcile", folder, "--stage", "title-abstract", "--only", "rent").code == 2
