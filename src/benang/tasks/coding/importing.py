"""A sheet of codings taken in: every quote is found, all good rows are appended at once, each row is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from benang.coding.codebook import Code, Codebook
from benang.coding.program_tables import path_of
from benang.coding.sheets import Sheet, SheetContent, is_open_elsewhere, read_sheet, word, write_into
from benang.errors import BenangError, Problem, closest
from benang.files import check_writable, replacing
from benang.judgements.events import Coding, Event
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.progress import Progress, part, silent
from benang.readers import shown
from benang.review.beginning import is_example
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note
from benang.tasks.codebook import AddCodeRequest, add_codes, code_of
from benang.tasks.coding.looking import looks_of, unread
from benang.tasks.coding.program_rows import ProgramAnswers
from benang.tasks.coding.row_answers import Answer, Answers, SheetRow, answer_path
from benang.tasks.coding.sheets import choices_of
from benang.unfinished import temporary_folder

_TONES = {"new": "good", "known": "quiet", "withdrawn": "quiet", "refused": "bad"}
_MOST_CASES = 8
"""Cases that a note names."""
_STEP = 50
"""Rows between two words on how far it is."""


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """A sheet of codings for a review; `coder` speaks for the rows that name none.

    With `check`, nothing is added: the answer alone is written. `time` is now where None. With `new_codes`, codes that
    the codebook lacks are added to it, in `group`, as far as passages carry them.
    """

    sheet: Path
    folder: Path
    coder: str | None = None
    check: bool = False
    new_codes: bool = False
    group: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class ImportedSheet:
    """The answers to the rows of a sheet, by their numbers in it, the file in which they stand, and new codes."""

    answers: Mapping[int, Answer]
    file: Path
    account: Account
    codes: tuple[Code, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every row was found."""
        return all(one.kind != "refused" for one in self.answers.values())


def import_sheet(request: ImportRequest, *, progress: Progress = silent) -> ImportedSheet:
    """Take in a sheet of codings, and write the answer beside it.

    Rows that can be coded are appended together, those of each coder whole or not at all; the others are named, in the
    account and in the answer. What is coded already is not said again; what somebody withdrew or changed since is left
    as it is, so that an old sheet undoes nothing.

    Raises
    ------
    BenangError
        For a sheet or a review that can't be read, a sheet without rows, and where the answer can't be written beside
        the sheet: then nothing is added.
    """
    progress("Reading the sheet", 0.0)
    sheet = read_sheet(request.sheet)
    desk = open_desk(request.folder)
    language: Language = "id" if sheet.language == "id" else request.language
    rows = list(_rows(sheet, request.coder))
    if not rows:
        way_on = "Fill in a row for each passage, save the sheet, and try again."
        raise BenangError(
            Problem("no row below the header has a quotation or a code", str(request.sheet), way_on=way_on)
        )
    answers, codes = _with_codes(request, sheet, rows, desk, language)
    for number, row in enumerate(sorted(rows, key=lambda one: one.record)):  # stable; a document is searched at a time
        if number % _STEP == 0:
            part(progress, 0.1, 0.8)("Locating the quotations", number / len(rows))
        answers.answer(row)
    answers.seek_elsewhere()
    progress("Writing the answer", 0.8)
    suffix = request.sheet.suffix if sheet.delimiter else ".xlsx"
    data = _answered(sheet, answers, suffix, language)
    file = answer_path(request.sheet, suffix, lambda path: _holds(path, data))
    check_writable(file)
    with replacing(file) as (temporary,):
        temporary.write_bytes(data)
        used = {one.code for one in answers.events if isinstance(one, Coding)}
        codes = tuple(one for one in codes if one.id in used)
        if not request.check:
            _append(request, desk, answers.events, codes)
    notes = [*_notes(request, sheet, answers), *_of_codes(request, sheet, rows, answers, codes)]
    notes += [examples_left("codebook.toml", request.language)] if codes and is_example(desk.codebook) else []
    return ImportedSheet(answers.by_row, file, Account(notes=tuple(notes), files=(file,)), codes)


