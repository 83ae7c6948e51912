"""Other people's graphs as networks: of igraph and networkx, matrices, and lists of edges."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem, unknown
from benang.evidence import Step
from benang.locale.writing import worded
from benang.network.network import Network
from benang.network.table_forms import Account, accounted, network_of
from benang.records.frame_tables import (
    ABOUT,
    Column,
    Table,
    Tables,
    frame_kind,
    loaded,
    plain_table,
    table_of,
    tables_of,
)

Graph = Any
"""A graph of igraph or networkx, a matrix (scipy, numpy, lists, an adjacency frame of pandas), edges, or tables."""

OWN = "benang"
"""The attribute of a graph in which Benang keeps what belongs to no node and no edge, as JSON."""

_WEIGHTS = ("weight", "strength")
_CHECKED = frozenset({"id", "source", "target", "strength"})
"""Columns that are texts already, or read as numbers."""
_IDS = ("name", "_nx_name", "id")
"""Attributes that name the vertices of igraph; `_nx_name` is the one that its graphs of networkx have."""


def network_from(graph: Graph, *, weight: str | None = "weight", labels: str | Sequence[str] | None = None) -> Network:
    """Make a network of a graph of igraph or networkx, of a matrix, of edges, or of tables.

    Parameters
    ----------
    graph
        `igraph.Graph` or any graph of networkx; a symmetric matrix of link strengths (scipy, numpy, nested lists, or a
        pandas frame whose columns are its index); edges as tuples (`("a", "b")`, `("a", "b", 2.0)`) or as a frame
        with the columns `source` and `target`; or the tables that `to_arrow`, `to_pandas` or `to_polars` gave. A
        network is returned as it is.
    weight
        The attribute or column with the strengths; where no edge has `weight`, nor `strength`, each counts 1.
        None: each edge counts 1.
    labels
        The labels of the nodes in their order, or the name of the attribute that holds them. Default: `label`, else
        what identifies the node. For a matrix they also become its ids.

    Returns
    -------
    Network
        Nodes in their order. Both directions of a directed graph add up, and so do repeated edges; self-links and
        edges of strength 0 are left out. Its history says so, with the counts. Columns such as `weight<Documents>` and
        `score<Avg. pub. year>` are weights and scores, all others attributes; a value that no file could hold is kept
        as text.

    Raises
    ------
    BenangError
        For a strength that is negative or no number, edges of which only some have one, a matrix that isn't square and
        symmetric, nodes with one name, and what is no graph.

    Examples
    --------
    >>> network = network_from([("kota", "desa", 2.0), ("desa", "kota", 1.0), ("desa", "pasar", 4.0)])
    >>> network.labels, network.strength("kota", "desa"), network.history[-1].counts["repeated"]
    (('kota', 'desa', 'pasar'), 3.0, 1)
    >>> network_from([[0, 3], [3, 0]], labels=["kota", "desa"]).strength("kota", "desa")
    3.0
    """
    existing = graph if isinstance(graph, Network) else getattr(graph, "network", None)
    if isinstance(existing, Network):
        return existing
    if isinstance(graph, Mapping):
        return network_of(tables_of(graph))
    tables, settings = _tables(graph, weight)
    if ABOUT in tables:
        return network_of(tables)
    tables = _storable(tables)
    network, account = accounted(_labelled(tables, labels, as_ids=settings["from"] == "matrix"))
    extras = {"graph": {name: value[0] for name, value in tables["graph"].items()}} if "graph" in tables else {}
    return replace(network, extras={**network.extras, **extras}, history=(_step(settings, account, len(network)),))


def tables_of_graph(graph: Graph) -> Tables:
    """Return a graph, or tables of frames, as tables of plain columns.

    Raises
    ------
    BenangError
        As `network_from`.
    """
    return tables_of(graph) if isinstance(graph, Mapping) else _storable(_tables(graph, "weight")[0])


def strengths_of(graph: Graph, *, weight: str | None = "weight") -> Any:
    """Return the matrix of link strengths of a graph of igraph, networkx or pandas; all else as it is.

    Examples
    --------
    >>> import igraph
    >>> strengths_of(igraph.Graph([(0, 1), (1, 2)])).toarray().tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    if _whose(graph) is None and frame_kind(graph) is None:
        return getattr(graph, "links", graph)
    tables, _ = _tables(graph, weight)
    links = {name: tables["links"][name] for name in ("source", "target", "strength")}
    return network_of({"items": {"id": tables["items"]["id"]}, "links": links}).links


def _whose(graph: object) -> str | None:
    for name, kind in (("igraph", "Graph"), ("networkx", "Graph")):
        there = loaded(name)
        if there is not None and isinstance(graph, getattr(there, kind)):
            return name
    return None


