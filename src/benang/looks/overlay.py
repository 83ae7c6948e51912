"""Scores as colours: how they are normalised, which range the colours span, and where the ticks are."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benang.errors import BenangError, Problem, unknown
from benang.locale.writing import worded
from benang.looks.colour_scales import ColourScale, find_colour_scale
from benang.looks.colours import GREY, to_hex
from benang.looks.view import Normalisation
from benang.network.network import Floats, Network
from benang.ranges import check

_TICKS = 5
_FEW_YEARS = 3.0
_QUARTILES = 2.5  # times as far from the median as the quartile: beyond the percentiles of a normal distribution
_LEAST_STEP = 1e-300  # of smaller ones no logarithm can be taken
_RGB = ("red", "green", "blue")
_SHOWN = 20  # problems spelt out

USUAL_SCORES = (
    "Avg. pub. year",
    "Pub. year",
    "Avg. citations",
    "Citations",
    "Avg. norm. citations",
    "Norm. citations",
)
"""What colours an overlay by default: the first of these that the network has."""


def choose_score(network: Network, score: str | None = None) -> tuple[str, Floats]:
    """Return the name and the values of the score that colours the items.

    Without a name it is the first of `USUAL_SCORES`, else the first score there is.

    Raises
    ------
    BenangError
        For a score that the network lacks, and for a network without scores.
    """
    if score is None:
        score = next((name for name in (*USUAL_SCORES, *network.scores) if name in network.scores), None)
        if score is None:
            raise BenangError(
                Problem(
                    "none",
                    where="scores",
                    expected="at least one score of the items, such as Avg. pub. year",
                    way_on="Add a column to the map's file, or choose another view.",
                )
            )
    if score not in network.scores:
        raise unknown(score, network.scores, where="score", expected="a score of the map")
    return score, np.asarray(network.scores[score], dtype=np.float64)


def own_colours(network: Network) -> tuple[str | None, ...] | None:
    """Return the colours that items bring along in columns `red`, `green` and `blue` (0 to 255), as in VOSviewer.

    None for an item that lacks one of the three, and None for all where there are no such columns.

    Raises
    ------
    BenangError
        For values that are no number from 0 to 255, all of them together.

    Examples
    --------
    >>> from scipy import sparse
    >>> shades = {"red": (0, None), "green": (114, 1), "blue": ("178", 1)}
    >>> own_colours(Network(("a", "b"), ("a", "b"), sparse.csr_array((2, 2)), attributes=shades))
    ('#0072b2', None)
    """
    names = {name.lower(): name for name in network.attributes}
    if not {"red", "green", "blue"} <= names.keys():
        return None
    problems: list[Problem] = []
    colours: list[str | None] = []
    columns = [network.attributes[names[name]] for name in ("red", "green", "blue")]
    for label, given in zip(network.labels, zip(*columns, strict=True), strict=True):
        levels = [
            _level(value, worded("item '{label}', {name}", label=label, name=name), problems)
            for name, value in zip(_RGB, given, strict=True)
        ]
        known = [level for level in levels if level is not None]
        colours.append("#" + "".join(f"{level:02x}" for level in known) if len(known) == 3 else None)
    if problems:
        rest = (
            [Problem(worded("{n:,} more like these", n=len(problems) - _SHOWN), where="colours")]
            if len(problems) > _SHOWN
            else []
        )
        raise BenangError(*problems[:_SHOWN], *rest)
    return tuple(colours)


def _level(value: object, where: str, problems: list[Problem]) -> int | None:
    """Return a level of red, green or blue; None where there is none."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    try:
        level = float(str(value))
    except ValueError:
        level = math.nan
    if not 0 <= level <= 255:
        problems.append(Problem(f"'{value}'", where=where, expected="a number from 0 to 255"))
        return None
    return round(level)


