"""Agreement beyond chance on labels of units: percent, and the kappas that differ in what they call chance.

Every coefficient is (p_a - p_e) / (1 - p_e): p_a is how often coders agree, p_e how often they would agree by chance.
Ratings become counts that add up over documents (`Tally`), so that the whole and a thousand resamples of its documents
are one product of matrices (`Sums`, whose arrays have one row a resample).

Sources: Cohen 1960 and 1968; Scott 1955; Fleiss 1971; Conger 1980; Brennan and Prediger 1981; Gwet 2008 and 2014,
chapters 2 to 4, also for units that not every coder has labelled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from benang.agreement.ratings import Label, Name, Ratings
from benang.locale.writing import worded

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Closeness = Callable[[Integers, Integers], Floats]
"""How far two labels agree, 0 to 1, by their numbers in `Tally.labels`."""

_DENSE = 1_000_000
"""Above so many cells, counts by document are kept without their zeros."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Ratings as counts that add up over documents.

    Coders who share no unit with anybody are left out. Units that only one of the others has labelled stay: they say
    how often a coder gives a label, which Fleiss, Conger and Gwet use for chance, as the program irrCAC does.

    Parameters
    ----------
    labels
        The labels that somebody gave, in their order. A label that nobody gave changes no coefficient.
    places
        Where each of them is among all categories, 0 first; their distance where labels are ordered.
    coders
        Whoever labelled a unit that somebody else labelled too.
    codes
        Units x coders: the number of the label, -1 where there is none. Units without any label are left out.
    documents
        The number of the document of each unit.
    n_documents
        How many documents have units that two coders or more have labelled, or one.
    """

    labels: tuple[Label, ...]
    places: Integers
    coders: tuple[str, ...]
    codes: Integers
    documents: Integers
    n_documents: int

    @cached_property
    def by_unit(self) -> Integers:
        """The number of labels of each unit."""
        return np.asarray((self.codes >= 0).sum(axis=1), dtype=np.int64)

    @cached_property
    def compared(self) -> npt.NDArray[np.bool_]:
        """Whether two coders or more have labelled a unit."""
        return self.by_unit > 1

    @property
    def n(self) -> int:
        """The number of units that two coders or more have labelled."""
        return int(np.count_nonzero(self.compared))

    @property
    def n_compared_documents(self) -> int:
        """The number of documents with such units."""
        return len(np.unique(self.documents[self.compared]))

    @property
    def only_label(self) -> Label | None:
        """The one label that all compared units have; None where there are several."""
        given = np.unique(self.codes[self.compared])
        found = given[given >= 0]
        return self.labels[found[0]] if len(found) == 1 else None

    @cached_property
    def differences(self) -> tuple[Integers, Integers, Integers]:
        """The pairs of coders that differ: number of the unit, the lower label, the higher label."""
        units, lower, higher = [], [], []
        for one, other in combinations(self.codes.T, 2):
            at = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
            units.append(at)
            lower.append(np.minimum(one[at], other[at]))
            higher.append(np.maximum(one[at], other[at]))
        if not units:
            nothing = np.zeros(0, dtype=np.int64)
            return nothing, nothing, nothing
        return np.concatenate(units), np.concatenate(lower), np.concatenate(higher)

    @cached_property
    def _sheets(self) -> tuple[tuple[Any, ...], Integers]:
        """What `Sums` has, one row a document, and the pairs of labels (lower, higher) that some coders differ in."""
        units, lower, higher = self.differences
        q, per = len(self.labels), self.by_unit
        kinds, kind = np.unique(lower * max(q, 1) + higher, return_inverse=True)
        pairs = np.stack([kinds // max(q, 1), kinds % max(q, 1)], axis=1)
        all_units = np.arange(len(per))
        seen = np.ones(len(per))
        rows, columns = np.nonzero(self.codes >= 0)
        given = self.codes[rows, columns]
        own = columns * q + given
        both = np.flatnonzero(per[rows] > 1)
        sheets = (
            self._by_document(all_units, np.zeros_like(all_units), np.where(per > 1, 1.0, 0.0), 1),
            self._by_document(all_units, np.zeros_like(all_units), seen, 1),
            self._by_document(rows, given, 1.0 / per[rows], q),
            self._by_document(rows, own, np.ones(len(rows)), q * len(self.coders)),
            self._by_document(rows[both], own[both], np.ones(len(both)), q * len(self.coders)),
            self._by_document(units, kind, 2.0 / (per[units] * (per[units] - 1.0)), len(kinds)),
            self._by_document(units, kind, 1.0 / (per[units] - 1.0), len(kinds)),
        )
        return sheets, pairs

    def _by_document(self, units: Integers, columns: Integers, values: npt.NDArray[Any], n: int) -> Any:
        documents = self.documents[units]
        if self.n_documents * n > _DENSE:
            from scipy.sparse import coo_array  # loads much, and most tallies are small

            return coo_array((values, (documents, columns)), shape=(self.n_documents, n)).tocsr()
        flat = np.bincount(documents * n + columns, weights=values, minlength=self.n_documents * n)
        return flat.reshape(self.n_documents, n)

    @property
    def width(self) -> int:
        """How many numbers one row of the `Sums` has."""
        sheets, _pairs = self._sheets
        return sum(int(sheet.shape[1]) for sheet in sheets)

    def sums(self, times: Floats | None = None) -> Sums:
        """Add up the documents, each as many times as a row of `times` says; each once, in one row, without it."""
        sheets, pairs = self._sheets
        often = np.ones((1, self.n_documents)) if times is None else times
        compared, seen, shares, own, paired, unlike, coincidences = (np.asarray(often @ sheet) for sheet in sheets)
        of_coders = (len(often), len(self.coders), len(self.labels))
        return Sums(
            self.places,
            pairs,
            compared[:, 0],
            seen[:, 0],
            shares,
            own.reshape(of_coders),
            paired.reshape(of_coders),
            unlike,
            coincidences,
        )


@dataclass(frozen=True, eq=False)
class Sums:
    """Counts over documents; the first axis of each array is a resample.

    Parameters
    ----------
    places
        As in `Tally`.
    pairs
        Pairs of labels (lower, higher) that some coders differ in.
    compared, seen
        Units that two coders or more have labelled, and one or more.
    shares
        The shares of the labels of a unit, summed over units.
    own, paired
        How often each coder gave each label: at all, and on units that somebody else labelled too.
    unlike
        For each of `pairs`, its share of the pairs of coders of a unit, summed over units.
    coincidences
        For each of `pairs`, Krippendorff's coincidences o_ck: pairs of a unit by its labels less one.
    """

    places: Integers
    pairs: Integers
    compared: Floats
    seen: Floats
    shares: Floats
    own: Floats
    paired: Floats
    unlike: Floats
    coincidences: Floats

    def agreed(self, closeness: Closeness | None = None) -> Floats:
        """Return p_a times the units: each unit's agreeing share of its pairs of coders, summed over units."""
        if closeness is None:
            return np.asarray(self.compared - self.unlike.sum(axis=1))
        return self.compared - self.unlike @ (1 - closeness(self.pairs[:, 0], self.pairs[:, 1]))


