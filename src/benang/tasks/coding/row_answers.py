"""What is answered to each row of a sheet of codings: found, found already, in several places, nowhere, not clear.

Sheets of forms say in the same words why a cell can't be taken in.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Literal, TypeVar

from benang.coding.quotes import Nearest, parts_of, seen
from benang.coding.sheets import PARTED, VALUES, WORDS, Column, value_word, word
from benang.errors import BenangError, Problem, closest
from benang.evidence import Scope, Stance
from benang.files import sha256
from benang.judgements.events import Coding, Event, Memo
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.review.beginning import without_examples
from benang.review.desk import Desk, UnknownName
from benang.tasks.coding.sheets import notes_of
from benang.tasks.coding.wishes import Granted, NoPlace, SeveralPlaces, Wish, granted

Kind = Literal["new", "known", "withdrawn", "refused"]
"""A row is to be coded, is coded already, was withdrawn before, or can't be coded as it is."""

_NOTE = "note/"
"""How the ids of memos from the notes of a sheet begin: a changed note takes the place of these."""
_LONGEST = 300
_FEW = 12
_SHOWN_PLACES = 6
_MOST_SOUGHT = 50
"""Quotes that are looked for in the documents of other records: a sheet of another review has thousands."""
_CHECKED = re.compile(r"-checked(?:-[0-9]+)?$")
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.][0-9]{1,9})?")
_STANCES: tuple[Stance, ...] = ("supports", "contradicts", "mentions")
_SCOPES: tuple[Scope, ...] = ("case", "group")
_Value = TypeVar("_Value", bound=str)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet as it is written, by its number there; or why its cells can't be distinguished."""

    number: int
    record: str = ""
    quote: str = ""
    code: str = ""
    case: str = ""
    coder: str = ""
    note: str = ""
    stance: str = ""
    scope: str = ""
    place: str = ""
    page: str = ""
    start: str = ""
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a row, in the language of its sheet."""

    kind: Kind
    text: str


@dataclass
class Answers:
    """Answers rows one after the other: `by_row` has the answers by the numbers of rows, `events` what is to be said.

    `coder` speaks for rows that name none.
    """

    desk: Desk
    language: Language
    coder: str | None = None
    by_row: dict[int, Answer] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    coders: dict[str, str] = field(default_factory=dict)
    _words: dict[tuple[str, str], str | BenangError] = field(default_factory=dict)
    _rows: dict[object, tuple[int, Coding]] = field(default_factory=dict)
    _notes: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    _missed: dict[SheetRow, NoPlace] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._memos = notes_of(self.desk)

    @cached_property
    def _has_only_the_example(self) -> bool:
        """Whether the only case is that which shows what a case is: no passage is coded for it unless it is named."""
        return "cases.toml" in without_examples(self.desk)[1]

    @property
    def n_of_known_records(self) -> int:
        """How many names of records were known, of those in the rows."""
        return sum(isinstance(one, str) for (column, _), one in self._words.items() if column == "record")

    def codes_of(self, cell: str) -> tuple[str, ...]:
        """Return the codes that a cell names: one."""
        return (cell,)

    def unknown_codes(self, rows: Iterable[SheetRow]) -> tuple[str, ...]:
        """Return the codes of rows that the codebook lacks, as they are written, in their order."""
        unknown: dict[str, None] = {}
        for name in dict.fromkeys(name for row in rows if row.code for name in self.codes_of(row.code)):
            with contextlib.suppress(BenangError):
                try:
                    self._known("code", name, self._code)
                except UnknownName:
                    unknown[name] = None
        return tuple(unknown)

    def answer(self, row: SheetRow) -> None:
        """Answer a row, and keep what it says."""
        try:
            reply = self._answer(self._wish(row), row)
        except BenangError as error:
            reply = Answer("refused", refusal(error, self.language, has_places=True))
            if isinstance(error, NoPlace):
                self._missed[row] = error
        self.by_row[row.number] = reply

    def _granted(self, wish: Wish, row: SheetRow) -> Granted:  # noqa: ARG002 - programs' tables say more of a row
        """Find what a row speaks of."""
        return granted(wish, self.desk)

    def _answer(self, wish: Wish, row: SheetRow) -> Answer:
        _ = translator(self.language)
        grant = self._granted(wish, row)
        spot = self.desk.spot(grant.coding)
        earlier = self._rows.get(spot)
        if earlier is not None:
            number, coding = earlier
            if (wish.stance or coding.stance, wish.scope or coding.scope) != (coding.stance, coding.scope):
                text = _(
                    "not added: row {row} codes the same passage with another stance ({stance}); keep one of the two"
                )
                return Answer("refused", text.format(row=number, stance=value_word(coding.stance, self.language)))
            return Answer("known", _("found already, in row {row}").format(row=number) + self._note(row, coding))
        if grant.was_withdrawn:
            return Answer("withdrawn", _("found, but withdrawn before: not added again"))
        if grant.was_changed:
            return Answer("known", _("found, but coded before and changed since: left as it is"))
        self._rows[spot] = row.number, grant.coding
        if not grant.existing:
            self.events.append(grant.coding)
        return self._reply(grant, row)

    def _reply(self, grant: Granted, row: SheetRow) -> Answer:
        _ = translator(self.language)
        note = self._note(row, grant.coding)
        if len(parts_of(row.quote)) > 1 and len(parts_of(grant.place.quote)) == 1:
            note = _("; the passage goes from the first part of the quote to its last") + note
        page = _(", p. {page}").format(page=grant.place.page) if grant.place.page else ""
        if grant.existing:
            return Answer("known", _("found already") + page + note)
        if grant.coding.supersedes:
            text = _("found; replaces what was coded here before ({stance})")
            before = self.desk.same_as(grant.coding)[0]
            return Answer("new", text.format(stance=value_word(before.stance, self.language)) + note)
        return Answer("new", _("found") + page + note)

    # ------------------------------------------------------------ what a row says

    def _wish(self, row: SheetRow) -> Wish:
        _ = translator(self.language)
        if row.unreadable:
            raise BenangError(row.unreadable)
        needed: tuple[tuple[Column, str], ...] = (("record", row.record), ("quote", row.quote), ("code", row.code))
        for column, cell in needed:
            if not cell:
                raise BenangError(_("the cell '{column}' is empty").format(column=self._headed(column)))
        record = self._known("record", row.record, self._record)
        code = self._known("code", row.code, self._code)
        case = self._known("case", row.case, lambda name: self.desk.case(name, record).id) if row.case else None
        if case is None and self._has_only_the_example:
            way_on = worded("Replace it with your own cases, with '{record}' among the studies of one.", record=record)
            raise BenangError(Problem("cases.toml has only the example with which the review began", way_on=way_on))
        stance, scope = self._of("stance", row.stance, _STANCES), self._of("scope", row.scope, _SCOPES)
        return Wish(
            quote=row.quote,
            record=record,
            code=code,
            case=case,
            coder=self._coder(row.coder),
            stance=stance,
            scope=scope,
            place=self._number("place", row.place),
            page=self._number("page", row.page),
        )

    def _headed(self, column: Column) -> str:
        """Return what a column is called in the sheet."""
        return word(column, self.language)

    def _record(self, name: str) -> str:
        return self.desk.of_record(self._of_file(name))[0].record

    def _code(self, name: str) -> str:
        return self.desk.code_of_any_kind(self._numbered(name)).id

    def _known(self, column: Column, cell: str, look: Callable[[str], str]) -> str:
        """Look a name up once: as it is, else what comes before the label of a drop-down's entry."""
        key = (column, cell)
        if key not in self._words:
            self._words[key] = _looked_up(cell, look)
        known = self._words[key]
        if isinstance(known, BenangError):
            raise known
        return known

    def _of_file(self, name: str) -> str:
        """Return the record of a document that is called by its file's name, else the name itself."""
        file = name.replace("\\", "/").rpartition("/")[2]
        return next((one.record for one in self.desk.documents.values() if one.path.rpartition("/")[2] == file), name)

    def _numbered(self, number: str) -> str:
        """Return the code that a number means: a spreadsheet makes 1 of 01, and 1.1 of 1.10.

        Raises
        ------
        BenangError
            Where it may be several.
        """
        if not _NUMBER.fullmatch(number):
            return number
        ids = [one.id for one in self.desk.codebook.codes if _NUMBER.fullmatch(one.id)]
        same = [one for one in ids if float(one) == float(number)]
        if len(same) > 1:
            _ = translator(self.language)
            text = _("the code '{code}' may mean {codes}: write its label")
            raise BenangError(text.format(code=number, codes=", ".join(same)))
        return same[0] if same else number

    def _coder(self, name: str) -> str:
        """Return who codes, spelt as the plan does; who is none of its reviewers is kept in `coders`."""
        if not (name or self.coder or len(self.desk.plan.reviewers) == 1):
            _ = translator(self.language)
            text = _("the cell '{column}' is empty, and the coder must be named")
            raise BenangError(text.format(column=self._headed("coder")))
        coder = self.desk.coder(name or self.coder)
        if coder not in self.coders:
            same = (one for one in self.desk.plan.reviewers if one.casefold() == coder.casefold())
            self.coders[coder] = next(same, coder)
        return self.coders[coder]

    def _of(self, column: Column, cell: str, values: Sequence[_Value]) -> _Value | None:
        if not cell:
            return None
        chosen = next((one for one in values if cell.casefold() in VALUES[one]), None)
        if chosen is None:
            _ = translator(self.language)
            text = _("{column} '{cell}', where one of these was expected: {values}")
            words = ", ".join(value_word(one, self.language) for one in values)
            raise BenangError(text.format(column=word(column, self.language), cell=_cut(cell), values=words))
        return chosen

    def _number(self, column: Column, cell: str) -> int | None:
        """Return the first number in a cell: 12 of p. 12–13."""
        number = re.search(r"[0-9]{1,9}", cell)
        if cell and column == "place" and not number:
            _ = translator(self.language)
            raise BenangError(_("the place '{cell}' is not a number").format(cell=_cut(cell)))
        return int(number[0]) if number else None

    # ------------------------------------------------------------ notes

    def _note(self, row: SheetRow, coding: Coding) -> str:
        """Make a row's note a memo on its coding, where it is not one already; return what is to be said of it.

        A changed note takes the place of the one that came from a sheet before. One that was changed or withdrawn since
        stays so.
        """
        if not row.note:
            return ""
        standing = self._memos.get((coding.id, coding.coder), [])
        texts = {*(one.text for one in standing), "\n".join(one.text for one in standing)}
        pending = self._notes.setdefault((coding.id, coding.coder), set())
        if row.note in texts | pending:
            return ""
        if _note_id(row.note, coding, ()) in self.desk.judgements.places:
            _ = translator(self.language)
            return _("; its note has been changed since and is left as it is")
        earlier = () if pending else tuple(one.id for one in standing if one.id.startswith(_NOTE))
        pending.add(row.note)
        self.events.append(
            Memo(
                id=_note_id(row.note, coding, earlier),
                coder=coding.coder,
                about="coding",
                of=coding.id,
                text=row.note,
                supersedes=earlier,
            )
        )
        return ""

    def seek_elsewhere(self) -> None:
        """Say of quotes that were not found in which other record's document they stand word for word.

        It is done when all rows are answered, so that each document is gone through once.
        """
        _ = translator(self.language)
        sought = {row: seen(row.quote).text.strip() for row in list(self._missed)[:_MOST_SOUGHT]}
        for document in self.desk.documents.values() if sought else ():
            text = seen(document.text).text
            for row in [row for row, quote in sought.items() if quote in text]:
                fault = _("not found in '{record}': it is in '{other}'")
                self.by_row[row.number] = Answer("refused", fault.format(record=row.record, other=document.record))
                del sought[row]


