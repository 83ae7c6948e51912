"""Papers into a review: each PDF is matched to a record, and its text kept among the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benang.confinement import check_within
from benang.errors import BenangError, Problem, argument, nearest
from benang.files import read_bytes, sha256, write_text
from benang.locale import Language, translator
from benang.locale.writing import Worded, worded
from benang.progress import Progress, silent
from benang.project.documents import Document, heading, read_documents
from benang.project.folder import ReviewFolder, open_folder
from benang.project.papers import document_text, file_name, match_paper
from benang.readers.pdf_text import PdfText, pdf_text
from benang.records.record import Record
from benang.review.load import filed_documents
from benang.review.plan_reading import read_plan
from benang.review.sources import read_sources
from benang.tasks.account import Account, Note


@dataclass(frozen=True, slots=True)
class AddedPaper:
    """What became of a paper: the record it is and the document its text went to, or why there is none.

    `problem` tells a file that can't be read; `near` are the records that may be meant where none fits surely.
    """

    paper: str
    key: str = ""
    document: str = ""
    reason: Worded = worded("")  # noqa: RUF009 - it is a text
    near: tuple[str, ...] = ()
    problem: BenangError | None = None


@dataclass(frozen=True)
class DocumentsRequest:
    """The papers (PDF) that are added to a review: those in its folder `papers` where none is named.

    `record` is the key of the record that a single paper is, where a person decides it.
    """

    folder: Path
    papers: tuple[Path, ...] = ()
    record: str | None = None
    language: Language = "en"


@dataclass(frozen=True)
class AddedPapers:
    """What became of each paper; `refused` says why some were not added."""

    papers: tuple[AddedPaper, ...]
    account: Account
    refused: Account


def documents(request: DocumentsRequest, *, progress: Progress = silent) -> AddedPapers:
    """Add papers to a review, match each to its record and keep its text: see `add_papers`."""
    papers = add_papers(request.folder, request.papers, record=request.record, progress=progress)
    return AddedPapers(
        papers,
        Account(notes=tuple(_note(one, request.language) for one in papers if one.document)),
        Account(notes=tuple(_note(one, request.language) for one in papers if not one.document)),
    )


def _note(one: AddedPaper, language: Language) -> Note:
    """Say what became of a paper, and the way on where it was not added."""
    _ = translator(language)
    if one.problem is not None:
        return Note(_("Not added: {problem}").format(problem=one.problem))
    if one.document:
        text = _("{paper} → {document}: record {key} ({reason}).")
        reason = one.reason.in_language(language)
        return Note(text.format(paper=one.paper, document=one.document, key=one.key, reason=reason))
    near = " " + _("Perhaps {records}.").format(records=_(" or ").join(one.near)) if one.near else ""
    way_on = _("Say which: {option} KEY.").format(option=argument("record"))
    return Note(f"{one.paper}: {one.reason.in_language(language)}.{near} {way_on}")


def add_papers(
    folder: Path | str, papers: Sequence[Path] = (), *, record: str | None = None, progress: Progress = silent
) -> tuple[AddedPaper, ...]:
    """Extract the text of papers into a review's `documents`, each under the key of its record.

    A document that is there is never written anew, so that the places of passages in it stay; one made of another file
    is named. Where no paper is named, those in the review's `papers` folder are taken.

    Parameters
    ----------
    folder
        The review's folder.
    papers
        The PDFs.
    record
        The key of the record that a single paper is, where a person decides it.
    progress
        Called with the paper that is read. What was added before it ended the work stays.

    Raises
    ------
    BenangError
        Where the review can't be read, there is no paper, or no record has the key. A paper that can't be read does
        not keep the others from being added: see `AddedPaper.problem`.
    """
    review = open_folder(Path(folder))
    sources = read_sources(read_plan(review), review)
    corpus = sources.works
    chosen = list(papers) or _papers_in(review)
    if record is not None and sources.filing.names.find(record).is_sure:
        record = sources.filing.names.find(record).key
    if record is not None and (len(chosen) != 1 or record not in corpus.keys):
        problem = f"no record has the key '{record}'" if len(chosen) == 1 else f"one record for {len(chosen)} papers"
        raise BenangError(Problem(problem, where=argument("record"), way_on=nearest(record, corpus.keys)))
    added: list[AddedPaper] = []
    for at, path in enumerate(chosen):
        progress(f"Reading {path.name}", at / len(chosen))
        try:
            documents = filed_documents(read_documents(open_folder(review.root)), sources.filing)
            added.append(_add(review, path, corpus.records, documents, record))
        except BenangError as error:
            added.append(AddedPaper(path.as_posix(), problem=error))
    return tuple(added)


def _papers_in(review: ReviewFolder) -> list[Path]:
    papers = sorted((review.root / "papers").glob("*.[pP][dD][fF]"), key=lambda path: path.name)
    if not papers:
        way_on = "Name PDF files, or put them into the folder 'papers' of the review."
        raise BenangError(Problem("no paper to add", where=str(review.root), way_on=way_on))
    return papers


def _add(
    review: ReviewFolder,
    path: Path,
    records: Sequence[Record],
    documents: Mapping[str, Document],
    wanted: str | None,
) -> AddedPaper:
    name = _named(review, path)
    data = read_bytes(path)
    paper = pdf_text(data, where=name)
    if len(paper.scanned) == len(paper.pages):
        way_on = "Run it through text recognition (OCR), then add it again."
        raise BenangError(Problem("a scan: none of its pages has text", where=name, way_on=way_on))
    if wanted is None:
        match = match_paper(paper, data, name, records)
        key, reason = match.key, match.reason
        if not key:
            return AddedPaper(name, reason=reason, near=match.near)
    else:
        key, reason = wanted, worded("named by a person")
    record = next(one for one in records if one.key == key)
    added = AddedPaper(name, key, _document_name(key, documents), reason)
    return _kept(review, added, record, paper, sha256(data), documents)


def _kept(
    review: ReviewFolder,
    added: AddedPaper,
    record: Record,
    paper: PdfText,
    digest: str,
    documents: Mapping[str, Document],
) -> AddedPaper:
    """Write the document, unless the paper or its record has one."""
    for there in documents.values():
        if heading(there.text).get("sha256") == digest:
            return AddedPaper(added.paper, there.record, there.path, worded("already there"))
    for there in documents.values():
        if there.record == added.key:
            again = worded("its record has a document already, which stays")
            return AddedPaper(added.paper, added.key, there.path, again)
    text = document_text(paper, record, file=added.paper, sha256=digest, reason=added.reason)
    check_within(review.root, [review.root / added.document])
    write_text(review.root / added.document, text)
    if not paper.scanned:
        return added
    pages = ", ".join(map(str, paper.scanned))
    return replace(added, reason=worded("{reason}; pages without text: {pages}", reason=added.reason, pages=pages))


def _document_name(key: str, documents: Mapping[str, Document]) -> str:
    """Name the document of a record; keys that differ in marks or capitals alone are two on every system."""
    name = f"documents/{file_name(key)}.txt"
    taken = {path.casefold() for path in documents}
    return name if name.casefold() not in taken else f"documents/{file_name(key)}-{sha256(key)[:8]}.txt"


def _named(review: ReviewFolder, path: Path) -> str:
    """Name a paper within the review as the review does, one from elsewhere by its bare name."""
    try:
        return path.resolve().relative_to(review.root.resolve()).as_posix()
    except ValueError:
        return path.name
