"""The records of one analysis as columns, with the account of what was read, and several such corpora as one."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.errors import BenangError, Problem
from benang.evidence import History, Step
from benang.locale.writing import worded
from benang.records.record import Ledger, Record

_SCALARS = {
    "key": pa.string(),
    "type": pa.string(),
    "title": pa.string(),
    "year": pa.int32(),
    "source": pa.string(),
    "source_abbreviation": pa.string(),
    "volume": pa.string(),
    "issue": pa.string(),
    "first_page": pa.string(),
    "last_page": pa.string(),
    "article_number": pa.string(),
    "publisher": pa.string(),
    "doi": pa.string(),
    "url": pa.string(),
    "language": pa.string(),
    "abstract": pa.string(),
    "citations": pa.int32(),
    "status": pa.string(),
    "database": pa.string(),
    "file": pa.string(),
    "place": pa.int32(),
    "line": pa.int32(),
}
_LISTS = (
    "authors", "author_ids", "editors", "bodies", "issn", "isbn", "identifiers", "author_keywords", "index_keywords",
    "topics", "references", "affiliations", "affiliation_ids", "decisions",
)  # fmt: skip
FIELDS = tuple(field.name for field in fields(Record) if field.name in {*_SCALARS, *_LISTS})
"""The fields of a record that its columns hold, in the order of `Record`: scalars in `works`, lists in `values`."""
LISTS = frozenset(_LISTS)
"""Those of them that hold several values."""
TABLES = ("works", "values", "origins", "raw", "members", "taken")
"""The tables of a corpus."""
_MARKS = pa.schema([("work", pa.int32()), ("field", pa.string()), ("value", pa.string())])
_MEMBERS = pa.schema(
    [
        ("work", pa.int32()),
        ("key", pa.string()),
        ("database", pa.string()),
        ("file", pa.string()),
        ("place", pa.int32()),
    ]
)


@dataclass(frozen=True)
class Corpus:
    """The records of one analysis as columnar tables in long form, so that every link type is one join.

    Tables (Arrow), all keyed by `work`, the record's number from 0 in the order read:

    - `works`: one row a record, with its scalar fields (`key`, `title`, `year`, `source`, …);
    - `values`: one row a list value: `work`, `field` (one of `LISTS`: `authors`, `references`, …), `position` (from 0)
      and `value`; field by field, within a field by `work` and `position`;
    - `origins`: `work`, `field`, `value` for the fields that no database printed;
    - `raw`: `work`, `field`, `value` as the export wrote it, for the fields that were cleaned;
    - `members`: the records that a work was joined of, one row each: `work`, `key`, `database`, `file`, `place`; empty
      as long as nothing was joined;
    - `taken`: `work`, `field`, `value`: the key of the member that a joined work has its value from.

    `ledger` accounts for every record found, `history` says what was read and dropped.
    """

    works: pa.Table
    values: pa.Table
    origins: pa.Table
    raw: pa.Table
    ledger: Ledger
    history: History = ()
    members: pa.Table = field(default_factory=_MEMBERS.empty_table)
    taken: pa.Table = field(default_factory=_MARKS.empty_table)

    def __len__(self) -> int:
        return int(self.works.num_rows)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The records as objects, in the order read."""
        lists: dict[tuple[int, str], list[str]] = {}
        for work, name, _, value in zip(*(c.to_pylist() for c in self.values.columns), strict=True):
            lists.setdefault((work, name), []).append(value)
        origins, raw = _by_work(self.origins), _by_work(self.raw)
        return tuple(
            Record(**_arguments(row, lists), origins=origins.get(row["work"], {}), raw=raw.get(row["work"], {}))
            for row in self.works.to_pylist()
        )

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the records, in the order read."""
        return tuple(self.works.column("key").to_pylist())

    @cached_property
    def kept(self) -> dict[Hashable, Any]:
        """What was worked out of these records at some cost, by what it is; a corpus never changes."""
        return {}

    def record(self, key: str) -> Record:
        """Return the record with this key; KeyError where there is none."""
        return self.records[self._places[key]]

    def has(self, key: str) -> bool:
        """Tell whether a record has this key."""
        return key in self._places

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The names that a record marks as those of a body: `Record.bodies` of all."""
        marked = pc.equal(self.values.column("field"), "bodies")
        return frozenset(self.values.column("value").filter(marked).to_pylist())

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.keys)}

    def origins_of(self, name: str) -> tuple[str, ...]:
        """Where a field's values came from when not from a database: `("assigned",)`, or nothing."""
        pairs = zip(self.origins.column("field").to_pylist(), self.origins.column("value").to_pylist(), strict=True)
        return tuple(sorted({origin for field, origin in pairs if field == name}))


