"""How far clusters hold is said in the user's language."""

from __future__ import annotations

from pathlib import Path

from benang.tasks.account import Table
from benang.tasks.stability import StabilityRequest, stability


def test_the_account_has_the_verdict_and_what_it_rests_on_in_indonesian(folder: Path) -> None:
    """Verdict, agreement, clusters, unsure items and resolutions follow one another."""
    result = stability(StabilityRequest(map=folder / "map.json", runs=3, language="id"))
    texts = [note.text for note in result.account.notes]

    assert texts[0] == "4 item dalam 2 klaster, 5 tautan;"
    assert any(text.startswith("Kesesuaian (adjusted Rand index") for text in texts)
    clusters = next(note for note in result.account.notes if note.text.startswith("Klaster (rata-rata"))
    assert isinstance(clusters, Table)
    assert len(clusters.cells) == 1 + len(result.stability.clusters)
    assert texts[-1].startswith("Resolusi ")
