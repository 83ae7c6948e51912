"""Where a review stands, and the one thing to do next, with the command to type."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from benang.errors import Problem
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.progress import Progress, silent
from benang.records.file_accounts import inclusion_notes
from benang.review.beginning import is_example
from benang.review.load import ReadSources
from benang.tasks.account import Account, Note, in_shell, listing, rows
from benang.tasks.coding.looking import looks_of, unread
from benang.tasks.review_state import ReviewState, review_state

SHEET = "codings.xlsx"

Area = Literal["import", "map", "screen", "code", "report", "history", ""]
"""The area of the pages in which a step is done; none where it is done in an editor."""


@dataclass(frozen=True)
class StatusRequest:
    """The review whose state is asked for; in the language of its plan where none is named.

    `read` gives its exports where they may have been read before, as those of an open review.
    """

    folder: Path
    language: Language | None = None
    read: Callable[[], ReadSources] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, in a sentence, and the command to type; empty where the work is done in an editor.

    Pages have no commands: they show `on_page`, if that is said otherwise there, and lead to `area`.
    """

    text: str
    command: str = ""
    area: Area = "report"
    on_page: str = ""

    def __str__(self) -> str:
        return f"{self.text}: {self.command}" if self.command else f"{self.text}."

    @property
    def in_pages(self) -> str:
        """The sentence that a page shows."""
        return f"{self.on_page or self.text}."


@dataclass(frozen=True)
class Status:
    """Where a review stands, and what comes next."""

    state: ReviewState
    next: Step
    account: Account

    def as_json(self) -> str:
        """Return the state as JSON: `docs/reference/status.md` explains the keys, which stay."""
        return json.dumps(_data(self.state, self.next), ensure_ascii=False, indent=1) + "\n"


def status(request: StatusRequest, *, progress: Progress = silent) -> Status:
    """Say where a review stands, without building anything.

    Raises
    ------
    BenangError
        Where the folder is no review, or its plan can't be read.
    """
    progress("Reading the review", 0.0)
    state = review_state(request.folder, read=request.read)
    language: Language = request.language or state.desk.plan.language
    step = next(_steps(state, language))
    return Status(state, step, _account(state, step, language))


def _steps(state: ReviewState, language: Language) -> Iterator[Step]:
    """Give what is to be done, the first thing first."""
    yield from _repairs(state, language)
    yield from _screening(state, language)
    yield from _material(state, language)
    yield from _coding(state, language)
    yield from _finish(state, language)


def _repairs(state: ReviewState, language: Language) -> Iterator[Step]:
    _, folder = translator(language), in_shell(state.desk.folder.root)
    if state.problems:
        problem = state.problems[0].in_language(language).removesuffix(".")
        yield Step(_("Fix this first: {problem}").format(problem=problem), area="")
    if state.log.damaged:
        yield Step(_("See which lines of the log are damaged"), f"benang verify {folder}", "history")
    if state.log.conflicts:
        text = _("See which judgements contradict each other, and decide which is right")
        yield Step(text, f"benang build {folder}", "history")


def _material(state: ReviewState, language: Language) -> Iterator[Step]:
    _, desk = translator(language), state.desk
    folder = in_shell(desk.folder.root)
    if not state.records.read:
        text = _("Put the exports of your databases into {folder}, then build")
        on_page = _("Add the exports of your databases")
        yield Step(text.format(folder=desk.folder.root / "sources"), f"benang build {folder}", "import", on_page)
    if state.texts.waiting:
        yield Step(_("Extract the text of the papers"), f"benang documents {folder}", "import")
    if is_example(desk.codebook) and not state.coding.passages:
        text = _("Replace the examples in {file} with your own codes, then build")
        on_page = _("Replace the example codes with your own")
        yield Step(text.format(file=desk.folder.root / "codebook.toml"), f"benang build {folder}", "code", on_page)
    if desk.codebook.codes and not desk.documents:
        text = _("Put papers (PDF, Word, HTML) into {folder}, then extract their text")
        on_page = _("Add the papers that you want to code, as PDF, Word or HTML files")
        yield Step(text.format(folder=desk.folder.root / "papers"), f"benang documents {folder}", "import", on_page)


