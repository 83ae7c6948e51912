"""Bytes → text: find a file's encoding, say so, and never guess in silence where the text would differ."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from benang.errors import BenangError, Problem
from benang.locale.writing import as_worded, worded

_PIECE = 1 << 20
_SHOWN = 40
_UTF8_MARK = b"\xef\xbb\xbf"
_MARKS = (
    (_UTF8_MARK, "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_TWICE = re.compile(rb"\xc3(?:\x83\xc2|\xa2\xe2\x82\xac)")  # the beginnings of `Ã¼` and `â€“`
_HEAD = 1000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how zip files begin, .xlsx and .ods among them, and .xls
_CONTROLS = bytes([*range(1, 9), *range(14, 32), 127])
_FEW = 100  # what has more control characters besides NULs than one in so many bytes is no text
_CUT = 3  # bytes of a character that may be missing at the end of a file that was cut off
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # Windows-1252 has no characters for these
_CUT_OFF = "The file ends in the middle of a character, which was left out: it may have been cut off."
_BAD = re.compile("[\udc80-\udcff]")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", "cp1252": "Windows-1252", "iso8859-1": "ISO-8859-1"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text as UTF-8, its lines ending with LF, no byte order mark; the encoding found; what has to be said."""

    data: bytes
    encoding: str
    notes: tuple[str, ...] = ()


def decoded(data: bytes, *, where: str, encoding: str | None = None, way_on: str = "name the encoding") -> Decoded:
    r"""Find the encoding of a text and decode it.

    A byte order mark decides, then NULs at every other byte (UTF-16), then whether the bytes are UTF-8, then an XML
    declaration; where one says another encoding although the bytes are UTF-8, a note says so. Other bytes in a text
    that is otherwise UTF-8 are read one by one as Windows-1252. All else is read as Windows-1252, or ISO-8859-1 where
    it holds what Windows-1252 lacks; a note shows a word in which the choice matters, and says the `way_on` where it is
    wrong. `encoding` overrides all of it.
    Byte order marks within the text, where files were put together, are left out.

    Raises
    ------
    BenangError
        For an unknown `encoding`, a text that is not in it, and a file that is no text at all.

    Examples
    --------
    >>> decoded("Müller\r\n".encode("utf-16"), where="a.ris")
    Decoded(data=b'M\xc3\xbcller\n', encoding='UTF-16', notes=())
    >>> found = decoded("AU  - Müller".encode("cp1252"), where="a.ris")
    >>> found.data.decode(), found.encoding
    ('AU  - Müller', 'Windows-1252')
    >>> print(*found.notes)
    Not UTF-8: read as Windows-1252, for example in line 1: 'AU  - Müller'. If this looks wrong, name the encoding.
    """
    if encoding is not None:
        return _named(data, encoding, where)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, name, where, way_on)
    if b"\x00" in data:
        return _with_nul(data, where, way_on)
    declared = _declared(data)
    if _is_utf8(data):
        return Decoded(_lines(data), "UTF-8", (*_against(data, declared), *_twice_encoded(data)))
    return _named(data, declared, where) if declared else _otherwise(data, way_on)


def encoding_name(encoding: str) -> str:
    """Name an encoding as people do.

    Examples
    --------
    >>> encoding_name("latin-1"), encoding_name("utf8"), encoding_name("cp1251")
    ('ISO-8859-1', 'UTF-8', 'CP1251')
    """
    name = codecs.lookup(encoding).name
    return _NAMES.get(name, name.upper())


def unknown_encoding(encoding: str, where: str) -> BenangError:
    """Refuse the name of an encoding that there isn't."""
    way_on = "Name one such as UTF-8, UTF-16, Windows-1252, ISO-8859-1."
    return BenangError(
        Problem(worded("no encoding is called '{encoding}'", encoding=encoding), where=where, way_on=way_on)
    )


def _marked(data: bytes, mark: bytes, name: str, where: str, way_on: str) -> Decoded:
    if name != "utf-8":
        return _named(data, name, where)
    rest = data.removeprefix(mark)
    return Decoded(_lines(rest), "UTF-8", _twice_encoded(rest)) if _is_utf8(rest) else _otherwise(rest, way_on)


def _declared(data: bytes) -> str:
    """Return the encoding that an XML declaration names, where it is one, and not UTF-8."""
    match = _XML.match(data[:_HEAD].lstrip())
    try:
        name = codecs.lookup(match[1].decode()).name if match else "utf-8"
    except LookupError:
        return ""
    return "" if name in ("utf-8", "ascii") or name.startswith(("utf-16", "utf-32")) else name


def _twice_encoded(data: bytes) -> tuple[str, ...]:
    """Note letters such as `Ã¼`: a program took UTF-8 for Windows-1252 and saved it so."""
    first = None if data.isascii() else _TWICE.search(data)
    if not first:
        return ()
    at, number = first.start(), len(_TWICE.findall(data))
    begin = data.rfind(b"\n", 0, at) + 1
    around = data[max(begin, at - _SHOWN) : at + _SHOWN].decode("utf-8", "ignore").split("\n")[0].strip()
    line = data.count(b"\n", 0, at) + 1
    return (
        worded(
            "Characters that look garbled: {n:,}, first in line {line}: {text!r}. They are kept as they are; if a "
            "spreadsheet program saved this file, export it again and don't save it there.",
            n=number,
            line=line,
            text=around,
        ),
    )


