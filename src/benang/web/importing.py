"""Import: exports and papers into the review, and the account of what was read."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["import"])


@router.get("/reviews/{review}/import")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "import.html.j2", area="import")
