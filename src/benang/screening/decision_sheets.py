"""Tables of decisions that people fill in, in Excel or as CSV: `record, verdict, reason, note`, in either language.

A table is taken as a whole or not at all. Whoever screens in a spreadsheet sorts it, copies into it and mistypes, so
that every row is checked against the review, and all that is wrong comes in one message.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from benang.errors import SHOWN_PROBLEMS, BenangError, Problem, at_line, closest, first_problems, nearest
from benang.files import read_bytes
from benang.judgements.events import Stage, Verdict
from benang.locale import Language
from benang.locale.writing import Worded, alternatives, worded
from benang.readers import shown
from benang.readers.excel import is_workbook
from benang.readers.table_rows import bare
from benang.readers.workbooks_apart import sheets_apart
from benang.records.paper import Paper
from benang.records.record import Record
from benang.records.user_tables import plain, read_user_table
from benang.screening.protocol import Protocol

Column = Literal["record", "verdict", "reason", "note", "title", "stage"]
"""What a column of the table may hold. A title is there for people, and shows where a row was moved; a stage stands in
lists of what is decided, which may be of both."""

COLUMNS: tuple[Column, ...] = get_args(Column)
_NEEDED: tuple[Column, ...] = ("record", "verdict")
WORDS: Mapping[Column, tuple[str, ...]] = {
    "record": ("record", "artikel", "cantuman", "rekaman", "key", "kunci"),
    "verdict": ("verdict", "putusan", "keputusan"),
    "reason": ("reason", "alasan", "reasons", "exclusion reason"),
    "note": ("note", "catatan", "notes"),
    "title": ("title", "judul"),
    "stage": ("stage", "tahap"),
}
"""How a column is headed: in English, in Indonesian, and in other words that are read for these."""
VERDICTS: Mapping[Verdict, tuple[str, ...]] = {
    "include": ("include", "sertakan", "included", "disertakan", "inklusi"),
    "exclude": ("exclude", "kecualikan", "excluded", "dikecualikan", "eksklusi"),
    "unsure": ("unsure", "ragu", "maybe", "ragu-ragu", "mungkin"),
    "unobtainable": ("unobtainable", "tidak diperoleh", "not obtainable", "not retrieved"),
}
"""How a verdict is written: in English, in Indonesian, and in other words that are read for these."""


def verdict_word(verdict: Verdict, language: Language) -> str:
    """Return how a verdict is written in a language.

    Examples
    --------
    >>> verdict_word("unsure", "en"), verdict_word("unsure", "id")
    ('unsure', 'ragu')
    """
    return VERDICTS[verdict][language == "id"]


Reasons = Mapping[str, Sequence[str]]
"""The ids of the criteria that a record may be excluded by, in their order of precedence, with their texts."""

_OWN = frozenset({"record", "cantuman", "rekaman", "verdict", "putusan"})
"""Headings that no other program writes: a table with one of them is meant to hold decisions."""
_BY_VERDICT = {word: verdict for verdict, words in VERDICTS.items() for word in words}
_HEADER_ROWS = 40
_FEW = 3
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it is written; `place` is its number in the file, from 1."""

    place: int
    record: str
    verdict: str
    reason: str = ""
    note: str = ""
    title: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """The rows of a table of decisions; `notes` tell an encoding that was guessed.

    `headings` are its columns as they are headed there.
    """

    name: str
    rows: tuple[SheetRow, ...]
    is_workbook: bool = False
    notes: tuple[str, ...] = ()
    headings: Mapping[Column, str] = field(default_factory=dict)

    def where(self, place: int, column: Column | None = None) -> Worded:
        """Name a row, and a column of it by its heading, as messages do."""
        row = worded("{file}, row {n}", file=self.name, n=place) if self.is_workbook else at_line(self.name, place)
        return worded("{place}, {column}", place=row, column=self.headings.get(column, column)) if column else row


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be decided on a record: its key, the verdict, the id of a criterion; `where` the wish stands."""

    record: str
    verdict: Verdict
    reason: str = ""
    note: str = ""
    where: str = ""


class Works(typing.Protocol):
    """The works of a review by what people call them: `benang.review.filing.Filing`."""

    @property
    def works(self) -> Mapping[str, Sequence[Record]]:
        """The works by their keys, each with its records."""

    def called(self, name: str) -> tuple[str, ...]:
        """Return the keys of the works that a name may mean: a key, a DOI, an id of a database, a title."""

    def shown(self, key: str) -> str:
        """Name a work by its key, its author, year and title."""

    def fits(self, key: str, paper: Paper) -> int:
        """Return how well a work fits a paper; 0 where it is another one."""


def columns_of(header: Sequence[str]) -> dict[Column, int]:
    """Return which column is where, by the words of a header in either language, in any order.

    Examples
    --------
    >>> columns_of(["Putusan", "Cantuman", "Alasan:", "Catatan", "x"])
    {'record': 1, 'verdict': 0, 'reason': 2, 'note': 3}
    """
    words = [bare(cell).strip(" :*") for cell in header]
    found = {column: [words.index(one) for one in names if one in words] for column, names in WORDS.items()}
    return {column: places[0] for column, places in found.items() if places}


def is_decision_sheet(path: Path) -> bool:
    """Tell whether a file is a table of decisions rather than the export of a program, by its headings.

    Raises
    ------
    BenangError
        For a file that can't be read.
    """
    try:
        _, rows, _ = _rows_of(path)
    except BenangError:
        if not path.is_file():
            raise
        return False
    return any(_is_header(row) for _, row in rows[:_HEADER_ROWS])


def _is_header(cells: Sequence[str]) -> bool:
    columns = columns_of(cells)
    own = any(bare(cell).strip(" :*") in _OWN for cell in cells)
    return ("record" in columns and not columns.keys().isdisjoint(("verdict", "reason"))) or (
        own and len(list(filter(None, cells))) > 1
    )


def read_decision_sheet(path: Path) -> DecisionSheet:
    r"""Read a table of decisions: a workbook's first sheet that has its columns, or CSV of any kind.

    Raises
    ------
    BenangError
        For a file that can't be read, and one without the columns of a record and its verdict.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "decisions.csv"
    >>> _ = path.write_text("cantuman;putusan\na1;sertakan\n", encoding="utf-8-sig")
    >>> read_decision_sheet(path).rows
    (SheetRow(place=2, record='a1', verdict='sertakan', reason='', note='', title='', stage=''),)
    """
    in_workbook, rows, notes = _rows_of(path)
    header = next((at for at, (_, cells) in enumerate(rows[:_HEADER_ROWS]) if _is_header(cells)), None)
    columns = columns_of(rows[header][1]) if header is not None else {}
    lacking = [column for column in _NEEDED if column not in columns]
    if header is None or lacking:
        raise _no_header([cells for _, cells in rows[:_HEADER_ROWS]], lacking, path.name)

    def cell(cells: Sequence[str], column: Column) -> str:
        at = columns.get(column)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    given = tuple(
        SheetRow(place, *(cell(cells, column) for column in COLUMNS))
        for place, cells in rows[header + 1 :]
        if any(one.strip() for one in cells)
    )
    headings = {column: rows[header][1][at].strip() for column, at in columns.items()}
    return DecisionSheet(path.name, given, in_workbook, notes, headings)


def _rows_of(path: Path) -> tuple[bool, Sequence[tuple[int, Sequence[str]]], tuple[str, ...]]:
    """Return whether a file is a workbook, its rows with their places, and what has to be said of it."""
    data = read_bytes(path)
    if not is_workbook(data[:4096].decode("latin-1")):
        table = read_user_table(path, way_on=worded("Close the quotation mark, or leave it out."), where=path.name)
        return False, table.rows, table.notes
    sheets = [
        [[plain(cell.strip()) for cell in row] for row in rows] for _, rows in sheets_apart(data, where=path.name)
    ]
    best = next((one for one in sheets if any(map(_is_header, one[:_HEADER_ROWS]))), sheets[0] if sheets else [])
    return True, [(at, row) for at, row in enumerate(best, 1)], ()


def _no_header(headers: Sequence[Sequence[str]], lacking: Sequence[Column], name: str) -> BenangError:
    best = max(headers, key=lambda one: (len(columns_of(one)), sum(map(bool, one))), default=())
    there = ", ".join(shown(cell) for cell in best if cell.strip())
    named = ", ".join(f"'{WORDS[one][0]}' ('{WORDS[one][1]}')" for one in lacking)
    fault = (
        worded("the columns {names}, and none called {lacking}", names=there, lacking=named)
        if there
        else worded("an empty table")
    )
    expected = worded("a row with the columns record and verdict, and optionally reason and note")
    way_on = worded("`benang screen export FOLDER --undecided -o FILE.xlsx` writes a table to fill in.")
    return BenangError(Problem(fault, where=name, expected=expected, way_on=way_on))


def reason_key(text: str) -> str:
    """Return what two ways of writing a reason have in common: its letters and digits.

    Examples
    --------
    >>> reason_key("Wrong population.") == reason_key("wrong-population")
    True
    """
    return _SIGNS.sub(" ", text.casefold()).strip()


def reasons_of(protocol: Protocol, stage: Stage) -> Reasons:
    """Return by what records may be excluded at a stage, by precedence, with the texts in each language."""
    return {one.id: tuple(filter(None, (one.text.en, one.text.id))) for one in protocol.reasons(stage)}


def matched_reason(text: str, reasons: Reasons) -> str:
    """Return the id of the criterion that a text means, by its id or its text in any language; else nothing.

    Examples
    --------
    >>> matched_reason("Bukan kota", {"no-city": ("Not a city", "bukan kota")}), matched_reason("x", {"y": ()})
    ('no-city', '')
    """
    wanted = reason_key(text)
    return next((one for one, texts in reasons.items() if wanted in map(reason_key, (one, *texts))), "")


def wishes_of(sheet: DecisionSheet, works: Works, *, stage: Stage, reasons: Reasons) -> tuple[Wish, ...]:
    """Return what a table decides, one wish a record; rows without a verdict are not screened yet.

    Rows of another stage are passed over.

    Parameters
    ----------
    sheet, works
        The table, and the works of the review.
    stage
        At which the table decides: a reason is required to exclude by full text.
    reasons
        By which records may be excluded at this stage.

    Raises
    ------
    BenangError
        With the rows that are wrong, of very many the first: a verdict, record or reason that is not known, with the
        nearest that is; a row whose title is another record's; a record that is decided on twice and differently.
    """
    problems: list[Problem] = []
    read = _Read(sheet, works, stage, reasons, problems)
    wishes: dict[str, Wish] = {}
    for row in sheet.rows:
        if row.verdict and row.stage in ("", stage) and (wish := read.wish(row)):
            first = wishes.setdefault(wish.record, wish)
            if (first.verdict, first.reason) != (wish.verdict, wish.reason):
                problems.append(_twice(first, wish))
    if problems := [*_moved(read), *problems]:
        raise BenangError(*first_problems(problems, where=sheet.name))
    return tuple(wishes.values())


@dataclass(frozen=True)
class _Read:
    """What the rows of a table are checked against.

    `problems` takes what is wrong, `moved` the rows with the title of another record than theirs, whose key stands
    beside them.
    """

    sheet: DecisionSheet
    works: Works
    stage: Stage
    reasons: Reasons
    problems: list[Problem] = field(repr=False)
    moved: list[tuple[SheetRow, str]] = field(default_factory=list, repr=False)

    def wish(self, row: SheetRow) -> Wish | None:
        """Return what a row decides; None, with its problems noted, where something in it is wrong."""
        n_before = len(self.problems)
        verdict, key = self._verdict(row), self._record(row)
        reason, others = self._reason(row) if row.reason else ("", ())
        if verdict == "exclude" and self.stage == "full-text" and not row.reason:
            self._refuse(row, "reason", worded("a record excluded by its full text without a reason"), self._known())
        if row.reason and verdict not in (None, "exclude"):
            fault = worded(
                "a reason ('{reason}') beside the verdict '{verdict}'", reason=row.reason, verdict=row.verdict
            )
            self._refuse(row, "reason", fault, "", worded("a reason only where a record is excluded"))
        if len(self.problems) > n_before or verdict is None or not key:
            return None
        also = f"also: {', '.join(others)}" if others else ""
        note = "; ".join(filter(None, (row.note, also)))
        return Wish(key, verdict, reason, note, self.sheet.where(row.place))

    def _refuse(self, row: SheetRow, column: Column, fault: str, way_on: str, expected: str = "") -> None:
        self.problems.append(Problem(fault, self.sheet.where(row.place, column), expected, way_on))

    def _verdict(self, row: SheetRow) -> Verdict | None:
        verdict = _BY_VERDICT.get(bare(row.verdict))
        if verdict is None:
            at_full_text = self.stage == "full-text"
            every = worded("include, exclude, unsure or unobtainable")
            expected = every if at_full_text else worded("include, exclude or unsure")
            words = [word for word, one in _BY_VERDICT.items() if one != "unobtainable" or at_full_text]
            meant = self._nearest(row.verdict, words) if closest(row.verdict, words) else ""
            self._refuse(row, "verdict", f"'{row.verdict}'", meant, expected)
        elif verdict == "unobtainable" and self.stage != "full-text":
            fault = worded("'{verdict}' at title and abstract", verdict=row.verdict)
            self._refuse(row, "verdict", fault, worded("Only a full text can be unobtainable: add --stage full-text."))
        return verdict

    def _record(self, row: SheetRow) -> str:
        name = row.record or row.title
        if not name:
            self._refuse(row, "record", worded("a verdict without a record"), worded("Write the record's key or DOI."))
            return ""
        keys = self.works.called(name)
        if not keys:
            way_on = self._nearest(name, self.works.works)
            self._refuse(row, "record", worded("no record is called '{name}'", name=name), way_on)
        elif len(keys) > 1:
            works = alternatives(map(self.works.shown, keys))
            fault = worded("'{name}' can mean {keys}", name=name, keys=works)
            self._refuse(row, "record", fault, worded("Write the key of the one you mean."))
        elif row.title and not self.works.fits(keys[0], Paper(row.title)):
            self.moved.append((row, keys[0]))
            return ""
        return keys[0] if keys else ""

    def _reason(self, row: SheetRow) -> tuple[str, tuple[str, ...]]:
        """Return the reason that comes first in the list of criteria, and the others."""
        whole = matched_reason(row.reason, self.reasons)
        parts = [row.reason] if whole else [one.strip() for one in row.reason.split(";") if one.strip()]
        ids = {part: matched_reason(part, self.reasons) for part in parts}
        for part in (part for part, known in ids.items() if not known):
            fault = worded("'{reason}' is not a criterion for exclusion at this stage", reason=part)
            self._refuse(row, "reason", fault, self._known(part))
        ordered = [one for one in self.reasons if one in ids.values()]
        return (ordered[0], tuple(ordered[1:])) if ordered else ("", ())

    def _known(self, reason: str = "") -> str:
        if not self.reasons:
            return worded("The plan has no criteria for exclusion: add [[criteria]] to review.toml.")
        return (
            self._nearest(reason, self.reasons) if reason else worded("Known: {names}.", names=", ".join(self.reasons))
        )

    def _nearest(self, word: str, known: Iterable[str]) -> str:
        """Say what was meant, for as many problems as are shown: of thousands that would take minutes."""
        return nearest(word, known) if len(self.problems) < SHOWN_PROBLEMS else ""


def _moved(read: _Read) -> Iterator[Problem]:
    """Say which rows have the title of another record: of many the first, since one cause has moved them all."""
    way_on = worded("If columns were sorted apart from each other, export the table again.")
    rows = read.moved if len(read.moved) <= _FEW else read.moved[:1]
    for row, key in rows:
        fault = worded("'{title}', but the record is {work}", title=row.title, work=read.works.shown(key))
        if len(read.moved) > _FEW:
            fault = worded(
                "{n:,} rows with the titles of other records, the first {fault}", n=len(read.moved), fault=fault
            )
        yield Problem(fault, read.sheet.where(row.place, "title"), way_on=way_on)


def _twice(first: Wish, other: Wish) -> Problem:
    fault = worded(
        "'{key}' has two different verdicts: {one} in {first}",
        key=other.record,
        one=" ".join(filter(None, (first.verdict, first.reason))),
        first=first.where,
    )
    return Problem(fault, where=other.where, way_on=worded("Delete one of the rows."))