def _tables(graph: Graph, weight: str | None) -> tuple[Tables, dict[str, Any]]:
    """Return a graph as tables, and what is known about it."""
    whose = _whose(graph)
    if whose == "igraph":
        tables, directed = _of_igraph(graph), graph.is_directed()
    elif whose == "networkx":
        tables, directed = _of_networkx(graph), graph.is_directed()
    elif (kind := frame_kind(graph)) is not None:
        whose, directed = kind, False
        tables = _of_adjacency(graph) if _is_adjacency(graph) else _of_edges(plain_table(table_of(graph)))
    elif isinstance(graph, list | tuple) and graph and all(isinstance(edge, tuple) for edge in graph):
        whose, directed, tables = "edges", False, _of_edges(_columns(graph))
    else:
        whose, directed, tables = "matrix", False, _of_matrix(_as_matrix(graph))
    column = _strengths(tables["links"], weight)
    return tables, {"from": whose, "weight": column, "directed": directed}


def _of_igraph(graph: Any) -> Tables:
    n = graph.vcount()
    vertices = {name: graph.vs[name] for name in graph.vs.attributes()}
    named = next((name for name in _IDS if len({str(value) for value in vertices.get(name, ())}) == n > 0), None)
    ids = [str(value) for value in vertices.pop(named)] if named else [str(i + 1) for i in range(n)]
    ends = graph.get_edgelist()
    links: Table = {"source": [ids[i] for i, _ in ends], "target": [ids[j] for _, j in ends]}
    links |= {_free(name): graph.es[name] for name in graph.es.attributes()}
    items = {"id": ids, **{_free(name): values for name, values in vertices.items()}}
    return _own({"items": items, "links": links}, {name: graph[name] for name in graph.attributes()})


def _of_networkx(graph: Any) -> Tables:
    nodes = dict(graph.nodes(data=True))
    ids = {node: str(node) for node in nodes}
    sources, targets, attributes = [], [], []
    for one, other, rest in graph.edges(data=True):  # a list of its edges would count them first, by going through all
        sources.append(ids[one])
        targets.append(ids[other])
        attributes.append(rest)
    links: Table = {"source": sources, "target": targets, **_spread(attributes)}
    return _own({"items": {"id": list(ids.values()), **_spread(list(nodes.values()))}, "links": links}, graph.graph)


def _spread(rows: Sequence[Mapping[Any, Any]]) -> Table:
    """Turn attributes by node or edge into columns, None where one has none."""
    names = dict.fromkeys(name for row in rows for name in row)
    return {_free(str(name)): [row.get(name) for row in rows] for name in names}


def _free(attribute: str) -> str:
    """Mark an attribute that has the name of a column which says what a node or an edge is."""
    return f"attribute<{attribute}>" if attribute in {"id", "source", "target"} else attribute


def _own(tables: Tables, attributes: Mapping[Any, Any]) -> Tables:
    """Put back what Benang wrote on a graph; what others wrote there is kept in `extras`."""
    if isinstance(attributes.get(OWN), str):
        tables["links"]["strength"] = tables["links"].pop("weight", ())
        return {**tables, **json.loads(attributes[OWN])}
    return {**tables, "graph": {str(name): [value] for name, value in attributes.items()}} if attributes else tables


def _storable(tables: Tables) -> Tables:
    """Turn attributes into ones that a file can hold; those that Benang wrote stay as they are."""
    if ABOUT in tables:
        return tables
    return {
        name: {column: values if column in _CHECKED else _plain(values) for column, values in table.items()}
        for name, table in tables.items()
    }


def _plain(values: Column) -> list[Any]:
    """Turn the values of a column into such as a file can hold: NaN is a missing one, what JSON lacks becomes text."""
    return [_plain_value(value) for value in values]


def _plain_value(value: Any) -> Any:
    if type(value) in {str, int, bool}:
        return value
    if isinstance(value, np.generic | np.ndarray):
        value = value.tolist()
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError):
        return str(value)


