"""How far people agree who judged apart: the coefficients of a comparison, each with its interval; alpha.

A coefficient that is undefined has the reason for it instead. Krippendorff's alpha is
alpha = 1 - (n - 1) * sum of o_ck d_ck / sum of n_c n_k d_ck, over pairs of labels c, k: o_ck are coincidences, n_c
their sums by label, n all of them, and d_ck the difference of two labels by their level of measurement (Krippendorff
2011, Computing Krippendorff's alpha-reliability; 2019, Content Analysis, 4th ed., section 12.3). Units that one coder
alone has labelled count for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

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
    Integers,
    Label,
    Level,
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

Measure = Level | Literal["masi"]
"""How the difference of two labels is measured; `masi` for labels that are sets."""

SET_MARK = ";"
"""Parts the members of a label that is a set: `permits;rent`."""

_ROWS = 500
"""So many labels at a time are compared with all others."""


def alpha(counted: Tally, sums: Sums, measure: Measure) -> Floats:
    """Return alpha for each row of `sums`, at most 1; not a number where all labels are the same.

    Examples
    --------
    >>> from benang.agreement.ratings import tally
    >>> from benang.agreement.ratings import Ratings
    >>> rows = tuple(zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True))
    >>> counted = tally(Ratings(("meg", "owen"), tuple(map(str, range(10))), rows))
    >>> round(float(alpha(counted, counted.sums(), "nominal")[0]), 4)
    0.0952
    """
    given = sums.paired.sum(axis=1)
    n = given.sum(axis=1)
    one, other = sums.pairs[:, 0], sums.pairs[:, 1]
    if measure == "ordinal":
        # (n_c / 2 + what lies between + n_k / 2)² is the square of the difference of mean ranks.
        ranks = np.cumsum(given, axis=1) - given / 2
        observed = (sums.coincidences * (ranks[:, one] - ranks[:, other]) ** 2).sum(axis=1)
        expected = _of_numbers(given, ranks)
    elif measure == "nominal":
        observed = sums.coincidences.sum(axis=1)
        expected = (n**2 - (given**2).sum(axis=1)) / 2
    else:
        values = _values(counted, measure)
        difference = _DIFFERENCES[measure]
        observed = sums.coincidences @ difference(counted, values, one, other)
        expected = (
            _of_numbers(given, values[None, :])
            if measure == "interval"
            else _of_all(counted, values, given, difference)
        )
    defined = expected > 1e-12
    return np.where(defined, 1 - (n - 1) * observed / np.where(defined, expected, 1.0), np.nan)


def unfit(counted: Tally, measure: Measure) -> str:
    """Return why labels can't be measured so; empty where they can."""
    if measure not in ("interval", "ratio"):
        return ""
    words = [label for label in counted.labels if isinstance(label, str)]
    if words:
        return worded("'{label}' is not a number", label=words[0])
    low = min((label for label in counted.labels if not isinstance(label, str)), default=0)
    if measure == "ratio" and low < 0:
        return worded("{low} is below 0, where a ratio has no meaning; measure it as an interval", low=low)
    return ""


def masi(one: str, other: str) -> float:
    """Return the distance of two sets by MASI, 0 (the same) to 1 (nothing in common) (Passonneau 2006, p. 833).

    It is 1 - J * M: Jaccard's share of members in common, and 1 for equal sets, 2/3 where one contains the other, 1/3
    where they overlap, 0 where they don't. Two empty sets are the same.

    Examples
    --------
    >>> masi("permits;rent", "rent"), masi("rent", "rent"), masi("rent", "permits")
    (0.6666666666666667, 0.0, 1.0)
    """
    a, b = (frozenset(filter(None, label.split(SET_MARK))) for label in (one, other))
    if a == b:
        return 0.0
    common = a & b
    monotonicity = 2 / 3 if common in (a, b) else 1 / 3
    return 1 - len(common) / len(a | b) * monotonicity if common else 1.0


def _values(counted: Tally, measure: Measure) -> Floats:
    if measure == "masi":
        return np.zeros(len(counted.labels))
    return np.array([float(label) for label in counted.labels])


def _interval(_counted: Tally, values: Floats, one: Integers, other: Integers) -> Floats:
    return (values[one] - values[other]) ** 2


def _ratio(_counted: Tally, values: Floats, one: Integers, other: Integers) -> Floats:
    whole = values[one] + values[other]
    return ((values[one] - values[other]) / np.where(whole > 0, whole, 1.0)) ** 2


def _masi(counted: Tally, _values: Floats, one: Integers, other: Integers) -> Floats:
    labels = [str(label) for label in counted.labels]
    pairs = zip(one.ravel().tolist(), other.ravel().tolist(), strict=True)
    return np.array([masi(labels[a], labels[b]) for a, b in pairs], dtype=np.float64).reshape(one.shape)


_Difference = Callable[[Tally, Floats, Integers, Integers], Floats]
_DIFFERENCES: dict[Measure, _Difference] = {"interval": _interval, "ratio": _ratio, "masi": _masi}


def _of_numbers(given: Floats, values: Floats) -> Floats:
    """Return the sum over pairs of labels c < k of n_c n_k (v_c - v_k)², by moments: no matrix of all pairs."""
    n: Floats = given.sum(axis=1)
    middle = (given * values).sum(axis=1) / np.where(n > 0, n, 1.0)
    # Around the mean, so that years near 2000 lose no digits.
    return np.asarray(n * (given * (values - middle[:, None]) ** 2).sum(axis=1))


def _of_all(counted: Tally, values: Floats, given: Floats, difference: _Difference) -> Floats:
    """Return the sum over pairs of labels c < k of n_c n_k d_ck, some labels at a time."""
    q = given.shape[1]
    total = np.zeros(len(given))
    for start in range(0, q, _ROWS):
        one, other = np.meshgrid(np.arange(start, min(start + _ROWS, q)), np.arange(q), indexing="ij")
        total += (given[:, start : start + _ROWS] @ difference(counted, values, one, other) * given).sum(axis=1)
    return total / 2


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
