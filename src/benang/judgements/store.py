"""Where events are kept: the protocol, and a review's folder, in which each coder has a file.

An append is locked, and is on the disk when it returns. What would stop the readers of the log is refused before a byte
is written.
"""

from __future__ import annotations

import contextlib
import errno
import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock

from benang.errors import BenangError, Problem, in_unicode, nearest, visible
from benang.files import decode, read_bytes
from benang.judgements.events import Event, Place, Value, ids_of, says_the_same
from benang.judgements.lines import as_line, checked_line, parsed_line
from benang.judgements.log_files import Log, append_together, block, raw_events, read_log, together
from benang.locale.writing import worded
from benang.project.folder import judgement_files
from benang.safe_files import check_within, folded_name, is_reserved

FOLDER, SUFFIX, LOCK = "judgements", ".jsonl", ".lock"

_NAME = re.compile(r"""[^\W_][^<>:"/\\|?*]{0,80}(?<![. ])""")
"""A name that files can have on every system, and that no reader takes for a hidden one."""

_BYTES = 180
"""How long a name may be in UTF-8: systems allow 255 or 143, with the suffix and what clouds append to it."""


class Store(Protocol):
    """What keeps events. A folder is one; a database can be another."""

    def read(self) -> Log:
        """Read all events."""

    def append(self, events: Sequence[Event], *, time: datetime, vocabulary: str = "") -> tuple[Event, ...]:
        """Append events, all or none, and return them with their time and vocabulary."""


@dataclass(frozen=True, slots=True)
class FolderStore:
    """The logs in a review's folder: `judgements/CODER.jsonl`."""

    root: Path

    def read(self) -> Log:
        """Read the logs in the order of their names; hidden files are none.

        Raises
        ------
        BenangError
            Where a log is of a newer format, by name. All else that is wrong is in `problems`.
        """
        return together(tuple(read_file(path) for path in judgement_files(self.root)))

    def append(self, events: Sequence[Event], *, time: datetime, vocabulary: str = "") -> tuple[Event, ...]:
        """Append events to the files of their coders, all of them or, where something is wrong, none.

        Those of one coder are one group: one write, which readers take whole or not at all even if it was killed. An
        append that is repeated changes nothing: what the log already says under the same id is not written again.

        Parameters
        ----------
        events
            What was said, each under an id of its own. They may supersede one another.
        time
            When it was said, with its time zone; an event that has a time keeps it.
        vocabulary
            The version of the codebook under which it was said.

        Returns
        -------
        :
            The events as they stand in the log: those that it already had keep their earlier time.

        Raises
        ------
        BenangError
            Where an event is not valid, its id is that of another judgement, or it supersedes one that isn't there;
            where a coder's name can't be that of a file, the file is of a newer format, or it can't be written to.
            Then nothing is written.
        """
        stamped = _stamped(events, time, vocabulary)
        if not stamped:
            return ()
        with _saying(stamped), locked(self.root):
            return self._append(stamped)

    def append_locked(
        self, events: Sequence[Event], *, time: datetime, vocabulary: str = "", first: Callable[[], None]
    ) -> tuple[Event, ...]:
        """Append events as `append` does, for a caller that holds the lock of the review (`locked`).

        `first` writes what the events speak of, once all is checked and before they are appended; also where there is
        no event.
        """
        stamped = _stamped(events, time, vocabulary)
        if not stamped:
            first()
            return ()
        with _saying(stamped):
            return self._append(stamped, first)

    def _append(self, events: Sequence[Event], first: Callable[[], None] = lambda: None) -> tuple[Event, ...]:
        paths = judgement_files(self.root)
        files = {coder: file_of(coder, self.root / FOLDER, paths) for coder in {event.coder for event in events}}
        check_within(self.root, [*paths, *files.values()])
        known = _known(paths, {event.id for event in events})
        answers, new = _unwritten(known, events)
        lines = [(event, checked_line(event)) for event in new]
        appended = blocks(lines, files, known.ids)
        first()
        append_together(appended)
        return tuple(answers)


@contextlib.contextmanager
def _saying(events: Iterable[Event]) -> Iterator[None]:
    """Say in the user's words that the files of coders can't be written to."""
    names = dict.fromkeys(file_name(event.coder) for event in events)
    try:
        yield
    except (OSError, NotImplementedError) as error:
        fault = worded("it can't be written to ({reason})", reason=getattr(error, "strerror", None) or error)
        where = ", ".join(f"{FOLDER}/{name}" for name in names)
        raise BenangError(Problem(fault, where=where, way_on=_way_on(error))) from None


def _way_on(error: Exception) -> str:
    """Say what to do where nothing could be appended."""
    without_locks = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)
    if isinstance(error, NotImplementedError) or getattr(error, "errno", None) in without_locks:
        return worded(
            "Its contents are unchanged. The drive can't keep two people from writing at once: copy the review to "
            "a disk of this computer, and put the copies together with `benang merge`."
        )
    return "Its contents are unchanged."


