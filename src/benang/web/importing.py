"""Import: exports and papers into the review, and the account of what was read."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import Response

from benang.errors import BenangError, Problem
from benang.locale.writing import Worded, worded
from benang.tasks.coding.document_shown import document_id
from benang.tasks.importing import FIELDS, bring, confirm_columns, imported, take_out
from benang.tasks.paper_files import EXTRACT, cancel_reading, name_record, papers, start_extracting, type_record
from benang.tasks.record_list import (
    COLUMNS,
    USUAL,
    Column,
    Having,
    Sorting,
    Wanted,
    Word,
    decide,
    n_in_doubt,
    pairs_in_doubt,
    record_list,
    record_shown,
    take_back_pair,
)
from benang.web.guard import ACT
from benang.web.page import Change, Here, Read, done, gone_to, shown

router = APIRouter(tags=["import"])

Key = Annotated[str, Form(min_length=1, max_length=1000)]
Year = Annotated[str, Query(max_length=6, pattern=r"^\d{0,4}$")]
_MOST_CHOICES = 100
_MOST_FILES = 200


@router.get("/reviews/{review}/import")
def page(place: Read) -> Response:
    """Show the files with records, each with its account."""
    return _shown(place, "import.html.j2", "files", found=imported(place.review), fields=FIELDS)


def _shown(place: Here, template: str, tab: str, **values: Any) -> Response:
    """Show one of the pages of importing, with what the others have to be looked at for."""
    try:
        in_doubt = n_in_doubt(place.review)
        waiting = sum(1 for one in papers(place.review) if not one.record)
    except BenangError:  # the page of the files says what is wrong
        in_doubt, waiting = 0, 0
    return shown(place, template, area="import", tab=tab, in_doubt=in_doubt, waiting=waiting, **values)


@router.post("/reviews/{review}/uploads")
def upload(place: Change, file: Annotated[list[UploadFile], File(max_length=_MOST_FILES)]) -> Response:
    """Take files: each is read before it is put into the folder."""
    act = place.request.headers.get(ACT, "")
    texts: list[Worded] = []
    kinds: set[str] = set()
    faults: list[Problem] = []
    with tempfile.TemporaryDirectory(prefix="benang-") as folder:
        for number, one in enumerate(file):
            path = Path(folder) / str(number)
            try:
                _taken(one, path)
                brought = bring(place.review, place.workbench.jobs, path, one.filename or "", act=act)
                texts.append(brought.text)
                kinds.add(brought.kind)
            except BenangError as error:
                faults += error.problems
    if "export" in kinds:  # papers that came before it may be of its records
        with contextlib.suppress(BenangError):
            start_extracting(place.review, place.workbench.jobs)
    if faults:
        raise BenangError(*faults)
    return _told(place, *texts) if place.is_htmx else gone_to(place, place.at("import"))


@router.post("/reviews/{review}/uploads/cancel")
def cancel_upload(place: Change, act: Annotated[str, Form(min_length=1, max_length=100)]) -> Response:
    """Cancel an upload whose file is being read, by the key of its request; nothing of it comes into the review."""
    cancel_reading(place.review, place.workbench.jobs, act)
    return Response(status_code=204)


def _taken(one: UploadFile, path: Path) -> None:
    try:
        with path.open("wb") as file:
            shutil.copyfileobj(one.file, file)
    except OSError as error:
        fault = worded("can't read or write here ({reason})", reason=error.strerror or error)
        raise BenangError(Problem(fault, where=one.filename or "")) from None


def _told(place: Here, *texts: Worded) -> Response:
    """Say what was done, once the records of the review are read again: whatever is live then shows them at once."""
    with contextlib.suppress(BenangError):
        imported(place.review)
    return done(" ".join(text.in_language(place.language) for text in texts))


@router.post("/reviews/{review}/import/remove")
def remove(place: Change, file: Key) -> Response:
    """Take an export, a paper or a table that waits out of the review."""
    return _told(place, take_out(place.review, file))


@router.post("/reviews/{review}/import/columns")
def columns(
    place: Change,
    file: Key,
    column: Annotated[list[Annotated[str, Form(max_length=60, pattern=r"^(\d{1,4}=[a-z_]{1,40})?$")]], Form()],
) -> Response:
    """Say what the columns of a table hold: `0=title`, `3=year`."""
    pairs = (one.split("=") for one in column if one)
    fields = {int(at): name for at, name in pairs}
    return _told(place, confirm_columns(place.review, place.workbench.jobs, file, fields))


# Pairs in doubt


@router.get("/reviews/{review}/import/duplicates")
def duplicates(place: Read, at: Annotated[int, Query(ge=1, le=10_000_000)] = 1) -> Response:
    """Show a pair in doubt, side by side."""
    return _pair_shown(place, at)


def _pair_shown(place: Here, at: int, said: str = "") -> Response:
    pairs = pairs_in_doubt(place.review, at)
    reasons = pairs.reasons(place.language)
    return _shown(place, "import_duplicates.html.j2", "duplicates", pairs=pairs, reasons=reasons, said=said)


@router.post("/reviews/{review}/import/duplicates")
def decide_pair(
    place: Change,
    one: Key,
    other: Key,
    word: Annotated[Word, Form()],
    at: Annotated[int, Form(ge=1, le=10_000_000)] = 1,
) -> Response:
    """Decide whether two records are one work, and show the next pair."""
    text = decide(place.review, one, other, word)
    return _next_pair(place, at, text)


@router.post("/reviews/{review}/import/duplicates/back")
def take_back(place: Change, one: Key, other: Key) -> Response:
    """Take the decision on a pair back."""
    return _next_pair(place, 1, take_back_pair(place.review, one, other))


def _next_pair(place: Here, at: int, text: Worded) -> Response:
    if not place.is_htmx:
        return gone_to(place, f"{place.at('import', 'duplicates')}?at={at}")
    return _pair_shown(place, at, text.in_language(place.language))


# Records


@router.get("/reviews/{review}/import/records")
def records(
    place: Read,
    search: Annotated[str, Query(max_length=300)] = "",
    file: Annotated[str, Query(max_length=1000)] = "",
    since: Year = "",
    until: Year = "",
    having: Having = "",
    outcome: Annotated[str, Query(max_length=40)] = "",
    sort: Sorting = "",
    order: Literal["up", "down"] = "up",
    number: Annotated[int, Query(ge=1, le=10_000_000)] = 1,
    column: Annotated[list[Column] | None, Query(max_length=20)] = None,
) -> Response:
    """Show the records that are wanted, a page of them."""
    years = [int(one) if one else None for one in (since, until)]
    wanted = Wanted(search, file, years[0], years[1], having, outcome, sort, order == "down", number)
    found = record_list(place.review, wanted)
    usual = [one for one in USUAL if one != "outcome" or set(found.outcomes) - {"undecided"}]
    chosen = tuple(one for one in COLUMNS if one in (column or usual))
    values = {"found": found, "wanted": wanted, "columns": chosen, "all_columns": COLUMNS}
    return _shown(place, "import_records.html.j2", "records", **values)


@router.get("/reviews/{review}/import/record")
def record(place: Read, key: Annotated[str, Query(min_length=1, max_length=1000)]) -> Response:
    """Open a record."""
    one = record_shown(place.review, key)
    reasons, query = one.reasons_in(place.language), _list_before(place)
    return _shown(place, "import_record.html.j2", "records", one=one, reasons=reasons, query=query, id_of=document_id)


def _list_before(place: Here) -> str:
    """Return what the list of records was asked for from which somebody comes; nothing where from elsewhere."""
    host, _, path = place.request.headers.get("referer", "").partition("//")[2].partition("/")
    address, _, query = f"/{path}".partition("?")
    return query.partition("#")[0] if host and address == place.at("import", "records") else ""


# Papers


@router.get("/reviews/{review}/import/papers")
def papers_page(place: Read) -> Response:
    """Show the papers, each with its record and text."""
    job = place.workbench.jobs.last(place.review.id, EXTRACT)
    works = place.review.sources().works
    values = {"papers": papers(place.review), "job": job, "works": works, "many": _MOST_CHOICES, "id_of": document_id}
    return _shown(place, "import_papers.html.j2", "papers", **values)


@router.get("/reviews/{review}/import/papers/choices")
def choices(place: Read, search: Annotated[str, Query(max_length=300)] = "") -> Response:
    """Give the records that a paper may be, for a search."""
    found = record_list(place.review, Wanted(search=search))
    return shown(place, "import_choices.html.j2", rows=found.rows, n=found.n)


@router.post("/reviews/{review}/import/papers/record")
def paper_record(place: Change, file: Key, record: Key) -> Response:
    """Say which record a paper is."""
    return _told(place, name_record(place.review, place.workbench.jobs, file, record))


@router.post("/reviews/{review}/import/papers/typed")
def paper_typed(
    place: Change,
    file: Key,
    title: Annotated[str, Form(min_length=1, max_length=1000)],
    authors: Annotated[str, Form(max_length=2000)] = "",
    year: Annotated[str, Form(pattern=r"^[0-9]{0,4}$")] = "",
    doi: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """Write down the record of a paper that no export has."""
    names = [name for one in authors.split(";") if (name := " ".join(one.split()))]
    given = {"title": " ".join(title.split()), "authors": names, "year": int(year) if year else "", "doi": doi.strip()}
    said = {name: value for name, value in given.items() if value}
    return _told(place, type_record(place.review, place.workbench.jobs, file, said))


@router.post("/reviews/{review}/import/papers/text")
def extract_text(place: Change) -> Response:
    """Take out the text of all papers that have none."""
    start_extracting(place.review, place.workbench.jobs)
    return done("")