def _with_codes(
    request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow], desk: Desk, language: Language
) -> tuple[Answers, tuple[Code, ...]]:
    """Return what answers the rows, and the codes that it has besides those of the codebook."""

    def of(at: Desk) -> Answers:
        if sheet.form:
            return ProgramAnswers(at, language, request.coder, sheet=sheet, form=sheet.form, rows=rows)
        return Answers(at, language, request.coder)

    answers = of(desk)
    if not request.new_codes:
        return answers, ()
    codes: list[Code] = []
    codebook = desk.codebook
    for name in answers.unknown_codes(rows):
        if sheet.form is None and ";" in name:  # several codes, which belong into rows of their own
            continue
        label = path_of(name, sheet.form)[-1] if sheet.form else name
        if any(label.casefold() == one.label.en.casefold() for one in codes):
            continue
        codes.append(code_of(AddCodeRequest(folder=request.folder, label=label, group=request.group), codebook))
        parts = {field: getattr(codebook, field) for field in Codebook.model_fields}
        codebook = Codebook.model_validate({**parts, "codes": (*codebook.codes, codes[-1])})
    return of(replace(desk, codebook=codebook)), tuple(codes)


def _append(request: ImportRequest, desk: Desk, events: Sequence[Event], codes: Sequence[Code]) -> None:
    """Append what the rows say; new codes are in the codebook before a passage carries them."""
    if codes:
        add_codes(request.folder, codes)
        desk = open_desk(request.folder)
    desk.append(events, time=request.time)


def _rows(sheet: Sheet, coder: str | None) -> Iterator[SheetRow]:
    """Give the rows that have a quote or a code; a row without a record is one of the record above it.

    That is how people read merged cells and columns that name a thing once; the quote must stand in the record's text.
    Programs name the document in every row, and a coder who is given speaks for all of them.
    """
    record = ""
    for at in range(sheet.header + 1, len(sheet.rows)):
        place = sheet.places[at]
        cells = {column: sheet.cell(at, column) for column in sheet.columns if column != "result"}
        record = cells["record"] or ("" if sheet.form else record)
        if place in sheet.unreadable or cells["quote"] or cells["code"]:
            cells["record"] = record
            if sheet.form and coder:
                cells["coder"] = ""
            yield SheetRow(number=place, unreadable=sheet.unreadable.get(place, ""), start=sheet.start_of(at), **cells)


def _answered(sheet: Sheet, answers: Answers, suffix: str, language: Language) -> bytes:
    """Return a file of the sheet with the answers."""
    content = _content(sheet, answers.by_row, language)
    choices = choices_of(answers.desk, language, with_exports=False)
    with temporary_folder() as room:
        place = Path(room) / f"answer{suffix}"
        write_into(place, suffix, content, choices, language, delimiter=sheet.delimiter)
        return place.read_bytes()


def _content(sheet: Sheet, answers: Mapping[int, Answer], language: Language) -> SheetContent:
    """Return the rows of a sheet with the answers in a column of their own, behind the others where there is none."""
    width = max(map(len, sheet.rows[sheet.header :]))
    at = sheet.columns.get("result", width)
    rows: list[list[str]] = []
    tones: dict[int, str] = {}
    for number, (cells, place) in enumerate(zip(sheet.rows, sheet.places, strict=True)):
        row = [*cells, *[""] * (max(width, at + 1) - len(cells))]
        answer = answers.get(place) if number > sheet.header else None
        if number >= sheet.header:
            row[at] = word("result", language) if number == sheet.header else answer.text if answer else ""
        if answer:
            tones[number] = _TONES[answer.kind]
        rows.append(row)
    return SheetContent(rows, sheet.header, {**sheet.columns, "result": at}, tones)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _notes(request: ImportRequest, sheet: Sheet, answers: Answers) -> Iterator[Note]:
    _, language = translator(request.language), request.language
    if sheet.form:
        text = _("Read as a table of codings from {program}.").format(program=sheet.form.program)
        unread = _("Columns that were not read: {names}.").format(names=", ".join(map(shown, sheet.unread)))
        yield Note(f"{text} {unread}" if sheet.unread else text)
    kinds = Counter(one.kind for one in answers.by_row.values())
    new = sum(isinstance(one, Coding) for one in answers.events)
    if request.check:
        yield Note(counted("{n} passage would be coded.", "{n} passages would be coded.", new, language).format(n=new))
        yield Note(_("This was only a check; nothing was added."))
    else:
        text = counted("{n} passage was coded.", "{n} passages were coded.", new, language)
        yield Note(text.format(n=numeral(new, language, 0)))
    if n := kinds["known"]:
        text = counted("{n} row had already been coded.", "{n} rows had already been coded.", n, language)
        yield Note(text.format(n=numeral(n, language, 0)))
    if n := kinds["withdrawn"]:
        text = counted(
            "{n} row had been withdrawn and was not added again.",
            "{n} rows had been withdrawn and were not added again.",
            n,
            language,
        )
        yield Note(text.format(n=numeral(n, language, 0)))
    if n := kinds["refused"]:
        line = _("line {number}: {text}") if sheet.delimiter else _("row {number}: {text}")
        refused = [(number, one.text) for number, one in sorted(answers.by_row.items()) if one.kind == "refused"]
        text = counted("{n} row could not be coded:", "{n} rows could not be coded:", n, language)
        remarks = tuple(line.format(number=number, text=text) for number, text in refused)
        yield Note(text.format(n=numeral(n, language, 0)), remarks)
    yield from _remarks(request, sheet, answers)
    if new and not request.check:
        yield from _unread(answers, request.language)


