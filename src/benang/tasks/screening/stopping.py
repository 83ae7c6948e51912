"""Whether a screening may stop, by the test that the plan fixed beforehand: a statement with a bound."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benang.judgements.events import CONSENSUS, Stage
from benang.locale import Language
from benang.locale.writing import message_in
from benang.progress import Progress, silent
from benang.screening.outcomes import Screening
from benang.screening.stopping import StoppingTest, Target, ranked_test, stopping_words
from benang.tasks.account import Account, Note
from benang.tasks.screening.desk import ScreeningDesk, open_screening


@dataclass(frozen=True, kw_only=True)
class StopRequest:
    """The review and the stage, title and abstract by default, whose screening might stop."""

    folder: Path
    stage: Stage | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Stopping:
    """What the test says of the decisions that may be shown."""

    test: StoppingTest
    account: Account


def stopping(request: StopRequest, *, progress: Progress = silent) -> Stopping:
    """Test whether the screening of a stage may stop, by the decisions that may be shown.

    Raises
    ------
    BenangError
        Where the review can't be read, or the plan does without the stage.
    """
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    test = stopping_test(desk.screening, desk.stage(request.stage))
    notes = tuple(Note(message_in(line, request.language)) for line in stopping_words(test))
    return Stopping(test, Account(notes=notes))


def stopping_lines(desk: ScreeningDesk, stage: Stage, coder: str, language: Language) -> tuple[str, ...]:
    """Say to a reviewer whether they may stop, by their own decisions and those that may be shown."""
    words = stopping_words(stopping_test(desk.screening, stage, coder))
    return tuple(message_in(line, language) for line in words)


def stopping_test(screening: Screening, stage: Stage, coder: str | None = None) -> StoppingTest:
    """Test the records of a stage in the sequence in which they were decided on first.

    Relevant is what moves on. Records in conflict count as relevant until they are settled, which is the careful way.
    With a coder, what this coder decided counts, too.
    """
    own = screening.own(coder, stage) if coder and coder != CONSENSUS else {}
    sequence: list[tuple[str, str, bool]] = []
    for work, outcome in screening.outcomes[stage].items():
        decisions = outcome.decisions or ((own[work],) if work in own else ())
        if decisions:
            when = min(one.time.isoformat() if one.time else "" for one in decisions)
            is_relevant = outcome.verdict != "exclude" if outcome.decisions else decisions[0].verdict != "exclude"
            sequence.append((when, work, is_relevant))
    plan = screening.protocol.screening.stopping
    labels = [is_relevant for _, _, is_relevant in sorted(sequence)]
    return ranked_test(labels, len(screening.to_screen(stage)), Target(plan.recall, plan.confidence))
