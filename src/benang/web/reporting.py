"""Report: built on a button, read in the page, and downloaded with its tables, figures and maps."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query
from fastapi.responses import FileResponse, Response

from benang.errors import BenangError
from benang.locale import Language
from benang.tasks.build.products import KINDS, Product, ProductKind, build_quietly, product_path, products_of
from benang.tasks.review_state import BuildState, build_state
from benang.web.page import Change, Here, Read, problems_of, shown, texts_of_account

router = APIRouter(tags=["report"])

JOB = "build"
_READ_ALONE = "sandbox allow-scripts allow-popups allow-downloads; frame-ancestors 'self'"
"""The policy of a report in the page: it is a page of its own, which reaches nothing of the workbench."""
KIND_TITLES: dict[ProductKind, str] = {
    "report": "Report",
    "table": "Tables",
    "figure": "Figures",
    "map": "Maps",
    "data": "Data",
}


@router.get("/reviews/{review}/report")
def page(place: Read) -> Response:
    """Show the report as it was built last, and how to build it."""
    return shown(place, "report.html.j2", area="report", **_state(place))


def _state(place: Here) -> dict[str, Any]:
    out = place.review.root / "out"
    products = products_of(out)
    job = place.workbench.jobs.last(place.review.id, JOB)
    problems: tuple[str, ...] = problems_of(job.error, place.language) if job and job.error else ()
    build: BuildState | None = None
    try:
        build = build_state(place.review.desk().folder)
    except BenangError as error:
        problems = problems or problems_of(error, place.language)
    return {
        "job": job,
        "problems": problems,
        "account": texts_of_account(job.result, place.language) if job and job.state == "done" else None,
        "build": build,
        "report": next((one for one in products if one.name == "report.html"), None),
        "groups": _grouped(products),
        "kind_titles": KIND_TITLES,
        "formats": place.plan.report.formats,
    }


def _grouped(products: tuple[Product, ...]) -> list[tuple[ProductKind, list[Product]]]:
    by_kind = {kind: list(several) for kind, several in groupby(products, key=lambda one: one.kind)}
    return [(kind, by_kind[kind]) for kind in KINDS if kind in by_kind]


@router.post("/reviews/{review}/report/build")
def start(
    place: Change,
    formats: Annotated[list[Literal["html", "docx", "pdf"]] | None, Form()] = None,
    language: Annotated[Language | None, Form()] = None,
    keep_going: Annotated[bool, Form()] = False,
) -> Response:
    """Begin to build, or go on to show the build that is under way."""
    place.workbench.jobs.start(
        place.review.id,
        JOB,
        build_quietly,
        place.review.root,
        language=language,
        messages=place.language,
        formats=tuple(formats or ()),
        keep_going=keep_going,
    )
    return shown(place, "report_state.html.j2", **_state(place))


@router.get("/reviews/{review}/report/read")
def read(place: Read) -> Response:
    """Return the report as a page of its own."""
    path = product_path(place.review.root / "out", "report.html")
    return FileResponse(path, media_type="text/html", headers={"Content-Security-Policy": _READ_ALONE})


@router.get("/reviews/{review}/report/files")
def download(place: Read, name: Annotated[str, Query(max_length=300)]) -> Response:
    """Return one product of the last build, to be saved."""
    path = product_path(place.review.root / "out", name)
    return FileResponse(path, filename=path.name, headers={"Content-Security-Policy": "sandbox"})
