"""What coders said of the same things, as coefficients of agreement read it: one label for a unit, or spans of a text.

Whoever calls says what a unit is (a case, a record, a document) and who has looked at it: a coder who has not is
missing there, and is no disagreement. Labels become counts that add up over documents (`Tally`), so that the whole and
a thousand resamples of its documents are one product of matrices (`Sums`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Closeness = Callable[[Integers, Integers], Floats]
"""How far two labels agree, 0 to 1, by their numbers in `Tally.labels`."""

Level = Literal["nominal", "ordinal", "interval", "ratio"]
"""What may be done with labels: tell them apart, order them, subtract them, divide them (Stevens 1946)."""
Label = str | int | float
Name = Literal[
    "percent", "cohen", "cohen-linear", "cohen-quadratic", "scott", "fleiss", "conger", "brennan-prediger", "ac1",
    "ac2", "alpha", "alpha-masi", "u-alpha", "u-alpha-binary", "cu-alpha", "ku-alpha", "ku-coverage", "span-f1",
    "span-jaccard", "kappa-max", "prevalence", "bias",
]  # fmt: skip
"""The coefficients; `docs/method/agreement.md` has formula and source of each."""

_DENSE = 1_000_000
"""Above so many cells, counts by document are kept without their zeros."""


@dataclass(frozen=True)
class Ratings:
    """The labels that coders gave the same units.

    Parameters
    ----------
    coders
        Who labelled, in the order of the columns of `rows`.
    units
        What was labelled, in the order of `rows`.
    rows
        One row a unit, one label a coder; None where the coder has not looked.
    level
        What may be done with the labels.
    categories
        The labels that could have been given, in their order where `level` is ordinal.
    documents
        What each unit is a part of, in the order of `units`: units of one document are not independent, so that
        intervals draw documents. Each unit by itself where it is empty.

    Examples
    --------
    >>> ratings = Ratings(("ani", "budi"), ("c1", "c2", "c3"), (("yes", "yes"), ("yes", "no"), ("no", None)))
    >>> ratings.categories_or_found, ratings.compared
    (('no', 'yes'), ('c1', 'c2'))
    """

    coders: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Label | None, ...], ...]
    level: Level = "nominal"
    categories: tuple[Label, ...] = ()
    documents: tuple[str, ...] = ()

    @cached_property
    def categories_or_found(self) -> tuple[Label, ...]:
        """The labels that could have been given: `categories`, and behind them whatever else occurs, sorted."""
        occurring = {label for row in self.rows for label in row if label is not None} - {*self.categories}
        return self.categories + tuple(sorted(occurring, key=lambda one: (isinstance(one, str), one)))

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The units that two coders or more have labelled; no coefficient rests on any other."""
        rows = zip(self.units, self.rows, strict=True)
        return tuple(unit for unit, row in rows if sum(label is not None for label in row) > 1)

    @cached_property
    def differing(self) -> tuple[str, ...]:
        """The units on which two coders differ."""
        pairs = zip(self.units, self.rows, strict=True)
        return tuple(unit for unit, row in pairs if len({label for label in row if label is not None}) > 1)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text, half-open in code points, with the label that a coder gave it."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Continuum:
    """What coders marked in one text of `length` characters, each with spans that do not overlap for this coder.

    `spans` has every coder who has looked at the text, also one who marked nothing in it.
    """

    document: str
    length: int
    spans: Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One coefficient of agreement: its value, at most 1, or the reason why it is undefined.

    `low` and `high` bound the 95 % interval, None where there is none. `n` is the number of units that it rests on
    (of characters for those of the unitising family); `no_interval` is why a defined coefficient has no interval.
    """

    name: Name
    value: float | None
    n: int
    undefined: str = ""
    low: float | None = None
    high: float | None = None
    no_interval: str = ""


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
        How many documents there are.
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
        """The number of documents with units that two coders or more have labelled."""
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
    numbers: dict[Label | None, int] = {label: number for number, (_place, label) in enumerate(ordered)}
    codes = [[numbers.get(ratings.rows[at][column], -1) for column in columns] for at in kept]
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
