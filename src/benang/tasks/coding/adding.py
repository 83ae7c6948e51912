"""Passages coded: words that are found, suggestions that are taken over, and codings that are changed.

Suggestions of programs count in no number until a person takes them over. A coding that is changed leaves its place to
a new one; the log keeps both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from benang.coding.placed import at_present, present_code
from benang.coding.quotes import Span, seen
from benang.errors import BenangError, Misuse, Problem, argument, nearest
from benang.evidence import Stance
from benang.files import sha256
from benang.judgements.events import Coding, Quotation, Withdrawal
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.progress import Progress, silent
from benang.project.folder import document_at
from benang.review.desk import Desk, Spot, open_desk
from benang.tasks.account import Account, Note, listing
from benang.tasks.codebook import AddCodeRequest, add_code
from benang.tasks.coding.looking import memo_of
from benang.tasks.coding.taking_back import acting, conflict_of, standing
from benang.tasks.coding.wishes import At, Granted, QuotePlace, Wish, among, granted, identified, place_in, place_of

_LONGEST_LABEL = 80


@dataclass(frozen=True, kw_only=True)
class AddRequest:
    """A passage of a review to be coded; `time` is now where None.

    With `in_vivo` the passage's own words are the code: one is added to the codebook, in `group`, unless it has one of
    that label. `Wish.code` is the label then, or "" for the words themselves. A `memo` about the coding is one act with
    it: both are undone together.
    """

    folder: Path
    wish: Wish
    in_vivo: bool = False
    group: str | None = None
    memo: str = ""
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class AddedCoding:
    """The coding as it was appended, its place, and whether it is new: one that is there already is not added twice."""

    coding: Coding
    place: QuotePlace
    is_new: bool
    account: Account


def add_coding(request: AddRequest, *, desk: Desk | None = None, progress: Progress = silent) -> AddedCoding:
    """Code a passage: see `wishes.granted` for what is refused; nothing is written then.

    `desk` is the review where it is open already, as the pages have it.

    Raises
    ------
    SeveralPlaces
        Where the quote is there more than once: ask again with `Wish.place`.
    BenangError
        For a review that can't be read or written to, and whatever `granted` refuses.
    """
    progress("Reading the review", 0.0)
    wish = _in_its_own_words(request) if request.in_vivo else request.wish
    desk = open_desk(request.folder) if desk is None or request.in_vivo else desk
    grant = granted(wish, desk)
    about = grant.existing or grant.coding.id
    memo = memo_of(request.memo.strip(), "coding", about, grant.coding.coder, desk) if request.memo.strip() else None
    if grant.existing:
        desk.append([memo] if memo else [], time=request.time)
        return AddedCoding(grant.coding, grant.place, is_new=False, account=_account(grant, request.language))
    coding, *_rest = desk.append([grant.coding, *([memo] if memo else [])], time=request.time)
    assert isinstance(coding, Coding)  # noqa: S101
    return AddedCoding(coding, grant.place, is_new=True, account=_account(grant, request.language))


def _in_its_own_words(request: AddRequest) -> Wish:
    """Return the wish with a code of the passage's own words; all else is checked before the codebook is changed."""
    wish, desk = request.wish, open_desk(request.folder)
    documents = desk.of_record(wish.record)
    desk.case(wish.case, documents[0].record)
    desk.coder(wish.coder)
    words = seen(place_in(wish, documents).quote).text.strip()
    label = wish.code or words
    if len(label) > _LONGEST_LABEL:
        fault = worded(
            "{n} characters are too long for the label of a code: '{label}…'", n=len(label), label=label[:40]
        )
        raise BenangError(Problem(fault, where=argument("code"), way_on="Give it a shorter label of your own."))
    known = [one for one in desk.codebook.codes if label.casefold() in (one.id.casefold(), one.label.en.casefold())]
    if known:
        return replace(wish, code=known[0].id)
    added = add_code(AddCodeRequest(folder=request.folder, label=label, group=request.group, example=words))
    return replace(wish, code=added.codes[0].id)


def _account(grant: Granted, language: Language) -> Account:
    _ = translator(language)
    coding = grant.coding
    text = _("Already coded, as {id}.") if grant.existing else _("Coded: {code}, for {case}, by {coder} ({id}).")
    sentence = text.format(id=coding.id, code=coding.code, case=coding.case, coder=coding.coder)
    return Account(notes=(Note(grant.place.in_language(language)), Note(sentence)))


