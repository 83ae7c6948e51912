"""Phrases of abstracts in any language with function words: words that are often neighbours, joined.

In Indonesian, verbs part phrases as function words do, and nouns lose their -nya. After J. N. Sneddon and others
(2010), Indonesian: A comprehensive grammar, 2nd ed., chapters 1 and 2. Not all verbs are known by their form; the words
that look like verbs and are none are listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benang.terms.joining import SURE, Unit, log_likelihood_ratio, runs_of


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NO_VERBS = _words(
    """
    menteri mental mentalitas menara menit mentimun mentega mentor mentoring member membran memori memorandum
    memorial memoar mendung menengah mendalam menular menahun mendatang mendasar memadai mengkudu meninggal
    menopause menstruasi meningitis meniskus mentah merek merdeka merkuri meridian meritokrasi melayu melati melodi
    melanin melanoma mercusuar mereka mewah merger merchandise meranti merapi merauke merpati mentawai menado medium
    dinas dinasti dikotomi diabetes diagnosa diare diaspora dilema diploma dirham diskon disiplin dividen diorama
    distopia difabel dinding disain dialek dirgantara dingin dimensi diva diet dialisis diakonia dipati berita beras
    berkas berlian beruang bermuda berlin bersih berani berat bernas berkat berkah terapi teror terorisme teritorial
    teritori terminal terminologi ternak terumbu terigu termodinamika termal teripang teras teratai terasi terong
    terang tertib terjemahan teratur
    """
)
_NOUN_ENDINGS = (
    "si", "tas", "ik", "ika", "is", "al", "or", "ur", "isme", "logi", "grafi", "en", "er", "um", "ol", "at", "log",
)  # fmt: skip
"""Endings of borrowed nouns in di- (distribusi, digital, direktur): no verb of Indonesian ends so but by chance."""

_LEXICAL = _words(
    "undang kupu hati laki rata cita oleh tiba mata kuda langit gula kura alun kanak pura sia jalan layang gado main "
    "semena foya muda angan biri paru ubun ramah tengah"
)
"""Words that mean something else when doubled: undang-undang is a law, undang is to invite."""

_NUMBERS = _words("satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas belas puluh ratus ribu juta")
_GENERAL = _words("tahun nomor lewat upaya")
_SHORTEST_VERB = 6
_SHORTEST_PREDICATE = 7
_SHORTEST_NOUN = 4

Ints = NDArray[np.int64]

APART = 1 / 3
"""Share of its records in which the rarer of two words may occur without the other: an abstract has more room than a
title for a word by itself."""

_HYPHENS = frozenset("-‐‑–")


@lru_cache(maxsize=65_536)
def is_verb(word: str) -> bool:
    """Tell whether a word in lower case is a verb with me- or di-, or in -kan: it parts phrases, as function words do.

    Examples
    --------
    >>> [is_verb(word) for word in ("mengelola", "dikelola", "dipengaruhi", "tergantikan", "menteri", "distribusi")]
    [True, True, True, True, False, False]
    """
    if len(word) < _SHORTEST_VERB or word in _NO_VERBS:
        return False
    if word.startswith(("me", "di", "ter", "ber")) and word.endswith("kan"):
        return True
    if word.startswith("me"):
        return word[2] in "lmnrwy"
    return word.startswith("di") and not word.endswith(_NOUN_ENDINGS)


@lru_cache(maxsize=65_536)
def names_nothing(word: str) -> bool:
    """Tell whether a word is no term by itself: a verb, a predicate with ber- or ter-, a number, *sebaiknya*.

    It may be within a phrase: pembangunan berkelanjutan, kaki lima.

    Examples
    --------
    >>> [names_nothing(word) for word in ("berdampak", "terdampak", "lima", "sebaiknya", "berita", "pasar")]
    [True, True, True, True, False, False]
    """
    if word in _NUMBERS or word in _GENERAL or is_verb(word):
        return True
    if word.startswith("se") and word.endswith("nya"):
        return True
    return word.startswith(("ber", "ter")) and len(word) >= _SHORTEST_PREDICATE and word not in _NO_VERBS


def bare(word: str) -> str:
    """Return a noun without the -nya that means *its* or *the*.

    Examples
    --------
    >>> bare("dampaknya"), bare("hanya"), bare("sebaiknya")
    ('dampak', 'hanya', 'sebaiknya')
    """
    without = word.removesuffix("nya")
    return without if len(without) >= _SHORTEST_NOUN and not word.startswith("se") else word


def undoubled(words: Iterable[str]) -> dict[str, str]:
    """Return the doubled words that are only plurals, with the word that they are the plural of.

    They are where the word is by itself among the others, as *kota* does beside *kota-kota*, and means the same.

    Examples
    --------
    >>> undoubled(["kota-kota", "kota", "undang-undang", "undang", "anak-anak"])
    {'kota-kota': 'kota'}
    """
    known = set(words)
    plurals = {}
    for word in sorted(known):
        first, _, second = word.partition("-")
        if first == second and first in known and first not in _LEXICAL:
            plurals[word] = first
    return plurals


@dataclass(frozen=True, slots=True)
class Run:
    """Words next to each other in a sentence of a record, each with its spelling."""

    record: int
    words: tuple[str, ...]
    indonesian: bool = False


def sentence_runs(
    sentence: str,
    record: int,
    stop: Collection[str],
    together: Mapping[str, Sequence[tuple[str, ...]]],
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
    text = runs_of(sentence, stop, joined=together)
    runs: list[Run] = []
    for units in text.runs:
        words: list[str] = []
        previous: Unit | None = None
        for unit in units:
            word = bare(unit.key) if indonesian else unit.key
            if word.isdecimal() or (indonesian and is_verb(word)):
                runs.append(Run(record, tuple(words), indonesian))
                words = []
            elif previous and words and word == words[-1] and _hyphened(text.text, previous, unit):
                words[-1] = f"{word}-{word}"
            else:
                words.append(word)
            previous = unit
        runs.append(Run(record, tuple(words), indonesian))
    return [run for run in runs if run.words]


def _hyphened(text: str, one: Unit, other: Unit) -> bool:
    return text[one.end : other.start] in _HYPHENS


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
    """Join neighbours that belong together, and return the phrases: record and key, one for each occurrence.

    Two neighbours belong together where they are next to each other in at least `min_occurrences` records (never
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
    candidates = []
    for at in np.flatnonzero(fits & (lengths[left] + lengths[right] <= max_words)).tolist():
        a, b = int(left[at]), int(right[at])
        ratio = log_likelihood_ratio(int(times[at]), int(times_of_unit[a]), int(times_of_unit[b]), gaps)
        if ratio >= SURE and not (names[a] in apart and names[b] in apart):
            candidates.append((-ratio, names[a], names[b], a, b))
    accepted: dict[tuple[int, int], None] = {}
    lefts: set[int] = set()
    rights: set[int] = set()
    for *_, a, b in sorted(candidates):
        if a not in rights and b not in lefts:
            accepted[a, b] = None
            lefts.add(a)
            rights.add(b)
    return accepted


def _per_record(which: Ints, records: Ints, n: int) -> Ints:
    """Count the records of each number."""
    size = int(records.max(initial=0)) + 1
    return np.bincount(np.unique(which * size + records) // size, minlength=n)


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
    code_of_pair = {}
    for a, b in accepted:
        name = f"{names[a]} {names[b]}"
        if name not in code:
            code[name] = len(names)
            names.append(name)
        code_of_pair[a * n + b] = code[name]
    keys = np.array(sorted(code_of_pair), np.int64)
    values = np.array([code_of_pair[key] for key in keys.tolist()], np.int64)
    pairs = units[:-1] * n + units[1:]
    at = np.minimum(np.searchsorted(keys, pairs), len(keys) - 1)
    hit = (keys[at] == pairs) & (places[1:] == places[:-1])
    joined = units.copy()
    joined[:-1][hit] = values[at[hit]]
    keep = np.r_[True, ~hit]
    return joined[keep], places[keep], records[keep]
