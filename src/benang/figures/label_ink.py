"""What lies on a map below its labels, and how much of it a label would cover."""

from __future__ import annotations

import numpy as np

from benang.looks.label_thresholds import compiled
from benang.network.network import Floats

_CELL = 0.5  # points a side
_MANY = 600  # circles from which on each counts for less

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


class Ink:
    """What lies on the map, as a grid whose sums over boxes are known at once (a summed-area table)."""

    def __init__(self, area: Box, centres: Floats, radii: Floats, curves: Floats | None) -> None:
        self.origin = np.array(area[:2])
        self.shape = np.maximum(np.ceil((np.array(area[2:]) - self.origin) / _CELL).astype(np.intp), 1)
        # where there are very many circles, one more or less that is covered tells the reader little
        self.share = min(1.0, _MANY / max(len(radii), 1)) ** 0.75
        self.discs = np.zeros((self.shape[1], self.shape[0]))
        _add_discs(self.discs, self.origin, centres, radii, _weights(radii) * self.share)
        self.sums = np.zeros(np.array(self.discs.shape) + 1)
        self.sums[1:, 1:] = (self.discs * _CELL**2 + self._strokes(curves)).cumsum(axis=0).cumsum(axis=1)

    def _strokes(self, curves: Floats | None) -> Floats:
        if curves is None or not len(curves):
            return np.zeros_like(self.discs)
        column, row = np.clip(((curves - self.origin) / _CELL).astype(np.intp), 0, self.shape - 1).T
        counts = np.bincount(row * self.shape[0] + column, minlength=self.discs.size).reshape(self.discs.shape)
        strokes: Floats = np.minimum(counts * 0.0006, 0.0012) * (self.discs == 0)  # links end below circles
        return strokes

    def under(self, boxes: Floats, margin: Floats) -> Floats:
        """Return what boxes (n × m × 4) cover, each widened by a margin (m × 2: across, along)."""
        low = np.clip(((boxes[..., :2] - margin - self.origin) / _CELL).astype(np.intp), 0, self.shape)
        high = np.clip(((boxes[..., 2:] + margin - self.origin) / _CELL).astype(np.intp) + 1, 0, self.shape)
        s, (x0, y0), (x1, y1) = self.sums, np.moveaxis(low, -1, 0), np.moveaxis(high, -1, 0)
        covered: Floats = np.maximum(s[y1, x1] - s[y0, x1] - s[y1, x0] + s[y0, x0], 0.0)
        return covered

    def own(self, sizes: Floats, radii: Floats) -> Floats:
        """Return what labels in the middle of their circles cover of these, taken as squares with the same area."""
        side = np.sqrt(np.pi) * radii[:, None]
        covered: Floats = np.minimum(sizes + 1.4 + 2 * _CELL, side).prod(axis=1) * _weights(radii) * self.share
        return covered

    def along(self, starts: Floats, ends: Floats) -> Floats:
        """Return how much of circles each line (n × m) crosses, own circle left out: 0.9 for a line all within."""
        total = np.zeros(starts.shape[:-1])
        for share in np.linspace(0.08, 1.0, 12):
            points = starts + (ends - starts) * share
            column, row = np.moveaxis(
                np.clip(((points - self.origin) / _CELL).astype(np.intp), 0, self.shape - 1), -1, 0
            )
            total += self.discs[row, column] > 0
        return total * 0.9 / 12


def _weights(radii: Floats) -> Floats:
    """Return the cost of covering a square point of each circle: 1.2 for the whole of a small one."""
    return np.maximum(1.2 / (np.pi * np.maximum(radii, 0.5) ** 2), 0.02)


@compiled
def _add_discs(discs: Floats, origin: Floats, centres: Floats, radii: Floats, weights: Floats) -> None:
    """Put circles into a grid of square cells; where several lie, the costliest to cover counts."""
    rows, columns = discs.shape
    for k in range(len(radii)):
        reach = max(radii[k], 0.5) ** 2
        low_x = min(max(int((centres[k, 0] - radii[k] - origin[0]) / _CELL), 0), columns)
        low_y = min(max(int((centres[k, 1] - radii[k] - origin[1]) / _CELL), 0), rows)
        high_x = min(max(int((centres[k, 0] + radii[k] - origin[0]) / _CELL) + 1, 0), columns)
        high_y = min(max(int((centres[k, 1] + radii[k] - origin[1]) / _CELL) + 1, 0), rows)
        for row in range(low_y, high_y):
            y = origin[1] + (row + 0.5) * _CELL - centres[k, 1]
            for column in range(low_x, high_x):
                x = origin[0] + (column + 0.5) * _CELL - centres[k, 0]
                if x * x + y * y <= reach and weights[k] > discs[row, column]:
                    discs[row, column] = weights[k]
