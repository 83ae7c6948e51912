"""Codings and values put in their places in the documents: where a quote has moved, it is found again or listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benang.coding.cases import OUTCOME, Cases
from benang.coding.codebook import Codebook, Variable
from benang.errors import BenangError, Problem, nearest
from benang.evidence import Passage, Scope
from benang.project.documents import Document
from benang.project.judgements import NOT_REPORTED, Coding, Quotation, Task, Value
from benang.project.log import Judgements, passage_id

CONSENSUS = "consensus"
"""The coder whose value counts where coders differ."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A coding whose quote stands no longer in its document (or stands there more than once).

    `times` says how often it stands there; None where the document itself is missing.
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
    were found again at another place.
    """

    codings: tuple[Coding, ...] = ()
    values: tuple[Value, ...] = ()
    tasks: tuple[Task, ...] = ()
    passages: Mapping[str, Passage] = field(default_factory=dict)
    moved: tuple[str, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A passage as it was written down, with the judgement that it belongs to."""

    id: str
    judgement: str
    quotation: Quotation
    case: str
    code: str
    coder: str
    scope: Scope


def place(judgements: Judgements, documents: Mapping[str, Document], codebook: Codebook, cases: Cases) -> Placed:
    """Put every quotation of the judgements that stand in its document.

    All of them must speak of codes, cases and variables that there are. A quote at its place stays. Else it is found
    again where it stands in the document once: first character by character, then with any white space between its
    words, so that a text that was wrapped anew still holds it; its offsets and its words are then the document's. A
    document that is missing is looked for under the same name with another suffix: a note that was replaced by the
    paper itself. What isn't found, or is found more than once, is listed in `unplaced`. A value stands as long as one
    of its passages does.

    Raises
    ------
    BenangError
        Where `check_judgements` finds a judgement that names something unknown.
    """
    check_judgements(judgements, codebook, cases)
    found: dict[str, Passage] = {}
    moved: list[str] = []
    unplaced: list[Unplaced] = []
    for wanted in _wanted(judgements):
        at = find(wanted.quotation, documents)
        if not isinstance(at, Quotation):
            unplaced.append(_unplaced(wanted, at, judgements))
            continue
        if at != wanted.quotation:
            moved.append(wanted.id)
        found[wanted.id] = Passage(
            wanted.id, at.document, at.start, at.end, at.quote, wanted.case, wanted.code, wanted.coder, wanted.scope
        )
    return Placed(
        codings=tuple(one.model_copy(update=_place_of(found[one.id])) for one in judgements.codings if one.id in found),
        values=tuple(
            value
            for value in judgements.values
            if not value.passages
            or any(passage_id(value.id, number) in found for number, _ in enumerate(value.passages, 1))
        ),
        tasks=judgements.tasks,
        passages=found,
        moved=tuple(moved),
        unplaced=tuple(sorted(unplaced, key=lambda one: (one.file, one.line))),
    )


def _place_of(passage: Passage) -> dict[str, str | int]:
    return {"document": passage.document, "start": passage.start, "end": passage.end, "quote": passage.quote}


def find(quotation: Quotation, documents: Mapping[str, Document]) -> Quotation | int | None:
    r"""Find a quotation in its document, or say how often it stands there, or None where there is no such document.

    Examples
    --------
    >>> text = Document("documents/a.md", "a", "No office. No staff,\nno budget.", "")
    >>> find(Quotation(document="documents/a.md", start=0, end=9, quote="no budget"), {text.path: text})
    Quotation(document='documents/a.md', start=21, end=30, quote='no budget')
    >>> find(Quotation(document="documents/a.md", start=4, end=7, quote="No "), {text.path: text})
    2
    >>> find(Quotation(document="documents/b.md", start=0, end=2, quote="No"), {text.path: text})
    """
    own = documents.get(quotation.document)
    if own is not None and own.text[quotation.start : quotation.end] == quotation.quote:
        return quotation
    places = [own] if own is not None else _same_stem(quotation.document, documents)
    if not places:
        return None
    for spans in (_exact, _folded):
        found = [(document, start, end) for document in places for start, end in spans(quotation.quote, document.text)]
        if len(found) == 1:
            document, start, end = found[0]
            return Quotation(document=document.path, start=start, end=end, quote=document.text[start:end])
        if found:
            return len(found)
    return 0


def _same_stem(path: str, documents: Mapping[str, Document]) -> list[Document]:
    stem = path.rpartition(".")[0]
    return [document for name, document in sorted(documents.items()) if name.rpartition(".")[0] == stem]


def _exact(quote: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(quote)
    while start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)


def _folded(quote: str, text: str) -> Iterator[tuple[int, int]]:
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    for match in re.finditer(f"(?=({pattern}))", text):
        yield match.span(1)


