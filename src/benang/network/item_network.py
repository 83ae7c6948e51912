"""Items that are kept, and integers that an engine counted → link strengths → a network.

It is one of what occurs in records, or of documents and of what these belong to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine import available_memory
from benang.engine import in_words as memory_in_words
from benang.errors import BenangError, Problem
from benang.evidence import Step
from benang.kinds import AuthorNames, Counting, MemberItems, RecordItems, in_words
from benang.locale.writing import worded
from benang.network import NetworkSettings
from benang.network.incidence import Incidence, document_incidence, item_incidence
from benang.network.network import CSR, Floats, Network, symmetric, with_link_weights
from benang.network.record_values import mean_scores, own_scores, own_weights, record_descriptions, summed_weights
from benang.network.selection import Threshold, meeting
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus

BYTES_PER_LINK = 200
"""What a link takes while its counts are added up: 20 bytes as it comes, the rest for sums and both halves."""

MOST_LINKS = 50_000_000
"""The most links that are counted of a corpus in memory, however much of it is free: these take 10 GB."""

SHARE = 0.6
"""The share of the memory that is free which links may take."""


def link_matrix(counts: pa.Table, kept: NDArray[np.intp], n_items: int, counting: Counting) -> CSR:
    """Divide and add up the counts of an engine, which come in any order.

    Whole numbers add up to the same in any order. Shares do not, to their last digit: they are sorted before. To sort
    in the engine takes longer than the counting.

    Parameters
    ----------
    counts
        Its four columns: two items, the number n that shares are made of, and the count.
    kept
        The places of the items that are kept, of `n_items` in all; they become the rows of the matrix.

    Examples
    --------
    >>> counts = pa.table({"source": [0, 0], "target": [2, 2], "n": [2, 5], "units": [3, 1]})
    >>> link_matrix(counts, np.array([0, 2]), 3, "fractional").toarray().tolist()
    [[0.0, 3.25], [3.25, 0.0]]
    """
    if not counts.num_rows:
        return symmetric(len(kept), [], [], [])
    source, target, size, count = (column.to_numpy() for column in counts.columns)
    place = np.full(n_items, -1, np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    if counting != "fractional":
        return symmetric(len(kept), place[source], place[target], count)
    order = np.lexsort((size, target, source))
    source, target, shares = source[order], target[order], count[order] / (size[order] - 1)
    new = np.r_[True, (source[1:] != source[:-1]) | (target[1:] != target[:-1])]
    strengths = np.bincount(np.cumsum(new) - 1, weights=shares).astype(np.float64)
    return symmetric(len(kept), place[source[new]], place[target[new]], strengths)


def long_form(matrix: CSR, row: str, column: str) -> pa.Table:
    """Put a matrix in long form, as an engine takes it: one row for each entry, with how often it occurs.

    Examples
    --------
    >>> from scipy import sparse
    >>> long_form(sparse.csr_array(np.array([[0.0, 2.0]])), "unit", "item").to_pydict()
    {'unit': [0], 'item': [1], 'times': [2]}
    """
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
    return pa.table({row: rows, column: matrix.indices.astype(np.int32), "times": matrix.data.astype(np.int32)})


def memory_for_links() -> int:
    """Return the bytes that links may take: 60 % of the memory that is free."""
    return int(available_memory() * SHARE)


def check_size(sizes: NDArray[np.int64], levels: NDArray[np.int64], *, items: str, option: str, fullest: str) -> None:
    """Refuse a network that no memory holds before it is counted: one list of 100,000 authors has 5 billion pairs.

    Parameters
    ----------
    sizes
        How many of the items each unit holds.
    levels
        The highest threshold that each of the items meets.
    items, option
        The items in words, and what the threshold is called.
    fullest
        What the unit with most of them is, as the message says it.

    Raises
    ------
    BenangError
        Where there may be more links than `MOST_LINKS`, or than the memory that is free has room for: it tells how many
        items would fit, and with which threshold.
    """
    n = len(levels)
    at_most = min(int((sizes * (sizes - 1) // 2).sum()), n * (n - 1) // 2)
    room = min(MOST_LINKS, memory_for_links() // BYTES_PER_LINK)
    if at_most <= room:
        return
    least, left = np.unique(levels, return_counts=True)
    left = np.cumsum(left[::-1])[::-1]  # items that each threshold leaves
    fits = np.flatnonzero(left * (left - 1) // 2 <= room)
    fit = (int(least[fits[0]]), int(left[fits[0]])) if len(fits) else (0, 0)
    raise too_many_links(
        n,
        at_most,
        room * BYTES_PER_LINK,
        fit,
        items=items,
        option=option,
        also=worded("; {n:,} {items} {fullest}", n=int(sizes.max()), items=items, fullest=fullest),
    )


def too_many_links(
    n: int, links: int, room: int, fit: tuple[int, int], *, items: str, option: str, also: str = ""
) -> BenangError:
    """Say that links take more than the `room` there is; `fit` is a threshold that is sure to do, and what it leaves.

    Examples
    --------
    >>> print(too_many_links(9_000, 40_000_000, 10**9, (5, 300), items="authors", option="minimum number of documents"))
    these 9,000 authors may have 40,000,000 links, which need up to 8.0 GB of memory; 1.0 GB is available. 300 authors
    would fit: choose 5 as the minimum number of documents.
    """
    least, left = fit
    way_on = (
        worded(
            "{left:,} {items} would fit: choose {least:,} as the {option}.",
            left=left,
            items=items,
            least=least,
            option=option,
        )
        if left > 1
        else "Leave out records that list very many, or use a computer with more memory."
    )
    return BenangError(
        Problem(
            worded(
                "these {n:,} {items} may have {links:,} links, which need up to {memory} of memory; "
                "{room} is available{also}",
                n=n,
                items=items,
                links=links,
                memory=memory_in_words(links * BYTES_PER_LINK),
                room=memory_in_words(room),
                also=also,
            ),
            way_on=way_on,
        )
    )


def with_links_step(network: Network, counting: Counting) -> Network:
    """Add the step that says how links were counted, and how many there are."""
    step = Step(
        "links",
        {"counting": counting, "link": network.link_kind},
        {"items": len(network), "links": network.n_links, "total_link_strength": network.total_link_strength},
    )
    settings = replace(network.settings, counting=counting)
    return replace(network, history=(*network.history, step), settings=settings)


def item_network(
    incidence: Incidence, kept: NDArray[np.intp], links: CSR, occurrences: NDArray[np.int64], *, scores: bool
) -> Network:
    """Make the network of the items that are kept, with their weights, scores and records."""
    once = sparse.csr_array(incidence.once[:, kept])
    weights: dict[str, Floats] = {incidence.weight: occurrences[kept].astype(np.float64)}
    values = incidence.values
    if values is not None and incidence.weight != "Citations":
        weights |= summed_weights(values, once, with_normalized=incidence.weight == "Documents")
    return with_link_weights(
        Network(
            ids=tuple(incidence.ids[i] for i in kept),
            labels=tuple(incidence.labels[i] for i in kept),
            links=links,
            weights=weights,
            scores=mean_scores(values, once) if scores and values is not None else {},
            records=incidence.units,
            record_labels=incidence.unit_labels,
            incidence=once,
            unit=incidence.unit,
            item_kind=incidence.item_kind,
            link_kind=incidence.link_kind,
            history=incidence.history,
            settings=incidence.settings,
        )
    )


def with_step(network: Network, *steps: Step, settings: NetworkSettings | None = None) -> Network:
    """Add steps to a network's history, and what they settled."""
    return replace(network, history=(*network.history, *steps), settings=settings or network.settings)


