"""A sheet to code in: empty or with the codings that stand, with drop-downs of what the review has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benang.coding.codebook import Code, Codebook
from benang.coding.quotes import Span, seen
from benang.coding.sheets import Choices, CodeRow, Column, SheetContent, entry, value_word, word, write_sheet_file
from benang.judgements.events import Memo
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.progress import Progress, silent
from benang.records.paper import paper_of
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note, check_new, check_outputs, in_shell
from benang.tasks.coding.rows import CodingRow, coding_rows
from benang.tasks.coding.wishes import spans_in

EMPTY: tuple[Column, ...] = ("record", "quote", "code", "case", "coder", "note")
FILLED: tuple[Column, ...] = (*EMPTY, "stance", "scope", "place", "page")
_MOST_RECORDS = 2_000
"""Records in a drop-down: nobody looks through more, and then only those with a document or a case are offered."""


@dataclass(frozen=True, kw_only=True)
class SheetRequest:
    """A sheet of a review to be written to `output` (.xlsx or .csv), with the codings that stand where `filled`.

    Its headers are in `sheet_language`, that of the review where None.
    """

    folder: Path
    output: Path
    filled: bool = False
    sheet_language: Language | None = None
    language: Language = "en"


@dataclass(frozen=True)
class WrittenSheet:
    """How many codings the sheet has, and the account."""

    rows: int
    account: Account


def write_sheet(request: SheetRequest, *, progress: Progress = silent) -> WrittenSheet:
    """Write a sheet to code in.

    Raises
    ------
    BenangError
        For a review that can't be read, a file that can't be written, and one that is there.
    """
    _ = translator(request.language)
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    check_outputs([request.output], desk.folder.files)
    check_new(request.output)
    language = request.sheet_language or desk.plan.language
    columns = FILLED if request.filled else EMPTY
    rows = _filled(desk, language) if request.filled else []
    heads = [word(column, language) for column in columns]
    cells = [[row.get(column, "") for column in columns] for row in rows]
    content = SheetContent([heads, *cells], 0, {column: at for at, column in enumerate(columns)}, {})
    progress("Writing the sheet", 0.6)
    write_sheet_file(request.output, content, choices_of(desk, language), language)
    empty = _("An empty sheet: fill in a row for each passage.")
    text = counted("{n} passage is in the sheet.", "{n} passages are in the sheet.", len(rows), request.language)
    way_on = _("Then: benang code import {sheet} --review {folder}")
    notes = (
        Note(text.format(n=numeral(len(rows), request.language, 0)) if rows else empty),
        Note(way_on.format(sheet=in_shell(request.output), folder=in_shell(request.folder))),
    )
    return WrittenSheet(len(rows), Account(notes=notes, files=(request.output,)))


def choices_of(desk: Desk, language: Language, *, with_exports: bool = True) -> Choices:
    """Return what the drop-downs of a sheet offer: ids with their labels beside them, in the order of the review.

    Without the exports, which take longest to read, the records are those with a document or a case.
    """
    coders = dict.fromkeys((*desk.plan.reviewers, *sorted({one.coder for one in desk.judgements.current})))
    lists: dict[Column, Sequence[str]] = {
        "code": [_named(one, language) for one in desk.codebook.codes if one.is_usable],
        "case": [entry(one.id, one.name(language)) for one in desk.cases.cases],
        "record": _records(desk, with_exports=with_exports),
        "coder": list(coders),
        "stance": [value_word(one, language) for one in ("supports", "contradicts", "mentions")],
        "scope": [value_word(one, language) for one in ("case", "group")],
    }
    return Choices(lists, list(_explained(desk.codebook, language)))


def _named(code: Code, language: Language) -> str:
    return entry(code.id, code.label.text(language))


def _records(desk: Desk, *, with_exports: bool) -> list[str]:
    """Return the records that can be quoted: those with a document, studies of cases, and all with an abstract."""
    papers = {one.record: str(one.paper) for one in desk.documents.values()}
    first = dict.fromkeys(
        (
            *sorted({one.record for one in desk.documents.values()}),
            *(study for case in desk.cases.cases for study in case.studies),
        )
    )
    works = {one.key: one for one in desk.sources.works.records} if with_exports else {}
    quotable = [key for key, one in works.items() if one.abstract.strip()]
    keys = dict.fromkeys((*first, *(quotable if len(quotable) <= _MOST_RECORDS else ())))
    return [entry(key, str(paper_of(works[key])) if key in works else papers.get(key, "")) for key in keys]


def _explained(codebook: Codebook, language: Language) -> Iterator[CodeRow]:
    """Give the codes as the second sheet has them: group by group, each heading above what is below it."""
    for group in codebook.groups:
        codes = [one for one in codebook.codes if one.group == group.id and not one.retired]
        if codes:
            yield CodeRow(title=group.label.text(language))
        below: Mapping[str, list[Code]] = defaultdict(list)
        ids = {one.id for one in codes}
        for code in codes:
            below[code.parent if code.parent and code.parent in ids else ""].append(code)
        yield from _below("", below, language, 0)
    ungrouped = {group.id for group in codebook.groups}
    yield from (_code_row(one, language, 0) for one in codebook.codes if one.group not in ungrouped and not one.retired)


def _below(parent: str, below: Mapping[str, list[Code]], language: Language, depth: int) -> Iterator[CodeRow]:
    for code in below.get(parent, ()):
        yield _code_row(code, language, depth)
        yield from _below(code.id, below, language, depth + 1)


def _code_row(code: Code, language: Language, depth: int) -> CodeRow:
    indent = "    " * depth
    if code.heading:
        return CodeRow(title=f"{indent}{code.label.text(language)}", definition=code.definition)
    return CodeRow("", indent + _named(code, language), code.definition, code.include, code.exclude, code.example)


def _filled(desk: Desk, language: Language) -> list[dict[Column, str]]:
    codes, cases = desk.codebook.by_id, desk.cases.by_id
    notes = notes_of(desk)
    numbers = _Numbers(desk)
    rows = []
    for row in coding_rows(desk):
        code, case = codes.get(row.code), cases.get(row.case)
        cells: dict[Column, str] = {
            "record": row.record,
            "quote": seen(row.quote).text.strip(),
            "code": _named(code, language) if code else row.code,
            "case": entry(row.case, case.name(language)) if case else row.case,
            "coder": row.coder,
            "note": "\n".join(one.text for one in notes.get((row.id, row.coder), ())),
            "stance": value_word(row.stance, language),
            "scope": value_word(row.scope, language),
            "place": numbers.of(row),
            "page": str(row.page or ""),
        }
        rows.append(cells)
    return rows


def notes_of(desk: Desk) -> dict[tuple[str, str], list[Memo]]:
    """Return the memos on codings that stand, by the coding and who wrote them, in the order of their times."""
    notes: dict[tuple[str, str], list[Memo]] = defaultdict(list)
    memos = [one for one in desk.judgements.of(Memo) if one.about == "coding" and not one.program]
    for one in sorted(memos, key=lambda memo: (memo.time is not None, str(memo.time), memo.id)):
        notes[one.of, one.coder].append(one)
    return notes


class _Numbers:
    """At which of several places of its quote a coding is, from 1, as `Wish.place` counts them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, str], list[tuple[str, Span]]] = {}

    def of(self, row: CodingRow) -> str:
        """Return the number; nothing where the quote is there once."""
        key = (row.record, row.quote)
        if key not in self._known:
            spans = spans_in(row.quote, self._desk.of_record(row.record))
            self._known[key] = [(document.path, span) for document, span in spans]
        places = self._known[key]
        at = (row.document, Span(row.start, row.end))
        return str(places.index(at) + 1) if len(places) > 1 and at in places else ""
