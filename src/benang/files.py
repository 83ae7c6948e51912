"""Files in UTF-8, with LF line ends, replaced whole or not at all.

The same call gives the same bytes on Windows, macOS and Linux: nothing here depends on the platform's encoding,
line ends or file order.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benang.errors import BenangError, Problem


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
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BenangError(
            Problem(
                "UTF-16 text",
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
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; on leaving, it replaces `path` at one stroke, or nothing has changed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".benang-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> BenangError:
    return BenangError(
        Problem(
            f"can't write here ({error.strerror})",
            where=str(path),
            way_on="Choose a folder that you may write to, or close the file where it is open.",
        )
    )


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, making its folder where need be."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with LF line ends, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files that belong together; none is replaced before all have been written.

    A map and its network, say: should the disk fill up half-way, both stay as they were.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".benang-", suffix=path.suffix, dir=path.parent)
            staged.append((Path(name), path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
        for temporary, path in staged:
            temporary.chmod(0o644)
            temporary.replace(path)
    except OSError as error:
        raise _unwritable(next(iter(files)), error) from None
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def sha256(data: bytes | str) -> str:
    """Content hash, in hexadecimal."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()
