"""Where the nodes are before the layout is optimised: by chance, by the slowest modes of a walk, or by levels.

The layout of a large network begins from afar: join its nodes, lay the joined ones out, and take them apart again. A
joined node weighs what its members weigh together, and the strength between two is that between their members. The
objective of the smaller network is then that of the whole, for layouts in which joined nodes lie at one place.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from benang.kernels import compiled
from benang.layout.descent import LAYING_OUT, descend
from benang.layout.forces import Floats
from benang.layout.objective import on_grid
from benang.network.strengths import Edges, Ends, Starts
from benang.progress import Progress

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
FEWEST = 700
"""Nodes that are not joined any more."""
LEAST_GAIN = 0.9
"""Share of the nodes above which a round of joining is the last: the network has nothing left to join."""
MOST_STEPS, FEWEST_STEPS, WORK = 600, 20, 1_000_000
"""Steps of descent on the way back: most, fewest, and steps times nodes in between. What is wrong in the large is
cheaply mended while there are few nodes, and dearly later."""
TOLERANCE = 3e-4
"""Relative gradient at which a level is done before."""
MOST = 4
"""Nodes that are joined at most, in one round."""
Integers = NDArray[np.int32]


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


def multilevel_layout(
    edges: Edges, lay_out: Callable[[Edges], Floats], rng: np.random.Generator, progress: Progress
) -> Floats:
    """Place the nodes near the best layout with attraction 2 and repulsion 1 (2 × n).

    `lay_out` makes the layout of the smallest network.
    """
    levels, groups = [edges], []
    while levels[-1].n_nodes > FEWEST:
        group = joined(levels[-1], rng)
        smaller = coarsened(levels[-1], group)
        if smaller.n_nodes > LEAST_GAIN * levels[-1].n_nodes:
            break
        levels.append(smaller)
        groups.append(group)
    progress(LAYING_OUT, 0.1)
    xy = lay_out(levels[-1])
    done = 0.2
    whole = sum(level.n_nodes for level in levels[:-1])
    progress(LAYING_OUT, done)
    for level, group in zip(reversed(levels[:-1]), reversed(groups), strict=True):
        near = float(np.sqrt((xy * xy).mean())) / math.sqrt(level.n_nodes)
        xy = xy[:, group] + near * rng.standard_normal((2, level.n_nodes))
        steps = min(MOST_STEPS, max(FEWEST_STEPS, WORK // level.n_nodes))
        if level is not edges:  # the last descent is the caller's
            xy = descend(level, xy, 2, 1, tolerance=TOLERANCE, max_steps=steps).xy
        done += 0.8 * level.n_nodes / whole
        progress(LAYING_OUT, done)
    return xy


def joined(edges: Edges, rng: np.random.Generator) -> Integers:
    """Give every node the number of the group it is joined to: 0, 1, … in order of their first nodes.

    In random order, a node joins the neighbour or the group of a neighbour that it is tied to most for its size. Where
    all are full, it joins others that are tied most to the same neighbour; nodes without edges join each other.
    """
    order = rng.permutation(edges.n_nodes).astype(np.int32)
    sizes = np.ones(edges.n_nodes) if edges.counts is None else edges.counts
    group = np.full(edges.n_nodes, -1, np.int32)
    n_groups = _join(order, edges.starts, edges.ends, edges.strengths, sizes, MOST, group)
    number = np.full(n_groups, -1, np.int32)
    first = np.sort(np.unique(group, return_index=True)[1])
    number[group[first]] = np.arange(n_groups, dtype=np.int32)
    return number[group]


@compiled
def _join(
    order: Integers, starts: Starts, ends: Ends, strengths: Floats, sizes: Floats, most: int, group: Integers
) -> int:
    n = len(order)
    members = np.zeros(n, np.int32)  # of each group
    left_over = np.full(n + 1, -1, np.int32)  # the group of those that a node had no room for
    n_groups = 0
    for i in order:
        if group[i] >= 0:
            continue
        best, tie, nearest, strongest = -1, 0.0, n, 0.0
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            strength = strengths[e] / sizes[j]
            if strength > strongest:
                nearest, strongest = j, strength
            if strength > tie and (group[j] < 0 or members[group[j]] < most):
                best, tie = j, strength
        if best >= 0 and group[best] >= 0:
            group[i] = group[best]
        elif best < 0 and left_over[nearest] >= 0 and members[left_over[nearest]] < most:
            group[i] = left_over[nearest]
        else:
            group[i] = n_groups
            n_groups += 1
            if best >= 0:
                group[best] = group[i]
                members[group[i]] += 1
            else:
                left_over[nearest] = group[i]
        members[group[i]] += 1
    return n_groups


def coarsened(edges: Edges, group: Integers) -> Edges:
    """Make the network of groups."""
    n = int(group.max(initial=-1)) + 1
    members = np.argsort(group, kind="stable").astype(np.int32)
    bounds = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=n))]).astype(np.int64)
    starts = np.zeros(n + 1, np.int64)
    mark, sums = np.full(n, -1, np.int32), np.zeros(n)
    _count(edges.starts, edges.ends, group, members, bounds, mark, starts)
    starts = np.cumsum(starts)
    ends, strengths = np.empty(int(starts[-1]), np.int32), np.empty(int(starts[-1]))
    mark[:] = -1
    _gather(edges.starts, edges.ends, edges.strengths, group, members, bounds, mark, sums, starts, ends, strengths)
    counts = np.bincount(group, edges.counts, n).astype(np.float64)
    weights = counts if edges.weights is None and edges.counts is None else np.bincount(group, edges.weights, n)
    return Edges(starts, ends, strengths, edges.extra, n, weights.astype(np.float64), counts)


@compiled
def _count(
    starts: Starts, ends: Ends, group: Integers, members: Integers, bounds: Starts, mark: Integers, counts: Starts
) -> None:
    """Count the neighbours of every group, into the place after its own."""
    for g in range(len(bounds) - 1):
        mark[g] = g  # what is inside a group does not count
        for at in range(bounds[g], bounds[g + 1]):
            i = members[at]
            for e in range(starts[i], starts[i + 1]):
                other = group[ends[e]]
                if mark[other] != g:
                    mark[other] = g
                    counts[g + 1] += 1


@compiled
def _gather(
    starts: Starts,
    ends: Ends,
    strengths: Floats,
    group: Integers,
    members: Integers,
    bounds: Starts,
    mark: Integers,
    sums: Floats,
    into: Starts,
    new_ends: Ends,
    new_strengths: Floats,
) -> None:
    """Add up the strengths between groups."""
    for g in range(len(bounds) - 1):
        mark[g] = g
        at_end = into[g]
        for at in range(bounds[g], bounds[g + 1]):
            i = members[at]
            for e in range(starts[i], starts[i + 1]):
                other = group[ends[e]]
                if mark[other] != g:
                    mark[other] = g
                    new_ends[at_end] = other
                    sums[other] = 0.0
                    at_end += 1
                sums[other] += strengths[e]
        new_ends[into[g] : at_end].sort()
        for e in range(into[g], at_end):
            new_strengths[e] = sums[new_ends[e]]
