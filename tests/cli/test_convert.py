"""`benang convert`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.maps.exchanged import PLACED, toy_map, vosviewer, written
from tests.support import Command

from benang.map_files import read_contents, write_map

FORMS = ("txt", "graphml", "gexf", "net", "gml", "paj", "mat", "csv", "tsv")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return the JSON of a map that holds everything."""
    path = tmp_path / "source.json"
    write_map(toy_map(), path)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_labels_and_strengths_survive_the_way_there_and_back(
    benang: Command, source: Path, tmp_path: Path, form: str
) -> None:
    """From JSON into each form and back, items and links are the same."""
    there, back = tmp_path / f"there.{form}", tmp_path / "back.json"
    assert benang("convert", source, there).code == 0
    assert benang("convert", there, back).code == 0
    before, after = read_contents(source).network, read_contents(back).network
    assert after.labels == before.labels
    assert after.links.toarray().tolist() == before.links.toarray().tolist()


def test_the_command_says_what_was_read_written_and_left_out(benang: Command, source: Path, tmp_path: Path) -> None:
    """Sizes, names of weights and scores, the files, and for each form what it doesn't hold."""
    said = benang("convert", source, tmp_path / "a.net", tmp_path / "a.json")
    assert "source.json: VOSviewer JSON" in said.out
    assert "  items                     3\n" in said.out
    assert "weights                   Occurrences" in said.out
    assert "Not in a.net:\n  names of 1 clusters\n  weights (Occurrences)" in said.out
    assert "Not in a.json" not in said.out
    assert [line.rpartition("/")[2] for line in said.out.splitlines()[-3:]] == ["a.net", "a.clu", "a.json"]


def test_map_and_network_files_are_put_together(benang: Command, tmp_path: Path) -> None:
    """A map file with --network, or a network file with --map, gives one map."""
    items = written(tmp_path, "items.txt", "id\tlabel\tx\ty\n1\tkota\t0\t0\n2\tdesa\t1\t0\n")
    links = written(tmp_path, "links.txt", "1\t2\t4\n")
    assert benang("convert", items, tmp_path / "one.json", "--network", links).code == 0
    assert benang("convert", links, tmp_path / "two.json", "--map", items).code == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert read_contents(tmp_path / "one.json").network.strength("kota", "desa") == 4


def test_partition_and_vectors_of_pajek_are_taken(benang: Command, tmp_path: Path) -> None:
    """Classes become clusters, each vector a weight named by its file."""
    net = written(tmp_path, "n.net", '*Vertices 2\n1 "kota"\n2 "desa"\n*Edges\n1 2 1\n')
    classes = written(tmp_path, "classes.clu", "*Vertices 2\r\n1\r\n2\r\n")
    people = written(tmp_path, "people.vec", "*Vertices 2\n10\n2.5\n")
    said = benang("convert", net, tmp_path / "m.json", "--partition", classes, "--vector", people)
    assert said.code == 0, said.err
    found = read_contents(tmp_path / "m.json")
    assert found.cluster.tolist() == [1, 2]
    assert found.network.weights["people"].tolist() == [10, 2.5]


def test_a_network_without_places_is_converted(benang: Command, tmp_path: Path) -> None:
    """JSON without x and y is VOSviewer's to lay out; the command says so."""
    net = written(tmp_path, "net.txt", "kota\tdesa\t2\nkota\tlaut\t1\n")
    said = benang("convert", net, tmp_path / "m.json", tmp_path / "m.gexf", tmp_path / "m.txt")
    assert said.code == 0, said.err
    assert "none: VOSviewer and 'benang layout' make a layout" in said.out
    items = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["network"]["items"]
    assert [item["label"] for item in items] == ["kota", "desa", "laut"]
    assert "x" not in items[0]
    assert "viz:position" not in (tmp_path / "m.gexf").read_text(encoding="utf-8")
    assert (tmp_path / "m.txt").read_text(encoding="utf-8-sig").startswith("id\tlabel\tweight<Links>")


def test_directed_links_are_noted(benang: Command, tmp_path: Path) -> None:
    """Both directions add up, and the command says how many links had one."""
    net = written(tmp_path, "n.net", "*Vertices 2\n*Arcs\n1 2 3\n2 1 1\n")
    said = benang("convert", net, tmp_path / "m.json")
    assert "2 directed links (arcs) were read as undirected" in said.out


def test_records_can_be_left_out(benang: Command, source: Path, tmp_path: Path) -> None:
    """--without-records makes a file that names none."""
    assert benang("convert", source, tmp_path / "m.json", "--without-records").code == 0
    assert "sari2019" not in (tmp_path / "m.json").read_text(encoding="utf-8")


def test_all_files_are_written_or_none(benang: Command, tmp_path: Path) -> None:
    """What is too large for a full matrix is refused, and the JSON that was asked for with it isn't written either."""
    net = written(tmp_path, "net.txt", "".join(f"{i}\t{i + 1}\n" for i in range(1, 5001)))
    said = benang("convert", net, tmp_path / "m.json", tmp_path / "m.mat")
    assert said.code == 1
    assert "5,001 items for a full matrix. Write the network as .net" in said.err.replace(
        "expected 5,000 at most, found ", ""
    )
    assert [path.name for path in tmp_path.iterdir()] == ["net.txt"]


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        (["out.xls"], "the suffix decides the format"),
        (["out.png"], "To draw pictures, use 'benang layout'"),
        (["source.json"], "is read here and would be overwritten"),
        (["a.txt", "a_network.txt"], "would be written twice"),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage_is_refused(benang: Command, source: Path, targets: list[str], said: str) -> None:
    """Exit code 2, and nothing is written."""
    before = source.read_bytes()
    result = benang("convert", source, *(source.parent / name for name in targets))
    assert result.code == 2
    assert said in result.err
    assert source.read_bytes() == before
    assert [path.name for path in source.parent.iterdir()] == ["source.json"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nan.json", '{"network": {"items": [{"id": 1, "x": NaN}]}}', "nan.json, line 1: expected a finite number"),
        ("twice.json", json.dumps(vosviewer([*PLACED, PLACED[0]])), "item 3: expected an id of its own"),
        ("empty.net", "", "empty.net: The file is empty"),
        ("cut.graphml", '<?xml version="1.0"?>\n<graphml><graph><node id="a">\n', "cut.graphml, line 3"),
        ("page.html", "<html><body>Not found</body></html>", "XML of another kind (<html>). Known formats: VOSviewer"),
        ("prose.txt", "Once upon a time there was no network at all.\n", "expected a map or a network, found a file"),
        ("strength.csv", "source,target,weight\na,b,-1\n", "strength.csv, line 2, strength"),
    ],
)
def test_a_file_that_can_not_be_read_is_named(
    benang: Command, tmp_path: Path, name: str, content: str, said: str
) -> None:
    """Exit code 1, the place and what was expected, and no file."""
    result = benang("convert", written(tmp_path, name, content), tmp_path / "out.json")
    assert result.code == 1
    assert said.lower() in result.err.lower()
    assert not (tmp_path / "out.json").exists()
