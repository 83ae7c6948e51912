"""Where events are kept: the protocol, and a review's folder, in which each coder has a file.

A file is JSON Lines and only ever grows: what stands in it is never rewritten. An append is locked, and is on the disk
when it returns. One that is killed leaves at most an end that is no whole line, or lacks some of the lines that belong
together. The next append marks that end as cancelled and begins a fresh line, and readers pass it over and say so.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from filelock import FileLock

from benang.confinement import check_within, is_reserved
from benang.errors import BenangError, Problem
from benang.files import decode, read_bytes
from benang.judgements.events import FORMAT, Event, Heading, Line, Place, as_line, parsed_line
from benang.ordinary_files import check_ordinary
from benang.visible import in_unicode, visible

FOLDER, SUFFIX = "judgements", ".jsonl"
CANCELLED = b"\x18"
"""ASCII's CAN, "the data preceding it are in error": at the end of a line that broke off. No line of JSON has it."""

_NAME = re.compile(r"""[^\W_][^<>:"/\\|?*\x00-\x1f\x7f]{0,80}(?<![. ])""")
"""A name that files can have on every system, and that no reader takes for a hidden one."""

Placed = tuple[Event, Place]
"""An event and where it stands."""


@dataclass(frozen=True, slots=True)
class Torn:
    """The end of an append that was killed: from which line on, how many lines, and how its last begins."""

    place: Place
    lines: int
    text: str


@dataclass(frozen=True, slots=True)
class Log:
    """All events of a store in the order in which they stand, what is wrong with other lines, and torn ends."""

    events: tuple[Placed, ...] = ()
    problems: tuple[Problem, ...] = ()
    torn: tuple[Torn, ...] = ()


class Store(Protocol):
    """What keeps events. A folder is one; a database can be another."""

    def read(self) -> Log:
        """Read all events."""

    def append(self, events: Sequence[Event], *, time: datetime, vocabulary: str = "") -> tuple[Event, ...]:
        """Append events, all or none of each coder's, and return them with their time and vocabulary."""


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
        folder = self.root / FOLDER
        paths = sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else []
        logs = [
            _read(path, in_unicode(f"{FOLDER}/{path.name}"))
            for path in paths
            if path.suffix.lower() == SUFFIX and path.is_file() and not path.name.startswith((".", "~$"))
        ]
        return Log(
            *(tuple(one for log in logs for one in getattr(log, part)) for part in ("events", "problems", "torn"))
        )

    def append(self, events: Sequence[Event], *, time: datetime, vocabulary: str = "") -> tuple[Event, ...]:
        """Append events to the files of their coders; those of one coder are read together or not at all.

        Parameters
        ----------
        events
            What was said, each under an id of its own.
        time
            When it was said, with its time zone; an event that has a time keeps it.
        vocabulary
            The version of the codebook under which it was said.

        Raises
        ------
        BenangError
            Where a coder's name can't be that of a file, the file is of a newer format, or it can't be written to:
            then nothing of this coder's is.
        """
        more = {"time": time, "vocabulary": vocabulary}
        stamped = tuple(event if event.time else event.model_copy(update=more) for event in events)
        problems = [
            problem for event in stamped for problem in parsed_line(as_line(event), f"the event '{event.id}'").problems
        ]
        if problems:
            raise BenangError(*problems)
        coders = list(dict.fromkeys(event.coder for event in stamped))
        for coder in coders:
            _file_name(coder)
        for coder in coders:
            self._append(coder, [event for event in stamped if event.coder == coder])
        return stamped

    def _append(self, coder: str, events: Sequence[Event]) -> None:
        path = self.root / FOLDER / f"{_file_name(coder)}{SUFFIX}"
        lock = path.with_name(f".{path.name}.lock")
        check_within(self.root, [path.parent, path, lock])
        where = f"{FOLDER}/{path.name}"
        try:
            path.parent.mkdir(exist_ok=True)
            with FileLock(lock):
                data = read_bytes(path) if path.exists() else b""
                if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                    decode(data, where=where)
                _write(path, block(data, events, where=where))
        except (OSError, NotImplementedError) as error:
            found = f"nothing can be appended to it ({getattr(error, 'strerror', None) or error})"
            raise BenangError(Problem(found, where=where, way_on="What stood there is as it was.")) from None


