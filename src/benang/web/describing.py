"""Describe: the corpus in figures; every number opens the records that it rests on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from benang.errors import BenangError, Problem
from benang.locale.writing import worded
from benang.tasks.cleaning import NOT_OF_RECORDS, corpus_in_use
from benang.tasks.describing import (
    DescribedCorpus,
    FigureShown,
    describe_apart,
    description_figures,
    description_file,
    description_parts,
    opened_number,
    review_description,
    whole_table,
)
from benang.web.page import Here, NotThere, Read, problems_of, shown

if TYPE_CHECKING:
    from benang.indicators import Description

router = APIRouter(tags=["describe"])

JOB = "describe"
LARGE = 30_000_000
"""Bytes of exports from which on the corpus is counted in a process of its own."""
_RECORDS = 200
_ALONE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; sandbox"
"""The policy of a figure that somebody opens by itself: it has its own style and letters, and nothing else."""
_FILES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@router.get("/reviews/{review}/describe")
def page(place: Read) -> Response:
    """Show the page; where the corpus is not counted yet, the figures come as soon as they are."""
    values = _values(place) if _is_ready(place) else {"parts": None}
    return shown(place, "describe.html.j2", area="describe", **values)


@router.get("/reviews/{review}/describe/figures")
def figures(place: Read, version: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Show the corpus in figures; nothing where that is as in the `version` that the page has already."""
    if version and version == _key(place):
        return Response(status_code=204)
    if not _is_ready(place) and place.review.size("records") > LARGE and not _take_result(place):
        job = place.workbench.jobs.last(place.review.id, JOB)
        if job is None or job.state in ("done", "cancelled") or (job.state == "failed" and version):
            job = place.workbench.jobs.start(place.review.id, JOB, describe_apart, place.review.root)
            _asked().setdefault(job.id, (_key(place), _rules(place)))
        problems = problems_of(job.error, place.language) if job.error else ()
        return shown(place, "describe_waiting.html.j2", job=job, problems=problems)
    return shown(place, "describe_body.html.j2", **_values(place))


@router.get("/reviews/{review}/describe/table")
def table(place: Read, name: Annotated[str, Query(max_length=40)]) -> Response:
    """Show a table with all its rows, or as many as a page can show."""
    template = "describe_table.html.j2" if place.is_htmx else "describe_table_page.html.j2"
    return shown(place, template, area="describe", table=whole_table(_described(place), name), is_whole=True)


@router.get("/reviews/{review}/describe/number")
def number(
    place: Read,
    id: Annotated[str, Query(max_length=2000)] = "",  # noqa: A002 - the word in the address
    shown_records: Annotated[int, Query(alias="records", ge=1, le=100_000)] = _RECORDS,
) -> Response:
    """Open a number: what it is of, and its records; without one, close what is open."""
    if not id:
        return Response("", media_type="text/html")
    try:
        opened = opened_number(_described(place), id)
    except BenangError as error:
        raise NotThere(*error.problems) from None
    template = "describe_number.html.j2" if place.is_htmx else "describe_number_page.html.j2"
    return shown(place, template, area="describe", opened=opened, most=shown_records)


@router.get("/reviews/{review}/describe/figure")
def figure(place: Read, name: Annotated[str, Query(max_length=40)]) -> Response:
    """Show a figure with its caption; nothing where the corpus has nothing for it."""
    found = _figures(place).get(name)
    return shown(place, "describe_figure.html.j2", figure=found, state=_key(place))


@router.get("/reviews/{review}/describe/figure.svg")
def drawing(
    place: Read,
    name: Annotated[str, Query(max_length=40)],
    theme: Literal["light", "dark"] = "light",
    download: bool = False,
    version: Annotated[str, Query(max_length=100)] = "",  # noqa: ARG001 - so that a browser keeps what it has of it
) -> Response:
    """Return a figure as SVG, for light or dark pages."""
    found = _figures(place).get(name)
    if found is None:
        raise NotThere(Problem(worded("there is no figure '{name}'", name=name)))
    headers = {"Content-Security-Policy": _ALONE}
    if download:
        headers["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    svg = found.dark_svg if theme == "dark" else found.svg
    return Response(svg, media_type="image/svg+xml", headers=headers)


@router.get("/reviews/{review}/describe/files")
def download(place: Read, form: Literal["xlsx", "csv"]) -> Response:
    """Return all numbers with their records as a workbook or a table."""
    corpus = corpus_in_use(place.review)
    data = description_file(review_description(place.review.root, corpus=corpus, top=0), f".{form}", place.language)
    headers = {"Content-Disposition": f'attachment; filename="corpus.{form}"', "Content-Security-Policy": "sandbox"}
    return Response(data, media_type=_FILES[form], headers=headers)


def _values(place: Here) -> dict[str, Any]:
    """Return what the figures of the page need."""
    corpus = _described(place)
    overview, *parts = description_parts(corpus)
    return {
        "overview": overview,
        "parts": parts,
        "n_works": len(corpus.description.corpus),
        "state": _key(place),
    }


def _rules(place: Here) -> str:
    """Return what the plan says that makes a difference to the figures: of records, and how they are cleaned."""
    return place.plan.model_dump_json(exclude=NOT_OF_RECORDS - {"cleaning"})


def _key(place: Here) -> str:
    """Return what changes whenever the figures may."""
    return place.review.version("names", "records")


def _is_ready(place: Here) -> bool:
    """Tell whether the corpus has been counted as it is now."""
    return _counted().get(place.review.id) == (_key(place), _rules(place))


@cache
def _counted() -> dict[str, tuple[str, str]]:
    """Return under which version the corpus of each review was counted last."""
    return {}


def _description(place: Here) -> Description:
    review = place.review

    def make() -> Description:
        return review_description(review.root, corpus=corpus_in_use(review))

    found = review.kept("description", make, "names", "records", also=_rules(place))
    _counted()[review.id] = (_key(place), _rules(place))
    return found


def _described(place: Here) -> DescribedCorpus:
    return place.review.kept(
        f"described {place.language}",
        lambda: DescribedCorpus(_description(place), place.language),
        "names",
        "records",
        also=_rules(place),
    )


def _figures(place: Here) -> dict[str, FigureShown]:
    return place.review.kept(
        f"figures {place.language}",
        lambda: description_figures(_description(place), place.language),
        "names",
        "records",
        also=_rules(place),
    )


@cache
def _asked() -> dict[str, tuple[str, str]]:
    """Return for which version each job counts."""
    return {}


def _take_result(place: Here) -> bool:
    """Take what was counted apart into memory, if that is done for the corpus as it is now."""
    jobs, now = place.workbench.jobs, (_key(place), _rules(place))
    job = jobs.last(place.review.id, JOB)
    if job is None or job.state != "done" or _asked().get(job.id) != now:
        return False
    found = jobs.take(job.id)
    if found is None:
        return False
    place.review.kept("description", lambda: found, "names", "records", also=_rules(place))
    _counted()[place.review.id] = now
    return True
