"""English noun phrases, as VOSviewer makes them: the longest run of nouns and adjectives that ends in a noun."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from benang.records import variants
from benang.terms.tag_model import english
from benang.terms.tagging import TOKEN


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

_UNITS = _words(
    """
    nm mm cm km µm μm um m pm kg mg µg μg ug ng g ml µl μl dl l k oe koe t mt ghz mhz khz hz thz ev mev kev v mv kv
    w mw kw a ma s ms ns ps fs h hr min db mol mmol wt c °c pa kpa mpa gpa j kj emu cc erg tb gb mb bit kbit f ppm
    bp kb kda iu vol et am pm usd eur
    """
)  # symbols that follow a number

REPORT_TERMS = _words("paper article author manuscript chapter")
"""Nouns that speak of the text itself; no terms by themselves, nor after present, current or recent."""

_NAMES = (["united", "states"], ["united", "nations"], ["european", "communities"])
_NO_TERMS = _words(
    """
    latter former other others one ones etc
    """
)

_TIED = re.compile(r"[-‐‑'’.&]")
_TURNS = {
    "order": ("in",), "addition": ("in",), "terms": ("in",), "contrast": ("in", "by"), "fact": ("in",), "view": ("in",),
    "particular": ("in",), "general": ("in",), "spite": ("in",), "light": ("in",), "case": ("in",), "turn": ("in",),
    "account": ("into", "of"), "consideration": ("into",), "respect": ("with", "in"), "regard": ("with", "in"),
    "means": ("by",), "way": ("this", "the"), "hand": ("one", "other"), "example": ("for",), "instance": ("for",),
    "use": ("the", "make"), "number": ("a", "the"), "basis": ("the",), "presence": ("the",), "lack": ("the", "a"),
    "result": ("a",), "variety": ("a",), "range": ("a", "wide"), "set": ("a",), "kind": ("this",), "part": ("a", "as"),
}  # fmt: skip
"""Nouns that name nothing after these words: in order to, take into account, on the other hand, a number of."""

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
    """A phrase: its key, by which variants are one, and its spelling with the last word in the singular."""

    key: str
    spelling: str


def noun_phrases(sentences: Sequence[str], tagger: Tags) -> list[list[Phrase]]:
    """Find the noun phrases of each sentence.

    A phrase is the longest run of nouns and adjectives that ends in a noun; `BREAKING` adjectives, marks, numbers,
    symbols of units after a number, and nouns in set turns (in order to) are none of it. A form in -ing right after a
    noun counts as one where it often is one (decision making).

    Examples
    --------
    >>> from benang.terms.tagging import Tagger
    >>> found = noun_phrases(["Various artificial neural networks classify degrees of freedom."], Tagger())
    >>> [phrase.key for phrase in found[0]]
    ['artificial neural network', 'degree', 'freedom']
    """
    words = [TOKEN.findall(sentence) for sentence in sentences]
    return [list(_phrases(row, tags)) for row, tags in zip(words, tagger.tags(words), strict=True)]


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


_LEFT_OUT = "'’.&"
_PLAIN = {at: None if chr(at) in _LEFT_OUT else " " for at in range(128) if not chr(at).isalnum()}


def phrase_key(phrase: str) -> str:
    """Return what phrases are compared by: no accents, lower case, hyphens as spaces, the last word in the singular.

    Examples
    --------
    >>> phrase_key("Sister Cities"), phrase_key("Meta-analyses"), phrase_key("Parkinson's disease"), phrase_key("naïve")
    ('sister city', 'meta analysis', 'parkinsons disease', 'naive')
    """
    if phrase.isascii():
        words = phrase.lower().translate(_PLAIN).split()
    else:
        plain = "".join(mark for mark in unicodedata.normalize("NFKD", phrase) if not unicodedata.combining(mark))
        words = "".join(mark if mark.isalnum() else "" if mark in _LEFT_OUT else " " for mark in plain.lower()).split()
    if not words or words[-2:] in _NAMES:
        return " ".join(words)
    return " ".join([*words[:-1], singular(words[-1])])


# Words that speak of many in the singular too; endings of fields and of names.
_COLLECTIVE = frozenset({"people", "bacteria"})
_AS_IT_IS = ("ics", "ous")


@cache
def singular(word: str) -> str:
    """Return the singular of a noun, the word itself where it is one.

    By the rules of spelling that labels are compared by (`variants.singular`). Nobody looks a term through as one does
    a thesaurus, so that words in doubt stay: those in -ics, and those that were mostly seen as a singular (Vegas).

    Examples
    --------
    >>> [singular(word) for word in ("cities", "analyses", "boxes", "bias", "physics", "processes", "databases", "gas")]
    ['city', 'analysis', 'box', 'bias', 'physics', 'process', 'database', 'gas']
    """
    if word in _COLLECTIVE or word.endswith(_AS_IT_IS) or (word.endswith("s") and english().number(word) == "N"):
        return word
    return variants.singular(word)


def _phrases(words: Sequence[str], tags: str) -> Iterator[Phrase]:
    run: list[str] = []
    kinds: list[bool] = []
    for at, word in enumerate(words):
        kind = _kind(words, tags, at)
        if kind is None:
            yield from _made(run, kinds)
            run, kinds = [], []
        else:
            run.append(word)
            kinds.append(kind)
    yield from _made(run, kinds)


def _kind(words: Sequence[str], tags: str, at: int) -> bool | None:
    """Tell whether a word is a noun (True), an adjective (False), or none of a phrase (None)."""
    word, tag = words[at].lower(), tags[at]
    if tag == "G":
        return True if _is_noun(word, tags, at) else None
    if tag not in "NLA" or word in BREAKING:
        return None
    if at and words[at - 1].lower() in _TURNS.get(word, ()) and tags[at + 1 : at + 2] not in ("N", "L"):
        return None
    if word in _UNITS and at and tags[at - 1] == "Q":
        return None
    return tag != "A"


def _is_noun(word: str, tags: str, at: int) -> bool:
    """Tell whether a form in -ing is the head of a compound: after a noun, before what a phrase ends at."""
    following = tags[at + 1] if at + 1 < len(tags) else "S"
    if not at or tags[at - 1] not in "NA" or following not in "SICZMD" or word in _PREPOSITIONS:
        return False
    seen = english().words.get(word, {})
    return seen.get("N", 0) * 5 >= seen.get("G", 0)


def _made(run: list[str], nouns: list[bool]) -> Iterator[Phrase]:
    while nouns and not nouns[-1]:
        nouns.pop()
    words = run[: len(nouns)]
    key = phrase_key(" ".join(words))
    if key in _NO_TERMS or not any(len(word) > 1 and not word.isdecimal() for word in key.split()):
        return
    spelling = " ".join(words).lower()
    head, last = (spelling[: len(spelling) - len(words[-1])], words[-1].lower())
    if not _TIED.search(last):
        last = singular(last)
    elif "-" in last and key.split()[-2:] not in _NAMES:
        first, _, end = last.rpartition("-")
        last = f"{first}-{singular(end)}"
    yield Phrase(key, head + last)
