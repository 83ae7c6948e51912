"""Coupling and citation in a large corpus: documents, or what documents belong to, linked by what they cite."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from benang.engine.engine import Engine, sql_text
from benang.errors import BenangError, Problem
from benang.kinds import in_words
from benang.network.at_scale.asked import Asked
from benang.network.at_scale.engine_items import (
    Counted,
    begun,
    check_room,
    counted_items,
    counted_links,
    finished,
    n_records,
    see_fields,
    see_kept,
    strongest_of,
)
from benang.network.at_scale.shown_citations import with_cited
from benang.network.at_scale.shown_network import item_network_of
from benang.network.at_scale.shown_records import PACKAGE, shown_corpus, shown_values
from benang.network.at_scale.sizes import Ints
from benang.network.incidence import document_incidence
from benang.network.item_network import member_network
from benang.network.network import CSR, Network
from benang.network.selection import Threshold, meeting, minimum_of


def member_links(engine: Engine, asked: Asked) -> Network:
    """Make the network of documents, sources, authors, organisations or countries that cite alike, or each other."""
    counted = None if asked.items == "documents" else counted_items(engine, asked, most=None)
    kept, levels = _documents(engine, asked) if counted is None else _members(counted, asked)
    see_kept(engine, kept)
    engine.define("members", sql_text(PACKAGE, "members_alone" if counted is None else "members_listed"))
    see_fields(engine, ("references",))
    links = _coupled(engine, asked, kept, levels) if asked.link == "coupling" else _citing(engine, asked, kept)
    least = {"min_documents": None if counted is None else asked.least}
    n = n_records(engine) if counted is None else len(counted.named.ids)
    read = counted.read if counted else None
    before = begun(asked, read, n, len(kept), **least, min_citations=asked.min_citations)
    frequent = np.ones(len(kept), np.int64) if counted is None else levels
    places, shown = strongest_of(links, frequent, asked, before)
    if counted is None:
        network = _of_documents(engine, asked, kept[places], shown.links)
    else:
        network = item_network_of(engine, asked, counted, kept[places], shown.links)
    return finished(with_cited(engine, network, asked.counting) if asked.records else network, shown, asked)


def _documents(engine: Engine, asked: Asked) -> tuple[Ints, Ints]:
    """Return the records that have been cited often enough, and their citations."""
    engine.view("least", pa.table({"times": [asked.min_citations]}))
    found = engine.query(sql_text(PACKAGE, "cited_enough"))
    if not found.num_rows:
        n = n_records(engine)
        raise BenangError(
            Problem(
                f"{'The one document has not' if n == 1 else f'None of the {n:,} documents has'} "
                f"{asked.min_citations:,} citations or more",
                way_on=f"Choose a lower {minimum_of('citations')}; 0 keeps all documents.",
            )
        )
    return found.column("item").to_numpy().astype(np.int64), found.column("citations").to_numpy().astype(np.int64)


def _members(counted: Counted, asked: Asked) -> tuple[Ints, Ints]:
    """Return the items with enough documents and citations, and their documents."""
    documents = Threshold("min_documents", counted.documents, asked.least, "documents")
    citations = Threshold("min_citations", counted.citations, asked.min_citations, "citations")
    kept = meeting([documents, citations], items=in_words(asked.items)).astype(np.int64)
    return kept, counted.documents[kept]


def _coupled(engine: Engine, asked: Asked, kept: Ints, levels: Ints) -> CSR:
    """Count the references that items share; only those that two records list are looked at."""
    asked.progress("Finding references that are shared", 0.3)
    if asked.counting == "binary":
        engine.keep("cited", sql_text(PACKAGE, "cited_by_items"))
        engine.define("members", sql_text(PACKAGE, "members_alone"))
    else:
        engine.keep("shared", sql_text(PACKAGE, "shared_references"))
        engine.keep("cited", sql_text(PACKAGE, "cited_shared"))
    engine.define("held", sql_text(PACKAGE, "held_by_works"))
    what = "citations" if asked.items == "documents" else "documents"
    check_room(engine, asked, kept, levels, minimum_of(what))
    return counted_links(engine, asked, "coupling", kept)


def _citing(engine: Engine, asked: Asked, kept: Ints) -> CSR:
    """Count the citations of each other; there are never more links than citations."""
    asked.progress("Finding citations within the corpus", 0.3)
    engine.keep("citations", sql_text(PACKAGE, "citations_within"))
    return counted_links(engine, replace(asked, counting="full"), "citation", kept)


def _of_documents(engine: Engine, asked: Asked, works: Ints, links: CSR) -> Network:
    """Bring the documents that are shown here: they are items and records at once."""
    asked.progress("Bringing the documents that are shown", 0.8)
    corpus = shown_corpus(engine, works)
    engine.view("set_aside", pa.table({"work": pa.array([], pa.int32())}))
    members = replace(document_incidence(corpus), values=shown_values(engine, corpus))
    kept = np.arange(len(works))
    return member_network(corpus, members, kept, links, link_kind=asked.link, scores=asked.scores)
