"""The letters that no font of this computer has, gathered while figures are drawn, and what is said of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

BOX = "□"
"""Stands for a letter that no font has."""

_SHOWN = 12
_LACKING: ContextVar[set[str] | None] = ContextVar("letters that no font has", default=None)


@contextmanager
def lacking_letters() -> Iterator[set[str]]:
    """Gather the letters that figures drawn inside this show as □; who gathers them outside it gets them, too.

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
        for letter in letters:
            note_lacking(letter)


def note_lacking(letter: str) -> None:
    """Note a letter that is shown as □; forgotten where nobody gathers them."""
    letters = _LACKING.get()
    if letters is not None:
        letters.add(letter)


def lacking_note(letters: set[str]) -> str:
    """Say which letters no font has, and what to do.

    Examples
    --------
    >>> print(lacking_note({"\u7814", "\u7a76"}))
    No font on this computer has these letters, and figures show □ for them: 研 究. Install a font that has them (Noto
    Sans CJK for Chinese, Japanese and Korean, else the Noto Sans of their script) and draw the figures again.
    """
    shown = " ".join(map(_shown, sorted(letters)[:_SHOWN]))
    more = f" … ({len(letters):,} in all)" if len(letters) > _SHOWN else ""
    return (
        f"No font on this computer has these letters, and figures show {BOX} for them: {shown}{more}. "
        "Install a font that has them (Noto Sans CJK for Chinese, Japanese and Korean, else the Noto Sans of their "
        "script) and draw the figures again."
    )


def _shown(letter: str) -> str:
    """Return a letter, or its number where a terminal can't print it."""
    return letter if letter.isprintable() and not unicodedata.combining(letter) else f"U+{ord(letter):04X}"