def _file_name(coder: str) -> str:
    if not _NAME.fullmatch(coder) or is_reserved(coder):
        raise BenangError(
            Problem(
                f"'{coder}' can't be the name of a coder, since it can't be that of a file",
                way_on="Take letters and digits, with spaces, '.', '-', '_' or '@' between them.",
            )
        )
    return coder


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a log is made up: its torn ends as ranges of lines, the format at its end, whether that end is torn."""

    torn: tuple[range, ...]
    format: int
    is_torn: bool


def _shape(lines: Sequence[bytes], where: str) -> _Shape:
    """Go through the lines of a log, of which the last is empty where the file ends with a line end."""
    torn: list[range] = []
    start, missing, newest = 0, 0, 1  # of the last heading: where it stands, and how many of its events are to come
    end = len(lines) if lines[-1] else len(lines) - 1
    half = int(bool(lines[-1]) and _is_half(lines[-1]))
    for at, line in enumerate(lines[: end - half]):
        if line.rstrip(b"\r").endswith(CANCELLED):
            torn.append(range(start if missing else at, at + 1))
            missing = 0
        elif b'"format"' in line and b'"kind"' not in line:
            content = parsed_line(line.decode("utf-8-sig", errors="replace"), f"{where}, line {at + 1}").content
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


def block(data: bytes, events: Sequence[Event], *, where: str) -> bytes:
    """Return what is to be appended to a log of these bytes: a heading where one is needed, and the events."""
    lines = data.split(b"\n")
    shape = _shape(lines, where)
    start = (CANCELLED if shape.is_torn else b"") + (b"\n" if lines[-1] or shape.is_torn else b"")
    heading = {"format": FORMAT} | ({"events": len(events)} if len(events) > 1 else {})
    needs_heading = not data.strip() or shape.format < FORMAT or len(events) > 1
    written = [*([json.dumps(heading)] if needs_heading else []), *map(as_line, events)]
    return start + "".join(f"{line}\n" for line in written).encode("utf-8")


def _write(path: Path, data: bytes) -> None:
    """Append bytes to a file and see them on the disk; where that fails, the file ends as it did before."""
    is_new = not path.exists()
    if not is_new:
        check_ordinary(path)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        before = os.fstat(file).st_size
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(file, rest) :]
            os.fsync(file)
        except BaseException:
            with contextlib.suppress(OSError):
                os.ftruncate(file, before)
            raise
    finally:
        os.close(file)
    if is_new and os.name != "nt":
        with contextlib.suppress(OSError):  # some network drives can't; the lines are written all the same
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _read(path: Path, name: str) -> Log:
    """Read a coder's log."""
    try:
        lines = read_bytes(path).split(b"\n")
    except BenangError as error:
        return Log(problems=error.problems)
    torn = tuple(Torn(Place(name, at.start + 1), len(at), _beginning(lines[at[-1]])) for at in _shape(lines, name).torn)
    for one in torn:
        lines[one.place.line - 1 : one.place.line - 1 + one.lines] = [b""] * one.lines
    try:
        text = decode(b"\n".join(lines), where=name)
    except BenangError as error:
        return Log(problems=error.problems)
    events: list[Placed] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = Place(name, number)
            parsed = parsed_line(line, str(place))
            problems += _problems(parsed, path.stem, str(place))
            if isinstance(parsed.content, Event):
                events.append((parsed.content, place))
    return Log(tuple(events), tuple(problems), torn)


def _beginning(line: bytes) -> str:
    text = line.rstrip(CANCELLED + b"\r").strip(b"\0").decode("utf-8", errors="ignore")
    return visible(text if len(text) < 40 else f"{text[:40]}…", in_line=True)


def _problems(line: Line, coder: str, where: str) -> Iterator[Problem]:
    yield from line.problems
    if isinstance(line.content, Event) and line.content.coder != coder:
        yield Problem(
            f"the coder '{line.content.coder}'",
            where=where,
            expected=f"'{coder}', as its file",
            way_on="Each coder has a file of their own.",
        )
