"""Links as files give them, in columns: a million of them take no more room than their numbers."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.errors import Problem
from benang.locale.writing import worded
from benang.map_files.file import name_of, number_in, shown, strength_told
from benang.network.network import CSR, Floats, symmetric

WEAKEST, STRONGEST = 1e-100, 1e100
"""Strengths between which no ratio of them runs out of what a number of 64 bits holds."""

_CHUNK = 200_000


@dataclass(frozen=True)
class Links:
    """Links between ids: `sources` and `targets` are places in `names`, the ids in order of appearance.

    `place` says where in its file a link is; `problems` are those found while it was read.
    """

    names: tuple[str, ...]
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    strengths: Floats
    place: Callable[[int], str]
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.strengths)

    def first_places(self) -> NDArray[np.int64]:
        """Return for each name the first link that speaks of it; the number of links where none does."""
        first = np.full(len(self.names), len(self), np.int64)
        backwards = np.arange(len(self) - 1, -1, -1)
        for ends in (self.targets, self.sources):
            named = np.full(len(self.names), len(self), np.int64)
            named[ends[::-1]] = backwards  # of several links that speak of a name the last assigned stays: the first
            first = np.minimum(first, named)
        return first


class LinkCollector:
    """Collects links one by one, checking each strength.

    Examples
    --------
    >>> collected = LinkCollector(lambda at: f"a.txt, line {at + 1}")
    >>> collected.add("kota", "desa", 2)
    >>> collected.add("desa", "laut", None)
    >>> links = collected.links()
    >>> links.names, links.strengths.tolist()
    (('kota', 'desa', 'laut'), [2.0, 1.0])
    """

    def __init__(self, place: Callable[[int], str]) -> None:
        self._place = place
        self._names: dict[str, int] = {}
        self._sources, self._targets = array("q"), array("q")
        self._strengths = array("d")
        self._problems: list[Problem] = []

    def __len__(self) -> int:
        return len(self._strengths)

    def name(self, item: object) -> int:
        """Return the place of an id, which may have no link yet."""
        return self._names.setdefault(name_of(item) or "", len(self._names))

    def add(self, source: object, target: object, strength: object) -> None:
        """Add a link; a strength that is missing (None) is 1."""
        at = len(self)
        self._sources.append(self.name(source))
        self._targets.append(self.name(target))
        self._strengths.append(1.0 if strength is None else self._strength(strength, at))

    def add_told(self, source: str, target: str, strength: str) -> None:
        """Add a link as a text tells it; as an empty text, its strength is 1."""
        try:
            number = float(strength)
        except ValueError:
            number = math.nan
        if not WEAKEST <= number <= STRONGEST or not source or not target:
            self.add(source, target, strength_told(strength))
            return
        names = self._names
        self._sources.append(names.setdefault(source, len(names)))
        self._targets.append(names.setdefault(target, len(names)))
        self._strengths.append(number)

    def links(self) -> Links:
        """Return what was collected."""
        return Links(
            tuple(self._names),
            np.frombuffer(self._sources, np.int64) if len(self) else np.zeros(0, np.int64),
            np.frombuffer(self._targets, np.int64) if len(self) else np.zeros(0, np.int64),
            np.frombuffer(self._strengths, np.float64) if len(self) else np.zeros(0),
            self._place,
            tuple(self._problems),
        )

    def _strength(self, value: object, at: int) -> float:
        number = number_in(value)
        if number is None or strength_fault(number):
            self._problems.append(strength_problem(value, worded("{place}, strength", place=self._place(at))))
            return 0.0
        return number


def strength_fault(number: float) -> bool:
    """Tell a number that no link can have as its strength."""
    return not (number == 0 or WEAKEST <= number <= STRONGEST)


def strength_problem(value: object, where: str) -> Problem:
    """Say what is wrong with the strength of a link."""
    number = number_in(value)
    if number is not None and number >= 0 and math.isfinite(number):
        return Problem(
            shown(value),
            where=where,
            expected=worded("a number from {low:g} to {high:g}, or 0", low=WEAKEST, high=STRONGEST),
        )
    if value == "":
        return Problem(
            "''",
            where=where,
            expected=worded("a number from {low:g} to {high:g}, or 0", low=WEAKEST, high=STRONGEST),
        )
    comma = isinstance(value, str) and re.fullmatch(r"-?[0-9]+,[0-9]+", value)
    way_on = "Write decimals with a point." if comma else ""
    if number is not None and number < 0:
        way_on = "Leave such links out, or map only the positive ones: distances can't show the others."
    return Problem(shown(value), where=where, expected="a number that is not negative", way_on=way_on)


def matrix_of(ids: tuple[str, ...], links: Links, problems: list[Problem]) -> CSR:
    """Put links between items into a matrix; a link to an unknown id is a problem, reported once for each id."""
    index = {name: i for i, name in enumerate(ids)}
    places = np.array([index.get(name, -1) for name in links.names], np.int64)
    problems.extend(links.problems)
    unknown = np.flatnonzero(places < 0)
    if len(unknown):
        first = links.first_places()
        for at in sorted((int(at) for at in unknown if first[at] < len(links)), key=lambda at: int(first[at])):
            name = links.names[at]
            problems.append(
                Problem(
                    worded("a link to {text}", text=shown(name)) if name else "a link without the id of an item",
                    where=links.place(int(first[at])),
                    expected="links between the items of the map",
                    way_on="Add the item, or leave the link out.",
                )
            )
    if problems or not len(links):
        return symmetric(len(ids), [], [], [])
    return symmetric(len(ids), places[links.sources], places[links.targets], links.strengths)


def chunks_of(links: CSR) -> Iterator[Iterable[tuple[int, int, float]]]:
    """Go through the links, each pair once, some hundred thousand at a time."""
    upper = sparse.triu(links, k=1, format="csr").tocoo()
    for begin in range(0, upper.nnz, _CHUNK):
        part = slice(begin, begin + _CHUNK)
        yield zip(upper.row[part].tolist(), upper.col[part].tolist(), upper.data[part].tolist(), strict=True)
