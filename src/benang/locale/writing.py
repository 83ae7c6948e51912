"""How numbers, plurals and lists are written in each language."""

from __future__ import annotations

from collections.abc import Iterable

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
    said = f"{abs(value):{',' if is_grouped else ''}.{_MOST_DECIMALS if decimals is None else decimals}f}"
    if decimals is None:
        said = said.rstrip("0").rstrip(".")
    sign = "−" if value < 0 and said.strip("0.,") else ""
    return sign + (said.translate(_SWAPPED) if language == "id" else said)


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
    held = list(words)
    if len(held) < 2:
        return "".join(held)
    return _("%(first)s and %(last)s") % {"first": ", ".join(held[:-1]), "last": held[-1]}
