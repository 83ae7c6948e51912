"""How many items and links each threshold leaves, from one pass over what occurs in what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benang.engine.engine import Engine, sql_text
from benang.network.at_scale.sizes import Ints, items_that_fit, leaves, levels_table
from benang.network.links import memory_for_links


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
