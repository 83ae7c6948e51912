"""The phrases of a corpus: in which records each stands, how it is printed, and which of them are one term."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from benang.records.spelling import folded
from benang.terms.noun_phrases import phrase_key
from benang.terms.singulars import may_be_plural, phrase_singular


@dataclass
class PhraseTable:
    """Phrase by phrase the records that it stands in, and how it is spelt where not like its key."""

    codes: dict[str, int] = field(default_factory=dict)
    records: array[int] = field(default_factory=lambda: array("i"))
    phrases: array[int] = field(default_factory=lambda: array("i"))
    spelt: dict[str, Counter[str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    words: set[str] = field(default_factory=set)

    def add(self, record: int, key: str, spelling: str) -> None:
        """Note that a phrase stands in a record."""
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
        spelling = _usual(printed) if len(printed) > 1 else next(iter(printed))
        one = phrase_singular(words.split(), spelling.rpartition(" ")[2], self.words)
        return f"{head} {one}" if head else one


def _usual(printed: Mapping[str, int]) -> str:
    """Return the most frequent way in which a phrase is printed, of equals the first in the order of the alphabet."""
    return min(printed, key=lambda spelling: (-printed[spelling], spelling))


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
