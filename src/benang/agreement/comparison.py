"""One row of the table of agreement: what is compared, who looked, what each said; and what may be concluded from it.

Krippendorff (2004, Content Analysis, 2nd ed., p. 241; 2019, 4th ed., ch. 12) asks for an alpha of at least .800 to rely
on data, and accepts from .667 on for tentative conclusions; the lower end of the interval should be held against them.
The bands of Landis and Koch (1977), *fair* or *substantial*, are their own arbitrary divisions, and not used here. A
conclusion is a sentence that names its source; no number decides it alone.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from benang.agreement.ratings import Coefficient, Continuum, Label, Name, Ratings
from benang.locale.writing import Worded, worded

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
    beside
        What coders said, by unit and coder, of units on which they differ in more than `ratings` has: one gives a
        value, another says that it is not reported, which is no point of a scale.
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
    beside: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    notes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def settled_differing(self) -> tuple[str, ...]:
        """The units on which coders differ and a consensus has decided; it may have decided others as well."""
        settled = frozenset(self.settled)
        return tuple(unit for unit in self.ratings.differing if unit in settled)


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
    furthest apart, where they can be subtracted or have an order (an include and an exclude are further apart than
    either is from unsure). Sets of codes and pairs of reviewers are left out, since each of their disagreements is one
    of a code or of a stage too.

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
            if unit in differing or unit in comparison.beside:
                labels = {coder: label for coder, label in zip(ratings.coders, row, strict=True) if label is not None}
                one = Disagreement(comparison, unit, comparison.beside.get(unit, labels))
                ranked.append((one.is_settled, -share, at, -_width(one), number, one))
    return tuple(entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1]))


_VERDICTS: tuple[Label, ...] = ("include", "unsure", "exclude")


def _width(one: Disagreement) -> float:
    """Return how far labels are apart; most where they have no common scale, 0 for those without any order."""
    if one.unit in one.comparison.beside:
        return math.inf
    ratings = one.comparison.ratings
    order = _VERDICTS if one.comparison.kind == "screening" else ratings.categories
    if one.comparison.kind == "screening" or ratings.level == "ordinal":
        numbers: list[float] = [order.index(label) for label in one.said.values() if label in order]
    else:
        numbers = [label for label in one.said.values() if not isinstance(label, str)]
    return max(numbers) - min(numbers) if len(numbers) > 1 else 0.0


RELIABLE = 0.8
TENTATIVE = 0.667
_APART = 0.2
"""How far AC1 is above kappa where the shares of the labels, and not the coders, make kappa low."""
_HIGH = 0.8
"""Percent agreement from which a low kappa is a paradox (Feinstein and Cicchetti 1990)."""
_COMPARED: tuple[tuple[Name, ...], ...] = (("percent",), ("cohen", "conger"), ("ac1",))


def coefficient(agreement: Agreement, *names: Name) -> Coefficient | None:
    """Return the first of these coefficients that was computed; None where none was."""
    return next((one for name in names for one in agreement.coefficients if one.name == name), None)


def conclusion(agreement: Agreement) -> Worded:
    """Say what a reader may conclude from alpha, and how sure that is."""
    alpha = coefficient(agreement, "alpha")
    if alpha is None or alpha.value is None:
        return worded("α is undefined here, so nothing can be concluded from it")
    if alpha.value >= RELIABLE:
        if alpha.low is None:
            return worded(
                "α is at least 0.800 (Krippendorff 2004, p. 241), but it has no interval that says how sure this is"
            )
        if alpha.low >= RELIABLE:
            return worded("reliable enough to draw conclusions from (α ≥ 0.800; Krippendorff 2004, p. 241)")
        return worded(
            "α is at least 0.800, but its interval reaches below: more units are needed to rely on it "
            "(Krippendorff 2004, p. 241)"
        )
    if alpha.value >= TENTATIVE:
        return worded("good for tentative conclusions only (0.667 ≤ α < 0.800; Krippendorff 2004, p. 241)")
    return worded("too little agreement to draw conclusions from (α < 0.667; Krippendorff 2004, p. 241)")


def in_words(text: str, comparison: Comparison, words: Callable[[Label], str]) -> str:
    """Return a sentence on a comparison with the labels in it as a reader knows them, such as levels by their names.

    Examples
    --------
    >>> rent = Comparison("code", "rent", "Rent", Ratings(("ani", "budi"), ("c1",), (("yes", "yes"),)))
    >>> said = worded("both always say '{label}', so there is no agreement beyond chance to measure", label="yes")
    >>> print(in_words(said, rent, lambda label: "coded"))
    both always say 'coded', so there is no agreement beyond chance to measure
    """
    if not isinstance(text, Worded) or "label" not in text.values:
        return text
    known = {str(label): label for label in comparison.ratings.categories_or_found}
    return text.with_values(lambda value: words(known[value]) if value in known else value)


def paradox(agreement: Agreement) -> Worded | None:
    """Say that kappa is low because one label is far more frequent than others, where it is so; else None.

    Examples
    --------
    >>> import textwrap
    >>> rows = (("yes", "yes"),) * 118 + (("yes", "no"),) * 5 + (("no", "yes"),) * 2
    >>> units = tuple(map(str, range(125)))
    >>> rent = Comparison("code", "rent", "Rent", Ratings(("ani", "budi"), units, rows))
    >>> of = (Coefficient("percent", 0.944, 125), Coefficient("cohen", -0.023, 125), Coefficient("ac1", 0.941, 125))
    >>> print(textwrap.fill(paradox(Agreement(rent, of)), 100))
    kappa and alpha are low although coders agree on 94.4% of the units, because 97.2% of all labels are
    'yes'; AC1 depends less on that (Feinstein and Cicchetti 1990; Gwet 2008)
    """
    values = [one.value if one else None for one in (coefficient(agreement, *names) for names in _COMPARED)]
    if None in values:
        return None
    percent, kappa, ac1 = (value or 0.0 for value in values)
    if percent < _HIGH or kappa >= TENTATIVE or ac1 - kappa < _APART:
        return None
    ratings = agreement.comparison.ratings
    compared = set(ratings.compared)
    pairs = zip(ratings.units, ratings.rows, strict=True)
    labels = Counter(label for unit, row in pairs if unit in compared for label in row if label is not None)
    label, n = max(labels.items(), key=lambda one: (one[1], str(one[0])))
    return worded(
        "kappa and alpha are low although coders agree on {percent:.1f}% of the units, because {share:.1f}% of all "
        "labels are '{label}'; AC1 depends less on that (Feinstein and Cicchetti 1990; Gwet 2008)",
        percent=100 * percent,
        share=100 * n / labels.total(),
        label=str(label),
    )