def _against(data: bytes, declared: str) -> tuple[str, ...]:
    """Note a declaration that names another encoding than that of the text, where it makes a difference."""
    if not declared or data.isascii():
        return ()
    line, shown = _example(text := data.decode(), text)
    return (
        worded(
            "The file declares {encoding}, but it is in UTF-8, as line {line} shows: {text!r}.",
            encoding=encoding_name(declared),
            line=line,
            text=shown,
        ),
    )


def _with_nul(data: bytes, where: str, way_on: str) -> Decoded:
    start = data[:_HEAD].rstrip(b"\x00")  # some programs fill up the last block of a file
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) * 4 >= len(start) > 0 and min(even, odd) * 4 <= max(even, odd):
        return _named(data, "utf-16-le" if odd > even else "utf-16-be", where, called="UTF-16")
    rest = data.replace(b"\x00", b"")
    nuls = len(data) - len(rest)
    if not rest.strip() or len(rest) - len(rest.translate(None, _CONTROLS)) > len(rest) // _FEW:
        if data.startswith(_WORKBOOKS):
            content, save = "a workbook or an archive", "Save the sheet as CSV with UTF-8 (.csv), and name that."
            raise BenangError(Problem(content, where=where, expected="a text file", way_on=save))
        content, at = (
            "a binary file (it contains NUL)",
            worded("{file}, byte {n:,}", file=where, n=data.index(0) + 1),
        )
        raise BenangError(Problem(content, where=at, expected="a text file"))
    line = data.count(b"\n", 0, data.index(0)) + 1
    text = decoded(rest, where=where, way_on=way_on)
    note = worded(
        "NUL characters, which do not belong in a text, were removed: {n:,}, first in line {line:,}.",
        n=nuls,
        line=line,
    )
    return Decoded(text.data, text.encoding, (note, *text.notes))


def _named(data: bytes, encoding: str, where: str, called: str = "") -> Decoded:
    try:
        name = called or encoding_name(encoding)
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if name.startswith("UTF-") and error.start >= len(data) - _CUT:
            text = data[: error.start].decode(encoding)
            return Decoded(_lines(text.encode()), name, (_CUT_OFF,))
        problem = worded(
            "the byte 0x{byte:02X}, which is not valid in {encoding}", byte=data[error.start], encoding=name
        )
        raise BenangError(
            Problem(
                problem,
                where=worded("{file}, line {line}", file=where, line=line),
                way_on="Export the file again, or name its encoding.",
            )
        ) from None
    except (LookupError, TypeError, ValueError):
        raise unknown_encoding(encoding, where) from None
    return Decoded(_lines(text.encode("utf-8", "replace")), name)


def _otherwise(data: bytes, way_on: str) -> Decoded:
    """Read what is not UTF-8: a text with a few odd bytes, one that was cut, or one in another encoding."""
    data = _lines(data)
    text = data.decode("utf-8", "surrogateescape")
    odd = len(_BAD.findall(text))
    beyond = len(_BEYOND.findall(text)) - odd
    if beyond and odd <= _CUT and _is_utf8(data[:-odd]) and _begins_character(data[-odd:]):
        return Decoded(data[:-odd], "UTF-8", (_CUT_OFF,))
    if beyond * 4 > odd:
        mended = _BAD.sub(lambda one: _single(ord(one[0]) - 0xDC00), text)
        line, shown = _example(text, mended)
        note = worded(
            "{n:,} byte is not UTF-8 like the rest and was read as Windows-1252, in line {line}: {text!r}.",
            "{n:,} bytes are not UTF-8 like the rest and were read as Windows-1252, first in line {line}: {text!r}.",
            n=odd,
            line=line,
            text=shown,
        )
        return Decoded(mended.encode(), "UTF-8", (note,))
    name = "iso8859-1" if _UNDEFINED.search(data) else "cp1252"
    whole = data.decode(name)
    line, shown = _example(whole, whole)
    note = worded(
        "Not UTF-8: read as {encoding}, for example in line {line}: {text!r}. If this looks wrong, {way_on}.",
        encoding=encoding_name(name),
        line=line,
        text=shown,
        way_on=as_worded(way_on),
    )
    return Decoded(whole.encode(), encoding_name(name), (note,))


def _begins_character(data: bytes) -> bool:
    """Tell whether bytes are the beginning of a character in UTF-8 and no more."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data) == ""
    except UnicodeDecodeError:
        return False


def _single(byte: int) -> str:
    return bytes([byte]).decode("cp1252" if not _UNDEFINED.match(bytes([byte])) else "iso8859-1")


def _example(searched: str, text: str) -> tuple[int, str]:
    """Return the line of the first doubtful character, and the words around it."""
    match = _BAD.search(searched) or _BEYOND.search(searched)
    at = match.start() if match else 0
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[begin : end if end >= 0 else len(text)].strip()
    place = at - begin
    shown = line if len(line) <= _SHOWN else line[max(place - _SHOWN // 2, 0) : place + _SHOWN // 2]
    return text.count("\n", 0, begin) + 1, shown.strip()


def _is_utf8(data: bytes) -> bool:
    """Check in pieces, so that a long text is not in memory twice."""
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(view[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(data: bytes) -> bytes:
    """End lines with LF; leave out byte order marks, also those within, where files were put together."""
    data = data.replace(_UTF8_MARK, b"") if _UTF8_MARK in data else data
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data
