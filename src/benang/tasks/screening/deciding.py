"""Decisions on records: checked against the review, appended to the log whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from benang.errors import BenangError, Problem, argument, closest, first_problems, nearest
from benang.files import sha256
from benang.judgements.acts import restated
from benang.judgements.events import CONSENSUS, STAGES, Completion, Decision, Event, Stage
from benang.judgements.log import fold
from benang.locale import Language, translator
from benang.locale.writing import counted, in_language, message_in, numeral, worded
from benang.progress import Progress, silent
from benang.records.file_accounts import inclusion_notes, retracted_among
from benang.review.load import screening_of
from benang.screening.comparisons import PairAgreement, agreement_of
from benang.screening.decision_sheets import DecisionSheet, Wish, read_decision_sheet, reasons_of, wishes_of
from benang.screening.outcomes import UNREAD, Screening
from benang.screening.protocol import stage_words
from benang.screening.stopping import review_test, stopping_words
from benang.tasks.account import Account, Note, Table, in_shell
from benang.tasks.screening.desk import ScreeningDesk, open_screening, remarks_on, strangers_in
from benang.tasks.verify import torn_notes


@dataclass(frozen=True, kw_only=True)
class DecideRequest:
    """A table of decisions; the first stage of the plan and its only reviewer where none is named."""

    folder: Path
    file: Path
    stage: Stage | None = None
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Decisions:
    """What was appended to the log, and the screening afterwards; `unchanged` wishes said what the log had already."""

    desk: ScreeningDesk
    events: tuple[Event, ...]
    unchanged: int
    account: Account

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that were appended."""
        return tuple(one for one in self.events if isinstance(one, Decision))


def decide(request: DecideRequest, *, progress: Progress = silent) -> Decisions:
    """Take the decisions of a table into the log of one coder.

    Raises
    ------
    BenangError
        With every row that is wrong; then nothing is written.
    """
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    coder = desk.coder(request.coder)
    sheet = read_decision_sheet(request.file)
    stage = _stage_of(sheet, request.stage, desk)
    reasons = reasons_of(desk.protocol, stage)
    wishes = wishes_of(sheet, desk.sources.filing, stage=stage, reasons=reasons)
    progress("Writing", 0.8)
    after, events = desk.append(lambda now: decided_on(wishes, stage, coder, now), time=request.time)
    n = sum(isinstance(one, Decision) for one in events)
    account = _account(after, events, stage, coder, len(wishes) - n, request.language)
    return Decisions(after, events, len(wishes) - n, account)


def _stage_of(sheet: DecisionSheet, named: Stage | None, desk: ScreeningDesk) -> Stage:
    """Return at which stage a table decides: as named, or as its rows say, or the first of the plan.

    Raises
    ------
    BenangError
        Where every row is of another stage than the one that is named: none of them would count.
    """
    of_rows = {row.stage for row in sheet.rows if row.verdict}
    own = next((stage for stage in STAGES if of_rows == {stage}), None)
    if named and own and named != own:
        fault = worded("a table of the stage '{stage}'", stage=own)
        way_on = worded("Add {option}.", option=argument("stage", value=own))
        raise BenangError(Problem(fault, sheet.name, worded("a table of the stage '{stage}'", stage=named), way_on))
    return desk.stage(named or own)


@dataclass(frozen=True, kw_only=True)
class StateRequest:
    """The review whose screening is asked for."""

    folder: Path
    language: Language = "en"


@dataclass(frozen=True)
class ScreeningState:
    """How far a screening is, as far as everybody may know."""

    screening: Screening
    account: Account


def screening_state(request: StateRequest, *, progress: Progress = silent) -> ScreeningState:
    """Say how far the screening of a review is, stage by stage."""
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    screening = desk.screening
    begun = [stage for stage in screening.outcomes if screening.to_screen(stage)] or desk.protocol.screening.stages[:1]
    tables = [stage_table(screening, stage, request.language) for stage in begun]
    pairs = agreement_of(screening)
    tables += [agreement_table(pairs, request.language)] if pairs else []
    is_read = not screening.undecided(screening.protocol.screening.stages[0])
    test = None if is_read else review_test(screening)
    stopping = (Note(worded("May the screening stop?"), stopping_words(test)),) if test and test.left else ()
    lines = [message_in(one, request.language) for one in (*remarks_on(screening), *strangers_in(screening))]
    lines += torn_notes(desk.judgements, request.language)
    remarks = (Note("", tuple(lines)),) if lines else ()
    return ScreeningState(screening, Account(notes=(*tables, *stopping, *remarks)))


