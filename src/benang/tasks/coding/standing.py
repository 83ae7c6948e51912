"""Which judgement an id means, whether it stands, and who may change it or take it back."""

from __future__ import annotations

from benang.errors import BenangError, Problem, argument, nearest
from benang.judgements.events import CONSENSUS, Event, Withdrawal
from benang.judgements.log import Conflict, Judgements
from benang.review.desk import Desk


def standing(name: str, desk: Desk) -> Event:
    """Return the judgement of an id, which stands or is one side of a conflict.

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
    found = f"'{name}' stands no longer" if there else f"no judgement has the id '{name}'"
    where = str(judgements.place(name)) if there else ""
    raise BenangError(Problem(found, where=where, way_on=_way_on(name, judgements, known)))


def _way_on(name: str, judgements: Judgements, known: dict[str, Event]) -> str:
    if name not in judgements.places:
        return nearest(name, known) or "`benang code list` shows the ids."
    later = [one for one in judgements.current if name in one.supersedes]
    instead = [one.id for one in later if not isinstance(one, Withdrawal)]
    if instead:
        return f"'{instead[0]}' took its place: name that."
    return "It was taken back, or another took its place: `benang code list` shows what stands."


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
            f"'{event.id}' is a judgement of '{event.coder}', which '{coder}' can't change",
            where=argument("coder"),
            way_on=f"Let '{event.coder}' change it, or decide together with {argument('coder', value=CONSENSUS)}.",
        )
    )


def conflict_of(event: Event, judgements: Judgements) -> Conflict | None:
    """Return the conflict that a judgement is one side of."""
    return next((one for one in judgements.conflicts if event.id in one.events), None)
