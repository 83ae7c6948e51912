"""Records screened one by one, one key a decision: what the screen shows, and what each key does.

The terminal only shows a `Screen` and passes keys on; all that is decided is decided here. Each decision is in the log
before the next record is shown, so that it is safe to stop at any key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from textwrap import shorten

from benang.errors import BenangError, Problem
from benang.judgements.acts import history_of, undo_of
from benang.judgements.events import CONSENSUS, Event, Stage, Verdict
from benang.locale import Language, translator
from benang.locale.writing import message_in, numeral, worded
from benang.project.papers import file_name
from benang.records.record import Record
from benang.screening.decision_sheets import Wish, verdict_word
from benang.screening.priority import Ranker, Retraining, check_installed, text_of
from benang.screening.protocol import Criterion, Protocol, random_order, stage_words
from benang.screening.stopping import review_test, stopping_words
from benang.tasks.screening.deciding import decided_on, stranger_notes
from benang.tasks.screening.desk import ScreeningDesk, open_screening

INCLUDE, EXCLUDE, UNSURE, UNOBTAINABLE = "i", "e", "?", "o"
LATER, UNDO, NOTE, STOPPING, QUIT, ABORT = " ", "u", "n", "s", "q", "\x1b"
"""Keys: the four verdicts; later, take the last decision back, note, may we stop, end, and no reason after all."""
_VERDICTS: Mapping[str, Verdict] = {
    INCLUDE: "include",
    EXCLUDE: "exclude",
    UNSURE: "unsure",
    UNOBTAINABLE: "unobtainable",
}
_REASON_KEYS = "123456789abcdefghijklmnoprstvwxyz"
NO_REASON = "0"
_ANSWER = 60
"""Letters of a title in what is said of the last decision."""

Marked = tuple[str, str]
"""A piece of text, and the kind of the criterion whose term it is, or nothing."""


@dataclass(frozen=True)
class Sitting:
    """Where a reviewer is: the record shown, those put off, what was decided since the start.

    `appended` are the ids of what each decision has put into the log, so that the last can be taken back; `note` goes
    with the next one.
    """

    desk: ScreeningDesk
    stage: Stage
    coder: str
    retraining: Retraining | None = None
    later: tuple[str, ...] = ()
    appended: tuple[tuple[str, ...], ...] = ()
    asks_reason: bool = False
    note: str = ""
    message: tuple[str, ...] = ()
    language: Language = "en"

    @cached_property
    def queue(self) -> tuple[str, ...]:
        """The records that wait for this reviewer, the next one first; those put off come last."""
        records = waiting(self.coder, self.stage, self.desk, self.retraining)
        put_off = [work for work in self.later if work in records]
        return (*(work for work in records if work not in put_off), *put_off)

    @property
    def work(self) -> str | None:
        """The key of the record that is shown; None where none is left."""
        return self.queue[0] if self.queue else None

    @property
    def reasons(self) -> Mapping[str, Criterion]:
        """The key of each criterion to exclude by."""
        return dict(zip(_REASON_KEYS, self.desk.protocol.reasons(self.stage), strict=False))


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown of a record: how far the task is, its lines, the text with terms marked, and the keys."""

    heading: str
    title: tuple[Marked, ...]
    source: str
    text: tuple[Marked, ...]
    beside: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    message: tuple[str, ...]


def begin(folder: Path, *, stage: Stage | None = None, coder: str | None = None, language: Language = "en") -> Sitting:
    """Begin to screen the records that wait for a reviewer, or, for the consensus, those in conflict.

    Raises
    ------
    BenangError
        Where it is not clear who decides, the review has no records, or the plan's order needs scikit-learn.
    """
    desk = open_screening(folder)
    who, at = desk.coder(coder), desk.stage(stage)
    if not len(desk.works):
        way_on = worded("Put exports of databases into the folder 'sources'.")
        raise BenangError(Problem(worded("the review has no records"), where="sources", way_on=way_on))
    retraining, notes = retraining_for(who, desk), stranger_notes(who, desk, language)
    return Sitting(desk, at, who, retraining, message=notes, language=language)


