"""Networks of a large corpus that rest on references: coupling and citation of documents and sources, co-citation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from benang.engine.engine import Engine, sql_text
from benang.errors import BenangError, Problem
from benang.kinds import in_words
from benang.network.at_scale.engine_items import (
    NO_LIMIT,
    PACKAGE,
    Asked,
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
    units_of,
)
from benang.network.at_scale.shown import (
    item_network_of,
    shown_corpus,
    shown_incidence,
    shown_values,
    with_cited,
)
from benang.network.at_scale.sizes import Ints
from benang.network.incidence import Incidence, ReadItems, document_incidence, none_has
from benang.network.item_network import item_network, member_network
from benang.network.network import CSR, Network
from benang.network.record_values import record_labels
from benang.network.selection import Threshold, meeting, minimum_of
from benang.network.settings import NetworkSettings, RecordCounts
from benang.provenance import Step
from benang.records.references.parsing import parse_reference


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


def cited_together(engine: Engine, asked: Asked) -> Network:
    """Make the network of references that stand in the same lists; rare ones never leave the engine."""
    see_fields(engine, ("references",))
    spelt, before = _often(engine, asked)
    names = spelt.column("spelling").to_pylist()
    times = spelt.column("times").to_numpy().astype(np.int64)
    kept = np.arange(len(names), dtype=np.int64)
    engine.view("spellings", pa.table({"spelling": spelt.column("spelling"), "item": kept.astype(np.int32)}))
    engine.keep("listed", sql_text("benang.network", "incidence"))
    engine.view("most", pa.table({"items": [NO_LIMIT]}))
    once = asked.counting == "binary"
    see_kept(engine, kept)
    engine.define("incidence", sql_text(PACKAGE, "short_lists" if once else "kept_lists"))
    engine.define("held", "SELECT unit, item FROM listed")
    check_room(engine, asked, kept, times, minimum_of("citations"))
    links = counted_links(engine, asked, "cooccurrence", kept)
    counted = units_of(engine, len(kept)) if once else times
    places, shown = strongest_of(links, counted, asked, before)
    if asked.counting == "fractional" and asked.top is not None and asked.top < len(kept):
        places, shown = _among_themselves(engine, asked, links, counted, before)
    ids = tuple(names[at] for at in places)
    return finished(_network(engine, asked, kept[places], ids, counted[places], shown.links), shown, asked)


def _among_themselves(engine: Engine, asked: Asked, links: CSR, counted: Ints, before: Network) -> tuple[Ints, Network]:
    """Count once more among the strongest: only items that are shown share a record."""
    chosen, strong = strongest_of(links, counted, replace(asked, components="all"), before)
    see_kept(engine, chosen)
    engine.define("incidence", sql_text(PACKAGE, "kept_lists"))
    again = counted_links(engine, asked, "cooccurrence", chosen)
    places, shown = strongest_of(again, counted[chosen], replace(asked, top=None), _by_strength(before, strong))
    return chosen[places], shown


def _by_strength(before: Network, strong: Network) -> Network:
    """Say that the strongest were chosen, and nothing of what was counted among all of them."""
    top = strong.history[len(before.history)]  # the first thing that is done with what was counted
    thresholds = replace(before.settings.thresholds, top=strong.settings.thresholds.top)
    settings = replace(before.settings, thresholds=thresholds, left_out=strong.settings.left_out)
    return replace(before, history=(*before.history, top), settings=settings)


def _often(engine: Engine, asked: Asked) -> tuple[pa.Table, Network]:
    """Bring the references that are cited often enough, and count all of them."""
    asked.progress("Counting references", 0.1)
    there = engine.query(sql_text(PACKAGE, "how_many_spelt")).to_pylist()[0]
    if not there["spellings"]:
        raise BenangError(Problem(none_has(n_records(engine), "cited references")))
    engine.view("least", pa.table({"times": [asked.least]}))
    spelt = engine.query(sql_text(PACKAGE, "spelt_often"))
    if not spelt.num_rows:
        raise BenangError(
            Problem(
                f"None of the {there['spellings']:,} references has {asked.least:,} citations or more; "
                f"the most frequent has {there['most']:,}",
                way_on=f"Choose a lower {minimum_of('citations')}.",
            )
        )
    n, items = n_records(engine), there["spellings"]
    step = Step("items", {"items": asked.items}, {"records": n, "items": items})
    read = ReadItems(step, NetworkSettings(corpus=RecordCounts(records=n, origins={})))
    return spelt, begun(asked, read, items, spelt.num_rows, min_citations=asked.least)


def _network(engine: Engine, asked: Asked, items: Ints, ids: tuple[str, ...], times: Ints, links: CSR) -> Network:
    """Bring the citing records of what is shown here, and make the network."""
    matrix, corpus = shown_incidence(engine, asked, items)
    incidence = Incidence(
        ids=ids,
        labels=ids,
        matrix=matrix,
        units=corpus.keys,
        item_kind=asked.items,
        link_kind=asked.link,
        weight="Citations",
        unit_labels=record_labels(corpus),
    )
    network = item_network(incidence, np.arange(len(items)), links, times, scores=False)
    years = np.array([parse_reference(name).year or np.nan for name in ids], np.float64)
    return replace(network, scores={"Pub. year": years} if asked.scores and np.isfinite(years).any() else {})