def tally(ratings: Ratings) -> Tally:
    """Count ratings.

    Examples
    --------
    >>> counted = tally(Ratings(("ani", "budi"), ("c1", "c2", "c3"), (("yes", "yes"), ("yes", "no"), ("no", None))))
    >>> counted.n, counted.labels, counted.coders
    (2, ('no', 'yes'), ('ani', 'budi'))
    """
    shared = [row for row in ratings.rows if sum(label is not None for label in row) > 1]
    columns = [at for at in range(len(ratings.coders)) if any(row[at] is not None for row in shared)]
    kept = [at for at, row in enumerate(ratings.rows) if any(row[column] is not None for column in columns)]
    given = {ratings.rows[at][column] for at in kept for column in columns} - {None}
    ordered = [(place, label) for place, label in enumerate(ratings.categories_or_found) if label in given]
    numbers = {label: number for number, (_place, label) in enumerate(ordered)}
    codes = [[numbers.get(ratings.rows[at][column], -1) for column in columns] for at in kept]  # type: ignore[arg-type]
    documents = ratings.documents or ratings.units
    _names, which = np.unique(np.array([documents[at] for at in kept], dtype=np.str_), return_inverse=True)
    return Tally(
        tuple(label for _place, label in ordered),
        np.array([place for place, _label in ordered], dtype=np.int64),
        tuple(ratings.coders[column] for column in columns),
        np.array(codes, dtype=np.int64).reshape(len(kept), len(columns)),
        which.astype(np.int64),
        len(_names),
    )


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
