"""The decisions of a review by stage, work and coder, and which of them may be shown: those under a blind may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Literal

from benang.judgements.events import CONSENSUS, STAGES, Completion, Decision, Round, Stage
from benang.judgements.log import Judgements, fold
from benang.screening.protocol import Protocol, readers_of

ByCoder = Mapping[str, tuple[Decision, ...]]
"""The valid decisions on one work: one of each coder, or several where they contradict each other."""

Brought = Decision | Completion
"""What an export brings along: decisions, and that somebody had decided on all that it contains."""


@dataclass(frozen=True)
class Decided:
    """All valid decisions of persons, by stage and work.

    `orphans` are on records that the review does not have (any more). `completed` has what each coder had decided on
    when a task was done, `unread` what a coder left without a decision because the screening stopped.
    """

    by_work: Mapping[Stage, Mapping[str, ByCoder]]
    rounds: Mapping[Stage, Mapping[str, Round]] = field(default_factory=dict)
    completed: Mapping[tuple[str, Stage], frozenset[str]] = field(default_factory=dict)
    unread: Mapping[tuple[str, Stage], frozenset[str]] = field(default_factory=dict)
    orphans: tuple[Decision, ...] = ()
    log: Judgements = field(default_factory=lambda: fold([]), repr=False, compare=False)

    def sequence(self, decisions: Iterable[Decision]) -> dict[str, int]:
        """Return how many of these decisions their coder had made with each one, by its id.

        They are counted as the log has them, whatever clocks said. Those that came into it together, as from a table,
        have the same number, since nobody knows their order. What has no time is from elsewhere, and is left out.
        """
        by_coder: dict[str, list[Decision]] = defaultdict(list)
        for one in decisions:
            if one.time:
                by_coder[one.coder].append(one)
        sequence: dict[str, int] = {}
        for of_coder in by_coder.values():
            n = 0
            for _, together in groupby(sorted(of_coder, key=self._line), key=attrgetter("time")):
                ids = [one.id for one in together]
                n += len(ids)
                sequence |= dict.fromkeys(ids, n)
        return sequence

    def _line(self, one: Decision) -> tuple[str, int, datetime | None, str]:
        place = self.log.place(one.id)
        return place.file, place.line, one.time, one.id

    def is_unread(self, stage: Stage, work: str, readers: Sequence[str]) -> bool:
        """Tell whether all who read a work have left it without a decision, because the screening stopped."""
        return bool(readers) and not self.on(stage, work) and all(self.left(who, stage, work) for who in readers)

    def left(self, coder: str, stage: Stage, work: str) -> bool:
        """Tell whether a coder has left a work without a decision, because the screening stopped."""
        return work in self.unread.get((coder, stage), ()) and coder not in self.on(stage, work)

    def leavers(self, stage: Stage, work: str) -> tuple[str, ...]:
        """Return the coders who have left a work without a decision, sorted."""
        return tuple(sorted(who for who, at in self.unread if at == stage and self.left(who, stage, work)))

    def on(self, stage: Stage, work: str) -> ByCoder:
        """Return the decisions on a work, by coder."""
        return self.by_work[stage].get(work, {})


@dataclass(frozen=True)
class Change:
    """The decisions as they were sorted before, and the works on which other ones stand since."""

    before: Decided
    works: frozenset[str]


def changed(
    before: Decided, then: Judgements, now: Judgements, aliases: Mapping[str, str], brought: Sequence[Brought] = ()
) -> Change | None:
    """Return what has changed in a log since its decisions were sorted; None where all has to be sorted again.

    Events are kept while a process lives (`parsed_line`): one that is another object stands on another line.
    """
    if _differ(then.of(Round), now.of(Round)) or any(isinstance(one, Decision) and one.joined for one in brought):
        return None
    old, new = ({id(one): one for one in _all_decisions(judgements)} for judgements in (then, now))
    other = (*(old[name] for name in old.keys() - new.keys()), *(new[name] for name in new.keys() - old.keys()))
    return Change(before, frozenset(aliases.get(key, key) for one in other for key in (one.record, *one.joined)))


def _differ(then: Sequence[object], now: Sequence[object]) -> bool:
    return [id(one) for one in then] != [id(one) for one in now]


def _all_decisions(judgements: Judgements) -> tuple[Decision, ...]:
    """Give the decisions that stand, or contradict each other."""
    return (*judgements.of(Decision), *(one for one in judgements.disputed if isinstance(one, Decision)))


def decided(
    judgements: Judgements,
    works: Collection[str],
    aliases: Mapping[str, str],
    brought: Sequence[Brought] = (),
    *,
    change: Change | None = None,
) -> Decided:
    """Sort the decisions of a log by the works that there are today.

    Where records were joined after they were decided on, the work has the decisions on all of them; where they were
    parted, each has those on the whole. Of the decisions that exports bring along (`brought`, with the tasks that were
    done there), those count on which their coder says nothing in the log.

    Parameters
    ----------
    works
        The keys of the works.
    aliases
        The keys of records that went into another one, with the key of the work.
    change
        What has changed since the log was folded before: only that is sorted again, with the same result.
    """
    sorting = _Sorting(works, aliases, change)
    for event in _all_decisions(judgements):
        if not event.program:
            sorting.take(event)
    in_log = sorting.said()
    for one in brought:
        if isinstance(one, Decision) and (one.stage, aliases.get(one.record, one.record), one.coder) not in in_log:
            sorting.take(one)
    completions = (*judgements.of(Completion), *(one for one in brought if isinstance(one, Completion)))
    return Decided(
        by_work={stage: _with_unchanged(stage, by_work, change) for stage, by_work in sorting.by_work.items()},
        rounds=_rounds(judgements, aliases),
        completed=_completed(completions, aliases, "records"),
        unread=_completed(completions, aliases, "unread"),
        orphans=tuple(sorted(sorting.orphans, key=lambda one: one.id)),
        log=judgements,
    )


class _Sorting:
    """Sorts decisions by stage, work and coder; those on works on which nothing has changed are passed over."""

    def __init__(self, works: Collection[str], aliases: Mapping[str, str], change: Change | None) -> None:
        self._there = works if isinstance(works, (set, frozenset, dict)) else frozenset(works)
        self._aliases, self._change = aliases, change
        at = change.works if change else frozenset[str]()
        self._keys = {*at, *(key for key, work in aliases.items() if work in at)}
        self.by_work: dict[Stage, dict[str, dict[str, list[Decision]]]] = {
            stage: defaultdict(lambda: defaultdict(list)) for stage in STAGES
        }
        self.orphans = [one for one in change.before.orphans if self._is_unchanged(one)] if change else []

    def _is_unchanged(self, one: Decision) -> bool:
        return self._change is not None and one.record not in self._keys and self._keys.isdisjoint(one.joined)

    def take(self, one: Decision) -> None:
        """Put a decision to each of its works, or among the orphans."""
        if self._is_unchanged(one):
            return
        keys = [one.record, *one.joined] if one.joined else [one.record]
        here = [work for work in dict.fromkeys(self._aliases.get(key, key) for key in keys) if work in self._there]
        if not here:
            self.orphans.append(one)
        for work in here:
            if self._change is None or work in self._change.works:
                self.by_work[one.stage][work][one.coder].append(one)

    def said(self) -> frozenset[tuple[Stage, str, str]]:
        """Return who has decided on which work at which stage."""
        return frozenset((at, work, who) for at, by in self.by_work.items() for work, of in by.items() for who in of)


def _with_unchanged(
    stage: Stage, by_work: Mapping[str, Mapping[str, Sequence[Decision]]], change: Change | None
) -> dict[str, ByCoder]:
    """Return what was sorted, and beside it what was sorted before of works on which nothing has changed."""
    before = change.before.by_work[stage] if change else {}
    unchanged = {work: by for work, by in before.items() if change and work not in change.works}
    return unchanged | {work: {coder: _once(by[coder]) for coder in sorted(by)} for work, by in by_work.items()}


def _once(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Keep the first of those that say the same; records that were joined may both have been decided on."""
    if len(decisions) == 1:
        return tuple(decisions)
    different: dict[tuple[str, str], Decision] = {}
    for one in sorted(decisions, key=lambda one: one.id):
        different.setdefault((one.verdict, one.reason), one)
    return tuple(different.values())


