"""Which labels may mean the same: proposals for a thesaurus, each with its reason, for a person to decide."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from benang.records.authors import authors
from benang.records.countries import country_as_written, country_of
from benang.records.organizations import organizations
from benang.records.record import Record
from benang.records.spelling import (
    ALIKE,
    Acronyms,
    acronyms,
    common_form,
    difference,
    folded,
    label_key,
    singular,
    usual_spelling,
    without_acronyms,
)

_FREQUENT = 3
"""How many times as frequent a label must be for another to be a slip of it."""
_LONG = 8
"""Letters a label must have to be compared by likeness: short words differ by a letter and mean different things."""
_MOST_IN_BLOCK = 400
_SHORTEST_SLIP = 5
_STEM, _STEM_BEHIND = 6, 3
"""Letters that identify a word's stem: so many at least, and so many from where it parts from another word."""
_LETTERS = re.compile(r"[^\W_]+(?:['’]s\b)?")
_GENITIVE = re.compile(r"['’]s$")
_NUMBERS = re.compile(r"[0-9]+")
# What marks a word as Indonesian: its affixes, and some of the commonest nouns that carry none.
_INDONESIAN = re.compile(
    r"^(?:ke\w{3,}an|pe[mnrl]?\w{3,}an|me[mn]\w{4,}|ber\w{4,}|ter\w{4,}|\w{3,}(?:asi|isme|itas|sional|ologi)|kota|desa|kerja|"
    r"sama|daerah|negara|negeri|luar|dalam|hukum|ilmu|guru|siswa|anak|pasar|usaha|modal|umum|dan|budaya|agama|wisata)$"
)
_LEAST_PAIRS = 2
"""Records in which two keywords must occur side by side in two lists to be taken for translations."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A label, what may replace it, why, and in how many records each occurs."""

    label: str
    replacement: str
    reason: str
    occurrences: int
    occurrences_of_replacement: int


def propose(
    labels: Sequence[Sequence[str]],
    records: Sequence[Record] = (),
    *,
    translations: Iterable[tuple[str, str]] = (),
) -> tuple[Proposal, ...]:
    """Propose which labels to merge.

    In this order: labels of one common form (hyphens, plurals, British and American, an acronym in brackets that the
    words in front of it explain); labels that are the same once their acronyms are spelt out as titles, abstracts and
    labels of the corpus explain them in brackets; pairs of translations; rare labels that are much like a frequent
    one. The most frequent label of a group replaces the others. No replacement is itself replaced.

    Parameters
    ----------
    labels
        The labels of each record (keywords, say).
    records
        The records, whose titles and abstracts explain acronyms and whose double keyword lists give translations.
    translations
        Pairs of labels that mean the same in two languages, from a codebook say.

    Examples
    --------
    >>> labels = [["sister city", "paradiplomacy"], ["Sister cities"], ["sister city", "paradiplomasi"]]
    >>> for one in propose(labels, translations=[("paradiplomacy", "paradiplomasi")]):
    ...     print(f"{one.label} → {one.replacement} ({one.reason}; {one.occurrences})")
    paradiplomasi → paradiplomacy (translation; 1)
    Sister cities → sister city (plural; 1)
    """
    index = _Labels.of(labels)
    joined = _Joined(index)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in index.ordered:
        groups[_form(key)].append(key)
    for group in groups.values():
        for key in group[1:]:
            joined.join(key, group[0], _difference(key, group[0]))
    for short, long in _spelt_out(index, acronyms(index.names.values(), records)):
        joined.join(short, long, "acronym")
    for one, other in [*translations, *_double_lists(labels)]:
        joined.join(label_key(other), label_key(one), "translation")
    for rare, frequent, alike in _slips(index):
        joined.join(rare, frequent, f"spelling ({alike:.0f} of 100 alike)")
    return tuple(sorted(joined.proposals(), key=lambda one: (label_key(one.replacement), label_key(one.label))))


def _spelt_out(labels: _Labels, known: Acronyms) -> Iterator[tuple[str, str]]:
    """Pair labels that are the same once their acronyms are spelt out, each with the most frequent one."""
    full = {key: _form(label_key(known.spelt_out(without_acronyms(labels.names[key])))) for key in labels.ordered}
    first: dict[str, str] = {}
    for key in labels.ordered:
        first.setdefault(full[key], key)
    for key, form in full.items():
        if _form(key) != _form(first[form]):
            yield key, first[form]


