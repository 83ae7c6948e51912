"""What a person decided about pairs of records: the same work, or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from benang.errors import BenangError, Problem, nearest
from benang.records.corpus import Corpus

Word = Literal["same", "different"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One pair, named by the records' keys or by file and place (`scopus.ris:12`), and what was decided of it."""

    one: str
    other: str
    word: Word
    line: int = 0


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

    A record is named by its key, else by file and place; of the file its name is enough where only one has it.

    Raises
    ------
    BenangError
        For a record that is not there or that is named by two files, a pair of one record with itself, and decisions
        that contradict each other, also by a chain (a is b, b is c, but a is not c): all problems together.
    """
    if not decisions.pairs:
        return Resolved()
    names = _names(corpus)
    problems: list[Problem] = []
    found: dict[Word, dict[tuple[int, int], Decision]] = {"same": {}, "different": {}}
    for decision in decisions.pairs:
        where = _where(decisions, decision)
        ends = [_record(name, names, where, problems) for name in (decision.one, decision.other)]
        if None in ends:
            continue
        a, b = sorted(end for end in ends if end is not None)
        if a == b:
            problems.append(Problem(f"'{decision.one}' and '{decision.other}' are one record", where=where,
                                    way_on="Name two records, or take the line out."))  # fmt: skip
        else:
            found[decision.word].setdefault((a, b), decision)
    problems.extend(_contradictions(decisions, found["same"], found["different"]))
    if problems:
        raise BenangError(*problems)
    return Resolved(tuple(sorted(found["same"])), tuple(sorted(found["different"])))


def _where(decisions: Decisions, decision: Decision) -> str:
    return f"{decisions.where}, line {decision.line}" if decision.line else decisions.where


def _names(corpus: Corpus) -> dict[str, list[int]]:
    """Return the records by every name that a person may give them."""
    names: dict[str, list[int]] = {}
    columns = (corpus.works.column(name).to_pylist() for name in ("key", "file", "place"))
    rows = list(zip(*columns, strict=True))
    for work, (key, _, _) in enumerate(rows):
        names[key] = [work]
    keys = set(names)
    for work, (_, file, place) in enumerate(rows):
        parts = file.split("/")
        for at in range(len(parts)):
            name = f"{'/'.join(parts[at:])}:{place}"
            if name not in keys:
                names.setdefault(name, []).append(work)
    return names


def _record(name: str, names: Mapping[str, Sequence[int]], where: str, problems: list[Problem]) -> int | None:
    found = names.get(name) or names.get(name.replace("\\", "/")) or ()
    if len(found) == 1:
        return found[0]
    if found:
        problems.append(
            Problem(
                f"'{name}' is a record of {len(found)} files of this name",
                where=where,
                way_on="Write the folder before the file's name, or the record's key.",
            )
        )
    else:
        problems.append(
            Problem(
                f"no record is called '{name}'",
                where=where,
                expected="",
                way_on=f"Name a record by its key, or by file and place, as scopus.ris:12. {nearest(name, names)}",
            )
        )
    return None


def _contradictions(
    decisions: Decisions, same: Mapping[tuple[int, int], Decision], different: Mapping[tuple[int, int], Decision]
) -> list[Problem]:
    """Tell of every pair that is said to be two, but one by what else was decided."""
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
            told = f"line {direct.line} calls them the same" if direct else "other lines join them by a chain of 'same'"
            problems.append(
                Problem(
                    f"'{decision.one}' and '{decision.other}' are called different, but {told}",
                    where=_where(decisions, decision),
                    way_on="Take out the line that is wrong.",
                )
            )
    return problems
