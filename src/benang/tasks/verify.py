"""A whole review folder checked, and its names of records renewed: nothing damaged, lost or outdated stays unnoticed.

Every damaged line is told, with every quote and name that is no longer there; old names of records become keys of
today, and documents tell which paper they are.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from benang.coding.cases import Cases, about_subjects, check_cases, read_cases
from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.coding.coded import cases_of_studies
from benang.coding.placed import differing_values, in_documents, places_of, unknown_names
from benang.errors import BenangError, Problem, at_line
from benang.files import read_bytes, write_together
from benang.judgements.events import Decision
from benang.judgements.log import Judgements, checked_logs, conflict_problems, folded, read_judgements
from benang.locale import Language, translator
from benang.locale.writing import Worded, numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import Document, ReviewFolder, heading, moved_told, open_folder, passed_over, read_documents
from benang.project.rekeying import edited, rekeyed_cases, rekeyed_document, rekeyed_studies, rekeyed_table
from benang.records.added_keywords import KEY_COLUMNS
from benang.records.paper import Paper
from benang.review.filing import Renamed
from benang.review.load import filed_cases, filed_documents, filed_studies, read_sources, screening_of, untold
from benang.review.plan_reading import check_vocabulary, read_plan
from benang.screening.searches import read_searches
from benang.screening.studies import read_studies
from benang.synthesis.claims import read_claims
from benang.tasks.account import Account, Note, in_shell
from benang.tasks.screening.desk import remarks_on

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
    if searches := review.searches:
        _kept(lambda: read_searches(searches), problems)
    if reports := review.studies:
        _kept(lambda: read_studies(reports), problems)
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
    yield from (Note(one.in_language(language)) for one in _screening_remarks(review, judgements))
    yield from (Note(remark) for remark in passed_over(review))


def _screening_remarks(review: ReviewFolder, judgements: Judgements) -> tuple[Worded, ...]:
    """Say what decisions have and the plan or the exports lack; a build says why these can't be read."""
    if not judgements.of(Decision):
        return ()
    try:
        plan = read_plan(review)
        return remarks_on(screening_of(plan, read_sources(plan, review), judgements))
    except BenangError:
        return ()


def torn_notes(judgements: Judgements, language: Language) -> Iterator[str]:
    """Name the ends of logs that broke off when an append was killed."""
    _ = translator(language)
    text = _("{place}: {n} lines were skipped, because writing broke off there ({text}). Enter what is missing again.")
    line = _("{place}: one line was skipped, because writing broke off there ({text}). Enter what is missing again.")
    for torn in judgements.torn:
        form = text if torn.lines > 1 else line
        yield form.format(place=torn.place, n=numeral(torn.lines, language, 0), text=torn.text)


@dataclass(frozen=True)
class KeysRequest:
    """A review whose files are to name records by their keys of today; nothing is written unless `write` says so."""

    folder: Path
    write: bool = False
    language: Language = "en"


@dataclass(frozen=True)
class Rekeying:
    """Names that become keys, documents that will say which paper they are, and the files as they will be.

    `shown` is what each key is known by: author, year, title. `papers` is the paper that each document will name.
    """

    renamed: tuple[Renamed, ...] = ()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[Path, bytes] = field(default_factory=dict)
    account: Account = field(default_factory=Account)


def keys(request: KeysRequest, *, progress: Progress = silent) -> Rekeying:
    """Name the records of a review's files by their keys of today, or show what that would change.

    All files are written or none. Raises what `rekeying` does.
    """
    progress("Reading the review", 0.0)
    changes = rekeying(request.folder)
    if request.write:
        progress("Writing", 0.9)
        write_together(changes.files)
    return replace(changes, account=Account(notes=tuple(_account(changes, request))))


