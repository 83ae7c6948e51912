"""What the records of a corpus cite, as coupling, co-citation and citation count it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy import sparse

from benang.engine.engine import Engine, sql_text
from benang.network.links import Counting
from benang.network.network import CSR, Cited, Network
from benang.records.corpus import Corpus
from benang.records.references.likeness import USUAL_THRESHOLD
from benang.records.references.matching import MatchedReferences, Matching, match_references


@dataclass(frozen=True)
class CitedWorks:
    """The works that records cite: each once in each citing record (`table`: `work`, `reference`, `times`)."""

    matched: MatchedReferences
    table: pa.Table
    n_records: int

    @property
    def matrix(self) -> CSR:
        """Cited works × records: how often each stands in a record's list."""
        ends = (self.table.column("reference").to_numpy(), self.table.column("work").to_numpy())
        times = self.table.column("times").to_numpy().astype(np.float64)
        matrix = sparse.csr_array((times, ends), shape=(len(self.matched), self.n_records))
        matrix.sort_indices()
        return matrix


def cited_works(
    corpus: Corpus, engine: Engine, *, matching: Matching = "keys", threshold: float = USUAL_THRESHOLD
) -> CitedWorks:
    """Match the references of a corpus and count each work in each record.

    With `exact` matching a reference that is printed twice in one list counts twice, as VOSviewer counts pairs of equal
    keys. With `keys` and `fuzzy` a work counts once for a record, in however many spellings its list has it: two
    spellings that were joined don't make a link stronger.
    """
    matched = match_references(corpus, matching=matching, threshold=threshold)
    rows = {"work": matched.work.astype(np.int32), "reference": matched.reference.astype(np.int32)}
    engine.view("rows_read", pa.table(rows))
    found = engine.query(sql_text("benang.network", "cited"))
    if matching != "exact":
        found = found.set_column(2, "times", pa.array(np.ones(found.num_rows, np.int32)))
    return CitedWorks(matched, found, len(corpus))


def shared_works(works: CitedWorks, network: Network, counting: Counting) -> Cited:
    """Keep the works that links of coupling rest on: those that two or more records behind the items cite.

    Under binary counting two items share a work that one record of both cites, too.
    """
    matrix = works.matrix
    if network.incidence is not None:
        behind = np.asarray(network.incidence.sum(axis=1)).ravel() > 0
        matrix = sparse.csr_array(matrix @ sparse.diags_array(behind.astype(np.float64)))
        matrix.eliminate_zeros()
    matrix.data = np.ones(matrix.nnz)
    shared = np.flatnonzero(are_shared(matrix, network.incidence, counting))
    labels = tuple(works.matched.labels[i] for i in shared)
    return Cited(labels, labels, sparse.csr_array(matrix[shared]))


def are_shared(cited: CSR, incidence: CSR | None, counting: Counting) -> NDArray[np.bool_]:
    """Tell which cited works (works × records) two records cite, or, under binary counting, two items."""
    shared = np.asarray(np.diff(cited.indptr) > 1)
    if counting == "binary" and incidence is not None:
        shared |= np.diff(sparse.csr_array(cited @ incidence).indptr) > 1
    return shared


def citations_within(matched: MatchedReferences) -> pa.Table:
    """List the citations of one record of the corpus by another, each once: `citing`, `cited`.

    Records that seem to cite themselves (a reference printed wrongly) are left out.
    """
    cited = matched.record[matched.reference]
    held = (cited >= 0) & (cited != matched.work)
    pairs = np.unique(np.column_stack([matched.work[held], cited[held]]).astype(np.int32), axis=0)
    return pa.table({"citing": pairs[:, 0], "cited": pairs[:, 1]})
