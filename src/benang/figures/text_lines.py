"""Text measured, broken into lines that fit a width, and given a light rim where it is on circles and colours."""

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
from matplotlib.transforms import Affine2D

from benang.figures.letters import fonts_of, printable
from benang.figures.style import NORMAL, POINTS_PER_MM, styled
from benang.looks.graphemes import graphemes

LEADING = 1.2
"""From one line of a text to the next, in sizes of the text."""
_MOST_LETTERS = 400
"""Letters of a line at most: more fit no page at a size that can be read."""
LABEL_LINES = 4
"""Lines of a label at most: what is longer is no label, and is whole in the tables."""
_MOST_WORDS = 60
"""Words from which the best width of a short text is chosen."""

_OPACITY = 0.8
_WHITE = "#ffffff"
_PER_POINT = 10
"""Steps of the outlines of a rim in SVG in a point: a sixteenth of the rim, which nobody sees."""
_STRAIGHT = 8
"""Where a curve strays from a line by a quarter of so many steps, 0.2 points, a line is drawn."""
_SVG_LETTERS = {Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}


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


class Halos(PathCollection):
    """The rims of texts (x, baseline, text, size; in points) as outlines.

    They are outlines in SVG too, as one path: browsers print a text that has a stroke twice, so that a search in what
    they print finds no word of it, and programs that draw the stroke last leave nothing of the letters.
    """

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
        self._svg_style = (
            f"fill: none; stroke: {colour}; stroke-opacity: {_OPACITY:g}; stroke-width: {2 * width * _PER_POINT:g}; "
            "stroke-linejoin: round"
        )

    def draw(self, renderer: RendererBase) -> None:
        """Draw the rims; in SVG as one short path, which takes half the room that matplotlib's own would take."""
        target = getattr(renderer, "_renderer", renderer)
        if not isinstance(target, RendererSVG):
            super().draw(renderer)
            return
        to_page = self.get_transform() + Affine2D().scale(1, -1).translate(0, target.height)
        outlines = "".join(svg_path(to_page.transform_path(path)) for path in self.get_paths())
        scale = f"scale({1 / _PER_POINT:g})"
        target.writer.element("path", d=outlines, transform=scale, style=self._svg_style)  # type: ignore[no-untyped-call]


def svg_path(path: Path) -> str:
    """Return a path as SVG has it, each point from the one before, in tenths of a point.

    Examples
    --------
    >>> svg_path(Path([(1, 2), (3, 2), (2, 4.56), (0, 0)], [1, 2, 2, 79]))
    'M10 20l20 0l-10 26z'
    """
    drawn: list[str] = []
    begin = x, y = 0, 0
    for values, code in path.iter_segments(simplify=False):
        if code == Path.CLOSEPOLY:
            drawn.append("z")
            x, y = begin
            continue
        places = [round(float(value) * _PER_POINT) for value in values]
        if code == Path.MOVETO:
            drawn.append(f"M{places[0]} {places[1]}")
            begin = places[0], places[1]
        else:
            steps = [place - (y if n % 2 else x) for n, place in enumerate(places)]
            if code == Path.CURVE3 and max(abs(steps[2] - 2 * steps[0]), abs(steps[3] - 2 * steps[1])) <= _STRAIGHT:
                steps, code = steps[2:], Path.LINETO
            drawn.append(_SVG_LETTERS[code] + " ".join(map(str, steps)).replace(" -", "-"))
        x, y = places[-2:]
    return "".join(drawn)


def _outline(x: float, y: float, text: str, size: float) -> Path:
    text = printable(text)
    properties = FontProperties(family=list(fonts_of(text)))
    vertices, codes = text_to_path.get_text_path(properties, text, ismath=False)
    scaled = np.asarray(vertices, dtype=np.float64).reshape(-1, 2) * size / text_to_path.FONT_SCALE
    return Path(scaled + np.array([x, y]), codes)
