"""What a review calls its items, which names may be one, and what is decided on them, with the effect on counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from benang.errors import unknown
from benang.files import sha256
from benang.records.authors import authors
from benang.records.corpus import Corpus
from benang.records.names import author_key
from benang.records.organizations import organization_key, organizations
from benang.records.proposals import Proposal, propose, proposed_variants
from benang.records.spelling import label_key, usual_spelling
from benang.records.thesaurus import Thesaurus

Items = Literal["keywords", "authors", "organizations"]
CLEANED: tuple[Items, ...] = ("keywords", "authors", "organizations")
"""The kinds of items whose names can be one: countries are read by a table, and sources as databases print them."""

Verdict = Literal["same", "apart"]
SHARED = "shared name"
"""Why a name may be that of another author: of several, so that all of a kind can't be accepted at once."""
_KEYS: Mapping[Items, Callable[[str], str]] = {
    "keywords": label_key,
    "authors": author_key,
    "organizations": organization_key,
}
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Join:
    """A proposal: `label` is another way to write `name`. `records` have the label, `records_of_name` the name.

    The name's records are those of all labels that the thesaurus replaces by it. `joined` records have one of both: a
    record with both counts once. `kind` is the reason without its details. Where a rule of Benang counts both as one
    already, it `is_counted_as_one`: then to accept it keeps that so, and to refuse it parts them.
    """

    id: str
    label: str
    name: str
    kind: str
    reason: str
    records: int
    records_of_name: int
    joined: int
    is_counted_as_one: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """Its reasons one by one: `plural; hyphen or space` are two."""
        return tuple(self.kind.split("; "))


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision: `label` is replaced by `name` (left out where that is empty), or both are kept apart.

    `records` have the label, `together` the label or what else is called `name`. `kind` is why it was proposed, empty
    where it was not.
    """

    id: str
    verdict: Verdict
    label: str
    name: str
    records: int
    together: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A name and the labels that may be other ways to write it; `together` records have any of them."""

    name: str
    records: int
    together: int
    joins: tuple[Join, ...]

    @property
    def place(self) -> tuple[int, str]:
        """Its place among the groups: the greatest effect first, then by name."""
        return -self.together, label_key(self.name)


@dataclass(frozen=True)
class Cleaning:
    """The names of one kind of items: what is proposed, group by group, and what is decided.

    `others` counts the lines of the thesaurus whose labels no record has among these items. `file` is the name of the
    thesaurus in the folder; where it is there and the plan does not name it, nothing is decided before it does
    (`is_unused`).
    """

    items: Items
    groups: tuple[Group, ...]
    settled: tuple[Settled, ...]
    others: int
    file: str
    is_unused: bool = False
    n_records: int = 0

    @cached_property
    def proposals(self) -> tuple[Join, ...]:
        """What is proposed, one by one."""
        return tuple(one for group in self.groups for one in group.joins)

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """How many proposals each reason has, the most first; one with several reasons counts for each."""
        counts = Counter(kind for one in self.proposals for kind in one.kinds)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def of(self, verdict: Verdict) -> tuple[Settled, ...]:
        """Return the decisions of one kind."""
        return tuple(one for one in self.settled if one.verdict == verdict)


@dataclass(frozen=True)
class Names:
    """What a corpus calls the items of a kind: records and usual spelling of each name by its key, and what may be one.

    It depends on the records alone, not on what was decided.
    """

    items: Items
    works: Mapping[str, frozenset[int]]
    spelt: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    n_records: int

    @property
    def key(self) -> Callable[[str], str]:
        """What names are compared by, as on maps."""
        return _KEYS[self.items]

    @cached_property
    def reasons(self) -> Mapping[str, str]:
        """Why a label was proposed, by its key."""
        return {self.key(one.label): one.reason for one in reversed(self.proposals)}


def names_of(corpus: Corpus, items: Items, *, translations: Iterable[tuple[str, str]] = ()) -> Names:
    """Collect the names of a kind of items in a corpus, and what may be one: the work that `clean` repeats nothing of.

    Organisations are compared by what they are called after their rules have joined them; of authors, also names are
    proposed that several of them may have. `translations` are pairs of keywords that mean the same.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([Record("a", author_keywords=("night market",)), Record("b", author_keywords=("Night Market",
    ...     "night markets"))])
    >>> names = names_of(corpus, "keywords")
    >>> sorted(names.works["night market"]), [one.reason for one in names.proposals]
    ([0, 1], ['plural'])
    """
    if items not in CLEANED:
        raise unknown(items, CLEANED, where="items", expected="a kind of items")
    records = corpus.records
    if items == "keywords":
        labels: list[Sequence[str]] = [(*one.author_keywords, *one.index_keywords) for one in records]
        proposals = propose(labels, records, translations=translations)
    elif items == "authors":
        labels = [one.authors for one in records]
        people = authors(records)
        shared = [
            Proposal(one.name, candidate, SHARED, one.records, 0)
            for one in people.ambiguous
            for candidate in one.candidates
            if not candidate.endswith(")")  # distinguished by an id alone, which no thesaurus can name
        ]
        proposals = (*proposed_variants(records, "authors"), *shared)
    else:
        places = organizations(records)
        labels = [[places.labels[one] for one in own] for own in places.of_records]
        proposals = propose(labels, records)
    return _names(items, labels, proposals)


def _names(items: Items, labels: Sequence[Sequence[str]], proposals: Iterable[Proposal]) -> Names:
    key = _KEYS[items]
    works: dict[str, set[int]] = defaultdict(set)
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for work, own in enumerate(labels):
        for label in own:
            works[key(label)].add(work)
            spelt[key(label)][" ".join(label.split())] += 1
    works.pop("", None)
    kept: dict[tuple[str, str], Proposal] = {}
    for one in proposals:
        pair = key(one.label), key(one.replacement)
        if pair[0] != pair[1] and pair[0] in works:
            kept.setdefault(pair, one)
    return Names(
        items,
        {one: frozenset(of) for one, of in works.items()},
        {one: usual_spelling(spelt[one]) for one in works},
        tuple(kept.values()),
        len(labels),
    )


