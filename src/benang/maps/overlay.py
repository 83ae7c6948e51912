"""Scores as colours: how they are normalised, which range the colours span, and where the ticks stand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from benang.errors import BenangError, Problem, unknown
from benang.maps.colours import GREY, to_hex, to_rgb
from benang.network.network import Floats

Normalisation = Literal["none", "divide by mean", "subtract mean", "z-score"]

_TICKS = 5

SCORE_COLOURS = {
    # viridis without its dark end, as in VOSviewer (208 of its 256 stops, here every thirteenth)
    "viridis": (
        "#424086",
        "#3c4f8a",
        "#365d8d",
        "#306a8e",
        "#2a768e",
        "#26828e",
        "#218f8d",
        "#1e9b8a",
        "#22a785",
        "#2db27d",
        "#40bd72",
        "#5ac864",
        "#77d153",
        "#98d83e",
        "#bade28",
        "#dde318",
        "#fde725",
    ),
    # diverging, for scores with a middle that means something (normalised by subtraction or as z-scores)
    "blue-grey-red": ("#2166ac", "#6ea4cc", "#b4c7d6", "#d9d9d9", "#e5b9a2", "#d6755e", "#b2182b"),
}
"""Colours from the lowest to the highest score, evenly spaced, mixed linearly in between."""


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

    `decimals` is how many a tick needs to be told from the next.
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
    overrule either end. About five ticks stand at multiples of 1, 2 or 5. `whole` is for years: ticks at whole
    numbers, unless the scores are averages within so few years (less than 3) that these would tell too little. None
    where no item has a score.

    Examples
    --------
    >>> score_scale(np.array([2009.0, 2012, 2015, 2018, 2021]), whole=True).ticks
    (2010.0, 2012.0, 2014.0, 2016.0, 2018.0, 2020.0)
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    bottom, top = _ends(known, low, high)
    if top <= bottom:
        return ScoreScale(bottom, bottom, (bottom,), _decimals_of(bottom))
    step = _nice_step((top - bottom) / _TICKS)
    if whole and (top - bottom >= 3 or bool((known == np.rint(known)).all())):
        step = max(1.0, step)
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    ticks = tuple(round(k * step, decimals) for k in range(first, last + 1))
    return ScoreScale(
        ticks[0] if low is None else low,
        ticks[-1] if high is None else high,
        tuple(tick for tick in ticks if _within(tick, low, high)),
        decimals,
    )


def _ends(known: Floats, low: float | None, high: float | None) -> tuple[float, float]:
    bottom, top = np.percentile(known, [10, 90])
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


def scale_colours(share: Floats, colours: str = "viridis") -> tuple[str, ...]:
    """Return the colours of places on a scale from 0 to 1; NaN is grey.

    Raises
    ------
    BenangError
        For a name that there are no colours of.

    Examples
    --------
    >>> scale_colours(np.array([0.0, 1.0, np.nan]))
    ('#424086', '#fde725', '#bfbfbf')
    """
    if colours not in SCORE_COLOURS:
        raise unknown(colours, SCORE_COLOURS, where="colours", expected="the name of a colour scale")
    stops = to_rgb(SCORE_COLOURS[colours])
    known = np.isfinite(share)
    place = np.where(known, share, 0.0)
    grid = np.linspace(0, 1, len(stops))
    mixed = to_hex(np.stack([np.interp(place, grid, channel) for channel in stops.T], axis=-1))
    return tuple(colour if here else GREY for colour, here in zip(mixed, known.tolist(), strict=True))
