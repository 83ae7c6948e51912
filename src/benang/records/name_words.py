"""The words of a person's name: initials, particles, suffixes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from benang.records.spelling import folded

# These belong to the family name after them: van Eck, de la Cruz, el Baradei.
_PARTICLES = (
    "af al ap av d' da das de del della den der des di do dos du el la las le los ten ter van vom von zu zum zur"
)
BEFORE_FAMILY = frozenset(_PARTICLES.split())
"""Particles that belong to the family name after them, in lower case."""
JOINING = frozenset(["e", "i", "y"])
"""What joins two family names, in small letters: Silva e Costa, Ortega y Gasset; a capital there is an initial."""
SON_OF = frozenset(["bin", "binti", "binte", "bint", "ibn", "a/l", "a/p"])
"""Son or daughter of: a name with one in it has no family name and is cited whole, as Siti binti Umpama."""
SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
"""What may stand behind a name, in lower case."""

_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?){1,6}[^\W\d_]?")
_BARE = re.compile(r"[^\W\d_](?:-?[^\W\d_]){0,2}")
_NO_INITIALS = frozenset({"NG", "RI"})  # a family name; the Republic of Indonesia behind the name of a ministry
_VOWELS = frozenset("aeiou")

_GLUED = re.compile(r"(?<![^\W\d_])((?:[^\W\d_]\.){1,4})(?=[^\W\d_]{2})")


def is_initials(word: str, name: str) -> bool:
    """Tell whether a word of a name is initials, with full stops or bare.

    Examples
    --------
    >>> [is_initials(word, "Gao S.-P.") for word in ("S.-P.", "Gao")], is_initials("MJ", "Benton MJ")
    ([True, False], True)
    """
    return bool(_DOTTED.fullmatch(word)) or is_bare(word, name)


def is_dotted(word: str) -> bool:
    """Tell initials with full stops: `L.M.`, `S.-P.`."""
    return bool(_DOTTED.fullmatch(word))


def is_bare(word: str, name: str) -> bool:
    """Tell initials without full stops: `MJ`; in a name all in capitals only a single letter, or `XM` in `WANG XM`."""
    if word != word.upper() or word == word.lower() or not _BARE.fullmatch(word):
        return False
    if name != name.upper():
        return len(word) <= 3
    return len(word) == 1 or _ends_in_initials(word, name)


def is_lone_capital(word: str) -> bool:
    """Tell one capital letter without a full stop."""
    return len(word) == 1 and word != word.lower()


def are_capital_initials(word: str) -> bool:
    """Tell whether capitals in a name that is all in capitals are initials rather than a short name.

    Examples
    --------
    >>> are_capital_initials("XM"), are_capital_initials("XMD"), are_capital_initials("NUR")
    (True, True, False)
    """
    letters = word.replace("-", "")
    if not 0 < len(letters) <= 3 or not letters.isalpha() or letters != letters.upper() or letters == letters.lower():
        return False
    return letters not in _NO_INITIALS and (len(letters) < 3 or (word.isascii() and not has_vowel(word)))


def has_vowel(word: str) -> bool:
    """Tell a word that can be spoken, as initials seldom can."""
    return not _VOWELS.isdisjoint(folded(word)) or not word.isascii()


def spaced_initials(name: str) -> str:
    """Put a blank between initials and the name that follows them without one.

    Examples
    --------
    >>> spaced_initials("A.B.Contoh"), spaced_initials("Contoh A.B.")
    ('A.B. Contoh', 'Contoh A.B.')
    """
    return _GLUED.sub(r"\1 ", name) if "." in name else name


def is_east_asian(text: str) -> bool:
    """Tell a name in East Asian script, in which the family name stands first."""
    return all(unicodedata.east_asian_width(letter) in "WF" for letter in text if letter != " ")


def is_joining(words: Sequence[str], at: int) -> bool:
    """Tell whether the word at a place joins two family names: in small letters, or in a long name all in capitals.

    Examples
    --------
    >>> is_joining("Maria Silva e Costa".split(), 2), is_joining("Ani E Umpama".split(), 1)
    (True, False)
    """
    word = words[at]
    if word in JOINING:
        return any(one != one.lower() for one in words)  # in a name all in small letters it may be an initial
    return word == "Y" and len(words) > 3 and all(one == one.upper() for one in words)


def _ends_in_initials(word: str, name: str) -> bool:
    first, _, last = " ".join(name.split()).partition(" ")
    return last == word and len(first) > 1 and has_vowel(first) and are_capital_initials(word)