@contextlib.contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold a review's lock, as every append does: who changes what was read meanwhile waits.

    Raises
    ------
    OSError
        Where the folder can't be written to; `NotImplementedError` where its drive knows no locks.
    BenangError
        Where a link in the folder leads elsewhere.
    """
    folder = root / FOLDER
    check_within(root, [folder, folder / LOCK])
    folder.mkdir(exist_ok=True)
    with FileLock(folder / LOCK):
        yield


Lined = tuple[Event, str]
"""An event, and the line that says it."""


def blocks(new: Iterable[Lined], files: Mapping[str, Path], known: Collection[str]) -> list[tuple[Path, bytes]]:
    """Return what is to be appended to the files of coders, in an order in which each block rests on what is there.

    Whoever is stopped between two of them leaves logs that can be read: every event supersedes one that is `known`, or
    is in an earlier block or its own. A coder's lines are one block, unless they rest on each other by way of
    another coder's.
    """
    left: dict[Path, list[Lined]] = defaultdict(list)
    for event, line in new:
        left[files[event.coder]].append((event, line))
    there = set(known)
    written: dict[Path, bytes] = defaultdict(bytes)
    done: list[tuple[Path, bytes]] = []
    while left:
        groups = ((path, _resting(left[path], there)) for path in sorted(left))
        path, group = next((path, group) for path, group in groups if group)  # no circles: the callers looked
        data = _next_block(path, [line for _, line in group], written[path])
        written[path] += data
        done.append((path, data))
        there |= {event.id for event, _ in group}
        taken = {id(one) for one in group}  # one id may be that of two judgements, of which each rests on others
        left[path] = [one for one in left[path] if id(one) not in taken]
        left = {name: lines for name, lines in left.items() if lines}
    return done


def _resting(lines: Sequence[Lined], there: Collection[str]) -> Sequence[Lined]:
    """Return those events that supersede only what is there, or each other."""
    while True:
        names = {event.id for event, _ in lines}
        resting = [one for one in lines if all(name in there or name in names for name in one[0].supersedes)]
        if len(resting) == len(lines):
            return lines
        lines = resting


def _next_block(path: Path, lines: Sequence[str], written: bytes) -> bytes:
    """Return what is to be appended to a log, behind what will have been `written` to it by then."""
    where = in_unicode(f"{FOLDER}/{path.name}")
    data = (read_bytes(path) if path.exists() else b"") + written
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        decode(data, where=where)
    return block(data, lines, where=where)


def read_file(path: Path, *, checks: bool = False) -> Log:
    """Read a log of a review (see `read_log`), and find coders whose name is not in the file's.

    A cloud that finds two versions of a file keeps both, under names such as `ani (1).jsonl`, `ani-LAPTOP.jsonl` or
    `ani (Budi's conflicted copy 2026-01-02).jsonl`. The coder's name is a word of its own in all of these.
    """
    log = read_log(path, in_unicode(f"{FOLDER}/{path.name}"), checks=checks)
    strange = {coder for coder in {event.coder for event, _ in log.events} if not _is_named(path.stem, coder)}
    problems = [
        Problem(
            worded("the coder '{coder}'", coder=event.coder),
            where=place.text,
            expected=worded("'{name}', like its file", name=in_unicode(path.stem)),
            way_on="Each coder has their own file.",
        )
        for event, place in (log.events if strange else ())
        if event.coder in strange
    ]
    return Log(log.events, (*log.problems, *problems), log.torn) if problems else log


def file_name(coder: str) -> str:
    """Name the file of a coder: the same for all names that some system takes for one.

    Coders whose names differ only in what `folded_name` folds share a file, and remain two coders.

    Examples
    --------
    >>> file_name("Ani"), file_name("Rene\u0301") == file_name("rené")
    ('ani.jsonl', True)

    Raises
    ------
    BenangError
        For a name that no file can have on one of the systems.
    """
    name = folded_name(coder)
    fits = _NAME.fullmatch(name) and len(name.encode()) <= _BYTES and visible(name, in_line=True) == name
    if not fits or is_reserved(name):
        raise BenangError(
            Problem(
                worded("'{coder}' can't be the name of a coder, because it can't be the name of a file", coder=coder),
                way_on=worded("Use letters and digits, with spaces, '.', '-', '_' or '@' between them."),
            )
        )
    return name + SUFFIX


def _is_named(stem: str, coder: str) -> bool:
    """Return whether a file's name is a coder's, or has it as a word of its own."""
    return stem == coder or bool(re.search(rf"(?<![^\W_]){re.escape(folded_name(coder))}(?![^\W_])", folded_name(stem)))


def file_of(coder: str, folder: Path, paths: Iterable[Path]) -> Path:
    """Return a coder's file: the one there is, in whatever letters its name is written, or the one to begin."""
    name = file_name(coder)
    there = [path for path in paths if folded_name(path.name) == name]
    return next((path for path in there if path.stem == coder), there[0] if there else folder / name)


