"""Sources and cases of a project on their way into a review: documents under records, and the cases that they report.

A source that is in the review already is known again by its GUID or its text. Another one becomes a document whose text
behind the heading is that of the project, to the letter: of the record that it is named by, or whose title or DOI it
has, else of one that is typed into `searches.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from benang.coding.cases import Case
from benang.coding.codebook_edits import free_id, id_from, label_value
from benang.languages import document_languages
from benang.locale import translator
from benang.locale.writing import Worded, worded
from benang.project.folder import Document, document_at, document_of, heading, paper_lines
from benang.project.papers import file_name, match_paper
from benang.project.toml_edits import AddTable, Edit, SetValue, Value
from benang.project.toml_files import Label
from benang.qda import Ids, Project, ProjectCase, ProjectSource, Row
from benang.readers import PaperText
from benang.records.identity import title_letters
from benang.records.paper import Paper, paper_of
from benang.review.desk import Desk
from benang.screening.searches import Searches, read_searches
from benang.tasks.documents import document_name
from benang.tasks.exchange.incoming_vocabulary import Vocabulary, case_value, label_in
from benang.tasks.exchange.sent_review import Text, text_sent

_LONGEST_ID = 60
_NUMBERED = r"(?:-[0-9a-f]{8})?(?:-[0-9]+)?"
"""What the name of a document may have behind that of its record, where another document has that."""


@dataclass(frozen=True)
class Filed:
    """Where the sources of a project are in the review, by their GUIDs: documents, new ones among them.

    `reasons` say of each new document why it is of its record. `edits` are those of `searches.toml`.
    """

    documents: Mapping[str, Document]
    reasons: Mapping[str, Worded] = field(default_factory=dict)
    new: tuple[Document, ...] = ()
    typed: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    rows: tuple[Row, ...] = ()

    @cached_property
    def _sent(self) -> dict[str, Text]:
        return {}

    def place(self, source: str, start: int, end: int) -> tuple[Document, int, int]:
        """Return the document of a source, and where in its file a passage is."""
        document = self.documents[source]
        if source not in self._sent:  # once a text: one may have very many passages
            self._sent[source] = text_sent(document)
        sent = self._sent[source]

        def at(position: int) -> int:
            offset, before = position + sent.start, 0
            while (n := bisect_right(sent.taken_out, offset + before)) != before:
                before = n
            return offset + before

        return document, at(start), at(end - 1) + 1


def filed_sources(project: Project, desk: Desk, ids: Ids) -> Filed:
    """Find the documents of a project's sources, and make those that are not there."""
    filing = _Filing(project, desk, ids)
    for one in project.sources:
        filing.file(one)
    rows: tuple[Row, ...] = tuple(("source", document.path, guid) for guid, document in filing.by_guid.items())
    new, typed, edits = tuple(filing.new), tuple(filing.typed), tuple(filing.edits)
    return Filed(filing.by_guid, filing.reasons, new, typed, edits, rows)


