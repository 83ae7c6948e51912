"""Which letters figures can draw, and with which fonts.

DejaVu Sans, which matplotlib ships, draws what it has: Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian.
Other letters come from fonts of the computer where it has them, so that only labels in these differ between computers.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import findSystemFonts, fontManager, get_font
from matplotlib.text import Text

from benang.figures.style import BASE, is_styled
from benang.looks.graphemes import BOX, note_lacking

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
        assert isinstance(text, Text)  # noqa: S101
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
