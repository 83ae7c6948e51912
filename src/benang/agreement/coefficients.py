"""Agreement beyond chance on labels of units: percent, and the kappas that differ in what they call chance.

Every coefficient is (p_a - p_e) / (1 - p_e): p_a is how often coders agree, p_e how often they would agree by chance.
All are computed from `Sums`, whose arrays have one row a resample of documents, and give one value a row.

Sources: Cohen 1960 and 1968; Scott 1955; Fleiss 1971; Conger 1980; Brennan and Prediger 1981; Gwet 2008 and 2014,
chapters 2 to 4, also for units that not every coder has labelled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

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
