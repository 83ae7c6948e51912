"""The application: its pages under their addresses, what every page shares, and how errors are answered."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from benang import __version__
from benang.errors import BenangError, Problem, no_access
from benang.locale import Language
from benang.locale.writing import worded
from benang.tasks.undoing import take_back
from benang.web import (
    cleaning,
    coding,
    describing,
    history,
    importing,
    mapping,
    matrix,
    reporting,
    screening,
    start,
)
from benang.web.guard import Guard, Once, Pass, TooLong, add_headers
from benang.web.page import (
    CODER_COOKIE,
    LANGUAGE_COOKIE,
    Change,
    Here,
    NotThere,
    Read,
    done,
    here,
    problems_of,
    shown,
    status_of,
    with_word,
)
from benang.web.workbench import Workbench

PAGES = (start, importing, cleaning, mapping, describing, screening, coding, matrix, reporting, history)
"""The modules of the pages, each with a `router`; those of a review are under `/reviews/{review}`."""
MOST_UPLOAD = 500_000_000
"""The longest file that is taken from a page, in bytes; a larger one is put into the folder by hand."""
_PACKAGE = Path(__file__).resolve().parent
FILES = {
    "/static": _PACKAGE / "static",
    "/viewer": _PACKAGE.parent / "viewer" / "static",
    "/assets": _PACKAGE / "assets",
}
"""The only folders whose files are served by their names: those of the package."""
_PAUSE = 0.25
_SECONDS_OF_COOKIE = 365 * 24 * 3600


shared = APIRouter()
"""What belongs to no page alone: events, undo, choices, work under way."""


@shared.get("/events", response_class=EventSourceResponse)
async def events(request: Request, review: str = "") -> AsyncIterator[ServerSentEvent]:
    """Let a page hear of changes in the folders, in that of its own review as long as it is open, and of work."""
    workbench: Workbench = request.app.state.workbench
    last = workbench.number
    for message in await run_in_threadpool(workbench.now, review):
        yield ServerSentEvent(event=message.kind, data=dict(message.data))
    while not await request.is_disconnected():
        workbench.review(review)
        await run_in_threadpool(workbench.look)
        for message in workbench.heard(last):
            last = message.number
            yield ServerSentEvent(event=message.kind, data=dict(message.data), id=str(message.number))
        await asyncio.sleep(_PAUSE)


@shared.post("/reviews/{review}/undo", tags=["acts"])
def undo(place: Change) -> Response:
    """Undo the last act of whoever asks."""
    text = take_back(place.review, place.coder, way="undo", language=place.language)
    return done(text, cases={})


@shared.post("/reviews/{review}/redo", tags=["acts"])
def redo(place: Change) -> Response:
    """Redo the act that was undone last."""
    text = take_back(place.review, place.coder, way="redo", language=place.language)
    return done(text, cases={})


@shared.post("/reviews/{review}/coder", tags=["choices"])
def choose_coder(place: Read, name: Annotated[str, Form(max_length=80)]) -> Response:
    """Say who screens and codes in this browser."""
    coder = place.review.desk().coder(name.strip())
    answer = Response(status_code=204, headers={"HX-Refresh": "true"})
    answer.set_cookie(
        f"{CODER_COOKIE}-{place.review.id}",
        quote(coder),  # cookies have no letters beyond Latin-1
        max_age=_SECONDS_OF_COOKIE,
        httponly=True,
        samesite="strict",
    )
    return answer


@shared.post("/language", tags=["choices"])
def choose_language(name: Annotated[Language, Form()]) -> Response:
    """Choose the language of the pages."""
    answer = Response(status_code=204, headers={"HX-Refresh": "true"})
    answer.set_cookie(LANGUAGE_COOKIE, name, max_age=_SECONDS_OF_COOKIE, httponly=True, samesite="strict")
    return answer


@shared.post("/reviews/{review}/jobs/{job}/cancel", tags=["work"])
def cancel(place: Read, job: str) -> Response:
    """Cancel work that is under way."""
    known = place.workbench.jobs.job(job)
    if known is None or known.review != place.review.id:
        raise NotThere(Problem(worded("no work of this name is under way here")))
    place.workbench.jobs.cancel(job)
    return Response(status_code=204)


@shared.get("/favicon.ico", include_in_schema=False)
def icon() -> Response:
    """Return the icon of the pages."""
    return FileResponse(_PACKAGE / "assets" / "icon.svg", media_type="image/svg+xml")


def create_app(workbench: Workbench, entrance: Pass, *, most_upload: int = MOST_UPLOAD) -> FastAPI:
    """Return the application of a server.

    Parameters
    ----------
    workbench
        What the server knows; reviews may be open in it.
    entrance
        What lets a browser in.
    most_upload
        The longest file that is taken, in bytes.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        workbench.close()

    app = FastAPI(
        title="Benang", version=__version__, docs_url=None, redoc_url=None, lifespan=lifespan, strict_content_type=False
    )
    app.state.workbench, app.state.entrance, app.state.most_upload = workbench, entrance, most_upload
    for name, folder in FILES.items():
        app.mount(name, StaticFiles(directory=folder, check_dir=False))  # not built yet in a copy of the source
    for page in PAGES:
        app.include_router(page.router)
    app.include_router(shared)
    for kind in (BenangError, TooLong, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _answered)
    app.add_middleware(Once)
    app.add_middleware(Guard, opened_by=entrance, most_upload=most_upload, language=workbench.language)
    return app


