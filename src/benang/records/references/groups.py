"""Which of many references are one work: joined by the keys they share, never across two different DOIs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

Nodes = Sequence[int]


@dataclass(slots=True)
class Groups:
    """Sets of references (union-find) that know their DOI; two sets with different DOIs are never joined.

    `how` tells of every reference by what it was first joined to another; `conflicts` counts the keys that references
    with different DOIs share: those with a DOI stay apart, and those without are joined to none of them.
    """

    parent: list[int]
    doi: list[str]
    how: dict[int, str] = field(default_factory=dict)
    conflicts: int = 0

    @classmethod
    def of(cls, dois: Sequence[str]) -> Groups:
        """Start with every reference by itself; `dois` are what each is sure to have, empty where there is none."""
        return cls(list(range(len(dois))), list(dois))

    def root(self, node: int) -> int:
        """Return the reference that stands for the set of another."""
        parent = self.parent
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    def join(self, one: int, other: int) -> bool:
        """Join two sets, unless they have different DOIs; tell whether they are one now."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        if self.doi[a] and self.doi[b] and self.doi[a] != self.doi[b]:
            return False
        self.parent[b] = a
        self.doi[a] = self.doi[a] or self.doi[b]
        return True

    def join_all(self, members: Nodes, by: str) -> None:
        """Join the references that share a key; where they have several DOIs, only those that have none."""
        roots = dict.fromkeys(map(self.root, members))
        if len({doi for root in roots if (doi := self.doi[root])}) > 1:
            self.conflicts += 1
            members = [node for node in members if not self.doi[self.root(node)]]
        for node in members[1:]:
            self.join(members[0], node)
        if len(members) > 1:
            for node in members:
                self.how.setdefault(node, by)


def members_by_key(keys: Iterable[Sequence[str]], is_of: Callable[[str], bool]) -> Mapping[str, list[int]]:
    """Return who shares a key, for the keys that several have; in the order of the keys.

    Examples
    --------
    >>> members_by_key([("doi:b", "work:x"), ("work:x",), ("doi:b",)], lambda key: key.startswith("doi:"))
    {'doi:b': [0, 2]}
    """
    held: dict[str, list[int]] = {}
    for node, own in enumerate(keys):
        for key in own:
            if is_of(key):
                held.setdefault(key, []).append(node)
    return {key: held[key] for key in sorted(held) if len(held[key]) > 1}


def grouped_by_keys(keys: Sequence[Sequence[str]]) -> Groups:
    """Join references by their keys: DOIs first, then other identifiers, then VOSviewer's key, then the same text.

    A reference for which a database gives several DOIs is not sure of its own. It goes to the work that has one of
    them and its own key, else to the first that has one of them.
    """
    dois = [[key for key in own if key.startswith("doi:")] for own in keys]
    groups = Groups.of([own[0] if len(own) == 1 else "" for own in dois])
    for members in members_by_key(keys, lambda key: key.startswith("doi:")).values():
        sure = [node for node in members if len(dois[node]) == 1]
        groups.join_all(sure, "doi")
    _join_unsure(groups, keys, dois)
    for by, is_of in _STEPS:
        for members in members_by_key(keys, is_of).values():
            groups.join_all(members, by)
    return groups


_STEPS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("identifier", lambda key: not key.startswith(("doi:", "work:", "text:"))),
    ("key", lambda key: key.startswith("work:")),
    ("text", lambda key: key.startswith("text:")),
)


def _join_unsure(groups: Groups, keys: Sequence[Sequence[str]], dois: Sequence[Sequence[str]]) -> None:
    first = {doi: node for node in range(len(keys) - 1, -1, -1) for doi in dois[node] if len(dois[node]) == 1}
    works: dict[tuple[str, str], bool] = {}
    if all(len(own) < 2 for own in dois):
        return
    for node, own in enumerate(keys):
        if len(dois[node]) == 1:
            works |= {(dois[node][0], key): True for key in own if key.startswith("work:")}
    for node, given in enumerate(dois):
        if len(given) < 2:
            continue
        held = [doi for doi in given if any((doi, key) in works for key in keys[node])] or list(given)
        chosen = next((doi for doi in held if doi in first), held[0])
        groups.doi[node] = chosen
        anchor = first.setdefault(chosen, node)
        if groups.join(anchor, node) and anchor != node:
            groups.how.setdefault(anchor, "doi")
            groups.how.setdefault(node, "doi")
