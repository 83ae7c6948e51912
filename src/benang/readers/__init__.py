"""Files → records: what a reader is given, what it gives back (records, or the text of a paper), what none takes.

These are no exports: pictures, programs, libraries, web pages, answers of a server, texts with endless lines. A line
that is far too long is refused before a reader takes it apart, which needs many times its size in memory.
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from benang.errors import BenangError, Problem
from benang.locale.writing import Worded, as_worded, joined, worded
from benang.records.record import Record, SetAside

_HEAD = 65_536
_SHOWN = 60
FEW_CHARACTERS = 50
"""A page with fewer has no text of its own: it is a scan, or a picture."""
PAGE_BREAK = "\f"
"""The mark between two pages of a document: a form feed, as text tools have written it for decades."""
_PAGE = 3_000  # characters of a printed page
_UNSEEN = {*range(0x20), 0x7F, 0xFFFE, 0xFFFF, 0xAD, *range(0xFDD0, 0xFDF0)} - {0x09, 0x0A}
_DROPPED = dict.fromkeys(_UNSEEN)

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

_WEB_PAGE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?(?:<!DOCTYPE\s+html|<html|<head|<body|<table)\b", re.IGNORECASE | re.DOTALL
)

_WEB_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_WEB_TABLE = re.compile(r"<table\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Source:
    r"""One file to be read: its text in UTF-8, whatever encoding it came in, its lines ending with LF.

    Of a binary form (PDF, Excel) `data` are the bytes unchanged. `name` is the file as the caller gave it, `label`
    its name as short as it can be among the files that are read, and `origins` goes to every record. `columns` says
    which column of a plain table holds which field (`{"title": "Judul"}`). The bytes are decoded line by line, so that
    a reader never holds the text twice.

    Examples
    --------
    >>> source = Source("sources/a.ris", "a.ris", b"TY  - JOUR\nER  - \n")
    >>> list(source.lines())
    ['TY  - JOUR\n', 'ER  - \n']
    """

    name: str
    label: str
    data: bytes
    origins: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The first 64 KiB as text: enough to recognise the form."""
        return self.data[:_HEAD].decode("utf-8", errors="ignore")

    def lines(self) -> Iterator[str]:
        """Give the lines with their line ends; only LF ends a line, not the other breaks that Unicode knows."""
        return iter(io.TextIOWrapper(io.BytesIO(self.data), encoding="utf-8", newline="\n"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of a file: `found` records, counted independently of parsing, are `records` + `set_aside`.

    A record whose export gives it no id has an empty key; `benang.readers.registry` gives it one when it is cleaned.
    `format` names the form more closely than the table of forms does, where a reader knows several.
    """

    found: int
    records: tuple[Record, ...]
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()
    format: str = ""


@dataclass(slots=True)
class Remarks:
    r"""Collects the remarks of a file's account: each oddity once, each habit of the export once, with a count.

    Examples
    --------
    >>> remarks = Remarks()
    >>> remarks.odd(214, "Year", "in press", expected="a year of four digits", way_on="Kept without a year.")
    >>> remarks.odd(7, "DOI", "see below", expected="a DOI", way_on="Kept without.")
    >>> remarks.odd(9, "DOI", "see below", expected="a DOI", way_on="Kept without.")
    >>> remarks.habit("Keywords given in one line were split at ';'", 3)
    >>> remarks.habit("Keywords given in one line were split at ';'", 7)
    >>> remarks.nothing("N/A", "doi", 3)
    >>> print(*remarks.notes(), sep="\n")
    record 214, Year: expected a year of four digits, found 'in press'. Kept without a year.
    DOI: expected a DOI, found 'see below'. Kept without. This applies to 2 records, first: record 7.
    Keywords given in one line were split at ';' (2 records, first: record 3).
    'N/A' was read as a missing value: doi (record 3).
    """

    oddities: dict[Problem | str, list[int]] = field(default_factory=dict)
    habits: dict[tuple[str, tuple[tuple[str, object], ...]], list[int]] = field(default_factory=dict)
    marks: dict[str, tuple[dict[str, None], list[int]]] = field(default_factory=dict)

    def odd(self, place: int, what: str, value: str, *, expected: str, way_on: str) -> None:
        """Note an odd value of one record; where others have the same, one note says how many."""
        problem = Problem(shown(value), where=what, expected=expected, way_on=way_on)
        self.oddities.setdefault(problem, []).append(place)

    def say(self, note: str) -> None:
        """Note something else."""
        self.oddities.setdefault(note, [])

    def habit(self, what: str, place: int, **values: object) -> None:
        """Count what an export does in many records; the values are filled in where the note is written."""
        self.habits.setdefault((what, tuple(values.items())), []).append(place)

    def nothing(self, mark: str, name: str, place: int) -> None:
        """Count a mark for no value in a field: each mark has one note, however many fields and records."""
        names, places = self.marks.setdefault(mark, ({}, []))
        names[name.replace("_", " ")] = None
        if not places or places[-1] != place:
            places.append(place)

    def notes(self) -> tuple[str, ...]:
        """All notes, in the language of their reader: the habits after the oddities."""
        counted = (
            worded("{habit} ({records}).", habit=worded(what, **dict(values)), records=_records(places))
            for (what, values), places in self.habits.items()
        )
        marked = (
            worded(
                "{mark} was read as a missing value: {fields} ({records}).",
                mark=shown(mark),
                fields=joined(map(as_worded, names)),
                records=_records(places),
            )
            for mark, (names, places) in self.marks.items()
        )
        odd = (_with_places(note, places) for note, places in self.oddities.items())
        return (*odd, *counted, *marked)


def _with_places(note: Problem | str, places: list[int]) -> str:
    if isinstance(note, str):
        return note
    text = worded(
        "{where}: expected {expected}, found {found}. {way_on}",
        where=as_worded(note.where),
        expected=as_worded(note.expected),
        found=note.found,
        way_on=as_worded(note.way_on),
    )
    if len(places) == 1:
        return worded("record {n}, {text}", n=places[0], text=text)
    return worded("{text} This applies to {records}.", text=text, records=_records(places))


def _records(places: list[int]) -> Worded:
    if len(places) == 1:
        return worded("record {n}", n=places[0])
    return worded("{n:,} records, first: record {first}", n=len(places), first=places[0])


def shown(text: str) -> str:
    """Quote a text in a message, cut where it is long and on one line.

    Examples
    --------
    >>> shown("in  press")
    "'in press'"
    """
    line = " ".join(text[: 10 * _SHOWN].split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the first page and the height of its letters, in points."""

    text: str
    height: float


@dataclass(frozen=True, slots=True)
class PaperText:
    """What the file of a paper holds: the text of each page, its properties (`Title`, …), its links by page (from 0).

    `scanned` are the pages, from 1, that have hardly any text. `first_lines` are those of page 1 with their height; a
    form that has no heights gives its titles and headings heights of their own, so that they stand out. A text without
    pages (`has_pages`) is one page. `extractor` names what took out the text, with its version; `remarks` is what must
    be said of it (a `Worded` in the user's language), and `heading` what its document's heading keeps besides.
    """

    pages: tuple[str, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    links: tuple[tuple[int, str], ...] = ()
    scanned: tuple[int, ...] = ()
    first_lines: tuple[Line, ...] = ()
    extractor: str = ""
    has_pages: bool = True
    remarks: tuple[str, ...] = ()
    heading: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text of all pages, with form feeds between them."""
        return f"\n{PAGE_BREAK}".join(page.replace(PAGE_BREAK, "\n") for page in self.pages)


def in_pages(paper: PaperText) -> PaperText:
    r"""Return a text without pages in pieces as long as a printed page, parted between lines.

    What identifies a paper is on its first pages, and a text without pages has some too.

    Examples
    --------
    >>> [len(page) for page in in_pages(PaperText(("word\n" * 1000,), has_pages=False)).pages]
    [3000, 1999]
    """
    if paper.has_pages:
        return paper
    pages: list[str] = []
    rest = paper.text
    while len(rest) > _PAGE:
        at = rest.find("\n", _PAGE - 1) + 1 or len(rest)
        pages.append(rest[:at])
        rest = rest[at:]
    return replace(paper, pages=(*pages, rest.rstrip("\n")))


def composed(text: str) -> str:
    r"""Return a text with composed letters (NFC), without control characters and what no reader sees.

    Soft hyphens go; what joins emoji and turns the direction of writing stays.

    Examples
    --------
    >>> composed("Nai\u0308ve\x00 sel\u00adlers")
    'Naïve sellers'
    """
    return unicodedata.normalize("NFC", text.translate(_DROPPED))


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
    if _WEB_PAGE.match(head):
        title = _WEB_TITLE.search(head)
        kind = worded("a web page ({shown})", shown=shown(html.unescape(title[1]))) if title else "a web page"
        if _WEB_TABLE.search(head) and not title:
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