def retraining_for(coder: str, desk: ScreeningDesk) -> Retraining | None:
    """Return what learns a reviewer's order, to be closed in the end; None where the plan has another order.

    Raises
    ------
    BenangError
        Where scikit-learn is not installed.
    """
    if desk.protocol.screening.order != "priority" or coder == CONSENSUS:
        return None
    check_installed()
    texts = [text_of(one) for one in desk.works.records]
    return Retraining(Ranker(texts, desk.protocol.screening.seed, desk.works.keys))


def waiting(coder: str, stage: Stage, desk: ScreeningDesk, retraining: Retraining | None = None) -> tuple[str, ...]:
    """Return the records without a decision of a reviewer in the order of the plan; for the consensus, what differs.

    What the reviewer left unread comes last, first of it what waits for a second decision.
    """
    screening = desk.screening
    if coder == CONSENSUS:
        return screening.to_settle(stage)
    decided = screening.decided_by(coder, stage)
    left = [work for work in desk.task(coder, stage) if work not in decided]
    in_round = [work for work in left if work in screening.rounds(stage)]
    rest = [work for work in left if work not in set(in_round)]
    match desk.protocol.screening.order:
        case "priority" if retraining:
            rest = _by_priority(rest, coder, stage, desk, retraining)
        case "random" | "priority":  # what nothing can be learned of is in random order, as at first
            rest = random_order(rest, desk.protocol.screening.seed)
    unread = {*screening.unread}
    works = (*in_round, *rest)
    if not (unread or screening.has_left_any(coder, stage)):
        return works
    return tuple(sorted(works, key=lambda work: (screening.has_left(coder, stage, work), work in unread)))


def _by_priority(works: list[str], coder: str, stage: Stage, desk: ScreeningDesk, retraining: Retraining) -> list[str]:
    """Sort records by what those decisions of others teach that may be shown, and after them the reviewer's own."""
    screening, keys = desk.screening, desk.works.keys
    places, wanted = {key: at for at, key in enumerate(keys)}, set(works)
    own = screening.own(coder, stage)
    by_work = {work: [*outcome.decisions] for work, outcome in screening.outcomes[stage].items()}
    for work in own.keys() & by_work.keys():
        by_work[work] += [] if own[work] in by_work[work] else [own[work]]
    sequence = screening.sequence(one for decisions in by_work.values() for one in decisions)
    lessons = sorted(
        (one.coder == coder, sequence.get(one.id, 0), places[work], one.verdict != "exclude")
        for work in by_work
        for one in by_work[work]
    )
    order = retraining.order([(place, is_relevant) for *_, place, is_relevant in lessons])
    return [keys[at] for at in order if keys[at] in wanted]


def press(sitting: Sitting, key: str, *, time: datetime | None = None) -> Sitting:
    """Return where a reviewer is after a key: decided, put off, taken back.

    A key that means nothing says so and changes nothing.
    """
    _ = translator(sitting.language)
    if sitting.work is None and key != UNDO:
        return sitting
    if sitting.asks_reason:
        return _with_reason(sitting, key, time)
    match key:
        case "i" | "?":
            return _decided(sitting, _VERDICTS[key], "", time)
        case "o" if sitting.stage == "full-text":
            return _decided(sitting, "unobtainable", "", time)
        case "e" if sitting.reasons:
            return replace(sitting, asks_reason=True, message=())
        case "e":
            return _decided(sitting, "exclude", "", time)
        case " ":
            return replace(sitting, later=(*sitting.later, sitting.work or ""), note="", message=())
        case "u":
            return _undone(sitting, time)
        case "s" if sitting.stage == "title-abstract":
            return replace(sitting, message=_stopping(sitting))
    return replace(sitting, message=(_("The key '{key}' does nothing here.").format(key=key),))


