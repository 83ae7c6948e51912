"""Which fields the records carry: in all of a corpus, and file by file."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.records.corpus import FIELDS, LISTS, Corpus

CONTENT = tuple(name for name in FIELDS if name not in {"key", "file", "place", "line"})
"""The fields that tell of the work itself, not of where its record stands."""


def carried_fields(corpus: Corpus) -> dict[str, int]:
    """Count the records that carry each field, in the order of `Record`; 0 where none does.

    A type counts where it is named, so `other` does not; citations and years count where they are given, also 0.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> records = Record("a", title="Kota", citations=0), Record("b", authors=("Ani", "Budi"))
    >>> counts = carried_fields(corpus_of(records))
    >>> {name: n for name, n in counts.items() if n}
    {'title': 1, 'authors': 1, 'citations': 1}
    """
    return {name: int(has.sum()) for name, has in _carried(corpus).items()}


def carried_by_file(corpus: Corpus) -> dict[str, dict[str, int]]:
    """Count the same for each file, by its name, in the order read."""
    column = corpus.works.column("file").combine_chunks().dictionary_encode()
    names, of = column.dictionary.to_pylist(), column.indices.to_numpy()
    has = _carried(corpus)
    counts = {name: np.bincount(of[marks], minlength=len(names)) for name, marks in has.items()}
    return {file: {name: int(n[at]) for name, n in counts.items()} for at, file in enumerate(names)}


def _carried(corpus: Corpus) -> Mapping[str, np.ndarray]:
    """Tell for each field which records have it."""
    fields = corpus.values.column("field")
    filled = pc.not_equal(corpus.values.column("value"), "")
    marks: dict[str, np.ndarray] = {}
    for name in CONTENT:
        if name in LISTS:
            works = corpus.values.column("work").filter(pc.and_(pc.equal(fields, name), filled))
            marks[name] = np.zeros(len(corpus), bool)
            marks[name][works.to_numpy()] = True
        else:
            marks[name] = _filled(corpus.works.column(name), "other" if name == "type" else "")
    return marks


def _filled(column: pa.ChunkedArray, empty: str) -> np.ndarray:
    if pa.types.is_integer(column.type):
        return np.asarray(column.is_valid().to_numpy(), bool)
    return np.asarray(pc.fill_null(pc.not_equal(column, empty), False).to_numpy(), bool)
