"""Items that are kept, and the links between them → a network, with VOSviewer's weights and scores."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.network.incidence import Incidence
from benang.network.network import CSR, Floats, Network, with_link_weights
from benang.network.record_values import mean_scores, summed_weights
from benang.network.settings import NetworkSettings
from benang.provenance import Step


def item_network(
    incidence: Incidence, kept: NDArray[np.intp], links: CSR, occurrences: NDArray[np.int64], *, scores: bool
) -> Network:
    """Make the network of the items that are kept, with their weights, scores and records."""
    once = sparse.csr_array(incidence.once[:, kept])
    weights: dict[str, Floats] = {incidence.weight: occurrences[kept].astype(np.float64)}
    values = incidence.values
    if values is not None and incidence.weight != "Citations":
        weights |= summed_weights(values, once, with_normalized=incidence.weight == "Documents")
    return with_link_weights(
        Network(
            ids=tuple(incidence.ids[i] for i in kept),
            labels=tuple(incidence.labels[i] for i in kept),
            links=links,
            weights=weights,
            scores=mean_scores(values, once) if scores and values is not None else {},
            records=incidence.units,
            record_labels=incidence.unit_labels,
            incidence=once,
            unit=incidence.unit,
            item_kind=incidence.item_kind,
            link_kind=incidence.link_kind,
            history=incidence.history,
            settings=incidence.settings,
        )
    )


def with_step(network: Network, *steps: Step, settings: NetworkSettings | None = None) -> Network:
    """Add steps to a network's history, and what they settled."""
    return replace(network, history=(*network.history, *steps), settings=settings or network.settings)


def with_threshold(network: Network, items: int, kept: int, **least: int | None) -> Network:
    """Say what was asked of an item, of how many, and how many met it; a minimum that is None was not asked for."""
    asked: dict[str, Any] = {name: number for name, number in least.items() if number is not None}
    thresholds = replace(network.settings.thresholds, **asked, items=items, kept=kept)
    step = Step("threshold", asked, {"items": items, "kept": kept})
    return with_step(network, step, settings=replace(network.settings, thresholds=thresholds))


def item_citations(incidence: Incidence) -> Floats:
    """Add up how often the records of each item have been cited; 0 where nobody tells."""
    if incidence.values is None or incidence.values.citations is None:
        return np.zeros(len(incidence.ids))
    return np.asarray(incidence.once.T @ np.nan_to_num(incidence.values.citations))
