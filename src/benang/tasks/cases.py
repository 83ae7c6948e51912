"""Cases added, changed and removed in `cases.toml`: whatever a review compares, with the studies that report each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benang.coding.cases import Case, Cases, CaseValue, text_of, unfitting
from benang.coding.codebook import Variable
from benang.coding.codebook_edits import free_id, id_from, label_value
from benang.coding.coded import cases_of_studies
from benang.errors import BenangError, Problem, argument
from benang.files import decode, read_bytes, write_bytes
from benang.judgements import events
from benang.locale import Language
from benang.locale.writing import Worded, worded
from benang.progress import Progress, silent
from benang.project.folder import Document, without_abstracts
from benang.project.rekeying import edited
from benang.project.toml_edits import AddTable, Edit, RemoveTable, SetValue, Value, edited_toml
from benang.project.toml_files import Label, parsed_toml
from benang.review.beginning import edited_without_example, has_only_the_example_case
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note
from benang.tasks.codebook import changing
from benang.tasks.coding.form_values import folded, variable_named

FILE = "cases.toml"
_NEW = b"format = 1\n"


@dataclass(frozen=True, kw_only=True)
class _Request:
    folder: Path
    language: Language = "en"


@dataclass(frozen=True, kw_only=True)
class AddCaseRequest(_Request):
    """A case for a review, with keys of records as its `studies`, the main one first.

    Its id is made of its label where none is given. `values` are texts of variables by their ids or labels.
    """

    label: str
    id: str | None = None
    studies: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ChangeCaseRequest(_Request):
    """What a case, by its id or label, gets instead: a label, its studies, values; None and what is absent stay.

    An empty text takes a value away. A label or a text in two languages changes in that of the request.
    """

    case: str
    label: str | None = None
    studies: tuple[str, ...] | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RemoveCaseRequest(_Request):
    """A case of which nothing has been said, by its id or label."""

    case: str


@dataclass(frozen=True)
class CasesChange:
    """The cases as they are in the file now, and the one that was added, changed or removed."""

    cases: Cases
    case: Case
    account: Account


def add_case(request: AddCaseRequest, *, progress: Progress = silent) -> CasesChange:
    """Add a case at the end of `cases.toml`; the case with which a review begins as an example makes room for it.

    Where there is no such file, each study with a document has been a case by itself. These are written into the file
    first, so that what was coded for them stays where it is.

    Raises
    ------
    BenangError
        Where the label is empty or another case's, or the id is taken; for a study that is no record, a value that its
        variable does not take, or a file that can't be read, changed or written. Nothing is written then.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder, FILE) as review:
        desk = open_desk(review.root)
        replaces = _replaces_the_example(desk)
        others = () if replaces else desk.present_cases.cases
        label = _free_label(request.label, others)
        table: dict[str, Value] = {"id": _new_id(request.id, label, others), "label": label}
        table |= {"studies": _known_studies(request.studies, desk)} if request.studies else {}
        table |= {key: one for key, one in _values(request, None, desk).items() if one is not None}
        before = [] if desk.folder.cases else [AddTable("cases", _table(one)) for one in others]
        change = edited_without_example if replaces else edited_toml
        cases, path = _written(desk, [*before, AddTable("cases", table)], change)
    case = cases.by_id[str(table["id"])]
    return CasesChange(cases, case, _account(worded("Added: {case}.", case=label), path))


