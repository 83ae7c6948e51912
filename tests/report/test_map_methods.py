"""The settings of the maps stand side by side, as each map tells them."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import content, market_map
from tests.report.page_reader import cells

from benang.maps import ChanceAgreement, LayoutRun, StabilityAccount
from benang.report.content import Names
from benang.report.inline import plain
from benang.report.map_methods import figures_of, map_table


def test_the_settings_of_a_map_are_all_there(names: Names) -> None:
    """Rows that no map fills are left out."""
    rows = {row[0]: row[1] for row in cells(map_table(content(), names))}

    assert rows["Items"] == "2"
    assert rows["Attraction"] == "2"
    assert rows["Repulsion"] == "0"
    assert rows["Objective Q* (lower is better)"] == "−1.2500"
    assert rows["Origin of the words"] == "author keywords: assigned by the reviewers"
    assert rows["Counting"] == "full"
    assert "Maximum number of items" not in rows
    assert market_map().settings.layout == LayoutRun(2, 0, -1.25, starts=1, seed=0)


def test_clusters_that_were_compared_with_chance_are_called_by_it(names: Names) -> None:
    """Firmer or hardly firmer than chance; a map without shuffled records keeps the words stable and unstable."""

    def verdict(word: str, by_chance: ChanceAgreement | None) -> str:
        account = StabilityAccount(
            verdict=word, by_chance=by_chance, remarks=(), clusters=(), sweep=(), plateaus=(), note=None
        )
        map_ = market_map()
        looked_at = replace(map_, settings=replace(map_.settings, stability=account))
        rows = {row[0]: row[1] for row in cells(map_table(replace(content(), maps={"topics": looked_at}), names))}
        return rows["Stability of the clusters"]

    chance = ChanceAgreement(9, 0.1, 0.2)
    assert [verdict(one, chance) for one in ("stable", "partly", "unstable")] == [
        "stable",
        "firmer than chance",
        "hardly firmer than chance",
    ]
    assert [verdict(one, None) for one in ("partly", "unstable")] == ["partly stable", "unstable"]


def test_a_map_is_called_by_its_title_and_by_its_name_without_one(names: Names) -> None:
    """In the heads of settings, and in the methods where no figure draws it."""
    titled = replace(content(), map_titles={"topics": "What studies are about"})

    assert plain(map_table(titled, names).columns[1].label).startswith("What studies are about (figures")
    assert plain(map_table(content(), names).columns[1].label).startswith("topics (figures")
    assert plain(figures_of("topics", replace(titled, figures=()), names)) == "Map “What studies are about”"