def corpus_of(records: Iterable[Record], *, ledger: Ledger | None = None, history: Sequence[Step] = ()) -> Corpus:
    """Make a corpus of records; every key must be there once.

    Raises
    ------
    BenangError
        Where two records have one key: both places are named.

    Examples
    --------
    >>> corpus = corpus_of([Record("a", title="Kota kembar", authors=("Sari, D.",)), Record("b", year=2019)])
    >>> len(corpus), corpus.record("a").authors, corpus.record("b").year
    (2, ('Sari, D.',), 2019)
    """
    all_records = tuple(records)
    _check_keys(all_records)
    works = pa.table(
        {"work": pa.array(range(len(all_records)), pa.int32())}
        | {name: pa.array(list(map(attrgetter(name), all_records)), kind) for name, kind in _SCALARS.items()}
    )
    return Corpus(
        works=works,
        values=pa.concat_tables([_values(all_records, name) for name in _LISTS]),
        origins=_marks(record.origins for record in all_records),
        raw=_marks(record.raw for record in all_records),
        ledger=ledger or Ledger(),
        history=tuple(history),
    )


def _arguments(row: dict[str, Any], lists: Mapping[tuple[int, str], list[str]]) -> dict[str, Any]:
    scalars = {name: row[name] for name in _SCALARS}
    return scalars | {name: tuple(lists.get((row["work"], name), ())) for name in _LISTS}


def _values(records: Sequence[Record], name: str) -> pa.Table:
    """Put one list field of all records into long form, column by column: a tuple a value would cost far more."""
    lists = list(map(attrgetter(name), records))
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    begins = np.cumsum(sizes) - sizes
    n = int(sizes.sum())
    return pa.table(
        {
            "work": pa.array(np.repeat(np.arange(len(lists), dtype=np.int32), sizes)),
            "field": pa.repeat(pa.scalar(name), n),
            "position": pa.array((np.arange(n) - np.repeat(begins, sizes)).astype(np.int32)),
            "value": pa.array(list(chain.from_iterable(lists)), pa.string()),
        }
    )


def _marks(marks: Iterable[Mapping[str, str]]) -> pa.Table:
    """Put remarks on single fields into long form."""
    rows = [(work, name, value) for work, remarks in enumerate(marks) for name, value in remarks.items()]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_MARKS)
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, _MARKS.types, strict=True)], _MARKS)


def _by_work(marks: pa.Table) -> dict[int, dict[str, str]]:
    by_work: dict[int, dict[str, str]] = {}
    for work, name, value in zip(*(column.to_pylist() for column in marks.columns), strict=True):
        by_work.setdefault(work, {})[name] = value
    return by_work


def _check_keys(records: Sequence[Record]) -> None:
    first: dict[str, Record] = {}
    problems = []
    for record in records:
        earlier = first.setdefault(record.key, record)
        if earlier is not record:
            problems.append(
                Problem(
                    worded(
                        "the key '{key}' also belongs to record {place} of {file}",
                        key=record.key,
                        place=earlier.place,
                        file=earlier.file,
                    ),
                    where=worded("{file}, record {place}", file=record.file, place=record.place),
                    way_on="Give one of them another ID.",
                )
            )
    if problems:
        raise BenangError(*problems)


