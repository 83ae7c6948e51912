"""A review opened for screening; and what its log notes beside decisions: rounds given out, reports sought, the end."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize

from benang.errors import BenangError, Problem, argument, nearest
from benang.judgements.acts import restated
from benang.judgements.events import CONSENSUS, STAGES, Attempt, Completion, Event, Round, Stage
from benang.judgements.log import Judgements, read_judgements
from benang.judgements.store import FolderStore, file_name
from benang.locale import Language, translator
from benang.locale.writing import Worded, alternatives, counted, joined, message_in, numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import ReviewFolder, open_folder
from benang.records.corpus import Corpus
from benang.review.load import ReadSources, read_sources, screening_of
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
from benang.safe_files import folded_name
from benang.screening.decision_sheets import verdict_word
from benang.screening.outcomes import Screening
from benang.screening.protocol import Protocol, random_order
from benang.screening.stopping import review_test, stopping_words
from benang.tasks.account import Account, Note, in_shell

_APPENDING = threading.RLock()
"""One thread at a time looks what the log says and appends: two tabs of a browser are two threads."""


@dataclass(frozen=True)
class ScreeningDesk:
    """A review opened for screening. Its exports are read once; the log is read again after each append."""

    folder: ReviewFolder
    plan: Plan
    sources: ReadSources
    judgements: Judgements
    screening: Screening

    @property
    def works(self) -> Corpus:
        """The works of the review, all of them."""
        return self.sources.works

    @property
    def protocol(self) -> Protocol:
        """The criteria, rules and reviewers of the plan."""
        return self.screening.protocol

    def renewed(self) -> ScreeningDesk:
        """Return the desk with the log as it is now."""
        judgements = read_judgements(self.folder)
        if judgements is self.judgements:  # nobody has appended anything since
            return self
        since = (self.screening, self.judgements)
        screening = screening_of(self.plan, self.sources, judgements, since=since)
        return replace(self, judgements=judgements, screening=screening)

    def append(
        self, make: Callable[[ScreeningDesk], Sequence[Event]], *, time: datetime | None = None
    ) -> tuple[ScreeningDesk, tuple[Event, ...]]:
        """Append what is to be said in view of the log as it is now; return the desk afterwards, and the events.

        Whoever does not see that a colleague has just decided would fork the log.
        """
        with _APPENDING:
            now = self.renewed()
            events = make(now)
            if not events:
                return now, ()
            written = FolderStore(self.folder.root).append(events, time=time or datetime.now(UTC))
        return now.renewed(), written

    def coder(self, name: str | None) -> str:
        """Return who decides: the name as the plan spells it, or the only reviewer.

        Raises
        ------
        BenangError
            Where none is named and the plan has none, or several; for a name that no log can have.
        """
        reviewers = self.plan.reviewers
        if name:
            file_name(name)
            composed = normalize("NFC", name)
            known = (*reviewers, CONSENSUS)
            alike = (one for one in known if folded_name(one) == folded_name(composed))
            return composed if composed in known else next(alike, composed)
        if len(reviewers) == 1:
            return reviewers[0]
        names = ", ".join(reviewers) or worded("none")
        fault = worded("name the coder (reviewers in the plan: {names})", names=names)
        way_on = worded("Add {option} NAME.", option=argument("coder"))
        raise BenangError(Problem(fault, where=argument("coder"), way_on=way_on))

    def task(self, coder: str, stage: Stage) -> tuple[str, ...]:
        """Return the works that somebody reads at a stage: whom the plan does not name reads all of them."""
        is_named = coder in self.protocol.active
        return self.screening.task(coder, stage) if is_named else self.screening.to_screen(stage)

    def stage(self, name: Stage | None) -> Stage:
        """Return the stage that is meant: the first of the plan where none is named.

        Raises
        ------
        BenangError
            For a stage that the plan does without.
        """
        stages = self.protocol.screening.stages
        if name is None or name in stages:
            return name or stages[0]
        fault = worded("the plan screens by {stages} alone, not by '{stage}'", stages=", ".join(stages), stage=name)
        way_on = worded("Name that stage, or change 'stages' under [screening] in review.toml.")
        raise BenangError(Problem(fault, where=argument("stage"), way_on=way_on))


def open_screening(path: Path | str, sources: ReadSources | None = None) -> ScreeningDesk:
    """Open a review for screening: its plan, its records, its log; `sources` where they have been read already.

    Raises
    ------
    BenangError
        Where one of them can't be read; all problems of a file together.
    """
    folder = open_folder(Path(path))
    plan = read_plan(folder)
    sources = sources or read_sources(plan, folder)
    judgements = read_judgements(folder)
    return ScreeningDesk(folder, plan, sources, judgements, screening_of(plan, sources, judgements))


def remarks_on(screening: Screening) -> tuple[Worded, ...]:
    """Say what the log has and the plan or the exports lack, and what one coder has said in two ways.

    It says nothing of what is decided under a blind.
    """
    parts = (_without_records, _unnamed, _misspelt, _off_plan, _twice_decided)
    return tuple(one for part in parts for one in part(screening))


def _without_records(screening: Screening) -> Iterator[Worded]:
    if keys := screening.without_works:
        yield worded(
            "the log has decisions on records that the exports don't have (any more): {keys}; they count again once "
            "the records are back in sources/",
            keys=_few(keys),
        )


def _unnamed(screening: Screening) -> Iterator[Worded]:
    """Name the exports whose decisions nobody has taken."""
    for file, n in screening.unnamed.items():
        yield worded(
            "{file} has a decision that does not count, because the export does not say whose it is; "
            "`benang screen FOLDER --decide FOLDER/{file} --coder NAME` takes it for a reviewer",
            "{file} has {n:,} decisions that do not count, because the export does not say whose they are; "
            "`benang screen FOLDER --decide FOLDER/{file} --coder NAME` takes them for a reviewer",
            file=file,
            n=n,
        )


def strangers_in(screening: Screening) -> tuple[Worded, ...]:
    """Name those who have decided and are not reviewers of the plan: somebody helped out, or mistyped a name."""
    known, names = screening.protocol.reviewers, ", ".join(screening.protocol.reviewers)
    strangers = _coders(screening) - {*known, *screening.protocol.screening.left, CONSENSUS}
    return tuple(
        worded(
            "'{coder}' has decided and is not one of the plan's reviewers ({names}); the decisions count all the same",
            coder=coder,
            names=names,
        )
        for coder in (sorted(strangers) if known else ())
    )


def _coders(screening: Screening) -> frozenset[str]:
    return frozenset(coder for stage in STAGES for coder in screening.coders(stage))


def _misspelt(screening: Screening) -> Iterator[Worded]:
    known, plan, coders = screening.protocol.reviewers, screening.protocol.screening, _coders(screening)
    meant = {name: "left" for name in plan.left if name not in coders}
    meant |= {name: "shares" for stage in plan.stages for name in plan.of(stage).shares}
    for name, place in meant.items() if known else ():
        if name not in known:
            fault = worded(
                "'{name}' in '{place}' of [screening] is not one of the plan's reviewers", name=name, place=place
            )
            yield joined((fault, nearest(name, known)), ". ")


def _off_plan(screening: Screening) -> Iterator[Worded]:
    """Name stages and reasons that decisions have and the plan doesn't (any more)."""
    stages = screening.protocol.screening.stages
    for stage in STAGES:
        if stage not in stages and screening.coders(stage):
            yield worded(
                "there are decisions at the stage '{stage}', which the plan does not use ('stages' under [screening] "
                "in review.toml); they don't count",
                stage=stage,
            )
    of_plan = {one.id for one in screening.protocol.criteria}
    shown_reasons = {one for of in screening.outcomes.values() for outcome in of.values() for one in outcome.reasons}
    if gone := sorted(shown_reasons - of_plan):
        yield worded(
            "records are excluded for reasons that the plan's criteria don't have (any more): {reasons}; they are "
            "counted by these ids",
            reasons=_few(gone),
        )


