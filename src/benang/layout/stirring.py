"""Leave poor minima of the objective: move every node by steps of one length, that shrink, and bring it to rest again.

A repulsion below 1 makes minima by the hundred. To stir is to move every node by steps of one length, however small
its gradient, as CWTS's rule does; the steps shrink from pass to pass, which works as annealing does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benang.layout.descent import Point, Tell, descend
from benang.layout.forces import unit_steps
from benang.layout.laws import Floats
from benang.layout.objective import Edges, evaluate, objective_at_best_scale
from benang.layout.pairs import summed_exactly
from benang.layout.repeatable import is_lower, on_grid
from benang.layout.standardize import mean_distance
from benang.layout.weighted_forces import weighted_unit_steps

PASSES = 40
"""Passes over all nodes of one stirring."""

LAST_STEP = 0.01
"""Step of the last pass, as a share of the first; the steps between shrink evenly."""


def stirred(
    edges: Edges,
    xy: Floats,
    attraction: float,
    repulsion: float,
    steps: Sequence[float],
    tolerance: float,
    max_steps: int,
    rng: np.random.Generator,
    tell: Tell,
) -> Point:
    """Stir a layout, bring it to rest, and keep it where that is better; once for each step.

    `steps` are the first steps of the stirrings, as shares of the mean distance.
    """

    def rest(start: Floats) -> tuple[Point, float]:
        at = descend(edges, start, attraction, repulsion, tolerance=tolerance, max_steps=max_steps)
        return at, objective_at_best_scale(edges, at.at, attraction, repulsion)

    here, lowest = rest(xy)
    for number, share in enumerate(steps):
        tell(number / len(steps))
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
