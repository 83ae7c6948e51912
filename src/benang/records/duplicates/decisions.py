"""What a person decided about pairs of records: the same work, or two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from benang.errors import BenangError, Problem, nearest
from benang.locale.writing import alternatives, worded
from benang.records.corpus import Corpus
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