def agreement_table(pairs: Sequence[PairAgreement], language: Language) -> Table:
    """Return how far each pair of reviewers agrees at each stage; below it why a kappa is undefined."""
    _ = translator(language)
    cells = [("", "", _("both decided"), _("agree"), _("Cohen's kappa"))]
    cells += [pair.cells(language) for pair in pairs]
    remarks = [
        f"{pair.one}, {pair.other}: {in_language(pair.agreement.undefined, language)}"
        for pair in pairs
        if pair.agreement.undefined
    ]
    heading = _("Agreement between reviewers, with 'unsure' as a verdict of its own:")
    return Table(heading, tuple(cells), "llrrr", tuple(remarks))


def decided_on(wishes: Sequence[Wish], stage: Stage, coder: str, desk: ScreeningDesk) -> tuple[Event, ...]:
    """Return the events by which a coder decides: those that change something, and that a task is done, where it is.

    Raises
    ------
    BenangError
        With every record that can't be decided on at this stage, or not by this coder, and every reason that doesn't
        fit.
    """
    check = _Check(stage, coder, desk)
    problems = [problem for wish in wishes for problem in check.problems(wish)]
    if problems:
        raise BenangError(*first_problems(problems))
    decisions = [event for wish in wishes if (event := check.event(wish))]
    return (*decisions, *completions(decisions, stage, coder, desk)) if decisions else ()


@dataclass(frozen=True, slots=True)
class SeenWish:
    """A wish of somebody who saw a page: `seen` is the mark of the decisions that it showed (`marks_of`)."""

    wish: Wish
    seen: str


@dataclass(frozen=True, slots=True)
class SeenDecisions:
    """What was appended, the screening afterwards, and the records that were decided meanwhile and left as they are."""

    desk: ScreeningDesk
    events: tuple[Event, ...]
    overtaken: tuple[str, ...] = ()


def marks_of(works: Iterable[str], stage: Stage, coder: str, screening: Screening) -> dict[str, str]:
    """Return for each record a mark of the decisions of a coder on it, and for the consensus of all that it settles.

    Another decision gives another mark, so that a page that shows an older one is recognised.
    """
    own, marks = screening.all_own(coder, stage), dict[str, str]()
    for work in works:
        ids = {one.id for one in own.get(work, ())}
        if coder == CONSENSUS:
            ids |= {one.id for one in screening.outcome(stage, work).decisions}
        marks[work] = sha256("\n".join(sorted(ids)))[:12] if ids else UNMARKED
    return marks


UNMARKED = "-"
"""The mark of a record on which nothing is decided."""


def decide_as_seen(
    wishes: Sequence[SeenWish], stage: Stage, coder: str, desk: ScreeningDesk, *, time: datetime | None = None
) -> SeenDecisions:
    """Decide on records as a page showed them; what was decided otherwise meanwhile is left as it is, and named.

    The same decision sent twice, as after a lost connection, is one.

    Raises
    ------
    BenangError
        As `decided_on`; then nothing is written.
    """
    overtaken: list[str] = []

    def made(now: ScreeningDesk) -> tuple[Event, ...]:
        marks = marks_of((one.wish.record for one in wishes), stage, coder, now.screening)
        own = now.screening.all_own(coder, stage)
        fresh = [one.wish for one in wishes if marks[one.wish.record] == one.seen]
        rest = [one.wish for one in wishes if marks[one.wish.record] != one.seen]
        overtaken[:] = [one.record for one in rest if not _says(own.get(one.record, ()), one)]
        return decided_on(fresh, stage, coder, now)

    after, events = desk.append(made, time=time)
    return SeenDecisions(after, events, tuple(overtaken))


def _says(own: Iterable[Decision], wish: Wish) -> bool:
    """Tell whether decisions say what somebody wishes."""
    return {(one.verdict, one.reason, one.note) for one in own} == {(wish.verdict, wish.reason, wish.note)}


