"""What documents are called on a map: short citations, told apart."""

from __future__ import annotations

from collections import Counter

import pyarrow.compute as pc

from benang.records.corpus import Corpus
from benang.records.names import family_name


def document_labels(corpus: Corpus) -> tuple[str, ...]:
    """Return the first author and year of each record, told apart by letters where several are alike.

    A title stands for authors that aren't known, a key for a title.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> document_labels(corpus_of([
    ...     Record("a", authors=("Sari, D.",), year=2019), Record("b", authors=("Sari, A.",), year=2019),
    ...     Record("c", title="Kota kembar", year=2020)]))
    ('Sari (2019a)', 'Sari (2019b)', 'Kota kembar (2020)')
    """
    held = list(_named(corpus))
    counts = Counter(held)
    taken: Counter[tuple[str, str]] = Counter()
    labels = []
    for name, year in held:
        letter = _letter(taken[name, year]) if counts[name, year] > 1 else ""
        taken[name, year] += 1
        labels.append(f"{name} ({year}{letter})" if year else f"{name} ({letter})" if letter else name)
    return tuple(labels)


def _named(corpus: Corpus) -> list[tuple[str, str]]:
    """Return what each record is called, and its year, from the columns that this takes: there may be a million."""
    values = corpus.values
    is_first = pc.and_(pc.equal(values.column("field"), "authors"), pc.equal(values.column("position"), 0))
    first = values.filter(is_first)
    author = dict(zip(first.column("work").to_pylist(), first.column("value").to_pylist(), strict=True))
    rows = zip(*(corpus.works.column(name).to_pylist() for name in ("key", "title", "year")), strict=True)
    return [
        (family_name(author.get(work, ""), corpus.bodies) or _titled(title or "") or key, str(year) if year else "")
        for work, (key, title, year) in enumerate(rows)
    ]


def _titled(title: str) -> str:
    words = title.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")


def _letter(n: int) -> str:
    """Count a, b, …, z, aa, ab, …."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)