def waiting_suggestions(desk: Desk) -> tuple[Coding, ...]:
    """Return the suggestions that nobody has taken over, declined or coded, in their order.

    Each has its present place, and the code that it would be coded with today.

    Two that have come to say the same, since their codes were merged, are one.
    """
    codings = desk.judgements.of(Coding)
    taken = {one.suggestion for one in codings if one.suggestion}
    places = ((one, at_present(one, desk.documents)) for one in codings if one.program and one.id not in taken)
    present = [
        one.model_copy(
            update={
                "code": present_code(one.code, desk.codebook),
                **{name: getattr(at, name) for name in ("document", "start", "end", "quote")},
            }
        )
        for one, at in places
        if isinstance(at, Quotation)
    ]
    waiting: dict[Spot, Coding] = {}
    for one in sorted(present, key=lambda one: (one.document, one.start, one.end, one.code, one.id)):
        if not desk.is_coded(one):
            waiting.setdefault(desk.spot(one), one)
    return tuple(waiting.values())


@dataclass(frozen=True, kw_only=True)
class SuggestionsRequest:
    """Suggestions that a coder takes over (`take`) or declines, by their ids; with `take_all` all that wait.

    Without either, those that wait are listed. One whose code was retired or split since can't be taken over;
    `take_all` leaves it waiting.
    """

    folder: Path
    take: tuple[str, ...] = ()
    decline: tuple[str, ...] = ()
    take_all: bool = False
    coder: str | None = None
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Suggestions:
    """What was waiting, and what was taken over and declined."""

    waiting: tuple[Coding, ...]
    taken: tuple[Coding, ...]
    declined: tuple[str, ...]
    account: Account


