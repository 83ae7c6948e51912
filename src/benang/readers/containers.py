"""Files within files: zip and gzip archives, opened with care, so that one that would fill the memory is refused."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator

from benang.errors import BenangError, Problem

ZIP, GZIP, OLD_OFFICE = b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0"
_MOST_BYTES = 2 << 30
"""What an archive may hold unpacked: the largest export known is some hundred MB."""
_MOST_RATIO = 200
"""Text packs to a tenth, a table of repetitions to a hundredth; what packs tighter than this is no export."""
_SMALL = 64 << 20
"""Below this, no ratio does harm."""
_MOST_MEMBERS = 10_000
_OFFICE = (("xl/", "Excel"), ("word/", "a Word file"), ("ppt/", "a PowerPoint file"))
_AGAIN = "Unpack it yourself, look at what it holds, and name the exports in it."


def is_archive(data: bytes) -> bool:
    """Tell an archive whose members are files of their own from a workbook, which is a zip file too.

    Raises
    ------
    BenangError
        For a Word or PowerPoint file.
    """
    if data.startswith(GZIP):
        return True
    if not data.startswith(ZIP):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return True  # `members` says what is wrong
    if "mimetype" in names and "content.xml" in names:
        return False
    kind = next((kind for start, kind in _OFFICE if any(name.startswith(start) for name in names)), "")
    if kind and kind != "Excel" and "[Content_Types].xml" in names:
        raise BenangError(Problem(kind, expected="an export or a table", way_on="Save what is in it as text or CSV."))
    return not kind


def members(data: bytes, *, where: str) -> Iterator[tuple[str, bytes]]:
    r"""Give the name and the bytes of every file in an archive, in the order of their names; a gzip file has one.

    What a system adds by itself (`__MACOSX`, names that begin with a dot) is passed over.

    Raises
    ------
    BenangError
        For an archive that is broken or encrypted, holds nothing, or would unpack to far more than an export has.

    Examples
    --------
    >>> packed = io.BytesIO()
    >>> with zipfile.ZipFile(packed, "w") as archive:
    ...     archive.writestr("b.ris", "TY  - BOOK\n")
    ...     archive.writestr("a/.hidden", "")
    >>> list(members(packed.getvalue(), where="exports.zip"))
    [('b.ris', b'TY  - BOOK\n')]
    """
    if data.startswith(GZIP):
        yield "", _gunzipped(data, where)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _unzipped(archive, where, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise BenangError(
            Problem(f"a zip archive that can't be opened ({error})", where=where, way_on="Download it again.")
        ) from None


def _unzipped(archive: zipfile.ZipFile, where: str, packed: int) -> Iterator[tuple[str, bytes]]:
    wanted = [one for one in archive.infolist() if not one.is_dir() and not _is_hidden(one.filename)]
    if not wanted:
        raise BenangError(Problem("a zip archive without a file in it", where=where, way_on="Download it again."))
    total = sum(one.file_size for one in wanted)
    if len(wanted) > _MOST_MEMBERS or total > _MOST_BYTES or (total > _SMALL and total > packed * _MOST_RATIO):
        found = f"a zip archive of {packed:,} bytes that would unpack to {total:,} bytes in {len(wanted):,} files"
        raise BenangError(Problem(found, where=where, expected="exports", way_on=_AGAIN))
    for one in sorted(wanted, key=lambda one: one.filename):
        if one.flag_bits & 1:
            where_in = f"{where}/{one.filename}"
            raise BenangError(Problem("an encrypted file", where=where_in, way_on="Unpack it with its password first."))
        with archive.open(one) as member:
            data = member.read(one.file_size + 1)
        yield one.filename, data[: one.file_size]


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX", "~$")) for part in name.split("/"))


def _gunzipped(data: bytes, where: str) -> bytes:
    most = max(_SMALL, min(_MOST_BYTES, len(data) * _MOST_RATIO))
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            text = packed.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BenangError(
            Problem(f"a gzip archive that can't be opened ({error})", where=where, way_on="Download it again.")
        ) from None
    if len(text) > most:
        found = f"a gzip archive of {len(data):,} bytes that would unpack to more than {most:,} bytes"
        raise BenangError(Problem(found, where=where, expected="an export", way_on=_AGAIN))
    return text
