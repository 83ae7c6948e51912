"""What checks are given and what they tell: the findings, the maps, the words; a finding and its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from benang.errors import BenangError, Problem, nearest
from benang.evidence import Number
from benang.network.network import Network, pairs
from benang.records.record import Record
from benang.records.spelling import folded
from benang.synthesis.findings import Findings, Verdict
from benang.synthesis.wording import Wording


@dataclass(frozen=True, slots=True)
class MapFacts:
    """What a check asks of a map: which items stand on it, and how strongly two of them are linked.

    `strengths` has each pair of linked labels once, folded and in order. `records` are the records, or the cases,
    that an item occurs in. `origins` tell where its items came from when from no database (`assigned`).
    """

    labels: tuple[str, ...]
    strengths: Mapping[tuple[str, str], float]
    records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origins: tuple[str, ...] = ()

    @classmethod
    def of(cls, network: Network, origins: Iterable[str] = ()) -> MapFacts:
        """Take from a network what checks ask of it."""
        names = [folded(label) for label in network.labels]
        strengths = {
            (min(names[one], names[other]), max(names[one], names[other])): strength
            for one, other, strength in pairs(network.links)
        }
        records = {name: network.records_of(key) for name, key in zip(names, network.ids, strict=True)}
        return cls(network.labels, strengths, records, tuple(sorted(set(origins))))

    def has(self, label: str) -> bool:
        """Tell whether an item stands on the map; capitals make no difference."""
        return folded(label) in {folded(one) for one in self.labels}

    def strength(self, one: str, other: str) -> float:
        """Return the strength of the link between two items; 0 where there is none."""
        left, right = sorted((folded(one), folded(other)))
        return self.strengths.get((left, right), 0.0)


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
        if key not in self.findings.corpus.keys:
            raise BenangError(Problem(f"there is no record '{key}'", way_on=nearest(key, self.findings.corpus.keys)))
        return self.findings.corpus.record(key)

    def named(self, ids: Iterable[str], unit: str) -> str:
        """Name the records, studies or cases of a list."""
        name = self.wording.case if unit == "cases" else self.wording.study
        return self.wording.listed(name(one) for one in ids)


def nearest_number(name: str, numbers: Iterable[str]) -> str:
    """Say which number was meant, or what ids look like."""
    said = nearest(name, numbers)
    return said if said.startswith("Did") else "Ids are those of evidence.json, such as cases/all."
