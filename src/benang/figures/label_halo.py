"""Text with a light rim, so that it stands out from circles, lines and colours, and stays text in SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from benang.figures.letters import fonts_of, printable

HALO_ID = "halo"
"""Texts whose id in the SVG starts so get their rim there, by style and not by outlines."""

_OPACITY = 0.8
_HALO_TEXT = re.compile(rf'(<g id="{HALO_ID}-(\d+)(?:x([0-9a-f]{{6}}))?-[^"]*">\s*<text style=")')
_WHITE = "#ffffff"


def halo_id(number: int, width: float, colour: str = _WHITE) -> str:
    """Return the id of a text whose rim is `width` points wide on each side, and white or of a given colour.

    Examples
    --------
    >>> halo_id(7, 0.8), halo_id(7, 0.8, "#000000")
    ('halo-80-7', 'halo-80x000000-7')
    """
    return f"{HALO_ID}-{round(width * 100)}{'' if colour == _WHITE else f'x{colour[1:]}'}-{number}"


def with_halos(svg: str) -> str:
    """Give the marked texts of an SVG their rims: a stroke painted below the letters, white or of another colour.

    Examples
    --------
    >>> with_halos('<g id="halo-80-7"><text style="font-size: 6px">a</text></g>')
    '<g id="halo-80-7"><text style="paint-order: stroke; stroke: #ffffff; stroke-opacity: 0.8; stroke-width: 1.6px;
    stroke-linejoin: round; font-size: 6px">a</text></g>'
    """

    def rim(found: re.Match[str]) -> str:
        width = int(found.group(2)) / 50
        return (
            f"{found.group(1)}paint-order: stroke; stroke: #{found.group(3) or _WHITE[1:]}; "
            f"stroke-opacity: {_OPACITY:g}; "
            f"stroke-width: {width:g}px; stroke-linejoin: round; "
        )

    return _HALO_TEXT.sub(rim, svg)


class Halos(PathCollection):
    """The rims of texts (x, baseline, text, size; in points) as outlines, for all formats but SVG with its own."""

    def __init__(
        self, texts: Sequence[tuple[float, float, str, float]], width: float, colour: str = _WHITE, **options: Any
    ) -> None:
        super().__init__(
            [_outline(*text) for text in texts],
            facecolors="none",
            edgecolors=to_rgba(colour, _OPACITY),
            linewidths=2 * width,
            joinstyle="round",
            **options,
        )

    def draw(self, renderer: RendererBase) -> None:
        """Draw the rims, unless the renderer writes SVG."""
        if not isinstance(getattr(renderer, "_renderer", renderer), RendererSVG):
            super().draw(renderer)


def _outline(x: float, y: float, text: str, size: float) -> Path:
    text = printable(text)
    properties = FontProperties(family=list(fonts_of(text)))
    vertices, codes = text_to_path.get_text_path(properties, text, ismath=False)
    scaled = np.asarray(vertices, dtype=np.float64).reshape(-1, 2) * size / text_to_path.FONT_SCALE
    return Path(scaled + np.array([x, y]), codes)
