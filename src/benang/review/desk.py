"""What coding needs of a review: vocabulary, documents, the log. It opens at once; exports are read when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

from benang.coding.cases import Case, Cases, read_cases
from benang.coding.codebook import Code, Codebook
from benang.coding.codebook_file import read_codebook
from benang.coding.codebook_versions import keep_version
from benang.coding.coded import cases_of_studies
from benang.coding.placed import codings_in_documents, present_code
from benang.errors import BenangError, Problem, argument, closest, nearest
from benang.files import sha256, write_together
from benang.judgements.events import Coding, Consensus, Event, Memo, Task, Value
from benang.judgements.log import Judgements, read_judgements
from benang.judgements.store import FolderStore
from benang.judgements.store import file_name as log_name
from benang.locale.writing import alternatives, worded
from benang.project.folder import Document, ReviewFolder, document_of, open_folder, read_documents
from benang.project.papers import abstract_name, abstract_text, file_name
from benang.records.spelling import label_key
from benang.review.plan import Plan
from benang.review.plan_reading import read_plan

if TYPE_CHECKING:
    from benang.records.corpus import Corpus
    from benang.review.load import ReadSources


class UnknownName(BenangError):  # noqa: N818 - the name says what was found
    """A word that names no record, code or case; `known` are lists of those there are, ids before labels."""

    def __init__(
        self, problem: Problem, kind: Literal["record", "code", "case"], word: str, *known: Sequence[str]
    ) -> None:
        super().__init__(problem)
        self.kind, self.word, self.known = kind, word, known


@dataclass(frozen=True)
class Desk:
    """A review opened for coding. `documents` are by their paths, each under the record that its heading names.

    An abstract that was asked for (`of_record`) is among them; `append` writes it into the review once it is quoted.
    """

    folder: ReviewFolder
    plan: Plan
    codebook: Codebook
    cases: Cases
    documents: dict[str, Document]
    judgements: Judgements
    _of_record: dict[str, tuple[Document, ...]] = field(default_factory=dict, repr=False)
    _exports: Callable[[], Corpus] | None = field(default=None, repr=False, compare=False)

    @cached_property
    def sources(self) -> ReadSources:
        """The records of the review; reading them takes longer than all else, so that it waits until it is needed."""
        from benang.review.load import read_sources  # with all readers, which most of coding does without

        return read_sources(self.plan, self.folder, exports=self._exports() if self._exports else None)

    @property
    def present_cases(self) -> Cases:
        """The cases of the review; without `cases.toml` each study that has a document by now."""
        return self.cases if self.folder.cases else cases_of_studies(self.documents)

    @cached_property
    def _codings_of_persons(self) -> Mapping[tuple[str, str, str], Sequence[Coding]]:
        """The valid codings of persons, by coder, case and code, wherever they are."""
        by_kind: dict[tuple[str, str, str], list[Coding]] = defaultdict(list)
        present = cache(lambda code: present_code(code, self.codebook))
        for one in self.judgements.of(Coding):
            if not one.program:
                by_kind[one.coder, one.case, present(one.code)].append(one)
        return by_kind

    @cached_property
    def placed_codings(self) -> tuple[Coding, ...]:
        """The valid codings of persons at their present places, with the codes that they carry now."""
        codings = [one for one in self.judgements.of(Coding) if not one.program]
        return tuple(codings_in_documents(codings, self.documents, self.codebook))

    @cached_property
    def _coders(self) -> frozenset[str]:
        return frozenset(coder for coder, _, _ in self._codings_of_persons)

    @cached_property
    def _placed(self) -> dict[tuple[str, str, str], Mapping[Spot, Sequence[Coding]]]:
        return {}

    def _placed_of(self, kind: tuple[str, str, str]) -> Mapping[Spot, Sequence[Coding]]:
        """Return the codings of a coder, case and code by their spots; only what is asked for is put in its place."""
        if kind not in self._placed:
            spots: dict[Spot, list[Coding]] = defaultdict(list)
            for one in codings_in_documents(self._codings_of_persons.get(kind, ()), self.documents, self.codebook):
                spots[self.spot(one)].append(one)
            self._placed[kind] = spots
        return self._placed[kind]

    def spot(self, one: Coding) -> Spot:
        """Return who says of which words that they carry which code, for which case."""
        return one.coder, one.case, present_code(one.code, self.codebook), one.document, one.start, one.end

    def same_as(self, coding: Coding) -> Sequence[Coding]:
        """Return the valid codings of the same coder and words, with the code for the case.

        Each is at the place that it has in its document today.
        """
        spot = self.spot(coding)
        return self._placed_of(spot[:3]).get(spot, ())

    def is_coded(self, coding: Coding) -> bool:
        """Tell whether some person, whoever it is, has given these words this code for this case."""
        spot = self.spot(coding)
        return any((coder, *spot[1:]) in self._placed_of((coder, *spot[1:3])) for coder in self._coders)

    @cached_property
    def later(self) -> Mapping[str, Event]:
        """The event that took the place of another, by the other's id; of several, one of them."""
        events = (*self.judgements.superseded, *self.judgements.disputed, *self.judgements.current)
        return {earlier: one for one in events for earlier in one.supersedes}

    def of_record(self, key: str) -> tuple[Document, ...]:
        """Return the documents of a record, papers before its abstract.

        A record without a document has its abstract, which `append` keeps as a document. A record that
        was joined to another is known by its own key too.

        Raises
        ------
        BenangError
            Where no record has this key, with the nearest one, or the record has neither document nor abstract.
        """
        if key not in self._of_record:
            self._of_record[key] = self._documents_of(key) or self._filed_documents_of(key)
        return self._of_record[key]

    def _filed_documents_of(self, key: str) -> tuple[Document, ...]:
        from benang.review.load import filed_documents

        filed = filed_documents(self.documents, self.sources.filing)
        named = self.sources.filing.names.find(key)
        if not named.key:
            known = sorted({*self.sources.works.keys, *(one.record for one in self.documents.values())})
            problem = Problem(
                worded("no record has the key '{key}'", key=key), where=argument("record"), way_on=nearest(key, known)
            )
            raise UnknownName(problem, "record", key, known)
        own = tuple(one for one in filed.values() if one.record == named.key)
        return own or (self._abstract(named.key),)

    def _documents_of(self, key: str) -> tuple[Document, ...]:
        own = [one for one in self.documents.values() if one.record == key]
        return tuple(sorted(own, key=lambda one: (one.account == "abstract", one.path)))

    def _abstract(self, key: str) -> Document:
        """Return the abstract of a record as the document that it is, or would be."""
        record = self.sources.works.record(key)
        if not record.abstract.strip():
            fault = worded("the record '{key}' has neither a document nor an abstract", key=key)
            way_on = worded("Put the paper into the folder 'papers' and run `benang documents FOLDER`.")
            raise BenangError(Problem(fault, where="documents", way_on=way_on))
        name = abstract_name(key)
        path, text = self.folder.root / name, abstract_text(record)
        kept = read_documents(replace(self.folder, documents=(path,))) if path.exists() else {}
        self.documents[name] = kept.get(name) or document_of(name, text, sha256(text))
        return self.documents[name]

    def code(self, word: str) -> Code:
        """Return a code by its id or label, in either language, in capitals or not.

        Raises
        ------
        BenangError
            Where there is none, with the nearest; for a heading, a code that was retired, and a label of several.
        """
        code = self.codebook.code(word) or _labelled(word, self.codebook.codes)
        if code is None:
            raise self._unknown_code(word)
        if code.heading:
            under = [one.id for one in self.codebook.codes if one.parent == code.id]
            fault, use = worded("'{code}' is a heading, and passages can't be coded with it", code=code.id), under
        elif not code.is_usable:
            others = [one.id for one in self.codebook.codes if one.is_usable]
            was_split = worded("the code '{code}' was split", code=code.id)
            fault = was_split if code.split_into else worded("the code '{code}' was retired", code=code.id)
            use = list(code.split_into) or others
        else:
            return code
        way_on = worded("Use one of: {codes}.", codes=", ".join(use)) if use else ""
        raise BenangError(Problem(fault, where=argument("code"), way_on=way_on))

    def _unknown_code(self, word: str) -> UnknownName:
        usable = [one for one in self.codebook.codes if one.is_usable]
        ids = [one.id for one in usable]
        labels = sorted({label for one in usable for label in (one.label.text("en"), one.label.text("id"))})
        meant = closest(word, ids) or closest(word, labels)
        way_on = worded("Did you mean '{meant}'?", meant=meant) if meant else nearest(word, ids)
        problem = Problem(
            worded("'{word}' is not a code in codebook.toml", word=word), where=argument("code"), way_on=way_on
        )
        return UnknownName(problem, "code", word, ids, labels)

    def code_of_any_kind(self, word: str) -> Code:
        """Return a code by its id or label, a heading or a retired one too."""
        code = self.codebook.code(word) or _labelled(word, self.codebook.codes)
        return code or self.code(word)

    def case(self, word: str | None, record: str) -> Case:
        """Return a case by its id or label; where none is named, the only one that a record is a study of.

        Raises
        ------
        BenangError
            Where there is no such case, with the nearest, or it must be said which of several is meant.
        """
        cases = self.present_cases
        if word:
            case = cases.by_id.get(word) or _labelled(word, cases.cases)
            if case is None:
                ids, labels = list(cases.by_id), [one.label.en for one in cases.cases]
                way_on = nearest(word, [*ids, *labels])
                problem = Problem(
                    worded("'{word}' is not a case in cases.toml", word=word), where=argument("case"), way_on=way_on
                )
                raise UnknownName(problem, "case", word, ids, labels)
            return case
        own_cases = [one for one in cases.cases if record in one.studies]
        if len(own_cases) == 1:
            return own_cases[0]
        of_several = worded("'{record}' is a study of {n} cases", record=record, n=len(own_cases))
        fault = of_several if own_cases else worded("'{record}' is a study of no case", record=record)
        choices = own_cases or list(cases.cases)
        named = alternatives(one.id for one in choices[:8]) if choices else ""
        way_on = worded("Say which ({option}): {cases}.", option=argument("case"), cases=named) if named else ""
        raise BenangError(Problem(fault, where=argument("case"), way_on=way_on))

    def coder(self, name: str | None) -> str:
        """Return the coder who is named, or the only one that the plan has.

        Raises
        ------
        BenangError
            Where none is named and the plan has none, or several; for a name that no log can have.
        """
        if name:
            log_name(name)
            return name
        if len(self.plan.reviewers) == 1:
            return self.plan.reviewers[0]
        names = ", ".join(self.plan.reviewers) or worded("none")
        fault = worded("name the coder (reviewers in the plan: {names})", names=names)
        raise BenangError(
            Problem(fault, where=argument("coder"), way_on=worded("Add {option} NAME.", option=argument("coder")))
        )

    def append(self, events: Sequence[Event], *, time: datetime | None = None) -> tuple[Event, ...]:
        """Append events to the logs of their coders, with the time and the version of the codebook, which is kept.

        So are the abstracts that they quote or are about: what is quoted must stay as it is.
        """
        if not events:
            return ()
        self._keep_abstracts({name for one in events for name in _named(one)})
        keep_version(self.folder.root, self.folder.codebook, self.codebook)
        store = FolderStore(self.folder.root)
        return store.append(events, time=time or datetime.now(UTC), vocabulary=self.codebook.version)

    def _keep_abstracts(self, names: Set[str]) -> None:
        """Write those that are named, by path or as a case, into the review, where they are not there yet."""
        abstracts = [
            one
            for one in self.documents.values()
            if one.is_abstract and names & {one.path, one.record, file_name(one.record)}
        ]
        places = {self.folder.root / one.path: one.text.encode() for one in abstracts}
        write_together({path: data for path, data in places.items() if not path.exists()})


