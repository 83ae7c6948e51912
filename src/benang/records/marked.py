"""Works that an export marks: retracted, corrected, in doubt, or the notice that tells of another's retraction."""

from __future__ import annotations

from collections import defaultdict

import pyarrow.compute as pc

from benang.records.corpus import Corpus

SHOWN = ("retracted", "concern", "corrected", "retraction notice", "correction notice")
"""The marks, gravest first."""

_CALLED = {"concern": "in doubt (expression of concern)"}
_MOST_NAMED = 3
_MOST_LETTERS = 80


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
    held: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    marked = corpus.works.filter(pc.not_equal(corpus.works.column("status"), ""))
    for row in marked.select(["status", "file", "place", "title"]).to_pylist():
        title = row["title"] if len(row["title"]) <= _MOST_LETTERS else f"{row['title'][:_MOST_LETTERS].rstrip()}…"
        held[row["file"]][row["status"]].append(f"record {row['place']}, '{title}'")
    return {
        file: tuple(_line(status, by_status[status]) for status in SHOWN if status in by_status)
        for file, by_status in held.items()
    }


def _line(status: str, named: list[str]) -> str:
    """Name the records; all that are retracted or in doubt, of others the first."""
    shown = named if status in {"retracted", "concern"} else named[:_MOST_NAMED]
    more = f"; and {len(named) - len(shown):,} more" if len(shown) < len(named) else ""
    records = "1 record" if len(named) == 1 else f"{len(named):,} records"
    called = _CALLED.get(status, status)
    return f"{called[0].upper()}{called[1:]}: {records}: {'; '.join(shown)}{more}."
