"""The list of the records of a description, and each number's records in that list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from benang.records.record import Record
from benang.report.blocks import Block, Citation, Heading, Item, ItemList, Link, Runs, joined
from benang.report.references import Reference
from benang.report.texts import Texts

NAMED = 40
"""Records that a number names one by one; of more it gives their places in the list of records, as ranges."""


@dataclass(frozen=True)
class RecordList:
    """The references by year and, within a year, in their order, those without a year last.

    `places` are theirs in the list from 1, by key, and `cited` is how each is cited.
    """

    years: Mapping[str, tuple[Reference, ...]]
    places: Mapping[str, int]
    cited: Mapping[str, str]

    def shown(self, keys: Sequence[str]) -> Runs:
        """Return links to some records: cited one by one where they are few, else as ranges of places."""
        at = sorted(self.places[key] for key in keys)
        if len(at) > NAMED:
            return joined(", ", (_range(first, last) for first, last in ranges(at)))
        by_place = {self.places[key]: key for key in keys}
        return joined("; ", (self._citation(by_place[place], place) for place in at))

    def _citation(self, key: str, place: int) -> Citation:
        return Citation(key, f"[{place}] {self.cited[key]}", _anchor(place))

    def blocks(self, texts: Texts) -> tuple[Block, ...]:
        """Return the list, with a heading for each year."""
        _ = texts.gettext
        return tuple(
            block
            for year, references in self.years.items()
            for block in (Heading(year or _("Without a year")), ItemList(self._items(references), "references"))
        )

    def _items(self, references: Sequence[Reference]) -> tuple[Item, ...]:
        places = ((self.places[one.key], one.entry) for one in references)
        return tuple(Item(entry, _anchor(place), f"[{place}]") for place, entry in places)


def _anchor(place: int) -> str:
    return f"r{place}"


def ranges(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return rising whole numbers as ranges without gaps.

    Examples
    --------
    >>> ranges([1, 2, 3, 7, 9, 10])
    [(1, 3), (7, 7), (9, 10)]
    """
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _range(first: int, last: int) -> Link:
    return Link(str(first) if first == last else f"{first}–{last}", _anchor(first))


def record_list(records: Iterable[Record], references: Sequence[Reference]) -> RecordList:
    """Return the records numbered by year, in the order of their references, those without a year last."""
    years = {record.key: record.year for record in records}
    ordered = sorted(references, key=lambda one: (years[one.key] is None, years[one.key] or 0))
    return RecordList(
        {str(year or ""): tuple(same) for year, same in groupby(ordered, key=lambda one: years[one.key])},
        {one.key: place for place, one in enumerate(ordered, 1)},
        {one.key: one.cited for one in references},
    )