def with_threshold(network: Network, items: int, kept: int, **least: int | None) -> Network:
    """Say what was asked of an item, of how many, and how many met it; a minimum that is None was not asked for."""
    asked: dict[str, Any] = {name: number for name, number in least.items() if number is not None}
    thresholds = replace(network.settings.thresholds, **asked, items=items, kept=kept)
    step = Step("threshold", asked, {"items": items, "kept": kept})
    return with_step(network, step, settings=replace(network.settings, thresholds=thresholds))


def item_citations(incidence: Incidence) -> Floats:
    """Add up how often the records of each item have been cited; 0 where nobody tells."""
    if incidence.values is None or incidence.values.citations is None:
        return np.zeros(len(incidence.ids))
    return np.asarray(incidence.once.T @ np.nan_to_num(incidence.values.citations))


def members_of(
    corpus: Corpus,
    items: MemberItems,
    *,
    thesaurus: Thesaurus | None,
    author_names: AuthorNames,
    columns: Mapping[str, Floats] | None,
) -> Incidence:
    """Say which documents belong to which items: each to itself, or to its source, its authors, their places."""
    if items == "documents":
        return document_incidence(corpus, columns)
    kind: RecordItems = items
    members = item_incidence(corpus, items=kind, thesaurus=thesaurus, author_names=author_names, columns=columns)
    return replace(members, weight="Documents")


