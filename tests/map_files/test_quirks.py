"""What other programs write is read as they mean it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.maps.exchanged import there_and_back, toy_map, written

from benang.errors import BenangError
from benang.map_files import contents_of_map, read_contents, write_map
from benang.map_files.contents import Contents


def read(folder: Path, name: str, content: str) -> Contents:
    """Read a small file."""
    return read_contents(written(folder, name, content))


def links_of(contents: Contents) -> dict[tuple[str, str], float]:
    """Return the strengths of links by the labels of their ends."""
    network = contents.network
    matrix = network.links.toarray()
    return {
        (network.labels[i], network.labels[j]): matrix[i, j]
        for i in range(len(network))
        for j in range(i + 1, len(network))
        if matrix[i, j]
    }


# VOSviewer


def test_columns_are_known_by_a_part_of_their_name(tmp_path: Path) -> None:
    """As in VOSviewer Online: "total weight" holds weights, "my score" scores, "Cluster number" clusters."""
    text = (
        "id\tx\ty\ttotal weight\tmy score\tCluster number\tunderweight\n1\t0\t0\t2\t-1\t1\tyes\n2\t1\t0\t3\t\t2\tno\n"
    )
    found = read(tmp_path, "map.txt", text)
    assert found.network.weights["total weight"].tolist() == [2, 3]
    assert found.network.scores["my score"].tolist()[0] == -1
    assert found.cluster.tolist() == [1, 2]
    assert found.network.attributes == {"underweight": ("yes", "no")}
    assert found.notes == (
        "The column 'total weight' was read as a weight",
        "The column 'my score' was read as a score",
        "The column 'Cluster number' was read as the cluster",
    )


def test_a_network_file_is_read_the_same_quickly_and_closely(tmp_path: Path) -> None:
    """Plain files are read in columns at once; quotation marks, blanks and blank lines change nothing."""
    quick = read(tmp_path, "a.txt", "c\ta\t2\n\na\tb\nb\tc\t0.5\n".replace("a\tb\n", "a\tb\t\n"))
    close = read(tmp_path, "b.txt", '"c"\ta\t2\n\na\tb\t\n b \tc\t0.5\n')
    assert quick.network.labels == close.network.labels == ("c", "a", "b")
    assert links_of(quick) == links_of(close) == {("c", "a"): 2, ("a", "b"): 1, ("c", "b"): 0.5}


def test_a_full_matrix_may_name_its_columns(tmp_path: Path) -> None:
    """Gephi and pandas write a first line that begins with nothing."""
    found = read(tmp_path, "matrix.csv", ";kota;desa\nkota;0;2\ndesa;4;0\n")
    assert links_of(found) == {("kota", "desa"): 3}
    assert found.notes == ("The matrix is not symmetric (1 pairs): the mean of both directions was used",)


@pytest.mark.parametrize("ids", [("0", "1"), ("01", "1"), ("null", "nan"), ("1e3", "1000"), (" 1", "1")])
def test_ids_that_vosviewer_would_mistake_come_back(ids: tuple[str, str]) -> None:
    """VOSviewer Online reads 01 as 1 and null as none: such ids are written as numbers, and kept beside."""
    contents = contents_of_map(toy_map())
    renamed = (*ids, "kota")
    network = contents.network
    changed = replace(contents, network=replace(network, ids=renamed, extras={}))
    after = there_and_back(changed, ".json")
    assert after.network.ids == renamed
    assert after.network.links.toarray().tolist() == network.links.toarray().tolist()
    assert "ids" not in after.settings.rest


# Pajek


def test_pajek_lines_of_all_kinds_are_read(tmp_path: Path) -> None:
    """Quoted and bare labels, colours, places, comments, arcs, edges and lists of them, Windows line ends."""
    text = (
        '% by hand\r\n*Network of places\r\n*Vertices 4\r\n1 "kota raya" 0.1 0.2 0.5 ic Red bc Blue\r\n'
        '2 desa 0.9 0.2\r\n3 "the "new" town" 0.5 0.8\r\n*Arcs :1 "cites"\r\n1 2 3 c Blue\r\n2 1 1.5\r\n'
        "*Edges\r\n1 3\r\n*Edgeslist\r\n4 1 2\r\n"
    )
    found = read(tmp_path, "n.net", text)
    assert found.network.labels == ("kota raya", "desa", 'the "new" town', "4")
    assert links_of(found) == {
        ("kota raya", "desa"): 4.5,
        ("kota raya", 'the "new" town'): 1,
        ("kota raya", "4"): 1,
        ("desa", "4"): 1,
    }
    assert found.xy[0].tolist() == [0.1, 0.8]
    assert found.notes == ("2 directed links (arcs) were read as undirected; both directions of a pair add up",)


def test_pajek_matrices_and_two_modes_are_read(tmp_path: Path) -> None:
    """A matrix is averaged with its mirror image; of two modes it is rows by columns, and items say their mode."""
    assert links_of(read(tmp_path, "a.mat", "*Vertices 2\n1 a\n2 b\n*Matrix\n0 2\n4 0\n")) == {("a", "b"): 3}
    two = read(tmp_path, "b.mat", "*Vertices 3 1\n1 a\n2 b\n3 c\n*Matrix\n2 5\n")
    assert links_of(two) == {("a", "b"): 2, ("a", "c"): 5}
    assert two.network.attributes["mode"] == (1, 2, 2)


def test_a_pajek_project_holds_partitions_and_vectors(tmp_path: Path) -> None:
    """The first partition is the clusters, 0 none of them; vectors are weights, or scores where one is negative."""
    text = (
        "*Network n\n*Vertices 2\n1 a\n2 b\n*Edges\n1 2 1\n\n*Partition groups\n*Vertices 2\n2\n0\n\n"
        "*Vector people.vec\n*Vertices 2\n10\n999999998\n\n*Vector change\n*Vertices 2\n-1\n2\n\n*Hierarchy h\n1\n"
    )
    found = read(tmp_path, "p.paj", text)
    assert found.cluster.tolist() == [2, 0]
    assert found.network.weights["people"].tolist() == [10, 0]
    assert found.network.scores["change"].tolist() == [-1, 2]
    assert found.notes == ("Ignored: 1 × *hierarchy",)


def test_pajek_finds_partition_and_vector_beside(tmp_path: Path) -> None:
    """Files of one name belong together, and the note names them."""
    written(tmp_path, "n.clu", "*Vertices 2\n1\n2\n")
    written(tmp_path, "n.vec", "*Vertices 2\n0.5\n2\n")
    found = read(tmp_path, "n.net", "*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n")
    assert found.cluster.tolist() == [1, 2]
    assert found.network.weights["n"].tolist() == [0.5, 2]
    assert found.notes == ("Read with n.clu", "Read with n.vec")


# GraphML


GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE graphml SYSTEM "graphml.dtd">
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
 <key id="v_name" for="node" attr.name="name" attr.type="string"/>
 <key id="v_id" for="node" attr.name="id" attr.type="string"/>
 <key id="v_n" for="node" attr.name="papers" attr.type="int"><default>1</default></key>
 <key id="v_c" for="node" attr.name="Modularity Class" attr.type="double"/>
 <key id="e_w" for="edge" attr.name="weight" attr.type="double"/>
 <key id="g_t" for="graph" attr.name="topic" attr.type="string"/>
 <graph id="G" edgedefault="directed"><data key="g_t">towns</data>
  <node id="n0"><data key="v_name">kota</data><data key="v_id">k</data><data key="v_c">0</data></node>
  <node id="n1"><data key="v_name">desa</data><data key="v_id">d</data><data key="v_n">5</data>
   <data key="v_c">1</data></node>
  <edge source="n0" target="n1"><data key="e_w">2.5</data></edge>
  <edge source="n1" target="n0"/>
  <edge source="n1" target="n1" directed="false"/>
  <hyperedge><endpoint node="n0"/><endpoint node="n1"/></hyperedge>
 </graph>
</graphml>
"""


