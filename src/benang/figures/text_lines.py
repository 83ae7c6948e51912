"""Text in figures: which letters can be drawn, with which fonts, how wide they are, and where texts are broken.

DejaVu Sans, which matplotlib ships, draws what it has: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian.
Other letters come from fonts of the computer where it has them, so that only labels in these differ between computers.
"""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findSystemFonts, fontManager, get_font
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from benang.figures import BASE, NORMAL, POINTS_PER_MM, is_styled, styled
from benang.locale.writing import BOX, graphemes, note_lacking

_PREFERRED = (
    *("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK TC", "Noto Sans CJK KR", "Noto Sans SC", "Noto Sans JP"),
    *("Noto Sans KR", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "Hiragino Sans GB"),
    *("Yu Gothic", "Malgun Gothic", "Apple SD Gothic Neo", "WenQuanYi Micro Hei", "Droid Sans Fallback", "SimHei"),
    *(
        "Noto Sans Thai",
        "Leelawadee UI",
        "Thonburi",
        "Loma",
        "Noto Sans Devanagari",
        "Nirmala UI",
        "Kohinoor Devanagari",
    ),
    *("Noto Sans", "Noto Emoji", "Noto Sans Symbols2", "Segoe UI", "Segoe UI Emoji", "Segoe UI Symbol"),
    *("Arial Unicode MS", "FreeSans", "Symbola", "Unifont"),
)
"""Families tried first, where they are there: sans serifs that systems ship, or that users install. Then all others."""
_NO_LETTERS = ("lastresort", "last resort", "adobe blank", "adobeblank", "tofu")
"""Fonts that have a picture for every letter and none of its own."""
_looking = Lock()
_MOST_MARKS = 3
"""Marks on one letter: no script has more, and a tower of them runs through the lines above and below."""


def printable(text: str) -> str:
    r"""Return a text in letters that figures can draw: a like letter where a font has one, else □.

    Line ends and tabs become blanks; joiners and marks that nothing can draw go.

    Examples
    --------
    >>> printable("kerja sama"), printable("ＡＢ１"), printable("\ufeffkota"), printable("\ue000")
    ('kerja sama', 'AB1', 'kota', '□')
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for char in text:
        drawn = _drawn(char)
        marks = marks + 1 if drawn and unicodedata.category(drawn[0]) in {"Mn", "Me"} else 0
        if marks <= _MOST_MARKS:
            shown.append(drawn)
    return "".join(shown)


def fonts_of(text: str) -> tuple[str, ...]:
    """Return the families that draw a text, in the order in which they are tried for each of its letters.

    Examples
    --------
    >>> fonts_of("kota"), fonts_of("שלום")
    (('DejaVu Sans',), ('DejaVu Sans',))
    """
    if text.isascii():
        return (BASE,)
    return tuple(dict.fromkeys((BASE, *(family for char in text if (family := _family(char))))))


def fonts_for(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the families that draw texts, whatever their order: what figures with these texts depend on."""
    return fonts_of("".join(sorted(set().union(*texts))))


def font_files(text: str) -> tuple[Path, ...]:
    """Return the files of the fonts that draw a text: all of DejaVu Sans, and of other families the regular one.

    Examples
    --------
    >>> [path.name for path in font_files("kota")][:2]
    ['DejaVuSans-Bold.ttf', 'DejaVuSans-BoldOblique.ttf']
    """
    shipped = sorted(Path(mpl.get_data_path(), "fonts", "ttf").glob("DejaVuSans*.ttf"))
    return (*shipped, *(_families()[family] for family in fonts_for([text]) if family != BASE))


