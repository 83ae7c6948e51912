"""Files in UTF-8, with LF line ends, replaced whole or not at all.

The same call gives the same bytes on Windows, macOS and Linux: nothing here depends on the platform's encoding,
line ends or file order.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benang.errors import BenangError, Problem

TEMPORARY = ".benang-"
"""How the names of files begin that are being written; one that is left behind is of a process that was killed."""


def read_bytes(path: Path) -> bytes:
    """Read a file, or say in the user's words why it can't be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise BenangError(Problem("no such file", where=str(path), way_on="Check the name and the folder.")) from None
    except IsADirectoryError:
        raise _is_folder(path) from None
    except ValueError:  # a name with a NUL in it
        raise BenangError(Problem("no file can have this name", where=repr(str(path)))) from None
    except OSError as error:
        if path.is_dir():  # Windows refuses to open a folder as if the right to read it were missing
            raise _is_folder(path) from None
        raise BenangError(Problem(f"the file can't be read ({error.strerror})", where=str(path))) from None


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
                "UTF-16 text" if marked else "UTF-16 text or no text at all (it holds NUL)",
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
                f"the byte 0x{error.object[error.start]:02X}",
                where=f"{where}, line {line}",
                expected="UTF-8 text",
                way_on='It looks like Windows-1252: save the file as UTF-8 (in Excel: "CSV UTF-8") and try again.',
            )
        ) from None


@contextmanager
def replacing(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Give places to write to; on leaving, they replace `paths` at one stroke, or nothing has changed.

    Files that belong together, a map and its network say, are told together: should the disk fill up half-way, all
    stay as they were. A symbolic link is followed, and a file that is there keeps its rights.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        staged.extend((_beside(path), path) for path in paths)
        with _telling(paths[0]):
            yield tuple(temporary for temporary, _ in staged)
        for temporary, path in staged:
            with _telling(path):
                target = _target(path)
                temporary.chmod(_rights(target))
                temporary.replace(target)
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """Make an empty file in the folder of another, to be put in its place."""
    with _telling(path):
        target = _target(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, suffix=target.suffix, dir=target.parent)
        os.close(handle)
    return Path(name)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Say in the user's words that a file can't be written."""
    try:
        yield
    except OSError as error:
        raise _unwritable(path, error) from None


def _target(path: Path) -> Path:
    # `Path.resolve` ends with a RuntimeError where links lead in a circle
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _rights(path: Path) -> int:
    """Return the rights of a file that is there, else those that the user wants for new files."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(path: Path, error: OSError) -> BenangError:
    return BenangError(
        Problem(
            f"can't write here ({error.strerror})",
            where=str(path),
            way_on="Choose a folder that you may write to and that has room, or close the file where it is open.",
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
                folder = next(above for above in _target(path).absolute().parents if above.exists())
                with tempfile.TemporaryFile(dir=folder):
                    pass
        except BenangError as error:
            problems.extend(error.problems)
    if problems:
        raise BenangError(*problems)


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


def sha256(data: bytes | str) -> str:
    """Content hash, in hexadecimal."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()
