"""One passage coded: the words are found, shown in their sentence, and appended to the coder's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benang.judgements.events import Coding
from benang.locale import Language, translator
from benang.progress import Progress, silent
from benang.review.desk import open_desk
from benang.tasks.account import Account, Note
from benang.tasks.coding.wishes import Granted, QuotePlace, Wish, granted


@dataclass(frozen=True, kw_only=True)
class AddRequest:
    """A passage of a review to be coded; `time` is now where None."""

    folder: Path
    wish: Wish
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class AddedCoding:
    """The coding as it was appended, its place, and whether it is new: one that stands already is not said twice."""

    coding: Coding
    place: QuotePlace
    is_new: bool
    account: Account


def add_coding(request: AddRequest, *, progress: Progress = silent) -> AddedCoding:
    """Code a passage: see `wishes.granted` for what is refused; nothing is written then.

    Raises
    ------
    SeveralPlaces
        Where the quote stands more than once: ask again with `Wish.place`.
    BenangError
        For a review that can't be read or written to, and whatever `granted` refuses.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    found = granted(request.wish, desk)
    if found.existing:
        return AddedCoding(found.coding, found.place, is_new=False, account=_account(found, request.language))
    (coding,) = desk.append([found.coding], time=request.time)
    assert isinstance(coding, Coding)  # noqa: S101
    return AddedCoding(coding, found.place, is_new=True, account=_account(found, request.language))


def _account(found: Granted, language: Language) -> Account:
    _ = translator(language)
    coding = found.coding
    text = _("Coded already, as {id}.") if found.existing else _("Coded: {code}, for {case}, by {coder} ({id}).")
    said = text.format(id=coding.id, code=coding.code, case=coding.case, coder=coding.coder)
    return Account(notes=(Note(str(found.place)), Note(said)))
