"""The VOS layout: where the nodes of a network stand, so that distance tells strength."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benang.errors import BenangError, Problem
from benang.maps.descent import Point, Tell, descend
from benang.maps.forces import Floats, unit_steps
from benang.maps.objective import Edges, check_exponents, edges_of, layout_objective, objective_at_best_scale
from benang.maps.standardize import mean_distance, standardized
from benang.maps.start import random_start, spectral_start

Progress = Callable[[str, float], None]
"""Called with what is being done and how far it is, from 0 to 1."""

TOLERANCE = 2e-7
"""Relative gradient at which a layout is done: what is left to gain in Q* is below a part in 10¹²."""

ON_THE_WAY = 1e-3
"""Relative gradient at which a layout is good enough to be led to the next exponents."""

FOR_COMPARISON = 1e-5
"""Relative gradient at which two minima are told apart."""

MAX_STEPS = 3000
"""Steps after which the last descent is given up; some hundreds are usual. The gradient reached is in the result."""

MAX_STEPS_BEFORE = 600
"""The same for the descents before the last."""

STIRS = (0.3, 0.3, 0.3, 0.1, 0.1, 0.05, 0.3, 0.1, 0.05, 0.3, 0.1, 0.05)
"""First steps of the stirrings, as shares of the mean distance: coarse ones change the order of groups, fine ones
that of neighbours. Which does more differs from network to network, so they are taken in turn."""

STIRRED_NODES = 6000
"""Nodes that are stirred in all: 500 nodes are stirred twelve times, 1,000 six times, above 6,000 not at all."""

STIRS_PLAIN = (1.0, 0.3, 1.0, 0.6)
"""The same with attraction 2 and repulsion 1, whose few poor minima have whole groups in the wrong place."""

FEW_NODES = 600
"""Nodes up to which all of these are done, in some tenths of a second; above, the first two."""

PASSES = 40
"""Passes over all nodes of one stirring."""

LAST_STEP = 0.02
"""Step of the last pass, as a share of the first; the steps between shrink evenly."""


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Places of the nodes of a network.

    `xy` is n × 2 and standardised: centred, widest from left to right, medians at most 0, mean distance 1.
    `objective` is Q* (`layout_objective`), lower is better; `objectives` are those of all starts, in their order.
    `gradient` is the length of the gradient over that of the repulsion alone: below 1e-6 the layout is at rest.
    `attraction`, `repulsion`, `starts` and `seed` are what it was asked for.
    """

    xy: Floats
    objective: float
    attraction: float
    repulsion: float
    starts: int
    seed: int
    objectives: tuple[float, ...]
    gradient: float


def vos_layout(
    strengths: Any,
    *,
    attraction: float = 2,
    repulsion: float = 1,
    starts: int = 1,
    seed: int = 0,
    progress: Progress | None = None,
) -> Layout:
    """Lay out a network by the VOS objective of VOSviewer.

    Parameters
    ----------
    strengths
        Normalised strengths (`association_strength`), ≥ 0: a symmetric n × n matrix, or a network.
    attraction, repulsion
        Exponents a > r. 2 and 1 are VOSviewer's default; it takes repulsion 0 for keywords and citations between
        documents, −1 for co-authorship of authors. A smaller repulsion spreads a crowd and draws groups together.
    starts
        Layouts made, of which the best is kept. The first starts from the network's slowest modes, the others at
        random. With 2 and 1 there is mostly one optimum and one start finds it; with a repulsion below 1 there are
        many, and 5 to 10 starts lower the objective by some tenths of a per cent.
    seed
        The same seed gives the same bytes on the same machine.
    progress
        Called with what is being done and the share that is done.

    Returns
    -------
    Layout
        Standardised coordinates with their objective.

    Raises
    ------
    BenangError
        Where the exponents are in the wrong order, the matrix is no network or has no node, or `starts` is below 1.

    Notes
    -----
    Q(x) = Σ_{i<j} s_ij d_ij^a / a − Σ_{i<j} d_ij^r / r is minimised (Waltman, van Eck and Noyons, 2010), with exact
    sums, to a stationary point. For other exponents than 2 and 1, that layout is led to them step by step, stirred,
    and brought to rest again. Two networks of which one is a multiple of the other have the same layout.

    Examples
    --------
    Three nodes have room to be as far from each other as their strengths ask for, 1 / s_ij:

    >>> made = vos_layout([[0, 3, 2], [3, 0, 2], [2, 2, 0]])
    >>> x, y = made.xy.T
    >>> near, far = np.hypot(x[0] - x[1], y[0] - y[1]), np.hypot(x[0] - x[2], y[0] - y[2])
    >>> round(float(far / near), 6), made.gradient < 1e-6
    (1.5, True)
    """
    check_exponents(attraction, repulsion)
    if starts < 1:
        raise BenangError(Problem(f"{starts} starts", where="layout", expected="at least one start"))
    edges = edges_of(strengths)
    if not edges.n_nodes:
        raise BenangError(Problem("a network without items", where="layout", expected="at least one item"))
    tell = progress or _say_nothing
    tell("Preparing the layout (the first time on a machine, its code is compiled)", 0.0)
    made = [
        _one_start(
            _usual(edges),
            attraction,
            repulsion,
            number,
            np.random.default_rng((seed, number)),
            _rising(tell, f"Laying out {edges.n_nodes:,} items, start {number + 1} of {starts}", number, starts),
        )
        for number in range(starts)
    ]
    objectives = [layout_objective(at.xy.T, strengths, attraction, repulsion) for at in made]
    best = min(range(starts), key=objectives.__getitem__)
    xy = standardized(made[best].xy.T)
    tell("Laid out", 1.0)
    return Layout(
        xy, objectives[best], attraction, repulsion, starts, seed, tuple(objectives), made[best].relative_gradient
    )


