"""The maps of a review's plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benang.coding.placed import place
from benang.locale import catalogue
from benang.map_files import read_map
from benang.maps.making import vos_map
from benang.project.folder import open_folder
from benang.report.opened import STEP_NAMES
from benang.review.load import load
from benang.tasks.build.building import build
from benang.tasks.build.steps import network_of


@pytest.mark.parametrize("example", ["sister-cities", "night-markets", "screening"])
def test_every_step_of_an_example_has_an_indonesian_name(project_root: Path, example: str) -> None:
    """So have its arguments and counts: the report lists them in the reader's language."""
    held = load(open_folder(project_root / "examples" / example))
    placed = place(held.judgements, held.documents, held.codebook, held.cases)
    networks = [network_of(plan, held, placed, "id") for plan in held.plan.maps]
    steps = [*(step for network in networks for step in network.history), *vos_map(networks[0]).network.history]

    recorded = {word for step in steps for word in (step.name, *step.arguments, *step.counts)}
    words = {STEP_NAMES.get(word, word).replace("_", " ") for word in recorded}
    assert sorted(words - set(vars(catalogue("id"))["texts"])) == []


PLAN = """format = 1
title = "Two fields"
question = "Which topics are there?"

[[maps]]
name = "topics"
items = "author-keywords"
components = "all"
stability = 0

[[maps.cluster_names]]
label = "Weather"
items = ["rain", "river", "flood"]

[report]
corpus = false
"""
RECORDS = [("rain", "river", "flood")] * 3 + [("rent", "permit", "tax")] * 3
OTHER = [("rain", "rent")] * 9 + [("river", "permit")] * 9 + [("flood", "tax")] * 9


def _write(folder: Path, records: Sequence[tuple[str, ...]]) -> None:
    text = ""
    for at, words in enumerate(records):
        keywords = "".join(f"KW  - {word}\n" for word in words)
        text += f"TY  - JOUR\nID  - r{at}\nTI  - Study {at}\nPY  - 2020\n{keywords}ER  - \n\n"
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "records.ris").write_text(text, encoding="utf-8")


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """Return a review of two fields, one of which has a name, built once."""
    (tmp_path / "review.toml").write_text(PLAN, encoding="utf-8")
    _write(tmp_path, RECORDS)
    build(tmp_path)
    return tmp_path


def _names(folder: Path) -> list[tuple[str, list[str]]]:
    made = read_map(folder / "out" / "maps" / "topics.json")
    return [
        (label, sorted(made.network.labels[at] for at in range(len(made)) if made.cluster[at] == number))
        for number, label in made.cluster_labels.items()
    ]


def test_a_name_stays_with_its_cluster_when_a_record_is_added(named: Path) -> None:
    """A further record brings the other field to the front: the number of the cluster changes, its name does not."""
    assert _names(named) == [("Weather", ["flood", "rain", "river"])]
    _write(named, [*RECORDS, ("rent", "permit", "tax", "licence", "fee")])
    built = build(named)

    assert _names(named) == [("Weather", ["flood", "rain", "river"])]
    assert not any("Weather" in note for note in built.notes)


def test_a_name_whose_cluster_dissolves_is_told(named: Path) -> None:
    """Its items now stand with others: no cluster carries it, and the build says so."""
    _write(named, OTHER)
    built = build(named)

    assert _names(named) == []
    assert any("map topics: 'Weather': the cluster most like it" in note for note in built.notes)
