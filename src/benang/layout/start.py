"""Where the nodes stand before the layout is optimised."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from benang.layout.laws import Floats
from benang.layout.objective import on_grid
from benang.network.edges import Edges

DENSE = 40
"""Nodes up to which all eigenvectors are computed by LAPACK."""

BLOCK, DEGREE, ROUNDS = 6, 20, 12
"""Vectors that are iterated together, degree of the polynomial that filters them, and most rounds of filtering.
The start need not be exact: chains of a thousand nodes are not done after twelve rounds, others after four."""

CLOSE = 1e-3
"""Residual at which a mode will do, as a share of its eigenvalue's distance from 1."""

ALIKE = 1e-9
"""Difference of two eigenvalues, of which the largest is 1, below which they are one."""

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
    xy = on_grid(xy)
    return on_grid(xy + JITTER * max(float(xy.std()), 1.0) * rng.standard_normal(xy.shape))


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
    """Return the eigenvectors of the second and third largest eigenvalue (n × 2); `root` is that of the largest.

    Subspace iteration filtered by Chebyshev's polynomials (Zhou, Saad, Tiago and Chelikowsky, 2006). Its sums are
    numpy's own: those of BLAS depend on the number of its threads, which also wait for each other on a busy machine.
    """
    n = len(root)
    if n <= DENSE:
        return _told_apart(*np.linalg.eigh(symmetric.toarray()), rng)
    first = (root / math.sqrt(float((root * root).sum())))[:, np.newaxis]

    def times(block: Floats) -> Floats:
        image: Floats = np.asarray(symmetric @ block)
        return image - first * _products(first, block)

    block = rng.standard_normal((n, BLOCK))
    for _ in range(ROUNDS):
        block = _orthonormal(_orthonormal(block - first * _products(first, block)))
        image = times(block)
        values, turn = np.linalg.eigh(_products(block, image))
        block, image = _combined(block, turn[:, ::-1]), _combined(image, turn[:, ::-1])
        rest = image[:, :2] - block[:, :2] * values[:-3:-1]
        if (np.sqrt((rest * rest).sum(axis=0)) <= CLOSE * (1 - values[:-3:-1])).all():
            break
        block = _filtered(times, block, max(0.0, float(values[0])))
    return block[:, :2] * np.where(_products(block[:, :2], rng.standard_normal((n, 1)))[:, 0] < 0, -1.0, 1.0)


def _told_apart(values: Floats, vectors: Floats, rng: np.random.Generator) -> Floats:
    """Choose the eigenvectors of the second and third largest eigenvalue (n × 2) by other means than chance.

    An eigenvector may have either sign, and those of one eigenvalue may be turned among each other; which come depends
    on the processor. So each is the shadow of a vector drawn at random on the space of all that have its eigenvalue.
    """
    n = len(values)
    drawn = rng.standard_normal((n, 2))
    chosen = np.zeros((n, 2))
    for at, place in enumerate((n - 2, n - 3)):
        alike = vectors[:, np.abs(values - values[place]) <= ALIKE]
        shadow = alike @ (alike.T @ drawn[:, at])
        shadow -= chosen[:, 0] * float((chosen[:, 0] * shadow).sum())
        chosen[:, at] = shadow / math.sqrt(float((shadow * shadow).sum()))
    return chosen


def _filtered(times: Callable[[Floats], Floats], block: Floats, cut: float) -> Floats:
    """Apply the Chebyshev polynomial that is small for eigenvalues from −1 to `cut` and grows above."""
    middle, half = 0.5 * (cut - 1.0), 0.5 * (cut + 1.0)
    before, after = block, (times(block) - middle * block) / half
    for _ in range(DEGREE - 1):
        before, after = after, 2.0 * (times(after) - middle * after) / half - before
    grown: Floats = after / np.sqrt((after * after).sum(axis=0))
    return grown


def _products(one: Floats, other: Floats) -> Floats:
    return np.asarray(np.einsum("ij,ik->jk", one, other), np.float64)


def _combined(block: Floats, weights: Floats) -> Floats:
    return np.asarray(np.einsum("ij,jk->ik", block, weights))


def _orthonormal(block: Floats) -> Floats:
    """Make the columns orthogonal and of length 1; those that depend on others become noise."""
    values, turn = np.linalg.eigh(_products(block, block))
    return _combined(block, turn / np.sqrt(np.maximum(values, 1e-30 * values[-1])))
