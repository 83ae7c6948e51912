"""A number of a review opened: what it counts, and the passages behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from benang.coding.coded import are_told_as_group
from benang.errors import BenangError, Problem
from benang.evidence import Number, Passage, shown_as
from benang.locale import Language
from benang.progress import Progress, silent
from benang.project.documents import Document
from benang.synthesis.facts import nearest_number
from benang.synthesis.findings import Findings
from benang.synthesis.number_ids import present_number
from benang.synthesis.wording import Wording, number_title
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

    explanation: Explanation
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
    explanation = explanation_of(findings, request.number, language)
    return Explained(explanation, Account(notes=tuple(Note(line) for line in explanation.lines())))


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage with the document that it stands in, which may be an abstract or a note on a secondary account."""

    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that a number counts: its id, its name, and its passages.

    `is_group` where the passages tell of it only together with others.
    """

    id: str
    name: str
    passages: tuple[Quoted, ...]
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number with all that it counts; `str()` of it is what a terminal shows."""

    number: Number
    title: str
    members: tuple[Counted, ...]
    wording: Wording

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Write the explanation as lines of text."""
        _ = self.wording.gettext
        lines = [self.number.id, f"{self.title}: {self.wording.amount(self.number)}"]
        for member in self.members:
            lines += ["", f"{member.name} ({member.id})" if member.name != member.id else member.id]
            for _shown, held in groupby(member.passages, key=lambda one: shown_as(one.passage)):
                lines += _quoted(tuple(held), self.wording)
        if not self.members:
            lines += ["", _("There is none.")]
        return lines


def explanation_of(findings: Findings, number: str, language: Language = "en") -> Explanation:
    """Open a number: list what it counts, with the passages behind each and the documents they stand in.

    A number of a code is known by an earlier id of the code as well.

    Raises
    ------
    BenangError
        For an id that no number has, with the nearest one.
    """
    numbers = findings.evidence.numbers
    number = number if number in numbers else present_number(number, findings.codebook)
    if number not in numbers:
        raise BenangError(Problem(f"there is no number '{number}'", way_on=nearest_number(number, numbers)))
    wording = Wording(findings, language)
    opened = numbers[number]
    passages = [findings.evidence.passages[one] for one in opened.passages]
    return Explanation(
        opened,
        number_title(number, wording),
        tuple(_member(one, opened.unit, passages, wording) for one in opened.of),
        wording,
    )


def _member(one: str, unit: str, passages: Iterable[Passage], wording: Wording) -> Counted:
    own = sorted(
        (passage for passage in passages if _belongs(passage, one, unit, wording.findings)),
        key=lambda passage: (*shown_as(passage), passage.id),
    )
    quoted = tuple(Quoted(passage, wording.findings.documents[passage.document]) for passage in own)
    is_group = unit == "cases" and are_told_as_group(own)
    return Counted(one, _name(one, unit, wording), quoted, is_group)


def _belongs(passage: Passage, one: str, unit: str, findings: Findings) -> bool:
    """Tell whether a passage is one of a member's: of a case, of the study it stands in, or of a code."""
    if unit in {"studies", "records"}:
        return findings.documents[passage.document].record == one
    return one == (passage.case if unit == "cases" else passage.code)


def _name(one: str, unit: str, wording: Wording) -> str:
    if unit in {"studies", "records"} or (
        unit not in {"cases", "codes", "rows"} and one in wording.findings.corpus.keys
    ):
        record = wording.findings.corpus.record(one)
        return f"{wording.labels.study(one)}, {record.title}" if record.title else wording.labels.study(one)
    if unit == "rows":
        return wording.labels.row(one)
    return wording.labels.case(one) if unit == "cases" else wording.labels.code(one)


def _quoted(held: Sequence[Quoted], wording: Wording) -> list[str]:
    """Write a quote once, with all codes that it carries: told of five cases together, it was coded five times."""
    _ = wording.gettext
    passage = held[0].passage
    codes = dict.fromkeys(wording.labels.coded_as(one.passage) for one in held)
    remarks = [f"{passage.document}, {passage.start}–{passage.end}", "; ".join(codes)]
    if held[0].document.is_secondary:
        remarks.append(_("note on a secondary account"))
    elif held[0].document.is_abstract:
        remarks.append(_("from the abstract"))
    if passage.scope == "group":
        remarks.append(_("told of several cases together"))
    return [f"  “{' '.join(passage.quote.split())}”", f"    {' · '.join(remarks)}"]
