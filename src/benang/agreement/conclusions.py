"""What a reader may conclude from a coefficient, in a sentence that names its source; no number decides it alone.

Krippendorff (2004, Content Analysis, 2nd ed., p. 241; 2019, 4th ed., ch. 12) asks for an alpha of at least .800 to rely
on data, and accepts from .667 on for tentative conclusions; the lower end of the interval should be held against them.
The bands of Landis and Koch (1977), *fair* or *substantial*, are their own arbitrary divisions, and not used here.
"""

from __future__ import annotations

from collections import Counter

from benang.agreement.comparison import Agreement
from benang.agreement.ratings import Coefficient, Name
from benang.locale.writing import Worded, worded

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
    alpha = coefficient(agreement, "alpha", "alpha-masi")
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


def paradox(agreement: Agreement) -> Worded | None:
    """Say that kappa is low because one label is far more frequent than others, where it is so; else None.

    Examples
    --------
    >>> from benang.agreement.comparison import Comparison
    >>> from benang.agreement.ratings import Ratings
    >>> rows = (("yes", "yes"),) * 118 + (("yes", "no"),) * 5 + (("no", "yes"),) * 2
    >>> units = tuple(map(str, range(125)))
    >>> rent = Comparison("code", "rent", "Rent", Ratings(("ani", "budi"), units, rows))
    >>> of = (Coefficient("percent", 0.944, 125), Coefficient("cohen", -0.023, 125), Coefficient("ac1", 0.941, 125))
    >>> print(paradox(Agreement(rent, of)))
    kappa and alpha are low although coders agree on 94.4% of the units, because 97.2% of all labels are 'yes'; AC1 depends less on that (Feinstein and Cicchetti 1990; Gwet 2008)
    """  # noqa: E501 - one message
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
        label=label,
    )
