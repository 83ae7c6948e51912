"""A judgement said again: the same words, as an event of its own that takes the place of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benang.files import sha256
from benang.judgements.events import Coding, Event, Withdrawal, as_line


def restated(
    event: Event, *, supersedes: Sequence[str] = (), coder: str | None = None, again: str = "", **more: Any
) -> Event:
    """Say a judgement again, now, under an id that comes from all it says: the same in every copy of a review.

    `again` is the id of the event that it says again where it supersedes none: two may say the same.

    Examples
    --------
    >>> from benang.judgements.events import Task
    >>> task = Task(id="t1", coder="sari", case="a", group="factors")
    >>> again = restated(task, supersedes=["t1"])
    >>> again.id, again.supersedes, again == restated(task, supersedes=["t1"])
    ('task/e7efdc7e1e', ('t1',), True)
    """
    fields = {"id": "-", "supersedes": tuple(supersedes), "time": None, "vocabulary": "", **more}
    fresh = event.model_copy(update=fields | {"coder": coder or event.coder})
    digest = sha256(as_line(fresh) + again)[:10]
    begin = f"{fresh.case}/{fresh.code}" if isinstance(fresh, Coding) else fresh.kind
    return fresh.model_copy(update={"id": f"{begin}/{digest}"})


def withdrawal(coder: str, supersedes: Sequence[str], reason: str = "", **more: Any) -> Event:
    """Return the withdrawal of judgements, under an id that comes from what it says."""
    blank = Withdrawal(id="-", coder=coder, supersedes=tuple(supersedes), reason=reason)
    return restated(blank, supersedes=sorted(supersedes), **more)
