"""Lists of a screening for other programs, and sheets to fill in: what is included, excluded, undecided, in conflict.

All of it is taken from what a screening shows: decisions under a blind are in no list. Records keep their fields and
ids; what was decided stands beside them in a table, and in RIS and BibTeX in a note as Rayyan writes it, which Rayyan
and Benang read again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from benang.errors import Misuse, argument
from benang.files import replacing
from benang.judgements.events import CONSENSUS, Decision, Stage, Verdict
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.progress import Progress, silent
from benang.readers.own_fields import BESIDE, OWN
from benang.records.corpus import corpus_of
from benang.records.record import Record
from benang.records.user_tables import csv_text, plain
from benang.screening.decision_sheets import VERDICTS, WORDS, verdict_word
from benang.screening.outcomes import Outcome
from benang.screening.protocol import Criterion, random_order
from benang.tasks.account import Account, Note, check_new, check_outputs, in_shell, unknown_form
from benang.tasks.screening.desk import ScreeningDesk, open_screening
from benang.tasks.screening.sitting import retraining_for, waiting
from benang.writers import write_records
from benang.writers.spreadsheets import Sheet, SheetColumn, SheetRow, cells_of, write_sheets

Which = Literal["included", "excluded", "undecided", "conflicts"]
WHICH: tuple[Which, ...] = get_args(Which)
SUFFIXES = (".ris", ".bib", ".csv", ".xlsx", ".json")
_TABLES = (".csv", ".xlsx")
_FOR_PEOPLE: Mapping[str, tuple[str, int]] = {
    "title": ("judul", 60), "authors": ("penulis", 24), "year": ("tahun", 7), "source": ("sumber", 24),
    "abstract": ("abstrak", 90), "doi": ("DOI", 22),
}  # fmt: skip
"""What a sheet to fill in shows of a record: each field with its Indonesian heading, and the width of its column."""
_WIDTHS = {"record": 22, "verdict": 13, "reason": 22, "note": 30}
_OF_RAYYAN: Mapping[Verdict, str] = {"include": "Included", "exclude": "Excluded", "unsure": "Maybe"}


@dataclass(frozen=True, kw_only=True)
class ListRequest:
    """A list to be written to `output`, whose suffix is one of `SUFFIXES`.

    Without a stage, `included` are the works that passed the last one, `excluded` those of all stages, `undecided` and
    `conflicts` (with what waits as unsure) those of the first that has any. `coder` is whose undecided works are
    wanted. `exact` adds to RIS and BibTeX what only Benang reads, so that every field comes back as it was.
    """

    folder: Path
    which: Which
    output: Path
    stage: Stage | None = None
    coder: str | None = None
    exact: bool = False
    language: Language = "en"


@dataclass(frozen=True)
class WrittenList:
    """The outcomes that the list is of, in its order, and the account."""

    outcomes: tuple[Outcome, ...]
    account: Account


def write_list(request: ListRequest, *, desk: ScreeningDesk | None = None, progress: Progress = silent) -> WrittenList:
    """Write a list of the works of a screening, of a review that is open already where `desk` is given.

    Raises
    ------
    Misuse
        For a file of an unknown form, one that is read here, and a coder with another list than the undecided.
    BenangError
        Where the review can't be read or the file not be written, and where it is a sheet that is there already:
        somebody may have filled it in.
    """
    suffix = request.output.suffix.lower()
    if suffix not in SUFFIXES:
        raise unknown_form(request.output, SUFFIXES)
    if request.coder and request.which != "undecided":
        raise Misuse(worded("{option} goes with --undecided alone.", option=argument("coder")))
    progress("Reading the review", 0.0)
    desk = desk or open_screening(request.folder)
    check_outputs([request.output], desk.folder.files)
    is_sheet = request.which in ("undecided", "conflicts") and suffix in _TABLES
    if is_sheet:
        check_new(request.output)
    outcomes = outcomes_of(desk, request.which, stage=request.stage, coder=request.coder)
    progress("Writing", 0.7)
    notes: Sequence[str] = ()
    if is_sheet:
        _write_sheet(request.output, desk, outcomes, request.language)
    elif suffix in _TABLES:
        _write_table(request.output, desk, outcomes)
    else:
        records = corpus_of(_noted(desk, one) for one in outcomes)
        notes = write_records(records, request.output, exact=request.exact).notes
    return WrittenList(outcomes, _account(request, outcomes, notes, desk.protocol.active))


def outcomes_of(
    desk: ScreeningDesk, which: Which, *, stage: Stage | None = None, coder: str | None = None
) -> tuple[Outcome, ...]:
    """Return the outcomes of the works that belong to a list."""
    screening, stages = desk.screening, desk.protocol.screening.stages
    wanted = (desk.stage(stage),) if stage else stages
    if which == "included":
        last = wanted[-1]
        return tuple(one for one in screening.outcomes[last].values() if one.moves_on)
    if which == "excluded":
        return tuple(screening.outcome(at, work) for at in wanted for work in screening.excluded(at))
    lists = (_undecided(desk, at, coder) if which == "undecided" else _to_settle(desk, at) for at in wanted)
    return next((one for one in lists if one), ())


def _to_settle(desk: ScreeningDesk, stage: Stage) -> tuple[Outcome, ...]:
    return tuple(desk.screening.outcome(stage, work) for work in desk.screening.to_settle(stage))


def _undecided(desk: ScreeningDesk, stage: Stage, coder: str | None) -> tuple[Outcome, ...]:
    """Return what is still to screen at a stage, by a coder or at all, in the order of the plan."""
    screening, plan = desk.screening, desk.protocol.screening
    works: Sequence[str] = screening.undecided(stage)
    if coder:
        name = desk.coder(coder)
        with retraining_for(name, desk) or contextlib.nullcontext() as retraining:
            works = waiting(name, stage, desk, retraining)
    elif plan.order == "random":
        works = random_order(works, plan.seed)
    return tuple(screening.outcome(stage, work) for work in works)


def _noted(desk: ScreeningDesk, outcome: Outcome) -> Record:
    """Return a record with what was decided on it, as Rayyan writes it, in place of what its export brought along."""
    verdicts = {one.coder: _OF_RAYYAN[one.verdict] for one in outcome.decisions if one.verdict in _OF_RAYYAN}
    inner = ", ".join(f"{_quoted(coder)}=>{_quoted(verdict)}" for coder, verdict in verdicts.items())
    texts = {
        one.id: one.text.text(desk.plan.language).replace(",", ", ").replace(",  ", ", ")
        for one in desk.protocol.criteria
    }
    reasons = ",".join(texts.get(one, one) for one in outcome.reasons)
    notes = ", ".join(f"{_quoted(one.coder)}=>[{_quoted(one.note)}]" for one in outcome.decisions if one.note)
    decisions = [
        f"RAYYAN-INCLUSION: {{{inner}}}" if inner else "",
        f"RAYYAN-EXCLUSION-REASONS: {reasons}" if reasons else "",
        f"USER-NOTES: {{{notes}}}" if notes else "",
    ]
    record = desk.works.record(outcome.record)
    return replace(record, decisions=tuple(filter(None, decisions)), raw={})


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _write_table(path: Path, desk: ScreeningDesk, outcomes: Sequence[Outcome]) -> None:
    """Write records with all their fields, and what was decided beside them."""
    header = [*OWN, *BESIDE]
    rows = [[*map(plain, cells_of(_noted(desk, one))), *_beside(desk, one)] for one in outcomes]
    if path.suffix.lower() == ".csv":
        _write_csv(path, csv_text(header, rows))
        return
    widths = {"title": 60, "abstract": 60, "authors": 30, "source": 30, "year": 6, "criterion": 40, "note": 40}
    columns = [SheetColumn(name, widths.get(name, 14)) for name in header]
    _write_workbook(path, [Sheet(worded("records"), columns, [SheetRow(row) for row in rows])])


def _beside(desk: ScreeningDesk, outcome: Outcome) -> list[str]:
    texts = {one.id: one.text.text(desk.plan.language) for one in desk.protocol.criteria}
    notes = [f"{one.coder}: {one.note}" for one in outcome.decisions if one.note]
    criteria = "; ".join(texts.get(one, one) for one in outcome.reasons)
    return [outcome.stage, str(outcome.verdict), "; ".join(outcome.reasons), criteria, "; ".join(notes)]


def _write_sheet(path: Path, desk: ScreeningDesk, outcomes: Sequence[Outcome], language: Language) -> None:
    """Write a sheet in which a verdict is to be put beside each record; where reviewers differ, with what each said."""
    at_id = language == "id"
    coders = sorted({one.coder for outcome in outcomes for one in outcome.decisions if one.coder != CONSENSUS})
    columns = [SheetColumn(WORDS[name][at_id], _WIDTHS[name]) for name in ("record", "verdict", "reason", "note")]
    columns += [SheetColumn(coder, 24) for coder in coders]
    columns += [SheetColumn(words if at_id else name, width) for name, (words, width) in _FOR_PEOPLE.items()]
    columns += [SheetColumn(WORDS["stage"][at_id], 14)]  # so that what is decided by full text never counts for a title
    rows = [
        [
            outcome.record,
            "",
            "",
            "",
            *_said(outcome, coders, language),
            *_shown(desk.works.record(outcome.record)),
            outcome.stage,
        ]
        for outcome in outcomes
    ]
    if path.suffix.lower() == ".csv":
        _write_csv(path, csv_text([one.title for one in columns], rows, delimiter=";" if at_id else ","))
    else:
        stage = outcomes[0].stage if outcomes else desk.protocol.screening.stages[0]
        _write_workbook(path, _with_choices(columns, rows, desk.protocol.reasons(stage), stage, language))


def _with_choices(
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[str]],
    reasons: Sequence[Criterion],
    stage: Stage,
    language: Language,
) -> list[Sheet]:
    """Return the sheet with drop-downs of verdicts and reasons, and a second one that explains the reasons."""
    _ = translator(language)
    at_id, name = language == "id", _("reasons")
    record, verdict, reason, *others = columns
    verdicts = [words[at_id] for one, words in VERDICTS.items() if one != "unobtainable" or stage == "full-text"]
    offered = f"='{name}'!$A$2:$A${len(reasons) + 1}" if reasons else ()
    columns = [record, replace(verdict, choices=verdicts), replace(reason, choices=offered), *others]
    sheet = Sheet(_("decisions"), columns, [SheetRow(row) for row in rows], n_fixed=2)
    if not reasons:
        return [sheet]
    listed = [SheetRow([one.id, one.text.text(language)]) for one in reasons]
    return [sheet, Sheet(name, [SheetColumn(reason.title, 30), SheetColumn(_("text"), 80)], listed)]


def _said(outcome: Outcome, coders: Sequence[str], language: Language) -> Iterator[str]:
    """Give what each coder decided, with reason and note; nothing for one whose decision may not be shown."""
    by_coder: dict[str, list[Decision]] = {coder: [] for coder in coders}
    for one in outcome.decisions:
        by_coder.setdefault(one.coder, []).append(one)
    for coder in coders:
        yield "; ".join(
            verdict_word(one.verdict, language)
            + (f": {one.reason}" if one.reason else "")
            + (f" ({one.note})" if one.note else "")
            for one in by_coder[coder]
        )


def _shown(record: Record) -> Iterator[str]:
    for name in _FOR_PEOPLE:
        value = getattr(record, name)
        yield "; ".join(value) if isinstance(value, tuple) else "" if value is None else " ".join(str(value).split())


def _write_csv(path: Path, text: str) -> None:
    with replacing(path) as (temporary,):
        temporary.write_bytes(("\ufeff" + text).encode("utf-8"))


def _write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    with replacing(path) as (temporary,):
        write_sheets(sheets, temporary)


def _account(
    request: ListRequest, outcomes: Sequence[Outcome], notes: Sequence[str], reviewers: Sequence[str]
) -> Account:
    language = request.language
    _ = translator(language)
    words = {
        "included": counted("1 included record written", "{n} included records written", len(outcomes), language),
        "excluded": counted("1 excluded record written", "{n} excluded records written", len(outcomes), language),
        "undecided": counted("1 undecided record written", "{n} undecided records written", len(outcomes), language),
        "conflicts": counted("1 record to settle written", "{n} records to settle written", len(outcomes), language),
    }
    lines = [Note(words[request.which].format(n=numeral(len(outcomes), language, 0)))]
    lines += [Note(one) for one in notes]
    if request.output.suffix.lower() in _TABLES and request.which in ("undecided", "conflicts") and outcomes:
        coder = (
            CONSENSUS
            if request.which == "conflicts"
            else request.coder or (reviewers[0] if len(reviewers) == 1 else "NAME")
        )
        way_on = _("Fill in the verdicts, then: benang screen {folder} --decide {file} --stage {stage} --coder {coder}")
        lines.append(
            Note(
                way_on.format(
                    folder=in_shell(request.folder),
                    file=in_shell(request.output),
                    stage=outcomes[0].stage,
                    coder=in_shell(coder),
                )
            )
        )
    return Account(notes=tuple(lines), files=(request.output,))
