"""What comes of a screening: for each record and stage one outcome, folded from the decisions by the plan's rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from benang.judgements.events import CONSENSUS, STAGES, Attempt, Decision, Round, Stage, Verdict
from benang.judgements.log import Judgements
from benang.screening.decided import Brought, Change, Decided, Reading, changed, decided, is_released, reading, shown
from benang.screening.protocol import Protocol, is_checked

Result = Verdict | Literal["undecided", "conflict"]
UNREAD = "not-screened"
"""In the place of a rule: all who read a record have left it without a decision, because the screening stopped."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the decisions on a record come to at a stage.

    `reasons` are criteria by precedence: the first is the primary one, by which PRISMA counts. `decisions` are those
    that may be shown. `moves_on` says whether the record goes on to the next stage, or into the review.
    """

    record: str
    stage: Stage
    verdict: Result
    reasons: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    moves_on: bool = False

    @property
    def reason(self) -> str:
        """The primary reason; nothing where the record is not excluded, or no reason was given."""
        return self.reasons[0] if self.reasons else ""

    @property
    def needs_consensus(self) -> bool:
        """Whether reviewers have to settle it together: their decisions differ, or all are unsure and that waits."""
        return self.verdict in _TO_SETTLE and not self.moves_on


_TO_SETTLE = ("conflict", "unsure")


@dataclass(frozen=True)
class Screening:
    """The state of a screening. What stands in `outcomes` may be shown to everybody.

    `works` are all works of the review in the order of its corpus; `set_aside` are those that were removed before the
    screening, with the rule that did it, or left `UNREAD` when it stopped. `attempts` say how the reports of works were
    sought, `unnamed` counts by file the decisions of exports that name nobody and count nowhere. Decisions under a
    blind are in none of this; what a coder has decided is asked for by name (`own`), for that coder alone.
    """

    protocol: Protocol
    works: tuple[str, ...]
    outcomes: Mapping[Stage, Mapping[str, Outcome]]
    readings: Mapping[Stage, Reading] = field(default_factory=dict)
    set_aside: Mapping[str, str] = field(default_factory=dict)
    attempts: Mapping[str, tuple[Attempt, ...]] = field(default_factory=dict)
    _decided: Decided = field(default_factory=lambda: Decided({stage: {} for stage in STAGES}), repr=False)
    unnamed: Mapping[str, int] = field(default_factory=dict)

    @property
    def has_begun(self) -> bool:
        """Whether anybody has decided on any record."""
        return any(self._decided.by_work.values())

    def outcome(self, stage: Stage, work: str) -> Outcome:
        """Return the outcome of a work at a stage; undecided where it is not (yet) screened there."""
        return self.outcomes.get(stage, {}).get(work) or Outcome(work, stage, "undecided")

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The works that all who read them left without a decision, because the screening stopped."""
        return tuple(work for work, rule in self.set_aside.items() if rule == UNREAD)

    def sequence(self, decisions: Iterable[Decision]) -> Mapping[str, int]:
        """Return how many of these decisions their coder had made with each one of the log, by its id."""
        return self._decided.sequence(decisions)

    def has_left(self, coder: str, stage: Stage, work: str) -> bool:
        """Tell whether a coder has left a work without a decision, because the screening stopped."""
        return self._decided.left(coder, stage, work)

    def has_left_any(self, coder: str, stage: Stage) -> bool:
        """Tell whether a coder has ended a task of a stage early."""
        return bool(self._decided.unread.get((coder, stage)))

    def may_decide(self, stage: Stage, work: str) -> bool:
        """Tell whether a work is screened at a stage; one that was left unread when the screening stopped is, again."""
        is_unread = self.set_aside.get(work) == UNREAD and stage == STAGES[0]
        return is_unread or work in self.outcomes.get(stage, {})

    def to_screen(self, stage: Stage) -> tuple[str, ...]:
        """Return the works that are screened at a stage: of the full text, those that moved on to it."""
        return tuple(self.outcomes.get(stage, {}))

    def with_verdict(self, stage: Stage, *verdicts: Result) -> tuple[str, ...]:
        """Return the works with one of these outcomes at a stage, in the order of the corpus."""
        return tuple(work for work, one in self.outcomes.get(stage, {}).items() if one.verdict in verdicts)

    def excluded(self, stage: Stage) -> tuple[str, ...]:
        """Return the works that are excluded at a stage."""
        return self.with_verdict(stage, "exclude")

    def conflicts(self, stage: Stage) -> tuple[str, ...]:
        """Return the works on which decisions differ and nothing has settled it."""
        return self.with_verdict(stage, "conflict")

    def undecided(self, stage: Stage) -> tuple[str, ...]:
        """Return the works on which too few have decided, or nobody; also where decisions are still blinded."""
        return self.with_verdict(stage, "undecided")

    def to_settle(self, stage: Stage) -> tuple[str, ...]:
        """Return the works that reviewers have to settle together: conflicts, and unsure ones that wait."""
        return self._to_settle.get(stage, ())

    @cached_property
    def _to_settle(self) -> dict[Stage, tuple[str, ...]]:
        return {
            stage: tuple(work for work, one in of.items() if one.verdict in _TO_SETTLE and one.needs_consensus)
            for stage, of in self.outcomes.items()
        }

    @cached_property
    def included(self) -> tuple[str, ...]:
        """The works that passed the last stage."""
        last = self.protocol.screening.stages[-1]
        return tuple(work for work, one in self.outcomes.get(last, {}).items() if one.moves_on)

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The works that somebody's decision has kept in the review so far, at any stage, and none has taken out."""
        moved_on = {work for of in self.outcomes.values() for work, one in of.items() if one.moves_on}
        return tuple(work for work in self.works if work in moved_on and work not in self.out)

    @cached_property
    def out(self) -> frozenset[str]:
        """The works that are out of the review: excluded, unobtainable, or removed before the screening."""
        decided_out = (w for stage in self.outcomes for w in self.with_verdict(stage, "exclude", "unobtainable"))
        return frozenset((*decided_out, *self.set_aside))

    def is_released(self, coder: str, stage: Stage, work: str) -> bool:
        """Tell whether a coder's decision belongs to a task that is done, or was when the decision was made."""
        return is_released(coder, stage, work, self._decided, self.readings[stage], self.protocol)

    def own(self, coder: str, stage: Stage) -> dict[str, Decision]:
        """Return the decisions of one coder by work, for this coder's eyes alone."""
        return {work: decisions[0] for work, decisions in self.all_own(coder, stage).items()}

    def all_own(self, coder: str, stage: Stage) -> dict[str, tuple[Decision, ...]]:
        """Return as `own`, but all: several on a work where what was decided on its records differs."""
        if (coder, stage) not in self._own:
            by_work = self._decided.by_work[stage]
            self._own[coder, stage] = {work: on[coder] for work, on in by_work.items() if coder in on}
        return self._own[coder, stage]

    @cached_property
    def _own(self) -> dict[tuple[str, Stage], dict[str, tuple[Decision, ...]]]:
        """What was asked for of single coders: pages ask for it again and again."""
        return {}

    def completed(self, coder: str, stage: Stage) -> frozenset[str]:
        """Return the works of a coder's tasks that were done at some time, whatever has come in since."""
        return self._decided.completed.get((coder, stage), frozenset())

    def coders(self, stage: Stage) -> frozenset[str]:
        """Return who has decided on any work at a stage, also one that the plan does not use."""
        return frozenset(coder for by_coder in self._decided.by_work[stage].values() for coder in by_coder)

    @cached_property
    def without_works(self) -> tuple[str, ...]:
        """The keys of records that the review does not have (any more), and on which the log has decisions."""
        return tuple(sorted({one.record for one in self._decided.orphans}))

    def rounds(self, stage: Stage) -> Mapping[str, Round]:
        """Return the round of each work that is in one."""
        return self._decided.rounds.get(stage, {})

    def decided_by(self, coder: str, stage: Stage) -> frozenset[str]:
        """Return the works on which a coder has decided, and not in two ways, as happens in two copies of a log.

        What a consensus has settled waits for nobody.
        """
        own, by_work = self.all_own(coder, stage), self._decided.by_work[stage]
        twice = {work for work, said in own.items() if len(said) > 1 and len({one.verdict for one in said}) > 1}
        return frozenset(work for work in own if work not in twice or CONSENSUS in by_work[work])

    def task(self, coder: str, stage: Stage) -> tuple[str, ...]:
        """Return the works that a reviewer reads at a stage, rounds in the order of their names, the rest last."""
        of_coder = [
            (name == "", name, works) for (name, who), works in self.readings[stage].tasks.items() if who == coder
        ]
        return tuple(work for _, _, works in sorted(of_coder) for work in works)