def _screening(state: ReviewState, language: Language) -> Iterator[Step]:
    """Lead through the stages: an earlier one first, records before what reviewers settle together."""
    _, folder = translator(language), in_shell(state.desk.folder.root)
    coder = " --coder NAME" if len(state.desk.plan.reviewers) > 1 else ""
    for stage, of_stage in state.screening.items():
        option = f" --stage {stage}" if stage == "full-text" else ""
        if of_stage.undecided:
            by_abstract = _("Screen the records by title and abstract")
            text = by_abstract if stage == "title-abstract" else _("Screen the reports by their full text")
            yield Step(text, f"benang screen {folder}{option}{coder}", "screen")
        if of_stage.conflicts:
            text = _("Settle together what reviewers differ on")
            yield Step(text, f"benang screen {folder}{option} --coder consensus", "screen")


def _coding(state: ReviewState, language: Language) -> Iterator[Step]:
    _, folder, coding = translator(language), in_shell(state.desk.folder.root), state.coding
    if coding.unplaced:
        text = _("See which quotes are no longer in their documents, and correct them")
        yield Step(text, f"benang build {folder}", "code")
    if state.desk.codebook.codes and not coding.passages:
        text = _("Code passages in a spreadsheet: fill it in and import it with `benang code import`")
        on_page = _("Code your first passage: open a document, select words in it and choose a code")
        yield Step(text, f"benang code sheet {folder} -o {SHEET}", "code", on_page)
    if coding.second_looks:
        text = _("Review codings whose code has new rules")
        yield Step(text, f"benang code list --again --review {folder}", "code")


def _finish(state: ReviewState, language: Language) -> Iterator[Step]:
    _, folder, coding = translator(language), in_shell(state.desk.folder.root), state.coding
    if state.build is None:
        text, command = _("Make the maps, tables and report"), f"benang build {folder}"
        has_codes = bool(state.desk.codebook.codes)
        yield Step(text, command) if has_codes else Step(text, command, "map", _("Look at the maps of your records"))
        return
    if state.build.changed:
        text = _("Build again: the folder has changed since the report was made")
        yield Step(text, f"benang build {folder}", "report")
    if state.records.in_doubt:
        text = _(
            "Decide which pairs in out/duplicates.csv are the same work, save the file as duplicates.tsv, and "
            "build again"
        )
        on_page = _("Decide which pairs of records are the same work")
        yield Step(text, f"benang build {folder}", "import", on_page)
    if coding.suggestions:
        text = _("Accept or decline the suggestions of programs")
        yield Step(text, f"benang code suggestions --review {folder}", "code")
    if state.desk.codebook.codes and coding.uncoded:
        text = _("Continue with the documents that have no passages yet")
        yield Step(text, f"benang code sheet {folder} -o {SHEET}", "code")
    empty = [one for one in unread(looks_of(state.desk)) if one.codes_found < one.codes]
    for one in empty[:1]:
        text = _(
            "Record that you have looked at a case for all codes, so that 'not reported' differs from 'not looked at'"
        )
        coder = " --coder NAME" if len(state.desk.plan.reviewers) > 1 else ""
        command = f"benang code looked --review {folder} --case {one.case} --group {one.group}{coder}"
        yield Step(text, command, "code")
    text = _("Nothing is left to do. Read the report: open {file}").format(file=state.build.report)
    yield Step(text, on_page=_("Nothing is left to do. Read the report"))


def _account(state: ReviewState, step: Step, language: Language) -> Account:
    _ = translator(language)
    shown = (*_material_rows(state, language), *_screening_rows(state, language), *_coding_rows(state, language))
    counted = rows(shown, language)
    notes = [listing([str(step)], _("Next step:"))]
    problems = (*state.problems, *state.log.damaged)
    remarks = [Note("", tuple(map(str, problems)))] if problems else []
    remarks += [Note(one.in_language(language)) for one in (*inclusion_notes(state.marked), *state.remarks)]
    return Account(read=(Note(state.desk.plan.title.text(language)),), rows=counted, notes=(*remarks, *notes))


def _material_rows(state: ReviewState, language: Language) -> Iterator[tuple[str, str | int]]:
    _, records, texts = translator(language), state.records, state.texts
    shown = {name: numeral(n, language, 0) for name, n in asdict(records).items()}
    of = _("{read} of {found} read, {works} works")
    yield _("records"), of.format(read=shown["read"], found=shown["found"], works=shown["works"])
    yield _("pairs in doubt"), records.in_doubt
    yield _("documents"), texts.documents
    if texts.waiting:
        yield _("papers without extracted text"), len(texts.waiting)
    without = _("{n}, {abstracts} of them with an abstract")
    n, abstracts = (numeral(one, language, 0) for one in (texts.without, texts.abstracts))
    yield _("works without a text"), without.format(n=n, abstracts=abstracts) if texts.abstracts else n
    for document, pages in texts.scanned.items():
        yield _("scanned pages"), f"{document}: {pages}"


