"""`benang map --in-place`: a corpus folder counted where it lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.support import Command

from benang.records.corpus import corpus_of
from benang.records.corpus_files import write_corpus
from benang.records.record import Record

WORDS = ("kota", "desa", "pulau", "pasar")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write a corpus of six records, of which each holds two or three of four words."""
    records = [
        Record(f"r{at}", author_keywords=WORDS[at % 2 : at % 2 + 2 + at % 3], authors=("Sari, D.", f"Budi, {at}."))
        for at in range(6)
    ]
    write_corpus(corpus_of(records), tmp_path / "corpus")
    return tmp_path / "corpus"


def network(path: Path) -> dict[str, object]:
    """Return what a map file says of its items and links."""
    held: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))["network"]
    return held


def test_a_corpus_in_place_gives_the_same_network_as_in_memory(benang: Command, folder: Path, tmp_path: Path) -> None:
    """Items, weights, links and the places of their records."""
    for name, more in (("loaded", ()), ("there", ("--in-place",))):
        out = tmp_path / f"{name}.json"
        said = benang("map", folder, "--items", "author-keywords", "--min-occurrences", 1, *more, "-o", out)
        assert said.code == 0, said.err
    assert network(tmp_path / "there.json") == network(tmp_path / "loaded.json")


@pytest.mark.parametrize(
    ("more", "told"), [(("--items", "terms"), "can't count terms"), (("--items", "cited-sources"), "cited-sources")]
)
def test_what_only_a_loaded_corpus_can_give_is_refused(
    benang: Command, folder: Path, tmp_path: Path, more: tuple[str, ...], told: str
) -> None:
    """With what can be counted in place."""
    said = benang("map", folder, "--in-place", *more, "-o", tmp_path / "map.json")
    assert said.code == 2
    assert told in said.err


def test_exports_are_not_counted_in_place(benang: Command, tmp_path: Path) -> None:
    """They have to be read first."""
    (tmp_path / "export.ris").write_text("TY  - JOUR\nTI  - Kota\nER  - \n", encoding="utf-8")
    said = benang("map", tmp_path / "export.ris", "--in-place", "--items", "authors", "-o", tmp_path / "map.json")
    assert said.code == 2
    assert "benang records" in said.err


def test_scores_need_records_that_are_loaded(benang: Command, folder: Path, tmp_path: Path) -> None:
    """They would have no effect."""
    asked = ("--in-place", "--items", "authors", "--scores", tmp_path / "scores.csv", "-o", tmp_path / "map.json")
    said = benang("map", folder, *asked)
    assert (said.code, "--scores needs the records in memory" in said.err) == (2, True)
