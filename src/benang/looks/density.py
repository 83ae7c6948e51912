"""How dense a map is: where many items, or heavy ones, lie close together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from benang.errors import BenangError, Problem
from benang.layout.objective import mean_distance
from benang.looks.appearance import Indices, choose_weight, relative_weights
from benang.looks.colour_scales import FADED
from benang.maps.map import Map
from benang.network.network import Floats
from benang.ranges import check

_AT_ONCE = 8192  # items
_COARSE = 80  # cells a side
_NOTHING = 1e-290  # so that what is far from all items has a colour all the same


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
