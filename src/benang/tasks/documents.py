"""Papers into a review: each is matched to a record, and its text kept among the documents, also in place of another.

Where a new text of a paper takes the place of an earlier one, what was quoted from that follows, and nothing is lost:
the earlier text stays where it is, byte for byte, and the logs stay as they are, so that every offset in them holds for
the text that it was written for. The new text has a file of its own, whose heading says which one it replaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from benang.coding.placed import Unplaced, left_behind, places_of
from benang.errors import BenangError, Misuse, Problem, argument, at_line, nearest
from benang.files import read_bytes, sha256, write_text
from benang.judgements.log import Judgements, read_judgements
from benang.languages import called_in, document_languages
from benang.locale import Language, translator
from benang.locale.writing import Worded, in_language, joined, listed, worded
from benang.progress import Progress, silent
from benang.project.folder import Document, ReviewFolder, body_start, document_of, heading, open_folder, read_documents
from benang.project.papers import document_text, file_name, match_paper, ranges
from benang.readers import PaperText
from benang.readers.paper_forms import MARKDOWN, PAPER_SUFFIXES, paper_text
from benang.records.corpus import Corpus
from benang.records.record import Record
from benang.review.load import ReadSources, filed_documents, read_sources
from benang.review.plan_reading import read_plan
from benang.safe_files import check_within
from benang.tasks.account import Account, Note

_MOST_SHOWN = 50
_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class AddedPaper:
    """What became of a paper: the record it is and the document its text went to, or why there is none.

    `problem` tells a file that can't be read; `near` are the records that may be meant where none fits surely,
    the nearest first.
    `languages` are the codes of those that the text is in, and `remarks` is what must be said of it.
    """

    paper: str
    key: str = ""
    document: str = ""
    reason: Worded = worded("")  # noqa: RUF009 - it is a text
    near: tuple[Record, ...] = ()
    problem: BenangError | None = None
    languages: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class DocumentsRequest:
    """The papers that are added to a review: those in its folder `papers` where none is named.

    `record` is the key of the record that a single paper is, where a person decides it. With `anew`, a text takes the
    place of the one that its record has; `leaving` says that it does so also where passages don't follow.
    """

    folder: Path
    papers: tuple[Path, ...] = ()
    record: str | None = None
    anew: bool = False
    leaving: bool = False
    language: Language = "en"


@dataclass(frozen=True)
class AddedPapers:
    """What became of each paper; `refused` says why some were not added."""

    papers: tuple[AddedPaper, ...]
    account: Account
    refused: Account


def documents(request: DocumentsRequest, *, progress: Progress = silent) -> AddedPapers:
    """Add papers to a review, match each to its record and keep its text: see `add_papers`."""
    papers = add_papers(
        request.folder,
        request.papers,
        record=request.record,
        anew=request.anew,
        leaving=request.leaving,
        progress=progress,
    )
    return AddedPapers(
        papers,
        Account(notes=tuple(_note(one, request.language) for one in papers if one.document)),
        Account(notes=tuple(_note(one, request.language) for one in papers if not one.document)),
    )


def _note(one: AddedPaper, language: Language) -> Note:
    """Say what became of a paper, and the way on where it was not added."""
    _ = translator(language)
    if one.problem is not None:
        return Note(_("Not added: {problem}").format(problem=one.problem.in_language(language)))
    if one.document:
        text = _("{paper} → {document}: record {key} ({reason}).")
        sentence = text.format(
            paper=one.paper, document=one.document, key=one.key, reason=one.reason.in_language(language)
        )
        if one.languages:
            names = listed((called_in(code, language) for code in one.languages), language)
            sentence += " " + _("Language: {languages}.").format(languages=names)
        return Note(sentence, tuple(remark_in(remark, language) for remark in one.remarks))
    way_on = _("Say which: {option} KEY.").format(option=argument("record"))
    rest = f"{way_on} {_('The most similar titles:')}" if one.near else f"{_('No title is similar.')} {way_on}"
    text = f"{one.paper}: {one.reason.in_language(language)}. {rest}"
    return Note(text, tuple(_in_a_line(record) for record in one.near))


def _in_a_line(record: Record) -> str:
    return f"{record.key}: {record.title}" + (f" ({record.year})" if record.year else "")


def remark_in(remark: str, language: Language) -> str:
    """Return a remark as a sentence in a language; remarks of an encoding exist in English alone."""
    text = in_language(remark, language)
    return text[:1].upper() + text[1:].rstrip(".") + "."


def add_papers(
    folder: Path | str,
    papers: Sequence[Path] = (),
    *,
    record: str | None = None,
    anew: bool = False,
    leaving: bool = False,
    progress: Progress = silent,
) -> tuple[AddedPaper, ...]:
    """Extract the text of papers into a review's `documents`, each under the key of its record.

    A document that is there is never written anew, so that the places of passages in it stay; one made of another file
    is named. Where no paper is named, those in the review's `papers` folder are taken.

    Parameters
    ----------
    folder
        The review's folder.
    papers
        The files.
    record
        The key of the record that a single paper is, where a person decides it.
    anew
        Whether a text takes the place of the one that its record has, which is kept: see `replacement`.
    leaving
        Whether it does so also where passages would not follow.
    progress
        Called with the paper that is read. What was added before it ended the work stays.

    Raises
    ------
    BenangError
        Where the review can't be read, there is no paper, or no record has the key, or passages would not follow into
        a new text (`PassagesLeft`). A paper that can't be read does not keep the others from being added: see
        `AddedPaper.problem`.
    """
    if anew and len(papers) != 1:
        problem = worded("the new text comes from one file, but {n} are named", n=len(papers))
        raise Misuse(Problem(problem, where=argument("anew"), way_on="Name one file."))
    review = open_folder(Path(folder))
    sources = read_sources(read_plan(review), review)
    chosen = list(papers) or _papers_to_add(review)
    key = None if record is None else _key_of(record, chosen, sources)
    documents = filed_documents(read_documents(review), sources.filing)
    adding = _Adding(review, sources.works.records, documents, anew, leaving)
    added: list[AddedPaper] = []
    for at, path in enumerate(chosen):
        progress(worded("Reading {name}", name=path.name), at / len(chosen))
        try:
            added.append(_add(adding, path, key))
        except PassagesLeft:
            raise
        except BenangError as error:
            added.append(AddedPaper(path.as_posix(), problem=error))
    return tuple(added)


def add_paper_text(
    folder: Path, name: str, paper: PaperText, *, exports: Corpus | None = None, record: str | None = None
) -> AddedPaper:
    """Add one paper of a review, whose text was taken out of it elsewhere, as `add_papers` does.

    Parameters
    ----------
    folder, name
        The review, and the paper's path in it.
    paper
        Its text.
    exports
        The records of the review's exports, where they have been read already.
    record
        The key of its record, where a person decides it.

    Raises
    ------
    BenangError
        As `add_papers` does, and for a scan without any text.
    """
    review = open_folder(folder)
    sources = read_sources(read_plan(review), review, exports=exports)
    key = None if record is None else _key_of(record, [review.root / name], sources)
    documents = filed_documents(read_documents(review), sources.filing)
    adding = _Adding(review, sources.works.records, documents, anew=False, leaving=False)
    return _add_text(adding, name, read_bytes(review.root / name), paper, key)


def _key_of(record: str, papers: Sequence[Path], sources: ReadSources) -> str:
    """Return the key of the record that a person names; an earlier key of it will do."""
    if len(papers) != 1:
        fault = worded("one record for {n} papers", n=len(papers))
        raise BenangError(Problem(fault, where=argument("record"), way_on="Name one paper at a time."))
    match = sources.filing.names.find(record)
    if not match.is_sure and record not in sources.works.keys:
        way_on = nearest(record, sources.works.keys)
        raise BenangError(
            Problem(worded("no record has the key '{record}'", record=record), where=argument("record"), way_on=way_on)
        )
    return match.key if match.is_sure else record


def papers_in(review: ReviewFolder) -> list[Path]:
    """List the papers in a review's folder `papers`, in the order of their names."""
    folder = review.root / "papers"
    return [
        path
        for path in (sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else ())
        if path.suffix.lower() in PAPER_SUFFIXES and not path.name.startswith((".", "~$"))
    ]


