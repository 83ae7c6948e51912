"""Workbooks of every kind, opened in a process of their own, with limits of memory and time.

The library that opens them is written for honest files: a cell far away, a row that repeats a million
times, a damaged header of an old file make it ask for all the memory, and it ends the process it runs in. So each
workbook has a process (`workbook_program`), which starts in some 20 ms; when that ends before its answer does, the
workbook is refused by name, and whatever else is read stays.

On Linux the system holds the process to its memory. macOS and Windows keep no such limit, so that here, too, a thread
looks ten times a second at what it holds, and at the clock. What comes back is text in lines of JSON, counted as it
comes: a workbook of a kilobyte that gives a gigabyte of cells is refused before it fills the memory here.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

import psutil

from benang.engine import available_memory, in_words
from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers import shown, workbook_program
from benang.readers.opening import OLD_OFFICE
from benang.readers.opening import ZIP as _ZIP
from benang.unfinished import program

Sheet = tuple[str, list[list[str]]]
"""The name of a sheet and its rows, all of one width, the empty ones shared."""

_LEAST_MEMORY, _MOST_MEMORY, _MEMORY_RATIO = 512 << 20, 4 << 30, 1000
"""What opening a workbook may take: a packed table takes a hundred times its size, and the rest is for honest ones."""
_LEAST_WEIGHT, _MOST_WEIGHT, _MOST_RATIO = 256 << 20, 2 << 30, 200
"""A sheet packs to a tenth or a twentieth; what gives more than two hundred times its size is no table."""
_MOST_BYTES = 1 << 30
_CELL, _PLACE = 56, 8
"""What a text takes in memory besides its letters, and what an empty cell takes."""
_SECONDS, _PER_MEGABYTE, _MOST_SECONDS = 60, 2, 600
_PAUSE = 0.1
_LAST_WORDS = 4096
_OUT_OF_MEMORY = b"memory allocation of"  # what Rust says before it ends a process that can have no more

_ENCRYPTED, _WORD = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
_PROTECTED = "a workbook protected with a password"
_UNPROTECT = "Open it, remove the password and save it, or save the sheet as CSV."
_FAR = "a cell may lie far from the others, or a row may be repeated endlessly"
_SAVE = "Open it in Excel or LibreOffice and save it again, or save the sheet as CSV."
_NEARER = "If it is a genuine export, delete the empty rows and columns around its table or save the sheet as CSV."


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may take: memory of its process (bytes), time (seconds), memory of its cells here (bytes)."""

    memory: int
    seconds: int
    weight: int

    @classmethod
    def of(cls, size: int) -> Limits:
        """Return the limits for a workbook of so many bytes, on a machine with the memory that this one has free.

        Examples
        --------
        >>> Limits.of(1500).seconds, Limits.of(100 << 20).seconds, Limits.of(1500).weight >> 20
        (60, 260, 256)
        >>> Limits.of(1500).memory >> 20
        513
        """
        memory = min(_MOST_MEMORY, max(_LEAST_MEMORY, available_memory()), _LEAST_MEMORY + _MEMORY_RATIO * size)
        seconds = min(_MOST_SECONDS, _SECONDS + _PER_MEGABYTE * (size >> 20))
        return cls(memory, seconds, min(_MOST_WEIGHT, max(_LEAST_WEIGHT, _MOST_RATIO * size)))


def sheets_apart(data: bytes, *, where: str, limits: Limits | None = None, merged: bool = False) -> list[Sheet]:
    """Return the sheets of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), each with its name and its cells as text.

    With `merged`, each of the cells that were merged with the one above says what that one says, as far as the
    workbook's format tells it (.xlsx and .xls do).

    Raises
    ------
    BenangError
        Where the workbook is damaged, protected, or needs more memory or time than `limits` allow: those of its size
        where none are given. `where` is what the message calls it.
    """
    allowed = limits or Limits.of(len(data))
    if _unpacked_size(data) > _MOST_BYTES:
        raise _refused("unpacked", None, where, allowed, data)
    answer = Answer(allowed)
    with _program(allowed, where, *(["merged"] if merged else [])) as (process, ask, hear, errors):
        watch = Watch(process, errors, allowed)
        try:
            with contextlib.suppress(OSError):  # a process that has ended takes no more; its answer says why
                ask.write(data)
                ask.close()
            answer.read(hear)
        finally:
            process.kill()
            watch.end()
    if answer.end == "read":
        return answer.sheets
    raise _refused(answer.end or watch.cause or "damaged", answer.at, where, allowed, data)


def _unpacked_size(data: bytes) -> int:
    """Return how many bytes a workbook says it has unpacked; where that is unknown, the limits decide."""
    with contextlib.suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, struct.error):
        if data.startswith(_ZIP):
            return sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist())
    return 0


_Pipes = tuple["subprocess.Popen[bytes]", IO[bytes], IO[bytes], IO[bytes]]
"""A process, and the pipes to its input, from its output and from its errors."""


