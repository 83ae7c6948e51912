"""What coders said of the same things, as coefficients of agreement read it: one label for a unit, or spans of a text.

Whoever calls says what a unit is (a case, a record, a document) and who has looked at it: a coder who has not is
missing there, and is no disagreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Level = Literal["nominal", "ordinal", "interval", "ratio"]
"""What may be done with labels: tell them apart, order them, subtract them, divide them (Stevens 1946)."""
Label = str | int | float
Name = Literal[
    "percent", "cohen", "cohen-linear", "cohen-quadratic", "scott", "fleiss", "conger", "brennan-prediger", "ac1",
    "ac2", "alpha", "alpha-masi", "u-alpha", "u-alpha-binary", "cu-alpha", "ku-alpha", "span-f1", "span-jaccard",
]  # fmt: skip
"""The coefficients; `docs/method/agreement.md` has formula and source of each."""


@dataclass(frozen=True)
class Ratings:
    """The labels that coders gave the same units.

    Parameters
    ----------
    coders
        Who labelled, in the order of the columns of `rows`.
    units
        What was labelled, in the order of `rows`.
    rows
        One row a unit, one label a coder; None where the coder has not looked.
    level
        What may be done with the labels.
    categories
        All labels that could have been given, in their order where `level` is ordinal. Those that occur, sorted, where
        it is empty.
    documents
        What each unit is a part of, in the order of `units`: units of one document are not independent, so that
        intervals draw documents. Each unit by itself where it is empty.

    Examples
    --------
    >>> ratings = Ratings(("ani", "budi"), ("c1", "c2", "c3"), (("yes", "yes"), ("yes", "no"), ("no", None)))
    >>> ratings.categories_or_found, ratings.compared
    (('no', 'yes'), ('c1', 'c2'))
    """

    coders: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Label | None, ...], ...]
    level: Level = "nominal"
    categories: tuple[Label, ...] = ()
    documents: tuple[str, ...] = ()

    @cached_property
    def categories_or_found(self) -> tuple[Label, ...]:
        """The labels that could have been given: `categories`, or else those that occur, sorted."""
        occurring = {label for row in self.rows for label in row if label is not None}
        return self.categories or tuple(sorted(occurring, key=lambda one: (isinstance(one, str), one)))

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The units that two coders or more have labelled; no coefficient rests on any other."""
        rows = zip(self.units, self.rows, strict=True)
        return tuple(unit for unit, row in rows if sum(label is not None for label in row) > 1)

    @cached_property
    def differing(self) -> tuple[str, ...]:
        """The units on which two coders differ."""
        pairs = zip(self.units, self.rows, strict=True)
        return tuple(unit for unit, row in pairs if len({label for label in row if label is not None}) > 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, half-open in code points, with the label that a coder gave it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Continuum:
    """What coders marked in one text of `length` characters, each with spans that do not overlap for this coder.

    `spans` has every coder who has looked at the text, also one who marked nothing in it.
    """

    document: str
    length: int
    spans: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient of agreement: its value, at most 1, or the reason why it is undefined.

    `low` and `high` bound the 95 % interval, None where there is none. `n` is the number of units that it rests on
    (of characters for those of the unitising family); `no_interval` is why a defined coefficient has no interval.
    """

    name: Name
    value: float | None
    n: int
    undefined: str = ""
    low: float | None = None
    high: float | None = None
    no_interval: str = ""
