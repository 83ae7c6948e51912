"""The log of judgements folded into its state: what is valid, what was taken back, and where two words contradict."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TypeVar, cast

from benang.errors import BenangError, Problem, nearest
from benang.judgements.events import Coding, Consensus, Decision, Event, Place, Value, Withdrawal, ids_of, says_the_same
from benang.judgements.lines import as_line
from benang.judgements.log_files import Log, Placed, Torn
from benang.judgements.store import FolderStore, Store, read_file
from benang.locale.writing import joined, worded
from benang.project.folder import ReviewFolder

Kind = TypeVar("Kind", bound=Event)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more events that go back to one and the same, and of which none supersedes the others.

    Where it is the id of different events itself that nothing supersedes, that id is all of `events`. Where two
    consensuses contradict each other, `of` is a coding that one of them keeps and the other doesn't.
    """

    of: str
    events: tuple[str, ...]


@dataclass(frozen=True)
class Judgements:
    """The state of a log: the events that stand, those in conflict, and those that later ones took back.

    Each is in the order of its id; `places` says of every event where it was read. What is in conflict neither stands
    nor is superseded. `torn` are the ends that appends left behind when they were killed. `versions` says where the
    events stand whose id is that of different ones.
    """

    current: tuple[Event, ...] = ()
    disputed: tuple[Event, ...] = ()
    superseded: tuple[Event, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    torn: tuple[Torn, ...] = ()
    versions: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the events of a kind that stand."""
        return cast("tuple[Kind, ...]", self._by_kind.get(kind, ()))

    @cached_property
    def of_persons(self) -> tuple[Event, ...]:
        """The events that stand and are no suggestions of a program."""
        return tuple(event for event in self.current if not event.program)

    @cached_property
    def by_id(self) -> Mapping[str, Event]:
        """All events by their ids: of those that share one, an event that stands before the others."""
        return {one.id: one for one in (*self.superseded, *self.disputed, *self.current)}

    @cached_property
    def consensuses(self) -> tuple[Consensus, ...]:
        """What coders have decided together on codings, and is no suggestion of a program."""
        return tuple(one for one in self.of(Consensus) if not one.program)

    @cached_property
    def set_aside(self) -> frozenset[str]:
        """The ids of codings that a consensus has seen and not kept: they stand, and count in no number."""
        return frozenset(name for one in self.consensuses for name in one.set_aside)

    @cached_property
    def counted(self) -> tuple[Coding, ...]:
        """The codings that count: those of persons that no consensus has set aside."""
        return tuple(one for one in self.of(Coding) if not one.program and one.id not in self.set_aside)

    @cached_property
    def _by_kind(self) -> Mapping[type[Event], tuple[Event, ...]]:
        kinds: dict[type[Event], list[Event]] = defaultdict(list)
        for event in self.current:
            kinds[type(event)].append(event)
        return {kind: tuple(events) for kind, events in kinds.items()}

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
        id that a passage has as well, a coder whom the name of the file doesn't hold, and an event that supersedes one
        that isn't there, or itself. A file of a newer format is refused by name.
    """
    return _state(store.read())


@lru_cache(maxsize=4)
def _state(log: Log) -> Judgements:
    """Fold a log, or say what is wrong with it; one that is as it was when it was read last is not folded again."""
    problems = [*log.problems, *log_problems(log.events)]
    if problems:
        raise BenangError(*problems)
    return folded(log)


def folded(log: Log) -> Judgements:
    """Fold what was read, with the places of its events."""
    events, places = [event for event, _ in log.events], {event.id: place for event, place in log.events}
    return replace(fold(events, places=places, torn=log.torn), versions=_versions(log.events))


def _versions(events: Sequence[Placed]) -> dict[str, tuple[Place, ...]]:
    """Return where the events stand whose id is that of different ones."""
    repeated = _repeated(event.id for event, _ in events)
    by_id: dict[str, list[Placed]] = defaultdict(list)
    for event, place in events if repeated else ():
        if event.id in repeated:
            by_id[event.id].append((event, place))
    different = {name: _different(event for event, _ in placed) for name, placed in by_id.items()}
    return {
        name: tuple(place for event, place in by_id[name] if any(event is one for one in versions))
        for name, versions in different.items()
        if len(versions) > 1
    }


def _repeated(ids: Iterable[str]) -> set[str]:
    """Return the ids that come more than once; in most logs none does, and nothing is kept of each."""
    every = list(ids)
    return set() if len(set(every)) == len(every) else {one for one, n in Counter(every).items() if n > 1}


def _different(events: Iterable[Event]) -> list[Event]:
    """Keep the first of those events that say the same."""
    different: list[Event] = []
    for event in events:
        if not any(says_the_same(event, earlier) for earlier in different):
            different.append(event)
    return different


def fold(
    events: Iterable[Event], *, places: Mapping[str, Place] | None = None, torn: Sequence[Torn] = ()
) -> Judgements:
    """Part the events that stand from those that others supersede, and from those that contradict each other.

    The order in which events come makes no difference, nor does their time. What a program made is a suggestion: it
    takes the place of no person's event, nor of a suggestion in whose place a person has put another.

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
    ordered = _once(events)
    ids = [event.id for event in ordered]
    superseding = [event for event in ordered if event.supersedes]
    later = _later(superseding, ordered)
    withdrawals = {event.id for event in superseding if isinstance(event, Withdrawal)}
    doubles = sorted(_repeated(ids) - later.keys())
    conflicts = (*_conflicts(later, withdrawals), *(Conflict(double, (double,)) for double in doubles))
    taken = later.keys() | {event for conflict in conflicts for event in conflict.events}
    common = [one for one in ordered if isinstance(one, Consensus) and not one.program and one.id not in taken]
    conflicts += tuple(_differing(common))
    disputed = {event for conflict in conflicts for event in conflict.events}

    def among(chosen: Callable[[str], bool]) -> tuple[Event, ...]:
        return tuple(event for event, name in zip(ordered, ids, strict=True) if chosen(name))

    return Judgements(
        current=among(lambda name: name not in later and name not in disputed),
        disputed=among(disputed.__contains__),
        superseded=among(later.__contains__),
        conflicts=conflicts,
        places=dict(places or {}),
        torn=tuple(torn),
    )


def _later(superseding: Sequence[Event], events: Sequence[Event]) -> dict[str, list[str]]:
    """Return the events that take the place of each."""
    settled: set[str] = set()
    if any(event.program for event in superseding):
        of_persons = {one.id for one in events if not one.program}
        settled = of_persons.union(*(one.supersedes for one in superseding if not one.program))
    later: dict[str, list[str]] = defaultdict(list)
    for event in superseding:
        for earlier in event.supersedes:
            if not (event.program and earlier in settled):
                later[earlier].append(event.id)
    return later


def _once(events: Iterable[Event]) -> list[Event]:
    """Sort events by their ids; of those that say the same, keep the one of the earliest time."""
    ordered = sorted(events, key=attrgetter("id"))
    if not _repeated(event.id for event in ordered):
        return ordered
    different: list[Event] = []
    for _, group in groupby(ordered, key=attrgetter("id")):
        versions = list(group)
        different += versions if len(versions) == 1 else _different(sorted(versions, key=as_line))
    return different


def _conflicts(later: Mapping[str, Sequence[str]], withdrawals: set[str]) -> Iterator[Conflict]:
    """Give the forks that nothing has resolved: events of which more than one last word has come.

    Withdrawals agree with each other: two people may take back the same.
    """
    seen: set[tuple[str, ...]] = set()
    for of in sorted(one for one, events in later.items() if len(events) > 1):
        last = tuple(sorted(_last_words(of, later)))
        if len(last) > 1 and last not in seen and not withdrawals.issuperset(last):
            seen.add(last)
            yield Conflict(of, last)


def _differing(consensuses: Sequence[Consensus]) -> Iterator[Conflict]:
    """Give the consensuses that contradict each other: one keeps a coding, and another has seen and not kept it."""
    keeping: dict[str, list[str]] = defaultdict(list)
    for one in consensuses:
        for coding in one.keeps:
            keeping[coding].append(one.id)
    seen: set[tuple[str, ...]] = set()
    for one in consensuses:
        for coding in sorted(one.set_aside & keeping.keys()):
            events = tuple(sorted({one.id, *keeping[coding]}))
            if events not in seen:
                seen.add(events)
                yield Conflict(coding, events)


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
    return [
        _double(one.of, judgements) if one.events == (one.of,) else _fork(one, judgements)
        for one in judgements.conflicts
    ]


def _fork(conflict: Conflict, judgements: Judgements) -> Problem:
    events = [f"'{event}'" for event in conflict.events]
    sides = [one for one in judgements.disputed if one.id in conflict.events]
    fault = worded("{events} each replace '{of}', and neither replaces the other", events=events, of=conflict.of)
    way_on = "Decide which is right: `benang code withdraw ID` withdraws one of them, and the other remains."
    if all(isinstance(one, Decision) for one in sides):
        way_on = "Decide on the record again with `benang screen`: that replaces both."
    elif all(isinstance(one, Consensus) for one in sides):
        way_on = "Decide again with `benang reconcile`: that replaces both."
        if not any(conflict.of in one.supersedes for one in sides):
            fault = worded("{events} differ on whether '{of}' counts", events=events, of=conflict.of)
    return Problem(
        fault,
        where=joined((judgements.place(event).text for event in conflict.events), "; "),
        way_on=way_on,
    )


def _double(event: str, judgements: Judgements) -> Problem:
    return Problem(
        worded("different judgements have the id '{event}'", event=event),
        where=joined((one.text for one in judgements.versions.get(event, ())), "; "),
        way_on=worded('Decide which is right, and append it under a new id with "supersedes": "{event}".', event=event),
    )


def log_problems(events: Sequence[Placed]) -> list[Problem]:
    """Find ids that passages take as well, and events that supersede an unknown one or themselves."""
    return [*_twice(events), *_superseding(events)]


def _twice(events: Sequence[Placed]) -> Iterator[Problem]:
    """Find ids that are an event's and also a passage's of another one."""
    of_passages = {name for event, _ in events if isinstance(event, Value) for name in event.passage_ids}
    if of_passages.isdisjoint(event.id for event, _ in events):
        return
    first: dict[str, Placed] = {}
    for placed in events:
        for name in ids_of(placed[0]):
            other, earlier = first.setdefault(name, placed)
            if other.id != placed[0].id:
                fault = worded("the id '{name}' also belongs to {earlier}", name=name, earlier=earlier.text)
                yield Problem(fault, where=placed[1].text, way_on="Give one of them another id.")


def _superseding(events: Sequence[Placed]) -> Iterator[Problem]:
    known = dict.fromkeys(event.id for event, _ in events)
    superseding = [(event, place) for event, place in events if event.supersedes]
    earlier: dict[str, list[str]] = defaultdict(list)
    for event, _ in superseding:
        earlier[event.id] += event.supersedes
    circles = _circles(earlier)
    for event, place in superseding:
        for superseded in event.supersedes:
            if superseded not in known:
                fault = worded("it supersedes '{superseded}', but no judgement has that id", superseded=superseded)
                yield Problem(fault, where=place.text, way_on=nearest(superseded, known))
            elif circles[event.id] == circles.get(superseded):
                fault = worded(
                    "'{event}' supersedes itself, through '{superseded}'", event=event.id, superseded=superseded
                )
                yield Problem(fault, where=place.text, way_on="One of them must remain.")


def _circles(earlier: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Give events that lead to each other the same number (strong components, by S. R. Kosaraju's algorithm)."""
    known = {event: [one for one in events if one in earlier] for event, events in earlier.items()}
    later: dict[str, list[str]] = {event: [] for event in earlier}
    for event, events in known.items():
        for one in events:
            later[one].append(event)
    order, seen = list[str](), set[str]()
    for event in earlier:
        order += _left(event, known, seen)
    circles: dict[str, int] = {}
    seen = set()
    for number, event in enumerate(reversed(order)):
        circles |= dict.fromkeys(_left(event, later, seen), number)
    return circles


def _left(start: str, following: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """Walk depth first, past what has been seen, and return the events in the order in which the walk leaves them."""
    if start in seen:
        return []
    seen.add(start)
    left, on_the_way = list[str](), [(start, iter(following[start]))]
    while on_the_way:
        event, rest = on_the_way[-1]
        unseen = next((one for one in rest if one not in seen), None)
        if unseen is None:
            left.append(event)
            on_the_way.pop()
        else:
            seen.add(unseen)
            on_the_way.append((unseen, iter(following[unseen])))
    return left


def verify_logs(folder: ReviewFolder) -> tuple[Problem, ...]:
    """Go through all logs of a review to their ends, and name every line that is damaged, edited or not to be read.

    Each problem's `where` is the file and the line, or the file where it can't be read at all. What an append left
    behind when it was killed is no fault, and conflicts between judgements are none either: `read_judgements` has both.
    """
    return checked_logs(folder).problems


def checked_logs(folder: ReviewFolder) -> Log:
    """Read all logs of a review as far as they can be read; `problems` are those that `verify_logs` finds."""
    logs = [_verified(path) for path in folder.judgements]
    events = tuple(placed for log in logs for placed in log.events)
    problems = (*(problem for log in logs for problem in log.problems), *log_problems(events))
    return Log(events, problems, tuple(torn for log in logs for torn in log.torn))


def _verified(path: Path) -> Log:
    try:
        return read_file(path, checks=True)
    except BenangError as error:  # of a newer format
        return Log(problems=error.problems)
