"""Suggestions of programs: they count in no number until a person takes them over, and who did is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benang.coding.placed import at_present
from benang.coding.quotes import Span
from benang.errors import BenangError, Problem, nearest
from benang.files import sha256
from benang.judgements.events import Coding, Quotation, Withdrawal
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral
from benang.progress import Progress, silent
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note, listing
from benang.tasks.coding.wishes import among, place_of


def waiting_suggestions(desk: Desk) -> tuple[Coding, ...]:
    """Return the suggestions that nobody has taken over or declined, at their present places and in their order."""
    codings = desk.judgements.of(Coding)
    taken = {one.suggestion for one in codings if one.suggestion}
    places = ((one, at_present(one, desk.documents)) for one in codings if one.program and one.id not in taken)
    waiting = [
        one.model_copy(update={name: getattr(at, name) for name in ("document", "start", "end", "quote")})
        for one, at in places
        if isinstance(at, Quotation)
    ]
    return tuple(sorted(waiting, key=lambda one: (one.document, one.start, one.end, one.code, one.id)))


@dataclass(frozen=True, kw_only=True)
class SuggestionsRequest:
    """Suggestions that a coder takes over (`take`) or declines, by their ids; all that wait where `all_waiting`.

    Without either, those that wait are listed.
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
    take = tuple(one.id for one in waiting) if request.take_all else request.take
    if not (take or request.decline):
        return Suggestions(waiting, (), (), Account(notes=_listed(waiting, desk, request.language)))
    coder = desk.coder(request.coder)
    by_id = {one.id: one for one in waiting}
    unknown = [one for one in (*take, *request.decline) if one not in by_id]
    if unknown:
        raise BenangError(
            *(Problem(f"no suggestion that waits has the id '{one}'", way_on=nearest(one, by_id)) for one in unknown)
        )
    taken = [_taken_over(by_id[one], coder, desk) for one in dict.fromkeys(take)]
    declined = [_declined(one, coder) for one in dict.fromkeys(request.decline) if one not in take]
    desk.append([*taken, *declined], time=request.time)
    n, m = len(taken), len(declined)
    text = counted(
        "{n} suggestion taken over by {coder}.", "{n} suggestions taken over by {coder}.", n, request.language
    )
    declining = counted(
        "{n} suggestion declined by {coder}.", "{n} suggestions declined by {coder}.", m, request.language
    )
    notes = [Note(one.format(n=k, coder=coder)) for one, k in ((text, n), (declining, m)) if k]
    return Suggestions(waiting, tuple(taken), tuple(request.decline), Account(notes=tuple(notes)))


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
    _ = translator(language)
    lines = [
        f"{one.id}: {one.code} · {one.case}: {place_of(desk.documents[one.document], Span(one.start, one.end))}"
        for one in waiting
    ]
    wait = counted("{n} suggestion waits for a person.", "{n} suggestions wait for a person.", len(waiting), language)
    text = wait.format(n=numeral(len(waiting), language, 0))
    return (*((listing(lines),) if lines else ()), Note(text))
