"""Maps as tables, as frames of Arrow, pandas and Polars, and as graphs of igraph, networkx and scipy, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem
from benang.maps import Map, settings_of
from benang.network import settings_json
from benang.network.graphs import OWN, Graph, network_from, tables_of_graph
from benang.network.network import CSR, Network
from benang.network.table_forms import PLACED, network_of, network_tables
from benang.records.corpus import Corpus
from benang.records.frame_tables import (
    ABOUT,
    Column,
    Frame,
    FrameKind,
    Table,
    Tables,
    about_table,
    as_json,
    frames_of,
    library,
    made_about,
)
from benang.records.frames import corpus_frame, corpus_frames

Framed = Corpus | Network | Map


def map_tables(map_: Map) -> Tables:
    """Return a map as tables: `x`, `y` and `cluster` are columns of its items, `clusters` has the names of clusters.

    Examples
    --------
    >>> from benang.network.network import Network, symmetric
    >>> network = Network(("1", "2"), ("kota", "desa"), symmetric(2, [0], [1], [3.0]))
    >>> toy = Map(network, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    >>> map_tables(toy)["items"]["x"].tolist(), map_of(map_tables(toy)).cluster.tolist()
    ([-0.5, 0.5], [1, 1])
    """
    tables = network_tables(map_.network)
    items = tables["items"]
    first: Table = {"id": items["id"], "label": items["label"], "x": map_.xy[:, 0], "y": map_.xy[:, 1]}
    first["cluster"] = np.asarray(map_.cluster, np.int64)
    placed = {**first, **{name: values for name, values in items.items() if name not in first}}
    about = made_about(tables[ABOUT])
    settings = {**map_.settings.rest, **settings_json(map_.network.settings), **settings_json(map_.settings)}
    about |= {"kind": "map", "settings": settings}
    about["columns"] = {**about["columns"], "items": list(placed)}
    clusters: Table = {
        "cluster": np.array(list(map_.cluster_labels), np.int64),
        "label": list(map_.cluster_labels.values()),
    }
    named = {"clusters": clusters} if map_.cluster_labels else {}
    return {**tables, "items": placed, **named, ABOUT: about_table(about)}


def tables_for(thing: Network | Map) -> Tables:
    """Return a network or a map as tables."""
    return map_tables(thing) if isinstance(thing, Map) else network_tables(thing)


def map_of(tables: Mapping[str, Table]) -> Map:
    """Make a map of tables; an item without a cluster has 0.

    Raises
    ------
    BenangError
        Where an item has no place, a cluster is no whole number, and as `network_of`.
    """
    items = tables.get("items", {})
    clusters = tables.get("clusters", {"cluster": [], "label": []})
    network, about = network_of(tables), made_about(tables.get(ABOUT, {}))
    return Map(
        network,
        places(items),
        cluster_numbers(items),
        {int(number): str(label) for number, label in zip(clusters["cluster"], clusters["label"], strict=True)},
        settings_of(about.get("settings", {}), network.history)[1],
    )


def places(items: Mapping[str, Column]) -> np.ndarray:
    """Return the places of items, n × 2, from the columns `x` and `y`.

    Raises
    ------
    BenangError
        Where an item has none.
    """
    try:
        xy = np.column_stack([np.array([_number(value) for value in items[axis]], np.float64) for axis in "xy"])
    except (KeyError, TypeError, ValueError):
        xy = np.full((1, 2), np.nan)
    if not np.isfinite(xy).all():
        way_on = "benang.vos_map gives every item a place."
        raise BenangError(
            Problem("items without a place", where="map", expected="x and y for each item", way_on=way_on)
        )
    return xy


def cluster_numbers(items: Mapping[str, Column]) -> np.ndarray:
    """Return the clusters of items, from the column `cluster`; 0 where an item has none.

    Raises
    ------
    BenangError
        Where a cluster is no whole number from 0.
    """
    given = items.get("cluster", [None] * len(items["id"]))
    try:
        numbers = np.array([0.0 if value is None or value != value else float(value) for value in given])
    except (TypeError, ValueError):
        numbers = np.array([-1.0])
    if (numbers < 0).any() or (numbers != np.floor(numbers)).any():
        raise BenangError(
            Problem("a cluster that is none", where="map", expected="whole numbers from 1, or 0 for none")
        )
    return numbers.astype(np.int64)


def unplaced(attributes: Mapping[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    """Return attributes without those that say where an item is on a map."""
    return {name: values for name, values in attributes.items() if name not in PLACED}


def _number(value: object) -> float:
    return np.nan if value is None else float(str(value))


def to_arrow(thing: Framed, *, long: bool = False) -> Frame:
    """Return a corpus as an Arrow table, a network or a map as Arrow tables by name; nothing is lost.

    Parameters
    ----------
    thing
        A corpus is one table with a row a record (`corpus_frame`). A network is `items` and `links`, and where it
        knows them `records`, `occurrences`, `cited` and `citations`; a map has `x`, `y` and `cluster` beside its
        items, and `clusters`. `about` holds what is in no column.
    long
        The tables of the corpus itself instead, one row a value, by name (`Corpus`).

    Returns
    -------
    pyarrow.Table, or dict of str to pyarrow.Table
        `corpus_from`, `network_from` and `map_from` make the same of them again.

    Raises
    ------
    BenangError
        For what is neither corpus, network nor map, and a value that no table can hold.

    Examples
    --------
    >>> tables = to_arrow(network_from([("kota", "desa", 3.0)]))
    >>> tables["links"].to_pylist(), network_from(tables).strength("kota", "desa")
    ([{'source': 'kota', 'target': 'desa', 'strength': 3.0}], 3.0)
    """
    return _frames(thing, "arrow", long=long)


def to_pandas(thing: Framed, *, long: bool = False) -> Frame:
    """Return a corpus as a pandas frame, a network or a map as frames by name, as `to_arrow`.

    Columns have Arrow's types, so that a missing value, an empty text and NaN stay apart; weights, scores, strengths
    and places are plain float64.

    Raises
    ------
    BenangError
        Where pandas isn't installed, and as `to_arrow`.
    """
    library("pandas")
    return _frames(thing, "pandas", long=long)


def to_polars(thing: Framed, *, long: bool = False) -> Frame:
    """Return a corpus as a Polars frame, a network or a map as frames by name, as `to_arrow`.

    A Polars frame has no room for more than its columns: the ledger and the history of a corpus come along in the long
    tables alone.

    Raises
    ------
    BenangError
        Where Polars isn't installed, and as `to_arrow`.
    """
    library("polars")
    return _frames(thing, "polars", long=long)


def _frames(thing: Framed, kind: FrameKind, *, long: bool) -> Frame:
    if isinstance(thing, Corpus):
        return corpus_frames(thing, kind) if long else corpus_frame(thing, kind)
    if isinstance(thing, Network | Map):
        return frames_of(tables_for(thing), kind)
    raise BenangError(Problem(type(thing).__name__, where="frame", expected="a corpus, a network or a map"))


def to_scipy(thing: Network | Map) -> tuple[CSR, tuple[str, ...]]:
    """Return the links as a symmetric sparse matrix, with the ids of its rows; both are copies.

    `network_from(matrix, labels=ids)` makes a network of them again, without what else it knew.

    Examples
    --------
    >>> matrix, ids = to_scipy(network_from([("kota", "desa", 3.0)]))
    >>> matrix.toarray().tolist(), ids
    ([[0.0, 3.0], [3.0, 0.0]], ('kota', 'desa'))
    """
    network = thing.network if isinstance(thing, Map) else thing
    return sparse.csr_array(network.links, copy=True), network.ids


def to_igraph(thing: Network | Map) -> Any:
    """Return a network or a map as an undirected `igraph.Graph`, from which it can be made again without loss.

    Vertices have their id as `name`, their `label`, weights and scores as `weight<…>` and `score<…>`, attributes, and
    on a map `x`, `y` and `cluster`. Edges have the link strength as `weight`. What belongs to no vertex and no edge
    (records, history, settings) is the graph's attribute `benang`, as JSON.

    Examples
    --------
    >>> graph = to_igraph(network_from([("kota", "desa", 3.0), ("desa", "pasar", 1.0)]))
    >>> graph.vs["name"], graph.es["weight"], graph.strength(weights="weight")
    (['kota', 'desa', 'pasar'], [3.0, 1.0], [3.0, 4.0, 1.0])
    """
    import igraph  # takes most of a second

    tables = tables_for(thing)
    items, links = tables["items"], tables["links"]
    ids = _listed(items["id"])
    place = {name: i for i, name in enumerate(ids)}
    ends = zip(_listed(links["source"]), _listed(links["target"]), strict=True)
    graph = igraph.Graph(n=len(ids), edges=[(place[one], place[other]) for one, other in ends])
    graph.vs["name"] = ids
    for name, values in _others(items, "id").items():
        graph.vs[name] = values
    for name, values in _edge_attributes(links).items():
        graph.es[name] = values
    for name, value in _graph_attributes(tables).items():
        graph[name] = value
    return graph


def to_networkx(thing: Network | Map) -> Any:
    """Return a network or a map as a `networkx.Graph`, from which it can be made again without loss.

    Nodes are ids; their attributes, and those of edges and of the graph, are named as in `to_igraph`. What an item
    lacks is left out.

    Raises
    ------
    BenangError
        Where networkx isn't installed.

    Examples
    --------
    >>> graph = to_networkx(network_from([("kota", "desa", 3.0)]))
    >>> graph["kota"]["desa"]["weight"], graph.nodes["kota"]["label"]
    (3.0, 'kota')
    """
    tables = tables_for(thing)
    items, links = tables["items"], tables["links"]
    graph = library("networkx").Graph()
    graph.graph.update(_graph_attributes(tables))
    graph.add_nodes_from(zip(_listed(items["id"]), _rows(_others(items, "id"), len(items["id"])), strict=True))
    attributes = _rows(_edge_attributes(links), len(links["source"]))
    graph.add_edges_from(zip(_listed(links["source"]), _listed(links["target"]), attributes, strict=True))
    return graph


def map_from(graph: Graph) -> Map:
    """Make a map of a graph whose nodes have `x` and `y`, and maybe `cluster`, or of a map's tables.

    Parameters
    ----------
    graph
        A graph of igraph or networkx, or the tables that `to_arrow`, `to_pandas` or `to_polars` gave of a map. A map is
        returned as it is. Strengths and labels are read as in `network_from`.

    Returns
    -------
    Map
        Places as they are, neither moved nor scaled; cluster 0 where a node has none.

    Raises
    ------
    BenangError
        Where a node has no place, and as `network_from`.

    Examples
    --------
    >>> import igraph
    >>> graph = igraph.Graph([(0, 1)], vertex_attrs={"name": ["kota", "desa"], "x": [0, 1], "y": [0.5, 0]})
    >>> map_ = map_from(graph)
    >>> map_.network.labels, map_.xy.tolist(), map_.cluster.tolist()
    (('kota', 'desa'), [[0.0, 0.5], [1.0, 0.0]], [0, 0])
    """
    if isinstance(graph, Map):
        return graph
    tables = tables_of_graph(graph)
    if ABOUT in tables:
        return map_of(tables)
    network = network_from(graph)
    placed = replace(network, attributes=unplaced(network.attributes))
    return Map(placed, places(tables["items"]), cluster_numbers(tables["items"]))


def _listed(values: Column) -> Sequence[Any]:
    return values.tolist() if isinstance(values, np.ndarray) else values


def _others(table: Table, *left_out: str) -> dict[str, Sequence[Any]]:
    return {name: _listed(values) for name, values in table.items() if name not in left_out}


def _edge_attributes(links: Table) -> dict[str, Sequence[Any]]:
    return {"weight": _listed(links["strength"]), **_others(links, "source", "target", "strength")}


def _rows(columns: Mapping[str, Sequence[Any]], n: int) -> list[dict[str, Any]]:
    """Turn columns into attributes by node or edge, without those that one lacks."""
    return [{name: values[i] for name, values in columns.items() if values[i] is not None} for i in range(n)]


def _graph_attributes(tables: Tables) -> dict[str, Any]:
    """Return what belongs to the graph as a whole: what others wrote there, and all tables but items and links."""
    graph = made_about(tables[ABOUT])["extras"].get("graph")
    others = dict(graph) if isinstance(graph, Mapping) else {}
    rest = {
        table: {name: list(_listed(values)) for name, values in columns.items()}
        for table, columns in tables.items()
        if table not in {"items", "links"}
    }
    return {**others, OWN: as_json(rest, "graph")}
