"""Names for clusters: proposed from their items, and kept as a person gave them while the cluster stays the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from benang.locale.writing import Worded, as_worded, worded
from benang.network.network import Floats, Network
from benang.ranges import check

LEAST_OVERLAP = 0.5
"""Jaccard index above which a cluster is still the one that was named. Above one half no cluster can be two that were,
and none that was can be two."""

_CANDIDATES = 50  # items of a cluster among which names are sought first
_TELLS_APART = 1  # names more, where two clusters would have the same label
_SIZES = ("Occurrences", "Documents", "Cases", "Citations", "Total link strength")

_LOST = re.compile(
    "'(?P<label>.*)': (?:none of its items is in a cluster any more|"
    r"the cluster most like it, (?P<cluster>\d+), shares (?P<percent>\d+)% of its items with it)\.",
    re.DOTALL,
)
"""A `LostLabel` as map files have it."""


@dataclass(frozen=True, slots=True)
class LostLabel:
    """A label that no cluster carries any more: how much the cluster most like the one that was named has of it.

    `overlap` is a Jaccard index, 0 to 1; `cluster` is 0 where none of the items named is on the map.
    """

    label: str
    cluster: int
    overlap: float

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Worded:
        """What became of the cluster that was named."""
        if not self.cluster:
            return worded("'{label}': none of its items is in a cluster any more.", label=self.label)
        return worded(
            "'{label}': the cluster most like it, {cluster}, shares {overlap:.0%} of its items with it.",
            label=self.label,
            cluster=self.cluster,
            overlap=self.overlap,
        )


def lost_note(note: str) -> Worded:
    """Return what a map file says of a lost label, which is in English, as a text of all languages.

    Examples
    --------
    >>> lost_note(str(LostLabel("rent", 2, 0.5))).in_language("id")
    "'rent': klaster yang paling mirip, 2, memiliki 50% item yang sama dengannya."
    """
    if not (parts := _LOST.fullmatch(note)):
        return as_worded(note)
    return LostLabel(parts["label"], int(parts["cluster"] or 0), int(parts["percent"] or 0) / 100).text


@dataclass(frozen=True, slots=True)
class KeptLabels:
    """Labels given to clusters before: those that still hold, by cluster, and those that don't."""

    labels: dict[int, str]
    lost: tuple[LostLabel, ...]


def propose_labels(network: Network, cluster: ArrayLike, *, words: int = 2) -> dict[int, str]:
    """Name each cluster by its most telling items: heavy ones whose links stay inside.

    Parameters
    ----------
    network
        Items and links, as counted.
    cluster
        n cluster numbers, 0 for none.
    words
        How many items a label names.

    Returns
    -------
    dict
        A label for each cluster, such as "trade, market"; with semicolons where a name has a comma. Items of which
        one label contains the other ("trade", "trade policy") aren't named together where there are others.

    Notes
    -----
    Items are put in order by weight × (link strength to items of their own cluster / total link strength). The weight
    is what the items were counted by (`Occurrences`, `Documents`, `Cases`, `Citations`), else the total link strength.
    An item without links counts by its weight alone. Of equal items the one that comes first by its label is first.

    Examples
    --------
    "study" is the heaviest item of both clusters' words, but half of its links go elsewhere.

    >>> from benang.network.network import symmetric
    >>> links = symmetric(5, [0, 1, 0, 3, 0, 0], [1, 2, 2, 4, 3, 4], [2.0, 6, 2, 6, 2, 2])
    >>> names = ("study", "trade", "market", "kinship", "clan")
    >>> network = Network(names, names, links, {"Occurrences": np.array([9.0, 8, 7, 6, 5])})
    >>> propose_labels(network, [1, 1, 1, 2, 2])
    {1: 'trade, market', 2: 'kinship, clan'}
    """
    return {number: joined(names) for number, names in telling_items(network, cluster, words=words).items()}


def telling_items(network: Network, cluster: ArrayLike, *, words: int) -> dict[int, list[str]]:
    """Return the labels of the most telling items of each cluster, as `propose_labels` joins them.

    No two clusters have the same ones, unless all of their items have the same labels: where the first `words` are
    alike, as of authors who share a name, there are more.
    """
    check(words=words)
    labels = np.asarray(cluster, np.int64)
    telling = _weights(network) * _inside(network, labels)
    order = np.argsort(labels, kind="stable")
    numbers, first = np.unique(labels[order], return_index=True)
    groups = zip(numbers.tolist(), np.split(order, first[1:]), strict=True) if len(order) else ()
    ordered = {number: _named(network, members, telling, words) for number, members in groups if number > 0}
    shared = Counter(tuple(names[:words]) for names in ordered.values())
    return {
        number: names[:words] if shared[tuple(names[:words])] == 1 else names[: words + _TELLS_APART]
        for number, names in ordered.items()
    }


