"""What the numbers of a description rest on: the list of the records, and for each number its records in that list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from benang.evidence import Number
from benang.indicators.described import Description
from benang.records.record import Record
from benang.report.describing import CorpusSection
from benang.report.describing_words import Described
from benang.report.opened import anchor
from benang.report.references import Reference

NAMED = 40
"""Records that a number names one by one; of more it gives their places in the list of records, as ranges."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in the list: its place from 1, and its reference."""

    place: int
    entry: Markup


@dataclass(frozen=True, slots=True)
class YearList:
    """The records of one year; `year` is empty for those without one."""

    year: str
    records: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A number of an entry."""

    anchor: str
    title: str
    id: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Numbers of one thing that rest on the same records, with these records."""

    numbers: tuple[Told, ...]
    records: Markup


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries of one indicator."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class RecordList:
    """The records by year and, within a year, in the order of references; `places` are theirs from 1, by key."""

    years: tuple[YearList, ...]
    places: Mapping[str, int]
    cited: Mapping[str, str]

    def shown(self, keys: Sequence[str]) -> Markup:
        """Return links to some records: cited one by one where they are few, else as ranges of places."""
        at = sorted(self.places[key] for key in keys)
        if len(at) > NAMED:
            return Markup(", ").join(_range(first, last) for first, last in ranges(at))
        by_place = {self.places[key]: self.cited[key] for key in keys}
        return Markup("; ").join(
            Markup('<a href="#r{}">[{}] {}</a>').format(place, place, by_place[place]) for place in at
        )


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


def _range(first: int, last: int) -> Markup:
    said = str(first) if first == last else f"{first}–{last}"
    return Markup('<a href="#r{}">{}</a>').format(first, said)


def record_list(records: Iterable[Record], references: Sequence[Reference]) -> RecordList:
    """Return the records numbered by year, in the order of their references, those without a year last."""
    years = {record.key: record.year for record in records}
    ordered = sorted(references, key=lambda one: (years[one.key] is None, years[one.key] or 0))
    places = {one.key: place for place, one in enumerate(ordered, 1)}
    return RecordList(
        tuple(
            YearList(str(year or ""), tuple(Listed(places[one.key], one.entry) for one in held))
            for year, held in groupby(ordered, key=lambda one: years[one.key])
        ),
        places,
        {one.key: one.cited for one in references},
    )


def evidence(description: Description, section: CorpusSection, listed: RecordList, words: Described) -> list[Chapter]:
    """Return every number of the description with the records behind it, indicator by indicator."""
    return [
        Chapter(
            words.title(one.name),
            tuple(entry for row in one.rows for entry in _entries(row.numbers.values(), section, listed, words)),
        )
        for one in description.indicators.values()
        if one.rows
    ]


def _entries(
    numbers: Iterable[Number], section: CorpusSection, listed: RecordList, words: Described
) -> Iterable[Entry]:
    together: dict[tuple[str, ...], list[Number]] = {}
    for number in numbers:
        together.setdefault(number.of, []).append(number)
    for of, held in together.items():
        told = tuple(
            Told(anchor("n", one.id), section.titles[one.id], one.id, words.value(one), words.unit(one)) for one in held
        )
        yield Entry(told, listed.shown(of))
