"""A file of a map or network: its text in UTF-8, whatever encoding it came in, and the single values in it."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.encodings import decoded
from benang.errors import BenangError, Problem
from benang.files import read_bytes
from benang.locale.writing import worded

_HEAD = 65_536
_MARK = codecs.BOM_UTF8
_SHOWN_PROBLEMS = 20
_MISSING = {"", "null", "nan"}


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
        """The beginning as text, enough to recognise the form."""
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
    return File(name, text.data, text.notes or (worded("Read as {encoding}", encoding=text.encoding),))


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return b"\x00" not in data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in data


def refuse(problems: Sequence[Problem], where: str) -> None:
    """Raise all problems of a file together; nothing where there are none."""
    if not problems:
        return
    rest = len(problems) - _SHOWN_PROBLEMS
    more = [Problem(worded("{n:,} more problems like these", n=rest), where=where)] if rest > 0 else []
    raise BenangError(*problems[:_SHOWN_PROBLEMS], *more)


def name_of(value: object) -> str | None:
    """Return an id as text (1 and 1.0 are '1'), or None where there is none."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def ids_written(ids: Sequence[str]) -> list[int] | list[str]:
    """Return ids as numbers where all of them are whole numbers above 0, as VOSviewer writes them."""
    if all(re.fullmatch(r"[1-9][0-9]{0,14}", name) for name in ids):
        return [int(name) for name in ids]
    return list(ids)


def plain(value: float) -> int | float:
    """Return a number as a file has it: 12, not 12.0."""
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def number_in(value: object) -> float | None:
    """Return a value that is a finite number, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return None
    return number if math.isfinite(number) else None


def number_told(value: str) -> float | str | None:
    """Turn a field of text into a number; what is none stays as it is, to be named in the error.

    Examples
    --------
    >>> number_told(" 2.5 "), number_told("NaN"), number_told("left")
    (2.5, None, 'left')
    """
    bare = value.strip()
    if bare.lower() in _MISSING:
        return None
    try:
        return float(bare)
    except ValueError:
        return bare


def strength_told(value: str | None) -> float | str | None:
    """Turn a field into the strength of a link: None where it is empty, the text where it is no number."""
    bare = (value or "").strip()
    number = number_told(bare)
    return bare if number is None and bare else number


def shown(value: object) -> str:
    """Quote a value in a message, cut where it is long.

    Examples
    --------
    >>> shown("x" * 100)
    "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
    """
    text = repr(value)[:61]
    return text if len(text) <= 60 else f"{text[:60]}…"


def text_of(value: object) -> str:
    """Write a value of any kind as text: what is no text, as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def json_told(text: str) -> object:
    """Read JSON; numbers that are none (NaN, 1e999) become None.

    Raises
    ------
    ValueError
        For text that is no JSON, or that no file could hold.
    RecursionError
        For JSON nested too deeply.
    """

    def finite(written: str) -> float | None:
        number = float(written)
        return number if math.isfinite(number) else None

    value: object = json.loads(text, parse_constant=lambda _: None, parse_float=finite)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value
