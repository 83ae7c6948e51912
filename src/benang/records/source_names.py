"""Names of sources: how a corpus writes them where an export prints capitals, and whether two of them mean one source.

Web of Science prints sources in capitals, which are shown as journals print them. Two names mean one source in full,
abbreviated, as an acronym, with a place or without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from benang.records.capitals import is_loud, is_mixed, source_case, words_of
from benang.records.spelling import folded, label_key, usual_spelling

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


@dataclass(frozen=True, slots=True)
class SourceNames:
    """Spellings of whole names, by `label_key`, and of words with inner capitals, by the word in capitals.

    `known` keeps what was asked, since many records have one source.
    """

    names: Mapping[str, str]
    words: Mapping[str, str]
    known: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False, compare=False)

    def shown(self, source: str, *, tells: bool = False) -> str:
        """Return a name in capitals as the corpus writes it elsewhere, else as names are written; others as they are.

        Whether capitals `tell` of an acronym is a matter of who wrote the name (`source_case`).

        Examples
        --------
        >>> names = source_names(["Spine", "ACS Nano", "JOURNAL OF TOWNS"])
        >>> names.shown("SPINE"), names.shown("ACS CENT SCI"), names.shown("IEEE T MAGN"), names.shown("Spine")
        ('Spine', 'ACS Cent Sci', 'IEEE T Magn', 'Spine')
        """
        if not source.isupper() and (tells or not is_loud(source)):
            return source
        asked = (source, tells)
        if asked not in self.known:
            name = self.names.get(label_key(source)) or source_case(source, spellings=self.words, tells=tells)
            self.known[asked] = name
        return self.known[asked]


NO_NAMES = SourceNames({}, {})


def source_names(written: Iterable[str], acronyms: Iterable[str] = ()) -> SourceNames:
    """Learn from the names that are not in capitals; of several spellings the most frequent counts.

    `acronyms` are names in capitals that are known to be written so.
    """
    counts = Counter(name for name in written if name and not name.isupper() and not is_loud(name))
    counts.update(acronyms)
    several: dict[str, dict[str, int]] = {}
    words: dict[str, dict[str, int]] = {}
    for name, count in counts.items():
        several.setdefault(label_key(name), {})[" ".join(name.split())] = count
        for word in words_of(name):
            forms = words.setdefault(word.upper(), {})
            forms[word] = forms.get(word, 0) + count
    usual = {capital: usual_spelling(forms) for capital, forms in words.items() if any(map(is_mixed, forms))}
    return SourceNames(
        {key: usual_spelling(spellings) for key, spellings in several.items()},
        {capital: word for capital, word in usual.items() if is_mixed(word)},
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
def _same(one: str, other: str) -> bool:
    if _is_acronym(one, other) or _is_acronym(other, one):
        return True
    cut = any(name.rstrip().endswith(("...", "…")) for name in (one, other))
    return any(_same_words(_words(one, whole), _words(other, whole), cut) for whole in (False, True))


def _is_acronym(short: str, long: str) -> bool:
    letters = "".join(_WORD.findall(folded(short[:500])))
    words = _WORD.findall(folded(_IN_BRACKETS.sub(" ", long[:500])))
    if not 2 <= len(letters) <= 8 or len(words) < len(letters):
        return False
    telling = [word for word in words if word in {"journal"} or word not in _SMALL]
    return letters in {"".join(word[0] for word in telling), "".join(word[0] for word in words)}


def _same_words(a: tuple[str, ...], b: tuple[str, ...], cut: bool) -> bool:
    if not a or not b:
        return False
    if a == b or (cut and _begins(a, b)):
        return True
    if len(a) == len(b) and all(_abbreviates(x, y) for x, y in zip(a, b, strict=True)):
        return True
    return fuzz.ratio(" ".join(a), " ".join(b)) >= 92


def _begins(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted(("".join(one), "".join(other)), key=len)
    return len(short) >= 6 and long.startswith(short)


def _abbreviates(one: str, other: str) -> bool:
    """Tell whether a word is the other's beginning, or its consonants: `infect` and `infection`, `natl`, `national`."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return True
    if short[0] != long[0] or len(short) > 5:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


@lru_cache(maxsize=1 << 18)
def _words(name: str, whole: bool) -> tuple[str, ...]:
    """Return the words that distinguish a source, without brackets and subtitle unless the `whole` is wanted."""
    text = folded(name[:500]).replace("&", " and ")
    shorter = "" if whole else _BEHIND.sub("", _IN_BRACKETS.sub(" ", text).strip())
    words = _WORD.findall(shorter) or _WORD.findall(text)
    return tuple([word for word in words if word not in _SMALL]) or tuple(words)


@lru_cache(maxsize=1 << 17)
def _names(name: str) -> tuple[str, ...]:
    """Return the names that a source goes by: `Kota [City]` and `Kota = City` give both."""
    pieces = [piece.strip(" ]") for piece in re.split(r"\[| = ", name[:500])]
    return (name, *(piece for piece in pieces if len(piece) > 3)) if len(pieces) == 2 else (name,)


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
