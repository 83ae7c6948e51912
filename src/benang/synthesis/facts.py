"""What checks are given and what they tell: the findings, the maps, the words; a finding and its verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benang.errors import BenangError, Problem, closest, nearest
from benang.evidence import Number
from benang.network.network import Network, pairs
from benang.records.record import Record
from benang.records.spelling import folded, label_key
from benang.synthesis.findings import Findings, Verdict
from benang.synthesis.wording import Wording


@dataclass(frozen=True, slots=True)
class MapFacts:
    """What a check asks of a map: which items stand on it, and how strongly two of them are linked.

    Items are numbered from 0 in the order of `labels`. `strengths` has each pair of linked items once, the lower
    number first. `records` has, for each item, the records or the cases that it occurs in; it is empty where that is
    not known. `origins` say where the items came from if from no database (`assigned`).

    An item is asked for by its label, in whatever case. Accents tell items apart (*Café* and *Cafe* may be two items
    of one map); only where no item has the label as it is written, they make no difference.

    Examples
    --------
    >>> facts = MapFacts(("Café", "Cafe", "stalls", "São Tomé"), {(1, 2): 3.0})
    >>> facts.strength("cafe", "Stalls"), facts.strength("café", "Stalls"), facts.has("Sao Tome")
    (3.0, 0.0, True)
    """

    labels: tuple[str, ...]
    strengths: Mapping[tuple[int, int], float]
    records: tuple[tuple[str, ...], ...] = ()
    origins: tuple[str, ...] = ()

    @classmethod
    def of(cls, network: Network, origins: Iterable[str] = ()) -> MapFacts:
        """Take from a network what checks ask of it."""
        strengths = {(min(one, other), max(one, other)): strength for one, other, strength in pairs(network.links)}
        records = tuple(network.records_of(key) for key in network.ids)
        return cls(network.labels, strengths, records, tuple(sorted(set(origins))))

    def has(self, label: str) -> bool:
        """Tell whether an item with this label stands on the map."""
        return bool(self._items(label))

    def strength(self, one: str, other: str) -> float:
        """Return the strength of the link between two items, summed where items share a label; 0 for none."""
        ends = ((min(i, j), max(i, j)) for i in self._items(one) for j in self._items(other))
        return math.fsum(self.strengths.get(pair, 0.0) for pair in set(ends))

    def records_of(self, label: str) -> tuple[str, ...]:
        """Return the records, or the cases, in which an item occurs."""
        behind = (self.records[item] for item in self._items(label)) if self.records else ()
        return tuple(dict.fromkeys(record for records in behind for record in records))

    def _items(self, label: str) -> tuple[int, ...]:
        for key in (label_key, folded):
            if items := tuple(n for n, one in enumerate(self.labels) if key(one) == key(label)):
                return items
        return ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a check found, and what follows for the claim."""

    found: str
    verdict: Verdict
    evidence: tuple[str, ...] = ()
    needs_reader: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What all checks are given: the findings, the maps (None where none were made), and the words."""

    findings: Findings
    wording: Wording
    maps: Mapping[str, MapFacts] | None = None

    def number(self, name: str) -> Number:
        """Return a number; an error with the nearest ids for one that there is not."""
        numbers = self.findings.evidence.numbers
        if name not in numbers:
            raise BenangError(Problem(f"there is no number '{name}'", way_on=nearest_number(name, numbers)))
        return numbers[name]

    def record(self, key: str) -> Record:
        """Return a record; an error with the nearest key for one that there is not."""
        if not self.findings.corpus.has(key):
            raise BenangError(Problem(f"there is no record '{key}'", way_on=nearest(key, self.findings.corpus.keys)))
        return self.findings.corpus.record(key)

    def named(self, ids: Iterable[str], unit: str) -> str:
        """Name the records, studies or cases of a list."""
        name = self.wording.labels.case if unit == "cases" else self.wording.labels.study
        return self.wording.listed(name(one) for one in ids)


def nearest_number(name: str, numbers: Iterable[str]) -> str:
    """Say which number was meant, or what ids look like."""
    known = list(numbers)
    return nearest(name, known) if closest(name, known) else "Ids are those of evidence.json, such as cases/all."
