"""Maps and networks come from VOSviewer's files as they stand there, and go back without loss."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.maps.exchanged import PLACED, toy_map, vosviewer, written

from benang.errors import BenangError
from benang.map_files import format_map, read_map, read_network, write_map

STORED = ["Economics_journal_co-citation", "QSS_SM_2020-2021_co-authorship", "QSS_publication_bibliographic_coupling"]


@pytest.mark.parametrize("name", STORED)
def test_json_and_text_files_hold_the_same_map(shared_data: Path, name: str) -> None:
    """VOSviewer's JSON and its map and network files, with a byte order mark or not, are read to the same map."""
    folder = shared_data / "vosviewer"
    one, other = read_map(folder / f"{name}_network.json"), read_map(folder / f"{name}_map.txt")
    assert one.network.ids == other.network.ids
    assert one.network.labels == other.network.labels
    assert one.network.attributes == other.network.attributes
    assert np.array_equal(one.network.links.toarray(), other.network.links.toarray())
    assert np.array_equal(one.xy, other.xy)
    assert np.array_equal(one.cluster, other.cluster)
    assert one.network.weights.keys() == other.network.weights.keys()
    assert all(np.array_equal(one.network.weights[key], other.network.weights[key]) for key in one.network.weights)
    assert all(np.array_equal(one.network.scores[key], other.network.scores[key]) for key in one.network.scores)


@pytest.mark.parametrize(
    ("name", "items", "links", "clusters"),
    [
        (STORED[0], 232, 4112, 5),
        (STORED[1], 112, 225, 17),
        (STORED[2], 39, 194, 4),
        ("Dimensions_COVID19_research_organization_co-authorship", 100, 2878, 5),
    ],
)
def test_stored_maps_have_their_published_sizes(
    shared_data: Path,
    name: str,
    items: int,
    links: int,
    clusters: int,
) -> None:
    """The maps that VOSviewer ships are read whole."""
    found = read_map(shared_data / "vosviewer" / f"{name}_network.json")
    assert (len(found), found.network.n_links, found.n_clusters) == (items, links, clusters)


@pytest.mark.parametrize("name", STORED)
def test_stored_maps_survive_a_round_trip(shared_data: Path, tmp_path: Path, name: str) -> None:
    """What VOSviewer wrote comes back out: every item's every field, `config` and `info`."""
    source = shared_data / "vosviewer" / f"{name}_network.json"
    write_map(read_map(source), tmp_path / "out.json")
    before = json.loads(source.read_text(encoding="utf-8-sig"))
    after = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    made = {item["id"]: item for item in after["network"]["items"]}
    for item in before["network"]["items"]:
        weights = item.pop("weights", {})
        assert weights.items() <= made[item["id"]]["weights"].items()
        assert item.items() <= made[item["id"]].items()
    assert {key: before.get(key) for key in ("config", "info")} == {key: after.get(key) for key in ("config", "info")}


def test_a_network_file_alone_takes_its_ids_as_labels(tmp_path: Path) -> None:
    """Repeats add up, self-links don't count, a missing strength is 1."""
    network = read_network(written(tmp_path, "net.txt", "\ufeffkota;desa;2\ndesa;kota\nkota;kota;9\nkota;laut;\n"))
    assert network.labels == ("kota", "desa", "laut")
    assert network.links.toarray().tolist() == [[0, 3, 1], [3, 0, 0], [1, 0, 0]]
    assert network.weights["Total link strength"].tolist() == [4, 3, 1]


def test_an_item_without_a_label_or_with_a_blank_one_goes_by_its_id(tmp_path: Path) -> None:
    """As on the page, where it could not be seen or clicked by its name otherwise."""
    items = [{**PLACED[0], "id": n, "label": label} for n, label in enumerate(("  ", "", None, " kota"))]
    assert read_map(written(tmp_path, "m.json", vosviewer(items))).network.labels == ("0", "1", "2", " kota")


