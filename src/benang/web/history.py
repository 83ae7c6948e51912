"""History: who said what when, and how it is taken back."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["history"])


@router.get("/reviews/{review}/history")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "history.html.j2", area="history")