def kept_labels(
    earlier: Mapping[str, Collection[str]],
    cluster: ArrayLike,
    ids: Sequence[str],
    *,
    least_overlap: float = LEAST_OVERLAP,
) -> KeptLabels:
    """Find the clusters that a person has named before.

    Parameters
    ----------
    earlier
        The ids of the items of each cluster when it got its label.
    cluster
        n cluster numbers of the map as it is now, 0 for none.
    ids
        The ids of its n items.
    least_overlap
        A label is kept where the Jaccard index of the two sets of items, those in both over those in either, is above
        this.

    Returns
    -------
    KeptLabels
        A cluster gets at most one label and a label at most one cluster, the most alike first.

    Examples
    --------
    >>> named = {"trade": ["a", "b", "c"], "kinship": ["d", "e"]}
    >>> kept = kept_labels(named, [1, 1, 1, 1, 2, 0], ["a", "b", "c", "new", "d", "e"])
    >>> kept.labels
    {1: 'trade'}
    >>> print(*kept.lost)
    'kinship': the cluster most like it, 2, shares 50% of its items with it.
    """
    members = _members(cluster, ids)
    alike = {
        (label, number): len(then & now) / len(then | now)
        for label, then in ((label, set(items)) for label, items in earlier.items())
        for number, now in members.items()
        if then & now
    }
    labels: dict[int, str] = {}
    for (label, number), overlap in sorted(alike.items(), key=lambda one: (-one[1], one[0])):
        if overlap > least_overlap and number not in labels and label not in labels.values():
            labels[number] = label
    lost = [_lost(label, alike) for label in earlier if label not in labels.values()]
    return KeptLabels(dict(sorted(labels.items())), tuple(lost))


def _members(cluster: ArrayLike, ids: Sequence[str]) -> dict[int, set[str]]:
    members: dict[int, set[str]] = {}
    for name, number in zip(ids, np.asarray(cluster, np.int64).tolist(), strict=True):
        if number > 0:
            members.setdefault(number, set()).add(name)
    return members


def _lost(label: str, alike: Mapping[tuple[str, int], float]) -> LostLabel:
    overlaps = [(overlap, -number) for (one, number), overlap in alike.items() if one == label]
    overlap, number = max(overlaps, default=(0.0, 0))
    return LostLabel(label, -number, overlap)


def _weights(network: Network) -> Floats:
    name = next((name for name in _SIZES if name in network.weights), None)
    return np.asarray(network.links.sum(axis=1)).ravel() if name is None else network.weights[name]


def _inside(network: Network, labels: NDArray[np.int64]) -> Floats:
    """Return the share of each item's link strength that stays in its cluster; 1 for an item without links."""
    links = network.links
    row = np.repeat(np.arange(len(network)), np.diff(links.indptr))
    stays = labels[row] == labels[links.indices]
    total = np.bincount(row, links.data, len(network))
    inside = np.bincount(row[stays], links.data[stays], len(network))
    share = np.ones(len(network))
    np.divide(inside, total, out=share, where=total > 0)
    return share


def _named(network: Network, members: NDArray[np.intp], telling: Floats, words: int) -> list[str]:
    """Return a few labels of a cluster, first those that differ by more than words that they lack."""
    for candidates in (_first(members, telling, _CANDIDATES), members):
        order = sorted(candidates.tolist(), key=lambda item: (-telling[item], network.labels[item]))
        names = list(dict.fromkeys(network.labels[item] for item in order))
        apart: list[str] = []
        for name in names:
            if len(apart) == words:
                break
            if not any(_holds(name, other) or _holds(other, name) for other in apart):
                apart.append(name)
        if len(apart) == words and len(names) > words:
            break
    most = words + _TELLS_APART
    return [*apart, *(name for name in names[: most + len(apart)] if name not in apart)][:most]


def _first(members: NDArray[np.intp], telling: Floats, n: int) -> NDArray[np.intp]:
    """Return the n most telling members, and those that are as telling as the last of them."""
    if len(members) <= n:
        return members
    first: NDArray[np.intp] = members[telling[members] >= np.partition(telling[members], -n)[-n]]
    return first


def joined(names: Sequence[str]) -> str:
    """Join the names of items to a label, with semicolons where one of them has a comma.

    Examples
    --------
    >>> joined(["trade", "market"]), joined(["Umpama, A.", "Contoh, B."])
    ('trade, market', 'Umpama, A.; Contoh, B.')
    """
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _holds(longer: str, shorter: str) -> bool:
    """Tell whether all words of one label are in the other."""
    return set(shorter.casefold().split()) <= set(longer.casefold().split())
