"""Two maps compared: one turned and coloured like the other, and what changed from one period or group to another.

The groups are of the map's records or cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csgraph

from benang.errors import BenangError, Problem
from benang.kinds import BY_CITATION
from benang.locale.writing import worded
from benang.maps import Alignment, Map
from benang.maps.slices import Slice, part_of
from benang.network.cooccurrence import false_discovery, shrunk_log_odds, two_sided
from benang.network.network import Floats, Network, pairs
from benang.network.recounted import joint_records, record_rows, strengths_at

Places = NDArray[np.intp]

LEAST_SHARED = 0.5
"""Share of the common items of one of two clusters that must lie in the other for the two to be one cluster, grown or
shrunk, parted or joined."""

_FLAT = 1e-9  # of the first singular value: below it the common items lie on a line

PRIOR = 1.0
"""Further records that each group is given, in which an item is as frequent as in both groups together."""


@dataclass(frozen=True, slots=True, eq=False)
class Procrustes:
    """The turn and the move that bring one set of points nearest to another.

    A point x goes to x @ `turn` + `move`. `r2` is the squared correlation of both sets after it, 0 to 1, size apart: 1
    for a copy that was moved, turned, mirrored or scaled. `mirrored` tells whether `turn` mirrors; points on a line,
    as two always are, can't tell and aren't mirrored.
    """

    turn: Floats
    move: Floats
    r2: float
    mirrored: bool

    @property
    def degrees(self) -> float:
        """Angle of the turn against the clock, after mirroring left to right where that was done; −180 to 180."""
        turn = np.diag([-1.0, 1.0]) @ self.turn if self.mirrored else self.turn
        return float(np.degrees(np.arctan2(turn[0, 1], turn[0, 0])))


def procrustes(points: ArrayLike, onto: ArrayLike) -> Procrustes:
    """Find the turn, with mirroring, and the move that bring points nearest to others; their size stays.

    Parameters
    ----------
    points, onto
        n × 2 each; row i of the one belongs to row i of the other.

    Raises
    ------
    BenangError
        For fewer than two points, and where either set lies at one place.

    Notes
    -----
    With X and Y centred and XᵀY = U S Vᵀ the turn is U Vᵀ, and R² = (Σ S)² / (|X|² |Y|²) (Schönemann, 1966, A
    generalized solution of the orthogonal Procrustes problem, Psychometrika 31, 1-10; Gower, 1975).

    Examples
    --------
    A square turned by 90 degrees and moved.

    >>> square = np.array([[0.0, 0], [1, 0], [1, 1], [0, 2]])
    >>> fit = procrustes(square, square @ [[0, 1], [-1, 0]] + 5)
    >>> round(fit.degrees), fit.mirrored, round(fit.r2, 9)
    (90, False, 1.0)
    """
    x, y = np.asarray(points, np.float64), np.asarray(onto, np.float64)
    centre_x, centre_y = (one.mean(axis=0) if len(one) else np.zeros(2) for one in (x, y))
    x, y = x - centre_x, y - centre_y
    size = float((x * x).sum() * (y * y).sum())
    if len(x) < 2 or size <= 0:
        raise BenangError(
            Problem(
                "one common item"
                if len(x) == 1
                else worded("{n} common items", n=len(x))
                if len(x) < 2
                else "all at the same place",
                where=worded("aligning two maps"),
                expected="at least two common items at different places, so that one map can be aligned with the other",
            )
        )
    left, strengths, right = np.linalg.svd(x.T @ y)
    turn = left @ right
    if strengths[1] <= _FLAT * strengths[0] and np.linalg.det(turn) < 0:
        turn = left @ np.diag([1.0, -1.0]) @ right
    return Procrustes(
        turn, centre_y - centre_x @ turn, float(strengths.sum() ** 2 / size), bool(np.linalg.det(turn) < 0)
    )


def aligned(map_: Map, earlier: Map) -> Map:
    """Turn and mirror a map to an earlier one, and give its clusters the numbers, so the colours, that they had.

    Parameters
    ----------
    map_
        The map made anew.
    earlier
        The map that readers know. Items are the same where their ids are, else where their labels are (and no other
        item has that label).

    Returns
    -------
    Map
        `xy` is turned, mirrored and moved, its size stays: the mean distance is 1, the middle no longer at 0. Clusters
        that were matched have the earlier number, others the next numbers above all that were ever given, by falling
        size; so numbers no longer go by size. Labels of matched clusters are taken over where the map has none of its
        own. `settings.aligned_to` tells the number of common items, `r2`, the turn in degrees, whether it was
        mirrored, and which clusters were matched (number before, number now), new, and gone.

    Raises
    ------
    BenangError
        For fewer than two common items, and where these all lie at one place.

    Notes
    -----
    Clusters are matched so that the common items in matched clusters are as many as they can be (Kuhn, 1955, The
    Hungarian method), and only where half of the common items of one of the two lie in the other. With two common
    items, or common items on a line, mirroring can't be recognised and isn't done; with two R² is always 1.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> network = Network(tuple("abcd"), tuple("abcd"), symmetric(4, [0, 2], [1, 3], [1.0, 1.0]))
    >>> xy = np.array([[-1.0, 0], [-1, 1], [1, 0], [1, 2]])
    >>> before = Map(network, xy, np.array([1, 1, 2, 2]), {2: "trade"})
    >>> now = aligned(Map(network, -xy, np.array([2, 2, 1, 1])), before)
    >>> now.xy.round(9).tolist() == xy.tolist(), now.cluster.tolist(), now.cluster_labels
    (True, [1, 1, 2, 2], {2: 'trade'})
    """
    here, there = common_items(map_.network, earlier.network)
    fit = procrustes(map_.xy[here], earlier.xy[there])
    numbers = matched_clusters(map_.cluster, earlier.cluster, here, there)
    used = _highest(earlier)
    renumbered, given = _renumbered(map_.cluster, numbers, used)
    labels = {number: label for number, label in earlier.cluster_labels.items() if number in numbers.values()}
    labels |= {given[number]: label for number, label in map_.cluster_labels.items() if number in given}
    turned = Alignment(
        common_items=len(here),
        r2=round(fit.r2, 6),
        degrees=round(fit.degrees, 3),
        mirrored=fit.mirrored,
        matched=tuple(sorted(numbers.items())),
        new=tuple(sorted(given[old] for old in given if old not in numbers)),
        gone=tuple(int(c) for c in np.unique(earlier.cluster[earlier.cluster > 0]) if c not in numbers.values()),
        highest=max(used, *given.values()) if given else used,
    )
    return replace(
        map_,
        xy=np.ascontiguousarray(map_.xy @ fit.turn + fit.move),
        cluster=renumbered,
        cluster_labels=dict(sorted(labels.items())),
        settings=replace(map_.settings, aligned_to=turned),
    )


def common_items(one: Network, other: Network) -> tuple[Places, Places]:
    """Return the places of the items that two networks share, in both: by id, else by a label that only one item has.

    Examples
    --------
    >>> from benang.network.network import symmetric
    >>> def network(*pairs):
    ...     return Network(*zip(*pairs), symmetric(len(pairs), [], [], []))
    >>> here, there = common_items(network(("1", "trade"), ("2", "clan")), network(("9", "clan"), ("1", "trade")))
    >>> here.tolist(), there.tolist()
    ([0, 1], [1, 0])
    """
    place = {name: at for at, name in enumerate(other.ids)}
    pairs = {at: place[name] for at, name in enumerate(one.ids) if name in place}
    left = _by_label(one, set(pairs)), _by_label(other, set(pairs.values()))
    pairs |= {at: left[1][label] for label, at in left[0].items() if label in left[1]}
    here = sorted(pairs)
    return np.array(here, np.intp), np.array([pairs[at] for at in here], np.intp)


def _by_label(network: Network, taken: set[int]) -> dict[str, int]:
    """Return the places of items that aren't taken, by labels that only one of them has."""
    places: dict[str, list[int]] = {}
    for at, label in enumerate(network.labels):
        if at not in taken:
            places.setdefault(label, []).append(at)
    return {label: several[0] for label, several in places.items() if len(several) == 1}


