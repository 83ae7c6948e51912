"""Describe: the corpus in figures, every number opening its records."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from benang.web.page import Read, shown

router = APIRouter(tags=["describe"])


@router.get("/reviews/{review}/describe")
def page(place: Read) -> Response:
    """Show the page."""
    return shown(place, "describe.html.j2", area="describe")
