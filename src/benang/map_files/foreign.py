"""What other programs call what is an id, a label and a cluster here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benang.map_files.file import name_of, number_told

Item = tuple[str, dict[str, object]]

_LABELS = ("name", "shared name", "title")
"""igraph and Cytoscape keep what people read in `name`."""

_GROUPS = ("modularity_class", "modularity class", "membership", "community", "group")
"""Where Gephi and igraph keep the group of a node; they number from 0."""


@dataclass(frozen=True)
class Settled:
    """Items with VOSviewer's names for their fields, ids that replace those of the file, and what has to be said."""

    items: list[Item]
    ids: Mapping[str, str] = field(default_factory=dict)
    cluster_labels: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def settled_items(items: Sequence[Item], nodes: Sequence[str], *, named: bool) -> Settled:
    """Find ids, labels and clusters among the fields of items; `named` says that the file is one of ours.

    `nodes` are the ids by which edges name the items, which may have others of their own under `id`: igraph writes its
    own numbers and keeps the id that it read. That id counts where every node has one and no two the same.
    """
    own = [name_of(item.get("id")) for _, item in items]
    ids: dict[str, str] = {}
    if None not in own and len(set(own)) == len(own):
        ids = {node: str(name) for node, name in zip(nodes, own, strict=True)} if own != list(nodes) else {}
    else:
        for (_, item), node in zip(items, nodes, strict=True):
            if item.get("id") is not None:
                item["id (attribute)"] = item["id"]
            item["id"] = node
    _label(items)
    labels, notes = _cluster(items)
    if not named and not labels and not notes:
        none = sum(number_of(item.get("cluster")) == 0 for _, item in items)
        notes = [f"{none:,} items in cluster 0 are in none, as in VOSviewer"] if none else []
    return Settled(list(items), ids, labels, tuple(notes))


def number_of(value: object) -> int | None:
    """Return a whole number from a value that is one, or text of one."""
    number = number_told(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return None
    return int(number) if float(number).is_integer() else None


def _label(items: Sequence[Item]) -> None:
    """Take the name of a node for its label where none has a label."""
    if any(item.get("label") for _, item in items):
        return
    names = [name for name in dict.fromkeys(key for _, item in items for key in item) if name.lower() in _LABELS]
    for name in sorted(names, key=lambda name: _LABELS.index(name.lower()))[:1]:
        for _, item in items:
            if item.get(name) is not None:
                item["label"] = item.pop(name)


def _cluster(items: Sequence[Item]) -> tuple[dict[int, str], list[str]]:
    """Make numbers of clusters that are named, or take the groups that another program found."""
    values = [item.get("cluster") for _, item in items]
    filled = [value for value in values if value not in (None, "")]
    if filled and any(isinstance(value, str) and number_of(value) is None for value in filled):
        counts = Counter(str(value) for value in filled)
        order = {name: at for at, name in enumerate(sorted(counts, key=lambda name: (-counts[name], name)), start=1)}
        for (_, item), value in zip(items, values, strict=True):
            item["cluster"] = None if value in (None, "") else order[str(value)]
        return {at: name for name, at in order.items()}, [
            f"The {len(order)} clusters, which have names, were numbered from the largest"
        ]
    if filled:
        for (_, item), value in zip(items, values, strict=True):
            number = number_of(value)
            item["cluster"] = value if number is None else number
        return {}, []
    return {}, _groups(items)


def _groups(items: Sequence[Item]) -> list[str]:
    names = dict.fromkeys(name for _, item in items for name in item if name.lower() in _GROUPS)
    for name in sorted(names, key=lambda name: _GROUPS.index(name.lower())):
        groups = [number_of(item.get(name)) for _, item in items]
        known = [group for group in groups if group is not None]
        if len(known) == len(items) and min(known) >= 0:
            shift = 1 if min(known) == 0 else 0
            for (_, item), group in zip(items, known, strict=True):
                item["cluster"] = group + shift
            from_one = ", numbered from 1" if shift else ""
            return [f"'{name}' was taken for the cluster{from_one}"]
    return []
