"""Whatever a map holds comes back from every form that can carry it; what a form can't carry is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.maps.exchanged import NAMES, PRINTED, coupled_map, maps, same, there_and_back, toy_map

from benang.map_files import contents_of_map, format_contents, format_map, read_contents, write_map
from benang.map_files.contents import Contents
from benang.map_files.pajek import pajek_label
from benang.map_files.targets import TARGETS
from benang.maps import LayoutRun, Map

WHOLE = (".json", ".graphml", ".gexf", ".gml")
TABLES = (".csv", ".tsv")
PAJEK = (".net", ".mat", ".paj")


def check_same_network(after: Contents, before: Map) -> None:
    """Check labels and links, to the last digit."""
    assert after.network.labels == before.network.labels
    assert np.array_equal(after.network.links.toarray(), before.network.links.toarray())


def check_same_columns(after: Contents, before: Map) -> None:
    """Check ids, clusters, weights, scores and attributes."""
    assert after.network.ids == before.network.ids
    assert np.array_equal(after.cluster, before.cluster)
    assert same(after.network.weights["Documents"], before.network.weights["Documents"])
    none = np.full(len(before), np.nan)
    assert same(after.network.scores.get("Mean", none), before.network.scores["Mean"])
    assert {name: list(values) for name, values in after.network.attributes.items()} == {
        name: list(values) for name, values in before.network.attributes.items()
    }


@settings(max_examples=30)
@given(maps())
def test_any_map_comes_back_from_json(before: Map) -> None:
    """Texts of any kind, also ids that VOSviewer would take for others; coordinates to nine digits."""
    after = there_and_back(contents_of_map(before), ".json")
    check_same_network(after, before)
    check_same_columns(after, before)
    assert np.allclose(after.xy, before.xy, rtol=1e-8, atol=0)


@pytest.mark.parametrize("suffix", WHOLE[1:])
@settings(max_examples=30)
@given(before=maps(PRINTED))
def test_any_map_comes_back_from_the_forms_of_graph_programs(suffix: str, before: Map) -> None:
    """Ids, labels, attributes of any kind, and numbers to the last digit."""
    after = there_and_back(contents_of_map(before), suffix)
    check_same_network(after, before)
    check_same_columns(after, before)
    assert same(after.xy, before.xy)


@settings(max_examples=30)
@given(maps(NAMES))
def test_gml_holds_texts_of_any_kind(before: Map) -> None:
    """Control characters and quotation marks stand as entities."""
    check_same_network(there_and_back(contents_of_map(before), ".gml"), before)


@pytest.mark.parametrize("suffix", TABLES)
@settings(max_examples=30)
@given(before=maps(PRINTED, st.none()))
def test_any_map_comes_back_from_an_edge_list_and_its_items(suffix: str, before: Map) -> None:
    """Attributes are text there; numbers come back to the last digit."""
    after = there_and_back(contents_of_map(before), suffix)
    check_same_network(after, before)
    check_same_columns(after, before)
    assert same(after.xy, before.xy)


@settings(max_examples=30)
@given(maps(PRINTED, st.none()))
def test_any_map_comes_back_from_map_and_network_files(before: Map) -> None:
    """Strengths come back to the last digit, all other numbers with four decimals, as VOSviewer has them."""
    after = there_and_back(contents_of_map(before), ".txt")
    check_same_network(after, before)
    assert np.array_equal(after.cluster, before.cluster)
    assert np.allclose(after.xy, before.xy, rtol=0, atol=0.00005001)
    assert np.allclose(after.network.weights["Documents"], before.network.weights["Documents"], rtol=0, atol=0.00005001)
    assert after.network.attributes == before.network.attributes


@pytest.mark.parametrize("suffix", PAJEK)
@settings(max_examples=20)
@given(before=maps(PRINTED.filter(lambda text: pajek_label(text) == text)))
def test_any_network_comes_back_from_pajek(suffix: str, before: Map) -> None:
    """Labels, links and clusters; a project holds weights and scores, too."""
    after = there_and_back(contents_of_map(before), suffix)
    check_same_network(after, before)
    assert np.array_equal(after.cluster, before.cluster)
    if suffix == ".paj":
        assert same(after.network.weights["Documents"], before.network.weights["Documents"])


@pytest.mark.parametrize("suffix", WHOLE)
def test_what_benang_knows_comes_back(suffix: str) -> None:
    """Records with citations, what they cite, steps, names of clusters, settings, attributes of links."""
    before = coupled_map()
    after = there_and_back(contents_of_map(before), suffix)
    network = after.network
    for name in ("ids", "labels", "attributes", "records", "record_labels", "unit", "item_kind", "link_kind"):
        assert getattr(network, name) == getattr(before.network, name)
    assert [step.as_json() for step in network.history] == [step.as_json() for step in before.network.history]
    assert network.cited is not None
    assert before.network.cited is not None
    assert (network.cited.ids, network.cited.labels) == (before.network.cited.ids, before.network.cited.labels)
    assert network.cited.matrix.toarray().tolist() == [[1, 0, 1], [0, 1, 1]]
    assert network.incidence is not None
    assert network.incidence.toarray().tolist() == np.eye(3).tolist()
    assert network.extras["info"] == {"title": "Tiga"}
    assert network.extras["link_attributes"] == before.network.extras["link_attributes"]
    assert after.cluster_labels == {1: "Tempat"}
    assert after.settings.layout == before.settings.layout != LayoutRun()


@pytest.mark.parametrize("suffix", WHOLE)
def test_records_can_be_left_out(suffix: str) -> None:
    """Without them, the file names no record and is smaller; all else is there."""
    made = coupled_map()
    with_them = next(iter(format_map(made, f"m{suffix}").files.values()))
    without = next(iter(format_map(made, f"m{suffix}", records=False).files.values()))
    assert len(without) < len(with_them)
    assert not re.search(rb"sari2019|Weber|records(\"|&quot;): *\[", without)
    assert b"sari2019" in with_them


def test_json_lists_records_with_their_citations(tmp_path: Path) -> None:
    """A record has its key and, where there is one, its citation; `cited.by` are places of records."""
    write_map(coupled_map(), tmp_path / "m.json")
    key = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["benang"]
    assert key["records"] == [
        {"key": "sari2019", "citation": "Sari 2019"},
        {"key": "putra2020"},
        {"key": "dewi2020", "citation": "Dewi 2020"},
    ]
    assert key["cited"] == {"ids": ["c1", "c2"], "labels": ["Weber 1922", "Simmel 1903"], "by": [[0, 2], [1, 2]]}


def test_records_of_older_files_are_read(tmp_path: Path) -> None:
    """There, records are keys alone."""
    items = [{"id": i, "label": f"l{i}", "x": i, "y": 0, "records": [i - 1]} for i in (1, 2)]
    data = {"network": {"items": items, "links": []}, "benang": {"format": 1, "records": ["a", "b"]}}
    (tmp_path / "m.json").write_text(json.dumps(data), encoding="utf-8")
    network = read_contents(tmp_path / "m.json").network
    assert (network.records, network.record_labels) == (("a", "b"), ())
    assert network.records_of("l2") == ("b",)


def test_what_a_form_can_not_carry_is_named() -> None:
    """Nothing is lost in silence: of a map that holds everything, each form names what it leaves out."""
    told = format_map(toy_map(), *(f"m{suffix}" for suffix in TARGETS)).told
    said = {path.suffix: " ".join(remarks) for path, remarks in told.items()}
    assert not {".json", ".graphml", ".gexf", ".gml"} & said.keys()
    assert "ids (they became 1 to n)" in said[".txt"]
    assert "digits beyond 4 decimals" in said[".txt"]
    assert all("3 records behind the items" in said[suffix] for suffix in (".txt", ".csv", ".net", ".paj"))
    assert all("how the map was made" in said[suffix] for suffix in (".txt", ".csv", ".net", ".paj"))
    assert "attributes of 1 links" in said[".txt"]
    assert "attributes of" not in said[".csv"]
    assert "weights (Occurrences)" in said[".net"]
    assert "weights" not in said[".paj"]


@pytest.mark.parametrize("suffix", [*WHOLE, ".net", ".paj", ".csv"])
def test_the_same_map_gives_the_same_bytes(suffix: str) -> None:
    """Nothing depends on the clock or on the order of a set."""
    assert format_map(toy_map(), f"m{suffix}").files == format_map(toy_map(), f"m{suffix}").files


@pytest.mark.parametrize("suffix", WHOLE)
def test_written_again_a_file_is_the_same(suffix: str) -> None:
    """What is read holds all that was written."""
    once = there_and_back(contents_of_map(coupled_map()), suffix)
    path = f"m{suffix}"
    assert format_contents(once, path).files == format_contents(there_and_back(once, suffix), path).files


@pytest.mark.parametrize("suffix", WHOLE)
def test_a_map_whose_items_all_lie_at_one_place_keeps_it(suffix: str) -> None:
    """Other programs put what has no place at 0, 0; a map of ours that lies there has its places."""
    after = there_and_back(contents_of_map(toy_map(xy=np.zeros((3, 2)))), suffix)
    assert after.xy.tolist() == [[0.0, 0.0]] * 3


def test_weights_too_small_to_be_averaged_are_drawn_alike() -> None:
    """The mean of the smallest number above 0 and of 0 is 0."""
    before = toy_map()
    before.network.weights["Occurrences"][:] = [0.0, 5e-324, 0.0]
    assert there_and_back(contents_of_map(before), ".gexf").network.weights["Occurrences"][1] == 5e-324
