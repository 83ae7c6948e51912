"""What documents are called on a map: short citations, told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from benang.records.names import family_name
from benang.records.record import Record


def unique_labels(records: Iterable[Record]) -> tuple[str, ...]:
    """Return short citations, told apart by letters where several are alike: in the order of the records.

    Examples
    --------
    >>> unique_labels([Record("a", authors=("Sari, D.",), year=2019), Record("b", authors=("Sari, A.",), year=2019),
    ...                Record("c", title="Kota kembar", year=2020)])
    ('Sari (2019a)', 'Sari (2019b)', 'Kota kembar (2020)')
    """
    held = [(_named(record), str(record.year) if record.year else "") for record in records]
    counts = Counter(held)
    taken: Counter[tuple[str, str]] = Counter()
    labels = []
    for name, year in held:
        letter = _letter(taken[name, year]) if counts[name, year] > 1 else ""
        taken[name, year] += 1
        labels.append(f"{name} ({year}{letter})" if year else f"{name} ({letter})" if letter else name)
    return tuple(labels)


def _named(record: Record) -> str:
    if record.authors and family_name(record.authors[0]):
        return family_name(record.authors[0])
    words = record.title.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "") or record.key


def _letter(n: int) -> str:
    """Count a, b, …, z, aa, ab, …."""
    return (_letter(n // 26 - 1) if n >= 26 else "") + chr(ord("a") + n % 26)
