"""Undo and redo: a coder's last act taken back and brought back, by judgements like all others.

An act is what one coder said at one time: a passage coded, a sheet of four hundred imported, several withdrawn. Undoing
it appends events that supersede what it left and restate what was valid before, each with the id of the event that it
`undoes`. Redoing undoes the undoing. The log only grows, and whoever puts two copies of it together gets the undone
acts of both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from benang.files import sha256
from benang.judgements.events import Coding, Event, Withdrawal
from benang.judgements.lines import as_line
from benang.judgements.log import Judgements

SomeEvent = TypeVar("SomeEvent", bound=Event)


def restated(
    event: SomeEvent, *, supersedes: Sequence[str] = (), coder: str | None = None, again: str = "", **more: Any
) -> SomeEvent:
    """Say a judgement again, now, under an id that comes from all it says: the same in every copy of a review.

    `again` is the id of the event that it says again where it supersedes none: two may say the same.

    Examples
    --------
    >>> from benang.judgements.events import Task
    >>> task = Task(id="t1", coder="sari", case="a", group="factors")
    >>> again = restated(task, supersedes=["t1"])
    >>> again.id, again.supersedes, again == restated(task, supersedes=["t1"])
    ('task/e7efdc7e1e', ('t1',), True)
    """
    fields = {"id": "-", "supersedes": tuple(supersedes), "time": None, "vocabulary": "", **more}
    fresh = event.model_copy(update=fields | {"coder": coder or event.coder})
    digest = sha256(as_line(fresh) + again)[:10]
    begin = f"{fresh.case}/{fresh.code}" if isinstance(fresh, Coding) else fresh.kind
    return fresh.model_copy(update={"id": f"{begin}/{digest}"})


def withdrawal(coder: str, supersedes: Sequence[str], reason: str = "", **more: Any) -> Event:
    """Return the withdrawal of judgements, under an id that comes from what it says."""
    blank = Withdrawal(id="-", coder=coder, supersedes=tuple(supersedes), reason=reason)
    return restated(blank, supersedes=sorted(supersedes), **more)


@dataclass(frozen=True, slots=True)
class Act:
    """What a coder said at one time; `undoes` is an event of the act that it takes back, if it does."""

    time: datetime
    events: tuple[Event, ...]

    @property
    def undoes(self) -> str:
        """Return the id of an event of the act that this one undoes; nothing where it is no undo and no redo."""
        return next((one.undoes for one in self.events if one.undoes), "")


@dataclass(frozen=True, slots=True)
class Reversal:
    """An act, the events that take it back, and those of its events that others have changed since, which stay."""

    act: Act
    events: tuple[Event, ...]
    changed_since: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All events of a review by their ids, and which supersede which.

    `beside` has what an undo says again beside a withdrawal, by the withdrawal's id: where several were valid together
    before one took their place, no event can take the place of that one for all of them.
    """

    events: Mapping[str, Event]
    later: Mapping[str, Sequence[str]]
    beside: Mapping[str, Sequence[Event]]


def history_of(judgements: Judgements) -> History:
    """Return the events of a review as a history."""
    events = {one.id: one for one in (*judgements.superseded, *judgements.disputed, *judgements.current)}
    later: dict[str, list[str]] = {}
    for event in events.values():
        for earlier in event.supersedes:
            later.setdefault(earlier, []).append(event.id)
    again: dict[tuple[str, datetime | None], list[Event]] = {}
    for event in events.values():
        if event.undoes and not event.supersedes:
            again.setdefault((event.undoes, event.time), []).append(event)
    beside = {
        one.id: again[one.undoes, one.time]
        for one in events.values()
        if isinstance(one, Withdrawal) and (one.undoes, one.time) in again
    }
    return History(events, later, beside)


def _ends(of: str, history: History) -> set[str]:
    """Return the events that stand, or contradict each other, in the place of one: itself where nothing came after."""
    ends, seen = set[str](), set[str]()
    paths: list[tuple[str, ...]] = [(of,)]
    while paths:
        path = paths.pop()
        here = path[-1]
        if here in seen:
            continue
        seen.add(here)
        if further := history.later.get(here) or _copy_of(path, history):
            paths += [(*path, one) for one in further]
        else:
            ends.add(here)
    return ends


def _copy_of(path: Sequence[str], history: History) -> list[str]:
    """Return what says again, beside the withdrawal at the end of a path, what the path led over."""
    withdrawn = history.events[path[-1]].undoes
    if path[-1] not in history.beside or withdrawn not in path[1:]:
        return []
    wanted = _copy(history.events[path[path.index(withdrawn) - 1]], withdrawn).id
    return [one.id for one in history.beside[path[-1]] if one.id == wanted]


def _copy(event: Event, undoes: str) -> Event:
    return restated(event, again=event.id, undoes=undoes)


