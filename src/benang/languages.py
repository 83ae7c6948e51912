"""What depends on the language of a text: its function words."""

from __future__ import annotations

from collections.abc import Sequence
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


LEAST_SHARE = 0.12
"""Share of a text's words that have to be function words of a language for it to be in it. English and Indonesian
prose has 0.3 to 0.5, sentences in another language hardly 0.05: `a`, `no` and `me` stand in several."""

LEAST_WORDS = 2
"""Function words that tell a language."""


def detected_language(words: Sequence[str]) -> TextLanguage | None:
    """Tell the language of a text from its function words, or None where they don't tell.

    It is the language with the most function words, words of both lists left out, if these are at least `LEAST_SHARE`
    of the words and `LEAST_WORDS` in number, and twice as many as those of the other language.

    Examples
    --------
    >>> detected_language("the role of cities in foreign policy".split())
    'en'
    >>> detected_language("peran kota dalam hubungan luar negeri yang baru".split())
    'id'
    >>> detected_language("Sister City Bandung Braunschweig".split()) is None
    True
    """
    lists = _own_function_words()
    counts = {language: sum(word in lists[language] for word in words) for language in lists}
    first, second = sorted(counts, key=lambda language: (-counts[language], language))[:2]
    most = counts[first]
    if most < LEAST_WORDS or most < LEAST_SHARE * len(words) or most < 2 * counts[second]:
        return None
    return first


@cache
def _own_function_words() -> dict[TextLanguage, frozenset[str]]:
    """Return the function words that stand in the list of one language only."""
    both = stop_words("en") & stop_words("id")
    return {language: stop_words(language) - both for language in get_args(TextLanguage)}


@cache
def general_words(language: TextLanguage | None = None) -> frozenset[str]:
    """Return the verbs and turns of abstracts that name no topic (shows, discussed; bertujuan, menunjukkan).

    They part phrases, as function words do, where nothing tells verbs from nouns.

    Examples
    --------
    >>> "bertujuan" in general_words("id"), "shows" in general_words("en"), "kota" in general_words()
    (True, True, False)
    """
    chosen = get_args(TextLanguage) if language is None else (language,)
    texts = [(resources.files("benang") / "stopwords" / f"{one}-general.txt").read_text("utf-8") for one in chosen]
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())
