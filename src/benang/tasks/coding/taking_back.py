"""Judgements taken back, and last acts undone: the log keeps all of it, and no number counts what was taken back.

`standing` and `acting` say for every change which judgement an id means, and who may change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benang.coding.quotes import find_quote
from benang.errors import BenangError, Problem, argument, nearest
from benang.judgements.acts import Reversal, acts_of, history_of, redo, restated, undo, withdrawal
from benang.judgements.events import CONSENSUS, Coding, Consensus, Decision, Event, Withdrawal
from benang.judgements.log import Conflict, Judgements
from benang.locale import Language, translator
from benang.locale.writing import counted, numeral, worded
from benang.progress import Progress, silent
from benang.review.desk import Desk, open_desk
from benang.screening.decision_sheets import verdict_word
from benang.tasks.account import Account, Note
from benang.tasks.coding.rows import CodingRow, coding_rows


def standing(name: str, desk: Desk) -> Event:
    """Return the judgement of an id, which is valid or one side of a conflict.

    Raises
    ------
    BenangError
        Where none has this id, with the nearest; where it was taken back, or another has taken its place.
    """
    judgements = desk.judgements
    known = {one.id: one for one in (*judgements.current, *judgements.disputed) if not isinstance(one, Withdrawal)}
    if name in known:
        return known[name]
    there = name in judgements.places
    fault = (
        worded("'{name}' is no longer in force", name=name)
        if there
        else worded("no judgement has the id '{name}'", name=name)
    )
    where = judgements.place(name).text if there else ""
    raise BenangError(Problem(fault, where=where, way_on=_way_on(name, judgements, known)))


def _way_on(name: str, judgements: Judgements, known: dict[str, Event]) -> str:
    if name not in judgements.places:
        return nearest(name, known) or worded("`benang code list` shows the ids.")
    later = [one for one in judgements.current if name in one.supersedes]
    instead = [one.id for one in later if not isinstance(one, Withdrawal)]
    if instead:
        return worded("'{instead}' has replaced it: name that.", instead=instead[0])
    return worded("It was withdrawn or replaced: `benang code list` shows what is in force.")


def acting(event: Event, coder: str | None, desk: Desk) -> str:
    """Return who changes a judgement: its own coder, or the coder `consensus`, who speaks for all.

    A suggestion that a program made is everybody's to take back.

    Raises
    ------
    BenangError
        Where it is somebody else's. What coders said apart is what their agreement is computed from.
    """
    if event.program:
        return desk.coder(coder)
    if coder in (None, event.coder, CONSENSUS):
        return coder or event.coder
    raise BenangError(
        Problem(
            worded(
                "'{judgement}' was made by '{coder}', so '{other}' can't change it",
                judgement=event.id,
                coder=event.coder,
                other=coder,
            ),
            where=argument("coder"),
            way_on=worded(
                "Let '{coder}' change it, or decide together, with {option}.",
                coder=event.coder,
                option=argument("coder", value=CONSENSUS),
            ),
        )
    )


def conflict_of(event: Event, judgements: Judgements) -> Conflict | None:
    """Return the conflict that a judgement is one side of."""
    return next((one for one in judgements.conflicts if event.id in one.events), None)


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
        Where a judgement is not there, no longer valid or somebody else's, and where a quote means none or several.
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
    """Take the named sides of a conflict back: what is left is valid, if anything is."""
    sides = {one.id: one for one in desk.judgements.disputed if one.id in conflict.events}
    left = [one for name, one in sides.items() if name not in named and not isinstance(one, Withdrawal)]
    if not left:
        return withdrawal(coder, conflict.events, request.reason)
    (first, *others) = left
    if others or coder not in (first.coder, CONSENSUS):
        names = ", ".join(f"'{name}'" for name in conflict.events)
        way_on = worded(
            "Name all that are to be withdrawn, or let the coder '{consensus}' decide.", consensus=CONSENSUS
        )
        raise BenangError(
            Problem(worded("{names} contradict each other, and more than one would remain", names=names), way_on=way_on)
        )
    return restated(first, supersedes=conflict.events, coder=coder)


def _coding_of(request: WithdrawRequest, desk: Desk) -> CodingRow:
    """Find the one coding that a quote, a record and a code mean."""
    if not (request.quote and request.record and request.code):
        raise BenangError(
            Problem(
                "it is not clear what to withdraw",
                way_on="Name the ids that `benang code list` shows, or a quotation with its record and code.",
            )
        )
    code = desk.code_of_any_kind(request.code).id
    case = desk.case(request.case, request.record).id if request.case else None
    rows = [row for row in coding_rows(desk, code=code, case=case, coder=request.coder) if row.record == request.record]
    meant = [row for row in rows if _is_quoted(request.quote, row)]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        fault = worded(
            "no passage of '{record}' with these words has the code '{code}'", record=request.record, code=code
        )
        raise BenangError(Problem(fault, way_on="`benang code list` shows the coded passages."))
    listed = "".join(f"\n    {row.id}: “{' '.join(row.quote.split())}” ({row.case}, {row.coder})" for row in meant)
    fault = worded("{n} codings have these words:{listed}\n ", n=len(meant), listed=listed)
    raise BenangError(Problem(fault, way_on="Withdraw the one you mean by its id."))


def _is_quoted(quote: str, row: CodingRow) -> bool:
    return bool(find_quote(quote, row.quote))


def _account(wanted: Sequence[Event], events: Sequence[Event], language: Language) -> Account:
    _ = translator(language)
    notes = [Note(_("Withdrawn: {judgement}.").format(judgement=shown(one, language))) for one in wanted]
    stands = [one for one in events if not isinstance(one, Withdrawal)]
    notes += [Note(_("In force instead: {judgement}.").format(judgement=shown(one, language))) for one in stands]
    notes.append(Note(_("The log keeps what was withdrawn; `benang code undo` restores it.")))
    return Account(notes=tuple(notes))


def shown(event: Event, language: Language) -> str:
    """Show a judgement in a line, with its id.

    Examples
    --------
    >>> from benang.judgements.events import Task
    >>> shown(Task(id="t1", coder="sari", case="a", group="factors"), "en")
    'task, by sari [t1]'
    """
    _ = translator(language)
    if isinstance(event, Coding):
        stance = f", {_(event.stance)}" if event.stance != "supports" else ""
        return f"{event.code}, {event.case}, {event.coder}{stance}: “{' '.join(event.quote.split())}” [{event.id}]"
    if isinstance(event, Decision):
        what = f"{event.record}, {verdict_word(event.verdict, language)}{f', {event.reason}' if event.reason else ''}"
        return f"{what}, {event.coder} [{event.id}]"
    if isinstance(event, Consensus):
        n = len(event.keeps)
        kept = counted("{n} passage counts", "{n} passages count", n, language).format(n=n)
        return f"{event.code}, {event.case}, {event.coder}: {kept if n else _('the code is absent')} [{event.id}]"
    return _("{kind}, by {coder} [{id}]").format(kind=_(event.kind), coder=event.coder, id=event.id)


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
    """Undo a coder's last valid act, or redo the one that was undone last.

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
        way_on = "Changes that were undone can be redone until you make a new one."
        return Problem(worded("'{coder}' has nothing to redo", coder=coder), way_on=way_on)
    way_on = "Only your own judgements that have a time can be undone."
    return Problem(worded("'{coder}' has nothing to undo", coder=coder), way_on=way_on)


def _notes(reversal: Reversal, request: UndoRequest) -> Iterator[Note]:
    _ = translator(request.language)
    gone = [one for one in reversal.act.events if one not in reversal.changed_since]
    back = [one for one in reversal.events if not isinstance(one, Withdrawal)]
    away = [one for one in gone if not isinstance(one, Withdrawal)]
    if away:
        yield Note(_("Undone:"), tuple(shown(one, request.language) for one in away))
    if back:
        yield Note(_("Restored:"), tuple(shown(one, request.language) for one in back))
    if reversal.changed_since:
        n = numeral(len(reversal.changed_since), request.language, 0)
        yield Note(_("Changed since and left as they are: {n} of its judgements.").format(n=n))
    yield Note(_("`benang code undo` undoes this.") if request.again else _("`benang code redo` redoes it."))
