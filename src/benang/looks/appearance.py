"""How a map looks: sizes, colours, links and label texts.

The rules and numbers are those of VOSviewer Online 1.2.3, in its pixels; a figure on paper scales them to points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.errors import unknown
from benang.looks.colours import Palette, find_palette
from benang.looks.graphemes import graphemes
from benang.network.network import Floats, Network

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