def cleaning_of(
    names: Names,
    thesaurus: Thesaurus,
    kept_apart: Sequence[tuple[str, str, str]] = (),
    *,
    file: str = "",
    is_unused: bool = False,
) -> Cleaning:
    """Say what is still to be decided on names, and what is decided: by a thesaurus, and by pairs that are kept apart.

    `file` and `is_unused` are those of `Cleaning`.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> keywords = ("market", "markets"), ("market", "bazaar"), ("bazaars",)
    >>> corpus = corpus_of(Record(str(at), author_keywords=own) for at, own in enumerate(keywords))
    >>> state = cleaning_of(names_of(corpus, "keywords"), Thesaurus((("markets", "market"),)))
    >>> [(one.label, one.name, one.joined) for one in state.proposals], [one.label for one in state.settled]
    ([('bazaars', 'bazaar', 2)], ['markets'])
    """
    key = names.key
    lines = {key(label): replacement for label, replacement in reversed(thesaurus.replacements)}
    apart = {frozenset(map(key, (one, other))) for one, other, items in kept_apart if items in ("", names.items)}
    counted = _Counted(names, lines)
    by_name: dict[str, list[Join]] = defaultdict(list)
    for one in _open(names, lines, apart, counted):
        by_name[one.name].append(one)
    groups = (_group(name, joins, counted) for name, joins in by_name.items())
    same = [(label, to) for label, to in thesaurus.replacements if key(label) in names.works]
    settled = (
        *(_settled("same", label, to, names, counted) for label, to in same),
        *(_settled("apart", one, other, names, counted) for one, other, items in kept_apart if items == names.items),
    )
    others = len(thesaurus.replacements) - len(same)
    order = tuple(sorted(groups, key=lambda group: group.place))
    return Cleaning(names.items, order, settled, others, file, is_unused, names.n_records)


class _Counted:
    """In how many records names are, now that some labels are replaced by others."""

    def __init__(self, names: Names, lines: Mapping[str, str]) -> None:
        self.names = names
        self.replaced: dict[str, set[str]] = defaultdict(set)
        self.lines = lines
        for label, to in lines.items():
            if to:
                self.replaced[names.key(to)].add(label)

    def own(self, name: str) -> frozenset[int]:
        """Return the records that print a name."""
        return self.names.works.get(self.names.key(name), frozenset())

    def all(self, name: str) -> frozenset[int]:
        """Return the records of a name, with those of the labels that are replaced by it."""
        key = self.names.key(name)
        labels = [one for one in (key, *self.replaced[key]) if one != key or self.lines.get(key, name)]
        return frozenset[int]().union(*(self.names.works.get(one, frozenset()) for one in labels))


def _group(name: str, joins: Sequence[Join], counted: _Counted) -> Group:
    now = counted.all(name)
    together = now.union(*(counted.own(one.label) for one in joins))
    ordered = sorted(joins, key=lambda one: (-one.records, label_key(one.label)))
    return Group(name, len(now), len(together), tuple(ordered))


def _open(names: Names, lines: Mapping[str, str], apart: set[frozenset[str]], counted: _Counted) -> Iterator[Join]:
    """Give what is not decided yet, group by group: what was decided of one of them says what the others are called."""
    key = names.key
    preferred = {key(to) for to in lines.values() if to}
    groups: dict[str, list[Proposal]] = defaultdict(list)
    for one in names.proposals:
        groups[one.replacement].append(one)
    for top, group in groups.items():
        name, labels = _named(top, group, names, lines, preferred)
        for label, reason in labels:
            own = key(label)
            pairs = (frozenset((own, key(name))), frozenset((own, key(top))))
            if not name or own == key(name) or own in lines or own in preferred or apart.intersection(pairs):
                continue
            mine, theirs = counted.own(label), counted.all(name)
            yield Join(
                join_id(names, label, name),
                label,
                name,
                _kind(reason),
                reason,
                len(mine),
                len(theirs),
                len(mine | theirs),
                names.items == "authors" and reason != SHARED,
            )


def _named(
    top: str, group: Sequence[Proposal], names: Names, lines: Mapping[str, str], preferred: set[str]
) -> tuple[str, list[tuple[str, str]]]:
    """Return what a group of labels is called, and its labels with their reasons.

    That is the most frequent one, unless the thesaurus replaces it, or already prefers another one of the group.
    """
    labels = [(one.label, one.reason) for one in group]
    if names.key(top) in lines:
        return lines[names.key(top)], labels
    known = [one for one in group if names.key(one.label) in preferred and one.reason != SHARED]
    if names.key(top) in preferred or not known:
        return top, labels
    best = max(known, key=lambda one: (one.occurrences, one.label))
    return best.label, [(top, best.reason), *labels]


def _kind(reason: str) -> str:
    return reason.partition(" (")[0]


def join_id(names: Names, label: str, name: str) -> str:
    """Return the id of a label's being a name: it is the same as long as both are spelt so."""
    parts = (names.items, names.key(label), names.key(name))
    return sha256("\n".join(parts))[:_DIGITS]


def _settled(verdict: Verdict, label: str, name: str, names: Names, counted: _Counted) -> Settled:
    own = counted.own(label)
    together = own | counted.all(name) if name else own
    kind = _kind(names.reasons.get(names.key(label), ""))
    return Settled(join_id(names, label, name), verdict, label, name, len(own), len(together), kind)
