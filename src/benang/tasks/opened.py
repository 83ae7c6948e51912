"""A review that is open in the pages: its folder, who may write, what was read of it, and when that is of yesterday.

The folder is the truth, and others write into it too: the command line, an editor, git, a drive that syncs. So
whatever is kept in memory is kept under the state of the files that it was read from, and read again when one changes.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, TypeVar, cast

from filelock import FileLock, Timeout

from benang.errors import BenangError, Problem
from benang.files import sha256, write_text
from benang.judgements.events import CONSENSUS
from benang.judgements.log import read_judgements
from benang.judgements.store import SUFFIX, file_name, read_file
from benang.locale.writing import Worded, worded
from benang.project.folder import PLAN, judgement_files, open_folder
from benang.records.corpus import Corpus
from benang.review.desk import Desk, open_desk
from benang.review.load import Loaded, ReadSources, load, read_exports, read_sources
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan, source_files
from benang.safe_files import check_within
from benang.tasks.screening.desk import ScreeningDesk, open_screening

Made = TypeVar("Made")


class Closing(Protocol):
    """What must be closed in the end, such as a thread that learns."""

    def close(self) -> None:
        """End it."""


Held = TypeVar("Held", bound=Closing)
State = tuple[tuple[str, int, int], ...]

LOCK = ".benang/pages.lock"
HOLDER = ".benang/pages.json"
_NOT_READ = frozenset({"out", ".benang", ".git", "__pycache__"})
_FRESH = 0.25
"""Seconds for which the state of the files is taken as seen: one page asks for it several times."""
PARTS = {
    "judgements": ("judgements",),
    "vocabulary": (PLAN, "codebook.toml", "cases.toml", "codebook"),
    "texts": ("documents",),
    "names": ("codebook.toml", "sources", "searches.toml", "keywords.csv", "duplicates.tsv", "judgements"),
    "records": (
        "sources",
        "searches.toml",
        "studies.toml",
        "thesaurus.tsv",
        "kept-apart.tsv",
        "keywords.csv",
        "duplicates.tsv",
    ),
}
"""The parts of a review that pages depend on, and the files and folders of each."""


@dataclass
class Opened:
    """One review of the workbench; `id` is its name in addresses, and comes from the place of its folder."""

    root: Path
    is_writable: bool = False
    holder: str = ""
    """Why nothing is written here: another server has the folder, or it can't be written to; nothing where it can."""
    _lock: FileLock | None = field(default=None, repr=False)
    _inode: int = 0
    _kept: dict[str, tuple[object, Any]] = field(default_factory=dict, repr=False)
    _guard: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _making: dict[str, threading.RLock] = field(default_factory=dict, repr=False)
    _seen: tuple[float, State] = (0.0, ())
    _n_written: int = 0
    _acting: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _held: dict[str, tuple[object, Closing]] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """Its name in addresses: it says nothing of where the folder is."""
        return id_of(self.root)

    def state(self, *, now: bool = False) -> State:
        """Return the files of the review with size and time, but for what is made from them."""
        at, state = self._seen
        if now or time.monotonic() - at > _FRESH:
            n_written = self._n_written
            state = tuple(sorted(_files(self.root)))
            with self._guard:
                if n_written == self._n_written:  # else something was written behind the back of this look
                    self._seen = (time.monotonic(), state)
        return state

    def version(self, *parts: str) -> str:
        """Return what changes whenever a file of these parts of the review does (`PARTS`; all where none is named)."""
        return sha256(json.dumps(self._of_parts(parts)))[:16]

    def size(self, *parts: str) -> int:
        """Return how many bytes the files of these parts of the review have."""
        return sum(size for _, size, _ in self._of_parts(parts))

    def _of_parts(self, parts: tuple[str, ...]) -> State:
        wanted = {name for part in parts for name in PARTS[part]}
        patterns = self._elsewhere(wanted)

        def is_of_them(top: str) -> bool:
            return top in wanted or any(fnmatchcase(top, one) for one in patterns)

        return tuple(one for one in self.state() if not parts or is_of_them(one[0].partition("/")[0]))

    def _elsewhere(self, wanted: set[str]) -> tuple[str, ...]:
        """Return what else is at the top of the folder that the plan names, of some files and folders: as patterns."""
        if "sources" not in wanted:  # as for the plan itself
            return ()
        try:
            plan = self.plan
        except BenangError:  # it may name anything
            return ("*",)
        thesaurus = plan.cleaning.thesaurus if "thesaurus.tsv" in wanted else None
        tops = [top for one in (*plan.sources.files, thesaurus or "") for top in PurePosixPath(one).parts[:1]]
        return tuple(one for one in dict.fromkeys(tops) if one not in wanted)

    def changed(self) -> None:
        """Take note that this server has just written: the next look at the files is a fresh one."""
        with self._guard:
            self._n_written += 1
            self._seen = (0.0, ())

    @contextlib.contextmanager
    def acting(self) -> Iterator[None]:
        """Let one act at a time look at what was said and add to it: two tabs of a browser are two threads.

        Two that supersede the same judgement would contradict each other.
        """
        with self._acting:
            try:
                yield
            finally:
                self.changed()

    def kept(self, name: str, make: Callable[[], Made], *parts: str, also: object = None) -> Made:
        """Return what `make` gives, from memory as long as no file of these parts has changed, nor `also`."""
        return self._kept_under(name, (self.version(*parts), also), make)

    def _kept_under(self, name: str, key: object, make: Callable[[], Made]) -> Made:
        """Return what was made under a key, or make it; whoever asks for the same meanwhile waits for it."""
        with self._alone(name):
            kept = self._kept.get(name)
            if kept and kept[0] == key:
                value: Made = kept[1]
                return value
            fresh = make()
            self._kept[name] = (key, fresh)
            return fresh

    def held(self, name: str, make: Callable[[], Held], *, of: object) -> Held:
        """Return what `make` gives, as long as `of` is the same object; it is closed when another takes its place."""
        with self._alone(name):
            kept = self._held.get(name)
            if kept and kept[0] is of:
                return cast("Held", kept[1])
            fresh = make()
            self._held[name] = (of, fresh)
        if kept:
            kept[1].close()
        return fresh

    def _alone(self, name: str) -> threading.RLock:
        """Return the lock of whoever makes what is kept under a name; what has other names is made meanwhile."""
        with self._guard:
            return self._making.setdefault(name, threading.RLock())

    @property
    def plan(self) -> Plan:
        """The plan of the review, as its file is now."""
        return self.kept("plan", lambda: read_plan(open_folder(self.root)), "vocabulary")

    @property
    def coders(self) -> tuple[str, ...]:
        """Who screens and codes: the reviewers of the plan and others who have a log.

        Others come first only where no reviewer of the plan has a log yet: who that is must not change unseen.
        """
        names = [name for name, *_ in self.state() if name.startswith("judgements/")]
        logs = [Path(name).stem for name in names if name.endswith(SUFFIX)]
        try:
            planned = self.plan.reviewers
        except BenangError:  # whoever shows the review says what is wrong with its plan
            planned = ()
        files = {file_name(name) for name in planned}
        others = tuple(one for one in logs if one != CONSENSUS and f"{one}{SUFFIX}" not in files)
        if others:  # a program's log holds suggestions only, and nobody codes under its name
            persons = self.kept("persons", self._files_of_persons, "judgements")
            others = tuple(one for one in others if f"{one}{SUFFIX}" in persons)
        have_begun = any(f"{one}{SUFFIX}" in files for one in logs)
        return (*planned, *others) if have_begun else (*others, *planned)

    def _files_of_persons(self) -> frozenset[str]:
        """Return the names of the logs in which somebody says something that is no suggestion of a program."""
        return frozenset(path.name for path in judgement_files(self.root) if _is_of_person(path))

    def desk(self) -> Desk:
        """Return the review opened for coding, as its files are now; after a judgement only the logs are read again."""
        settled = tuple(one for one in self.state() if not one[0].startswith("judgements/"))
        desk = self._kept_under("settled desk", settled, lambda: open_desk(self.root, exports=self.exports))
        return self.kept("desk", lambda: replace(desk, judgements=read_judgements(desk.folder)), also=settled)

    def exports(self) -> Corpus:
        """Return the records of the exports, read again only when one of them or what the plan says of them changes."""
        plan = self.plan
        names = {path.relative_to(self.root).as_posix() for path in source_files(plan, self.root)}
        key = (plan.sources.model_dump_json(), tuple(one for one in self.state() if one[0] in names))
        return self._kept_under("exports", key, lambda: read_exports(plan, open_folder(self.root)))

    def sources(self) -> ReadSources:
        """Return the works of the review with what people say of them, as its files are now."""

        def read() -> ReadSources:
            return read_sources(self.plan, open_folder(self.root), exports=self.exports())

        return self.kept("sources", read, "vocabulary", "records")

    def loaded(self) -> Loaded:
        """Return all that the review rests on, each checked against the others, as its files are now."""
        return self.kept("loaded", lambda: load(open_folder(self.root), exports=self.exports()))

    def screening(self) -> ScreeningDesk:
        """Return the review opened for screening, as its files are now; after a decision only the log is read again."""
        parts = ("vocabulary", "records", "texts")
        desk = self.kept("screening", lambda: open_screening(self.root, self.sources()), *parts)

        def renewed() -> ScreeningDesk:
            now = desk.renewed()
            self.screened(now)
            return now

        return self.kept("screening as decided", renewed, "judgements", also=self.version(*parts))

    def screened(self, desk: ScreeningDesk) -> None:
        """Keep the screening as it is after a decision, so that it need not be folded again."""
        with self._guard:
            key, kept = self._kept.get("screening", (None, None))
            if isinstance(kept, ScreeningDesk) and kept.sources is desk.sources:
                self._kept["screening"] = (key, desk)

    def check(self) -> None:
        """Refuse to go on where the folder is no longer there.

        Raises
        ------
        BenangError
            With the place where it was.
        """
        if not (self.root / PLAN).is_file():
            fault = worded("the folder of this review is no longer there")
            way_on = worded("Put it back, or open it at its new place.")
            raise BenangError(Problem(fault, where=str(self.root), way_on=way_on))

    def take(self) -> bool:
        """Try to become the one server that writes into this folder; tell whether this one is."""
        with self._guard:
            if self.is_writable and self._inode == _inode(self.root / LOCK):  # else it went away with its folder
                return True
            self._free()
            return self._take()

    def _free(self) -> None:
        if self._lock is not None:
            self._lock.release()
        self._lock, self.is_writable = None, False

    def _take(self) -> bool:
        lock = FileLock(self.root / LOCK, thread_local=False)  # one thread takes it, another leaves
        try:
            check_within(self.root, [self.root / LOCK, self.root / HOLDER])
            (self.root / LOCK).parent.mkdir(exist_ok=True)
            lock.acquire(timeout=0)
        except BenangError as error:  # a link leads out of the folder
            self.holder = error.problems[0].found
            return False
        except Timeout:
            self.holder = _holder(self.root)
            return False
        except OSError as error:
            self.holder = worded("the folder can't be written to ({reason})", reason=error.strerror or error)
            return False
        self._lock, self.is_writable, self.holder = lock, True, ""
        self._inode = _inode(self.root / LOCK)
        with contextlib.suppress(OSError, BenangError):
            write_text(self.root / HOLDER, json.dumps({"process": os.getpid(), "host": platform.node()}) + "\n")
        return True

    def leave(self) -> None:
        """Let another server write, and close what is held."""
        with self._guard:
            held, self._held = self._held, {}
            if self._lock is not None:
                with contextlib.suppress(OSError):
                    (self.root / HOLDER).unlink(missing_ok=True)
            self._free()
        for _, one in held.values():
            one.close()


