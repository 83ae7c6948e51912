"""A review opened for screening: its records, its log, and what comes of the decisions so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from unicodedata import normalize

from benang.errors import BenangError, Problem, argument, nearest
from benang.judgements.events import CONSENSUS, STAGES, Event, Stage
from benang.judgements.log import Judgements, read_judgements
from benang.judgements.store import FolderStore, file_name
from benang.locale.writing import Worded, joined, worded
from benang.project.folder import ReviewFolder, open_folder
from benang.records.corpus import Corpus
from benang.review.load import ReadSources, read_sources, screening_of
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
from benang.safe_files import folded_name
from benang.screening.outcomes import Screening
from benang.screening.protocol import Protocol


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


def open_screening(path: Path | str) -> ScreeningDesk:
    """Open a review for screening: its plan, its records, its log.

    Raises
    ------
    BenangError
        Where one of them can't be read; all problems of a file together.
    """
    folder = open_folder(Path(path))
    plan = read_plan(folder)
    sources = read_sources(plan, folder)
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
