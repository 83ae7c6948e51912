"""Records → files in the forms that databases and reference managers read: the suffix of a file decides its form.

A corpus comes in batches of records, so that a writer needs no more of them in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benang.errors import unknown
from benang.files import replacing
from benang.locale.writing import worded
from benang.records.corpus import FIELDS, LISTS, Corpus
from benang.records.corpus_files import write_corpus
from benang.records.file_accounts import carried_fields
from benang.records.record import Record
from benang.writers.reference_files import Remarks, bibtex_texts, csl_texts, ris_texts, storable
from benang.writers.spreadsheets import csv_texts, write_excel

Texts = Callable[[Iterator[Sequence[Record]]], Iterator[str]]

TEXTS: Mapping[str, Texts] = {".ris": ris_texts, ".bib": bibtex_texts, ".csv": csv_texts, ".json": csl_texts}
"""Forms that are text, by suffix."""

EXACT: Mapping[str, Texts] = {".ris": partial(ris_texts, exact=True), ".bib": partial(bibtex_texts, exact=True)}
"""Forms that other programs read better without what only Benang reads; with it, records come back as they were."""

SUFFIXES = (*TEXTS, ".xlsx", ".parquet")
"""What a file may end with; `.parquet`, or a name without a suffix, is a folder that holds the corpus."""

_PRIVATE = ("author_ids", "affiliation_ids", "topics", "status")
_HIDDEN = {
    ".ris": _PRIVATE,
    ".bib": ("identifiers", *_PRIVATE),
    ".json": ("affiliations", "references", "citations", *_PRIVATE, "decisions"),
}

_SCALARS = tuple(name for name in FIELDS if name not in LISTS)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the path, how many records, and what has to be said of it."""

    path: Path
    records: int
    notes: tuple[str, ...] = ()


def is_corpus_path(path: Path) -> bool:
    """Tell whether a path names a corpus folder: it ends with `.parquet`, or with no suffix that is known."""
    return path.suffix.lower() in {"", ".parquet"} or path.is_dir()


def write_records(corpus: Corpus, path: Path | str, *, exact: bool = False) -> Written:
    """Write the records of a corpus; the form is that of the suffix. Same corpus, same bytes.

    Every form but the corpus folder leaves out which values were cleaned and what they were (`raw`), and the files and
    places that the records had. RIS and BibTeX have no place for some fields (ids of authors, say): with `exact`
    they get lines of Benang's own, by which Benang reads every field again as it was. The remarks say what is left out.

    Raises
    ------
    BenangError
        Where the suffix is unknown, or the file can't be written.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if is_corpus_path(path):
        write_corpus(corpus, path)
        return Written(path, len(corpus))
    if suffix not in SUFFIXES:
        raise unknown(suffix, SUFFIXES, where=str(path), expected="a file name whose suffix names the format")
    remarks = Remarks()
    batches = (tuple(storable(batch, remarks)) for batch in record_batches(corpus))
    with replacing(path) as (temporary,):
        if suffix == ".xlsx":
            write_excel(batches, temporary, remarks)
        else:
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines((EXACT if exact and suffix in EXACT else TEXTS)[suffix](batches))
    return Written(path, len(corpus), (*remarks.notes(), *_not_held(corpus, suffix, exact=exact)))


def _not_held(corpus: Corpus, suffix: str, *, exact: bool) -> tuple[str, ...]:
    """Name what the records carry and the form has no place for, or holds where other programs don't look."""
    notes = []
    if corpus.raw.num_rows:
        notes.append("not stored: original values before cleaning (a corpus folder keeps them)")
    if len(corpus) and corpus.members.num_rows:
        notes.append("not stored: the records from which each work was joined (a corpus folder keeps them)")
    carried = carried_fields(corpus)
    if carried["index_keywords"] and suffix in EXACT and not exact:
        notes.append(worded("one list of keywords: those of authors and of databases (--exact keeps them apart)"))
    hidden = [name for name in _HIDDEN.get(suffix, ()) if carried[name]]
    if hidden and suffix in EXACT and not exact:
        names = ", ".join(hidden)
        notes.append(worded("not stored: {names} (--exact writes them in lines that only Benang reads)", names=names))
    elif hidden:
        names = ", ".join(hidden)
        notes.append(worded("only Benang reads these fields; other programs ignore them: {names}", names=names))
    return tuple(notes)


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
        columns: dict[str, list[Any]] = {name: values.between(start, end) for name, values in lists.items()}
        marked, kept = origins.between(start, end), raw.between(start, end)
        yield tuple(
            Record(**row, **{name: column[at] for name, column in columns.items()}, origins=marked[at], raw=kept[at])
            for at, row in enumerate(rows)
        )


class _Lists:
    """One list field, found by the number of the work."""

    def __init__(self, values: pa.Table, name: str) -> None:
        rows = values.filter(pc.equal(values.column("field"), name)).select(["work", "position", "value"])
        rows = rows.sort_by([("work", "ascending"), ("position", "ascending")]).combine_chunks()
        self._works = rows.column("work").to_numpy()
        self._values = rows.column("value")

    def between(self, start: int, end: int) -> list[tuple[str, ...]]:
        bounds = np.searchsorted(self._works, np.arange(start, end + 1)).tolist()
        first = bounds[0]
        values = self._values.slice(first, bounds[-1] - first).to_pylist()
        return [tuple(values[bounds[i] - first : bounds[i + 1] - first]) for i in range(end - start)]


class _Marks:
    """Remarks on single fields, by the number of the work."""

    def __init__(self, marks: pa.Table) -> None:
        rows = marks.sort_by([("work", "ascending")]).combine_chunks()
        self._works = rows.column("work").to_numpy()
        self._marks = rows.select(["field", "value"])

    def between(self, start: int, end: int) -> list[dict[str, Any]]:
        bounds = np.searchsorted(self._works, np.arange(start, end + 1)).tolist()
        first = bounds[0]
        rows = self._marks.slice(first, bounds[-1] - first).to_pylist()
        return [
            {row["field"]: row["value"] for row in rows[bounds[i] - first : bounds[i + 1] - first]}
            for i in range(end - start)
        ]
