"""What the records behind what is shown cite: the evidence of links that rest on citations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from benang.engine.engine import Engine, sql_text
from benang.kinds import Counting
from benang.network.at_scale.shown_records import PACKAGE
from benang.network.cited_works import are_shared
from benang.network.network import CSR, Cited, Network


def with_cited(engine: Engine, network: Network, counting: Counting) -> Network:
    """Add what the records of a network of coupling or citation cite; the engine sees these as `shown_works`."""
    cited = (
        _among_themselves(engine, network) if network.link_kind == "citation" else _shared(engine, network, counting)
    )
    return replace(network, cited=cited)


def _shared(engine: Engine, network: Network, counting: Counting) -> Cited:
    """Bring the references that two records or more have in common, or two items that count once: works × records."""
    engine.view("sharing", pa.table({"records": [1 if counting == "binary" else 2]}))
    found = engine.query(sql_text(PACKAGE, "cited_shown"))
    spelling = pc.dictionary_encode(found.column("spelling").combine_chunks())
    works = spelling.dictionary.to_pylist()
    matrix = _matrix(spelling.indices, found.column("place"), (len(works), len(network.records)))
    shared = np.flatnonzero(are_shared(matrix, network.incidence, counting))
    names = tuple(works[at] for at in shared)
    return Cited(names, names, sparse.csr_array(matrix[shared]))


def _among_themselves(engine: Engine, network: Network) -> Cited:
    """Bring the citations of one record by another: records × records."""
    found = engine.query(sql_text(PACKAGE, "citations_shown"))
    n = len(network.records)
    matrix = _matrix(found.column("cited"), found.column("citing"), (n, n))
    return Cited(network.records, network.record_labels, matrix)


def _matrix(rows: pa.Array | pa.ChunkedArray, columns: pa.ChunkedArray, shape: tuple[int, int]) -> CSR:
    matrix = sparse.csr_array((np.ones(len(rows)), (rows.to_numpy(), columns.to_numpy())), shape=shape)
    matrix.sort_indices()
    return matrix