def open_review(folder: Path) -> Opened:
    """Open a review's folder for the pages, to write where no other server does.

    Raises
    ------
    BenangError
        Where the folder is none of a review.
    """
    opened = Opened(open_folder(folder.resolve()).root)
    opened.take()
    return opened


def id_of(folder: Path) -> str:
    """Return the name of a folder in addresses."""
    return sha256(str(folder))[:10]


def _is_of_person(log: Path) -> bool:
    try:
        return any(not event.program for event, _ in read_file(log).events)
    except BenangError:  # of a newer version
        return False


def _files(root: Path) -> Iterator[tuple[str, int, int]]:
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if (folder == root and entry.name in _NOT_READ) or entry.name.startswith("."):
                continue
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    status = entry.stat(follow_symlinks=False)
                    yield Path(entry.path).relative_to(root).as_posix(), status.st_size, status.st_mtime_ns


def _inode(path: Path) -> int:
    """Return the number of a file, which no other one has while it is open; 0 where it is not there."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _holder(root: Path) -> Worded:
    """Say which server holds a folder, as far as it says."""
    try:
        says = json.loads((root / HOLDER).read_text(encoding="utf-8"))
        host = "".join(letter for letter in str(says["host"])[:80] if letter.isprintable())
        return worded(
            "another Benang has it open (process {process} on {host})", process=int(says["process"]), host=host
        )
    except (OSError, ValueError, KeyError, TypeError):
        return worded("another Benang has it open")
