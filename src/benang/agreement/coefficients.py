"""Agreement beyond chance on labels of units: percent, the kappas by what they call chance, and how sure each is.

Every coefficient is (p_a - p_e) / (1 - p_e): p_a is how often coders agree, p_e how often they would agree by chance.
All are computed from `Sums`, whose arrays have one row a resample of documents, and give one value a row.

Sources: Cohen 1960 and 1968; Scott 1955; Fleiss 1971; Conger 1980; Brennan and Prediger 1981; Gwet 2008 and 2014,
chapters 2 to 4, also for units that not every coder has labelled.

Units of one document are not independent: who overlooks one passage of a paper may overlook the next. So whole
documents are drawn, with replacement and as many as there are, and the 95 % interval has the middle of what the
coefficient is on a thousand such draws (Efron and Tibshirani 1993, section 13.3; for clusters Field and Welsh 2007).
Where all units are of one document, Cohen's kappa and Gwet's AC1 have an interval that takes the units as independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from benang.agreement.ratings import Closeness, Floats, Integers, Name, Ratings, Sums, Tally
from benang.locale.writing import worded


def beyond_chance(observed: Floats, expected: Floats, whole: Floats | float = 1.0) -> Floats:
    """Return (observed - expected) / (whole - expected); not a number where chance alone gives all of it."""
    room = whole - expected
    defined = room > 1e-12 * np.maximum(whole, 1.0)
    return np.where(defined, (observed - expected) / np.where(defined, room, 1.0), np.nan)


def percent(sums: Sums) -> Floats:
    """Return the mean over units of agreeing pairs of coders by pairs of coders, 0 to 1."""
    return _share(sums.agreed(), sums.compared)


def cohen(sums: Sums, closeness: Closeness | None = None) -> Floats:
    """Return Cohen's kappa of two coders, weighted by `closeness` (1960, p. 40; 1968, p. 215).

    p_e is the sum over pairs of labels of the product of the two coders' own shares. Counted as n² of it, in whole
    numbers where nothing is weighted, so that one division alone rounds.
    """
    n, first, second = sums.compared, sums.paired[:, 0], sums.paired[:, 1]
    if closeness is None:
        chance = (first * second).sum(axis=1)
    else:
        chance = (first @ _matrix(closeness, first.shape[1]) * second).sum(axis=1)
    return beyond_chance(n * sums.agreed(closeness), chance, n * n)


def fleiss(sums: Sums) -> Floats:
    """Return Fleiss' kappa, for two coders Scott's pi: p_e is the sum of squares of the pooled shares of labels."""
    shares = _pooled(sums)
    return beyond_chance(percent(sums), (shares**2).sum(axis=1))


def conger(sums: Sums) -> Floats:
    """Return Conger's kappa (1980): chance draws from each coder's own shares, as Cohen's does for two.

    p_e is the sum over labels of m² - s²/r, with mean m and variance s² (of r - 1) of the r coders' shares of a label:
    the mean over pairs of coders of the products of their shares.
    """
    r = sums.own.shape[1]
    whole = sums.own.sum(axis=2, keepdims=True)
    shares = np.divide(sums.own, whole, out=np.zeros_like(sums.own), where=whole > 0)
    # A resample may have nothing of a coder, who then isn't one of it.
    coders = np.maximum((whole > 0).sum(axis=1)[:, 0], 1)
    together = shares.sum(axis=1)
    pairs = coders * (coders - 1.0)
    apart = ((together**2).sum(axis=1) - (shares**2).sum(axis=(1, 2))) / np.where(pairs > 0, pairs, 1.0)
    return np.where(pairs > 0, beyond_chance(percent(sums), apart), np.nan) if r > 1 else np.full(len(whole), np.nan)


def brennan_prediger(sums: Sums) -> Floats:
    """Return Brennan and Prediger's kappa (1981): every one of q labels is as likely as any, p_e = 1/q."""
    return beyond_chance(percent(sums), np.full(len(sums.compared), 1 / max(sums.shares.shape[1], 1)))


