"""What pages show of a screening: a record as a card, records in lists, and how far a reviewer is.

A page knows nothing of its own: who waits for what is asked of `sitting.py`, what is decided goes through
`deciding.py`, and of others only what `Screening.outcomes` has is shown. What a server remembers of a reviewer between
two requests (`Seat`) can be lost at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import Literal, get_args

from benang.coding.codebook_edits import free_id, id_from
from benang.errors import BenangError, Misuse, Problem, nearest
from benang.files import read_bytes, sha256, write_bytes
from benang.judgements.events import CONSENSUS, Attempt, Decision, Stage, Verdict
from benang.locale import Language, translator
from benang.locale.writing import Worded, worded
from benang.project.folder import PLAN
from benang.project.papers import file_name
from benang.project.rekeying import edited
from benang.project.toml_edits import AddTable, Edit, RemoveTable, Value, edited_toml
from benang.records.record import Record
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan
from benang.safe_files import check_within
from benang.screening.comparisons import agreement_of
from benang.screening.decision_sheets import verdict_word
from benang.screening.outcomes import Outcome
from benang.screening.priority import Retraining
from benang.screening.protocol import Criterion
from benang.screening.stopping import review_test, stopping_words
from benang.tasks.account import Table
from benang.tasks.codebook import changing
from benang.tasks.coding.document_shown import document_id
from benang.tasks.opened import Opened
from benang.tasks.screening.deciding import agreement_table, marks_of
from benang.tasks.screening.desk import ScreeningDesk
from benang.tasks.screening.sitting import Marked, Sitting, marked, retraining_for, source_line, terms_of
from benang.tasks.undoing import FileAct, remember

Show = Literal[
    "waiting", "all",
    "my-include", "my-exclude", "my-unsure", "my-unobtainable",
    "include", "exclude", "unsure", "unobtainable", "conflict", "undecided",
]  # fmt: skip
"""What a list shows: what waits for whoever looks, all, what they have decided, or what came of it."""
SHOWS: tuple[Show, ...] = get_args(Show)
PER_PAGE = 50
_WORDS = 5
"""Of the text of a criterion, so many make its id."""


@dataclass
class Seat:
    """What a server remembers of a reviewer of a review: what learns the order, and the records put off."""

    retraining: Retraining | None = None
    fault: BenangError | None = None
    later: dict[Stage, tuple[str, ...]] = field(default_factory=dict)

    def close(self) -> None:
        """End the thread that learns."""
        if self.retraining:
            self.retraining.close()

    def put_off(self, stage: Stage, work: str) -> None:
        """Let a record come after all that nobody has put off."""
        self.later[stage] = (*(one for one in self.later.get(stage, ()) if one != work), work)


def seat_of(opened: Opened, coder: str, desk: ScreeningDesk) -> Seat:
    """Return the seat of a reviewer; without scikit-learn it has no order by priority, and says why."""

    def taken() -> Seat:
        try:
            return Seat(retraining_for(coder, desk))
        except BenangError as error:
            return Seat(fault=error)

    return opened.held(f"seat of {coder}", taken, of=desk.plan)


def sitting_of(opened: Opened, coder: str, stage: Stage | None, language: Language) -> Sitting:
    """Return where a reviewer is in a review that is open in the pages.

    Raises
    ------
    BenangError
        For a stage that the plan does without.
    """
    desk = opened.screening()
    who, at = desk.coder(coder), desk.stage(stage)
    seat = seat_of(opened, who, desk)
    return Sitting(desk, at, who, seat.retraining, later=seat.later.get(at, ()), language=language)


def first_of(sitting: Sitting) -> str | None:
    """Return the record to show first: the one whose decision was just taken back, else the next of the queue."""
    back = brought_back(sitting)
    return back[0] if back and back[0] in sitting.queue and back[0] not in sitting.later else sitting.work


def brought_back(sitting: Sitting) -> tuple[str, datetime] | None:
    """Return the record whose decision a reviewer has taken back, if nothing was said since; and when that was."""
    by_id = sitting.desk.judgements.by_id
    own = (one for one in by_id.values() if one.coder == sitting.coder and one.time)
    last = max(own, key=lambda one: (one.time, one.id), default=None)
    undone = by_id.get(last.undoes) if last else None
    if last is None or last.time is None or not isinstance(undone, Decision) or undone.stage != sitting.stage:
        return None
    return (undone.record, last.time) if sitting.desk.works.has(undone.record) else None


# ---------------------------------------------------------------------------------------------------------- a record


@dataclass(frozen=True, slots=True)
class Said:
    """A decision as it is shown: who, what, for which reason, with which note, and when (local time)."""

    coder: str
    verdict: Verdict
    reason: str = ""
    note: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A record as a page shows it; `mark` says what was decided on it when it was shown (`marks_of`).

    `own` are the decisions of whoever looks, `others` what a consensus has to settle. `documents` are the names in
    addresses of its texts (`document_id`), `links` are addresses elsewhere.
    """

    work: str
    title: tuple[Marked, ...]
    source: str
    text: tuple[Marked, ...]
    keywords: tuple[Marked, ...]
    status: str
    mark: str
    outcome: Outcome
    own: tuple[Said, ...] = ()
    others: tuple[Said, ...] = ()
    documents: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    has_paper: bool = False
    attempts: tuple[Attempt, ...] = ()
    is_open: bool = True

    @property
    def anchor(self) -> str:
        """A name for it within the page."""
        return anchor(self.work)

    @property
    def is_decided(self) -> bool:
        """Whether whoever looks has decided on it."""
        return bool(self.own)


