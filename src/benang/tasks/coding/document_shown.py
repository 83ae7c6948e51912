"""What the pages show of documents that are read and coded: texts by page, codings by coder, codes with their keys.

Places are half-open offsets in Unicode code points of the document's text, as in the log; a page that counts
otherwise converts them itself. An address names a document by `document_id`, never by a path.
"""

from __future__ import annotations

import signal
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benang.coding.cases import Case, given_values, subjects
from benang.coding.codebook import Code, Form, Variable
from benang.coding.placed import at_present
from benang.errors import BenangError, Problem
from benang.files import read_bytes, sha256
from benang.judgements.events import Coding, Event, Memo, Quotation, Value, Withdrawal
from benang.locale import Language, translator
from benang.locale.writing import worded
from benang.project.folder import Document, body_start, without_abstracts
from benang.readers import PAGE_BREAK
from benang.review.beginning import has_only_the_example_case
from benang.review.desk import Desk
from benang.tasks.coding.adding import waiting_suggestions
from benang.tasks.coding.looking import Look
from benang.tasks.coding.rows import paper_of_document
from benang.tasks.coding.searching import Hit, SearchRequest, search
from benang.tasks.coding.second_looks import second_looks
from benang.tasks.coding.wishes import sentences

KEYS = "1234567890acdefghilnopqrstuwxyz"
"""The keys of codes on a page; `b`, `j`, `k`, `m` and `v` are its own."""
_COLOURS = (
    "#c2413b", "#2f74b5", "#3a8a4d", "#8a5fb8", "#b06a1c", "#1f8a8a", "#b8487f", "#6f7d1f", "#5b6bc0", "#94624a",
)  # fmt: skip
"""Colours of codes that have none of their own: three to one against the paper of both themes (WCAG 2.2, 1.4.11)."""
_PIXELS = 1_100
"""Width of the picture of a page: twice what most screens show it at."""
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document in the list: its name in addresses, what it is of, how much of it was coded, and how far it is read.

    `own` counts the coder's codings, `others` those of other people; `looked` of the `cells` (cases of its study by
    groups of codes) are done.
    """

    id: str
    path: str
    record: str
    title: str
    pages: int
    own: int
    others: int
    waiting: int
    looked: int
    cells: int

    @property
    def state(self) -> str:
        """`done`, `begun` or `new`."""
        if self.cells and self.looked == self.cells:
            return "done"
        return "begun" if self.own or self.looked else "new"


def document_id(path: str) -> str:
    """Return the name of a document in addresses: it says nothing of where the file is.

    Examples
    --------
    >>> document_id("documents/sari2018.md")
    '46a0e23c4e'
    """
    return sha256(path)[:10]


def document_named(name: str, desk: Desk) -> Document | None:
    """Return the document that an address names."""
    return next((one for path, one in desk.documents.items() if document_id(path) == name), None)


def readable(desk: Desk) -> tuple[Document, ...]:
    """Return the documents that are read, in the order of their names; a paper stands for its abstract."""
    return without_abstracts(desk.documents[path] for path in sorted(desk.documents))


def lacks_titles(desk: Desk) -> bool:
    """Tell whether some document doesn't name its title, so that it must be looked up among the records."""
    return any(not one.paper.title for one in readable(desk))


def titles_of(desk: Desk) -> Mapping[str, str]:
    """Return the titles of the records that have documents, by their keys; none where the exports can't be read."""
    titles: dict[str, str] = {}
    with suppress(BenangError):
        works, names = desk.sources.works, desk.sources.filing.names
        for one in readable(desk):
            if key := names.find(one.record).key:
                titles[one.record] = works.record(key).title
    return titles


def document_entries(
    desk: Desk, coder: str, titles: Mapping[str, str], looks: Sequence[Look]
) -> tuple[DocumentEntry, ...]:
    """List the documents as `coder` sees them; `looks` says which cases were read for which groups of codes."""
    own, others = Counter[str](), Counter[str]()
    for coding in desk.placed_codings:
        (own if coding.coder == coder else others)[coding.document] += 1
    waiting = Counter(coding.document for coding in waiting_suggestions(desk))
    cells: dict[str, list[bool]] = defaultdict(list)
    for look in looks:
        cells[look.case].append(coder in look.coders)
    read = defaultdict[str, list[bool]](list)
    for case in desk.present_cases.cases:
        for study in {*case.studies}:
            read[study] += cells[case.id]
    entries = []
    for one in readable(desk):
        looked = read[one.record]
        title = one.paper.title or titles.get(one.record, "") or one.record
        pages = one.text.count(PAGE_BREAK) + 1 if PAGE_BREAK in one.text else 0
        entries.append(
            DocumentEntry(
                document_id(one.path), one.path, one.record, " ".join(title.split()), pages, own[one.path],
                others[one.path], waiting[one.path], sum(looked), len(looked),
            )
        )  # fmt: skip
    return tuple(entries)


def example_case(desk: Desk) -> Case | None:
    """Return the case with which the review began, where nobody has written cases of their own yet."""
    return desk.cases.cases[0] if has_only_the_example_case(desk) else None


