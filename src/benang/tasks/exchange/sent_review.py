"""A review in the words of REFI-QDA: who said what of which passage, with the texts, codes, cases and values.

Everything that people said and that stands is in it, also codings that a consensus has set aside: other programs have
nothing that could say so. What has no place in a project is counted by `benang.tasks.exchange.exporting`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cached_property

from benang import __version__
from benang.coding.cases import CaseValue, about_subjects, is_of_studies, text_of
from benang.coding.codebook import Variable
from benang.coding.labels import sent_codes, sent_frameworks
from benang.coding.placed import Placed, in_documents
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Coding, Event, Memo, Value
from benang.project.folder import REFI_IDS, Document, body_start, heading
from benang.project.toml_files import Label
from benang.qda import (
    CodeParts,
    Ids,
    Mark,
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
    ProjectVariable,
    Selection,
    User,
    VariableType,
    description_of,
    guid_of,
    mark_text,
    normal_guid,
    read_ids,
    selection_id,
)
from benang.qda.refi_writing import quotation_name
from benang.review.desk import Desk

_TYPES: Mapping[str, VariableType] = {"year": "Integer", "number": "Integer"}
_LONGEST_NAME = 100
_TRUTH = {"yes": "true", "no": "false"}


@dataclass(frozen=True, slots=True)
class Text:
    """A document as it is sent: without its heading, with LF line ends, and where its positions come to be."""

    document: Document
    text: str
    start: int
    taken_out: tuple[int, ...]

    def at(self, offset: int) -> int:
        """Return the position in what is sent of an offset in the document's file."""
        return offset - self.start - bisect_left(self.taken_out, offset)


def text_sent(document: Document) -> Text:
    r"""Return the text of a document as it is sent.

    Examples
    --------
    >>> sent = text_sent(Document("documents/a.md", "a", "---\nrecord: a\n---\nOne\r\ntwo", ""))
    >>> sent.text, sent.at(23)
    ('One\ntwo', 4)
    """
    start = body_start(document.text)
    marked = document.text.startswith("\ufeff", start)
    taken_out = [start] if marked else []
    taken_out += [one.start() for one in re.finditer("\r\n", document.text) if one.start() >= start]
    body = document.text[start + marked :].replace("\r\n", "\n").replace("\r", "\n")
    return Text(document, body, start, tuple(taken_out))


