"""A coder's last act undone, or redone: the log grows, and what stood before stands again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benang.errors import BenangError, Problem
from benang.judgements.acts import Reversal, acts_of, history_of, redo, undo
from benang.judgements.events import Event, Withdrawal
from benang.locale import Language, translator
from benang.locale.writing import numeral
from benang.progress import Progress, silent
from benang.review.desk import open_desk
from benang.tasks.account import Account, Note
from benang.tasks.coding.withdrawing import shown


@dataclass(frozen=True, kw_only=True)
class UndoRequest:
    """Whose last act is to be undone, or the last undo of whom redone (`again`); `time` is now where None."""

    folder: Path
    coder: str | None = None
    again: bool = False
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Undone:
    """The act, what was appended to take it back, and the account."""

    reversal: Reversal
    events: tuple[Event, ...]
    account: Account


def undo_last(request: UndoRequest, *, progress: Progress = silent) -> Undone:
    """Undo the last act of a coder that stands, or redo the one that was undone last.

    Raises
    ------
    BenangError
        Where there is nothing to undo or redo, or it must be said who codes.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    coder = desk.coder(request.coder)
    history = history_of(desk.judgements)
    reversal = (redo if request.again else undo)(coder, history)
    if reversal is None:
        raise BenangError(_nothing(coder, again=request.again))
    latest = acts_of(coder, history)[-1].time
    time = max(request.time or datetime.now(UTC), latest + timedelta(microseconds=1))  # clocks differ
    events = desk.append(reversal.events, time=time)
    return Undone(reversal, events, Account(notes=tuple(_notes(reversal, request))))


def _nothing(coder: str, *, again: bool) -> Problem:
    if again:
        way_on = "What was undone can be redone until something new is said."
        return Problem(f"there is nothing that '{coder}' could redo", way_on=way_on)
    way_on = "Only judgements of one's own that carry a time can be undone."
    return Problem(f"there is nothing that '{coder}' could undo", way_on=way_on)


def _notes(reversal: Reversal, request: UndoRequest) -> Iterator[Note]:
    _ = translator(request.language)
    gone = [one for one in reversal.act.events if one not in reversal.changed_since]
    back = [one for one in reversal.events if not isinstance(one, Withdrawal)]
    away = [one for one in gone if not isinstance(one, Withdrawal)]
    if away:
        yield Note(_("Taken back:"), tuple(shown(one) for one in away))
    if back:
        yield Note(_("Stands again:"), tuple(shown(one) for one in back))
    if reversal.changed_since:
        n = numeral(len(reversal.changed_since), request.language, 0)
        yield Note(_("Changed since, and left as they are: {n} of its judgements.").format(n=n))
    yield Note(_("`benang code undo` takes this back.") if request.again else _("`benang code redo` takes this back."))
