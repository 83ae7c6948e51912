"""Decisions that other programs exported, taken into the log: of Rayyan, Covidence, EPPI-Reviewer and ASReview.

An export has records of its own, which are matched to the works of the review by their ids, and then as duplicates are.
What doesn't match is listed, and stops nothing; an exclusion by full text for a reason that the plan lacks stops all,
since no figure could count it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benang.errors import BenangError, Misuse, Problem, argument
from benang.judgements.acts import restated
from benang.judgements.events import CONSENSUS, Decision, Event, Stage
from benang.locale import Language, translator
from benang.locale.writing import Worded, alternatives, counted, numeral, worded
from benang.progress import Progress, silent
from benang.readers.registry import read
from benang.records.corpus import Corpus, corpus_of, stacked, with_free_keys
from benang.records.duplicates import find_duplicates
from benang.records.file_accounts import placeless
from benang.records.paper import paper_of
from benang.records.record import Record
from benang.review.filing import Filing
from benang.review.load import ReadSources
from benang.screening.decision_sheets import is_decision_sheet
from benang.screening.tool_decisions import ToolDecision, coder_of, decision_of, decisions_of_export
from benang.tasks.account import Account, Note
from benang.tasks.screening.deciding import DecideRequest, Decisions, completions, decide, stage_table
from benang.tasks.screening.desk import ScreeningDesk, open_screening

ExportedDecision = tuple[Record, ToolDecision]
"""A record of an export, and what is decided on it."""
_WORDS_OF_AN_ID = 5


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record of an export whose decision was not taken, and why."""

    record: Record
    why: Worded

    def __str__(self) -> str:
        if not str(paper := paper_of(self.record)):
            return worded("'{key}' (no title): {why}", key=self.record.key, why=self.why)
        return worded("'{key}' ({paper}): {why}", key=self.record.key, paper=paper, why=self.why)


@dataclass(frozen=True)
class Export:
    """The decisions of an export on the works of a review, and the records that are left out; `form` is its format."""

    decisions: tuple[Decision, ...]
    left_out: tuple[LeftOut, ...]
    form: str


def take_decisions(request: DecideRequest, *, progress: Progress = silent) -> Decisions:
    """Take decisions from a file, a table of a person's or the export of a screening program, into the log.

    Raises
    ------
    BenangError
        As `decide` and `read_export`; then nothing is written.
    """
    if is_decision_sheet(request.file):
        return decide(request, progress=progress)
    progress("Reading the review", 0.0)
    desk = open_screening(request.folder)
    progress("Reading", 0.4)
    export = read_export(request.file, desk, stage=desk.stage(request.stage), coder=request.coder)
    progress("Writing", 0.8)
    entries = Entries()
    events: list[Event] = []
    for stage in desk.protocol.screening.stages:
        of_stage = [one for one in export.decisions if one.stage == stage]
        desk, written = desk.append(partial(entries.events, of_stage, stage), time=request.time)
        events += written
    account = _account(desk, events, export, entries, request.language)
    return Decisions(desk, tuple(events), entries.unchanged, account)


def read_export(path: Path, desk: ScreeningDesk, *, stage: Stage, coder: str | None) -> Export:
    """Read the decisions in the export of a screening program.

    Parameters
    ----------
    stage
        At which the records were decided on, where the program doesn't tell.
    coder
        Who decided, where the export names nobody or one person alone.

    Raises
    ------
    BenangError
        For a file that can't be read or has no decisions; where none of its records is one of the review's; where a
        record is excluded by full text for a reason that the plan lacks, with the lines to add to it; where nobody can
        be said to have decided.
    """
    records = placeless(read(path), [path.parent])
    form = records.ledger.files[0].format
    exported = decisions_of_export(records.records)
    if not exported:
        raise _no_decisions(path.name, form, len(records))
    coders = _coders(exported, desk, coder)
    _check_reasons(exported, desk, stage, path.name)
    matches = matched_works(records, desk.sources)
    if not matches.works:
        raise _no_match(path.name, len({record.key for record, _ in exported}), records)
    decisions = [
        (record, _on_work(decision_of(one, record, desk.protocol, coder=of, stage=stage), matches.works[record.key]))
        for (record, one), of in zip(exported, coders, strict=True)
        if record.key in matches.works
    ]
    unmatched = {
        record.key: LeftOut(record, matches.others[record.key])
        for record, _ in exported
        if record.key in matches.others
    }
    kept, contradicting = _once(decisions)
    return Export(kept, (*unmatched.values(), *contradicting), form)


