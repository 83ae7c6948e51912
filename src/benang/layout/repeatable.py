"""What keeps the last digits of sums, in which processors differ, from deciding where a layout ends.

Processors with wider registers add in another order. Stirring is chaotic: a difference of 10⁻¹⁶ is one of 10⁻¹ after
some hundred passes, and leads to another minimum, or to one in which nodes with the same neighbours have changed
places. So places are put on a fine grid wherever one stage hands them to the next, and of two layouts the later counts
as better only where it is by more than rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np

from benang.layout.laws import Floats
from benang.layout.objective import summed_exactly

GRID = 2.0**-17
"""Width of the grid, for layouts whose mean distance is near 1. Sums differ by some 10⁻¹⁴ of it, so that seldom does a
place lie so near the border of two cells that processors disagree; a nearest neighbour among 5,000 nodes is a thousand
cells away."""

MARGIN = 1e-9
"""Share of Q* by which a layout must be lower to be better: descents end that near to their minimum."""

Found = TypeVar("Found")


def on_grid(xy: Floats) -> Floats:
    """Put the places of up to 5,000 nodes (2 × n) on the grid; larger layouts stay, whose nodes lie too close.

    Examples
    --------
    >>> a, b = np.array([[0.1], [0.3]]), np.array([[0.1], [0.1 + 0.2]])
    >>> bool((a == b).all()), bool((on_grid(a) == on_grid(b)).all())
    (False, True)
    """
    return np.rint(xy / GRID) * GRID + 0.0 if summed_exactly(xy.shape[1]) else xy


def is_lower(one: float, other: float) -> bool:
    """Say whether an objective is lower than another by more than rounding.

    Examples
    --------
    >>> is_lower(-2.0, -1.0), is_lower(-1.0 - 1e-12, -1.0), is_lower(1.0, float("inf"))
    (True, False, True)
    """
    return one < other - MARGIN * abs(other) if np.isfinite(other) else one < other


def lowest(found: Iterable[Found], objective: Callable[[Found], float]) -> Found:
    """Return what has the lowest objective; of those that differ by rounding alone, the first.

    Raises
    ------
    StopIteration
        Where there is nothing to choose from.
    """
    rest = iter(found)
    best = next(rest)
    for one in rest:
        if is_lower(objective(one), objective(best)):
            best = one
    return best
