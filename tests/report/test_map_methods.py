"""The settings of the maps stand side by side, as each map tells them."""

from __future__ import annotations

from dataclasses import replace

from tests.report.invented import content, market_map
from tests.report.page_reader import cells

from benang.maps.map import LayoutRun
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


def test_a_map_is_called_by_its_title_and_by_its_name_without_one(names: Names) -> None:
    """In the heads of settings, and in the methods where no figure draws it."""
    titled = replace(content(), map_titles={"topics": "What studies are about"})

    assert plain(map_table(titled, names).columns[1].label).startswith("What studies are about (figures")
    assert plain(map_table(content(), names).columns[1].label).startswith("topics (figures")
    assert plain(figures_of("topics", replace(titled, figures=()), names)) == "Map “What studies are about”"
