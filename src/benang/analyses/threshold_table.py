"""How many items and links each threshold leaves, so that a person can choose one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from benang.analyses.analysis import Analysis, first_threshold, with_threshold
from benang.analyses.networks import analysis_network
from benang.network.network import Floats, Network
from benang.network.selection import components
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus

USUAL = (0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
"""Thresholds that are tried, up to the highest that leaves an item."""

_NAMES = {"min_documents": "Documents", "min_citations": "Citations", "min_occurrences": "Occurrences"}


@dataclass(frozen=True)
class Left:
    """What a threshold leaves: items, links between them, and items of the largest component."""

    least: int
    items: int
    links: int
    largest: int


def threshold_table(
    corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None = None, *, tried: Sequence[int] = USUAL
) -> tuple[Left, ...]:
    """Count what thresholds leave, from one network of all items.

    The threshold is the first of the items (`first_threshold`): occurrences, documents or citations. Of terms all are
    counted, also those that would be left out as not relevant.

    Raises
    ------
    BenangError
        As `analysis_network`.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("kota", "desa")),
    ...                     Record("b", author_keywords=("kota", "desa", "kerja sama"))])
    >>> for left in threshold_table(corpus, Analysis("author-keywords")):
    ...     print(left)
    Left(least=1, items=3, links=3, largest=3)
    Left(least=2, items=2, links=1, largest=2)
    """
    first = first_threshold(analysis.items)
    lowest = 0 if analysis.items == "documents" else 1
    whole = replace(with_threshold(analysis, lowest), share=1.0, top=None, components="all")
    network = analysis_network(corpus, whole, thesaurus)
    counted = network.weights.get(_NAMES[first], np.zeros(len(network)))
    highest = counted.max(initial=0)
    return tuple(_left(network, counted, least) for least in tried if lowest <= least <= highest)


def _left(network: Network, counted: Floats, least: int) -> Left:
    kept = np.flatnonzero(counted >= least)
    links = sparse.csr_array(network.links[kept][:, kept])
    return Left(least, len(kept), int(links.nnz) // 2, int(components(links).sizes.max(initial=0)))
