"""One row of the table of agreement: what is compared, who looked, what each said, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from benang.agreement.ratings import Coefficient, Continuum, Ratings

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
