"""Files within files: zip and gzip archives, opened with care, so that one that would fill the memory is refused."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from benang.errors import BenangError, Problem

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
_BROKEN = (
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
_AGAIN = "Unpack it yourself, look at what it holds, and name the exports in it."


def is_archive(data: bytes) -> bool:
    """Tell an archive whose members are files of their own from a workbook, which is a zip file too.

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
    except _BROKEN:
        return True  # `members` says what is wrong
    if "mimetype" in names and "content.xml" in names:
        return False
    kind = next((kind for start, kind in _OFFICE if any(name.startswith(start) for name in names)), "")
    if kind and kind != "Excel" and "[Content_Types].xml" in names:
        raise BenangError(Problem(kind, expected="an export or a table", way_on="Save what is in it as text or CSV."))
    return not kind


def members(data: bytes, *, where: str) -> Iterator[tuple[str, bytes | BenangError]]:
    r"""Give the name and the bytes of every file in an archive, in the order of their names; a gzip file has one.

    Archives within it are opened, too. A file that can't be unpacked stands with the error, and the others follow. What
    a system adds by itself (`__MACOSX`, names that begin with a dot) is passed over.

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
    most = min(_MOST_BYTES, max(_SMALL, len(data) * _MOST_RATIO))
    yield from _within(data, where, _Allowance(most), depth=1)


@dataclass(slots=True)
class _Allowance:
    """What may still be unpacked, of all archives within one another."""

    left: int
    files: int = _MOST_MEMBERS

    def take(self, size: int, where: str) -> None:
        self.left -= size
        self.files -= 1
        if self.left < 0 or self.files < 0:
            found = "an archive that would unpack to far more than an export has"
            raise BenangError(Problem(found, where=where, expected="exports", way_on=_AGAIN))


def _within(data: bytes, where: str, allowed: _Allowance, depth: int) -> Iterator[tuple[str, bytes | BenangError]]:
    if depth > _MOST_DEPTH:
        raise BenangError(Problem(f"more than {_MOST_DEPTH} archives within one another", where=where, way_on=_AGAIN))
    if data.startswith(GZIP):
        found: Iterable[tuple[str, bytes | BenangError]] = [("", _gunzipped(data, where, allowed))]
    else:
        found = _unzipped(data, where, allowed)
    for name, content in found:
        try:
            if isinstance(content, bytes) and is_archive(content):
                for inner, inner_content in _within(content, _joined(where, name), allowed, depth + 1):
                    yield _joined(name, inner), inner_content
                continue
        except BenangError as error:
            content = BenangError(*(replace(one, where=one.where or _joined(where, name)) for one in error.problems))
        yield name, content


def _joined(*names: str) -> str:
    return "/".join(name for name in names if name)


def _unzipped(data: bytes, where: str, allowed: _Allowance) -> Iterator[tuple[str, bytes | BenangError]]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        found = f"a zip archive that can't be opened ({error})"
        raise BenangError(Problem(found, where=where, way_on="Download it again.")) from None
    wanted = [one for one in archive.infolist() if not one.filename.endswith("/") and not _is_hidden(one.filename)]
    if not wanted:
        raise BenangError(Problem("a zip archive without a file in it", where=where, way_on="Download it again."))
    total = sum(one.file_size for one in wanted)
    if len(wanted) > allowed.files or total > allowed.left:
        found = f"a zip archive of {len(data):,} bytes that would unpack to {total:,} bytes in {len(wanted):,} files"
        raise BenangError(Problem(found, where=where, expected="exports", way_on=_AGAIN))
    for one in sorted(wanted, key=lambda one: one.filename):
        allowed.take(one.file_size, where)
        yield one.filename, _unpacked(archive, one, _joined(where, one.filename))


def _unpacked(archive: zipfile.ZipFile, one: zipfile.ZipInfo, where: str) -> bytes | BenangError:
    if one.flag_bits & _ENCRYPTED:
        return BenangError(Problem("an encrypted file", where=where, way_on="Unpack it with its password first."))
    try:
        with archive.open(one) as member:
            return member.read(one.file_size)
    except _BROKEN as error:
        found = f"a file that can't be unpacked ({error})"
        return BenangError(Problem(found, where=where, way_on="Download the archive again."))


def _is_hidden(name: str) -> bool:
    parts = (part for part in name.split("/") if part not in {".", ".."})  # what leads elsewhere hides nothing
    return any(part.startswith((".", "__MACOSX", "~$")) for part in parts)


def _gunzipped(data: bytes, where: str, allowed: _Allowance) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            text = packed.read(allowed.left + 1)
    except (OSError, EOFError, zlib.error, struct.error) as error:
        raise BenangError(
            Problem(f"a gzip archive that can't be opened ({error})", where=where, way_on="Download it again.")
        ) from None
    allowed.take(len(text), where)
    return text