@dataclass(frozen=True)
class _Check:
    """What a wish is checked against."""

    stage: Stage
    coder: str
    desk: ScreeningDesk

    @cached_property
    def _own(self) -> dict[str, tuple[Decision, ...]]:
        return self.desk.screening.all_own(self.coder, self.stage)

    @cached_property
    def _earlier(self) -> dict[str, int]:
        """How often the coder has decided on each record, taken back or not: what was taken back can be said again."""
        judgements, counts = self.desk.judgements, dict[str, int]()
        for one in (*judgements.superseded, *judgements.disputed, *judgements.current):
            if isinstance(one, Decision) and one.coder == self.coder and one.stage == self.stage:
                counts[one.record] = counts.get(one.record, 0) + 1
        return counts

    def problems(self, wish: Wish) -> Iterator[Problem]:
        """Say why a wish can't be fulfilled."""
        screening, work = self.desk.screening, wish.record
        rule, may_decide = screening.set_aside.get(work), screening.may_decide(self.stage, work)
        if rule and rule != UNREAD and not may_decide:
            fault = worded("'{record}' was removed before the screening ({rule})", record=work, rule=rule)
            yield Problem(fault, where=wish.where, way_on=worded("Change the rule in review.toml first."))
        elif not may_decide:
            fault = worded("'{record}' is not included at title and abstract (yet)", record=work)
            yield Problem(
                fault,
                where=wish.where,
                way_on=worded(
                    "Decide on it there first, with {option}.", option=argument("stage", value="title-abstract")
                ),
            )
        if self.coder == CONSENSUS and may_decide:
            yield from self._not_open(wish)
        yield from self._unfit_reason(wish)

    def _not_open(self, wish: Wish) -> Iterator[Problem]:
        outcome = self.desk.screening.outcome(self.stage, wish.record)
        settled = any(one.coder == CONSENSUS for one in outcome.decisions)
        if not (outcome.needs_consensus or outcome.verdict == "unsure" or settled):
            fault = worded("'{record}' has no conflict that a consensus could settle", record=wish.record)
            way_on = worded("`benang screen export FOLDER --conflicts -o FILE.xlsx` lists the records that have one.")
            yield Problem(fault, where=wish.where, way_on=way_on)

    def _unfit_reason(self, wish: Wish) -> Iterator[Problem]:
        known = [one.id for one in self.desk.protocol.reasons(self.stage)]
        if wish.reason and wish.verdict != "exclude":
            fault = worded(
                "a reason ('{reason}') beside the verdict '{verdict}'", reason=wish.reason, verdict=wish.verdict
            )
            yield Problem(fault, where=wish.where, expected=worded("a reason only where a record is excluded"))
        elif wish.reason and wish.reason not in known:
            fault = worded("'{reason}' is not a criterion for exclusion at this stage", reason=wish.reason)
            yield Problem(fault, where=wish.where, way_on=nearest(wish.reason, known) or _no_criteria())
        elif wish.verdict == "exclude" and not wish.reason and self.stage == "full-text":
            fault = worded("'{record}' is excluded by its full text without a reason", record=wish.record)
            way_on = worded("Name one of: {reasons}.", reasons=", ".join(known)) if known else _no_criteria()
            yield Problem(fault, where=wish.where, way_on=way_on)

    def event(self, wish: Wish) -> Decision | None:
        """Return the decision, or None where the log says the same already."""
        own = self._own.get(wish.record, ())
        if _says(own, wish):
            return None
        shown = self.desk.screening.outcome(self.stage, wish.record).decisions
        blank = Decision(
            id="-",
            coder=self.coder,
            record=wish.record,
            stage=self.stage,
            verdict=wish.verdict,
            reason=wish.reason,
            note=wish.note,
            joined=self.desk.sources.joined_to(wish.record),
            resolves=tuple(one.id for one in shown if one.coder != CONSENSUS) if self.coder == CONSENSUS else (),
        )
        superseded = [one.id for one in own if one.id in self.desk.judgements.places]
        return restated(blank, supersedes=superseded, again=str(self._earlier.get(wish.record, 0)))


def _no_criteria() -> str:
    return worded('Add [[criteria]] with an id, a stage, kind = "exclude" and a text to review.toml.')


def completions(decisions: Sequence[Decision], stage: Stage, coder: str, desk: ScreeningDesk) -> Iterator[Completion]:
    """Say that a task is done, where these decisions were its last.

    From then on what was decided may be shown, also when further records come in. Where a single reviewer reads each
    record there is nothing to hide.
    """
    protocol = desk.protocol
    if coder not in protocol.active or not protocol.screening.of(stage).blinded:
        return
    if not _may_complete(decisions, stage, coder, desk):
        return
    superseded = {name for one in decisions for name in one.supersedes}
    current = (one for one in desk.judgements.current if one.id not in superseded)
    judgements = fold([*current, *(one.model_copy(update={"supersedes": ()}) for one in decisions)])
    after = screening_of(desk.plan, desk.sources, judgements, since=(desk.screening, desk.judgements))
    reading, noted = after.readings[stage], after.completed(coder, stage)
    done = [
        work
        for (name, who), works in sorted(reading.tasks.items())
        if who == coder and (name, who) not in reading.open_tasks
        for work in works
        if work not in noted and len(reading.readers[work]) > 1
    ]
    if done:
        yield restated(Completion(id="-", coder=coder, stage=stage, records=desk.sources.records_of(done)))