def _rounds(judgements: Judgements, aliases: Mapping[str, str]) -> dict[Stage, dict[str, Round]]:
    """Return the round of each work that is in one; of several, that of the first name counts."""
    rounds: dict[Stage, dict[str, Round]] = {stage: {} for stage in STAGES}
    for one in sorted(judgements.of(Round), key=lambda one: (one.name, one.id)):
        for key in one.records:
            rounds[one.stage].setdefault(aliases.get(key, key), one)
    return rounds


def _completed(
    completions: Iterable[Completion], aliases: Mapping[str, str], part: Literal["records", "unread"]
) -> dict[tuple[str, Stage], frozenset[str]]:
    completed: dict[tuple[str, Stage], set[str]] = defaultdict(set)
    for one in completions:
        completed[one.coder, one.stage].update(aliases.get(key, key) for key in getattr(one, part))
    return {who: frozenset(works) for who, works in completed.items()}


@dataclass(frozen=True)
class Reading:
    """Who reads the works of a stage, and what is done.

    `readers` has the readers of each work, `tasks` the works that each reviewer reads, by round; `open_tasks` those
    tasks that are not done.
    """

    readers: Mapping[str, tuple[str, ...]]
    tasks: Mapping[tuple[str, str], tuple[str, ...]]
    open_tasks: frozenset[tuple[str, str]]


