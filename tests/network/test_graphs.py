"""Other people's graphs become networks: which edges count, which are refused, and what is told of them."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path
from typing import Any

import igraph
import numpy as np
import pyarrow as pa
import pytest
from scipy import sparse

from benang.errors import BenangError
from benang.map_files import write_map
from benang.maps import Map
from benang.network.graphs import network_from, strengths_of
from benang.network.network import Network, symmetric

networkx: Any = pytest.importorskip("networkx")
pandas: Any = pytest.importorskip("pandas")
polars: Any = pytest.importorskip("polars")

EDGES = [("kota", "desa", 2.0), ("desa", "pasar", 4.0)]
STRENGTHS = [[0.0, 2.0, 0.0], [2.0, 0.0, 4.0], [0.0, 4.0, 0.0]]


def _igraph(edges: list[tuple[str, str, float]], **options: Any) -> Any:
    return igraph.Graph.TupleList(edges, edge_attrs=["weight"], **options)


def _networkx(edges: list[tuple[str, str, float]], kind: str = "Graph") -> Any:
    graph = getattr(networkx, kind)()
    graph.add_weighted_edges_from(edges)
    return graph


GRAPHS = {
    "igraph": _igraph(EDGES),
    "networkx": _networkx(EDGES),
    "edges": EDGES,
    "pandas edges": pandas.DataFrame(EDGES, columns=["source", "target", "weight"]),
    "polars edges": polars.DataFrame(EDGES, schema=["source", "target", "strength"], orient="row"),
    "arrow edges": pa.table(dict(zip(("source", "target", "strength"), zip(*EDGES, strict=True), strict=True))),
    "adjacency": pandas.DataFrame(STRENGTHS, index=["kota", "desa", "pasar"], columns=["kota", "desa", "pasar"]),
}


@pytest.mark.parametrize("graph", GRAPHS.values(), ids=GRAPHS)
def test_each_kind_of_graph_is_the_same_network(graph: Any) -> None:
    """Nodes in their order, strengths, labels, and the two weights that follow from the links."""
    network = network_from(graph)

    assert network.ids == network.labels == ("kota", "desa", "pasar")
    assert network.links.toarray().tolist() == STRENGTHS
    assert network.weights["Total link strength"].tolist() == [2.0, 6.0, 4.0]
    assert strengths_of(graph if graph is not EDGES else network).toarray().tolist() == STRENGTHS


@pytest.mark.parametrize(
    "matrix",
    [
        np.array(STRENGTHS),
        STRENGTHS,
        sparse.csr_array(STRENGTHS),
        sparse.coo_matrix(STRENGTHS),
        sparse.lil_matrix(STRENGTHS),
    ],
    ids=["numpy", "lists", "array", "matrix", "lil"],
)
def test_a_matrix_takes_its_names_from_the_labels(matrix: Any) -> None:
    """Without labels its nodes are numbered from 1; with labels of which two are alike, they are, too."""
    assert network_from(matrix).ids == ("1", "2", "3")
    assert network_from(matrix, labels=["kota", "desa", "pasar"]).ids == ("kota", "desa", "pasar")
    twice = network_from(matrix, labels=["kota", "desa", "kota"])
    assert (twice.ids, twice.labels) == (("1", "2", "3"), ("kota", "desa", "kota"))
    assert twice.links.toarray().tolist() == STRENGTHS


@pytest.mark.parametrize("graph", [_igraph([*EDGES, ("desa", "kota", 1.0)], directed=True),
                                   _networkx([*EDGES, ("desa", "kota", 1.0)], "DiGraph")])  # fmt: skip
def test_both_directions_add_up_and_it_is_told(graph: Any) -> None:
    """The link of kota and desa is 2 + 1, and the history says that the graph was directed."""
    network = network_from(graph)
    step = network.history[-1]

    assert network.strength("kota", "desa") == 3.0
    assert (step.name, step.arguments["directed"], step.counts["repeated"]) == ("graph", True, 1)


@pytest.mark.parametrize("kind", ["MultiGraph", "MultiDiGraph"])
def test_repeated_edges_add_up_and_self_links_are_left_out(kind: str) -> None:
    """Edges of strength 0 are left out, too; all of them are counted."""
    graph = _networkx([*EDGES, ("kota", "desa", 0.5), ("kota", "kota", 9.0), ("kota", "pasar", 0.0)], kind)

    network = network_from(graph)

    assert network.links.toarray().tolist() == [[0.0, 2.5, 0.0], [2.5, 0.0, 4.0], [0.0, 4.0, 0.0]]
    assert network.history[-1].counts == {
        "items": 3, "edges": 5, "self_links": 1, "without_strength": 1, "repeated": 1,
    }  # fmt: skip


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
@pytest.mark.parametrize("make", [_igraph, _networkx, list])
def test_a_strength_below_nothing_is_refused_with_its_ends(make: Any, bad: float) -> None:
    """So is one that is no number."""
    with pytest.raises(BenangError, match=r"the link between 'desa' and 'pasar': expected a number of 0 or more"):
        network_from(make([("kota", "desa", 2.0), ("desa", "pasar", bad)]))


def test_a_matrix_with_a_negative_strength_is_refused() -> None:
    """NaN in a matrix, too."""
    for bad in (-1.0, math.nan):
        with pytest.raises(BenangError, match="expected a number of 0 or more"):
            network_from(np.array([[0.0, bad], [bad, 0.0]]))


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (np.ones((2, 3)), "a matrix of shape (2, 3)"),
        (np.array([[0.0, 1.0], [2.0, 0.0]]), "add both directions: matrix + matrix.T"),
        ("topics.json", "expected a graph of igraph or networkx"),
        (object(), "expected a graph of igraph or networkx"),
        ([("a", "b"), ("a", "b", 1.0)], "edges with different numbers of values"),
        ([("a",)], "edge 1"),
        (pandas.DataFrame({"from": ["a"], "target": ["b"]}), "the columns source and target"),
        (pandas.DataFrame({"source": ["a"], "target": ["b"], "weight": ["x"]}), "expected numbers"),
    ],
)
def test_what_is_no_graph_is_refused(graph: Any, said: str) -> None:
    """Each with what was expected or the way on."""
    with pytest.raises(BenangError) as refused:
        network_from(graph)

    assert said in str(refused.value)


def test_edges_of_which_only_some_have_a_strength_are_refused() -> None:
    """The way on is to count each edge once."""
    graph = _networkx(EDGES)
    graph.add_edge("kota", "pasar")

    with pytest.raises(BenangError, match="1 of 3 edges without 'weight'"):
        network_from(graph)
    assert network_from(graph, weight=None).total_link_strength == 3.0


def test_the_strengths_may_have_another_name() -> None:
    """A name that no edge has is refused with the one that was meant; without weights each edge counts 1."""
    graph = networkx.Graph()
    graph.add_edge("kota", "desa", count=7)

    assert network_from(graph, weight="count").strength("kota", "desa") == 7.0
    assert network_from(graph).strength("kota", "desa") == 1.0
    with pytest.raises(BenangError, match="Did you mean 'count'"):
        network_from(graph, weight="counts")


def test_labels_come_from_an_attribute_or_a_list() -> None:
    """The attribute `label` is taken by itself; a node without one has its id."""
    graph = _networkx(EDGES)
    graph.nodes["kota"]["label"] = "Kota"
    graph.nodes["desa"]["title"] = "Desa"

    assert network_from(graph).labels == ("Kota", "desa", "pasar")
    assert network_from(graph, labels="title").labels == ("kota", "Desa", "pasar")
    assert network_from(graph, labels=["a", "b", "c"]).labels == ("a", "b", "c")
    for labels, said in ((["a"], "one for each of the 3 nodes"), ("titel", "Did you mean 'title'")):
        with pytest.raises(BenangError, match=said):
            network_from(graph, labels=labels)


def test_nodes_are_known_by_their_names() -> None:
    """Numbers become texts; two nodes with one name are refused; vertices without a name are numbered from 1."""
    assert network_from(networkx.path_graph(2)).ids == ("0", "1")
    assert network_from(igraph.Graph([(0, 1)])).ids == ("1", "2")
    assert network_from(igraph.Graph([(0, 1)], vertex_attrs={"name": ["a", "a"]})).ids == ("1", "2")
    with pytest.raises(BenangError, match="the id '1' 2 times"):
        network_from(networkx.Graph([(1, "1")]))


def test_attributes_of_nodes_edges_and_graph_are_kept() -> None:
    """Weights and scores by their columns, all else as attributes; what no file can hold becomes text."""
    graph = networkx.Graph(name="Towns")
    graph.add_node("kota", **{"weight<Documents>": 3, "score<Year>": 2020, "age": np.int64(4), "id": "k", "thing": {1}})
    graph.add_edge("kota", "desa", weight=1, note="near", source="map")

    network = network_from(graph)

    assert np.array_equal(network.weights["Documents"], [3.0, np.nan], equal_nan=True)
    assert network.scores["Year"][0] == 2020.0
    assert network.attributes == {"age": (4, None), "id": ("k", None), "thing": ("{1}", None)}
    assert network.extras["link_attributes"] == {("kota", "desa"): {"note": "near", "source": "map"}}
    assert network.extras["graph"] == {"name": "Towns"}


def test_what_no_file_could_hold_doesnt_keep_a_map_from_being_written(tmp_path: Path) -> None:
    """NaN is a missing attribute; what is infinite, a date, or an object is text."""
    graph = networkx.Graph(born=date(2020, 1, 2))
    graph.add_node("kota", age=math.nan, far=math.inf, at=(1, 2), seen=[date(2020, 1, 2)])
    graph.add_edge("kota", "desa", when=date(2020, 1, 2), odds=math.nan)
    edges = pandas.DataFrame({"source": ["a"], "target": ["b"], "when": [pandas.Timestamp("2020-01-02")]})

    network = network_from(graph)

    assert {name: values[0] for name, values in network.attributes.items()} == {
        "age": None, "far": "inf", "at": [1, 2], "seen": "[datetime.date(2020, 1, 2)]",
    }  # fmt: skip
    assert network.extras == {
        "graph": {"born": "2020-01-02"}, "link_attributes": {("kota", "desa"): {"when": "2020-01-02"}},
    }  # fmt: skip
    for given in (network, network_from(edges)):
        made = Map(given, np.array([[0.0, 0], [1, 0]]), np.array([1, 1]))
        assert [path.name for path in write_map(made, tmp_path / "map.json")] == ["map.json"]


def test_a_network_stays_what_it_is() -> None:
    """No step is added, nothing is copied."""
    network = Network(("a", "b"), ("a", "b"), symmetric(2, [0], [1], [1.0]))

    assert network_from(network) is network
    assert strengths_of(network) is network.links


def test_a_bare_matrix_passes() -> None:
    """What is no graph is left to who reads it."""
    matrix = np.array(STRENGTHS)

    assert strengths_of(matrix) is matrix


@pytest.mark.parametrize("graph", [igraph.Graph(), networkx.Graph(), np.zeros((0, 0))])
def test_a_graph_without_nodes_is_an_empty_network(graph: Any) -> None:
    """It has no items and no links."""
    network = network_from(graph)

    assert (len(network), network.n_links) == (0, 0)