def matched_clusters(cluster: ArrayLike, earlier: ArrayLike, here: Places, there: Places) -> dict[int, int]:
    """Return which clusters are which earlier ones, by the items at `here` that are at `there` in the earlier map.

    Examples
    --------
    Of the earlier cluster 1 three of four items are in 2 now; 1 now has its fourth and all of 2.

    >>> same = np.arange(6)
    >>> matched_clusters([2, 2, 2, 1, 1, 1], [1, 1, 1, 1, 2, 2], same, same)
    {1: 2, 2: 1}
    """
    now, then = np.asarray(cluster, np.int64)[here], np.asarray(earlier, np.int64)[there]
    both = (now > 0) & (then > 0)
    if not both.any():
        return {}
    rows, row, n_in_row = np.unique(now[both], return_inverse=True, return_counts=True)
    columns, column, n_in_column = np.unique(then[both], return_inverse=True, return_counts=True)
    shared = sparse.coo_array(sparse.csr_array((np.ones(len(row)), (row, column)), (len(rows), len(columns))))
    share = shared.data / np.minimum(n_in_row[shared.row], n_in_column[shared.col])
    enough = share >= LEAST_SHARED
    pairs = _best_pairs(
        shared.row[enough].astype(np.intp), shared.col[enough].astype(np.intp), shared.data[enough], shared.shape
    )
    return {int(rows[i]): int(columns[j]) for i, j in sorted(pairs)}