def answer_path(sheet: Path, suffix: str, says_the_same: Callable[[Path], bool]) -> Path:
    """Return a name beside the sheet that no other file has; that of an earlier answer only where it says the same.

    Somebody may have gone on working in an answer: it is never replaced.
    """
    stem = _CHECKED.sub("", sheet.stem)
    for number in count(1):
        path = sheet.with_name(f"{stem}-checked{'' if number == 1 else f'-{number}'}{suffix}")
        if not path.exists() or (path != sheet and says_the_same(path)):
            return path
    raise AssertionError


def refusal(error: BenangError, language: Language, *, has_places: bool = False) -> str:
    """Say in a cell why it can't be taken in, in the language of its sheet.

    `has_places` are sheets with a column that chooses among places.
    """
    if isinstance(error, SeveralPlaces):
        return _several(error, language, has_places=has_places)
    if isinstance(error, NoPlace):
        return _nowhere(error, language)
    if isinstance(error, UnknownName):
        return _unknown(error, language)
    _ = translator(language)
    why = "; ".join(_in_a_cell(problem, language) for problem in error.problems)
    return _("not added: {why}").format(why=why)


def _several(several: SeveralPlaces, language: Language, *, has_places: bool) -> str:
    _ = translator(language)
    n = len(several.places)
    head = _("found in two places") if n == 2 else _("found in {n} places").format(n=n)
    shown = [place.in_language(language) for place in several.places[:_SHOWN_PLACES]]
    places = " ".join(f"({number}) {place};" for number, place in enumerate(shown, 1))
    by_number = _("Quote one more word, or write the number into a column 'place'.")
    way_on = by_number if has_places else _("Quote one more word, so that it occurs in only one place.")
    return f"{head}: {places.rstrip(';')}. {way_on}"


