"""English sentences → words and marks → parts of speech, by Benang's own tagger or spaCy's.

The tags of a sentence are the most probable row of them. Numbers with units measure something and name nothing.
"""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benang.errors import BenangError, Problem
from benang.kernels import kernel
from benang.locale.writing import worded
from benang.terms.english_words import TAGS, TagModel, english, tag_of_penn, word_form

# What is no word but a code: with a figure in it, of capitals, of chemical symbols (FePt), or of a single letter.
_CODE = r"(?:[^\W\d_]{0,12}[0-9][^\W_]{0,12}(?:[-.][^\W_]+)?|(?:[A-Z][a-z]?){1,6}|[a-z])"
_WORD = r"[^\W_]+(?:[-‐‑–'’.&][^\W_]+)*"
_INDEX = r"(?:\((?:[A-Za-z]{0,2}[0-9][0-9A-Za-z/]{0,4}|max|min)\)[^\W_]*)+"

TOKEN = re.compile(rf"{_CODE}(?:/{_CODE})+(?![^\W_])|{_CODE}{_INDEX}(?:[-–/][^\W_]+)?|{_WORD}|[^\w\s]|_")
"""A word, with hyphens, apostrophes, full stops and & inside; codes with a slash (C57BL/6J, Co/Pt, HIV/AIDS) or with
an index in brackets, as MEDLINE writes them (HbA(1c), 5-HT(1B)); or one mark."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SYMBOLS = _words(
    """
    nm mm cm km µm μm um m pm kg mg µg μg ug ng g ml µl μl dl l k oe koe t mt ghz mhz khz hz thz ev mev kev v mv kv
    w mw kw a ma s ms ns ps fs h hr hrs min db mol mmol µmol μmol umol nmol pmol fmol wt c °c f pa kpa mpa gpa j kj emu
    cc erg tb gb mb bit kbit ppm ppb bp kb kda iu mu µu μu vol et am pm usd eur idr mmhg hg bpm cm2 cm3 mm2 mm3 m2 m3
    km2 microg microm microu micromol mumol cfu mah mw dbm rpm kcal ha
    """
)  # symbols that follow a number; microg is MEDLINE's µg
_SPELT = _words(
    """
    degree degrees celsius fahrenheit kelvin microgram micrograms milligram milligrams kilogram kilograms gram grams
    nanometer nanometers nanometre nanometres micrometer micrometers micrometre micrometres micron microns millimeter
    millimeters millimetre millimetres centimeter centimeters centimetre centimetres kilometer kilometers kilometre
    kilometres milliliter milliliters millilitre millilitres liter liters litre litres oersted tesla hertz kilohertz
    megahertz gigahertz percent percentage-points kilobase kilobases megabytes gigabytes terabytes
    """
)
UNIT_TERMS = _words(
    "kg mg ml dl mmol nmol pmol µmol μmol mmhg cm2 mm2 m2 km2 cm3 mm3 m3 nm µm μm µg μg microg microm microu mumol "
    "khz mhz ghz kpa mpa gpa koe mah"
)
"""Symbols of units that are no terms by themselves either; those that are also words or acronyms (bit, ms) may be."""

_ATTACHED = re.compile(r"[0-9][0-9.,]*(?:[a-zµμ°]{2,6}[23]?)(?:/[a-zµμ0-9]{1,6})*", re.IGNORECASE)
_POWER = re.compile(r"([^\W\d_]{1,5})[-‐‑–−][123]")
_BETWEEN = frozenset("/·×*-−–^()+±~°²³⁻")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_MOST_GUESSED = 200_000  # words whose tags are kept; beyond, they are guessed anew


def _best_tags(  # noqa: C901  # one loop within the other, so that it can be compiled whole
    words: Ints, ends: Ints, first: Ints, tags: Ints, emission: Floats, follows: Floats
) -> Ints:
    """Find the best row of tags of each sentence (Viterbi's algorithm over pairs of tags).

    `words` are the numbers of words, sentence after sentence; `ends` where each ends. Word w has the tags
    `tags[first[w]:first[w + 1]]` with the logarithms `emission`; `follows[a, b, c]` is log P(c | a b).
    """
    n = follows.shape[0]
    none = n - 1
    best = np.zeros(len(words), np.int64)
    begin = 0
    for end in ends:
        size = end - begin
        if size == 0:
            continue
        score = np.full((n, n), -np.inf)
        score[none, none] = 0.0
        back = np.zeros((size, n, n), np.int8)
        before2, before1 = np.array([none]), np.array([none])
        for at in range(size):
            word = words[begin + at]
            here = tags[first[word] : first[word + 1]]
            further = np.full((n, n), -np.inf)
            for b in before1:
                for k in range(len(here)):
                    c = here[k]
                    top, arg = -np.inf, before2[0]
                    for a in before2:
                        value = score[a, b] + follows[a, b, c]
                        if value > top:
                            top, arg = value, a
                    further[b, c] = top + emission[first[word] + k]
                    back[at, b, c] = arg
            score = further
            before2, before1 = before1, here
        top, one, two = -np.inf, before2[0], before1[0]
        for b in before2:
            for c in before1:
                value = score[b, c] + follows[b, c, none]
                if value > top:
                    top, one, two = value, b, c
        for at in range(size - 1, -1, -1):
            best[begin + at] = two
            one, two = back[at, one, two], one
        begin = end
    return best


_find_best: Any = kernel(_best_tags)


def in_capitals(words: Sequence[str]) -> bool:
    """Tell whether a sentence is all in capitals, so that none of its words is an acronym."""
    letters = 0
    for word in words:
        if len(word) > 1 and word.isalpha():
            if not word.isupper():
                return False
            letters += 1
    return letters > 2


def in_title_case(words: Sequence[str]) -> bool:
    """Tell whether most longer words of a sentence begin with a capital, so that a capital shows no name.

    Examples
    --------
    >>> in_title_case("Night Markets and the Rent of Stalls".split()), in_title_case("Rents rise in Java".split())
    (True, False)
    """
    longer = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    return not longer or 2 * sum(word[0].isupper() for word in longer) > len(longer)


def measured(words: Sequence[str], tags: str) -> list[bool]:
    """Return which words of a sentence are units of a number, or a number with its unit.

    Symbols and names of units count behind a number only, one after the other: in *22 degrees C*, *5 mg/kg/day* all.

    Examples
    --------
    >>> words = "at 22 degrees C the degrees of freedom".split()
    >>> [word for word, unit in zip(words, measured(words, "IQNNTLIN")) if unit]
    ['degrees', 'C']
    """
    units = [False] * len(words)
    if "Q" not in tags and not any("0" <= word[0] <= "9" for word in words):
        return units
    numbered = False
    for at, word in enumerate(words):
        if tags[at] == "Q":
            numbered = True
        elif word[0].isdigit() and (match := _ATTACHED.fullmatch(word)) and _unit_of(match[0]):
            units[at] = numbered = True
        elif not numbered:
            continue
        elif word.lower() in _SYMBOLS or word.lower() in _SPELT or _parts_are_units(word):
            units[at] = True
        elif word not in _BETWEEN:
            numbered = False
    return units


def _unit_of(word: str) -> bool:
    first = word.lower().lstrip("0123456789.,").partition("/")[0]
    return first in _SYMBOLS


def _parts_are_units(word: str) -> bool:
    """Tell whether a word is made of units: mg/kg, or one with its power, kg-1."""
    if match := _POWER.fullmatch(word):
        return match[1].lower() in _SYMBOLS or match[1] in ("d", "day", "y", "yr")
    return "/" in word and all(part in _SYMBOLS for part in word.lower().split("/"))


class Tagger:
    """A trigram tagger: P(tags | words) ∝ Π P(tag | the two before) P(tag | word) / P(tag).

    Brants (2000), TnT: a statistical part-of-speech tagger, ANLP 2000, 224-231, with linear interpolation of one, two
    and three tags (his section 2.2) and guesses by word endings.

    Examples
    --------
    >>> Tagger().tags([["We", "propose", "a", "new", "method", "."]])
    ['UVTANS']
    """

    def __init__(self, model: TagModel | None = None) -> None:
        self._model = model or english()
        self._numbers: dict[str, int] = {}
        self._first = [0]
        self._tags: list[int] = []
        self._emission: list[float] = []
        self._follows = _follows(self._model.triples)

    def tags(self, sentences: Sequence[Sequence[str]]) -> list[str]:
        """Return the tags of each sentence's words, one letter a word (`TAGS`)."""
        if len(self._numbers) > _MOST_GUESSED:
            self._numbers, self._first, self._tags, self._emission = {}, [0], [], []
        numbers = [self._number(form) for words in sentences for form in _forms(words, self._model.words)]
        ends = np.cumsum([len(words) for words in sentences], dtype=np.int64)
        if not numbers:
            return [""] * len(sentences)
        best = _find_best(
            np.array(numbers, np.int64),
            ends,
            np.array(self._first, np.int64),
            np.array(self._tags, np.int64),
            np.array(self._emission, np.float64),
            self._follows,
        )
        letters = "".join([TAGS[tag] for tag in best.tolist()])
        return [letters[end - len(words) : end] for words, end in zip(sentences, ends.tolist(), strict=True)]

    def _number(self, form: str) -> int:
        number = self._numbers.get(form)
        if number is None:
            number = self._numbers[form] = len(self._numbers)
            for tag, share in self._model.tags(form).items():
                self._tags.append(TAGS.index(tag))
                self._emission.append(math.log(share / self._model.shares[tag]))
            self._first.append(len(self._tags))
        return number


def _follows(triples: Mapping[str, int]) -> Floats:
    """Return log P(c | a b), interpolated: λ1 P(c) + λ2 P(c | b) + λ3 P(c | a b), λ by deleted interpolation."""
    n = len(TAGS) + 1  # the last is for the places before and after a sentence
    end = TAGS.index("S")
    count = np.zeros((len(TAGS), len(TAGS), len(TAGS)))
    for name, times in triples.items():
        count[tuple(TAGS.index(tag) for tag in name)] = times
    two, one = count.sum(axis=0), count.sum(axis=(0, 1))
    share3 = _less_one(count, count.sum(axis=2, keepdims=True))
    share2 = np.broadcast_to(_less_one(two, two.sum(axis=1, keepdims=True))[None], count.shape)
    share1 = np.broadcast_to(((one - 1) / max(one.sum() - 1, 1))[None, None], count.shape)
    winner = np.argmax(np.stack([share1, share2, share3]), axis=0)
    weight = np.array([count[winner == k].sum() for k in range(3)]) + 1.0
    weight /= weight.sum()
    p3 = count / np.maximum(count.sum(axis=2, keepdims=True), 1)
    p2 = (two / np.maximum(two.sum(axis=1, keepdims=True), 1))[None]
    mixed = weight[0] * one / max(one.sum(), 1) + weight[1] * p2 + weight[2] * p3
    follows = np.full((n, n, n), math.log(1e-12))
    follows[:-1, :-1, :-1] = np.log(np.maximum(mixed, 1e-12))
    # A sentence begins and ends like after a mark.
    follows[-1, :-1, :-1] = follows[end, :-1, :-1]
    follows[-1, -1, :-1] = follows[end, end, :-1]
    follows[:-1, -1, :-1] = follows[:-1, end, :-1]
    follows[..., -1] = follows[..., end]
    return np.ascontiguousarray(follows)


def _less_one(counts: Floats, of: Floats) -> Floats:
    """Return the share of each count with one case taken away, 0 where nothing is left."""
    return np.where(of > 1, (counts - 1) / np.maximum(of - 1, 1), 0.0)


def _forms(words: Sequence[str], known: Mapping[str, object]) -> list[str]:
    """Return the forms of a sentence's words: in a sentence of capitals there are no acronyms, in another one names.

    A word that was never seen and has a capital within the sentence is a name, and keeps its capital.
    """
    if in_capitals(words):
        return [word.lower() for word in words]
    forms = [word_form(word) for word in words]
    strange = [at for at, word in enumerate(words) if at and word[0].isupper() and forms[at] not in known]
    if strange and not in_title_case(words):
        for at in strange:
            forms[at] = words[at]
    return forms


class SpacyTagger:
    """Tags by a model of spaCy; takes the place of `Tagger`.

    Raises
    ------
    BenangError
        Where spaCy or the model is not installed, with the two commands that install them.
    """

    def __init__(self, model: str = "en_core_web_sm") -> None:
        way_on = worded(
            "Install them: pip install 'benang[spacy]', then python -m spacy download {model}; or leave the "
            "method out.",
            model=model,
        )
        try:
            spacy = importlib.import_module("spacy")
        except ImportError:
            raise BenangError(Problem("spaCy is not installed", where="method", way_on=way_on)) from None
        try:
            self._pipeline: Any = spacy.load(model, exclude=["ner", "parser", "lemmatizer", "senter"])
        except OSError:
            raise BenangError(
                Problem(
                    worded("spaCy has no model '{model}'", model=model),
                    where="method",
                    way_on=way_on,
                )
            ) from None

    def tags(self, sentences: Sequence[Sequence[str]]) -> list[str]:
        """Return the tags of each sentence's words, one letter a word."""
        doc = importlib.import_module("spacy.tokens").Doc
        texts = (doc(self._pipeline.vocab, words=list(words)) for words in sentences)
        return ["".join(tag_of_penn(token.tag_) for token in tagged) for tagged in self._pipeline.pipe(texts)]