def test_a_full_matrix_is_averaged_with_its_mirror_image(tmp_path: Path) -> None:
    """A matrix that is not symmetric gives the mean of both directions, and no self-links."""
    network = read_network(written(tmp_path, "net.txt", "a,5,2,0\nb,4,0,1\nc,0,0,0\n"))
    assert network.ids == ("a", "b", "c")
    assert network.links.toarray().tolist() == [[0, 3, 0], [3, 0, 0.5], [0, 0.5, 0]]


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_a_map_file_may_use_any_delimiter(tmp_path: Path, mark: str) -> None:
    """Quoted fields may hold the delimiter, `weight` needs no name, empty scores are missing, unknown columns stay."""
    rows = [
        ["ID", "Label", "sublabel", "x", "y", "weight", "normalized weight", "score<Year>", "country"],
        ["1", f'"a{mark} ""b"""', "s", "0.5", "-1", "2", "0.4", "", "id"],
        ["2", "c", "", "1", "2", "3", "0.6", "2020", ""],
    ]
    path = written(tmp_path, "some_map.txt", "".join(mark.join(row) + "\r\n" for row in rows))
    written(tmp_path, "some_network.txt", f"1{mark}2\n")
    found = read_map(path)
    assert found.network.labels == (f'a{mark} "b"', "c")
    assert found.network.weights["Weight"].tolist() == [2, 3]
    assert found.network.weights["Normalized weight"].tolist() == [0.4, 0.6]
    assert np.array_equal(found.network.scores["Year"], [np.nan, 2020], equal_nan=True)
    assert found.network.attributes == {"sublabel": ("s", None), "country": ("id", None)}
    assert found.network.strength("1", "2") == 1


def test_a_map_file_without_links_keeps_its_stored_weights(tmp_path: Path) -> None:
    """Links that are not at hand are not counted as none."""
    found = read_map(written(tmp_path, "m.txt", "id\tx\ty\tweight<Links>\n1\t0\t0\t7\n2\t1\t1\t8\n"))
    assert found.network.weights["Links"].tolist() == [7, 8]


def test_everything_survives_a_round_trip_through_json(tmp_path: Path) -> None:
    """Labels, weights, scores, attributes, clusters, records, steps and the attributes of links come back."""
    before = toy_map()
    write_map(before, tmp_path / "m.json")
    after = read_map(tmp_path / "m.json")
    assert after.xy.tolist() == [[-0.123456789, 0.5], [0.25, 0.0], [1.0, -0.333333333]]
    assert after.cluster.tolist() == [1, 1, 0]
    assert after.cluster_labels == {1: "Tempat"}
    assert after.network.records_of("Kota", "desa") == ("sari2019", "putra2020")
    for name in ("ids", "labels", "attributes", "records", "record_labels", "unit", "item_kind", "link_kind"):
        assert getattr(after.network, name) == getattr(before.network, name)
    assert after.network.extras["link_attributes"] == before.network.extras["link_attributes"]
    assert after.network.extras["info"] == {"title": "Tiga"}
    assert [step.as_json() for step in after.network.history] == [step.as_json() for step in before.network.history]
    assert np.array_equal(after.network.scores["Avg. pub. year"], [2019.5, 2020, np.nan], equal_nan=True)
    assert format_map(after, "m.json").files == format_map(before, "m.json").files


def test_json_tells_vosviewer_the_exponents(tmp_path: Path) -> None:
    """`config.parameters` holds what VOSviewer Online would need to update the layout."""
    write_map(toy_map(), tmp_path / "m.json")
    made = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))
    assert made["config"] == {"parameters": {"attraction": 2, "repulsion": 0}}
    assert made["benang"]["format"] == 1
    assert made["network"]["items"][1]["records"] == [0, 1, 2]
    assert "scores" not in made["network"]["items"][2]


def test_a_text_map_has_vosviewers_form_and_its_network_beside_it(tmp_path: Path) -> None:
    """Ids become numbers, coordinates have four decimals, and both files are read back to the same links."""
    files = write_map(toy_map(), tmp_path / "m.txt")
    assert [path.name for path in files] == ["m.txt", "m_network.txt"]
    lines = files[0].read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split("\t")[:6] == ["id", "label", "url", "pages", "x", "y"]
    assert lines[1].split("\t")[:6] == ["1", "desa", "https://example.org/desa", "12", "-0.1235", "0.5"]
    assert files[1].read_text(encoding="utf-8") == "1\t2\t2\n2\t3\t0.5\n"
    after = read_map(files[0])
    assert after.network.labels == ("desa", "Kota", "provinsi")
    assert after.network.weights["Occurrences"].tolist() == [2, 3, 1]