Spot = tuple[str, str, str, str, int, int]
"""Coder, case, code, document, start and end of a coding."""

Named = TypeVar("Named", Code, Case)


def _labelled(word: str, among: Iterable[Named]) -> Named | None:
    """Return what has this id or label, in capitals or not; None where nothing has.

    Raises
    ------
    BenangError
        Where several have the label, with their ids.
    """
    wanted = label_key(word)
    every = list(among)
    by_id = next((one for one in every if one.id.casefold() == wanted), None)
    labelled = [one for one in every if wanted in (label_key(one.label.text("en")), label_key(one.label.text("id")))]
    if by_id is None and len(labelled) > 1:
        ids = ", ".join(one.id for one in labelled)
        fault = worded("'{word}' is the label of {n}", word=word, n=len(labelled))
        raise BenangError(Problem(fault, way_on=worded("Write the id of the one you mean: {ids}.", ids=ids)))
    return by_id or next(iter(labelled), None)


def _named(event: Event) -> Iterator[str]:
    """Give the documents that an event quotes, and what it is about."""
    if isinstance(event, Coding):
        yield event.document
    elif isinstance(event, Value):
        yield from (passage.document for passage in event.passages)
    if isinstance(event, Coding | Value | Task | Consensus):
        yield event.case
    elif isinstance(event, Memo):
        yield event.of


def open_desk(folder: Path | str, *, exports: Callable[[], Corpus] | None = None) -> Desk:
    """Open a review for coding; `exports` gives the records of its exports where somebody keeps them.

    Raises
    ------
    BenangError
        Where plan, codebook, cases, documents or logs can't be read; all problems of a file together.
    """
    review = open_folder(Path(folder))
    codebook = read_codebook(review.codebook) if review.codebook else Codebook()
    documents = read_documents(review)
    cases = read_cases(review.cases, codebook) if review.cases else cases_of_studies(documents)
    plan, judgements = read_plan(review), read_judgements(review)
    return Desk(review, plan, codebook, cases, documents, judgements, _exports=exports)
