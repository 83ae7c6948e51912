"""What a reader is given, and what it gives back: records with remarks, or the text of a paper by pages."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from benang.errors import Problem
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