def _papers_to_add(review: ReviewFolder) -> list[Path]:
    papers = papers_in(review)
    if not papers:
        way_on = "Name files (PDF, Word, HTML, text), or put them into the folder 'papers' of the review."
        raise BenangError(Problem("there are no papers to add", where=str(review.root), way_on=way_on))
    return papers


@dataclass(frozen=True, slots=True)
class _Adding:
    """What a paper is added to, and how. `documents` grow with each that is written."""

    review: ReviewFolder
    records: Sequence[Record]
    documents: dict[str, Document]
    anew: bool
    leaving: bool


def _add(adding: _Adding, path: Path, wanted: str | None) -> AddedPaper:
    name = _named(adding.review, path)
    data = read_bytes(path)
    if not adding.anew and (there := _of_file(sha256(data), adding.documents)):
        return AddedPaper(name, there.record, there.path, worded("already there"), languages=there.languages)
    return _add_text(adding, name, data, paper_text(data, where=name), wanted)


def _add_text(adding: _Adding, name: str, data: bytes, paper: PaperText, wanted: str | None) -> AddedPaper:
    if len(paper.scanned) == len(paper.pages):
        way_on = "Run it through text recognition (OCR), then add it again."
        raise BenangError(Problem("a scan without any text", where=name, way_on=way_on))
    match = match_paper(paper, data, name, adding.records)
    key, reason = (wanted, worded("named by a person")) if wanted else (match.key, match.reason)
    if not key:
        by_key = {one.key: one for one in adding.records}
        return AddedPaper(name, reason=reason, near=tuple(by_key[key] for key in match.near))
    other = worded("it looks like the paper of another record, {key} ({reason})", key=match.key, reason=match.reason)
    remarks = (*([other] if match.key not in ("", key) else []), *_remarks(paper))
    record = next(one for one in adding.records if one.key == key)
    added = AddedPaper(name, key, reason=reason, languages=document_languages(paper.text), remarks=remarks)
    if adding.anew and (replaced := replacement(adding.documents, key, name)):
        return _replaced(adding, added, replaced, record, paper, sha256(data))
    suffix = ".md" if PurePosixPath(name).suffix.lower() in MARKDOWN else ".txt"
    added = replace(added, document=document_name(key, suffix, adding.documents))
    return _kept(adding, added, record, paper, sha256(data))