def gwet(sums: Sums, closeness: Closeness | None = None) -> Floats:
    """Return Gwet's AC1, or AC2 where `closeness` weighs (2008, p. 37; 2014, p. 78).

    p_e = T / (q (q - 1)) times the sum of p (1 - p) over the pooled shares p of q labels, with T the sum of all
    weights, which is q where nothing is weighted.
    """
    shares = _pooled(sums)
    q = shares.shape[1]
    if q < 2:
        return np.full(len(shares), np.nan)
    weight = q if closeness is None else float(_matrix(closeness, q).sum())
    chance = weight / (q * (q - 1)) * (shares * (1 - shares)).sum(axis=1)
    return beyond_chance(_share(sums.agreed(closeness), sums.compared), chance)


def linear(places: Integers) -> Closeness:
    """Return weights that fall evenly with the distance of two places in the order of categories."""
    span = max(int(np.ptp(places)), 1) if len(places) else 1
    return lambda one, other: 1 - np.abs(places[one] - places[other]) / span


def quadratic(places: Integers | Floats) -> Closeness:
    """Return weights that fall with the square of the distance."""
    span = float(np.ptp(places)) if len(places) else 0.0
    return lambda one, other: 1 - ((places[one] - places[other]) / (span or 1.0)) ** 2


def by_ranks(places: Integers) -> Closeness:
    """Return Gwet's weights of ordered labels (2014, p. 91): pairs of places from one to the other, by the most."""
    most = max(int(np.ptp(places)), 1) if len(places) else 1
    whole = most * (most + 1) / 2
    return lambda one, other: (
        1 - np.abs(places[one] - places[other]) * (np.abs(places[one] - places[other]) + 1) / (2 * whole)
    )


def by_ratios(values: Floats) -> Closeness:
    """Return Gwet's weights of ratios (2014, p. 92): the squared difference by the sum, by the most there is."""
    span = (
        ((values.max() - values.min()) / (values.max() + values.min())) ** 2
        if len(values) and values.max() > 0
        else 1.0
    )

    def weight(one: Integers, other: Integers) -> Floats:
        whole = values[one] + values[other]
        return 1 - ((values[one] - values[other]) / np.where(whole > 0, whole, 1.0)) ** 2 / (span or 1.0)

    return weight


FORMULAS: Mapping[Name, Callable[[Sums], Floats]] = {
    "percent": percent,
    "cohen": cohen,
    "cohen-linear": lambda sums: cohen(sums, linear(sums.places)),
    "cohen-quadratic": lambda sums: cohen(sums, quadratic(sums.places)),
    "scott": fleiss,
    "fleiss": fleiss,
    "conger": conger,
    "brennan-prediger": brennan_prediger,
    "ac1": gwet,
}
"""The coefficients that need no more than counts."""

FOR_TWO: frozenset[Name] = frozenset({"cohen", "cohen-linear", "cohen-quadratic", "scott"})
"""Coefficients of two coders; more than two have Conger's and Fleiss'."""


def kappa_max(counted: Tally) -> float | None:
    """Return the most that Cohen's kappa could be with the two coders' own shares of labels (Cohen 1960, p. 42).

    None where kappa is undefined.
    """
    own = counted.sums().paired[0]
    n = own[0].sum()
    most = beyond_chance(n * own.min(axis=0).sum(), np.asarray((own[0] * own[1]).sum()), n * n)
    return None if np.isnan(most) else float(most)


def prevalence_and_bias(counted: Tally) -> tuple[float, float]:
    """Return what makes kappa low or high beside agreement, for two coders and two labels, both 0 to 1.

    Prevalence is how far the shares of units that both give the one label and the other are apart; bias how far the
    coders' shares of a label are (Byrt, Bishop and Carlin 1993, p. 425).

    Examples
    --------
    >>> from benang.agreement.ratings import tally
    >>> rows = (("yes", "yes"),) * 118 + (("yes", "no"),) * 5 + (("no", "yes"),) * 2
    >>> prevalence_and_bias(tally(Ratings(("ani", "budi"), tuple(map(str, range(125))), rows)))
    (0.944, 0.024)
    """
    first, second = counted.sums().paired[0]
    n = first.sum()
    return float(abs(first[1] + second[1] - n) / n), float(abs(first[1] - second[1]) / n)


