"""Which numbers may be asked for: one table, read wherever one is given.

Options of commands, keys of the plan and arguments of functions have one name for one thing, and one range. NaN and
infinity are in none. Ranges have both ends: beyond them a figure fits no page, a computation comes to no end, or a
number no longer fits the machine's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benang.errors import BenangError, Problem, argument
from benang.locale.writing import Worded, worded

MOST = 1_000_000_000
"""More than any corpus has of anything."""


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`; `whole` ones only; `above`: without `low` itself; `unit` is said in messages.

    Examples
    --------
    >>> print(Range(1, 10_000, whole=True)), print(Range(0, 1, above=True)), print(Range(40, 2000, unit="mm"))
    a whole number from 1 to 10,000
    a number above 0, up to 1
    a number from 40 to 2,000 (mm)
    (None, None, None)
    >>> 5 in Range(1, 9), float("nan") in Range(1, 9), 1.5 in Range(1, 9, whole=True), 0 in Range(0, 1, above=True)
    (True, False, False, False)
    """

    low: float
    high: float
    whole: bool = False
    above: bool = False
    unit: str = ""

    def __contains__(self, value: object) -> bool:
        if isinstance(value, bool | str) or not hasattr(value, "__float__") or getattr(value, "ndim", None):
            return False  # truth, text, arrays
        number: Any = value
        if number != number or (self.whole and number != number // 1):
            return False
        return bool(self.low < number <= self.high if self.above else self.low <= number <= self.high)

    def __str__(self) -> str:
        return str(self._expected(has_end=True))

    def expected(self, value: object) -> Worded:
        """Say what was expected in place of a value; the upper end of what has none is left out where it is enough."""
        is_beyond = isinstance(value, int | float) and value > self.high
        return self._expected(has_end=self.high != MOST or is_beyond)

    def _expected(self, *, has_end: bool) -> Worded:
        what = worded("a whole number") if self.whole else worded("a number")
        unit = f" ({self.unit})" if self.unit else ""
        values = {"number": what, "low": self.low, "high": self.high, "unit": unit}
        if self.above:
            return worded("{number} above {low:,.15g}, up to {high:,.15g}{unit}", **values)
        if has_end:
            return worded("{number} from {low:,.15g} to {high:,.15g}{unit}", **values)
        return worded("{number} from {low:,.15g}{unit}", **values)

    @property
    def bounds(self) -> dict[str, Any]:
        """The range as pydantic's `Field` takes it."""
        low, high = (int(end) if float(end).is_integer() else end for end in (self.low, self.high))
        return {"gt" if self.above else "ge": low, "le": high}


def _count(low: int, high: int = MOST) -> Range:
    return Range(low, high, whole=True)


_SHARE = Range(0, 1)
_YEAR = _count(0, 9999)

RANGES: Mapping[str, Range] = {
    # a network
    "min_occurrences": _count(1),
    "min_documents": _count(1),
    "min_citations": _count(0),
    "max_per_document": _count(0),
    "top": _count(0),
    "threshold": _SHARE,
    "share": Range(0, 1, above=True),
    "max_words": _count(1, 8),
    "least": _count(1),
    # a search
    "hits": _count(0),
    "exported": _count(0),
    # a map
    "attraction": Range(-9, 10),
    "repulsion": Range(-10, 9),
    "resolution": Range(0, 1e6, above=True),
    "starts": _count(1, 10_000),
    "cluster_starts": _count(1, 10_000),
    "min_cluster_size": _count(1),
    "seed": _count(0, 2**32 - 1),
    "stability": _count(0, 10_000),
    "runs": _count(2, 10_000),
    "words": _count(1, 100),
    # a figure
    "width": Range(40, 2000, unit="mm"),
    "height": Range(30, 2000, unit="mm"),
    "dpi": Range(30, 1200),
    "scale": Range(0.1, 10),
    "zoom": Range(1, 200),
    "item_size_variation": _SHARE,
    "label_size_variation": _SHARE,
    "link_size_variation": _SHARE,
    "label_length": _count(0, 300),
    "max_links": _count(0),
    "min_link_strength": Range(0, 1e15),
    "kernel_width": Range(0.001, 100),
    "score": Range(-1e15, 1e15),
    # a simulated screening
    "recall": Range(0, 1, above=True),
    "confidence": Range(0.5, 0.9999),
    # a comparison, a description
    "slices": _count(1, 1000),
    "columns": _count(1, 100),
    "most": _count(1),
    "year": _YEAR,
    "before": _YEAR,
    "last_full_year": _YEAR,
    # the pages in the browser
    "port": Range(1, 65_535, whole=True),
}
"""The ranges, by the name of the argument."""


def check(**given: object) -> None:
    """Refuse numbers that are out of their ranges, all together; None is left to who asks.

    Raises
    ------
    BenangError
        That names each argument (on the command line its option), what was found, and what was expected.

    Examples
    --------
    >>> check(width=174, height=None, seed=0)
    >>> check(width=math.nan, starts=0)
    Traceback (most recent call last):
    benang.errors.BenangError: width: expected a number from 40 to 2,000 (mm), found nan.
    starts: expected a whole number from 1 to 10,000, found 0.
    """
    problems = [
        Problem(shown_number(value), where=argument(name), expected=RANGES[name].expected(value))
        for name, value in given.items()
        if value is not None and value not in RANGES[name]
    ]
    if problems:
        raise BenangError(*problems)


def shown_number(value: object) -> str:
    """Write what was given, cut where it is a number of a thousand digits."""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, int) and abs(value) >= 10**30:
        return worded("a number of {n} digits", n=math.floor(math.log10(abs(value))) + 1)
    return repr(value)[:60]


LEAST_STUDIES = 2
"""Studies that an item, and a code, must occur in to be compared: what occurs once can't occur together by habit."""
