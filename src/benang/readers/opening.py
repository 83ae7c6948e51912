"""Paths → files to be read: the file itself, the files in a folder, the files in an archive.

Archives (zip, gzip) are opened with care, so that one that would fill the memory is refused.
"""

from __future__ import annotations

import gzip
import io
import lzma
import os
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang import files
from benang.errors import BenangError, Problem, in_unicode, visible
from benang.locale.writing import worded

ZIP, GZIP, OLD_OFFICE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_EMPTY_ZIP = b"PK\x05\x06"
_MOST_BYTES = 2 << 30
"""What an archive may hold unpacked: the largest export known is some hundred MB."""
_MOST_RATIO = 200
"""Text packs to a tenth, a table of repetitions to a hundredth; what packs tighter than this is no export."""
_SMALL = 64 << 20
"""Below this, no ratio does harm."""
_MOST_MEMBERS = 10_000
_MOST_DEPTH = 4  # a download in a backup in a backup; what is deeper is no accident
_ENCRYPTED = 1  # the first bit of a member's flags
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
_OFFICE = (("xl/", "Excel"), ("word/", "a Word file"), ("ppt/", "a PowerPoint file"))
_LOG_OF_RAYYAN = "customizations_log.csv"
_AGAIN = "Unpack it yourself, check its contents and name the exports in it."


