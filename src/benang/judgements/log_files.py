"""One log: the bytes of a file of events, read and appended to.

A file is JSON Lines and only ever grows: what is in it is never rewritten. An append that is killed leaves at most
an end that is no whole line, or lacks some of the lines that belong together. The next append marks that end as
cancelled and begins a fresh line, and readers pass it over and say so.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from benang.errors import BenangError, Problem, at_line, visible
from benang.files import Input, decode, read_bytes
from benang.judgements.events import Event, Place
from benang.judgements.lines import FORMAT, Heading, is_edited, parsed_line
from benang.safe_files import check_ordinary

CANCELLED = b"\x18"
"""ASCII's CAN, "the data preceding it are in error": at the end of a line that broke off. No line of JSON has it."""

Placed = tuple[Event, Place]
"""An event and where it is."""


@dataclass(frozen=True, slots=True)
class Torn:
    """The end of an append that was killed: from which line on, how many lines, and how its last begins.

    It is `marked` where it is the end of the file or a later append has cancelled it. Else nobody was killed: lines
    that belong together were removed or moved.
    """

    place: Place
    lines: int
    text: str
    marked: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """All events of a store in the order in which they stand, what is wrong with other lines, and torn ends.

    A file that is as it was when it was read last has the same log, by which it is known what was made of it.
    """

    events: tuple[Placed, ...] = ()
    problems: tuple[Problem, ...] = ()
    torn: tuple[Torn, ...] = ()


@lru_cache(maxsize=4)
def together(logs: tuple[Log, ...]) -> Log:
    """Put logs together, in their order."""
    return Log(*(tuple(one for log in logs for one in getattr(log, part)) for part in ("events", "problems", "torn")))


def read_log(path: Input, name: str, *, checks: bool = False) -> Log:
    """Read a log; `name` is what the review calls it, and `checks` finds the lines that somebody edited.

    Raises
    ------
    BenangError
        Where it is of a newer format, by name. All else that is wrong is in `problems`.
    """
    try:
        data = read_bytes(path)
    except BenangError as error:
        return Log(problems=error.problems)
    return _log_of(data, name, checks)


@lru_cache(maxsize=32)
def _log_of(data: bytes, name: str, checks: bool) -> Log:
    """Read a log of these bytes; most are as they were when they were read last, or have only grown since."""
    log = _grown(data, name, checks) or _read(data, name, checks, Log(), 0)
    if data.endswith(b"\n") and not (log.problems or log.torn or data.startswith(_OTHER_ENCODINGS)):
        _whole[name, checks] = data, log
    return log


def _grown(data: bytes, name: str, checks: bool) -> Log | None:
    """Read what is behind the log that was read last; None where that is another one, or something here is wrong."""
    before, known = _whole.get((name, checks), (b"", Log()))
    new = data[len(before) :]
    if not before or not data.startswith(before) or new.startswith((b"\xef\xbb\xbf", *_OTHER_ENCODINGS)):
        return None
    try:
        log = _read(new, name, checks, known, before.count(b"\n"))
    except BenangError:  # it names a line, which is counted from the beginning
        return None
    return None if log.problems or log.torn else log


_whole: dict[tuple[str, bool], tuple[bytes, Log]] = {}
"""The logs that were read last by their names, if nothing is wrong with them: what is appended is read by itself."""
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


def _read(data: bytes, name: str, checks: bool, before: Log, lines_before: int) -> Log:
    """Read the bytes of a log behind those that were read already."""
    lines, torn = _whole_lines(data, name)
    try:
        text = decode(b"\n".join(lines), where=name)
    except BenangError as error:
        return Log(problems=error.problems)
    events: list[Placed] = list(before.events)
    problems = [_incomplete(one.place) for one in torn if checks and not one.marked]
    for number, line in enumerate(text.split("\n"), lines_before + 1):
        if line.strip():
            place = Place(name, number)
            parsed = parsed_line(line, place)
            problems += parsed.problems
            if isinstance(parsed.content, Event):
                events.append((parsed.content, place))
            if checks and not parsed.problems and is_edited(line):
                problems.append(_edited(place))
    return Log(tuple(events), tuple(problems), torn)


def _edited(place: Place) -> Problem:
    return Problem(
        "this line was edited after it was written: its checksum does not match",
        where=place.text,
        way_on="Restore the line from a copy of the file. To change a judgement, append one that supersedes it.",
    )


def _incomplete(place: Place) -> Problem:
    return Problem(
        "lines that belong together with this one are missing; the rest of them are skipped",
        where=place.text,
        way_on="Restore them from a copy of the file.",
    )


def raw_events(data: bytes, name: str) -> Iterator[tuple[dict[str, Any], Place]]:
    """Yield the lines of a log that have an id as plain JSON, unchecked, also those that are no events.

    Raises
    ------
    BenangError
        Where the log is of a newer format.
    """
    for number, line in enumerate(_whole_lines(data, name)[0], 1):
        with contextlib.suppress(ValueError, RecursionError):  # readers name the lines that are no JSON
            fields = json.loads(line) if line else None
            if isinstance(fields, dict) and isinstance(fields.get("id"), str):
                yield fields, Place(name, number)


