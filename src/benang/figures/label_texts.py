"""Which items of a map may be named, how their names read, and how they are broken into lines."""

from __future__ import annotations

import math
import re
import textwrap
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem, nearest
from benang.figures import NORMAL, POINTS_PER_MM
from benang.figures.label_search import label_thresholds
from benang.figures.text_lines import cut, printable, text_width, width_of
from benang.locale.writing import graphemes
from benang.looks import View
from benang.looks.appearance import circle_diameters, cut_label, label_sizes, relative_weights
from benang.maps import Map
from benang.network.network import Floats, Network

_MOST_TRIED, _MOST_FRAMED = 1000, 400  # items for whose labels, or frames, places are sought: far more than find room
_LENGTH, _LENGTH_OF_FEW, _FEW_ITEMS = 40, 60, 60  # letters of a label; of one on a map of so few items
_LINE_LENGTHS = (24, 14, 32)  # letters of a line: the ways to break a label, the best first
_ON_ONE_LINE = 13  # letters
_ROUGHLY = (0.58, 1.2, 0.5)  # width of a letter and height of a line by the text's size; points to a pixel
_LONGEST = 120  # letters: labels that differ only behind them look alike
_LONGER = 8  # letters by which a label that would fit two is left longer
_TELLS_APART = 3  # letters
_LENGTHS_IN_A_LIST = (120, 60, 45, 36, 30, 25, 20, 16, 12, 8)
_HEAD = 0.6  # of the letters that are left: those of the beginning
_LOPSIDED = 0.5  # of a letter: what a letter too many in the beginning or the end counts for less
_ENOUGH, _SLACK = 0.65, 4  # of the letters that there is room for, and letters more, so that words stay whole

BLANK = np.array([0.7, 0.25])
"""What stays free between two names, across and along, by the size of the text: so that they don't read as one."""

_DESCENT = 0.24  # of the text size: what lies below the baseline in DejaVu Sans
_STEP = 1.1  # of the text size: from one baseline to the next
_MEASURED = 10.0
_MOST_LINES = 3
_LONG_WORD = 34  # letters: no word of a language that parts words by blanks is longer, but a text in Thai or Chinese is


@dataclass(frozen=True)
class Texts:
    """The labels as they are written, each in several forms; and how many there were to be.

    `forms[k][i]` is the label of item i, broken into lines in way k: "" for items that are not to be named, and where
    the way gives nothing new.
    """

    forms: tuple[tuple[str, ...], ...]
    n_wanted: int


def texts_of(map_: Map, weights: Floats, view: View, shown: NDArray[np.bool_] | None = None) -> Texts:
    """Return the labels of a map; where very many are wanted, those that come first.

    Half of these are the heaviest items, half those whose labels appear at the smallest zoom (`label_thresholds`), so
    that small items far from others are named too. `shown` are the items that lie on the page.

    Raises
    ------
    BenangError
        For an item to be named that the map lacks.
    """
    network = map_.network
    usual = _LENGTH_OF_FEW if len(network) <= _FEW_ITEMS else _LENGTH
    length = view.label_length if view.label_length is not None else usual
    wanted = _wanted(network, view) & np.array([bool(label.strip()) for label in network.labels], np.bool_)
    if shown is not None:
        wanted &= shown
    if length <= 0 or not wanted.any():
        return Texts((("",) * len(network),), 0)
    named = np.flatnonzero(wanted)
    most = _MOST_FRAMED if view.frames else _MOST_TRIED
    if len(named) > most:
        named = named[_most_important(map_.xy[named], weights[named], [network.labels[i] for i in named], view, most)]
    cut = cut_labels([network.labels[i] for i in named], length, among=network.labels)
    broken = [_forms(printable(text)) for text in cut]
    texts = np.full((len(_LINE_LENGTHS), len(network)), "", dtype=object)
    texts[:, named] = np.array(broken, dtype=object).T
    unwritten = sum(1 for forms in broken if not forms[0])
    return Texts(tuple(map(tuple, texts.tolist())), int(wanted.sum()) - unwritten)


def _forms(text: str) -> list[str]:
    """Return the ways to break a text into lines, "" for those that were there before."""
    forms: list[str] = []
    for length in _LINE_LENGTHS:
        lines = text if len(text) <= _ON_ONE_LINE else even_lines(text, length)
        forms.append("" if lines in forms else lines)
    return forms


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


def _most_important(xy: Floats, weights: Floats, labels: list[str], view: View, most: int) -> NDArray[np.intp]:
    """Return the places of the heaviest items and of those whose labels appear first, by falling weight."""
    letter, line, points = _ROUGHLY
    relative = relative_weights(weights)
    sizes = label_sizes(relative, variation=view.label_variation) * points
    lengths = np.array([min(len(label), _LINE_LENGTHS[0]) for label in labels])
    spread = max(float(np.ptp(xy, axis=0).max()), 1e-12)
    thresholds = label_thresholds(
        xy * (view.width * POINTS_PER_MM / spread),
        np.stack([lengths * sizes * letter, sizes * line], axis=1),
        weights,
        radii=circle_diameters(relative, variation=view.item_size_variation) * points / 2,
    )
    by_weight = np.argsort(-weights, kind="stable")
    rank = np.empty(len(weights), np.intp)
    rank[by_weight] = np.arange(len(weights))
    heaviest = rank < most // 2
    first = np.lexsort((rank, np.where(heaviest, -1.0, thresholds)))[:most]
    return np.sort(first)


