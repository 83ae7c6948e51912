"""One table of presets for terminal, plan and library."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from benang.analyses.analysis import LINKS, least_of
from benang.cli.maps import map_command
from benang.cli.networks import analysis_of as asked
from benang.network.presets import PRESETS
from benang.review.plan import AnyMap, CodeMap, MemberMap, TermMap
from benang.tasks.build.map_steps import analysis_of as planned

ITEMS = sorted(LINKS)


def options(items: str) -> dict[str, object]:
    """Return what `benang map --items …` asks for where nothing else is said."""
    arguments = ["a.ris", "--items", items, "-o", "a.json"]
    with map_command.make_context("map", arguments, resilient_parsing=True) as context:
        return {name: value for name, value in context.params.items() if name not in {"files", "outputs"}}


def test_every_kind_of_items_has_a_preset() -> None:
    """The table and the links name the same items."""
    assert sorted(PRESETS) == ITEMS


@pytest.mark.parametrize("n_records", [20, 500])
@pytest.mark.parametrize("items", ITEMS)
def test_a_map_of_the_plan_is_that_of_the_command_line(items: str, n_records: int) -> None:
    """Thresholds, the most items, the most authors of a document and the share of terms are the same for both."""
    plan = TypeAdapter(AnyMap).validate_python({"name": "a", "items": items})
    assert not isinstance(plan, (TermMap, CodeMap))
    of_plan, of_terminal = planned(plan), asked(options(items))
    assert least_of(of_plan, n_records) == least_of(of_terminal, n_records)
    for name in ("linked_by", "counting", "top", "components", "most_per_record", "matching", "author_names", "share"):
        assert getattr(of_plan, name) == getattr(of_terminal, name), name


def test_nothing_sets_documents_or_items_aside_where_the_plan_says_0() -> None:
    """TOML has no word for none; the command line takes 0 for it, too."""
    plan = {"name": "a", "items": "authors", "top": 0, "max_per_document": 0}
    analysis = planned(TypeAdapter(MemberMap).validate_python(plan))
    assert (analysis.top, analysis.most_per_record) == (None, None)