def kept_members(members: Incidence, *, min_documents: int, min_citations: int) -> NDArray[np.intp]:
    """Return the places of the items with enough documents and citations."""
    citations = Threshold("min_citations", item_citations(members), min_citations, "citations")
    if members.item_kind == "documents":
        return meeting([citations], items=in_words("documents"))
    documents = Threshold("min_documents", documents_of(members), min_documents, "documents")
    return meeting([documents, citations], items=in_words(members.item_kind))


def documents_of(members: Incidence) -> NDArray[np.int64]:
    """Count the documents of each item."""
    return np.bincount(members.matrix.indices, minlength=len(members.ids)).astype(np.int64)


def member_table(members: Incidence) -> pa.Table:
    """Put what belongs to what in long form, as the engine takes it: `work`, `item`."""
    return long_form(members.matrix, "work", "item").select(["work", "item"])


def member_network(
    corpus: Corpus, members: Incidence, kept: NDArray[np.intp], links: CSR, *, link_kind: str, scores: bool
) -> Network:
    """Make the network of the items that are kept, with weights and scores by VOSviewer's names."""
    network = item_network(members, kept, links, documents_of(members), scores=scores)
    if members.item_kind != "documents":
        return replace(network, link_kind=link_kind)
    values = members.values
    weights = {} if values is None else {name: column[kept] for name, column in own_weights(values).items()}
    own = {} if values is None or not scores else {name: column[kept] for name, column in own_scores(values).items()}
    weighted = replace(network, weights=weights, scores=own, attributes=_links_to(corpus, kept), link_kind=link_kind)
    return with_link_weights(weighted)


def with_descriptions(network: Network, corpus: Corpus) -> Network:
    """Add the attribute `description` to documents: authors, title, source and year, which their labels leave out."""
    if network.item_kind != "documents":
        return network
    place = {key: at for at, key in enumerate(corpus.keys)}
    return described(network, record_descriptions(corpus, [place[key] for key in network.ids]))


def described(network: Network, descriptions: tuple[str | None, ...]) -> Network:
    """Put descriptions before the other attributes of items, as VOSviewer orders them; none where none is known."""
    known = any(descriptions)
    return replace(network, attributes={"description": descriptions, **network.attributes}) if known else network


def _links_to(corpus: Corpus, kept: NDArray[np.intp]) -> dict[str, tuple[object, ...]]:
    dois: Sequence[str] = corpus.works.column("doi").to_pylist()
    urls = tuple(f"https://doi.org/{dois[i]}" if dois[i] else None for i in kept)
    return {"url": urls} if any(urls) else {}
