"""A corpus in which each work is there once, every record of it kept as a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from benang.evidence import Step
from benang.records.corpus import Corpus, corpus_of
from benang.records.duplicates.decisions import Decisions
from benang.records.duplicates.finding import Duplicates, find_duplicates
from benang.records.duplicates.merging import Taken, merged
from benang.records.identity import key_of_work
from benang.records.record import Record

Numbers = npt.NDArray[np.int32]
"""The new number of every work."""


@dataclass(frozen=True, slots=True)
class Works:
    """The works of exports: joined of the records that were read, or these records themselves.

    `duplicates` says which records were joined and why, and which pairs a person should look at.
    """

    corpus: Corpus
    records: Corpus
    duplicates: Duplicates = field(default_factory=Duplicates)

    @property
    def n_joined(self) -> int:
        """How many records went into another one."""
        return len(self.records) - len(self.corpus)

    def aliases(self) -> dict[str, str]:
        """Return the keys of records that went into another one, with the key of the work."""
        keys = self.records.keys
        groups = [[keys[member] for member in group.members] for group in self.duplicates.groups]
        return {key: work for group in groups for work in [key_of_work(group)] for key in group if key != work}


def works_of(records: Corpus, *, join: bool = True, decisions: Decisions | None = None) -> Works:
    """Join the records that are one work, unless decisions say otherwise; pairs decided by a person are as decided.

    Raises
    ------
    BenangError
        For decisions on records that aren't there.

    Examples
    --------
    >>> works = works_of(corpus_of([Record("s", doi="10.1/a", title="Kota"), Record("w", doi="10.1/a", title="Kota")]))
    >>> works.corpus.keys, works.n_joined, works.aliases()
    (('s',), 1, {'w': 's'})
    """
    if not join:
        return Works(records, records)
    duplicates = find_duplicates(records, decisions=decisions)
    return Works(joined(records, duplicates), records, duplicates)


def joined(corpus: Corpus, duplicates: Duplicates) -> Corpus:
    """Join the records of each group into one work.

    Works are in the order of their first record; their key is that of one of their records, by a rule that asks for
    no order (`key_of_work`). `members` holds every record that was read, also that of a work of one: as many rows as
    records were read. `taken` says for the works of several records which
    of them each value comes from. The history gains the step `duplicates`.

    Examples
    --------
    >>> corpus = corpus_of([
    ...     Record("s", doi="10.1/a", title="Kota kembar", database="Scopus", file="s.csv", place=1),
    ...     Record("w", doi="10.1/a", title="Kota kembar", database="Web of Science", file="w.txt", place=1),
    ...     Record("x", title="Desa", database="Scopus", file="s.csv", place=2),
    ... ])
    >>> works = joined(corpus, find_duplicates(corpus))
    >>> works.keys, works.members.column("key").to_pylist(), works.records[0].database
    (('s', 'x'), ['s', 'w', 'x'], 'Scopus; Web of Science')
    """
    first = np.arange(len(corpus), dtype=np.int64)
    for group in duplicates.groups:
        first[list(group.members)] = group.members[0]
    kept, inverse = np.unique(first, return_inverse=True)
    number: Numbers = inverse.astype(np.int32)
    members = _members(corpus, number)
    step = _step(corpus, duplicates, len(kept))
    if not duplicates.groups:
        return replace(corpus, members=members, history=(*corpus.history, step))
    single, several = _parted(corpus, duplicates, number)
    records, taken = _merged(duplicates, several)
    grouped = _renumbered(corpus_of(records), number[[group.members[0] for group in duplicates.groups]])
    fields = corpus.values.column("field").unique()
    return Corpus(
        works=_sorted(pa.concat_tables([single.works, grouped.works]), "work"),
        values=_sorted_values(pa.concat_tables([single.values, grouped.values]), fields),
        origins=_sorted(pa.concat_tables([single.origins, grouped.origins]), "work"),
        raw=_sorted(pa.concat_tables([single.raw, grouped.raw]), "work"),
        ledger=corpus.ledger,
        history=(*corpus.history, step),
        members=members,
        taken=_taken(corpus, number, duplicates, taken),
    )


def _step(corpus: Corpus, duplicates: Duplicates, works: int) -> Step:
    counts = {
        "records": corpus.members.num_rows or len(corpus),
        "works": works,
        "groups": len(duplicates.groups),
        "joined": len(corpus) - works,
        "doubts": len(duplicates.doubts),
        "decided": duplicates.decided,
    }
    return Step("duplicates", {"by": ("identifiers", "title", "place in print")}, counts)


def _members(corpus: Corpus, number: Numbers) -> pa.Table:
    """Return the members table: the records themselves, or the members that works had already, under new numbers."""
    schema = corpus.members.schema
    old = corpus.members
    before = set(old.column("work").to_pylist())
    fresh = [work for work in range(len(corpus)) if work not in before]
    own = corpus.works.take(pa.array(fresh, pa.int64())).select(schema.names)
    table = pa.concat_tables([old, own.cast(schema)])
    order = np.argsort(table.column("work").to_numpy(), kind="stable")
    table = table.take(pa.array(order))
    table = _with_work(table, number[table.column("work").to_numpy()])
    return _sorted(table, "work")


def _parted(corpus: Corpus, duplicates: Duplicates, number: Numbers) -> tuple[Corpus, Corpus]:
    """Divide a corpus into the works of one record, under their new numbers, and all others, under the old ones."""
    grouped = np.zeros(len(corpus), dtype=bool)
    for group in duplicates.groups:
        grouped[list(group.members)] = True

    def part(table: pa.Table, wanted: bool) -> pa.Table:
        works = table.column("work").to_numpy()
        chosen = table.filter(pa.array(grouped[works] == wanted))
        return chosen if wanted else _with_work(chosen, number[chosen.column("work").to_numpy()])

    single, several = (
        replace(corpus, **{name: part(getattr(corpus, name), wanted) for name in ("works", "values", "origins", "raw")})
        for wanted in (False, True)
    )
    return single, several


def _merged(duplicates: Duplicates, several: Corpus) -> tuple[list[Record], list[Taken]]:
    places = several.works.column("work").to_pylist()
    by_work = dict(zip(places, several.records, strict=True))
    results = [merged([by_work[member] for member in group.members]) for group in duplicates.groups]
    keys = [key_of_work(by_work[member].key for member in group.members) for group in duplicates.groups]
    works = [replace(record, key=key) for (record, _), key in zip(results, keys, strict=True)]
    return works, [taken for _, taken in results]


def _taken(
    corpus: Corpus,
    number: Numbers,
    duplicates: Duplicates,
    taken: Sequence[Taken],
) -> pa.Table:
    schema = corpus.taken.schema
    rows = [
        (int(number[group.members[0]]), name, key)
        for group, fields in zip(duplicates.groups, taken, strict=True)
        for name, keys in fields.items()
        for key in keys
    ]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    table = pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema)
    if not corpus.taken.num_rows:
        return table
    regrouped = pa.array(sorted({member for group in duplicates.groups for member in group.members}), pa.int32())
    old = corpus.taken.filter(pc.invert(pc.is_in(corpus.taken.column("work"), regrouped)))
    old = _with_work(old, number[old.column("work").to_numpy()])
    return _sorted(pa.concat_tables([old, table]), "work")


def _renumbered(corpus: Corpus, number: Numbers) -> Corpus:
    tables = {
        name: _with_work(getattr(corpus, name), number[getattr(corpus, name).column("work").to_numpy()])
        for name in ("works", "values", "origins", "raw")
    }
    return replace(corpus, **tables)


def _with_work(table: pa.Table, works: Numbers) -> pa.Table:
    at = table.schema.get_field_index("work")
    return table.set_column(at, pa.field("work", pa.int32()), pa.array(works, pa.int32()))


def _sorted(table: pa.Table, name: str) -> pa.Table:
    """Sort by one column; rows that are equal in it stay in their order."""
    return table.take(pa.array(np.argsort(table.column(name).to_numpy(), kind="stable")))


def _sorted_values(values: pa.Table, fields: pa.Array) -> pa.Table:
    """Sort list values field by field, within a field by work and position."""
    rank = pc.index_in(values.column("field"), fields).to_numpy()
    order = np.lexsort((values.column("position").to_numpy(), values.column("work").to_numpy(), rank))
    return values.take(pa.array(order))
