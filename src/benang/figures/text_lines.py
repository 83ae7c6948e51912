"""Text measured, and broken into lines that fit a width."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from benang.figures.style import NORMAL, POINTS_PER_MM

LEADING = 1.2
"""From one line of a text to the next, in sizes of the text."""


@lru_cache(maxsize=65536)
def text_width(text: str, size: float = NORMAL, weight: str = "normal") -> float:
    """Return the width in points of a text set in DejaVu Sans at a size in points.

    Examples
    --------
    >>> text_width("mm", 7.0) == 2 * text_width("m", 7.0)
    True
    """
    properties = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
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


def broken(text: str, width: float, size: float = NORMAL, weight: str = "normal") -> tuple[str, ...]:
    """Break text into lines of at most `width` mm; a word that is longer than that stands alone.

    Examples
    --------
    >>> broken("no tangible results", 20.0)
    ('no tangible', 'results')
    """
    lines: list[str] = []
    for word in words_of(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of([longer], size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def fitted(text: str, most: int, size: float = NORMAL, weight: str = "normal") -> tuple[str, ...]:
    """Break text into at most `most` lines so that the longest is as short as it can be.

    Examples
    --------
    >>> fitted("too little support from the central government", 2)
    ('too little support from', 'the central government')
    """
    words = words_of(text)
    runs = (" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    for width in sorted({width_of([run], size, weight) for run in runs}):
        lines = broken(text, width + 1e-6, size, weight)
        if len(lines) <= most and width_of(lines, size, weight) <= width + 1e-5:
            return lines
    return ()