def _stamped(events: Iterable[Event], time: datetime, vocabulary: str) -> list[Event]:
    """Give events their time and vocabulary, and check that they are read again as they are."""
    more = {"time": time, "vocabulary": vocabulary}
    stamped = [event if event.time else event.model_copy(update=more) for event in events]
    lines = [parsed_line(as_line(event), worded("the event '{event}'", event=event.id)) for event in stamped]
    if problems := [problem for line in lines for problem in line.problems]:
        raise BenangError(*problems)
    return [line.content for line in lines if isinstance(line.content, Event)]


@dataclass(frozen=True, slots=True)
class _Known:
    """What all logs hold: the ids of events and of the passages of values, each with its place.

    `events` are those of the ids that were asked for, as far as they can be read.
    """

    ids: Mapping[str, Place]
    passages: Mapping[str, Place]
    events: Mapping[str, Sequence[Event]]

    def place(self, name: str) -> Place | None:
        """Return where an id is in use; None where it is free."""
        return self.ids.get(name) or self.passages.get(name)


def _known(paths: Iterable[Path], asked: Collection[str]) -> _Known:
    """Go through all logs; one that can't be read doesn't block appends to another."""
    ids: dict[str, Place] = {}
    passages: dict[str, Place] = {}
    events: dict[str, list[Event]] = defaultdict(list)
    for path in paths:
        with contextlib.suppress(BenangError):
            for line, place in _lines(path):
                name = line.id if isinstance(line, Event) else line["id"]
                ids[name] = place
                for one in _passage_ids(line):
                    passages[one] = place
                if name in asked:
                    content = line if isinstance(line, Event) else parsed_line(json.dumps(line), "").content
                    events[name] += [content] if isinstance(content, Event) else []
    return _Known(ids, passages, events)


def _lines(path: Path) -> Iterable[tuple[Event | Mapping[str, Any], Place]]:
    """Return the events of a log; where a line is none, all lines that have an id, whatever else they hold."""
    name = in_unicode(f"{FOLDER}/{path.name}")
    log = read_log(path, name)
    return raw_events(read_bytes(path), name) if log.problems else log.events


def _passage_ids(line: Event | Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(line, Event):
        return line.passage_ids if isinstance(line, Value) else ()
    if line.get("kind") == "value" and isinstance(line.get("passages"), list):
        return tuple(f"{line['id']}/{number}" for number, _ in enumerate(line["passages"], 1))
    return ()


def _unwritten(known: _Known, events: Iterable[Event]) -> tuple[list[Event], list[Event]]:
    """Return the events as the log will hold them, and those of them that it doesn't hold yet.

    Raises
    ------
    BenangError
        Where appending them would stop those who read the log.
    """
    taken: dict[str, str] = {}
    answers: list[Event] = []
    new: dict[str, Event] = {}
    problems: list[Problem] = []
    for event in events:
        earlier = (*known.events.get(event.id, ()), *([new[event.id]] if event.id in new else []))
        answer = next((one for one in earlier if says_the_same(one, event)), event)
        answers.append(answer)
        if answer is not event:
            continue
        clash = next((name for name in ids_of(event) if name in taken or known.place(name)), None)
        if clash is not None:
            there = known.place(clash)
            place = there.text if there else taken[clash]
            problems.append(_taken(event, clash, place, may_supersede=clash in known.ids))
            continue
        new[event.id] = event
        taken |= dict.fromkeys(ids_of(event), worded("another event written at the same time"))
    problems += _superseding(new, known.ids)
    if problems:
        raise BenangError(*problems)
    return answers, list(new.values())


def _taken(event: Event, clash: str, place: str, *, may_supersede: bool) -> Problem:
    change = (
        worded(', and "supersedes": "{clash}" if it is to replace that judgement', clash=clash) if may_supersede else ""
    )
    return Problem(
        worded("the id '{clash}' already belongs to another judgement ({place})", clash=clash, place=place),
        where=worded("the event '{event}'", event=event.id),
        way_on=worded("Nothing was written. Give the event another id{change}.", change=change),
    )


def _superseding(new: Mapping[str, Event], known: Mapping[str, object]) -> Iterator[Problem]:
    """Find events that supersede one that isn't there, and those that supersede each other in a circle."""
    for event in new.values():
        for superseded in event.supersedes:
            if superseded not in new and superseded not in known:
                fault = worded("it supersedes '{superseded}', but no judgement has that id", superseded=superseded)
                way_on = worded("Nothing was written. {meant}", meant=nearest(superseded, [*known, *new]))
                yield Problem(fault, where=worded("the event '{event}'", event=event.id), way_on=way_on)
    try:
        TopologicalSorter(
            {name: [one for one in event.supersedes if one in new] for name, event in new.items()}
        ).prepare()
    except CycleError as error:
        names = error.args[1][:-1]
        circle = [f"'{name}'" for name in names]
        message = (
            worded("{circle} would supersede each other", circle=circle)
            if len(names) > 1
            else worded("{circle} would supersede itself", circle=circle)
        )
        yield Problem(message, way_on="Nothing was written. Leave one of them in force.")