def change_case(request: ChangeCaseRequest, *, progress: Progress = silent) -> CasesChange:
    """Change the label, the studies or values of a case; its id stays, so that what was coded for it does too.

    Raises
    ------
    BenangError
        As `add_case`; and where there is no such case.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder, FILE) as review:
        desk = open_desk(review.root)
        before = desk.present_cases.cases
        case = desk.case(request.case, "")
        number = before.index(case)
        changes: dict[str, Value | None] = dict(_values(request, case, desk))
        if request.label is not None and request.label.strip() != case.name(request.language):
            label = _free_label(request.label, [one for one in before if one is not case])
            changes["label"] = _in_language(label, case.label, request.language)
        if request.studies is not None and request.studies != case.studies:
            changes["studies"] = _known_studies(request.studies, desk, own=case.studies)
        edits: list[Edit] = [SetValue(("cases", number, key), one) for key, one in changes.items()]
        name = case.name(request.language)
        if not changes:
            return CasesChange(desk.present_cases, case, _account(worded("Nothing to change: {case}.", case=name)))
        if not desk.folder.cases:
            table = {key: one for key, one in {**_table(case), **changes}.items() if one is not None}
            edits = [AddTable("cases", table if one is case else _table(one)) for one in before]
        cases, path = _written(desk, edits)
    case = cases.by_id[case.id]
    name = case.label.text(request.language) or name  # labels that the codebook makes are not in the file
    return CasesChange(cases, case, _account(worded("Changed: {case}.", case=name), path))


def remove_case(request: RemoveCaseRequest, *, progress: Progress = silent) -> CasesChange:
    """Remove a case that nobody has coded, read or described.

    Raises
    ------
    BenangError
        Where there is no such case, or judgements speak of it: they would speak of nothing then.
    """
    progress("Reading the review", 0.0)
    with changing(request.folder, FILE) as review:
        desk = open_desk(review.root)
        before = desk.present_cases.cases
        case = desk.case(request.case, "")
        if n := judgements_about(desk)[case.id]:
            fault = worded(
                "{n} judgement is about the case '{case}'",
                "{n} judgements are about the case '{case}'",
                n=n,
                case=case.name(request.language),
            )
            way_on = worded("Take these back first: History lists them.")
            raise BenangError(Problem(fault, way_on=way_on))
        if desk.folder.cases:
            edits: list[Edit] = [RemoveTable("cases", before.index(case))]
        else:
            edits = [AddTable("cases", _table(one)) for one in before if one is not case]
        cases, path = _written(desk, edits)
    return CasesChange(cases, case, _account(worded("Removed: {case}.", case=case.name(request.language)), path))


def judgements_about(desk: Desk) -> Counter[str]:
    """Return how many judgements are about each case: codings, values, memos, and marks that it has been read."""
    counts = Counter[str]()
    for one in (*desk.judgements.current, *desk.judgements.disputed):
        if isinstance(one, events.Memo):
            counts[one.of] += one.about == "case"
        elif isinstance(one, events.Task):
            counts[one.case] += one.state == "done"
        elif isinstance(one, (events.Coding, events.Value)):
            counts[one.case] += 1
    return counts


@dataclass(frozen=True, slots=True)
class ShownStudy:
    """A study as a page names it: the key of its record, its author and year, its title, and the path of its text."""

    key: str
    label: str
    title: str
    document: str


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case with its studies, the labels and texts of its values, and how many judgements are about it."""

    case: Case
    studies: tuple[ShownStudy, ...]
    values: tuple[tuple[str, str], ...]
    judgements: int


def studies_shown(desk: Desk, titles: Mapping[str, str]) -> tuple[ShownStudy, ...]:
    """Return the studies that have documents, by their labels; `titles` are by keys of records."""
    texts: dict[str, Document] = {}
    for one in without_abstracts(desk.documents[path] for path in sorted(desk.documents)):
        texts.setdefault(one.record, one)
    labels = {one.studies[0]: one.label.en for one in cases_of_studies(desk.documents).cases}
    every = (
        ShownStudy(key, labels.get(key, key), one.paper.title or titles.get(key, ""), one.path)
        for key, one in texts.items()
    )
    return tuple(sorted(every, key=lambda one: (one.label.casefold(), one.key)))


def cases_shown(desk: Desk, titles: Mapping[str, str], language: Language) -> tuple[ShownCase, ...]:
    """Return the cases of a review in the order of the file."""
    studies = {one.key: one for one in studies_shown(desk, titles)}
    counts, declared = judgements_about(desk), {one.id: one for one in desk.codebook.variables}
    return tuple(
        ShownCase(
            case,
            tuple(studies.get(key) or ShownStudy(key, key, "", "") for key in case.studies),
            tuple(
                (declared[name].label.text(language), _level_or_text(value, declared[name], language))
                for name, value in case.values.items()
                if name in declared
            ),
            counts[case.id],
        )
        for case in desk.present_cases.cases
    )


def _level_or_text(value: CaseValue, variable: Variable, language: Language) -> str:
    labels = {level.id: level.label.text(language) for level in variable.levels}
    text = text_of(value, language)
    return labels.get(text, text)


