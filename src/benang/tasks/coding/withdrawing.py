"""Judgements taken back: the log keeps them, and no number counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benang.coding.quotes import find_quote
from benang.errors import BenangError, Problem
from benang.judgements.events import CONSENSUS, Coding, Event, Withdrawal
from benang.judgements.log import Conflict
from benang.judgements.restating import restated, withdrawal
from benang.locale import Language, translator
from benang.progress import Progress, silent
from benang.review.desk import Desk, open_desk
from benang.tasks.account import Account, Note
from benang.tasks.coding.rows import CodingRow, coding_rows
from benang.tasks.coding.standing import acting, conflict_of, standing


@dataclass(frozen=True, kw_only=True)
class WithdrawRequest:
    """Judgements to be taken back: by their `ids`, or a coding by its quote, record and code.

    `coder` is who takes them back, by default whose they are; `time` is now where None.
    """

    folder: Path
    ids: tuple[str, ...] = ()
    quote: str | None = None
    record: str | None = None
    code: str | None = None
    case: str | None = None
    coder: str | None = None
    reason: str = ""
    time: datetime | None = None
    language: Language = "en"


@dataclass(frozen=True)
class Withdrawn:
    """What was appended, and what was taken back."""

    events: tuple[Event, ...]
    taken_back: tuple[Event, ...]
    account: Account


def withdraw(request: WithdrawRequest, *, progress: Progress = silent) -> Withdrawn:
    """Take judgements back, all of them or none.

    Where a judgement is one side of a conflict, taking it back lets the other side stand.

    Raises
    ------
    BenangError
        Where a judgement is not there, stands no longer or is somebody else's, and where a quote means none or several.
    """
    progress("Reading the review", 0.0)
    desk = open_desk(request.folder)
    ids = request.ids or (_coding_of(request, desk).id,)
    wanted = [standing(name, desk) for name in dict.fromkeys(ids)]
    new: list[Event] = []
    settled: list[Conflict] = []
    for one in wanted:
        coder = acting(one, request.coder, desk)
        conflict = conflict_of(one, desk.judgements)
        if conflict is None:
            new.append(withdrawal(coder, (one.id,), request.reason))
        elif conflict not in settled:
            settled.append(conflict)
            new.append(_settling(conflict, [each.id for each in wanted], coder, request, desk))
    events = desk.append(new, time=request.time)
    return Withdrawn(events, tuple(wanted), _account(wanted, events, request.language))


def _settling(conflict: Conflict, named: Sequence[str], coder: str, request: WithdrawRequest, desk: Desk) -> Event:
    """Take the named sides of a conflict back: what is left stands, and where nothing is left, nothing does."""
    sides = {one.id: one for one in desk.judgements.disputed if one.id in conflict.events}
    left = [one for name, one in sides.items() if name not in named and not isinstance(one, Withdrawal)]
    if not left:
        return withdrawal(coder, conflict.events, request.reason)
    (first, *others) = left
    if others or coder not in (first.coder, CONSENSUS):
        names = ", ".join(f"'{name}'" for name in conflict.events)
        way_on = f"Name all that are to be taken back, or let the coder '{CONSENSUS}' decide."
        raise BenangError(Problem(f"{names} contradict each other, and more than one would be left", way_on=way_on))
    return restated(first, supersedes=conflict.events, coder=coder)


def _coding_of(request: WithdrawRequest, desk: Desk) -> CodingRow:
    """Find the one coding that a quote, a record and a code mean."""
    if not (request.quote and request.record and request.code):
        raise BenangError(
            Problem(
                "it must be said what is to be withdrawn",
                way_on="Name the ids that `benang code list` shows, or a quote with its record and code.",
            )
        )
    code = desk.code_of_any_kind(request.code).id
    case = desk.case(request.case, request.record).id if request.case else None
    rows = [
        row
        for row in coding_rows(desk)
        if (row.record, row.code) == (request.record, code)
        and case in (None, row.case)
        and request.coder in (None, row.coder)
    ]
    meant = [row for row in rows if _is_quoted(request.quote, row)]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        found = f"no passage of '{request.record}' with these words carries the code '{code}'"
        raise BenangError(Problem(found, way_on="`benang code list` shows the passages that are coded."))
    listed = "".join(f"\n    {row.id}: “{' '.join(row.quote.split())}” ({row.case}, {row.coder})" for row in meant)
    found = f"{len(meant)} codings have these words:{listed}\n "
    raise BenangError(Problem(found, way_on="Withdraw the one that is meant by its id."))


def _is_quoted(quote: str, row: CodingRow) -> bool:
    return bool(find_quote(quote, row.quote))


def _account(wanted: Sequence[Event], events: Sequence[Event], language: Language) -> Account:
    _ = translator(language)
    notes = [Note(_("Withdrawn: {judgement}.").format(judgement=shown(one))) for one in wanted]
    stands = [one for one in events if not isinstance(one, Withdrawal)]
    notes += [Note(_("What stands instead: {judgement}.").format(judgement=shown(one))) for one in stands]
    notes.append(Note(_("The log keeps what was withdrawn; `benang code undo` brings it back.")))
    return Account(notes=tuple(notes))


def shown(event: Event) -> str:
    """Show a judgement in a line, with its id.

    Examples
    --------
    >>> from benang.judgements.events import Task
    >>> shown(Task(id="t1", coder="sari", case="a", group="factors"))
    'task, by sari [t1]'
    """
    if isinstance(event, Coding):
        stance = f", {event.stance}" if event.stance != "supports" else ""
        return f"{event.code}, {event.case}, {event.coder}{stance}: “{' '.join(event.quote.split())}” [{event.id}]"
    return f"{event.kind}, by {event.coder} [{event.id}]"
