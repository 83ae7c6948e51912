"""Text → runs of words, and the words that belong together, as all texts show."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benang.records.spelling import usual_spelling

# A word, with a full stop or apostrophe inside (D.I, women's); hyphens join words but are none of their letters.
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_HYPHENS = frozenset("-‐‑–")

APART = 1 / 5
"""Share of its texts in which the rarer of two units may occur without the other (one text is always allowed)."""

CLOSE = 0.3
"""Dice coefficient from which two units are close."""

SURE = 15.13
"""Log-likelihood ratio that chance exceeds once in 10,000 cases (chi-squared, one degree of freedom)."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or several that belong together: its key (lower-case words with one space), and its place in the text."""

    key: str
    start: int
    end: int

    @property
    def n_words(self) -> int:
        """Number of words."""
        return self.key.count(" ") + 1


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is read for terms, and its runs: units that are neighbours."""

    text: str
    runs: tuple[tuple[Unit, ...], ...]

    def spelling(self, unit: Unit) -> str:
        """Return a unit as the text has it, in lower case."""
        return " ".join(self.text[unit.start : unit.end].lower().split())


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a label, in lower case; hyphens count as spaces.

    Examples
    --------
    >>> words_of("COVID-19 Pandemic")
    ('covid', '19', 'pandemic')
    """
    return tuple(match.group().lower() for match in _WORD.finditer(text))


def plain_phrase(label: str) -> str:
    """Return what phrases are compared by: their words in lower case, with blanks between them.

    Examples
    --------
    >>> plain_phrase("COVID-19 Pandemic")
    'covid 19 pandemic'
    """
    return " ".join(words_of(label))