def suggestions(request: SuggestionsRequest, *, progress: Progress = silent) -> Suggestions:
    """List suggestions, take some over or decline them.

    Raises
    ------
    BenangError
        For an id that no waiting suggestion has, with the nearest one; nothing is written then.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    waiting = waiting_suggestions(desk)
    usable = {one.id for one in desk.codebook.codes if one.is_usable}
    fit = tuple(one.id for one in waiting if one.code in usable)
    take = fit if request.take_all else request.take
    if not (take or request.decline):
        return Suggestions(waiting, (), (), Account(notes=_listed(waiting, desk, request.language)))
    coder = desk.coder(request.coder)
    by_id = {one.id: one for one in waiting}
    unknown = [one for one in (*take, *request.decline) if one not in by_id]
    if unknown:
        raise BenangError(
            *(
                Problem(
                    worded("no open suggestion has the id '{suggestion}'", suggestion=one), way_on=nearest(one, by_id)
                )
                for one in unknown
            )
        )
    taken = [_taken_over(by_id[one], coder, desk) for one in dict.fromkeys(take)]
    declined = [_declined(one, coder) for one in dict.fromkeys(request.decline) if one not in take]
    desk.append([*taken, *declined], time=request.time)
    left = len(waiting) - len(fit) if request.take_all else 0
    notes = tuple(_done(len(taken), len(declined), left, coder, request.language))
    return Suggestions(waiting, tuple(taken), tuple(request.decline), Account(notes=notes))


def _done(n_taken: int, n_declined: int, n_left: int, coder: str, language: Language) -> Iterator[Note]:
    taken = counted("{n} suggestion accepted by {coder}.", "{n} suggestions accepted by {coder}.", n_taken, language)
    declined = counted(
        "{n} suggestion declined by {coder}.", "{n} suggestions declined by {coder}.", n_declined, language
    )
    left = counted(
        "{n} suggestion remains open, because its code was retired or split.",
        "{n} suggestions remain open, because their codes were retired or split.",
        n_left,
        language,
    )
    for text, n in ((taken, n_taken), (declined, n_declined), (left, n_left)):
        if n:
            yield Note(text.format(n=numeral(n, language, 0), coder=coder))


def _taken_over(suggestion: Coding, coder: str, desk: Desk) -> Coding:
    """Say as a person what a program suggested, under the rule that the code has now."""
    code = desk.code(suggestion.code)
    own = suggestion.model_copy(
        update={
            "coder": coder, "program": "", "suggestion": suggestion.id, "code": code.id, "rule": code.rule,
            "supersedes": (), "time": None, "vocabulary": "",
        }
    )  # fmt: skip
    place = place_of(desk.documents[own.document], Span(own.start, own.end))
    return among(own, place, desk).coding


def _declined(suggestion: str, coder: str) -> Withdrawal:
    digest = sha256(f"{suggestion}\n{coder}\ndeclined")[:10]
    return Withdrawal(id=f"{suggestion}/declined-{digest}", coder=coder, supersedes=(suggestion,), reason="declined")


def _listed(waiting: Sequence[Coding], desk: Desk, language: Language) -> tuple[Note, ...]:
    places = [place_of(desk.documents[one.document], Span(one.start, one.end)).in_language(language) for one in waiting]
    lines = [f"{one.id}: {one.code} · {one.case}: {place}" for one, place in zip(waiting, places, strict=True)]
    wait = counted("{n} open suggestion.", "{n} open suggestions.", len(waiting), language)
    text = wait.format(n=numeral(len(waiting), language, 0))
    return (*((listing(lines),) if lines else ()), Note(text))


@dataclass(frozen=True, kw_only=True)
class MoveRequest:
    """A coding and what is to be different: its code, case, stance or quote (`place` chooses among several, from 1).

    `at` says where the quote stands, where it was selected in the text.

    `coder` is who changes it, by default whose it is; `time` is now where None.
    """

    folder: Path
    id: str
    code: str | None = None
    case: str | None = None
    quote: str | None = None
    stance: Stance | None = None
    place: int | None = None
    at: At | None = None
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
    """Change a coding: a new one supersedes it, whatever contradicts it, and a coding that says the same already.

    Raises
    ------
    Misuse
        Where nothing is to be different.
    BenangError
        Where the coding is not there, is no longer valid or is somebody else's; for what `wishes.granted` refuses.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    before = standing(request.id, desk)
    if not isinstance(before, Coding):
        raise BenangError(
            Problem(
                worded("'{judgement}' is a {kind}, not a coding", judgement=before.id, kind=before.kind),
                way_on="Only codings can be changed.",
            )
        )
    changed = before.model_copy(update=_changed_fields(before, request, desk))
    conflict = conflict_of(before, desk.judgements)
    if changed == before and conflict is None:
        options = ", ".join(argument(name) for name in ("code", "case", "quote", "stance"))
        raise Misuse(
            worded(
                "Nothing about '{coding}' would change. Say what to change ({options}).",
                coding=before.id,
                options=options,
            )
        )
    own = changed.model_copy(update={"coder": acting(before, request.coder, desk), "time": None, "vocabulary": ""})
    already_so = [one.id for one in desk.same_as(own) if one.quote == own.quote]
    superseded = dict.fromkeys((*(conflict.events if conflict else (before.id,)), *already_so))
    (coding,) = desk.append([identified(own.model_copy(update={"supersedes": tuple(superseded)}))], time=request.time)
    assert isinstance(coding, Coding)  # noqa: S101
    return MovedCoding(coding, before, _move_account(coding, before, desk, request.language))


def _changed_fields(before: Coding, request: MoveRequest, desk: Desk) -> dict[str, Any]:
    """Return the fields that are to be different."""
    changes: dict[str, Any] = {}
    if request.quote is not None:
        document = document_at(before.document, desk.documents)
        record = document.record if document else before.document
        code, case = request.code or before.code, request.case or before.case
        wish = Wish(
            quote=request.quote, record=record, code=code, case=case, coder=before.coder, place=request.place,
            at=request.at,
        )  # fmt: skip
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


def _move_account(coding: Coding, before: Coding, desk: Desk, language: Language) -> Account:
    _ = translator(language)
    was = " · ".join((before.code, before.case, before.stance))
    now = " · ".join((coding.code, coding.case, coding.stance))
    text = _("{was} → {now}, by {coder} ({id}). The log keeps the earlier version.")
    sentence = text.format(was=was, now=now, coder=coding.coder, id=coding.id)
    return Account(notes=(*_place(coding, desk, language), Note(sentence)))


def _place(coding: Coding, desk: Desk, language: Language) -> tuple[Note, ...]:
    document = desk.documents.get(coding.document)
    if document is None or document.text[coding.start : coding.end] != coding.quote:
        return ()
    return (Note(place_of(document, Span(coding.start, coding.end)).in_language(language)),)
