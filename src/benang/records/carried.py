"""What the records of a corpus carry, in all and file by file: fields, and marks of a retraction or correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.records.corpus import FIELDS, LISTS, Corpus

CONTENT = tuple(name for name in FIELDS if name not in {"key", "file", "place", "line"})
"""The fields that tell of the work itself, not of where its record stands."""

SHOWN = ("retracted", "concern", "corrected", "retraction notice", "correction notice")
"""The marks, gravest first."""

_CALLED = {"concern": "in doubt (expression of concern)"}
_MOST_NAMED = 3
_MOST_LETTERS = 80


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


def marked_counts(corpus: Corpus) -> dict[str, int]:
    """Count the records under each mark, gravest first; marks that none has are left out.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> marked_counts(corpus_of([Record("a", status="corrected"), Record("b", status="retracted"), Record("c")]))
    {'retracted': 1, 'corrected': 1}
    """
    counts = {one["values"]: one["counts"] for one in pc.value_counts(corpus.works.column("status")).to_pylist()}
    return {status: counts[status] for status in SHOWN if status in counts}


def marked_notes(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """Say for each file which of its records are marked, gravest first.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> marked_notes(corpus_of([Record("a", title="Kota", status="retracted", file="a.ris", place=3)]))
    {'a.ris': ("Retracted: 1 record: record 3, 'Kota'.",)}
    """
    marked_records: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    marked = corpus.works.filter(pc.not_equal(corpus.works.column("status"), ""))
    for row in marked.select(["status", "file", "place", "title"]).to_pylist():
        title = row["title"] if len(row["title"]) <= _MOST_LETTERS else f"{row['title'][:_MOST_LETTERS].rstrip()}…"
        marked_records[row["file"]][row["status"]].append(f"record {row['place']}, '{title}'")
    return {
        file: tuple(_line(status, by_status[status]) for status in SHOWN if status in by_status)
        for file, by_status in marked_records.items()
    }


def _line(status: str, named: list[str]) -> str:
    """Name the records; all that are retracted or in doubt, of others the first."""
    shown = named if status in {"retracted", "concern"} else named[:_MOST_NAMED]
    more = f"; and {len(named) - len(shown):,} more" if len(shown) < len(named) else ""
    records = "1 record" if len(named) == 1 else f"{len(named):,} records"
    called = _CALLED.get(status, status)
    return f"{called[0].upper()}{called[1:]}: {records}: {'; '.join(shown)}{more}."


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
