"""A large network as a small one, whose nodes stand for several: where groups lie is settled there, cheaply."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.maps.forces import Floats
from benang.maps.objective import Edges

Integers = NDArray[np.int64]
Matrix = sparse.csr_array[np.float64]

HANDSHAKES = 6
"""Rounds in which nodes that are still alone look for a partner; most have one after three."""

SMALLEST_GAIN = 0.95
"""Share of nodes left after a pairing above which making the network coarser has come to its end."""


def coarser(edges: Edges, most: int) -> tuple[Edges, Integers]:
    """Merge the nodes that are tied most, two by two, until at most `most` are left or no more can be merged.

    Returns
    -------
    tuple
        The coarse network, its nodes with the number of nodes they stand for as masses, and for each node of the
        network the coarse node that stands for it.

    Notes
    -----
    Nodes pair up where each is the other's strongest tie by s_ij / (m_i m_j), the strength per pair of the nodes they
    stand for (heavy-edge matching: Karypis and Kumar, 1998, by handshakes). Strengths add up, and those inside a
    coarse node are left out, so that Q of a coarse layout is that of the fine one with each group at one point.
    """
    links: Matrix = edges.matrix()
    masses = np.ones(edges.n_nodes) if edges.masses is None else edges.masses
    group = np.arange(edges.n_nodes)
    while len(masses) > most:
        label = _pairs(links, masses)
        n_left = int(label.max()) + 1
        if n_left > SMALLEST_GAIN * len(masses):
            break
        joins = sparse.csr_array((np.ones(len(label)), (np.arange(len(label)), label)), (len(label), n_left))
        joined = sparse.coo_array(joins.T @ links @ joins)
        off = joined.row != joined.col
        links = sparse.csr_array((joined.data[off], (joined.row[off], joined.col[off])), (n_left, n_left))
        masses, group = np.bincount(label, masses).astype(np.float64), label[group]
    links.sort_indices()
    return Edges(
        links.indptr.astype(np.int64), links.indices.astype(np.int32), links.data, edges.extra, len(masses), masses
    ), group


def spread_out(xy: Floats, group: Integers, rng: np.random.Generator) -> Floats:
    """Place each node of a network near the coarse node that stands for it."""
    fine = np.ascontiguousarray(xy[:, group])
    return fine + 0.05 * float(xy.std()) * rng.standard_normal(fine.shape)


def _pairs(links: Matrix, masses: Floats) -> Integers:
    """Give one number to two nodes that are each other's strongest tie, and one to each node that is left."""
    ties = sparse.coo_array(links)
    near = ties.data / (masses[ties.row] * masses[ties.col])
    order = np.lexsort((ties.col, -near, ties.row))  # by node, its strongest tie first
    rows, cols = ties.row[order], ties.col[order]
    mate = np.full(len(masses), -1)
    for _ in range(HANDSHAKES):
        free = (mate[rows] < 0) & (mate[cols] < 0)
        node, first = np.unique(rows[free], return_index=True)
        if not len(node):
            break
        wish = np.full(len(masses), -1)
        wish[node] = cols[free][first]
        agreed = node[wish[wish[node]] == node]
        mate[agreed] = wish[agreed]
    alone = np.arange(len(masses))
    together = np.where(mate < 0, alone, np.minimum(alone, mate))
    return np.unique(together, return_inverse=True)[1].astype(np.int64)
