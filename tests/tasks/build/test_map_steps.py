"""The maps of a review's plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.coding.placed import place
from benang.locale import catalogue
from benang.maps.making import vos_map
from benang.project.folder import open_folder
from benang.report.reading_tables import STEP_NAMES
from benang.review.load import load
from benang.tasks.build.map_steps import network_of


@pytest.mark.parametrize("example", ["sister-cities", "night-markets"])
def test_every_step_of_an_example_has_an_indonesian_name(project_root: Path, example: str) -> None:
    """So have its arguments and counts: the report lists them in the reader's language."""
    held = load(open_folder(project_root / "examples" / example))
    placed = place(held.judgements, held.documents, held.codebook, held.cases)
    networks = [network_of(plan, held, placed, "id") for plan in held.plan.maps]
    steps = [*(step for network in networks for step in network.history), *vos_map(networks[0]).network.history]

    recorded = {word for step in steps for word in (step.name, *step.arguments, *step.counts)}
    words = {STEP_NAMES.get(word, word).replace("_", " ") for word in recorded}
    known = catalogue("id")._catalog  # type: ignore[attr-defined]  # gettext has no public list of what it knows
    assert sorted(words - {key for key in known if isinstance(key, str)}) == []
