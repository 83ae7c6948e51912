"""How the minimum of the VOS objective is looked for, by the size of the network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benang.kernels import share_out
from benang.layout.descent import LAYING_OUT, Point, descend
from benang.layout.forces import Floats
from benang.layout.objective import EXACT_UP_TO, lowest, objective_at_best_scale, summed_exactly
from benang.layout.search import searched, stirred
from benang.layout.start import multilevel_layout, random_start, spectral_start
from benang.network.strengths import Edges
from benang.progress import Progress, part, silent

TOLERANCE = 2e-7
"""Relative gradient at which a layout is done: what is left to gain in Q* is below a part in 10¹²."""

TOLERANCE_OF_TREE = 3e-4
"""The same where repulsion comes from the tree, whose own error is about as large; Q* is then within some 10⁻⁵."""

ON_THE_WAY = 1e-3
"""Relative gradient at which a layout is good enough to be led to the next exponents."""

FOR_COMPARISON = 1e-5
"""Relative gradient at which two minima are distinguished."""

MAX_STEPS = 3000
"""Steps after which the last descent is given up; some hundreds are usual. The gradient reached is in the result."""

LEAST_GAIN = 1e-10
"""Share of Q by which a hundred steps must lower it, or the last descent ends."""

MAX_STEPS_BEFORE = 600
"""The same for the descents before the last."""

FEW_NODES = 600
"""Nodes up to which one beginning is enough, and stirred layouts are compared at rest; that takes some tenths of a
second. Above, there are two beginnings."""

STIRS_PLAIN = ((FEW_NODES, (1.0, 0.3, 1.0, 0.6)), (2000, (1.0, 1.0, 0.3)), (EXACT_UP_TO, (1.0, 0.3)))
"""Most nodes, and first steps of the stirrings with attraction 2 and repulsion 1, as shares of the mean distance. The
few poor minima have whole groups in the wrong place. A small step at the end mends what a large one leaves."""

STIR_OF_MANY = (2.0,)
"""The same for the best beginning of a large network. Of 10,000 nodes Q* was 0.1 to 0.16 % lower afterwards."""

BY_LEVELS_ABOVE = 4500
"""Nodes above which a layout begins by levels where repulsion is 1 or more. Below 1 it is searched for as long as all
pairs are summed, up to 5,000 (`pairs`): without the search Q* was up to 0.1 % worse there."""

MOST_STEPS_OF_TREE, FEWEST_STEPS_OF_TREE, WORK_OF_TREE = 1000, 60, 10_000_000
"""Steps of the last descent where repulsion comes from the tree: most, fewest, and steps times nodes in between."""

MOST_BEGINNINGS, WORK_OF_BEGINNINGS = 3, 60_000
"""Times that a large layout is begun by levels: most, and times nodes below that. Q* of 20,000 nodes differed by 0.25 %
from one beginning to the next, and what was better with 2 and 1 was so with other exponents too."""


def usual(edges: Edges) -> Edges:
    """Bring strengths and weights to a mean of 1 over all pairs, so that distances are near 1 whatever the units."""
    if edges.weights is not None and edges.n_pairs > 0:
        pairs = 0.5 * edges.n_nodes * (edges.n_nodes - 1.0)
        edges = replace(edges, weights=edges.weights * (pairs / edges.n_pairs) ** 0.5)
    total = edges.total
    if total <= 0:
        return edges
    unit = edges.n_pairs / total
    return replace(edges, strengths=edges.strengths * unit, extra=edges.extra * unit)


def one_layout(edges: Edges, attraction: float, repulsion: float, seed: int, number: int, progress: Progress) -> Point:
    """Make a layout; the first (number 0) starts from the slowest modes of the network, others at random."""
    rng = np.random.default_rng((seed, number))
    if edges.n_nodes > BY_LEVELS_ABOVE and (repulsion >= 1 or not summed_exactly(edges.n_nodes)):
        return _of_many(edges, attraction, repulsion, rng, progress)
    here = _begun_at_rest(edges, [seed, number], part(progress, 0.0, 0.2))
    if (attraction, repulsion) != (2, 1):
        for exponents in stages(attraction, repulsion):
            here = descend(edges, here.xy, *exponents, tolerance=ON_THE_WAY, max_steps=MAX_STEPS_BEFORE)
        if repulsion < 1:
            here = searched(edges, here.xy, attraction, repulsion, [seed, number], part(progress, 0.2, 0.9))
    to_end = part(progress, 0.4 if (attraction, repulsion) == (2, 1) else 0.9, 1.0)
    return descend(
        edges,
        here.xy,
        attraction,
        repulsion,
        tolerance=TOLERANCE,
        max_steps=MAX_STEPS,
        least_gain=LEAST_GAIN,
        progress=to_end,
    )


def _begun_at_rest(edges: Edges, seed: list[int], progress: Progress) -> Point:
    """Come near the best layout with attraction 2 and repulsion 1: with more than few nodes, also begun by levels."""
    asked = threading.get_ident()
    begun: dict[int, Point] = {}

    def begin(which: int) -> None:
        rng = np.random.default_rng((*seed, which) if which else seed)
        if which:
            start = multilevel_layout(edges, lambda level: _smallest(level, rng), rng, silent)
        else:
            start = random_start(edges, rng) if seed[1] else spectral_start(edges, rng)
        # Who shows progress may not be ready for other threads.
        begun[which] = plain_layout(edges, start, rng, progress if threading.get_ident() == asked else silent)

    share_out(begin, 1 if edges.n_nodes <= FEW_NODES else 2)
    return lowest((begun[which] for which in sorted(begun)), lambda one: objective_at_best_scale(edges, one.at, 2, 1))


def _smallest(level: Edges, rng: np.random.Generator) -> Floats:
    """Lay out the smallest of the networks that a large one is joined to."""
    return plain_layout(level, spectral_start(level, rng), rng, silent).xy


def plain_layout(edges: Edges, start: Floats, rng: np.random.Generator, progress: Progress) -> Point:
    """Come near the best layout with attraction 2 and repulsion 1."""
    few = edges.n_nodes <= FEW_NODES
    here = descend(
        edges, start, 2, 1, tolerance=ON_THE_WAY, max_steps=MAX_STEPS_BEFORE, progress=part(progress, 0.0, 0.4)
    )
    steps = next((steps for most, steps in STIRS_PLAIN if edges.n_nodes <= most), STIR_OF_MANY)
    tolerance = FOR_COMPARISON if few else ON_THE_WAY
    return stirred(edges, here.xy, 2, 1, steps, tolerance, MAX_STEPS_BEFORE, rng, part(progress, 0.4, 1.0))


def _of_many(edges: Edges, attraction: float, repulsion: float, rng: np.random.Generator, progress: Progress) -> Point:
    """Lay out a network by levels, and lead the exponents to the target."""
    most = min(MOST_STEPS_OF_TREE, max(FEWEST_STEPS_OF_TREE, WORK_OF_TREE // edges.n_nodes))
    xy = _begun_by_levels(edges, most, rng, part(progress, 0.0, 0.5))
    way = [(2.0, 1.0), *stages(attraction, repulsion)][:-1]
    for number, exponents in enumerate(way):
        progress(LAYING_OUT, 0.5 + 0.2 * number / len(way))
        # From rest with 2 and 1 the others take half the steps, and end lower.
        tolerance, steps = (10 * TOLERANCE_OF_TREE, most // 4) if number else (TOLERANCE_OF_TREE, most)
        xy = descend(edges, xy, *exponents, tolerance=tolerance, max_steps=steps).xy
    to_end = part(progress, 0.7 if way else 0.5, 1.0)
    return descend(edges, xy, attraction, repulsion, tolerance=TOLERANCE_OF_TREE, max_steps=most, progress=to_end)


def _begun_by_levels(edges: Edges, most: int, rng: np.random.Generator, progress: Progress) -> Floats:
    """Lay out by levels with attraction 2 and repulsion 1; of several times the best, near rest and stirred."""

    def begun(low: float, high: float) -> Floats:
        return multilevel_layout(edges, lambda level: _smallest(level, rng), rng, part(progress, low, high))

    if edges.n_nodes > WORK_OF_BEGINNINGS:
        return begun(0.0, 1.0)
    times = min(MOST_BEGINNINGS, WORK_OF_BEGINNINGS // edges.n_nodes)
    near = []
    for number in range(times):
        xy = begun(0.7 * number / times, 0.7 * (number + 1) / times)
        near.append(descend(edges, xy, 2, 1, tolerance=ON_THE_WAY, max_steps=most))
    best = lowest(near, lambda one: objective_at_best_scale(edges, one.at, 2, 1))
    return stirred(edges, best.xy, 2, 1, STIR_OF_MANY, ON_THE_WAY, most, rng, part(progress, 0.7, 1.0)).xy


def stages(attraction: float, repulsion: float) -> Iterator[tuple[float, float]]:
    """Lead the exponents from 2 and 1 to the target: each by at most 1 a step, attraction always above repulsion.

    Examples
    --------
    >>> list(stages(1, -1))
    [(2, 0), (2, -1), (1, -1)]
    """
    a: float = 2
    r: float = 1
    while (a, r) != (attraction, repulsion):
        if r > repulsion:
            r = max(repulsion, r - 1)
        elif a != attraction:
            a = min(attraction, a + 1) if a < attraction else max(attraction, a - 1)
        else:
            r = min(repulsion, r + 1)
        yield a, r