def _on_work(decision: Decision, work: str) -> Decision:
    """Return a decision on the work that the export's record is, under an id that comes from it."""
    blank = decision.model_copy(update={"record": work, "origin": ""})
    return restated(blank).model_copy(update={"origin": decision.origin})


def _coders(exported: Sequence[ExportedDecision], desk: ScreeningDesk, coder: str | None) -> list[str]:
    """Return who decided each time."""
    named = sorted({one.reviewer for _, one in exported} - {"", CONSENSUS})
    if coder and len(named) > 1:
        names = ", ".join(named)
        raise Misuse(
            worded(
                "The export names its reviewers ({names}): leave out {option}.", names=names, option=argument("coder")
            )
        )
    if coder:
        return [desk.coder(coder)] * len(exported)
    return [coder_of(one, desk.protocol) or desk.coder(None) for _, one in exported]


@dataclass(frozen=True)
class Matches:
    """Which work of the review each record of an export is, by the export's keys; and why others are none."""

    works: Mapping[str, str]
    others: Mapping[str, Worded]


def matched_works(export: Corpus, sources: ReadSources) -> Matches:
    """Match the records of an export to the works of a review.

    The key counts first where title or DOI don't contradict it, as in what Benang exported; then whatever makes two
    records duplicates, ids before titles; then a title that only one work has.
    """
    works, others = dict[str, str](), dict[str, Worded]()
    filing = sources.filing
    alike = _alike(export, sources.works)
    for record in export.records:
        paper = paper_of(record)
        named = filing.names.find(record.key)
        if named.by == "key" and named.key and (not (paper.title or paper.doi) or filing.fits(named.key, paper)):
            works[record.key] = named.key
            continue
        keys = alike.get(record.key) or [key for key in filing.called(record.title) if filing.fits(key, paper)]
        best = _best(keys, record, filing)
        if len(best) == 1:
            works[record.key] = best[0]
        elif best:
            others[record.key] = worded("it can be {works}", works=alternatives(map(filing.shown, best)))
        else:
            others[record.key] = worded("the review has no such record")
    return Matches(works, others)


def _alike(export: Corpus, works: Corpus) -> dict[str, list[str]]:
    """Return the works in whose groups of duplicates the records of an export are, by the export's keys."""
    renamed, _ = with_free_keys(export, works.keys)
    groups = find_duplicates(stacked([corpus_of(works.records), corpus_of(renamed.records)])).groups
    n, keys = len(works), works.keys
    alike: dict[str, list[str]] = {}
    for group in groups:
        of_review = [keys[one] for one in group.members if one < n]
        alike |= {export.keys[one - n]: of_review for one in group.members if one >= n}
    return alike


def _best(keys: Iterable[str], record: Record, filing: Filing) -> list[str]:
    """Return those of several works that fit a record best."""
    several = list(dict.fromkeys(keys))
    if len(several) < 2:
        return several
    fits = {key: filing.fits(key, paper_of(record)) for key in several}
    return [key for key, fit in fits.items() if fit == max(fits.values())]


def _once(decisions: Sequence[tuple[Record, Decision]]) -> tuple[tuple[Decision, ...], list[LeftOut]]:
    """Keep one decision of a coder on a work and stage; of those that differ, in one record or several, none."""
    by_subject: dict[tuple[str, str, str], list[tuple[Record, Decision]]] = defaultdict(list)
    for record, one in decisions:
        by_subject[one.coder, one.stage, one.record].append((record, one))
    kept, contradicting = [], []
    for pairs in by_subject.values():
        if len({(one.verdict, one.reason) for _, one in pairs}) == 1:
            kept.append(pairs[0][1])
        else:
            records, coder = {record.key: record for record, _ in pairs}, pairs[0][1].coder
            why = worded("the export has different decisions of {coder} on it", coder=coder)
            if len(records) > 1:
                keys = ", ".join(f"'{key}'" for key in records)
                why = worded("{keys} are one work of the review, and {coder} decided differently on them",
                             keys=keys, coder=coder)  # fmt: skip
            contradicting += [LeftOut(record, why) for record in records.values()]
    return tuple(kept), contradicting


