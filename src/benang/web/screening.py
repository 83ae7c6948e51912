"""Screen: records decided one at a time or in a list."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["screen"])


@router.get("/reviews/{review}/screen")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "screen.html.j2", area="screen")
