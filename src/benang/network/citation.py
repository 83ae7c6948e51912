"""Direct citation: documents, sources, authors, organisations or countries that cite each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
from scipy import sparse

from benang.engine.engine import sql_text
from benang.engine.opening import open_engine
from benang.errors import BenangError, Problem, argument
from benang.kinds import USUAL_LIKENESS, AuthorNames, ComponentChoice, MemberItems
from benang.network.cited_works import citations_within, cited_works
from benang.network.coupling import asked_of, with_references
from benang.network.item_network import (
    kept_members,
    member_network,
    member_table,
    members_of,
    with_step,
    with_threshold,
)
from benang.network.links import link_matrix, with_links_step
from benang.network.network import Cited, Floats, Network
from benang.network.selection import check_asked, selected
from benang.provenance import Step
from benang.ranges import check
from benang.records.corpus import Corpus
from benang.records.references.matching import Matching
from benang.records.thesaurus import Thesaurus


def citation_network(
    corpus: Corpus,
    *,
    items: MemberItems = "documents",
    matching: Matching = "keys",
    threshold: float = USUAL_LIKENESS,
    min_documents: int = 1,
    min_citations: int = 0,
    top: int | None = None,
    components: ComponentChoice = "largest",
    thesaurus: Thesaurus | None = None,
    author_names: AuthorNames = "joined",
    scores: bool = True,
    columns: Mapping[str, Floats] | None = None,
    engine: str = "duckdb",
) -> Network:
    """Make the network of documents that cite each other, or of what these documents belong to.

    Parameters
    ----------
    corpus
        The records, with cited references. A citation counts where its reference is a record of the corpus.
    items
        `documents`, or their `sources`, `authors`, `organizations` or `countries`.
    matching, threshold
        When a reference is a record of the corpus: `match_references`, by keys or fuzzily. One match is enough, of the
        key of author, year, volume and page, or of a DOI or another identifier.
    min_documents, min_citations, top, components, thesaurus, author_names, scores, columns, engine
        As in `coupling_network`.

    Returns
    -------
    Network
        A link of two documents has strength 1, or 2 where they cite each other; of two other items it is the number of
        citations between documents of one and of the other. Directions are not kept, as in VOSviewer (manual 1.6.18,
        footnote 12). Items, weights and scores are those of `coupling_network`. `network.records_of(one, other)` names
        the citing documents behind a link, `network.cited_by(one, other)` the cited ones.

    Raises
    ------
    BenangError
        As `coupling_network`, where no record cites another, and for `exact` matching, which knows of no records.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([
    ...     Record("a", authors=("Sari, D.",), year=2019, doi="10.1000/a"),
    ...     Record("b", authors=("Budi, E.",), year=2021, references=("Sari D, 2019, J TEST, DOI 10.1000/a",))])
    >>> network = citation_network(corpus)
    >>> network.labels, network.strength("a", "b"), network.records_of("a", "b"), network.cited_by("a", "b")
    (('Sari (2019)', 'Budi (2021)'), 1.0, ('b',), ('a',))
    """
    check(threshold=threshold)
    check_asked("full", components, top, ("min_documents", min_documents, 1), ("min_citations", min_citations, 0))
    if matching == "exact":
        raise BenangError(
            Problem(
                "exact",
                where="matching",
                expected="keys or fuzzy",
                way_on="References as printed do not say which records of the corpus they are.",
            )
        )
    with open_engine(engine) as opened:
        works = cited_works(corpus, opened, matching=matching, threshold=threshold)
        citations = citations_within(works.matched)
        if not citations.num_rows:
            raise _none_within(corpus)
        members = members_of(corpus, items, thesaurus=thesaurus, author_names=author_names, columns=columns)
        kept = kept_members(members, min_documents=min_documents, min_citations=min_citations)
        opened.view("citations", citations)
        opened.view("members", member_table(members))
        opened.view("kept", pa.table({"item": kept.astype(np.int32)}))
        found = opened.query(sql_text("benang.network", "citation"))
    links = link_matrix(found, kept, len(members.ids), "full")
    network = member_network(corpus, members, kept, links, link_kind="citation", scores=scores)
    network = with_references(network, corpus, members, works)
    network = with_step(network, Step("citations", {}, {"citations_within": citations.num_rows}))
    network = with_threshold(network, len(members.ids), len(kept), **asked_of(items, min_documents, min_citations))
    shown = selected(network, top=top, component=components)
    cited = _cited(citations, shown)
    return with_links_step(replace(shown, cited=cited), "full")


def _cited(citations: pa.Table, network: Network) -> Cited:
    """Let every record be a work that others cite."""
    n = len(network.records)
    ends = (citations.column("cited").to_numpy(), citations.column("citing").to_numpy())
    matrix = sparse.csr_array((np.ones(citations.num_rows), ends), shape=(n, n))
    matrix.sort_indices()
    return Cited(network.records, network.record_labels, matrix)


def _none_within(corpus: Corpus) -> BenangError:
    return BenangError(
        Problem(
            f"None of the {len(corpus):,} records cites another of them, as far as their references tell"
            if len(corpus) > 1
            else "There is only one record, and none that it could cite",
            way_on="Citation links need records that cite each other: add exports of the works that are cited, or "
            "choose coupling, which links what cites the same works "
            f"({argument('link', value='coupling')}).",
        )
    )
