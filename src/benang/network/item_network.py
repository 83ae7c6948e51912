"""Items that are kept, and the links between them → a network, of documents too and of what these belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.kinds import AuthorNames, MemberItems, RecordItems, in_words
from benang.network.incidence import Incidence, document_incidence, item_incidence
from benang.network.links import long_form
from benang.network.network import CSR, Floats, Network, with_link_weights
from benang.network.record_values import mean_scores, own_scores, own_weights, summed_weights
from benang.network.selection import Threshold, meeting
from benang.network.settings import NetworkSettings
from benang.provenance import Step
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus


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
    found = item_incidence(corpus, items=kind, thesaurus=thesaurus, author_names=author_names, columns=columns)
    return replace(found, weight="Documents")


def kept_members(members: Incidence, *, min_documents: int, min_citations: int) -> NDArray[np.intp]:
    """Return the places of the items with enough documents and citations."""
    citations = Threshold("min_citations", item_citations(members), min_citations, "citations")
    if members.item_kind == "documents":
        return meeting([citations], items="documents")
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
    told = replace(network, weights=weights, scores=own, attributes=_links_to(corpus, kept), link_kind=link_kind)
    return with_link_weights(told)


def _links_to(corpus: Corpus, kept: NDArray[np.intp]) -> dict[str, tuple[object, ...]]:
    dois: Sequence[str] = corpus.works.column("doi").to_pylist()
    urls = tuple(f"https://doi.org/{dois[i]}" if dois[i] else None for i in kept)
    return {"url": urls} if any(urls) else {}
