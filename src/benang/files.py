"""Files in UTF-8, with LF line ends, replaced whole or not at all.

The same call gives the same bytes on Windows, macOS and Linux: nothing here depends on the platform's encoding,
line ends or file order.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import stat
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.safe_files import kind_of, read_ordinary
from benang.unfinished import placing, put_in_place, remove_empty, remove_leftovers, settle, staged, temporary_prefix

_asking = threading.Lock()
_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came as bytes, under the name that messages and accounts call it by."""

    name: str
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


Input = Path | Upload
"""What is read: a file in its place, or one that came as bytes."""


def input_of(given: Input | str) -> Input:
    """Return what is read; a text is the path of a file.

    Examples
    --------
    >>> input_of("a.ris").name, input_of(Upload("b.ris", b"")).name
    ('a.ris', 'b.ris')
    """
    return given if isinstance(given, Upload) else Path(given)


def read_bytes(path: Input) -> bytes:
    """Read a file, or say in the user's words why it can't be read.

    Where a run was killed while it put this file in place with others, that is finished first.
    """
    if isinstance(path, Upload):
        return path.data
    try:
        settle(path)
        return read_ordinary(path)
    except FileNotFoundError:
        raise BenangError(Problem("no such file", where=str(path), way_on="Check the name and the folder.")) from None
    except IsADirectoryError:
        raise _is_folder(path) from None
    except ValueError:  # a name with a NUL in it
        raise BenangError(Problem("no file can have this name", where=repr(str(path)))) from None
    except OSError as error:
        raise BenangError(
            Problem(worded("the file can't be read ({reason})", reason=error.strerror), where=str(path))
        ) from None


def _is_folder(path: Path) -> BenangError:
    return BenangError(Problem("this is a folder, not a file", where=str(path), way_on="Name the files in it."))


def read_text(path: Path) -> str:
    """Read UTF-8 text, with or without a byte order mark; the line ends stay as they are."""
    return decode(read_bytes(path), where=str(path))


