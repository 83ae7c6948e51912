"""The form of all indicators: rows of numbers, each with the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from benang.evidence import Number
from benang.records.corpus import Corpus

ROOT = "corpus"
"""What the ids of all these numbers begin with."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What is said of one thing: an author, a source, a year, or the corpus as a whole.

    `item` is its part of the ids of the numbers; `label` its name as it stands in the records, empty where the row is
    one that every corpus has (`single-authored`, say) and whose name depends on the reader's language. `numbers` are
    by measure; a measure that this thing can't have is left out.
    """

    item: str
    label: str
    numbers: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A table of numbers: `measures` are its columns in their order, `rows` come most telling first.

    `n` counts all things that there are, also those that a limit on rows left out. `lacking` names the fields of a
    record that no record of the corpus carries and without which the table, or some column of it, can't be made.
    `silent` are the records that say nothing to this table, since they lack its field.
    """

    name: str
    measures: tuple[str, ...]
    rows: tuple[ItemRow, ...] = ()
    n: int = 0
    lacking: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def numbers(self) -> dict[str, Number]:
        """All numbers of the table, by id."""
        return {number.id: number for row in self.rows for number in row.numbers.values()}

    def row(self, item: str) -> ItemRow:
        """Return the row of an item; KeyError where the table has none."""
        try:
            return next(row for row in self.rows if row.item == item)
        except StopIteration:
            raise KeyError(item) from None


@dataclass(frozen=True)
class Columns:
    """A corpus with what most indicators ask of its records; `citations` are None where not given.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> columns = Columns(corpus_of([Record("a", year=2019, citations=3), Record("b")]))
    >>> columns.years, columns.citations, columns.last_year
    ((2019, None), (3, None), 2019)
    """

    corpus: Corpus

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the records, in the order read."""
        return self.corpus.keys

    @cached_property
    def years(self) -> tuple[int | None, ...]:
        """The year of each record."""
        return tuple(self.corpus.works.column("year").to_pylist())

    @cached_property
    def citations(self) -> tuple[int | None, ...]:
        """The citations of each record, as its database counts them."""
        return tuple(self.corpus.works.column("citations").to_pylist())

    @cached_property
    def has_citations(self) -> bool:
        """Whether any record tells how often it was cited."""
        return any(value is not None for value in self.citations)

    @cached_property
    def last_year(self) -> int | None:
        """The latest year of publication in the corpus."""
        return max((year for year in self.years if year is not None), default=None)

    def keys_of(self, works: Iterable[int]) -> tuple[str, ...]:
        """Return the keys of records given by their numbers."""
        return tuple(self.keys[work] for work in works)


def measured(
    indicator: str, item: str, measure: str, value: float, unit: str, of: Iterable[str], *, digits: int = 6
) -> Number:
    """Make a number that is no count of its records: a sum, a mean, an index.

    Rounded to `digits` decimals, so that the order of summing can't show.

    Examples
    --------
    >>> measured("authors", "sari, d", "fractional", 0.1 + 0.2, "records", ["b", "a", "b"])
    Number(id='corpus/authors/sari, d/fractional', value=0.3, unit='records', of=('a', 'b'), passages=())
    """
    name = f"{ROOT}/{indicator}/{item}/{measure}"
    rounded = value if isinstance(value, int) else round(float(value), digits)
    return Number(name, rounded, unit, tuple(sorted(set(of))))


def whole(value: float) -> float:
    """Return a median that is a whole number as one.

    Examples
    --------
    >>> whole(4.0), whole(2.5)
    (4, 2.5)
    """
    return int(value) if value == int(value) else value