def _check_reasons(exported: Sequence[ExportedDecision], desk: ScreeningDesk, stage: Stage, name: str) -> None:
    """Refuse exclusions by full text for reasons that the plan lacks, and say how to add them."""
    lacking: dict[str, int] = {}
    unreasoned = []
    for record, one in exported:
        if (one.stage or stage) != "full-text" or one.verdict != "exclude":
            continue
        if not one.reasons:
            unreasoned.append(record)
        elif not decision_of(one, record, desk.protocol, coder="-", stage=stage).reason:
            lacking[one.reasons[0]] = lacking.get(one.reasons[0], 0) + 1
    problems = []
    if lacking:
        listed = "; ".join(f"{reason} ({n})" for reason, n in sorted(lacking.items()))
        fault = worded(
            "reasons for exclusion by full text that are not among the plan's criteria: {reasons}", reasons=listed
        )
        lines = criteria_lines(lacking, {one.id for one in desk.protocol.criteria})
        way_on = worded("Nothing was taken. Add to review.toml what follows, and try again:\n\n{lines}", lines=lines)
        problems.append(Problem(fault, where=name, way_on=way_on))
    if unreasoned:
        keys = ", ".join(f"'{one.key}'" for one in unreasoned[:5])
        fault = worded(
            "1 record excluded by full text without a reason ({keys})",
            "{n:,} records excluded by full text without a reason ({keys})",
            n=len(unreasoned),
            keys=keys,
        )
        way_on = worded("Give a reason there and export again, or decide on them in a table with --decide.")
        problems.append(Problem(fault, where=name, way_on=way_on))
    if problems:
        raise BenangError(*problems)


def criteria_lines(reasons: Iterable[str], taken: Iterable[str] = ()) -> str:
    r"""Return the lines of a plan by which reasons become criteria to exclude by full text.

    Examples
    --------
    >>> print(criteria_lines(["Wrong outcome"]))
    [[criteria]]
    id = "wrong-outcome"
    stage = "full-text"
    kind = "exclude"
    text = "Wrong outcome"
    """
    ids = set(taken)
    blocks = []
    for reason in sorted(reasons):
        plain = unicodedata.normalize("NFKD", reason).encode("ascii", "ignore").decode().lower()
        words = re.findall(r"[a-z0-9]+", plain)[:_WORDS_OF_AN_ID]
        name = first = "-".join(words) or "reason"
        n = 1
        while name in ids:
            n += 1
            name = f"{first}-{n}"
        ids.add(name)
        text = json.dumps(reason, ensure_ascii=False)
        blocks.append(f'[[criteria]]\nid = "{name}"\nstage = "full-text"\nkind = "exclude"\ntext = {text}')
    return "\n\n".join(blocks)


@dataclass
class Entries:
    """What becomes of decisions in view of the log.

    `unchanged` counts those that the log has, or had: what was changed or taken back since stays so. `left_out` are
    those on works that are not screened at their stage.
    """

    unchanged: int = 0
    left_out: list[tuple[str, Worded]] = field(default_factory=list)

    def events(self, decisions: Sequence[Decision], stage: Stage, desk: ScreeningDesk) -> tuple[Event, ...]:
        """Return the events by which decisions of one stage are taken into the log as it is."""
        judgements, screening = desk.judgements, desk.screening
        known = {one.id for one in (*judgements.current, *judgements.disputed, *judgements.superseded)}
        by_coder = {coder: screening.all_own(coder, stage) for coder in {one.coder for one in decisions}}
        new: dict[str, list[Decision]] = defaultdict(list)
        for one in decisions:
            if not screening.may_decide(stage, one.record):
                self.left_out.append((one.record, _not_there(one.record, desk)))
                continue
            own = by_coder[one.coder].get(one.record, ())
            if one.id in known or {(o.verdict, o.reason, o.note) for o in own} == {(one.verdict, one.reason, one.note)}:
                self.unchanged += 1
                continue
            shown = screening.outcome(stage, one.record).decisions if one.coder == CONSENSUS else ()
            more = {
                "supersedes": tuple(o.id for o in own if o.id in judgements.places),
                "resolves": tuple(o.id for o in shown if o.coder != CONSENSUS),
                "joined": desk.sources.joined_to(one.record),
            }
            new[one.coder].append(one.model_copy(update=more))
        return tuple(
            event
            for coder, of_coder in sorted(new.items())
            for event in (*of_coder, *completions(of_coder, stage, coder, desk))
        )


