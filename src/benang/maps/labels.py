"""From which zoom on a label is shown, so that labels on a screen never overlap."""

from __future__ import annotations

import numpy as np

from benang.network.network import Floats

_GAP = 2.0  # pixels between two labels


def label_thresholds(xy: Floats, boxes: Floats, sizes: Floats) -> Floats:
    """Return for each item the zoom above which its label is shown; 0 is always, infinity is never.

    Zooming spreads the items, but not their texts: at zoom k the labels of i and j overlap as long as
    k ≤ fᵢⱼ = min((wᵢ + wⱼ + 2) / 2|Δx|, (hᵢ + hⱼ + 2) / 2|Δy|). Items are taken by size, largest first; fᵢ is the
    largest fᵢⱼ over the larger items j whose own label is shown there (fᵢⱼ > fⱼ). This is VOSviewer Online's rule.

    `xy` (n × 2) are places at zoom 1 and `boxes` (n × 2) widths and heights of the label texts, both in pixels; `sizes`
    decide who goes first, among equals the one that comes first. Takes O(n²) time.

    Examples
    --------
    Two labels 19 wide, 10 pixels apart on one line, touch until the map is twice as large:

    >>> label_thresholds(np.array([[0.0, 0], [10, 0]]), np.array([[19.0, 8], [19, 8]]), np.array([2.0, 1])).tolist()
    [0.0, 2.0]
    """
    order = np.argsort(-sizes, kind="stable")
    places, extents = xy[order], boxes[order]
    found = np.zeros(len(order))
    for i in range(1, len(order)):
        room = (extents[:i] + extents[i] + _GAP) / 2
        apart = np.abs(places[:i] - places[i])
        with np.errstate(divide="ignore"):
            overlap_until = (room / apart).min(axis=1)
        met = overlap_until[overlap_until > found[:i]]
        found[i] = met.max(initial=0.0)
    thresholds = np.empty_like(found)
    thresholds[order] = found
    return thresholds
