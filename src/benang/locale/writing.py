"""How numbers, plurals, lists and messages are written in each language; and letters, of which none is cut in two."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from numbers import Real
from typing import Any

from benang.locale import catalogue, translator

_SWAPPED = str.maketrans({",": ".", ".": ","})
_MOST_DECIMALS = 3


def numeral(value: float, language: str, decimals: int | None = None, *, is_grouped: bool = True) -> str:
    """Write a number with marks between the thousands (unless `is_grouped` is False: a year) and a true minus sign.

    Without `decimals` it has as many as it needs, at most three.

    Examples
    --------
    >>> numeral(12500, "en"), numeral(12500, "id"), numeral(2.5, "id"), numeral(0.546, "en", 2)
    ('12,500', '12.500', '2,5', '0.55')
    >>> numeral(-65009.0351, "en", 3), numeral(2019.5, "id", 1, is_grouped=False)
    ('−65,009.035', '2019,5')
    """
    digits = f"{abs(value):{',' if is_grouped else ''}.{_MOST_DECIMALS if decimals is None else decimals}f}"
    if decimals is None:
        digits = digits.rstrip("0").rstrip(".")
    sign = "−" if value < 0 and digits.strip("0.,") else ""
    return sign + (digits.translate(_SWAPPED) if language == "id" else digits)


def counted(singular: str, plural: str, n: float, language: str) -> str:
    """Return the form of a word that goes with a number; Indonesian has one form.

    Examples
    --------
    >>> counted("case", "cases", 1, "en"), counted("case", "cases", 0, "en"), counted("case", "cases", 5, "id")
    ('case', 'cases', 'kasus')
    """
    return catalogue(language).ngettext(singular, plural, 1 if n == 1 else 2)


def listed(words: Iterable[str], language: str) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["a", "b", "c"], "en"), listed(["a", "b"], "id"), listed(["a"], "en"), listed([], "en")
    ('a, b and c', 'a dan b', 'a', '')
    """
    _ = translator(language)
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


class Worded(str):
    """A text in English that can be shown in other languages: what it was made of is kept.

    It is what `worded` returns. Files hold the English text; messages and accounts show `in_language`.
    """

    __slots__ = ("english", "plural", "values")
    english: str
    plural: str
    values: Mapping[str, object]

    def in_language(self, language: str) -> str:
        """Return the text in a language, texts and numbers within it too."""
        return _Writer(language).vformat(_in_catalogue(self, language), (), self.values)

    def with_values(self, change: Callable[[str], str]) -> Worded:
        """Return the same text with each text filled into it changed, also within those that are `Worded`."""
        values = {name: _changed(value, change) for name, value in self.values.items()}
        return worded(self.english, self.plural, **values)


def _in_catalogue(text: Worded, language: str) -> str:
    known = catalogue(language)
    if not text.plural:
        return known.gettext(text.english) if text.english else ""
    return known.ngettext(text.english, text.plural, 1 if text.values["n"] == 1 else 2)


def _changed(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, list | tuple):
        return [_changed(one, change) for one in value]
    if isinstance(value, Worded):
        return value.with_values(change)
    return change(value) if isinstance(value, str) else value


class _Writer(string.Formatter):
    """Fills values into a text as its language writes them: texts, lists of them, and numbers."""

    def __init__(self, language: str) -> None:
        self._language = language

    def convert_field(self, value: object, conversion: str | None) -> Any:
        if isinstance(value, list | tuple):
            return listed((str(self.convert_field(one, None)) for one in value), self._language)
        if isinstance(value, str):
            value = in_language(value, self._language)
        return super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> Any:
        written = super().format_field(value, format_spec)
        is_number = isinstance(value, Real) and self._language == "id"
        return written.translate(_SWAPPED) if is_number else written


def worded(english: str, plural: str = "", /, **values: object) -> Worded:
    """Return a text in English which is also known in Indonesian, filled in with values as `str.format` does.

    With `plural` it is the form that goes with the value `n`. Values may be `Worded` themselves, and lists, which are
    written as lists of the language. Numbers have the marks that their language has.

    Examples
    --------
    >>> where = worded("page {n}", n=2)
    >>> where, where.in_language("id")
    ('page 2', 'halaman 2')
    >>> worded("{n:,} case", "{n:,} cases", n=1), worded("{n:,} case", "{n:,} cases", n=1200)
    ('1 case', '1,200 cases')
    >>> worded("{places}: {share:.1f}", places=[where, "a.ris"], share=0.5).in_language("id")
    'halaman 2 dan a.ris: 0,5'
    """
    form = plural if plural and values["n"] != 1 else english
    lists = any(isinstance(value, list | tuple) for value in values.values())
    text = Worded(_Writer("en").vformat(form, (), values) if lists else form.format_map(values))
    text.english, text.plural, text.values = english, plural, values
    return text


def joined(parts: Iterable[str], between: str = ", ") -> Worded:
    """Join texts, of which some or all are `Worded`, so that each keeps its languages.

    Examples
    --------
    >>> joined([worded("page {n}", n=2), "b"], "; ").in_language("id")
    'halaman 2; b'
    """
    values = {f"part{number}": part for number, part in enumerate(parts)}
    return worded(between.replace("{", "{{").replace("}", "}}").join(f"{{{name}}}" for name in values), **values)


def alternatives(parts: Iterable[str]) -> Worded:
    """Join texts by "or", so that each keeps its languages.

    Examples
    --------
    >>> alternatives(["a", "b", "c"])
    'a, b or c'
    """
    *first, last = parts
    return worded("{first} or {last}", first=joined(first), last=last) if first else joined([last])


def as_worded(text: str) -> Worded:
    """Return a text that is known to the catalogue as a whole as `Worded`, so that it can be filled into another one.

    Examples
    --------
    >>> as_worded("plural").in_language("id"), as_worded("a {brace}")
    ('jamak', 'a {brace}')
    """
    return text if isinstance(text, Worded) else worded(text.replace("{", "{{").replace("}", "}}"))


def in_language(text: str, language: str) -> str:
    """Return a text in a language; one that is not `Worded` stays as it is.

    Examples
    --------
    >>> in_language(worded("page {n}", n=2), "id"), in_language("page 2", "id")
    ('halaman 2', 'page 2')
    """
    return text.in_language(language) if isinstance(text, Worded) else text


def message_in(text: str, language: str) -> str:
    """Return a part of a message in a language: one that is not `Worded` as the catalogue has it, if it does.

    Examples
    --------
    >>> message_in(worded("page {n}", n=2), "id"), message_in("plural", "id"), message_in("", "id")
    ('halaman 2', 'jamak', '')
    """
    if isinstance(text, Worded):
        return text.in_language(language)
    return translator(language)(text) if text else ""


_BETWEEN = re.compile("(, | and |; )")


def reason_in(reason: str, language: str) -> str:
    """Return a reason in a language: as a whole, or part by part of what commas, semicolons and "and" join.

    A part without a translation stays English.

    Examples
    --------
    >>> reason_in("same title, first author and year", "id"), reason_in("plural", "en")
    ('judul sama, penulis pertama dan tahun', 'plural')
    """
    if isinstance(reason, Worded):
        return reason.in_language(language)
    _ = translator(language)
    whole = _(reason)
    if whole != reason:
        return whole
    return "".join(
        _(" and ") if part == " and " else part if at % 2 else _(part) for at, part in enumerate(_BETWEEN.split(reason))
    )


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
