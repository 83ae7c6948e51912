"""Two raters, each of whom gave the same things one label: how often they agree, and how far beyond chance.

Labels are nominal: they have no order, and one is as far from another as any. Whoever calls says what a unit is (a
record, a segment) and which units both raters had to judge; a unit that one of them left out is no pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benang.locale.writing import worded


@dataclass(frozen=True, slots=True)
class NominalAgreement:
    """How far two raters agree.

    Parameters
    ----------
    labels
        The labels that either of them gave, sorted.
    table
        How many units got each pair of labels, the first rater's first; pairs that never occur are left out.
    observed
        The share of units on which they agree, 0 to 1: percent agreement. None without units.
    expected
        The share on which two raters would agree by chance who give each label as often as these do. None
        without units.
    kappa
        Cohen's kappa, -1 to 1; None where it is undefined.
    undefined
        Why kappa is None; empty where it isn't.
    """

    labels: tuple[str, ...]
    table: Mapping[tuple[str, str], int]
    observed: float | None
    expected: float | None
    kappa: float | None
    undefined: str = ""

    @property
    def n(self) -> int:
        """The number of units that both raters labelled."""
        return sum(self.table.values())

    @property
    def n_agreed(self) -> int:
        """The number of units that both gave the same label."""
        return sum(n for (one, other), n in self.table.items() if one == other)

    def rows(self) -> list[list[int]]:
        """Return the table in full: a row for each label of the first rater, a column for each of the second."""
        return [[self.table.get((one, other), 0) for other in self.labels] for one in self.labels]


def nominal_agreement(pairs: Iterable[tuple[str, str]]) -> NominalAgreement:
    """Compare the labels that two raters gave the same units.

    Kappa is (p_o - p_e) / (1 - p_e), with p_o the share of units on which they agree and p_e = sum over labels of the
    product of the two raters' shares (Cohen 1960, A coefficient of agreement for nominal scales, p. 40). It is counted
    in whole numbers, as (n * agreed - chance) / (n * n - chance), so that only one division rounds. Where both gave all
    units one and the same label, p_e is 1 and kappa is 0/0: undefined, whatever some programs print.

    Parameters
    ----------
    pairs
        The two labels of each unit, the first rater's first.

    Examples
    --------
    >>> pairs = [("in", "in")] * 20 + [("in", "out")] * 5 + [("out", "in")] * 10 + [("out", "out")] * 15
    >>> agreement = nominal_agreement(pairs)
    >>> agreement.n, agreement.observed, agreement.expected, agreement.kappa
    (50, 0.7, 0.5, 0.4)
    >>> agreement.labels, agreement.rows()
    (('in', 'out'), [[20, 5], [10, 15]])
    >>> nominal_agreement([("out", "out")] * 3).undefined
    "both always say 'out', so there is no agreement beyond chance to measure"
    """
    table = Counter(pairs)
    n = sum(table.values())
    if not n:
        return NominalAgreement((), {}, None, None, None, worded("they labelled nothing in common"))
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    labels = tuple(sorted({*first, *second}))
    agreed = sum(table[label, label] for label in labels)
    chance = sum(first[label] * second[label] for label in labels)
    ordered = {(one, other): table[one, other] for one in labels for other in labels if table[one, other]}
    if chance == n * n:
        why = worded("both always say '{label}', so there is no agreement beyond chance to measure", label=labels[0])
        return NominalAgreement(labels, ordered, agreed / n, chance / n**2, None, why)
    return NominalAgreement(labels, ordered, agreed / n, chance / n**2, (n * agreed - chance) / (n * n - chance))
