"""How a map looks: its colours, mixed and lightened as the eye sees them (CIE Lab), sizes, links and texts of labels.

The rules and numbers of sizes are those of VOSviewer Online 1.2.3, in its pixels; on paper they are scaled to points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benang.errors import unknown
from benang.locale.writing import graphemes

if TYPE_CHECKING:
    from benang.network.network import Floats, Network  # with all that makes networks; most need colours alone

GREY = "#bfbfbf"
"""For what has no cluster, no score, or no colour left (VOSviewer's grey)."""

_XYZ_OF_RGB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)  # sRGB primaries, IEC 61966-2-1
_WHITE = np.array([0.95047, 1.0, 1.08883])  # D65, 2 degrees


SHADES = (-0.4, 0.4)
"""How clusters beyond a palette's last go on: its colours mixed with 40 % black, then with 40 % white, in Lab."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours for clusters 1, 2, 3, …, and one for items without a cluster.

    Clusters after the last colour have that one too, as in VOSviewer; where the palette `goes_on` they have the colours
    once more, darker, then lighter, and then it starts over.
    """

    name: str
    clusters: tuple[str, ...]
    rest: str = GREY
    goes_on: bool = False

    def of(self, cluster: int) -> str:
        """Return the colour of a cluster, counted from 1; 0 is no cluster.

        Examples
        --------
        >>> PALETTES["vosviewer"].of(1), PALETTES["vosviewer"].of(0), PALETTES["vosviewer"].of(19)
        ('#d62728', '#bfbfbf', '#bfbfbf')
        >>> PALETTES["benang"].of(1), PALETTES["benang"].of(19), PALETTES["benang"].of(37), PALETTES["benang"].of(55)
        ('#0072b2', '#194467', '#85a8d1', '#0072b2')
        """
        if cluster < 1 or not self.clusters or (cluster > len(self.clusters) and not self.goes_on):
            return self.rest
        turn, place = divmod(cluster - 1, len(self.clusters))
        colour, shade = self.clusters[place], (0.0, *SHADES)[turn % (1 + len(SHADES))]
        if shade == 0:
            return colour
        return to_hex(lighten(to_rgb([colour]), shade) if shade > 0 else darken(to_rgb([colour]), -shade))[0]


PALETTES = {
    # Okabe and Ito (2008) and Tol (2021), put in the order that keeps each next colour farthest from those before it
    # for normal sight and for all three kinds of colour blindness; the tests say how far.
    "benang": Palette(
        "benang",
        (
            "#0072b2",
            "#e69f00",
            "#009e73",
            "#cc3311",
            "#c77dff",
            "#7f5539",
            "#66ccee",
            "#264653",
            "#ddcc77",
            "#ee7733",
            "#ffaabb",
            "#aa3377",
            "#9d4edd",
            "#6699cc",
            "#1f3a93",
            "#7a0045",
            "#8ab17d",
            "#44bb99",
        ),
        goes_on=True,
    ),
    # The 18 colours of VOSviewer: red and green come first, which many readers can't tell apart.
    "vosviewer": Palette(
        "vosviewer",
        (
            "#d62728",
            "#2ca02c",
            "#1f77b4",
            "#bcbd22",
            "#9467bd",
            "#17becf",
            "#ff7f0e",
            "#8c564b",
            "#e377c2",
            "#ff9896",
            "#98df8a",
            "#aec7e8",
            "#dbdb8d",
            "#c5b0d5",
            "#9edae5",
            "#ffbb78",
            "#c49c94",
            "#f7b6d2",
        ),
    ),
}


def find_palette(palette: str | Palette) -> Palette:
    """Return a palette by name, or the palette that is given.

    Raises
    ------
    BenangError
        For a name that there is no palette of.

    Examples
    --------
    >>> find_palette("benang").of(1)
    '#0072b2'
    """
    if isinstance(palette, Palette):
        return palette
    if palette not in PALETTES:
        raise unknown(palette, PALETTES, where="palette", expected="the name of a palette")
    return PALETTES[palette]


