"""VOSviewer Online opens what we write, or the file's remarks say why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.map_files.vosviewer_online import of_json, of_text
from tests.maps.exchanged import PRINTED, maps, toy_map

from benang.map_files import contents_of_map, format_contents, format_map, read_map
from benang.maps import Map

STORED = ["Economics_journal_co-citation", "QSS_SM_2020-2021_co-authorship", "QSS_publication_bibliographic_coupling"]


def check_opens(made: Map) -> None:
    """Check both forms of a map."""
    files = [data.decode("utf-8-sig") for data in format_map(made, "m.json", "m.txt").files.values()]
    assert of_json(files[0]) == ""
    assert of_text(files[1], files[2]) == ""


@settings(max_examples=40)
@given(maps(PRINTED, st.none()))
def test_any_map_opens_or_says_why_not(made: Map) -> None:
    """Ids of any kind, three items and more, weights without a gap, clusters from 1."""
    formatted = format_map(made, "m.json", "m.txt")
    remarks = " ".join(remark for remarks in formatted.told.values() for remark in remarks)
    files = [data.decode("utf-8-sig") for data in formatted.files.values()]
    told = {"three items": "fewer than 3 items", "one point": "all lie at one point"}
    for problem in (of_json(files[0]), of_text(files[1], files[2]) if '"' not in files[1] + files[2] else ""):
        for rule in filter(None, problem.split(", ")):
            # four decimals may put items at one point that stand close together
            assert rule in told, problem
            assert told[rule] in remarks or (rule == "one point" and np.ptp(made.xy, axis=0).max() < 0.001)


@pytest.mark.parametrize("name", STORED)
def test_vosviewers_own_maps_open_after_the_way_through_benang(shared_data: Path, name: str) -> None:
    """The maps that VOSviewer ships, read and written."""
    check_opens(read_map(shared_data / "vosviewer" / f"{name}_network.json"))


@pytest.mark.parametrize("ids", [("0", "1", "2"), ("01", "1", "null"), ("kota", "desa", "laut"), ("7", "5", "9")])
def test_ids_of_any_kind_open(ids: tuple[str, ...]) -> None:
    """0 is none to VOSviewer's links, 01 is 1, null is nothing: such ids are written otherwise."""
    made = toy_map()
    check_opens(replace(made, network=replace(made.network, ids=ids, extras={})))


def test_a_network_without_places_opens() -> None:
    """VOSviewer lays it out itself; it wants no places at all then."""
    contents = replace(contents_of_map(toy_map()), xy=np.full((3, 2), np.nan), cluster=np.zeros(3, np.int64))
    assert of_json(next(iter(format_contents(contents, "m.json").files.values())).decode("utf-8")) == ""


def test_what_vosviewer_refuses_is_told() -> None:
    """Two items, one point, too many clusters, text in an attribute that it takes for weights."""
    made = toy_map()
    network = replace(made.network, attributes={"weighting": ("a", "b", None)})
    odd = replace(made, network=network, xy=np.ones((3, 2)), cluster=np.array([1, 2, 1001]))
    said = " ".join(format_map(odd, "m.json").told[Path("m.json")])
    assert "VOSviewer supports at most 1,000 clusters" in said
    assert "all lie at one point" in said
    assert "attribute 'weighting'" in said
    text = next(iter(format_map(odd, "m.json").files.values())).decode("utf-8")
    assert of_json(text) == "one point, weights, clusters"