def dress(figure: Figure) -> None:
    """Give every text of a figure letters that can be drawn, and the fonts that have them."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)  # noqa: S101 - that is what was looked for
        string = text.get_text()
        if string.isascii():
            continue
        lines = "\n".join(map(printable, string.split("\n")))
        if lines != string:
            text.set_text(lines)
        families = fonts_of(lines)
        if len(families) > 1:
            text.set_fontfamily(list(families))


def _drawn(char: str) -> str:
    shown = _nearest(char)
    if shown == BOX and char != BOX:
        note_lacking(char)
    return shown


@lru_cache(maxsize=65536)
def _nearest(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":  # joiners, byte order marks, soft hyphens: nothing to see, and no PDF can hold them
        return ""
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return char if ord(char) in _base_letters() and category == "Zs" else " "
    if category == "Cs":  # half a character
        return BOX
    if _family(char):
        return char
    if category in {"Mn", "Me"}:  # marks without a glyph
        return ""
    like = unicodedata.normalize("NFKC", char)
    return like if like != char and all(map(_family, like)) else BOX


@lru_cache(maxsize=65536)
def _family(char: str) -> str:
    """Return the family that draws a letter; "" where none does."""
    if ord(char) in _base_letters():
        return BASE
    if char.isspace() or unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}:
        return ""
    return next((family for family in _families() if ord(char) in _letters_in(family)), "")


@cache
def _base_letters() -> frozenset[int]:
    return frozenset(get_font(str(Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"))).get_charmap())


def _families() -> dict[str, Path]:
    """Return the fonts of the computer, looked for once: the list that they are added to is one for all threads."""
    with _looking:
        return _found_families()


@cache
def _found_families() -> dict[str, Path]:
    """Return the regular fonts of the computer by family, those preferred first, the others by name.

    What matplotlib ships besides DejaVu Sans are parts of it, and fonts whose letters stand in odd places.
    """
    logging.getLogger("matplotlib.font_manager").addFilter(_is_of_use)
    for path in _new_fonts():
        try:
            fontManager.addfont(path)
        except (OSError, RuntimeError, ValueError):  # no font, or one that can't be read
            continue
    shipped = Path(mpl.get_data_path())
    regular: dict[str, tuple[tuple[bool, bool, bool], str]] = {}
    for entry in fontManager.ttflist:
        if shipped in Path(entry.fname).parents or _is_empty(entry.name) or entry.name == BASE:
            continue
        likeness = (entry.style != "normal", entry.weight not in (400, "normal"), entry.stretch != "normal")
        regular[entry.name] = min(regular.get(entry.name, ((True,) * 3, entry.fname)), (likeness, entry.fname))
    preferred = [family for family in _PREFERRED if family in regular]
    return {family: Path(regular[family][1]) for family in (*preferred, *sorted(regular.keys() - set(preferred)))}


def _new_fonts() -> Iterator[str]:
    """Give the fonts that were installed since matplotlib last looked for some."""
    known = {str(entry.fname) for entry in fontManager.ttflist}
    yield from sorted(set(map(str, findSystemFonts())) - known)


def _is_of_use(record: logging.LogRecord) -> bool:
    """Keep back the remark that a family has no bold letters where it is made of a figure of ours; never of others'."""
    return not (is_styled() and record.msg.startswith("findfont: Failed to find font weight"))


def _is_empty(family: str) -> bool:
    return family.lower().lstrip(".").startswith(_NO_LETTERS)


@cache
def _letters_in(family: str) -> frozenset[int]:
    """Return the letters that a font draws as outlines: pictures, as of most emoji, have no size that fits."""
    try:
        font = get_font(str(_families()[family]))
    except (OSError, RuntimeError, ValueError):
        return frozenset()
    return frozenset(font.get_charmap()) if font.scalable else frozenset()


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
_SVG_LETTERS = {Outline.LINETO: "l", Outline.CURVE3: "q", Outline.CURVE4: "c"}


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


def svg_path(path: Outline) -> str:
    """Return a path as SVG has it, each point from the one before, in tenths of a point.

    Examples
    --------
    >>> svg_path(Outline([(1, 2), (3, 2), (2, 4.56), (0, 0)], [1, 2, 2, 79]))
    'M10 20l20 0l-10 26z'
    """
    drawn: list[str] = []
    begin = x, y = 0, 0
    for values, code in path.iter_segments(simplify=False):
        if code == Outline.CLOSEPOLY:
            drawn.append("z")
            x, y = begin
            continue
        places = [round(float(value) * _PER_POINT) for value in values]
        if code == Outline.MOVETO:
            drawn.append(f"M{places[0]} {places[1]}")
            begin = places[0], places[1]
        else:
            steps = [place - (y if n % 2 else x) for n, place in enumerate(places)]
            if code == Outline.CURVE3 and max(abs(steps[2] - 2 * steps[0]), abs(steps[3] - 2 * steps[1])) <= _STRAIGHT:
                steps, code = steps[2:], Outline.LINETO
            drawn.append(_SVG_LETTERS[code] + " ".join(map(str, steps)).replace(" -", "-"))
        x, y = places[-2:]
    return "".join(drawn)


def _outline(x: float, y: float, text: str, size: float) -> Outline:
    text = printable(text)
    properties = FontProperties(family=list(fonts_of(text)))
    vertices, codes = text_to_path.get_text_path(properties, text, ismath=False)
    scaled = np.asarray(vertices, dtype=np.float64).reshape(-1, 2) * size / text_to_path.FONT_SCALE
    return Outline(scaled + np.array([x, y]), codes)