def test_graphml_of_igraph_and_gephi_is_read(tmp_path: Path) -> None:
    """Names are labels, ids kept in attributes come back, defaults hold, groups from 0 become clusters from 1."""
    found = read(tmp_path, "g.graphml", GRAPHML)
    assert found.network.ids == ("k", "d")
    assert links_of(found) == {("kota", "desa"): 3.5}
    assert found.network.attributes["papers"] == (1, 5)
    assert found.cluster.tolist() == [1, 2]
    assert found.network.extras["graph"] == {"topic": "towns"}
    assert found.notes == (
        "line 17: a hyperedge, which links more than two nodes, was left out",
        "2 directed links were read as undirected; both directions of a pair add up",
        "'Modularity Class' was read as the cluster, numbered from 1",
    )


def test_graphml_of_yed_is_read(tmp_path: Path) -> None:
    """Labels and places stand in its drawings; y grows downwards there."""
    text = """<graphml xmlns:y="http://www.yworks.com/xml/graphml"><key id="d0" for="node" yfiles.type="nodegraphics"/>
<graph edgedefault="undirected"><node id="a"><data key="d0"><y:ShapeNode><y:Geometry x="10.0" y="20.0"/>
<y:NodeLabel>kota</y:NodeLabel></y:ShapeNode></data></node><node id="b"><data key="d0"><y:ShapeNode>
<y:Geometry x="0.0" y="0.0"/><y:NodeLabel>desa</y:NodeLabel></y:ShapeNode></data></node><edge source="a" target="b"/>
</graph></graphml>"""
    found = read(tmp_path, "y.graphml", text)
    assert found.network.labels == ("kota", "desa")
    assert found.xy.tolist() == [[10, -20], [0, 0]]