def reading(
    stage: Stage,
    works: Sequence[str],
    decisions: Decided,
    protocol: Protocol,
    *,
    known: Mapping[str, tuple[str, ...]] | None = None,
) -> Reading:
    """Assign the works of a stage to reviewers, and find out which tasks are done: those whose works are decided.

    Parameters
    ----------
    known
        The readers of works on which nothing has changed since these were found out.
    """
    readers: dict[str, tuple[str, ...]] = {}
    tasks: dict[tuple[str, str], list[str]] = defaultdict(list)
    open_tasks: set[tuple[str, str]] = set()
    active = frozenset(protocol.active)
    rounds = decisions.rounds.get(stage, {})
    by_work, none = decisions.by_work[stage], dict[str, tuple[Decision, ...]]()
    has_unread = any(at == stage and unread for (_, at), unread in decisions.unread.items())
    for work in works:
        on = by_work.get(work, none)
        part = rounds.get(work)
        chosen = known.get(work, ()) if known else ()
        if not chosen:
            verdicts = {coder: own[0].verdict for coder, own in on.items() if coder != CONSENSUS}
            left = decisions.leavers(stage, work)
            chosen = readers_of(
                work, stage, protocol, decided=verdicts, left=left, asked=part.readers if part else None
            )
        readers[work] = chosen
        for coder in chosen:
            if coder in active:
                task = (part.name if part else "", coder)
                tasks[task].append(work)
                if coder not in on and not (has_unread and decisions.left(coder, stage, work)):
                    open_tasks.add(task)
    return Reading(readers, {task: tuple(of_task) for task, of_task in tasks.items()}, frozenset(open_tasks))


def shown(
    stage: Stage, work: str, decisions: Decided, who: Reading, protocol: Protocol
) -> tuple[tuple[Decision, ...], bool]:
    """Return the decisions on a work that may be shown, and whether all who must read it have decided.

    Where several reviewers read it blinded, none of their decisions is shown before each of their tasks is done (or
    was done when they decided): one that showed would tell the others what to think. What one reviewer reads alone,
    beyond the overlap say, shows at once.

    The plan may change while reviewers read. Whoever has decided keeps their place. Where further readers are asked
    for, what was shown is blinded again for their sake until they are done, save what a consensus has settled. A
    reviewer who left has no tasks: their decisions count and show as soon as the others are done, who also read the
    rest. Where the plan gives up the blind, everything shows at once.

    One thing shows through by its nature: where a second reader checks a share of the exclusions, what comes to be
    checked was excluded. The reason and the note don't show.
    """
    on = decisions.on(stage, work)
    readers = who.readers.get(work, ())
    complete = all(coder in on for coder in readers) and bool(readers or on)
    everything = tuple(one for coder in on for one in on[coder])
    is_blind = protocol.screening.of(stage).blinded and len(readers) > 1
    if not is_blind or all(is_released(coder, stage, work, decisions, who, protocol) for coder in readers):
        return everything, complete
    return tuple(one for one in everything if one.coder == CONSENSUS), False


def is_released(coder: str, stage: Stage, work: str, decisions: Decided, who: Reading, protocol: Protocol) -> bool:
    """Tell whether a reader's decision on a work may be shown: by a task that is done, or was.

    Where a reader has left a work unread that others have decided on, it waits for a second decision, which the first
    must not sway.
    """
    if coder not in decisions.on(stage, work):
        return False
    if coder not in protocol.active or work in decisions.completed.get((coder, stage), ()):
        return True
    part = decisions.rounds.get(stage, {}).get(work)
    return (part.name if part else "", coder) not in who.open_tasks