def cut_labels(labels: Sequence[str], length: int = 30, *, among: Sequence[str] = ()) -> tuple[str, ...]:
    """Shorten labels to about `length` letters, so that each still fits one label only, of these and those `among`.

    Words are left out before the end, where labels that begin alike mostly differ; a label that would fit another one
    as well stays longer.

    Examples
    --------
    >>> cut_labels(["University of California, San Diego", "University of California, San Francisco", "Fudan"], 20)
    ('University … Diego', 'University … Francisco', 'Fudan')
    """
    whole = [" ".join(label.split()) for label in labels]
    if length < 2:
        return tuple(cut_label(label, length) for label in whole)
    is_long = [len(label) > length and len(graphemes(label)) > length for label in whole]
    if not any(is_long):
        return tuple(whole)
    keys = sorted({_key(label) for label in (*whole, *among)})
    return tuple(_shortened(label, length, keys) if long else label for label, long in zip(whole, is_long, strict=True))


def labels_within(labels: Sequence[str], width: float, size: float = NORMAL, weight: str = "normal") -> tuple[str, ...]:
    """Shorten labels that stand in one list to `width` mm, each so that it still fits one of them only.

    Examples
    --------
    >>> labels_within(["Studies of night markets before 2010", "Studies of night markets since 2010"], 40.0)
    ('Studies of night … before 2010', 'Studies of night … since 2010')
    """
    shortened: tuple[str, ...] = ()
    for length in _LENGTHS_IN_A_LIST:
        shortened = cut_labels(labels, length)
        if width_of(shortened, size, weight) <= width:
            return shortened
    return tuple(cut(text, width, size, weight) for text in shortened)


def _key(text: str) -> str:
    """Return what texts that look alike share: their letters and digits, small."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _shortened(label: str, length: int, keys: Sequence[str]) -> str:
    """Return a label with its middle left out, as short as it can be without fitting another key."""
    own = _key(label)
    for longest in range(length, _LONGEST, _LONGER):
        for head, between, tail in _ways_to_shorten(label, longest):
            # a word that is cut shows three letters or more of what tells it apart
            least = 0 if " " in between else _TELLS_APART
            if _fits_one(_key(head[: len(head) - least]), _key(tail[least:]), own, keys):
                return f"{head}{between}{tail}"
        if len(label) <= longest + _LONGER:
            return label
    return "".join(_by_letters(graphemes(label), _LONGEST)[0])


def _ways_to_shorten(label: str, longest: int) -> list[tuple[str, str, str]]:
    """Return what a label may be shortened to, the best first: whole words, where enough of them are left."""
    words = label.split()
    enough: list[tuple[str, str, str]] = []
    few: list[tuple[str, str, str]] = []
    for way in (*_by_words(words, longest), *_by_words(words, longest + _SLACK)):
        (enough if sum(map(len, way)) >= _ENOUGH * longest else few).append(way)
    return [*enough, *_by_letters(graphemes(label), longest), *few]


def _by_words(words: Sequence[str], longest: int) -> list[tuple[str, str, str]]:
    """Return beginnings and ends of a text, of at most so many letters together, the best first."""
    ways: list[tuple[float, tuple[str, str, str]]] = []
    for first in range(1, len(words)):
        head = " ".join(words[:first]).rstrip(" ,;:(–-")
        if len(head) > longest:
            break
        for last in range(len(words), first, -1):
            way = (head, " … " if last < len(words) else " …", " ".join(words[last:]))
            n = sum(map(len, way))
            if n > longest:
                break
            ways.append((n - _LOPSIDED * abs(len(head) - _HEAD * (len(head) + len(way[2]))), way))
    return [way for _, way in sorted(ways, key=lambda one: -one[0])]


def _by_letters(letters: Sequence[str], longest: int) -> list[tuple[str, str, str]]:
    """Return the same, words cut within."""
    ways = []
    for share in (_HEAD, 0.8, 0.4, 1.0):
        first = round(share * (longest - 1))
        tail = "".join(letters[len(letters) - (longest - 1 - first) :]).lstrip()
        ways.append(("".join(letters[:first]).rstrip(), "…", tail))
    return ways


def _fits_one(head: str, tail: str, own: str, keys: Sequence[str]) -> bool:
    """Tell whether a beginning and an end are those of one key only."""
    first, last = bisect_left(keys, head), bisect_left(keys, f"{head}\U0010ffff")
    least = len(head) + len(tail)
    return not any(key != own and len(key) > least and key.endswith(tail) for key in keys[first:last])


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
    [2.1, 0.0]
    """
    sizes = np.zeros((len(texts), 2))
    for at, text in enumerate(texts):
        if text:
            lines = text.split("\n")
            sizes[at] = max(text_width(line, _MEASURED) for line in lines) / _MEASURED, 1 + _STEP * (len(lines) - 1)
    return sizes


def lines_in(text: str, box: Floats, size: float, beside: float) -> list[tuple[float, float, str]]:
    r"""Return the lines of a text within its box: where each starts (x, baseline), and what it says.

    `beside` is the place of the circle: lines stand flush on the side towards it, and centred above, below and in it.

    Examples
    --------
    >>> [(round(x, 2), round(y, 2), line) for x, y, line in lines_in("a\na", np.array([9.0, 0, 13.0, 8.4]), 4.0, 0.0)]
    [(9.0, 5.36, 'a'), (9.0, 0.96, 'a')]
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