def normalise_scores(values: Floats, how: Normalisation = "none") -> Floats:
    """Normalise scores; items without one (NaN) stay without and count for nothing.

    "divide by mean" makes 1 the average, "subtract mean" makes 0 the average, "z-score" also divides by the standard
    deviation (of the population; all 0 where the scores don't differ). Scores of 0 are scores, though VOSviewer Online
    leaves them out.

    Raises
    ------
    BenangError
        For "divide by mean" where scores differ in sign or are all 0: their mean is no measure then.

    Examples
    --------
    >>> normalise_scores(np.array([1.0, 3.0, np.nan]), "divide by mean").tolist()
    [0.5, 1.5, nan]
    >>> normalise_scores(np.array([1.0, 3.0, np.nan]), "z-score").tolist()
    [-1.0, 1.0, nan]
    """
    known = values[np.isfinite(values)]
    if how == "none" or not len(known):
        return values
    mean, spread = float(known.mean()), float(known.std())
    if how == "divide by mean":
        if known.min() * known.max() < 0 or mean == 0:
            raise BenangError(
                Problem(
                    "scores of both signs, or all 0",
                    where="scores",
                    expected="scores of one sign to divide by their mean",
                    way_on="Use 'subtract mean' or 'z-score'.",
                )
            )
        return values / mean
    if how == "subtract mean" or spread == 0:
        return values - mean
    return (values - mean) / spread


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """The range that the colours span, and the ticks of its legend, all within it, in the unit of the score.

    `decimals` is how many a tick needs to differ from the next.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int = 0

    def share(self, values: Floats) -> Floats:
        """Return how far up the scale each score is, from 0 to 1, cut at both ends; NaN stays NaN.

        Examples
        --------
        >>> ScoreScale(0.0, 4.0, ()).share(np.array([-1.0, 1.0, 9.0, np.nan])).tolist()
        [0.0, 0.25, 1.0, nan]
        """
        if self.high <= self.low:
            return np.where(np.isfinite(values), 0.5, np.nan)
        return np.clip((values - self.low) / (self.high - self.low), 0, 1)


def score_scale(
    values: Floats, *, low: float | None = None, high: float | None = None, whole: bool = False
) -> ScoreScale | None:
    """Choose the range of a legend: the 10th to the 90th percentile of the scores, widened to round numbers.

    So that a few extreme items don't take all the colours; items beyond get the colour of the end. `low` and `high`
    overrule either end. About five ticks are at multiples of 1, 2 or 5. `whole` is for years: all ticks are at
    whole numbers. Average years crowd around their median, so the range then ends no further from it than 2.5 times the
    quartile on that side, and less than 3 years aren't widened where two whole years lie within them. None where no
    item has a score.

    Examples
    --------
    >>> score_scale(np.array([2009.0, 2012, 2015, 2018, 2021]), whole=True).ticks
    (2010.0, 2012.0, 2014.0, 2016.0, 2018.0, 2020.0)
    """
    check(score=low)
    check(score=high)
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    averages = whole and not bool((known == np.rint(known)).all())
    bottom, top = _ends(known, low, high, averages=averages)
    if (top - bottom) / _TICKS < _LEAST_STEP and (bottom.is_integer() or not whole):
        return ScoreScale(bottom, bottom, (bottom,), _decimals_of(bottom))
    step = _nice_step(max(top - bottom, _LEAST_STEP) / _TICKS)
    if whole:
        step = max(1.0, step)
        if averages and top - bottom < _FEW_YEARS and math.floor(top) > math.ceil(bottom):
            low, high = bottom, top
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    ticks = tuple(round(k * step, decimals) for k in range(first, last + 1))
    return ScoreScale(
        ticks[0] if low is None else low,
        ticks[-1] if high is None else high,
        tuple(tick for tick in ticks if _within(tick, low, high)),
        decimals,
    )


def _ends(known: Floats, low: float | None, high: float | None, *, averages: bool) -> tuple[float, float]:
    bottom, lower, middle, upper, top = np.percentile(known, [10, 25, 50, 75, 90])
    if averages and lower < middle:
        bottom = max(bottom, middle - _QUARTILES * (middle - lower))
    if averages and upper > middle:
        top = min(top, middle + _QUARTILES * (upper - middle))
    if bottom == top:  # nearly all have one score: then show those that don't
        bottom, top = known.min(), known.max()
    return float(bottom if low is None else low), float(top if high is None else high)


def _within(tick: float, low: float | None, high: float | None) -> bool:
    return (low is None or tick >= low) and (high is None or tick <= high)


def _nice_step(step: float) -> float:
    """Return the 1, 2 or 5 times a power of ten that is nearest by ratio (the rule of d3's ticks)."""
    power = 10.0 ** math.floor(math.log10(step))
    for limit, factor in ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2)):
        if step / power >= limit:
            return factor * power
    return power


def _decimals_of(value: float) -> int:
    return 0 if float(value).is_integer() else 2


def scale_colours(share: Floats, colours: str | ColourScale = "viridis", *, missing: str = GREY) -> tuple[str, ...]:
    """Return the colours of places on a scale from 0 to 1; NaN is grey, or what `missing` says.

    Raises
    ------
    BenangError
        For a name that there are no colours of.

    Examples
    --------
    >>> scale_colours(np.array([0.0, 1.0, np.nan]))
    ('#424086', '#fde725', '#bfbfbf')
    """
    known = np.isfinite(share)
    mixed = to_hex(find_colour_scale(colours).at(np.where(known, share, 0.0)))
    return tuple(colour if here else missing for colour, here in zip(mixed, known.tolist(), strict=True))
