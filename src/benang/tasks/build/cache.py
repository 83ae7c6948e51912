"""The output folder of a build: what has not changed is not made again, and one build at a time writes.

`made.json` in the hidden folder `.benang` of the output says of every product which key it was made under and which
files it wrote, with their hashes. A product is fresh when its key is the same and its files are still as written.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib.metadata
import json
import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from benang.errors import BenangError, Problem, argument
from benang.evidence import version
from benang.files import read_text, remove, replacing, sha256, write_text
from benang.locale.writing import worded
from benang.safe_files import check_within, is_link, leads_to, names_outside
from benang.unfinished import is_left_over, temporary_prefix

LOCK = ".benang/lock"
BUILDER = "builder.json"
"""How the name of the file ends that says who builds."""
_PAUSE = 0.2
"""Seconds between two looks at the lock."""
Waiting = Callable[[str], None]
"""Called with a sentence, again and again while a build waits for another one."""

Write = Callable[[Mapping[str, Path]], object]
"""Writes the files of a product to the places it is given."""

DRAWN_WITH = ("matplotlib", "numpy", "scipy", "numba", "igraph", "fonttools", "jinja2", "babel", "duckdb", "pyarrow")
"""Libraries whose version may change what is made."""

FOLDERS = (".benang", "maps", "figures", "tables")
"""Folders of the output that hold nothing but what Benang makes."""
UNLINK = worded("Remove the link, or build into another folder ({option}).", option=argument("out"))


@cache
def versions() -> dict[str, str]:
    """Versions of Benang and of the libraries that its products depend on."""
    return {"benang": version()} | {name: importlib.metadata.version(name) for name in DRAWN_WITH}


@cache
def code_hash() -> str:
    """Hash of Benang's own code, so that a product never outlives the code that made it."""
    return sha256("".join(sha256(data) for data in _sources(resources.files("benang"))))


def _sources(folder: Traversable) -> Iterable[bytes]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _sources(entry) if entry.name != "__pycache__" else ()
        elif not entry.name.endswith((".pyc", ".nbi", ".nbc")):
            yield entry.read_bytes()


def key_of(*parts: object) -> str:
    """Content key of a product: its settings and what it is made from, the code and the versions that make it."""
    return sha256(json.dumps([parts, versions(), code_hash()], sort_keys=True, ensure_ascii=False, default=str))


