"""Where a review stands: what its folder holds, what was coded, what waits, and whether the report is of today.

Nothing is built. What can't be read is a problem among the others, and the rest is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from benang.coding.cases import Cases, about_subjects, check_cases, read_cases
from benang.coding.codebook import Codebook
from benang.coding.codebook_file import read_codebook
from benang.coding.coded import Coded, cases_of_studies
from benang.coding.placed import differing_values, in_documents, unknown_names
from benang.errors import BenangError, Problem
from benang.files import read_bytes, sha256
from benang.judgements.events import STAGES, Stage
from benang.judgements.log import checked_logs, folded
from benang.locale.writing import Worded
from benang.project.folder import Document, ReviewFolder, heading, open_folder, read_documents
from benang.project.papers import NO_TEXT
from benang.records.file_accounts import Marked, retracted_among
from benang.review.desk import Desk
from benang.review.load import ReadSources, filed_cases, filed_documents, filed_studies, read_sources, screening_of
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
from benang.screening.outcomes import Screening
from benang.screening.studies import Studies
from benang.tasks.coding.adding import waiting_suggestions
from benang.tasks.coding.second_looks import second_looks
from benang.tasks.documents import papers_in
from benang.tasks.screening.desk import remarks_on

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Records:
    """Records that the exports hold, those that could be read, the works that they are, and pairs in doubt."""

    found: int = 0
    read: int = 0
    works: int = 0
    in_doubt: int = 0


@dataclass(frozen=True, slots=True)
class Texts:
    """Documents of a review, abstracts aside; `waiting` are papers whose text was not taken out yet.

    `scanned` says of a document which of its pages have no text. `without` counts works that have neither a paper's
    text nor a note on it, of which `abstracts` have an abstract that can be coded.
    """

    documents: int = 0
    waiting: tuple[str, ...] = ()
    scanned: Mapping[str, str] = field(default_factory=dict)
    without: int = 0
    abstracts: int = 0


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of cases × codes: those with a passage, those that were looked for without one, those nobody looked at."""

    coded: int = 0
    not_reported: int = 0
    not_looked_at: int = 0


@dataclass(frozen=True, slots=True)
class CodingState:
    """What was coded: passages by coder, and what waits for a person.

    `second_looks` are codings whose code has other rules now, `suggestions` those of programs that nobody has taken
    over, `unplaced` quotes that stand no longer in their documents. `uncoded` counts documents without a passage.
    """

    by_coder: Mapping[str, int] = field(default_factory=dict)
    second_looks: int = 0
    suggestions: int = 0
    unplaced: int = 0
    uncoded: int = 0
    cells: Cells = Cells()

    @property
    def passages(self) -> int:
        """How many passages are coded."""
        return sum(self.by_coder.values())


@dataclass(frozen=True, slots=True)
class LogState:
    """The log of judgements: conflicts, ends that broke off, and lines that are damaged or were edited."""

    conflicts: int = 0
    torn: int = 0
    damaged: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildState:
    """The last build into `out/`: its report, and the files that have changed since."""

    report: Path
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageState:
    """How far a stage of the screening is, as far as everybody may know.

    `unread` are works beside those `to_screen`: their readers have left them when the screening stopped.
    """

    to_screen: int = 0
    moved_on: int = 0
    excluded: int = 0
    unobtainable: int = 0
    conflicts: int = 0
    undecided: int = 0
    unread: int = 0


@dataclass(frozen=True)
class ReviewState:
    """Where a review stands. `problems` are those that would stop a build, beside what is in `log`.

    `screening` has the stages of a review that screens its records; nothing where nobody has begun and the plan has no
    criteria. `marked` are the works that are included so far, and retracted, corrected or in doubt.
    `remarks` say what decisions have and the plan or the exports lack.
    """

    desk: Desk
    records: Records = Records()
    texts: Texts = Texts()
    coding: CodingState = CodingState()
    log: LogState = LogState()
    build: BuildState | None = None
    problems: tuple[Problem, ...] = ()
    marked: tuple[Marked, ...] = ()
    screening: Mapping[Stage, StageState] = field(default_factory=dict)
    remarks: tuple[Worded, ...] = ()


def review_state(path: Path, *, read: Callable[[], ReadSources] | None = None) -> ReviewState:
    """Say where a review stands; `read` gives its exports where they may have been read before.

    Raises
    ------
    BenangError
        Where the folder is no review, or its plan can't be read. Other faults are among its `problems`.
    """
    folder = open_folder(path)
    plan = read_plan(folder)
    problems: list[Problem] = []
    sources = _read(read or (lambda: read_sources(plan, folder)), None, problems)
    documents = _read(lambda: read_documents(folder), dict[str, Document](), problems)
    documents = filed_documents(documents, sources.filing) if sources else documents
    codebook = _read(lambda: read_codebook(folder.codebook) if folder.codebook else Codebook(), Codebook(), problems)
    cases = _read(lambda: _cases(folder, codebook, documents, sources), Cases(), problems)
    if sources:
        _read(lambda: filed_studies(folder, sources), Studies(), problems)
    log = checked_logs(folder)
    judgements = folded(log)
    if not problems:
        judged = about_subjects(judgements, codebook, cases)
        problems += [*unknown_names(judged, codebook, cases), *differing_values(judged, codebook)]
    desk = Desk(folder, plan, codebook, cases, documents, judgements)
    screening = screening_of(plan, sources, judgements) if sources else None
    return ReviewState(
        desk=desk,
        records=_records(sources),
        texts=_texts(desk, sources),
        coding=_coding(desk),
        log=LogState(len(judgements.conflicts), len(log.torn), log.problems),
        build=build_state(folder),
        problems=tuple(dict.fromkeys((*problems, *(sources.filing.problems if sources else ())))),
        marked=retracted_among(sources.works, screening.kept) if sources and screening else (),
        screening=_screening(screening, plan) if screening else {},
        remarks=remarks_on(screening) if screening else (),
    )


