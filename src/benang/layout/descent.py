"""Go down to a stationary point of the VOS objective: L-BFGS, with the attraction as its first guess of curvature."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from benang.kernels import compiled, share_out
from benang.layout.forces import NEAREST, Floats, by_exponent, edge_parts
from benang.layout.objective import Evaluation, best_scale, evaluate, on_grid
from benang.network.strengths import Edges, Ends, Starts
from benang.progress import Progress, silent

LAYING_OUT = "Laying out"
"""What a part of a layout says of itself; the whole has more words."""

MEMORY = 12
"""Steps that L-BFGS remembers; between 5 and 30 it made little difference."""

REFRESH = 50
"""Steps after which the curvature of attraction is measured anew, where it depends on the distances."""

PATIENCE = 100
"""Steps after which it is looked whether Q still falls."""

ROUNDS = 5
"""Rounds of Chebyshev's iteration."""

LOW = 0.05
"""Eigenvalues of D⁻¹L below this are left to L-BFGS; all lie below 2."""

DENSE = 0.5
"""Share of all pairs from which on D alone is the curvature, nearly: D⁻¹L has all its eigenvalues near 1 there, and a
round of iteration costs more than the sum over all pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A layout (2 × n) with its objective Q, its gradient, and the sums they came from."""

    xy: Floats
    q: float
    gradient: Floats
    at: Evaluation

    @property
    def relative_gradient(self) -> float:
        """Length of the gradient over that of the repulsion: 0 where both forces cancel at every node."""
        push = _dot(self.at.push, self.at.push)
        return math.sqrt(_dot(self.gradient, self.gradient) / push) if push > 0 else 0.0

    @property
    def usable(self) -> bool:
        """Whether all numbers are finite."""
        return bool(np.isfinite(self.q) and np.isfinite(self.gradient).all())


def point(edges: Edges, xy: Floats, attraction: float, repulsion: float) -> Point:
    """Evaluate the objective at a layout."""
    at = evaluate(edges, xy, attraction, repulsion)
    return Point(
        xy, by_exponent(at.attraction, attraction) - by_exponent(at.repulsion, repulsion), at.pull - at.push, at
    )


def scaled(edges: Edges, xy: Floats, attraction: float, repulsion: float) -> Point:
    """Evaluate the objective at the layout's best scale, on the grid (`repeatable`)."""
    here = point(edges, xy, attraction, repulsion)
    return point(edges, on_grid(xy * best_scale(edges, here.at, attraction, repulsion)), attraction, repulsion)


def descend(
    edges: Edges,
    xy: Floats,
    attraction: float,
    repulsion: float,
    *,
    tolerance: float,
    max_steps: int,
    least_gain: float = 0.0,
    progress: Progress = silent,
) -> Point:
    """Go down from a layout until the relative gradient is at most `tolerance`, or `max_steps` are made.

    It also ends where a hundred steps lower Q by less than `least_gain` of its size, as on the flat ground of networks
    whose nodes are all alike.
    `progress` is called at each step with how far it is on the way, by the logarithm of the gradient.
    """
    here = scaled(edges, xy, attraction, repulsion)
    steps = 0
    watch = _watch(here.relative_gradient, tolerance, progress)
    while steps < max_steps and here.relative_gradient > tolerance:
        solve = attraction_solver(edges, here.xy, attraction)
        round_steps = max_steps - steps if attraction == 2 else min(REFRESH, max_steps - steps)
        there, n_taken = _lbfgs(edges, here, attraction, repulsion, solve, tolerance, round_steps, least_gain, watch)
        here, steps = there, steps + n_taken
        if not n_taken:
            break
    return here


def _watch(begin: float, tolerance: float, progress: Progress) -> Callable[[float], None]:
    """Give a function of the relative gradient that tells how far a descent is."""
    if not 0 < tolerance < begin:
        return lambda _gradient: None
    way = math.log(begin / tolerance)
    return lambda gradient: progress(LAYING_OUT, max(0.0, math.log(begin / max(gradient, tolerance)) / way))


