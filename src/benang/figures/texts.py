"""The words on figures, in English and Indonesian; a caller may put others in their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from babel.numbers import format_decimal
from matplotlib.font_manager import get_font

from benang.errors import BenangError, Problem, nearest
from benang.figures.svg_text import font_file

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "small_corpus": "Small corpus: {n} {unit}. Read the map as an illustration, not as a structure of the field.",
        "assigned_keywords": "Keywords assigned for this review, not by the authors.",
        "counts": "{items}, {links}, {clusters}.",
        "counts_without_links": "{items}, {clusters}.",
        "strongest_links": "Drawn are the {shown} strongest of {links}.",
        "unnamed": "Not named: {items}, for want of room.",
        "letters": "□ stands for a letter that the figure's font lacks.",
        "no_score": "no value: {items}",
        "no_year": "no year: {items}",
        "item": "{n} item", "items": "{n} items",
        "link": "{n} link", "links": "{n} links",
        "cluster": "{n} cluster", "clusters": "{n} clusters",
        "record": "record", "records": "records",
        "case": "case", "cases": "cases",
        "divide by mean": "1 = mean", "subtract mean": "0 = mean", "z-score": "standard deviations from the mean",
        "density": "Density",
        "density_low": "low", "density_high": "high",
        "Avg. pub. year": "Average year of publication",
        "Avg. citations": "Average citations",
        "Avg. norm. citations": "Average normalised citations",
    },
    "id": {
        "small_corpus": "Korpus kecil: {n} {unit}. Bacalah peta ini sebagai ilustrasi, bukan sebagai struktur bidang.",
        "assigned_keywords": "Kata kunci diberikan untuk tinjauan ini, bukan oleh para penulisnya.",
        "counts": "{items}, {links}, {clusters}.",
        "counts_without_links": "{items}, {clusters}.",
        "strongest_links": "Digambar {shown} yang terkuat dari {links}.",
        "unnamed": "Tanpa nama karena kurang tempat: {items}.",
        "letters": "□ mengganti huruf yang tidak ada dalam fon gambar ini.",
        "no_score": "tanpa nilai: {items}",
        "no_year": "tanpa tahun: {items}",
        "item": "{n} butir", "items": "{n} butir",
        "link": "{n} tautan", "links": "{n} tautan",
        "cluster": "{n} klaster", "clusters": "{n} klaster",
        "record": "rekaman", "records": "rekaman",
        "case": "kasus", "cases": "kasus",
        "divide by mean": "1 = rata-rata", "subtract mean": "0 = rata-rata",
        "z-score": "simpangan baku dari rata-rata",
        "density": "Kepadatan",
        "density_low": "rendah", "density_high": "tinggi",
        "Occurrences": "Kemunculan", "Documents": "Dokumen", "Cases": "Kasus", "Studies": "Studi",
        "Citations": "Sitasi", "Links": "Tautan",
        "Total link strength": "Kekuatan tautan total",
        "Avg. pub. year": "Rata-rata tahun terbit",
        "Avg. citations": "Rata-rata sitasi",
        "Avg. norm. citations": "Rata-rata sitasi ternormalisasi",
    },
}


class Words:
    """The words of one language, with its way of writing numbers.

    Examples
    --------
    >>> Words("en").count(1234, "link"), Words("id").count(1234, "link"), Words("en").count(1, "link")
    ('1,234 links', '1.234 tautan', '1 link')
    >>> Words("en")("Documents")  # a name that needs no translation stays
    'Documents'
    """

    def __init__(self, language: str = "en", overrides: Mapping[str, str] | None = None) -> None:
        if language not in _TEXTS:
            raise BenangError(Problem(f"'{language}'", where="language", expected="a language of Benang",
                                      way_on=nearest(language, _TEXTS)))
        self.language = language
        self._texts = {**_TEXTS[language], **(overrides or {})}

    def __call__(self, key: str, **values: object) -> str:
        """Return a text by its key, filled in; a key without a text is the text."""
        text = self._texts.get(key, key)
        return text.format(**values) if values else text

    def number(self, value: float, decimals: int | None = None) -> str:
        """Return a number as the language writes it; without `decimals`, as many as it needs, at most three."""
        pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
        return str(format_decimal(value, pattern, locale=self.language))

    def count(self, n: int, noun: str) -> str:
        """Return a number with its noun, singular or plural."""
        return self(noun if n == 1 else f"{noun}s", n=self.number(n))


@lru_cache(maxsize=1)
def _drawable() -> frozenset[int]:
    return frozenset(get_font(str(font_file())).get_charmap())


def printable(text: str) -> str:
    """Return a text in letters that the figures' font has: a like letter where there is one, else □.

    DejaVu Sans has Latin, Greek, Cyrillic, Arabic, Armenian and Georgian letters, but no Chinese, Japanese or Korean.

    Examples
    --------
    >>> printable("kerja sama"), printable("ＡＢ１"), printable("研究")
    ('kerja sama', 'AB1', '□□')
    """
    letters = _drawable()
    return "".join(_nearest_letters(char, letters) for char in text)


def _nearest_letters(char: str, letters: frozenset[int]) -> str:
    if ord(char) in letters:
        return char
    category = unicodedata.category(char)
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return " "
    if category in {"Cf", "Mn", "Me"}:  # joiners and marks without a glyph: nothing to see
        return ""
    like = unicodedata.normalize("NFKC", char)
    return like if all(ord(c) in letters for c in like) else "□"
