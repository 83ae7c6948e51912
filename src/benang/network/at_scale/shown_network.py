"""Items that are shown, with the records that they occur in → a network."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from benang.engine.engine import Engine, sql_text
from benang.kinds import KINDS
from benang.network.at_scale.asked import Asked
from benang.network.at_scale.engine_items import Counted, see_kept
from benang.network.at_scale.shown_records import PACKAGE, shown_corpus, shown_values
from benang.network.at_scale.sizes import Ints
from benang.network.incidence import Incidence
from benang.network.item_network import item_network
from benang.network.network import CSR, Network
from benang.network.record_values import record_labels
from benang.records.corpus import Corpus


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
    asked.progress("Bringing the records of what is shown", 0.8)
    see_kept(engine, items)
    found = engine.query(sql_text(PACKAGE, "shown"))
    works, rows = np.unique(found.column("unit").to_numpy(), return_inverse=True)
    columns = np.searchsorted(items, found.column("item").to_numpy())
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(works), len(items)))
    matrix.sort_indices()
    return matrix, shown_corpus(engine, works)