def screened(
    protocol: Protocol,
    works: Sequence[str],
    judgements: Judgements,
    *,
    aliases: Mapping[str, str] | None = None,
    brought: Sequence[Brought] = (),
    set_aside: Mapping[str, str] | None = None,
    since: tuple[Screening, Judgements] | None = None,
) -> Screening:
    """Fold decisions into outcomes, stage by stage.

    The order and the time of decisions make no difference.

    Parameters
    ----------
    since
        The screening of the same works by the same protocol as it was before, and the log that it came of: with it,
        only what has changed is folded again. The result is the same.

    Examples
    --------
    >>> from benang.judgements.log import fold
    >>> protocol = Protocol(reviewers=("ani", "budi"))
    >>> said = {"d1": ("ani", "include"), "d2": ("budi", "exclude")}
    >>> events = [Decision(id=i, coder=c, record="r1", stage="title-abstract", verdict=v) for i, (c, v) in said.items()]
    >>> screened(protocol, ["r1", "r2"], fold(events)).outcome("title-abstract", "r1").verdict
    'undecided'
    >>> screened(protocol, ["r1"], fold(events)).conflicts("title-abstract")
    ('r1',)
    """
    removed, names = dict(set_aside or {}), aliases or {}
    change = changed(since[0]._decided, since[1], judgements, names, brought) if since else None
    on_works = decided(judgements, dict.fromkeys(works), names, brought, change=change)
    outcomes: dict[Stage, dict[str, Outcome]] = {}
    readings: dict[Stage, Reading] = {}
    present = [work for work in works if work not in removed]
    for stage in protocol.screening.stages:
        kept = _unchanged(stage, since[0], change) if since and change else _NOTHING
        who = reading(
            stage, present, on_works, protocol, known=kept.readers if kept.unread == on_works.unread else None
        )
        if stage == STAGES[0] and any(on_works.unread.values()):
            removed |= {work: UNREAD for work in present if on_works.is_unread(stage, work, who.readers[work])}
            present = [work for work in present if work not in removed]
        is_same = (kept.open_tasks, kept.completed, kept.unread) == (
            who.open_tasks,
            on_works.completed,
            on_works.unread,
        )
        same = kept.outcomes if is_same else {}
        outcomes[stage] = {work: same.get(work) or _outcome(stage, work, on_works, who, protocol) for work in present}
        readings[stage] = who
        present = [work for work in present if work in outcomes[stage] and outcomes[stage][work].moves_on]
    return Screening(protocol, tuple(works), outcomes, readings, removed, _attempts(judgements, names), on_works)


