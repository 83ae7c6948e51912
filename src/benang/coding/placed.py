"""Judgements checked against the vocabulary and put in their places in the documents, also where a quote has moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from operator import attrgetter

from benang.coding.cases import Cases, about_subjects, is_of_studies, text_of, unfitting
from benang.coding.codebook import Codebook
from benang.coding.quotes import Span, chosen_by_surroundings, find_quote, surroundings
from benang.errors import BenangError, Problem, nearest
from benang.evidence import Passage
from benang.judgements.events import CONSENSUS, NOT_REPORTED, Coding, Consensus, Event, Quotation, Task, Value
from benang.judgements.log import Judgements, conflict_problems
from benang.locale.writing import worded
from benang.project.folder import Document, document_at


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A coding whose quote is no longer in its document (or is there more than once).

    `times` says how often it is there; None where the document itself is missing.
    """

    judgement: str
    file: str
    line: int
    document: str
    quote: str
    reason: str
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """The judgements that stand, with their quotations at their places in the documents.

    `passages` holds every quotation by id: a passage of a coding has the coding's id; those of a value have `VALUE/1`
    and so on, and the variable as their code. Of each,
    `documents[passage.document].text[passage.start:passage.end] == passage.quote`. `moved` are the ids of those that
    were found again at another place. `set_aside` are the codings that a consensus has not kept: they are among neither
    `codings` nor `passages`, so that no number counts them, and agreement is computed from them all the same.
    `consensuses` have the codes of today. `lost` are the codings and values whose quotations are all `unplaced`: no
    number counts them, and who compares coders must not take them for silence.
    """

    codings: tuple[Coding, ...] = ()
    set_aside: tuple[Coding, ...] = ()
    values: tuple[Value, ...] = ()
    tasks: tuple[Task, ...] = ()
    consensuses: tuple[Consensus, ...] = ()
    passages: Mapping[str, Passage] = field(default_factory=dict)
    moved: tuple[str, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    lost: tuple[Coding | Value, ...] = ()

    @property
    def all_passages(self) -> Mapping[str, Passage]:
        """All passages by id, also those that a consensus has set aside."""
        return {**self.passages, **{one.id: passage_of(one) for one in self.set_aside}}


def place(judgements: Judgements, documents: Mapping[str, Document], codebook: Codebook, cases: Cases) -> Placed:
    """Put every quotation of the judgements that stand in its document.

    All of them must speak of codes, cases and variables that there are. A code that was renamed or merged is the one
    that it is now. A program's suggestions are left out. A quote at its place stays. Otherwise it is found again where
    the document has it once, or once among the surroundings that were kept with it: first character by character,
    then as a reader sees it (`quotes.find_quote`), so that a text that was wrapped or extracted anew still holds it;
    its offsets and its words are then the document's. A document that is missing is looked for under the same name
    with another suffix: a note that was replaced by the paper itself. What isn't found, or is found more than once, is
    listed in `unplaced`. A value is valid as long as one of its passages is.

    Raises
    ------
    BenangError
        Where `check_judgements` finds a judgement that names something unknown.
    """
    judgements = about_subjects(judgements, codebook, cases)
    check_judgements(judgements, codebook, cases)
    return in_documents(judgements, documents, codebook)


def in_documents(judgements: Judgements, documents: Mapping[str, Document], codebook: Codebook) -> Placed:
    """Put quotations at their places as `place` does, whatever codes and cases they name."""
    passages: dict[str, Passage] = {}
    codings: list[Coding] = []
    aside: list[Coding] = []
    moved: list[str] = []
    unplaced: list[Unplaced] = []
    lost: list[Coding | Value] = []
    code_now = cache(partial(present_code, codebook=codebook))
    for name, event, quotation in _quotations(judgements.of_persons):
        at = at_present(quotation, documents)
        if not isinstance(at, Quotation):
            unplaced.append(_unplaced(event, quotation, at, judgements))
            if isinstance(event, Coding):
                lost.append(event.model_copy(update={"code": code_now(event.code)}))
            continue
        if at is not quotation and _is_elsewhere(at, _behind_heading(quotation, documents)):
            moved.append(name)
        if isinstance(event, Coding):
            coding = _at(event, at, code_now(event.code))
            if name in judgements.set_aside:
                aside.append(coding)
                continue
            codings.append(coding)
            passages[name] = passage_of(coding)
        else:
            passages[name] = _behind(event, name, at, code_now(event.variable))
    values = [value for value in judgements.of(Value) if not value.program]
    lost += [value for value in values if value.passages and not passages.keys() & {*value.passage_ids}]
    gone = {one.id for one in lost}
    return Placed(
        codings=tuple(codings),
        set_aside=tuple(aside),
        values=tuple(value for value in values if value.id not in gone),
        tasks=tuple(task for task in judgements.of(Task) if not task.program),
        consensuses=tuple(
            one.model_copy(update={"code": code_now(one.code)}) if code_now(one.code) != one.code else one
            for one in judgements.consensuses
        ),
        passages=passages,
        moved=tuple(moved),
        unplaced=tuple(sorted(unplaced, key=lambda one: (one.file, one.line))),
        lost=tuple(lost),
    )


def codings_in_documents(
    codings: Iterable[Coding], documents: Mapping[str, Document], codebook: Codebook
) -> Iterator[Coding]:
    """Give codings at their present places, with the codes that they carry now; those that have none are left out.

    It is what `in_documents` does for all judgements, without the passages that numbers rest on.
    """
    code_now = cache(partial(present_code, codebook=codebook))
    for one in codings:
        at = at_present(one, documents)
        if isinstance(at, Quotation):
            yield _at(one, at, code_now(one.code))


_parts = attrgetter(*Passage.__slots__)
"""What makes a coding a passage."""


def passage_of(coding: Coding) -> Passage:
    """Return the passage of a coding that is at its place."""
    return Passage(*_parts(coding))


def _behind(value: Value, name: str, at: Quotation, variable: str) -> Passage:
    """Return a passage that a value rests on, at its present place."""
    return Passage(name, at.document, at.start, at.end, at.quote, value.case, variable, value.coder, value.scope)


def places_of(judgements: Judgements, documents: Mapping[str, Document]) -> dict[str, int]:
    """Return where the quotations of judgements begin in documents, by the ids of the passages that are found."""
    quotations = _quotations((*judgements.current, *judgements.disputed))
    places = ((name, at_present(quotation, documents)) for name, _, quotation in quotations)
    return {name: at.start for name, at in places if isinstance(at, Quotation)}


def left_behind(
    judgements: Judgements, before: Mapping[str, Document], after: Mapping[str, Document]
) -> tuple[Unplaced, ...]:
    """Return the passages that are found in documents as they were, and no longer in those that they became.

    Suggestions of programs and judgements in conflict are among them: they may count one day.
    """
    left = []
    for _, event, quotation in _quotations((*judgements.current, *judgements.disputed)):
        here, there = (at_present(quotation, texts) for texts in (before, after))
        if isinstance(here, Quotation) and not isinstance(there, Quotation):
            left.append(_unplaced(event, quotation, there, judgements))
    return tuple(sorted(left, key=lambda one: (one.file, one.line, one.quote)))


def _at(coding: Coding, at: Quotation, code: str) -> Coding:
    """Return a coding at a place and with a code; itself where it has both."""
    if at is coding and code == coding.code:
        return coding
    place = {name: getattr(at, name) for name in ("document", "start", "end", "quote")}
    return coding.model_copy(update={**place, "code": code})


def _is_elsewhere(at: Quotation, there: Quotation) -> bool:
    return (at.document, at.start) != (there.document, there.start)


def present_code(name: str, codebook: Codebook) -> str:
    """Return the id that a code has now; an unknown one as it is."""
    code = codebook.code(name)
    return code.id if code else name


def at_present(quotation: Quotation, documents: Mapping[str, Document]) -> Quotation | int | None:
    """Find a quotation as `find` does, also behind a heading that has grown since it was written down."""
    own = documents.get(quotation.document)
    if own is not None and _stands(quotation, own):
        return quotation
    return find(_behind_heading(quotation, documents), documents)


def find(quotation: Quotation, documents: Mapping[str, Document]) -> Quotation | int | None:
    r"""Find a quotation in its document, or say how often it is there, or None where there is no such document.

    Examples
    --------
    >>> text = Document("documents/a.md", "a", "No office. No staff,\nno budget.", "")
    >>> there = find(Quotation(document="documents/a.md", start=0, end=9, quote="no budget"), {text.path: text})
    >>> there.start, there.end, there.quote
    (21, 30, 'no budget')
    >>> find(Quotation(document="documents/a.md", start=4, end=7, quote="No "), {text.path: text})
    2
    >>> find(Quotation(document="documents/b.md", start=0, end=2, quote="No"), {text.path: text})
    """
    own = documents.get(quotation.document)
    if own is not None and _stands(quotation, own):
        return quotation
    if own is None and (later := _later(quotation, documents)):
        own, quotation = later
    places = [own] if own is not None else _same_stem(quotation.document, documents)
    if not places:
        return None
    for spans in (_exact, find_quote):
        places_in_texts = [(document, span) for document in places for span in spans(quotation.quote, document.text)]
        if len(places_in_texts) == 1:
            return _quotation(*places_in_texts[0])
        if places_in_texts:
            return _surrounded(quotation, places_in_texts) or len(places_in_texts)
    return 0


def _later(quotation: Quotation, documents: Mapping[str, Document]) -> tuple[Document, Quotation] | None:
    """Return the document that took the place of a quotation's, and the quotation as the earlier text has it.

    Its surroundings are those in the earlier text, also where the log is older than surroundings are.
    """
    document = document_at(quotation.document, documents)
    if document is None:
        return None
    earlier = next(one for one in document.earlier if one.path == quotation.document)
    there = at_present(quotation, {earlier.path: earlier})
    if not isinstance(there, Quotation):
        return document, quotation
    before, after = surroundings(earlier.text, Span(there.start, there.end))
    return document, there.model_copy(update={"before": before, "after": after})


def _surrounded(quotation: Quotation, places: Sequence[tuple[Document, Span]]) -> Quotation | None:
    """Choose the place by what surrounded the quote when it was coded; None where that can't tell."""
    if not (quotation.before.strip() or quotation.after.strip()):
        return None
    document = places[0][0]
    if any(other is not document for other, _ in places):
        return None
    spans = [span for _, span in places]
    chosen = chosen_by_surroundings(document.text, spans, quotation.before, quotation.after)
    return _quotation(document, chosen) if chosen else None


def _quotation(document: Document, span: Span) -> Quotation:
    quote = document.text[span.start : span.end]
    return Quotation(document=document.path, start=span.start, end=span.end, quote=quote)


def _stands(quotation: Quotation, document: Document) -> bool:
    return document.text[quotation.start : quotation.end] == quotation.quote


def _behind_heading(quotation: Quotation, documents: Mapping[str, Document]) -> Quotation:
    """Return a quotation at its place behind a heading that has grown since it was coded (`Document.moved`)."""
    own = documents.get(quotation.document)
    if own is None or _stands(quotation, own):
        return quotation
    for moved in own.moved:
        places = {"start": quotation.start + moved, "end": quotation.end + moved}
        further = quotation.model_copy(update=places)
        if further.start >= 0 and _stands(further, own):
            return further
    return quotation


def _same_stem(path: str, documents: Mapping[str, Document]) -> list[Document]:
    stem = path.rpartition(".")[0]
    return [document for name, document in sorted(documents.items()) if name.rpartition(".")[0] == stem]


def _exact(quote: str, text: str) -> Iterator[Span]:
    start = text.find(quote)
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)


