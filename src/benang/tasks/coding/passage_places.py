"""Where a coded passage stands in its paper: the PDF, the page, and a rectangle for each line, for who shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benang.coding.placed import in_documents
from benang.errors import BenangError, Problem, nearest
from benang.evidence import Passage
from benang.files import read_bytes, sha256
from benang.progress import Progress, silent
from benang.project.documents import Document, body_start, heading
from benang.readers.pdf_places import PagePlace, pdf_places
from benang.review.desk import open_desk
from benang.safe_files import check_within, names_outside


@dataclass(frozen=True, slots=True)
class PassagePlaces:
    """A passage in its document, the PDF that it is from, and where it stands in it.

    `is_same_file` tells that the PDF is the one whose text the document is, byte for byte; in another the words are
    looked for on the same page.
    """

    passage: Passage
    paper: Path
    is_same_file: bool
    places: tuple[PagePlace, ...]


def passage_places(folder: Path | str, coding_id: str, *, progress: Progress = silent) -> PassagePlaces:
    """Return where a passage stands in its PDF: that of a coding, or by `VALUE/1` one of a value's.

    The PDF is the one that the document's heading names, in the review's folder or in `papers/` there, else the one in
    `papers/` with its hash.

    Raises
    ------
    BenangError
        Where the review can't be read, no passage that is found has this id (the nearest is named), its document is
        not of a PDF, or the PDF is not at hand or can't be read.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(folder)
    passages = in_documents(desk.judgements, desk.documents, desk.codebook).passages
    passage = passages.get(coding_id)
    if passage is None:
        raise BenangError(Problem(f"no passage has the id '{coding_id}'", way_on=nearest(coding_id, passages)))
    document = desk.documents[passage.document]
    progress("Looking in the paper", 0.5)
    path, data = _paper(document, desk.folder.root)
    begin = body_start(document.text)
    where = path.name
    places = pdf_places(data, document.text[begin:], passage.start - begin, passage.end - begin, where=where)
    return PassagePlaces(passage, path, sha256(data) == heading(document.text).get("sha256"), places)


def _paper(document: Document, root: Path) -> tuple[Path, bytes]:
    """Return the PDF of a document, and its bytes."""
    told = heading(document.text)
    name = told.get("paper", "")
    if not name.lower().endswith(".pdf"):
        way_on = "Only a PDF has pages and places on them."
        raise BenangError(Problem("it is not the text of a PDF", where=document.path, way_on=way_on))
    if not names_outside(name):
        for path in (root / name, root / "papers" / name):
            if path.is_file():
                check_within(root, [path])
                return path, read_bytes(path)
    for path in _pdfs(root):
        data = read_bytes(path)
        if sha256(data) == told.get("sha256"):
            return path, data
    way_on = f"Put {name.rpartition('/')[2]} into the folder 'papers' of the review."
    raise BenangError(Problem(f"its PDF, {name}, is not at hand", where=document.path, way_on=way_on))


def _pdfs(root: Path) -> Iterator[Path]:
    folder = root / "papers"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() == ".pdf" and path.is_file():
            check_within(root, [path])
            yield path
