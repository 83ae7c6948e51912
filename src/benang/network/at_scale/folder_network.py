"""A corpus in a folder → a network, without loading it: only what passes the thresholds comes here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from benang.engine.engine import Engine, sql_text
from benang.engine.opening import open_engine
from benang.kinds import KINDS, PRESET_TOP, USUAL_MOST, ComponentChoice, Counting, FolderItems, Link, in_words
from benang.network.at_scale.by_citation import cited_together, member_links
from benang.network.at_scale.corpus_tables import CorpusTables, corpus_tables, snapshot_tables
from benang.network.at_scale.engine_items import (
    PACKAGE,
    Asked,
    Counted,
    begun,
    check_numbers,
    check_room,
    checked_link,
    counted_items,
    counted_links,
    finished,
    see_kept,
    strongest_of,
)
from benang.network.at_scale.shown import item_network_of
from benang.network.at_scale.sizes import Ints
from benang.network.network import Network
from benang.network.selection import Threshold, meeting, minimum_of
from benang.progress import Progress, silent
from benang.readers.openalex_snapshot import is_openalex_snapshot
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
        `duckdb`, `spark`, or where Spark is to run: `benang.engine.opening.known_engine`.
    counting
        `full`, `fractional` or `binary`, as for a corpus in memory.
    min_occurrences
        Records that an item has to occur in; of `references`, times that a work is cited; of no account for documents.
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