def to_rgb(colours: Sequence[str]) -> Floats:
    """Return hexadecimal colours as n × 3 numbers from 0 to 1.

    Examples
    --------
    >>> to_rgb(["#ff0000", "#000000"]).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    numbers = [[int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)] for colour in colours]
    return np.array(numbers, dtype=np.float64).reshape(-1, 3)


def to_hex(rgb: Floats) -> tuple[str, ...]:
    """Return n × 3 numbers from 0 to 1 as hexadecimal colours.

    Examples
    --------
    >>> to_hex(to_rgb(["#0072b2"]))
    ('#0072b2',)
    """
    levels: NDArray[np.int64] = np.rint(np.clip(rgb, 0, 1).reshape(-1, 3) * 255).astype(np.int64)
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in levels.tolist())


def rgb_to_lab(rgb: Floats) -> Floats:
    """Return sRGB colours (0 to 1) in CIE Lab: lightness 0 to 100, then red against green, yellow against blue.

    Examples
    --------
    >>> rgb_to_lab(to_rgb(["#ffffff"])).round(1).tolist()[0][0]
    100.0
    """
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = linear @ _XYZ_OF_RGB.T / _WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    lightness = 116 * f[..., 1] - 16
    return np.stack([lightness, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def lab_to_rgb(lab: Floats) -> Floats:
    """Return CIE Lab colours in sRGB, cut to what a screen can show.

    Examples
    --------
    >>> to_hex(lab_to_rgb(rgb_to_lab(to_rgb(["#e69f00"]))))
    ('#e69f00',)
    """
    fy = (lab[..., 0] + 16) / 116
    f = np.stack([fy + lab[..., 1] / 500, fy, fy - lab[..., 2] / 200], axis=-1)
    xyz = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29)) * _WHITE
    linear = np.clip(xyz @ np.linalg.inv(_XYZ_OF_RGB).T, 0, 1)
    rgb: Floats = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return rgb


def mix(one: Floats, other: Floats, share: float | Floats) -> Floats:
    """Mix sRGB colours in Lab: share 0 is the one, share 1 the other.

    Examples
    --------
    >>> to_hex(mix(to_rgb(["#000000"]), to_rgb(["#ffffff"]), 0.5))
    ('#777777',)
    """
    start, end = rgb_to_lab(one), rgb_to_lab(other)
    return lab_to_rgb(start + (end - start) * share)


def lighten(rgb: Floats, share: float = 0.4) -> Floats:
    """Mix colours with white in Lab; VOSviewer lightens its links by 0.4.

    Examples
    --------
    >>> to_hex(lighten(to_rgb(["#000000"]), 1.0))
    ('#ffffff',)
    """
    return mix(rgb, np.ones_like(rgb), share)


def darken(rgb: Floats, share: float = 0.25) -> Floats:
    """Mix colours with black in Lab; outlines are darkened by 0.25, so that pale circles stand out on paper.

    Examples
    --------
    >>> to_hex(darken(to_rgb(["#ffffff"]), 1.0))
    ('#000000',)
    """
    return mix(rgb, np.zeros_like(rgb), share)


Indices = NDArray[np.intp]

USUAL_WEIGHTS = ("Occurrences", "Documents", "Cases", "Citations", "Total link strength", "Links")
"""What sizes an item by default: the first of these that the network has."""


def choose_weight(network: Network, weight: str | None = None) -> tuple[str, Floats]:
    """Return the name and the values of the weight that sizes the items.

    Without a name it is the first of `USUAL_WEIGHTS`, else the first weight there is, else 1 for each item under the
    name "".

    Raises
    ------
    BenangError
        For a weight that the network lacks.
    """
    if weight is not None and weight not in network.weights:
        raise unknown(weight, network.weights, where="weight", expected="a weight of the map")
    names = [weight] if weight is not None else [*(w for w in USUAL_WEIGHTS if w in network.weights), *network.weights]
    if not names:
        return "", np.ones(len(network))
    return names[0], np.asarray(network.weights[names[0]], dtype=np.float64)


def relative_weights(values: Floats) -> Floats:
    """Return weights divided by their mean (1 is average); all 1 where they are all 0.

    Examples
    --------
    >>> relative_weights(np.array([1.0, 3.0])).tolist()
    [0.5, 1.5]
    """
    mean = float(values.mean()) if len(values) else 0.0
    return values / mean if mean > 0 else np.ones_like(values)


def circle_diameters(relative: Floats, *, variation: float = 0.5, scale: float = 1.0) -> Floats:
    """Return the diameters of circles in pixels: scale · max(16 wᵛ, 5), w relative to the mean.

    `variation` v runs from 0 (all alike) to 1; 0.5 makes the area follow the weight.

    Examples
    --------
    >>> circle_diameters(np.array([0.04, 1.0, 4.0])).tolist()
    [5.0, 16.0, 32.0]
    """
    return scale * np.maximum(16 * relative**variation, 5)


def label_sizes(relative: Floats, *, variation: float = 0.5, scale: float = 1.0) -> Floats:
    """Return the text sizes of labels in pixels: 9 · scale + 4 wᵛ, w relative to the mean.

    Examples
    --------
    >>> label_sizes(np.array([0.0, 1.0, 4.0])).tolist()
    [9.0, 13.0, 17.0]
    """
    return 9 * scale + 4 * relative**variation


def cut_label(text: str, length: int = 30) -> str:
    """Cut a label after `length` letters (`graphemes`); what is left out shows as "…". Line breaks become spaces.

    Examples
    --------
    >>> cut_label("international journal of production economics"), cut_label("futures"), cut_label("futures", 0)
    ('international journal of prod…', 'futures', '')
    """
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    letters = graphemes(text)
    if len(letters) <= length:
        return text
    return f"{''.join(letters[: length - 1]).rstrip()}…" if length > 1 else "".join(letters[: max(length, 0)])


@dataclass(frozen=True, slots=True)
class ShownLinks:
    """The links that are drawn, weakest first, so that the strongest lie on top. `source` < `target`."""

    source: Indices
    target: Indices
    strength: Floats

    def __len__(self) -> int:
        return len(self.strength)


def strongest_links(network: Network, *, max_links: int = 1000, min_strength: float = 0.0) -> ShownLinks:
    """Choose the links to draw: those of at least `min_strength`, of these the `max_links` strongest.

    Among links of one strength, those that come first in the order of items go first.

    Examples
    --------
    >>> from scipy import sparse
    >>> from benang.network.network import Network
    >>> strengths = sparse.csr_array(np.array([[0.0, 2, 1], [2, 0, 3], [1, 3, 0]]))
    >>> strongest_links(Network(("a", "b", "c"), ("a", "b", "c"), strengths), max_links=2).strength.tolist()
    [2.0, 3.0]
    """
    pairs = network.links.tocoo()
    once = (pairs.row < pairs.col) & (pairs.data >= min_strength)
    source, target, strength = pairs.row[once], pairs.col[once], pairs.data[once]
    order = np.lexsort((target, source, -strength))[:max_links][::-1]
    return ShownLinks(source[order].astype(np.intp), target[order].astype(np.intp), strength[order].astype(np.float64))


def link_widths(strength: Floats, *, variation: float = 0.5, scale: float = 1.0) -> Floats:
    """Return the widths of links in pixels: scale · max(1.5 sᵘ, 0.1), s relative to the mean of the 1,000 strongest.

    Examples
    --------
    >>> link_widths(np.array([1.0, 1.0, 4.0])).round(3).tolist()
    [1.061, 1.061, 2.121]
    """
    if not len(strength):
        return strength
    mean = float(np.sort(strength)[-1000:].mean())
    relative = strength / mean if mean > 0 else np.ones_like(strength)
    return scale * np.maximum(1.5 * relative**variation, 0.1)


def control_points(start: Floats, end: Floats, bend: float = 0.3) -> Floats:
    """Return the control points of curved links, quadratic Bézier curves from `start` to `end` (n × 2 each).

    The middle is shifted by 0.3 of the vector between the ends, turned by 90 degrees.

    Examples
    --------
    >>> control_points(np.array([[0.0, 0.0]]), np.array([[10.0, 0.0]])).tolist()
    [[5.0, 3.0]]
    """
    across = (end - start) @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    points: Floats = (start + end) / 2 + bend * across
    return points


def cluster_colours(cluster: NDArray[np.int64], palette: str | Palette = "benang") -> tuple[str, ...]:
    """Return the colour of each item by its cluster; grey for none, and where the palette has no colour left.

    Examples
    --------
    >>> cluster_colours(np.array([1, 0]), "vosviewer")
    ('#d62728', '#bfbfbf')
    """
    chosen = find_palette(palette)
    numbers, which = np.unique(cluster, return_inverse=True)
    colours = [chosen.of(int(number)) for number in numbers]
    return tuple(colours[place] for place in which.ravel().tolist())


def curves_of(places: Floats, links: ShownLinks, bend: float) -> Floats:
    """Return the curves of links between places; `bend` is the part of their length by which they lean, 0 for none."""
    start, end = places[links.source], places[links.target]
    return np.stack([start, control_points(start, end, bend), end], axis=1)


def part_of_curve(curves: Floats, one: Floats, other: Floats) -> Floats:
    """Return the part from `one` to `other` (0 to 1) of quadratic Bézier curves (n × 3 × 2).

    Examples
    --------
    >>> straight = np.array([[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]])
    >>> part_of_curve(straight, np.array([0.0]), np.array([0.5])).tolist()
    [[[0.0, 0.0], [0.5, 0.0], [1.0, 0.0]]]
    """

    def blossom(s: Floats, t: Floats) -> Floats:
        weights = np.stack([(1 - s) * (1 - t), (1 - s) * t + s * (1 - t), s * t], axis=-1)
        points: Floats = np.einsum("nk,nkd->nd", weights, curves)
        return points

    return np.stack([blossom(one, one), blossom(one, other), blossom(other, other)], axis=1)


def points_along(curves: Floats) -> Floats:
    """Return forty points along each curve (n × 3 × 2), all in one list of places."""
    if not len(curves):
        return np.empty((0, 2))
    t = np.linspace(0, 1, 40)[:, None]
    weights = np.concatenate([(1 - t) ** 2, 2 * t * (1 - t), t**2], axis=1)
    points: Floats = np.einsum("tk,nkd->ntd", weights, curves)
    return points.reshape(-1, 2)
