"""A number of a review opened: what it counts, and the passages behind it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benang.locale import Language
from benang.progress import Progress, silent
from benang.synthesis import explain as numbers
from benang.tasks.account import Account, Note
from benang.tasks.build.building import read_findings


@dataclass(frozen=True)
class ExplainRequest:
    """A number of a review, by its name in `evidence.json` and in the report; in the plan's language where None."""

    folder: Path
    number: str
    language: Language | None = None


@dataclass(frozen=True)
class Explained:
    """A number with what it counts, and the same in lines of text."""

    explanation: numbers.Explanation
    account: Account


def explain(request: ExplainRequest, *, progress: Progress = silent) -> Explained:
    """Open a number of a review.

    Raises
    ------
    BenangError
        For a review that can't be read, and a number that it does not have: the nearest one is named.
    """
    progress("Reading the review", 0.0)
    findings, language = read_findings(request.folder, language=request.language)
    explanation = numbers.explain(findings, request.number, language)
    return Explained(explanation, Account(notes=tuple(Note(line) for line in explanation.lines())))
