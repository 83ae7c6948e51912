"""How much memory a layout takes, told before it starts."""

from __future__ import annotations

from benang.maps.descent import MEMORY
from benang.maps.pairs import EXACT_UP_TO

BASE = 150_000_000
"""Bytes of the compiled code and the libraries."""

PER_NODE = 16 * (2 * MEMORY + 20) + 200
"""Bytes for each node: coordinates and gradients that L-BFGS remembers and works with, 16 each, and the tree."""

PER_LINK = 2 * 24
"""Bytes for each link, which stands with both of its ends: the network's own, its copy of another attraction than 2
(or the transposed one while it is checked), and the joined networks of the levels."""


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
        Bytes. Measured sizes are up to a third below it (`benchmarks/layout_scaling.py`).

    Examples
    --------
    >>> round(layout_memory(1_000, 10_000) / 1e9, 2), round(layout_memory(1_000_000, 10_000_000) / 1e9, 1)
    (0.15, 2.0)
    """
    levels = 2 if n > EXACT_UP_TO else 1
    return BASE + PER_NODE * n + levels * PER_LINK * m
