"""Krippendorff's alpha: observed by expected disagreement, for any number of coders, any level, and missing values.

alpha = 1 - (n - 1) * sum of o_ck d_ck / sum of n_c n_k d_ck, over pairs of labels c, k: o_ck are coincidences, n_c
their sums by label, n all of them, and d_ck the difference of two labels by their level of measurement (Krippendorff
2011, Computing Krippendorff's alpha-reliability; 2019, Content Analysis, 4th ed., section 12.3). Units that one coder
alone has labelled count for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from benang.agreement.ratings import Floats, Integers, Level, Sums, Tally
from benang.locale.writing import worded

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
