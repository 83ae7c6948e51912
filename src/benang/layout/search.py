"""How the minimum of the VOS objective is looked for, by the size of the network, and searched for among many minima.

A repulsion below 1 makes many minima: the search is slow stirring, from several places, of the best again. The number
of passes over the nodes depends on the size of the network alone, never on the clock, so that the same network and seed
have the same layout on a slow machine and on a fast one. Long, slow stirrings find better minima than as many passes in
short ones; a random place is a worse start than the layout with attraction 2 and repulsion 1, but now and then leads to
a better end.

To stir is to move every node by steps of one length, however small its gradient, as CWTS's rule does; the steps shrink
from pass to pass, which works as annealing does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from benang.kernels import share_out
from benang.layout.descent import LAYING_OUT, Point, descend, scaled
from benang.layout.forces import Floats, unit_steps
from benang.layout.objective import (
    EXACT_UP_TO,
    evaluate,
    is_lower,
    lowest,
    mean_distance,
    objective_at_best_scale,
    on_grid,
    summed_exactly,
    weighted_unit_steps,
)
from benang.layout.start import multilevel_layout, random_start, spectral_start
from benang.network.strengths import Edges
from benang.progress import Progress, part, silent

PASSES = 40
"""Passes over all nodes of one stirring."""

LAST_STEP = 0.01
"""Step of the last pass, as a share of the first; the steps between shrink evenly."""

WORK = 1.5e10
"""Pairs of nodes that are looked at in all, about: some 15 to 30 seconds of one processor."""

EDGE_COST = 3.0
"""What an edge, seen from one end, costs beside a pair of nodes."""

CODED, POWER_COST, WEIGHTED_LOGARITHM_COST = (2, 1, 0, -1, -2), 16.0, 3.0
"""Exponents with code of their own, and what a pair costs under others, and under logarithms counted by weights, which
go one at a time, beside it."""

PASSES_PER_NODE, PASSES_OF_FEW, FEW_PASSES = 100, 200, 10_000
"""Most passes in all for each node; twice as many for networks so small that these come to few."""

LONGEST, SHORTEST = 1500, 150
"""Passes of one slow stirring: one for each node, within these bounds."""

SLOW_SHARE = 0.6
"""Share of the passes spent in slow stirrings; the rest goes to shorter ones of the best layout found."""

SLOW, SLOW_BELOW_0 = (None, 0.1, None), (0.1, None, 0.3)
"""First steps of slow stirrings, as shares of the mean distance, in turn; None: one from a random place. Dense networks
of terms, with repulsion 0, gain from random places, sparse ones with repulsion −1 from small steps."""

FIRST_STEP_FROM_RANDOM = 0.5
"""First step of a stirring from a random place."""

AGAIN = ((0.1, 0.05), (0.3, 0.1))
"""First steps of the shorter stirrings, two side by side, in turn."""

ROUGH, ROUGH_STEPS = 2e-4, 80
"""Relative gradient, and most steps of descent, at which two layouts are compared. What is left to gain in Q* goes by
the square of the gradient."""

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


def stirred(
    edges: Edges,
    xy: Floats,
    attraction: float,
    repulsion: float,
    steps: Sequence[float],
    tolerance: float,
    max_steps: int,
    rng: np.random.Generator,
    progress: Progress,
) -> Point:
    """Stir a layout, bring it to rest, and keep it where that is better; once for each step.

    `steps` are the first steps of the stirrings, as shares of the mean distance.
    """

    def rest(start: Floats) -> tuple[Point, float]:
        at = descend(edges, start, attraction, repulsion, tolerance=tolerance, max_steps=max_steps)
        return at, objective_at_best_scale(edges, at.at, attraction, repulsion)

    here, lowest = rest(xy)
    for number, share in enumerate(steps):
        progress(LAYING_OUT, number / len(steps))
        step = share * mean_distance(here.xy.T)
        there, objective = rest(moved_by_unit_steps(edges, here.xy, attraction, repulsion, step, PASSES, rng))
        if is_lower(objective, lowest):
            here, lowest = there, objective
    return here


def moved_by_unit_steps(
    edges: Edges, xy: Floats, attraction: float, repulsion: float, step: float, passes: int, rng: np.random.Generator
) -> Floats:
    """Stir a copy of a layout, with steps from `step` down: the nodes in turn, in a random order.

    Above 5,000 they move all at once, by forces from the tree, which takes them out of poor minima as well.
    """
    if not step > 0:  # a single node
        return xy
    lengths = np.geomspace(step, LAST_STEP * step, passes).tolist()
    if not summed_exactly(edges.n_nodes):
        return _moved_together(edges, xy, attraction, repulsion, lengths)
    order = rng.permutation(edges.n_nodes)
    shuffled = in_order(edges, order)
    moved = np.ascontiguousarray(on_grid(xy[:, order]))
    for length in lengths:
        unit_pass(shuffled, moved, attraction, repulsion, length)
        moved = on_grid(moved)
    stirred_xy = np.empty_like(xy)
    stirred_xy[:, order] = moved
    return stirred_xy


def _moved_together(edges: Edges, xy: Floats, attraction: float, repulsion: float, lengths: Sequence[float]) -> Floats:
    """Move all nodes of a copy at once, by steps of these lengths against the gradient of each."""
    moved = xy.copy()
    for length in lengths:
        at = evaluate(edges, moved, attraction, repulsion)
        gradient = at.pull - at.push
        sizes = np.sqrt((gradient * gradient).sum(axis=0))
        moved -= length * gradient / np.where(sizes > 0, sizes, 1.0)
    return moved


def in_order(edges: Edges, order: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Edges:
    """Renumber the nodes: the one that comes first in `order` becomes node 0."""
    links = edges.matrix()[order][:, order]
    links.sort_indices()
    return replace(
        edges,
        starts=links.indptr.astype(np.int64),
        ends=links.indices.astype(np.int32),
        strengths=links.data,
        weights=None if edges.weights is None else edges.weights[order],
        counts=None if edges.counts is None else edges.counts[order],
    )


def unit_pass(edges: Edges, xy: Floats, attraction: float, repulsion: float, step: float) -> float:
    """Move every node by one step, in place; return Q as it was seen on the way."""
    links = edges.starts, edges.ends, edges.strengths
    if edges.weights is None:
        return unit_steps(xy, *links, extra=edges.extra, attraction=attraction, repulsion=repulsion, step=step)
    return weighted_unit_steps(
        xy,
        *links,
        edges.weights,
        extra=edges.extra,
        attraction=attraction,
        repulsion=repulsion,
        step=step,
    )


def n_passes(edges: Edges, attraction: float, repulsion: float) -> int:
    """Return the passes over all nodes that the search may make."""
    pair = _pair_cost(edges, repulsion) + (_pair_cost(edges, attraction) if edges.extra else 0.0)
    cost = pair * float(edges.n_nodes) ** 2 + EDGE_COST * len(edges.ends)
    most = max(PASSES_PER_NODE * edges.n_nodes, min(PASSES_OF_FEW * edges.n_nodes, FEW_PASSES))
    return int(min(most, WORK / max(cost, 1.0)))


def _pair_cost(edges: Edges, exponent: float) -> float:
    if exponent not in CODED:
        return POWER_COST
    return WEIGHTED_LOGARITHM_COST if exponent == 0 and edges.weights is not None else 1.0


def searched(
    edges: Edges, xy: Floats, attraction: float, repulsion: float, seed: list[int], progress: Progress
) -> Point:
    """Search from a layout, and from random places; return the best that was found, about at rest."""
    passes = n_passes(edges, attraction, repulsion)
    length = max(1, min(passes // 3, LONGEST, max(SHORTEST, edges.n_nodes)))
    n_slow = max(1, int(SLOW_SHARE * passes / length))
    search = _Search(edges, attraction, repulsion, progress)
    best = search.rested(xy)
    led = best[0]
    steps = SLOW_BELOW_0 if repulsion < 0 else SLOW

    def slow(number: int) -> tuple[Point, float]:
        rng = np.random.default_rng((*seed, 1, number))
        step = steps[number % len(steps)]
        if step is None:
            return search.stirred(search.random_place(rng), FIRST_STEP_FROM_RANDOM, length, rng)
        return search.stirred(led.xy, step, length, rng)

    best = lowest([best, *search.together(slow, n_slow, 0.0, SLOW_SHARE)], _objective)
    short = max(1, length // 3)
    rounds = int((1.0 - SLOW_SHARE) * passes / (short * len(AGAIN[0])))
    for turn in range(rounds):

        def again(number: int, turn: int = turn, start: Floats = best[0].xy) -> tuple[Point, float]:
            rng = np.random.default_rng((*seed, 2, turn, number))
            return search.stirred(start, AGAIN[turn % len(AGAIN)][number], short, rng)

        low = SLOW_SHARE + (1.0 - SLOW_SHARE) * turn / rounds
        best = lowest([best, *search.together(again, len(AGAIN[0]), low, low)], _objective)
    return best[0]


def _objective(candidate: tuple[Point, float]) -> float:
    return candidate[1]


class _Search:
    """What the stirrings of one search share."""

    def __init__(self, edges: Edges, attraction: float, repulsion: float, progress: Progress) -> None:
        self.edges, self.attraction, self.repulsion = edges, attraction, repulsion
        self._progress, self._asked = progress, threading.get_ident()

    def rested(self, xy: Floats) -> tuple[Point, float]:
        """Bring a layout about to rest; return it with Q*."""
        at = descend(self.edges, xy, self.attraction, self.repulsion, tolerance=ROUGH, max_steps=ROUGH_STEPS)
        if not at.usable:
            return at, np.inf
        return at, objective_at_best_scale(self.edges, at.at, self.attraction, self.repulsion)

    def random_place(self, rng: np.random.Generator) -> Floats:
        """Place the nodes at random, at the scale that suits them."""
        return scaled(self.edges, random_start(self.edges, rng), self.attraction, self.repulsion).xy

    def stirred(self, xy: Floats, share: float, passes: int, rng: np.random.Generator) -> tuple[Point, float]:
        """Stir a layout from a step of that share of its mean distance, and bring it about to rest."""
        step = share * mean_distance(xy.T)
        return self.rested(moved_by_unit_steps(self.edges, xy, self.attraction, self.repulsion, step, passes, rng))

    def together(
        self, make: Callable[[int], tuple[Point, float]], number: int, low: float, high: float
    ) -> list[tuple[Point, float]]:
        """Make several layouts on all threads, and return them in order."""
        results: dict[int, tuple[Point, float]] = {}

        def work(which: int) -> None:
            results[which] = make(which)
            if threading.get_ident() == self._asked:  # who shows progress may not be ready for other threads
                self._progress(LAYING_OUT, low + (high - low) * len(results) / number)

        share_out(work, number)
        return [results[which] for which in range(number)]


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
