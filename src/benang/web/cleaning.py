"""Clean: which names mean the same, accepted or refused one by one or by kind."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["clean"])


@router.get("/reviews/{review}/clean")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "clean.html.j2", area="clean")