def own_cases(record: str, desk: Desk) -> tuple[Case, ...]:
    """Return the cases that a record is a study of."""
    return tuple(one for one in desk.present_cases.cases if record in one.studies)


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code with its colour as #RRGGBB, its key ("" for none), and how often it was given in the review."""

    code: Code
    colour: str
    key: str
    count: int


def codes_shown(desk: Desk) -> tuple[ShownCode, ...]:
    """Return the codes that passages can carry, with colours and keys in the order of the codebook."""
    counts = Counter(one.code for one in desk.judgements.counted)
    codes = [one for one in desk.codebook.codes if not one.heading]
    usable = [one.id for one in codes if one.is_usable]
    keys = dict(zip(usable, KEYS, strict=False))
    return tuple(
        ShownCode(
            one,
            one.colour or _COLOURS[at % len(_COLOURS)],
            keys.get(one.id, ""),
            sum(counts[name] for name in one.ids),
        )
        for at, one in enumerate(codes)
    )


def content_of(document: Document) -> dict[str, Any]:
    """Return a document's text by page, without its heading, and its sentences; each with its place."""
    text, begin = document.text, body_start(document.text)
    pages, number = [], 1
    for part in text[begin:].split(PAGE_BREAK):
        pages.append({"number": number, "start": begin, "text": part})
        begin, number = begin + len(part) + 1, number + 1
    spans = [[one.start, one.end] for one in sentences(text)]
    return {"id": document_id(document.path), "record": document.record, "pages": pages, "sentences": spans}


def codings_of(document: Document, desk: Desk, coder: str) -> dict[str, Any]:
    """Return the codings in a document and the suggestions that wait there, with their memos.

    `isAgain` marks those that wait for another look, since the rule of their code has changed or it was split.
    `version` is of the text in which the places are: a page that shows another has these words elsewhere.
    """
    memos: dict[str, list[dict[str, str]]] = defaultdict(list)
    for memo in desk.judgements.of(Memo):
        if memo.about == "coding":
            memos[memo.of].append({"coder": memo.coder, "text": memo.text})
    here = [one for one in desk.placed_codings if one.document == document.path]
    waiting = [one for one in waiting_suggestions(desk) if one.document == document.path]
    aside, again = desk.judgements.set_aside, {look.coding.id for look in second_looks(desk)}
    rows = [
        {
            "id": one.id, "start": one.start, "end": one.end, "code": one.code, "case": one.case,
            "coder": one.coder, "stance": one.stance, "scope": one.scope, "isOwn": one.coder == coder,
            "isSuggestion": bool(one.program), "isAside": one.id in aside, "isAgain": one.id in again,
            "memos": memos.get(one.id, []),
        }
        for one in sorted((*here, *waiting), key=lambda one: (one.start, -one.end, one.code, one.id))
    ]  # fmt: skip
    names = (document.path, document.record)
    about = [memo for memo in desk.judgements.of(Memo) if memo.about == "document" and memo.of in names]
    said = [{"coder": memo.coder, "text": memo.text} for memo in about]
    return {"version": document.sha256[:12], "codings": rows, "memos": said}


@dataclass(frozen=True, slots=True)
class Asked:
    """A variable of a form, asked of a subject: what the coder said, with what it rests on, and what others said."""

    variable: Variable
    subject: str
    value: str
    passages: tuple[dict[str, Any], ...]
    others: tuple[tuple[str, str], ...]


def forms_shown(document: Document, desk: Desk, coder: str) -> tuple[tuple[Form, str, tuple[Asked, ...]], ...]:
    """Return the forms with each subject of a document that they are about: its cases, or its study."""
    shown = []
    for form in desk.codebook.forms:
        given = given_values(form, desk.judgements, desk.codebook, desk.present_cases)
        variables = [one for name in form.variables if (one := desk.codebook.variable(name))]
        for subject in subjects(form, desk.present_cases):
            if document.record in subject.studies:
                asked = (_asked(one, subject.id, given.get((subject.id, one.id), {}), desk, coder) for one in variables)
                shown.append((form, subject.id, tuple(asked)))
    return tuple(shown)