def _of_codes(
    request: ImportRequest, sheet: Sheet, rows: Sequence[SheetRow], answers: Answers, codes: Sequence[Code]
) -> Iterator[Note]:
    """Name the codes that were added to the codebook, and those of another program's table that it lacks."""
    _ = translator(request.language)
    if codes:
        would, did = _("These codes would be added to the codebook: {names}."), _("Added to the codebook: {names}.")
        names = ", ".join(f"{one.id} ({one.label.en})" for one in codes)
        yield Note((would if request.check else did).format(names=names))
    if sheet.form and not request.new_codes and (unknown := answers.unknown_codes(rows)):
        text = _("The codebook lacks {names}. With --new-codes they are added to it.")
        yield Note(text.format(names=", ".join(map(shown, unknown))))


def examples_left(files: str, language: Language) -> Note:
    """Say that a review still has the examples with which it began, beside what came in."""
    _ = translator(language)
    text = _(
        "The examples with which the review began are still in {files}. Remove what you don't need, and adapt "
        "the charts and tables in review.toml that show it."
    )
    return Note(text.format(files=files))


def _unread(answers: Answers, language: Language) -> Iterator[Note]:
    """Ask what only the coder knows: in which of the cases all codes were looked for."""
    _ = translator(language)
    coded = {one.case for one in answers.events if isinstance(one, Coding)}
    waiting = list(dict.fromkeys(one.case for one in unread(looks_of(answers.desk)) if one.case in coded))
    if waiting:
        cases, more = ", ".join(waiting[:_MOST_CASES]), " …" if len(waiting) > _MOST_CASES else ""
        text = _("Nobody has yet recorded that all codes were looked for in {cases}: `benang code looked --case CASE`.")
        yield Note(text.format(cases=f"{cases}{more}"))


def _remarks(request: ImportRequest, sheet: Sheet, answers: Answers) -> Iterator[Note]:
    """Say what looks like a slip: a sheet of another review, a coder whom nobody knows, a sheet that is open."""
    _ = translator(request.language)
    yield from map(Note, sheet.notes)
    if answers.n_of_known_records == 0:
        yield Note(_("None of the records in this sheet belongs to this review. Is it the sheet of another review?"))
    reviewers = answers.desk.plan.reviewers
    known = {*reviewers, *(one.coder for one in answers.desk.judgements.current)}
    for coder in sorted({one for one in answers.coders.values() if reviewers and one not in known}):
        meant = closest(coder, reviewers)
        text = _("The coder '{coder}' is not one of the plan's reviewers ({reviewers}).")
        hint = " " + _("Did you mean '{meant}'?").format(meant=meant) if meant else ""
        yield Note(text.format(coder=coder, reviewers=", ".join(reviewers)) + hint)
    if is_open_elsewhere(request.sheet):
        text = _("{sheet} is open in another program: changes not yet saved there were not read.")
        yield Note(text.format(sheet=request.sheet.name))
