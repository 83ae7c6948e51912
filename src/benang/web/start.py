"""Start: a new review, a folder, the example; and where a review stands."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from benang.tasks.status import StatusRequest, status
from benang.web.page import Read, shown

router = APIRouter(tags=["start"])


@router.get("/")
def entrance(place: Read) -> Response:
    """Lead to the review that is open, else to the start page."""
    current = place.workbench.current
    return RedirectResponse(f"/reviews/{current}" if current else "/start", status_code=303)


@router.get("/start")
def page(place: Read) -> Response:
    """Show what one can begin with."""
    return shown(place, "start.html.j2", area="start")


@router.get("/reviews/{review}")
def overview(place: Read) -> Response:
    """Show where a review stands, and the next step."""
    state = status(StatusRequest(place.review.root, place.language))
    return shown(place, "overview.html.j2", area="overview", status_of_review=state)