def card_of(sitting: Sitting, work: str) -> Card:
    """Return a record as a page shows it.

    Raises
    ------
    BenangError
        Where the review has no such record.
    """
    desk, stage, language = sitting.desk, sitting.stage, sitting.language
    check_record(work, desk)
    record, terms = desk.works.record(work), terms_of(stage, desk.protocol)
    outcome = desk.screening.outcome(stage, work)
    others = outcome.decisions if sitting.coder == CONSENSUS else ()
    own = desk.screening.all_own(sitting.coder, stage).get(work, ())
    _ = translator(language)
    return Card(
        work=work,
        title=tuple(marked(record.title or _("(no title)"), terms)),
        source=source_line(record),
        text=tuple(marked(record.abstract, terms)) if record.abstract else (),
        keywords=tuple(marked("; ".join(record.author_keywords), terms)) if record.author_keywords else (),
        status=record.status,
        mark=marks_of([work], stage, sitting.coder, desk.screening)[work],
        outcome=outcome,
        own=tuple(said(own, desk, language)),
        others=tuple(said((one for one in others if one.coder != CONSENSUS), desk, language)),
        documents=_documents(desk, work) if stage == "full-text" else (),
        links=tuple(_links(record)),
        has_paper=stage == "full-text" and _paper(desk.folder.root, work) is not None,
        attempts=desk.screening.attempts.get(work, ()) if stage == "full-text" else (),
        is_open=desk.screening.may_decide(stage, work),
    )


def check_record(work: str, desk: ScreeningDesk) -> None:
    """Refuse a record that the review does not have, with the nearest.

    Raises
    ------
    BenangError
        Where the review has no such record.
    """
    if not desk.works.has(work):
        fault = worded("no record is called '{name}'", name=work)
        raise BenangError(Problem(fault, way_on=nearest(work, desk.works.keys)))


def words_of_buttons(language: Language) -> dict[Verdict, str]:
    """Return what the buttons of the verdicts are called."""
    return {verdict: verdict_word(verdict, language).capitalize() for verdict in get_args(Verdict)}


def anchor(work: str) -> str:
    """Name a record within a page: a key may have any letters."""
    return f"r-{sha256(work)[:10]}"


def said(decisions: Iterable[Decision], desk: ScreeningDesk, language: Language) -> Iterator[Said]:
    """Give decisions as they are shown, with the text of the criterion in the place of its id."""
    texts = {one.id: one.text.text(language) for one in desk.protocol.criteria}
    for one in decisions:
        time = one.time.astimezone().strftime("%Y-%m-%d %H:%M") if one.time else ""
        yield Said(one.coder, one.verdict, texts.get(one.reason, one.reason), one.note, time)


def _documents(desk: ScreeningDesk, work: str) -> tuple[str, ...]:
    name = file_name(work).casefold()
    return tuple(document_id(desk.folder.name(path)) for path in desk.folder.documents if path.stem.casefold() == name)


def _links(record: Record) -> Iterator[str]:
    """Give the addresses of a report; an address of another kind, which a browser would run, is none."""
    if record.doi:
        yield f"https://doi.org/{record.doi}"
    if record.url.casefold().startswith(("https://", "http://")):
        yield record.url


