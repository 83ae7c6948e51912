"""Labels of one line or a few: how they are broken, how large they are, and where their lines stand."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import numpy as np

from benang.figures.text_lines import text_width
from benang.looks.graphemes import graphemes
from benang.network.network import Floats

_DESCENT = 0.24  # of the text size: what lies below the baseline in DejaVu Sans
_STEP = 1.14  # of the text size: from one baseline to the next
_MEASURED = 10.0
_MOST_LINES = 3
_LONG_WORD = 34  # letters: no word of a language that parts words by blanks is longer, but a text in Thai or Chinese is


def even_lines(text: str, longest: int) -> str:
    r"""Break a text into up to three lines of about equal length, of `longest` characters where they do.

    Examples
    --------
    >>> even_lines("Too little support from the capital", 22)
    'Too little support\nfrom the capital'
    >>> even_lines("pemerintah daerah", 22)
    'pemerintah daerah'
    """
    if len(text) <= longest:
        return text
    n_lines = min(math.ceil(len(text) / longest), _MOST_LINES)
    is_parted = any(len(word) > max(longest, _LONG_WORD) for word in text.split())
    for width in range(math.ceil(len(text) / n_lines), len(text) + 1):
        lines = _parted(text, width) if is_parted else _wrapped(text, width)
        if len(lines) <= n_lines:
            return "\n".join(lines)
    return text


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _parted(text: str, width: int) -> list[str]:
    """Break a text into lines of `width` letters, words that are longer within themselves."""
    lines: list[str] = []
    for word in text.split():
        letters = graphemes(word)
        if lines and len(lines[-1]) + 1 + len(letters) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += ["".join(letters[at : at + width]) for at in range(0, len(letters), width)]
    return lines


def block_sizes(texts: Sequence[str]) -> Floats:
    r"""Return widths and heights (n × 2) of texts set at a size of 1 point; 0 for empty ones.

    Examples
    --------
    >>> block_sizes(["a\nb", ""])[:, 1].round(2).tolist()
    [2.14, 0.0]
    """
    return np.array(
        [
            [max(text_width(line, _MEASURED) for line in text.split("\n")) / _MEASURED, 1 + _STEP * text.count("\n")]
            if text
            else [0.0, 0.0]
            for text in texts
        ]
    ).reshape(-1, 2)


def lines_in(text: str, box: Floats, size: float, beside: float) -> list[tuple[float, float, str]]:
    r"""Return the lines of a text within its box: where each starts (x, baseline), and what it says.

    `beside` is the place of the circle: lines stand flush on the side towards it, and centred above, below and in it.

    Examples
    --------
    >>> [(round(x, 2), round(y, 2), line) for x, y, line in lines_in("a\na", np.array([9.0, 0, 13.0, 8.56]), 4.0, 0.0)]
    [(9.0, 5.52, 'a'), (9.0, 0.96, 'a')]
    """
    lines = text.split("\n")
    middle, half = float(box[0] + box[2]) / 2, float(box[2] - box[0]) / 2
    lean = float(np.sign(beside - middle)) if abs(beside - middle) > 0.8 * half else 0.0
    placed = []
    for number, line in enumerate(lines):
        spare = 2 * half - text_width(line, _MEASURED) / _MEASURED * size
        x = float(box[0]) + spare * (1 + lean) / 2
        placed.append((x, float(box[1]) + size * (_DESCENT + _STEP * (len(lines) - 1 - number)), line))
    return placed
