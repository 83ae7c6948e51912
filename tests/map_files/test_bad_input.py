"""What no map holds is refused in every form with its place, before it costs memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from benang.errors import BenangError
from benang.map_files import read_contents, read_network

pytestmark = pytest.mark.fast

NODES = '<node id="1"/><node id="2"/>'
GRAPHML = (
    '<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/><graph>{nodes}\n'
    '<edge source="1" target="{to}"><data key="w">{strength}</data></edge></graph></graphml>'
)
GEXF = (
    "<gexf><graph><nodes>{nodes}</nodes>\n"
    '<edges><edge source="1" target="{to}" weight="{strength}"/></edges></graph></gexf>'
)
GML = "graph [ node [ id 1 ] node [ id 2 ]\n edge [ source 1 target {to} weight {strength} ] ]"
JSON = (
    '{{"network": {{"items": [{{"id": 1}}, {{"id": 2}}], '
    '"links": [{{"source_id": 1, "target_id": {to}, "strength": {strength}}}]}}}}'
)
GRAPH_JSON = '{{"nodes": [{{"id": 1}}, {{"id": 2}}], "links": [{{"source": 1, "target": {to}, "weight": {strength}}}]}}'
PAJEK = "*Vertices 2\n*Edges\n1 {to} {strength}\n"
FORMS = {
    "graphml": GRAPHML, "gexf": GEXF, "gml": GML, "json": JSON, "net": PAJEK, "txt": "1\t2\t1\n1\t{to}\t{strength}\n",
    "csv": "source,target,weight\n1,{to},{strength}\n",
}  # fmt: skip


def refusal(folder: Path, suffix: str, text: str) -> str:
    """Return what is said of a file that is not read."""
    path = folder / f"bad.{suffix}"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BenangError) as error:
        read_contents(path)
    return str(error.value)


def filled(suffix: str, *, to: object = 2, strength: object = 1) -> str:
    """Return a file of one link."""
    return FORMS[suffix].format(nodes=NODES, to=to, strength=strength)


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("strength", ["-1", "-0.5"])
def test_a_negative_strength_is_refused_with_its_place_and_the_way_on(
    tmp_path: Path, suffix: str, strength: str
) -> None:
    """Distances can't show it."""
    said = refusal(tmp_path, suffix, filled(suffix, strength=strength))
    assert strength in said
    assert "bad." in said
    assert "not negative" in said
    assert "distances can't show" in said


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "net", "txt", "csv"])
def test_a_strength_that_is_no_number_is_not_taken_for_none(tmp_path: Path, suffix: str) -> None:
    """A program that writes NaN does not mean 1."""
    for strength in ("NaN", "inf", "viel"):
        assert strength in refusal(tmp_path, suffix, filled(suffix, strength=strength))


def test_a_strength_among_other_data_is_held_to_the_same(tmp_path: Path) -> None:
    """Edges with more to say go another way through the reader."""
    text = filled("graphml", strength="NaN</data><data key='since'>2020")
    assert "NaN" in refusal(tmp_path, "graphml", text)


@pytest.mark.parametrize("suffix", ["graphml", "gexf", "gml", "json"])
def test_a_link_to_an_unknown_item_is_refused_with_its_line(tmp_path: Path, suffix: str) -> None:
    """The item is named, and what can be done."""
    said = refusal(tmp_path, suffix, filled(suffix, to=9))
    assert "a link to '9'" in said
    assert "Add the item" in said


def test_an_id_given_twice_is_refused_in_every_form(tmp_path: Path) -> None:
    """Links could mean either."""
    twice = NODES.replace("2", "1")
    for suffix in ("graphml", "gexf"):
        assert "the id '1' a second time" in refusal(
            tmp_path, suffix, FORMS[suffix].format(nodes=twice, to=1, strength=1)
        )
    assert "the id '1' a second time" in refusal(tmp_path, "gml", filled("gml").replace("id 2", "id 1"))
    assert "the id '1' a second time" in refusal(tmp_path, "json", filled("json").replace('"id": 2', '"id": 1'))


@pytest.mark.parametrize("count", ["1000000000", "50000000", "99999999999999999999", "-3", "many"])
def test_vertices_that_no_line_speaks_of_are_not_made_room_for(tmp_path: Path, count: str) -> None:
    """A number in a header costs no memory."""
    assert "vertices" in refusal(tmp_path, "net", f"*Vertices {count}\n*Edges\n1 2 3\n")


def test_a_small_matrix_of_two_modes_needs_no_square_of_all_items(tmp_path: Path) -> None:
    """One row of 90,000 columns is read as what it holds; the square would take 65 GB."""
    path = tmp_path / "two.net"
    path.write_text("*Vertices 90001 1\n*Matrix\n" + "1 " * 90_000 + "\n", encoding="utf-8")
    network = read_network(path)
    assert (len(network), network.n_links, network.strength("1", "2")) == (90_001, 90_000, 1.0)


def test_a_number_of_thousands_of_digits_is_no_end_of_a_link(tmp_path: Path) -> None:
    """Python refuses to turn so many digits into a number; the message is ours."""
    digits = "1" + "0" * 5000
    assert "between two vertices" in refusal(tmp_path, "net", f"*Vertices 2\n*Edges\n{digits} 2 3\n")
    said = refusal(tmp_path, "gml", f"graph [ node [ id 1 ] edge [ source {digits} target 1 ] ]")
    assert "a link to" in said
    assert len(said) < 1000


@pytest.mark.parametrize("root", ["graphml", "gexf"])
def test_entities_and_depth_without_end_are_refused(tmp_path: Path, root: str) -> None:
    """Neither explodes, and nothing outside the file is fetched."""
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert "entities" in refusal(tmp_path, root, f"{laughs}<{root}>&b;</{root}>")
    outside = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    assert "entities" in refusal(tmp_path, root, f"{outside}<{root}>&a;</{root}>")
    assert "deep" in refusal(tmp_path, root, f"<{root}>" + "<graph>" * 100_000)


def test_a_partition_with_a_class_beyond_all_numbers_is_refused(tmp_path: Path) -> None:
    """The file beside the network is named."""
    (tmp_path / "bad.clu").write_text("*Vertices 2\n1\n99999999999999999999\n", encoding="utf-8")
    said = refusal(tmp_path, "net", "*Vertices 2\n*Edges\n1 2 3\n")
    assert "bad.clu" in said
    assert "1,000,000 at most" in said
