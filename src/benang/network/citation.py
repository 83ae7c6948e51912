"""Documents, sources, authors, organisations or countries that cite each other, or the same works.

The first is direct citation, the second bibliographic coupling; both need the works that each document cites.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine import open_engine, sql_text
from benang.errors import BenangError, Problem, argument
from benang.evidence import Step
from benang.kinds import USUAL_LIKENESS, AuthorNames, ComponentChoice, Counting, Matching, MemberItems, in_words
from benang.locale.writing import worded
from benang.network.incidence import Incidence, read_items
from benang.network.item_network import (
    check_size,
    documents_of,
    item_citations,
    kept_members,
    link_matrix,
    member_network,
    member_table,
    members_of,
    with_descriptions,
    with_links_step,
    with_step,
    with_threshold,
)
from benang.network.network import Cited, Floats, Network
from benang.network.record_entries import CitedWorks, citations_within, cited_works, shared_works
from benang.network.selection import check_asked, minimum_of, selected
from benang.ranges import check
from benang.records.corpus import Corpus
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
                way_on="References as printed do not show which records of the corpus they refer to.",
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
        counts = opened.query(sql_text("benang.network", "citation"))
    links = link_matrix(counts, kept, len(members.ids), "full")
    network = member_network(corpus, members, kept, links, link_kind="citation", scores=scores)
    network = with_references(network, corpus, members, works)
    network = with_step(network, Step("citations", {}, {"citations_within": citations.num_rows}))
    network = with_threshold(network, len(members.ids), len(kept), **asked_of(items, min_documents, min_citations))
    shown = with_descriptions(selected(network, top=top, component=components), corpus)
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
            worded("As far as their references show, none of the {n:,} records cites another", n=len(corpus))
            if len(corpus) > 1
            else "There is only one record, so it can't cite another",
            way_on=worded(
                "Citation links need records that cite each other: add exports of the cited works, or choose "
                "coupling, which links items that cite the same works ({option}).",
                option=argument("link", value="coupling"),
            ),
        )
    )


def coupling_network(
    corpus: Corpus,
    *,
    items: MemberItems = "documents",
    matching: Matching = "keys",
    threshold: float = USUAL_LIKENESS,
    counting: Counting = "full",
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
    """Make the network of documents that cite the same works, or of what these documents belong to.

    Parameters
    ----------
    corpus
        The records, with cited references.
    items
        `documents`, or their `sources`, `authors`, `organizations` or `countries`.
    matching, threshold
        When two references are one work: `match_references`.
    counting
        `full` (VOSviewer's default): a link is as strong as the number of works that both documents cite, summed over
        all pairs of different documents, one of each item. `fractional`: a work that N documents cite adds 1/(N - 1) to
        each of its links; N counts all documents of the corpus that cite it, also those below the threshold
        (Perianes-Rodriguez, Waltman and van Eck, 2016). `binary`: the number of works that both items cite.
    min_documents
        Documents of an item; ignored for documents themselves.
    min_citations
        Times cited, of a document or of all documents of an item; one of which it isn't known counts as never cited.
    top
        How many items to keep at most: those with the largest total link strength. All where None.
    components
        `largest` keeps the largest set of items that hang together by links, `all` keeps every item.
    thesaurus, author_names, columns, engine
        As in `cooccurrence_network`.
    scores
        Whether to add scores: of documents `Pub. year`, `Citations` and `Norm. citations`, of others their averages.

    Returns
    -------
    Network
        Documents are items by their keys, in the order read; labels are short citations. Weights: `Links`, `Total
        link strength`, `Documents` (not of documents), and where any record has some `Citations` and `Norm.
        citations`: citations over the mean of the same year in the corpus. `network.records_of(item)` names the
        documents of an item, `network.cited_by(one, other)` the works that a link rests on.

    Raises
    ------
    BenangError
        Where no record has cited references, none has enough citations, for unknown choices, and where the links
        could be more than `MOST_LINKS`.

    Notes
    -----
    VOSviewer counts pairs of references with an equal key, so that a reference printed twice in one list counts twice.
    With `exact` matching so it is here too. A document that two authors wrote together doesn't couple them
    with each other: it is one document, and cites nothing that another one shares.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([
    ...     Record("a", authors=("Sari, D.",), year=2019, references=("Smith J, 2010, J TEST, V12, P34",)),
    ...     Record("b", references=("Smith J., On tests, J. Test, 12, pp. 34-56, (2010)",))])
    >>> network = coupling_network(corpus)
    >>> network.labels, network.strength("a", "b"), network.cited_by("a", "b")
    (('Sari (2019)', 'b'), 1.0, ('Smith J., On tests, J. Test, 12, pp. 34-56, (2010)',))
    """
    check(threshold=threshold)
    check_asked(counting, components, top, ("min_documents", min_documents, 1), ("min_citations", min_citations, 0))
    with open_engine(engine) as opened:
        works = cited_works(corpus, opened, matching=matching, threshold=threshold)
        members = members_of(corpus, items, thesaurus=thesaurus, author_names=author_names, columns=columns)
        kept = kept_members(members, min_documents=min_documents, min_citations=min_citations)
        _check_size(works, members, kept)
        opened.view("cited", _counted_once(works, members) if counting == "binary" else works.table)
        opened.view("members", _each_alone(members) if counting == "binary" else member_table(members))
        opened.view("kept", pa.table({"item": kept.astype(np.int32)}))
        counts = opened.query(sql_text("benang.network", "coupling"))
    links = link_matrix(counts, kept, len(members.ids), counting)
    network = member_network(corpus, members, kept, links, link_kind="coupling", scores=scores)
    network = with_references(network, corpus, members, works)
    network = with_threshold(network, len(members.ids), len(kept), **asked_of(items, min_documents, min_citations))
    shown = with_descriptions(selected(network, top=top, component=components), corpus)
    return with_links_step(replace(shown, cited=shared_works(works, shown, counting)), counting)


def _counted_once(works: CitedWorks, members: Incidence) -> pa.Table:
    """Let the items cite, each a work once, however many of their documents do."""
    by_item = sparse.csr_array(works.matrix @ members.once)
    rows = np.repeat(np.arange(by_item.shape[0], dtype=np.int32), np.diff(by_item.indptr))
    items = by_item.indices.astype(np.int32)
    return pa.table({"work": items, "reference": rows, "times": np.ones(len(items), np.int32)})


def _each_alone(members: Incidence) -> pa.Table:
    places = np.arange(len(members.ids), dtype=np.int32)
    return pa.table({"work": places, "item": places})


def _check_size(works: CitedWorks, members: Incidence, kept: NDArray[np.intp]) -> None:
    """Refuse more links than memory holds: a work that 10,000 documents cite ties them all."""
    by_item = sparse.csr_array(works.matrix @ sparse.csr_array(members.once[:, kept]))
    sizes = np.diff(by_item.indptr).astype(np.int64)
    documents = members.item_kind == "documents"
    levels = item_citations(members).astype(np.int64) if documents else documents_of(members)
    option = minimum_of("citations" if documents else "documents")
    check_size(sizes, levels[kept], items=in_words(members.item_kind), option=option, fullest=worded("cite one work"))


def with_references(network: Network, corpus: Corpus, members: Incidence, works: CitedWorks) -> Network:
    """Say how many records have no references, and how these were matched; of documents this is all that was read."""
    by_record = sparse.csr_array(works.matrix.T)
    if members.item_kind == "documents":
        counts = {"items": len(corpus), "dropped_by_thesaurus": 0}
        read = read_items(corpus, "documents", ("references",), None, by_record, counts)
        settings = replace(read.settings, works=network.settings.works, references=works.settings)
        return with_step(network, read.step, works.matched.step, settings=settings)
    sizes = np.diff(by_record.indptr)
    without = int(np.count_nonzero(sizes == 0))
    citing = Step("citing", {}, {"records": len(sizes), "records_without_references": without})
    left_out = replace(network.settings.left_out, records_without_references=without)
    settings = replace(network.settings, references=works.settings, left_out=left_out)
    return with_step(network, citing, works.matched.step, settings=settings)


def asked_of(items: str, min_documents: int, min_citations: int) -> dict[str, int | None]:
    """Return the minimums of documents, or of what they belong to; there, 0 citations are nothing asked."""
    if items == "documents":
        return {"min_citations": min_citations}
    return {"min_documents": min_documents, "min_citations": min_citations or None}