def _columns(edges: Iterable[Sequence[Any]]) -> Table:
    rows = list(edges)
    wrong = [worded("edge {n}", n=at) for at, edge in enumerate(rows, 1) if not 2 <= len(edge) <= 3]
    if wrong or len({len(edge) for edge in rows}) > 1:
        where = wrong[0] if wrong else "edges"
        raise BenangError(
            Problem(
                "edges with different numbers of values",
                where=where,
                expected="two ends each, or two ends and a strength",
            )
        )
    names = ("source", "target", "weight")[: len(rows[0])]
    return {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


def _of_edges(table: Table) -> Tables:
    """Take the nodes of a list of edges in the order in which they are named."""
    for end in ("source", "target"):
        if end not in table:
            raise unknown(end, table, where="edges", expected="the columns source and target")
    links = {**table, **{end: [str(name) for name in table[end]] for end in ("source", "target")}}
    both = zip(links["source"], links["target"], strict=True)
    return {"items": {"id": list(dict.fromkeys(name for ends in both for name in ends))}, "links": links}


def _is_adjacency(frame: Any) -> bool:
    return frame_kind(frame) == "pandas" and [*map(str, frame.index)] == [*map(str, frame.columns)]


def _of_adjacency(frame: Any) -> Tables:
    tables = _of_matrix(_as_matrix(frame.to_numpy()))
    return _renamed(tables, [str(name) for name in frame.index])


def _as_matrix(graph: Any) -> sparse.coo_array[np.float64]:
    try:
        return sparse.coo_array(graph, dtype=np.float64)
    except (TypeError, ValueError):
        raise BenangError(
            Problem(
                type(graph).__name__,
                where="network",
                expected="a graph of igraph or networkx, a matrix of link strengths, or edges",
            )
        ) from None


def _of_matrix(matrix: sparse.coo_array[np.float64]) -> Tables:
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise BenangError(
            Problem(
                worded("a matrix of shape {shape}", shape=str(matrix.shape)),
                where="network",
                expected="as many rows as columns",
            )
        )
    links = sparse.csr_array(matrix)
    if links.nnz and np.isfinite(links.data).all() and abs(links - links.T).max() > 1e-9 * abs(links.data).max():
        way_on = "If it is a directed graph, add both directions: matrix + matrix.T."
        raise BenangError(Problem("a matrix that is not symmetric", where="network", way_on=way_on))
    ids = [str(i + 1) for i in range(links.shape[0])]
    upper = sparse.coo_array(sparse.triu(links))
    table: Table = {"source": [ids[i] for i in upper.row], "target": [ids[j] for j in upper.col], "weight": upper.data}
    return {"items": {"id": ids}, "links": table}


def _renamed(tables: Tables, ids: Sequence[str]) -> Tables:
    """Give the nodes of a matrix their names."""
    new = dict(zip(tables["items"]["id"], ids, strict=True))
    links = {**tables["links"], **{end: [new[name] for name in tables["links"][end]] for end in ("source", "target")}}
    return {"items": {"id": list(ids)}, "links": links}


def _strengths(links: Table, weight: str | None) -> str | None:
    """Put the strengths into the column `strength`; return the column that they came from."""
    if weight is None:
        links["strength"] = np.ones(len(links["source"]))
        return None
    named = next((name for name in dict.fromkeys((weight, *_WEIGHTS)) if name in links), None)
    if named != weight and weight != _WEIGHTS[0]:
        raise unknown(weight, set(links) - {"source", "target"}, where="weight", expected="an attribute of the edges")
    strengths = links.pop(named) if named else np.ones(len(links["source"]))
    missing = sum(value is None for value in strengths)
    if missing:
        raise BenangError(
            Problem(
                worded("{missing} of {n} edges without '{name}'", missing=missing, n=len(strengths), name=named),
                where="network",
                expected="a strength for every edge",
                way_on="Give every edge a strength, or count each edge as 1: weight=None.",
            )
        )
    links["strength"] = strengths
    return named


def _labelled(tables: Tables, labels: str | Sequence[str] | None, *, as_ids: bool) -> Tables:
    """Give the nodes their labels, and those of a matrix their ids, where no two are alike."""
    items = tables["items"]
    if labels is None:
        return tables
    if isinstance(labels, str):
        if labels not in items:
            raise unknown(labels, set(items) - {"id"}, where="labels", expected="an attribute of the nodes")
        return {**tables, "items": {**items, "label": items[labels]}}
    given = _fitting(labels, len(items["id"]))
    named = _renamed(tables, given) if as_ids and len(set(given)) == len(given) else tables
    return {**named, "items": {**named["items"], "label": given}}


def _fitting(labels: Sequence[str], n: int) -> list[str]:
    if len(labels) != n:
        raise BenangError(
            Problem(
                worded("{n} labels", n=len(labels)),
                where="labels",
                expected=worded("one for each of the {n} nodes", n=n),
            )
        )
    return [str(label) for label in labels]


def _step(settings: Mapping[str, Any], account: Account, n: int) -> Step:
    counts = {
        "items": n,
        "edges": account.edges,
        "self_links": account.self_links,
        "without_strength": account.without_strength,
        "repeated": account.repeated,
    }
    return Step("graph", dict(settings), counts)
