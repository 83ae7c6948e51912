"""The form of all indicators: rows of numbers, each with the records behind it.

Authors, sources, organisations and countries have in common their records, their years, and their impact: citations and
the indices of Hirsch (h, m) and Egghe (g).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from benang.evidence import Facts, Field, Number, Operand, Rule, RuleName, count, made_by
from benang.records.corpus import Corpus

ROOT = "corpus"
"""What the ids of all these numbers begin with."""
ALL = f"{ROOT}/overview/records/value"
"""The number of all records."""
LATEST = made_by("max", field="year", records=ALL)
"""The latest year of publication in the corpus."""
MEASURES = ("records", "fractional", "citations", "h", "g", "m", "first-year", "last-year")
"""Records; records in fractions; citations of the records; Hirsch's h, Egghe's g, h a year; first and last year."""
_BY_CITATIONS = frozenset({"citations", "h", "g", "m"})


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What is said of one thing: an author, a source, a year, or the corpus as a whole.

    `item` is its part of the ids of the numbers; `label` its name as written in the records, empty where the row is
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
        """Whether any record gives its citations."""
        return any(value is not None for value in self.citations)

    @cached_property
    def last_year(self) -> int | None:
        """The latest year of publication in the corpus."""
        return max((year for year in self.years if year is not None), default=None)

    def keys_of(self, works: Iterable[int]) -> tuple[str, ...]:
        """Return the keys of records given by their numbers."""
        return tuple(self.keys[work] for work in works)


def measured(
    indicator: str, item: str, measure: str, value: float, unit: str, of: Iterable[str], rule: Rule, *, digits: int = 6
) -> Number:
    """Make a number that is no count of its records: a sum, a mean, an index. `rule` makes it of what the records say.

    Rounded to `digits` decimals, so that the order of summing can't show.

    Examples
    --------
    >>> fractions = made_by("fractions", field="authors")
    >>> number = measured("authors", "sari, d", "fractional", 0.1 + 0.2, "records", ["b", "a", "b"], fractions)
    >>> number.id, number.value, number.of, number.kind
    ('corpus/authors/sari, d/fractional', 0.3, ('a', 'b'), 'measure')
    """
    rounded = value if isinstance(value, int) else round(float(value), digits)
    return Number(number_id(indicator, item, measure), rounded, unit, tuple(sorted(set(of))), rule=rule)


def number_id(indicator: str, item: str, measure: str = "value") -> str:
    """Return the id of a number: `corpus/INDICATOR/ITEM/MEASURE`."""
    return f"{ROOT}/{indicator}/{item}/{measure}"


def whole(value: float) -> float:
    """Return a median that is a whole number as one.

    Examples
    --------
    >>> whole(4.0), whole(2.5)
    (4, 2.5)
    """
    return int(value) if value == int(value) else value


def h_index(citations: Sequence[int]) -> int:
    """Return the largest h such that h works have at least h citations each.

    Source: J. E. Hirsch (2005), An index to quantify an individual's scientific research output, PNAS 102(46),
    16569–16572.

    Examples
    --------
    >>> h_index([10, 8, 5, 4, 3]), h_index([25, 8, 5, 3, 3]), h_index([0, 0]), h_index([])
    (4, 3, 0, 0)
    """
    ordered = sorted(citations, reverse=True)
    return sum(value >= rank for rank, value in enumerate(ordered, 1))


def g_index(citations: Sequence[int]) -> int:
    """Return the largest g such that the g most cited works have at least g² citations together.

    It is at most the number of works: no works without citations are added to reach a higher g.

    Source: L. Egghe (2006), Theory and practise of the g-index, Scientometrics 69(1), 131–152.

    Examples
    --------
    >>> g_index([10, 8, 5, 4, 3]), g_index([100]), g_index([3, 1, 0]), g_index([])
    (5, 1, 2, 0)
    """
    total, g = 0, 0
    for rank, value in enumerate(sorted(citations, reverse=True), 1):
        total += value
        if total < rank * rank:
            break
        g = rank
    return g


def m_quotient(h: int, first_year: int, last_year: int) -> float:
    """Return h divided by the number of years from the first publication to the last year, both counted.

    Source: Hirsch (2005), who calls it m, the slope of h over time. The last year is the corpus's latest one: no clock
    is read, so the same files always give the same number.

    Examples
    --------
    >>> m_quotient(4, 2011, 2020), m_quotient(2, 2020, 2020)
    (0.4, 2.0)
    """
    return h / (last_year - first_year + 1)


def most_cited(works: Sequence[int], columns: Columns, most: int) -> list[int]:
    """Return the `most` most cited of some records: the core that an index counts."""
    known = [(-value, work) for work in works if (value := columns.citations[work]) is not None]
    return [work for _, work in sorted(known)[:most]]


@dataclass(frozen=True)
class WorksByItem:
    """Things of one kind: of each its records by number (each once), and its name; with shares of each record.

    `shares` are what a record with several of them counts for each: one over their number.
    """

    works: Mapping[str, Sequence[int]]
    labels: Mapping[str, str]
    shares: Sequence[float]

    def fractional(self, item: str) -> float:
        """Return the records of a thing, each as the share that it has in it."""
        return math.fsum(self.shares[work] for work in self.works[item])


def works_by_item(of_records: Iterable[Sequence[str]], labels: Mapping[str, str]) -> WorksByItem:
    """Turn the things of each record into the records of each thing.

    Examples
    --------
    >>> things = works_by_item([("a", "b"), (), ("a",)], {"a": "A", "b": "B"})
    >>> things.works, things.fractional("a")
    ({'a': [0, 2], 'b': [0]}, 1.5)
    """
    works: dict[str, list[int]] = {}
    shares = []
    for work, items in enumerate(of_records):
        own = dict.fromkeys(items)
        shares.append(1 / len(own) if own else 0.0)
        for item in own:
            works.setdefault(item, []).append(work)
    return WorksByItem(works, labels, shares)


def facts_of(
    keys: Sequence[str], numbers: Mapping[Field, Sequence[int | None]], things: Mapping[Field, WorksByItem]
) -> dict[str, Facts]:
    """Return what measures read in each record: its numbers, and the things that it has of each kind, by id.

    Examples
    --------
    >>> things = works_by_item([("b", "a"), ()], {"a": "A", "b": "B"})
    >>> facts_of(["x", "y"], {"year": [2019, None]}, {"authors": things})
    {'x': {'year': 2019, 'authors': ('a', 'b')}, 'y': {}}
    """
    facts: list[dict[Field, int | tuple[str, ...]]] = [{} for _ in keys]
    for field, values in numbers.items():
        for fact, value in zip(facts, values, strict=True):
            if value is not None:
                fact[field] = value
    for field, kind in things.items():
        items: dict[int, list[str]] = {}
        for item in sorted(kind.works):
            for work in kind.works[item]:
                items.setdefault(work, []).append(item)
        for work, own in items.items():
            facts[work][field] = tuple(own)
    return dict(zip(keys, facts, strict=True))


def ranked(things: WorksByItem, columns: Columns) -> list[str]:
    """Return the things by falling number of records, then of citations, then by name."""
    cited = {
        item: sum(columns.citations[work] or 0 for work in works) if columns.has_citations else 0
        for item, works in things.works.items()
    }
    return sorted(
        things.works, key=lambda item: (-len(things.works[item]), -cited[item], things.labels[item].casefold(), item)
    )


def items_table(
    name: Field, things: WorksByItem, columns: Columns, *, measures: Sequence[str] = MEASURES, top: int = 0, field: str
) -> Indicator:
    """Make the table of things of one kind, those with most records first.

    Parameters
    ----------
    name
        Of the indicator and of what its measures read in records; the second part of the ids of its numbers.
    things
        The things.
    columns
        The records.
    measures
        Which of `MEASURES`. Those that need citations are left out where no record tells any.
    top
        How many rows at most; 0 for all.
    field
        The field of a record that the things come from: `lacking` where no record has one.
    """
    shown = tuple(one for one in measures if columns.has_citations or one not in _BY_CITATIONS)
    silent = tuple(key for key, share in zip(columns.keys, things.shares, strict=True) if not share)
    if not things.works:
        return Indicator(name, shown, lacking=(field,), silent=silent)
    order = ranked(things, columns)
    rows = tuple(
        ItemRow(item, things.labels[item], _numbers(name, item, things, columns, shown))
        for item in (order[:top] if top else order)
    )
    lacking = () if len(shown) == len(measures) else ("citations",)
    return Indicator(name, shown, rows, len(order), lacking=lacking, silent=silent)


def _numbers(
    name: Field, item: str, things: WorksByItem, columns: Columns, measures: Sequence[str]
) -> dict[str, Number]:
    works, records = things.works[item], number_id(name, item, "records")
    keys = columns.keys_of(works)
    numbers = {"records": count(records, keys, unit="records")}
    if "fractional" in measures:
        fractions = made_by("fractions", field=name)
        numbers["fractional"] = measured(name, item, "fractional", things.fractional(item), "records", keys, fractions)
    if "citations" in measures:
        numbers |= impact_numbers(name, item, works, columns)
    dated = [(year, work) for work in works if (year := columns.years[work]) is not None]
    if dated:
        ends: Mapping[str, tuple[RuleName, int]] = {
            "first-year": ("min", min(dated)[0]),
            "last-year": ("max", max(dated)[0]),
        }
        for measure, (rule, year) in ends.items():
            of = columns.keys_of(work for one, work in dated if one == year)
            numbers[measure] = measured(
                name, item, measure, year, "year", of, made_by(rule, field="year", records=records)
            )
    return {measure: numbers[measure] for measure in measures if measure in numbers}


def impact_numbers(name: str, item: str, works: Sequence[int], columns: Columns) -> dict[str, Number]:
    """Return the total citations of some records, with h, g and m; nothing if none of them gives its citations."""
    known = [(value, work) for work in works if (value := columns.citations[work]) is not None]
    if not known:
        return {}
    values = [value for value, _ in known]
    h, g = h_index(values), g_index(values)
    core = columns.keys_of(most_cited(works, columns, h))
    of, records = columns.keys_of(work for _, work in known), number_id(name, item, "records")
    of_g = columns.keys_of(most_cited(works, columns, g))
    numbers = {
        "citations": measured(name, item, "citations", sum(values), "citations", of, made_by("sum", field="citations")),
        "h": measured(name, item, "h", h, "index", core, made_by("h-index", field="citations", records=records)),
        "g": measured(name, item, "g", g, "index", of_g, made_by("g-index", field="citations", records=records)),
    }
    dated = [year for work in works if (year := columns.years[work]) is not None]
    if dated and columns.last_year is not None:
        m = m_quotient(h, min(dated), columns.last_year)
        numbers["m"] = measured(name, item, "m", m, "index", core, m_rule(number_id(name, item, "h"), records))
    return numbers


def m_rule(h: str, records: Operand) -> Rule:
    """Return the rule of an m quotient: h, a number by its id, for each year since the first of some records."""
    return made_by("per-year", value=h, since=made_by("min", field="year", records=records), until=LATEST)
