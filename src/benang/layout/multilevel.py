"""Begin the layout of a large network from afar: join its nodes, lay the joined ones out, and take them apart again.

A joined node weighs what its members weigh together, and the strength between two is that between their members. The
objective of the smaller network is then that of the whole, for layouts in which joined nodes lie at one place.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benang.layout.compiling import compiled
from benang.layout.descent import LAYING_OUT, descend
from benang.layout.laws import Floats
from benang.network.edges import Edges, Ends, Starts
from benang.progress import Progress

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


Integers = NDArray[np.int32]


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
    starts: Starts, ends: Ends, group: Integers, members: Integers, bounds: Starts, mark: Integers, found: Starts
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
                    found[g + 1] += 1


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
