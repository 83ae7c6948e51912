"""What a plan says of its screening: criteria, who reads which record, which rule decides, and when one may stop.

Who reads what is by chance, the same in every copy of a review. Each reviewer draws a number for each record from the
seed and both names; the lowest read it (rendezvous hashing with weights, Thaler & Ravishankar 1998). New records change
nothing for the old ones, and the records of a reviewer who leaves are spread over the others.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
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
    blinded: bool = Field(
        True, description="whether decisions on a record are shown only once all who read it have finished their tasks"
    )


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


def chance(*parts: object) -> float:
    """Return a number between 0 and 1 that depends on these words alone.

    Examples
    --------
    >>> chance(0, "sari2018") == chance(0, "sari2018"), 0 < chance(0, "putra2020") < 1
    (True, True)
    """
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).digest()
    return (int.from_bytes(digest[:7], "big") + 0.5) / 2**56


def random_order(works: Iterable[str], seed: int) -> list[str]:
    """Return works in the random order of a seed; a new one takes its place among them and moves no other."""
    return sorted(works, key=lambda work: (_turn(seed, work), work))


@lru_cache(maxsize=100_000)
def _turn(seed: int, work: str) -> float:
    """Return where a work is in the random order: asked again and again while somebody screens."""
    return chance(seed, "order", work)


def ranked_reviewers(work: str, stage: Stage, reviewers: Iterable[str], protocol: Protocol) -> list[str]:
    """Return reviewers in the order in which they are asked to read a record.

    The chance of each to be the first is as the shares of the plan.

    Examples
    --------
    >>> protocol = Protocol(reviewers=("ani", "budi"), screening={"title_abstract": {"shares": {"ani": 3}}})
    >>> first = [ranked_reviewers(str(at), "title-abstract", protocol.active, protocol)[0] for at in range(400)]
    >>> 0.68 < first.count("ani") / 400 < 0.82
    True
    """
    shares, seed = protocol.screening.of(stage).shares, protocol.screening.seed

    def wait(reviewer: str) -> float:
        return -math.log(chance(seed, stage, work, reviewer)) / shares.get(reviewer, 1.0)

    return sorted(dict.fromkeys(reviewers), key=lambda one: (wait(one), one))


def n_readers(work: str, stage: Stage, protocol: Protocol) -> int:
    """Return how many reviewers must read a record: all readers of the stage, or one beyond the overlap."""
    plan = protocol.screening.of(stage)
    overlaps = plan.overlap >= 1 or chance(protocol.screening.seed, stage, work, "overlap") < plan.overlap
    return protocol.readers(stage) if overlaps else 1


def is_checked(work: str, stage: Stage, protocol: Protocol) -> bool:
    """Tell whether a second reader checks this record, should the first exclude it (the rule `checked-exclusions`)."""
    plan = protocol.screening.of(stage)
    return plan.rule == "checked-exclusions" and chance(protocol.screening.seed, stage, work, "check") < plan.checked


def readers_of(
    work: str,
    stage: Stage,
    protocol: Protocol,
    *,
    decided: Mapping[str, str],
    left: Collection[str] = (),
    asked: Sequence[str] | None = None,
) -> tuple[str, ...]:
    """Return who reads a record: those who have decided, and further reviewers until there are enough.

    Parameters
    ----------
    decided
        The verdict of each coder who has decided on the record, whether the plan names them or not.
    left
        Those who left it unread when the screening stopped. They keep their place, so that a reviewer who comes later
        brings nothing back; whoever decides takes it. One who is gone blocks no record on which others have decided.
    asked
        The readers that a round names; all of them read it, and others take the places of those who left.
    """
    active, n = protocol.active, n_readers(work, stage, protocol)
    keeping = [one for one in left if one in active or not decided]
    waits_for_check = "exclude" in decided.values() and is_checked(work, stage, protocol)
    if waits_for_check:
        n = min(2, max(len(active), 1))
    if asked:
        chosen = list(dict.fromkeys([*(one for one in asked if one in active), *sorted(decided)]))
        n = n if waits_for_check else min(n, len(asked))
        return _filled(chosen, n, ranked_reviewers(work, stage, active, protocol), keeping)
    if n >= len(active) and active and {*decided, *keeping} <= {*active}:  # as in most reviews: all read all
        return active
    order = ranked_reviewers(work, stage, active, protocol)
    # Whoever has left or came from elsewhere has taken somebody's place; an active reviewer keeps their own.
    strangers = [one for one in sorted(decided) if one not in order]
    own = [one for one in order if one in decided]
    chosen = [*strangers, *own][: max(n, len(strangers) + len(own))]
    return _filled(chosen, n, order, keeping)


def _filled(chosen: Sequence[str], n: int, order: Sequence[str], first: Sequence[str]) -> tuple[str, ...]:
    """Ask further reviewers until there are enough; the order of the names doesn't tell who has decided."""
    asked = [one for one in dict.fromkeys([*first, *order]) if one not in chosen][: max(0, n - len(chosen))]
    readers = {*chosen, *asked}
    return (*(one for one in (*chosen, *asked) if one not in order), *(one for one in order if one in readers))
