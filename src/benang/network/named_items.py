"""Different values → items: which of them are the same, what a thesaurus makes of them, and how they are labelled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus


@dataclass(frozen=True)
class NamedItems:
    """Items by their ids and labels; `item_of` is the place of the item that each value names, -1 where none.

    `dropped` counts the items that the thesaurus drops, `unmatched` are its labels that no value has.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    item_of: NDArray[np.int64]
    dropped: int
    unmatched: tuple[str, ...] = ()


def named_items(
    values: Sequence[str],
    times: Sequence[int],
    thesaurus: Thesaurus,
    *,
    key: Callable[[str], str] = label_key,
    dropped: int = 0,
    unmatched: Sequence[str] | None = None,
) -> NamedItems:
    """Tell the items apart that values name.

    Parameters
    ----------
    values, times
        The different values, and how often each stands in the corpus.
    thesaurus
        What is to be applied to them. The label of an item is the thesaurus's, else its most frequent spelling.
    key
        What values are compared by.
    dropped, unmatched
        What the thesaurus dropped while values were read, and its labels that nothing had until then; None where it
        was not looked up.

    Examples
    --------
    >>> found = named_items(["Kota", "kota", "Budget"], [1, 2, 1], Thesaurus())
    >>> found.ids, found.labels, found.item_of.tolist()
    (('budget', 'kota'), ('Budget', 'kota'), [1, 1, 0])
    """
    replaced = thesaurus.by_key(key)
    own = [key(value) for value in values]
    final = [key(replaced[name]) if name in replaced else name for name in own]
    ids = sorted({name for name in final if name})
    place = {name: at for at, name in enumerate(ids)}
    labels = _labels(zip(final, values, times, strict=True)) | thesaurus.labels(key)
    return NamedItems(
        tuple(ids),
        tuple(labels[name] for name in ids),
        np.array([place.get(name, -1) for name in final], np.int64),
        dropped + len({name for name, end in zip(own, final, strict=True) if name and not end}),
        _unmatched(thesaurus, thesaurus.unmatched(key, set(own)), unmatched),
    )


def _labels(spelt: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """Choose each item's most frequent spelling, the first in the alphabet of several."""
    several: dict[str, dict[str, int]] = {}
    for name, spelling, count in spelt:
        label = " ".join(spelling.split())
        counts = several.setdefault(name, {})
        counts[label] = counts.get(label, 0) + count
    return {name: usual_spelling(counts) if len(counts) > 1 else next(iter(counts)) for name, counts in several.items()}


def _unmatched(thesaurus: Thesaurus, here: tuple[str, ...], before: Sequence[str] | None) -> tuple[str, ...]:
    """Return the labels that matched nothing, neither before nor among the lines that were left to apply here."""
    if before is None:
        return here
    lines = {one for one, preferred in thesaurus.replacements if one != preferred}
    return tuple(one for one in before if one not in lines or one in here)