def without(ratings: Ratings, counted: Tally) -> str:
    """Return why no coefficient can be had of ratings; empty where nothing stands against it."""
    looked = [coder for at, coder in enumerate(ratings.coders) if any(row[at] is not None for row in ratings.rows)]
    if not looked:
        return worded("nobody has looked at it")
    if len(looked) == 1:
        return worded("only {coder} has looked at it, and agreement needs two coders", coder=looked[0])
    return "" if counted.n else worded("they labelled nothing in common")


def why_not(counted: Tally, name: Name) -> str:
    """Return why a coefficient of counted ratings is not a number."""
    if name in FOR_TWO and len(counted.coders) != 2:
        other = "Fleiss" if name == "scott" else "Conger"
        return worded(
            "it compares two coders, and there are {n}; use {other}'s kappa", n=len(counted.coders), other=other
        )
    label = counted.only_label
    if label is None:
        return worded("the agreement is all that chance would give")
    if label == "":
        return worded("nobody marked anything, so there is no agreement beyond chance to measure")
    if len(counted.coders) == 2:
        return worded("both always say '{label}', so there is no agreement beyond chance to measure", label=str(label))
    return worded("all always say '{label}', so there is no agreement beyond chance to measure", label=str(label))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), np.nan)


def _pooled(sums: Sums) -> Floats:
    seen = sums.seen[:, None]
    return sums.shares / np.where(seen > 0, seen, 1.0)


def _matrix(closeness: Closeness, q: int) -> Floats:
    one, other = np.indices((q, q))
    return closeness(one, other)


Interval = tuple[float, float] | str
"""Its ends, or why there is none."""

Summed = TypeVar("Summed")

LEAST_DOCUMENTS = 6
"""From fewer documents there are at most 126 different draws, too few for the outer 5 %."""
_MOST_UNDEFINED = 0.05
_LEVEL = 0.95
_NORMAL = 1.959963984540054
_CELLS = 4_000_000
"""So many numbers are in memory at a time."""


