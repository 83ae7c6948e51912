"""The picture of a figure: the size at which it was drawn, the size at which it is shown, and its data address."""

from __future__ import annotations

import base64
import re
import struct
from dataclasses import dataclass

from benang.report.blocks import Figure

TEXT_WIDTH = 160.0
"""Width in mm of the text on an upright page."""
PRINTED_WIDTH = 174.0
"""Width in mm of the widest figure on an upright page: those of Benang that fill a page are as wide."""
TURNED_WIDTH, TURNED_HEIGHT = 257.0, 150.0
"""Largest size of a figure on a landscape page, in mm, with its caption below it."""
UPRIGHT_HEIGHT = 218.0
_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
"""Points in each unit of length that an SVG file may use (CSS Values and Units, 5.2)."""
_MILLIMETRES = 25.4 / 72
_PIXELS = 96 / 72


@dataclass(frozen=True, slots=True)
class Size:
    """The printed size of a figure, in mm, and whether it needs a landscape page."""

    width: float
    height: float
    is_turned: bool = False

    def within(self, width: float, height: float) -> Size:
        """Return the size, made smaller where it is wider or higher than so many mm."""
        share = min(1.0, width / self.width, height / self.height)
        return Size(share * self.width, share * self.height, self.is_turned)


def printed_size(figure: Figure) -> Size:
    """Return the printed size of a figure: as drawn, or the largest that fits on a page.

    A figure without a size fills the page.

    Examples
    --------
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" width="144pt" height="72pt"></svg>'
    >>> size = printed_size(Figure("figure-a", svg, None, "A", "A rectangle"))
    >>> round(size.width, 1), round(size.height, 1), size.is_turned
    (50.8, 25.4, False)
    """
    width, height = (length * _MILLIMETRES for length in drawn_size(figure))
    if not (width and height):
        return Size(PRINTED_WIDTH, PRINTED_WIDTH)
    is_turned = width > 1.15 * PRINTED_WIDTH and width > height
    most_wide, most_high = (TURNED_WIDTH, TURNED_HEIGHT) if is_turned else (PRINTED_WIDTH, UPRIGHT_HEIGHT)
    return Size(width, height, is_turned).within(most_wide, most_high)


def size_on_screen(figure: Figure) -> tuple[int, int]:
    """Return the width and height that a figure was drawn for in CSS pixels; zeros where its file doesn't say."""
    width, height = drawn_size(figure)
    return round(width * _PIXELS), round(height * _PIXELS)


def drawn_size(figure: Figure) -> tuple[float, float]:
    """Return the width and height of a figure in points, from its SVG if it has one, otherwise from its PNG.

    Zeros where neither says.

    Examples
    --------
    >>> drawn_size(Figure("figure-a", '<svg width="2in" height="36pt" viewBox="0 0 9 9"/>', None, "A", "A rectangle"))
    (144.0, 36.0)
    """
    size = _svg_size(figure.svg or "")
    return size if all(size) else _png_size(figure.png or b"")


def _svg_size(svg: str) -> tuple[float, float]:
    """Return the size that the root element gives; one that gives a view box alone is as many pixels large."""
    root = re.search(r"<svg\b[^>]*>", svg)
    attributes = root[0] if root else ""
    lengths = [
        float(length[1]) * _POINTS[length[2]]
        for name in ("width", "height")
        if (length := re.search(rf'\s{name}="([\d.]+)(pt|px|mm|cm|in|)"', attributes))
    ]
    if len(lengths) == 2:
        return lengths[0], lengths[1]
    box = re.search(r'\sviewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', attributes)
    return (float(box[1]) * _POINTS["px"], float(box[2]) * _POINTS["px"]) if box else (0.0, 0.0)


def _png_size(data: bytes) -> tuple[float, float]:
    """Return the size of a PNG picture by its chunks IHDR and pHYs (PNG, third edition, 11.2.1 and 11.3.4.3)."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return 0.0, 0.0
    pixels = struct.unpack(">II", data[16:24])
    at = data.find(b"pHYs", 24, 4096)
    per_metre = struct.unpack(">II", data[at + 4 : at + 12]) if at > 0 else (0, 0)
    width, height = (
        n / density * 1000 / _MILLIMETRES if density else n * _POINTS["px"]
        for n, density in zip(pixels, per_metre, strict=True)
    )
    return width, height


def picture_address(figure: Figure) -> str:
    """Return a figure as a data address, as SVG if there is one, otherwise as PNG."""
    kind, data = ("svg+xml", figure.svg.encode("utf-8")) if figure.svg is not None else ("png", figure.png or b"")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}" if data else "data:,"
