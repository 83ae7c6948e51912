"""The records of a corpus, some at a time: a writer needs no more of them in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.records.corpus import FIELDS, LISTS, Corpus
from benang.records.record import Record

_SCALARS = tuple(name for name in FIELDS if name not in LISTS)
_BATCH = 1000


def record_batches(corpus: Corpus, size: int = _BATCH) -> Iterator[tuple[Record, ...]]:
    """Give the records in the order read, `size` at a time.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> corpus = corpus_of(Record(key, authors=("Sari, D.",)) for key in "abc")
    >>> [[record.key for record in batch] for batch in record_batches(corpus, 2)], corpus.records[2].authors
    ([['a', 'b'], ['c']], ('Sari, D.',))
    """
    lists = {name: _Lists(corpus.values, name) for name in sorted(LISTS)}
    origins, raw = _Marks(corpus.origins), _Marks(corpus.raw)
    scalars = corpus.works.select(list(_SCALARS))
    for start in range(0, len(corpus), size):
        rows = scalars.slice(start, size).to_pylist()
        end = start + len(rows)
        columns: dict[str, list[Any]] = {name: held.between(start, end) for name, held in lists.items()}
        marked, kept = origins.between(start, end), raw.between(start, end)
        yield tuple(
            Record(**row, **{name: column[at] for name, column in columns.items()}, origins=marked[at], raw=kept[at])
            for at, row in enumerate(rows)
        )


class _Lists:
    """One list field, found by the number of the work."""

    def __init__(self, values: pa.Table, name: str) -> None:
        held = values.filter(pc.equal(values.column("field"), name)).select(["work", "position", "value"])
        held = held.sort_by([("work", "ascending"), ("position", "ascending")]).combine_chunks()
        self._works = held.column("work").to_numpy()
        self._values = held.column("value")

    def between(self, start: int, end: int) -> list[tuple[str, ...]]:
        bounds = np.searchsorted(self._works, np.arange(start, end + 1)).tolist()
        first = bounds[0]
        values = self._values.slice(first, bounds[-1] - first).to_pylist()
        return [tuple(values[bounds[i] - first : bounds[i + 1] - first]) for i in range(end - start)]


class _Marks:
    """What is told of single fields, found by the number of the work."""

    def __init__(self, marks: pa.Table) -> None:
        held = marks.sort_by([("work", "ascending")]).combine_chunks()
        self._works = held.column("work").to_numpy()
        self._marks = held.select(["field", "value"])

    def between(self, start: int, end: int) -> list[dict[str, Any]]:
        bounds = np.searchsorted(self._works, np.arange(start, end + 1)).tolist()
        first = bounds[0]
        rows = self._marks.slice(first, bounds[-1] - first).to_pylist()
        return [
            {row["field"]: row["value"] for row in rows[bounds[i] - first : bounds[i + 1] - first]}
            for i in range(end - start)
        ]
