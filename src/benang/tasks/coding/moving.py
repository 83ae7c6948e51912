"""A coding changed: another code, case or quote takes the place of what was said, and the log keeps both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benang.coding.quotes import Span
from benang.errors import BenangError, Misuse, Problem, argument
from benang.evidence import Stance
from benang.judgements.events import Coding
from benang.locale import Language, translator
from benang.progress import Progress, silent
from benang.project.documents import document_at
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note
from benang.tasks.coding.standing import acting, conflict_of, standing
from benang.tasks.coding.wishes import Wish, granted, identified, place_of


@dataclass(frozen=True, kw_only=True)
class MoveRequest:
    """A coding and what is to be different: its code, case, stance or quote (`place` chooses among several, from 1).

    `coder` is who changes it, by default whose it is; `time` is now where None.
    """

    folder: Path
    id: str
    code: str | None = None
    case: str | None = None
    quote: str | None = None
    stance: Stance | None = None
    place: int | None = None
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class MovedCoding:
    """The new coding, and the one whose place it takes."""

    coding: Coding
    before: Coding
    account: Account


def move(request: MoveRequest, *, progress: Progress = silent) -> MovedCoding:
    """Change a coding: a new one supersedes it, and whatever contradicts it.

    Raises
    ------
    Misuse
        Where nothing is to be different.
    BenangError
        Where the coding is not there, stands no longer or is somebody else's; for what `wishes.granted` refuses.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    before = standing(request.id, desk)
    if not isinstance(before, Coding):
        raise BenangError(
            Problem(f"'{before.id}' is a {before.kind}, not a coding", way_on="Only codings can be moved.")
        )
    changed = before.model_copy(update=_changes(before, request, desk))
    conflict = conflict_of(before, desk.judgements)
    if changed == before and conflict is None:
        options = ", ".join(argument(name) for name in ("code", "case", "quote", "stance"))
        raise Misuse(f"'{before.id}' would be as it is: say what is to be different ({options}).")
    aside: dict[str, Any] = {
        "coder": acting(before, request.coder, desk), "supersedes": conflict.events if conflict else (before.id,),
        "time": None, "vocabulary": "",
    }  # fmt: skip
    (coding,) = desk.append([identified(changed.model_copy(update=aside))], time=request.time)
    assert isinstance(coding, Coding)  # noqa: S101
    return MovedCoding(coding, before, _account(coding, before, desk, request.language))


def _changes(before: Coding, request: MoveRequest, desk: Desk) -> dict[str, Any]:
    """Return the fields that are to be different."""
    changes: dict[str, Any] = {}
    if request.quote is not None:
        document = document_at(before.document, desk.documents)
        record = document.record if document else before.document
        code, case = request.code or before.code, request.case or before.case
        wish = Wish(quote=request.quote, record=record, code=code, case=case, coder=before.coder, place=request.place)
        there = granted(wish, desk).coding
        changes |= {name: getattr(there, name) for name in ("document", "start", "end", "quote", "before", "after")}
    if request.code is not None:
        code_now = desk.code(request.code)
        changes |= {"code": code_now.id, "rule": code_now.rule}
    if request.case is not None:
        changes["case"] = desk.case(request.case, "").id
    if request.stance is not None:
        changes["stance"] = request.stance
    return changes


def _account(coding: Coding, before: Coding, desk: Desk, language: Language) -> Account:
    _ = translator(language)
    was = " · ".join((before.code, before.case, before.stance))
    now = " · ".join((coding.code, coding.case, coding.stance))
    text = _("{was} → {now}, by {coder} ({id}). The log keeps what it was.")
    said = text.format(was=was, now=now, coder=coding.coder, id=coding.id)
    return Account(notes=(*_place(coding, desk), Note(said)))


def _place(coding: Coding, desk: Desk) -> tuple[Note, ...]:
    document = desk.documents.get(coding.document)
    if document is None or document.text[coding.start : coding.end] != coding.quote:
        return ()
    return (Note(str(place_of(document, Span(coding.start, coding.end)))),)