def _double_lists(labels: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Find translations in records that list their keywords twice, once in each language, in the same order."""
    pairs: Counter[tuple[str, str]] = Counter()
    alone: Counter[str] = Counter()
    for given in labels:
        keys = [label_key(label) for label in given]
        alone.update(set(keys))
        half, odd = divmod(len(keys), 2)
        if not odd and half >= 2 and len(set(keys)) == len(keys) and _are_two_languages(keys[:half], keys[half:]):
            pairs.update(zip(keys[:half], keys[half:], strict=True))
    for (one, other), times in sorted(pairs.items()):
        back = pairs.get((other, one), 0)
        both = times + back
        if both >= _LEAST_PAIRS and (one < other or not back) and 2 * both > max(alone[one], alone[other]):
            yield one, other


def _are_two_languages(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether one half of a list of keywords is in Indonesian and the other is not."""
    first, second = (_indonesian(half) for half in (ones, others))
    return max(first, second) >= 0.4 and min(first, second) <= 0.1


def _indonesian(labels: Sequence[str]) -> float:
    words = [word for label in labels for word in label.split()]
    return sum(bool(_INDONESIAN.match(word)) for word in words) / max(len(words), 1)


@lru_cache(maxsize=65_536)
def _form(key: str) -> str:
    """Return what spellings of a label have in common, without an acronym that its own words explain."""
    return common_form(without_acronyms(key)) or key


def _difference(key: str, other: str) -> str:
    bare, other_bare = without_acronyms(key), without_acronyms(other)
    if (bare, other_bare) == (key, other):
        return difference(key, other)
    reasons = ["acronym in brackets"] if (bare == key) != (other_bare == other) else []
    return "; ".join([*reasons, *([difference(bare, other_bare)] if bare != other_bare else [])]) or difference(
        key, other
    )


@dataclass(frozen=True, slots=True)
class _Labels:
    """The labels by key: their usual spelling, in how many records each occurs, and the most frequent first."""

    names: Mapping[str, str]
    counts: Mapping[str, int]
    ordered: tuple[str, ...]

    @classmethod
    def of(cls, labels: Sequence[Sequence[str]]) -> _Labels:
        spelt: dict[str, Counter[str]] = defaultdict(Counter)
        for given in labels:
            for key, label in {label_key(one): " ".join(one.split()) for one in given}.items():
                spelt[key][label] += 1
        spelt.pop("", None)
        counts = {key: sum(counter.values()) for key, counter in spelt.items()}
        ordered = tuple(sorted(counts, key=lambda key: (-counts[key], len(key), key)))
        return cls({key: usual_spelling(counter) for key, counter in spelt.items()}, counts, ordered)


class _Words:
    """The words of the labels, in their order, and in which labels each occurs."""

    def __init__(self, labels: _Labels) -> None:
        self.labels: dict[str, set[str]] = defaultdict(set)
        for key in labels.counts:
            for word in _LETTERS.findall(folded(key)):
                self.labels[word].add(key)
        self.ordered = sorted(self.labels)

    def known(self, word: str, other: str, label: str) -> bool:
        """Tell whether a word, or one with the stem that distinguishes it from another, occurs in other labels too."""
        same = next(
            (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
        )
        stem = word[: max(same + _STEM_BEHIND, _STEM)]
        for place in range(bisect_left(self.ordered, stem), len(self.ordered)):
            neighbour = self.ordered[place]
            if not neighbour.startswith(stem):
                return False
            if self.labels[neighbour] != {label} and (neighbour == word or not other.startswith(stem)):
                return True
        return False


class _Joined:
    """Which label replaces which: a replacement is never itself replaced."""

    def __init__(self, labels: _Labels) -> None:
        self.labels = labels
        self.above: dict[str, str] = {}
        self.reasons: dict[str, str] = {}

    def top(self, key: str) -> str:
        while key in self.above:
            key = self.above[key]
        return key

    def join(self, one: str, other: str, reason: str) -> None:
        """Put two labels together, the more frequent above; labels that do not occur are passed over."""
        if one not in self.labels.counts or other not in self.labels.counts:
            return
        a, b = sorted((self.top(one), self.top(other)), key=lambda key: (-self.labels.counts[key], key))
        if a != b:
            self.above[b] = a
            self.reasons[b] = reason

    def _why(self, key: str) -> str:
        """Return why a label is joined to one of another form: plural says only what it shares with one between."""
        form = _form(key)
        while _form(self.above[key]) == form:
            key = self.above[key]
        return self.reasons[key]

    def proposals(self) -> Iterator[Proposal]:
        names, counts = self.labels.names, self.labels.counts
        for key in self.above:
            top = self.top(key)
            reason = _difference(key, top) if _form(key) == _form(top) else self._why(key)
            yield Proposal(names[key], names[top], reason, counts[key], counts[top])


def _slips(labels: _Labels) -> Iterator[tuple[str, str, float]]:
    """Find rare labels that are much like a frequent one: both begin, or end, with the same letters."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in labels.ordered:
        if len(key) >= _LONG:
            blocks["begins", folded(key)[:4]].append(key)
            blocks["ends", folded(key)[-5:]].append(key)
    words = _Words(labels)
    best: dict[str, tuple[float, str]] = {}
    for _, block in sorted(blocks.items()):
        for frequent in block[:_MOST_IN_BLOCK]:
            for rare in block:
                if labels.counts[frequent] < _FREQUENT * labels.counts[rare] or abs(len(frequent) - len(rare)) > 3:
                    continue
                if _NUMBERS.findall(frequent) != _NUMBERS.findall(rare) or _form(rare) == _form(frequent):
                    continue
                alike = fuzz.ratio(rare, frequent, score_cutoff=ALIKE)
                if alike and _is_one_slip(rare, frequent, words) and (alike, frequent) > best.get(rare, (0.0, "")):
                    best[rare] = (alike, frequent)
    yield from ((rare, frequent, alike) for rare, (alike, frequent) in sorted(best.items()))


def _is_one_slip(rare: str, frequent: str, words: _Words) -> bool:
    """Recognise a slip: the words differ in one place only, and the rare one is no word of its own."""
    ones, others = rare.split(), frequent.split()
    if len(ones) != len(others):
        return False
    differing = [(one, other) for one, other in zip(ones, others, strict=True) if one != other]
    if len(differing) != 1:
        return False
    one, other = differing[0]
    if len(min(one, other, key=len)) < _SHORTEST_SLIP or one.endswith(other) or other.endswith(one):
        return False
    parts, other_parts = _LETTERS.findall(folded(one)), _LETTERS.findall(folded(other))
    apart = [(a, b) for a, b in zip(parts, other_parts, strict=False) if a != b]
    if len(parts) != len(other_parts) or len(apart) != 1:
        return False
    a, b = apart[0]
    if _bare(a) == _bare(b) or singular(a) == singular(b):
        return True
    return a[0] == b[0] and not (words.known(a, b, rare) and words.known(b, a, frequent))


def _bare(word: str) -> str:
    """Return a word without what parts no two words: the genitive, and `sch` for `sh` in names."""
    return _GENITIVE.sub("", word).replace("sch", "sh")


def proposed_variants(records: Sequence[Record], items: str) -> tuple[Proposal, ...]:
    """List the spellings of authors, organisations or countries beside the label that replaces each.

    A spelling that several of them share is left out: a thesaurus goes by the label alone, and can't part them.

    Examples
    --------
    >>> records = Record("a", authors=("Sari, Dewi",)), Record("b", authors=("SARI, D.",))
    >>> (one,) = proposed_variants(records, "authors")
    >>> one.label, one.replacement, one.reason
    ('SARI, D.', 'Sari, Dewi', 'name form')
    """
    if items == "authors":
        people = authors(records)
        labels, variants, reason = people.labels, people.variants, "name form"
    elif items == "organizations":
        names = organizations(records)
        labels, variants, reason = names.labels, names.variants, "words or ROR id"
    else:
        return _country_variants(records)
    owners: dict[str, set[str]] = defaultdict(set)
    for key in labels:
        for spelling in (labels[key], *variants[key]):
            owners[label_key(spelling)].add(key)
    proposals = (
        Proposal(spelling, labels[key], reason, count, variants[key].get(labels[key], 0))
        for key in labels
        for spelling, count in variants[key].items()
        if spelling != labels[key] and len(owners[label_key(spelling)]) == len(owners[label_key(labels[key])]) == 1
    )
    return tuple(sorted(proposals, key=lambda one: (label_key(one.replacement), label_key(one.label), one.label)))


def _country_variants(records: Sequence[Record]) -> tuple[Proposal, ...]:
    spelt: Counter[tuple[str, str]] = Counter()
    for affiliation in (text for record in records for text in record.affiliations):
        if country := country_of(affiliation):
            spelt[country_as_written(affiliation), country] += 1
    return tuple(
        Proposal(name, country, "ISO 3166", count, spelt[country, country])
        for (name, country), count in sorted(spelt.items(), key=lambda pair: (pair[0][1], pair[0][0]))
        if name != country
    )
