"""A file to be read as a map or network: its text in UTF-8, whatever encoding it came in."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import read_bytes

_HEAD = 65_536
_MARK = codecs.BOM_UTF8


@dataclass(frozen=True)
class File:
    r"""A file: its `name` as the user gave it, its bytes without a byte order mark, and what has to be said of them.

    Examples
    --------
    >>> File("a.txt", "kota\tdesa\t2\n".encode()).head
    'kota\tdesa\t2\n'
    """

    name: str
    data: bytes
    notes: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """The beginning as text, enough to tell the form."""
        return self.data[:_HEAD].decode("utf-8", errors="ignore").lstrip("\ufeff \t\r\n")

    @property
    def text(self) -> str:
        """The whole as text; its line ends stay as they are."""
        return self.data.decode("utf-8")


def open_file(path: Path | str) -> File:
    """Read a file; text that is not UTF-8 is turned into it, and a note says so.

    Raises
    ------
    BenangError
        For a file that can't be read, is empty, or is no text.
    """
    name = str(path)
    data = read_bytes(Path(path)).removeprefix(_MARK)
    if not data[:_HEAD].strip() and not data.strip():
        raise BenangError(Problem("the file is empty", where=name, way_on="Save or export it again."))
    if _is_utf8(data) or data.lstrip()[:5] == b"<?xml":  # XML says its encoding itself
        return File(name, data)
    text = decoded(data, where=name)
    return File(name, text.data, text.notes or (f"Read as {text.encoding}",))


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return b"\x00" not in data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in data
