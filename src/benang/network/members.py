"""Documents and what they belong to: the items that citation and bibliographic coupling link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benang.kinds import AuthorNames, MemberItems, RecordItems, in_words
from benang.network.incidence import Incidence, document_incidence, item_incidence
from benang.network.item_network import item_citations, item_network
from benang.network.links import long_form
from benang.network.network import CSR, Floats, Network, with_link_weights
from benang.network.record_values import own_scores, own_weights
from benang.network.selection import Threshold, meeting
from benang.records.corpus import Corpus
from benang.records.thesaurus import Thesaurus


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
