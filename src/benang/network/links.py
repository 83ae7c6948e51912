"""Integers that an engine counted → link strengths."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benang.errors import BenangError, Problem
from benang.network.network import CSR, Network, symmetric
from benang.provenance import Step

Counting = Literal["full", "fractional", "binary"]
"""Full: what two items share adds 1 as often as it stands there. Fractional: what n items share adds 1/(n - 1), so that
each record, or each shared work, gives every item a total of 1. Binary: it adds 1, however often it stands there."""

MOST_LINKS = 50_000_000
"""The most links that are counted: each takes some 200 bytes while they are added up, so these take 10 GB."""


def link_matrix(found: pa.Table, kept: NDArray[np.intp], n_items: int, counting: Counting) -> CSR:
    """Divide and add in the order in which the engine sorted its counts, so that the sums have the same last digit.

    Parameters
    ----------
    found
        Its four columns: two items, the number n that shares are made of, and the count.
    kept
        The places of the items that are kept, of `n_items` in all; they become the rows of the matrix.

    Examples
    --------
    >>> found = pa.table({"source": [0, 0], "target": [2, 2], "n": [2, 5], "units": [3, 1]})
    >>> link_matrix(found, np.array([0, 2]), 3, "fractional").toarray().tolist()
    [[0.0, 3.25], [3.25, 0.0]]
    """
    if not found.num_rows:
        return symmetric(len(kept), [], [], [])
    source, target, size, count = (column.to_numpy() for column in found.columns)
    place = np.full(n_items, -1)
    place[kept] = np.arange(len(kept))
    shares = count / (size - 1) if counting == "fractional" else count.astype(np.float64)
    new = np.r_[True, (source[1:] != source[:-1]) | (target[1:] != target[:-1])]
    strengths = np.bincount(np.cumsum(new) - 1, weights=shares).astype(np.float64)
    return symmetric(len(kept), place[source[new]], place[target[new]], strengths)


def long_form(matrix: CSR, row: str, column: str) -> pa.Table:
    """Put a matrix in long form, as an engine takes it: one row for each entry, with how often it stands there.

    Examples
    --------
    >>> from scipy import sparse
    >>> long_form(sparse.csr_array(np.array([[0.0, 2.0]])), "unit", "item").to_pydict()
    {'unit': [0], 'item': [1], 'times': [2]}
    """
    rows = np.repeat(np.arange(matrix.shape[0], dtype=np.int32), np.diff(matrix.indptr))
    return pa.table({row: rows, column: matrix.indices.astype(np.int32), "times": matrix.data.astype(np.int32)})


def check_size(sizes: NDArray[np.int64], n_items: int, *, items: str, fullest: str) -> None:
    """Refuse a network that no memory holds before it is counted: one list of 100,000 authors has 5 billion pairs.

    Parameters
    ----------
    sizes
        How many of the items each unit holds.
    fullest
        What the unit with most of them is, as the message says it.

    Raises
    ------
    BenangError
        Where there may be more links than `MOST_LINKS`.
    """
    at_most = min(int((sizes * (sizes - 1) // 2).sum()), n_items * (n_items - 1) // 2)
    if at_most > MOST_LINKS:
        raise BenangError(
            Problem(
                f"these {n_items:,} {items} may have {at_most:,} links; {sizes.max():,} of them {fullest}",
                expected=f"at most {MOST_LINKS:,} links",
                way_on=f"Choose a higher minimum: up to {most_that_fit(n_items):,} {items} are sure to fit.",
            )
        )


def most_that_fit(n_items: int) -> int:
    """Return how many items are sure to have no more links than `MOST_LINKS`, whichever they are.

    Examples
    --------
    >>> most_that_fit(100_000)
    10000
    """
    return min(n_items, int((1 + np.sqrt(1 + 8 * MOST_LINKS)) / 2))


def with_links_step(network: Network, counting: Counting) -> Network:
    """Add the step that tells how links were counted, and how many there are."""
    step = Step(
        "links",
        {"counting": counting, "link": network.link_kind},
        {"items": len(network), "links": network.n_links, "total_link_strength": network.total_link_strength},
    )
    return replace(network, history=(*network.history, step))