def test_clusters_with_names_are_numbered_by_size(tmp_path: Path) -> None:
    """The names become the labels of the clusters."""
    rows = "".join(
        f'<node id="{i}"><data key="c">{name}</data></node>' for i, name in enumerate(["sea", "land", "land"])
    )
    text = f'<graphml><key id="c" for="node" attr.name="cluster" attr.type="string"/><graph>{rows}</graph></graphml>'
    found = read(tmp_path, "c.graphml", text)
    assert found.cluster.tolist() == [2, 1, 1]
    assert found.cluster_labels == {1: "land", 2: "sea"}


# GEXF


GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2" xmlns:viz="http://www.gexf.net/1.2draft/viz">
 <meta lastmodifieddate="2024-01-01"><creator>Gephi 0.10</creator><description></description></meta>
 <graph defaultedgetype="directed" mode="static">
  <attributes class="node" mode="static">
   <attribute id="modularity_class" title="Modularity Class" type="integer"><default>0</default></attribute>
  </attributes>
  <nodes>
   <node id="a" label="kota"><attvalues><attvalue for="modularity_class" value="1"/></attvalues>
    <viz:size value="20.0"/><viz:position x="-120.5" y="30.0" z="0.0"/><viz:color r="10" g="20" b="30"/></node>
   <node id="b" label="desa"><viz:position x="10.0" y="0.0" z="0.0"/></node>
  </nodes>
  <edges><edge id="0" source="a" target="b" type="undirected" weight="2.0" label="near"/>
   <edge source="b" target="a"/></edges>
 </graph>