@dataclass(frozen=True)
class _Kept:
    """Of the works of a stage on which nothing has changed: the readers, and the outcomes.

    The readers are the same as long as the same is left unread; the outcomes, as long as the same tasks are open, too.
    """

    readers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    open_tasks: frozenset[tuple[str, str]] = frozenset()
    completed: Mapping[tuple[str, Stage], frozenset[str]] = field(default_factory=dict)
    unread: Mapping[tuple[str, Stage], frozenset[str]] = field(default_factory=dict)


_NOTHING = _Kept()


def _unchanged(stage: Stage, before: Screening, change: Change) -> _Kept:
    readers = {work: who for work, who in before.readings[stage].readers.items() if work not in change.works}
    outcomes = {work: one for work, one in before.outcomes[stage].items() if work not in change.works}
    open_tasks, decisions = before.readings[stage].open_tasks, before._decided
    return _Kept(readers, outcomes, open_tasks, decisions.completed, decisions.unread)


def _attempts(judgements: Judgements, aliases: Mapping[str, str]) -> dict[str, tuple[Attempt, ...]]:
    attempts: dict[str, list[Attempt]] = {}
    for one in sorted(judgements.of(Attempt), key=lambda one: (one.day, one.id)):
        attempts.setdefault(aliases.get(one.record, one.record), []).append(one)
    return {work: tuple(of_work) for work, of_work in attempts.items()}


