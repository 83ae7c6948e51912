"""Items, links, weights, scores, and the way from each item and link to the records behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from benang.errors import BenangError, Problem, argument, nearest
from benang.evidence import History
from benang.kinds import BY_CITATION
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.network import UNTOLD, NetworkSettings

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


@dataclass(frozen=True)
class Behind:
    """What is behind an item, or behind the link of two: the keys of records, and the cited works of a link.

    `ids` and `labels` are those of the items. `strength` is that of the link, None for an item. `unit` names what
    `records` are. Where the map doesn't carry the citations that a link rests on, there are no records, and
    `lacks_citations` is True.
    """

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    records: tuple[str, ...]
    cited: tuple[str, ...]
    strength: float | None
    unit: str = "records"
    lacks_citations: bool = False

    @property
    def title(self) -> str:
        """The labels of the items."""
        return " and ".join(f"'{label}'" for label in self.labels)

    @property
    def said(self) -> str:
        """The same as `in_words`, in English."""
        return self.in_words()

    def in_words(self, language: Language = "en") -> str:
        """Say how strong the link is and how many records there are, or what the map lacks."""
        _, n = translator(language), len(self.records)
        records = f"{numeral(n, language)} {counted(self.unit.removesuffix('s'), self.unit, n, language)}"
        if self.strength is None:
            return records
        if not self.strength:
            return _("not linked")
        text = _("link strength {strength}, {records}")
        if self.lacks_citations:
            text = _("link strength {strength}; this map does not include the citations behind it")
        strength = f"{self.strength:.6g}" if language == "en" else numeral(self.strength, language)
        return text.format(strength=strength, records=records)


def behind(network: Network, item: str, other: str | None = None) -> Behind:
    """Find the records behind an item, by id or label in any case; or behind the link of two.

    Raises
    ------
    BenangError
        For an item that the network lacks, with the nearest one; for a label that several items have; for one item
        named twice; and for a network that doesn't carry its records.

    Examples
    --------
    >>> from benang.network.cooccurrence import cooccurrence_network
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("Kota", "desa")), Record("b", author_keywords=("kota",))])
    >>> link = behind(cooccurrence_network(corpus), "KOTA", "desa")
    >>> link.records, link.in_words()
    (('a',), 'link strength 1, 1 record')
    """
    if network.incidence is None:
        raise BenangError(
            Problem(
                "this map does not include the records behind it",
                way_on=worded(
                    "Make it with `benang map` from the exports, without {option}.",
                    option=argument("without_records", "records=False"),
                ),
            )
        )
    named = [_named(network, one) for one in (item, other) if one is not None]
    if other is not None and named[0] == named[1]:
        raise BenangError(
            Problem(worded("'{item}' twice", item=item), where=worded("the map"), expected="the two ends of a link")
        )
    records = network.records_of(*named)
    labels = tuple(network.labels[network.index(name)] for name in named)
    if other is None:
        return Behind(tuple(named), labels, records, (), None, network.unit)
    strength = network.strength(*named)
    if strength and _lacks_citations(network):
        return Behind(tuple(named), labels, (), (), strength, network.unit, lacks_citations=True)
    return Behind(tuple(named), labels, records, network.cited_by(*named), strength, network.unit)


def _lacks_citations(network: Network) -> bool:
    """Tell whether links rest on what records cite, and nothing says what that is."""
    return network.cited is None and network.unit == "records" and network.link_kind in BY_CITATION


def _named(network: Network, item: str) -> str:
    """Return the id of an item that is named by id or label; capitals make no difference where they aren't needed."""
    folded = [[name.casefold() for name in names] for names in (network.ids, network.labels)]
    for names, wanted in ((network.ids, item), (network.labels, item), *((names, item.casefold()) for names in folded)):
        places = [at for at, name in enumerate(names) if name == wanted]
        if len(places) > 1:
            ids = ", ".join(f"'{network.ids[at]}'" for at in places)
            raise BenangError(
                Problem(
                    worded("{n} items called '{item}'", n=len(places), item=item),
                    where=worded("the map"),
                    way_on=worded("Name one by its id: {ids}.", ids=ids),
                )
            )
        if places:
            return network.ids[places[0]]
    raise BenangError(
        Problem(worded("no item '{item}'", item=item), where=worded("the map"), way_on=nearest(item, network.labels))
    )
