"""How numbers, plurals and lists are written in each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

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

    It is what `worded` returns. Files hold the English text; accounts show `in_language`.
    """

    __slots__ = ("english", "values")
    english: str
    values: Mapping[str, object]

    def in_language(self, language: str) -> str:
        """Return the text in a language, texts within it too."""
        shown = {
            name: value.in_language(language) if isinstance(value, Worded) else value
            for name, value in self.values.items()
        }
        return translator(language)(self.english).format(**shown)


def worded(english: str, **values: object) -> Worded:
    """Return a text in English which is also known in Indonesian, filled in with values.

    Examples
    --------
    >>> where = worded("page {n}", n=2)
    >>> where, where.in_language("id")
    ('page 2', 'halaman 2')
    """
    text = Worded(english.format(**values))
    text.english, text.values = english, values
    return text


def in_language(text: str, language: str) -> str:
    """Return a text in a language; one that is not `Worded` stays as it is.

    Examples
    --------
    >>> in_language(worded("page {n}", n=2), "id"), in_language("page 2", "id")
    ('halaman 2', 'page 2')
    """
    return text.in_language(language) if isinstance(text, Worded) else text


_BETWEEN = re.compile("(, | and |; )")


def reason_in(reason: str, language: str) -> str:
    """Return a reason in a language: as a whole, or part by part of what commas, semicolons and "and" join.

    A part without a translation stays English.

    Examples
    --------
    >>> reason_in("same title, first author and year", "id"), reason_in("plural", "en")
    ('judul sama, penulis pertama dan tahun', 'plural')
    """
    _ = translator(language)
    whole = _(reason)
    if whole != reason:
        return whole
    return "".join(
        _(" and ") if part == " and " else part if at % 2 else _(part) for at, part in enumerate(_BETWEEN.split(reason))
    )
