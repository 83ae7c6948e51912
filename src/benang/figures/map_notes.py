"""What a map figure says about itself below the map: what it rests on, and what is not drawn or named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benang.figures.label_placement import Placement
from benang.figures.map_words import Words
from benang.maps.appearance import ShownLinks
from benang.maps.map import Map
from benang.records.corpus import SMALL_CORPUS
from benang.records.record import ADDED, ASSIGNED


def corpus_notes(map_: Map, words: Words) -> tuple[str, ...]:
    """Return the lines that a map owes its reader: how small the corpus is, and whose keywords these are."""
    notes = []
    n = _corpus_size(map_)
    if n is not None and n < SMALL_CORPUS:
        noun = "case" if map_.network.unit == "cases" else "record"
        notes.append(words("small_corpus", n=words.number(n), unit=words(noun if n == 1 else f"{noun}s")))
    if ASSIGNED in map_.origins:
        notes.append(words("assigned_keywords" if ADDED not in map_.origins else "added_keywords"))
    elif ADDED in map_.origins:
        notes.append(words("added_keywords"))
    return tuple(notes)


def _corpus_size(map_: Map) -> int | None:
    read = map_.told("corpus", "read")
    if isinstance(read, int) and map_.network.unit != "cases":
        return read
    return len(map_.network.records) or None


def count_note(map_: Map, shown: ShownLinks | None, n_unnamed: int, words: Words) -> str:
    """Return the line that counts items, links and clusters, and says what of them isn't drawn or named.

    Without `shown` links there are none in this kind of figure, and none are spoken of.
    """
    links = words.count(map_.network.n_links, "link")
    counted = {"items": words.count(len(map_), "item"), "clusters": words.count(map_.n_clusters, "cluster")}
    parts = [words("counts_without_links", **counted) if shown is None else words("counts", links=links, **counted)]
    if shown is not None and len(shown) < map_.network.n_links:
        parts.append(words("strongest_links", shown=words.number(len(shown)), links=links))
    if n_unnamed:
        parts.append(words("unnamed", items=words.count(n_unnamed, "item")))
    return " ".join(parts)


def unnamed(placement: Placement, texts: Sequence[str]) -> NDArray[np.intp]:
    """Return the items that have a label but found no room for it."""
    wanted = np.array([bool(text) for text in texts], dtype=np.bool_)
    return np.flatnonzero(wanted & ~placement.named)
