"""How much memory a layout takes, told before it starts."""

from __future__ import annotations

from benang.engine.memory import in_words
from benang.errors import BenangError, Problem, argument
from benang.layout.descent import MEMORY
from benang.layout.pairs import EXACT_UP_TO

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
    benang.errors.BenangError: laying out 1,000,000 items and 10,000,000 links takes about ... fit into it.
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
            f"laying out {n:,} items and {m:,} links takes about {in_words(needed)} of memory, and {in_words(room)} "
            "are free",
            way_on=f"Keep fewer items ({argument('top')}, or a higher minimum): with as many links each, about {fit:,} "
            "would fit into it.",
        )
    )