def _outcome(stage: Stage, work: str, decisions: Decided, who: Reading, protocol: Protocol) -> Outcome:
    visible, complete = shown(stage, work, decisions, who, protocol)
    agreed = [one for one in visible if one.coder == CONSENSUS]
    reviewers = [one for one in visible if one.coder != CONSENSUS]
    if agreed and _settles(agreed, reviewers):
        return _with(stage, work, agreed[0].verdict, agreed, visible, protocol)
    if agreed:
        return Outcome(work, stage, "conflict", decisions=visible)
    if not reviewers:
        return Outcome(work, stage, "undecided")
    verdict = _by_rule(stage, work, reviewers, complete, protocol)
    return _with(stage, work, verdict, reviewers, visible, protocol)


def _settles(agreed: Sequence[Decision], reviewers: Sequence[Decision]) -> bool:
    """Tell whether the consensus is unanimous and covers all that differs: records may have been joined since."""
    resolved = {one for consensus in agreed for one in consensus.resolves}
    same = len({one.verdict for one in agreed}) == 1
    return same and all(one.id in resolved or one.verdict == agreed[0].verdict for one in reviewers)


def _by_rule(stage: Stage, work: str, visible: Sequence[Decision], complete: bool, protocol: Protocol) -> Result:
    """Apply the plan's rule to the decisions that may be shown."""
    plan = protocol.screening.of(stage)
    verdicts = {one.verdict for one in visible}
    goes_on = plan.unsure == "moves-on" and stage == "title-abstract"
    if goes_on and "unsure" in verdicts and "include" in verdicts:
        verdicts.discard("unsure")
    contradicts_itself = len({(one.coder, one.verdict) for one in visible}) > len({one.coder for one in visible})
    if plan.rule == "one-include" and "include" in verdicts and not contradicts_itself:
        return "include"
    if len(verdicts) > 1:
        return "conflict" if complete or contradicts_itself else "undecided"
    if plan.rule == "checked-exclusions" and verdicts == {"exclude"} and is_checked(work, stage, protocol):
        return "exclude" if complete else "undecided"
    return next(iter(verdicts)) if complete else "undecided"


def _with(
    stage: Stage, work: str, verdict: Result, by: Sequence[Decision], visible: tuple[Decision, ...], protocol: Protocol
) -> Outcome:
    reasons = {one.reason for one in by if one.verdict == "exclude" and one.reason} if verdict == "exclude" else set()
    unsure_goes = stage == "title-abstract" and protocol.screening.of(stage).unsure == "moves-on"
    moves_on = verdict == "include" or (verdict == "unsure" and unsure_goes)
    return Outcome(work, stage, verdict, protocol.by_precedence(reasons), visible, moves_on)
