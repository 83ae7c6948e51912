"""How specific a term is: how far the company it keeps is from that of all terms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.network.network import CSR, Floats

NUMBERS = 4_000_000
"""Numbers that are worked out at one time, so that memory stays bounded: 32 MB a table."""

SAMPLE = 2_000
"""Records that the spread of chance is taken from, evenly over all, where there are more."""


def relevance(incidence: CSR) -> Floats:
    """Return how relevant each term is: 1 on the average of all, 0 for one that keeps company with anything alike.

    With C the terms × terms matrix of records that hold both (on its diagonal those that hold a term) and C₂ = C C the
    co-occurrences of second order, term i has the distribution p_i(j) = C₂_ij / Σ_j C₂_ij over terms, and all terms
    together have q(j) = Σ_i C₂_ij / Σ C₂. A term is relevant as far as the two differ (Kullback and Leibler):
    KL_i = Σ_j p_i(j) ln(p_i(j) / q(j)). The idea is that of van Eck and Waltman (2011), Text mining and visualization
    using VOSviewer, ISSI Newsletter 7(3), 50-54, who give no formula. With the diagonal, a term that stands in every
    record has the relevance 0; with an empty one it would look special because it never meets itself.

    A term of few records differs from the average by chance alone, so that rare terms would win. What chance gives is
    taken off (for plain counts it is (K - 1) / 2N; Miller 1955, Note on the bias of information estimates): a term put
    at random into n records has p = Σ m_d P_d / Σ m_d over these records, with m_d what record d
    adds to C₂ and P_d its mean distribution, and so on the average, to second order, KL ≈ D / 2n, where
    D = E[m² χ²] / E[m]², χ² = Σ_j P_dj² / q(j) - 1, each record weighing as much as it has terms. The relevance is
    KL_i - D / 2n_i, not below 0, divided by its mean over all terms.

    Parameters
    ----------
    incidence
        Records × terms, above 0 where a term occurs; the terms that meet the threshold.

    Examples
    --------
    >>> records = [[1, 1, 0, 0, 1], [1, 1, 0, 0, 1], [0, 0, 1, 1, 1], [0, 0, 1, 1, 1]] * 20
    >>> relevance(sparse.csr_array(np.array(records, float))).round(2).tolist()
    [1.25, 1.25, 1.25, 1.25, 0.0]
    """
    held = sparse.csr_array((np.ones(incidence.nnz), incidence.indices, incidence.indptr), shape=incidence.shape)
    ties = _walk(held, np.ones(held.shape[1]))
    overall = _walk(held, ties)
    overall /= max(overall.sum(), 1.0)
    distance = _divergence(held, overall)
    occurrences: Floats = np.asarray(held.sum(axis=0)).ravel()
    specific = np.maximum(distance - _spread(held, overall) / (2 * np.maximum(occurrences, 1)), 0.0)
    mean = specific.mean()
    return specific / mean if mean > 0 else specific


def _walk(held: CSR, values: Floats) -> Floats:
    """Return C times the values, without C."""
    return np.asarray(held.T @ (held @ values)).ravel()


def most_relevant(scores: Floats, share: float) -> NDArray[np.intp]:
    """Return the places of the given share of terms, the most relevant, in their order; at least one.

    Examples
    --------
    >>> most_relevant(np.array([0.1, 2.0, 0.4, 1.0]), 0.5).tolist()
    [1, 3]
    """
    n = max(1, round(share * len(scores)))
    order = np.lexsort((np.arange(len(scores)), -scores.round(9)))
    return np.sort(order[:n])


def _divergence(held: CSR, overall: Floats) -> Floats:
    """Return KL_i; the rows of C₂ are worked out some at a time, from records rather than from C, which is dense."""
    n = held.shape[1]
    distance = np.zeros(n)
    by_term = sparse.csr_array(held.T)
    size = _rows_at_a_time(held)
    for begin in range(0, n, size):
        second = _seconds(by_term[begin : begin + size] @ held, held)
        p = second / np.maximum(second.sum(axis=1, keepdims=True), 1)
        ratio = np.divide(p, overall, out=np.ones_like(p), where=p > 0)
        distance[begin : begin + size] = (p * np.log(ratio)).sum(axis=1)
    return distance


def _spread(held: CSR, overall: Floats) -> float:
    """Return D: how far the distributions of single records are from the overall one, as chance mixes them."""
    sizes = np.diff(held.indptr)
    rows = np.flatnonzero(sizes > 0)
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), SAMPLE)).round().astype(np.int64)]
    inverse = np.divide(1.0, overall, out=np.zeros_like(overall), where=overall > 0)
    top = bottom = weight = 0.0
    at_a_time = _rows_at_a_time(held)
    for begin in range(0, len(rows), at_a_time):
        some = rows[begin : begin + at_a_time]
        second = _seconds(held[some], held)  # what a term gets from the terms of these records
        added = second.sum(axis=1)
        p = second / np.maximum(added[:, None], 1)
        chi = np.maximum((p * p) @ inverse - 1, 0.0)
        size = sizes[some].astype(np.float64)
        top += float((size * added**2 * chi).sum())
        bottom += float((size * added).sum())
        weight += float(size.sum())
    mean = bottom / weight if weight else 0.0
    return top / weight / mean**2 if mean > 0 else 0.0


def _seconds(some: CSR, held: CSR) -> Floats:
    """Return rows over terms times C, by way of records: two products with the sparse incidence."""
    in_records = np.asarray((some @ held.T).todense(), np.float64)
    return np.ascontiguousarray((held.T @ in_records.T).T)


def _rows_at_a_time(held: CSR) -> int:
    return max(1, NUMBERS // max(held.shape))