@dataclass(frozen=True)
class _Said:
    """What one coder said of one passage with one code, for one or several cases."""

    place: tuple[str, int, int]
    code: str
    coder: str
    stance: str
    scope: str
    codings: tuple[Coding, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases, sorted."""
        return tuple(sorted({one.case for one in self.codings}))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What a reader would not guess: of one case a scope of its own, of several the group's, is understood."""
        usual = "group" if len(self.cases) > 1 else "case"
        marks = [Mark("stance", self.stance)] if self.stance != "supports" else []
        return tuple([*marks, Mark("scope", self.scope)] if self.scope != usual else marks)


@dataclass(frozen=True)
class SentReview:
    """A review on its way into a project. `included` are the paths of documents whose works the screening included."""

    desk: Desk
    included: Collection[str] = ()

    @cached_property
    def ids(self) -> Ids:
        """The GUIDs that things had where they came from."""
        return read_ids(self.desk.folder.root / REFI_IDS)

    @cached_property
    def placed(self) -> Placed:
        """The judgements at their places in the documents."""
        desk = self.desk
        judgements = about_subjects(desk.judgements, desk.codebook, desk.present_cases)
        return in_documents(judgements, desk.documents, desk.codebook)

    @cached_property
    def texts(self) -> Mapping[str, Text]:
        """The documents that are sent, by their paths."""
        return {path: text_sent(one) for path, one in sorted(self.desk.documents.items())}

    @cached_property
    def said(self) -> tuple[_Said, ...]:
        """What was said of passages whose code there is, in the order of documents, positions and codes."""
        order = {one.id: at for at, one in enumerate(self.desk.codebook.codes)}
        together: dict[tuple[object, ...], list[Coding]] = defaultdict(list)
        for one in (*self.placed.codings, *self.placed.set_aside):
            if one.code in order and self.is_sent(one.document, one.start):
                place = (one.document, one.start, one.end)
                together[place, one.code, one.coder, one.stance, one.scope].append(one)
        every = [_said(codings) for codings in together.values()]
        return tuple(sorted(every, key=lambda one: (one.place, order[one.code], one.coder, one.stance, one.scope)))

    def is_sent(self, document: str, start: int) -> bool:
        """Tell whether a passage is in what is sent, not in the heading of its document."""
        text = self.texts.get(document)
        return text is not None and start >= text.start

    @cached_property
    def memos(self) -> tuple[Memo, ...]:
        """The memos of people that stand."""
        return tuple(one for one in self.desk.judgements.of(Memo) if not one.program)

    def coding_guid(self, said: _Said) -> str:
        """Return the GUID of a coding: of several events, that of the one that came with a GUID."""
        known = [one.id for one in said.codings if normal_guid(one.id) or self.ids.knows("coding", one.id)]
        return self.ids.guid("coding", min(known or [one.id for one in said.codings]))

    @cached_property
    def notes_of(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The GUIDs of the notes on a coding, code, case or document, by what it is and its id."""
        notes: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for one in self.memos:
            notes[one.about, self._about(one)][self.note_guid(one)] = None
        return {about: tuple(every) for about, every in notes.items()}

    def note_guid(self, memo: Memo) -> str:
        """Return the GUID of a memo; those that an import made of one note of several things are one note again."""
        first = self.desk.judgements.by_id.get(memo.id.rpartition("/")[0])
        same = isinstance(first, Memo) and (first.text, first.coder) == (memo.text, memo.coder)
        return self.ids.guid("note", first.id if first and same and normal_guid(first.id) else memo.id)

    def _about(self, memo: Memo) -> str:
        code = self.desk.codebook.code(memo.of) if memo.about == "code" else None
        return code.id if code else memo.of

    @property
    def name(self) -> str:
        """What the project is called."""
        return " ".join(self.desk.plan.title.en.split())

    def project(self) -> Project:
        """Return the review as a project."""
        codes = self._codes()
        sources = tuple(self._source(text) for text in self.texts.values())
        marks = dict.fromkeys(mark for one in self.said for mark in one.marks)
        notes = [ProjectNote(_mark_guid(mark), mark_text(mark), mark_text(mark)) for mark in sorted(marks)]
        notes += {self.note_guid(one): self._note(one) for one in self.memos}.values()
        coders = sorted({one.coder for one in self.said} | {one.coder for one in self.memos})
        return Project(
            name=self.name,
            origin=f"Benang {__version__}",
            users=tuple(User(self.ids.guid("user", one), one) for one in coders),
            codes=codes,
            variables=tuple(self._variable(one) for one in self.desk.codebook.variables),
            cases=tuple(self._cases()),
            sources=sources,
            notes=tuple(notes),
            sets=(*sent_frameworks(self.desk.codebook, ids=self.ids), *self._included()),
            project_notes=tuple(
                note for (about, _), every in self.notes_of.items() if about == "review" for note in every
            ),
        )

    def _codes(self) -> tuple[ProjectCode, ...]:
        coded = {one.code for one in self.said}
        by_guid = {self.ids.guid("code", one.first_id): one.id for one in self.desk.codebook.codes}
        return tuple(
            replace(one, notes=self.notes_of.get(("code", by_guid.get(one.guid, "")), ()))
            for one in sent_codes(self.desk.codebook, ids=self.ids, coded=coded)
        )

    def _note(self, memo: Memo) -> ProjectNote:
        """Return a memo as a note; its first paragraph, where it is one line, is what the note is called."""
        name, _, rest = memo.text.partition("\n\n")
        has_name = bool(rest.strip()) and "\n" not in name and len(name) <= _LONGEST_NAME
        name, text = (name, rest) if has_name else ("", memo.text)
        return ProjectNote(self.note_guid(memo), text, name, self.ids.guid("user", memo.coder), _time(memo))

    def _variable(self, variable: Variable) -> ProjectVariable:
        guid = self.ids.guid("variable", variable.id)
        name = " ".join(variable.label.en.split())
        return ProjectVariable(guid, name, type_of(variable), _label_in_indonesian(variable.label))

    def _source(self, text: Text) -> ProjectSource:
        path = text.document.path
        values = self._values(text.document.record) if self._appraises_studies else {}
        return ProjectSource(
            self.ids.guid("source", path),
            self._source_name(text.document),
            text.text,
            tuple(self._selection(key, text) for key in self._selections.get(path, ())),
            notes=tuple(
                note for about in (path, text.document.record) for note in self.notes_of.get(("document", about), ())
            ),
            values=values,
        )

    def _source_name(self, document: Document) -> str:
        """Return what a document is called: as where it came from, else as its record, else as its file."""
        lines = heading(document.text)
        if lines.get("imported from") and lines.get("source"):
            return lines["source"]
        is_only = sum(one.record == document.record for one in self.desk.documents.values()) == 1
        return document.record if is_only else document.path.rpartition("/")[2].rpartition(".")[0]

    @cached_property
    def _selections(self) -> Mapping[str, tuple[_Passage, ...]]:
        """The passages of each document, each with its cases: those that were coded, and those behind values."""
        passages: dict[_Passage, None] = {}
        for said in self.said:
            passages[*said.place, said.cases] = None
        for value in self.placed.values:
            for name in value.passage_ids:
                one = self.placed.passages.get(name)
                if one and one.case in self.desk.present_cases.by_id and self.is_sent(one.document, one.start):
                    passages[one.document, one.start, one.end, (one.case,)] = None
        by_document: dict[str, list[_Passage]] = defaultdict(list)
        for passage in sorted(passages):
            by_document[passage[0]].append(passage)
        return {path: tuple(every) for path, every in by_document.items()}

    @cached_property
    def _said_at(self) -> Mapping[_Passage, tuple[_Said, ...]]:
        at: dict[_Passage, list[_Said]] = defaultdict(list)
        for one in self.said:
            at[*one.place, one.cases].append(one)
        return {passage: tuple(every) for passage, every in at.items()}

    def _selection_guid(self, passage: _Passage) -> str:
        path, start, end, cases = passage
        text = self.texts[path]
        return self.ids.guid("selection", selection_id(path, text.at(start), text.at(end), cases))

    def _selection(self, passage: _Passage, text: Text) -> Selection:
        start, end = text.at(passage[1]), text.at(passage[2])
        codings = tuple(self._coding(one) for one in self._said_at.get(passage, ()))
        return Selection(
            self._selection_guid(passage), start, end, quotation_name(text.text[start:end]), codings=codings
        )

    def _coding(self, said: _Said) -> ProjectCoding:
        code = self.desk.codebook.by_id[said.code]
        notes = [note for one in said.codings for note in self.notes_of.get(("coding", one.id), ())]
        return ProjectCoding(
            self.coding_guid(said),
            self.ids.guid("code", code.first_id),
            self.ids.guid("user", said.coder),
            min(filter(None, map(_time, said.codings)), default=""),
            tuple(dict.fromkeys([*map(_mark_guid, said.marks), *notes])),
        )

    def _cases(self) -> Iterable[ProjectCase]:
        by_case: dict[str, list[_Passage]] = defaultdict(list)
        for passages in self._selections.values():
            for passage in passages:
                for case in passage[3]:
                    by_case[case].append(passage)
        for one in self.desk.present_cases.cases:
            own = by_case.get(one.id, [])
            coded = {passage[0] for passage in own}
            of_case = [
                path for path, text in self.texts.items() if text.document.record in one.studies or path in coded
            ]
            yield ProjectCase(
                self.ids.guid("case", one.id),
                " ".join(one.name().split()),
                _label_in_indonesian(one.label),
                sources=tuple(self.ids.guid("source", path) for path in of_case),
                selections=tuple(map(self._selection_guid, own)),
                values=self._values(one.id, one.values),
                notes=self.notes_of.get(("case", one.id), ()),
            )

    @cached_property
    def _appraises_studies(self) -> bool:
        desk = self.desk
        return any(is_of_studies(one, desk.codebook, desk.present_cases) for one in desk.codebook.appraised)

    @cached_property
    def _given(self) -> Mapping[tuple[str, str], tuple[Value, ...]]:
        """What people gave of a case or study and a variable; where there is a consensus, that alone."""
        given: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for one in self.placed.values:
            given[one.case, one.variable].append(one)
        return {key: tuple([one for one in every if one.coder == CONSENSUS] or every) for key, every in given.items()}

    def differs(self, case: str, variable: str) -> bool:
        """Tell whether people gave different values, and there is no consensus: then none is sent."""
        return len({one.value for one in self._given.get((case, variable), ())}) > 1

    def _values(self, case: str, stated: Mapping[str, CaseValue] | None = None) -> dict[str, str]:
        """Return the values of a case or study as they are sent, by the GUIDs of their variables."""
        values = {}
        for variable in self.desk.codebook.variables:
            given = (stated or {}).get(variable.id)
            if given is None and not self.differs(case, variable.id):
                given = next((one.value for one in self._given.get((case, variable.id), ())), None)
            if given is not None and given != NOT_REPORTED:
                values[self.ids.guid("variable", variable.id)] = _sent_value(variable, text_of(given))
        return values

    def _included(self) -> Iterable[ProjectSet]:
        """Give the set of the sources whose work passed the last stage of the screening."""
        members = tuple(self.ids.guid("source", path) for path in self.texts if path in self.included)
        if members:
            yield ProjectSet(self.ids.guid("set", "included"), "Included", sources=members)


_Passage = tuple[str, int, int, tuple[str, ...]]
"""A document, start and end in its file, and the cases of a passage."""


def type_of(variable: Variable) -> VariableType:
    """Return the type that a variable has in a project: a category of yes and no is a truth, other categories texts.

    Examples
    --------
    >>> levels = ({"id": "no", "label": "No"}, {"id": "yes", "label": "Yes"})
    >>> year = Variable(id="since", label="Since", type="year")
    >>> type_of(Variable(id="failed", label="Failed", levels=levels)), type_of(year)
    ('Boolean', 'Integer')
    """
    if {one.id for one in variable.levels} == set(_TRUTH):
        return "Boolean"
    return _TYPES.get(variable.type, "Text")


def _sent_value(variable: Variable, value: str) -> str:
    if type_of(variable) == "Boolean":
        return _TRUTH.get(value, value)
    return next((level.label.en for level in variable.levels if level.id == value), value)


def _said(codings: Sequence[Coding]) -> _Said:
    one = codings[0]
    several = tuple(sorted(codings, key=lambda coding: coding.id))
    return _Said((one.document, one.start, one.end), one.code, one.coder, one.stance, one.scope, several)


def _label_in_indonesian(label: Label) -> str:
    """Return the description of what has no other: its label in Indonesian, where that differs."""
    return description_of(CodeParts(label_id=label.text("id") if label.text("id") != label.en else ""))


def _mark_guid(mark: Mark) -> str:
    return guid_of("note", mark_text(mark))


def _time(event: Event) -> str:
    """Return when something was said, in UTC, as XML Schema writes it."""
    return event.time.astimezone(UTC).isoformat().replace("+00:00", "Z") if event.time else ""