def _lbfgs(
    edges: Edges,
    here: Point,
    attraction: float,
    repulsion: float,
    solve: Solve,
    tolerance: float,
    max_steps: int,
    least_gain: float,
    watch: Callable[[float], None],
) -> tuple[Point, int]:
    """Take L-BFGS steps (Nocedal and Wright, 2006, algorithm 7.4); return where they led, and their number."""
    memory: deque[tuple[Floats, Floats, float]] = deque(maxlen=MEMORY)
    before = math.inf
    for step in range(max_steps):
        if step % PATIENCE == 0:
            if before - here.q < least_gain * abs(here.q):
                return here, 0
            before = here.q
        relative = here.relative_gradient
        watch(relative)
        if relative <= tolerance:
            return here, step
        there = _step(edges, here, _direction(here.gradient, memory, solve), attraction, repulsion)
        if there is None and memory:  # a poor memory: forget it
            memory.clear()
            there = _step(edges, here, -solve(here.gradient), attraction, repulsion)
        if there is None:
            return here, step
        moved, turned = there.xy - here.xy, there.gradient - here.gradient
        product = _dot(moved, turned)
        if product > 1e-12 * math.sqrt(_dot(moved, moved) * _dot(turned, turned)):
            memory.append((moved, turned, 1.0 / product))
        here = there
    return here, max_steps


def _dot(one: Floats, other: Floats) -> float:
    return float(np.einsum("ij,ij->", one, other))  # not by BLAS, whose sums depend on its number of threads


def _direction(gradient: Floats, memory: deque[tuple[Floats, Floats, float]], solve: Solve) -> Floats:
    """Return the descent direction: minus the estimated inverse Hessian times the gradient."""
    rest = gradient.copy()
    shares = []
    for moved, turned, rho in reversed(memory):
        share = rho * _dot(moved, rest)
        shares.append(share)
        rest -= share * turned
    rest = solve(rest)
    for (moved, turned, rho), share in zip(memory, reversed(shares), strict=True):
        rest += (share - rho * _dot(turned, rest)) * moved
    return -rest


def _step(edges: Edges, here: Point, direction: Floats, attraction: float, repulsion: float) -> Point | None:
    """Go along a direction, half as far and less until Q falls enough (Armijo); None where it never does."""
    slope = _dot(here.gradient, direction)
    if not slope < 0:
        return None
    noise = 1e-13 * (abs(by_exponent(here.at.attraction, attraction)) + abs(by_exponent(here.at.repulsion, repulsion)))
    length = 1.0
    for _ in range(25):
        there = point(edges, here.xy + length * direction, attraction, repulsion)
        if there.usable and _falls(here, there, direction, length * slope, noise):
            return there
        bend = there.q - here.q - length * slope
        guess = -0.5 * slope * length * length / bend if np.isfinite(bend) and bend > 0 else 0.0
        length = min(max(guess, 0.1 * length), 0.5 * length)
    return None


def _falls(here: Point, there: Point, direction: Floats, expected: float, noise: float) -> bool:
    """Say whether Q fell enough; where rounding hides that, whether the slope did (Hager and Zhang, 2005)."""
    if -expected > 10 * noise:
        return there.q <= here.q + 1e-4 * expected
    return there.q <= here.q + noise and abs(_dot(there.gradient, direction)) <= 0.9 * abs(
        _dot(here.gradient, direction)
    )


Solve = Callable[[Floats], Floats]


def attraction_solver(edges: Edges, xy: Floats, attraction: float) -> Solve:
    """Return a function that divides a gradient by the curvature of attraction at a layout.

    The curvature is the Laplacian of s_ij d_ij^(a − 2), whatever the distances for a = 2. To divide by it and go that
    far is a step of majorisation (SMACOF: de Leeuw, 1977; Gansner, Koren and North, 2005), which never raises Q where
    a ≤ 2 and repulsion is a distance. Where a factorisation is cheap it is exact, else it is a Chebyshev iteration.
    """
    stiff = edges.strengths
    if attraction != 2:
        stiff = np.empty_like(edges.strengths)
        _stiffness(xy, edges.starts, edges.ends, edges.strengths, float(attraction), stiff)
    # the pairs that only `extra` attracts: all alike, at the root mean square distance
    usual = 2.0 * float((xy * xy).sum()) / max(1, edges.n_nodes)
    counts = np.ones(edges.n_nodes) if edges.counts is None else edges.counts
    shift = edges.extra * counts * float(counts.sum()) * max(usual, NEAREST) ** (0.5 * attraction - 1.0)
    sums = np.concatenate([[0.0], np.cumsum(stiff)])
    degrees = np.maximum(sums[edges.starts[1:]] - sums[edges.starts[:-1]], 0.0) + shift
    degrees = np.maximum(degrees, 1e-12 * max(float(degrees.max(initial=0.0)), NEAREST))
    if edges.n_nodes > 300 and len(edges.ends) > DENSE * edges.n_nodes * edges.n_nodes:
        return lambda gradient: _centred(_centred(gradient) / degrees)
    most = 4 if attraction == 2 else 20  # the last needs a factorisation every 50 steps, but its Laplacian is worse
    if edges.n_nodes <= 300 or (edges.n_nodes <= 2500 and len(edges.ends) <= 2 * most * edges.n_nodes):
        return _factorised(edges, stiff, degrees)
    return _iterated(edges, stiff, degrees)


