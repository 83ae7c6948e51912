"""Who said what when: every judgement of a review in words, what came of it, and what may be taken back.

The log only grows, so that its history is all there: an entry says of a judgement whether it is in force, what took its
place, or that it was withdrawn. Decisions under a blind are in nobody's history but their own coder's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from benang.judgements.events import (
    NOT_REPORTED,
    Attempt,
    Coding,
    Completion,
    Consensus,
    Decision,
    Event,
    Memo,
    Round,
    Task,
    Value,
    Withdrawal,
)
from benang.judgements.log import Judgements
from benang.locale import Language, translator
from benang.locale.writing import counted
from benang.review.desk import Desk
from benang.screening.decision_sheets import verdict_word
from benang.screening.protocol import stage_words
from benang.tasks.screening.desk import ScreeningDesk

State = Literal["in force", "replaced", "withdrawn", "in conflict", "suggested"]
STATES: tuple[State, ...] = ("in force", "replaced", "withdrawn", "in conflict", "suggested")


@dataclass(frozen=True, slots=True)
class Entry:
    """One judgement in words: when (ISO 8601, UTC; nothing where nobody knows), who, of which kind, and what.

    `about` are labels of what it speaks of (code, case, record), `text` the quotation or note; `state` says what came
    of it, and `later` are the ids of what took its place. `undoes` tells that it took something back by undo.
    """

    id: str
    time: str
    coder: str
    kind: str
    about: tuple[str, ...]
    text: str = ""
    state: State = "in force"
    later: tuple[str, ...] = ()
    document: str = ""
    undoes: bool = False
    is_own: bool = False
    """Whether whoever looks may take it back."""


Known = dict[str, tuple[Event, Entry]]
"""Judgements by their ids, with the entries that say them in words."""


def history(
    desk: Desk,
    screening: Callable[[], ScreeningDesk],
    *,
    viewer: str,
    language: Language = "en",
    known: Known | None = None,
) -> tuple[Entry, ...]:
    """Return the history of a review, the last judgement first; those without a time come last.

    Parameters
    ----------
    desk
        The review.
    screening
        Opens it for screening; called only where the log has decisions, since reading the records takes time.
    viewer
        The coder who looks: decisions of others that are blinded are left out.
    language
        Of the words and labels.
    known
        Entries of an earlier history, for the same viewer, language, codebook, cases and records: what has not changed
        since is taken from there, and the others are added.
    """
    judgements = desk.judgements
    events = (*judgements.current, *judgements.disputed, *judgements.superseded)
    screened = screening() if any(isinstance(one, Decision | Completion | Round) for one in events) else None
    words = _Words(desk, screened, language)
    states = _states(judgements)
    shown = (one for one in events if screened is None or _may_see(one, viewer, screened))
    known = {} if known is None else known
    entries = []
    for one in shown:
        earlier, entry = known.get(one.id, (None, None))
        if entry is None or earlier is not one or (entry.state, entry.later) != states[one.id]:
            entry = words.entry(one, *states[one.id], viewer)
            known[one.id] = one, entry
        entries.append(entry)
    return tuple(sorted(entries, key=lambda one: (one.time, one.id), reverse=True))


def _states(judgements: Judgements) -> dict[str, tuple[State, tuple[str, ...]]]:
    """Return what came of each judgement, with the ids of what took its place."""
    later: dict[str, list[Event]] = {}
    events = (*judgements.current, *judgements.disputed, *judgements.superseded)
    for event in events:
        for earlier in event.supersedes:
            later.setdefault(earlier, []).append(event)
    disputed = {one.id for one in judgements.disputed}
    gone = {one.id for one in judgements.superseded}
    states: dict[str, tuple[State, tuple[str, ...]]] = {}
    for event in events:
        after = later.get(event.id, [])
        names = tuple(one.id for one in after)
        if event.id in disputed:
            states[event.id] = ("in conflict", names)
        elif event.id not in gone:
            states[event.id] = ("suggested" if event.program else "in force", names)
        elif all(isinstance(one, Withdrawal) for one in after):
            states[event.id] = ("withdrawn", names)
        else:
            states[event.id] = ("replaced", names)
    return states


def _may_see(event: Event, viewer: str, desk: ScreeningDesk) -> bool:
    """Tell whether somebody may see a judgement: of others' decisions, those that are no longer blinded."""
    if not isinstance(event, Decision | Completion | Withdrawal) or event.coder == viewer:
        return True
    if isinstance(event, Withdrawal):
        earlier = (desk.judgements.by_id.get(name) for name in event.supersedes)
        return all(one is None or _may_see(one, viewer, desk) for one in earlier)
    if not desk.protocol.screening.of(event.stage).blinded:
        return True
    if isinstance(event, Completion):
        return False
    work = desk.sources.aliases.get(event.record, event.record)
    outcomes = desk.screening.outcomes.get(event.stage, {})
    return work in outcomes and any(one.coder == event.coder for one in outcomes[work].decisions)


