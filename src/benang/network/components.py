"""Which items hang together by links."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csgraph

from benang.network.network import CSR, Network
from benang.provenance import Step


@dataclass(frozen=True, slots=True)
class Components:
    """The components of a network: `of` is the number of each item's, from 0; `sizes` counts the items of each.

    Components are numbered by falling size, of equal ones the one with the first item first: 0 is the largest.
    """

    of: NDArray[np.int64]
    sizes: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.sizes)


def components(links: CSR) -> Components:
    """Find the sets of items that are joined by links, over any number of steps.

    Examples
    --------
    >>> from scipy import sparse
    >>> found = components(sparse.csr_array(np.array([[0.0, 0, 0], [0, 0, 2], [0, 2, 0]])))
    >>> len(found), found.of.tolist(), found.sizes.tolist()
    (2, [1, 0, 0], [2, 1])
    """
    _, part = csgraph.connected_components(links, directed=False)
    _, first, sizes = np.unique(part, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return Components(number[part], sizes[order].astype(np.int64))


def largest_component(network: Network) -> Network:
    """Return the largest component alone: of several that are equally large, the one with the first item.

    Its history counts the components found and the items dropped.

    Examples
    --------
    >>> from scipy import sparse
    >>> links = sparse.csr_array(np.array([[0.0, 0, 0], [0, 0, 2], [0, 2, 0]]))
    >>> largest_component(Network(("a", "b", "c"), ("a", "b", "c"), links)).ids
    ('b', 'c')
    """
    found = components(network.links)
    keep = np.flatnonzero(found.of == 0)
    return with_component_step(network.subset(keep), found, keep="largest", before=len(network))


def with_component_step(network: Network, found: Components, *, keep: str, before: int) -> Network:
    """Add the step that says how many components there were and how many items the choice dropped."""
    step = Step(
        "components",
        {"keep": keep},
        {
            "components": len(found),
            "largest": int(found.sizes[0]) if len(found) else 0,
            "items": before,
            "kept": len(network),
            "dropped": before - len(network),
        },
    )
    return replace(network, history=(*network.history, step))