def _centred(vectors: Floats) -> Floats:
    return np.ascontiguousarray(vectors - vectors.mean(axis=1, keepdims=True))


def _factorised(edges: Edges, stiff: Floats, degrees: Floats) -> Solve:
    weights = sparse.csr_array((stiff, edges.ends, edges.starts), (edges.n_nodes, edges.n_nodes))
    laplacian = sparse.diags_array(degrees * (1 + 1e-9)) - weights  # the whole is singular: it may move as one
    factor = splu(laplacian.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})

    def solve(gradient: Floats) -> Floats:
        centred = gradient - gradient.mean(axis=1, keepdims=True)
        solved = factor.solve(np.ascontiguousarray(centred.T)).T
        return np.ascontiguousarray(solved - solved.mean(axis=1, keepdims=True))

    return solve


def _iterated(edges: Edges, stiff: Floats, degrees: Floats) -> Solve:
    """Solve by Chebyshev's iteration on D⁻¹L."""
    middle, half = 0.5 * (2.0 + LOW), 0.5 * (2.0 - LOW)
    bounds = edge_parts(edges.starts)

    def solve(gradient: Floats) -> Floats:
        target = np.ascontiguousarray((gradient - gradient.mean(axis=1, keepdims=True)).T) / degrees[:, np.newaxis]
        ratio = half / middle
        change = target / middle
        solved, following = change.copy(), np.empty_like(change)
        for _ in range(ROUNDS):
            next_ratio = 1.0 / (2.0 * middle / half - ratio)
            keep, add = next_ratio * ratio, 2.0 * next_ratio / half

            def work(
                part: int,
                old: Floats = solved,
                new: Floats = following,
                keep: float = keep,
                add: float = add,
            ) -> None:
                first, last = bounds[part], bounds[part + 1]
                _chebyshev(edges.starts, edges.ends, stiff, degrees, target, keep, add, first, last, change, old, new)

            share_out(work, len(bounds) - 1)
            solved, following, ratio = following, solved, next_ratio
        return np.ascontiguousarray((solved - solved.mean(axis=0)).T)

    return solve


@compiled
def _chebyshev(
    starts: Starts,
    ends: Ends,
    stiff: Floats,
    degrees: Floats,
    target: Floats,
    keep: float,
    add: float,
    first: int,
    last: int,
    change: Floats,
    old: Floats,
    new: Floats,
) -> None:
    """Do one round for the nodes from `first` to `last`."""
    for i in range(first, last):
        x = 0.0
        y = 0.0
        for e in range(starts[i], starts[i + 1]):
            j = ends[e]
            x += stiff[e] * old[j, 0]
            y += stiff[e] * old[j, 1]
        change[i, 0] = keep * change[i, 0] + add * (target[i, 0] + x / degrees[i] - old[i, 0])
        change[i, 1] = keep * change[i, 1] + add * (target[i, 1] + y / degrees[i] - old[i, 1])
        new[i, 0] = old[i, 0] + change[i, 0]
        new[i, 1] = old[i, 1] + change[i, 1]


@compiled
def _stiffness(xy: Floats, starts: Starts, ends: Ends, strengths: Floats, attraction: float, stiff: Floats) -> None:
    """Write the curvature of every edge, from both of its ends."""
    steep, half = max(1.0, abs(attraction - 1.0)), 0.5 * attraction - 1.0
    for i in range(xy.shape[1]):
        for e in range(starts[i], starts[i + 1]):
            dx = xy[0, i] - xy[0, ends[e]]
            dy = xy[1, i] - xy[1, ends[e]]
            stiff[e] = strengths[e] * steep * max(dx * dx + dy * dy, NEAREST) ** half
