"""Codings and values put in their places in the documents: where a quote has moved, it is found again or listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benang.coding.cases import Cases
from benang.coding.codebook import Codebook
from benang.coding.judgement_checks import check_judgements
from benang.evidence import Passage, Scope
from benang.judgements.events import Coding, Quotation, Task, Value
from benang.judgements.log import Judgements
from benang.project.documents import Document


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
        quotation = _behind_heading(wanted.quotation, documents)
        at = find(quotation, documents)
        if not isinstance(at, Quotation):
            unplaced.append(_unplaced(wanted, at, judgements))
            continue
        if at != quotation:
            moved.append(wanted.id)
        found[wanted.id] = Passage(
            wanted.id, at.document, at.start, at.end, at.quote, wanted.case, wanted.code, wanted.coder, wanted.scope
        )
    return Placed(
        codings=tuple(
            one.model_copy(update=_place_of(found[one.id])) for one in judgements.of(Coding) if one.id in found
        ),
        values=tuple(
            value
            for value in judgements.of(Value)
            if not value.passages or any(one in found for one in value.passage_ids)
        ),
        tasks=judgements.of(Task),
        passages=found,
        moved=tuple(moved),
        unplaced=tuple(sorted(unplaced, key=lambda one: (one.file, one.line))),
    )


def places_of(judgements: Judgements, documents: Mapping[str, Document]) -> dict[str, int]:
    """Return where the quotations of judgements begin in documents, by the ids of the passages that are found."""
    places = ((one.id, find(_behind_heading(one.quotation, documents), documents)) for one in _wanted(judgements))
    return {name: at.start for name, at in places if isinstance(at, Quotation)}


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
    if own is not None and _stands(quotation, own):
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
            for name, quotation in zip(one.passage_ids, one.passages, strict=True):
                yield _Wanted(name, one.id, quotation, one.case, one.variable, one.coder, one.scope)


def _unplaced(wanted: _Wanted, times: int | None, judgements: Judgements) -> Unplaced:
    at = judgements.place(wanted.judgement)
    reason = {None: "the document is missing", 0: "the quote is not in the document"}.get(
        times, f"the quote stands in the document {times} times, and not where it was"
    )
    told = wanted.quotation
    return Unplaced(wanted.judgement, at.file, at.line, told.document, told.quote, reason, times)
