"""What the log notes beside decisions: a pilot or batch given out to reviewers, and how a report was sought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from benang.errors import BenangError, Problem, argument, nearest
from benang.judgements.acts import restated
from benang.judgements.events import Attempt, Completion, Event, Round, Stage
from benang.locale import Language, translator
from benang.locale.writing import alternatives, counted, message_in, numeral, worded
from benang.progress import Progress, silent
from benang.screening.decision_sheets import verdict_word
from benang.screening.protocol import random_order
from benang.screening.stopping import review_test, stopping_words
from benang.tasks.account import Account, Note, in_shell
from benang.tasks.screening.desk import ScreeningDesk, open_screening


@dataclass(frozen=True, kw_only=True)
class RoundRequest:
    """A round: its name, how many of the records that are in no round yet, and who reads each.

    Without `readers`, those whom the plan assigns; a pilot is mostly read by all.
    """

    folder: Path
    name: str
    records: int
    readers: tuple[str, ...] = ()
    stage: Stage | None = None
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True, kw_only=True)
class AttemptRequest:
    """A report that was sought: on which day, in which way, with which result."""

    folder: Path
    record: str
    day: date
    way: str
    note: str = ""
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True, kw_only=True)
class FinishRequest:
    """A reviewer who ends their task by title and abstract, though records are left."""

    folder: Path
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Noted:
    """What was appended to the log."""

    events: tuple[Event, ...]
    account: Account


def assign_round(request: RoundRequest, *, progress: Progress = silent) -> Noted:
    """Assign a round of records, drawn in the random order of the plan's seed.

    They are drawn from those that are in no round and undecided as far as everybody may know. A colleague may have
    decided on some of them under the blind: to leave those out would tell which. Such a decision counts in the round.

    Raises
    ------
    BenangError
        For a name that a round has already, reviewers whom the plan lacks, and where too few records are left.
    """
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    stage, coder = desk.stage(request.stage), desk.coder(request.coder)
    readers = _readers(request.readers, desk)

    def given_out(now: ScreeningDesk) -> tuple[Event, ...]:
        chosen = _chosen(now, stage, request)
        return (restated(Round(id="-", coder=coder, name=request.name, stage=stage, records=chosen, readers=readers)),)

    _, events = desk.append(given_out, time=request.time)
    _t, n = translator(request.language), request.records
    text = counted("Round '{name}': 1 record", "Round '{name}': {n} records", n, request.language)
    who = (
        _t("read by {names}").format(names=", ".join(readers))
        if readers
        else _t("read by the reviewers that the plan assigns")
    )
    return Noted(
        events, Account(notes=(Note(f"{text.format(name=request.name, n=numeral(n, request.language, 0))}, {who}"),))
    )


def finish(request: FinishRequest, *, progress: Progress = silent) -> Noted:
    """End a reviewer's task by title and abstract: the records left are not screened, the decisions may be shown.

    What the stopping test says is printed, whatever it says: that it allows the end is for the reviewers to judge. Once
    all who read a record have ended their tasks without deciding on it, PRISMA counts it as removed by automation.

    Raises
    ------
    BenangError
        Where the reviewer has decided on no record yet, or none is left.
    """
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    coder, stage = desk.coder(request.coder), desk.stage("title-abstract")

    def ended(now: ScreeningDesk) -> tuple[Event, ...]:
        own, task = now.screening.own(coder, stage), now.screening.task(coder, stage)
        left = tuple(work for work in task if work not in own)
        if not left or not own:
            fault = worded("{coder} has no record left to screen", coder=coder)
            fault = fault if own else worded("{coder} has not decided on any record", coder=coder)
            raise BenangError(Problem(fault, where=argument("coder")))
        keys, unread = (now.sources.records_of(works) for works in (own, left))
        return (restated(Completion(id="-", coder=coder, stage=stage, records=keys, unread=unread)),)

    test = review_test(desk.screening, coder)
    after, events = desk.append(ended, time=request.time)
    n = sum(after.screening.has_left(coder, stage, work) for work in after.screening.task(coder, stage))
    text = counted("1 record is left unread", "{n} records are left unread", n, request.language)
    words = tuple(message_in(line, request.language) for line in stopping_words(test)) if test else ()
    _t = translator(request.language)
    again = _t("Whoever decides on one of them takes it up again; `benang screen FOLDER` shows them.")
    return Noted(events, Account(notes=(Note(text.format(n=numeral(n, request.language, 0)), words), Note(again))))


def _readers(names: tuple[str, ...], desk: ScreeningDesk) -> tuple[str, ...]:
    active = desk.protocol.active
    if names == ("all",):
        return active
    lacking = [name for name in names if name not in active]
    if lacking:
        fault = worded(
            "'{name}' is not one of the plan's reviewers ({reviewers})", name=lacking[0], reviewers=", ".join(active)
        )
        way_on = nearest(lacking[0], active) or worded("Add the name to 'reviewers' in review.toml.")
        raise BenangError(Problem(fault, where=argument("readers"), way_on=way_on))
    return names


def _chosen(desk: ScreeningDesk, stage: Stage, request: RoundRequest) -> tuple[str, ...]:
    screening = desk.screening
    rounds = screening.rounds(stage)
    if any(one.name == request.name for one in rounds.values()):
        fault = worded("there is a round '{name}' already", name=request.name)
        raise BenangError(Problem(fault, where=argument("name"), way_on=worded("Choose another name.")))
    free = [work for work, one in screening.outcomes[stage].items() if work not in rounds and not one.decisions]
    if len(free) < request.records:
        fault = worded(
            "{n} record is in no round and undecided, fewer than {asked}",
            "{n} records are in no round and undecided, fewer than {asked}",
            n=len(free),
            asked=request.records,
        )
        raise BenangError(Problem(fault, where=argument("records"), way_on=worded("Ask for fewer.")))
    return tuple(random_order(free, desk.protocol.screening.seed)[: request.records])


def note_attempt(request: AttemptRequest, *, progress: Progress = silent) -> Noted:
    """Note in the log how a report was sought.

    Raises
    ------
    BenangError
        For a record that the review lacks, with the nearest, and one that is not sought.
    """
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    coder = desk.coder(request.coder)
    keys = desk.sources.filing.called(request.record)
    if len(keys) != 1:
        fault = worded("no record is called '{name}'", name=request.record)
        way_on = nearest(request.record, desk.works.keys)
        if keys:
            meant = alternatives(map(desk.sources.filing.shown, keys))
            fault, way_on = (
                worded("'{name}' can mean {keys}", name=request.record, keys=meant),
                worded("Write its key."),
            )
        raise BenangError(Problem(fault, where=argument("record"), way_on=way_on))
    if keys[0] not in desk.screening.to_screen("full-text"):
        fault = worded("'{record}' is not included at title and abstract (yet)", record=keys[0])
        raise BenangError(
            Problem(fault, where=argument("record"), way_on=worded("Only reports that are sought have attempts."))
        )
    attempt = Attempt(id="-", coder=coder, record=keys[0], day=request.day, way=request.way, note=request.note)
    n_before = len(desk.screening.attempts.get(keys[0], ()))
    after, events = desk.append(lambda _: (restated(attempt),), time=request.time)
    n = len(after.screening.attempts.get(keys[0], ()))
    _ = translator(request.language)
    text = _("Attempt {n} to get {record}").format(n=n, record=after.sources.filing.shown(keys[0]))
    again = (
        _("It was in the log already.")
        if n == n_before
        else _("If it can't be had, decide that it is {verdict}: {command}").format(
            verdict=f"'{verdict_word('unobtainable', request.language)}'",
            command=f"benang screen {in_shell(request.folder)} --stage full-text --coder {in_shell(coder)}",
        )
    )
    return Noted(events, Account(notes=(Note(text), Note(again))))