def _quotations(events: Iterable[Event]) -> Iterator[tuple[str, Coding | Value, Quotation]]:
    """Give every quotation with the id of its passage and the judgement that it belongs to."""
    for one in events:
        if isinstance(one, Coding):
            yield one.id, one, one
        elif isinstance(one, Value):
            yield from ((name, one, quotation) for name, quotation in zip(one.passage_ids, one.passages, strict=True))


def _unplaced(event: Event, quotation: Quotation, times: int | None, judgements: Judgements) -> Unplaced:
    at = judgements.place(event.id)
    reason = worded("the quotation occurs {times} times in the document, but not where it was", times=times)
    if not times:
        reason = worded("the document is missing") if times is None else worded("the quotation is not in the document")
    return Unplaced(event.id, at.file, at.line, quotation.document, quotation.quote, reason, times)


def check_judgements(judgements: Judgements, codebook: Codebook, cases: Cases) -> None:
    """Check that every valid judgement names codes, cases, variables and levels that exist.

    Raises
    ------
    BenangError
        With every judgement that doesn't: its file, its line, and the nearest known word. Also for those in conflict,
        since numbers must not hang on which of them is counted, and where coders give one variable of one case
        different values, and none of them is the coder `consensus`.
    """
    problems = [
        *unknown_names(judgements, codebook, cases),
        *conflict_problems(_between_persons(judgements)),
        *differing_values(judgements, codebook),
    ]
    if problems:
        raise BenangError(*problems)