def _asked(variable: Variable, subject: str, given: Mapping[str, Value], desk: Desk, coder: str) -> Asked:
    own = given.get(coder)
    places = (at_present(one, desk.documents) for one in (own.passages if own else ()))
    passages = tuple(
        {"document": document_id(at.document), "start": at.start, "end": at.end, "quote": at.quote}
        for at in places
        if isinstance(at, Quotation)
    )
    others = tuple((who, str(value.value)) for who, value in sorted(given.items()) if who != coder)
    return Asked(variable, subject, str(own.value) if own else "", passages, others)


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A place that a search found; `name` says it in a form, and changes when the text before it does."""

    name: str
    document: str
    hit: Hit


def hits_shown(request: SearchRequest) -> tuple[ShownHit, ...]:
    """Look for words in the documents of a review."""
    return tuple(_shown(one) for one in search(request).hits)


def _shown(hit: Hit) -> ShownHit:
    name, span = document_id(hit.place.document), hit.place.span
    return ShownHit(f"{name}:{span.start}:{span.end}", name, hit)


def code_hits(request: SearchRequest, names: Collection[str]) -> int:
    """Code those places that were chosen by their names, and tell how many were; those that have moved are left out."""
    found = hits_shown(replace(request, code=None, case=None, coder=None))
    chosen = tuple(number for number, one in enumerate(found, 1) if one.name in names)
    if not chosen:
        way_on = worded("Search again.")
        raise BenangError(Problem(worded("none of these places is in the documents as they are now"), way_on=way_on))
    return len(search(replace(request, chosen=chosen)).coded)


def history_of_coding(name: str, desk: Desk, language: Language) -> tuple[dict[str, str], ...]:
    """Return what was said of a coding, the first word first: its earlier versions, and memos about them.

    Raises
    ------
    BenangError
        Where no coding has this id; of other judgements, some are blinded.
    """
    _, by_id = translator(language), desk.judgements.by_id
    if not isinstance(by_id.get(name), Coding):
        raise BenangError(Problem(worded("no judgement has the id '{judgement}'", judgement=name)))
    line: dict[str, Event] = {}
    reached = [name]
    while reached:
        event = by_id.get(reached.pop())
        if event is not None and event.id not in line:
            line[event.id] = event
            reached += event.supersedes
    events = [*line.values(), *(one for one in desk.judgements.of(Memo) if one.about == "coding" and one.of in line)]
    events.sort(key=lambda one: (one.time is not None, str(one.time), one.id))
    return tuple(
        {"time": one.time.isoformat() if one.time else "", "coder": one.coder, "text": _said(one, desk, language)}
        for one in events
    )


def _said(event: Event, desk: Desk, language: Language) -> str:
    _ = translator(language)
    if isinstance(event, Coding):
        code, case = desk.codebook.code(event.code), desk.present_cases.by_id.get(event.case)
        parts = [code.label.text(language) if code else event.code, case.name(language) if case else event.case]
        quote = " ".join(event.quote.split())
        return f"{' · '.join((*parts, _(event.stance)))}: “{quote if len(quote) <= 90 else quote[:89] + '…'}”"
    if isinstance(event, Memo):
        return _("Memo: {text}").format(text=event.text)
    return _("Withdrawn") if isinstance(event, Withdrawal) else _(event.kind)


# Pages of PDFs as pictures

_guard = threading.Lock()
_workers: list[ProcessPoolExecutor] = []


def page_picture(document: Document, page: int, desk: Desk) -> bytes:
    """Return a page of the PDF that a document was read from, as PNG.

    A process of its own draws it, so that a broken paper ends nothing else.

    Raises
    ------
    BenangError
        Where the PDF is not at hand, has no such page, or can't be drawn.
    """
    path, _data = paper_of_document(document, desk.folder.root)
    status = path.stat()
    return _drawn(path, status.st_size, status.st_mtime_ns, page)


@lru_cache(maxsize=48)
def _drawn(path: Path, _size: int, _time: int, page: int) -> bytes:
    with _guard:
        if not _workers:
            _workers.append(ProcessPoolExecutor(1, get_context("spawn"), initializer=_leave_interrupts_to_the_server))
        worker = _workers[0]
    picture = b""
    try:
        picture = worker.submit(draw_page, path, page).result(timeout=_SECONDS)
    except (BrokenProcessPool, TimeoutError):
        with _guard:
            _workers[:] = [one for one in _workers if one is not worker]
        worker.shutdown(wait=False, cancel_futures=True)
    if not picture:
        raise BenangError(Problem(worded("page {page} can't be drawn", page=page), where=path.name))
    return picture


def _leave_interrupts_to_the_server() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def draw_page(path: Path, page: int) -> bytes:
    """Draw a page of a PDF, from 1; nothing where it has no such page, or can't be read."""
    from io import BytesIO

    from benang.readers.pdf_text import opened_pdf

    try:
        with opened_pdf(read_bytes(path), path.name) as paper:
            if not 1 <= page <= len(paper):
                return b""
            sheet = paper[page - 1]
            width, height = sheet.get_size()
            scale = min(_PIXELS / max(width, 1), 3 * _PIXELS / max(height, 1))
            picture, out = sheet.render(scale=scale).to_pil(), BytesIO()
            picture.convert("P", palette=1, colors=64).save(out, "PNG", optimize=False)
            return out.getvalue()
    except BenangError:
        return b""


def has_pages(document: Document, desk: Desk) -> bool:
    """Tell whether the PDF of a document is at hand."""
    try:
        return bool(paper_of_document(document, desk.folder.root))
    except BenangError:
        return False


def names_of(desk: Desk, language: Language) -> Mapping[str, Mapping[str, str]]:
    """Return the labels of codes, cases and stances by their ids, in a language."""
    _ = translator(language)
    return {
        "codes": {one.id: one.label.text(language) for one in desk.codebook.codes},
        "cases": {one.id: one.name(language) for one in desk.present_cases.cases},
        "stances": {one: _(one) for one in ("supports", "contradicts", "mentions")},
    }