def _of_file(digest: str, documents: Mapping[str, Document]) -> Document | None:
    """Return the document that is the text of a file, by the SHA-256 of its bytes."""
    return next((one for one in documents.values() if heading(one.text).get("sha256") == digest), None)


def _remarks(paper: PaperText) -> tuple[str, ...]:
    without = [worded("pages without text: {pages}", pages=ranges(paper.scanned))] if paper.scanned else []
    return (*paper.remarks, *without)


def _kept(adding: _Adding, added: AddedPaper, record: Record, paper: PaperText, digest: str) -> AddedPaper:
    """Write the document, unless its record has one."""
    for there in adding.documents.values():
        if there.record == added.key and not there.is_abstract:
            again = worded("its record already has a document, which is kept")
            return AddedPaper(added.paper, added.key, there.path, again)
    text = document_text(paper, record, file=added.paper, sha256=digest, reason=added.reason)
    _write(adding, added.document, text)
    return added


def _replaced(
    adding: _Adding, added: AddedPaper, replaced: Replacement, record: Record, paper: PaperText, digest: str
) -> AddedPaper:
    """Write a new text of a paper, unless it is the same or passages would not follow."""
    old = replaced.document
    text = document_text(paper, record, file=added.paper, sha256=digest, reason=added.reason, more=replaced.lines)
    new = Document(replaced.path, record.key, text, sha256(text))
    if text_sha256(new) == text_sha256(old):
        return replace(added, document=old.path, reason=worded("its text is exactly the same"))
    follow, left = followed(old, new, adding.documents, read_judgements(adding.review))
    if not adding.leaving:
        check_followed(left, follow, old.path)
    _write(adding, new.path, text)
    kept = worded("it replaces {document}, which is kept", document=old.path)
    passages = worded("passages that follow: {n}; passages left behind: {left}", n=follow, left=len(left))
    return replace(added, document=new.path, remarks=(kept, passages, *added.remarks))


def _write(adding: _Adding, document: str, text: str) -> None:
    path = adding.review.root / document
    check_within(adding.review.root, [path])
    if path.exists():
        fault = "a document of this name has just been added"
        raise BenangError(Problem(fault, where=document, way_on="Is another program adding papers? Try again."))
    write_text(path, text)
    adding.documents[document] = document_of(document, text, sha256(text))


def document_name(key: str, suffix: str, documents: Mapping[str, Document]) -> str:
    """Name the document of a record; keys that differ in marks or capitals alone are two on every system."""
    name = f"documents/{file_name(key)}"
    every = [one for document in documents.values() for one in (document, *document.earlier)]
    taken = {one.path.casefold().rpartition(".")[0] for one in every}
    return f"{name}{suffix}" if name.casefold() not in taken else f"{name}-{sha256(key)[:8]}{suffix}"