def _between_persons(judgements: Judgements) -> Judgements:
    """Leave out the conflicts between suggestions of programs: nothing that is counted hangs on them."""
    persons = {one.id for one in judgements.disputed if not one.program}
    return replace(judgements, conflicts=tuple(one for one in judgements.conflicts if persons.intersection(one.events)))


def _given_to_cases(codebook: Codebook, cases: Cases) -> Iterator[Problem]:
    """Find cases that are given what is appraised of their studies: it would count nowhere."""
    for case in cases.cases:
        for name in case.values:
            if is_of_studies(name, codebook, cases):
                fault = worded(
                    "the case '{case}' has '{name}', which appraises studies, not cases", case=case.id, name=name
                )
                yield Problem(
                    fault,
                    where="cases.toml",
                    way_on=worded("Set it for the study: `benang form set FOLDER STUDY {name} …`.", name=name),
                )


def unknown_names(judgements: Judgements, codebook: Codebook, cases: Cases) -> Iterator[Problem]:
    """Find judgements, and values of cases, that speak of what is not in the vocabulary, or does not fit it.

    Each case and code of codings is looked up once, however many name it.
    """
    of_case = cache(lambda name: tuple(_unknown_case(name, cases)))
    of_code = cache(lambda name: tuple(_unknown_code(name, codebook)))
    for one in chain(judgements.of_persons, (one for one in judgements.disputed if not one.program)):
        names = (*of_case(one.case), *of_code(one.code)) if isinstance(one, Coding) else _unknown(one, codebook, cases)
        common = _unfitting_ids(one, judgements, codebook) if isinstance(one, Consensus) else ()
        for fault, way_on in (*names, *common):
            yield Problem(fault, where=judgements.place(one.id).text, way_on=way_on)
    yield from _given_to_cases(codebook, cases)


