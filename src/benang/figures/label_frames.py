"""Names in frames: each over its item, none over another, those of heavy items first."""

from __future__ import annotations

import numpy as np

from benang.figures.label_ink import Box
from benang.figures.label_placement import Placement
from benang.network.network import Floats

PADDING = (0.35, 0.22)
"""Between a text and its frame, at the sides and above, by the size of the text."""

_GAP = 0.8  # points between two frames
# of the frame's width and height: the item always lies below its frame
_ASIDE = 0.45
_WAYS = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))


def place_frames(centres: Floats, sizes: Floats, area: Box) -> Placement:
    """Place frames (n × 2 widths and heights, 0 wide: none) over their items, or a little aside where that is free.

    The order of the items is the order in which they choose. Frames stay within the area.

    Examples
    --------
    >>> frames = place_frames(np.zeros((2, 2)), np.full((2, 2), 10.0), (-50.0, -50.0, 50.0, 50.0))
    >>> frames.named.tolist(), frames.boxes[0].tolist()
    ([True, False], [-5.0, -5.0, 5.0, 5.0])
    """
    n = len(centres)
    boxes, named = np.zeros((n, 4)), np.zeros(n, np.bool_)
    taken = np.empty((0, 4))
    low, high = np.array(area[:2]), np.array(area[2:])
    for item in np.flatnonzero(sizes[:, 0] > 0).tolist():
        half = sizes[item] / 2
        if (2 * half > high - low).any():
            continue
        for way in _WAYS:
            middle = np.clip(centres[item] + _ASIDE * np.array(way) * sizes[item], low + half, high - half)
            box = np.concatenate([middle - half, middle + half])
            apart = (box[:2] >= taken[:, 2:] + _GAP) | (box[2:] + _GAP <= taken[:, :2])
            if bool(apart.any(axis=1).all()):
                boxes[item], named[item] = box, True
                taken = np.vstack([taken, box])
                break
    return Placement(boxes, named, np.zeros((n, 4)), np.zeros(n, np.bool_))
