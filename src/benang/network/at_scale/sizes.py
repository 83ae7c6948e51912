"""How many items each threshold leaves, and whether their links fit into memory: known before anything is joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benang.engine.engine import Engine, sql_text
from benang.network.item_network import BYTES_PER_LINK, memory_for_links, too_many_links

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Leaves:
    """What each threshold leaves, from the highest: items, and the most links that they can have.

    `least` are the thresholds that differ in what they leave, `items` and `at_most` go with them.
    """

    least: Ints
    items: Ints
    at_most: Ints


def leaves(engine: Engine, levels: Ints) -> Leaves:
    """Count for every threshold the items it leaves, and how many links at most.

    Parameters
    ----------
    engine
        Sees `held(unit, item)`, each item once in each unit, and `levels(item, level)`.
    levels
        The level of each item: the highest threshold that it meets.

    Notes
    -----
    The bound is Σ s(s − 1)/2 over the units, s the items of a unit that are left, and never above n(n − 1)/2. It takes
    one pass and no join of pairs; units that share pairs make it larger than the links are.

    Examples
    --------
    >>> from benang.engine.duckdb_engine import DuckDB
    >>> with DuckDB(threads=1) as engine:
    ...     engine.view("held", pa.table({"unit": [0, 0, 0, 1, 1], "item": [0, 1, 2, 0, 1]}))
    ...     engine.view("levels", pa.table({"item": [0, 1, 2], "level": [2, 2, 1]}))
    ...     left = leaves(engine, np.array([2, 2, 1]))
    >>> left.least.tolist(), left.items.tolist(), left.at_most.tolist()
    ([2, 1], [2, 3], [1, 3])
    """
    table = engine.query(sql_text("benang.network.at_scale", "links_at_most"))
    least, counts = np.unique(levels, return_counts=True)
    twice = np.zeros(len(least), np.int64)
    twice[np.searchsorted(least, table.column("level").to_numpy())] = table.column("twice").to_numpy()
    items = np.cumsum(counts[::-1]).astype(np.int64)
    pairs = np.cumsum(twice[::-1]) // 2
    return Leaves(least[::-1].astype(np.int64), items, np.minimum(pairs, items * (items - 1) // 2))


def items_that_fit(leaves: Leaves, budget: int) -> tuple[int, int]:
    """Return the lowest threshold whose links are sure to fit into so many bytes, and how many items it leaves.

    Where none does, the highest threshold plus 1, and 0 items.

    Examples
    --------
    >>> leaves = Leaves(np.array([9, 5, 1]), np.array([10, 100, 1000]), np.array([45, 4_000, 400_000]))
    >>> items_that_fit(leaves, 1_000_000), items_that_fit(leaves, 100)
    ((5, 100), (10, 0))
    """
    fits = int(np.searchsorted(leaves.at_most, budget // BYTES_PER_LINK, side="right"))
    if not fits:
        return (int(leaves.least[0]) + 1 if len(leaves.least) else 1), 0
    return int(leaves.least[fits - 1]), int(leaves.items[fits - 1])


def check_fits(leaves: Leaves, *, items: str, option: str, budget: int | None = None) -> None:
    """Refuse what memory would not hold, before the join begins.

    Parameters
    ----------
    leaves
        What is left by the threshold that was asked for (its last row), and by higher ones.
    items, option
        The items in words, and what the threshold is called.
    budget
        Bytes; `memory_for_links()` where None.

    Raises
    ------
    BenangError
        Where the links may not fit: the message says how many items would, and with which threshold.
    """
    given = memory_for_links() if budget is None else budget
    if not len(leaves.items) or leaves.at_most[-1] * BYTES_PER_LINK <= given:
        return
    n, links = int(leaves.items[-1]), int(leaves.at_most[-1])
    raise too_many_links(n, links, given, items_that_fit(leaves, given), items=items, option=option)


def levels_table(items: Ints, levels: Ints) -> pa.Table:
    """Put the level of each item into the form that the queries take."""
    return pa.table({"item": items.astype(np.int32), "level": levels.astype(np.int64)})
