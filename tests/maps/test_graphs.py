"""Networks and maps go into graphs of igraph, networkx and scipy and come back as they were."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from tests.maps.full_networks import bare_networks, full_map, full_network, unlike, unlike_maps

from benang.clusters import leiden_clustering
from benang.errors import BenangError
from benang.layout import vos_layout
from benang.maps.graphs import map_from, to_igraph, to_networkx, to_scipy
from benang.maps.making import vos_map
from benang.network.graphs import network_from, strengths_of
from benang.network.network import Network

networkx: Any = pytest.importorskip("networkx")

both = pytest.mark.parametrize("to", [to_igraph, to_networkx])
To = Callable[[Any], Any]


@both
def test_a_network_comes_back(to: To) -> None:
    """Each part is equal: attributes of all kinds, records, what is cited, links' attributes, history."""
    assert unlike(full_network(), network_from(to(full_network()))) == []


@both
def test_a_map_comes_back(to: To) -> None:
    """So are places to the last bit, clusters, their names and the settings."""
    assert unlike_maps(full_map(), map_from(to(full_map()))) == []
    assert unlike(full_network(), network_from(to(full_map()))) == []


@settings(max_examples=30)
@given(bare_networks())
def test_any_network_comes_back(network: Network) -> None:
    """Strengths and scores to the last bit, labels of any letters, also without a link."""
    for to in (to_igraph, to_networkx):
        assert unlike(network, network_from(to(network))) == []
    matrix, ids = to_scipy(network)
    again = network_from(matrix, labels=ids)
    assert again.ids == network.ids
    assert np.array_equal(again.links.toarray(), network.links.toarray())


def test_a_matrix_is_a_copy() -> None:
    """What is done to it leaves the network as it is."""
    network = full_network()
    matrix, _ = to_scipy(full_map())
    matrix.data[:] = 0

    assert network.strength("1", "2") == 2.5
    assert to_scipy(network)[0].data.tolist() == [2.5, 2.5, 1.0, 1.0]


@both
def test_names_are_those_of_the_library(to: To) -> None:
    """Strengths are `weight`, so that its own algorithms take them."""
    graph = to(full_network())

    if to is to_igraph:
        assert graph.strength(graph.vs.find(name="2"), weights="weight") == 3.5
        assert graph.vs[0]["weight<Occurrences>"] == 3.0
    else:
        assert graph.degree("2", weight="weight") == 3.5
        assert graph.nodes["1"]["weight<Occurrences>"] == 3.0


def test_nodes_left_out_take_their_records_with_them() -> None:
    """What is changed in a graph is so in the network; counted weights are computed anew."""
    graph = to_networkx(full_network())
    graph.remove_node("1")
    graph["2"]["a<b"]["weight"] = 7.0

    network = network_from(graph)

    assert network.ids == ("2", "a<b", "z")
    assert network.strength("2", "a<b") == 7.0
    assert network.weights["Total link strength"].tolist() == [7.0, 7.0, 0.0]
    assert network.records_of("2") == ("r1", "r2")
    assert np.array_equal(strengths_of(graph).toarray(), network.links.toarray())


def test_graphs_can_be_written_by_their_libraries(tmp_path: Path) -> None:
    """GraphML takes all that stands on a graph of texts and numbers, and gives it back."""
    plain = full_network()
    kept = {name: plain.attributes[name] for name in ("x", "url")}
    network = Network(plain.ids, plain.labels, plain.links, plain.weights, attributes=kept, history=plain.history)
    networkx.write_graphml(to_networkx(network), tmp_path / "a.graphml")

    again = network_from(networkx.read_graphml(tmp_path / "a.graphml"))

    assert unlike(network, again) == []


def test_a_graph_with_places_is_a_map() -> None:
    """Places stand as they are, and a node without a cluster has 0."""
    graph = networkx.Graph()
    graph.add_node("kota", x=0, y=1.5, cluster=2)
    graph.add_node("desa", x=-3, y=0)
    graph.add_edge("kota", "desa")

    made = map_from(graph)

    assert (made.xy.tolist(), made.cluster.tolist()) == ([[0.0, 1.5], [-3.0, 0.0]], [2, 0])
    assert made.network.attributes == {}
    assert map_from(made) is made


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ({}, "x and y for each item"),
        ({"x": [0, 1], "y": [0, None]}, "x and y for each item"),
        ({"x": [0, 1], "y": [0, "far"]}, "x and y for each item"),
        ({"x": [0, 1], "y": [0, 1], "cluster": [1.5, 1]}, "whole numbers from 1"),
        ({"x": [0, 1], "y": [0, 1], "cluster": ["a", 1]}, "whole numbers from 1"),
    ],
)
def test_a_graph_without_places_is_no_map(places: dict[str, list[Any]], said: str) -> None:
    """It is refused with what was expected."""
    with pytest.raises(BenangError, match=said):
        map_from(igraph.Graph([(0, 1)], vertex_attrs=places))


def test_networkx_that_lacks_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """It isn't needed before it is asked for."""
    monkeypatch.setitem(sys.modules, "networkx", None)

    with pytest.raises(BenangError, match="Install it: pip install networkx"):
        to_networkx(full_network())


def _karate() -> tuple[Any, Any, Any]:
    graph = networkx.karate_club_graph()
    return graph, igraph.Graph.from_networkx(graph), networkx.to_scipy_sparse_array(graph, dtype=float)


def test_one_club_has_one_layout_and_one_partition() -> None:
    """Zachary's karate club of networkx, of igraph and as a matrix: the same bytes."""
    strengths = [strengths_of(graph) for graph in _karate()]
    layouts = [vos_layout(matrix) for matrix in strengths]

    assert len({layout.xy.tobytes() for layout in layouts}) == 1
    assert len({leiden_clustering(matrix).cluster.tobytes() for matrix in strengths}) == 1


def test_a_map_of_a_graph_has_the_names_of_its_nodes() -> None:
    """The club of networkx and of igraph give one map; labels are the members' numbers, the club an attribute."""
    maps = [vos_map(network_from(graph)) for graph in _karate()[:2]]

    assert maps[0].network.labels == tuple(map(str, range(34)))
    assert maps[0].network.attributes["club"][0] == "Mr. Hi"
    assert maps[0].xy.tobytes() == maps[1].xy.tobytes()
    assert maps[0].n_clusters > 1
