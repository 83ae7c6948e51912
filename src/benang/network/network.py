"""Items, links, weights, scores, and the records behind each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.evidence import History
from benang.kinds import BY_CITATION
from benang.network.settings import UNTOLD, NetworkSettings

if TYPE_CHECKING:
    CSR = sparse.csr_array[np.float64]
else:
    CSR = sparse.csr_array

Floats = NDArray[np.float64]
Places = Sequence[int] | NDArray[np.int64]


LINK_WEIGHTS = ("Links", "Total link strength")
"""Weights that follow from the links of an item: their number, and the sum of their strengths."""


@dataclass(frozen=True)
class Cited:
    """What the records of a network cite, where its links rest on that: the evidence behind each link.

    `matrix` is cited works × records, 1 where a record cites the work; `ids` name its rows, `labels` are for people.
    Under bibliographic coupling the rows are the works that two records or more cite; under direct citation they are
    the records themselves, in the order of the network's `records`.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    matrix: CSR


@dataclass(frozen=True)
class Network:
    """Items and the links between them, symmetric and without self-links.

    `ids` are unique and stable, `labels` are for people. `links` is an n × n symmetric CSR matrix of link strengths
    with an empty diagonal and sorted indices. `weights` size an item (`Occurrences`, `Documents`, `Links`,
    `Total link strength`; n values ≥ 0 each), `scores` colour it (`Avg. pub. year`; n values each, NaN where an
    item has none). `attributes` are free columns (`url`, `description`), None where an item has none. `incidence`
    says what occurs in what: records × items, or cases × items for codings, 1 where an item occurs; `records` are the
    ids of its rows, `record_labels` their short citations (empty where nobody gave any). It is None for a network that
    was made elsewhere. `cited` is what these records cite, where the links rest on citations. `unit` is what a row of
    the incidence is: "records" or "cases". `item_kind` and `link_kind` say what items and links are
    ("author-keywords" and "co-occurrence"). `settings` is what made
    it, and `history` gives it step by step. `extras` is what else was in the file it was read from, kept as it was:
    VOSviewer's `config` and `info`, and under `link_attributes` those of links by the ids of their two ends.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    links: CSR
    weights: Mapping[str, Floats] = field(default_factory=dict)
    scores: Mapping[str, Floats] = field(default_factory=dict)
    attributes: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    incidence: CSR | None = None
    record_labels: tuple[str, ...] = ()
    cited: Cited | None = None
    unit: str = "records"
    item_kind: str = "items"
    link_kind: str = "links"
    history: History = ()
    settings: NetworkSettings = UNTOLD
    extras: Mapping[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def n_links(self) -> int:
        """Number of links, each pair once."""
        return int(self.links.nnz) // 2

    @property
    def total_link_strength(self) -> float:
        """Sum of the strengths of all links, each pair once."""
        return float(self.links.sum()) / 2

    def index(self, item: str) -> int:
        """Return the place of an item, by id or by label; KeyError where there is none."""
        ids, labels = self._places
        return ids[item] if item in ids else labels[item]

    @cached_property
    def _places(self) -> tuple[dict[str, int], dict[str, int]]:
        """The places of the items by id and by label; of items that share a label, the first."""
        numbered = list(enumerate(self.ids))
        return {item: at for at, item in numbered}, {self.labels[at]: at for at, _ in reversed(numbered)}

    def strength(self, one: str, other: str) -> float:
        """Return the strength of the link between two items, by id or label; 0 where there is none."""
        return float(self.links[self.index(one), self.index(other)])

    def records_of(self, item: str, *others: str) -> tuple[str, ...]:
        """Return the records behind an item, or behind the link of two.

        Of items that occur together these are the records in which all of them occur; of two items that are linked by
        what their records cite, the records of one that share a cited work with a record of the other, or that cite it.

        Raises
        ------
        KeyError
            For an item that the network lacks.
        """
        if self.incidence is None:
            return ()
        columns = self._columns(item, *others)
        if self.cited is not None and self.link_kind in BY_CITATION and len(others) == 1:
            return tuple(self.records[row] for row in self._met(self.cited.matrix, columns)[1])
        return tuple(self.records[row] for row in np.flatnonzero(columns.all(axis=1)))

    def cited_by(self, item: str, other: str) -> tuple[str, ...]:
        """Return the cited works that the link of two items rests on; none where it rests on nothing cited.

        Under bibliographic coupling these are the works that records of both items cite, under direct citation the
        records of either that a record of the other cites. Under binary counting one record of both is enough.

        Raises
        ------
        KeyError
            For an item that the network lacks.
        """
        if self.incidence is None or self.cited is None:
            return ()
        columns = self._columns(item, other)
        return tuple(self.cited.ids[row] for row in self._met(self.cited.matrix, columns)[0])

    def _met(self, cited: CSR, columns: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        once, among_themselves = self.settings.counting == "binary", self.link_kind == "citation"
        return _meeting(cited, *columns.T, among_themselves=among_themselves, once=once)

    def _columns(self, *items: str) -> NDArray[np.bool_]:
        """Return records × the items named, True where an item occurs."""
        if self.incidence is None:
            return np.zeros((0, len(items)), np.bool_)
        return np.asarray(self.incidence[:, [self.index(name) for name in items]].toarray() > 0)

    def subset(self, keep: NDArray[np.intp]) -> Network:
        """Return the network of some items only, in the order given, with the links between them.

        Weights and scores are kept as they are; `Links` and `Total link strength` follow from the links and are
        computed anew.
        """
        links = sparse.csr_array(self.links[keep][:, keep])
        links.sort_indices()
        taken = replace(
            self,
            ids=tuple(self.ids[i] for i in keep),
            labels=tuple(self.labels[i] for i in keep),
            links=links,
            weights={name: values[keep] for name, values in self.weights.items()},
            scores={name: values[keep] for name, values in self.scores.items()},
            attributes={name: tuple(values[i] for i in keep) for name, values in self.attributes.items()},
            incidence=None if self.incidence is None else sparse.csr_array(self.incidence[:, keep]),
        )
        return with_link_weights(taken)


def _meeting(
    cited: CSR, one: NDArray[np.bool_], other: NDArray[np.bool_], *, among_themselves: bool, once: bool
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Say which citations a link rests on: the places of the cited works, and of the records that cite them.

    Works that are records `among_themselves` are cited by the other item's records; else a work is cited by a record of
    each of the items, and not by one record of both alone, unless items cite a work `once`.
    """
    columns = np.flatnonzero(one | other)
    entries = sparse.coo_array(cited[:, columns])
    work, record = entries.row.astype(np.intp), columns[entries.col]
    if among_themselves:
        counts = (one[record] & other[work]) | (other[record] & one[work])
    else:
        by_one, by_other, by_both = (
            np.bincount(work[mask], minlength=cited.shape[0])
            for mask in (one[record], other[record], one[record] & other[record])
        )
        counts = (by_one * by_other - (0 if once else by_both) > 0)[work]
    return np.unique(work[counts]), np.unique(record[counts])