def _wanted(judgements: Judgements) -> Iterator[_Wanted]:
    for one in judgements.current:
        if isinstance(one, Coding):
            quotation = Quotation(document=one.document, start=one.start, end=one.end, quote=one.quote)
            yield _Wanted(one.id, one.id, quotation, one.case, one.code, one.coder, one.scope)
        elif isinstance(one, Value):
            for number, quotation in enumerate(one.passages, 1):
                yield _Wanted(
                    passage_id(one.id, number), one.id, quotation, one.case, one.variable, one.coder, one.scope
                )


def _unplaced(wanted: _Wanted, times: int | None, judgements: Judgements) -> Unplaced:
    at = judgements.place(wanted.judgement)
    reason = {None: "the document is missing", 0: "the quote is not in the document"}.get(
        times, f"the quote stands in the document {times} times, and not where it was"
    )
    told = wanted.quotation
    return Unplaced(wanted.judgement, at.file, at.line, told.document, told.quote, reason, times)


def check_judgements(judgements: Judgements, codebook: Codebook, cases: Cases) -> None:
    """Check that every judgement that stands speaks of codes, cases, variables and levels that there are.

    Raises
    ------
    BenangError
        With every judgement that doesn't: its file, its line, and the nearest known word. Also where coders give one
        variable of one case different values, and none of them is the coder `consensus`.
    """
    problems = [
        Problem(found, where=str(judgements.place(one.id)), way_on=way_on)
        for one in judgements.current
        for found, way_on in _unknown(one, codebook, cases)
    ]
    problems.extend(_differing(judgements))
    if problems:
        raise BenangError(*problems)


def _unknown(judgement: Coding | Value | Task, codebook: Codebook, cases: Cases) -> Iterator[tuple[str, str]]:
    if judgement.case not in cases.by_id:
        yield f"the case '{judgement.case}' is not in cases.toml", nearest(judgement.case, cases.by_id)
    if isinstance(judgement, Coding):
        yield from _unknown_code(judgement.code, codebook)
    elif isinstance(judgement, Value):
        yield from _unknown_value(judgement, codebook, cases)
    else:
        groups = [*(group.id for group in codebook.groups), *(framework.id for framework in codebook.frameworks)]
        if judgement.group not in groups:
            yield f"the group '{judgement.group}' is not in codebook.toml", nearest(judgement.group, groups)


def _unknown_code(name: str, codebook: Codebook) -> Iterator[tuple[str, str]]:
    code = codebook.by_id.get(name)
    codable = [one.id for one in codebook.codes if not one.heading]
    if code is None:
        yield f"the code '{name}' is not in codebook.toml", nearest(name, codable)
    elif code.heading:
        under = [one.id for one in codebook.codes if one.parent == name]
        yield f"the code '{name}' is a heading, which no passage carries", f"Use one of: {', '.join(under)}."


def _unknown_value(value: Value, codebook: Codebook, cases: Cases) -> Iterator[tuple[str, str]]:
    variable = codebook.variable(value.variable)
    if variable is None:
        known = [one.id for one in codebook.variables]
        yield f"the variable '{value.variable}' is not in codebook.toml", nearest(value.variable, known)
    elif value.value != NOT_REPORTED:
        yield from _unfit(value, variable)
        case = cases.by_id.get(value.case)
        told = case.outcome if case and variable.id == OUTCOME else None
        if told not in (None, value.value):
            yield (
                f"{variable.id} of '{value.case}' is '{value.value}' here, but '{told}' in cases.toml",
                "Put one of them right.",
            )


def _unfit(value: Value, variable: Variable) -> Iterator[tuple[str, str]]:
    levels = [level.id for level in variable.levels]
    if variable.type == "year" and not (isinstance(value.value, int) and 1000 <= value.value <= 9999):
        yield f"{variable.id} is {value.value!r}, where a year of four digits was expected", "Write it without quotes."
    elif variable.type == "category" and value.value not in levels:
        yield f"'{value.value}' is no level of the variable '{variable.id}'", nearest(str(value.value), levels)


def _differing(judgements: Judgements) -> Iterator[Problem]:
    first: dict[tuple[str, str], Value] = {}
    agreed = {(one.case, one.variable) for one in judgements.values if one.coder == CONSENSUS}
    for value in judgements.values:
        key = (value.case, value.variable)
        if key in agreed and value.coder != CONSENSUS:
            continue
        earlier = first.setdefault(key, value)
        if earlier.value != value.value:
            yield Problem(
                f"{value.variable} of '{value.case}' is '{value.value}' here, but '{earlier.value}' in "
                f"{judgements.place(earlier.id)}",
                where=str(judgements.place(value.id)),
                way_on=f"Supersede one of them, or let the coder '{CONSENSUS}' decide.",
            )
