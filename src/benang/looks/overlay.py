"""What colours a map beside clusters: scores (VOSviewer's overlay), and how densely items lie together (its density).

Scores are normalised, colours span a range of them, and a key has ticks. A map is dense where many items, or heavy
ones, lie close together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from benang.errors import BenangError, Problem, first_problems, unknown
from benang.locale.writing import worded
from benang.looks import Normalisation
from benang.looks.appearance import GREY, Indices, choose_weight, relative_weights, to_hex
from benang.looks.colour_scales import FADED, ColourScale, find_colour_scale
from benang.maps import Map
from benang.network.network import Floats, Network
from benang.ranges import check

_TICKS = 5
_FEW_YEARS = 3.0
_QUARTILES = 2.5  # times as far from the median as the quartile: beyond the percentiles of a normal distribution
_LEAST_STEP = 1e-300  # of smaller ones no logarithm can be taken
_RGB = ("red", "green", "blue")

USUAL_SCORES = (
    "Avg. pub. year",
    "Pub. year",
    "Avg. citations",
    "Citations",
    "Avg. norm. citations",
    "Norm. citations",
)
"""What colours an overlay by default: the first of these that the network has."""

_AT_ONCE = 8192  # items
_COARSE = 80  # cells a side
_NOTHING = 1e-290  # so that what is far from all items has a colour all the same


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
        raise BenangError(*first_problems(problems, where="colours"))
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


@dataclass(frozen=True)
class DensityField:
    """Density on a grid: `values[row, column]` at (`x[column]`, `y[row]`), from 0 to 1, 1 at the densest grid point.

    `peak` is the density there before it was divided by; `bandwidth` is mean distance × kernel width, in the unit of
    the map's coordinates. `clusters` has the part of each cluster in the same measure; they add up to `values`.
    `blend[row, column]` is the mean of the items' colours there (red, green, blue, 0 to 1), each by its part of the
    density, where colours were given.
    """

    values: Floats
    x: Floats
    y: Floats
    peak: float
    bandwidth: float
    clusters: Mapping[int, Floats] = field(default_factory=dict)
    blend: Floats | None = None


def density_field(
    map_: Map,
    *,
    kernel_width: float = 0.125,
    grid: tuple[int, int] = (400, 400),
    extent: tuple[float, float, float, float] | None = None,
    weight: str | None = None,
    colours: Floats | None = None,
    by_cluster: bool = True,
) -> DensityField:
    """Return the density of a map on a grid: D(x) = Σᵢ wᵢ exp(−(|x − xᵢ| / (d̄ h))²), divided by its maximum.

    wᵢ is the item's weight relative to the mean (`weight` names it; `choose_weight` says which else), d̄ the mean
    distance between two items, h the `kernel_width` (0.125, VOSviewer's). So the picture doesn't depend on the unit of
    the coordinates. From N. J. van Eck and L. Waltman (2010), Scientometrics 84, 523–538. Where all items are at one
    place, d̄ counts as 1.

    `grid` is columns × rows; `extent` is (left, right, bottom, top) in the map's coordinates: by default the items plus
    three bandwidths around them, where the density has fallen below e⁻⁹. `colours` (n × 3) are mixed into `blend`;
    without `by_cluster` the parts of clusters, a grid for each, are left out.

    Raises
    ------
    BenangError
        For a map without items, a kernel width of 0 or less, or an unknown weight.

    Examples
    --------
    >>> from scipy import sparse
    >>> from benang.network.network import Network
    >>> two = Network(("a", "b"), ("a", "b"), sparse.csr_array((2, 2)))
    >>> place = Map(two, np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([1, 2]))
    >>> field = density_field(place, kernel_width=1.0, grid=(3, 1), extent=(-0.5, 0.5, 0.0, 0.0))
    >>> round(field.peak, 3), field.values.round(3).tolist()  # 1 + e⁻¹ at the items, 2 e^(−1/4) between
    (1.558, [[0.878, 1.0, 0.878]])
    """
    if not len(map_):
        raise BenangError(Problem("a map without items", where="density", expected="at least one item"))
    check(kernel_width=kernel_width)
    relative = relative_weights(choose_weight(map_.network, weight)[1])
    bandwidth = _bandwidth(map_, kernel_width)
    left, right, bottom, top = extent or _around(map_.xy, 3 * bandwidth)
    x, y = np.linspace(left, right, grid[0]), np.linspace(bottom, top, grid[1])
    everything = np.arange(len(map_))
    total, mixed = _summed(map_.xy, relative, bandwidth, x, y, everything, colours)
    peak = float(total.max())
    divisor = peak if peak > 0 else 1.0
    numbers = np.unique(map_.cluster).tolist() if by_cluster else []
    parts = {
        int(number): _summed(map_.xy, relative, bandwidth, x, y, np.flatnonzero(map_.cluster == number), None)[0]
        / divisor
        for number in numbers
    }
    blend = None if mixed is None else mixed / np.maximum(total, _NOTHING)[..., None]
    return DensityField(total / divisor, x, y, peak, bandwidth, parts, blend)


def faded_from(map_: Map, *, kernel_width: float = 0.125, weight: str | None = None) -> Floats:
    """Return two corners (2 × 2, lower left first) of what the density of a map covers: beyond it, it is next to none.

    From each item the density around it falls below `FADED` of the peak within so much: that of a single hill as high.
    """
    relative = relative_weights(choose_weight(map_.network, weight)[1])
    bandwidth = _bandwidth(map_, kernel_width)
    heaps, *edges = np.histogram2d(map_.xy[:, 0], map_.xy[:, 1], bins=_COARSE, weights=relative)
    x, y = ((line[1:] + line[:-1]) / 2 for line in edges)
    across, along = (np.exp(-((np.subtract.outer(line, line) / bandwidth) ** 2)) for line in (x, y))
    hills = across @ heaps @ along
    column, row = np.nonzero(heaps)
    high = hills[column, row] / max(float(hills.max()), _NOTHING)
    reach = bandwidth * np.sqrt(np.log(np.maximum(high / FADED, 1.0)))[:, None]
    places = np.stack([x[column], y[row]], axis=1)
    low, far = np.concatenate([map_.xy, places - reach]), np.concatenate([map_.xy, places + reach])
    return np.stack([low.min(axis=0), far.max(axis=0)])


def _bandwidth(map_: Map, kernel_width: float) -> float:
    from benang.layout.objective import mean_distance  # with the sums of layouts, which a score does without

    return (mean_distance(map_.xy) if np.ptp(map_.xy, axis=0).any() else 1.0) * kernel_width


def _summed(
    xy: Floats, relative: Floats, bandwidth: float, x: Floats, y: Floats, items: Indices, colours: Floats | None
) -> tuple[Floats, Floats | None]:
    """Return the density of some items on the grid, and each of their colours times it, some thousand at a time.

    exp(−(dx² + dy²)) = exp(−dx²) exp(−dy²): the sum over items is one product of two thin matrices.
    """
    total = np.zeros((len(y), len(x)))
    mixed = None if colours is None else np.zeros((len(y), len(x), 3))
    for start in range(0, len(items), _AT_ONCE):
        some = items[start : start + _AT_ONCE]
        across = np.exp(-(((x[:, None] - xy[some, 0]) / bandwidth) ** 2))
        along = np.exp(-(((y[:, None] - xy[some, 1]) / bandwidth) ** 2)) * relative[some]
        total += along @ across.T
        if mixed is not None and colours is not None:
            for channel in range(3):
                mixed[..., channel] += (along * colours[some, channel]) @ across.T
    return total, mixed


def _around(xy: Floats, margin: float) -> tuple[float, float, float, float]:
    low, high = xy.min(axis=0) - margin, xy.max(axis=0) + margin
    return float(low[0]), float(high[0]), float(low[1]), float(high[1])