def kept_together(labels: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Group the labels of several words by their first word, the longest first, as `runs_of` takes them.

    Examples
    --------
    >>> kept_together(["sister city", "sister city pact", "kota"])
    {'sister': [('sister', 'city', 'pact'), ('sister', 'city')]}
    """
    by_words: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for words in {words_of(label) for label in labels}:
        if len(words) > 1:
            by_words[words[0]].append(words)
    return {first: sorted(phrases, key=lambda words: (-len(words), words)) for first, phrases in by_words.items()}


def runs_of(text: str, stop_words: Collection[str], *, joined: Mapping[str, Sequence[tuple[str, ...]]]) -> Text:
    """Cut a text into runs at function words and at every mark but a hyphen; HTML tags are left out.

    A function word is none within a hyphenated word (start-up), and none in capitals within a text that isn't
    (US, WHO, DI).

    Parameters
    ----------
    text
        A title, say.
    stop_words
        Function words, in lower case.
    joined
        Phrases that stay together wherever they occur, by their first word, the longest first; they may hold function
        words.

    Examples
    --------
    >>> cut = runs_of("Start-up di Kota Bandung: kerja sama", {"di", "up"}, joined={"kerja": [("kerja", "sama")]})
    >>> [[unit.key for unit in run] for run in cut.runs]
    [['start', 'up'], ['kota', 'bandung'], ['kerja sama']]
    """
    clean = unicodedata.normalize("NFKC", _TAG.sub(" ", text))
    capitals = clean.isupper()
    runs: list[tuple[Unit, ...]] = []
    for clause in _clauses(clean):
        run: list[Unit] = []
        for unit, hyphened in _held_together(clean, clause, joined):
            shouted = not capitals and len(unit.key) > 1 and clean[unit.start : unit.end].isupper()
            if unit.key in stop_words and not hyphened and not shouted:
                runs.append(tuple(run))
                run = []
            else:
                run.append(unit)
        runs.append(tuple(run))
    return Text(clean, tuple(run for run in runs if run))


def _clauses(text: str) -> Iterator[list[Unit]]:
    """Group words that nothing but white space or a hyphen parts."""
    clause: list[Unit] = []
    for match in _WORD.finditer(text):
        between = text[clause[-1].end : match.start()] if clause else ""
        if clause and between.strip() and between not in _HYPHENS:
            yield clause
            clause = []
        clause.append(Unit(match.group().lower(), *match.span()))
    if clause:
        yield clause


def _held_together(
    text: str,
    clause: Sequence[Unit],
    joined: Mapping[str, Sequence[tuple[str, ...]]],
) -> Iterator[tuple[Unit, bool]]:
    """Join the phrases that are given, and say of each unit whether a hyphen ties it to a neighbour."""
    words = [unit.key for unit in clause]
    at = 0
    while at < len(clause):
        phrases = joined.get(words[at], ())
        size = next((len(phrase) for phrase in phrases if tuple(words[at : at + len(phrase)]) == phrase), 1)
        first, last = clause[at], clause[at + size - 1]
        hyphened = text[max(first.start - 1, 0) : first.start] in _HYPHENS or text[last.end : last.end + 1] in _HYPHENS
        yield Unit(" ".join(words[at : at + size]), first.start, last.end), hyphened
        at += size


def join_phrases(
    texts: Sequence[Text],
    *,
    min_occurrences: int = 2,
    max_words: int = 4,
    known: Collection[str] = (),
) -> list[Text]:
    """Join neighbouring units into phrases until no two are left that belong together.

    Two units belong together where

    1. they are next to each other, in this order, in at least `min_occurrences` texts;
    2. the rarer one is apart from the other in at most a fifth of its texts, or in one text: `sister city` is a
       phrase, and `kerjasama sister city` is two terms where both are often seen apart;
    3. they are close (Dice coefficient of at least 0.3), or together so often that chance would give it in less than
       one of 10,000 cases (log-likelihood ratio of at least 15.13): so a word that is everywhere joins no rare
       neighbour by accident. The first alone would miss `spin orbit` among a hundred titles with `spin`, the second
       could prove nothing in a few titles.

    Two units that are both in `known` (the words of a thesaurus) stay apart: each is a term already.

    The surest pairs join first; then all is counted anew, with the phrases as units. A word belongs to one term only,
    so that a word of a phrase counts where it is outside of it. Nothing here knows a language.

    Examples
    --------
    >>> from benang.terms.joining import runs_of
    >>> titles = ["kerjasama sister city kota bandung", "peran sister city", "kerjasama kota", "kerjasama desa"]
    >>> texts = join_phrases([runs_of(title, (), joined={}) for title in titles])
    >>> [unit.key for unit in texts[0].runs[0]]
    ['kerjasama', 'sister city', 'kota', 'bandung']
    """
    joined = list(texts)
    while accepted := _accepted(_belonging(joined, min_occurrences, max_words), frozenset(known)):
        joined = [_joined(text, accepted) for text in joined]
    return joined


def _accepted(belonging: Iterator[tuple[float, Pair]], known: frozenset[str]) -> set[Pair]:
    """Take the surest pairs first, and no pair that could want a unit which another has taken."""
    accepted: set[Pair] = set()
    lefts: set[str] = set()
    rights: set[str] = set()
    for _, (a, b) in sorted(belonging, key=lambda row: (-row[0], row[1])):
        if a not in rights and b not in lefts and a != b and not known >= {a, b}:
            accepted.add((a, b))
            lefts.add(a)
            rights.add(b)
    return accepted


def _belonging(texts: Sequence[Text], min_occurrences: int, max_words: int) -> Iterator[tuple[float, Pair]]:
    """Find the pairs that meet all three conditions, with their log-likelihood ratio."""
    runs = [run for text in texts for run in text.runs]
    units = Counter(unit.key for run in runs for unit in run)
    pairs = Counter((a.key, b.key) for run in runs for a, b in pairwise(run))
    texts_of = Counter(key for text in texts for key in {unit.key for run in text.runs for unit in run})
    gaps = units.total() + len(runs)
    together_in = Counter(
        pair for text in texts for pair in {(a.key, b.key) for run in text.runs for a, b in pairwise(run)}
    )
    for pair, together in together_in.items():
        one, other = texts_of[pair[0]], texts_of[pair[1]]
        apart = min(one, other) - together
        words = pair[0].count(" ") + pair[1].count(" ") + 2
        if together < min_occurrences or words > max_words or apart > max(1, APART * min(one, other)):
            continue
        ratio = log_likelihood_ratio(pairs[pair], units[pair[0]], units[pair[1]], gaps)
        if ratio >= SURE or dice(together, one, other) >= CLOSE:
            yield ratio, pair


def _joined(text: Text, accepted: set[Pair]) -> Text:
    runs = tuple(_joined_run(run, accepted) for run in text.runs)
    return text if runs == text.runs else replace(text, runs=runs)


def _joined_run(run: tuple[Unit, ...], accepted: set[Pair]) -> tuple[Unit, ...]:
    if not any((a.key, b.key) in accepted for a, b in pairwise(run)):
        return run
    units: list[Unit] = []
    for unit in run:
        if units and (units[-1].key, unit.key) in accepted:
            units[-1] = Unit(f"{units[-1].key} {unit.key}", units[-1].start, unit.end)
        else:
            units.append(unit)
    return tuple(units)


def dice(together: int, one: int, other: int) -> float:
    """Return the share of the texts of two units that have both: 2 × together / (one + other), from 0 to 1.

    Dice (1945), Measures of the amount of ecologic association between species, Ecology 26(3), 297-302; for
    collocations Smadja, McKeown and Hatzivassiloglou (1996), Computational Linguistics 22(1), 1-38.

    Examples
    --------
    >>> dice(3, 4, 8)
    0.5
    """
    return 2 * together / (one + other)


def log_likelihood_ratio(both: int, first: int, second: int, n: int) -> float:
    """Return how sure it is that two units are neighbours not by chance, from 0; 0 where chance would give as many.

    Of n gaps between units (the beginning and the end of a run count as neighbours), `first` follow the one unit,
    `second` precede the other, `both` do both: 2 Σ k ln(k n / (row × column)) over the four cells of that table.
    Dunning (1993), Accurate methods for the statistics of surprise and coincidence, Computational Linguistics 19(1),
    61-74.

    Examples
    --------
    >>> round(log_likelihood_ratio(8, 8, 8, 100), 1), log_likelihood_ratio(1, 20, 30, 100)
    (55.8, 0.0)
    """
    if both * n <= first * second:
        return 0.0
    cells = (
        (both, first, second),
        (first - both, first, n - second),
        (second - both, n - first, second),
        (n - first - second + both, n - first, n - second),
    )
    return 2 * math.fsum(k * math.log(k * n / (row * column)) for k, row, column in cells if k)


def final_term(term: str, replaced: Mapping[str, str]) -> str:
    """Return the term that replaces one, or "" where it is dropped."""
    final = plain_phrase(replaced[term]) if term in replaced else term
    return final if any(len(word) > 1 and not word.isdecimal() for word in final.split()) else ""


def placed_terms(texts: Sequence[Text], final: Callable[[str], str]) -> tuple[tuple[str, ...], list[int], list[int]]:
    """Put the terms in alphabetical order, and return which text holds which, each once."""
    terms = [sorted({name for run in text.runs for unit in run if (name := final(unit.key))}) for text in texts]
    ids = tuple(sorted({name for in_text in terms for name in in_text}))
    place = {name: at for at, name in enumerate(ids)}
    return (
        ids,
        [row for row, in_text in enumerate(terms) for _ in in_text],
        [place[name] for in_text in terms for name in in_text],
    )


def usual_labels(texts: Sequence[Text]) -> dict[str, str]:
    """Return the most frequent spelling of each term."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for run in text.runs:
            for unit in run:
                spellings[unit.key][text.spelling(unit)] += 1
    return {key: usual_spelling(counts) for key, counts in spellings.items()}


def dropped_terms(texts: Sequence[Text], replaced: Mapping[str, str]) -> int:
    """Count the terms that occur and that a thesaurus drops."""
    units = unit_keys(texts)
    return sum(term in units and not replacement for term, replacement in replaced.items())


def unit_keys(texts: Sequence[Text]) -> set[str]:
    """Return the keys of all units of the texts."""
    return {unit.key for text in texts for run in text.runs for unit in run}
