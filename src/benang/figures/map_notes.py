"""What a map figure says about itself below the map: what it rests on, and what is not drawn or named."""

from __future__ import annotations

from collections.abc import Mapping

from benang.figures.map_words import Words
from benang.kinds import SMALL_CORPUS
from benang.looks.appearance import ShownLinks
from benang.maps.map import Map
from benang.maps.stability_told import stability_note
from benang.network.network import Network
from benang.records.record import ADDED, ASSIGNED


def corpus_notes(map_: Map, words: Words) -> tuple[str, ...]:
    """Return the lines that a map owes its reader.

    How small the corpus is, whose keywords these are, and what its provenance notes on the stability of the clusters.
    """
    notes = []
    n = _corpus_size(map_)
    if n is not None and n < SMALL_CORPUS:
        one, several = unit_words(map_.network)
        notes.append(words("small_corpus", n=words.number(n), unit=words(one if n == 1 else several)))
    if ASSIGNED in map_.origins:
        notes.append(words("assigned_keywords" if ADDED not in map_.origins else "added_keywords"))
    elif ADDED in map_.origins:
        notes.append(words("added_keywords"))
    return (*notes, *_stability(map_, words))


def unit_words(network: Network) -> tuple[str, str]:
    """Return what a network counts, for one and for several: cases, records, or works where records were joined.

    Examples
    --------
    >>> from scipy import sparse
    >>> from benang.provenance import Step
    >>> bare = Network(("a",), ("a",), sparse.csr_array((1, 1)), history=(Step("duplicates"),))
    >>> unit_words(bare)
    ('work', 'works')
    """
    if network.unit == "cases":
        return "case", "cases"
    joined = any(step.name == "duplicates" for step in network.history)
    return ("work", "works") if joined else ("record", "records")


def _stability(map_: Map, words: Words) -> list[str]:
    """Say how far the clusters hold, in the words' language; a note alone is shown as it stands."""
    told = map_.told("stability")
    if not isinstance(told, Mapping):
        return []
    note = stability_note(told, words.language) if "verdict" in told else told.get("note")
    return [note.strip()] if isinstance(note, str) and note.strip() else []


def _corpus_size(map_: Map) -> int | None:
    if map_.network.unit != "cases":
        for name in ("records", "read"):  # those that are counted, works where records were joined
            if isinstance(n := map_.told("corpus", name), int):
                return n
    return len(map_.network.records) or None


def count_note(map_: Map, shown: ShownLinks | None, n_unnamed: int, words: Words, *, n_shown: int | None = None) -> str:
    """Return the line that counts items, links and clusters, and says what of them isn't drawn or named.

    Without `shown` links there are none in this kind of figure, and none are spoken of. `n_shown` items lie on the
    page: without it all.
    """
    links = words.count(map_.network.n_links, "link")
    counted = {"items": words.count(len(map_), "item"), "clusters": words.count(map_.n_clusters, "cluster")}
    parts = [words("counts_without_links", **counted) if shown is None else words("counts", links=links, **counted)]
    if shown is not None and len(shown) < map_.network.n_links:
        parts.append(words("strongest_links", shown=words.number(len(shown)), links=links))
    if n_shown is not None and n_shown < len(map_):
        parts.append(words("part_shown", shown=words.number(n_shown), items=words.count(len(map_), "item")))
    if n_unnamed:
        parts.append(words("unnamed", items=words.count(n_unnamed, "item")))
    return " ".join(parts)