def _best_pairs(row: Places, column: Places, shared: Floats, shape: tuple[int, int]) -> list[tuple[int, int]]:
    """Match rows and columns so that what matched ones share is most: part by part of what hangs together."""
    n = shape[0]
    both = sparse.coo_array((shared, (row, column + n)), (n + shape[1],) * 2)
    part = csgraph.connected_components(both, directed=False)[1][row]
    order = np.argsort(part, kind="stable")
    pairs: list[tuple[int, int]] = []
    for group in np.split(order, np.flatnonzero(np.diff(part[order])) + 1):
        rows, i = np.unique(row[group], return_inverse=True)
        columns, j = np.unique(column[group], return_inverse=True)
        table = np.zeros((len(rows), len(columns)))
        table[i, j] = shared[group]
        matches = zip(*linear_sum_assignment(table, maximize=True), strict=True)
        pairs.extend((int(rows[a]), int(columns[b])) for a, b in matches if table[a, b] > 0)
    return pairs


def _renumbered(
    cluster: NDArray[np.int64], numbers: Mapping[int, int], used: int
) -> tuple[NDArray[np.int64], dict[int, int]]:
    """Give matched clusters their numbers, and others the next above `used`, the largest first."""
    clusters, sizes = np.unique(cluster[cluster > 0], return_counts=True)
    fresh = [int(c) for c in clusters[np.lexsort((clusters, -sizes))] if int(c) not in numbers]
    given = {**numbers, **{number: used + 1 + place for place, number in enumerate(fresh)}}
    numbered = np.zeros(int(cluster.max(initial=0)) + 1, np.int64)
    numbered[list(given)] = list(given.values())
    return numbered[cluster], given


def _highest(earlier: Map) -> int:
    """Return the highest number that a cluster of the earlier map, or of those it was aligned to, ever had."""
    before = earlier.settings.aligned_to
    return max(int(earlier.cluster.max(initial=0)), before.highest if before else 0)


@dataclass(frozen=True)
class Changes:
    """The same thing counted in two groups, for n items or links.

    `counts` (n × 2) are the records of each group that have it (for links by citations: their strength), `shares` (n ×
    2) these by all records of the group that hold an item of the map, 0 to 1. `change` is the second share less the
    first. `log_odds` is the change of the odds, pulled towards none where counts are small, `z` the same in standard
    errors, above 0 where the second group has more (`benang.network.cooccurrence.shrunk_log_odds`).
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
