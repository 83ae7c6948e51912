"""Text measured, broken into lines that fit a width, and given a light rim where it stands on circles and colours."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
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
from benang.figures.style import NORMAL, POINTS_PER_MM, styled
from benang.looks.graphemes import graphemes

LEADING = 1.2
"""From one line of a text to the next, in sizes of the text."""
_MOST_LETTERS = 400
"""Letters of a line at most: more fit no page at a size that can be read."""
LABEL_LINES = 4
"""Lines of a label at most: what is longer is no label, and stands whole in the tables."""
_MOST_WORDS = 60
"""Words from which the best width of a short text is chosen."""

_HALO_ID = "halo"
"""Texts whose id in the SVG starts so get their rim there, by style and not by outlines."""
_OPACITY = 0.8
_HALO_TEXT = re.compile(rf'(<g id="{_HALO_ID}-(\d+)(?:x([0-9a-f]{{6}}))?-[^"]*">\s*<text style=")')
_WHITE = "#ffffff"


@lru_cache(maxsize=65536)
def text_width(text: str, size: float = NORMAL, weight: str = "normal") -> float:
    """Return the width in points of a text at a size in points, in the fonts that draw it (`fonts_of`).

    Examples
    --------
    >>> text_width("mm", 7.0) == 2 * text_width("m", 7.0)
    True
    """
    drawn = printable(text)
    with styled():
        properties = FontProperties(family=list(fonts_of(drawn)), size=size, weight=weight)
        width, _, _ = text_to_path.get_text_width_height_descent(drawn, properties, ismath=False)
    return float(width)


def line_step(size: float) -> float:
    """Return the distance in mm from one line of text to the next.

    Examples
    --------
    >>> round(line_step(7.0), 2)
    2.96
    """
    return LEADING * size / POINTS_PER_MM


def width_of(lines: Iterable[str], size: float = NORMAL, weight: str = "normal") -> float:
    """Return the width in mm of the longest of some lines; 0 for none."""
    return max((text_width(line, size, weight) for line in lines), default=0.0) / POINTS_PER_MM


def words_of(text: str) -> list[str]:
    r"""Return the words of a text, parted where a line may break: not at a no-break space.

    Examples
    --------
    >>> words_of("from 10\u00a0mm on")
    ['from', '10\xa0mm', 'on']
    """
    return [word for word in re.split(r"[ \t\n]+", text) if word]


def broken(
    text: str, width: float, size: float = NORMAL, weight: str = "normal", *, most: int | None = None
) -> tuple[str, ...]:
    """Break text into lines of at most `width` mm, `most` of them where that is given, the last then ending in "…".

    A word that is longer than a line is broken between letters, and a line has one letter at least.

    Examples
    --------
    >>> broken("no tangible results", 20.0)
    ('no tangible', 'results')
    >>> broken("w" * 20, 20.0), broken("no tangible results", 20.0, most=1)
    (('wwwwwwwww', 'wwwwwwwww', 'ww'), ('no tangible…',))
    """
    lines: list[str] = []
    for piece, is_word in _pieces(text, width, size, weight):
        longer = f"{lines[-1]} {piece}" if lines else piece
        if lines and is_word and width_of([longer], size, weight) <= width:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = _ended(lines[-1], width, size, weight)
            break
        else:
            lines.append(piece)
    return tuple(lines)


def cut(text: str, width: float, size: float = NORMAL, weight: str = "normal") -> str:
    """Cut a text after as many letters as `width` mm have room for; what is left out shows as "…".

    Examples
    --------
    >>> cut("international relations", 20.0), cut("trade", 20.0), cut("trade", 0.0)
    ('international r…', 'trade', '…')
    """
    text = " ".join(words_of(text))
    return text if _fits(text, width, size, weight) else _ended(text, width, size, weight)


def _pieces(text: str, width: float, size: float, weight: str) -> Iterator[tuple[str, bool]]:
    """Give the words of a text, those longer than a line in pieces that fill one; True for what begins a word."""
    for word in words_of(text):
        if _fits(word, width, size, weight):
            yield word, True
            continue
        letters, at = graphemes(word), 0
        while at < len(letters):
            n = max(_n_fitting(letters[at : at + _MOST_LETTERS], width, size, weight), 1)
            yield "".join(letters[at : at + n]), at == 0
            at += n


def _ended(line: str, width: float, size: float, weight: str) -> str:
    """Return as much of a line as leaves room for the mark that something follows."""
    letters = graphemes(line[: _MOST_LETTERS * 4])[:_MOST_LETTERS]
    return f"{''.join(letters[: _n_fitting(letters, width, size, weight, after='…')]).rstrip(' ,;:')}…"


def _n_fitting(letters: Sequence[str], width: float, size: float, weight: str, *, after: str = "") -> int:
    """Return how many of the first letters fit a width in mm."""
    low, high = 0, len(letters)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of([f"{''.join(letters[:middle])}{after}"], size, weight) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _fits(text: str, width: float, size: float, weight: str) -> bool:
    """Tell whether a text fits a width in mm, without measuring one that is far too long."""
    return len(text) <= 4 * _MOST_LETTERS and width_of([text], size, weight) <= width


def fitted(
    text: str, most: int, size: float = NORMAL, weight: str = "normal", *, longest: float = math.inf
) -> tuple[str, ...]:
    """Break text into at most `most` lines so that the longest is as short as it can be, and at most `longest` mm.

    What then has no room is left out ("…").

    Examples
    --------
    >>> fitted("too little support from the central government", 2)
    ('too little support from', 'the central government')
    """
    words = words_of(text)
    least = width_of(words, size, weight)
    if least <= longest and len(words) <= _MOST_WORDS:
        runs = (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
        for width in sorted({wide for run in runs if least <= (wide := width_of([run], size, weight)) <= longest}):
            lines = broken(text, width + 1e-6, size, weight)
            if len(lines) <= most and width_of(lines, size, weight) <= width + 1e-5:
                return lines
    return broken(text, longest, size, weight, most=most)


def halo_id(number: int, width: float, colour: str = _WHITE) -> str:
    """Return the id of a text whose rim is `width` points wide on each side, and white or of a given colour.

    Examples
    --------
    >>> halo_id(7, 0.8), halo_id(7, 0.8, "#000000")
    ('halo-80-7', 'halo-80x000000-7')
    """
    return f"{_HALO_ID}-{round(width * 100)}{'' if colour == _WHITE else f'x{colour[1:]}'}-{number}"


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