@dataclass(frozen=True)
class _Words:
    """What judgements say, in the words of a language."""

    desk: Desk
    screening: ScreeningDesk | None
    language: Language

    def entry(self, event: Event, state: State, later: tuple[str, ...], viewer: str) -> Entry:
        about, text = self._said(event)
        document = event.document if isinstance(event, Coding) else ""
        return Entry(
            id=event.id,
            time=event.time.isoformat(timespec="seconds") if event.time else "",
            coder=f"{event.coder} ({event.program})" if event.program else event.coder,
            kind=event.kind,
            about=tuple(filter(None, about)),
            text=" ".join(text.split()),
            state=state,
            later=later,
            document=document,
            undoes=bool(event.undoes),
            is_own=state in ("in force", "in conflict") and event.coder == viewer and not isinstance(event, Withdrawal),
        )

    def _said(self, event: Event) -> tuple[tuple[str, ...], str]:
        """Return what a judgement is about, and its text."""
        _, language = translator(self.language), self.language
        match event:
            case Coding():
                stance = "" if event.stance == "supports" else _(event.stance)
                return (self._code(event.code), self._case(event.case), stance), event.quote
            case Value():
                quotes = " … ".join(one.quote for one in event.passages)
                return (self._code(event.variable), self._case(event.case), self._value(event)), quotes
            case Task():
                done = _("looked at") if event.state == "done" else _("open again")
                return (self._group(event.group), self._case(event.case), done), ""
            case Memo():
                return (_(event.about), event.of), event.text
            case Consensus():
                n = len(event.keeps)
                kept = counted("{n} passage counts", "{n} passages count", n, language).format(n=n)
                outcome = kept if n else _("the code is absent")
                return (self._code(event.code), self._case(event.case), outcome), event.reason
            case Decision():
                verdict = verdict_word(event.verdict, language)
                return (verdict, self._reason(event.reason), stage_words(event.stage, language)), (
                    f"{self._title(event.record)}{f' ({event.note})' if event.note else ''}"
                )
            case Withdrawal():
                return tuple(self._withdrawn(event)), event.reason
        return self._of_screening(event)

    def _of_screening(self, event: Event) -> tuple[tuple[str, ...], str]:
        _, language = translator(self.language), self.language
        match event:
            case Round():
                return (event.name, stage_words(event.stage, language)), ", ".join(event.readers)
            case Completion():
                return (stage_words(event.stage, language), _("task done")), ""
            case Attempt():
                return (event.way, event.day.isoformat()), self._title(event.record)
        return (), ""

    def _withdrawn(self, event: Withdrawal) -> Iterator[str]:
        for name in event.supersedes[:3]:
            earlier = self.desk.judgements.by_id.get(name)
            yield " · ".join(filter(None, self._said(earlier)[0])) if earlier is not None else name
        if len(event.supersedes) > 3:
            yield f"… {len(event.supersedes) - 3}"

    def _code(self, key: str) -> str:
        code = self.desk.codebook.by_id.get(key)
        entry = self.desk.codebook.variable(key) if code is None else None
        return code.label.text(self.language) if code else entry.label.text(self.language) if entry else key

    def _value(self, event: Value) -> str:
        if event.value == NOT_REPORTED:
            return translator(self.language)("not reported")
        variable = self.desk.codebook.variable(event.variable)
        levels = {level.id: level.label.text(self.language) for level in variable.levels} if variable else {}
        return levels.get(str(event.value), str(event.value))

    def _case(self, key: str) -> str:
        case = self.desk.present_cases.by_id.get(key)
        return case.name(self.language) if case else key

    def _group(self, key: str) -> str:
        group = next((one for one in self.desk.codebook.groups if one.id == key), None)
        return group.label.text(self.language) if group else key

    @cached_property
    def _criteria(self) -> dict[str, str]:
        criteria = self.screening.protocol.criteria if self.screening else ()
        return {one.id: one.text.text(self.language) for one in criteria}

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {one.key: one.title for one in self.screening.works.records} if self.screening else {}

    def _reason(self, key: str) -> str:
        return self._criteria.get(key, key)

    def _title(self, key: str) -> str:
        work = self.screening.sources.aliases.get(key, key) if self.screening else key
        return self._titles.get(work) or key
