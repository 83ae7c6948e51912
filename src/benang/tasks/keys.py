"""Old names of records in the files of a review → keys of today, and documents that tell which paper they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from benang.coding.cases import read_cases
from benang.coding.placed import places_of
from benang.errors import BenangError, Problem
from benang.files import read_bytes, write_together
from benang.judgements.log import Judgements, read_judgements
from benang.project.documents import Document, heading, moved_told, read_documents
from benang.project.folder import ReviewFolder, open_folder
from benang.project.rekeying import edited, rekeyed_cases, rekeyed_document, rekeyed_table
from benang.records.added_keywords import KEY_COLUMNS
from benang.records.paper import Paper
from benang.review.filing import Renamed
from benang.review.load import filed_cases, filed_documents, untold
from benang.review.plan_reading import read_plan
from benang.review.sources import read_sources


@dataclass(frozen=True)
class Rekeying:
    """What `benang keys` would do: names that become keys, documents that will tell their paper, files as they will be.

    `shown` has what each key is told by, `told` the paper that each document will tell.
    """

    renamed: tuple[Renamed, ...] = ()
    told: Mapping[str, Paper] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[Path, bytes] = field(default_factory=dict)

    def write(self) -> None:
        """Write the files, all of them or none."""
        write_together(self.files)


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
    told = {path: filing.paper(documents[path].record) for path in untold(documents, filing)}
    told = {path: paper for path, paper in told.items() if paper.is_told}
    return Rekeying(
        renamed=renamed,
        told=told,
        shown={one.key: filing.shown(one.key) for one in renamed},
        files={**_tables(review, renamed), **_documents(review, before, documents, told, renamed)},
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
    told: Mapping[str, Paper],
    renamed: Sequence[Renamed],
) -> dict[Path, bytes]:
    """Rewrite the headings of documents."""
    judgements = read_judgements(review)
    paths = {review.name(path): path for path in review.documents}
    names = sorted({*told, *(one.where for one in renamed if one.where in documents)})
    return {
        paths[name]: _rewritten(paths[name], before[name], documents[name].record, told.get(name, Paper()), judgements)
        for name in names
    }


def _rewritten(path: Path, old: Document, key: str, paper: Paper, judgements: Judgements) -> bytes:
    """Write a document with another heading; one in which a quotation would lose its place is refused."""
    here = places_of(judgements, {old.path: old})
    text = rekeyed_document(old, key, paper, is_coded=bool(here))
    new = replace(old, text=text, moved=moved_told(heading(text)))
    grown = len(text) - len(old.text)
    if places_of(judgements, {new.path: new}) != {name: start + grown for name, start in here.items()}:
        found = "quotations would lose their place in it"
        raise BenangError(
            Problem(found, where=old.path, way_on="Write its heading by hand, then check the quotations.")
        )
    return edited(read_bytes(path), lambda _: text, where=old.path)