def _may_complete(decisions: Sequence[Decision], stage: Stage, coder: str, desk: ScreeningDesk) -> bool:
    """Tell whether these decisions can be the last of a task, without folding the log again."""
    new = {one.record for one in decisions}
    own = desk.screening.own(coder, stage)
    return any(
        all(work in new or work in own or desk.screening.has_left(coder, stage, work) for work in works)
        for (_, who), works in desk.screening.readings[stage].tasks.items()
        if who == coder
    )


def _account(
    desk: ScreeningDesk, events: Iterable[Event], stage: Stage, coder: str, unchanged: int, language: Language
) -> Account:
    _, n = translator(language), sum(isinstance(one, Decision) for one in events)
    notes = [Note(counted("1 decision added to the log", "{n} decisions added to the log", n, language).format(n=n))]
    if unchanged:
        text = counted("1 was there already", "{n} were there already", unchanged, language)
        notes.append(Note(text.format(n=unchanged)))
    strangers = stranger_notes(coder, desk, language)
    notes += [Note(one) for one in (*_task_notes(coder, stage, desk, language), *strangers)]
    if strangers and n:
        command = f"benang code undo --review {in_shell(desk.folder.root)} --coder {in_shell(coder)}"
        notes.append(Note(_("To take these decisions back: {command}").format(command=command)))
    marked = inclusion_notes(retracted_among(desk.works, desk.screening.kept))
    notes += [Note(one.in_language(language)) for one in marked]
    return Account(notes=(*notes, stage_table(desk.screening, stage, language)))


def _task_notes(coder: str, stage: Stage, desk: ScreeningDesk, language: Language) -> Iterator[str]:
    """Say how many records still wait for whoever decides: while others read, the numbers of the stage stand still."""
    task, own = desk.screening.task(coder, stage), desk.screening.own(coder, stage)
    if not task:
        return
    left = len({*task} - own.keys() - {*desk.screening.unread})
    none = translator(language)("No record waits for {coder} at this stage.")
    some = counted(
        "{n} record still waits for {coder} at this stage.",
        "{n} records still wait for {coder} at this stage.",
        left,
        language,
    )
    yield (some if left else none).format(n=numeral(left, language, 0), coder=coder)


def stranger_notes(coder: str, desk: ScreeningDesk, language: Language) -> tuple[str, ...]:
    """Say that whoever decides is none of the plan's reviewers, and which of their names was perhaps meant."""
    names = desk.plan.reviewers
    if not names or coder in (*names, CONSENSUS):
        return ()
    text = translator(language)(
        "'{coder}' is not one of the plan's reviewers ({reviewers}); the decisions count all the same."
    )
    meant = closest(coder, names)
    hint = (in_language(nearest(coder, names), language),) if meant else ()
    return (" ".join((text.format(coder=coder, reviewers=", ".join(names)), *hint)),)


def stage_table(screening: Screening, stage: Stage, language: Language) -> Table:
    """Return where a stage stands, as far as everybody may know."""
    _ = translator(language)
    rows = (
        (_("to screen"), len(screening.to_screen(stage))),
        (
            _("move on to the full text") if stage == "title-abstract" else _("included"),
            sum(one.moves_on for one in screening.outcomes[stage].values()),
        ),
        (_("excluded"), len(screening.excluded(stage))),
        (_("not obtainable"), len(screening.with_verdict(stage, "unobtainable"))),
        (_("in conflict"), len(screening.conflicts(stage))),
        (_("unsure, to settle together"), len(screening.to_settle(stage)) - len(screening.conflicts(stage))),
        (_("undecided, or still blinded"), len(screening.undecided(stage))),
        (_("left unread"), len(screening.unread) if stage == STAGES[0] else 0),
    )
    heading = f"{stage_words(stage, language).capitalize()}:"
    return Table(
        heading, tuple((words, numeral(n, language, 0)) for at, (words, n) in enumerate(rows) if n or at == 0), "lr"
    )