def _stopping(sitting: Sitting) -> tuple[str, ...]:
    """Say what the stopping test says of the reviewer's own task."""
    _ = translator(sitting.language)
    test = review_test(sitting.desk.screening, "" if sitting.coder == CONSENSUS else sitting.coder)
    if test is None:
        return (_("Nothing can be tested yet, or records are shown as listed, which no test allows for."),)
    return tuple(message_in(line, sitting.language) for line in stopping_words(test))


def _with_reason(sitting: Sitting, key: str, time: datetime | None) -> Sitting:
    _ = translator(sitting.language)
    if key in sitting.reasons:
        return _decided(sitting, "exclude", sitting.reasons[key].id, time)
    if key == NO_REASON and sitting.stage == "title-abstract":
        return _decided(sitting, "exclude", "", time)
    if key in (ABORT, UNDO):
        return replace(sitting, asks_reason=False, message=())
    return replace(sitting, message=(_("No reason has the key '{key}'.").format(key=key),))


def _decided(sitting: Sitting, verdict: Verdict, reason: str, time: datetime | None) -> Sitting:
    _ = translator(sitting.language)
    work = sitting.work or ""
    wish = Wish(work, verdict, reason, sitting.note)
    try:
        desk, events = sitting.desk.append(lambda now: decided_on([wish], sitting.stage, sitting.coder, now), time=time)
    except BenangError as error:
        texts = tuple(str(one.in_language(sitting.language)) for one in error.problems)
        return replace(sitting, asks_reason=False, message=texts)
    appended = (*sitting.appended, tuple(one.id for one in events)) if events else sitting.appended
    text = _("{record}: {verdict}").format(
        record=shorten(desk.works.record(work).title, _ANSWER, placeholder=" …") or work,
        verdict=verdict_word(verdict, sitting.language),
    )
    later = tuple(one for one in sitting.later if one != work)
    return replace(
        sitting,
        desk=desk,
        appended=appended,
        later=later,
        asks_reason=False,
        note="",
        message=(text,),
    )


def _undone(sitting: Sitting, time: datetime | None) -> Sitting:
    _ = translator(sitting.language)
    if not sitting.appended:
        return replace(sitting, message=(_("Nothing has been decided since you started."),))
    last = sitting.appended[-1]

    def taken_back(now: ScreeningDesk) -> tuple[Event, ...]:
        reversal = undo_of(last, sitting.coder, history_of(now.judgements))
        return reversal.events if reversal and not reversal.changed_since else ()

    desk, events = sitting.desk.append(taken_back, time=time)
    if not events:
        text = _("Your log has changed in the meantime, so nothing was undone.")
        return replace(sitting, desk=desk, appended=(), message=(text,))
    return replace(sitting, desk=desk, appended=sitting.appended[:-1], message=(_("The last decision was undone."),))


def with_note(sitting: Sitting, text: str) -> Sitting:
    """Keep a note for the next decision."""
    return replace(sitting, note=" ".join(text.split()), message=())


def screen(sitting: Sitting) -> Screen:
    """Return what is shown of where a reviewer is; the record must be there (`Sitting.work`)."""
    _, language = translator(sitting.language), sitting.language
    work = sitting.work or ""
    record = sitting.desk.works.record(work)
    stage = stage_words(sitting.stage, language).capitalize()
    left = _("{n} left").format(n=numeral(len(sitting.queue), language, 0))
    terms = terms_of(sitting.stage, sitting.desk.protocol)
    reasons = [(key, one.text.text(language)) for key, one in sitting.reasons.items()]
    if sitting.stage == "title-abstract":
        reasons = [(NO_REASON, _("without a reason")), *reasons]
    abstract = record.abstract or _("(no abstract)")
    return Screen(
        heading=f"{stage} · {sitting.coder} · {left}",
        title=tuple(marked(record.title or _("(no title)"), terms)),
        source=source_line(record),
        text=tuple(marked(abstract, terms)),
        beside=tuple(_beside(sitting, work, record)),
        keys=tuple(reasons) if sitting.asks_reason else _keys(sitting),
        message=sitting.message,
    )


