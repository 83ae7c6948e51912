"""Which of many references are one work: sets that know their DOI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Nodes = Sequence[int]


@dataclass(slots=True)
class Groups:
    """Sets of references (union-find) that know their DOI; sets with different DOIs stay apart unless a key is `full`.

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

    def join(self, one: int, other: int, *, despite_dois: bool = False) -> bool:
        """Join two sets, unless they have different DOIs; tell whether they are one now."""
        a, b = sorted((self.root(one), self.root(other)))
        if a == b:
            return True
        if not despite_dois and self.doi[a] and self.doi[b] and self.doi[a] != self.doi[b]:
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
