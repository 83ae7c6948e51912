"""The codings of a review as rows, for a list, for JSON, for a table; and where in its paper a coded passage is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from benang.coding.placed import codings_in_documents, in_documents, present_code
from benang.errors import BenangError, Problem, nearest
from benang.evidence import Passage
from benang.files import read_bytes, sha256, write_text
from benang.judgements.events import Coding
from benang.judgements.log import Judgements
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import Document, body_start, heading
from benang.records.user_tables import csv_text
from benang.review.desk import Desk, open_desk
from benang.safe_files import check_within, names_outside
from benang.tasks.account import Account, Note, check_outputs

if TYPE_CHECKING:
    from benang.readers.pdf_text import PagePlace


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A valid coding, at its place in its document: half-open offsets in code points of the file's text.

    `consensus` is `kept` or `set aside` where coders have decided together; what is set aside counts in no number.
    """

    id: str
    record: str
    document: str
    page: int | None
    start: int
    end: int
    quote: str
    code: str
    case: str
    coder: str
    scope: str
    stance: str
    time: str
    consensus: str = ""


_COLUMNS = CodingRow.__slots__
_cells = attrgetter(*_COLUMNS)
_encoded = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, kw_only=True)
class ListRequest:
    """Which codings of a review are listed: all, or those of a record, code, case or coder. `output` is written."""

    folder: Path
    record: str | None = None
    code: str | None = None
    case: str | None = None
    coder: str | None = None
    output: Path | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Listed:
    """The rows, and the same in lines of text."""

    rows: tuple[CodingRow, ...]
    account: Account

    def as_json(self) -> str:
        """Return the rows as a JSON list."""
        return json_of(self.rows)


def list_codings(request: ListRequest, *, progress: Progress = silent) -> Listed:
    """List the codings that stand, in the order of their documents and places.

    Raises
    ------
    BenangError
        For a review that can't be read, a name that it does not have, and a file that can't be written.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    code = desk.code_of_any_kind(request.code).id if request.code else None
    case = desk.case(request.case, "").id if request.case else None
    documents = None if request.record is None else {one.path for one in desk.of_record(request.record)}
    rows = tuple(
        row
        for row in coding_rows(desk, code=code, case=case, coder=request.coder)
        if documents is None or row.document in documents
    )
    if request.output:
        check_outputs([request.output], desk.folder.files)
        write_text(
            request.output,
            json_of(rows) if request.output.suffix.lower() == ".json" else csv_text(_COLUMNS, map(_cells, rows)),
        )
    files = (request.output,) if request.output else ()
    return Listed(rows, Account(notes=tuple(_notes(rows, request)), files=files))


def coding_rows(
    desk: Desk, *, code: str | None = None, case: str | None = None, coder: str | None = None
) -> list[CodingRow]:
    """Return the codings of persons that stand, at their present places; those of one code, case or coder if named.

    Only what is asked for is put in its place.
    """
    wanted = (
        one
        for one in desk.judgements.of(Coding)
        if not one.program
        and case in (None, one.case)
        and coder in (None, one.coder)
        and (code is None or present_code(one.code, desk.codebook) == code)
    )
    said = _consensus_on(desk.judgements)
    rows = []
    for one in codings_in_documents(wanted, desk.documents, desk.codebook):
        document = desk.documents[one.document]
        rows.append(
            CodingRow(
                one.id, document.record, one.document, document.page(one.start), one.start, one.end, one.quote,
                one.code, one.case, one.coder, one.scope, one.stance, one.time.isoformat() if one.time else "",
                said.get(one.id, ""),
            )
        )  # fmt: skip
    return sorted(rows, key=attrgetter("document", "start", "end", "code", "case", "coder", "id"))


def _consensus_on(judgements: Judgements) -> dict[str, str]:
    """Return what coders have decided together of codings, by their ids."""
    kept = {name: "kept" for one in judgements.consensuses for name in one.keeps}
    return dict.fromkeys(judgements.set_aside, "set aside") | kept


def json_of(rows: Iterable[CodingRow]) -> str:
    """Write rows as a JSON list, one on each line."""
    lines = ",\n ".join(_encoded(dict(zip(_COLUMNS, _cells(row), strict=True))) for row in rows)
    return f"[\n {lines}\n]\n" if lines else "[]\n"


def _notes(rows: Sequence[CodingRow], request: ListRequest) -> Iterable[Note]:
    _ = translator(request.language)
    for row in rows if not request.output else ():
        page = _(", p. {page}").format(page=row.page) if row.page else ""
        stance = f", {_(row.stance)}" if row.stance != "supports" else ""
        quote = " ".join(row.quote.split())
        common = f" – {_('set aside by consensus')}" if row.consensus == "set aside" else ""
        yield Note(f"{row.code} · {row.case} · {row.coder}{stance}: “{quote}” ({row.record}{page}) [{row.id}]{common}")
    text = counted("{n} passage is coded.", "{n} passages are coded.", len(rows), request.language)
    yield Note(text.format(n=numeral(len(rows), request.language, 0)))
    if aside := sum(row.consensus == "set aside" for row in rows):
        yield Note(_("A consensus has set {n} of them aside.").format(n=numeral(aside, request.language, 0)))


@dataclass(frozen=True, slots=True)
class PassagePlaces:
    """A passage in its document, the PDF that it is from, and its place there.

    `is_same_file` tells that the PDF is the one whose text the document is, byte for byte; in another the words are
    looked for on the same page.
    """

    passage: Passage
    paper: Path
    is_same_file: bool
    places: tuple[PagePlace, ...]


def passage_places(folder: Path | str, coding_id: str, *, progress: Progress = silent) -> PassagePlaces:
    """Return where a passage is in its PDF: that of a coding, or by `VALUE/1` one of a value's.

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
    passages = in_documents(desk.judgements, desk.documents, desk.codebook).all_passages
    passage = passages.get(coding_id)
    if passage is None:
        raise BenangError(
            Problem(worded("no passage has the id '{coding}'", coding=coding_id), way_on=nearest(coding_id, passages))
        )
    document = desk.documents[passage.document]
    progress("Searching the paper", 0.5)
    path, data = paper_of_document(document, desk.folder.root)
    begin = body_start(document.text)
    where = path.name
    from benang.readers.pdf_text import pdf_places  # PDFium, which no list needs

    places = pdf_places(data, document.text[begin:], passage.start - begin, passage.end - begin, where=where)
    return PassagePlaces(passage, path, sha256(data) == heading(document.text).get("sha256"), places)


def paper_of_document(document: Document, root: Path) -> tuple[Path, bytes]:
    """Return the PDF of a document, and its bytes."""
    lines = heading(document.text)
    name = lines.get("paper", "")
    if not name.lower().endswith(".pdf"):
        way_on = "Only a PDF has pages on which a passage can be located."
        raise BenangError(Problem("it is not the text of a PDF", where=document.path, way_on=way_on))
    if not names_outside(name):
        for path in (root / name, root / "papers" / name):
            if path.is_file():
                check_within(root, [path])
                return path, read_bytes(path)
    for path in _pdfs(root):
        data = read_bytes(path)
        if sha256(data) == lines.get("sha256"):
            return path, data
    way_on = worded("Put {file} into the folder 'papers' of the review.", file=name.rpartition("/")[2])
    raise BenangError(Problem(worded("its PDF, {name}, is missing", name=name), where=document.path, way_on=way_on))


def _pdfs(root: Path) -> Iterator[Path]:
    folder = root / "papers"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() == ".pdf" and path.is_file():
            check_within(root, [path])
            yield path
