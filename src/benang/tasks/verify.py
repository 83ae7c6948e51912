"""A check of a whole review folder: every line that is damaged, every quote and name that is no longer there."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from benang.coding.cases import Cases, about_subjects, check_cases, read_cases
from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.coding.coded import cases_of_studies
from benang.coding.placed import differing_values, in_documents, unknown_names
from benang.errors import BenangError, Problem, at_line
from benang.judgements.log import Judgements, checked_logs, conflict_problems, folded
from benang.locale import Language, translator
from benang.locale.writing import numeral, worded
from benang.progress import Progress, silent
from benang.project.documents import Document, read_documents
from benang.project.folder import ReviewFolder, open_folder, passed_over
from benang.review.plan_reading import check_vocabulary, read_plan
from benang.synthesis.claims import read_claims
from benang.tasks.account import Account, Note

Read = TypeVar("Read")


@dataclass(frozen=True)
class VerifyRequest:
    """A review's folder to be gone through."""

    folder: Path
    language: Language = "en"


@dataclass(frozen=True)
class Verified:
    """What is wrong with the folder, which is whole where there is nothing; `account` says so, and what is no fault."""

    problems: tuple[Problem, ...]
    account: Account

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.problems


def verify(request: VerifyRequest, *, progress: Progress = silent) -> Verified:
    """Go through a review's folder, reading on after each fault: logs, TOML files, documents, and what names what.

    Nothing is changed. Ends that a killed program left, and judgements that contradict each other, are no damage: the
    account has them.

    Raises
    ------
    BenangError
        Where the folder is no review's, or a link in it leads out.
    """
    review = open_folder(request.folder)
    problems: list[Problem] = []
    progress("Reading the codebook", 0.0)
    codebook, cases = _vocabulary(review, problems)
    progress("Reading the documents", 0.2)
    documents = _kept(lambda: read_documents(review), problems) or _readable(review)
    progress("Reading the judgements", 0.4)
    log = checked_logs(review)
    problems += log.problems
    judgements = folded(log)
    progress("Locating the quotations", 0.7)
    problems += _lost_quotes(judgements, documents, codebook or Codebook())
    present = cases or cases_of_studies(documents)
    judgements = about_subjects(judgements, codebook or Codebook(), present)
    conflicts = [*conflict_problems(judgements), *differing_values(judgements, codebook or Codebook())]
    if codebook is not None and (cases is not None or review.cases is None):
        problems += unknown_names(judgements, codebook, present)
    unique = tuple(dict.fromkeys(problems))
    whole = _whole(review, judgements, documents, unique, request.language)
    notes = (*whole, *_no_faults(review, judgements, conflicts, request.language))
    return Verified(unique, Account(notes=notes))


def _kept(read: Callable[[], Read], problems: list[Problem]) -> Read | None:
    """Read something, or keep what is wrong with it and go on."""
    try:
        return read()
    except BenangError as error:
        problems.extend(error.problems)
        return None


def _vocabulary(review: ReviewFolder, problems: list[Problem]) -> tuple[Codebook | None, Cases | None]:
    """Read the TOML files, each by itself."""
    path, listed, claims = review.codebook, review.cases, review.claims
    plan = _kept(lambda: read_plan(review), problems)
    codebook = _kept(lambda: read_codebook(path), problems) if path else Codebook()
    cases = _kept(lambda: read_cases(listed, codebook), problems) if listed else None
    if claims:
        _kept(lambda: read_claims(claims), problems)
    if listed and cases and codebook:
        studies = {study for case in cases.cases for study in case.studies}  # the exports are not read here
        _kept(lambda: check_cases(cases, listed, studies, codebook), problems)
    if plan and codebook:
        _kept(lambda: check_vocabulary(plan, review.plan, codebook), problems)
    return codebook, cases


def _readable(review: ReviewFolder) -> dict[str, Document]:
    """Read those of the documents that can be read."""
    documents: dict[str, Document] = {}
    for path in review.documents:
        with contextlib.suppress(BenangError):
            documents |= read_documents(replace(review, documents=(path,)))
    return documents


def _lost_quotes(judgements: Judgements, documents: Mapping[str, Document], codebook: Codebook) -> Iterator[Problem]:
    for one in in_documents(judgements, documents, codebook).unplaced:
        quote = " ".join(one.quote.split())
        shown = quote if len(quote) <= 60 else f"{quote[:60]}…"
        yield Problem(
            worded("{reason}: “{quote}” ({document})", reason=one.reason, quote=shown, document=one.document),
            where=at_line(one.file, one.line),
            way_on=worded("Restore the document, or withdraw '{judgement}'.", judgement=one.judgement),
        )


def _whole(
    review: ReviewFolder,
    judgements: Judgements,
    documents: Mapping[str, Document],
    problems: Sequence[Problem],
    language: Language,
) -> Iterator[Note]:
    _ = translator(language)
    if problems:
        return
    events = (*judgements.current, *judgements.disputed, *judgements.superseded)
    text = _("{folder} is in order (judgements: {judgements}; coders: {coders}; documents: {documents}).")
    judged, read = (numeral(len(one), language, 0) for one in (events, documents))
    coders = ", ".join(sorted({event.coder for event in events})) or "–"
    yield Note(text.format(folder=review.root, judgements=judged, coders=coders, documents=read))


def _no_faults(
    review: ReviewFolder, judgements: Judgements, conflicts: Sequence[Problem], language: Language
) -> Iterator[Note]:
    """Say what is no damage, and yet should be known."""
    yield from (Note(text) for text in torn_notes(judgements, language))
    yield from (Note(str(one)) for one in conflicts)
    yield from (Note(remark) for remark in passed_over(review))


def torn_notes(judgements: Judgements, language: Language) -> Iterator[str]:
    """Name the ends of logs that broke off when an append was killed."""
    _ = translator(language)
    text = _("{place}: {n} lines were skipped, because writing broke off there ({text}). Enter what is missing again.")
    line = _("{place}: one line was skipped, because writing broke off there ({text}). Enter what is missing again.")
    for torn in judgements.torn:
        form = text if torn.lines > 1 else line
        yield form.format(place=torn.place, n=numeral(torn.lines, language, 0), text=torn.text)