def test_a_map_made_elsewhere_gets_no_provenance(tmp_path: Path) -> None:
    """Benang claims nothing of a map that it did not make."""
    write_map(read_map(written(tmp_path, "in.json", vosviewer(PLACED))), tmp_path / "out.json")
    assert "benang" not in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))


LINK = {"source_id": 1, "target_id": 2}
BAD = [
    ("text.json", "{not JSON", "line 1: expected VOSviewer JSON"),
    ("list.json", "[1, 2]", "JSON without a network"),
    ("other.json", {"nodes": []}, "JSON without a network"),
    (
        "nan.json",
        '{"network": {"items": [\n{"id": 1, "x": NaN}]}}',
        "nan.json, line 2: expected a finite number, found NaN",
    ),
    ("one.json", vosviewer(PLACED[:1]), "expected at least two items, found a network of one item"),
    ("none.json", vosviewer([]), "found a network of no items"),
    ("twice.json", vosviewer([*PLACED, {"id": 1, "x": 2, "y": 2}]), "item 3: expected an id of its own for every item"),
    ("unknown.json", vosviewer(PLACED, [{"source_id": 1, "target_id": 9}]), "link 1: .* found a link to '9'"),
    ("words.json", vosviewer([*PLACED, {"id": 3, "x": "left", "y": 0}]), "item 3, x: expected a number, found 'left'"),
    ("noid.json", vosviewer([*PLACED, {"x": 0, "y": 0}]), "item 3: an item without id and label"),
    ("weight.json", vosviewer([*PLACED, {"id": 3, "x": 0, "y": 0, "weights": {"N": -1}}]), "weight 'N': .* negative"),
    ("cluster.json", vosviewer([*PLACED, {"id": 3, "x": 0, "y": 0, "cluster": 1.5}]), "a whole number from 1"),
    ("noxy.json", vosviewer([{"id": 1}, {"id": 2}]), "2 of 2 items without x and y .*'benang layout'"),
    ("newer.json", {**vosviewer(PLACED), "benang": {"format": 2}}, "format 2 of the 'benang' key.*newer Benang"),
    ("link.json", vosviewer(PLACED, [{"source_id": 1}]), "link 1: expected source_id, target_id and strength"),
    (
        "records.json",
        {**vosviewer([{**PLACED[0], "records": [4]}, PLACED[1]]), "benang": {"format": 1, "records": ["a"]}},
        "item 1, records: expected places",
    ),
    ("cluster.json", vosviewer([*PLACED, {"id": 3, "x": 0, "y": 0, "cluster": 10**30}]), "from 1 to 1,000,000"),
    ("large.json", vosviewer([{**PLACED[0], "x": 10**400}, PLACED[1]]), "item 1, x: expected a number"),
    (
        "huge.json",
        '{"network": {"items": []}, "config": {"a":\n1e999}}',
        "line 2: expected a finite number, found 1e999",
    ),
    ("digits.json", f'{{"network": 1{"0" * 5000}}}', "found a number of thousands of digits"),
    ("half.json", '{"network": {"items": [{"id": "\\ud800"}]}}', "half a character"),
    ("strong.json", vosviewer(PLACED, [{**LINK, "strength": 1e300}]), "link 1, strength: .* found 1e.300"),
    (
        "weak.json",
        vosviewer(PLACED, [{**LINK, "strength": 1e-300}]),
        "link 1, strength: .* from 1e-100 to 1e.100, or 0",
    ),
    ("nothing.json", vosviewer(PLACED, [{**LINK, "strength": ""}]), "link 1, strength: .* found ''"),
    (
        "steps.json",
        {**vosviewer(PLACED), "benang": {"format": 1, "history": [{"step": "a", "arguments": 2, "counts": 3}]}},
        "benang, history: expected a list of steps",
    ),
    ("empty.txt", "  \n", "empty.txt: The file is empty"),
    ("quote.txt", 'a\tb\t1\nb\t"c\t1\nc\td\t1\n', "line 2: unexpected end of data.*a quotation mark is not closed"),
    ("comma.txt", "a;b;3,5\nb;c;1\n", "found '3,5'. Write decimals with a point"),
    ("map.txt", "id\tx\ty\n1\tleft\t0\n2\t0\t0\n", "map.txt, line 2, x: expected a number, found 'left'"),
    ("map.txt", "id\tx\tx\n1\t0\t0\n2\t0\t0\n", "line 1: expected every column once, found the column .x."),
    ("net.txt", "a\tb\tc\n", "net.txt, line 1, strength: expected a number that is not negative, found 'c'"),
    ("net.txt", "a\n", "line 1: expected the ids of two items"),
    ("net.txt", "a\tb\tnan\n", "found 'nan'"),
    ("full.txt", "a,1,2,3\nb,1,2,3\n", "line 1: expected an id and a value for each of the 2 items, found 4 fields"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD, ids=[f"{i}-{bad[0]}" for i, bad in enumerate(BAD)])
def test_a_file_that_is_no_map_is_refused_in_plain_words(
    tmp_path: Path,
    name: str,
    content: object,
    message: str,
) -> None:
    """The message names the file, the place, what was expected and what was found."""
    path = written(tmp_path, name, content)
    with pytest.raises(BenangError, match=f"(?i){message}") as caught:
        read_map(path)
    assert name in str(caught.value)


PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["1", 1, 2, -1, 1e300, "a"]),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from(["a", "id", "label"]), part, max_size=3),
    max_leaves=6,
)
WHOLE = {
    "network": {
        "items": [
            {
                "id": 1,
                "label": "a",
                "x": 0,
                "y": 0,
                "cluster": 1,
                "weights": {"N": 1},
                "scores": {"S": 1},
                "records": [0],
            },
            {"id": 2, "label": "b", "x": 1, "y": 1, "cluster": 2, "url": "u"},
        ],
        "links": [{"source_id": 1, "target_id": 2, "strength": 3, "note": "n"}],
        "clusters": [{"cluster": 1, "label": "first"}],
    },
    "config": {"parameters": {"attraction": 2}},
    "benang": {"format": 1, "records": ["r"], "history": [{"step": "s", "arguments": {"a": 1}, "counts": {"n": 1}}]},
}