assert {f.name for f in fields(Record)} == {*FIELDS, "origins", "raw"}, "a field of Record has no column"  # noqa: S101


def stacked(corpora: Sequence[Corpus]) -> Corpus:
    """Put corpora one behind the other; their keys must be distinguished before, their history is the first one's.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> one, other = Record("a", authors=("Sari, D.",)), Record("b", authors=("Lee, B.",))
    >>> both = stacked([corpus_of([one]), corpus_of([other])])
    >>> both.keys, both.record("b").authors
    (('a', 'b'), ('Lee, B.',))
    """
    if len(corpora) == 1:
        return corpora[0]
    tables: dict[str, list[pa.Table]] = {name: [] for name in TABLES}
    before = 0
    for corpus in corpora:
        for name in TABLES:
            tables[name].append(_moved(getattr(corpus, name), before))
        before += len(corpus)
    whole = {name: pa.concat_tables(parts) for name, parts in tables.items()}
    whole["values"] = _by_field(whole["values"])
    ledger = Ledger(tuple(account for corpus in corpora for account in corpus.ledger.files))
    return Corpus(**whole, ledger=ledger, history=corpora[0].history)


def part_of_corpus(corpus: Corpus, keys: Collection[str], step: Step) -> Corpus:
    """Keep the works with these keys, in their order; the history gains the step that chose them.

    The ledger still accounts for everything that was read.

    Examples
    --------
    >>> whole = corpus_of([Record("a", authors=("Sari, D.",)), Record("b", authors=("Lee, B.",))])
    >>> part = part_of_corpus(whole, {"b"}, Step("screening"))
    >>> part.keys, part.record("b").authors, part.history[-1].name
    (('b',), ('Lee, B.',), 'screening')
    """
    keep = np.fromiter((key in keys for key in corpus.keys), bool, len(corpus))
    number = (np.cumsum(keep) - 1).astype(np.int32)

    def kept(table: pa.Table) -> pa.Table:
        works = table.column("work").to_numpy()
        part = table.filter(pa.array(keep[works]))
        place = table.column_names.index("work")
        return part.set_column(place, "work", pa.array(number[part.column("work").to_numpy()], pa.int32()))

    tables = {name: kept(getattr(corpus, name)) for name in TABLES}
    return Corpus(**tables, ledger=corpus.ledger, history=(*corpus.history, step))


def with_free_keys(corpus: Corpus, taken: Collection[str]) -> tuple[Corpus, int]:
    """Give works whose key is taken a free one, with `-2` behind it; return the corpus and how many there were.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> renamed, n = with_free_keys(corpus_of([Record("a"), Record("b")]), {"a", "a-2"})
    >>> renamed.keys, n
    (('a-3', 'b'), 1)
    """
    keys, own = list(corpus.keys), set(corpus.keys)
    changed = 0
    for at, key in enumerate(keys):
        if key in taken:
            number = 2
            while f"{key}-{number}" in taken or f"{key}-{number}" in own:
                number += 1
            keys[at] = f"{key}-{number}"
            own.add(keys[at])
            changed += 1
    if not changed:
        return corpus, 0
    place = corpus.works.column_names.index("key")
    return replace(corpus, works=corpus.works.set_column(place, "key", pa.array(keys, pa.string()))), changed


def _moved(table: pa.Table, by: int) -> pa.Table:
    place = table.column_names.index("work")
    return table.set_column(place, "work", pc.add(table.column("work"), pa.scalar(by, pa.int32())))


def _by_field(values: pa.Table) -> pa.Table:
    """Bring list values back into the order of a corpus: field by field, within a field by work and position."""
    fields = values.column("field").unique().to_pylist()
    return pa.concat_tables([values.filter(pc.equal(values.column("field"), field)) for field in fields] or [values])