def _records(sources: ReadSources | None) -> Records:
    if sources is None:
        return Records()
    ledger = sources.records.ledger
    return Records(ledger.found, ledger.read, len(sources.works), len(sources.duplicates.doubts))


def _screening(screening: Screening, plan: Plan) -> dict[Stage, StageState]:
    if not (screening.has_begun or plan.criteria):
        return {}
    return {
        stage: StageState(
            to_screen=len(outcomes),
            moved_on=sum(one.moves_on for one in outcomes.values()),
            excluded=len(screening.excluded(stage)),
            unobtainable=len(screening.with_verdict(stage, "unobtainable")),
            conflicts=len(screening.to_settle(stage)),
            undecided=len(screening.undecided(stage)),
            unread=len(screening.unread) if stage == STAGES[0] else 0,
        )
        for stage, outcomes in screening.outcomes.items()
    }


def _read(read: Callable[[], Part], otherwise: Part, problems: list[Problem]) -> Part:
    """Read a part of the review; what is wrong with it goes to the problems."""
    try:
        return read()
    except BenangError as error:
        problems.extend(error.problems)
        return otherwise


def _cases(
    folder: ReviewFolder, codebook: Codebook, documents: Mapping[str, Document], sources: ReadSources | None
) -> Cases:
    if folder.cases is None:
        return cases_of_studies(documents) if codebook.codes else Cases()
    cases = read_cases(folder.cases, codebook)
    if sources:
        cases = filed_cases(cases, folder.cases, sources.filing)
        check_cases(cases, folder.cases, sources.works.keys, codebook)
    return cases


def _texts(desk: Desk, sources: ReadSources | None) -> Texts:
    papers = [one for one in desk.documents.values() if not one.is_abstract]
    recorded = {one.record for one in papers}
    without = [record for record in sources.works.records if record.key not in recorded] if sources else []
    pages = {one.path: heading(one.text).get(NO_TEXT, "") for one in papers}
    return Texts(
        documents=len(papers),
        waiting=tuple(_waiting(desk.folder, desk.documents)),
        scanned={path: reason for path, reason in pages.items() if reason},
        without=len(without),
        abstracts=sum(bool(record.abstract.strip()) for record in without),
    )


def _waiting(folder: ReviewFolder, documents: Mapping[str, Document]) -> Iterator[str]:
    """Name the papers that no document says it was made of, by their names, or by what they hold."""
    texts = [one for document in documents.values() for one in (document, *document.earlier)]
    headings = [heading(one.text) for one in texts]
    names = {Path(lines["paper"]).name for lines in headings if "paper" in lines}
    hashes = {lines["sha256"] for lines in headings if "sha256" in lines}
    for path in papers_in(folder):
        if path.name not in names and sha256(read_bytes(path)) not in hashes:
            yield folder.name(path)


def _coding(desk: Desk) -> CodingState:
    placed = in_documents(desk.judgements, desk.documents, desk.codebook)
    used = {one.document for one in placed.passages.values()}
    return CodingState(
        by_coder=dict(sorted(Counter(one.coder for one in placed.codings).items())),
        second_looks=len(second_looks(desk)),
        suggestions=len(waiting_suggestions(desk)),
        unplaced=len(placed.unplaced),
        uncoded=sum(path not in used and not one.is_abstract for path, one in desk.documents.items()),
        cells=_cells(Coded(desk.codebook, desk.cases, desk.documents, placed)),
    )


def _cells(coded: Coded) -> Cells:
    """Count the cells of cases and codes; a passage that a code was given in fills its cell, a task the others."""
    filled = {(one.case, one.code) for one in coded.placed.codings}
    codes = [code for code in coded.codebook.codes if code.is_usable]
    empty = [(case.id, code.group) for case in coded.cases.cases for code in codes if (case.id, code.id) not in filled]
    looked = sum(bool(coded.has_looked(case, group)) for case, group in empty)
    return Cells(len(coded.cases.cases) * len(codes) - len(empty), looked, len(empty) - looked)


def build_state(folder: ReviewFolder) -> BuildState | None:
    """Return the last build and what has changed since; a build leaves its time with its hidden folder.

    A file that was removed shows by the time of the folder that it lay in.
    """
    out = folder.root / "out"
    reports = [out / name for name in ("report.html", "report.docx", "report.pdf") if (out / name).is_file()]
    if not reports or not (out / "provenance.json").is_file():
        return None
    hidden = out / ".benang"
    built = max(path.stat().st_mtime_ns for path in (*reports, *([hidden] if hidden.is_dir() else [])))
    folders = [path for name in ("sources", "documents") if (path := folder.root / name).is_dir()]
    changed = [path for path in (*folder.files, *folders) if path.stat().st_mtime_ns > built]
    return BuildState(reports[0], tuple(folder.name(path) for path in changed))
