"""Matrix: cases and codes, each cell opening its passages; agreement and disagreements."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["matrix"])


@router.get("/reviews/{review}/matrix")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "matrix.html.j2", area="matrix")
