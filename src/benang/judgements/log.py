"""The log of judgements folded into its state: what stands, what was taken back, and where two words contradict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from benang.errors import BenangError, Problem, nearest
from benang.judgements.events import Event, Place, Value
from benang.judgements.store import FolderStore, Placed, Store, Torn
from benang.project.folder import ReviewFolder

Kind = TypeVar("Kind", bound=Event)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more events that go back to one and the same, and of which none supersedes the others."""

    of: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgements:
    """The state of a log: the events that stand, those in conflict, and those that later ones took back.

    Each is in the order of its id; `places` says of every event where it was read. What is in conflict neither stands
    nor is superseded. `torn` are the ends that appends left behind when they were killed.
    """

    current: tuple[Event, ...] = ()
    disputed: tuple[Event, ...] = ()
    superseded: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    torn: tuple[Torn, ...] = ()

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the events of a kind that stand."""
        return tuple(event for event in self.current if isinstance(event, kind))

    def place(self, event: str) -> Place:
        """Return where an event was read: its file and line, or line 0 of `judgements` for one that no file holds."""
        return self.places.get(event, Place("judgements", 0))


def read_judgements(folder: ReviewFolder) -> Judgements:
    """Read and fold all judgements of a review (see `state_of`)."""
    return state_of(FolderStore(folder.root))


def state_of(store: Store) -> Judgements:
    """Read a store and fold what it holds.

    Raises
    ------
    BenangError
        With every line that is no event: its file, its line, what was found, and the nearest known word. Also for an
        id given twice, a coder who isn't the one that the file is named by, and an event that supersedes one that
        isn't there, or itself. A file of a newer format is refused by name.
    """
    log = store.read()
    problems = [*log.problems, *log_problems(log.events)]
    if problems:
        raise BenangError(*problems)
    return fold(
        (event for event, _ in log.events), places={event.id: place for event, place in log.events}, torn=log.torn
    )


def fold(
    events: Iterable[Event], *, places: Mapping[str, Place] | None = None, torn: Sequence[Torn] = ()
) -> Judgements:
    """Part the events that stand from those that others supersede, and from those that contradict each other.

    The order in which events come makes no difference, nor does their time.

    Examples
    --------
    >>> from benang.judgements.events import Task
    >>> first = Task(id="t1", coder="sari", case="a", group="factors")
    >>> here, there = (first.model_copy(update={"id": one, "supersedes": ("t1",)}) for one in ("t2", "t3"))
    >>> fold([there, first, here]).conflicts
    (Conflict(of='t1', events=('t2', 't3')),)
    >>> last = first.model_copy(update={"id": "t4", "supersedes": ("t2", "t3")})
    >>> [task.id for task in fold([last, there, first, here]).current]
    ['t4']
    """
    ordered = sorted(events, key=lambda event: event.id)
    later: dict[str, list[str]] = defaultdict(list)
    for event in ordered:
        for earlier in event.supersedes:
            later[earlier].append(event.id)
    conflicts = tuple(_conflicts(later))
    disputed = {event for conflict in conflicts for event in conflict.events}
    return Judgements(
        current=tuple(event for event in ordered if event.id not in later and event.id not in disputed),
        disputed=tuple(event for event in ordered if event.id in disputed),
        superseded=tuple(event for event in ordered if event.id in later),
        conflicts=conflicts,
        places=dict(places or {}),
        torn=tuple(torn),
    )


def _conflicts(later: Mapping[str, Sequence[str]]) -> Iterator[Conflict]:
    """Give the forks that nothing has resolved: events of which more than one last word has come."""
    told: set[tuple[str, ...]] = set()
    for of in sorted(one for one, events in later.items() if len(events) > 1):
        last = tuple(sorted(_last_words(of, later)))
        if len(last) > 1 and last not in told:
            told.add(last)
            yield Conflict(of, last)


def _last_words(of: str, later: Mapping[str, Sequence[str]]) -> set[str]:
    last, seen, reached = set[str](), set[str](), [of]
    while reached:
        here = reached.pop()
        if here in seen:
            continue
        seen.add(here)
        if here in later:
            reached += later[here]
        else:
            last.add(here)
    return last


def conflict_problems(judgements: Judgements) -> list[Problem]:
    """Say which events contradict each other, and how that is resolved."""
    problems = []
    for conflict in judgements.conflicts:
        events = " and ".join(f"'{event}'" for event in conflict.events)
        both = ", ".join(f'"{event}"' for event in conflict.events)
        problems.append(
            Problem(
                f"{events} each take the place of '{conflict.of}', and neither that of the other",
                where="; ".join(str(judgements.place(event)) for event in conflict.events),
                way_on=f'Decide what holds, and append it as an event with "supersedes": [{both}].',
            )
        )
    return problems


def log_problems(events: Sequence[Placed]) -> list[Problem]:
    """Find ids given twice, and events that supersede an unknown one or themselves."""
    return [*_twice(events), *_superseding(events)]


def _twice(events: Iterable[Placed]) -> Iterator[Problem]:
    """Find ids given twice; the passages of a value have ids too."""
    first: dict[str, Place] = {}
    for event, place in events:
        for name in (event.id, *(event.passage_ids if isinstance(event, Value) else ())):
            earlier = first.setdefault(name, place)
            if earlier is not place:
                found = f"the id '{name}' is also that of {earlier}"
                yield Problem(found, where=str(place), way_on="Give one of them another id.")


def _superseding(events: Iterable[Placed]) -> Iterator[Problem]:
    earlier = {event.id: event.supersedes for event, _ in events}
    in_circles = _in_circles(earlier)
    for event, place in events:
        for superseded in event.supersedes:
            if superseded not in earlier:
                found = f"it supersedes '{superseded}', but no judgement has that id"
                yield Problem(found, where=str(place), way_on=nearest(superseded, earlier))
            elif event.id in in_circles and superseded in in_circles:
                found = f"'{event.id}' supersedes itself, by way of '{superseded}'"
                yield Problem(found, where=str(place), way_on="One of them must stand.")


def _in_circles(earlier: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the ids on a way of superseding that leads back to its start: what no end of a way leads to."""
    later: dict[str, list[str]] = {event: [] for event in earlier}
    known = {event: [one for one in events if one in earlier] for event, events in earlier.items()}
    for event, events in known.items():
        for one in events:
            later[one].append(event)
    return set(earlier) - _from_ends(known, later) - _from_ends(later, known)


def _from_ends(before: Mapping[str, Sequence[str]], behind: Mapping[str, Sequence[str]]) -> set[str]:
    """Walk on from what has nothing before it, past everything of which all that is before has been passed."""
    waiting = {event: len(events) for event, events in before.items()}
    passed = [event for event, n in waiting.items() if not n]
    for event in passed:
        for one in behind[event]:
            waiting[one] -= 1
            if not waiting[one]:
                passed.append(one)
    return set(passed)
