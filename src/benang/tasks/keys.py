"""Old names of records in the files of a review → keys of today, and documents that tell which paper they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benang.coding.cases import read_cases
from benang.coding.placed import places_of
from benang.errors import BenangError, Problem
from benang.files import read_bytes, write_together
from benang.judgements.log import Judgements, read_judgements
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.progress import Progress, silent
from benang.project.documents import Document, heading, moved_told, read_documents
from benang.project.folder import ReviewFolder, open_folder
from benang.project.rekeying import edited, rekeyed_cases, rekeyed_document, rekeyed_table
from benang.records.added_keywords import KEY_COLUMNS
from benang.records.paper import Paper
from benang.review.filing import Renamed
from benang.review.load import filed_cases, filed_documents, read_sources, untold
from benang.review.plan_reading import read_plan
from benang.tasks.account import Account, Note


@dataclass(frozen=True)
class KeysRequest:
    """A review whose files are to name records by their keys of today; nothing is written unless `write` says so."""

    folder: Path
    write: bool = False
    language: Language = "en"


@dataclass(frozen=True)
class Rekeying:
    """Names that become keys, documents that will say which paper they are, and the files as they will be.

    `shown` is what each key is known by: author, year, title. `papers` is the paper that each document will name.
    """

    renamed: tuple[Renamed, ...] = ()
    papers: Mapping[str, Paper] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[Path, bytes] = field(default_factory=dict)
    account: Account = field(default_factory=Account)


def keys(request: KeysRequest, *, progress: Progress = silent) -> Rekeying:
    """Name the records of a review's files by their keys of today, or show what that would change.

    All files are written or none. Raises what `rekeying` does.
    """
    progress("Reading the review", 0.0)
    changes = rekeying(request.folder)
    if request.write:
        progress("Writing", 0.9)
        write_together(changes.files)
    return replace(changes, account=Account(notes=tuple(_account(changes, request))))


def _account(changes: Rekeying, request: KeysRequest) -> Iterator[Note]:
    _ = translator(request.language)
    text = _("{where}: '{name}' → {key}, recognised by {reason}.")
    for one in changes.renamed:
        reason = one.why.in_language(request.language)
        yield Note(text.format(where=one.where, name=one.name, key=changes.shown[one.key], reason=reason))
    for path, paper in changes.papers.items():
        yield Note(_("{document}: will say that it is {paper}.").format(document=path, paper=paper))
    n = len(changes.files)
    if not n:
        yield Note(_("All records are named by their keys, and every document says which paper it is."))
        return
    files = _("{n} files").format(n=numeral(n, request.language, 0)) if n > 1 else _("1 file")
    if request.write:
        yield Note(_("Written: {files}.").format(files=files))
    else:
        text = _("Nothing has been written yet. Check this; `benang keys {folder} --write` then writes {files}.")
        yield Note(text.format(folder=request.folder, files=files))


def rekeying(folder: Path | str) -> Rekeying:
    """Find out which names of records in a review's files are no keys of today, and which documents tell no paper.

    Raises
    ------
    BenangError
        Where the review can't be read, a name may mean several records, or a document is another paper than its record.
    """
    review = open_folder(Path(folder))
    sources = read_sources(read_plan(review), review)
    filing = sources.filing
    if review.cases:
        filed_cases(read_cases(review.cases), review.cases, filing)
    before = read_documents(review)
    documents = filed_documents(before, filing)
    filing.check()
    renamed = tuple(filing.renamed)
    papers = {path: filing.paper(documents[path].record) for path in untold(documents, filing)}
    papers = {path: paper for path, paper in papers.items() if paper.is_told}
    return Rekeying(
        renamed=renamed,
        papers=papers,
        shown={one.key: filing.shown(one.key) for one in renamed},
        files={**_tables(review, renamed), **_documents(review, before, documents, papers, renamed)},
    )


def _tables(review: ReviewFolder, renamed: Sequence[Renamed]) -> dict[Path, bytes]:
    """Rewrite keys in cases, keywords and decisions."""
    edits: tuple[tuple[Path | None, Callable[..., str]], ...] = (
        (review.cases, rekeyed_cases),
        (review.keywords, partial(rekeyed_table, columns=KEY_COLUMNS)),
        (review.duplicates, partial(rekeyed_table, columns=("record", "other"), remark="#")),
    )
    files = {}
    for path, edit in edits:
        keys = {one.name: one.key for one in renamed if path and one.where.startswith(f"{path.name}, ")}
        if path and keys:
            edit_file = partial(edit, keys=keys, where=path.name)
            files[path] = edited(read_bytes(path), edit_file, where=path.name)
    return files


def _documents(
    review: ReviewFolder,
    before: Mapping[str, Document],
    documents: Mapping[str, Document],
    papers: Mapping[str, Paper],
    renamed: Sequence[Renamed],
) -> dict[Path, bytes]:
    """Rewrite the headings of documents."""
    judgements = read_judgements(review)
    paths = {review.name(path): path for path in review.documents}
    names = sorted({*papers, *(one.where for one in renamed if one.where in documents)})
    return {
        paths[name]: _rewritten(
            paths[name], before[name], documents[name].record, papers.get(name, Paper()), judgements
        )
        for name in names
    }


def _rewritten(path: Path, old: Document, key: str, paper: Paper, judgements: Judgements) -> bytes:
    """Write a document with another heading; one in which a quotation would lose its place is refused."""
    here = places_of(judgements, {old.path: old})
    text = rekeyed_document(old, key, paper, is_coded=bool(here))
    new = replace(old, text=text, moved=moved_told(heading(text)))
    grown = len(text) - len(old.text)
    if places_of(judgements, {new.path: new}) != {name: start + grown for name, start in here.items()}:
        problem = "quotations could no longer be located in it"
        raise BenangError(
            Problem(problem, where=old.path, way_on="Change its heading by hand, then check the quotations.")
        )
    return edited(read_bytes(path), lambda _: text, where=old.path)
