"""Files that igraph and networkx write are read, and they read what we write."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import igraph
import numpy as np
import pytest
from tests.maps.exchanged import toy_map

from benang.map_files import read_contents, write_map

LABELS = ["kota raya", "desa", "laut"]
LINKS = {(0, 1): 2.0, (1, 2): 0.5}


def networkx() -> Any:
    """Return networkx, or skip where it isn't installed: Benang needs it for tests alone."""
    return pytest.importorskip("networkx")


def matrix_of(links: dict[tuple[int, int], float]) -> list[list[float]]:
    """Return links as a full matrix."""
    matrix = np.zeros((3, 3))
    for (i, j), strength in links.items():
        matrix[i, j] = matrix[j, i] = strength
    return matrix.tolist()


@pytest.mark.parametrize("form", ["graphml", "gml", "pajek"])
def test_what_igraph_writes_is_read(tmp_path: Path, form: str) -> None:
    """Labels, strengths and attributes; Pajek's form holds no labels of igraph's."""
    graph = igraph.Graph(n=3, edges=list(LINKS))
    graph.vs["label"], graph.vs["papers"] = LABELS, [3, 1, 2]
    graph.es["weight"] = list(LINKS.values())
    path = tmp_path / f"g.{form}"
    graph.write(str(path), format=form)
    found = read_contents(path)
    assert found.network.links.toarray().tolist() == matrix_of(LINKS)
    if form != "pajek":
        assert found.network.labels == tuple(LABELS)
        assert [float(str(value)) for value in found.network.attributes["papers"]] == [3, 1, 2]


@pytest.mark.parametrize("form", ["graphml", "gexf", "gml", "pajek"])
def test_what_networkx_writes_is_read(tmp_path: Path, form: str) -> None:
    """Nodes are named by what they are, attributes keep their kind."""
    nx = networkx()
    graph = nx.Graph()
    for label, papers in zip(LABELS, (3, 1, 2), strict=True):
        graph.add_node(label, papers=str(papers) if form == "pajek" else papers)
    for (i, j), strength in LINKS.items():
        graph.add_edge(LABELS[i], LABELS[j], weight=strength)
    path = tmp_path / f"g.{form}"
    getattr(nx, f"write_{form}")(graph, path)
    found = read_contents(path)
    assert found.network.labels == tuple(LABELS)
    assert found.network.links.toarray().tolist() == matrix_of(LINKS)
    assert len(found.unplaced) == 3
    if form != "pajek":
        assert found.network.attributes["papers"] == (3, 1, 2)


@pytest.mark.parametrize("form", ["graphml", "gml", "net"])
def test_igraph_reads_what_is_written(tmp_path: Path, form: str) -> None:
    """The same vertices and weights; labels where the form has them."""
    path = tmp_path / f"m.{form}"
    write_map(toy_map(), path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it passes over places in GML
        graph = igraph.Graph.Read(str(path), format="pajek" if form == "net" else form)
    assert sorted(graph.es["weight"]) == [0.5, 2.0]
    name = next(name for name in ("label", "name", "id") if name in graph.vs.attributes())
    assert graph.vs[name] == ["desa", "Kota", "provinsi"]


@pytest.mark.parametrize("form", ["graphml", "gexf", "gml", "net"])
def test_networkx_reads_what_is_written(tmp_path: Path, form: str) -> None:
    """The same nodes and weights, and the attributes by their names."""
    nx = networkx()
    path = tmp_path / f"m.{form}"
    write_map(toy_map(), path)
    graph = nx.read_pajek(path) if form == "net" else getattr(nx, f"read_{form}")(path)
    assert graph.number_of_nodes() == 3
    assert sorted(strength for *_, strength in graph.edges(data="weight")) == [0.5, 2.0]
    if form == "graphml":
        assert graph.nodes["kota"]["weight<Occurrences>"] == 3.0
    if form == "gexf":
        assert graph.nodes["kota"]["viz"]["position"]["x"] == 128.0


def test_a_map_comes_back_through_igraph(tmp_path: Path) -> None:
    """Ids, places and weights survive igraph, which numbers the nodes anew."""
    write_map(toy_map(), tmp_path / "m.graphml")
    igraph.Graph.Read_GraphML(str(tmp_path / "m.graphml")).write_graphml(str(tmp_path / "again.graphml"))
    after = read_contents(tmp_path / "again.graphml")
    assert after.network.labels == ("desa", "Kota", "provinsi")
    assert np.allclose(after.xy, toy_map().xy, rtol=1e-12)
    assert after.cluster.tolist() == [1, 1, 0]
    assert after.network.weights["Occurrences"].tolist() == [2, 3, 1]