@dataclass(frozen=True, slots=True)
class Opened:
    """One file, out of its archive or folder: the name it has in messages, what begins its keys, its bytes."""

    name: str
    label: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, and why."""

    path: str
    error: BenangError


def name_of(path: str | files.Input) -> str:
    r"""Return a file's name as given, with forward slashes, fit to be shown and for UTF-8 whatever it holds.

    Examples
    --------
    >>> print(name_of("exports\x1b[2J/two\nlines.ris"))
    exports\u001b[2J/two\u000alines.ris
    """
    name = path.name if isinstance(path, files.Upload) else Path(path).as_posix()
    return visible(in_unicode(name), in_line=True)


def labels(paths: Sequence[str | files.Input]) -> list[str]:
    """Return what begins the made keys of each file: its name, or its path where two files have one name."""
    names = [name_of(path) for path in paths]
    bases = [name.rpartition("/")[2] for name in names]
    often = Counter(bases)
    return [base if often[base] == 1 else name for base, name in zip(bases, names, strict=True)]


def opened(path: files.Input, label: str) -> Iterator[Opened | Unread]:
    """Give the file, or the files in it where it is a folder or an archive; one that can't be opened is `Unread`."""
    name = name_of(path)
    try:
        if isinstance(path, Path) and path.is_dir():
            inputs, shut = _files_in(path)
            for inner in inputs:
                yield from opened(inner, label + name_of(inner).removeprefix(name))
            yield from shut
            return
        data = files.read_bytes(path)
        if not is_archive(data):
            yield Opened(name, label, data)
            return
        for member, content in members(data, where=name):
            inside = f"/{member}" if member else ""
            if isinstance(content, BenangError):
                yield Unread(name + visible(inside, in_line=True), content)
            else:
                yield Opened(name + visible(inside, in_line=True), label + inside, content)
    except OSError as error:
        yield _shut(Path(name), error)
    except BenangError as error:
        problems = (one if one.where else replace(one, where=name) for one in error.problems)
        yield Unread(name, BenangError(*problems))


def _files_in(folder: Path) -> tuple[list[Path], list[Unread]]:
    """Return the files in a folder and the folders in it, linked ones once each, and the folders that are shut."""
    paths: list[Path] = []
    shut: list[Unread] = []
    seen: set[str] = set()

    def tell(error: OSError) -> None:
        shut.append(_shut(Path(error.filename or folder), error))

    for inside, folders, names in os.walk(folder, onerror=tell, followlinks=True):
        if os.path.realpath(inside) in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(os.path.realpath(inside))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths += [Path(inside, name) for name in names if not name.startswith((".", "~$"))]
    paths = [path for path in paths if _is_file(path)]
    if not paths and not shut:
        raise BenangError(Problem("a folder without files", where=str(folder), way_on="Put exports in it."))
    return sorted(paths, key=lambda path: path.as_posix()), shut


def _shut(path: Path, error: OSError) -> Unread:
    problem = worded("can't be opened ({reason})", reason=error.strerror or error)
    way_on = "Ask for permission to read it, or copy the exports elsewhere."
    return Unread(name_of(path), BenangError(Problem(problem, where=name_of(path), way_on=way_on)))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # opening it says why it can't be read


def is_archive(data: bytes) -> bool:
    """Distinguish an archive whose members are files of their own from a workbook, which is a zip file too.

    Raises
    ------
    BenangError
        For a Word or PowerPoint file.
    """
    if data.startswith((GZIP, _EMPTY_ZIP)):
        return True
    if not data.startswith(ZIP):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except BROKEN:
        return True  # `members` says what is wrong
    if "mimetype" in names and "content.xml" in names:
        return False
    kind = next((kind for start, kind in _OFFICE if any(name.startswith(start) for name in names)), "")
    if kind and kind != "Excel" and "[Content_Types].xml" in names:
        raise BenangError(Problem(kind, expected="an export or a table", way_on="Save its contents as text or CSV."))
    return not kind


def members(data: bytes, *, where: str) -> Iterator[tuple[str, bytes | BenangError]]:
    r"""Give the name and the bytes of every file in an archive, in the order of their names; a gzip file has one.

    Archives within it are opened, too. A file that can't be unpacked comes with the error, and the others follow. What
    a system adds by itself (`__MACOSX`, names that begin with a dot) is passed over, as is what Rayyan puts beside its
    records: who clicked what when.

    Raises
    ------
    BenangError
        For an archive that is broken, holds nothing, or would unpack to far more than an export has.

    Examples
    --------
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("b.ris", "TY  - BOOK\n")
    ...     archive.writestr("a/.hidden", "")
    >>> list(members(packed.getvalue(), where="exports.zip"))
    [('b.ris', b'TY  - BOOK\n')]
    """
    yield from _within(data, where, _allowance(data), depth=1)


def unzipped(data: bytes, *, where: str) -> Iterator[tuple[str, bytes | BenangError]]:
    """Give the files of a zip as `members` does, with the same care, but leave archives within it packed."""
    yield from _unzipped(data, where, _allowance(data))


def _within(data: bytes, where: str, allowed: _Allowance, depth: int) -> Iterator[tuple[str, bytes | BenangError]]:
    if depth > _MOST_DEPTH:
        raise BenangError(
            Problem(
                worded("more than {n} archives nested inside one another", n=_MOST_DEPTH),
                where=where,
                way_on=_AGAIN,
            )
        )
    if data.startswith(GZIP):
        contents: Iterable[tuple[str, bytes | BenangError]] = [("", _gunzipped(data, where, allowed))]
    else:
        contents = _unzipped(data, where, allowed)
    for name, content in contents:
        try:
            if isinstance(content, bytes) and is_archive(content):
                for inner, inner_content in _within(content, _joined(where, name), allowed, depth + 1):
                    yield _joined(name, inner), inner_content
                continue
        except BenangError as error:
            content = BenangError(*(replace(one, where=one.where or _joined(where, name)) for one in error.problems))
        yield name, content


def _allowance(data: bytes) -> _Allowance:
    return _Allowance(min(_MOST_BYTES, max(_SMALL, len(data) * _MOST_RATIO)))


@dataclass(slots=True)
class _Allowance:
    """What may still be unpacked, of all archives within one another."""

    left: int
    files: int = _MOST_MEMBERS

    def take(self, size: int, where: str) -> None:
        self.left -= size
        self.files -= 1
        if self.left < 0 or self.files < 0:
            problem = "an archive that would unpack to far more than any export"
            raise BenangError(Problem(problem, where=where, expected="exports", way_on=_AGAIN))


def _gunzipped(data: bytes, where: str, allowed: _Allowance) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            text = packed.read(allowed.left + 1)
    except (OSError, EOFError, zlib.error, struct.error) as error:
        raise BenangError(
            Problem(
                worded("a gzip archive that can't be opened ({error})", error=error),
                where=where,
                way_on="Download it again.",
            )
        ) from None
    allowed.take(len(text), where)
    return text


def _unzipped(data: bytes, where: str, allowed: _Allowance) -> Iterator[tuple[str, bytes | BenangError]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        problem = worded("a zip archive that can't be opened ({error})", error=error)
        raise BenangError(Problem(problem, where=where, way_on="Download it again.")) from None
    wanted = [one for one in archive.infolist() if not one.filename.endswith("/") and not _is_hidden(one.filename)]
    if not wanted:
        raise BenangError(Problem("a zip archive without files", where=where, way_on="Download it again."))
    total = sum(one.file_size for one in wanted)
    if len(wanted) > allowed.files or total > allowed.left:
        problem = worded(
            "a zip archive of {n:,} bytes that would unpack to {total:,} bytes in {n2:,} files",
            n=len(data),
            total=total,
            n2=len(wanted),
        )
        raise BenangError(Problem(problem, where=where, expected="exports", way_on=_AGAIN))
    for one in sorted(wanted, key=lambda one: one.filename):
        allowed.take(one.file_size, where)
        yield one.filename, _unpacked(archive, one, _joined(where, one.filename))


def _is_hidden(name: str) -> bool:
    parts = (part for part in name.split("/") if part not in {".", ".."})  # what leads elsewhere hides nothing
    return name.rpartition("/")[2] == _LOG_OF_RAYYAN or any(part.startswith((".", "__MACOSX", "~$")) for part in parts)


def _unpacked(archive: zipfile.ZipFile, one: zipfile.ZipInfo, where: str) -> bytes | BenangError:
    if one.flag_bits & _ENCRYPTED:
        return BenangError(Problem("an encrypted file", where=where, way_on="Unpack it with its password first."))
    try:
        with archive.open(one) as member:
            return member.read(one.file_size)
    except BROKEN as error:
        problem = worded("a file that can't be unpacked ({error})", error=error)
        return BenangError(Problem(problem, where=where, way_on="Download the archive again."))


def _joined(*names: str) -> str:
    return "/".join(name for name in names if name)