# ----------------------------------------------------------------------------------------------------- how far one is


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far whoever looks is with their own records of a stage."""

    task: int
    done: int
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    left: int = 0

    @property
    def share(self) -> float:
        """The share that is done, 0 to 1."""
        return self.done / self.task if self.task else 1.0


def how_far(sitting: Sitting) -> HowFar:
    """Count what whoever looks has decided of what they read at a stage, and what is left."""
    screening, left = sitting.desk.screening, len(sitting.queue)
    own = screening.own(sitting.coder, sitting.stage)
    verdicts = Counter(one.verdict for one in own.values())
    return HowFar(left + len(own), len(own), dict(verdicts), left)


@dataclass(frozen=True, slots=True)
class StageState:
    """Where a stage is, as far as everybody may know; `reasons` are texts of criteria with how many they excluded."""

    stage: Stage
    counts: Mapping[Show, int]
    reasons: tuple[tuple[str, str, int], ...] = ()


def stage_states(desk: ScreeningDesk, language: Language) -> tuple[StageState, ...]:
    """Return where each stage of the plan is."""
    texts = {one.id: one.text.text(language) for one in desk.protocol.criteria}
    states: list[StageState] = []
    for stage, outcomes in desk.screening.outcomes.items():
        counts: Counter[Show] = Counter(one.verdict for one in outcomes.values())
        counts["all"] = len(outcomes)
        why = Counter(one.reason for one in outcomes.values() if one.verdict == "exclude")
        order = desk.protocol.by_precedence({*why} - {""})
        reasons = [(name, texts.get(name, name), why[name]) for name in order]
        states.append(StageState(stage, counts, (*reasons, *([("", "", why[""])] if why[""] else ()))))
    return tuple(states)


def may_stop(desk: ScreeningDesk, coder: str = "") -> tuple[Worded, ...]:
    """Say whether the screening may stop: the test of a reviewer's own task, or of what everybody may know."""
    test = review_test(desk.screening, "" if coder == CONSENSUS else coder)
    return stopping_words(test) if test else ()


def agreement(desk: ScreeningDesk, language: Language) -> Table | None:
    """Return how far pairs of reviewers agree; None while no pair has done its tasks."""
    pairs = agreement_of(desk.screening)
    return agreement_table(pairs, language) if pairs else None


# ------------------------------------------------------------------------------------------------------------- lists


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list, with what whoever looks has decided, and what came of it."""

    work: str
    title: tuple[Marked, ...]
    source: str
    mark: str
    outcome: Outcome
    own: tuple[Said, ...]
    text: tuple[Marked, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """A name for it within the page."""
        return anchor(self.work)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: its rows, its number from 1, how many pages and records there are."""

    rows: tuple[RecordLine, ...]
    page: int
    pages: int
    total: int


def listed(sitting: Sitting, show: Show, query: str = "", *, page: int = 1) -> Listed:
    """Return a page of the records of a stage that are shown, and have all words of a query."""
    works = found(sitting, show, query)
    pages = max(1, ceil(len(works) / PER_PAGE))
    at = min(max(page, 1), pages)
    return Listed(tuple(rows_of(sitting, works[(at - 1) * PER_PAGE : at * PER_PAGE])), at, pages, len(works))


def found(sitting: Sitting, show: Show, query: str = "") -> tuple[str, ...]:
    """Return the records of a stage that are shown, and have all words of a query in their title, abstract, …."""
    screening, stage = sitting.desk.screening, sitting.stage
    works: Iterable[str]
    if show == "waiting":
        works = sitting.queue
    elif show == "all":
        works = screening.to_screen(stage)
    elif show.startswith("my-"):
        own = screening.own(sitting.coder, stage)
        works = [work for work in screening.works if work in own and own[work].verdict == show[3:]]
    else:
        works = [work for work, one in screening.outcomes[stage].items() if one.verdict == show]
    words = query.casefold().split()
    if not words:
        return tuple(works)
    texts = _texts(sitting.desk)
    return tuple(work for work in works if all(word in texts[work] for word in words))


def _texts(desk: ScreeningDesk) -> dict[str, str]:
    """Return what is looked in of each record; it is made once of a corpus."""
    kept: dict[str, str] | None = desk.works.kept.get("texts of records")
    if kept is None:
        kept = {
            one.key: " ".join(
                (one.key, one.title, one.abstract, *one.authors, *one.author_keywords, str(one.year or ""), one.source)
            ).casefold()
            for one in desk.works.records
        }
        desk.works.kept["texts of records"] = kept
    return kept


def rows_of(sitting: Sitting, works: Sequence[str]) -> Iterator[RecordLine]:
    """Give records as rows of a list; one that the review does not have (any more) is left out."""
    desk, stage, language = sitting.desk, sitting.stage, sitting.language
    terms, own = terms_of(stage, desk.protocol), desk.screening.all_own(sitting.coder, stage)
    texts = {one.id: one.text.text(language) for one in desk.protocol.criteria}
    there = [work for work in works if desk.works.has(work)]
    marks = marks_of(there, stage, sitting.coder, desk.screening)
    _ = translator(language)
    for work in there:
        record, outcome = desk.works.record(work), desk.screening.outcome(stage, work)
        yield RecordLine(
            work,
            tuple(marked(record.title or _("(no title)"), terms)),
            source_line(record),
            marks[work],
            outcome,
            tuple(said(own.get(work, ()), desk, language)),
            tuple(marked(record.abstract, terms)) if record.abstract else (),
            tuple(texts.get(one, one) for one in outcome.reasons),
        )


