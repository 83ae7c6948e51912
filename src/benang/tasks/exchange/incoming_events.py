"""Codings and notes of a project as events of a review: each once, under the GUID that it has, by the one who said it.

What the log has already, under the same GUID or in the same words, is not said again; what a coder has withdrawn since
stays withdrawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from itertools import count
from typing import Literal

from benang.coding.codebook import Codebook
from benang.coding.placed import codings_in_documents
from benang.coding.quotes import Span, surroundings
from benang.errors import BenangError
from benang.judgements.events import CONSENSUS, Coding, Event, Memo
from benang.judgements.store import file_name
from benang.locale.writing import Worded, worded
from benang.qda import (
    Ids,
    Mark,
    Project,
    ProjectNote,
    ProjectSource,
    Row,
    Selection,
    User,
    guid_of,
    mark_of,
    selection_id,
)
from benang.review.desk import Desk, Spot
from benang.safe_files import folded_name
from benang.tasks.exchange.incoming_texts import Filed, Placed
from benang.tasks.exchange.incoming_vocabulary import Vocabulary, without_label

_UNFIT = re.compile(r"[^\w .@()'&+,-]+")
_LONGEST = 60
_MOST_NAMED = 5


@dataclass(frozen=True)
class Said:
    """The events of a project that the log has not, and an account of the others.

    `coders` are by the GUIDs of users. `known` and `withdrawn` count codings that the log has, or had; `changed` are
    ids of those that say something else in the project now. `left` counts what has no place among events.
    """

    events: tuple[Event, ...]
    coders: Mapping[str, str]
    rows: tuple[Row, ...] = ()
    known: int = 0
    withdrawn: int = 0
    changed: tuple[str, ...] = ()
    undated: int = 0
    unnamed: int = 0
    left: Mapping[Worded, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """A project on its way into a review, with where its parts are by now; `unnamed` says what names nobody.

    `codebook` is that of the review with what the project adds.
    """

    project: Project
    desk: Desk
    ids: Ids
    codebook: Codebook
    vocabulary: Vocabulary
    filed: Filed
    placed: Placed
    unnamed: str


def said_in(incoming: Incoming) -> Said:
    """Return the codings and notes of a project as events."""
    project = incoming.project
    saying = _Saying(incoming)
    for source in project.sources:
        for selection in source.selections:
            saying.take(source, selection)
    _take_notes(saying)
    counts = saying.counts
    codes = {one.guid: one.name for one in project.codes}
    of_sources = [f"{one.name}: {codes[of.code]}" for one in project.sources for of in one.codings]
    of_cases = [f"{one.name}: {codes[code]}" for one in project.cases for code in one.codes]
    shortened = [one for one in project.users if one.name and one.initials not in ("", one.name)]
    initials = [f"{one.name} ({one.initials})" for one in shortened]
    left = {
        worded("codings of whole sources, which have no passage: {names}", names=_named(of_sources)): len(of_sources),
        worded("codes of whole cases: {names}", names=_named(of_cases)): len(of_cases),
        worded("sets: {names}", names=_named([one.name for one in project.sets])): len(project.sets),
        worded("passages without a code or a note"): counts["bare"],
        worded("initials of coders: {names}", names=_named(initials)): len(initials),
    }
    return Said(
        tuple(saying.events),
        saying.coders,
        tuple(saying.rows),
        known=counts["known"],
        withdrawn=counts["withdrawn"],
        changed=tuple(saying.changed),
        undated=counts["undated"],
        unnamed=counts["unnamed"],
        left={what: n for what, n in left.items() if n},
    )


def _named(names: Sequence[str]) -> str:
    return "; ".join(names[:_MOST_NAMED]) + ("; …" if len(names) > _MOST_NAMED else "")


@dataclass
class _Saying:
    """Goes through the passages of a project. `event_of` has the events of codings, by the GUIDs of these."""

    incoming: Incoming
    events: list[Event] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    event_of: dict[str, str] = field(default_factory=dict)
    _new: set[str] = field(default_factory=set)

    @cached_property
    def coders(self) -> dict[str, str]:
        """The coders that users are, by the GUIDs of those who said something."""
        project = self.incoming.project
        codings = [one for source in project.sources for at in source.selections for one in at.codings]
        spoke = {one.user for one in codings} | {one.user for one in project.notes}
        return coders_of([one for one in project.users if one.guid in spoke], self.incoming)

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """Notes that carry the stance or scope of codings, by their GUIDs."""
        marks = ((one.guid, mark_of(one.text)) for one in self.incoming.project.notes)
        return {guid: mark for guid, mark in marks if mark}

    @cached_property
    def _by_spot(self) -> dict[Spot, str]:
        """The ids of codings of people in the log, withdrawn ones among them, by what they say."""
        desk = self.incoming.desk
        every = [one for one in desk.judgements.by_id.values() if isinstance(one, Coding) and not one.program]
        now = codings_in_documents(every, desk.documents, desk.codebook)
        return {desk.spot(one): one.id for one in (*every, *now)}

    @cached_property
    def _standing(self) -> frozenset[str]:
        judgements = self.incoming.desk.judgements
        return frozenset(one.id for one in (*judgements.current, *judgements.disputed))

    def take(self, source: ProjectSource, selection: Selection) -> None:
        """Turn the codings of a selection into events, one for each case."""
        cases = self.incoming.placed.cases(source.guid, selection.guid)
        document, start, end = self.incoming.filed.place(source.guid, selection.start, selection.end)
        before, after = surroundings(document.text, Span(start, end))
        name = selection_id(document.path, selection.start, selection.end, cases)
        self.rows.append(("selection", name, selection.guid))
        for one in selection.codings:
            code = self.incoming.vocabulary.codes[one.code]
            marks = {self.marks[note].part: self.marks[note].value for note in one.notes if note in self.marks}
            for at, case in enumerate(cases):
                coding = Coding.model_validate(
                    {
                        "id": one.guid if at == 0 else f"{one.guid}/{case}",
                        "coder": self.coder(one.user),
                        "time": self.time(one.time),
                        "vocabulary": self.incoming.codebook.version if one.time else "",
                        "document": document.path,
                        "start": start,
                        "end": end,
                        "quote": document.text[start:end],
                        "before": before,
                        "after": after,
                        "code": code,
                        "case": case,
                        "scope": marks.get("scope", "group" if len(cases) > 1 else "case"),
                        "stance": marks.get("stance", "supports"),
                        "rule": self._rule(code),
                    }
                )
                self._say(coding, one.guid)
        self.counts["bare"] += not (selection.codings or selection.notes or selection.description.strip())

    def _rule(self, code: str) -> str:
        """Return the rule that a passage was coded by: that of the code, unless the project says another one."""
        known = self.incoming.codebook.code(code)
        return known.rule if known and known.id not in self.incoming.vocabulary.differing else ""

    def _say(self, coding: Coding, guid: str) -> None:
        desk = self.incoming.desk
        there = desk.judgements.by_id.get(coding.id)
        spot = desk.spot(coding)
        if there is not None:
            self.counts["known" if there.id in self._standing else "withdrawn"] += 1
            if not isinstance(there, Coding) or desk.spot(there) != spot:
                self.changed.append(coding.id)
        elif spot in self._by_spot:
            same = self._by_spot[spot]
            is_standing = same in self._standing or same in self._new
            self.counts["known" if is_standing else "withdrawn"] += 1
            self.rows.append(("coding", same, guid))
            self.event_of.setdefault(guid, same)
        else:
            self._by_spot[spot] = coding.id
            self.events.append(coding)
            self._new.add(coding.id)
        self.event_of.setdefault(guid, coding.id)

    def note(self, memo: Memo) -> None:
        """Keep a memo, unless the log has it, or had it."""
        says = memo.about, memo.of, memo.text, memo.coder
        if memo.id not in self.incoming.desk.judgements.by_id and says not in self._noted:
            self.events.append(memo)

    @cached_property
    def _noted(self) -> frozenset[tuple[str, str, str, str]]:
        """What the memos of the log say, of what and by whom."""
        return frozenset((one.about, one.of, one.text, one.coder) for one in self.incoming.desk.judgements.of(Memo))

    def coder(self, user: str) -> str:
        """Return the coder that a user is, else who says what names nobody."""
        self.counts["unnamed"] += user not in self.coders
        return self.coders.get(user, self.incoming.unnamed)

    def time(self, text: str) -> datetime | None:
        """Return when something was said; UTC where the file does not tell the zone, None where it tells no time."""
        try:
            time = datetime.fromisoformat(text)
        except ValueError:
            self.counts["undated"] += 1
            return None
        return time if time.tzinfo else time.replace(tzinfo=UTC)


About = Literal["coding", "code", "case", "document", "review"]


@dataclass(frozen=True, slots=True)
class _Noted:
    """Something that has notes or a description: what it is in the review, and what its memos begin with.

    `key` tells its description from those of others, `user` is who wrote it, as far as that is known.
    """

    about: About
    of: str
    notes: tuple[str, ...] = ()
    description: str = ""
    key: str = ""
    head: str = ""
    user: str = ""


def _take_notes(saying: _Saying) -> None:
    """Make memos of notes, each for all that refers to it, and of descriptions that have no other place."""
    notes = {one.guid: one for one in saying.incoming.project.notes if one.guid not in saying.marks}
    often: Counter[str] = Counter()

    def keep(note: ProjectNote, about: About, of: str, head: str) -> None:
        often[note.guid] += 1
        number = often[note.guid]
        text = note.text if note.text.startswith(note.name.rstrip("….")) else f"{note.name}\n\n{note.text}"
        memo = Memo(
            id=note.guid if number == 1 else f"{note.guid}/{number}",
            coder=saying.coder(note.user),
            time=saying.time(note.time),
            vocabulary=saying.incoming.codebook.version if note.time else "",
            about=about,
            of=of,
            text=f"{head}: {text}" if head else text,
        )
        saying.note(memo)

    for one in _noted(saying):
        for guid in one.notes:
            if guid in notes:
                keep(notes[guid], one.about, one.of, one.head)
        if one.description.strip():
            text = one.description.strip()
            keep(ProjectNote(guid_of("note", one.key), text, user=one.user), one.about, one.of, one.head)
    for guid, note in notes.items():
        if not often[guid]:
            keep(note, "review", "", "")


def _noted(saying: _Saying) -> Iterator[_Noted]:
    """Give all that may have notes, as the review has it."""
    incoming = saying.incoming
    project, vocabulary, cases = incoming.project, incoming.vocabulary, incoming.placed.by_guid
    for source in project.sources:
        path = incoming.filed.documents[source.guid].path
        yield _Noted("document", path, source.notes, source.description, f"source/{source.guid}", user=source.user)
        yield from (_of_selection(one, source, path, saying) for one in source.selections)
        for coding in (one for at in source.selections for one in at.codings):
            yield _Noted("coding", saying.event_of[coding.guid], coding.notes)
    for code in project.codes:
        name = vocabulary.codes.get(code.guid) or vocabulary.headings.get(code.guid)
        yield _Noted("code", name, code.notes) if name else _Noted("review", "", code.notes, head=code.name)
        if code.guid in vocabulary.groups:
            yield _Noted("review", "", (), without_label(code.description), f"code/{code.guid}", code.name)
    for case in project.cases:
        yield _Noted("case", cases[case.guid], case.notes, without_label(case.description), f"case/{case.guid}")
    for one in project.variables:
        yield _Noted("review", "", (), without_label(one.description), f"variable/{one.guid}", one.name)
    for each in project.sets:
        yield _Noted("review", "", each.notes, each.description, f"set/{each.guid}", each.name)
    yield _Noted("review", "", project.project_notes, project.description, f"project/{project.name}")


def _of_selection(one: Selection, source: ProjectSource, path: str, saying: _Saying) -> _Noted:
    """Return a passage: its first coding, or its document with its words, where nothing is coded there."""
    words = source.text[one.start : one.end]
    said = "" if one.description.strip() in (words.strip(), one.name) else one.description
    key = f"selection/{one.guid}"
    if one.codings:
        first = one.codings[0]
        return _Noted("coding", saying.event_of[first.guid], one.notes, said, key, user=first.user)
    return _Noted("document", path, one.notes, said, key, f"“{words}”")


def coders_of(users: Sequence[User], incoming: Incoming) -> dict[str, str]:
    """Return which coder of the review each user of a project is, by their GUIDs: two users are never one coder.

    A user is the coder whom an earlier import made of him, else the coder or reviewer of his name, in capitals or not.
    """
    desk = incoming.desk
    known = list(dict.fromkeys([*desk.plan.reviewers, *sorted(one.coder for one in desk.judgements.by_id.values())]))
    by_name = {folded_name(one): one for one in reversed(known)}
    is_own = incoming.project.origin.startswith("Benang ")
    coders: dict[str, str] = {}
    for user in users:
        again = incoming.ids.id("user", user.guid)
        name = again or _fit_name(user.name or user.initials)
        if name == CONSENSUS and not is_own:
            name = f"{name}-user"
        taken = {folded_name(one) for one in coders.values()}
        numbered = (name if number == 1 else f"{name}-{number}" for number in count(1))
        free = next(one for one in numbered if folded_name(one) not in taken)
        coders[user.guid] = by_name.get(folded_name(free), free)
    return coders


def _fit_name(name: str) -> str:
    """Return a name that a coder's log can have."""
    fit = (
        " ".join(_UNFIT.sub("-", unicodedata.normalize("NFC", name)).split())[:_LONGEST].strip(" .-_+,&'()@") or "coder"
    )
    try:
        file_name(fit)
    except BenangError:
        return f"coder-{fit}"
    return fit
