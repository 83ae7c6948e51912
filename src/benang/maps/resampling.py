"""The links of a map as they would be if its records had been drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.maps.map import Map
from benang.network.network import CSR, Floats, Network

_COUNTED = ("Occurrences", "Documents", "Cases", "Citations")

LEAST_LIKE = 0.5
"""Share of a map's link strength that must follow from its records, for drawing them anew to say anything of it."""

ALIKE = 0.999
"""Above this share the links counted again are those of the map, but for rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Resampling:
    """What it takes to count a map's links again from records drawn anew.

    `n_records` are drawn from, `unit` says what they are. `likeness` is the share of the map's link strength that
    the records give when each is counted once, both scaled to one total: 1 where the map's links are counted so.
    """

    network: Network
    incidence: CSR
    count: Callable[[Floats], CSR]
    likeness: float

    @property
    def n_records(self) -> int:
        """Number of records that are drawn from."""
        return int(self.incidence.shape[0])

    @property
    def unit(self) -> str:
        """What is drawn: "records", "cases", or what else the items occur in."""
        return self.network.unit

    def drawn(self, rng: np.random.Generator) -> tuple[Network, NDArray[np.intp]]:
        """Draw as many records as there are, with replacement, and count.

        Returns
        -------
        Network
            Of the items that occur in a drawn record: links, and occurrences under the names the network has for them.
        ndarray
            Which items of the map these are, by their places.
        """
        n = self.n_records
        times = np.bincount(rng.integers(0, n, n), minlength=n).astype(np.float64)
        occurrences = np.asarray(self.incidence.T @ times, np.float64)
        there = np.flatnonzero(occurrences > 0)
        links = sparse.csr_array(self.count(times)[there][:, there])
        links.sort_indices()
        names = tuple(self.network.ids[i] for i in there)
        weights = {name: occurrences[there] for name in _COUNTED if name in self.network.weights}
        return Network(names, names, links, weights), there


def resampling(made: Map) -> Resampling | str:
    """Prepare to draw a map's records anew, or say in a sentence why that can't be done.

    Notes
    -----
    With w the times that each record was drawn, M the records × items incidence and C the cited works × records:
    links are Mᵀ diag(w) M where items occur together; Mᵀ diag(w) CᵀC diag(w) M, without pairs of a record with itself,
    under bibliographic coupling; Mᵀ diag(w) (C + Cᵀ) diag(w) M under direct citation. Under fractional counting a
    record counts 1/(n − 1) for its n items on the map, a cited work 1/(N − 1) for the N records that cite it.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> links = symmetric(2, [0], [1], [2.0])
    >>> matrix = sparse.csr_array(np.array([[1.0, 1], [1, 1], [1, 0]]))
    >>> network = Network(("a", "b"), ("a", "b"), links, records=("r1", "r2", "r3"), incidence=matrix)
    >>> ready = resampling(Map(network, np.zeros((2, 2)), np.array([1, 1])))
    >>> ready.n_records, ready.likeness, ready.count(np.array([2.0, 0, 1])).toarray().tolist()
    (3, 1.0, [[0.0, 2.0], [2.0, 0.0]])
    """
    network = made.network
    if network.incidence is None or not network.incidence.nnz:
        return "the map's file doesn't say in which records its items occur"
    is_fractional = made.told("counting") == "fractional"
    if network.cited is not None and network.link_kind in {"coupling", "citation"}:
        counting = _coupled if network.link_kind == "coupling" else _citing
        count = counting(network.incidence, network.cited.matrix, is_fractional)
    elif network.link_kind == "citation" or (network.link_kind == "coupling" and network.unit == "records"):
        return "its links rest on what records cite, and the map's file doesn't say what that is"
    else:
        count = _together(network.incidence, is_fractional)
    likeness = _likeness(network.links, count(np.ones(network.incidence.shape[0])))
    if likeness < LEAST_LIKE:
        return f"no more than {likeness:.0%} of its link strength follows from the records that its file names"
    return Resampling(replace(network, extras={}), network.incidence, count, likeness)


def _together(incidence: CSR, is_fractional: bool) -> Callable[[Floats], CSR]:
    share = _shares(np.asarray(incidence.sum(axis=1)).ravel()) if is_fractional else np.ones(incidence.shape[0])
    items = sparse.csr_array(incidence.T)

    def count(times: Floats) -> CSR:
        return _links(items @ _times(times * share, incidence))

    return count


def _coupled(incidence: CSR, cited: CSR, is_fractional: bool) -> Callable[[Floats], CSR]:
    worth = _shares(np.diff(cited.indptr)) if is_fractional else np.ones(cited.shape[0])
    alone = np.asarray(cited.power(2).T @ worth).ravel()  # what a record shares with itself
    items = sparse.csr_array(incidence.T)

    def count(times: Floats) -> CSR:
        drawn = _times(times, incidence)
        by_item = sparse.csr_array(cited @ drawn)
        pairs = by_item.T @ _times(worth, by_item)
        return _links(sparse.csr_array(pairs - items @ _times(times * times * alone, incidence)))

    return count


def _citing(incidence: CSR, cited: CSR, is_fractional: bool) -> Callable[[Floats], CSR]:  # noqa: ARG001
    def count(times: Floats) -> CSR:
        drawn = _times(times, incidence)
        one_way = sparse.csr_array(drawn.T @ (cited @ drawn))
        return _links(one_way + one_way.T)

    return count


def _shares(sizes: Floats) -> Floats:
    return np.where(sizes > 1, 1 / np.maximum(sizes - 1, 1), 0.0)


def _times(factor: Floats, matrix: CSR) -> CSR:
    """Multiply each row by a factor."""
    data = matrix.data * np.repeat(factor, np.diff(matrix.indptr))
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _links(counted: CSR) -> CSR:
    """Take the upper half without the diagonal and mirror it, so that both halves agree to the last digit."""
    upper = sparse.csr_array(sparse.triu(counted, 1))
    upper.data[np.abs(upper.data) < 1e-9] = 0.0  # what subtracting a share leaves of it
    upper.eliminate_zeros()
    links = sparse.csr_array(upper + upper.T)
    links.sort_indices()
    return links


def _likeness(links: CSR, again: CSR) -> float:
    """Return the share that two sets of links have in common, each scaled to a total of 1."""
    if not links.nnz or not again.nnz:
        return 0.0
    one, other = links / links.sum(), again / again.sum()
    apart = float(abs(one - other).sum())
    return 1.0 if apart < 1e-12 else (2 - apart) / 2
