"""The VOS layout: bare numbers in, places out, so that distance shows strength; and the memory that it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benang.engine import in_words
from benang.errors import BenangError, Problem, argument
from benang.layout.descent import MEMORY
from benang.layout.forces import Floats
from benang.layout.objective import (
    EXACT_UP_TO,
    check_exponents,
    columns,
    evaluate,
    lowest,
    mean_distance,
    objective_at_best_scale,
)
from benang.layout.search import one_layout, usual
from benang.locale.writing import worded
from benang.network.strengths import Edges, edges_of
from benang.progress import Progress, silent
from benang.ranges import check

BASE = 150_000_000
"""Bytes of the compiled code and the libraries."""

PER_NODE = 16 * (2 * MEMORY + 20) + 200
"""Bytes for each node: coordinates and gradients that L-BFGS remembers and works with, 16 each, and the tree."""

PER_LINK = 2 * 24
"""Bytes for each link, listed from both of its ends: the network's own, its copy of another attraction than 2
(or the transposed one while it is checked), and the joined networks of the levels."""

ROUND = 1e-6
"""Share of the whole spread below which its difference between two directions is chance: there is no widest one."""

NEAR = 1e-5
"""Distance from an axis, where the root mean square is 1, at which a point is taken to lie on it: a layout at rest is
known to some 10⁻⁷."""


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
    weights: Floats | None = None,
    attraction: float = 2,
    repulsion: float = 1,
    starts: int = 1,
    seed: int = 0,
    progress: Progress = silent,
) -> Layout:
    """Lay out a network by the VOS objective of VOSviewer.

    Parameters
    ----------
    strengths
        Normalised strengths (`association_strength`), ≥ 0: a symmetric n × n matrix, or a network.
    weights
        Node weights w ≥ 0, by which nodes push each other; 1 each where None. A node of weight 0, which has no links
        under modularity, pushes as the lightest of the others does, or all such would lie at one place. The total link
        strengths with bare link strengths and exponents 1 and 0 or 0 and −1 are VOSviewer's "LinLog/modularity"
        (Noack, 2009).
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
    Q(x) = Σ_{i<j} s_ij d_ij^a / a − Σ_{i<j} w_i w_j d_ij^r / r is minimised (Waltman, van Eck and Noyons, 2010), to a
    stationary point: with exact sums for up to 5,000 items, above with sums over a tree of boxes (`tree_forces`) and
    a start by levels (`multilevel`). For other exponents than 2 and 1, that layout is led to them step by step,
    stirred, and brought to rest again. Two networks of which one is a multiple of the other have the same layout.

    Examples
    --------
    Three nodes have room to be as far from each other as their strengths ask for, 1 / s_ij:

    >>> import numpy as np
    >>> layout = vos_layout([[0, 3, 2], [3, 0, 2], [2, 2, 0]])
    >>> x, y = layout.xy.T
    >>> near, far = np.hypot(x[0] - x[1], y[0] - y[1]), np.hypot(x[0] - x[2], y[0] - y[2])
    >>> round(float(far / near), 5), layout.gradient < 1e-6
    (1.5, True)
    """
    check_exponents(attraction, repulsion)
    check(starts=starts, seed=seed)
    edges = edges_of(strengths, weights)
    if not edges.n_nodes:
        raise BenangError(Problem("a network without items", where="layout", expected="at least one item"))
    progress("Preparing the layout (its code is compiled the first time)", 0.0)
    even = usual(edges)
    layouts = [
        one_layout(
            even,
            attraction,
            repulsion,
            seed,
            number,
            _rising(
                progress,
                worded(
                    "Laying out {n:,} items, start {start} of {starts}",
                    n=edges.n_nodes,
                    start=number + 1,
                    starts=starts,
                ),
                number,
                starts,
            ),
        )
        for number in range(starts)
    ]
    objectives = [_objective(edges, at.xy, attraction, repulsion) for at in layouts]
    best = lowest(range(starts), objectives.__getitem__)
    xy = standardized(layouts[best].xy.T)
    progress("Laid out", 1.0)
    return Layout(
        xy, objectives[best], attraction, repulsion, starts, seed, tuple(objectives), layouts[best].relative_gradient
    )


def _objective(edges: Edges, xy: Floats, attraction: float, repulsion: float) -> float:
    if edges.n_nodes < 2:
        return 0.0
    return objective_at_best_scale(edges, evaluate(edges, columns(xy.T), attraction, repulsion), attraction, repulsion)


def _rising(progress: Progress, what: str, number: int, starts: int) -> Progress:
    """Return the progress of one start, which never falls, as a share of the way through all."""
    highest = 0.0

    def of_start(_what: str, share: float) -> None:
        nonlocal highest
        highest = max(highest, share)
        progress(what, (number + highest) / starts)

    return of_start


def layout_memory(n: int, m: int) -> int:
    """Estimate the memory that `vos_layout` takes at most, besides the network that it is given.

    Parameters
    ----------
    n
        Items.
    m
        Links, each pair once.

    Returns
    -------
    int
        Bytes, by the sizes of its arrays; `benchmarks/layout_scaling.py` puts what was taken beside it.

    Examples
    --------
    >>> round(layout_memory(1_000, 10_000) / 1e9, 2), round(layout_memory(1_000_000, 10_000_000) / 1e9, 1)
    (0.15, 2.0)
    """
    levels = 2 if n > EXACT_UP_TO else 1
    return BASE + PER_NODE * n + levels * PER_LINK * m


def check_room(n: int, m: int, room: int) -> None:
    """Refuse a layout that the free memory can't hold, before it is begun, and say how many items would fit.

    Parameters
    ----------
    n, m
        Items and links.
    room
        Bytes that are free.

    Raises
    ------
    BenangError
        Where the layout takes more.

    Examples
    --------
    >>> check_room(1_000_000, 10_000_000, 10**9)
    Traceback (most recent call last):
    benang.errors.BenangError: laying out 1,000,000 items and 10,000,000 links needs about ... would fit.
    """
    needed = layout_memory(n, m)
    if needed <= room:
        return
    fit, over = 0, n
    while over - fit > 1:
        middle = (fit + over) // 2
        fit, over = (middle, over) if layout_memory(middle, m * middle // n) <= room else (fit, middle)
    raise BenangError(
        Problem(
            worded(
                "laying out {n:,} items and {m:,} links needs about {needed} of memory, but only {room} is free",
                n=n,
                m=m,
                needed=in_words(needed),
                room=in_words(room),
            ),
            way_on=worded(
                "Keep fewer items ({option}, or a higher minimum): "
                "with the same number of links each, about {fit:,} would fit.",
                option=argument("top"),
                fit=fit,
            ),
        )
    )


def standardized(xy: ArrayLike) -> Floats:
    """Centre a layout, turn it, flip it and scale it, so that layouts of one network can be laid side by side.

    Afterwards the mean of each coordinate is 0, the layout is widest from left to right (its first principal axis is
    horizontal), the median of each coordinate is at most 0, and the mean distance between two nodes is 1. A median so
    near to 0 that rounding could tell its side counts as 0.

    Parameters
    ----------
    xy
        n × 2 coordinates at any scale.

    Returns
    -------
    ndarray
        n × 2 coordinates. All 0 where all nodes lie at one point.

    Notes
    -----
    The rules are those of CWTS's layouts. Where a median is 0, or nearly, the first node that is off the axis gets the
    negative side, so that the result is one and the same whichever way the layout came. A layout that is as wide in
    all directions, as a regular polygon is, is turned so that its first node off the middle lies on the horizontal
    axis.

    Examples
    --------
    >>> standardized([[0, 1], [0, 5]]).round(12).tolist()
    [[-0.5, 0.0], [0.5, 0.0]]
    """
    x, y = columns(xy)
    angle = _widest(x, y)
    turned = np.array(
        [
            math.cos(angle) * x + math.sin(angle) * y,
            math.cos(angle) * y - math.sin(angle) * x,
        ]
    )
    for axis in turned:
        axis[np.abs(axis) < 1e-15] = 0.0
        axis *= _side(axis)
    size = mean_distance(turned.T)
    return np.ascontiguousarray((turned / size if size > 0 else np.zeros_like(turned)).T) + 0.0  # no −0


def _widest(x: Floats, y: Floats) -> float:
    """Return the direction in which centred points are widest."""
    slant, excess = 2.0 * float((x * y).sum()), float((x * x).sum() - (y * y).sum())
    square = x * x + y * y
    whole = float(square.sum())
    if math.hypot(slant, excess) > ROUND * whole:
        return 0.5 * math.atan2(slant, excess)
    off = np.flatnonzero(square > ROUND * whole / max(1, len(square)))
    return math.atan2(float(y[off[0]]), float(x[off[0]])) if len(off) else 0.0


def _side(axis: Floats) -> float:
    """Return −1 where a coordinate must be flipped for its median to be at most 0."""
    median = float(np.median(axis)) if len(axis) else 0.0
    if abs(median) > NEAR:
        return -1.0 if median > 0 else 1.0
    off = axis[np.abs(axis) > 10 * NEAR]
    return -1.0 if len(off) and off[0] > 0 else 1.0
