"""The same work from several databases: which records are one, why, and what a person decided about pairs in doubt.

Pairs worth comparing and what they have in common come from `likeness`, the rules from `judging`. Here judged pairs
become groups, the strongest first, so that a group never takes in a record that contradicts one of its members. What
a person decided comes before all of that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from benang.errors import BenangError, Problem, nearest
from benang.locale.writing import alternatives, as_worded, worded
from benang.records.corpus import Corpus
from benang.records.duplicates.judging import LIKE, Judgement, Pair, contradiction, judged
from benang.records.duplicates.likeness import Work, abstracts_of, candidates, prepared
from benang.records.paper import KnownNames

Word = Literal["same", "different"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One pair, named by the records' keys, and the decision on it; `titles` are those given beside them."""

    one: str
    other: str
    word: Word
    line: int = 0
    titles: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided, in the order of its file; `where` names the file in messages."""

    pairs: tuple[Decision, ...] = ()
    where: str = "decisions"
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Decisions as pairs of work numbers, the smaller first, sorted."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()


def resolved(decisions: Decisions, corpus: Corpus) -> Resolved:
    """Find the records that decisions name.

    A record is named by its key; names that earlier versions made, as by file and place, are understood.

    Raises
    ------
    BenangError
        For a record that is not there or a name of several, a pair of one record with itself, and decisions
        that contradict each other, also by a chain (a is b, b is c, but a is not c): all problems together.
    """
    if not decisions.pairs:
        return Resolved()
    names, places = KnownNames(corpus), {key: work for work, key in enumerate(corpus.keys)}
    problems: list[Problem] = []
    pairs: dict[Word, dict[tuple[int, int], Decision]] = {"same": {}, "different": {}}
    for decision in decisions.pairs:
        where = _where(decisions, decision)
        ends = [_record(name, names, where, problems) for name in (decision.one, decision.other)]
        if not all(ends):
            continue
        a, b = sorted(places[end] for end in ends)
        if a == b:
            problems.append(
                Problem(
                    worded("'{one}' and '{other}' are the same record", one=decision.one, other=decision.other),
                    where=where,
                    way_on="Name two different records, or delete the line.",
                )
            )
        else:
            pairs[decision.word].setdefault((a, b), decision)
    problems.extend(_contradictions(decisions, pairs["same"], pairs["different"]))
    if problems:
        raise BenangError(*problems)
    return Resolved(tuple(sorted(pairs["same"])), tuple(sorted(pairs["different"])))


def _where(decisions: Decisions, decision: Decision) -> str:
    return worded("{file}, line {line}", file=decisions.where, line=decision.line) if decision.line else decisions.where


def _record(name: str, names: KnownNames, where: str, problems: list[Problem]) -> str:
    """Return the key of the record that a name means; nothing where it means none, or several."""
    match = names.find(name)
    if len(match.keys) > 1:
        problems.append(
            Problem(
                worded("'{name}' may be {names}", name=name, names=alternatives(match.keys)),
                where=where,
                way_on="Give the key of one of them.",
            )
        )
    elif not match.key:
        way_on = worded("Name a record by its key. {nearest}", nearest=nearest(name, names.records.keys))
        problems.append(Problem(worded("no record is called '{name}'", name=name), where=where, way_on=way_on))
    return match.key


def _contradictions(
    decisions: Decisions, same: Mapping[tuple[int, int], Decision], different: Mapping[tuple[int, int], Decision]
) -> list[Problem]:
    """Report every pair that is decided to be two works, but one by other decisions."""
    leader: dict[int, int] = {}

    def lead(at: int) -> int:
        while leader.get(at, at) != at:
            leader[at] = leader.get(leader[at], leader[at])
            at = leader[at]
        return at

    for a, b in sorted(same):
        leader[lead(a)] = lead(b)
    problems = []
    for (a, b), decision in sorted(different.items()):
        if lead(a) == lead(b):
            direct = same.get((a, b))
            why = (
                worded("line {line} marks them as the same", line=direct.line)
                if direct
                else worded("other lines join them through a chain of 'same'")
            )
            problems.append(
                Problem(
                    worded(
                        "'{one}' and '{other}' are marked as different, but {why}",
                        one=decision.one,
                        other=decision.other,
                        why=why,
                    ),
                    where=_where(decisions, decision),
                    way_on="Delete the incorrect line.",
                )
            )
    return problems


_MOST_COMPARED = 12  # members of a group that differ among themselves, each compared before another group is joined


@dataclass(frozen=True, slots=True)
class Joined:
    """Two records (numbers of works in the corpus, the smaller first) that are one work, and why."""

    one: int
    other: int
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two records that may be one work: what they have in common, and what speaks against it."""

    one: int
    other: int
    reason: str
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one work: their numbers in the corpus, sorted, and the pairs that joined them."""

    members: tuple[int, ...]
    joins: tuple[Joined, ...]

    def reason(self, member: int) -> str:
        """Return why a record is in the group: how it was joined, first pair that names it."""
        return next((join.reason for join in self.joins if member in (join.one, join.other)), "")


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Which records of a corpus are one work: groups in the order of their first member, and pairs in doubt.

    `compared` is how many pairs were compared; `decided` how many pairs a person had decided.
    """

    groups: tuple[Group, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    compared: int = 0
    decided: int = 0


def find_duplicates(corpus: Corpus, *, decisions: Decisions | None = None) -> Duplicates:
    """Find the records of a corpus that are one work.

    Identifiers come first (DOI, PubMed id, the databases' own), then title with year, first author, source and place in
    print. The page "Duplicates" of the docs has the rules. The same groups come out whatever the order of the files.
    Works of a corpus that was joined before are already distinguished: they are compared only with others.

    Parameters
    ----------
    corpus
        Records as they were read.
    decisions
        What a person decided about pairs; it goes before every rule.

    Raises
    ------
    BenangError
        Where decisions name records that are not there, or contradict each other.

    Examples
    --------
    >>> from benang.records.corpus import corpus_of
    >>> from benang.records.record import Record
    >>> corpus = corpus_of([
    ...     Record("s1", title="Sister cities that failed: a review", authors=("Sari, D.",), year=2020, doi="10.1/a"),
    ...     Record("w1", title="SISTER CITIES THAT FAILED - A REVIEW", authors=("Sari, Dewi",), year=2020),
    ...     Record("s2", title="Sister cities that failed: a reply", authors=("Umpama, A.",), year=2021),
    ... ])
    >>> duplicates = find_duplicates(corpus)
    >>> duplicates.groups[0].members, duplicates.groups[0].joins[0].reason
    ((0, 1), 'same title, first author and year')
    """
    order = _order(corpus)
    prepared_works = prepared(corpus)
    works = [prepared_works[at] for at in order]
    place = {work: at for at, work in enumerate(order)}
    decided = _by_order(resolved(decisions or Decisions(), corpus), place)
    compare = abstracts_of(corpus)

    def pair(a: int, b: int) -> Pair:
        return Pair(works[a], works[b], lambda: compare(order[a], order[b]))

    pairs = candidates(works)
    verdicts = _judged(works, pairs, pair)
    grouping = _Grouping(works, pair, decided)
    grouping.join(verdicts)
    return Duplicates(
        groups=_groups(grouping, order),
        doubts=_doubts(grouping, order),
        compared=len(pairs),
        decided=len(decided.same) + len(decided.different),
    )


def _order(corpus: Corpus) -> list[int]:
    """Return the works sorted by file and place, which are the same whatever the order in which files were read."""
    files, places = (corpus.works.column(name).to_pylist() for name in ("file", "place"))
    titles = corpus.works.column("title").to_pylist()
    return sorted(range(len(corpus)), key=lambda work: (files[work], places[work], titles[work], corpus.keys[work]))


def _by_order(decided: Resolved, place: dict[int, int]) -> Resolved:
    def turned(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        ends = [sorted((place[a], place[b])) for a, b in pairs]
        return tuple(sorted((a, b) for a, b in ends))

    return Resolved(turned(decided.same), turned(decided.different))


@dataclass(frozen=True, slots=True)
class _Verdict:
    one: int
    other: int
    judgement: Judgement


def _judged(works: Sequence[Work], pairs: npt.NDArray[np.int64], pair: Callable[[int, int], Pair]) -> list[_Verdict]:
    """Judge the pairs that have something in common; the likeness of all titles is reckoned at one stroke."""
    verdicts = []
    for a, b in pairs[_worth_judging(works, pairs)].tolist():
        judgement = judged(pair(a, b))
        if judgement.answer != "apart":
            verdicts.append(_Verdict(a, b, judgement))
    return verdicts


def _worth_judging(works: Sequence[Work], pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Leave out pairs whose titles have little in common, unless an identifier or the place in print is the same."""
    keys = [work.title.key for work in works]
    one, other = pairs[:, 0].tolist(), pairs[:, 1].tolist()
    alike = process.cpdist(
        [keys[at] for at in one], [keys[at] for at in other], scorer=fuzz.ratio, score_cutoff=LIKE, dtype=np.float32
    )
    worth: npt.NDArray[np.bool_] = np.asarray(alike) >= LIKE
    for at in np.flatnonzero(~worth).tolist():
        a, b = works[one[at]], works[other[at]]
        worth[at] = (
            (a.doi and a.doi == b.doi)
            or not a.identifiers.isdisjoint(b.identifiers)
            or not a.places.isdisjoint(b.places)
            or bool(a.title.others or b.title.others or a.title.cut or b.title.cut)
            or (bool(a.title.main or b.title.main) and (a.title.main == b.title.key or b.title.main == a.title.key))
        )
    return worth


class _Grouping:
    """Records as groups that grow, the strongest pairs first."""

    def __init__(self, works: Sequence[Work], pair: Callable[[int, int], Pair], decisions: Resolved) -> None:
        self._works, self._pair = works, pair
        self._leader = list(range(len(works)))
        self.members: dict[int, list[int]] = {}
        self._faces: dict[int, list[int]] = {}
        self.joins: dict[int, list[tuple[int, int, str]]] = {}
        self.doubts: list[tuple[int, int, str, str]] = []
        self._different: dict[int, set[int]] = {}
        for a, b in decisions.different:
            self._different.setdefault(a, set()).add(b)
            self._different.setdefault(b, set()).add(a)
        self._trusted: dict[int, set[int]] = {}
        for a, b in decisions.same:
            self._unite(a, b, "decided")
            together = self._trusted.get(a, {a}) | self._trusted.get(b, {b})
            self._trusted.update(dict.fromkeys(together, together))

    def lead(self, at: int) -> int:
        """Return the record that represents a group."""
        while self._leader[at] != at:
            self._leader[at] = self._leader[self._leader[at]]
            at = self._leader[at]
        return at

    def join(self, verdicts: Iterable[_Verdict]) -> None:
        """Join what is the same, strongest first; what a group refuses becomes a doubt."""
        for verdict in sorted(verdicts, key=lambda v: (v.judgement.strength, v.one, v.other)):
            a, b, judgement = verdict.one, verdict.other, verdict.judgement
            if self.lead(a) == self.lead(b) or self._told_apart(a, b):
                continue
            if judgement.answer == "doubt":
                self.doubts.append((a, b, judgement.reason, judgement.doubt))
            elif refused := self._refused(a, b):
                self.doubts.append(
                    (a, b, judgement.reason, worded("within their groups, {reason}", reason=as_worded(refused)))
                )
            else:
                self._unite(a, b, judgement.reason)

    def _of(self, leader: int) -> list[int]:
        return self.members.get(leader, [leader])

    def _told_apart(self, a: int, b: int) -> bool:
        """Tell whether a person called any two of the two groups different."""
        if not self._different:
            return False
        ours, theirs = self._of(self.lead(a)), set(self._of(self.lead(b)))
        return any(not theirs.isdisjoint(self._different.get(at, ())) for at in ours)

    def _refused(self, a: int, b: int) -> str:
        """Return why two groups cannot be one: a pair of their members contradicts each other.

        What a person called the same as one of the two is not asked again.
        """
        ours, theirs = (self._faces.get(self.lead(at), [self.lead(at)]) for at in (a, b))
        trusted = [self._trusted.get(at, {at}) for at in (a, b)]
        for one in ours:
            for other in theirs:
                if one in trusted[0] and other in trusted[1]:
                    continue
                pair = self._pair(one, other)
                if (why := contradiction(pair)) and judged(pair).answer != "same":
                    return why
        return ""

    def _unite(self, a: int, b: int, reason: str) -> None:
        first, second = sorted((self.lead(a), self.lead(b)))
        if first != second:
            self._leader[second] = first
            faces = [*self._faces.pop(first, [first]), *self._faces.pop(second, [second])]
            self._faces[first] = self._differing(faces)
            self.members[first] = [*self.members.pop(first, [first]), *self.members.pop(second, [second])]
            self.joins[first] = [*self.joins.pop(first, []), *self.joins.pop(second, [])]
        self.joins.setdefault(first, []).append((a, b, reason))

    def _differing(self, members: Iterable[int]) -> list[int]:
        """Return those members of a group that differ in what is compared, a few at most."""
        kept: dict[Work, int] = {}
        for member in members:
            kept.setdefault(self._works[member], member)
        return list(kept.values())[:_MOST_COMPARED]


def _groups(grouping: _Grouping, order: Sequence[int]) -> tuple[Group, ...]:
    groups = []
    for leader, members in grouping.members.items():
        ends = ((order[a], order[b], reason) for a, b, reason in grouping.joins[leader])
        joins = [Joined(min(a, b), max(a, b), reason) for a, b, reason in ends]
        joins.sort(key=lambda join: (join.one, join.other))
        groups.append(Group(tuple(sorted(order[member] for member in members)), tuple(joins)))
    return tuple(sorted(groups, key=lambda group: group.members))


def _doubts(grouping: _Grouping, order: Sequence[int]) -> tuple[Doubt, ...]:
    """Return the doubts that groups did not settle, one for each two groups."""
    seen: set[tuple[int, int]] = set()
    doubts = []
    for a, b, reason, why in grouping.doubts:
        one, other = sorted((grouping.lead(a), grouping.lead(b)))
        if one != other and (one, other) not in seen:
            seen.add((one, other))
            first, second = sorted((order[a], order[b]))
            doubts.append(Doubt(first, second, reason, why))
    return tuple(sorted(doubts, key=lambda doubt: (doubt.one, doubt.other)))