</gexf>
"""


def test_gexf_of_gephi_is_read(tmp_path: Path) -> None:
    """Places as they stand, colours as VOSviewer has them, sizes kept, groups as clusters, labels of links."""
    found = read(tmp_path, "g.gexf", GEXF)
    assert links_of(found) == {("kota", "desa"): 3}
    assert found.xy.tolist() == [[-120.5, 30], [10, 0]]
    assert found.network.attributes["red"] == (10, None)
    assert found.network.attributes["size"] == (20.0, None)
    assert found.cluster.tolist() == [2, 1]
    assert found.network.extras["link_attributes"] == {("a", "b"): {"label": "near"}}
    assert found.notes[0] == "1 directed links were read as undirected; both directions of a pair add up"


def test_gexf_draws_items_for_gephi(tmp_path: Path) -> None:
    """Places are spread out for Gephi, colours are those of clusters, and the areas of circles follow the weight."""
    write_map(toy_map(), tmp_path / "m.gexf")
    text = (tmp_path / "m.gexf").read_text(encoding="utf-8")
    assert 'version="1.3"' in text
    assert (
        '<viz:color r="0" g="114" b="178"/><viz:position x="128.0" y="0.0" z="0.0"/><viz:size value="12.2474"/>' in text
    )


# GML


def test_gml_of_other_programs_is_read(tmp_path: Path) -> None:
    """Comments, nested lists, entities, places in graphics, values for strengths, directions."""
    text = (
        'Creator "igraph"\n# by hand\ngraph\n[\n  directed 1\n'
        '  node [ id 0 name "kota &#233;" papers 3 graphics [ x 1.5 y -2 ] ]\n'
        '  node\n  [\n    id 1\n    name "R&D"\n    papers 1.0e1\n  ]\n  edge [ source 0 target 1 value 2.5 ]\n'
        '  edge [ source 1 target 0 weight 1 note "far" ]\n]\n'
    )
    found = read(tmp_path, "g.gml", text)
    assert found.form == "GML"
    assert found.network.labels == ("kota é", "R&D")
    assert links_of(found) == {("kota é", "R&D"): 3.5}
    assert found.xy[0].tolist() == [1.5, -2]
    assert found.network.attributes["papers"] == (3, 10.0)
    assert found.network.extras["link_attributes"] == {("1", "0"): {"note": "far"}}
    assert "2 directed links" in found.notes[0]


def test_gml_is_plain_ascii(tmp_path: Path) -> None:
    """As its description asks: other characters stand as entities, and numbers have a point."""
    write_map(toy_map(), tmp_path / "m.gml")
    text = (tmp_path / "m.gml").read_bytes()
    assert text.isascii()
    assert b"x -0.123456789123" in text


# Edge lists and JSON of graph programs


def test_an_edge_list_of_gephi_is_read(tmp_path: Path) -> None:
    """Its header names the ends; direction is told, other columns are kept for each link."""
    text = "Source,Target,Type,Id,Label,Weight\nkota,desa,Directed,0,near,2\ndesa,kota,Directed,1,,1\n"
    found = read(tmp_path, "edges.csv", text)
    assert found.form == "edge list"
    assert links_of(found) == {("kota", "desa"): 3}
    assert found.network.extras["link_attributes"][("kota", "desa")] == {"Id": "0", "Label": "near"}  # type: ignore[index]
    assert found.notes == ("Directed links were read as undirected; both directions of a pair add up",)


def test_an_edge_list_finds_its_items_beside(tmp_path: Path) -> None:
    """And the items find their links."""
    written(tmp_path, "m_items.csv", "id,label,weight<Papers>\n1,kota,3\n2,desa,1\n3,laut,1\n")
    found = read(tmp_path, "m.csv", "from;to\n1;2\n")
    assert found.network.labels == ("kota", "desa", "laut")
    assert found.network.weights["Papers"].tolist() == [3, 1, 1]
    assert links_of(read_contents(tmp_path / "m_items.csv")) == {("kota", "desa"): 1}


@pytest.mark.parametrize(
    "text",
    [
        '{"directed": false, "nodes": [{"id": "a", "label": "kota"}, {"id": "b", "label": "desa"}],'
        ' "links": [{"source": "a", "target": "b", "weight": 2}]}',
        '{"nodes": [{"name": "kota"}, {"name": "desa"}], "links": [{"source": 0, "target": 1, "value": 2}]}',
        '{"elements": {"nodes": [{"data": {"id": "7", "name": "kota"}, "position": {"x": 1, "y": 2}},'
        ' {"data": {"id": "8", "name": "desa"}, "position": {"x": 0, "y": 0}}],'
        ' "edges": [{"data": {"source": "7", "target": "8", "weight": 2}}]}}',
    ],
    ids=["networkx", "D3", "Cytoscape"],
)
def test_json_of_graph_programs_is_read(tmp_path: Path, text: str) -> None:
    """Nodes and links under the names that each uses."""
    assert links_of(read(tmp_path, "g.json", text)) == {("kota", "desa"): 2}


def test_text_in_another_encoding_is_read_with_a_note(tmp_path: Path) -> None:
    """Pajek's older files are in Windows-1252, Notepad's in UTF-16."""
    (tmp_path / "a.net").write_bytes('*Vertices 2\n1 "Köln"\n2 "Lüneburg"\n*Edges\n1 2\n'.encode("cp1252"))
    (tmp_path / "b.txt").write_bytes("Köln\tLüneburg\t2\n".encode("utf-16"))
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?><graphml><graph><node id="Köln"/><node id="b"/></graph></graphml>'
    (tmp_path / "c.graphml").write_bytes(xml.encode("latin-1"))
    assert read_contents(tmp_path / "a.net").network.labels == ("Köln", "Lüneburg")
    assert "Windows-1252" in read_contents(tmp_path / "a.net").notes[0]
    assert read_contents(tmp_path / "b.txt").network.labels == ("Köln", "Lüneburg")
    assert read_contents(tmp_path / "c.graphml").network.labels == ("Köln", "b")


# What can't be read

NODES = "<nodes><node id='a'/><node id='b'/></nodes>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.graphml", "<graphml><graph><node id='a'></graph></graphml>", "line 1: expected well-formed XML, found"),
        (
            "b.graphml",
            "<!DOCTYPE g [\n<!ENTITY a 'aa'>]><graphml><graph><node id='&a;'/></graph></graphml>",
            r"line 2: .*entity declaration",
        ),
        ("c.graphml", "<graphml><graph><node id='a'/><node id='a'/></graph></graphml>", "an id of its own"),
        ("d.gexf", f"<gexf><graph>{NODES}<edges>\n<edge source='a'/></edges></graph></gexf>", "line 2: expected"),
        ("e.gexf", f"<gexf><graph>{NODES}\n<edge source='a' target='z'/></graph></gexf>", "line 2: .*a link to 'z'"),
        (
            "f.gexf",
            f"<gexf><graph>{NODES}\n<edge source='a' target='b' weight='-2'/></graph></gexf>",
            "line 2, strength: .*negative.*positive ones",
        ),
        ("g.graphml", "<graphml><graph><node id='a'/></graph></graphml>", "found a network of one item"),
        ("h.gml", "graph [ node [ id 1 ] node [ id 2 ]\n edge [ source 1 ]\n]", "line 2: .*source or target"),
        ("i.gml", "graph [ node [ id 1 ]\n", r"line 2: expected '\]', found the end of the file"),
        ("j.gml", "graph [ node [ label 1 ] ]", "line 1: expected a node with an id"),
        ("k.gml", 'graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 weight "NaN" ] ]', "strength"),
        ("l.net", "*Vertices 2\n1 a\n2 b\n*Edges\n1 3\n", "line 5: expected a line between two vertices, 1 to 2"),
        ("m.net", "*Vertices two\n", "the number of vertices"),
        ("n.net", "*Vertices 2\n1 a\n1 b\n", "line 3: .*vertex 1 a second time"),
        ("o.mat", "*Vertices 2\n1 a\n2 b\n*Matrix\n0 1\n", "expected 2 × 2 numbers .* a matrix with 2 values"),
        ("p.clu", "*Vertices 2\n1\n2\n", "a Pajek partition or vector without its network"),
        ("q.net", "*Vertices 2\n1 a\n2 b\n*Edges\n1 2 -1\n", "line 5, strength: .*positive ones"),
        ("r.csv", "source,target\na\n", "line 2: expected 2, as in the header, found 1 field"),
        ("s.json", '{"nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1}]}', "link 1: expected source and target"),
        ("t.txt", "a\tb\t1\nc\td\t2\n\t\ne\tf\t-3\n", "t.txt, line 4, strength: .*negative"),
        ("u.txt", "a;b;c;d\n1;0;2;3\n2;2;x;1\n3;3;1;0\n", "u.txt"),
        ("v.xml", "<?xml version='1.0'?><records/>", "XML of another kind .<records>."),
    ],
)  # fmt: skip
def test_what_can_not_be_read_names_file_and_place(tmp_path: Path, name: str, content: str, said: str) -> None:
    """Each message says what was expected and what was found there."""
    with pytest.raises(BenangError, match=f"(?s){said}") as caught:
        read(tmp_path, name, content)
    assert name in str(caught.value)


def test_a_partition_of_another_length_is_refused(tmp_path: Path) -> None:
    """The message counts both."""
    net = written(tmp_path, "n.net", "*Vertices 2\n1 a\n2 b\n*Edges\n1 2\n")
    with pytest.raises(BenangError, match="expected 2, one for each item, found 3 values"):
        read_contents(net, partition=written(tmp_path, "x.clu", "*Vertices 3\n1\n1\n1\n"))
