"""Map: networks chosen, built, seen side by side, and kept in the plan."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["map"])


@router.get("/reviews/{review}/map")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "map.html.j2", area="map")
