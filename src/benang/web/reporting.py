"""Report: built on a button, read, and downloaded."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["report"])


@router.get("/reviews/{review}/report")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "report.html.j2", area="report")
