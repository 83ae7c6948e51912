"""Types of options that take a number: the ranges are those of the library (`benang.ranges`)."""

from __future__ import annotations

import math
from typing import Any, cast

import click

from benang.ranges import MOST, RANGES, Range


class _Whole(click.IntRange):
    """A whole number; that nothing comes in more than a thousand million is said when it is asked for."""

    def __init__(self, wanted: Range) -> None:
        super().__init__(int(wanted.low), None if wanted.high == MOST else int(wanted.high))

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what is out of range."""
        number = super().convert(cast("int", value), param, ctx)
        if self.max is None and number > MOST:
            self.fail(f"{str(number)[:30]} is more than {MOST:,}, the most that anything comes in.", param, ctx)
        return number


class _Finite(click.FloatRange):
    """A number that is one: NaN is neither above nor below any end."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse what is no number or out of range."""
        number = super().convert(cast("float", value), param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


def within(name: str, *, whole: bool = False) -> click.types.ParamType[Any]:
    """Return the type of an option by the name of its argument in `benang.ranges.RANGES`.

    Examples
    --------
    >>> within("dpi")
    <_Finite 30<=x<=1200>
    >>> within("starts"), within("top")
    (<_Whole 1<=x<=10000>, <_Whole x>=0>)
    """
    wanted = RANGES[name]
    return _Whole(wanted) if whole or wanted.whole else _Finite(wanted.low, wanted.high, min_open=wanted.above)
