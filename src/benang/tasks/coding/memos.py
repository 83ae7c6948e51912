"""Memos: thoughts about a passage, a code, a case, a document or the review, kept in the coder's log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, cast

from benang.coding.placed import present_code
from benang.errors import BenangError, Problem, argument, nearest
from benang.files import sha256
from benang.judgements.events import Memo
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.progress import Progress, silent
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note

About = Literal["coding", "code", "case", "document", "review"]


@dataclass(frozen=True, kw_only=True)
class MemoRequest:
    """A memo to be written about the thing that has the id `of` ("" for the review); `time` is now where None."""

    folder: Path
    text: str
    about: About
    of: str = ""
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Memos:
    """Memos that stand, the newest last."""

    memos: tuple[Memo, ...]
    account: Account


def write_memo(request: MemoRequest, *, progress: Progress = silent) -> Memos:
    """Write a memo; the same words of the same coder about the same thing are kept once.

    Raises
    ------
    BenangError
        Where the review has no such thing, with the nearest; where the text is empty, or the coder unknown.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    coder = desk.coder(request.coder)
    if not request.text.strip():
        raise BenangError(Problem("the memo is empty", way_on="Write what you thought."))
    memo = memo_of(request.text.strip(), request.about, _known(request.about, request.of, desk), coder)
    if memo.id not in {one.id for one in desk.judgements.of(Memo)}:
        desk.append([memo], time=request.time)
    _ = translator(request.language)
    return Memos((memo,), Account(notes=(Note(_("Memo kept ({id}).").format(id=memo.id)),)))


def memo_of(text: str, about: About, of: str, coder: str) -> Memo:
    """Make a memo, whose id comes from all that it says: the same memo has the same id in every copy."""
    digest = sha256("\n".join((about, of, coder, text)))[:10]
    return Memo(id=f"memo/{digest}", coder=coder, about=about, of=of, text=text)


def _known(about: About, of: str, desk: Desk) -> str:
    """Return the id of what a memo is about."""
    if about == "code":
        return desk.code_of_any_kind(of).id
    if about == "case":
        return desk.case(of, "").id
    known = {
        "coding": [one.id for one in desk.judgements.current],
        "document": [*desk.documents, *(one.record for one in desk.documents.values())],
        "review": [""],
    }[about]
    if of in known:
        return of
    found = _UNKNOWN[about].format(of=of)
    raise BenangError(Problem(found, where=argument(about), way_on=nearest(of, known)))


_UNKNOWN = {
    "coding": "no coding that stands has the id '{of}'",
    "document": "the review has no document '{of}'",
    "review": "a memo about the review has no '{of}'",
}


@dataclass(frozen=True, kw_only=True)
class MemosRequest:
    """The memos of a review: all, or those about one kind of thing, or about one thing."""

    folder: Path
    about: About | None = None
    of: str | None = None
    language: Language = "en"


def list_memos(request: MemosRequest, *, progress: Progress = silent) -> Memos:
    """List memos in the order in which they were written; those about a code that was renamed are about its new id."""
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    memos = sorted(
        (_of_today(one, desk) for one in desk.judgements.of(Memo)),
        key=lambda one: (one.time is not None, str(one.time), one.id),
    )
    chosen = tuple(one for one in memos if request.about in (None, one.about) and request.of in (None, one.of))
    return Memos(chosen, Account(notes=tuple(_notes(chosen, request.language))))


def _of_today(memo: Memo, desk: Desk) -> Memo:
    return memo.model_copy(update={"of": present_code(memo.of, desk.codebook)}) if memo.about == "code" else memo


def _notes(memos: tuple[Memo, ...], language: Language) -> Iterator[Note]:
    _ = translator(language)
    for one in memos:
        day = one.time.date().isoformat() if one.time else ""
        about = " ".join(filter(None, (_(cast("str", one.about)), one.of)))
        yield Note(" · ".join(filter(None, (day, one.coder, about))), (one.text,))
    yield Note(counted("{n} memo.", "{n} memos.", len(memos), language).format(n=numeral(len(memos), language, 0)))
