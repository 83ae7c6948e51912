"""Phrases of abstracts in any language with function words: neighbours that often stand together, joined."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benang.terms.indonesian import bare, is_verb, undoubled
from benang.terms.joining import SURE, Unit, log_likelihood_ratio, runs_of

Ints = NDArray[np.int64]

APART = 1 / 3
"""Share of its records in which the rarer of two words may stand without the other: a word has more room to stand
apart in an abstract than in a title."""

_HYPHENS = frozenset("-‐‑–")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand next to each other in a sentence of a record, each with its spelling."""

    record: int
    words: tuple[str, ...]
    indonesian: bool = False


def sentence_runs(
    sentence: str,
    record: int,
    stop: Collection[str],
    held: Mapping[str, Sequence[tuple[str, ...]]],
    *,
    indonesian: bool = False,
) -> list[Run]:
    """Cut a sentence into runs at stop words, marks and numbers; a word doubled with a hyphen is one.

    In Indonesian also at verbs; nouns lose their -nya.

    Examples
    --------
    >>> [run.words for run in sentence_runs("Undang-undang kota dan desa-kota 2020", 0, {"dan"}, {})]
    [('undang-undang', 'kota'), ('desa', 'kota')]
    >>> [run.words for run in sentence_runs("Dampaknya mengubah kota-kotanya", 0, (), {}, indonesian=True)]
    [('dampak',), ('kota-kota',)]
    """
    text = runs_of(sentence, stop, joined=held)
    made: list[Run] = []
    for units in text.runs:
        words: list[str] = []
        previous: Unit | None = None
        for unit in units:
            word = bare(unit.key) if indonesian else unit.key
            if word.isdecimal() or (indonesian and is_verb(word)):
                made.append(Run(record, tuple(words), indonesian))
                words = []
            elif previous and words and word == words[-1] and _hyphened(text.text, previous, unit):
                words[-1] = f"{word}-{word}"
            else:
                words.append(word)
            previous = unit
        made.append(Run(record, tuple(words), indonesian))
    return [run for run in made if run.words]


def with_single_words(runs: Sequence[Run]) -> list[Run]:
    """Put the single word in the place of an Indonesian doubled one that is only its plural."""
    plurals = undoubled(word for run in runs if run.indonesian for word in run.words)
    if not plurals:
        return list(runs)
    return [
        replace(run, words=tuple(plurals.get(word, word) for word in run.words)) if run.indonesian else run
        for run in runs
    ]


def joined_phrases(
    runs: Sequence[Run],
    *,
    min_occurrences: int,
    max_words: int = 4,
    known: Collection[str] = (),
) -> list[tuple[int, str]]:
    """Join neighbours that belong together, and return the phrases: record and key, one for each time it stands there.

    Two neighbours belong together where they stand next to each other in at least `min_occurrences` records (never
    less than 2), which are at least two thirds of those of the rarer one, and are no neighbours by chance
    (log-likelihood ratio of at least 15.13, as for titles). The surest pair joins first, then all is counted anew, up
    to `max_words` words. Two that are both in `known` stay apart.

    Examples
    --------
    >>> runs = [Run(k, ("hambatan", "kerja", "sama", "kota")) for k in range(3)] + [Run(3, ("kota", "hijau"))]
    >>> runs += [Run(k, ("kota",)) for k in range(4, 9)] + [Run(k, ("hambatan",)) for k in range(9, 15)]
    >>> joined_phrases(runs, min_occurrences=3)[:3]
    [(0, 'hambatan'), (0, 'kerja sama'), (0, 'kota')]
    """
    names = sorted({word for run in runs for word in run.words})
    code = {name: at for at, name in enumerate(names)}
    units = np.array([code[word] for run in runs for word in run.words], np.int64)
    sizes = np.array([len(run.words) for run in runs], np.int64)
    places = np.repeat(np.arange(len(runs)), sizes)
    records = np.repeat(np.array([run.record for run in runs], np.int64), sizes)
    apart = frozenset(known)
    while len(units) > 1:
        accepted = _accepted(units, places, records, names, max(min_occurrences, 2), max_words, apart)
        if not accepted:
            break
        units, places, records = _joined(units, places, records, names, accepted)
    return [(record, names[unit]) for record, unit in zip(records.tolist(), units.tolist(), strict=True)]


def _accepted(
    units: Ints,
    places: Ints,
    records: Ints,
    names: Sequence[str],
    least: int,
    max_words: int,
    apart: frozenset[str],
) -> dict[tuple[int, int], None]:
    """Find the pairs to join, the surest first, none that could want a unit which another has taken."""
    n = len(names)
    near = np.flatnonzero(places[1:] == places[:-1])
    pairs, which, times = np.unique(units[near] * n + units[near + 1], return_inverse=True, return_counts=True)
    in_records = _per_record(which, records[near], len(pairs))
    of_unit = _per_record(units, records, n)
    times_of_unit = np.bincount(units, minlength=n)
    gaps = len(units) + len(np.unique(places))
    left, right = pairs // n, pairs % n
    rarer = np.minimum(of_unit[left], of_unit[right])
    lengths = np.array([name.count(" ") + 1 for name in names])
    fits = (in_records >= least) & (in_records >= (1 - APART) * rarer) & (left != right)
    found = []
    for at in np.flatnonzero(fits & (lengths[left] + lengths[right] <= max_words)).tolist():
        a, b = int(left[at]), int(right[at])
        ratio = log_likelihood_ratio(int(times[at]), int(times_of_unit[a]), int(times_of_unit[b]), gaps)
        if ratio >= SURE and not (names[a] in apart and names[b] in apart):
            found.append((-ratio, names[a], names[b], a, b))
    accepted: dict[tuple[int, int], None] = {}
    lefts: set[int] = set()
    rights: set[int] = set()
    for *_, a, b in sorted(found):
        if a not in rights and b not in lefts:
            accepted[a, b] = None
            lefts.add(a)
            rights.add(b)
    return accepted


def _joined(
    units: Ints,
    places: Ints,
    records: Ints,
    names: list[str],
    accepted: Mapping[tuple[int, int], None],
) -> tuple[Ints, Ints, Ints]:
    """Put the accepted pairs in the place of their first word; their names are added to `names`."""
    n = len(names)
    code = {name: at for at, name in enumerate(names)}
    made = {}
    for a, b in accepted:
        name = f"{names[a]} {names[b]}"
        if name not in code:
            code[name] = len(names)
            names.append(name)
        made[a * n + b] = code[name]
    keys = np.array(sorted(made), np.int64)
    values = np.array([made[key] for key in keys.tolist()], np.int64)
    pairs = units[:-1] * n + units[1:]
    at = np.minimum(np.searchsorted(keys, pairs), len(keys) - 1)
    hit = (keys[at] == pairs) & (places[1:] == places[:-1])
    joined = units.copy()
    joined[:-1][hit] = values[at[hit]]
    keep = np.r_[True, ~hit]
    return joined[keep], places[keep], records[keep]


def _per_record(which: Ints, records: Ints, n: int) -> Ints:
    """Count the records of each number."""
    size = int(records.max(initial=0)) + 1
    return np.bincount(np.unique(which * size + records) // size, minlength=n)


def _hyphened(text: str, one: Unit, other: Unit) -> bool:
    return text[one.end : other.start] in _HYPHENS