def draws(n_documents: int, times: int, *, width: int = 1, seed: int = 0) -> Iterator[Floats]:
    """Draw documents with replacement, as many as there are: how often each one is drawn, one row a draw.

    Parameters
    ----------
    n_documents, times
        The number of documents and of draws.
    width
        How many numbers are to be made of each draw: so many draws come at once as memory has room for.
    seed
        The same seed gives the same draws.

    Examples
    --------
    >>> (drawn,) = draws(10, 3)
    >>> drawn.shape, drawn.sum(axis=1).tolist()
    ((3, 10), [10.0, 10.0, 10.0])
    """
    chance = np.random.default_rng(seed)
    most = max(1, _CELLS // max(width, n_documents))
    for start in range(0, times, most):
        n = min(most, times - start)
        chosen = chance.integers(n_documents, size=(n, n_documents)) + np.arange(n)[:, None] * n_documents
        yield np.bincount(chosen.ravel(), minlength=n * n_documents).reshape(n, n_documents).astype(np.float64)


def intervals(
    formulas: Mapping[Name, Callable[[Summed], Floats]],
    sums: Callable[[Floats], Summed],
    *,
    documents: int,
    compared: int,
    width: int,
    times: int,
) -> dict[Name, Interval]:
    """Return the interval of each formula over draws of documents.

    Parameters
    ----------
    formulas
        From sums to one value a draw, not a number where it is undefined.
    sums
        From draws (one row a draw, one column a document) to the sums that formulas take.
    documents, compared
        The number of documents, and of those in which two coders or more can be compared.
    width
        How many numbers one row of the sums has.
    times
        The number of draws.
    """
    if compared < LEAST_DOCUMENTS:
        why = worded(
            "the interval is made by drawing documents, and {n} are too few; at least {least} are needed",
            n=compared,
            least=LEAST_DOCUMENTS,
        )
        return dict.fromkeys(formulas, why)
    values: dict[Name, list[Floats]] = {key: [] for key in formulas}
    for some in draws(documents, times, width=width):
        summed = sums(some)
        for key, formula in formulas.items():
            values[key].append(formula(summed))
    return {key: middle(np.concatenate(parts)) for key, parts in values.items()}


def middle(values: npt.NDArray[Any]) -> Interval:
    """Return the ends of the middle 95 % of a coefficient's values over draws.

    Examples
    --------
    >>> low, high = middle(np.arange(0, 1001))
    >>> round(low, 6), round(high, 6)
    (25.0, 975.0)
    """
    defined = values[~np.isnan(values)]
    undefined = 1 - len(defined) / len(values)
    if undefined > _MOST_UNDEFINED:
        return worded("differences are so rare that the value is undefined in many of the draws")
    if np.ptp(defined) < 1e-12:
        return worded("the value is the same whichever documents are drawn")
    low, high = np.quantile(defined, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    return float(low), float(high)


def cohen_error(counted: Tally) -> float:
    """Return the standard error of Cohen's kappa for independent units (Fleiss, Cohen and Everitt 1969, p. 325)."""
    sums = counted.sums()
    kappa = float(cohen(sums)[0])
    both = counted.codes[counted.compared]
    q, n = len(counted.labels), len(both)
    table = np.bincount(both[:, 0] * q + both[:, 1], minlength=q * q).reshape(q, q) / n
    first, second = table.sum(axis=1), table.sum(axis=0)
    chance = float(first @ second)
    alike = np.diag(table)
    within = (alike * (1 - (first + second) * (1 - kappa)) ** 2).sum()
    across = (table * (second[:, None] + first[None, :]) ** 2).sum() - (alike * (first + second) ** 2).sum()
    variance = within + (1 - kappa) ** 2 * across - (kappa - chance * (1 - kappa)) ** 2
    return float(np.sqrt(max(variance, 0.0) / n) / (1 - chance))


def gwet_error(counted: Tally) -> float:
    """Return the standard error of AC1 for independent units (Gwet 2008, p. 40; 2014, section 5.3, for gaps)."""
    codes, per, compared = counted.codes, counted.by_unit, counted.compared
    n, q = len(codes), len(counted.labels)
    rows, columns = np.nonzero(codes >= 0)
    given = np.zeros((n, q))
    np.add.at(given, (rows, codes[rows, columns]), 1.0)
    shares = (given / per[:, None]).mean(axis=0)
    chance = float((shares * (1 - shares)).sum() / (q - 1))
    pairs = np.where(compared, per * (per - 1), 1)
    agreed = (given * (given - 1)).sum(axis=1) / pairs
    by_unit = n / counted.n * (agreed - chance * compared) / (1 - chance)
    coefficient = float(by_unit.mean())
    chance_of_unit = (given @ (1 - shares)) / per / (q - 1)
    by_unit = by_unit - 2 * (1 - coefficient) * (chance_of_unit - chance) / (1 - chance)
    return float(np.sqrt(((by_unit - coefficient) ** 2).sum() / (n * (n - 1))))


def by_formula(counted: Tally, name: Name, value: float) -> Interval:
    """Return the interval of a coefficient on units that are taken as independent; at most 1.

    Kappa has the normal distribution's 1.96 errors on both sides; AC1 those of Student's t for n - 1, as Gwet has it.
    """
    if counted.n < LEAST_DOCUMENTS:
        return worded(
            "{n} units are too few for an interval; at least {least} are needed", n=counted.n, least=LEAST_DOCUMENTS
        )
    if name == "cohen":
        reach = _NORMAL * cohen_error(counted)
    elif name == "ac1":
        from scipy.special import stdtrit  # loads much, and one document is rare

        reach = float(stdtrit(len(counted.codes) - 1, (1 + _LEVEL) / 2)) * gwet_error(counted)
    else:
        return worded(
            "everything is in one document, and the interval of this coefficient is made by drawing documents"
        )
    return max(-1.0, value - reach), min(1.0, value + reach)
