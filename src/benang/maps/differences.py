"""What changed on a map between two periods, or differs between two groups of its records or cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem
from benang.kinds import BY_CITATION
from benang.locale.writing import worded
from benang.maps.map import Map
from benang.maps.slices import Slice, part_of
from benang.network.chance import false_discovery, shrunk_log_odds, two_sided
from benang.network.network import Floats, Network, pairs
from benang.network.recounted import joint_records, record_rows, strengths_at

PRIOR = 1.0
"""Further records that each group is given, in which an item is as frequent as in both groups together."""


@dataclass(frozen=True)
class Changes:
    """The same thing counted in two groups, for n items or links.

    `counts` (n × 2) are the records of each group that have it (for links by citations: their strength), `shares` (n ×
    2) these by all records of the group that hold an item of the map, 0 to 1. `change` is the second share less the
    first. `log_odds` is the change of the odds, pulled towards none where counts are small, `z` the same in standard
    errors, above 0 where the second group has more (`benang.network.chance.shrunk_log_odds`).
    """

    counts: Floats
    shares: Floats
    log_odds: Floats
    z: Floats

    @property
    def change(self) -> Floats:
        """The second share less the first, -1 to 1."""
        return self.shares[:, 1] - self.shares[:, 0]


@dataclass(frozen=True)
class Difference:
    """A map with what differs between two groups of its records.

    `map` is the whole map, as it was: it gives places, sizes and clusters. `one` and `other` are its two parts. `items`
    has the changes of its items, in their order; `source`, `target` and `links` those of its links, each pair once. `p`
    are exact two-sided probabilities of each item's counts where both groups were drawn from one, `q` the same
    corrected for as many tests as there are items in the two groups (Benjamini and Hochberg).
    """

    map: Map
    one: Slice
    other: Slice
    items: Changes
    p: Floats
    q: Floats
    source: NDArray[np.intp]
    target: NDArray[np.intp]
    links: Changes

    def __len__(self) -> int:
        return len(self.map)

    def order(self) -> NDArray[np.intp]:
        """Return the places of the items, those that rose most first; of equal ones the first in the map's order."""
        return np.lexsort((np.arange(len(self)), -self.items.z))


def map_difference(
    map_: Map,
    one: Iterable[str],
    other: Iterable[str],
    *,
    names: tuple[str, str] = ("one", "other"),
    prior: float = PRIOR,
) -> Difference:
    """Compare two groups of a map's records, item by item and link by link.

    Parameters
    ----------
    map_
        A map that knows its records.
    one, other
        Ids or short citations of the records (or cases) of each group. Those that hold no item of the map count for
        nothing: of a record without keywords nobody knows its topics.
    names
        What the groups are called.
    prior
        How strongly small counts are pulled towards no change, in records: `PRIOR`.

    Returns
    -------
    Difference
        Shares and their change, exact probabilities, and a measure that small counts can't inflate.

    Raises
    ------
    BenangError
        For a map that doesn't know its records, records that it lacks, groups that share a record, and a group none
        of whose records holds an item.

    Examples
    --------
    >>> from scipy import sparse
    >>> incidence = sparse.csr_array(np.array([[1.0, 0], [1, 1], [0, 1], [1, 1]]))
    >>> network = Network(("a", "b"), ("a", "b"), sparse.csr_array(np.array([[0.0, 2], [2, 0]])),
    ...                   records=("r1", "r2", "r3", "r4"), incidence=incidence)
    >>> toy = Map(network, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 1]))
    >>> difference = map_difference(toy, ["r1", "r2"], ["r3", "r4"])
    >>> difference.items.shares.tolist(), difference.items.change.tolist(), difference.p.round(3).tolist()
    ([[1.0, 0.5], [0.5, 1.0]], [-0.5, 0.5], [1.0, 1.0])
    """
    rows = [record_rows(map_.network, group) for group in (one, other)]
    shared = np.intersect1d(rows[0], rows[1])
    if len(shared):
        first = ", ".join(f"'{map_.network.records[row]}'" for row in shared[:3])
        raise BenangError(
            Problem(
                worded(
                    "{n} records are in both groups ({names}{more})",
                    n=len(shared),
                    names=first,
                    more=", …" if len(shared) > 3 else "",
                ),
                where="groups",
                expected="two groups without common records",
            )
        )
    return slice_difference(map_, *(part_of(map_, *pair) for pair in zip(rows, names, strict=True)), prior=prior)


def slice_difference(map_: Map, one: Slice, other: Slice, *, prior: float = PRIOR) -> Difference:
    """Compare two parts of a map, such as its first and its last slice of time: see `map_difference`."""
    for part in (one, other):
        if not part.n_records:
            raise BenangError(
                Problem(
                    worded("no record of '{name}' that contains an item of the map", name=part.name),
                    where="groups",
                    expected="at least one record in each group",
                )
            )
    sizes = (one.n_records, other.n_records)
    counts = np.stack([counts_of(part) for part in (one, other)], axis=1)
    p = two_sided(counts[:, 1], sum(sizes), counts.sum(axis=1), np.full(len(counts), float(sizes[1])))
    source, target = _ends(map_.network)
    if map_.network.link_kind in BY_CITATION:  # their strengths are compared, as parts of all strength of the group
        strengths = [part.map.network.links for part in (one, other)]
        joint = np.stack([strengths_at(links, source, target) for links in strengths], axis=1)
        totals = (float(strengths[0].sum()) / 2, float(strengths[1].sum()) / 2)
    else:
        joint = np.stack([joint_records(part.map.network, source, target) for part in (one, other)], axis=1)
        totals = (float(sizes[0]), float(sizes[1]))
    return Difference(
        map=map_,
        one=one,
        other=other,
        items=_changes(counts, (float(sizes[0]), float(sizes[1])), prior),
        p=p,
        q=_corrected(p, counts),
        source=source,
        target=target,
        links=_changes(joint, totals, prior),
    )


def _changes(counts: Floats, sizes: tuple[float, float], prior: float) -> Changes:
    log_odds, z = shrunk_log_odds(counts, sizes, prior)
    return Changes(counts, counts / np.maximum(np.array(sizes), 1e-12), log_odds, z)


def _corrected(p: Floats, counts: Floats) -> Floats:
    """Correct for as many tests as there are items in either group."""
    q = np.ones(len(p))
    tested = counts.sum(axis=1) > 0
    q[tested] = false_discovery(p[tested])
    return q


def counts_of(part: Slice) -> Floats:
    """Return the number of records of a slice that hold each item."""
    incidence = part.map.network.incidence
    return np.zeros(len(part.map)) if incidence is None else np.asarray(incidence.sum(axis=0), np.float64).ravel()


def _ends(network: Network) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    ends = np.array([(one, other) for one, other, _ in pairs(network.links)], np.intp).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]