def decode(data: bytes, *, where: str) -> str:
    """Decode UTF-8; name the first byte that isn't, its line, and the encoding that the file seems to have.

    Examples
    --------
    >>> decode("kopi".encode(), where="a.txt")
    'kopi'
    >>> decode("café".encode("cp1252"), where="a.txt")
    Traceback (most recent call last):
    benang.errors.BenangError: a.txt, line 1: expected UTF-8 text, found the byte 0xE9. It looks like Windows-1252: save
    the file as UTF-8 (in Excel: "CSV UTF-8") and try again.
    """
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if marked or b"\x00" in data:
        raise BenangError(
            Problem(
                "UTF-16 text" if marked else "UTF-16 text or not text at all (it contains NUL)",
                where=where,
                expected="UTF-8 text",
                way_on="Save the file as UTF-8 (in Notepad: Save as, Encoding) and try again.",
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `error.object` lacks the byte order mark, and the place is counted in it.
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BenangError(
            Problem(
                worded("the byte 0x{byte:02X}", byte=error.object[error.start]),
                where=worded("{file}, line {line}", file=where, line=line),
                expected="UTF-8 text",
                way_on='It looks like Windows-1252: save the file as UTF-8 (in Excel: "CSV UTF-8") and try again.',
            )
        ) from None


@contextmanager
def replacing(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Give places to write to; on leaving, they replace `paths` at one stroke, or nothing has changed.

    Files of one folder are a set (`benang.unfinished`): a run that is killed leaves all of them old or, after the next
    run, all of them new. Should the disk fill up half-way, all stay as they were. A symbolic link is followed, and a
    file that is there keeps its rights.
    """
    if not paths:
        yield ()
        return
    targets = [_target(path) for path in paths]
    folders: dict[str, list[int]] = {}
    for at, target in enumerate(targets):
        folders.setdefault(os.path.realpath(target.parent), []).append(at)
    places: dict[int, Path] = {}
    with ExitStack() as stages:
        for folder, inside in folders.items():
            with _telling(*(paths[at] for at in inside)):
                stages.callback(remove_empty, _prepare(Path(folder), [targets[at] for at in inside]))
                names = [targets[at].name for at in inside]
                stage = _alone(Path(folder), names[0]) if len(inside) == 1 else staged(Path(folder), names)
                places.update(zip(inside, stages.enter_context(stage), strict=True))
        with _naming({str(places[at]): str(path) for at, path in enumerate(paths)}), _telling(paths[0]):
            yield tuple(places[at] for at in range(len(paths)))
        with placing():
            for folder, inside in folders.items():
                with _telling(*(paths[at] for at in inside)):
                    for at in inside:
                        places[at].chmod(_rights(targets[at]))
                    if len(inside) == 1:
                        places[inside[0]].replace(targets[inside[0]])
                    else:
                        put_in_place([places[at] for at in inside], Path(folder), rights=_usual_rights(0o777))


@contextmanager
def _naming(names: Mapping[str, str]) -> Iterator[None]:
    """Name in problems the file that was wanted instead of the temporary one."""
    try:
        yield
    except BenangError as error:
        raise BenangError(*(replace(one, where=names.get(one.where, one.where)) for one in error.problems)) from None


def _prepare(folder: Path, targets: Sequence[Path]) -> list[Path]:
    """Make a folder, or tidy up in one after runs that were killed; return the folders that were made."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for target in targets:
        _check_rights(target)
    settle(*targets)
    remove_leftovers(folder)
    return missing


@contextmanager
def _alone(folder: Path, name: str) -> Iterator[tuple[Path]]:
    """Make an empty file in a folder, to be put in the place of another."""
    handle, temporary = tempfile.mkstemp(prefix=temporary_prefix(), suffix=Path(name).suffix, dir=folder)
    os.close(handle)
    try:
        yield (Path(temporary),)
    finally:
        Path(temporary).unlink(missing_ok=True)


@contextmanager
def _telling(*paths: Path) -> Iterator[None]:
    """Say in the user's words that a file can't be written: of several, the one that the system names."""
    try:
        yield
    except OSError as error:
        named = Path(os.fsdecode(error.filename)).name if isinstance(error.filename, str | bytes) else ""
        raise _unwritable(next((path for path in paths if path.name == named), paths[0]), error) from None


def _target(path: Path) -> Path:
    # `Path.resolve` ends with a RuntimeError where links lead in a circle
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _rights(path: Path) -> int:
    """Return the rights of a file that is there, else those that the user wants for new files."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    return _usual_rights(0o666)


def _check_rights(path: Path) -> None:
    """Refuse to replace what is read-only, also where the system would let us, and what is no file at all."""
    with contextlib.suppress(FileNotFoundError):
        status = path.stat()
        if kind := kind_of(status):
            problem = worded("this is {kind}, not a file, so it is not replaced", kind=worded(kind))
            raise BenangError(Problem(problem, where=str(path), way_on="Choose another name."))
        if stat.S_ISREG(status.st_mode) and not (status.st_mode & _WRITE and os.access(path, os.W_OK)):
            way_on = "Allow writing to it, or choose another name."
            raise BenangError(Problem("this file is read-only, so it is not replaced", where=str(path), way_on=way_on))


def _usual_rights(most: int) -> int:
    """Return the rights of new files, or folders, of which the user wants some withheld (the umask).

    A system returns its umask only when another is set, and all threads share that meanwhile. Linux prints it as well;
    elsewhere one thread asks at a time.
    """
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = Path("/proc/thread-self/status").read_text(encoding="ascii", errors="replace")
        return most & ~int(next(line for line in status.splitlines() if line.startswith("Umask:")).split()[1], 8)
    with _asking:
        mask = os.umask(0o077)
        os.umask(mask)
    return most & ~mask


def _unwritable(path: Path, error: OSError) -> BenangError:
    return BenangError(
        Problem(
            worded("can't write here ({reason})", reason=error.strerror),
            where=str(path),
            way_on="Choose a folder with enough space that you may write to, or close the file if it is open in "
            "another program.",
        )
    )


def check_writable(*paths: Path) -> None:
    """Find out before long work, not after it, whether files can be written where they are wanted.

    Nothing is made: where a folder is missing, the nearest one above it is tried.

    Raises
    ------
    BenangError
        With every path that can't be written.
    """
    problems: list[Problem] = []
    for path in paths:
        try:
            with _telling(path):
                if path.is_dir():
                    raise _is_folder(path)
                _check_rights(_target(path))
                folder = next(above for above in _target(path).absolute().parents if above.exists())
                with tempfile.TemporaryFile(prefix=temporary_prefix(), dir=folder):
                    pass
        except BenangError as error:
            problems.extend(error.problems)
    if problems:
        raise BenangError(*problems)


def remove(path: Path) -> None:
    """Remove a file, or the link in its place; a missing one is ignored."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        way_on = "Remove it yourself, or ask for permission to."
        raise BenangError(
            Problem(worded("can't be removed ({reason})", reason=error.strerror), where=str(path), way_on=way_on)
        ) from None


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, making its folder where need be."""
    write_together({path: data})


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with LF line ends, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together; none is replaced before all have been written."""
    if not files:
        return
    with replacing(*files) as temporaries:
        for temporary, (path, data) in zip(temporaries, files.items(), strict=True):
            with _telling(path):
                temporary.write_bytes(data)


def cache_folder() -> Path | None:
    """Return the folder for what Benang keeps between runs: that of `BENANG_CACHE`, or the user's own for such files.

    `NUMBA_CACHE_DIR` is followed, too. None, where the user has no home.
    """
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 -- stays as it is where there is no home
    if named := os.environ.get("BENANG_CACHE") or os.environ.get("NUMBA_CACHE_DIR"):
        folder = Path(named).absolute()
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "benang" / "Cache"
    elif sys.platform == "darwin":
        folder = home / "Library" / "Caches" / "benang"
    else:
        named = os.environ.get("XDG_CACHE_HOME", "")
        folder = (Path(named) if Path(named).is_absolute() else home / ".cache") / "benang"
    return folder if folder.is_absolute() else None


def sha256(data: bytes | str) -> str:
    """Content hash, in hexadecimal."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def zipped(files: Mapping[str, bytes], *, first: str = "") -> bytes:
    """Return files as a zip without times, sorted by name after the one that must come first.

    Examples
    --------
    >>> zipped({"b": b"2", "a": b"1"}, first="b") == zipped({"a": b"1", "b": b"2"}, first="b")
    True
    """
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in sorted(files, key=lambda one: (one != first, one)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # the first time that a zip can tell
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # of Unix, on every system: else the bytes would differ
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, files[name])
    return data.getvalue()