def _twice_decided(screening: Screening) -> Iterator[Worded]:
    works: dict[str, list[str]] = {}
    for stage in screening.outcomes:
        for work in screening.conflicts(stage):
            verdicts = {(one.coder, one.verdict) for one in screening.outcome(stage, work).decisions}
            for coder, n in Counter(coder for coder, _ in verdicts).items():
                if n > 1:
                    works.setdefault(coder, []).append(work)
    for coder in sorted(works):
        yield worded(
            "'{coder}' has decided on {works} in more than one way, as happens in two copies of a review; "
            "`benang screen` shows them these records again",
            coder=coder,
            works=_few(list(dict.fromkeys(works[coder]))),
        )


def _few(names: Sequence[str], most: int = 10) -> Worded:
    rest = len(names) - most
    shown_names = [*names[:most], *([worded("{n:,} more", n=rest)] if rest > 0 else [])]
    return joined(shown_names)


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
        own, task = now.screening.own(coder, stage), now.task(coder, stage)
        left = tuple(work for work in task if work not in own)
        if not left or not own:
            fault = worded("{coder} has no record left to screen", coder=coder)
            fault = fault if own else worded("{coder} has not decided on any record", coder=coder)
            raise BenangError(Problem(fault, where=argument("coder")))
        keys, unread = (now.sources.records_of(works) for works in (own, left))
        return (restated(Completion(id="-", coder=coder, stage=stage, records=keys, unread=unread)),)

    test = review_test(desk.screening, coder)
    after, events = desk.append(ended, time=request.time)
    n = sum(after.screening.has_left(coder, stage, work) for work in after.works.keys)
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