def works_behind(desk: ScreeningDesk, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the works that keys of records belong to, each once."""
    aliases = desk.sources.aliases
    return tuple(dict.fromkeys(aliases.get(one, one) for one in ids))


def conflicts(
    sitting: Sitting, *, page: int = 1, most: int = 20, keep: Sequence[str] = ()
) -> tuple[tuple[Card, ...], int]:
    """Return the records that reviewers settle together, as cards, a page of them; and how many there are.

    Those of `keep` are among them, in their order, though they may have been settled since they were shown.
    """
    works = sitting.desk.screening.to_settle(sitting.stage)
    together = Sitting(sitting.desk, sitting.stage, CONSENSUS, language=sitting.language)
    start = (max(page, 1) - 1) * most
    kept = [work for work in keep if sitting.desk.works.has(work)]
    chosen = dict.fromkeys((*kept, *works[start : start + most]))
    return tuple(card_of(together, work) for work in chosen), len(works)


# ---------------------------------------------------------------------------------------------------------- criteria


@dataclass(frozen=True, kw_only=True)
class CriterionRequest:
    """A criterion to be added to the plan; `terms` are highlighted in titles and abstracts."""

    kind: Literal["include", "exclude"]
    text: str
    stage: Literal["title-abstract", "full-text", "both"] = "both"
    terms: tuple[str, ...] = ()


def add_criterion(opened: Opened, request: CriterionRequest) -> Criterion:
    """Write a criterion into `review.toml`, behind the others; comments and all else stay, and it can be undone.

    Raises
    ------
    Misuse
        For a criterion without words.
    BenangError
        Where the file can't be changed without changing more. Nothing is written then.
    """
    text = " ".join(request.text.split())
    if not text:
        raise Misuse(worded("a criterion needs a text"))
    plan = opened.plan
    taken = {one.id for one in plan.criteria} | {one.id for one in plan.set_aside}
    words = id_from(" ".join(text.split()[:_WORDS])) or "criterion"
    name = free_id(words, taken.__contains__)
    terms = tuple(dict.fromkeys(term for one in request.terms if (term := " ".join(one.split()))))
    table: dict[str, Value] = {"id": name}
    if request.stage != "both":
        table["stage"] = request.stage
    table |= {"kind": request.kind, "text": text} | ({"terms": list(terms)} if terms else {})
    what = worded("the criterion '{text}' was added", text=text)
    new = _change_plan(opened, [AddTable("criteria", table)], what)
    return next(one for one in new.criteria if one.id == name)


def remove_criterion(opened: Opened, name: str) -> Criterion:
    """Take a criterion out of `review.toml`; that can be undone.

    Raises
    ------
    BenangError
        Where the plan has no such criterion, or decisions name it as their reason.
    """
    ids = [one.id for one in opened.plan.criteria]
    if name not in ids:
        raise BenangError(Problem(worded("the plan has no criterion '{id}'", id=name), where=PLAN))
    judgements = opened.screening().judgements
    if any(isinstance(one, Decision) and one.reason == name for one in judgements.current):
        fault = worded("decisions name this criterion as their reason")  # how many, a blind may have to hide
        raise BenangError(Problem(fault, way_on=worded("Change these decisions first.")))
    criterion = opened.plan.criteria[ids.index(name)]
    what = worded("the criterion '{text}' was removed", text=criterion.text.text(opened.plan.language))
    _change_plan(opened, [RemoveTable("criteria", ids.index(name))], what)
    return criterion


def _change_plan(opened: Opened, edits: Sequence[Edit], what: Worded) -> Plan:
    """Change the plan and read it again, so that what can't be read is not left there; remember it for an undo."""
    with changing(opened.root, PLAN) as folder:
        before = read_bytes(folder.plan)
        after = edited(before, lambda text: edited_toml(text, edits, where=PLAN), where=PLAN)
        write_bytes(folder.plan, after)
        try:
            plan = read_plan(folder)
        except BenangError:
            write_bytes(folder.plan, before)
            raise
    remember(opened, FileAct(PLAN, before, after, what=str(what)))
    opened.changed()
    return plan


def paper_of_record(opened: Opened, work: str) -> Path:
    """Return the PDF of a record, as the folder has it.

    Raises
    ------
    BenangError
        Where the folder has none under the name of the record.
    """
    path = _paper(opened.root, work)
    if path is None:
        raise BenangError(Problem(worded("no PDF of this record is in the folder 'papers'")))
    check_within(opened.root, [path])
    return path


def _paper(root: Path, work: str) -> Path | None:
    wanted, folder = file_name(work).casefold(), root / "papers"
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((one for one in paths if one.suffix.casefold() == ".pdf" and one.stem.casefold() == wanted), None)