def _unknown(judgement: Event, codebook: Codebook, cases: Cases) -> Iterator[tuple[str, str]]:
    if isinstance(judgement, Value) and is_of_studies(judgement.variable, codebook, cases):
        studies = {study for case in cases.cases for study in case.studies}
        if judgement.case not in studies:
            fault = worded(
                "'{variable}' appraises '{case}', which is not a study of any case",
                variable=judgement.variable,
                case=judgement.case,
            )
            yield fault, nearest(judgement.case, studies)
    elif isinstance(judgement, Value | Task | Consensus):
        yield from _unknown_case(judgement.case, cases)
    if isinstance(judgement, Value):
        yield from _unknown_value(judgement, codebook, cases)
    elif isinstance(judgement, Consensus):
        yield from _unknown_code(judgement.code, codebook)
    elif isinstance(judgement, Task):
        groups = [*(group.id for group in codebook.groups), *(framework.id for framework in codebook.frameworks)]
        if judgement.group not in groups:
            yield (
                worded("the group '{group}' is not in codebook.toml", group=judgement.group),
                nearest(judgement.group, groups),
            )


def _unfitting_ids(consensus: Consensus, judgements: Judgements, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Find ids that a consensus keeps or resolves, and that are of no judgement, or of another case or code.

    What the screening left out of the review is among the places of the log alone, and is not compared.
    """
    code = present_code(consensus.code, codebook)
    for name in consensus.resolves:
        event = judgements.by_id.get(name)
        if event is None and name not in judgements.places:
            near = [other for other in judgements.by_id if isinstance(judgements.by_id[other], Coding | Task)]
            yield worded("it resolves '{name}', but no judgement has that id", name=name), nearest(name, near)
        elif isinstance(event, Coding) and (event.case, present_code(event.code, codebook)) != (consensus.case, code):
            yield (
                worded(
                    "it is on '{code}' in '{case}', but resolves '{name}', which is on '{other}' in '{place}'",
                    code=consensus.code,
                    case=consensus.case,
                    name=name,
                    other=event.code,
                    place=event.case,
                ),
                "Withdraw it with `benang code withdraw ID`, then decide again with `benang reconcile`.",
            )
        elif name in consensus.keeps and event is not None and not isinstance(event, Coding):
            yield (
                worded("it keeps '{name}', which is a {kind}, not a coding", name=name, kind=event.kind),
                "Withdraw it with `benang code withdraw ID`, then decide again with `benang reconcile`.",
            )


def _unknown_case(name: str, cases: Cases) -> Iterator[tuple[str, str]]:
    if name not in cases.by_id:
        yield worded("the case '{name}' is not in cases.toml", name=name), nearest(name, cases.by_id)


def _unknown_code(name: str, codebook: Codebook) -> Iterator[tuple[str, str]]:
    code = codebook.code(name)
    if code is None:
        codable = [one.id for one in codebook.codes if not one.heading]
        yield worded("the code '{name}' is not in codebook.toml", name=name), nearest(name, codable)
    elif code.heading:
        under = [one.id for one in codebook.codes if one.parent == name]
        yield (
            worded("the code '{name}' is a heading, and passages can't be coded with it", name=name),
            worded("Use one of: {names}.", names=", ".join(under)),
        )


def _unknown_value(value: Value, codebook: Codebook, cases: Cases) -> Iterator[tuple[str, str]]:
    variable = codebook.variable(value.variable)
    if variable is None:
        known = [one.id for one in codebook.variables]
        yield (
            worded("the variable '{variable}' is not in codebook.toml", variable=value.variable),
            nearest(value.variable, known),
        )
    elif value.value != NOT_REPORTED:
        if fault := unfitting(value.value, variable):
            yield fault
        case = cases.by_id.get(value.case)
        given = case.values.get(variable.id) if case else None
        if given is not None and value.value not in (given, text_of(given), text_of(given, "id")):
            yield (
                worded(
                    "{variable} of '{case}' is '{value}' here, but '{other}' in cases.toml",
                    variable=variable.id,
                    case=value.case,
                    value=value.value,
                    other=text_of(given),
                ),
                "Correct one of them.",
            )


def differing_values(judgements: Judgements, codebook: Codebook) -> Iterator[Problem]:
    """Find values of one variable of one case in which coders differ, where `consensus` has not decided."""
    first: dict[tuple[str, str], Value] = {}
    values = [one for one in judgements.of(Value) if not one.program]
    agreed = {(one.case, one.variable) for one in values if one.coder == CONSENSUS}
    for value in values:
        key = (value.case, value.variable)
        if key in agreed and value.coder != CONSENSUS:
            continue
        earlier = first.setdefault(key, value)
        if earlier.value != value.value:
            form = next((form.id for form in codebook.forms if value.variable in form.variables), "")
            sheet = worded(", or `benang form compare FOLDER {form} -o differences.xlsx`", form=form) if form else ""
            yield Problem(
                worded(
                    "{variable} of '{case}' is '{value}' here, but '{other}' in {place}",
                    variable=value.variable,
                    case=value.case,
                    value=value.value,
                    other=earlier.value,
                    place=judgements.place(earlier.id).text,
                ),
                where=judgements.place(value.id).text,
                way_on=worded(
                    "Replace one of them, or decide together: `benang reconcile FOLDER`{sheet}.", sheet=sheet
                ),
            )
