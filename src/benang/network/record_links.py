"""The links of a network as they follow from its records, however often each of these counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from benang.network.links import Counting
from benang.network.network import CSR, Floats, Network

CountLinks = Callable[[Floats, Floats], CSR]
"""Counts links from how often each record counts as one that holds and cites, and as one that is cited."""

_NOTHING = 1e-9  # what is left of a share after subtracting it, by rounding


def links_from_records(network: Network, incidence: CSR, counting: Counting) -> CountLinks:
    """Return what counts the links of a network from its records, each as often as it is told.

    Parameters
    ----------
    network
        One of items that occur together; or one of coupling or citation that says what its records cite (`cited`).
    incidence
        Its records × items.
    counting
        How its links were counted.

    Notes
    -----
    With w the times that each record counts, M the records × items incidence and C the cited works × records: links
    are Mᵀ diag(w) M where items occur together; Mᵀ diag(w) CᵀC diag(w) M, without pairs of a record with itself, under
    bibliographic coupling; Mᵀ diag(w) (C + Cᵀ) diag(u) M under direct citation, with u the times that each record
    counts as cited. Under fractional counting a record counts 1/(n − 1) for its n items on the map, a cited work
    1/(N − 1) for the N records that cite it. Under binary counting items occur once in a record, and cite a work once,
    by however many records: then there are no pairs of records.

    Examples
    --------
    >>> incidence = sparse.csr_array(np.array([[1.0, 1], [1, 1], [1, 0]]))
    >>> count = links_from_records(Network(("a", "b"), ("a", "b"), sparse.csr_array((2, 2))), incidence, "full")
    >>> count(np.array([2.0, 0, 1]), np.ones(3)).toarray().tolist()
    [[0.0, 2.0], [2.0, 0.0]]
    """
    if network.cited is not None and network.link_kind == "citation":
        return _citing(incidence, network.cited.matrix)
    if network.cited is None or network.link_kind != "coupling":
        return _together(incidence, is_fractional=counting == "fractional")
    if counting == "binary":
        return _coupled_once(incidence, network.cited.matrix)
    return _coupled(incidence, network.cited.matrix, is_fractional=counting == "fractional")


def _together(incidence: CSR, *, is_fractional: bool) -> CountLinks:
    share = _shares(np.diff(incidence.indptr)) if is_fractional else np.ones(incidence.shape[0])
    items = sparse.csr_array(incidence.T)

    def count(times: Floats, _cited: Floats) -> CSR:
        return _mirrored(items @ _times(times * share, incidence))

    return count


def _coupled(incidence: CSR, cited: CSR, *, is_fractional: bool) -> CountLinks:
    worth = _shares(np.diff(cited.indptr)) if is_fractional else np.ones(cited.shape[0])
    alone = np.asarray(cited.power(2).T @ worth).ravel()  # what a record shares with itself
    items = sparse.csr_array(incidence.T)

    def count(times: Floats, _cited: Floats) -> CSR:
        by_item = sparse.csr_array(cited @ _times(times, incidence))
        pairs = by_item.T @ _times(worth, by_item)
        return _mirrored(sparse.csr_array(pairs - items @ _times(times * times * alone, incidence)))

    return count


def _coupled_once(incidence: CSR, cited: CSR) -> CountLinks:
    def count(times: Floats, _cited: Floats) -> CSR:
        by_item = sparse.csr_array(cited @ _times(times, incidence))
        by_item.data = np.minimum(by_item.data, 1.0)
        return _mirrored(sparse.csr_array(by_item.T @ by_item))

    return count


def _citing(incidence: CSR, cited: CSR) -> CountLinks:
    def count(times: Floats, as_cited: Floats) -> CSR:
        one_way = sparse.csr_array(_times(as_cited, incidence).T @ (cited @ _times(times, incidence)))
        return _mirrored(sparse.csr_array(one_way + one_way.T))

    return count


def _shares(sizes: Floats) -> Floats:
    return np.where(sizes > 1, 1 / np.maximum(sizes - 1, 1), 0.0)


def _times(factor: Floats, matrix: CSR) -> CSR:
    """Multiply each row by a factor; rows of 0 are empty then."""
    data = matrix.data * np.repeat(factor, np.diff(matrix.indptr))
    times = sparse.csr_array((data, matrix.indices.copy(), matrix.indptr.copy()), shape=matrix.shape)
    times.eliminate_zeros()
    return times


def _mirrored(counted: CSR) -> CSR:
    """Take the upper half without the diagonal and mirror it, so that both halves agree to the last digit."""
    upper = sparse.csr_array(sparse.triu(counted, 1))
    upper.data[np.abs(upper.data) < _NOTHING] = 0.0
    upper.eliminate_zeros()
    links = sparse.csr_array(upper + upper.T)
    links.sort_indices()
    return links
