"""A review opened for screening: its records, its log, and what comes of the decisions so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benang.errors import BenangError, Problem, argument
from benang.judgements.events import Event, Stage
from benang.judgements.log import Judgements, read_judgements
from benang.judgements.store import FolderStore, file_name
from benang.locale.writing import worded
from benang.project.folder import ReviewFolder, open_folder
from benang.records.corpus import Corpus
from benang.review.load import ReadSources, read_sources, screening_of
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
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
        return replace(self, judgements=judgements, screening=screening_of(self.plan, self.sources, judgements))

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
            return next((one for one in reviewers if one.casefold() == name.casefold()), name)
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
