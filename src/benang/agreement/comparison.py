"""One row of the table of agreement: what is compared, who looked, what each said, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from benang.agreement.ratings import Coefficient, Continuum, Label, Ratings

Kind = Literal["code", "group", "variable", "appraisal", "screening"]
"""What is compared: a code by case, all codes of a group by case (a set of codes is the label), a variable by case, an
item of an appraisal by study, verdicts by record."""


@dataclass(frozen=True)
class Comparison:
    """What several coders said of one thing.

    Parameters
    ----------
    kind
        What is compared.
    id
        The id of the code or variable, or the stage of the screening.
    label
        Its label in the language of the reader.
    ratings
        The label of each coder for each unit that the coder has looked at.
    group
        The group of a code or the form of a variable; empty where there is none.
    continua
        The documents of a code with the passages that each coder marked with it; for codes alone.
    passages
        The ids of the passages behind a label, by unit and coder; for screening there are none.
    unseen
        The units that one coder alone has looked at, which no coefficient can use.
    set_aside
        The units of which several coders said something that is not compared, by the reason.
    settled
        The units that a consensus has decided.
    notes
        Free words of a coder on a unit (the reason of an exclusion, a note), by unit and coder.
    """

    kind: Kind
    id: str
    label: str
    ratings: Ratings
    group: str = ""
    continua: tuple[Continuum, ...] = ()
    passages: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    unseen: tuple[str, ...] = ()
    set_aside: Mapping[str, str] = field(default_factory=dict)
    settled: tuple[str, ...] = ()
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Agreement:
    """A comparison with its coefficients, in the order in which tables print them."""

    comparison: Comparison
    coefficients: tuple[Coefficient, ...]


@dataclass(frozen=True)
class Disagreement:
    """A unit on which coders differ: what each of them said of it, by coder."""

    comparison: Comparison
    unit: str
    said: Mapping[str, Label]

    @property
    def is_settled(self) -> bool:
        """Whether a consensus has decided it."""
        return self.unit in self.comparison.settled

    def passages(self, coder: str) -> tuple[str, ...]:
        """Return the ids of the passages behind what a coder said; none where the coder found nothing."""
        return self.comparison.passages.get((self.unit, coder), ())


def disagreements_of(comparisons: Iterable[Comparison]) -> tuple[Disagreement, ...]:
    """List all disagreements, the worst first; those that a consensus has settled come last.

    Worst are those of the comparison of whose units the largest share differs; within it those whose labels are
    furthest apart, where they can be subtracted. Sets of codes and pairs of reviewers are left out, since each of their
    disagreements is one of a code or of a stage too.

    Examples
    --------
    >>> rows = (("yes", "no"), ("no", "no"), ("no", "yes"))
    >>> rent = Comparison("code", "rent", "Rent", Ratings(("ani", "budi"), ("c1", "c2", "c3"), rows))
    >>> rain = Comparison("code", "rain", "Rain", Ratings(("ani", "budi"), ("c1", "c2", "c3"), (rows[0], *rows[:2])))
    >>> [(one.comparison.id, one.unit) for one in disagreements_of((rain, rent))]
    [('rain', 'c1'), ('rain', 'c2'), ('rent', 'c1'), ('rent', 'c3')]
    """
    ranked: list[tuple[bool, float, int, float, int, Disagreement]] = []
    for at, comparison in enumerate(comparisons):
        if comparison.kind == "group" or (comparison.kind == "screening" and "/" in comparison.id):
            continue
        ratings = comparison.ratings
        share = len(ratings.differing) / max(len(ratings.compared), 1)
        differing = frozenset(ratings.differing)
        for number, (unit, row) in enumerate(zip(ratings.units, ratings.rows, strict=True)):
            if unit in differing:
                said = {coder: label for coder, label in zip(ratings.coders, row, strict=True) if label is not None}
                one = Disagreement(comparison, unit, said)
                ranked.append((one.is_settled, -share, at, -_width(said.values()), number, one))
    return tuple(entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1]))


def _width(labels: Iterable[Label]) -> float:
    """Return how far labels are apart; 0 for those that can't be subtracted."""
    numbers = [label for label in labels if not isinstance(label, str)]
    return max(numbers) - min(numbers) if len(numbers) > 1 else 0.0
