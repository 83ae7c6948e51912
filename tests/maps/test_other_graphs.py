"""Layout, clusters and maps take other people's graphs as they are."""

from __future__ import annotations

from typing import Any

import igraph
import numpy as np
import pytest
from scipy import sparse

import benang

networkx: Any = pytest.importorskip("networkx")


def _clubs() -> dict[str, Any]:
    """Return Zachary's karate club in every form that a notebook may have it in."""
    club = networkx.karate_club_graph()
    matrix = networkx.to_scipy_sparse_array(club, dtype=float)
    return {
        "networkx": club,
        "igraph": igraph.Graph.from_networkx(club),
        "array": matrix,
        "matrix": sparse.coo_matrix(matrix),
        "numpy": matrix.toarray(),
        "pandas": networkx.to_pandas_adjacency(club),
        "network": benang.network_from(club),
    }


def test_one_club_has_one_layout_and_one_partition() -> None:
    """The same bytes, whoever's graph it is."""
    clubs = _clubs()

    assert len({benang.vos_layout(club).xy.tobytes() for club in clubs.values()}) == 1
    assert len({benang.leiden_clustering(club).cluster.tobytes() for club in clubs.values()}) == 1


@pytest.mark.parametrize("form", ["networkx", "igraph", "pandas", "matrix"])
def test_a_graph_becomes_a_map(form: str) -> None:
    """Its items are the nodes, and its places those of the map of the network."""
    clubs = _clubs()
    made = benang.vos_map(clubs[form])

    assert made.xy.tobytes() == benang.vos_map(clubs["network"]).xy.tobytes()
    if form in {"networkx", "igraph", "pandas"}:
        assert made.network.labels == tuple(map(str, range(34)))
    assert made.network.history[0].arguments["from"] == form


def test_a_directed_graph_is_laid_out_by_both_directions() -> None:
    """An arrow each way of strength 1 is a link of strength 2."""
    arrows = networkx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")])

    assert np.array_equal(benang.vos_layout(arrows).xy, benang.vos_layout([[0, 2, 0], [2, 0, 1], [0, 1, 0]]).xy)