def _not_there(work: str, desk: ScreeningDesk) -> Worded:
    if rule := desk.screening.set_aside.get(work):
        return worded("it was removed before the screening ({rule})", rule=rule)
    return worded("it is not included at title and abstract (yet)")


def _no_decisions(name: str, form: str, n: int) -> BenangError:
    fault = worded("no decisions on its records ({form}, {n:,} records)", form=form, n=n)
    expected = worded(
        "an export of Rayyan, Covidence, EPPI-Reviewer or ASReview with its decisions, or a table with the columns "
        "record and verdict"
    )
    way_on = worded("In Rayyan, tick the inclusion decisions when you export; Covidence's lists keep their file names.")
    return BenangError(Problem(fault, where=name, expected=expected, way_on=way_on))


def _no_match(name: str, n: int, export: Corpus) -> BenangError:
    if not any(one.title or one.doi or one.identifiers for one in export.records):
        fault = worded("decisions without ids and titles, by which the records could be found")
        return BenangError(Problem(fault, where=name, way_on=worded("Export them with titles, DOIs or database ids.")))
    fault = worded(
        "a decision on 1 record, which the review does not have",
        "decisions on {n:,} records, none of which is in the review",
        n=n,
    )
    return BenangError(
        Problem(fault, where=name, way_on=worded("Add the exports that were screened to sources/ first."))
    )


def _account(
    desk: ScreeningDesk, events: Sequence[Event], export: Export, entries: Entries, language: Language
) -> Account:
    _ = translator(language)
    decisions = [one for one in events if isinstance(one, Decision)]
    coders = ", ".join(sorted({one.coder for one in export.decisions}))
    text = counted(
        "{form}: 1 decision added to the log ({coders})", "{form}: {n} decisions added to the log ({coders})",
        len(decisions), language,
    )  # fmt: skip
    notes = [Note(text.format(form=export.form, n=numeral(len(decisions), language, 0), coders=coders))]
    if entries.unchanged:
        text = counted(
            "1 was there already, or was changed since", "{n} were there already, or were changed since",
            entries.unchanged, language,
        )  # fmt: skip
        notes.append(Note(text.format(n=numeral(entries.unchanged, language, 0))))
    strangers = sorted({one.coder for one in export.decisions} - {*desk.plan.reviewers, CONSENSUS})
    if strangers and desk.plan.reviewers:
        text = _("not among the plan's reviewers ({reviewers}): {names}; their decisions count all the same")
        notes.append(Note(text.format(reviewers=", ".join(desk.plan.reviewers), names=", ".join(strangers))))
        notes.append(Note(_("If they are the same people, write 'reviewers' in review.toml as the export names them.")))
    notes += list(_left_out(desk, export, entries, language))
    tables = tuple(stage_table(desk.screening, stage, language) for stage in desk.screening.outcomes)
    return Account(notes=(*notes, *tables))


def _left_out(desk: ScreeningDesk, export: Export, entries: Entries, language: Language) -> Iterator[Note]:
    lines = [str(one) for one in export.left_out]
    lines += [worded("{work}: {why}", work=desk.sources.filing.shown(key), why=why) for key, why in entries.left_out]
    if lines:
        text = counted("1 record left out:", "{n} records left out:", len(lines), language)
        yield Note(text.format(n=numeral(len(lines), language, 0)), tuple(lines))