@dataclass
class _Filing:
    """Goes through the sources of a project. `documents` are those of the review and the new ones, by their paths."""

    project: Project
    desk: Desk
    ids: Ids
    by_guid: dict[str, Document] = field(default_factory=dict)
    reasons: dict[str, Worded] = field(default_factory=dict)
    new: list[Document] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    @cached_property
    def documents(self) -> dict[str, Document]:
        return dict(self.desk.documents)

    @cached_property
    def _by_text(self) -> dict[str, list[Document]]:
        """The documents of the review by their texts, those whose place another one took among them."""
        texts: dict[str, list[Document]] = defaultdict(list)
        for _, document in sorted(self.desk.documents.items()):
            for one in (document, *document.earlier):
                texts[text_sent(one).text].append(one)
        return texts

    def _same(self, source: ProjectSource, text: str) -> Document | None:
        """Return the document that has the text of a source; of several, the one that its name or GUID tells.

        Two sources of a project are never one document: answers to a question may be the same words.
        """
        taken = {one.path for one in self.by_guid.values()}
        alike = [one for one in self._by_text.get(text, ()) if one.path not in taken]
        path = self.ids.id("source", source.guid)
        told = [one for one in alike if source.name in (one.record, heading(one.text).get("source"))]
        return next((one for one in alike if one.path == path), next(iter([*told, *alike]), None))

    @cached_property
    def _searches(self) -> Searches:
        path = self.desk.folder.searches
        return read_searches(path) if path else Searches()

    def file(self, source: ProjectSource) -> None:
        """Find or make the document of a source."""
        text = source.text.replace("\0", "\ufffd")  # which no document can have
        if same := self._same(source, text):
            self.by_guid[source.guid] = same
            return
        path = self.ids.id("source", source.guid)
        known = document_at(path, self.documents) if path else None
        suffix = ".md" if source.name.lower().endswith((".md", ".markdown")) else ".txt"
        if known is not None:
            key, paper, reason = known.record, known.paper, worded("its record has another text of this source")
        else:
            key, paper, reason = self._missed(path, suffix) or self._record(source, text)
        name = self._free_name(key, suffix)
        whole = _heading(key, paper, source, self.project, text) + text
        document = document_of(name, whole, "")
        self.documents[name] = self.by_guid[source.guid] = document
        self.reasons[source.guid] = reason
        self.new.append(document)

    def _free_name(self, key: str, suffix: str) -> str:
        """Name a new document of a record: a record may have several, and those of one project are all kept."""
        name = document_name(key, suffix, self.documents)
        stem = name.removesuffix(suffix)
        numbered = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        free = next(one for one in numbered if one.casefold() not in self._stems)
        self._stems.add(free.casefold())
        return free + suffix

    @cached_property
    def _stems(self) -> set[str]:
        """The names of documents without their suffixes: no two are to differ in these or in capitals alone."""
        return {path.casefold().rpartition(".")[0] for path in self.documents}

    def _missed(self, path: str | None, suffix: str) -> tuple[str, Paper, Worded] | None:
        """Return the record of a document that was there, or was to be when an import was killed: the longest fits."""
        if not path:
            return None
        keys = {one.key: one for one in self.desk.sources.works.records}
        own = [
            key
            for key in keys
            if path.startswith(begins := f"documents/{file_name(key)}")
            and re.fullmatch(_NUMBERED + re.escape(suffix), path.removeprefix(begins))
        ]
        if not own:
            return None
        key = max(own, key=len)
        return key, paper_of(keys[key]), worded("its document is missing")

    def _record(self, source: ProjectSource, text: str) -> tuple[str, Paper, Worded]:
        """Return the key of the record of a source, its paper, and how it was found; a new one where none fits."""
        sources = self.desk.sources
        stem = source.name.rpartition(".")[0] or source.name
        for name in dict.fromkeys((source.name, stem)):
            found = sources.filing.names.find(name)
            if name and found.is_sure:
                return found.key, paper_of(sources.works.record(found.key)), worded("it is named by its key")
        letters = {title_letters(one) for one in (source.name, stem)} - {""}
        titled = [one for one in sources.works.records if title_letters(one.title) in letters]
        if len(titled) == 1:
            return titled[0].key, paper_of(titled[0]), worded("it is named by its title")
        match = match_paper(PaperText((text,), has_pages=False), b"", source.name, sources.works.records)
        if match.key:
            return match.key, paper_of(sources.works.record(match.key)), match.reason
        return self._typed_record(source)

    def _typed_record(self, source: ProjectSource) -> tuple[str, Paper, Worded]:
        title = source.name or source.guid
        known = {*self.desk.sources.records.keys, *self.desk.sources.works.keys, *self.typed}
        known |= {one.record for one in self.documents.values()}
        key = free_id(id_from(title)[:_LONGEST_ID].strip("-") or "source", known.__contains__)
        self.typed.append(key)
        self.edits.append(AddTable("records", {"search": self._search, "id": key, "title": title}))
        return key, Paper(title), worded("a new record, typed into searches.toml")

    @cached_property
    def _search(self) -> str:
        """Return the id of the entry that stands for the project among the searches; it is made where there is none."""
        name = self.project.name or self.project.origin or "REFI-QDA"
        there = next((one.id for one in self._searches.searches if one.kind == "contacts" and one.name == name), None)
        if there is not None:
            return there
        _ = translator(self.desk.plan.language)
        note = _("Documents that came with a project of another program. How they were found is not known from it.")
        new = free_id(id_from(name) or "project", self._searches.by_id.__contains__)
        table: dict[str, Value] = {"id": new, "kind": "contacts", "name": name, "date": "", "by": "", "note": note}
        self.edits.insert(0, AddTable("searches", table))
        return new