def _screening_rows(state: ReviewState, language: Language) -> Iterator[tuple[str, str]]:
    _ = translator(language)
    for stage, of_stage in state.screening.items():
        moved_on = _("{n} move on") if stage == "title-abstract" else _("{n} included")
        parts = (
            (moved_on, of_stage.moved_on),
            (_("{n} excluded"), of_stage.excluded),
            (_("{n} not obtainable"), of_stage.unobtainable),
            (_("{n} to settle"), of_stage.conflicts),
            (_("{n} undecided"), of_stage.undecided),
            (_("{n} left unread"), of_stage.unread),
        )
        name = _("screened by title and abstract") if stage == "title-abstract" else _("screened by full text")
        shown = ", ".join(text.format(n=numeral(n, language, 0)) for text, n in parts if n)
        yield name, shown or _("nothing to screen")


def _coding_rows(state: ReviewState, language: Language) -> Iterator[tuple[str, str | int]]:
    _, desk, coding, log = translator(language), state.desk, state.coding, state.log
    if desk.codebook.codes:
        usable = [code for code in desk.codebook.codes if code.is_usable]
        yield _("codes"), len(usable)
        yield _("cases"), len(desk.cases.cases)
        by_coder = ", ".join(f"{name} {numeral(n, language, 0)}" for name, n in coding.by_coder.items())
        passages = numeral(coding.passages, language, 0)
        yield _("coded passages"), f"{passages} ({by_coder})" if by_coder else passages
        yield _("cases × codes with passages"), coding.cells.coded
        yield _("looked for, not reported"), coding.cells.not_reported
        yield _("not looked at"), coding.cells.not_looked_at
    waiting = (
        (_("open suggestions"), coding.suggestions),
        (_("codings to review"), coding.second_looks),
        (_("quotes not found"), coding.unplaced),
        (_("conflicts"), log.conflicts),
        (_("incomplete ends of logs"), log.torn),
        (_("damaged lines"), len(log.damaged)),
    )
    yield from ((name, n) for name, n in waiting if n)
    yield _("last build"), _build_text(state, language)


def _build_text(state: ReviewState, language: Language) -> str:
    _ = translator(language)
    if state.build is None:
        return _("none yet")
    if not state.build.changed:
        return _("up to date")
    shown = ", ".join(state.build.changed[:3]) + (" …" if len(state.build.changed) > 3 else "")
    return _("older than {files}").format(files=shown)


def _data(state: ReviewState, step: Step) -> dict[str, Any]:
    desk, records, texts, coding, log = state.desk, state.records, state.texts, state.coding, state.log
    folder = desk.folder
    return {
        "format": 1,
        "title": desk.plan.title.model_dump(exclude_none=True),
        "records": {
            "found": records.found,
            "read": records.read,
            "works": records.works,
            "pairs_in_doubt": records.in_doubt,
        },
        "documents": {
            "number": texts.documents,
            "papers_waiting": list(texts.waiting),
            "works_without_text": texts.without,
            "of_these_with_abstract": texts.abstracts,
            "scanned_pages": dict(texts.scanned),
        },
        "screening": {stage: asdict(of_stage) for stage, of_stage in state.screening.items()},
        "codes": sum(code.is_usable for code in desk.codebook.codes),
        "cases": len(desk.cases.cases),
        "coding": {
            "passages": coding.passages,
            "by_coder": dict(coding.by_coder),
            "documents_without_passages": coding.uncoded,
            "suggestions_waiting": coding.suggestions,
            "to_look_at_again": coding.second_looks,
            "quotes_not_found": coding.unplaced,
            "cells": {
                "with_passages": coding.cells.coded,
                "not_reported": coding.cells.not_reported,
                "not_looked_at": coding.cells.not_looked_at,
            },
        },
        "log": {"conflicts": log.conflicts, "broken_ends": log.torn, "damaged": _sentences(log.damaged)},
        "included_but_marked": [{"key": one.key, "status": one.status} for one in state.marked],
        "problems": _sentences(state.problems),
        "last_build": state.build
        and {
            "report": folder.name(state.build.report),
            "is_current": not state.build.changed,
            "changed_since": list(state.build.changed),
        },
        "next": {"text": step.text, "command": step.command},
    }


def _sentences(problems: tuple[Problem, ...]) -> list[str]:
    return [str(one) for one in problems]
