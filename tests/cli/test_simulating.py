"""`benang screen simulate` prints figures for people or for programs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support import Command


def labelled(folder: Path) -> Path:
    """Write a table of invented records, of which every fourth is relevant."""
    path = folder / "labelled.csv"
    rows = (
        f"Twin towns {at},About cities,yes" if at % 4 == 0 else f"Rice prices {at},About rice,no" for at in range(24)
    )
    path.write_text("\n".join(["title,abstract,chosen", *rows, ""]), encoding="utf-8")
    return path


def test_json_is_all_that_is_printed_and_the_same_each_time(tmp_path: Path, benang: Command) -> None:
    """A program can read it."""
    table = labelled(tmp_path)
    one, two = (benang("screen", "simulate", table, "--label", "chosen", "--seed", 4, "--json") for _ in range(2))

    assert one.out == two.out
    assert json.loads(one.out)["relevant"] == 6


def test_people_read_the_figures_in_their_language(tmp_path: Path, benang: Command) -> None:
    """Recall, work saved, and where the rule would have ended it."""
    table = labelled(tmp_path)
    english = benang("screen", "simulate", table, "--label", "chosen")
    indonesian = benang("screen", "simulate", table, "--label", "chosen", "--language", "id")

    assert "work saved over sampling (WSS@95)" in english.out
    assert "the stopping rule would have ended the screening after" in english.out
    assert "aturan penghentian akan mengakhiri penapisan" in indonesian.out


def test_an_unknown_column_ends_with_1_and_its_neighbours(tmp_path: Path, benang: Command) -> None:
    """The message names those that are there."""
    said = benang("screen", "simulate", labelled(tmp_path), "--label", "chosn")

    assert said.code == 1
    assert "title, abstract, chosen. Did you mean 'chosen'?" in said.err


def test_a_target_out_of_range_is_wrong_usage(tmp_path: Path, benang: Command) -> None:
    """A share is below 1."""
    said = benang("screen", "simulate", labelled(tmp_path), "--label", "chosen", "--recall", "95")

    assert said.code == 2
    assert "--recall" in said.err