async def _answered(request: Request, error: Exception) -> Response:
    """Answer an error: as a short message where a part of a page was asked for, else as a page."""
    if isinstance(error.__cause__, TooLong):  # in the middle of a form
        error = error.__cause__
    fault = _as_fault(error)
    place = await run_in_threadpool(_where, request)
    answer = await run_in_threadpool(_answer, request, place, problems_of(fault, place.language), _status(error))
    add_headers(answer.headers)  # an error of the server is answered outside of the guard
    return answer


def _answer(request: Request, place: Here, texts: tuple[str, ...], status: int) -> Response:
    if "application/json" in request.headers.get("accept", "") and not place.is_htmx:
        return JSONResponse({"problems": texts}, status_code=status)
    if place.is_htmx or request.method not in ("GET", "HEAD"):
        answer = shown(place, "problem.html.j2", status=status, problems=texts)
        return with_word(answer, " ".join(texts), kind="error")
    return shown(place, "error.html.j2", status=status, problems=texts)


def _where(request: Request) -> Here:
    """Return where a request that failed is, as far as that can be said."""
    try:
        return here(request, str(request.path_params.get("review", "")))
    except BenangError:
        return here(request)


def _as_fault(error: Exception) -> BenangError:
    """Say in the user's words what went wrong."""
    if isinstance(error, BenangError):
        return error
    if isinstance(error, TooLong):
        return BenangError(Problem(worded("this is more than can be uploaded at once")))
    if isinstance(error, HTTPException):
        words = worded("there is no page at this address") if error.status_code == 404 else worded("this can't be done")
        return BenangError(Problem(words))
    if isinstance(error, RequestValidationError):
        return BenangError(*(_field_problem(one) for one in error.errors()))
    if isinstance(error, OSError):
        return BenangError(no_access(error))
    traceback.print_exception(error, file=sys.stderr)
    way_on = worded("Load the page again to see what was saved. What went wrong is printed where Benang was started.")
    return BenangError(Problem(worded("an error in Benang itself: {kind}", kind=type(error).__name__), way_on=way_on))


def _field_problem(error: dict[str, object]) -> Problem:
    place = error.get("loc")
    names = [one for one in place if isinstance(one, str)] if isinstance(place, tuple | list) else []
    reason = str(error.get("msg", ""))  # of one of several values, say: their place among them has no name
    return Problem(worded("this value can't be used: {reason}", reason=reason), where=names[-1] if names else "")


def _status(error: Exception) -> int:
    if isinstance(error, BenangError):
        return status_of(error)
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, TooLong):
        return 413
    return 422 if isinstance(error, RequestValidationError) else 500
