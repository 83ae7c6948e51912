"""What depends on the language of a text: its function words."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal, get_args

TextLanguage = Literal["en", "id"]
"""The languages whose function words Benang knows: English and Indonesian."""

# As exports write them: ISO 639 codes, old and new, and names in either language.
_NAMES: dict[str, TextLanguage] = {
    "en": "en",
    "eng": "en",
    "english": "en",
    "inggris": "en",
    "id": "id",
    "ind": "id",
    "in": "id",
    "indonesian": "id",
    "indonesia": "id",
    "bahasa": "id",
}


def text_language(name: str) -> TextLanguage | None:
    """Tell the language from what an export calls it, or None where that is not a language Benang knows.

    Examples
    --------
    >>> text_language("en-GB"), text_language("Bahasa Indonesia"), text_language("fr")
    ('en', 'id', None)
    """
    words = name.replace("-", " ").replace("_", " ").casefold().split()
    return _NAMES.get(words[0]) if words else None


@cache
def stop_words(language: TextLanguage | None = None) -> frozenset[str]:
    """Return the function words of a language, or of all that Benang knows where it is None.

    They are short lists made by hand, of words that name nothing by themselves (of, the; yang, dengan): about 200 for
    each language.

    Examples
    --------
    >>> "dengan" in stop_words("id"), "dengan" in stop_words("en"), "dengan" in stop_words()
    (True, False, True)
    """
    chosen = get_args(TextLanguage) if language is None else (language,)
    texts = [(resources.files("benang") / "stopwords" / f"{one}.txt").read_text(encoding="utf-8") for one in chosen]
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())