def own_variables(case: Case | None, desk: Desk) -> tuple[Variable, ...]:
    """Return the variables that a case has in `cases.toml`: those of no form, whose values need no passage."""
    in_forms = {name for form in desk.codebook.forms for name in form.variables}
    values = case.values if case else {}
    return tuple(one for one in desk.codebook.variables if one.id not in in_forms or one.id in values)


def _replaces_the_example(desk: Desk) -> bool:
    """Tell whether the only case is the one that shows what a case is, and nothing has been said of it."""
    return has_only_the_example_case(desk) and not judgements_about(desk)[desk.cases.cases[0].id]


def _free_label(label: str, others: Sequence[Case]) -> str:
    label = " ".join(label.split())
    if not label:
        raise BenangError(Problem(worded("the case has no label"), where=argument("label")))
    if any(folded(label) in (folded(one.name("en")), folded(one.name("id"))) for one in others):
        way_on = worded("Give it another label.")
        raise BenangError(
            Problem(worded("there is already a case '{name}'", name=label), where=argument("label"), way_on=way_on)
        )
    return label


def _new_id(name: str | None, label: str, others: Sequence[Case]) -> str:
    taken = {one.id for one in others}
    if name is None:
        return free_id(id_from(label) or "case", taken.__contains__)
    if name in taken:
        way_on = worded("Give it another id.")
        raise BenangError(
            Problem(worded("there is already a case '{name}'", name=name), where=argument("id"), way_on=way_on)
        )
    return name


def _known_studies(studies: Sequence[str], desk: Desk, *, own: Sequence[str] = ()) -> list[str]:
    """Return studies without repetitions, by the keys of their records; the exports are read only if they must be."""
    known = {*own, *(one.record for one in desk.documents.values())}
    return list(dict.fromkeys(one if one in known else _record_named(one, desk) for one in studies))


def _record_named(key: str, desk: Desk) -> str:
    """Return the record that a key is of; one that was joined to another is known by its own key too."""
    return desk.sources.filing.names.find(key).key or desk.of_record(key)[0].record


def _values(request: AddCaseRequest | ChangeCaseRequest, case: Case | None, desk: Desk) -> dict[str, Value | None]:
    """Return the values that are other than before, as TOML has them; None where one is taken away."""
    changes: dict[str, Value | None] = {}
    before = case.values if case else {}
    for name, text in request.values.items():
        variable, words = variable_named(name, desk), " ".join(text.split())
        earlier = before.get(variable.id)
        if words == (text_of(earlier, request.language) if earlier is not None else ""):
            continue
        changes[variable.id] = _value(words, variable, earlier, request.language) if words else None
    return changes


def _value(words: str, variable: Variable, earlier: CaseValue | None, language: Language) -> Value:
    is_number = variable.type in ("year", "number") and words.isascii() and words.isdecimal()
    value = int(words) if is_number else words
    if fault := unfitting(value, variable):
        way_on = "" if variable.type in ("year", "number") else fault[1]
        raise BenangError(Problem(fault[0], where=variable.id, way_on=way_on))
    return _in_language(words, earlier, language) if isinstance(earlier, Label) else value


def _in_language(words: str, earlier: Label, language: Language) -> Value:
    """Return a label with other words in one language; one that has a text for all languages is this text."""
    if earlier.id is None:
        return words
    return {"en": earlier.en, "id": words} if language == "id" else {"en": words, "id": earlier.id}


def _table(case: Case) -> dict[str, Value]:
    """Return a case that is a study as a table of the file."""
    return {"id": case.id, "label": label_value(case.label), "studies": list(case.studies)}


def _written(desk: Desk, edits: Sequence[Edit], change: Callable[..., str] = edited_toml) -> tuple[Cases, Path]:
    """Change the file of the cases, and read it again before it is written."""
    path = desk.folder.cases or desk.folder.root / FILE
    before = read_bytes(path) if desk.folder.cases else _NEW
    data = edited(before, partial(change, edits=edits, where=path.name), where=path.name)
    cases = parsed_toml(decode(data, where=path.name), Cases, where=path.name)
    write_bytes(path, data)
    return cases, path


def _account(sentence: Worded, *files: Path) -> Account:
    return Account(notes=(Note(sentence),), files=files)
