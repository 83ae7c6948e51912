"""The coefficients of a comparison, each with its interval, or with the reason why it is undefined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benang.agreement.alpha import alpha, unfit
from benang.agreement.coefficients import (
    FORMULAS,
    Interval,
    by_formula,
    by_ranks,
    by_ratios,
    cohen,
    gwet,
    intervals,
    kappa_max,
    prevalence_and_bias,
    quadratic,
    why_not,
    without,
)
from benang.agreement.comparison import Agreement, Comparison
from benang.agreement.ratings import (
    Closeness,
    Coefficient,
    Continuum,
    Floats,
    Label,
    Name,
    Ratings,
    Sums,
    Tally,
    tally,
)
from benang.agreement.unitizing import FORMULAS as PASSAGES
from benang.agreement.unitizing import marks, stands_against, value_alphas
from benang.agreement.unitizing import why_not as why_not_passages
from benang.locale.writing import worded
from benang.progress import Progress, silent

Formulas = dict[Name, Callable[[Sums], Floats]]

_MEASURED: frozenset[Name] = frozenset({"alpha", "ac2"})
"""Coefficients that subtract or divide labels."""


def coefficients_of(
    comparison: Comparison, *, every: bool = False, bootstrap: int = 1000, progress: Progress = silent
) -> Agreement:
    """Compute the coefficients of a comparison, in the order in which tables print them.

    Parameters
    ----------
    comparison
        What coders said of one thing.
    every
        All that suit the number of coders and the level of the labels; else percent, kappa (Cohen's for two coders,
        Conger's for more), AC1, alpha and, for codes, u-alpha.
    bootstrap
        How often documents are drawn for the intervals; 0 for no intervals.
    progress
        Called between the steps.

    Examples
    --------
    >>> from benang.agreement.ratings import Ratings
    >>> rows = (("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no"))
    >>> ratings = Ratings(("ani", "budi"), ("c1", "c2", "c3", "c4"), rows)
    >>> for one in coefficients_of(Comparison("variable", "rent", "Rent", ratings)).coefficients:
    ...     print(one.name, round(one.value, 4), one.n)
    percent 0.75 4
    cohen 0.5 4
    ac1 0.5294 4
    alpha 0.5333 4
    """
    progress("Computing agreement", 0)
    coefficients = of_ratings(comparison, every=every, bootstrap=bootstrap)
    if comparison.kind in ("code", "group"):
        progress("Computing agreement", 0.5)
        coefficients += of_passages(comparison.continua, every=every, bootstrap=bootstrap)
    return Agreement(comparison, coefficients)


def of_ratings(comparison: Comparison, *, every: bool, bootstrap: int) -> tuple[Coefficient, ...]:
    """Return the coefficients of the labels of units."""
    ratings = comparison.ratings
    counted = tally(ratings)
    why = without(ratings, counted)
    formulas = _formulas(comparison, counted, every=every)
    if why:
        return tuple(Coefficient(name, None, 0, why) for name in formulas)
    unfitting = unfit(counted, ratings.level)
    sums = counted.sums()
    values: dict[Name, float | None] = {}
    reasons: dict[Name, str] = {}
    for name, formula in formulas.items():
        against = unfitting if name in _MEASURED else ""
        values[name] = None if against else _defined(formula(sums))
        reasons[name] = against or why_not(counted, name)
    ranges = _intervals(counted, formulas, values, bootstrap)
    return tuple(with_interval(name, values[name], counted.n, reasons[name], ranges.get(name, "")) for name in formulas)


def of_shares(ratings: Ratings) -> tuple[Coefficient, ...]:
    """Return what the shares of labels do to Cohen's kappa: the most it could be; prevalence and bias of two labels.

    None of them is an estimate, so that they have no intervals.
    """
    counted = tally(ratings)
    if len(counted.coders) != 2 or not counted.n:
        return ()
    most = kappa_max(counted)
    of = () if most is None else (Coefficient("kappa-max", most, counted.n),)
    if len(counted.labels) != 2:
        return of
    prevalence, bias = prevalence_and_bias(counted)
    return (*of, Coefficient("prevalence", prevalence, counted.n), Coefficient("bias", bias, counted.n))


def with_rest(agreements: Sequence[Agreement]) -> tuple[Agreement, ...]:
    """Add what helps to read the coefficients: `of_shares`, and (k)u-alpha of each code with its coverage.

    (k)u-alpha, how reliably a code is told from the others of its group, takes all of them on one continuum. It is
    undefined where passages of one coder overlap there, and absent where the group is not compared or nobody used the
    code.
    """
    of_groups = {
        one.comparison.group: value_alphas(marks(one.comparison.continua))
        for one in agreements
        if one.comparison.kind == "group"
    }

    def rest(of: Comparison) -> tuple[Coefficient, ...]:
        from_others = of_groups.get(of.group, {}).get(of.id, ()) if of.kind == "code" else ()
        return of_shares(of.ratings) + from_others

    return tuple(replace(one, coefficients=(*one.coefficients, *rest(one.comparison))) for one in agreements)


def of_passages(continua: Iterable[Continuum], *, every: bool, bootstrap: int) -> tuple[Coefficient, ...]:
    """Return the coefficients of passages: u-alpha, and with `every` all that differ from it.

    On passages with one code |u-alpha is u-alpha, and no code can be taken for another; so only where there are several
    codes are |u-alpha and cu-alpha among them.
    """
    marked = marks(continua)
    names: tuple[Name, ...] = ("u-alpha",)
    if every:
        names += (("u-alpha-binary", "cu-alpha") if len(marked.labels) > 1 else ()) + ("span-f1", "span-jaccard")
    against = {name: stands_against(marked, name) for name in names}
    formulas = {name: PASSAGES[name] for name in names if not against[name]}
    values = {name: _defined(formula(marked.sums())) for name, formula in formulas.items()}
    wanted = {name: formulas[name] for name, value in values.items() if value is not None}
    ranges: Mapping[Name, Interval] = {}
    if bootstrap and wanted:
        ranges = intervals(
            wanted,
            marked.sums,
            documents=marked.n_documents,
            compared=marked.n_documents,
            width=marked.width,
            times=bootstrap,
        )
    return tuple(
        with_interval(name, values.get(name), marked.n, against[name] or why_not_passages(name), ranges.get(name, ""))
        for name in names
    )


def _defined(found: Floats) -> float | None:
    return None if np.isnan(found[0]) else float(found[0])


def with_interval(name: Name, value: float | None, n: int, undefined: str, found: Interval) -> Coefficient:
    """Return a coefficient: its value with its interval, or why it has none."""
    if value is None:
        return Coefficient(name, None, n, undefined)
    if isinstance(found, str):
        return Coefficient(name, value, n, no_interval=found)
    return Coefficient(name, value, n, low=found[0], high=found[1])


def _intervals(
    counted: Tally, formulas: Formulas, values: Mapping[Name, float | None], times: int
) -> Mapping[Name, Interval]:
    defined = {name: value for name, value in values.items() if value is not None}
    if not times or not defined:
        return {}
    if counted.n_compared_documents == 1:
        return {name: by_formula(counted, name, value) for name, value in defined.items()}
    wanted = {name: formulas[name] for name in defined}
    return intervals(
        wanted,
        counted.sums,
        documents=counted.n_documents,
        compared=counted.n_compared_documents,
        width=counted.width,
        times=times,
    )


def _formulas(comparison: Comparison, counted: Tally, *, every: bool) -> Formulas:
    """Return what is computed, in the order of tables."""
    level = comparison.ratings.level
    looked = {at for row in comparison.ratings.rows for at, label in enumerate(row) if label is not None}
    are_two = len(counted.coders or looked) < 3
    kappa: Name = "cohen" if are_two else "conger"
    formulas: Formulas = {"percent": FORMULAS["percent"], kappa: FORMULAS[kappa], "ac1": FORMULAS["ac1"]}
    formulas["alpha"] = lambda sums: alpha(counted, sums, level)
    if not every:
        return formulas
    names: tuple[Name, ...] = ("scott" if are_two else "fleiss", "brennan-prediger")
    if level != "nominal":
        names = (*(("cohen-linear", "cohen-quadratic") if are_two else ()), *names)
        formulas["ac2"] = lambda sums: gwet(sums, _closeness(comparison, counted))
    if comparison.kind == "group":
        formulas["alpha-masi"] = lambda sums: alpha(counted, sums, "masi")
    return formulas | {name: FORMULAS[name] for name in names}


def _closeness(comparison: Comparison, counted: Tally) -> Closeness:
    level = comparison.ratings.level
    if level == "ordinal":
        return by_ranks(counted.places)
    values = np.array([float(label) for label in counted.labels])
    return by_ratios(values) if level == "ratio" else quadratic(values)


@dataclass(frozen=True, slots=True)
class TwoCoders:
    """How far two coders agree on labels without an order.

    Parameters
    ----------
    labels
        The labels that either of them gave, sorted.
    n
        The number of units.
    n_agreed
        How many of them have the same label from both.
    kappa
        Cohen's kappa, -1 to 1; None where it is undefined.
    undefined
        Why kappa is None; empty where it isn't.
    """

    labels: tuple[Label, ...]
    n: int
    n_agreed: int
    kappa: float | None
    undefined: str = ""

    @property
    def observed(self) -> float | None:
        """The share of units on which they agree, 0 to 1: percent agreement. None without units."""
        return self.n_agreed / self.n if self.n else None


def two_coders(pairs: Iterable[tuple[str, str]]) -> TwoCoders:
    """Compare the labels that two coders gave the same units, the first coder's first.

    Examples
    --------
    >>> pairs = [("in", "in")] * 20 + [("in", "out")] * 5 + [("out", "in")] * 10 + [("out", "out")] * 15
    >>> agreement = two_coders(pairs)
    >>> agreement.n, agreement.observed, agreement.kappa
    (50, 0.7, 0.4)
    >>> str(two_coders([("out", "out")] * 3).undefined)
    "both always say 'out', so there is no agreement beyond chance to measure"
    """
    rows = tuple(pairs)
    ratings = Ratings(("1", "2"), tuple(map(str, range(len(rows)))), rows)
    counted = tally(ratings)
    if not counted.n:
        return TwoCoders((), 0, 0, None, worded("they labelled nothing in common"))
    kappa = _defined(cohen(counted.sums()))
    n_agreed = counted.n - len(ratings.differing)
    return TwoCoders(counted.labels, counted.n, n_agreed, kappa, "" if kappa is not None else why_not(counted, "cohen"))