def _heading(key: str, paper: Paper, source: ProjectSource, project: Project, text: str) -> str:
    origin = " – ".join(filter(None, (project.name, project.origin)))
    lines = {
        "record": key,
        **paper_lines(paper),
        "source": source.name,
        "imported from": origin,
        "language": ", ".join(document_languages(text)),
    }
    return "---\n" + "".join(f"{name}: {' '.join(one.split())}\n" for name, one in lines.items() if one) + "---\n"


@dataclass(frozen=True)
class Placed:
    """The cases of a project's passages in the review.

    `by_guid` are the project's cases, `of_source` the cases of a whole source, `of_selection` those of a passage by
    itself. `edits` are those of `cases.toml`; `refused` are values that were not taken, each with its reason.
    """

    by_guid: Mapping[str, str]
    of_source: Mapping[str, tuple[str, ...]]
    of_selection: Mapping[str, tuple[str, ...]]
    new: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    rows: tuple[Row, ...] = ()
    refused: tuple[Worded, ...] = ()

    def cases(self, source: str, selection: str) -> tuple[str, ...]:
        """Return the cases of a passage: its own, else those of its source."""
        return self.of_selection.get(selection) or self.of_source.get(source, ())


def placed_cases(project: Project, desk: Desk, ids: Ids, filed: Filed, vocabulary: Vocabulary) -> Placed:
    """Find the cases of a project in the review, and add those that are not there.

    A source of no case is a case by itself, as a study is in a review without `cases.toml`.
    """
    placing = _Placing(project, desk, ids, filed, vocabulary)
    placing.take()
    rows: tuple[Row, ...] = tuple(("case", one.id, guid) for guid, one in placing.by_guid.items())
    return Placed(
        {guid: one.id for guid, one in placing.by_guid.items()},
        {guid: tuple(dict.fromkeys(one.id for one in cases)) for guid, cases in placing.of_source.items()},
        {guid: tuple(dict.fromkeys(one.id for one in cases)) for guid, cases in placing.of_selection.items()},
        tuple(one.id for one in placing.cases if one.is_new),
        tuple(placing.edits()) if placing.needs_file else (),
        rows,
        tuple(placing.refused),
    )


@dataclass
class _Case:
    """A case of the review, or a new one, with what it gets; `number` is its place in `cases.toml`, from 0."""

    id: str
    label: Label
    studies: list[str]
    values: dict[str, Value]
    number: int | None = None
    is_new: bool = False
    more_studies: list[str] = field(default_factory=list)
    more_values: dict[str, Value] = field(default_factory=dict)

    def edits(self) -> Iterator[Edit]:
        """Give the changes of `cases.toml` that the case needs."""
        if self.number is None:
            head: dict[str, Value] = {"id": self.id, "label": label_value(self.label)}
            studies = [*self.studies, *self.more_studies]
            yield AddTable("cases", {**head, "studies": studies, **self.values, **self.more_values})
            return
        if self.more_studies:
            yield SetValue(("cases", self.number, "studies"), [*self.studies, *self.more_studies])
        for name, value in self.more_values.items():
            yield SetValue(("cases", self.number, name), value)


