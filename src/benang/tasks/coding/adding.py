"""One passage coded: the words are found, shown in their sentence, and appended to the coder's log."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from benang.coding.quotes import seen
from benang.errors import BenangError, Problem, argument
from benang.judgements.events import Coding
from benang.locale import Language, translator
from benang.progress import Progress, silent
from benang.review.desk import open_desk
from benang.tasks.account import Account, Note
from benang.tasks.codebook import AddCodeRequest, add_code
from benang.tasks.coding.wishes import Granted, QuotePlace, Wish, granted, place_in

_LONGEST_LABEL = 80


@dataclass(frozen=True, kw_only=True)
class AddRequest:
    """A passage of a review to be coded; `time` is now where None.

    With `in_vivo` the passage's own words are the code: one is added to the codebook, in `group`, unless it has one of
    that label. `Wish.code` is the label then, or "" for the words themselves.
    """

    folder: Path
    wish: Wish
    in_vivo: bool = False
    group: str | None = None
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
    wish = _in_its_own_words(request) if request.in_vivo else request.wish
    desk = open_desk(request.folder)
    found = granted(wish, desk)
    if found.existing:
        return AddedCoding(found.coding, found.place, is_new=False, account=_account(found, request.language))
    (coding,) = desk.append([found.coding], time=request.time)
    assert isinstance(coding, Coding)  # noqa: S101
    return AddedCoding(coding, found.place, is_new=True, account=_account(found, request.language))


def _in_its_own_words(request: AddRequest) -> Wish:
    """Return the wish with a code of the passage's own words; all else is checked before the codebook is changed."""
    wish, desk = request.wish, open_desk(request.folder)
    documents = desk.of_record(wish.record)
    desk.case(wish.case, documents[0].record)
    desk.coder(wish.coder)
    words = seen(place_in(wish, documents).quote).text.strip()
    label = wish.code or words
    if len(label) > _LONGEST_LABEL:
        found = f"{len(label)} characters are a long label for a code: '{label[:40]}…'"
        raise BenangError(Problem(found, where=argument("code"), way_on="Give it a shorter one of your own."))
    known = [one for one in desk.codebook.codes if label.casefold() in (one.id.casefold(), one.label.en.casefold())]
    if known:
        return replace(wish, code=known[0].id)
    added = add_code(AddCodeRequest(folder=request.folder, label=label, group=request.group, example=words))
    return replace(wish, code=added.codes[0].id)


def _account(found: Granted, language: Language) -> Account:
    _ = translator(language)
    coding = found.coding
    text = _("Coded already, as {id}.") if found.existing else _("Coded: {code}, for {case}, by {coder} ({id}).")
    said = text.format(id=coding.id, code=coding.code, case=coding.case, coder=coding.coder)
    return Account(notes=(Note(str(found.place)), Note(said)))