def acts_of(coder: str, history: History) -> list[Act]:
    """Return the acts of a coder in the order of their times.

    Suggestions of programs are none, nor is what carries no time. An undo belongs to whose act it undoes, whoever's
    words it says again.
    """
    together: dict[datetime, list[Event]] = {}
    for event in history.events.values():
        is_said = event.time and (event.undoes or not event.program)
        if event.time and is_said and _actor(event, history) == coder:
            together.setdefault(event.time, []).append(event)
    return [Act(time, tuple(together[time])) for time in sorted(together)]


def _actor(event: Event, history: History) -> str:
    seen: set[str] = set()
    while event.undoes in history.events and event.id not in seen:
        seen.add(event.id)
        event = history.events[event.undoes]
    return event.coder


def undo(coder: str, history: History) -> Reversal | None:
    """Return what takes back a coder's last valid act; None where there is none."""
    acts = acts_of(coder, history)
    undone = _undone(acts)
    for act in reversed(acts):
        if not act.undoes and act.time not in undone:
            reversal = _reversal(act, coder, history)
            if reversal.events:
                return reversal
    return None


def undo_of(names: Iterable[str], coder: str, history: History) -> Reversal | None:
    """Return what takes back the events of these ids; None where the log has none of them.

    Whoever knows what they said last needs no times: a clock that was set back puts these into another order.
    """
    events = tuple(history.events[one] for one in names if one in history.events)
    times = [one.time for one in events if one.time]
    return _reversal(Act(times[0], events), coder, history) if times else None


def redo(coder: str, history: History) -> Reversal | None:
    """Return what brings back the act that a coder undid last; None where there is none, or a new act came since."""
    acts = acts_of(coder, history)
    undone = _undone(acts)
    by_event = {event.id: act for act in acts for event in act.events}
    for act in reversed(acts):
        if not act.undoes:
            return None
        target = by_event.get(act.undoes)
        if act.time not in undone and target is not None and not target.undoes:
            reversal = _reversal(act, coder, history)
            if reversal.events:
                return reversal
    return None


def _undone(acts: Sequence[Act]) -> set[datetime]:
    """Return the times of the acts that others have undone which are not undone themselves; undoing comes later."""
    by_event = {event.id: act.time for act in acts for event in act.events}
    undone: set[datetime] = set()
    for act in reversed(acts):
        if act.undoes in by_event and act.time not in undone:
            undone.add(by_event[act.undoes])
    return undone


def _reversal(act: Act, coder: str, history: History) -> Reversal:
    """Restate what was valid before an act, wherever what is valid now says what the act said."""
    events: list[Event] = []
    changed: list[Event] = []
    for step in _steps(act.events):
        ends = sorted({end for one in step for end in _ends(one.id, history)})
        if _words(history.events[end] for end in ends) == _words(step):
            events += _before(step, ends, coder, history)
        else:
            changed += step
    return Reversal(act, tuple(events), tuple(changed))


def _steps(events: Iterable[Event]) -> list[list[Event]]:
    """Put those events of an act together that supersede the same: they are one change."""
    steps: list[list[Event]] = []
    for event in events:
        joined = [step for step in steps if any(set(event.supersedes) & set(one.supersedes) for one in step)]
        steps = [step for step in steps if step not in joined]
        steps.append([*(one for step in joined for one in step), event])
    return steps


def _words(events: Iterable[Event]) -> list[str]:
    """Return what events say, whoever said it when, and in the place of what; a withdrawal says nothing."""
    aside = {"id": "-", "coder": "-", "time": None, "vocabulary": "", "supersedes": (), "undoes": ""}
    return sorted(as_line(one.model_copy(update=aside)) for one in events if not isinstance(one, Withdrawal))


def _before(step: Sequence[Event], ends: Sequence[str], coder: str, history: History) -> list[Event]:
    """Return the events that bring back what a change has superseded."""
    earlier = dict.fromkeys(name for one in step for name in one.supersedes)
    stood = [one for name in earlier if not isinstance(one := history.events[name], Withdrawal)]
    undoes = step[0].id
    if not stood:
        return [withdrawal(coder, ends, undoes=undoes)]
    if len(stood) == 1 or _are_fork(stood, history):
        return [restated(one, supersedes=ends, undoes=undoes) for one in stood]
    return [
        withdrawal(coder, ends, undoes=undoes),
        *(_copy(one, undoes) for one in stood),
    ]


def _are_fork(events: Sequence[Event], history: History) -> bool:
    """Distinguish events that contradicted each other, from the same earlier one, from events side by side."""
    shared = set.intersection(*(_ancestors(one, history) for one in events))
    return bool(shared)


def _ancestors(event: Event, history: History) -> set[str]:
    ancestors: set[str] = set()
    reached: Collection[str] = event.supersedes
    while reached:
        ancestors |= set(reached)
        reached = [
            name
            for one in reached
            if one in history.events
            for name in history.events[one].supersedes
            if name not in ancestors
        ]
    return ancestors
