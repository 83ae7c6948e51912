"""What no export is: pictures, programs, libraries, web pages, answers of a server, and texts with endless lines.

A line that is far too long is refused before a reader takes it apart, which needs many times its size in memory.
"""

from __future__ import annotations

import html
import re

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.readers.source import shown

_UNPACK = "Unpack it and name the exports in it; zip and gzip archives can be named as they are."
_SAVE = "Open it and save its contents as plain text or CSV."
_DATABASE = "Export the records from the program that made it: RIS or BibTeX, for example."
_PICTURE = "Name the export itself, or the paper."
_BYTES = (
    (b"\x89PNG", "a picture", _PICTURE),
    (b"\xff\xd8\xff", "a picture", _PICTURE),
    (b"GIF8", "a picture", _PICTURE),
    (b"II*\x00", "a picture", _PICTURE),
    (b"MM\x00*", "a picture", _PICTURE),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"SQLite format 3\x00", "a program's database (perhaps an EndNote or Zotero library)", _DATABASE),
    (b"\x7fELF", "a program", "Name the export instead."),
    (b"MZ\x90\x00", "a program", "Name the export instead."),
    (b"{\\rtf", "a document in Rich Text Format", _SAVE),
    (b"PAR1", "a Parquet file", "Name the folder into which Benang wrote it, or export the table as CSV."),
)
_TAR_AT, _TAR = 257, b"ustar"
_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<!DOCTYPE\s+html|<html|<head|<body|<table)\b", re.IGNORECASE | re.DOTALL
)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_ANSWER = re.compile(r'\s*\{\s*"(?:error|errors|message|detail)"\s*:\s*(?:\[\s*)?(?:"([^"\n]{0,300})|\{)')
_MESSAGE = re.compile(r'"(?:message|detail|error|msg)"\s*:\s*"([^"\n]{1,300})')
_OTHERS = (
    (
        re.compile(r'\{\s*"(?:config|network|info)"\s*:.{0,60000}?"(?:items|links)"\s*:', re.DOTALL),
        "a VOSviewer map",
    ),
    (re.compile(r'\{.{0,5000}?"cells"\s*:.{0,60000}?"nbformat"', re.DOTALL), "a Jupyter notebook"),
    (re.compile(r'\{\s*"type"\s*:\s*"(?:FeatureCollection|Topology)"'), "a geographic map (GeoJSON)"),
)

LONGEST = 64 << 20
"""Bytes of a line. The longest that are known, lists of references in one cell, have some hundred thousand."""
LONGEST_OF_ALL = 512 << 20
"""The same for JSON and XML, where a whole file may be one line."""


def refuse_stranger(data: bytes) -> None:
    """Refuse a file whose first bytes show that it is no export.

    Raises
    ------
    BenangError
        That names what it is, without the file's name.

    Examples
    --------
    >>> refuse_stranger(b"TY  - JOUR")
    >>> refuse_stranger(b"GIF89a")
    Traceback (most recent call last):
    benang.errors.BenangError: expected an export, found a picture. Name the export itself, or the paper.
    """
    for magic, what, way_on in _BYTES:
        if data.startswith(magic):
            raise BenangError(Problem(what, expected="an export", way_on=way_on))
    if data.startswith(_TAR, _TAR_AT):
        raise BenangError(Problem("a tar archive", expected="an export", way_on=_UNPACK))


def stranger(head: str) -> tuple[str, str] | None:
    """Recognise a text with which no export begins: what it is, and the way on; None where it is not known.

    Examples
    --------
    >>> stranger("<!DOCTYPE html><title>Session expired</title>")[0]
    "a web page ('Session expired')"
    >>> stranger("Authors,Title") is None
    True
    """
    if _PAGE.match(head):
        title = _TITLE.search(head)
        kind = worded("a web page ({shown})", shown=shown(html.unescape(title[1]))) if title else "a web page"
        if _TABLE.search(head) and not title:
            return kind, "If it holds a table, open it in Excel or LibreOffice and save it as .xlsx or CSV."
        return kind, (
            "A login page or an error page is often saved in place of the export: open it in a browser to see what "
            "it says, log in again and export again."
        )
    if _SPREADSHEET in head:
        return "an Excel 2003 XML workbook", "Open it in Excel or LibreOffice and save it as .xlsx or CSV."
    if _ANSWER.match(head):
        message = _MESSAGE.search(head)
        kind = (
            worded("an error message from a server ({shown})", shown=shown(message[1]))
            if message
            else "an error message from a server"
        )
        return kind, "Correct what it names and download the records again."
    return None


def other_json(head: str) -> str:
    r"""Say what a JSON file is that is no export of records; nothing where it isn't known.

    Examples
    --------
    >>> other_json('{"network": {"items": [{"id": 1, "label": "kota"}], "links": []}}')
    'a VOSviewer map'
    """
    return next((what for pattern, what in _OTHERS if pattern.match(head.lstrip())), "")


def check_lines(data: bytes, *, where: str, whole_in_one: bool = False) -> None:
    r"""Refuse a text with a line that is far too long.

    Raises
    ------
    BenangError
        With the number of the line and its length.

    Examples
    --------
    >>> check_lines(b"TY  - JOUR\nER  - \n", where="a.ris")
    """
    most = LONGEST_OF_ALL if whole_in_one else LONGEST
    begin = 0
    while len(data) - begin > most:
        end = data.rfind(b"\n", begin, begin + most)
        if end < 0:
            stop = data.find(b"\n", begin)
            size = (len(data) if stop < 0 else stop) - begin
            line = data.count(b"\n", 0, begin) + 1
            way_on = "Export it again; if it has very many records, export them in several parts."
            problem = worded("a line of {size:,} bytes", size=size)
            raise BenangError(
                Problem(
                    problem,
                    where=worded("{file}, line {line}", file=where, line=line),
                    expected="an export",
                    way_on=way_on,
                )
            )
        begin = end + 1
