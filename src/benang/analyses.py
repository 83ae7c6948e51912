"""Analysis → network: the one door to every network of a corpus; and how many items and links each threshold leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np
from scipy import sparse

from benang.errors import BenangError, Problem, argument
from benang.kinds import LINKS, CitedItems, MemberItems, RecordItems, in_words
from benang.locale.writing import joined, worded
from benang.network import Analysis, check_analysis, first_threshold, least_of, with_threshold
from benang.network.citation import citation_network, coupling_network
from benang.network.cocitation import cocitation_network
from benang.network.cooccurrence import cooccurrence_network
from benang.network.network import Floats, Network
from benang.network.selection import LEAST_ITEMS, components
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus
from benang.terms.text_network import text_term_network

USUAL = (0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
"""Thresholds that are tried, up to the highest that leaves an item."""

READABLE = range(20, 201)
"""Numbers of items that a page can name and that say something of a field: from these a threshold is proposed."""

MANY = 300
"""Items above which a lower number is proposed; up to here a large page still names most of them."""

_NAMES = {"min_documents": "Documents", "min_citations": "Citations", "min_occurrences": "Occurrences"}
_NO_MORE = "These records contain no more linked items: read more records, or map other items."


def analysis_network(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None = None) -> Network:
    """Make the network of an analysis.

    Raises
    ------
    BenangError
        As `check_analysis`, and the function that makes it.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", authors=("Sari, D.", "Budi, E.")), Record("b", authors=("Sari, D.",))])
    >>> analysis_network(corpus, Analysis("authors")).total_link_strength
    1.0
    """
    check_analysis(analysis)
    least = least_of(analysis, len(corpus))
    link = analysis.linked_by
    if analysis.items == "terms":
        return _terms(corpus, analysis, least, thesaurus)
    if link == "co-citation":
        return cocitation_network(
            corpus,
            items=cast("CitedItems", analysis.items),
            matching=analysis.matching,
            threshold=analysis.likeness,
            counting=analysis.counting,
            min_citations=least["min_citations"],
            top=analysis.top,
            components=analysis.components,
            thesaurus=thesaurus,
            engine=analysis.engine,
        )
    if LINKS[link].by_citation:
        return _members(corpus, analysis, least, thesaurus)
    return cooccurrence_network(
        corpus,
        items=cast("RecordItems", analysis.items),
        counting=analysis.counting,
        min_occurrences=least[first_threshold(analysis.items)],
        min_citations=least["min_citations"],
        top=analysis.top,
        components=analysis.components,
        thesaurus=thesaurus,
        author_names=analysis.author_names,
        most_per_record=analysis.most_per_record,
        columns=analysis.columns,
        engine=analysis.engine,
    )


def _members(corpus: Corpus, analysis: Analysis, least: Mapping[str, int], thesaurus: Thesaurus | None) -> Network:
    items = cast("MemberItems", analysis.items)
    documents, citations = least.get("min_documents", 1), least["min_citations"]
    if LINKS[analysis.linked_by].direct:
        return citation_network(
            corpus,
            items=items,
            matching=analysis.matching,
            threshold=analysis.likeness,
            min_documents=documents,
            min_citations=citations,
            top=analysis.top,
            components=analysis.components,
            thesaurus=thesaurus,
            author_names=analysis.author_names,
            columns=analysis.columns,
            engine=analysis.engine,
        )
    return coupling_network(
        corpus,
        items=items,
        matching=analysis.matching,
        threshold=analysis.likeness,
        counting=analysis.counting,
        min_documents=documents,
        min_citations=citations,
        top=analysis.top,
        components=analysis.components,
        thesaurus=thesaurus,
        author_names=analysis.author_names,
        columns=analysis.columns,
        engine=analysis.engine,
    )


def _terms(corpus: Corpus, analysis: Analysis, least: Mapping[str, int], thesaurus: Thesaurus | None) -> Network:
    return text_term_network(
        corpus,
        min_occurrences=least["min_occurrences"],
        share=analysis.share,
        fields=analysis.terms_from,
        counting_method=analysis.terms_counting,
        method=analysis.terms_method,
        top=analysis.top,
        components=analysis.components,
        thesaurus=thesaurus,
        columns=analysis.columns,
        engine=analysis.engine,
    )


def mappable_network(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None = None) -> Network:
    """Make the network of an analysis, of at least three items.

    Raises
    ------
    BenangError
        As `analysis_network`; where fewer than three items are left: the message names a threshold that leaves more.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("kota", "desa", "kerja sama")),
    ...                     Record("b", author_keywords=("kota", "desa"))])
    >>> mappable_network(corpus, Analysis("author-keywords", min_occurrences=2))
    Traceback (most recent call last):
    benang.errors.BenangError: author keywords: only 2 items are left (min_occurrences 2). ...
    """
    network = analysis_network(corpus, analysis, thesaurus)
    if len(network) >= LEAST_ITEMS:
        return network
    least = least_of(analysis, len(corpus))
    asked = ", ".join(f"{argument(name)} {number}" for name, number in least.items() if number)
    thresholds = f" ({asked})" if asked else ""
    way_on = _leaves_more(corpus, analysis, thesaurus)
    raise BenangError(
        Problem(
            worded(
                "{items}: only {n} item is left{asked}",
                "{items}: only {n} items are left{asked}",
                items=in_words(analysis.items),
                n=len(network),
                asked=thresholds,
            ),
            way_on=way_on or _NO_MORE,
        )
    )


def _leaves_more(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None) -> str:
    """Try lower thresholds, the highest first, then all components: the error's way on.

    Beside the first that makes a map, the first that makes one worth reading is named.
    """
    asked = least_of(analysis, len(corpus))[first_threshold(analysis.items)]
    left: list[str] = []
    for least in _lower(asked, _lowest(analysis)):
        n = len(_tried(corpus, with_threshold(analysis, least), thesaurus))
        if n >= (READABLE.start if left else LEAST_ITEMS):
            left.append(worded("{least} leaves {n:,}", least=least, n=n))
        if n >= READABLE.start:
            break
    if left:
        return worded("A lower minimum leaves more: {counts}.", counts=joined(left))
    all_of_them = len(_tried(corpus, replace(analysis, components="all"), thesaurus))
    everything = argument("all_components", "all components")
    if all_of_them < LEAST_ITEMS:
        return ""
    return worded("With {option} there are {n:,}.", option=everything, n=all_of_them)


def _lowest(analysis: Analysis) -> int:
    return 0 if analysis.items == "documents" else 1


def _lower(least: int, lowest: int) -> list[int]:
    """Return thresholds below one, the highest first."""
    return sorted({n for n in (least // 2, 10, 5, 4, 3, 2, 1, 0) if lowest <= n < least}, reverse=True)


def serving_threshold(
    network: Network, corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None = None
) -> tuple[int, int] | None:
    """Return the threshold that leaves a number of items that can be read, where a preset leaves very few or many.

    Returns
    -------
    tuple
        The threshold, and how many items a map with it has (`READABLE`). None where the threshold was asked for, where
        its number of items can be read, and where no threshold helps.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> keywords = [("core", f"a{i % 3}", f"b{i % 40}") for i in range(120)]
    >>> corpus = corpus_of([Record(str(i), author_keywords=words) for i, words in enumerate(keywords)])
    >>> analysis = Analysis("author-keywords")
    >>> network = analysis_network(corpus, analysis)
    >>> len(network), serving_threshold(network, corpus, analysis)
    (4, (3, 44))
    """
    first = first_threshold(analysis.items)
    if getattr(analysis, first) is not None or len(network) in range(READABLE.start, MANY + 1):
        return None
    usual = least_of(analysis, len(corpus))[first]
    if len(network) > MANY:
        return _leaving_fewer(network, corpus, analysis, thesaurus)
    for least in _lower(usual, _lowest(analysis)):
        n = len(_tried(corpus, with_threshold(analysis, least), thesaurus))
        if n >= READABLE.start:
            return (least, n) if n in READABLE else None
    return None


def _leaving_fewer(
    network: Network, corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None
) -> tuple[int, int] | None:
    """Return the lowest threshold above the usual one that leaves few enough items.

    A network's own items show where to begin. How many there are is counted with the threshold, since others come up
    where only the most linked or the most relevant were kept.
    """
    first = first_threshold(analysis.items)
    usual = least_of(analysis, len(corpus))[first]
    counted = network.weights.get(_NAMES[first], np.zeros(len(network)))
    for least in np.unique(counted[counted > usual]).astype(int).tolist():
        if _left(network, counted, least).largest >= READABLE.stop:
            continue
        n = len(_tried(corpus, with_threshold(analysis, least), thesaurus))
        if n < READABLE.stop:
            return (least, n) if n in READABLE else None
    return None


def _tried(corpus: Corpus, analysis: Analysis, thesaurus: Thesaurus | None) -> Network | tuple[()]:
    try:
        return analysis_network(corpus, analysis, thesaurus)
    except BenangError:
        return ()


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
    lowest = _lowest(analysis)
    whole = replace(with_threshold(analysis, lowest), share=1.0, top=None, components="all")
    network = analysis_network(corpus, whole, thesaurus)
    counted = network.weights.get(_NAMES[first], np.zeros(len(network)))
    highest = counted.max(initial=0)
    return tuple(_left(network, counted, least) for least in tried if lowest <= least <= highest)


def _left(network: Network, counted: Floats, least: int) -> Left:
    kept = np.flatnonzero(counted >= least)
    links = sparse.csr_array(network.links[kept][:, kept])
    return Left(least, len(kept), int(links.nnz) // 2, int(components(links).sizes.max(initial=0)))