def _named(review: ReviewFolder, path: Path) -> str:
    """Name a paper within the review as the review does, one from elsewhere by its bare name."""
    try:
        return path.resolve().relative_to(review.root.resolve()).as_posix()
    except ValueError:
        return path.name


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text that is to take the place of another: its path, and what its heading says of the one before it."""

    document: Document
    path: str
    lines: Mapping[str, str]


class PassagesLeft(BenangError):  # noqa: N818 - the name says what was found
    """Passages of a document would not follow into its new text."""

    def __init__(self, problem: Problem, passages: Sequence[Unplaced]) -> None:
        super().__init__(problem)
        self.passages = tuple(passages)


def replacement(documents: Mapping[str, Document], key: str, paper: str) -> Replacement | None:
    """Return what a new text of a record replaces: the document of the same file, else its only one but its abstract.

    None where the record has no document yet.

    Raises
    ------
    BenangError
        Where the record has several documents, and none is of this file.
    """
    own = [one for one in documents.values() if one.record == key and not one.is_abstract]
    if not own:
        return None
    of_file = [one for one in own if heading(one.text).get("paper") == paper]
    if len(own) > 1 and len(of_file) != 1:
        names = ", ".join(one.path for one in own)
        way_on = worded("Write in the heading of the one to replace: paper: {paper}", paper=paper)
        raise BenangError(
            Problem(worded("'{key}' has several documents: {names}", key=key, names=names), where=paper, way_on=way_on)
        )
    old = (of_file or own)[0]
    lines = {"replaces": old.path, "replaced text": f"sha256 {text_sha256(old)}"}
    return Replacement(old, _next_name(old, documents), lines)


def text_sha256(document: Document) -> str:
    r"""Hash the text of a document without its heading, which may grow.

    Examples
    --------
    >>> text_sha256(Document("a", "a", "---\nrecord: a\n---\nOne\n", "")) == sha256("One\n")
    True
    """
    return sha256(document.text[body_start(document.text) :])


def _next_name(old: Document, documents: Mapping[str, Document]) -> str:
    """Name a new text after the first one of its paper: `KEY-2.txt`, `KEY-3.txt`."""
    every = [one for document in documents.values() for one in (document, *document.earlier)]
    taken = {one.path.casefold().rpartition(".")[0] for one in every}
    first = PurePosixPath((old, *old.earlier)[-1].path)
    number = 2 + len(old.earlier)
    while f"{first.parent}/{first.stem}-{number}".casefold() in taken:
        number += 1
    return f"{first.parent}/{first.stem}-{number}.txt"


def followed(
    old: Document, new: Document, documents: Mapping[str, Document], judgements: Judgements
) -> tuple[int, tuple[Unplaced, ...]]:
    """Return how many passages follow from a text into the one that takes its place, and those that don't."""
    after = {path: one for path, one in documents.items() if path != old.path}
    after[new.path] = replace(new, earlier=(replace(old, earlier=()), *old.earlier))
    left = left_behind(judgements, documents, after)
    own = {old.path: old}
    return len(places_of(judgements, own)) - len(left), left


def check_followed(left: Sequence[Unplaced], follow: int, document: str) -> None:
    """List the passages that don't follow, each with its file and line.

    Raises
    ------
    PassagesLeft
        Where there are any.
    """
    if not left:
        return
    shown = (
        worded(
            "{place}: “{quote}” ({why})", place=at_line(one.file, one.line), quote=_shortened(one.quote), why=_why(one)
        )
        for one in left[:_MOST_SHOWN]
    )
    lines = joined(("", *shown), "\n    ")
    more = worded("\n    … and {n:,} more", n=len(left) - _MOST_SHOWN) if len(left) > _MOST_SHOWN else ""
    fault = worded(
        "{n} of {all} passages are not in the new text:{lines}{more}\n ",
        all=follow + len(left),
        n=len(left),
        lines=lines,
        more=more,
    )
    way_on = worded(
        "Nothing was replaced. To replace the text anyway, use {option}: these passages then remain in the logs and "
        "in the earlier text, and each build lists them until they are coded again or withdrawn.",
        option=argument("leaving"),
    )
    raise PassagesLeft(Problem(fault, where=document, way_on=way_on), left)


def _shortened(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1] + "…"


def _why(one: Unplaced) -> str:
    return worded("it occurs {times} times", times=one.times) if one.times else worded("it does not occur")