@contextmanager
def _program(limits: Limits, where: str, *wishes: str) -> Iterator[_Pipes]:
    """Start the program with these limits; whatever happens, it has ended afterwards."""
    library = importlib.util.find_spec("python_calamine")
    folder = Path(str(library.origin if library else "")).parent.parent
    arguments = map(str, (folder, limits.memory, limits.seconds, *wishes))
    command = [sys.executable, "-I", "-S", workbook_program.__file__, *arguments]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program, by its path
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        problem = worded("the process that opens workbooks can't be started ({reason})", reason=error.strerror)
        raise BenangError(Problem(problem, where=where, way_on="Save the sheet as CSV.")) from None
    with process, program(process):
        ask, hear, errors = (cast("IO[bytes]", pipe) for pipe in (process.stdin, process.stdout, process.stderr))
        try:
            yield process, ask, hear, errors
        finally:
            process.kill()
            with contextlib.suppress(OSError):  # what was still to be written to it
                ask.close()


def resident_memory(pid: int) -> int:
    """Return the bytes of memory that a process of ours holds; 0 where the system doesn't say.

    Windows counts what was paged out as well.

    Examples
    --------
    >>> resident_memory(os.getpid()) > 0
    True
    """
    try:
        memory = psutil.Process(pid).memory_info()
    except (psutil.Error, OSError):
        return 0
    return int(getattr(memory, "pagefile", memory.rss))


class Watch:
    """Two threads beside the reading: one ends a process that takes too much, one hears its last words."""

    def __init__(self, process: subprocess.Popen[bytes], errors: IO[bytes], limits: Limits) -> None:
        self.cause = ""
        self._done = threading.Event()
        self._threads = (
            threading.Thread(target=self._guard, args=(process, limits), daemon=True),
            threading.Thread(target=self._listen, args=(errors,), daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Wait for both, so that `cause` is final."""
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _guard(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        last = time.monotonic() + limits.seconds
        while not self._done.wait(_PAUSE):
            if time.monotonic() > last:
                self.cause = "time"
            elif resident_memory(process.pid) > limits.memory:
                self.cause = "memory"
            if self.cause:
                process.kill()
                return

    def _listen(self, stream: IO[bytes]) -> None:
        words = b""
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(stream.fileno(), _LAST_WORDS):
                words = (words + piece)[-_LAST_WORDS:]
                if _OUT_OF_MEMORY in words:
                    self.cause = "memory"


@dataclass(slots=True)
class Answer:
    """What the program has answered: the sheets, the current one, and how it ended ("" without a word)."""

    limits: Limits
    sheets: list[Sheet] = field(default_factory=list)
    at: str | None = None
    end: str = ""
    _weight: int = 0
    _blank: list[str] = field(default_factory=list)

    def read(self, stream: IO[bytes]) -> None:
        """Take line after line, and stop where they weigh too much."""
        decode = json.loads
        while line := stream.readline(self.limits.weight):
            try:
                message: Any = decode(line)
            except ValueError:  # a line that was cut off: by the end of the process, or here
                self.end = "weight" if len(line) >= self.limits.weight else ""
                return
            if isinstance(message, dict):
                self._hear(message)
            elif isinstance(message, int):
                self._add([self._blank] * message, _PLACE * message)
            else:
                weight = len(line) + _CELL * len(message) + _PLACE * len(self._blank)
                self._add([message + self._blank[len(message) :]], weight)
            if self.end:
                return

    def _hear(self, message: dict[str, Any]) -> None:
        self.end = str(message.get("end", ""))
        if "sheet" in message:
            self.at = str(message["sheet"])
            self.sheets.append((self.at, []))
        self._blank = [""] * int(message.get("columns", 0))

    def _add(self, rows: list[list[str]], weight: int) -> None:
        self._weight += weight
        self.sheets[-1][1].extend(rows)
        if self._weight > self.limits.weight:
            self.end = "weight"


def _refused(cause: str, sheet: str | None, where: str, limits: Limits, data: bytes) -> BenangError:
    """Make the message for a workbook that can't be read: what is wrong, at which sheet, what to do."""
    at = worded("") if sheet is None else worded(", at the sheet {sheet}", sheet=shown(sheet))
    far = worded(_FAR)
    size = in_words(limits.memory if cause == "memory" else limits.weight)
    problem, way_on = {
        "password": (_PROTECTED, _UNPROTECT),
        "unpacked": ("a workbook that is too large: more than 1 GB unpacked", _NEARER),
        "sheets": (
            worded("a workbook with more than {n:,} sheets", n=workbook_program.MOST_SHEETS),
            "Save the sheet as CSV.",
        ),
        "memory": (
            worded("a workbook that needs more than {size} of memory to open{at}; {far}", size=size, at=at, far=far),
            _NEARER,
        ),
        "weight": (
            worded("a workbook whose cells need more than {size} of memory{at}; {far}", size=size, at=at, far=far),
            _NEARER,
        ),
        "time": (worded("a workbook that had not opened after {n} seconds{at}", n=limits.seconds, at=at), _NEARER),
        "damaged": (_damaged(data), _SAVE),
    }[cause]
    return BenangError(
        Problem(problem, where=where, expected="a workbook" if cause == "damaged" else "", way_on=way_on)
    )


def _damaged(data: bytes) -> str:
    """Say what a container of old Office files holds in place of a workbook that can be read."""
    if data.startswith(OLD_OFFICE) and _ENCRYPTED in data:
        return _PROTECTED
    if data.startswith(OLD_OFFICE) and _WORD in data:
        return "a Word file"
    return "a workbook that can't be read; it may have been damaged or cut off when it was copied"
