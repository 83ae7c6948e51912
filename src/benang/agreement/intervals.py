"""How sure a coefficient is: its 95 % interval, from documents drawn again, or from the formula of its variance.

Units of one document are not independent: who overlooks one passage of a paper may overlook the next. So whole
documents are drawn, with replacement and as many as there are, and the interval has the middle 95 % of what the
coefficient is on a thousand such draws (Efron and Tibshirani 1993, section 13.3; for clusters Field and Welsh 2007).
Where all units are of one document, Cohen's kappa and Gwet's AC1 have an interval that takes the units as independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from benang.agreement.coefficients import cohen
from benang.agreement.ratings import Floats, Name, Tally
from benang.locale.writing import worded

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
        return worded(
            "it has no interval because differences are rare: in {share:.0%} of the draws it is undefined",
            share=undefined,
        )
    if np.ptp(defined) < 1e-12:
        return worded("it has no interval because it is the same whichever documents are drawn")
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
