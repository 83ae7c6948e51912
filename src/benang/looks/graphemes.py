"""Letters as readers see them: none is cut in two; and those that no font of this computer has, gathered and named."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from benang.locale import translator
from benang.locale.writing import numeral

_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})
_VIRAMA = 9
"""Combining class of the signs by which letters of Indian scripts join the next one."""
_MOST = 32
"""Characters of one letter at most: no language needs more, and Unicode's annex 15 bounds streams by as many marks."""

BOX = "□"
"""Stands for a letter that no font has."""
_SHOWN = 12
_LACKING: ContextVar[set[str] | None] = ContextVar("letters that no font has", default=None)


def graphemes(text: str) -> list[str]:
    r"""Return the letters of a text as readers see them: with their marks, and what is joined to them.

    The rules are those of Unicode's annex 29 (extended grapheme clusters) for marks, joiners, emoji, flags, jamo, and
    the joined consonants of Indian scripts, in short: a mark that begins a text is one by itself.

    Examples
    --------
    >>> [len(graphemes(text)) for text in ("o\u0308l", "\U0001f469\u200d\U0001f33e!", "\u0915\u094d\u0937\u093f")]
    [2, 2, 1]
    """
    if text.isascii():
        return list(text)
    letters: list[str] = []
    for char in text:
        if letters and len(letters[-1]) < _MOST and _belongs(letters[-1], char):
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _belongs(before: str, char: str) -> bool:
    """Tell whether a character is part of the letter before it."""
    category = unicodedata.category(char)
    if category in _MARKS or char in {_JOINER, "\u200c"} or "\U0001f3fb" <= char <= "\U0001f3ff":
        return not before[0].isspace()
    last = before[-1]
    if last == _JOINER:
        return category == "So" or category.startswith("L")
    if unicodedata.combining(last) == _VIRAMA:
        return category == "Lo"
    if _is_flag(char):
        return len(before) == 1 and _is_flag(last)
    # Hangul written in jamo: vowels and finals follow what the syllable has
    return "\u1160" <= char <= "\u11ff" and ("\u1100" <= last <= "\u11ff" or "\uac00" <= last <= "\ud7a3")


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


@contextmanager
def lacking_letters(*, hands_on: bool = True) -> Iterator[set[str]]:
    """Gather the letters that figures drawn inside this show as □.

    Whoever gathers them outside it gets them too, unless `hands_on` is false: they are then reported here alone.

    Examples
    --------
    >>> with lacking_letters() as letters:
    ...     note_lacking("\u7814")
    >>> letters
    {'研'}
    """
    letters: set[str] = set()
    before = _LACKING.set(letters)
    try:
        yield letters
    finally:
        _LACKING.reset(before)
        for letter in letters if hands_on else ():
            note_lacking(letter)


def note_lacking(letter: str) -> None:
    """Note a letter that is shown as □; forgotten where they are not gathered."""
    letters = _LACKING.get()
    if letters is not None:
        letters.add(letter)


def lacking_note(letters: set[str], language: str = "en") -> str:
    """Say which letters no font has, and what to do.

    Examples
    --------
    >>> print(lacking_note({"\u7814", "\u7a76"}))
    No font on this computer has these characters, so figures show □ instead: 研 究. Install a font that has them (Noto
    Sans CJK for Chinese, Japanese and Korean, otherwise the Noto Sans of their script) and draw the figures again.
    """
    _ = translator(language)
    shown = " ".join(map(_shown, sorted(letters)[:_SHOWN]))
    if len(letters) > _SHOWN:
        shown = _("{letters} … ({n} in all)").format(letters=shown, n=numeral(len(letters), language))
    text = _(
        "No font on this computer has these characters, so figures show {box} instead: {letters}. Install a font "
        "that has them (Noto Sans CJK for Chinese, Japanese and Korean, otherwise the Noto Sans of their "
        "script) and draw the figures again."
    )
    return text.format(box=BOX, letters=shown)


def _shown(letter: str) -> str:
    """Return a letter, or its number where a terminal can't print it."""
    return letter if letter.isprintable() and not unicodedata.combining(letter) else f"U+{ord(letter):04X}"
