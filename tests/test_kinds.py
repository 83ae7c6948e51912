"""One table of kinds of items: terminal, plan, library and docs say what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel, TypeAdapter

from benang.cli.maps import map_command
from benang.cli.reading import analysis_of as asked
from benang.kinds import (
    ITEMS,
    KINDS,
    LINKS,
    AssociatedItems,
    AuthorshipItems,
    CitedItems,
    FolderItems,
    Items,
    KeywordItems,
    Link,
    MemberItems,
    PartyItems,
    RecordItems,
)
from benang.network import Analysis, least_of
from benang.records.record import Record
from benang.review.plan import AnyMap, CodeMap, MemberMap, TermMap
from benang.tasks.build.steps import analysis_of as planned

pytestmark = pytest.mark.fast

MAPS: tuple[type[BaseModel], ...] = get_args(get_args(AnyMap)[0])


def options(items: str) -> dict[str, object]:
    """Return what `benang map --items …` asks for where nothing else is said."""
    arguments = ["a.ris", "--items", items, "-o", "a.json"]
    with map_command.make_context("map", arguments, resilient_parsing=True) as context:
        return {name: value for name, value in context.params.items() if name not in {"files", "outputs"}}


def named(**wanted: object) -> set[str]:
    """Return the kinds of items of which the table says this."""
    return {name for name, kind in KINDS.items() if all(getattr(kind, one) == value for one, value in wanted.items())}


def linked_by(*links: str) -> set[str]:
    """Return the kinds of items that may have one of these links."""
    return {name for name, kind in KINDS.items() if not kind.links.keys().isdisjoint(links)}


def test_the_types_name_the_rows_of_the_table() -> None:
    """A word that a function takes is a row, and every row that suits it is among its words."""
    assert set(get_args(Items)) == set(ITEMS) == named(of_records=True)
    assert get_args(Link) == tuple(LINKS)
    assert set(get_args(RecordItems)) == {name for name, kind in KINDS.items() if kind.fields}
    assert set(get_args(FolderItems)) == named(in_place=True)
    assert set(get_args(AssociatedItems)) == named(associated=True)
    assert set(get_args(AuthorshipItems)) == named(wrote=True) == linked_by("co-authorship")
    assert set(get_args(MemberItems)) == linked_by("citation", "coupling")
    assert set(get_args(PartyItems)) == linked_by("citation", "coupling") & set(get_args(RecordItems))
    assert set(get_args(CitedItems)) == linked_by("co-citation")
    assert set(get_args(KeywordItems)) == linked_by("co-occurrence") & set(get_args(RecordItems))


def test_items_are_read_off_fields_of_a_record() -> None:
    """No row names a field that records don't have."""
    known = {field.name for field in fields(Record)}

    assert {name for kind in KINDS.values() for name in kind.fields} <= known


def test_each_kind_has_a_map_in_the_plan() -> None:
    """The models of the plan take every kind of items, each by one of them."""
    of_plans = [name for model in MAPS for name in get_args(model.model_fields["items"].annotation)]

    assert sorted(of_plans) == sorted(KINDS)


@pytest.mark.parametrize("n_records", [20, 500])
@pytest.mark.parametrize("items", ITEMS)
def test_a_map_of_the_plan_is_that_of_the_command_line_and_the_library(items: Items, n_records: int) -> None:
    """Thresholds, the most items, the most authors of a document and the share of terms are the same for all three."""
    plan = TypeAdapter(AnyMap).validate_python({"name": "a", "items": items})
    assert not isinstance(plan, (TermMap, CodeMap))
    of_library, of_plan, of_terminal = Analysis(items), planned(plan), asked(options(items))
    assert least_of(of_plan, n_records) == least_of(of_terminal, n_records) == least_of(of_library, n_records)
    for one in fields(Analysis):
        if one.name != "link":
            values = [getattr(analysis, one.name) for analysis in (of_library, of_plan, of_terminal)]
            assert values == [values[0]] * 3, one.name
    assert of_library.linked_by == of_plan.linked_by == of_terminal.linked_by


def test_nothing_sets_documents_or_items_aside_where_the_plan_says_0() -> None:
    """TOML has no word for none; the command line takes 0 for it, too."""
    plan = {"name": "a", "items": "authors", "top": 0, "max_per_document": 0}
    analysis = planned(TypeAdapter(MemberMap).validate_python(plan))
    assert (analysis.top, analysis.most_per_record) == (None, None)


def test_presets_in_a_small_corpus_are_no_higher() -> None:
    """They leave more of it, never less."""
    assert all(0 <= kind.preset.small <= kind.preset.usual for kind in KINDS.values())


def test_the_docs_list_every_kind_with_its_links(project_root: Path) -> None:
    """The table of the page on first maps: the usual link in bold, then the others."""
    page = (project_root / "docs" / "first-map.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?) \| (\*\*`.+?) \|", page, re.MULTILINE)
    listed = {name: links for names, links in rows for name in re.findall(r"`([a-z-]+)`", names)}
    said = {
        name: ", ".join([f"**`{KINDS[name].usual_link}`**", *(f"`{link}`" for link in list(KINDS[name].links)[1:])])
        for name in ITEMS
    }

    assert listed == said


def test_the_table_loads_no_library() -> None:
    """The terminal's help takes its choices from it, and from the class of an analysis, without numpy or pyarrow."""
    code = "import sys, benang.network; print([one for one in ('numpy', 'pyarrow') if one in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"
