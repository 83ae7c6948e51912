"""Which items of a map may be named, how their names read, and how they are broken into lines."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem, nearest
from benang.figures.letters import printable
from benang.figures.style import POINTS_PER_MM
from benang.figures.text_lines import text_width
from benang.looks.appearance import cut_labels, label_sizes, relative_weights
from benang.looks.graphemes import graphemes
from benang.looks.label_thresholds import label_thresholds
from benang.looks.view import View
from benang.maps.map import Map
from benang.network.network import Floats, Network

MOST_NAMED = 400
"""Items for whose labels places are sought: more than find room on a page, and few enough to seek with care."""

_CROWD = 500  # labels wanted from which on not all are tried
_LABEL_LENGTH = 30  # characters, VOSviewer's
_FEW_ITEMS, _LINE_LENGTH = 60, 22  # on a map with room, longer labels are broken into lines of so many characters
_ROUGHLY = (0.58, 1.2, 0.42)  # width of a letter and height of a line by the text's size; points to a pixel

_DESCENT = 0.24  # of the text size: what lies below the baseline in DejaVu Sans
_STEP = 1.14  # of the text size: from one baseline to the next
_MEASURED = 10.0
_MOST_LINES = 3
_LONG_WORD = 34  # letters: no word of a language that parts words by blanks is longer, but a text in Thai or Chinese is


@dataclass(frozen=True)
class Texts:
    """The labels as they are written, "" for items that are not to be named; and how many were to be.

    `crowded` says that only the most important of them are tried.
    """

    texts: tuple[str, ...]
    n_wanted: int
    crowded: bool = False


def texts_of(map_: Map, weights: Floats, view: View, shown: NDArray[np.bool_] | None = None) -> Texts:
    """Return the labels of a map; where very many are wanted, those that VOSviewer would show first.

    Half of these are the heaviest items, half those whose labels appear at the smallest zoom (`label_thresholds`), so
    that small items far from others are named too. `shown` are the items that lie on the page.

    Raises
    ------
    BenangError
        For an item to be named that the map lacks.
    """
    network = map_.network
    few = len(network) <= _FEW_ITEMS
    length = view.label_length if view.label_length is not None else _LABEL_LENGTH * (2 if few else 1)
    wanted = _wanted(network, view) & np.array([bool(label.strip()) for label in network.labels], np.bool_)
    if shown is not None:
        wanted &= shown
    if length <= 0 or not wanted.any():
        return Texts(("",) * len(network), 0)
    named = np.flatnonzero(wanted)
    crowded = len(named) > _CROWD
    if crowded:
        named = named[_most_important(map_.xy[named], weights[named], [network.labels[i] for i in named], view)]
    cut = [printable(text) for text in cut_labels([network.labels[i] for i in named], length)]
    texts = np.full(len(network), "", dtype=object)
    texts[named] = [even_lines(text, _LINE_LENGTH) for text in cut] if few else cut
    unwritten = sum(1 for text in cut if not text)
    return Texts(tuple(texts.tolist()), int(wanted.sum()) - unwritten, crowded)


def _wanted(network: Network, view: View) -> NDArray[np.bool_]:
    chosen = view.labels
    if isinstance(chosen, bool):
        return np.full(len(network), chosen)
    names = {chosen} if isinstance(chosen, str) else set(chosen)
    strangers = sorted(names - set(network.ids) - set(network.labels))
    if strangers:
        raise BenangError(
            *(
                Problem(
                    f"'{name}'", where="labels", expected="an item of the map", way_on=nearest(name, network.labels)
                )
                for name in strangers
            )
        )
    return np.array([item in names or label in names for item, label in zip(network.ids, network.labels, strict=True)])


def _most_important(xy: Floats, weights: Floats, labels: list[str], view: View) -> NDArray[np.intp]:
    """Return the places of the heaviest items and of those whose labels appear first, by falling weight."""
    letter, line, points = _ROUGHLY
    sizes = label_sizes(relative_weights(weights), variation=view.label_variation) * points
    lengths = np.array([min(len(label), _LABEL_LENGTH) for label in labels])
    spread = max(float(np.ptp(xy, axis=0).max()), 1e-12)
    thresholds = label_thresholds(
        xy * (view.width * POINTS_PER_MM / spread),
        np.stack([lengths * sizes * letter, sizes * line], axis=1),
        weights,
    )
    by_weight = np.argsort(-weights, kind="stable")
    rank = np.empty(len(weights), np.intp)
    rank[by_weight] = np.arange(len(weights))
    heaviest = rank < MOST_NAMED // 2
    first = np.lexsort((rank, np.where(heaviest, -1.0, thresholds)))[:MOST_NAMED]
    return np.sort(first)


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
