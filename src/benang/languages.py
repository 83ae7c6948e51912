"""Languages: what exports call them, and what depends on the language of a text: its function words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Literal, get_args

from babel import Locale
from babel.core import get_global

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
    """Return the language from what an export calls it, or None where that is not a language Benang knows.

    Examples
    --------
    >>> text_language("en-GB"), text_language("Bahasa Indonesia"), text_language("fr")
    ('en', 'id', None)
    """
    words = name.replace("-", " ").replace("_", " ").casefold().split()
    return _NAMES.get(words[0]) if words else None


@lru_cache(maxsize=4096)
def language_code(name: str) -> str:
    """Return the ISO 639 code of a language that an export names: of two letters where there is one.

    Names are known in English and Indonesian, codes of three letters in both sets of ISO 639-2 (`deu`, `ger`); what
    follows a code (`en-GB`) is ignored. The names and codes are those of CLDR.

    Returns
    -------
    str
        Nothing where the name is unknown, or where several languages are named.

    Examples
    --------
    >>> [language_code(name) for name in ("English", "eng", "ger", "en-GB", "Jerman", "Bahasa", "en; id")]
    ['en', 'en', 'de', 'en', 'de', '', '']
    """
    known = _codes()
    written = name.strip().casefold()
    code = _REGION.match(written)
    return known.get(written) or (known.get(code[1], "") if code else "")


_REGION = re.compile(r"([a-z]{2,3})[-_]")


@cache
def _codes() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for language in ("en", "id"):
        for code, called in Locale(language).languages.items():
            names.setdefault(called.casefold(), code)
            names[code.casefold()] = code
    today = {code.casefold(): new for code, new in get_global("language_aliases").items()}
    # CLDR names variants too (American English, Traditional Chinese): those are one language here.
    codes = {name: today.get(code.casefold(), code) for name, code in names.items()} | today
    return {name: code.partition("_")[0] for name, code in codes.items()}


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
prose has 0.3 to 0.5, sentences in another language hardly 0.05: `a`, `no` and `me` occur in several."""

LEAST_WORDS = 2
"""Function words that identify a language."""