def with_link_weights(network: Network) -> Network:
    """Add the weights that follow from the links: `Links` and `Total link strength`.

    Examples
    --------
    >>> links = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 0], [1, 0, 0]]))
    >>> network = with_link_weights(Network(("a", "b", "c"), ("a", "b", "c"), links))
    >>> network.weights["Total link strength"].tolist(), network.weights["Links"].tolist()
    ([3.0, 2.0, 1.0], [2.0, 1.0, 1.0])
    """
    numbers = np.diff(network.links.indptr).astype(np.float64)
    strengths = np.asarray(network.links.sum(axis=1), dtype=np.float64).ravel()
    counted = dict(zip(LINK_WEIGHTS, (numbers, strengths), strict=True))
    rest = {name: values for name, values in network.weights.items() if name not in counted}
    return replace(network, weights={**counted, **rest})


def symmetric(n: int, sources: Places, targets: Places, strengths: Sequence[float] | Floats) -> CSR:
    """Make an n × n symmetric CSR matrix of links: repeats add up, self-links and links of strength 0 are left out.

    Each pair is added up once and then mirrored, so that both halves agree to the last digit.

    Examples
    --------
    >>> symmetric(3, [0, 1, 2, 2], [1, 0, 2, 1], [1.0, 2.0, 9.0, 4.0]).toarray().tolist()
    [[0.0, 3.0, 0.0], [3.0, 0.0, 4.0], [0.0, 4.0, 0.0]]
    """
    place = np.int32 if max(n, 2 * len(strengths)) < 2**31 else np.int64
    one, other = np.asarray(sources, place), np.asarray(targets, place)
    strength = np.asarray(strengths, np.float64)
    apart = one != other
    if not apart.all():
        one, other, strength = one[apart], other[apart], strength[apart]
    upper = sparse.csr_array((strength, (np.minimum(one, other), np.maximum(one, other))), shape=(n, n))
    upper.sum_duplicates()
    upper.eliminate_zeros()
    return _with_mirrored(upper)


def _with_mirrored(upper: CSR) -> CSR:
    """Add the lower half of a matrix: in each row it comes before the upper one. Twice as fast as adding the two."""
    lower = sparse.csr_array(upper.T)
    ends, strengths = np.empty(2 * upper.nnz, upper.indices.dtype), np.empty(2 * upper.nnz)
    for half, before in ((lower, upper.indptr[:-1]), (upper, lower.indptr[1:])):
        places = np.arange(half.nnz) + np.repeat(before, np.diff(half.indptr))
        ends[places], strengths[places] = half.indices, half.data
    return sparse.csr_array((strengths, ends, lower.indptr + upper.indptr), shape=upper.shape)


def pairs(links: CSR) -> Iterator[tuple[int, int, float]]:
    """Go through the links, each pair once: the places of its two items, the smaller first, and its strength.

    Examples
    --------
    >>> list(pairs(symmetric(3, [2, 0], [1, 1], [4.0, 3.0])))
    [(0, 1, 3.0), (1, 2, 4.0)]
    """
    upper = sparse.triu(links, k=1, format="csr").tocoo()
    return zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True)