@dataclass
class Cache:
    """The account of what is in an output folder, kept up to date product by product.

    `kept` and `made` list the products of this run that were fresh, and those that were made.
    """

    out: Path
    force: bool = False
    known: dict[str, dict[str, object]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    @property
    def _file(self) -> Path:
        return self.out / ".benang" / "made.json"

    def load(self) -> Cache:
        """Read the account of earlier runs; a missing or broken one only means that all is made again.

        Raises
        ------
        BenangError
            Where something in the output is a link that leads out of it: nothing is written or removed through one.
        """
        folders = [self.out / name for name in FOLDERS]
        check_within(self.out, [*folders, self._file], way_on=UNLINK)
        try:
            content = json.loads(read_text(self._file))
            self.known = dict(content["made"].items()) if content["format"] == 1 else {}
        except (BenangError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self.known = {}
        linked = (path for folder in folders if folder.is_dir() for path in folder.iterdir() if is_link(path))
        listed = (self.out / name for entry in self.known.values() for name in _files(entry))
        check_within(self.out, [*linked, *listed], way_on=UNLINK)
        return self

    def make(self, product: str, key: str, files: Iterable[str], write: Write) -> bool:
        """Call `write` unless the product is fresh; return whether it was made.

        `files` are the paths of the product, relative to the output folder. `write` is given a place to write each of
        them to, by these paths. All are put into the output together, and what is noted is the hash of what was
        written, whatever another program may do to the files meanwhile.
        """
        names = sorted(files)
        check_within(self.out, (self.out / name for name in names), way_on=UNLINK)
        if self.is_fresh(product, key, names):
            self.kept.append(product)
            return False
        with replacing(*(self.out / name for name in names)) as places:
            write(dict(zip(names, places, strict=True)))
            hashes = {name: sha256(place.read_bytes()) for name, place in zip(names, places, strict=True)}
        self.known[product] = {"key": key, "files": hashes}
        self.made.append(product)
        self._save()
        return True

    def finish(self) -> list[str]:
        """Take away what earlier runs made and this one did not, and return the names of those files.

        What is not as it was written is somebody's own by now, and stays.
        """
        current = {*self.kept, *self.made}
        wanted = {name for product in current for name in _files(self.known[product])}
        known = {name: digest for entry in self.known.values() for name, digest in _files(entry).items()}
        kept = {name.casefold() for name in wanted}  # some systems take names in other letters for the same file
        gone = sorted(
            name for name, digest in known.items() if name.casefold() not in kept and self._is_own(name, digest)
        )
        for name in gone:
            remove(self.out / name)
        if set(self.known) != current:
            self.known = {product: entry for product, entry in self.known.items() if product in current}
            self._save()
        return gone

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files that earlier runs have made, as far as the account says; sorted."""
        return tuple(sorted({name for entry in self.known.values() for name in _files(entry)}))

    def is_fresh(self, product: str, key: str, names: Iterable[str]) -> bool:
        """Tell whether a product would be kept: its key is the same, and its files are as they were written."""
        entry = self.known.get(product)
        return (
            not self.force
            and isinstance(entry, dict)
            and entry.get("key") == key
            and _files(entry) == {name: self._hash(name) for name in names}
        )

    def _is_own(self, name: str, digest: str) -> bool:
        """Tell a file of the output that is as it was written from any other, whatever the account says."""
        return leads_to(self.out, self.out / name) is None and digest != "" and digest == self._hash(name)

    def _hash(self, name: str) -> str:
        path = self.out / name
        try:
            return sha256(path.read_bytes()) if path.is_file() else ""
        except OSError:  # a name that is too long for any file, or a file that can't be read
            return ""

    def _save(self) -> None:
        account = {"format": 1, "made": {name: self.known[name] for name in sorted(self.known)}}
        write_text(self._file, json.dumps(account, indent=1, sort_keys=True) + "\n")


def _files(entry: object) -> dict[str, str]:
    """Return the files of a product with their hashes; what is no file within the output folder is not believed."""
    files = entry.get("files") if isinstance(entry, Mapping) else None
    entries = files.items() if isinstance(files, dict) else ()
    return {str(name): str(value) for name, value in entries if _is_within(str(name))}


def _is_within(name: str) -> bool:
    """Tell the name of a file of the output, in the one way in which Benang writes it."""
    plain = PurePosixPath(name).as_posix() == name and "\\" not in name and ":" not in name
    return plain and not names_outside(name)


@contextmanager
def building(out: Path, waiting: Waiting) -> Iterator[None]:
    """Hold an output folder for the time of a build; wait as long as another build holds it.

    `waiting` is called with a sentence that says who builds, before each look at the lock; what it raises ends the
    waiting.

    Raises
    ------
    BenangError
        Where the drive knows no locks, the folder can't be written to, or a link in it leads elsewhere.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as out, building(Path(out), print):
    ...     (Path(out) / ".benang" / "lock").exists()
    True
    """
    from filelock import FileLock, Timeout

    path = out / LOCK
    check_within(out, [path.parent, path], way_on=UNLINK)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                waiting(_who(out))
                time.sleep(_PAUSE)
    except (OSError, NotImplementedError) as error:
        raise _unlockable(path, error) from None
    builder = path.parent / f"{temporary_prefix()}{BUILDER}"
    try:
        write_text(builder, json.dumps(_this_process()) + "\n")
        yield
    finally:
        with contextlib.suppress(OSError):
            builder.unlink(missing_ok=True)
        lock.release()


def _this_process() -> dict[str, object]:
    since = datetime.datetime.now().astimezone().isoformat(timespec="minutes")
    return {"process": os.getpid(), "host": platform.node(), "since": since}


def _who(out: Path) -> str:
    """Say who builds, as far as that process says."""
    try:
        names = sorted(path for path in (out / LOCK).parent.iterdir() if path.name.endswith(BUILDER))
        builder = json.loads(next(read_text(path) for path in names if not is_left_over(path.name)))
        since = datetime.datetime.fromisoformat(str(builder["since"]))
        host = "".join(letter for letter in str(builder["host"])[:80] if letter.isprintable())
        who = worded(
            "process {process} on {host} since {time}",
            process=int(builder["process"]),
            host=host,
            time=f"{since:%H:%M}",
        )
    except (BenangError, OSError, StopIteration, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        who = worded("another process")
    return worded("{out} is being built by {who}. Waiting until it is done; press Ctrl-C to stop.", out=out, who=who)


def _unlockable(path: Path, error: Exception) -> BenangError:
    why = getattr(error, "strerror", None) or str(error)
    return BenangError(
        Problem(
            worded("this file can't be locked during the build ({reason})", reason=why),
            where=str(path),
            way_on=worded("Choose another folder ({option}), on a drive of this computer.", option=argument("out")),
        )
    )
