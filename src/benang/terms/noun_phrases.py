"""English noun phrases, as VOSviewer makes them: the longest run of nouns and adjectives that ends in a noun.

The phrases of a corpus are a table: in which records each occurs, how it is printed, and which of them are one term.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import numpy as np

from benang.records.spelling import folded, usual_spelling
from benang.terms.english_words import english, may_be_plural, phrase_singular
from benang.terms.tagging import TOKEN, UNIT_TERMS, in_capitals, measured

_APOSTROPHES = frozenset(("'", "’"))
_TURNS = {
    "order": ("in",), "addition": ("in",), "terms": ("in",), "contrast": ("in", "by"), "fact": ("in",), "view": ("in",),
    "particular": ("in",), "general": ("in",), "spite": ("in",), "light": ("in",), "case": ("in",), "turn": ("in",),
    "account": ("into", "of"), "consideration": ("into",), "respect": ("with", "in"), "regard": ("with", "in"),
    "means": ("by",), "way": ("this", "the"), "hand": ("one", "other"), "example": ("for",), "instance": ("for",),
    "use": ("the", "make"), "number": ("a", "the"), "basis": ("the",), "presence": ("the",), "lack": ("the", "a"),
    "result": ("a",), "variety": ("a",), "range": ("a", "wide"), "set": ("a",), "kind": ("this",), "part": ("a", "as"),
    "total": ("a",), "cent": ("per",),
}  # fmt: skip
"""Nouns that name nothing after these words: in order to, take into account, on the other hand, a number of."""

_LEFT_OUT = "'’.&()"
_PLAIN = {at: None if chr(at) in _LEFT_OUT else " " for at in range(128) if not chr(at).isalnum()}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BREAKING = _words(
    """
    all another any both different each either every few fewer fewest least less little many more most much neither
    other same several some such various
    """
)
"""Adjectives that are part of no noun phrase (VOSviewer manual 1.6.18)."""

LABEL_TERMS = _words(
    """
    abstract aim background conclusion design discussion finding introduction keyword material method objective
    purpose result setting summary
    """
)
"""Nouns that are no terms by themselves where labels of structured abstracts are ignored: VOSviewer's list, with
abstract and keyword."""

REPORT_TERMS = _words("paper article author manuscript chapter")
"""Nouns that speak of the text itself; no terms by themselves, nor after present, current or recent."""

_NO_TERMS = _words(
    """
    latter former other others one ones etc none half herein therein ii iii vii viii xii
    """
)

NAME_PARTICLES = _words("von van der den de del della da du la le")
"""What belongs to the name behind it, in the middle of names, too (van der Waals, Rio de Janeiro)."""

_FOREIGN = _words(
    """
    und oder für mit durch aus des dem im zur zum les dans pour avec sur une aux los las para por con sin nel degli
    dengan yang untuk pada dari vivo vitro situ silico novo priori posteriori versa alia facto se
    """
)
"""Function words of other languages and ends of Latin turns (in vivo), which a tagger of English takes for nouns."""

_PREPOSITIONS = _words(
    """
    using including involving concerning regarding following considering according being
    """
)


class Tags(Protocol):
    """What gives sentences their parts of speech."""

    def tags(self, sentences: Sequence[Sequence[str]]) -> list[str]:
        """Return the tags of each sentence's words, one letter a word."""
        ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a sentence: its words as they are compared, and as they are printed."""

    words: str
    printed: str


def noun_phrases(sentences: Sequence[str], tagger: Tags) -> list[list[Phrase]]:
    """Find the noun phrases of each sentence.

    A phrase is the longest run of nouns and adjectives that ends in a noun; `BREAKING` adjectives, marks, numbers,
    symbols of units after a number, and nouns in set turns (in order to) are none of it. A form in -ing right after a
    noun counts as one where it often is one (decision making).

    Examples
    --------
    >>> from benang.terms.tagging import Tagger
    >>> found = noun_phrases(["Various artificial neural networks classify degrees of freedom."], Tagger())
    >>> [phrase.printed for phrase in found[0]]
    ['artificial neural networks', 'degrees', 'freedom']
    """
    words = [TOKEN.findall(sentence) for sentence in sentences]
    return [_phrases(row, tags) for row, tags in zip(words, tagger.tags(words), strict=True)]


def _phrases(words: Sequence[str], tags: str) -> list[Phrase]:
    if in_capitals(words):
        words = [word.lower() for word in words]
    lower = [word.lower() for word in words]
    units = measured(words, tags)
    names = _of_names(words, lower)
    quoted = False
    phrases: list[Phrase] = []
    run: list[str] = []
    kinds: list[bool] = []
    for at, word in enumerate(words):
        kind = None if units[at] else _kind(words, lower, tags, at, names)
        if kind is not None:
            run.append(word)
            kinds.append(kind)
        elif run and word in _APOSTROPHES and not quoted and _is_possessive(words, tags, at):
            run[-1] += word
        elif run:
            phrases += _phrases_of_run(run, kinds)
            run, kinds = [], []
        quoted ^= word in _APOSTROPHES
    return [*phrases, *_phrases_of_run(run, kinds)]


def _of_names(words: Sequence[str], lower: Sequence[str]) -> list[bool]:
    """Return for each word whether it is a name, or a particle before one (von Mises, van der Waals).

    Only words beside particles are asked for; in a sentence without one nothing is looked at.
    """
    names = [False] * len(words)
    if NAME_PARTICLES.isdisjoint(lower):
        return names
    named = False
    for at in range(len(words) - 1, -1, -1):
        if lower[at] not in NAME_PARTICLES or words[at].isupper():
            named = words[at][0].isupper() and words[at][1:2].islower()
        names[at] = named
    return names


def _kind(words: Sequence[str], lower: Sequence[str], tags: str, at: int, names: Sequence[bool]) -> bool | None:
    """Tell whether a word is a noun (True), an adjective (False), or none of a phrase (None)."""
    word, tag = lower[at], tags[at]
    if word in NAME_PARTICLES or (at and lower[at - 1] in NAME_PARTICLES):
        if names[at]:
            return True
        if word in NAME_PARTICLES and words[at] == word:
            return False if tag in "NLA" else None
    if tag == "G":
        return True if _is_noun(word, tags, at) else None
    if tag not in "NLA" or word in BREAKING or words[at] in _FOREIGN:
        return None
    if at and word in _TURNS and lower[at - 1] in _TURNS[word] and tags[at + 1 : at + 2] not in ("N", "L"):
        return None
    return tag != "A"


def _is_noun(word: str, tags: str, at: int) -> bool:
    """Tell whether a form in -ing is the head of a compound: after a noun, before what a phrase ends at."""
    following = tags[at + 1] if at + 1 < len(tags) else "S"
    if not at or tags[at - 1] not in "NA" or following not in "SICZMD" or word in _PREPOSITIONS:
        return False
    seen = english().words.get(word, {})
    return seen.get("N", 0) * 5 >= seen.get("G", 0)


def _is_possessive(words: Sequence[str], tags: str, at: int) -> bool:
    """Tell whether an apostrophe outside of a quotation makes a genitive (patients' rights)."""
    return words[at - 1][-1] == "s" and tags[at + 1 : at + 2] in ("N", "L", "A")


def _phrases_of_run(run: list[str], nouns: list[bool]) -> list[Phrase]:
    while nouns and not nouns[-1]:
        nouns.pop()
    begin = 0
    while begin < len(nouns) and not nouns[begin] and run[begin] in NAME_PARTICLES:
        begin += 1
    phrase = _phrase(" ".join(run[begin : len(nouns)])) if begin < len(nouns) else None
    return [phrase] if phrase else []


@lru_cache(maxsize=65_536)
def _phrase(printed: str) -> Phrase | None:
    """Return a phrase as it is printed, None where it names nothing."""
    words = plain_words(printed)
    key = " ".join(words)
    if key in _NO_TERMS or key in UNIT_TERMS or not any(len(word) > 1 and not word.isdecimal() for word in words):
        return None
    return Phrase(key, printed)


def names_nothing(key: str, *, ignore_labels: bool) -> bool:
    """Tell whether a phrase speaks of the text and not of its topic, or only heads a section of it.

    Examples
    --------
    >>> [names_nothing(key, ignore_labels=True) for key in ("present study", "paper", "method", "paper mill")]
    [True, True, True, False]
    """
    first, _, rest = key.partition(" ")
    if first in {"present", "current", "recent"} and rest in REPORT_TERMS | {"study", "work", "research"}:
        return True
    return key in REPORT_TERMS or (ignore_labels and key in LABEL_TERMS)


def plain_words(phrase: str) -> list[str]:
    """Return the words of a phrase: no accents, lower case, hyphens and slashes as spaces.

    Examples
    --------
    >>> plain_words("Parkinson's disease"), plain_words("naïve HbA(1c)"), plain_words("C57BL/6J mice")
    (['parkinsons', 'disease'], ['naive', 'hba1c'], ['c57bl', '6j', 'mice'])
    """
    if phrase.isascii():
        return phrase.lower().translate(_PLAIN).split()
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", phrase) if not unicodedata.combining(mark))
    return "".join(mark if mark.isalnum() else "" if mark in _LEFT_OUT else " " for mark in plain.lower()).split()


def phrase_key(phrase: str, known: Collection[str] = ()) -> str:
    """Return what phrases are compared by: their `plain_words`, the last of them in the singular where that is a word.

    Parameters
    ----------
    known
        Nouns of the corpus, which are words beside those of English that Benang knows.

    Examples
    --------
    >>> phrase_key("Sister Cities"), phrase_key("Meta-analyses"), phrase_key("United States"), phrase_key("GMOs")
    ('sister city', 'meta analysis', 'united states', 'gmo')
    """
    words = plain_words(phrase)
    if not words:
        return ""
    return " ".join([*words[:-1], phrase_singular(words, phrase.strip().rpartition(" ")[2], known)])


@dataclass
class PhraseTable:
    """For each phrase its records, and its spelling where that differs from its key."""

    codes: dict[str, int] = field(default_factory=dict)
    records: array[int] = field(default_factory=lambda: array("i"))
    phrases: array[int] = field(default_factory=lambda: array("i"))
    spelt: dict[str, Counter[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)

    def add(self, record: int, key: str, spelling: str) -> None:
        """Note that a phrase occurs in a record."""
        self.records.append(record)
        self.phrases.append(self.codes.setdefault(key, len(self.codes)))
        if spelling != key:
            self.spelt.setdefault(key, Counter())[spelling] += 1

    def key(self, phrase: str) -> str:
        """Return what a phrase is compared by, among the words of these ones (`phrase_key`)."""
        return phrase_key(phrase, self.words)

    def settle(self, is_term: Callable[[str], bool]) -> None:
        """Make one of phrases that differ in the number of their last word, and drop those that are no terms.

        It needs all phrases of a corpus, which show what singulars are words. From now on phrases are in lower case.
        """
        self.words = {word for key in self.codes for word in key.split()}
        times = np.bincount(np.array(self.phrases, np.int32), minlength=len(self.codes)).tolist()
        target = np.empty(len(self.codes) + 1, np.int32)
        codes: dict[str, int] = {}
        spelt: dict[str, Counter[str]] = {}
        for words, code in self.codes.items():
            printed = dict(self.spelt.get(words, ()))
            if rest := times[code] - sum(printed.values()):
                printed[words] = rest
            key = self._in_singular(words, printed)
            target[code] = codes.setdefault(key, len(codes)) if is_term(key) else -1
            for spelling, count in printed.items():
                if (label := _with_ending(spelling.lower(), words, key)) != key:
                    spelt.setdefault(key, Counter())[label] += count
        final = target[np.array(self.phrases, np.int32)] if len(self.phrases) else np.zeros(0, np.int32)
        kept = final >= 0
        self.records = array("i", np.array(self.records, np.int32)[kept].tobytes())
        self.phrases = array("i", final[kept].astype(np.intc).tobytes())
        self.codes, self.spelt = codes, spelt

    def _in_singular(self, words: str, printed: Mapping[str, int]) -> str:
        """Return words with the last of them in the singular, as a phrase is mostly printed."""
        head, _, last = words.rpartition(" ")
        if not may_be_plural(last):
            return words
        spelling = usual_spelling(printed) if len(printed) > 1 else next(iter(printed))
        one = phrase_singular(words.split(), spelling.rpartition(" ")[2], self.words)
        return f"{head} {one}" if head else one


def _with_ending(spelling: str, words: str, key: str) -> str:
    """Return a phrase as it is spelt, its last word in the number of its key.

    Examples
    --------
    >>> _with_ending("sister-cities", "sister cities", "sister city"), _with_ending("cafés", "cafes", "cafe")
    ('sister-city', 'café')
    """
    if words == key:
        return spelling
    last, one = words.rpartition(" ")[2], key.rpartition(" ")[2]
    bare = spelling.rstrip("'’")
    head, tail = bare[: len(bare) - len(last)], bare[len(bare) - len(last) :]
    if folded(tail) != last:
        return spelling
    return head + (tail[: len(one)] if last.startswith(one) else one)
