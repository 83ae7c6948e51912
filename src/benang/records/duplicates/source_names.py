"""Whether two names are those of one source: in full, abbreviated, as an acronym, with a place or without."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from benang.records.spelling import folded

_SMALL_WORDS = (
    "a an and the of in on for to with by from at y e et und der die das de des du la le les del di da van dan dalam "
    "fur for och og i journal jour journ jurnal j"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BEHIND = re.compile(r"\s*(?::|;|/|=|\. | - | – ).*$")
_PREPRINT = re.compile(r"\b(?:[a-z]{0,6}r?xiv|ssrn|preprints?|research square|osf)\b|working paper")
_MEETING = re.compile(
    r"\b(?:proceedings?|proc|conference|conf|symposium|symp|congress|workshop|lecture notes|prosiding|seminar)\b"
)
# The Proceedings of an academy or society are a journal.
_SOCIETY = re.compile(
    r"\b(?:national academy|natl acad|proc natl|royal society|r soc|institution of|inst|society|soc)\b"
)


def same_source(one: str, other: str) -> bool | None:
    """Tell whether two names mean one source; None where a name is missing.

    Examples
    --------
    >>> same_source("Am J Infect Control", "American Journal of Infection Control")
    True
    >>> same_source("Ecosyst. Health Sustain.", "Ecosystem Health and Sustainability")
    True
    >>> same_source("JAMA", "Journal of the American Medical Association")
    True
    >>> same_source("Lancet (London, England)", "The Lancet")
    True
    >>> same_source("Value in Health", "Antimicrobial Resistance and Infection Control"), same_source("", "Lancet")
    (False, None)
    """
    if not one or not other:
        return None
    return one == other or any(_same(*sorted((a, b))) for a in _names(one) for b in _names(other))


@lru_cache(maxsize=1 << 17)
def _names(name: str) -> tuple[str, ...]:
    """Return the names that a source goes by: `Kota [City]` and `Kota = City` give both."""
    pieces = [piece.strip(" ]") for piece in re.split(r"\[| = ", name[:500])]
    return (name, *(piece for piece in pieces if len(piece) > 3)) if len(pieces) == 2 else (name,)


@lru_cache(maxsize=1 << 17)
def _same(one: str, other: str) -> bool:
    if _is_acronym(one, other) or _is_acronym(other, one):
        return True
    cut = any(name.rstrip().endswith(("...", "…")) for name in (one, other))
    return any(_same_words(_words(one, whole), _words(other, whole), cut) for whole in (False, True))


def _same_words(a: tuple[str, ...], b: tuple[str, ...], cut: bool) -> bool:
    if not a or not b:
        return False
    if a == b or (cut and _begins(a, b)):
        return True
    if len(a) == len(b) and all(_abbreviates(x, y) for x, y in zip(a, b, strict=True)):
        return True
    return fuzz.ratio(" ".join(a), " ".join(b)) >= 92


@lru_cache(maxsize=1 << 18)
def _words(name: str, whole: bool) -> tuple[str, ...]:
    """Return the words that tell a source from others, where not the whole is wanted without brackets and subtitle."""
    text = folded(name[:500]).replace("&", " and ")
    shorter = "" if whole else _BEHIND.sub("", _IN_BRACKETS.sub(" ", text).strip())
    words = _WORD.findall(shorter) or _WORD.findall(text)
    return tuple([word for word in words if word not in _SMALL]) or tuple(words)


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether a word is the other's beginning, or its consonants: `infect` and `infection`, `natl`, `national`."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if short[0] != long[0] or len(short) > 5:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted(("".join(one), "".join(other)), key=len)
    return len(short) >= 6 and long.startswith(short)


def _is_acronym(short: str, long: str) -> bool:
    letters = "".join(_WORD.findall(folded(short[:500])))
    words = _WORD.findall(folded(_IN_BRACKETS.sub(" ", long[:500])))
    if not 2 <= len(letters) <= 8 or len(words) < len(letters):
        return False
    telling = [word for word in words if word in {"journal"} or word not in _SMALL]
    return letters in {"".join(word[0] for word in telling), "".join(word[0] for word in words)}


@lru_cache(maxsize=1 << 17)
def sort_of_source(name: str) -> str:
    """Return `preprint` or `meeting` for a name that says so, else nothing.

    Examples
    --------
    >>> sort_of_source("bioRxiv"), sort_of_source("Proceedings of the 3rd Conference on Cities"), sort_of_source("Kota")
    ('preprint', 'meeting', '')
    """
    text = folded(name[:500])
    if _PREPRINT.search(text):
        return "preprint"
    return "meeting" if _MEETING.search(text) and not _SOCIETY.search(text) else ""