def detected_language(words: Sequence[str]) -> TextLanguage | None:
    """Return the language of a text by its function words, or None where they don't decide.

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


# The commonest function words of languages that Benang knows no terms of: enough to distinguish them from English.
_FOREIGN = {
    "de": "der die das und den dem des ein eine einer eines einem einen ist sind im zu zur zum von vom mit für auf aus "
    "bei durch über nach als auch nicht sich wird werden wurde wurden oder ihre ihrer sowie zwischen",
    "fr": "le la les des du un une et est sont dans pour par sur avec que qui ce cette ces au aux ou nous leur leurs "
    "entre plus été comme sans d l",
    "es": "el la los las un una unos del y es son en por para con que se su sus al como más entre este esta estos "
    "sobre lo ha han sin",
    "pt": "o os as um uma da das do dos e é são em no na nos nas por para com que se ao à aos como mais entre este "
    "esta sobre não foi pela pelo",
    "nl": "de het een en van op voor met dat die dit zijn werd worden wordt bij naar ook niet uit aan door als tussen "
    "over deze wij hun",
    "it": "il lo la gli le un una e è sono di del della dei delle nel nella per con che si da al alla come più tra "
    "questo questa sul sulla non i",
}


def is_other_language(words: Sequence[str]) -> bool:
    """Tell whether a text is in German, French, Spanish, Portuguese, Dutch or Italian by its function words.

    They have to be at least `LEAST_SHARE` of the words and `LEAST_WORDS` in number, and more than twice as many as
    those of English or Indonesian: names (Rio de Janeiro, van der Waals) occur in any text.

    Examples
    --------
    >>> is_other_language("die partnerschaft der städte und ihre geschichte".split())
    True
    >>> is_other_language("van der waals forces in the cities of rio de janeiro".split())
    False
    """
    most = max(sum(word in foreign for word in words) for foreign in _foreign_words())
    known = max(sum(word in own for word in words) for own in _own_function_words().values())
    return most >= max(LEAST_WORDS, LEAST_SHARE * len(words)) and most > 2 * known


def called_in(code: str, language: str) -> str:
    """Return what a language is called in another; the code where CLDR has no name for it.

    Examples
    --------
    >>> called_in("id", "en"), called_in("de", "id"), called_in("xx-none", "en")
    ('Indonesian', 'Jerman', 'xx-none')
    """
    return str(Locale(language).languages.get(code, code))


_STRETCH = 60
_LEAST_OF_TEXT = 0.2
_LATIN = re.compile(r"[a-zà-öø-ɏ]+(?:['’-][a-zà-öø-ɏ]+)*", re.IGNORECASE)


def document_languages(text: str) -> tuple[str, ...]:
    """Return the ISO 639 codes of the languages that a long text is in, the one with most of it first.

    It is taken apart into stretches of 60 words, each in the language that its function words show; a language counts
    that at least a fifth of them is in. Besides Indonesian and English they may show German, French, Spanish,
    Portuguese, Dutch and Italian; no other language is recognised.

    Examples
    --------
    >>> document_languages("Sewa lapak naik dan pedagang yang lama tidak lagi berjualan di pasar ini. " * 9)
    ('id',)
    >>> document_languages("The rent of a stall doubled, and the sellers of the market went home. " * 9)
    ('en',)
    >>> document_languages("Der Markt wurde von den Händlern mit der Stadt und für die Bürger eröffnet. " * 9)
    ('de',)
    >>> document_languages("αγορά")
    ()
    """
    words = [word.casefold() for word in _LATIN.findall(text)]
    stretches = [words[at : at + _STRETCH] for at in range(0, len(words), _STRETCH)]
    counts = Counter(language for one in stretches if (language := detected_language(one) or _foreign_language(one)))
    least = max(_LEAST_OF_TEXT * counts.total(), 1)
    return tuple(sorted((one for one in counts if counts[one] >= least), key=lambda one: (-counts[one], one)))


def _foreign_language(words: Sequence[str]) -> str | None:
    if not is_other_language(words):
        return None
    counts = {code: sum(word in own for word in words) for code, own in zip(_FOREIGN, _foreign_words(), strict=True)}
    return max(counts, key=lambda code: (counts[code], code))


def has_foreign_word(words: Sequence[str]) -> bool:
    """Tell whether a text has a function word of such a language, of three letters or more, and none of ours.

    In a few words nothing else can decide: *Kulturen des Reparierens*. Shorter ones (`de`, `la`) occur in names.

    Examples
    --------
    >>> has_foreign_word("kulturen des reparierens".split()), has_foreign_word("the rio de janeiro".split())
    (True, False)
    """
    foreign = frozenset().union(*_foreign_words())
    ours = any(word in own for word in words for own in _own_function_words().values())
    return not ours and any(len(word) > 2 and word in foreign for word in words)


@cache
def _foreign_words() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words.split()) - stop_words() for words in _FOREIGN.values())


@cache
def _own_function_words() -> dict[TextLanguage, frozenset[str]]:
    """Return the function words that are in the list of one language only."""
    both = stop_words("en") & stop_words("id")
    return {language: stop_words(language) - both for language in get_args(TextLanguage)}


@cache
def general_words(language: TextLanguage | None = None) -> frozenset[str]:
    """Return the verbs and turns of abstracts that name no topic (shows, discussed; bertujuan, menunjukkan).

    They part phrases, as function words do, where nothing distinguishes verbs from nouns.

    Examples
    --------
    >>> "bertujuan" in general_words("id"), "shows" in general_words("en"), "kota" in general_words()
    (True, True, False)
    """
    chosen = get_args(TextLanguage) if language is None else (language,)
    texts = [(resources.files("benang") / "stopwords" / f"{one}-general.txt").read_text("utf-8") for one in chosen]
    lines = [line for text in texts for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())