def _keys(sitting: Sitting) -> tuple[tuple[str, str], ...]:
    _ = translator(sitting.language)
    verdicts = [
        (key, verdict_word(verdict, sitting.language))
        for key, verdict in _VERDICTS.items()
        if key != UNOBTAINABLE or sitting.stage == "full-text"
    ]
    return (
        *verdicts,
        (_("space"), _("later")),
        (UNDO, _("undo")),
        (NOTE, _("note")),
        *([(STOPPING, _("may we stop?"))] if sitting.stage == "title-abstract" else []),
        (QUIT, _("quit")),
    )


def source_line(record: Record) -> str:
    """Return authors, year and source of a record in one line."""
    shown = 3
    authors = "; ".join(record.authors[:shown]) + (" …" if len(record.authors) > shown else "")
    return " · ".join(filter(None, (authors, str(record.year or ""), record.source)))


def _beside(sitting: Sitting, work: str, record: Record) -> Iterator[str]:
    """Give what a reviewer needs beside the text: keywords, what reviewers said in a conflict, where the report is."""
    _, language = translator(sitting.language), sitting.language
    if record.author_keywords:
        yield _("Keywords: {words}").format(words="; ".join(record.author_keywords))
    if record.status:
        yield _("The record is marked as {status}.").format(status=_(record.status))
    decisions = sitting.desk.screening.all_own(sitting.coder, sitting.stage).get(work, ())
    if len(decisions) > 1:
        both = "; ".join(" ".join(filter(None, (verdict_word(one.verdict, language), one.reason))) for one in decisions)
        yield _("You have decided on it in more than one way: {both}").format(both=both)
    if sitting.coder == CONSENSUS:
        texts = {one.id: one.text.text(language) for one in sitting.desk.protocol.criteria}
        for one in sitting.desk.screening.outcome(sitting.stage, work).decisions:
            why = "; ".join(filter(None, (texts.get(one.reason, one.reason), one.note)))
            yield f"{one.coder}: {verdict_word(one.verdict, language)}" + (f" ({why})" if why else "")
    if sitting.stage == "full-text":
        name = file_name(work).casefold()
        papers = [path for path in sitting.desk.folder.documents if path.stem.casefold() == name]
        yield from (_("Text: {path}").format(path=sitting.desk.folder.name(path)) for path in papers)
        yield from filter(None, (record.doi and f"https://doi.org/{record.doi}", record.url))
        for attempt in sitting.desk.screening.attempts.get(work, ()):
            yield " · ".join(filter(None, (attempt.day.isoformat(), attempt.way, attempt.note)))
    if sitting.note:
        yield _("Note: {note}").format(note=sitting.note)


def terms_of(stage: Stage, protocol: Protocol) -> dict[str, str]:
    """Return the terms of the criteria of a stage, and the kind of criterion of each."""
    criteria = (one for one in protocol.criteria if one.stage in (stage, "both"))
    return {term: one.kind for one in criteria for term in one.terms if term.strip()}


def marked(text: str, terms: Mapping[str, str]) -> Iterator[Marked]:
    """Take a text apart at the terms, each from the beginning of a word; an asterisk stands for any ending.

    Examples
    --------
    >>> list(marked("Night markets and Marketing", {"market*": "include"}))
    [('Night ', ''), ('markets', 'include'), (' and ', ''), ('Marketing', 'include')]
    """
    if not terms:
        yield text, ""
        return
    by_word = {term.casefold().rstrip("*"): kind for term, kind in terms.items()}
    parts = [re.escape(term.rstrip("*")) + (r"\w*" if term.endswith("*") else r"\b") for term in terms]
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(parts, key=len, reverse=True))})", re.IGNORECASE)
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], ""
        word = match[0].casefold()
        yield match[0], next(kind for term, kind in by_word.items() if word.startswith(term))
        end = match.end()
    if end < len(text):
        yield text[end:], ""
