"""Where the nodes stand before the layout is optimised."""

from __future__ import annotations

import math

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import ArpackError, eigsh

from benang.maps.forces import Floats
from benang.maps.objective import Edges

DENSE = 300
"""Nodes up to which all eigenvectors are computed: exact, and as fast as asking for two."""

JITTER = 1e-3
"""Share of the spread by which nodes are moved apart: those with the same edges have the same eigenvector entries."""


def spectral_start(edges: Edges, rng: np.random.Generator) -> Floats:
    """Place the nodes by the two slowest modes of a random walk, each component by itself.

    Coordinates are the second and third eigenvector of D⁻¹S (Koren, 2005: they minimise Σ s_ij d_ij² at a given spread
    of the nodes, each counted by its total strength, which is what attraction 2 minimises). Components are set out
    on a spiral, the largest in the middle, each with room by its number of nodes.

    Returns
    -------
    ndarray
        2 × n coordinates.
    """
    links = edges.matrix()
    n_parts, part = csgraph.connected_components(links, directed=False)
    order = np.argsort(part, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(part, minlength=n_parts))[:-1])
    members.sort(key=len, reverse=True)  # stable: of equal ones the one with the first node first
    xy = np.empty((2, edges.n_nodes))
    before = 0
    for number, nodes in enumerate(members):
        radius, angle = math.sqrt(before + 0.5 * len(nodes)) if number else 0.0, number * math.pi * (3 - math.sqrt(5))
        centre = np.array([[radius * math.cos(angle)], [radius * math.sin(angle)]])
        inner = _eigenvectors(sparse.csr_array(links[nodes][:, nodes]), rng) if len(nodes) > 2 else 0.0
        xy[:, nodes] = centre + 0.4 * math.sqrt(len(nodes)) * inner
        before += len(nodes)
    return xy + JITTER * max(float(xy.std()), 1.0) * rng.standard_normal(xy.shape)


def random_start(edges: Edges, rng: np.random.Generator) -> Floats:
    """Place every node at random, normally distributed around 0 (2 × n)."""
    return rng.standard_normal((2, edges.n_nodes))


def _eigenvectors(links: sparse.csr_array[np.float64], rng: np.random.Generator) -> Floats:
    """Return the two modes of a connected network, each with a root mean square of 1."""
    n = links.shape[0]
    root = np.sqrt(np.asarray(links.sum(axis=1)).ravel())
    pairs = sparse.coo_array(links)
    symmetric = sparse.csr_array((pairs.data / (root[pairs.row] * root[pairs.col]), (pairs.row, pairs.col)), (n, n))
    modes = _largest(symmetric, root, rng) / root[:, np.newaxis]
    modes -= modes.mean(axis=0)
    size = np.sqrt((modes * modes).mean(axis=0))
    return np.ascontiguousarray((modes / np.where(size > 0, size, 1.0)).T)


def _largest(symmetric: sparse.csr_array[np.float64], root: Floats, rng: np.random.Generator) -> Floats:
    """Return the eigenvectors of the second and third largest eigenvalue (n × 2); `root` is that of the largest."""
    n = len(root)
    if n <= DENSE:
        return np.linalg.eigh(symmetric.toarray())[1][:, [-2, -3]]
    first = root / np.linalg.norm(root)
    guess = rng.standard_normal(n)
    try:
        values, vectors = eigsh(symmetric, k=3, which="LA", v0=guess, tol=1e-4)
    except ArpackError as stopped:
        values = getattr(stopped, "eigenvalues", np.empty(0))
        vectors = getattr(stopped, "eigenvectors", np.empty((n, 0)))
    modes = vectors[:, np.argsort(-values)]
    modes = modes[:, np.argsort(np.abs(first @ modes), kind="stable")[: max(0, modes.shape[1] - 1)]][:, :2]
    missing = 2 - modes.shape[1]
    return np.hstack([modes, rng.standard_normal((n, missing))]) if missing else modes