def _nowhere(nowhere: NoPlace, language: Language) -> str:
    _ = translator(language)
    if nowhere.nearest is None:
        return _("not found, and nothing there is similar; is it from another paper?")
    page = _(", p. {page}").format(page=nowhere.page) if nowhere.page else ""
    text = _("not found: nearest is “{words}”{page}").format(words=_cut(nowhere.nearest.words), page=page)
    return f"{text} ({changes})" if (changes := _changes(nowhere.nearest)) else text


def _unknown(unknown: UnknownName, language: Language) -> str:
    _ = translator(language)
    head = {
        "record": _("unknown record '{word}'"),
        "code": _("unknown code '{word}'"),
        "case": _("unknown case '{word}'"),
    }[unknown.kind].format(word=_cut(unknown.word))
    if unknown.kind == "code" and ";" in unknown.word:
        return _("{head}: write one code per row").format(head=head)
    meant = next((meant for known in unknown.known if (meant := closest(unknown.word, known))), None)
    if meant:
        return _("{head}: did you mean '{meant}'?").format(head=head, meant=meant)
    ids = unknown.known[0]
    if not ids:
        return head
    if len(ids) <= _FEW:
        return _("{head}; known: {known}").format(head=head, known=", ".join(ids))
    return _("{head}: none of the {n} in this review is similar").format(head=head, n=len(ids))


def _looked_up(name: str, look: Callable[[str], str]) -> str | BenangError:
    try:
        return look(name)
    except UnknownName as unknown:
        head = name.partition(PARTED)[0].strip()
        if head == name:
            return unknown
        try:
            return look(head)
        except BenangError:
            return unknown
    except BenangError as error:
        return error


def _note_id(text: str, coding: Coding, earlier: tuple[str, ...]) -> str:
    return _NOTE + sha256("\n".join((coding.id, coding.coder, text, *earlier)))[:10]


def _in_a_cell(problem: Problem, language: Language) -> str:
    """Say a problem in a row, which is its place; what must be named is called as its column is."""
    headed = replace(problem, where="").naming(lambda name: _column(name, language))
    return headed.in_language(language).removesuffix(".")


def _column(name: str, language: Language) -> str:
    return next((word(column, language) for column in WORDS if column == name), name)


def _changes(nearest: Nearest) -> str:
    """Show the words that differ: those of the quote, and those that stand in the document."""
    return "; ".join(f"{ours or '–'} → {theirs or '–'}" for ours, theirs in nearest.instead[:4])


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