def _account(changes: Rekeying, request: KeysRequest) -> Iterator[Note]:
    _ = translator(request.language)
    text = _("{where}: '{name}' → {key}, recognised by {reason}.")
    for one in changes.renamed:
        reason = one.why.in_language(request.language)
        yield Note(text.format(where=one.where, name=one.name, key=changes.shown[one.key], reason=reason))
    for path, paper in changes.papers.items():
        yield Note(_("{document}: will say that it is {paper}.").format(document=path, paper=paper))
    n = len(changes.files)
    if not n:
        yield Note(_("All records are named by their keys, and every document says which paper it is."))
        return
    files = _("{n} files").format(n=numeral(n, request.language, 0)) if n > 1 else _("1 file")
    if request.write:
        yield Note(_("Written: {files}.").format(files=files))
    else:
        text = _("Nothing has been written yet. Check this; `benang keys {folder} --write` then writes {files}.")
        yield Note(text.format(folder=in_shell(request.folder), files=files))


def rekeying(folder: Path | str) -> Rekeying:
    """Find out which names of records in a review's files are no keys of today, and which documents tell no paper.

    Raises
    ------
    BenangError
        Where the review can't be read, a name may mean several records, or a document is another paper than its record.
    """
    review = open_folder(Path(folder))
    sources = read_sources(read_plan(review), review)
    filing = sources.filing
    if review.cases:
        filed_cases(read_cases(review.cases), review.cases, filing)
    filed_studies(review, sources)
    before = read_documents(review)
    documents = filed_documents(before, filing)
    filing.check()
    renamed = tuple(filing.renamed)
    papers = {path: filing.paper(documents[path].record) for path in untold(documents, filing)}
    papers = {path: paper for path, paper in papers.items() if paper.is_told}
    return Rekeying(
        renamed=renamed,
        papers=papers,
        shown={one.key: filing.shown(one.key) for one in renamed},
        files={**_tables(review, renamed), **_documents(review, before, documents, papers, renamed)},
    )


def _tables(review: ReviewFolder, renamed: Sequence[Renamed]) -> dict[Path, bytes]:
    """Rewrite keys in cases, studies, keywords and decisions."""
    edits: tuple[tuple[Path | None, Callable[..., str]], ...] = (
        (review.cases, rekeyed_cases),
        (review.studies, rekeyed_studies),
        (review.keywords, partial(rekeyed_table, columns=KEY_COLUMNS)),
        (review.duplicates, partial(rekeyed_table, columns=("record", "other"), remark="#")),
    )
    files = {}
    for path, edit in edits:
        keys = {one.name: one.key for one in renamed if path and one.where.startswith(f"{path.name}, ")}
        if path and keys:
            edit_file = partial(edit, keys=keys, where=path.name)
            files[path] = edited(read_bytes(path), edit_file, where=path.name)
    return files


def _documents(
    review: ReviewFolder,
    before: Mapping[str, Document],
    documents: Mapping[str, Document],
    papers: Mapping[str, Paper],
    renamed: Sequence[Renamed],
) -> dict[Path, bytes]:
    """Rewrite the headings of documents."""
    judgements = read_judgements(review)
    paths = {review.name(path): path for path in review.documents}
    names = sorted({*papers, *(one.where for one in renamed if one.where in documents)})
    return {
        paths[name]: _rewritten(
            paths[name], before[name], documents[name].record, papers.get(name, Paper()), judgements
        )
        for name in names
    }


def _rewritten(path: Path, old: Document, key: str, paper: Paper, judgements: Judgements) -> bytes:
    """Write a document with another heading; one in which a quotation would lose its place is refused."""
    here = places_of(judgements, {old.path: old})
    text = rekeyed_document(old, key, paper, is_coded=bool(here))
    new = replace(old, text=text, moved=moved_told(heading(text)))
    grown = len(text) - len(old.text)
    if places_of(judgements, {new.path: new}) != {name: start + grown for name, start in here.items()}:
        problem = "quotations could no longer be located in it"
        raise BenangError(
            Problem(problem, where=old.path, way_on="Change its heading by hand, then check the quotations.")
        )
    return edited(read_bytes(path), lambda _: text, where=old.path)
