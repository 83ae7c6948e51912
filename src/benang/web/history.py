"""History: who said what when, found by coder, kind and words, and taken back by superseding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from benang.tasks.coding.taking_back import WithdrawRequest, withdraw
from benang.tasks.history import STATES, Entry, Known, history
from benang.web.page import Change, Here, Read, done, shown

router = APIRouter(tags=["history"])

SHOWN = 100
"""Judgements on one page."""


@dataclass(frozen=True, slots=True)
class _Filter:
    coder: str = ""
    kind: str = ""
    state: str = ""
    words: str = ""

    def takes(self, one: Entry) -> bool:
        if (self.coder and one.coder != self.coder) or (self.kind and one.kind != self.kind):
            return False
        if self.state and one.state != self.state:
            return False
        wanted = self.words.casefold().split()
        text = " ".join((*one.about, one.text, one.id)).casefold() if wanted else ""
        return all(word in text for word in wanted)


@router.get("/reviews/{review}/history")
def page(
    place: Read,
    coder: Annotated[str, Query(max_length=200)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    state: Annotated[str, Query(max_length=40)] = "",
    words: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """Show what was said, the last judgement first."""
    entries = _entries(place)
    chosen = _Filter(coder, kind, state, words)
    found = [one for one in entries if chosen.takes(one)]
    return shown(place, "history.html.j2", area="history", chosen=chosen, **_listed(entries, found, number))


def _entries(place: Here) -> tuple[Entry, ...]:
    review, whose = place.review, f"{place.coder} {place.language}"

    def make() -> tuple[Entry, ...]:
        known = review.kept(f"known history {whose}", Known, "vocabulary", "records", "texts")
        return history(review.desk(), review.screening, viewer=place.coder, language=place.language, known=known)

    return review.kept(f"history {whose}", make)


def _listed(entries: Sequence[Entry], found: Sequence[Entry], number: int) -> dict[str, Any]:
    last = max(-(-len(found) // SHOWN), 1)
    number = min(number, last)
    return {
        "entries": found[(number - 1) * SHOWN : number * SHOWN],
        "n_found": len(found),
        "n_all": len(entries),
        "page": number,
        "last": last,
        "coders": sorted({one.coder for one in entries}),
        "kinds": sorted({one.kind for one in entries}),
        "states": [one for one in STATES if any(entry.state == one for entry in entries)],
    }


@router.post("/reviews/{review}/history/withdraw")
def take_back(
    place: Change,
    judgement: Annotated[str, Form(alias="id", min_length=1, max_length=300)],
    reason: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Take a judgement back: a withdrawal supersedes it, and the log keeps both."""
    request = WithdrawRequest(
        folder=place.review.root, ids=(judgement,), coder=place.coder, reason=reason, language=place.language
    )
    with place.review.acting():
        withdrawn = withdraw(request)
    account = withdrawn.account.naming().in_language(place.language)
    return done(" ".join(note.text for note in account.notes if note.text))