def _say_nothing(_what: str, _share: float) -> None:
    """Report no progress."""


def _rising(tell: Progress, what: str, number: int, starts: int) -> Tell:
    """Give a function of the share of a start that is done; what it tells never falls."""
    highest = 0.0

    def told(share: float) -> None:
        nonlocal highest
        highest = max(highest, share)
        tell(what, (number + highest) / starts)

    return told


def _between(tell: Tell, low: float, high: float) -> Tell:
    return lambda share: tell(low + (high - low) * share)


def _usual(edges: Edges) -> Edges:
    """Bring strengths to a mean of 1 over all pairs, so that distances are near 1 whatever the unit of strength."""
    total = edges.total
    if total <= 0:
        return edges
    unit = edges.n_pairs / total
    return replace(edges, strengths=edges.strengths * unit, extra=edges.extra * unit)


def _one_start(
    edges: Edges,
    attraction: float,
    repulsion: float,
    number: int,
    rng: np.random.Generator,
    tell: Tell,
) -> Point:
    start = random_start(edges, rng) if number else spectral_start(edges, rng)
    here = _plain(edges, start, rng, _between(tell, 0.0, 0.4))
    if (attraction, repulsion) != (2, 1):
        for exponents in stages(attraction, repulsion):
            here = descend(edges, here.xy, *exponents, tolerance=ON_THE_WAY, max_steps=MAX_STEPS_BEFORE)
        steps = STIRS[: STIRRED_NODES // max(1, edges.n_nodes)]
        here = _stirred(edges, here.xy, attraction, repulsion, steps, FOR_COMPARISON, rng, _between(tell, 0.4, 0.9))
    to_end = _between(tell, 0.4, 1.0)
    return descend(edges, here.xy, attraction, repulsion, tolerance=TOLERANCE, max_steps=MAX_STEPS, tell=to_end)


def _plain(edges: Edges, start: Floats, rng: np.random.Generator, tell: Tell) -> Point:
    """Come near the best layout with attraction 2 and repulsion 1."""
    few = edges.n_nodes <= FEW_NODES
    here = descend(edges, start, 2, 1, tolerance=ON_THE_WAY, max_steps=MAX_STEPS_BEFORE, tell=_between(tell, 0.0, 0.4))
    steps = STIRS_PLAIN if few else STIRS_PLAIN[:2]
    return _stirred(edges, here.xy, 2, 1, steps, FOR_COMPARISON if few else ON_THE_WAY, rng, _between(tell, 0.4, 1.0))


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


def _stirred(
    edges: Edges,
    xy: Floats,
    attraction: float,
    repulsion: float,
    steps: Sequence[float],
    tolerance: float,
    rng: np.random.Generator,
    tell: Tell,
) -> Point:
    """Stir a layout, bring it to rest, and keep it where that is better; once for each step.

    A repulsion below 1 makes minima by the hundred. To stir is to move every node by steps of one length, however
    small its gradient, as CWTS's rule does; the steps shrink from pass to pass, which works as annealing does.
    """

    def rest(start: Floats) -> tuple[Point, float]:
        at = descend(edges, start, attraction, repulsion, tolerance=tolerance, max_steps=MAX_STEPS_BEFORE)
        return at, objective_at_best_scale(edges, at.at, attraction, repulsion)

    here, lowest = rest(xy)
    for number, share in enumerate(steps):
        tell(number / len(steps))
        step = share * mean_distance(here.xy.T)
        there, objective = rest(_moved_by_unit_steps(edges, here.xy, attraction, repulsion, step, rng))
        if objective < lowest:
            here, lowest = there, objective
    return here


def _moved_by_unit_steps(
    edges: Edges, xy: Floats, attraction: float, repulsion: float, step: float, rng: np.random.Generator
) -> Floats:
    """Stir a copy of a layout, with steps from `step` down, the nodes in a random order."""
    if not step > 0:  # a single node
        return xy
    order = rng.permutation(edges.n_nodes)
    shuffled = edges_of(edges.matrix()[order][:, order])
    moved = np.ascontiguousarray(xy[:, order])
    for length in np.geomspace(step, LAST_STEP * step, PASSES):
        unit_steps(
            moved,
            shuffled.starts,
            shuffled.ends,
            shuffled.strengths,
            extra=edges.extra,
            attraction=attraction,
            repulsion=repulsion,
            step=float(length),
        )
    stirred = np.empty_like(xy)
    stirred[:, order] = moved
    return stirred