def line_at(data: bytes, line: int) -> str:
    """Return a line of a log that was read as an event, from 1, unchanged."""
    return data.split(b"\n")[line - 1].decode("utf-8-sig").strip()


def _whole_lines(data: bytes, name: str) -> tuple[list[bytes], tuple[Torn, ...]]:
    """Split a log into lines and empty those of torn ends."""
    lines = data.split(b"\n")
    torn = []
    for at in _shape(lines, name).torn:
        last = lines[at[-1]]
        marked = last.rstrip(b"\r").endswith(CANCELLED) or not any(lines[at.stop :])
        torn.append(Torn(Place(name, at.start + 1), len(at), _beginning(last), marked))
    for one in torn:
        lines[one.place.line - 1 : one.place.line - 1 + one.lines] = [b""] * one.lines
    return lines, tuple(torn)


def _beginning(line: bytes) -> str:
    text = line.rstrip(CANCELLED + b"\r").strip(b"\0").decode("utf-8", errors="ignore")
    return visible(text if len(text) < 40 else f"{text[:40]}…", in_line=True)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a log is made up: its torn ends as ranges of lines, the format at its end, whether that end is torn."""

    torn: tuple[range, ...]
    format: int
    is_torn: bool


def _shape(lines: Sequence[bytes], where: str) -> _Shape:
    """Go through the lines of a log, of which the last is empty where the file ends with a line end."""
    torn: list[range] = []
    start, missing, newest = 0, 0, 1  # of the last heading: where it is, and how many of its events are to come
    end = len(lines) if lines[-1] else len(lines) - 1
    half = int(bool(lines[-1]) and _is_half(lines[-1]))
    for at, line in enumerate(lines[: end - half]):
        if line.rstrip(b"\r").endswith(CANCELLED):
            torn.append(range(start if missing else at, at + 1))
            missing = 0
        elif b'"format"' in line and b'"kind"' not in line:
            content = parsed_line(line.decode("utf-8-sig", errors="replace"), at_line(where, at + 1)).content
            if isinstance(content, Heading):
                if missing:
                    torn.append(range(start, at))
                start, missing, newest = at, content.events or 0, max(newest, content.format)
        elif missing and line.strip():
            missing -= 1
    is_torn = bool(half or missing)
    if is_torn:
        torn.append(range(start if missing else end - half, end))
    return _Shape(tuple(torn), newest, is_torn)


def _is_half(line: bytes) -> bool:
    """Tell a line that breaks off within an event, or of which a crash left nothing but zeros."""
    text = line.strip(b"\0").decode("utf-8-sig", errors="ignore").rstrip()
    written = line.rstrip(b"\0")
    if written != line and b"\0" not in written:
        return True
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        broken = error.pos >= len(text) - len("fals") or error.msg.startswith(("Unterminated", "Invalid \\u"))
        return text.startswith("{") and broken and error.msg != "Extra data"
    except (ValueError, RecursionError):
        return False
    return False


def block(data: bytes, events: Sequence[str], *, where: str) -> bytes:
    """Return what is to be appended to a log of these bytes: a heading where one is needed, and the events' lines."""
    lines = data.split(b"\n")
    shape = _shape(lines, where)
    start = (CANCELLED if shape.is_torn else b"") + (b"\n" if lines[-1] or shape.is_torn else b"")
    heading = {"format": FORMAT} | ({"events": len(events)} if len(events) > 1 else {})
    needs_heading = not data.strip() or shape.format < FORMAT or len(events) > 1
    written = [*([json.dumps(heading)] if needs_heading else []), *events]
    return start + "".join(f"{line}\n" for line in written).encode("utf-8")


def append_together(blocks: Sequence[tuple[Path, bytes]]) -> None:
    """Append bytes to files, in this order, and wait until they are on the disk; if one fails, all end as before."""
    before = {path: path.stat().st_size if path.exists() else None for path, _ in blocks}
    try:
        for path, data in blocks:
            _write(path, data)
    except BaseException:
        for path, size in before.items():
            _cut(path, size)
        raise
    if None in before.values() and os.name != "nt":
        # A new file is an entry of `judgements`, which may itself be a new entry of the review's folder.
        for folder in sorted({parent for path in before for parent in (path.parent, path.parent.parent)}):
            _sync(folder)


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        check_ordinary(path)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    finally:
        os.close(file)


def _cut(path: Path, size: int | None) -> None:
    with contextlib.suppress(OSError):
        if size is None:
            path.unlink(missing_ok=True)
        elif path.stat().st_size > size:
            os.truncate(path, size)


def _sync(folder: Path) -> None:
    """Wait until the entries of a folder are on the disk."""
    with contextlib.suppress(OSError):  # some network drives can't; the lines are written all the same
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
