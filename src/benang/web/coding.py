"""Read and code: a document beside the codebook, and forms whose values have their passages."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["code"])


@router.get("/reviews/{review}/code")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "code.html.j2", area="code")