@dataclass
class _Placing:
    """Goes through the cases of a project, then through sources that no case has."""

    project: Project
    desk: Desk
    ids: Ids
    filed: Filed
    vocabulary: Vocabulary
    by_guid: dict[str, _Case] = field(default_factory=dict)
    of_source: dict[str, list[_Case]] = field(default_factory=lambda: defaultdict(list))
    of_selection: dict[str, list[_Case]] = field(default_factory=lambda: defaultdict(list))
    refused: list[Worded] = field(default_factory=list)

    @cached_property
    def cases(self) -> list[_Case]:
        """The cases of the review; of one without `cases.toml` its studies, which the file names once it is made."""
        has_file = self.desk.folder.cases is not None
        return [
            _Case(one.id, one.label, list(one.studies), _as_value(one), number if has_file else None)
            for number, one in enumerate(self.desk.present_cases.cases)
        ]

    @cached_property
    def needs_file(self) -> bool:
        """Whether the review has `cases.toml`, or gets it."""
        valued = any(one.values for one in self.project.sources)
        return bool(self.desk.folder.cases or self.project.cases or valued)

    def take(self) -> None:
        for one in self.project.cases:
            case = self.by_guid[one.guid] = self._case(one)
            for guid in one.sources:
                self.of_source[guid].append(case)
            for guid in one.selections:
                self.of_selection[guid].append(case)
        for source in self.project.sources:
            self._place(source)

    def edits(self) -> Iterator[Edit]:
        for one in self.cases:
            yield from one.edits()

    def _case(self, one: ProjectCase) -> _Case:
        label = " ".join(one.name.split())
        guid = self.ids.id("case", one.guid)
        names = [(case, {case.id.casefold(), case.label.en.casefold()}) for case in self.cases]
        known = next((case for case in self.cases if case.id == guid), None) or next(
            (case for case, own in names if label.casefold() in own and case not in self.by_guid.values()), None
        )
        case = known or self._new(label, label, one.description)
        self._add_studies(case, self._studies(one))
        self._add_values(case, one.values)
        return case

    def _new(self, label: str, base: str, description: str = "") -> _Case:
        taken = {one.id for one in self.cases}
        name = free_id(id_from(base)[:_LONGEST_ID].strip("-") or "case", taken.__contains__)
        case = _Case(name, label_in(label or name, description), [], {}, is_new=True)
        self.cases.append(case)
        return case

    def _studies(self, one: ProjectCase) -> list[str]:
        """Return the keys of the records that report a case: of its sources, and of those of its passages."""
        within = (self._source_of[guid] for guid in one.selections if guid in self._source_of)
        order = {guid: number for number, guid in enumerate(self.filed.documents)}
        sources = [*one.sources, *sorted(set(within), key=lambda guid: order[guid])]
        return [self.filed.documents[guid].record for guid in sources]

    @cached_property
    def _source_of(self) -> Mapping[str, str]:
        """The sources of passages, by the GUIDs of both."""
        return {at.guid: source.guid for source in self.project.sources for at in source.selections}

    def _add_studies(self, case: _Case, studies: Sequence[str]) -> None:
        there = [*case.studies, *case.more_studies]
        case.more_studies += [study for study in dict.fromkeys(studies) if study not in there]

    def _add_values(self, case: _Case, values: Mapping[str, str]) -> None:
        """Give a case values; what does not fit its variable, or the value that the case has, is refused."""
        for guid, text in values.items():
            variable = self.vocabulary.variables.get(guid)
            value = case_value(variable, text) if variable else None
            if variable is None or value is None:
                name = variable.label.en if variable else guid
                what = worded("{case}, {variable}: '{text}' does not fit", case=case.label.en, variable=name, text=text)
                self.refused.append(what)
                continue
            there = {**case.values, **case.more_values}.get(variable.id)
            if there is None:
                case.more_values[variable.id] = value
            elif there != value:
                self.refused.append(
                    worded(
                        "{case}, {variable}: '{text}', but the review has '{value}'",
                        case=case.label.en, variable=variable.label.en, text=text, value=there,
                    )
                )  # fmt: skip

    def _place(self, source: ProjectSource) -> None:
        """Find the cases of a source that no case of the project has, and give its values to its only case."""
        record = self.filed.documents[source.guid].record
        says_nothing = source.guid not in self.filed.reasons and not (source.selections or source.values)
        own = self.of_source[source.guid]
        own += [] if own else [one for one in self.cases if record in (*one.studies, *one.more_studies)]
        if not own and says_nothing:  # a document of the review that is in none of its cases
            return
        if not own and self.needs_file:
            own.append(self._new(source.name, source.name))
            self._add_studies(own[0], [record])
        elif not own:  # each study is a case by itself
            own.append(_Case(file_name(record), Label(en=source.name), [record], {}))
        if source.values and len(own) == 1:
            self._add_values(own[0], source.values)
        elif source.values:
            what = worded("{source}: its values, because it reports {n} cases", source=source.name, n=len(own))
            self.refused.append(what)


def _as_value(case: Case) -> dict[str, Value]:
    """Return the values of a case as its file has them."""
    return {name: label_value(one) if isinstance(one, Label) else one for name, one in case.values.items()}
