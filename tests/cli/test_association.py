"""`benang association`: codes and keywords of a review."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.support import Command

from benang.cli.commands import COMMANDS

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "examples" / "sister-cities"


@pytest.fixture(autouse=True)
def command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command be there."""
    monkeypatch.setitem(COMMANDS, "association", "review")


def test_the_example_tells_which_codes_go_with_which_keywords(benang: Command, tmp_path: Path) -> None:
    """Both studies with the keyword of the pandemic tell of it: one way in 153 to choose two of 18."""
    table = tmp_path / "pairs.csv"

    said = benang("association", EXAMPLE, "--group", "factors", "-o", table, "-o", tmp_path / "pairs.svg")

    assert said.code == 0, said.err
    with table.open(encoding="utf-8", newline="") as opened:
        first = next(csv.DictReader(opened))
    assert (first["code"], first["studies"], first["compared"]) == ("pandemic", "2", "18")
    assert float(first["p"]) == pytest.approx(1 / 153, abs=1e-6)
    assert (tmp_path / "pairs.svg").stat().st_size > 1000
    assert "Codes with evidence but not mentioned" in said.out


def test_mentions_are_written_beside(benang: Command, tmp_path: Path) -> None:
    """What is talked about and what is evidenced is a table of its own."""
    table = tmp_path / "mentions.csv"
    said = benang("association", EXAMPLE, "--group", "fields", "--items", "keywords", "--mentions", table)
    assert said.code == 0, said.err
    with table.open(encoding="utf-8", newline="") as opened:
        kinds = {row["kind"] for row in csv.DictReader(opened)}
    assert kinds == {"code", "item"}


def test_further_words_stand_for_codes(benang: Command, tmp_path: Path) -> None:
    """A code that no label speaks of is spoken of by the words that a table gives it."""
    words, plain, more = (tmp_path / name for name in ("words.csv", "plain.csv", "more.csv"))
    words.write_text("code,word\nweak-communication,komunikasi\n", encoding="utf-8")
    assert benang("association", EXAMPLE, "--group", "factors", "--mentions", plain).code == 0
    said = benang("association", EXAMPLE, "--group", "factors", "--words", words, "--mentions", more)
    assert said.code == 0, said.err
    talked = []
    for table in (plain, more):
        with table.open(encoding="utf-8", newline="") as opened:
            rows = {row["id"]: row for row in csv.DictReader(opened)}
        talked.append(int(rows["weak-communication"]["talked"]))
    assert talked[0] == 0 < talked[1]


def test_words_for_unknown_codes_are_refused(benang: Command, tmp_path: Path) -> None:
    """A word for a code that there is not is told with its line."""
    words = tmp_path / "words.csv"
    words.write_text("code,word\npandemi,wabah\n", encoding="utf-8")
    said = benang("association", EXAMPLE, "--group", "factors", "--words", words)
    assert said.code == 1
    assert "line 2: 'pandemi' is not a code" in said.err


def test_a_group_is_asked_for_where_there_are_several(benang: Command) -> None:
    """The groups of the codebook are named."""
    said = benang("association", EXAMPLE)
    assert said.code == 1
    assert "Choose one with --group: fields, factors" in said.err


def test_an_unknown_group_is_refused(benang: Command) -> None:
    """A group that the codebook lacks is told with those it has."""
    said = benang("association", EXAMPLE, "--group", "factor")
    assert said.code == 1
    assert "no group of codes 'factor'" in said.err


def test_a_suffix_that_is_none_is_wrong_usage(benang: Command, tmp_path: Path) -> None:
    """The suffix decides what is written."""
    assert benang("association", EXAMPLE, "--group", "factors", "-o", tmp_path / "pairs.doc").code == 2