def places_in(data: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the place of every part of a JSON value."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [*([here] if here else []), *(place for key, value in inner for place in places_in(value, (*here, key)))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(places_in(WHOLE)), PARTS)
def test_whatever_stands_in_a_map_is_refused_in_plain_words_or_written_again(
    tmp_path: Path, place: tuple[str | int, ...], part: object
) -> None:
    """With anything in the place of any part, no error but our own comes out, and what is read can be written."""
    data = copy.deepcopy(WHOLE)
    here: Any = data
    for key in place[:-1]:
        here = here[key]
    here[place[-1]] = part
    try:
        made = read_map(written(tmp_path, "map.json", json.dumps(data)))
    except BenangError:
        return
    write_map(made, tmp_path / "again.json", tmp_path / "again.txt")
    again = read_map(tmp_path / "again.json")
    assert again.network.labels == made.network.labels
    assert np.array_equal(again.cluster, made.cluster)


def test_all_problems_of_a_file_come_together(tmp_path: Path) -> None:
    """An id given twice and a link to an unknown item are told at once."""
    path = written(tmp_path, "two.json", vosviewer([*PLACED, PLACED[0]], [{"source_id": 7, "target_id": 2}]))
    with pytest.raises(BenangError) as caught:
        read_network(path)
    assert len(caught.value.problems) == 2


def test_many_problems_are_summed_up(tmp_path: Path) -> None:
    """After twenty problems the rest is counted."""
    path = written(tmp_path, "many.json", vosviewer([{"x": 0, "y": 0}] * 30))
    with pytest.raises(BenangError, match="more problems like these") as caught:
        read_map(path)
    assert len(caught.value.problems) == 21


def test_a_map_file_without_its_network_is_no_network(tmp_path: Path) -> None:
    """A layout needs links, and the message says where they should be."""
    with pytest.raises(BenangError, match="Give the network file"):
        read_network(written(tmp_path, "m.txt", "id\tlabel\n1\ta\n2\tb\n"))


def test_an_unknown_suffix_lists_the_known_ones_and_writes_nothing(tmp_path: Path) -> None:
    """One wrong name among several leaves no file behind."""
    with pytest.raises(BenangError, match=r"expected one of \.json, \.txt, .*, found the suffix '\.xls'"):
        write_map(toy_map(), tmp_path / "m.json", tmp_path / "m.xls")
    assert list(tmp_path.iterdir()) == []
