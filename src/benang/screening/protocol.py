"""What a plan says of its screening: criteria, who reads what, which rule decides, and when one may stop."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal
from unicodedata import normalize

from pydantic import AfterValidator, Field, field_validator

from benang.judgements.events import CONSENSUS, STAGES, Stage
from benang.locale import Language, translator
from benang.project.toml_files import Checked, Id, Text
from benang.ranges import RANGES

Rule = Literal["two-includes", "one-include", "checked-exclusions"]
"""How the decisions of several reviewers become one: all must agree, one include suffices, or one reviewer decides and
a second one checks a share of the exclusions."""
Unsure = Literal["moves-on", "waits"]
Order = Literal["random", "listed", "priority"]


def stage_words(stage: Stage, language: Language) -> str:
    """Return what a stage is called within a sentence.

    Examples
    --------
    >>> stage_words("full-text", "en"), stage_words("title-abstract", "id").capitalize()
    ('full text', 'Judul dan abstrak')
    """
    _ = translator(language)
    return _("title and abstract") if stage == "title-abstract" else _("full text")


Reviewer = Annotated[str, AfterValidator(lambda name: normalize("NFC", name))]
"""The name of a reviewer, composed as in the events of a log: macOS and some keyboards write an accent apart."""
Share = Annotated[float, Field(ge=0, le=1)]


class Criterion(Checked):
    """A condition for including or excluding studies; the order of the plan is that of precedence.

    `terms` are words that the terminal and the pages highlight in titles and abstracts.
    """

    id: Id
    stage: Literal["title-abstract", "full-text", "both"] = "both"
    kind: Literal["include", "exclude"] = "exclude"
    text: Text
    terms: tuple[str, ...] = Field((), description="words to highlight in titles and abstracts")

    def is_reason(self, stage: Stage) -> bool:
        """Tell whether a record may be excluded for it at a stage."""
        return self.kind == "exclude" and self.stage in (stage, "both")


class StagePlan(Checked):
    """How the records of one stage are screened."""

    readers: int | None = Field(
        None,
        ge=1,
        le=50,
        description="reviewers who read each record; 2 where left out, or the one there is",
    )
    overlap: Share = Field(1.0, description="the share of records that all readers read; the rest is read by one")
    shares: dict[Reviewer, Annotated[float, Field(gt=0, le=1000)]] = Field(
        default_factory=dict, description="how much each reviewer reads in proportion to the others; 1 where left out"
    )
    rule: Rule = "two-includes"
    checked: Share = Field(0.2, description="of the rule checked-exclusions: the share that a second reader checks")
    unsure: Unsure = Field("moves-on", description="whether an unsure record goes on to the full text")
    blinded: bool = Field(True, description="whether reviewers see the decisions of others only after their task")


class StoppingPlan(Checked):
    """When the screening may stop early, fixed before it begins."""

    recall: float = Field(
        0.95, description="the share of relevant records that must not be missed", **RANGES["recall"].bounds
    )
    confidence: float = Field(0.95, description="how sure that must be", **RANGES["confidence"].bounds)


class ScreeningPlan(Checked):
    """How a review is screened."""

    stages: tuple[Stage, ...] = Field(
        STAGES, min_length=1, description="full-text alone where nothing is screened before"
    )
    order: Order = Field("random", description="in which order records are shown")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="of the random order and of who reads what")
    left: tuple[Reviewer, ...] = Field((), description="reviewers who no longer screen; their decisions count")
    title_abstract: StagePlan = StagePlan()
    full_text: StagePlan = StagePlan()
    stopping: StoppingPlan = StoppingPlan()

    def of(self, stage: Stage) -> StagePlan:
        """Return how a stage is screened."""
        return self.title_abstract if stage == "title-abstract" else self.full_text

    @field_validator("stages")
    @classmethod
    def _in_order(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        return tuple(stage for stage in STAGES if stage in stages)


class Protocol(Checked):
    """All that the outcome of a screening depends on beside the decisions: the plan's parts together."""

    criteria: tuple[Criterion, ...] = ()
    screening: ScreeningPlan = ScreeningPlan()
    reviewers: tuple[Reviewer, ...] = ()

    @cached_property
    def active(self) -> tuple[str, ...]:
        """The reviewers who screen: those of the plan, without those who left and the consensus."""
        gone = {*self.screening.left, CONSENSUS}
        return tuple(one for one in self.reviewers if one not in gone)

    def readers(self, stage: Stage) -> int:
        """Return how many reviewers read each record of a stage."""
        asked = self.screening.of(stage).readers
        if self.screening.of(stage).rule == "checked-exclusions":
            asked = 1
        return min(asked or 2, max(len(self.active), 1))

    def reasons(self, stage: Stage) -> tuple[Criterion, ...]:
        """Return the criteria by which records may be excluded at a stage, by precedence."""
        return tuple(one for one in self.criteria if one.is_reason(stage))

    def by_precedence(self, reasons: set[str]) -> tuple[str, ...]:
        """Sort reasons by the order of the criteria; those that the plan no longer has come last."""
        order = {one.id: at for at, one in enumerate(self.criteria)}
        return tuple(sorted(reasons, key=lambda one: (order.get(one, len(order)), one)))
