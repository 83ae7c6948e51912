"""Begin the layout of a large network from afar: join its nodes, lay the joined ones out, and take them apart again."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from benang.layout.coarsening import coarsened, joined
from benang.layout.descent import Tell, descend
from benang.layout.laws import Floats
from benang.layout.objective import Edges

FEWEST = 700
"""Nodes that are not joined any more."""

LEAST_GAIN = 0.9
"""Share of the nodes above which a round of joining is the last: the network has nothing left to join."""

MOST_STEPS, FEWEST_STEPS, WORK = 600, 20, 1_000_000
"""Steps of descent on the way back: most, fewest, and steps times nodes in between. What is wrong in the large is
cheaply mended while there are few nodes, and dearly later."""

TOLERANCE = 3e-4
"""Relative gradient at which a level is done before."""


def multilevel_layout(edges: Edges, lay_out: Callable[[Edges], Floats], rng: np.random.Generator, tell: Tell) -> Floats:
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
    tell(0.1)
    xy = lay_out(levels[-1])
    done = 0.2
    whole = sum(level.n_nodes for level in levels[:-1])
    tell(done)
    for level, group in zip(reversed(levels[:-1]), reversed(groups), strict=True):
        near = float(np.sqrt((xy * xy).mean())) / math.sqrt(level.n_nodes)
        xy = xy[:, group] + near * rng.standard_normal((2, level.n_nodes))
        steps = min(MOST_STEPS, max(FEWEST_STEPS, WORK // level.n_nodes))
        if level is not edges:  # the last descent is the caller's
            xy = descend(level, xy, 2, 1, tolerance=TOLERANCE, max_steps=steps).xy
        done += 0.8 * level.n_nodes / whole
        tell(done)
    return xy
