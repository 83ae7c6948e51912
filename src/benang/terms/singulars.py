"""The singular of a noun, where it is a word; names and words of the plural only stay as they are."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from babel import Locale

from benang.records import spelling
from benang.terms.tag_model import english


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PLURAL_ONLY = _words(
    """
    people bacteria odds means news goods savings earnings proceeds customs clothes remains surroundings outskirts
    belongings thanks headquarters whereabouts scissors trousers pants tweezers forceps biceps triceps quadriceps
    rickets measles mumps rabies scabies caries herpes hives menses feces faeces shingles ascites genitals
    humanities commons crossroads barracks mathematics athletics gymnastics gallows innings alms alps andes balkans
    series species facies rabies diabetes sequelae auspices annals riches amends doldrums throes lens yes albicans
    regimen specimen abdomen acumen lumen stamen hymen bitumen cerumen albumen yemen ramen
    elegans sapiens nidulans mutans radiodurans kudos ethos pathos chaos cosmos logos pancreas atlas bias alias gas
    plus minus canvas christmas texas kansas tapas
    """
)
_SINGULAR_ENDINGS = (
    "ics", "ous", "ss", "us", "is", "species", "series", "monas", "myces", "ceps",
)  # fmt: skip
"""What ends like this is no plural: fields, adjectives, names of bacteria and fungi, muscles."""

_NOUN_ENDINGS = re.compile(
    r"(?:tion|sion|ment|ness|ship|hood|ity|ety|ism|ist|ance|ence|ancy|ency|[ae]nt|[bcdfghklmnpqrstvwxyz]er|[dlnrst]or|eer|"
    r"age|ian|yte|body|ture|ide|ine|ase|ose|ite|oid|gram|graph|graphy|logy|logue|meter|metre|scope|pathy|tomy|cyte|phone|phobia|"
    r"work|ware|line|house|land|book|maker|holder|ium|gen|ane|ene|yne|one|ol|cy|ry|dom|ette|let|ling)$"
)
"""Endings by which a word of six letters or more is a noun, though no text has shown it."""

_ACRONYM = re.compile(r"(?:[A-Z]{2,}|[A-Z][a-z]?[A-Z]+)s")
"""A plural of capitals: GMOs, HAIs, PhDs."""

_COMPOUND = re.compile(r"([a-z]{3,})(women|men|wives|children|mice|teeth|feet|lives|knives)")
_PLURAL_ENDINGS = ("s", "men", "children", "mice", "teeth", "feet")
_GREEK = ("oses", "yses", "eses", "tases")
_MARKS = re.compile(r"[-‐‑–'’.&/]")
_SHORTEST = 6
_FEW = 10  # a word that is a noun in less than one of ten cases is another word: new, odd
_FEWEST_LETTERS = 4


def has_capitals(word: str) -> bool:
    """Tell whether a word has capitals beyond its first letter: an acronym, or a name such as SmartPLS."""
    return any(letter.isupper() for letter in word[1:])


def may_be_plural(word: str) -> bool:
    """Tell whether a word has the form of a plural, so that it is worth asking for its singular."""
    return word.endswith(_PLURAL_ENDINGS) or word in spelling.IRREGULAR


@cache
def _names() -> dict[str, list[tuple[str, ...]]]:
    """Return names of countries and regions that end like a plural, as rows of words by their last word."""
    names: dict[str, list[tuple[str, ...]]] = {}
    territories = {name.replace("&", "and") for name in Locale("en").territories.values() if name.endswith("s")}
    for name in sorted({*territories, "United Nations", "European Communities", "Low Countries", "West Indies"}):
        words = tuple(re.findall(r"[^\W_]+", name.lower()))
        names.setdefault(words[-1], []).append(words)
    return names


def is_plural_name(words: list[str]) -> bool:
    """Tell whether words in lower case end with a name that is a plural by form.

    Examples
    --------
    >>> is_plural_name(["western", "united", "states"]), is_plural_name(["netherlands"]), is_plural_name(["states"])
    (True, True, False)
    """
    return any(tuple(words[-len(name) :]) == name for name in _names().get(words[-1], ()))


def singular(word: str, known: Collection[str] = ()) -> str:
    """Return the singular of a noun in lower case where it is a word, else the noun itself.

    By the rules of spelling that labels are compared by (`spelling.singular`). A singular is a word if the tagger's
    counts have it as a noun or its plural as a plural; a word that they lack, if it is among `known` (the words of a
    corpus's phrases) or ends as nouns do.

    Examples
    --------
    >>> [singular(word) for word in ("cities", "analyses", "boxes", "processes", "databases", "cookies", "respondents")]
    ['city', 'analysis', 'box', 'process', 'database', 'cookie', 'respondent']
    >>> [singular(word) for word in ("physics", "bias", "odds", "news", "hypothesis", "species", "nhanes")]
    ['physics', 'bias', 'odds', 'news', 'hypothesis', 'species', 'nhanes']
    >>> singular("kiosks"), singular("kiosks", {"kiosk"})
    ('kiosks', 'kiosk')
    """
    one = _candidate(word)
    if one == word or not word.endswith("s") or word in spelling.IRREGULAR or one.endswith(("sis", "wife", "life")):
        return one
    return one if _is_plural(word) or _is_noun(one, one in known) else word


@lru_cache(maxsize=65_536)
def _candidate(word: str) -> str:
    if word in _PLURAL_ONLY:
        return word
    if word in spelling.IRREGULAR:
        return spelling.IRREGULAR[word]
    if match := _COMPOUND.fullmatch(word):
        return match[1] + spelling.IRREGULAR[match[2]]
    if word.endswith(_GREEK) and not english().words.get(word[:-1], {}).get("N"):
        return f"{word[:-2]}is"  # zoonoses, prostheses
    return word if len(word) < _FEWEST_LETTERS or word.endswith(_SINGULAR_ENDINGS) else spelling.singular(word)


def _is_plural(word: str) -> bool:
    """Tell whether the tagger's counts have a word as a plural."""
    return english().words.get(word, {}).get("L", 0) > 1 and english().number(word) == "L"


@lru_cache(maxsize=65_536)
def _is_noun(word: str, known: bool) -> bool:
    """Tell whether English has a noun: by the tagger's counts, else by a corpus, else by what nouns end with."""
    seen = english().words.get(word, {})
    if seen:
        return seen.get("N", 0) * _FEW >= sum(seen.values())
    return known or word in spelling.IN_IE or (len(word) >= _SHORTEST and _NOUN_ENDINGS.search(word) is not None)


def phrase_singular(words: list[str], printed: str, known: Collection[str] = ()) -> str:
    """Return the last of a phrase's words (in lower case) in the singular.

    `printed` is the end of the phrase up to the last blank, as it was printed. Acronyms lose their small *s* (GMOs) and
    no other (NHANES); names stay.

    Examples
    --------
    >>> [phrase_singular([word.lower()], word) for word in ("GMOs", "NHANES", "SmartPLS")]
    ['gmo', 'nhanes', 'smartpls']
    """
    last = words[-1]
    whole, printed = printed.lower(), _MARKS.split(printed)[-1]
    if has_capitals(printed) and not printed.isupper():
        return last[:-1] if _ACRONYM.fullmatch(printed) else last
    if printed.isupper() or is_plural_name(words) or "-of-" in whole:
        return last  # internet-of-things
    if last == "aids" and len(words) > 1:
        return "aid"  # hearing aids; AIDS has capitals
    if whole != last and (_is_plural(whole) or whole[:-1] in english().words):
        return spelling.singular(last)  # trade-offs
    return singular(last, known)
