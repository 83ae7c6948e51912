"""Which items a network shows: those that occur often enough, the strongest of them, the component they form."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem
from benang.network.components import components, largest_component, with_component_step
from benang.network.network import Network
from benang.provenance import Step

ComponentChoice = Literal["largest", "all"]
"""Whether only the largest set of items that hang together is shown, or all."""


def meeting_threshold(
    occurrences: NDArray[np.int64],
    min_occurrences: int,
    *,
    items: str,
    unit: str,
) -> NDArray[np.intp]:
    """Return the places of the items that occur in enough units.

    Raises
    ------
    BenangError
        Where none does: the message tells the highest minimum that would leave a map, and how large.

    Examples
    --------
    >>> meeting_threshold(np.array([3, 1, 2]), 2, items="keywords", unit="records").tolist()
    [0, 2]
    """
    kept = np.flatnonzero(occurrences >= min_occurrences)
    if len(kept):
        return kept
    highest = np.sort(occurrences)[::-1]
    tries = {min(n, len(highest)) for n in (2, 10, 30)}
    leaves = dict(
        sorted(
            ((int(highest[n - 1]), int(np.count_nonzero(occurrences >= highest[n - 1]))) for n in tries), reverse=True
        )
    )
    said = ", ".join(f"{least} would leave {n}" for least, n in leaves.items())
    raise BenangError(
        Problem(
            f"None of the {len(occurrences)} {items} has {min_occurrences} occurrences or more; "
            f"the most frequent has {highest[0]}",
            way_on=f"Choose a lower minimum number of occurrences ({unit} that an item occurs in): {said}.",
        )
    )


def strongest(network: Network, top: int) -> Network:
    """Keep the items with the largest total link strength.

    Of items that are equally strong the more frequent comes first, then the one that comes first in the network. The
    order of the network stays.

    Examples
    --------
    >>> from scipy import sparse
    >>> from benang.network.network import with_link_weights
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> strongest(with_link_weights(Network(("a", "b", "c"), ("a", "b", "c"), links)), 2).ids
    ('a', 'b')
    """
    strength = network.weights["Total link strength"]
    counted = strength if network.incidence is None else network.incidence.sum(axis=0)
    order = np.lexsort((np.arange(len(network)), -counted, -strength))
    kept = network.subset(np.sort(order[:top])) if top < len(network) else network
    step = Step("top", {"top": top, "by": "Total link strength"}, {"items": len(network), "kept": len(kept)})
    return replace(kept, history=(*network.history, step))


def selected(network: Network, *, top: int | None, component: ComponentChoice) -> Network:
    """Keep the strongest items where `top` is given, then the largest component or all of them."""
    strong = network if top is None else strongest(network, top)
    if component == "largest":
        return largest_component(strong)
    return with_component_step(strong, components(strong.links), keep="all", before=len(strong))
