"""A corpus in a folder → a network, without loading it: counted where it lies; only what passes thresholds comes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from benang.engine import Engine, open_engine, sql_text
from benang.errors import BenangError, Problem
from benang.evidence import Step
from benang.kinds import KINDS, PRESET_TOP, USUAL_MOST, ComponentChoice, Counting, FolderItems, Link, in_words
from benang.locale.writing import worded
from benang.network import NetworkSettings, RecordCounts
from benang.network.at_scale.corpus_tables import (
    CorpusTables,
    corpus_tables,
    item_network_of,
    shown_corpus,
    shown_incidence,
    shown_values,
    snapshot_tables,
    with_cited,
)
from benang.network.at_scale.engine_items import (
    NO_LIMIT,
    PACKAGE,
    Asked,
    Counted,
    Ints,
    begun,
    check_numbers,
    check_room,
    checked_link,
    counted_items,
    counted_links,
    finished,
    n_records,
    see_fields,
    see_kept,
    strongest_of,
    units_of,
)
from benang.network.incidence import Incidence, ReadItems, document_incidence, none_has
from benang.network.item_network import described, item_network, member_network, with_descriptions
from benang.network.network import CSR, Network
from benang.network.record_entries import reference_description
from benang.network.record_values import record_labels
from benang.network.selection import Threshold, meeting, minimum_of
from benang.progress import Progress, silent
from benang.readers.openalex_snapshot import is_openalex_snapshot
from benang.records.references import parse_reference
from benang.records.thesaurus import Thesaurus
from benang.unfinished import temporary_folder


def folder_network(
    source: Path | CorpusTables,
    *,
    items: FolderItems,
    link: Link | None = None,
    engine: str = "duckdb",
    counting: Counting = "full",
    min_occurrences: int = 1,
    min_citations: int = 0,
    top: int | None = PRESET_TOP,
    components: ComponentChoice = "largest",
    most_per_record: int | None = USUAL_MOST,
    thesaurus: Thesaurus | None = None,
    records: bool = True,
    scores: bool = True,
    budget: int | None = None,
    progress: Progress = silent,
) -> Network:
    """Make a network of a corpus that stays where it lies, however large it is.

    The numbers are those of the networks of a corpus in memory with `author_names="exact"` and `matching="exact"`.
    Citations within the corpus are those whose reference is a record's key, its address in OpenAlex or its DOI.

    Parameters
    ----------
    source
        A folder as `benang records … -o FOLDER` writes it, one with its tables in parts, or a snapshot of OpenAlex
        (which is turned into Parquet first, in the system's folder for temporary files: `snapshot_tables` keeps it).
    items, link
        What is shown, and what links it (`benang.kinds`): the usual link where None.
    engine
        `duckdb`, `spark`, or where Spark is to run: `benang.engine.known_engine`.
    counting
        `full`, `fractional` or `binary`, as for a corpus in memory.
    min_occurrences
        Records that an item has to occur in; of `references`, times that a work is cited; ignored for documents.
    min_citations
        Times that documents, or the documents of an item, have been cited.
    top
        How many items to keep at most: those with the largest total link strength. All where None.
    components
        `largest` or `all`.
    most_per_record
        For co-authorship: records with more authors (organisations, countries) are set aside, and counted.
    thesaurus
        Variants and their preferred labels.
    records
        Whether the network carries its records: `incidence`, over those records only that hold an item of it.
    scores
        Whether to add scores.
    budget
        Bytes that links may take; 60 % of the free memory where None.
    progress
        Called with what is being done.

    Raises
    ------
    BenangError
        For unknown choices, a folder without a corpus, thresholds that leave nothing, and, before anything is joined,
        where the links may not fit into memory: the message says how many items would fit, and with which minimum.

    Examples
    --------
    >>> from benang.network.at_scale.corpus_tables import write_partitioned
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("kota", "budget")), Record("b", author_keywords=("Kota",))])
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as room:
    ...     network = folder_network(write_partitioned(corpus, Path(room) / "corpus"), items="author-keywords")
    >>> network.ids, network.weights["Occurrences"].tolist(), network.records_of("budget", "kota")
    (('budget', 'kota'), [1.0, 2.0], ('a',))
    """
    chosen = checked_link(items, link)
    asked = Asked(
        items, chosen, counting, min_occurrences, min_citations, top, components, most_per_record, thesaurus, records,
        scores, budget, progress,
    )  # fmt: skip
    check_numbers(asked)
    with _tables(source, asked) as tables, open_engine(engine, progress=progress) as opened:
        tables.open_in(opened)
        if chosen == "co-citation":
            return cited_together(opened, asked)
        if chosen in {"coupling", "citation"}:
            return member_links(opened, asked)
        return _together(opened, asked)


@contextmanager
def _tables(source: Path | CorpusTables, asked: Asked) -> Iterator[CorpusTables]:
    """Give the tables of a corpus; those of a snapshot are made, and go again."""
    if isinstance(source, CorpusTables):
        yield source
    elif is_openalex_snapshot(source):
        with temporary_folder() as room:
            yield snapshot_tables(source, Path(room) / "corpus", progress=asked.progress)
    else:
        yield corpus_tables(source)


def _together(engine: Engine, asked: Asked) -> Network:
    """Make the network of items that occur in the same records."""
    authorship = KINDS[asked.items].wrote
    counted = counted_items(engine, asked, most=asked.most_per_record if authorship else None)
    kind = "documents" if authorship else "occurrences"
    kept = _meeting(counted, asked, kind)
    see_kept(engine, kept)
    engine.define("held", sql_text(PACKAGE, "shown"))
    check_room(engine, asked, kept, counted.documents[kept], minimum_of(kind))
    links = counted_links(engine, asked, "cooccurrence", kept)
    least = {"min_occurrences": asked.least, "min_citations": asked.min_citations or None}
    before = begun(asked, counted.read, len(counted.named.ids), len(kept), **least)
    places, shown = strongest_of(links, counted.documents[kept], asked, before)
    return finished(item_network_of(engine, asked, counted, kept[places], shown.links), shown, asked)


def _meeting(counted: Counted, asked: Asked, kind: str) -> Ints:
    thresholds = [Threshold("min_occurrences", counted.documents, asked.least, kind, "records that an item occurs in")]
    if asked.min_citations:
        thresholds.append(Threshold("min_citations", counted.citations, asked.min_citations, "citations"))
    return meeting(thresholds, items=in_words(asked.items)).astype(np.int64)


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
    documents = engine.query(sql_text(PACKAGE, "cited_enough"))
    if not documents.num_rows:
        n = n_records(engine)
        raise BenangError(
            Problem(
                worded(
                    "The only document has fewer than {min_citations:,} citations", min_citations=asked.min_citations
                )
                if n == 1
                else worded(
                    "None of the {n:,} documents has {min_citations:,} citations or more",
                    n=n,
                    min_citations=asked.min_citations,
                ),
                way_on=worded("Choose a lower {option}; 0 keeps all documents.", option=minimum_of("citations")),
            )
        )
    return documents.column("item").to_numpy().astype(np.int64), documents.column("citations").to_numpy().astype(
        np.int64
    )


def _members(counted: Counted, asked: Asked) -> tuple[Ints, Ints]:
    """Return the items with enough documents and citations, and their documents."""
    documents = Threshold("min_documents", counted.documents, asked.least, "documents")
    citations = Threshold("min_citations", counted.citations, asked.min_citations, "citations")
    kept = meeting([documents, citations], items=in_words(asked.items)).astype(np.int64)
    return kept, counted.documents[kept]


def _coupled(engine: Engine, asked: Asked, kept: Ints, levels: Ints) -> CSR:
    """Count the references that items share; only those that two records list are looked at."""
    asked.progress("Finding shared references", 0.3)
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
    asked.progress("Loading the documents shown", 0.8)
    corpus = shown_corpus(engine, works)
    engine.view("set_aside", pa.table({"work": pa.array([], pa.int32())}))
    members = replace(document_incidence(corpus), values=shown_values(engine, corpus))
    kept = np.arange(len(works))
    network = member_network(corpus, members, kept, links, link_kind=asked.link, scores=asked.scores)
    return with_descriptions(network, corpus)


def cited_together(engine: Engine, asked: Asked) -> Network:
    """Make the network of references that are in the same lists; rare ones never leave the engine."""
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
                worded(
                    "None of the {n:,} references has {least:,} citations or more; the most frequent has {most:,}",
                    n=there["spellings"],
                    least=asked.least,
                    most=there["most"],
                ),
                way_on=worded("Choose a lower {option}.", option=minimum_of("citations")),
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
    network = described(network, tuple(map(reference_description, ids)))
    years = np.array([parse_reference(name).year or np.nan for name in ids], np.float64)
    return replace(network, scores={"Pub. year": years} if asked.scores and np.isfinite(years).any() else {})
