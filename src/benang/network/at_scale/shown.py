"""What is shown comes here, and nothing else of a large corpus: its records, their values, what they cite."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from benang.engine.engine import Engine, sql_text
from benang.kinds import KINDS, Counting
from benang.network.at_scale.engine_items import PACKAGE, Asked, Counted, Ints, see_kept
from benang.network.cited_works import are_shared
from benang.network.incidence import Incidence
from benang.network.item_network import item_network
from benang.network.network import CSR, Cited, Floats, Network
from benang.network.record_values import RecordValues, over_means, record_labels, values_by_record
from benang.records.corpus import Corpus, corpus_of


def shown_corpus(engine: Engine, works: Ints) -> Corpus:
    """Bring some records here, numbered from 0, with what a label and a weight are made of.

    They have a key, title, year, citations and DOI, and their first three authors.
    """
    engine.view("shown_works", pa.table({"work": works.astype(np.int32)}))
    table = engine.query(sql_text(PACKAGE, "shown_works"))
    authors = engine.query(sql_text(PACKAGE, "first_authors"))
    shape = corpus_of(())
    n = table.num_rows
    columns = {"work": pa.array(np.arange(n, dtype=np.int32))}
    for field in shape.works.schema:
        if field.name in table.column_names and field.name != "work":
            columns[field.name] = table.column(field.name).cast(field.type)
        elif field.name != "work":
            empty = "" if pa.types.is_string(field.type) else None
            columns[field.name] = pa.array([empty] * n, field.type)
    at = np.searchsorted(table.column("work").to_numpy(), authors.column("work").to_numpy()).astype(np.int32)
    values = authors.set_column(0, "work", pa.array(at)).cast(shape.values.schema)
    return replace(shape, works=pa.table(columns, shape.works.schema), values=values)


def shown_values(engine: Engine, corpus: Corpus) -> RecordValues:
    """Return years and citations of records that came here; these over the mean of their year in the whole corpus.

    The engine sees those that were set aside as `set_aside(work)`: they change no mean.
    """
    years, citations = values_by_record(corpus, "year"), values_by_record(corpus, "citations")
    normalized = None if years is None or citations is None else _normalized(engine, years, citations)
    return RecordValues(years, citations, normalized)


def _normalized(engine: Engine, years: Floats, citations: Floats) -> Floats:
    """Divide as `normalized_citations` does, with means that the engine has counted."""
    by_year = engine.query(sql_text(PACKAGE, "cited_by_year"))
    known = by_year.column("year").to_numpy().astype(np.float64)
    means = by_year.column("citations").to_numpy().astype(np.float64) / by_year.column("records").to_numpy()
    return over_means(citations, years, known, means, np.isfinite(citations) & np.isfinite(years))


def item_network_of(engine: Engine, asked: Asked, counted: Counted, items: Ints, links: CSR) -> Network:
    """Bring the records of the items that are shown here, and make the network with weights and scores."""
    matrix, corpus = shown_incidence(engine, asked, items)
    incidence = Incidence(
        ids=tuple(counted.named.ids[i] for i in items),
        labels=tuple(counted.named.labels[i] for i in items),
        matrix=matrix,
        units=corpus.keys,
        item_kind=asked.items,
        link_kind=asked.link,
        weight=KINDS[asked.items].weight,
        values=shown_values(engine, corpus),
        unit_labels=record_labels(corpus),
    )
    return item_network(incidence, np.arange(len(items)), links, counted.documents[items], scores=asked.scores)


def shown_incidence(engine: Engine, asked: Asked, items: Ints) -> tuple[CSR, Corpus]:
    """Bring the records that hold some items: records × items, and the records."""
    asked.progress("Loading the records behind the items shown", 0.8)
    see_kept(engine, items)
    pairs = engine.query(sql_text(PACKAGE, "shown"))
    works, rows = np.unique(pairs.column("unit").to_numpy(), return_inverse=True)
    columns = np.searchsorted(items, pairs.column("item").to_numpy())
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(works), len(items)))
    matrix.sort_indices()
    return matrix, shown_corpus(engine, works)


def with_cited(engine: Engine, network: Network, counting: Counting) -> Network:
    """Add what the records of a network of coupling or citation cite; the engine sees these as `shown_works`."""
    cited = (
        _among_themselves(engine, network) if network.link_kind == "citation" else _shared(engine, network, counting)
    )
    return replace(network, cited=cited)


def _shared(engine: Engine, network: Network, counting: Counting) -> Cited:
    """Bring the references that two records or more have in common, or two items that count once: works × records."""
    engine.view("sharing", pa.table({"records": [1 if counting == "binary" else 2]}))
    pairs = engine.query(sql_text(PACKAGE, "cited_shown"))
    spelling = pc.dictionary_encode(pairs.column("spelling").combine_chunks())
    works = spelling.dictionary.to_pylist()
    matrix = _matrix(spelling.indices, pairs.column("place"), (len(works), len(network.records)))
    shared = np.flatnonzero(are_shared(matrix, network.incidence, counting))
    names = tuple(works[at] for at in shared)
    return Cited(names, names, sparse.csr_array(matrix[shared]))


def _among_themselves(engine: Engine, network: Network) -> Cited:
    """Bring the citations of one record by another: records × records."""
    pairs = engine.query(sql_text(PACKAGE, "citations_shown"))
    n = len(network.records)
    matrix = _matrix(pairs.column("cited"), pairs.column("citing"), (n, n))
    return Cited(network.records, network.record_labels, matrix)


def _matrix(rows: pa.Array | pa.ChunkedArray, columns: pa.ChunkedArray, shape: tuple[int, int]) -> CSR:
    matrix = sparse.csr_array((np.ones(len(rows)), (rows.to_numpy(), columns.to_numpy())), shape=shape)
    matrix.sort_indices()
    return matrix
