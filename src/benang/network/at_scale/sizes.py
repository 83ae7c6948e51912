"""How many items and links each threshold leaves, and which fit into memory: known before anything is joined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benang.engine.engine import Engine, sql_text
from benang.network.links import BYTES_PER_LINK, memory_for_links, too_many_links

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
    """Tell of every threshold how many items it leaves, and at most how many links.

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
    ...     found = leaves(engine, np.array([2, 2, 1]))
    >>> found.least.tolist(), found.items.tolist(), found.at_most.tolist()
    ([2, 1], [2, 3], [1, 3])
    """
    found = engine.query(sql_text("benang.network.at_scale", "links_at_most"))
    least, counts = np.unique(levels, return_counts=True)
    twice = np.zeros(len(least), np.int64)
    twice[np.searchsorted(least, found.column("level").to_numpy())] = found.column("twice").to_numpy()
    items = np.cumsum(counts[::-1]).astype(np.int64)
    pairs = np.cumsum(twice[::-1]) // 2
    return Leaves(least[::-1].astype(np.int64), items, np.minimum(pairs, items * (items - 1) // 2))


def items_that_fit(found: Leaves, budget: int) -> tuple[int, int]:
    """Return the lowest threshold whose links are sure to fit into so many bytes, and how many items it leaves.

    Where none does, the highest threshold plus 1, and 0 items.

    Examples
    --------
    >>> found = Leaves(np.array([9, 5, 1]), np.array([10, 100, 1000]), np.array([45, 4_000, 400_000]))
    >>> items_that_fit(found, 1_000_000), items_that_fit(found, 100)
    ((5, 100), (10, 0))
    """
    fits = int(np.searchsorted(found.at_most, budget // BYTES_PER_LINK, side="right"))
    if not fits:
        return (int(found.least[0]) + 1 if len(found.least) else 1), 0
    return int(found.least[fits - 1]), int(found.items[fits - 1])


def check_fits(found: Leaves, *, items: str, option: str, budget: int | None = None) -> None:
    """Refuse what memory would not hold, before the join begins.

    Parameters
    ----------
    found
        What is left by the threshold that was asked for (its last row), and by higher ones.
    items, option
        The items in words, and what the threshold is called.
    budget
        Bytes; `memory_for_links()` where None.

    Raises
    ------
    BenangError
        Where the links may not fit: it tells how many items would, and with which threshold.
    """
    given = memory_for_links() if budget is None else budget
    if not len(found.items) or found.at_most[-1] * BYTES_PER_LINK <= given:
        return
    n, links = int(found.items[-1]), int(found.at_most[-1])
    raise too_many_links(n, links, given, items_that_fit(found, given), items=items, option=option)


def levels_table(items: Ints, levels: Ints) -> pa.Table:
    """Put the level of each item into the form that the queries take."""
    return pa.table({"item": items.astype(np.int32), "level": levels.astype(np.int64)})


@dataclass(frozen=True, slots=True)
class Left:
    """What a threshold leaves: items that occur in at least `least` units, and links; None where too many to count."""

    least: int
    items: int
    links: int | None

    def __str__(self) -> str:
        links = "too many to count" if self.links is None else f"{self.links:,}"
        return f"{self.least:,}: {self.items:,} items, {links} links"


def threshold_table(
    engine: Engine, *, thresholds: Sequence[int] | None = None, budget: int | None = None
) -> tuple[Left, ...]:
    """Tell of a series of thresholds how many items and how many links each leaves.

    Parameters
    ----------
    engine
        Sees `incidence(unit, item, times)`, each item once in each unit.
    thresholds
        1, 2, 3, 4, 5, 10, 20, 50, 100, … up to the most frequent item where None.
    budget
        Bytes that links may take; 60 % of the free memory where None. Links of thresholds at which they may not fit are
        not counted.

    Returns
    -------
    tuple of Left
        From the lowest threshold. An item occurs in as many units as it has rows.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from benang.engine.duckdb_engine import DuckDB
    >>> with DuckDB(threads=1) as engine:
    ...     engine.view("incidence", pa.table({"unit": [0, 0, 0, 1, 1], "item": [0, 1, 2, 0, 1], "times": [1] * 5}))
    ...     for left in threshold_table(engine):
    ...         print(left)
    1: 3 items, 3 links
    2: 2 items, 1 links
    """
    counted = engine.query(sql_text("benang.network", "occurrences"))
    items, units = counted.column("item").to_numpy(), counted.column("units").to_numpy().astype(np.int64)
    asked = np.unique(np.array(list(thresholds or series(int(units.max(initial=0)))), np.int64))
    if not len(asked):
        return ()
    met = np.searchsorted(asked, units, side="right") - 1
    levels = asked[np.maximum(met, 0)]
    held, levels = items[met >= 0], levels[met >= 0]
    engine.define("held", "SELECT unit, item FROM incidence")
    engine.view("levels", levels_table(held, levels))
    found = leaves(engine, levels)
    lowest, n = items_that_fit(found, memory_for_links() if budget is None else budget)
    lowest = 0 if n == len(held) else lowest
    engine.view("levels", levels_table(held[levels >= lowest], levels[levels >= lowest]))
    links = engine.query(sql_text("benang.network.at_scale", "links_by_level"))
    linked, added = links.column("level").to_numpy(), links.column("links").to_numpy()
    return tuple(_left(int(least), levels, (linked, added), lowest) for least in asked)


def _left(least: int, levels: Ints, links: tuple[Ints, Ints], lowest: int) -> Left:
    linked, added = links
    counted = int(added[linked >= least].sum()) if least >= lowest else None
    return Left(least, int(np.count_nonzero(levels >= least)), counted)


def series(highest: int) -> Iterator[int]:
    """Give 1 to 5, then 10, 20, 50, 100, 200, 500, … as far as `highest`.

    Examples
    --------
    >>> list(series(130)), list(series(3)), list(series(0))
    ([1, 2, 3, 4, 5, 10, 20, 50, 100], [1, 2, 3], [])
    """
    yield from range(1, min(highest, 5) + 1)
    ten = 10
    while ten <= highest:
        yield from (ten * times for times in (1, 2, 5) if ten * times <= highest)
        ten *= 10
