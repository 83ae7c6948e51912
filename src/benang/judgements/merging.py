"""Logs of another copy taken into a review's: the union of their events, each in the file of its coder.

Nothing in a log is changed. What comes is appended line by line as it was written, so that an edited line
stays known as one. The order of the appends is such that each rests on what is there already: whoever is stopped
between two of them leaves logs that can be read, and taking in the same again completes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.files import Upload
from benang.judgements.events import Event, Place
from benang.judgements.lines import as_line
from benang.judgements.log import log_problems
from benang.judgements.log_files import Placed, line_at, read_log, write_together
from benang.judgements.store import FOLDER, FolderStore, blocks, file_of, locked
from benang.locale.writing import worded
from benang.project.folder import judgement_files
from benang.safe_files import check_within


@dataclass(frozen=True, slots=True)
class Coming:
    """An event of another copy, its line as it is written there, and where that is."""

    event: Event
    line: str
    place: Place


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The events that were new here, how many were here already, and the lines that somebody edited there."""

    new: tuple[Event, ...] = ()
    known: int = 0
    edited: tuple[Problem, ...] = ()


def take_in(
    root: Path, logs: Mapping[str, bytes], *, apart: Path | None = None, first: Callable[[], None] = lambda: None
) -> TakenIn:
    """Append to the logs of a review what other logs say and they don't: all of it or, where something is wrong, none.

    Parameters
    ----------
    root
        The review's folder.
    logs
        The bytes of the other logs, by the names that messages call them by.
    apart
        A file of `judgements` that is not counted as here already: a copy whose events belong in another file.
    first
        Writes what the events speak of, once all is checked and before they are appended.

    Raises
    ------
    BenangError
        With every line of the other logs that is no judgement, and every event that would stop the readers of the log;
        where a file can't be written to. Then nothing is written.
    """
    coming, edited = _read(logs)
    if not coming:
        first()
        return TakenIn(edited=edited)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with locked(root):
            new, appended = _checked(root, coming, apart)
            first()
            write_together(appended)
    except (OSError, NotImplementedError) as error:
        fault = worded("it can't be written to ({reason})", reason=getattr(error, "strerror", None) or error)
        raise BenangError(Problem(fault, where=FOLDER, way_on="Its contents are unchanged.")) from None
    return TakenIn(tuple(one.event for one in new), len(coming) - len(new), edited)


def _read(logs: Mapping[str, bytes]) -> tuple[list[Coming], tuple[Problem, ...]]:
    """Read the other logs; what is the same in several counts once."""
    coming: dict[str, Coming] = {}
    problems: list[Problem] = []
    edited: list[Problem] = []
    for name, data in logs.items():
        log = read_log(Upload(name, data), name)
        problems += log.problems
        edited += [one for one in read_log(Upload(name, data), name, checks=True).problems if one not in log.problems]
        for event, place in log.events:
            coming.setdefault(as_line(event), Coming(event, line_at(data, place.line), place))
    if problems:
        raise BenangError(*problems)
    return list(coming.values()), tuple(edited)


def _checked(root: Path, coming: Sequence[Coming], apart: Path | None) -> tuple[list[Coming], list[tuple[Path, bytes]]]:
    """Return the events that are new here, and what is to be appended to which file, in order."""
    paths = judgement_files(root)
    files = {coder: file_of(coder, root / FOLDER, paths) for coder in {one.event.coder for one in coming}}
    check_within(root, [*paths, *files.values()])
    here = _events_here(root, None if apart in files.values() else apart)
    lines = {as_line(event) for event, _ in here}
    new = [one for one in coming if as_line(one.event) not in lines]
    before = log_problems(here)
    problems = [one for one in log_problems([*here, *((one.event, one.place) for one in new)]) if one not in before]
    if problems:
        raise BenangError(*problems)
    return new, blocks(((one.event, one.line) for one in new), files, {event.id for event, _ in here})


def _events_here(root: Path, apart: Path | None) -> Sequence[Placed]:
    """Read the review's own events; a log that is damaged keeps nobody from merging into another."""
    if apart is None:
        return FolderStore(root).read().events
    name = f"{FOLDER}/{apart.name}"
    return [(event, place) for event, place in FolderStore(root).read().events if place.file != name]
