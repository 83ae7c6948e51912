"""Figures within a page: each as a data address, with the size that keeps its place while the page loads."""

from __future__ import annotations

import base64
import re
import struct

from benang.report.blocks import Figure

_POINTS_TO_PIXELS = 96 / 72


def picture_address(figure: Figure) -> str:
    """Return a figure as an address that holds the picture itself, as SVG where there is one, else as PNG."""
    kind, data = ("svg+xml", figure.svg.encode("utf-8")) if figure.svg is not None else ("png", figure.png or b"")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}" if data else "data:,"


def picture_size(figure: Figure) -> tuple[int, int]:
    """Return width and height of what `picture_address` holds, in CSS pixels; 0 and 0 where the file does not say."""
    return svg_size(figure.svg) if figure.svg is not None else png_size(figure.png or b"")


def svg_size(svg: str) -> tuple[int, int]:
    """Return the size of an SVG picture in CSS pixels, from its root element.

    Examples
    --------
    >>> svg_size('<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36"></svg>')
    (96, 48)
    """
    root = re.search(r"<svg\b[^>]*>", svg)
    held = root[0] if root else ""
    sizes = [re.search(rf'\b{name}="([\d.]+)(pt|px|)"', held) for name in ("width", "height")]
    if all(sizes):
        width, height = (float(one[1]) * (_POINTS_TO_PIXELS if one[2] == "pt" else 1) for one in sizes if one)
        return round(width), round(height)
    box = re.search(r'\bviewBox="[\d.-]+ [\d.-]+ ([\d.]+) ([\d.]+)"', held)
    return (round(float(box[1])), round(float(box[2]))) if box else (0, 0)


def png_size(data: bytes) -> tuple[int, int]:
    """Return the size of a PNG picture in pixels, from its header."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return 0, 0
    width, height = struct.unpack(">II", data[16:24])
    return int(width), int(height)
